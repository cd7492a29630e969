"""The command that makes the pictures of docs/screenshots."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[2]


def test_that_pictures_are_made_at_the_size_and_scale_that_are_asked_for(tmp_path):
    words = "--size 1024x640 --scale 2 --language sv --theme dark --page TextPage --page AboutDialog --page Tour"
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "screenshots.py"), "--folder", str(tmp_path), *words.split()],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    made = sorted(path.name for path in tmp_path.glob("*.png"))
    assert made == [f"{name}-sv-dark-1024x640@2x.png" for name in ("AboutDialog", "TextPage", "Tour0", "Tour2")]
    picture = QImage(str(tmp_path / "TextPage-sv-dark-1024x640@2x.png"))
    assert (picture.width(), picture.height()) == (2048, 1280)
