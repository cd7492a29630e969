"""Parts of the window are styled one by one, and all of them in the end."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from simulator.gui.dialogs import Dialog
from simulator.gui.style import sheet
from simulator.gui.theme import DARK, LIGHT
from simulator.quantity import Text


@pytest.fixture
def parts(desk, qtbot):
    made = [QLabel(), QPushButton()]
    for part in made:
        qtbot.addWidget(part)
    made[0].show()
    desk.style_sheets.add(*made)
    return made


def test_that_a_change_of_colours_reaches_what_is_seen_first_and_then_the_rest(desk, qtbot, parts, monkeypatch):
    seen, hidden = parts
    apply, order = desk.style_sheets.apply, []
    monkeypatch.setattr(desk.style_sheets, "apply", lambda part: (order.append(part), apply(part)))
    light, dark = (sheet(colours, desk.font_size.points) for colours in (LIGHT, DARK))
    assert seen.styleSheet() == hidden.styleSheet() == light
    desk.style_sheets.add(hidden, seen)  # the order in which they came does not matter
    order.clear()
    desk.theme.choose("dark")
    qtbot.waitUntil(lambda: seen.styleSheet() == hidden.styleSheet() == dark)
    assert order == [seen, hidden]


def test_that_what_is_about_to_be_seen_is_dressed_at_once(desk, parts):
    desk.theme.choose("dark")
    desk.style_sheets.apply(parts[1])
    assert parts[1].styleSheet() == sheet(DARK, desk.font_size.points)


def test_that_a_dialog_is_dressed_and_forgotten_when_it_is_gone(desk, qtbot, parts):
    dialog = Dialog(desk, Text("Title", "Titel"), parts[0])
    assert dialog.styleSheet()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.deleteLater()
    desk.theme.choose("dark")
    qtbot.waitUntil(lambda: DARK.accent in parts[1].styleSheet())
