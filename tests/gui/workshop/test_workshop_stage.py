"""A workshop: the leader prepares it, groups predict and see, proposals are compared; the scenario stays as it was."""

from __future__ import annotations

import math
import time

import pytest
from leading import CAPACITY, KEY, PLAN, WAIT, keep, predict, press, ready
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from simulator.gui import workshop_page as page_module
from simulator.gui.live.session import MOST_PINNED
from simulator.gui.main_window import MainWindow
from simulator.gui.saving import read_text
from simulator.gui.workshop.key_bar import KEYS
from simulator.gui.workshop.record import read


def test_that_the_result_is_covered_until_a_prediction_and_then_both_are_shown(qtbot, desk, page, stage):
    assert stage.isFullScreen()
    assert stage.group.text() == "Falun"
    press(stage, KEY.Key_1, KEY.Key_Right)
    assert stage.session.positions[CAPACITY] > 12
    ready(qtbot, stage)
    assert all(card.covered for card in stage.cards)
    stage.grab()
    predict(stage, "+2.5", "-3")
    assert not any(card.covered for card in stage.cards)
    first, second = (card.chart for card in stage.cards)
    assert first.readout.text().replace("\u00a0", " ").startswith("You said +2.5 pp; the model says ")
    assert "90 % interval" in first.readout.text()
    assert first.predicted == 2.5
    assert first._mark.data["y"].tolist() == [2.5]
    assert "You said -3" in second.readout.text()
    press(stage, KEY.Key_Right)
    assert all(card.covered for card in stage.cards)
    press(stage, KEY.Key_Left)
    assert not stage.cards[0].covered or desk.live.behind
    assert stage.session.note is not None
    stage.grab()


def test_that_a_prediction_may_be_skipped_and_comes_too_late_once_the_result_was_seen(qtbot, stage):
    press(stage, KEY.Key_S)
    ready(qtbot, stage)
    qtbot.waitUntil(lambda: not stage.cards[0].covered, timeout=WAIT)
    assert stage.cards[0].chart.readout.text().startswith("The model says ")
    assert math.isnan(stage.cards[0].chart.predicted)
    press(stage, KEY.Key_F)
    assert stage.stack.currentWidget() is stage.charts
    assert "has been seen" in stage.message.text()
    assert stage.session.record_file.record.notes == []


def test_that_wrong_numbers_are_said_in_place_and_letters_are_no_keys_while_something_is_asked(stage):
    press(stage, KEY.Key_F)
    field = stage.prediction.numbers["advanced_digital"]
    QTest.keyClicks(field, "rnpct")
    assert field.text() == "rnpct"
    QTest.keyClick(field, KEY.Key_Return)
    assert "“rnpct” is no number" in stage.prediction.error.text()
    field.clear()
    QTest.keyClick(field, KEY.Key_Return)
    assert "at least one number" in stage.prediction.error.text()
    assert stage.session.covered
    press(stage, KEY.Key_Escape)
    assert stage.stack.currentWidget() is stage.charts
    assert stage.isVisible()


def test_that_the_scenario_is_untouched_until_a_proposal_is_taken_into_it_in_one_step(qtbot, desk, page, stage):
    press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_2, KEY.Key_Left, KEY.Key_Up, KEY.Key_3, KEY.Key_Right)
    desk.settle()  # as saving does
    assert desk.document.text == PLAN
    assert not desk.document.dirty
    wanted = stage.session.positions
    press(stage, KEY.Key_T)
    assert desk.document.history.count() == 1
    assert "capacity: " in desk.document.text
    assert "# per quarter" in desk.document.text
    assert desk.document.last_step.en == "take a proposal of the workshop"
    press(stage, KEY.Key_R)
    assert stage.session.positions == stage.session.starts != wanted
    press(stage, KEY.Key_Escape)
    assert page.stage is None
    reading = {key: handle.read(desk.live.value) for key, handle in page.sliders._known.items() if key in wanted}
    assert reading == wanted
    desk.document.history.undo()
    assert desk.document.text == PLAN


def test_that_leaving_forgets_the_moves_and_keeps_what_was_said(qtbot, desk, page, stage):
    press(stage, KEY.Key_1, KEY.Key_Right)
    predict(stage, "1")
    press(stage, KEY.Key_Escape)
    assert page.stage is None
    assert not desk.live.rehearsing
    assert desk.live.value(("interventions", "robots", "capacity")) == 12
    assert desk.document.text == PLAN
    assert page.table.rowCount() == 1
    saved = read(read_text(page.record_file.path))
    assert saved.notes[0].predictions == {"advanced_digital": 1.0}
    assert saved.preparation.groups == ["Falun", "Karlstad", "Falun"]


