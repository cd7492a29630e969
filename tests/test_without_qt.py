"""The test suite where Qt's libraries are missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def collected(tmp_path):
    """Collect tests as on a machine where Qt cannot be loaded."""
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text("")
    (tmp_path / "PySide6" / "QtWidgets.py").write_text('raise ImportError("libEGL.so.1: cannot open")')

    def collect(required):
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "REQUIRE_DISPLAY_TESTS": required}
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--collect-only", "tests"], cwd=ROOT,
            env=environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    return collect


def test_that_tests_of_the_window_are_left_out_aloud(collected):
    ended = collected("")
    assert "LEFT OUT: tests of the window; Qt cannot be loaded (libEGL.so.1: cannot open)" in ended.stdout
    assert "tests/test_size.py" in ended.stdout
    assert "tests/gui" not in ended.stdout


def test_that_leaving_them_out_is_an_error_where_they_are_required(collected):
    ended = collected("1")
    assert ended.returncode != 0
    assert "tests of the window cannot run: libEGL.so.1" in ended.stdout + ended.stderr
