"""Where no window can be shown, the program says what is missing and how to do without."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.gui.display import HEADLESS, NoDisplayError, check_display

ROOT = Path(__file__).parents[2]


def refusal(environment):
    with pytest.raises(NoDisplayError) as refused:
        check_display(environment, "linux")
    assert refused.value.said("en").endswith(HEADLESS.en)
    assert refused.value.said("sv").endswith(HEADLESS.sv)
    return refused.value.said("en")


def test_that_a_machine_without_a_screen_is_told_so():
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in refusal({})
    check_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    check_display({}, "win32")


def test_that_missing_libraries_are_named(monkeypatch):
    real = ctypes.CDLL

    def load(name, *rest):
        if "cursor" in name or "libqxcb" in name:
            raise OSError(f"{name}: cannot open shared object file")
        return real(None, *rest)

    monkeypatch.setattr("simulator.gui.display.ctypes.CDLL", load)
    assert "are missing: libxcb-cursor.so.0.\n" in refusal({"DISPLAY": ":77"})


def test_that_a_missing_qt_is_told(monkeypatch):
    monkeypatch.setattr("simulator.gui.display.find_spec", lambda _: None)
    assert "PySide6 is not installed" in refusal({"DISPLAY": ":0"})


def test_that_a_qt_that_does_not_load_names_the_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", None)
    monkeypatch.setattr("simulator.gui.display._loads", lambda name: "EGL" not in name)
    assert "Qt cannot be loaded: libEGL.so.1" in refusal({"DISPLAY": ":0"})


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_that_the_program_ends_with_1_and_no_traceback_without_a_screen():
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "main.py"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "python main.py run" in done.stderr


@pytest.mark.parametrize("name", ["missing.yaml", f"{300 * 'a'}.yaml"])
def test_that_any_name_of_a_file_reaches_the_window_which_says_what_is_wrong_with_it(name, monkeypatch):
    taken = []
    monkeypatch.setattr("simulator.gui.display.check_display", lambda: None)
    monkeypatch.setattr("simulator.gui.start.open_window", lambda file, language: taken.append((file, language)) or 0)
    assert main(["gui", name, "--lang", "sv"]) == 0
    assert taken == [(Path(name), "sv")]
