"""The frame of the window: everything by keyboard, remembered, led through by a tour."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QWidget

from simulator.gui.commands import COMMANDS
from simulator.gui.desk import Desk
from simulator.gui.dialogs import ask
from simulator.gui.differences_page import DifferencesPage
from simulator.gui.help_dialogs import AboutDialog, ShortcutsDialog
from simulator.gui.main_window import SMALLEST, MainWindow
from simulator.gui.pages import PAGES
from simulator.gui.preferences_dialog import PreferencesDialog
from simulator.gui.start import begin
from simulator.gui.start_page import StartPage
from simulator.gui.text_page import TextPage
from simulator.gui.tour import place_of
from simulator.quantity import Text
from simulator.scenario.files import SHIPPED

WHAT = Text("change", "ändring")


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made, before_close_func=lambda each: each.desk.document.history.setClean())
    made.show()
    return made


def test_that_no_two_commands_share_a_key_and_all_are_listed(window, desk):
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    listed = ShortcutsDialog(desk, window).table
    rows = {listed.item(row, 1).text() for row in range(listed.rowCount())}
    named = {command.text.en.replace("&", "") for command in COMMANDS if command.key is not None}
    assert named - rows == set()
    assert {page.TITLE.en for page in PAGES[:9]} <= rows
    for place in range(len(PAGES)):
        window.show_page(place)
    listed = ShortcutsDialog(desk, window).table
    unsaid = [listed.item(row, 0).text() for row in range(listed.rowCount()) if not listed.item(row, 1).text()]
    assert unsaid == []


def test_that_the_number_of_replications_is_chosen_once_for_all_pages_and_remembered(window, desk):
    explore = window.show_named("ExplorePage")
    PreferencesDialog(desk, desk.font_size, window).runs.setValue(7)
    assert desk.live.replications == 7
    assert explore.runs.value() == 7
    explore.runs.setValue(9)
    assert PreferencesDialog(desk, desk.font_size, window).runs.value() == 9
    assert Desk(desk.language, desk.theme, desk.preferences, desk.document).live.replications == 9


def test_that_it_is_told_once_all_pages_are_made(window, qtbot):
    with qtbot.waitSignal(window.prepared, timeout=20_000):
        window.prepare()
    assert None not in window.pages


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_each_entry_of_a_menu_has_a_letter_of_its_own(window, desk, language):
    desk.language.switch(language)
    for menu in window.menuBar().actions():
        inside = [action.text() for action in menu.menu().actions() if "&" in action.text()]
        letters = Counter(text[text.index("&") + 1].casefold() for text in [*inside])
        assert [letter for letter, count in letters.items() if count > 1] == [], menu.text()


def test_that_undo_says_what_it_takes_back_in_the_language_of_now(window, desk):
    undo = window.menus.actions["undo"]
    assert (undo.text(), undo.isEnabled()) == ("&Undo", False)
    desk.document.rewrite("format: 1\n", WHAT)
    assert (undo.text(), undo.isEnabled()) == ("&Undo change", True)
    desk.language.switch("sv")
    assert undo.text() == "&Ångra ändring"
    undo.trigger()
    assert window.menus.actions["redo"].text() == "&Gör om ändring"


def test_that_size_pages_and_preferences_are_remembered(window, desk, qtbot):
    dialog = PreferencesDialog(desk, window.font_size, window)
    dialog.points.setValue(13)
    dialog.theme.activated.emit(2)
    window.close()
    again = MainWindow(desk)
    qtbot.addWidget(again)
    assert (again.font_size.points, desk.preferences.text("theme")) == (13, "dark")
    assert desk.preferences.shape("window").size() > 0
    again.font_size.choose(again.font_size.system)


def test_that_the_window_fits_its_smallest_size_on_every_page(window, desk):
    desk.language.switch("sv")
    window.resize(*SMALLEST)
    for place in range(len(PAGES)):
        window.show_page(place)
        assert (window.width(), window.height()) == SMALLEST, PAGES[place].__name__


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_the_tour_leads_through_all_its_steps(window, desk, qtbot, language):
    desk.language.switch(language)
    window.menus.actions["tour"].trigger()
    tour = window.tour
    assert desk.document.name.startswith("coordinated-")
    for at, step in enumerate(tour.steps):
        assert tour.overlay.title.text() == step.title.said(language)
        assert tour.overlay.rect().contains(tour.overlay.bubble.geometry())
        assert tour.overlay.count.text().startswith(f"{at + 1} ")
        overlay = tour.overlay
        qtbot.keyClick(overlay, Qt.Key.Key_Right)
    assert tour.overlay is None
    window.menus.actions["tour"].trigger()
    qtbot.keyClick(tour.overlay, Qt.Key.Key_Escape)
    assert tour.overlay is None


def test_that_tab_stays_in_the_bubble_of_the_tour(window, qtbot):
    window.menus.actions["tour"].trigger()
    overlay = window.tour.overlay
    overlay.after.setFocus()
    seen = []
    for _ in range(5):
        qtbot.keyClick(overlay.focusWidget(), Qt.Key.Key_Tab)
        seen.append(overlay.focusWidget())
    assert set(seen) == {overlay.stop, overlay.after}  # there is no step before the first
    window.tour.end()


def test_that_a_question_follows_a_switch_of_the_language(window, desk, qtbot):
    said = []

    def answer():
        box = window.findChild(QMessageBox)
        if box is None or not box.isVisible():
            QTimer.singleShot(10, answer)
            return
        for code in ("en", "sv"):
            desk.language.switch(code)
            said.append((box.text(), box.buttons()[0].text()))
        box.buttons()[0].click()

    QTimer.singleShot(0, answer)
    assert ask(desk, window, Text("Really?", "Verkligen?"), {"yes": Text("Yes", "Ja")}) == "yes"
    assert said == [("Really?", "Yes"), ("Verkligen?", "Ja")]


def test_that_each_step_of_the_tour_has_its_widget(window):
    window.tour.start(window.files)
    for step in window.tour.steps:
        page = window.show_named(step.page)
        assert isinstance(page, QWidget)
        found = window.tour._target(step, page)
        assert (found is page) == (not step.widget), step
        assert found.isVisible(), step
    window.tour.end()


@pytest.mark.parametrize(
    ("hole", "place"),
    [
        (QRect(0, 0, 200, 600), QPoint(213, 12)),
        (QRect(800, 100, 400, 500), QPoint(486, 100)),
        (QRect(0, 0, 1200, 200), QPoint(12, 213)),
        (QRect(0, 400, 1200, 300), QPoint(12, 286)),
        (QRect(0, 0, 1200, 700), QPoint(885, 585)),
    ],
)
def test_that_a_bubble_does_not_cover_what_it_tells_about(hole, place):
    assert place_of(hole, QSize(300, 100), QSize(1200, 700)) == place


def test_that_the_start_page_leads_to_three_things(window, desk):
    page = window.pages[0]
    assert isinstance(page, StartPage)
    names = []
    for card in page.cards:
        card.click()
        desk.document.settle()
        assert desk.document.scenario is not None
        names.append(desk.document.name)
    assert names == ["coordinated-copy.yaml", "digital-push-copy.yaml", "my-scenario.yaml"]


def test_that_recent_files_are_on_the_start_page_and_in_the_menu(window, desk, tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("format: 1\n", encoding="utf-8")
    begin(window, path)
    assert isinstance(window._stack.currentWidget(), TextPage)
    window.show_named("StartPage")
    page = window.pages[0]
    assert page.recent.item(0).text() == "plan.yaml"
    desk.document.start_anew()
    page.recent.itemClicked.emit(page.recent.item(0))
    assert desk.document.path == path.resolve()


def test_that_assumptions_are_listed_led_to_and_taken_back(window, desk, qtbot):
    window.open(SHIPPED / "coordinated.yaml")
    desk.document.settle()
    page = window.show_named("DifferencesPage")
    assert isinstance(page, DifferencesPage)
    qtbot.waitUntil(lambda: not page.busy)
    cells = [
        [item.text() if (item := page.table.item(row, column)) else "" for column in range(5)]
        for row in range(page.table.rowCount())
    ]
    assert ["Budget per year", "60", "–", "MSEK/yr", "line 11"] in cells
    row = cells.index(["Budget per year", "60", "–", "MSEK/yr", "line 11"])
    page.table.selectRow(row)
    page.show_line.click()
    assert window._text().pane.place()[0] == 11
    window.show_named("DifferencesPage")
    qtbot.waitUntil(lambda: not page.busy)
    page.table.selectRow(row)
    page.take_back.click()
    assert desk.document.settle().scenario.budget.per_year is None
    desk.document.history.undo()
    assert "per_year: 60" in desk.document.text


def test_that_licences_of_what_is_used_are_told(window, desk):
    table = AboutDialog(desk, window).table
    rows = {table.item(row, 0).text(): table.item(row, 2).text() for row in range(table.rowCount())}
    assert "GPL" in rows["PySide6-Essentials"]
    assert rows["numpy"].startswith("BSD")


def test_that_letters_grow_and_shrink_within_bounds(window, qtbot):
    before = window.font_size.points
    window.menus.actions["larger"].trigger()
    qtbot.waitUntil(lambda: window._list.font().pointSize() == before + 1)
    window.menus.actions["smaller"].trigger()
    qtbot.waitUntil(lambda: window._list.font().pointSize() == before)


def test_that_pages_are_made_ahead_while_nobody_does_anything(window, qtbot):
    window.prepare()
    qtbot.waitUntil(lambda: all(page is not None and page.window() is window for page in window.pages), timeout=20000)
    assert window._stack.count() == len(PAGES)


def test_that_an_assumption_that_is_removed_from_the_baseline_is_listed_led_to_and_taken_back(window, desk, qtbot):
    text = "format: 1\nextends: baseline.yaml\ndrivers:\n  # as in 2026 for ever\n  carbon_price: null\n"
    desk.document.start(text)
    desk.document.settle()
    page = window.show_named("DifferencesPage")
    qtbot.waitUntil(lambda: not page.busy)
    row = next(row for row in range(page.table.rowCount()) if page.table.item(row, 4) is not None)
    assert page.table.item(row, 4).text() == "line 5"
    page.table.selectRow(row)
    page.show_line.click()
    assert window._text().pane.place()[0] == 5
    window.show_named("DifferencesPage")
    qtbot.waitUntil(lambda: not page.busy)
    page.table.selectRow(row)
    page.take_back.click()
    assert desk.document.text == text.replace("drivers:", "drivers: {}").replace("  carbon_price: null\n", "")
    desk.document.settle()
    assert page.table.rowCount() == 0


def test_that_long_words_of_an_assumption_are_wrapped_not_cut_off(window, desk, qtbot):
    window.resize(1280, 720)
    window.show()
    desk.document.start("format: 1\nextends: coordinated.yaml\n")
    desk.document.settle()
    page = window.show_named("DifferencesPage")
    table = page.table
    for wide in range(1030, 1290, 10):
        window.resize(wide, 720)
        qtbot.waitUntil(lambda: not page.busy)
        room = table.columnWidth(1) - 22
        for row in range(table.rowCount()):
            item = table.item(row, 1)
            if item is not None and table.fontMetrics().horizontalAdvance(item.text()) > room:
                assert table.rowHeight(row) >= 2 * table.fontMetrics().lineSpacing() + 6, (wide, item.text())
