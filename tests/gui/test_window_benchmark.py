"""The benchmark of the window runs through, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--moves", "1", "--replications", "2"), ("slider to first new curve", "beside a batch", "chart refresh")),
        (("--soak", "8"), ("replaced: True", "processes left after closing: []")),
    ],
)
def test_that_the_benchmark_of_the_window_runs_through(words, said, tmp_path):
    command = [sys.executable, ROOT / "benchmarks" / "window.py", "--scenario", "coordinated", *words]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=500, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    for words_said in said:
        assert words_said in ended.stdout