def test_that_groups_keep_proposals_by_name_and_compare_them_with_their_predictions(qtbot, desk, page, stage, tmp_path):
    press(stage, KEY.Key_P)
    assert "prediction" in stage.message.text()
    predict(stage, "4")
    keep(qtbot, stage)
    press(stage, KEY.Key_P)
    assert "already kept as Falun" in stage.message.text()
    press(stage, KEY.Key_N)
    assert stage.group.text() == "Karlstad"
    assert all(card.covered for card in stage.cards)
    press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_S)
    keep(qtbot, stage, "Falun")
    assert "already a result called Falun" in stage.message.text()
    stage.naming.name.setText("Värmland")
    QTest.keyClick(stage.naming.name, KEY.Key_Return)
    assert [one.name for one in desk.live.pinned] == ["Falun", "Värmland"]
    press(stage, KEY.Key_C)
    compared = stage.comparison
    assert [row[0] for row in compared.chart.rows()[1:]] == ["Falun", "Värmland"]
    assert compared.chart._proposals[0].predicted == 4
    assert compared.table.item(1, 3).text().replace("\u00a0", " ") == "+4 pp"
    assert "90 % interval" in compared.table.item(0, 4).text()
    stage.grab()
    press(stage, KEY.Key_Right)
    assert compared.indicator == "employment"
    compared.table.selectRow(0)
    press(stage, KEY.Key_Delete)
    assert [one.name for one in desk.live.pinned] == ["Falun"]
    assert compared.table.rowCount() == 2
    press(stage, KEY.Key_N)
    assert [row[0] for row in compared.chart.rows()[1:]] == ["Falun"], "what is covered shows nowhere"
    press(stage, KEY.Key_C, KEY.Key_Escape)
    page.write_minutes(tmp_path / "minutes.csv")
    text = (tmp_path / "minutes.csv").read_text(encoding="utf-8-sig")
    assert "Värmland" in text
    assert "+4" in text
    page.write_minutes(tmp_path / "no such folder" / "minutes.csv")
    assert "cannot be written" in page.message.text()


def test_that_a_proposal_is_taken_out_of_the_picture_and_into_it_again(qtbot, desk, page, stage):
    predict(stage, "4")
    keep(qtbot, stage, "first")
    press(stage, KEY.Key_C)
    compared = stage.comparison
    assert [row[0] for row in compared.chart.rows()[1:]] == ["first"]
    press(stage, KEY.Key_Delete)
    assert compared.chart.rows()[1:] == []
    assert desk.live.pinned == []
    assert page.record_file.record.notes[0].name == "first"
    press(stage, KEY.Key_Delete)
    assert [row[0] for row in compared.chart.rows()[1:]] == ["first"]


def test_that_a_seventh_proposal_is_noted_and_the_full_picture_is_said(qtbot, desk, page, stage):
    for number in range(MOST_PINNED + 1):
        press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_S)
        keep(qtbot, stage, f"proposal {number}")
    assert len(desk.live.pinned) == MOST_PINNED
    assert "holds 6 already" in stage.message.text()
    assert page.record_file.record.notes[-1].name == "proposal 6"
    assert page.record_file.record.notes[-1].outcomes


def test_that_a_group_may_try_freely_after_one_prediction_where_the_leader_wants_it(qtbot, page):
    page.groups.anew.setChecked(False)
    page.start()
    stage = page.stage
    press(stage, KEY.Key_S, KEY.Key_1, KEY.Key_Right)
    assert not stage.session.covered
    press(stage, KEY.Key_N)
    assert stage.session.covered
    assert stage.group.text() == "Group 2"


def test_that_sliders_start_where_the_leader_put_them(desk, page):
    row = page.sliders.rows[CAPACITY]
    row.number.setValue(20)
    assert desk.document.text == PLAN
    page.start()
    assert page.stage.session.positions[CAPACITY] == 20
    assert page.stage.session.positions["governance"] == 0.4
    page.stage.close()
    page.sliders.usual.click()
    assert page.sliders.rows[CAPACITY].number.value() == 12


