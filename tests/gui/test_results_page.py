"""A planner opens the results, looks at all of them, keeps one, changes the scenario and compares."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabWidget

from simulator.gui.charts.barriers import BarrierChart
from simulator.gui.charts.chart import current
from simulator.gui.charts.compare import CompareChart
from simulator.gui.charts.costs import CostChart
from simulator.gui.charts.export import Form
from simulator.gui.charts.fan import LEVEL, FanChart
from simulator.gui.charts.region_map import RegionMap
from simulator.gui.charts.result_table import ResultTable
from simulator.gui.results_page import CHARTS, ResultsPage

PLAN = """\
format: 1
extends: baseline.yaml
run: {scale: 0.05, years: 2}
interventions:
  robots:
    kind: robot_lift
    start: 2026Q1
    capacity: 12
targets:
  advanced_digital: {at_least: 5, by: 2027Q2}
"""
CAPACITY = ("interventions", "robots", "capacity")


@pytest.fixture
def page(desk, qtbot):
    """The results of two pairs of tiny runs."""
    desk.document.start(PLAN, "plan.yaml")
    desk.document.settle()
    desk.live.set_replications(2)
    made = ResultsPage(desk)
    qtbot.addWidget(made)
    made.resize(1080, 640)
    made.show()
    with qtbot.waitSignal(desk.live.runner.finished, timeout=60_000):
        made.shown()
    made.refresh()
    yield made
    made.hidden()
    made.close_down()


def test_that_all_results_of_a_scenario_can_be_looked_at_kept_and_compared(page, desk, qtbot, tmp_path):
    assert "2 of 2 replications" in page.mark.text()
    assert "Holds if the assumptions hold" in page.mark.text()
    for place, kind in enumerate(CHARTS):
        page.tabs.setCurrentIndex(place)
        assert isinstance(page.chart, kind)
        assert "No result yet" not in page.chart.readout.text()
        page.grab()

    page.show_chart(RegionMap)
    assert page.chart._looks
    page.choose("exporters")
    assert "Exporting firms" in page.chart.title.text()
    page.moment.setValue(2)
    assert page.moment.label.text() == "2026Q2"
    assert "2026Q2" in page.chart.title.text()

    page.show_chart(FanChart)
    page.modes[LEVEL].click()
    page.choose_cell("county=dalarna")
    assert "Dalarna" in page.chart.title.text()
    page.choose("public_outlay")
    assert page.cell == "county=dalarna"
    page.choose("rd_gini")
    assert page.cell == "region"

    page.kept.name.setText("first")
    page.kept.keep.click()
    assert [one.name for one in desk.live.pinned] == ["first"]
    with qtbot.waitSignal(desk.live.runner.finished, timeout=60_000):
        desk.live.move({CAPACITY: 40})
        desk.live.settle_at_once()
    page.show_chart(CompareChart)
    (_, now, first) = page.chart.rows()
    assert first[0] == "first"
    assert now[-1] != first[-1]
    page.kept.buttons[0].click()
    assert not desk.live.pinned
    assert not page.kept.buttons

    page.show_chart(CostChart)
    assert not page.chart.prices  # two runs are too few to say
    page.export.write(Form.CSV, tmp_path / "money.csv")
    assert current(desk.live).digest in (tmp_path / "money.csv").read_text("utf-8-sig")
    assert "money.csv" in page.message.text()
    page.export.write(Form.PNG, tmp_path / "gone" / "money.png")
    assert "cannot be written" in page.message.text()


def test_that_the_results_are_explained_and_spoken_in_one_language(page, desk):
    page.chart.title.clicked.emit()
    assert page.panel.isVisible()
    assert "Formula" in page.panel.page.toPlainText()
    page.show_chart(ResultTable)
    page.chart.view.selectRow(3)
    assert page.chart.subject in page.panel.page.toPlainText()
    page.show_chart(BarrierChart)
    english = spoken(page)
    desk.language.switch("sv")
    same = english & spoken(page)
    assert {text for text in same if len(text) > 3 and not text[:4].isdigit()} <= {"✕", "plan", "Kept:"} - {"Kept:"}


def spoken(page) -> set[str]:
    """All words that are seen."""
    labels = {one.text() for one in page.findChildren(QLabel) if one.isVisible()}
    buttons = {one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()}
    tabs = {one.tabText(place) for one in page.findChildren(QTabWidget) for place in range(one.count())}
    return (labels | buttons | tabs) - {""}
