"""Whole workshops: things go wrong in the middle, the window is closed and opened again, and nothing said is lost."""

from __future__ import annotations

import csv
import io
import math
import os
import signal

import numpy as np
import pytest
from leading import CAPACITY, KEY, PLAN, WAIT, keep, predict, press, ready
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableWidget, QWidget

from simulator.gui.charts.fan import DIFFERENCE, LEVEL
from simulator.gui.language import Language
from simulator.gui.live.bands import FEWEST
from simulator.gui.main_window import MainWindow
from simulator.gui.workshop.minutes import minutes
from simulator.gui.workshop.record import read, written
from simulator.gui.workshop_page import WorkshopPage
from simulator.quantity import Text

FIRST, SECOND = "advanced_digital", "employment"
_WORDS = (QLabel, QAbstractButton, QTableWidget)


@pytest.fixture
def come_back(qtbot, desk):
    """The page as it is when the program is started again on the same scenario."""
    made = []

    def again(page):
        page.stage.close()
        page.record_file.finish()
        for one in list(desk.live.pinned):
            desk.live.unpin(one.name)
        new = WorkshopPage(desk)
        qtbot.addWidget(new)
        new.show()
        new.shown()
        made.append(new)
        return new

    yield again
    for page in made:
        page.close_down()


def drawn(stage):
    return [row[0] for row in stage.comparison.chart.rows()[1:]]


def test_that_proposals_of_another_day_are_drawn_as_curves_in_differences_and_levels(
    qtbot, desk, page, stage, come_back
):
    predict(stage, "4")
    keep(qtbot, stage, "yesterday")
    bands = desk.live.bands
    wanted, level = bands.difference(FIRST), bands.level("policy", FIRST)
    again = come_back(page)
    again.start()
    press(again.stage, KEY.Key_C)
    chart = again.stage.comparison.chart
    assert drawn(again.stage) == ["yesterday"]
    years, middles = chart._curves[0].getData()
    assert years[-1] == 2028.0
    np.testing.assert_allclose(middles, wanted.middle, rtol=1e-5)
    assert not chart._ribbon.boundingRect().isEmpty()
    press(again.stage, KEY.Key_L)
    np.testing.assert_allclose(chart._curves[0].getData()[1], level.middle, rtol=1e-5)
    assert chart._baseline.isVisible()
    note = again.record_file.record.notes[0]
    np.testing.assert_allclose(note.curves[FIRST].difference.low, wanted.low, rtol=1e-5)
    np.testing.assert_allclose(note.curves[SECOND].difference.high, bands.difference(SECOND).high, rtol=1e-5)
    again.stage.grab()


def test_that_proposals_of_before_curves_were_kept_are_drawn_as_intervals(qtbot, page, stage, come_back):
    press(stage, KEY.Key_S)
    keep(qtbot, stage, "old")
    page.record_file.record.notes[0].curves.clear()
    again = come_back(page)
    again.start()
    press(again.stage, KEY.Key_C)
    assert drawn(again.stage) == ["old"]
    press(again.stage, KEY.Key_L)
    assert drawn(again.stage) == []
    assert "Their levels were not kept: old." in again.stage.comparison.chart.readout.text()


def test_that_levels_are_chosen_beforehand_and_switched_by_key(qtbot, page, stage):
    assert page.charts.mode_choice.mode == DIFFERENCE
    predict(stage, "2")
    ready(qtbot, stage)
    card = stage.cards[0]
    press(stage, KEY.Key_L)
    assert card.chart.mode == LEVEL
    assert card.chart.readout.text().startswith("With the mix ")
    assert "You said +2" in card.chart.readout.text()
    baseline = stage.desk.live.bands.level("baseline", FIRST).middle[-1]
    assert card.chart._mark.data["y"].tolist() == [baseline + 2]
    press(stage, KEY.Key_L)
    assert card.chart.mode == DIFFERENCE
    press(stage, KEY.Key_Escape)
    page.charts.mode_choice.buttons[LEVEL].click()
    page.record_file.finish()
    assert read(page.record_file.path.read_text(encoding="utf-8")).preparation.mode == LEVEL
    page.start()
    press(page.stage, KEY.Key_S)
    ready(qtbot, page.stage)
    qtbot.waitUntil(lambda: page.stage.cards[0].chart.mode == LEVEL, timeout=WAIT)


