"""The text pane: what is written reaches the document, what others change reaches the pane."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QTextCursor

from simulator.gui.editor.places import changed_part, in_text, letters, units
from simulator.gui.text_page import TextPage
from simulator.quantity import Text

WHAT = Text("change", "ändring")
TEXT = """\
format: 1
extends: baseline.yaml   # shipped
interventions:
  robots:
    kind: robot_lift
    capacity: 12
"""


@pytest.fixture
def page(desk, qtbot):
    made = TextPage(desk)
    qtbot.addWidget(made)
    desk.document.start(TEXT)
    made.show()
    return made


def put_cursor_after(pane, words):
    cursor = pane.textCursor()
    text = pane.toPlainText()
    cursor.setPosition(units(text[: text.index(words) + len(words)]))
    pane.setTextCursor(cursor)


def test_that_each_typed_word_and_line_is_one_step(page, desk, qtbot):
    pane = page.pane
    pane.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(pane, "# our own")
    qtbot.keyClick(pane, Qt.Key.Key_Return)
    qtbot.keyClicks(pane, "budget")
    assert desk.document.text == TEXT + "# our own\nbudget"
    steps = desk.document.history.count()
    assert 3 <= steps <= 5
    desk.document.history.undo()
    assert pane.toPlainText() == desk.document.text == TEXT + "# our own"
    for _ in range(steps - 1):
        desk.document.history.undo()
    assert pane.toPlainText() == desk.document.text == TEXT
    assert not desk.document.dirty


def test_that_keys_of_undo_reach_the_history_not_the_pane(page, desk, qtbot):
    qtbot.keyClicks(page.pane, "#")
    qtbot.keyClick(page.pane, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.pane.toPlainText() == desk.document.text


@pytest.mark.parametrize("text", [TEXT.replace("\n", "\r\n"), TEXT.replace("# shipped", "# å😀\u00a0ä")])
def test_that_bytes_outside_an_edit_stay(page, desk, qtbot, text):
    desk.document.start(text)
    put_cursor_after(page.pane, "capacity: 1")
    qtbot.keyClick(page.pane, Qt.Key.Key_Backspace)
    qtbot.keyClicks(page.pane, "3")
    assert desk.document.text == text.replace("capacity: 12", "capacity: 32")
    qtbot.keyClick(page.pane, Qt.Key.Key_Return)
    assert desk.document.text.count("\r\n") == text.count("\r\n") + ("\r\n" in text)


def test_that_a_change_from_elsewhere_keeps_cursor_and_view(page, desk):
    desk.document.start(TEXT + "# more\n" * 200)
    pane = page.pane
    pane.go_to(100)
    where, view = pane.place(), pane.verticalScrollBar().value()
    assert view > 0
    desk.document.rewrite(desk.document.text.replace("capacity: 12", "capacity: 20"), WHAT)
    assert "capacity: 20" in pane.toPlainText()
    assert (pane.place(), pane.verticalScrollBar().value()) == (where, view)
    desk.document.history.undo()
    assert (pane.place(), pane.verticalScrollBar().value()) == (where, view)


def test_that_a_fault_is_listed_underlined_and_clicked_to(page, desk, qtbot):
    with qtbot.waitSignal(desk.document.checked):
        desk.document.rewrite(TEXT.replace("12", "-1"), WHAT)
    assert page.faults.item(0).text().startswith("Fault · Line 6 · interventions.robots.capacity")
    marked = [mark.cursor.selectedText() for mark in page.pane.extraSelections()]
    assert marked == ["", "-1"]
    desk.language.switch("sv")
    assert page.faults.item(0).text().startswith("Fel · Rad 6")
    page.faults.itemClicked.emit(page.faults.item(0))
    assert page.pane.place() == (6, 15)


def test_that_the_fault_before_the_first_is_the_last(page, desk):
    desk.document.rewrite(TEXT + "    ramp: -1\n    capacity: 3\nbudget: {per_year: -5}\n", WHAT)
    desk.document.settle()
    assert page.faults.count() == 3
    page.faults.go(-1)
    assert page.faults.currentRow() == 2
    page.faults.go(1)
    assert page.faults.currentRow() == 0


def test_that_words_are_found_around_the_end(page, qtbot):
    page.find_bar.ask()
    qtbot.keyClicks(page.find_bar.words, "ROBOT")
    first = page.pane.place()
    page.find_bar.find_next()
    assert page.pane.place() != first
    page.find_bar.find_next()
    assert page.pane.place() == first
    qtbot.keyClicks(page.find_bar.words, "xyz")
    assert page.find_bar.told.text() == "Not found"


def test_that_a_dropped_file_is_left_to_the_window_and_words_are_taken(page):
    files, words = QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile("/a.yaml")])
    words.setText("a")
    assert not page.pane.canInsertFromMimeData(files)
    assert page.pane.canInsertFromMimeData(words)


def test_that_a_new_line_is_indented_and_a_tab_is_two_blanks(page, qtbot, desk):
    put_cursor_after(page.pane, "  robots:")
    qtbot.keyClick(page.pane, Qt.Key.Key_Return)
    qtbot.keyClick(page.pane, Qt.Key.Key_Tab)
    qtbot.keyClicks(page.pane, "x")
    assert "  robots:\n      x\n" in desk.document.text


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [("", "a", (0, 0, "a")), ("aa", "a", (1, 2, "")), ("abc", "axc", (1, 2, "x")), ("a", "a", (1, 1, ""))],
)
def test_that_the_changed_part_is_found(old, new, part):
    assert changed_part(old, new) == part


def test_that_places_are_told_in_each_count():
    assert [in_text("a\r\nb\r\n", at) for at in range(5)] == [0, 1, 3, 4, 6]
    assert units("a😀") == 3
    assert [letters("a😀b", at) for at in (0, 1, 3, 4)] == [0, 1, 2, 3]
