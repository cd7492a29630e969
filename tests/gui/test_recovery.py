"""Work outlives a program that is killed; nothing that was kept goes unless somebody says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.gui.main_window import MainWindow
from simulator.gui.recovery import RecoverySession
from simulator.gui.recovery_dialog import RecoveryDialog
from simulator.quantity import Text

ROOT = Path(__file__).parents[2]
WHAT = Text("change", "ändring")
_VICTIM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from simulator.gui.document import Document
from simulator.gui.language import Language
from simulator.gui.recovery import RecoverySession
from simulator.quantity import Text
application = QCoreApplication([])
document = Document(Language("en"))
session = RecoverySession(document, Path(sys.argv[1]))
document.start("format: 1\\r\\n", path=Path(sys.argv[1]) / "plan.yaml", on_disk="format: 1\\r\\n")
document.rewrite("format: 1\\r\\n# å\\r\\n", Text("a", "b"))
assert session.keep_at_once()
print("kept", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def killed(desk):
    """A session that was killed with unsaved work."""
    command = [sys.executable, "-c", _VICTIM, str(desk.preferences.folder)]
    victim = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert victim.stdout.readline() == "kept\n"
    yield victim
    victim.kill()
    victim.communicate()


def kill(victim):
    os.kill(victim.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    victim.wait()


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made, before_close_func=lambda each: each.desk.document.history.setClean())
    return made


def test_that_work_is_kept_one_second_after_a_change_and_removed_when_saved(desk, tmp_path, qtbot):
    session = RecoverySession(desk.document, desk.preferences.folder)
    desk.document.rewrite("format: 1\n", WHAT)
    qtbot.waitUntil(lambda: len(list(session.folder.glob("copy.json"))) == 1, timeout=4000)
    desk.document.save(tmp_path / "a.yaml")
    assert not session.keep_at_once()
    session.close()
    assert not session.folder.exists()


def test_that_killed_work_is_offered_and_gone_on_with(window, desk, killed):
    session = window.files.session
    assert session.left_behind() == []  # it lives
    kill(killed)
    (copy,) = session.left_behind()
    assert session.left_behind() == []  # it is being offered
    dialog = RecoveryDialog(desk, [copy], window.files.recover, window)
    assert dialog.text.toPlainText() == "format: 1\n# å\n"
    dialog.recovering.click()
    assert desk.document.text == "format: 1\r\n# å\r\n"
    assert desk.document.path.name == "plan.yaml"
    assert desk.document.dirty
    assert not copy.folder.exists()
    assert (session.folder / "copy.json").exists()


def test_that_put_off_work_is_offered_again_and_discarded_only_when_asked(window, desk, killed, monkeypatch):
    kill(killed)
    session = window.files.session
    dialog = RecoveryDialog(desk, session.left_behind(), window.files.recover, window)
    dialog.reject()
    (copy,) = session.left_behind()
    dialog = RecoveryDialog(desk, [copy], window.files.recover, window)
    monkeypatch.setattr("simulator.gui.recovery_dialog.ask", lambda *_: "cancel")
    dialog.discarding.click()
    assert copy.folder.exists()
    monkeypatch.setattr("simulator.gui.recovery_dialog.ask", lambda *_: "discard")
    dialog.discarding.click()
    assert not copy.folder.exists()


def test_that_a_copy_that_cannot_be_read_stays(window, desk, killed):
    kill(killed)
    (file,) = desk.preferences.folder.glob("recovery/*/copy.json")
    file.write_text("{", encoding="utf-8")
    assert window.files.session.left_behind() == []
    assert file.exists()


def test_that_a_folder_that_refuses_copies_is_told_once(desk, tmp_path):
    (tmp_path / "recovery").write_text("a file", encoding="utf-8")
    told = []
    session = RecoverySession(desk.document, tmp_path)
    session.failed.connect(told.append)
    desk.document.rewrite("format: 1\n", WHAT)
    session.keep()
    session.keep()
    assert len(told) == 1
    session.close()