def test_that_a_prediction_of_what_was_on_the_screen_before_is_marked_also_after_coming_back(qtbot, page, stage):
    press(stage, KEY.Key_S)
    ready(qtbot, stage)
    press(stage, KEY.Key_N)
    predict(stage, "1")
    ready(qtbot, stage)
    assert "with the result seen before" in stage.cards[0].chart.readout.text()
    press(stage, KEY.Key_1, KEY.Key_Right)
    predict(stage, "1")
    ready(qtbot, stage)
    assert "with the result seen before" not in stage.cards[0].chart.readout.text()
    press(stage, KEY.Key_Escape)
    page.start()
    again = page.stage
    press(again, KEY.Key_1, KEY.Key_Right)
    predict(again, "5")
    ready(qtbot, again)
    assert [note.late for note in page.record_file.record.notes] == [True, False, True]
    press(again, KEY.Key_Escape)
    assert "(seen before)" in page.table.item(0, 3).text()
    text = minutes(page.record_file.record.notes, {}, Language("sv"))
    assert "när resultatet redan hade visats" in text


def test_that_coming_back_it_is_the_turn_of_the_group_whose_turn_it_was(page, stage, come_back):
    press(stage, KEY.Key_N)
    assert stage.group.text() == "Karlstad"
    again = come_back(page)
    again.start()
    assert again.stage.group.text() == "Karlstad"
    press(again.stage, KEY.Key_N)
    assert again.stage.group.text() == "Falun (2)"
    press(again.stage, KEY.Key_N)
    assert again.stage.group.text() == "Falun"


NAMES = (
    "Åre, Örebro & \"Gävle\"; 'Ö'\n<b>fet</b>\n=1+1\n" + "Mycket lång grupp " * 12 + "\n" + "x" * 300 + "\n\t \n\u200b"
)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_any_names_are_shown_kept_and_exported_as_they_are(qtbot, desk, page, tmp_path, language):
    desk.language.switch(language)
    page.groups.names.setPlainText(NAMES)
    page.sliders.choose([CAPACITY])
    page.start()
    stage = page.stage
    stage.setWindowState(Qt.WindowState.WindowNoState)
    stage.resize(1280, 720)
    names = []
    for _ in range(5):
        names.append(stage.group.text())
        press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_S)
        keep(qtbot, stage)
        assert stage.width() == 1280
        press(stage, KEY.Key_N)
    assert stage.group.text() == names[0]
    assert names[:3] == ["Åre, Örebro & \"Gävle\"; 'Ö'", "<b>fet</b>", "=1+1"]
    assert [note.name for note in page.record_file.record.notes] == names
    press(stage, KEY.Key_C)
    assert drawn(stage) == names
    press(stage, KEY.Key_Escape, KEY.Key_Escape)
    page.write_minutes(tmp_path / "minutes.csv")
    text = (tmp_path / "minutes.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";" if language == "sv" else ","))
    groups = list(dict.fromkeys(row[1] for row in rows[4:]))
    assert groups == [*names[:2], "'=1+1", *names[3:]]
    page.record_file.load()
    assert [note.group for note in page.record_file.record.notes] == names, "what was written can be read"


def test_that_wrong_numbers_are_said_in_the_language_that_is_switched_to(desk, stage):
    press(stage, KEY.Key_F)
    field = stage.prediction.numbers[SECOND]
    field.setText("5 %")
    stage.prediction.take()
    assert "“5 %” is no number here" in stage.prediction.error.text()
    desk.language.switch("sv")
    assert "”5 %” är inget tal här" in stage.prediction.error.text()
    assert field.text() == "5 %"
    field.setText("−3,5")
    stage.prediction.take()
    assert stage.session.note.predictions == {SECOND: -3.5}


def test_that_a_proposal_without_a_name_is_asked_for_one(qtbot, stage):
    press(stage, KEY.Key_S)
    ready(qtbot, stage)
    press(stage, KEY.Key_P)
    stage.naming.name.setText(" \u200b ")
    press(stage, KEY.Key_Return)
    assert stage.asking
    assert stage.naming.error.text() == "Write a name first."


def test_that_a_result_shown_while_runs_arrive_is_kept_with_all_of_them(qtbot, desk, stage):
    desk.live.set_replications(FEWEST + 3)
    press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_S)
    qtbot.waitUntil(lambda: stage.session.ready, timeout=WAIT)
    press(stage, KEY.Key_P, KEY.Key_Return)
    note = stage.session.note
    assert note.name == "Falun"
    ready(qtbot, stage)
    assert note.outcomes[FIRST].runs == FEWEST + 3
    assert note.curves[FIRST].difference.middle[-1] == pytest.approx(note.outcomes[FIRST].middle, rel=1e-5)