def test_that_sliders_and_charts_are_chosen_by_words_and_no_more_than_there_is_room_for(page):
    panel, said = page.sliders, []
    panel.told.connect(lambda text: said.append(text.sv))
    for words in ("tax", "spread", "wage", "energy", "skill", "firm", "share"):
        panel.search.clear()
        QTest.keyClicks(panel.search, words)
        QTest.keyClick(panel.search, KEY.Key_Return)
    assert len(panel.rows) == 9
    assert "Högst 9" in said[-1]
    for _ in range(2):
        page.charts.add.click()
    assert len(page.charts.chosen) == 4
    assert not page.charts.add.isEnabled()
    page.start()
    assert len(page.stage.cards) == 4
    assert len(page.stage.sliders) == 9
    page.stage.grab()


def test_that_faults_in_the_text_are_said_instead_of_a_stage(desk, page):
    desk.document.start(PLAN.replace("12 ", "-12 "))
    desk.document.settle()
    page.start()
    assert page.stage is None
    assert "faults" in page.message.text()


def test_that_a_kept_proposal_is_taken_into_the_scenario_from_the_notes_later(qtbot, desk, page, stage):
    press(stage, KEY.Key_1, KEY.Key_Right, KEY.Key_S)
    wanted = stage.session.positions[CAPACITY]
    keep(qtbot, stage)
    press(stage, KEY.Key_Escape)
    page.table.selectRow(0)
    assert "Capacity" in page.positions.text()
    page.take.click()
    assert f"capacity: {wanted:g}" in desk.document.text
    assert desk.document.history.count() == 1


def test_that_a_new_workshop_asks_first(desk, page, stage, monkeypatch):
    predict(stage, "1")
    press(stage, KEY.Key_Escape)
    for answer, rows in (("cancel", 1), ("begin", 0)):
        monkeypatch.setattr(page_module, "ask", lambda *_, answer=answer, **__: answer)
        page.new.click()
        assert page.table.rowCount() == rows


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_the_bar_says_every_key_in_the_language_spoken(desk, stage, language):
    desk.language.switch(language)
    said = {button.text() for button in stage.keys.buttons.values()}
    assert {f"{key.shown.said(language)}   {key.text.said(language)}" for key in KEYS if key.deed} == said
    assert all(slider.slider.accessibleName() for slider in stage.sliders)
    desk.theme.choose("dark")
    assert desk.theme.colours.ground in stage.styleSheet()
    desk.theme.choose("light")


def test_that_letters_grow_with_the_screen(stage):
    sizes = []
    stage.setWindowState(Qt.WindowState.WindowNoState)
    for height in (720, 1440):
        stage.resize(height * 16 // 9, height)
        sizes.append(stage.group.fontMetrics().height())
    assert sizes[1] > 1.8 * sizes[0]


def test_that_the_window_starts_the_stage_by_key_and_closes_with_it(qtbot, desk):
    desk.document.start(PLAN, "plan.yaml")
    desk.document.settle()
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    window.menus.actions["workshop"].trigger()
    page = window.show_named("WorkshopPage")
    assert page.stage.isVisible()
    assert window.menus.actions["workshop"].shortcut().toString() == "F5"
    window.close()
    assert page.stage is None


def test_that_no_word_of_the_other_language_is_left_on_the_stage(qtbot, desk, page, stage):
    predict(stage, "4")
    keep(qtbot, stage, "4711")

    def words():
        shown = stage.findChildren(QWidget)
        said = {part.text() for part in shown if isinstance(part, QLabel | QAbstractButton)}
        said |= {
            text for part in shown for text in (part.accessibleName(), part.accessibleDescription(), part.toolTip())
        }
        table = stage.comparison.table
        said |= {table.item(0, column).text() for column in range(1, table.columnCount())}
        return {text for text in said if any(sign.isalpha() for sign in text)}

    press(stage, KEY.Key_C)
    english = words()
    desk.language.switch("sv")
    both = english & words()
    assert both <= {"Falun", "plan", "Budget"}


def test_that_redrawing_all_charts_holds_the_window_up_for_less_than_a_blink(qtbot, page):
    for _ in range(2):
        page.charts.add.click()
    page.start()
    press(page.stage, KEY.Key_S)
    ready(qtbot, page.stage)
    began = time.thread_time()
    for _ in range(10):
        page.stage.refresh()
    assert (time.thread_time() - began) / 10 < 0.05
