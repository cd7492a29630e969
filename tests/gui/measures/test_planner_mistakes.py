"""What planners do wrong, in haste or by a slip: it is said where it happens, is taken back, and costs nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from shiboken6 import isValid

from simulator.gui.measures.mix import Mix
from simulator.gui.measures.wording import found
from simulator.gui.measures_page import MeasuresPage
from simulator.interventions.catalogue import KINDS
from simulator.quantity import Text

WHAT = Text("change", "ändring")
ROBOTS = """\
format: 1
extends: baseline.yaml   # shipped
run: {years: 10}
interventions:
  robots:    # ours
    kind: robot_lift
    start: 2027Q1
    end: 2029Q4
    capacity: 12   # per quarter
"""
INHERITED = "format: 1\nextends: coordinated.yaml\n"
BROKEN = ROBOTS + "budget: {per_year: [\n"


@pytest.fixture
def opened(desk, qtbot):
    """Show the page on a text."""

    def made(text: str) -> MeasuresPage:
        desk.document.start(text)
        desk.document.settle()
        page = MeasuresPage(desk)
        page.shown()
        qtbot.addWidget(page)
        page.resize(1000, 620)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return made


def begin(qtbot, line, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def write(qtbot, line, text: str) -> None:
    begin(qtbot, line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


# -- wrong input -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("wrong", ["many", "", "1,2,3", "--5", "1e999", "nan", "0x10", "1_0", "9" * 30_000])
def test_that_what_is_no_number_is_said_and_escape_takes_it_back_with_the_message(opened, desk, qtbot, wrong):
    page = opened(ROBOTS)
    row = page.form.rows["capacity"]
    line = row.editor.whole
    line.setFocus()
    line.selectAll()
    line.del_()
    line.insert(wrong)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.document.text == ROBOTS
    assert "Write a number" in row.fault.text()
    assert row.fault.isVisibleTo(page)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "12"
    assert not row.fault.isVisibleTo(page)


def test_that_a_quarter_that_is_none_is_said_and_taken_back(opened, desk, qtbot):
    page = opened(ROBOTS)
    row = page.form.rows["start"]
    box = row.editor.box
    write(qtbot, box.lineEdit(), "soon")
    assert "2027Q1" in row.fault.text()
    assert desk.document.text == ROBOTS
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.currentText() == "2027Q1"
    assert not row.fault.isVisibleTo(page)
    write(qtbot, box.lineEdit(), "soon")
    write(qtbot, box.lineEdit(), "2027Q1")
    assert not row.fault.isVisibleTo(page)
    assert desk.document.text == ROBOTS


def test_that_a_quarter_moved_on_the_timeline_is_shown_though_somebody_wrote_there_before(opened, desk, qtbot):
    page = opened(ROBOTS)
    box = page.form.rows["start"].editor.box
    for written in ("2027Q1", "soon"):
        write(qtbot, box.lineEdit(), written)
        page.form.name.setFocus()
        page.mix.set(("interventions", "robots", "start"), "2028Q2", WHAT)
        desk.document.settle()
        assert box.currentText() == "2028Q2"
        desk.document.history.undo()
        desk.document.settle()


def test_that_another_language_leaves_what_is_being_written(opened, desk, qtbot):
    page = opened(ROBOTS)
    line = page.form.rows["capacity"].editor.whole
    begin(qtbot, line, "7")
    desk.language.switch("sv")
    assert line.text() == "7"
    qtbot.keyClicks(line, ",5")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.document.text == ROBOTS.replace("12 ", "7.5 ")


# -- changes that the text does not allow ----------------------------------------------------------------------------
def test_that_a_refused_change_leaves_every_widget_as_the_scenario_is(opened, desk, qtbot):
    page = opened(ROBOTS)
    page.form.sections["target"].heading.setChecked(True)
    desk.document.rewrite(BROKEN, WHAT)
    desk.document.settle()
    page.list.item("robots").setCheckState(Qt.CheckState.Unchecked)
    assert page.list.item("robots").checkState() == Qt.CheckState.Checked
    assert "mend it first" in page.notice.text()
    page.form.on.click()
    assert page.form.on.isChecked()
    counties = page.form.rows["target.counties"].editor.list
    counties.item(0).setCheckState(Qt.CheckState.Checked)
    assert counties.item(0).checkState() == Qt.CheckState.Unchecked
    slider = page.coordination.sliders["shared_data"]
    before = slider.value()
    slider.setValue(before + 20)
    assert slider.value() == before
    write(qtbot, page.form.rows["capacity"].editor.whole, "5")
    assert page.form.rows["capacity"].editor.whole.text() == "12"
    assert desk.document.text == BROKEN


def test_that_a_name_that_stands_in_the_text_is_not_taken_twice(opened, desk):
    page = opened(ROBOTS + "  late: {kind: digital_uptake, capacity: -1}\n")
    page.kind.show_kind(KINDS["robot_lift"])
    page.kind.name.setText("late")
    assert not page.kind.add()
    assert "exists already" in page.notice.text()


# -- haste -----------------------------------------------------------------------------------------------------------
def test_that_who_clicks_faster_than_the_text_is_read_gets_every_copy(opened, desk):
    page = opened(ROBOTS)
    for _ in range(3):
        page.list.copy.click()
    assert desk.document.text.count("# per quarter") == 4
    page.form.on.click()
    for _ in range(3):
        page.list.remove.click()
        desk.document.settle()
    assert len(page.list.names) == 1


def test_that_a_new_name_is_given_by_keyboard_and_the_form_stays_until_it_is_read(opened, desk, qtbot):
    page = opened(ROBOTS)
    name = page.form.name
    write(qtbot, name, "arms")
    assert isValid(name)
    assert page.form.name is name
    assert page.form.rows
    desk.document.settle()
    assert page.form.name.text() == "arms"
    page.list.copy.click()
    assert page.form.rows
    desk.document.settle()
    assert page.form.name.text() == "arms-2"


def test_that_measures_to_follow_are_those_of_the_scenario_as_it_is_now(opened, desk):
    text = ROBOTS + "  pilots: {kind: scale_pilots, target: {measures: [robots]}}\n"
    page = opened(text)
    page.mix.choose("pilots")
    page.form.sections["target"].heading.setChecked(True)
    desk.document.rewrite(text + "  lifts: {kind: digital_uptake}\n", WHAT)
    desk.document.settle()
    shown = page.form.rows["target.measures"].editor.list
    assert "lifts" in [shown.item(at).text() for at in range(shown.count())]


# -- what is inherited -----------------------------------------------------------------------------------------------
def test_that_an_inherited_measure_switched_off_and_on_or_reset_leaves_no_trace(opened, desk, qtbot):
    page = opened(INHERITED)
    page.mix.choose("robots")
    for on in (False, True):
        page.mix.switch("robots", on)
        desk.document.settle()
    assert desk.document.text == INHERITED
    write(qtbot, page.form.rows["capacity"].editor.whole, "5")
    desk.document.settle()
    page.form.rows["capacity"].reset.click()
    assert desk.document.text == INHERITED
    slider = page.coordination.sliders["shared_data"]
    slider.setValue(slider.value() + 5)
    desk.document.settle()
    page.coordination.rows["shared_data"].reset.click()
    assert desk.document.text == INHERITED


def test_that_a_measure_added_and_removed_leaves_no_trace(opened, desk):
    page = opened(INHERITED.replace("coordinated", "baseline"))
    page.mix.add(KINDS["robot_lift"], "mine")
    desk.document.settle()
    page.list.remove.click()
    assert desk.document.text == INHERITED.replace("coordinated", "baseline")


@pytest.mark.parametrize("written", [
    "{interventions.robots.capacity: 3, run.years: 4}", "{interventions: {robots: {capacity: 3}}, run.years: 4}",
    "{interventions.robots: null, run.years: 4}",
])  # fmt: skip
@pytest.mark.parametrize("own", [True, False])
def test_that_variants_know_a_measure_by_its_new_name_and_forget_one_that_is_gone(opened, desk, tmp_path, written, own):
    uncertain = "" if "null" in written else "uncertainty: {interventions.robots.ramp: {uniform: [1, 4]}}\n"
    base = ROBOTS + f"variants:\n  few: {written}\n" + uncertain
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    text = base if own else "format: 1\nextends: base.yaml\n"
    page = opened(text)
    assert desk.document.check.problems == ()
    assert page.mix.rename("robots", "arms")
    scenario = desk.document.settle().scenario
    assert [each.name for each in scenario.measures] == ["arms"]
    assert ("interventions.arms.ramp" in scenario.resolved["uncertainty"]) == bool(uncertain)
    assert "robots" not in str(scenario.resolved["uncertainty"])
    desk.document.history.undo()
    desk.document.settle()
    page.mix.choose("robots")
    page.list.remove.click()
    scenario = desk.document.settle().scenario
    assert scenario.measures == ()
    assert "robots" not in str(scenario.resolved["uncertainty"])
    desk.document.history.undo()
    assert desk.document.text == text


@pytest.mark.parametrize("name", ["coordinated", "strategy"])
def test_that_every_inherited_measure_can_be_removed_renamed_copied_and_switched_off(desk, name):
    mix = Mix(desk.document)
    text = f"format: 1\nextends: {name}.yaml\n"
    desk.document.start(text)
    desk.document.settle()
    names = [each.name for each in mix.measures][:8]
    deeds = mix.remove, mix.duplicate, lambda name: mix.rename(name, "other"), lambda name: mix.switch(name, False)
    for measure in names:
        for deed in deeds:
            deed(measure)
            assert desk.document.settle().scenario is not None, measure
            desk.document.history.undo()
            desk.document.settle()
    assert desk.document.text == text


# -- the timeline ----------------------------------------------------------------------------------------------------
def hold(qtbot, page, name: str, part: str):
    """Take hold of a bar; returns what moves it so many quarters, and what lets go."""
    page.right.setCurrentWidget(page.planning)
    line = page.planning.timeline
    bar = line.bar(next(each for each in page.mix.measures if each.name == name))
    x = {"start": bar.left() + 1, "both": bar.center().x(), "end": bar.right() - 1}[part]
    step = line.axis().width / line.axis().quarters

    def place(quarters: int):
        return QPointF(x + quarters * step, bar.center().y()).toPoint()

    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=place(0))
    return (
        lambda quarters: qtbot.mouseMove(line, place(quarters)),
        lambda quarters: qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, pos=place(quarters)),
    )


@pytest.mark.parametrize(
    ("part", "quarters", "start", "end"),
    [
        ("end", 60, "2027Q1", "2035Q4"), ("both", 60, "2033Q1", "2035Q4"), ("start", 60, "2029Q4", "2029Q4"),
        ("both", -60, "2026Q1", "2028Q4"), ("end", -60, "2027Q1", "2027Q1"),
    ],
)  # fmt: skip
def test_that_a_bar_goes_no_further_than_the_run(opened, desk, qtbot, part, quarters, start, end):
    page = opened(ROBOTS)
    move, release = hold(qtbot, page, "robots", part)
    move(quarters)
    release(quarters)
    assert desk.document.text == ROBOTS.replace("2027Q1", start).replace("2029Q4", end)
    assert desk.document.settle().problems == ()


def test_that_a_measure_that_lasts_to_the_end_of_the_run_can_be_made_to_start_later(opened, desk, qtbot):
    text = ROBOTS.replace("    end: 2029Q4\n", "")
    page = opened(text)
    move, release = hold(qtbot, page, "robots", "both")
    move(4)
    release(4)
    assert desk.document.text == text.replace("2027Q1", "2028Q1")


def test_that_a_drag_survives_another_language_and_is_given_up_with_escape(opened, desk, qtbot):
    page = opened(ROBOTS)
    line = page.planning.timeline
    move, release = hold(qtbot, page, "robots", "both")
    move(3)
    desk.language.switch("sv")
    desk.theme.choose("dark")
    move(4)
    assert line.window_of(page.mix.measure) == (8, 19)
    release(4)
    assert "start: 2028Q1" in desk.document.text
    desk.document.history.undo()
    desk.document.settle()
    move, release = hold(qtbot, page, "robots", "end")
    move(4)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.window_of(page.mix.measure) == (4, 15)
    release(4)
    assert desk.document.text == ROBOTS


def test_that_a_bar_whose_measure_goes_while_it_is_dragged_writes_nothing(opened, desk, qtbot):
    page = opened(ROBOTS)
    page.mix.add(KINDS["digital_uptake"], "late")
    desk.document.settle()
    move, release = hold(qtbot, page, "late", "both")
    move(3)
    desk.document.history.undo()
    desk.document.settle()
    move(4)
    release(4)
    assert desk.document.text == ROBOTS


# -- search ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "asked", ["robotlyftet", "ROBOTLYFTET", "robotlyfet", "robtolyftet", "automaton", "subsidy_cap automation"]
)
def test_that_the_catalogue_understands_slips_of_the_pen(asked):
    assert "robot_lift" in found(asked)
    assert len(found(asked)) < len(KINDS)


def test_that_letters_are_found_without_their_dots_and_rings():
    for name in found("företag"):
        assert name in found("foretag")
    assert found("nätverk") == found("natverk") != []