def test_that_the_scenario_changed_in_the_middle_leaves_a_stage_that_works(qtbot, desk, page, stage):
    press(stage, KEY.Key_1, KEY.Key_Right)
    desk.document.rewrite(PLAN.replace("0.4, joint", "0.6, joint"), Text("edit", "ändring"))
    desk.document.settle()
    press(stage, KEY.Key_S)
    ready(qtbot, stage)
    stage.grab()
    desk.document.rewrite(PLAN.partition("interventions")[0], Text("remove", "ta bort"))
    desk.document.settle()
    assert CAPACITY in stage.message.text()
    assert not stage.sliders[0].isEnabled()
    press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_R, KEY.Key_2, KEY.Key_Right, KEY.Key_S)
    ready(qtbot, stage)
    press(stage, KEY.Key_T, KEY.Key_N, KEY.Key_C)
    stage.grab()
    press(stage, KEY.Key_Escape, KEY.Key_Escape)
    assert page.stage is None


def test_that_a_kept_proposal_stays_as_it_was_when_the_scenario_is_edited(qtbot, desk, page, stage):
    press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_S)
    keep(qtbot, stage)
    note = page.record_file.record.notes[0]
    before = (note.digest, note.outcomes, note.curves)
    desk.document.rewrite(PLAN.replace("0.4, joint", "0.9, joint"), Text("edit", "ändring"))
    desk.document.settle()
    ready(qtbot, stage)
    qtbot.waitUntil(lambda: desk.live.digest != note.digest, timeout=WAIT)
    assert (note.digest, note.outcomes, note.curves) == before


def test_that_whose_turn_it_is_and_what_was_seen_is_on_the_disk_before_the_end(qtbot, desk, page, stage):
    press(stage, KEY.Key_N, KEY.Key_S)
    ready(qtbot, stage)

    def on_disk():
        return read(page.record_file.path.read_text(encoding="utf-8"))

    qtbot.waitUntil(lambda: page.record_file.path.exists() and on_disk().turn == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: on_disk().seen == [desk.live.digest], timeout=WAIT)


def test_that_a_text_with_faults_in_the_middle_is_said_and_mended(qtbot, desk, stage):
    desk.document.rewrite(PLAN.replace("12 ", "-12 "), Text("edit", "ändring"))
    desk.document.settle()
    press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_S, KEY.Key_R)
    assert "faults" in stage.state.text() or "on their way" in stage.state.text()
    press(stage, KEY.Key_T)
    assert "faults" in stage.message.text()
    desk.document.rewrite(PLAN, Text("edit", "ändring"))
    desk.document.settle()
    press(stage, KEY.Key_S)
    ready(qtbot, stage)


def test_that_a_killed_worker_is_said_on_the_stage_and_the_runs_come(qtbot, desk, stage):
    press(stage, KEY.Key_S)
    qtbot.waitUntil(lambda: bool(desk.live.runner.pids), timeout=WAIT)
    ready(qtbot, stage)
    os.kill(desk.live.runner.pids[0], signal.SIGKILL)
    qtbot.waitUntil(lambda: "replaced" in stage.message.text(), timeout=WAIT)
    press(stage, KEY.Key_1, KEY.Key_Right)
    ready(qtbot, stage)


