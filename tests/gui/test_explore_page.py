"""Explore: a planner moves sliders and reads the answer."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from simulator.gui.charts.fan import DIFFERENCE, LEVEL
from simulator.gui.explore_page import ExplorePage
from simulator.gui.live.runner import SPARE, WORKERS
from simulator.gui.live.session import MOST_PINNED
from simulator.gui.live.state import state_text
from simulator.gui.main_window import MainWindow
from simulator.gui.pages import PAGES
from simulator.indicators import INDICATORS
from simulator.quantity import Text

SOAK = int(os.environ.get("SOAK_SECONDS", "60"))
"""Set it to 600 for the ten minutes that a window should stand without a change of its memory."""
MEASUREMENTS = 40
PLAN = """\
format: 1
extends: baseline.yaml
run: {scale: 0.05, years: 2}   # small
governance: {mapping: 0.4, joint_targets: 0.4, shared_data: 0.4, cross_county: 0.4}
interventions:
  robots:
    kind: robot_lift
    capacity: 12   # per quarter
"""
CAPACITY = "interventions.robots.capacity"
LONGEST_WAIT = 60_000
_WHAT = Text("change", "ändring")


@pytest.fixture
def window(desk, qtbot):
    desk.document.start(PLAN)
    desk.document.settle()
    desk.live.set_replications(2)
    made = MainWindow(desk)
    made.show()
    made.show_page(PAGES.index(ExplorePage))
    yield made
    desk.settle()
    desk.document.history.setClean()
    made.close()
    made.deleteLater()


@pytest.fixture
def page(window):
    return window.pages[PAGES.index(ExplorePage)]


def enough(qtbot, desk):
    qtbot.waitUntil(lambda: desk.live.bands.enough and desk.live.bands.wanted == 2, timeout=LONGEST_WAIT)


def drag(row, *values):
    """Move a slider with the mouse held, and let go."""
    row.slider.setSliderDown(True)
    for value in values:
        row.slider.setValue(row._place(value))
    row.slider.setSliderDown(False)


def test_that_a_slider_moves_the_curve_the_number_and_the_text_in_one_step(qtbot, desk, page):
    enough(qtbot, desk)
    before = desk.live.bands
    row = page.panel.rows[CAPACITY]
    assert row.number.value() == 12
    with qtbot.waitSignal(desk.document.changed, timeout=LONGEST_WAIT):
        drag(row, 13, 16, 20)
    assert row.number.value() == 20
    assert desk.document.text == PLAN.replace("12 ", "20 ")
    assert desk.document.history.count() == 1
    qtbot.waitUntil(lambda: desk.live.bands is not before, timeout=LONGEST_WAIT)
    enough(qtbot, desk)
    assert page.mark.text() == "2 of 2 replications: too few runs to say"
    assert page.chart.readout.text().startswith("2027Q4: ")
    desk.document.history.undo()
    qtbot.waitUntil(lambda: row.number.value() == 12, timeout=LONGEST_WAIT)
    assert desk.document.text == PLAN


def test_that_closing_the_window_in_the_middle_leaves_no_process(qtbot, fresh_desk):
    fresh_desk.document.start(PLAN)
    window = MainWindow(fresh_desk)
    window.show()
    window.show_page(PAGES.index(ExplorePage))
    live = fresh_desk.live
    qtbot.waitUntil(lambda: bool(live.bands.wanted), timeout=LONGEST_WAIT)
    pids = live.runner.pids
    assert len(pids) == WORKERS + SPARE
    window.close()
    assert live.runner.pids == []
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_that_two_drags_are_two_steps_and_coordination_moves_all_its_parts(qtbot, desk, page):
    row = page.panel.rows["governance"]
    for value in (0.5, 0.8):
        with qtbot.waitSignal(desk.document.checked, timeout=LONGEST_WAIT):
            drag(row, value)
    assert desk.document.text.count("0.8") == 4
    assert desk.document.history.count() == 2
    desk.document.history.undo()
    assert desk.document.text.count("0.5") == 4


def test_that_keys_and_exact_numbers_work_as_the_mouse_does(qtbot, desk, page):
    row = page.panel.rows[CAPACITY]
    place = row.slider.value()
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    assert row.slider.value() == place + 1
    row.number.selectAll()
    QTest.keyClicks(row.number, "17.25")
    QTest.keyClick(row.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "capacity: 17.25   # per quarter" in desk.document.text, timeout=LONGEST_WAIT)
    row.reset.click()
    usual = row.handle.default
    assert row.number.value() == usual
    qtbot.waitUntil(lambda: f"capacity: {usual:g}   # per quarter" in desk.document.text, timeout=LONGEST_WAIT)


def test_that_the_end_of_the_budget_is_no_limit(qtbot, desk, page):
    row = page.panel.rows["budget.per_year"]
    assert row.slider.value() == row.slider.maximum()
    assert row.number.text() == "no limit"
    drag(row, 60)
    qtbot.waitUntil(lambda: "per_year: 60" in desk.document.text, timeout=LONGEST_WAIT)
    row.slider.setValue(row.slider.maximum())
    desk.settle()
    assert "per_year" not in desk.document.text
    assert desk.document.scenario.budget.per_year is None
    desk.document.start(PLAN.replace("baseline", "strategy"))
    desk.document.settle()
    assert row.number.value() == 200
    row.slider.setValue(row.slider.maximum())
    desk.settle()
    assert "per_year: null" in desk.document.text
    assert desk.document.scenario.budget.per_year is None


def test_that_any_parameter_is_found_pinned_moved_and_let_go(qtbot, desk, page):
    panel = page.panel
    QTest.keyClicks(panel.search, "spread taste digital")
    assert panel._matches.stringList()
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    key = next(iter(panel.rows))
    assert key.startswith("parameters.digital.")
    drag(panel.rows[key], panel.rows[key].handle.default * 1.2)
    qtbot.waitUntil(lambda: "parameters:" in desk.document.text, timeout=LONGEST_WAIT)
    panel.rows[key].remove.click()
    assert key not in panel.rows
    panel.usual.click()
    assert "governance" in panel.rows
    QTest.keyClicks(panel.search, "xyzzy")
    assert panel._matches.stringList() == ["Nothing has these words"]


def test_that_a_move_is_in_the_file_that_is_saved_at_once(qtbot, desk, window, page, tmp_path):
    page.panel.rows[CAPACITY].slider.setValue(page.panel.rows[CAPACITY].slider.maximum())
    assert desk.document.text == PLAN
    desk.document.path = tmp_path / "plan.yaml"
    assert window.files.save()
    highest = desk.live.value(("interventions", "robots", "capacity"))
    assert f"capacity: {highest:g}" in (tmp_path / "plan.yaml").read_text(encoding="utf-8")


def test_that_levels_and_the_scrubber_tell_what_holds_when(qtbot, desk, page):
    enough(qtbot, desk)
    page.moment.setValue(0)
    assert page.chart.readout.text().startswith("2025Q4: 0.0")
    page.modes[LEVEL].click()
    assert "baseline" in page.chart.readout.text()
    assert "%" in page.chart.readout.text()
    page.choose("employment")
    assert "%" not in page.chart.readout.text()
    page.modes[DIFFERENCE].click()
    page.moment.setValue(page.moment.maximum())
    assert page.chart.readout.text().startswith("2027Q4: ")
    desk.language.switch("sv")
    assert "basfall" not in page.chart.readout.text()
    page.modes[LEVEL].click()
    assert "basfall" in page.chart.readout.text()


def test_that_a_click_on_the_title_explains_the_indicator(qtbot, page):
    page.chart.title.clicked.emit()
    assert page.explanation.isVisible()
    assert "Formula" in page.explanation.panel.page.toPlainText()
    page.explanation.panel.closed.emit()
    assert not page.explanation.isVisible()


def test_that_pause_holds_runs_and_resume_lets_them_go(qtbot, desk, page):
    enough(qtbot, desk)
    before = desk.live.bands
    page.pause.click()
    drag(page.panel.rows[CAPACITY], 15)
    assert page.mark.text() == "2 of 2 replications, from before the last change"
    assert page.pause.text() == "&Resume"
    qtbot.waitUntil(lambda: "capacity: 15" in desk.document.text, timeout=LONGEST_WAIT)
    assert desk.live.bands is before
    page.pause.click()
    qtbot.waitUntil(lambda: desk.live.bands is not before, timeout=LONGEST_WAIT)


def test_that_results_of_before_stay_while_the_text_has_faults_and_are_marked(qtbot, desk, page):
    enough(qtbot, desk)
    before = desk.live.bands
    desk.document.rewrite(PLAN.replace("12 ", "-12 "), _WHAT)
    desk.document.settle()
    assert desk.live.bands is before
    assert page.mark.text().endswith("from before the faults in the text")
    drag(page.panel.rows["governance"], 0.9)
    qtbot.waitUntil(lambda: not desk.live._moves or desk.live._sent is None, timeout=LONGEST_WAIT)
    desk.document.rewrite(PLAN, _WHAT)
    desk.document.settle()
    enough(qtbot, desk)
    assert "faults" not in page.mark.text()


def test_that_a_killed_worker_is_said_on_the_page_in_the_language_spoken(qtbot, desk, page):
    enough(qtbot, desk)
    desk.language.switch("sv")
    os.kill(desk.live.runner.pids[0], signal.SIGTERM)
    qtbot.waitUntil(page.message.isVisible, timeout=LONGEST_WAIT)
    assert "ersatts" in page.message.text()


def test_that_six_results_can_be_put_aside_and_no_more(qtbot, desk, page):
    enough(qtbot, desk)
    said = []
    desk.live.told.connect(said.append)
    assert all(desk.live.pin(f"proposal {at}") for at in range(MOST_PINNED))
    assert not desk.live.pin("one more")
    assert len(said) == 1
    desk.live.unpin("proposal 0")
    assert not desk.live.pin("proposal 1")
    assert desk.live.pin("one more")
    kept = desk.live.pinned[-1]
    assert kept.bands is desk.live.bands
    assert kept.digest == desk.document.scenario.digest
    drag(page.panel.rows[CAPACITY], 18)
    qtbot.waitUntil(lambda: desk.live.bands is not kept.bands, timeout=LONGEST_WAIT)
    assert kept.bands.enough


def test_that_no_word_stays_in_the_other_language_and_colours_follow(qtbot, desk, page):
    enough(qtbot, desk)
    english = {label.text() for label in page.findChildren(QLabel) if label.text().strip()}
    desk.language.switch("sv")
    swedish = {label.text() for label in page.findChildren(QLabel) if label.text().strip()}
    same = {text for text in english & swedish if any(part.isalpha() for part in text)}
    assert same <= {"kSEK", "EUR/t", "%/yr"}
    assert page.pause.text() == "&Pausa"
    assert "koldioxid" in " ".join(swedish).casefold()
    desk.theme.choose("dark")
    assert desk.theme.colours.muted in page.notice.styleSheet()
    desk.theme.choose("light")


def test_that_the_mark_says_honestly_how_many_runs_stand_behind_the_picture(qtbot, desk, page):
    begun = state_text(desk.live).en
    assert begun == "The first runs are on their way" or begun.endswith("of 2 replications, more are coming")
    enough(qtbot, desk)
    assert state_text(desk.live).sv == "2 av 2 upprepningar: för få körningar för att säga något"
    page.runs.setValue(40)
    qtbot.waitUntil(lambda: desk.live.bands.wanted == 40, timeout=LONGEST_WAIT)
    assert state_text(desk.live).en.endswith("of 40 replications, more are coming")
    desk.live.pause(True)
    assert state_text(desk.live).sv.endswith("av 40 upprepningar, pausat")


def test_that_sensible_sliders_are_there_at_once(page):
    assert {"governance", "budget.per_year", CAPACITY, "drivers.carbon_price.2035Q1"} <= set(page.panel.rows)


@pytest.mark.parametrize(
    ("words", "beginning"),
    [
        ("koldioxidpris", "drivers.carbon_price"),
        ("carbon price", "drivers.carbon_price"),
        ("robots subsidy", "interventions.robots.subsidy"),
        ("spread taste green", "parameters.green."),
    ],
)
def test_that_drivers_parameters_and_settings_of_measures_become_sliders_by_their_words(page, words, beginning):
    panel = page.panel
    panel.search.clear()
    QTest.keyClicks(panel.search, words)
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert next(iter(panel.rows)).startswith(beginning)
    assert page.live.sliders == list(panel.rows)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_every_slider_has_a_name_a_unit_and_a_value_one_can_read(desk, page, language):
    desk.language.switch(language)
    for row in page.panel.rows.values():
        name = desk.language.said(row.handle.text)
        assert row.name.text().startswith(name)
        assert row.slider.accessibleName().startswith(name)
        assert row.unit.text() == desk.language.unit(row.handle.quantity.unit)
        assert row.slider.accessibleDescription()
        assert row.number.text() == "no limit" or any(sign.isdigit() for sign in row.number.text()) or language == "sv"
        assert "e-" not in row.number.text()


def test_that_a_result_is_kept_by_name_and_compared_while_exploring(qtbot, desk, page):
    enough(qtbot, desk)
    QTest.keyClicks(page.kept.name, "Twelve")
    QTest.keyClick(page.kept.name, Qt.Key.Key_Return)
    assert [one.name for one in desk.live.pinned] == ["Twelve"]
    before = desk.live.bands
    drag(page.panel.rows[CAPACITY], 40)
    qtbot.waitUntil(lambda: desk.live.bands is not before, timeout=LONGEST_WAIT)
    assert page.chart._kept[0].isVisible()
    page.kept.buttons[0].click()
    assert not page.chart._kept[0].isVisible()


def test_that_pause_and_scrubber_work_by_keyboard(qtbot, desk, page):
    enough(qtbot, desk)
    page.pause.setFocus()
    QTest.keyClick(page.pause, Qt.Key.Key_Space)
    assert desk.live.paused
    QTest.keyClick(page.pause, Qt.Key.Key_Space)
    assert not desk.live.paused
    QTest.keyClick(page.moment, Qt.Key.Key_Home)
    assert page.chart.readout.text().startswith("2025Q4")
    QTest.keyClick(page.moment, Qt.Key.Key_Right)
    assert page.chart.readout.text().startswith("2026Q1")


def test_that_what_is_picked_from_the_list_by_keyboard_is_pinned_and_no_other(qtbot, page):
    panel = page.panel
    panel.search.setFocus()
    QTest.keyClicks(panel.search, "koldioxid")
    popup = panel.search.completer().popup()
    qtbot.waitUntil(popup.isVisible, timeout=LONGEST_WAIT)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(popup, key)
    wanted = panel._found[panel.search.text()]
    assert wanted != next(iter(panel._found.values()))
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert next(iter(panel.rows)) == wanted
    qtbot.waitUntil(lambda: not panel.search.text(), timeout=LONGEST_WAIT)


def test_that_the_keyboard_stays_among_the_sliders_when_one_is_removed(window, page):
    window.activateWindow()
    keys = list(page.panel.rows)
    page.panel.rows[keys[1]].remove.setFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert window.focusWidget() is page.panel.rows[keys[2]].remove
    for _ in keys[1:]:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert page.panel.rows == {}
    assert window.focusWidget() is page.panel.search


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_a_scenario_with_faults_from_the_start_says_so_instead_of_that_runs_are_coming(desk, page, language):
    desk.language.switch(language)
    desk.document.start(PLAN.replace("0.05", "-5"))
    desk.document.settle()
    faults = {"en": "has faults", "sv": "har fel"}[language]
    for label in (page.mark, page.chart.readout, page.panel.later):
        assert label.isVisible()
        assert faults in label.text()
    assert page.panel.rows == {}
    assert not page.panel.search.isEnabled()
    desk.document.rewrite(PLAN, _WHAT)
    desk.document.settle()
    assert not page.panel.later.isVisible()
    assert CAPACITY in page.panel.rows


def test_that_a_pause_before_the_first_run_is_called_a_pause(desk, page):
    page.pause.setChecked(True)
    desk.document.start(PLAN.replace("seed: 7", "seed: 8"))
    desk.document.settle()
    assert page.mark.text() == "Paused: nothing has run yet"


def test_that_a_scenario_without_measures_has_sliders_and_shows_no_difference(qtbot, desk, page):
    desk.document.start(PLAN.partition("interventions")[0])
    desk.document.settle()
    enough(qtbot, desk)
    assert "governance" in page.panel.rows
    assert page.chart.readout.text().startswith("2027Q4: ")
    for row in list(page.panel.rows.values()):
        for key in (Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Left):
            QTest.keyClick(row.slider, key)
    desk.settle()
    assert desk.document.check.problems == ()
    enough(qtbot, desk)


def test_that_six_kept_results_with_long_names_leave_everything_in_its_place(qtbot, desk, window, page):
    enough(qtbot, desk)
    window.resize(1280, 720)
    for at in range(MOST_PINNED):
        page.kept.name.setText(f"{at} & <b>{'w' * 24}")
        QTest.keyClick(page.kept.name, Qt.Key.Key_Return)
    assert len(page.kept.buttons) == MOST_PINNED
    assert window.width() == 1280
    assert page.minimumSizeHint().width() <= page.width()
    assert page.kept.name.width() > 100
    assert page.kept.buttons[0].text().startswith("0 && <b>")
    hues = page.chart._kept_hues()
    assert len({*hues, page.chart._hues()[0]}) == MOST_PINNED + 1, "each curve has a colour of its own"


@pytest.mark.parametrize("seconds", [4, pytest.param(SOAK, marks=[pytest.mark.slow, pytest.mark.timeout(3 * SOAK)])])
def test_that_moving_sliders_all_the_time_neither_crashes_nor_grows(qtbot, desk, page, seconds):
    enough(qtbot, desk)
    rows = list(page.panel.rows.values())
    luck = np.random.default_rng(1)
    sizes, killed = [], False
    for step in range(round(seconds * 20)):
        row = rows[luck.integers(len(rows))]
        row.slider.setValue(int(luck.integers(row.slider.minimum(), row.slider.maximum() + 1)))
        if step % 7 == 0:
            row.released.emit()
        if step % 31 == 0:
            page.choose(list(INDICATORS)[luck.integers(len(INDICATORS))])
        if step > seconds * 10 and not killed:
            os.kill(desk.live.runner.pids[0], signal.SIGTERM)
            killed = True
        if step % (seconds * 20 // MEASUREMENTS) == 0:
            gc.collect()
            sizes.append(resident())
        qtbot.wait(50)
    enough(qtbot, desk)
    desk.settle()
    enough(qtbot, desk)
    assert page.message.text()
    if seconds == SOAK:
        assert np.median(sizes[-5:]) <= 1.1 * np.median(sizes[5:10])


def resident() -> float:
    """Memory of this process in pages; 0 where nobody says."""
    said = Path("/proc/self/statm")
    return float(said.read_text(encoding="ascii").split()[1]) if said.exists() else 0.0
