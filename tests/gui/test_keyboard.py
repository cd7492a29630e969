"""What the mouse can do, keys can do, in the order in which the eye goes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QTabWidget, QVBoxLayout, QWidget

from simulator.gui.explore_page import ExplorePage
from simulator.gui.help_dialogs import AboutDialog, ShortcutsDialog
from simulator.gui.main_window import MainWindow
from simulator.gui.preferences_dialog import PreferencesDialog
from simulator.gui.sort_keys import FALLING, RISING
from simulator.gui.tab_order import follow_eye, in_layout_order
from simulator.scenario.files import SHIPPED


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.close()


def test_that_tab_goes_through_parts_as_they_are_laid_out_whenever_they_were_made(qtbot):
    root, tabs = QWidget(), QTabWidget()
    last, first, inside = QPushButton("last"), QLineEdit(), QLineEdit()
    tabs.addTab(inside, "a")
    column, row = QVBoxLayout(root), QHBoxLayout()
    column.addWidget(tabs)
    column.addLayout(row)
    row.addWidget(last)
    row.insertWidget(0, first)
    qtbot.addWidget(root)
    assert in_layout_order(root) == [tabs.tabBar(), inside, first, last]
    follow_eye(root)
    chain = [tabs.tabBar()]
    while (following := chain[-1].nextInFocusChain()) is not chain[0]:
        chain.append(following)
    assert [each for each in chain if each in (inside, first, last)] == [inside, first, last]


def test_that_sliders_come_before_the_chart_in_explore(desk, qtbot):
    desk.document.start((SHIPPED / "coordinated.yaml").read_text("utf-8"), "plan.yaml")
    desk.document.settle()
    page = ExplorePage(desk)
    qtbot.addWidget(page)
    page.panel.make()
    order = in_layout_order(page)
    sliders = [row.slider for row in page.panel.rows.values()]
    assert sliders
    assert order.index(page.panel.search) < order.index(sliders[0]) < order.index(page.panel.usual)
    assert order.index(page.panel.usual) < order.index(page.chooser) < order.index(page.chart.plot)
    page.close_down()


@pytest.mark.parametrize("kind", [ShortcutsDialog, AboutDialog])
def test_that_a_dialog_begins_with_what_it_shows(window, desk, qtbot, kind):
    dialog = kind(desk, window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.focusWidget() is dialog.table


def test_that_preferences_begin_with_the_first_choice_and_follow_a_theme_chosen_elsewhere(window, desk, qtbot):
    dialog = PreferencesDialog(desk, window.font_size, window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.focusWidget() is dialog.language
    desk.theme.choose("dark")
    assert dialog.theme.currentText() == "Dark"


def test_that_the_list_of_keys_names_sorting_in_the_language_of_the_window(window, desk, qtbot):
    desk.language.switch("sv")
    dialog = ShortcutsDialog(desk, window)
    qtbot.addWidget(dialog)
    rows = [tuple(dialog.table.item(row, at).text() for at in (0, 1)) for row in range(dialog.table.rowCount())]
    assert {RISING.sv, FALLING.sv} <= {does for _, does in rows}
    keys = " ".join(key for key, _ in rows)
    assert "Retur" in keys
    assert "Return" not in keys
    assert all(does for _, does in rows)


def test_that_everything_that_takes_focus_has_a_name(window, desk):
    desk.language.switch("sv")
    for place in range(len(window.pages)):
        window.show_page(place)
        page = window.pages[place]
        while page.make_more():
            pass
        for widget in in_layout_order(page):
            words = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            assert words, f"{type(page).__name__}: {type(widget).__name__} at {widget.pos()}"
