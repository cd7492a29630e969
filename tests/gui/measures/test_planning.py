"""Measures in time and money: bars are dragged and moved by key, the plan is held against the budget."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt

from simulator.gui.measures.costs import coordination_of, plan_of
from simulator.gui.measures_page import MeasuresPage
from simulator.scenario.cautions import planned_cost

TWO = """\
format: 1
extends: baseline.yaml
run: {years: 10}
budget: {per_year: 15}
interventions:
  robots:
    kind: robot_lift
    start: 2027Q1   # after the call
    end: 2029Q4
    capacity: 12
  training: {kind: training_at_work, start: 2028Q1, end: 2030Q4}
"""


@pytest.fixture
def page(desk, qtbot):
    desk.document.start(TWO)
    desk.document.settle()
    made = MeasuresPage(desk)
    made.shown()
    qtbot.addWidget(made)
    made.resize(1000, 620)
    made.right.setCurrentWidget(made.planning)
    made.show()
    return made


def drag(qtbot, page, name: str, part: str, quarters: int) -> None:
    line = page.planning.timeline
    measure = next(each for each in page.mix.measures if each.name == name)
    bar = line.bar(measure)
    x = {"start": bar.left() + 1, "both": bar.center().x(), "end": bar.right() - 1}[part]
    step = line.axis().width / line.axis().quarters
    begin, goal = QPointF(x, bar.center().y()), QPointF(x + quarters * step, bar.center().y())
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=begin.toPoint())
    qtbot.mouseMove(line, goal.toPoint())
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, pos=goal.toPoint())


@pytest.mark.parametrize(
    ("part", "quarters", "start", "end"),
    [("start", 2, "2027Q3", "2029Q4"), ("end", -4, "2027Q1", "2028Q4"), ("both", 4, "2028Q1", "2030Q4")],
)
def test_that_a_bar_is_dragged_in_one_step_and_comments_stay(part, quarters, start, end, page, desk, qtbot):
    drag(qtbot, page, "robots", part, quarters)
    wanted = TWO.replace("start: 2027Q1 ", f"start: {start} ").replace("end: 2029Q4", f"end: {end}")
    assert desk.document.text == wanted
    assert desk.document.history.count() == 1
    desk.document.history.undo()
    assert desk.document.text == TWO


def test_that_keys_do_what_dragging_does(page, desk, qtbot):
    line = page.planning.timeline
    page.mix.choose("robots")
    for _ in range(2):
        qtbot.keyClick(line, Qt.Key.Key_Right)
    qtbot.keyClick(line, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    robots = desk.document.settle().scenario.measures[0]
    assert (robots.start, robots.end) == (6, 18)
    assert desk.document.history.count() == 1
    assert "2027Q3–2030Q3" in line.accessibleDescription()
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert page.mix.chosen == "training"


def test_that_a_bar_cannot_be_dragged_before_the_run_or_past_its_own_end(page, desk, qtbot):
    drag(qtbot, page, "robots", "both", -30)
    assert desk.document.settle().scenario.measures[0].start == 0
    drag(qtbot, page, "robots", "start", 60)
    robots = desk.document.settle().scenario.measures[0]
    assert robots.start == robots.end


def test_that_the_plan_is_the_sum_of_what_each_quarter_costs(page):
    scenario = page.mix.scenario
    plan = plan_of(scenario.measures, scenario.run, {})
    for year in range(2026, 2036):
        cost = dict.fromkeys((False, True), 0.0)
        for each in scenario.measures:
            for quarter in range(each.start, each.end + 1):
                if (scenario.run.first + quarter) // 4 == year:
                    cost[each.national] += planned_cost(each, quarter - each.start)
        assert plan.total(year) == pytest.approx(cost[False]), year
        assert sum(plan.national[year].values()) == pytest.approx(cost[True]), year
    assert plan.total(2028) > 0
    assert sum(plan.national[2027].values()) > 0
    later = plan_of(scenario.measures, scenario.run, {"robots": (8, 19)})
    assert sum(later.national[2027].values()) == 0


def test_that_years_over_the_budget_are_told_in_words_in_both_languages(page, desk, qtbot):
    words, plan = page.planning.costs.words, page.planning.costs.chart.plan
    over = plan.over(15)
    assert over
    assert str(max(over, key=lambda year: over[year])) in words.text()
    assert "Over the budget of 15 MSEK" in words.text()
    _, cost = coordination_of(page.mix.scenario)
    assert f"The budget carries coordination too, {desk.language.setting(round(cost, 1))} MSEK a year" in words.text()
    desk.language.switch("sv")
    assert "Över budgeten på 15 mnkr" in words.text()
    line = page.planning.rows["per_year"].editor.line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "900")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.document.settle()
    assert "inget år ligger över budgeten" in words.text()
    page.planning.rows["per_year"].editor.entered.emit(None)
    desk.document.settle()
    assert desk.document.scenario.budget.per_year is None
    assert "ingen budget är satt" in words.text()
    assert "samordningen" not in words.text()


def test_that_coordination_is_set_by_slider_in_one_step(page, desk):
    slider = page.coordination.sliders["shared_data"]
    for at in (50, 60, 70):
        slider.setValue(at)
    assert desk.document.settle().scenario.governance.shared_data == 0.7
    assert desk.document.history.count() == 1
    assert page.coordination.rows["shared_data"].editor.line.text() == "0.7"
    page.coordination.rows["shared_data"].reset.click()
    desk.document.settle()
    assert "governance:\n" not in desk.document.text or "shared_data" not in desk.document.text
    assert slider.value() == 35


def test_that_a_year_tells_what_it_costs(page, desk):
    chart = page.planning.costs.chart
    axis = chart._axis()
    left, right = axis.span(2028)
    told = chart.told((left + right) / 2)
    assert told.startswith(f"2028: {desk.language.number(chart.plan.total(2028), 1)} MSEK")
    assert chart.told(2) == ""
    assert "2028: " in chart.accessibleDescription()