def test_that_language_and_theme_switched_in_the_middle_keep_where_one_was(qtbot, desk, stage):
    predict(stage, "1.5")
    keep(qtbot, stage)
    press(stage, KEY.Key_C, KEY.Key_Right)
    desk.language.switch("sv")
    desk.theme.choose("dark")
    assert stage.comparison.indicator == SECOND
    assert "skillnad" in stage.comparison.chart.title.text()
    press(stage, KEY.Key_Escape)
    assert "Ni sa +1,5" in stage.cards[0].chart.readout.text()
    desk.theme.choose("light")


def test_that_full_screen_is_left_and_taken_again_without_losing_anything(stage):
    press(stage, KEY.Key_1, KEY.Key_Right)
    before = stage.session.positions
    press(stage, KEY.Key_F11)
    assert not stage.isFullScreen()
    assert stage.isVisible()
    press(stage, KEY.Key_F11)
    assert stage.isFullScreen()
    assert stage.session.positions == before


def test_that_moves_are_taken_back_one_by_one_and_a_reset_too(stage):
    where = stage.session.positions
    press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_Right)
    first = stage.session.positions
    press(stage, KEY.Key_2, KEY.Key_Left, KEY.Key_Up)
    second = stage.session.positions
    press(stage, KEY.Key_R)
    assert stage.session.positions == stage.session.starts
    for wanted in (second, first, where):
        press(stage, KEY.Key_Z)
        assert stage.session.positions == wanted
    press(stage, KEY.Key_Z)
    assert stage.message.text() == "There is no move to take back."
    press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_N, KEY.Key_Z)
    assert stage.session.positions == stage.session.starts, "a group does not take back another's moves"


def test_that_the_arrows_move_the_slider_they_moved_before_something_was_asked(stage):
    press(stage, KEY.Key_2)
    predict(stage, "1")
    before = stage.session.positions
    press(stage, KEY.Key_Right, KEY.Key_C, KEY.Key_Escape, KEY.Key_Right)
    after = stage.session.positions
    assert after["governance"] > before["governance"]
    assert after[CAPACITY] == before[CAPACITY]


def test_that_what_is_said_moves_nothing_else(qtbot, stage):
    stage.setWindowState(Qt.WindowState.WindowNoState)
    stage.resize(1280, 720)
    qtbot.wait(10)
    before = [part.geometry() for part in (stage.stack, stage.panel, stage.keys)]
    press(stage, KEY.Key_P)
    assert stage.message.isVisible()
    qtbot.wait(10)
    after = [part.geometry() for part in (stage.stack, stage.panel, stage.keys)]
    assert all(abs(old.bottom() - new.bottom()) <= 4 for old, new in zip(before, after, strict=True))


@pytest.mark.parametrize("charts", [1, 2, 4])
def test_that_letters_are_of_twenty_pixels_at_least_on_a_full_hd_screen(qtbot, page, charts):
    page.charts._prepare([FIRST, SECOND, "firms", "exporters"][:charts])
    page.start()
    stage = page.stage
    stage.setWindowState(Qt.WindowState.WindowNoState)
    stage.resize(1920, 1080)
    press(stage, KEY.Key_S)
    keep(qtbot, stage)
    for key in (None, KEY.Key_C):
        if key is not None:
            press(stage, key)
        stage.grab()
        shown = [part for part in stage.findChildren(QWidget) if part.isVisible() and isinstance(part, _WORDS)]
        assert {part.fontInfo().pixelSize() for part in shown if part.fontInfo().pixelSize() < 20} == set()
    for chart in (stage.comparison.chart, *(card.chart for card in stage.cards)):
        axis = chart.plot.getPlotItem().getAxis("left")
        fonts = [axis.style["tickFont"], axis.label.font(), *(item.textItem.font() for item in chart._labels._items)]
        assert min(font.pixelSize() for font in fonts) >= 20


