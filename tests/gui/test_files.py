"""Files: opened, saved, copied, changed by others, lost; nothing that was written is lost with them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from simulator.gui.main_window import MainWindow
from simulator.quantity import Text
from simulator.scenario.files import SHIPPED

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
def answers(monkeypatch):
    """What is answered to each question, in turn; the questions are kept in `asked`."""

    class Answers(list):
        asked: list[str]

    given = Answers()
    given.asked = []

    def ask(desk, _parent, text, _answers, serious=True):
        given.asked.append(desk.language.said(text))
        return given.pop(0)

    monkeypatch.setattr("simulator.gui.files.ask", ask)
    monkeypatch.setattr(
        "simulator.gui.files.complain", lambda desk, _, text: given.asked.append(desk.language.said(text))
    )
    return given


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_that_a_shipped_scenario_is_opened_as_a_copy(window, desk, answers, tmp_path, monkeypatch):
    window.open(SHIPPED / "coordinated.yaml")
    assert desk.document.path is None
    assert desk.document.name == "coordinated-copy.yaml"
    assert window.banners.text("copy").startswith("coordinated.yaml comes with the program")
    desk.language.switch("sv")
    assert "hör till programmet" in window.banners.text("copy")
    answers.append("cancel")
    monkeypatch.setattr(window.files, "ask_save", lambda: SHIPPED / "mine.yaml")
    assert not window.files.save()
    assert not (SHIPPED / "mine.yaml").exists()
    monkeypatch.setattr(window.files, "ask_save", lambda: tmp_path / "mine.yaml")
    assert window.files.save()
    assert (tmp_path / "mine.yaml").read_bytes() == (SHIPPED / "coordinated.yaml").read_bytes()
    assert window.banners.text("copy") == ""
    assert desk.preferences.recent == [tmp_path / "mine.yaml"]


def test_that_unsaved_work_is_asked_about(window, desk, answers, plan):
    window.open(plan)
    desk.document.rewrite(OTHER, WHAT)
    answers += ["cancel"]
    window.files.new()
    assert desk.document.text == OTHER
    answers += ["save"]
    window.files.new()
    assert plan.read_text(encoding="utf-8") == OTHER
    assert "robot_lift" in desk.document.text
    assert desk.document.settle().scenario is not None


def test_that_a_full_disk_loses_nothing_and_offers_another_place(window, desk, answers, plan, tmp_path, monkeypatch):
    window.open(plan)
    desk.document.rewrite(OTHER, WHAT)
    with monkeypatch.context() as full:
        full.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        answers += ["cancel"]
        assert not window.files.save()
    assert "the disk is full" in answers.asked[-1]
    assert "Nothing is lost" in answers.asked[-1]
    assert (plan.read_text(encoding="utf-8"), desk.document.text) == (TEXT, OTHER)
    assert desk.document.dirty


def test_that_what_cannot_be_opened_is_said_and_the_document_stays(window, desk, answers, plan, tmp_path):
    window.open(plan)
    window.open(tmp_path / "missing.yaml")
    assert "cannot be read" in answers.asked[-1]
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    window.open(loop)
    assert "links lead in a circle" in answers.asked[-1]
    assert desk.document.path == plan


def test_that_a_file_changed_by_others_is_read_anew_or_kept(window, desk, answers, plan, qtbot):
    window.open(plan)
    plan.write_text(OTHER, encoding="utf-8")
    qtbot.waitUntil(lambda: window.banners.text("disk") != "")
    assert "changed by another program" in window.banners.text("disk")
    window.banners.buttons("disk")[0].click()
    assert desk.document.text == OTHER
    assert not desk.document.dirty
    desk.document.history.undo()
    assert desk.document.text == TEXT
    plan.write_text(OTHER + "# more\n", encoding="utf-8")
    qtbot.waitUntil(lambda: window.banners.text("disk") != "")
    window.banners.buttons("disk")[1].click()
    assert desk.document.text == TEXT
    assert desk.document.dirty
    assert window.files.save()
    assert plan.read_text(encoding="utf-8") == TEXT


def test_that_a_file_that_disappears_is_told_and_can_be_written_again(window, desk, answers, plan, qtbot):
    window.open(plan)
    plan.unlink()
    qtbot.waitUntil(lambda: window.banners.text("disk") != "")
    assert "no longer there" in window.banners.text("disk")
    assert desk.document.dirty
    window.banners.buttons("disk")[1].click()
    assert plan.read_text(encoding="utf-8") == TEXT
    assert not desk.document.dirty


def test_that_a_change_nobody_noticed_is_not_overwritten_unasked(window, desk, answers, plan):
    window.open(plan)
    window.files.disk.close()
    desk.document.rewrite(TEXT + "# mine\n", WHAT)
    plan.write_text(OTHER, encoding="utf-8")
    answers += ["cancel"]
    assert not window.files.save()
    assert plan.read_text(encoding="utf-8") == OTHER
    answers += ["over"]
    assert window.files.save()
    assert plan.read_text(encoding="utf-8") == TEXT + "# mine\n"


def test_that_a_dropped_file_is_opened(window, desk, plan):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(plan))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    assert desk.document.path == plan


def test_that_a_file_that_becomes_no_text_is_not_overwritten_unasked(window, desk, answers, plan, qtbot):
    window.open(plan)
    plan.write_bytes(OTHER.encode("utf-16"))
    qtbot.waitUntil(lambda: window.banners.text("disk") != "")
    assert "cannot be read as text" in window.banners.text("disk")
    assert desk.document.dirty
    answers += ["cancel"]
    assert not window.files.save()
    assert plan.read_text(encoding="utf-16") == OTHER
    answers += ["over"]
    assert window.files.save()
    assert plan.read_text(encoding="utf-8") == TEXT
