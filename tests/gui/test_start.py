"""The program as it is started: it opens, works, ends, and says nothing on the console."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.gui.unexpected_errors import FILE, UnexpectedErrors

ROOT = Path(__file__).parents[2]
_STORY = """
import sys
import simulator.gui.start as start
from PySide6.QtCore import QTimer
from simulator.cli import main

begin = start.begin

def story(window, file):
    begin(window, file)
    for place in range(len(window.pages)):
        window.show_page(place)
    window.desk.language.switch("sv")
    window.desk.theme.choose("dark")
    if "--fault" in sys.argv:
        QTimer.singleShot(0, lambda: 1 / 0)
    if "--stay" in sys.argv:
        print("here", flush=True)
    else:
        QTimer.singleShot(800, window.close)

start.begin = story
if __name__ == "__main__":
    sys.exit(main(["gui", "coordinated", "--lang", "en"]))
"""


@pytest.fixture
def started(tmp_path):
    story = tmp_path / "story.py"
    story.write_text(_STORY, encoding="utf-8")

    programs = []

    def start(*words):
        folders = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"), str(tmp_path))
        environment = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        program = subprocess.Popen(
            [sys.executable, str(story), *words], cwd=tmp_path, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        programs.append(program)
        return program

    yield start
    for program in programs:
        if program.poll() is None:
            program.kill()
            program.communicate()


def test_that_the_program_ends_without_a_word_on_the_console(started, tmp_path):
    program = started()
    out, err = program.communicate(timeout=120)
    assert (program.returncode, out, err) == (0, "", "")
    assert list(tmp_path.rglob("recovery/*")) == []


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise on Windows")
def test_that_an_interrupt_closes_the_window(started):
    program = started("--stay")
    assert program.stdout.readline() == "here\n"
    program.send_signal(signal.SIGINT)
    assert program.communicate(timeout=120) == ("", "")
    assert program.returncode == 0


def test_that_a_fault_of_the_program_is_written_down_and_the_window_stays(started, tmp_path):
    program = started("--fault")
    out, err = program.communicate(timeout=120)
    assert (program.returncode, out, err) == (0, "", "")
    (log,) = tmp_path.rglob(FILE)
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_that_a_fault_is_told_in_both_languages(tmp_path, qtbot):
    errors = UnexpectedErrors(tmp_path)
    try:
        with qtbot.waitSignal(errors.told) as told:
            sys.excepthook(ValueError, ValueError("odd"), None)
    finally:
        errors.close()
    assert "ValueError: odd" in told.args[0].sv
    assert str(tmp_path / FILE) in told.args[0].en