def test_that_a_record_with_curves_comes_back_as_it_was_and_one_without_is_read(qtbot, page, stage):
    predict(stage, "1")
    keep(qtbot, stage)
    record = page.record_file.record
    assert read(written(record)) == record
    old = written(record).replace('"curves"', '"unknown"').replace('"late"', '"other"').replace('"turn"', '"turned"')
    note = read(old).notes[0]
    assert note.curves == {}
    assert not note.late
    assert math.isfinite(note.outcomes[FIRST].middle)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_no_word_of_the_keys_is_cut_off_on_the_smallest_screen(qtbot, desk, stage, language):
    desk.language.switch(language)
    stage.setWindowState(Qt.WindowState.WindowNoState)
    stage.resize(1280, 720)
    stage.grab()
    cut = [
        part.text()
        for part in stage.keys.findChildren(QWidget)
        if isinstance(part, _WORDS) and part.sizeHint().width() > part.width()
    ]
    assert cut == []


def test_that_the_name_of_a_unit_is_short_where_the_axis_is(qtbot, page):
    page.charts._prepare([FIRST, SECOND, "firms", "exporters"])
    page.start()
    stage = page.stage
    stage.setWindowState(Qt.WindowState.WindowNoState)
    press(stage, KEY.Key_S)
    ready(qtbot, stage)
    for height, words in ((560, "FTE"), (1440, "full-time equivalents")):
        stage.resize(height * 16 // 9, height)
        stage.grab()
        assert stage.cards[1].chart.plot.getAxis("left").labelText == words


def test_that_notes_with_long_names_keep_room_for_what_the_model_says(qtbot, page, stage):
    page.groups.names.setPlainText("Mycket lång grupp " * 9)
    press(stage, KEY.Key_N)
    predict(stage, "4")
    keep(qtbot, stage)
    stage.setWindowState(Qt.WindowState.WindowNoState)
    stage.resize(1280, 720)
    press(stage, KEY.Key_C)
    for table in (stage.comparison.table, page.table):
        if table is page.table:
            press(stage, KEY.Key_Escape, KEY.Key_Escape)
        table.grab()
        lines = table.rowHeight(0) / table.fontMetrics().lineSpacing()
        assert table.columnWidth(4) > 0.19 * table.viewport().width()
        assert lines < 6
        assert not table.horizontalScrollBar().isVisible()


def test_that_a_whole_workshop_runs_in_the_window_by_keyboard_and_goes_on_another_day(qtbot, desk):
    desk.document.start(PLAN, "plan.yaml")
    desk.document.settle()
    desk.live.set_replications(FEWEST)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    page = window.show_named("WorkshopPage")
    page.groups.names.setFocus()
    QTest.keyClicks(page.groups.names, "Åmål")
    QTest.keyClick(page.groups.names, KEY.Key_Return)
    QTest.keyClicks(page.groups.names, "Örebro")
    QTest.keyClick(window, KEY.Key_F5)
    for words in ("1,5", "-2 %"):
        desk.language.switch("sv")
        press(page.stage, KEY.Key_1, KEY.Key_Right)
        predict(page.stage, words)
        keep(qtbot, page.stage)
        press(page.stage, KEY.Key_N)
        desk.language.switch("en")
    press(page.stage, KEY.Key_1, KEY.Key_Right, KEY.Key_T, KEY.Key_Escape)
    taken = desk.document.text
    assert taken != PLAN
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    QTest.keyClick(window, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.document.text == PLAN
    QTest.keyClick(window, KEY.Key_F5)
    assert page.stage is not None
    desk.document.history.setClean()
    window.close()
    assert page.stage is None
    for one in list(desk.live.pinned):
        desk.live.unpin(one.name)
    again = MainWindow(desk)
    qtbot.addWidget(again)
    again.show()
    again.activateWindow()
    qtbot.waitUntil(again.isActiveWindow, timeout=WAIT)
    QTest.keyClick(again, KEY.Key_F5)
    stage = again.show_named("WorkshopPage").stage
    assert stage.group.text() == "Åmål"
    press(stage, KEY.Key_C)
    assert drawn(stage) == ["Åmål", "Örebro"]
    assert [one.proposal.predicted for one in stage.comparison.chart._drawn] == [1.5, -2.0]
    assert all(len(one.years) == 9 for one in stage.comparison.chart._drawn)
    desk.document.history.setClean()
    again.close()
