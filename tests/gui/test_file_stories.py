"""Files in other hands: dropped, write-protected, linked, gone and back; and windows killed while somebody types."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from simulator.gui.main_window import MainWindow
from simulator.gui.recovery_dialog import RecoveryDialog
from simulator.quantity import Text

ROOT = Path(__file__).parents[2]
WHAT = Text("change", "ändring")
TEXT = "format: 1\nextends: baseline.yaml  # ours\n"
OTHER = TEXT + "budget: {per_year: 5}\n"


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made, before_close_func=lambda each: each.desk.document.history.setClean())
    made.show()
    return made


@pytest.fixture
def complaints(desk, monkeypatch):
    """What was complained about or asked; every question is answered by the last answer, which cancels."""
    said = []

    def ask(desk, _parent, text, answers, serious=True):
        said.append(desk.language.said(text))
        return [*answers][-1]

    monkeypatch.setattr("simulator.gui.files.ask", ask)
    monkeypatch.setattr("simulator.gui.files.complain", lambda desk, _, text: said.append(desk.language.said(text)))
    return said


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def drop(window, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)


def test_that_of_two_dropped_files_the_first_is_opened_and_the_rest_is_told(window, desk, plan, complaints):
    second = plan.with_name("second.yaml")
    second.write_text(OTHER, encoding="utf-8")
    drop(window, plan, second)
    assert desk.document.path == plan
    assert "plan.yaml" in window.banners.text("drop")
    desk.language.switch("sv")
    assert "ett scenario i taget" in window.banners.text("drop").lower()
    drop(window, second)
    assert desk.document.path == second
    assert window.banners.text("drop") == ""


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("folder", None, "it is a folder"), ("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00", "the file is binary"),
        ("huge.yaml", b"# " + b"x" * 3_000_000, "the file is too large"), ("old.yaml", "å".encode("latin-1"), "UTF-8"),
    ],
)  # fmt: skip
def test_that_what_is_no_scenario_is_refused_when_it_is_dropped(window, desk, plan, complaints, name, content, why):
    window.open(plan)
    path = plan.with_name(name)
    path.mkdir() if content is None else path.write_bytes(content)
    drop(window, path)
    assert why in complaints[-1]
    assert (desk.document.path, desk.document.text) == (plan, TEXT)


def test_that_a_text_of_another_kind_opens_with_its_faults_and_can_be_left_again(window, desk, plan, complaints):
    table = plan.with_name("table.csv")
    table.write_text("county;firms\nDalarna;12\n", encoding="utf-8")
    drop(window, table)
    assert desk.document.settle().scenario is None
    drop(window, plan)
    assert complaints == []
    assert desk.document.settle().scenario is not None
    assert table.read_text(encoding="utf-8") == "county;firms\nDalarna;12\n"


def test_that_a_write_protected_file_is_not_written_over(window, desk, plan, complaints):
    window.open(plan)
    plan.chmod(0o444)
    desk.document.rewrite(OTHER, WHAT)
    assert not window.files.save()
    assert "write-protected" in complaints[-1]
    assert plan.read_text(encoding="utf-8") == TEXT
    assert desk.document.dirty
    plan.chmod(0o644)
    assert window.files.save()
    assert plan.read_text(encoding="utf-8") == OTHER


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_that_a_link_stays_a_link_to_the_file_that_is_saved(window, desk, plan):
    link = plan.with_name("link.yaml")
    link.symlink_to(plan)
    window.open(link)
    desk.document.rewrite(OTHER, WHAT)
    assert window.files.save()
    assert link.is_symlink()
    assert plan.read_text(encoding="utf-8") == OTHER


def test_that_a_file_that_comes_back_takes_its_message_with_it(window, desk, plan, qtbot):
    window.open(plan)
    plan.unlink()
    qtbot.waitUntil(lambda: window.banners.text("disk") != "")
    plan.write_text(TEXT, encoding="utf-8")
    qtbot.waitUntil(lambda: not desk.document.dirty)
    assert window.banners.text("disk") == ""


def test_that_a_renamed_file_is_told_and_its_text_goes_where_the_planner_says(window, desk, plan, qtbot, monkeypatch):
    window.open(plan)
    desk.document.rewrite(OTHER, WHAT)
    elsewhere = plan.rename(plan.with_name("renamed.yaml"))
    qtbot.waitUntil(lambda: window.banners.text("disk") != "")
    monkeypatch.setattr(window.files, "ask_save", lambda: elsewhere)
    window.banners.buttons("disk")[0].click()
    assert elsewhere.read_text(encoding="utf-8") == OTHER
    assert (desk.document.path, desk.document.dirty) == (elsewhere, False)
    assert window.banners.text("disk") == ""


def test_that_a_file_changed_underneath_unsaved_work_is_asked_about_and_both_texts_are_kept(window, desk, plan, qtbot):
    window.open(plan)
    desk.document.rewrite(TEXT + "# mine\n", WHAT)
    plan.write_text(OTHER, encoding="utf-8")
    qtbot.waitUntil(lambda: window.banners.text("disk") != "")
    window.banners.buttons("disk")[0].click()
    assert desk.document.text == OTHER
    desk.document.history.undo()
    assert desk.document.text == TEXT + "# mine\n"
    assert desk.document.dirty


def test_that_another_folder_gives_the_same_text_another_meaning(window, desk, tmp_path):
    text = "format: 1\nextends: mine.yaml\n"
    for name, years in (("a", 3), ("b", 4)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "mine.yaml").write_text(f"format: 1\nextends: baseline.yaml\nrun: {{years: {years}}}\n", "utf-8")
        (folder / "plan.yaml").write_text(text, "utf-8")
    desk.document.open(tmp_path / "a" / "plan.yaml")
    assert desk.document.settle().scenario.run.quarters == 12
    desk.document.open(tmp_path / "b" / "plan.yaml")
    assert desk.document.settle().scenario.run.quarters == 16


_TYPIST = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from simulator.gui.desk import Desk
from simulator.gui.document import Document
from simulator.gui.language import Language
from simulator.gui.main_window import MainWindow
from simulator.gui.preferences import Preferences
from simulator.gui.theme import Theme
application = QApplication([])
language = Language("sv")
desk = Desk(language, Theme("light"), Preferences(Path(sys.argv[1])), Document(language))
window = MainWindow(desk)
window.show()
pane = window.show_named("TextPage").pane
pane.moveCursor(pane.textCursor().MoveOperation.End)
kept = window.files.session.folder / "copy.json"
QTest.keyClicks(pane, "# " + sys.argv[2])
while not kept.exists():
    QTest.qWait(20)
print("kept", flush=True)
number = 0
while True:
    number += 1
    QTest.keyClicks(pane, f" {number}", delay=1)
"""


def test_that_two_windows_killed_while_somebody_types_are_both_offered(window, desk, qtbot):
    folder = str(desk.preferences.folder)
    victims = [
        subprocess.Popen([sys.executable, "-c", _TYPIST, folder, name], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    try:
        assert [victim.stdout.readline() for victim in victims] == ["kept\n", "kept\n"]
        assert window.files.session.left_behind() == []
    finally:
        for victim in victims:
            os.kill(victim.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            victim.communicate()
    copies = window.files.session.left_behind()
    assert sorted(copy.text.split("# ")[1][:3] for copy in copies) == ["one", "two"]
    dialog = RecoveryDialog(desk, copies, window.files.recover, window)
    dialog.recovering.click()
    assert desk.document.text == copies[0].text
    assert desk.document.dirty
    (other,) = window.files.session.left_behind()
    assert other.text == copies[1].text
    other.leave()
