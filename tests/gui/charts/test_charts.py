"""Every chart says honestly what the runs show, in both languages."""

from __future__ import annotations

import csv
import io
import math

import pytest
from PySide6.QtCore import QPointF, Qt
from sample_results import NAME, QUARTERS, WITHHELD, cells, result, words

from simulator.gui.charts.barriers import BarrierChart
from simulator.gui.charts.breakdown import BreakdownChart
from simulator.gui.charts.chooser import IndicatorChooser
from simulator.gui.charts.compare import CompareChart
from simulator.gui.charts.costs import CostChart
from simulator.gui.charts.explanation import Explanation
from simulator.gui.charts.export import Form, copy_table, export, table
from simulator.gui.charts.fan import LEVEL, FanChart
from simulator.gui.charts.reading import DIFFERENCE, at_entry, over_time, paired_arms
from simulator.gui.charts.region_map import RegionMap
from simulator.gui.charts.result_table import ResultTable
from simulator.gui.charts.targets import TargetsView
from simulator.gui.live.bands import BASELINE, POLICY
from simulator.gui.saving import SaveError
from simulator.indicators import INDICATORS

KINDS = (FanChart, BreakdownChart, RegionMap, BarrierChart, CostChart, TargetsView, ResultTable, CompareChart)


@pytest.mark.parametrize("kind", KINDS)
def test_that_each_chart_waits_for_a_result_and_then_draws_it(made, desk, kind):
    chart = kind(desk)
    chart.show_result(None, NAME)
    assert "No result yet" in words(chart)
    chart.grab()
    chart.close_down()
    chart = made(kind)
    before = chart.grab().toImage()
    chart.show_result(result((2.0, 2.1, 2.2)), NAME)
    assert "No result yet" not in words(chart)
    if kind not in (CostChart, TargetsView):
        assert chart.grab().toImage() != before


@pytest.mark.parametrize("kind", KINDS)
def test_that_each_chart_speaks_the_language_that_is_chosen(made, desk, kind):
    chart = made(kind)
    english, rows = words(chart), chart.rows()
    desk.language.switch("sv")
    assert words(chart) != english
    assert chart.rows()[0] != rows[0]
    assert chart.accessibleName() == kind.NAME.sv


@pytest.mark.parametrize("kind", KINDS)
def test_that_each_chart_takes_the_colours_that_are_chosen(made, desk, kind, qapp):
    chart = made(kind)
    light = chart.grab().toImage()
    desk.theme.choose("dark")
    qapp.processEvents()
    assert chart.grab().toImage() != light


def test_that_many_bands_at_once_are_the_single_ones():
    bands = result().bands
    places = [(NAME, cell) for cell in cells()[:5]]
    together = over_time(bands, places, DIFFERENCE)
    for place, found in zip(places, together, strict=True):
        assert found.middle.tolist() == bands.difference(*place).middle.tolist()
        assert found.low.tolist() == bands.difference(*place).low.tolist()
    for arm in (POLICY, BASELINE):
        found = at_entry(bands, places, QUARTERS, arm)
        assert found.middle.tolist() == [bands.level(arm, *place).middle[-1] for place in places]


def test_that_a_difference_which_may_be_none_is_said_to_be_none(made):
    sure, unsure = result(), result((-0.4, 0.1, 0.2, 0.3, 0.5))
    assert "no detectable difference" not in words(made(FanChart, sure))
    assert "no detectable difference" in words(made(FanChart, unsure))
    assert "no detectable difference" in words(made(BarrierChart, unsure))
    table = made(ResultTable, unsure)
    assert table.model.words(0, 6) == "no detectable difference"
    assert "in 0 of 3 groups" in words(made(BreakdownChart, unsure))
    assert "in 3 of 3 groups" in words(made(BreakdownChart, sure))


def test_that_a_fan_shows_kept_results_beside_and_moves_its_line(made):
    chart = made(FanChart)
    chart.set_pinned([result((0.1, 0.2, 0.3), "other")])
    chart.set_mode(LEVEL)
    assert "its baseline" in words(chart)
    chart.set_moment(2)
    assert "2026Q2" in words(chart)
    assert len(chart.rows()) == QUARTERS + 2
    assert len(chart.rows()[1]) == 9


def test_that_the_map_names_value_baseline_and_difference_and_withholds_small_places(made):
    chart = made(RegionMap)
    chart.grab()
    names = list(chart.region.names)
    chart.point_at(names.index("Falun"))
    said = words(chart)
    assert "Falun" in said
    assert "without; difference +22.00\u00a0pp" in said
    chart.point_at(names.index("Kil"))
    assert WITHHELD.endswith("kil")
    assert "too few firms" in words(chart)
    inside = chart._paths[1][names.index("Mora")].boundingRect().center()
    chart.drawing.pointed.emit(QPointF(inside))
    assert chart.pointed_at == names.index("Mora")
    chart.drawing.stepped.emit(1)
    assert chart.pointed_at == (names.index("Mora") + 1) % len(names)
    assert "SCB" in chart.source()


def test_that_an_indicator_without_municipalities_says_so(made):
    shown = result()
    for runs in shown.bands.runs.values():
        for run in runs.values():
            run.cells = dict.fromkeys(INDICATORS, ("region",))
            run.values = {name: values[:, :1] for name, values in run.values.items()}
    assert "known for the whole region only" in words(made(RegionMap, shown))
    assert "whole region only" in words(made(BreakdownChart, shown))


def test_that_money_is_set_beside_the_budget_and_outcomes_have_a_price(made, qtbot):
    chart = made(CostChart)
    qtbot.waitUntil(lambda: bool(chart.prices))
    assert chart.prices["job"].price.known
    assert "MSEK of public money" in words(chart)
    assert chart.budget == chart.result.scenario.budget.per_year
    chart.grab()
    arms = paired_arms(chart.result.bands, ["employment"])
    assert arms is not None
    assert math.isclose(arms[0].spent[0], chart.result.bands.runs[POLICY][1].outlay.sum() / 1000)


def test_that_costs_wait_for_two_pairs(made):
    assert paired_arms(result((0.4,)).bands, ["employment"]) is None
    chart = made(CostChart, result((0.4,)))
    assert not chart.prices
    chart.grab()


def test_that_a_target_is_judged_by_runs_with_and_without(made, qtbot):
    chart = made(TargetsView)
    qtbot.waitUntil(lambda: len(chart.rows()) > 1)
    (head, *rows) = chart.rows()
    assert len(rows) == 2 * len(chart.result.scenario.targets)
    assert len(head) == len(rows[0])
    assert rows[0][2] == "2035Q4"
    assert rows[0][4] == 5.0
    assert "half of the runs hold it for four quarters from" in chart.sentence(chart._found[0])
    chart.grab()


def test_that_the_table_sorts_by_number_and_finds_words_of_both_languages(made, qtbot):
    chart = made(ResultTable)
    chart.search.setText("koldioxid")
    assert chart.shown.rowCount() >= 1
    everything = len(INDICATORS)
    chart.search.clear()
    assert chart.shown.rowCount() == everything
    chart.view.sortByColumn(2, chart.shown.sortOrder().DescendingOrder)
    first, second = (chart.model.number(chart.shown.mapToSource(chart.shown.index(at, 0)).row(), 2) for at in (0, 1))
    assert first >= second
    with qtbot.waitSignal(chart.picked) as told:
        chart.view.activated.emit(chart.shown.index(0, 0))
    assert told.args[0] in INDICATORS


def test_that_results_are_compared_at_the_same_quarter(made):
    chart = made(CompareChart)
    assert "Nothing is kept yet" in words(chart)
    chart.set_pinned([result((-0.1, 0.0, 0.1), "weak")])
    chart.set_moment(4)
    (_, now, weak) = chart.rows()
    assert now[:2] == ["plan (now)", "2026Q4"]
    assert math.isclose(now[2], 2.0, rel_tol=1e-5)
    assert abs(weak[2]) < 1e-5
    chart.grab()


def test_that_an_indicator_is_chosen_by_searching_with_the_keyboard(desk, qtbot):
    chooser = IndicatorChooser(desk, NAME)
    qtbot.addWidget(chooser)
    chooser.show()
    chooser.open()
    qtbot.keyClicks(chooser.search, "exporterande")
    with qtbot.waitSignal(chooser.chosen) as told:
        qtbot.keyClick(chooser.search, "\r")
    assert told.args[0] in INDICATORS
    assert chooser.indicator == told.args[0]
    assert not chooser.popup.isVisible()
    chooser.open()
    qtbot.keyClick(chooser.search, Qt.Key.Key_Escape)
    assert not chooser.popup.isVisible()
    assert chooser.indicator == told.args[0]


def test_that_the_explanation_comes_from_the_declaration(desk, qtbot, made):
    panel = Explanation(desk)
    qtbot.addWidget(panel)
    panel.explain(INDICATORS[NAME], made(RegionMap))
    said = panel.page.toPlainText()
    for part in (INDICATORS[NAME].help.en, "percent", "Number of firms at digital level 2 or 3", "I1.3", "SCB"):
        assert part in said
    desk.language.switch("sv")
    assert "Antal företag på digital nivå 2 eller 3" in panel.page.toPlainText()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", Form)
def test_that_each_chart_exports_with_scenario_digest_runs_and_date(made, tmp_path, kind, form):
    chart = made(kind)
    path = tmp_path / f"chart.{form}"
    export(chart, form, path)
    content = path.read_bytes()
    if form is Form.PNG:
        assert content.startswith(b"\x89PNG")
    else:
        said = content.decode("utf-8")
        for part in ("plan", chart.result.digest, "5 of 6 runs", "if the assumptions hold"):
            assert part in said
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("chart")] == [path.name]


def test_that_numbers_are_exported_as_spreadsheets_of_the_language_read_them(made, desk):
    chart = made(BreakdownChart)
    english = list(csv.reader(io.StringIO(table(chart).decode("utf-8-sig"))))
    desk.language.switch("sv")
    swedish = list(csv.reader(io.StringIO(table(chart).decode("utf-8-sig")), delimiter=";"))
    assert english[-1][3].replace(".", ",") == swedish[-1][3]
    assert english[-1][0] == "50-249 employees" or english[-1][0] == "Värmland"


def test_that_a_table_is_put_on_the_clipboard(made, qapp):
    copy_table(made(RegionMap))
    assert "Falun\t" in qapp.clipboard().text()


def test_that_a_failed_export_says_so_and_leaves_the_file_alone(made, tmp_path):
    kept = tmp_path / "kept.png"
    kept.write_bytes(b"before")
    with pytest.raises(SaveError, match="cannot be written"):
        export(made(FanChart), Form.PNG, tmp_path / "gone" / "chart.png")
    assert kept.read_bytes() == b"before"


def test_that_four_runs_are_too_few_to_say_anything_of_a_difference(made, desk):
    few = result((0.4, 0.45, 0.5, 0.55))
    table = made(ResultTable, few)
    for language, told in (("en", "too few runs to say"), ("sv", "för få körningar för att säga något")):
        desk.language.switch(language)
        for chart in (made(FanChart, few), made(BarrierChart, few), made(BreakdownChart, few)):
            assert told in words(chart), type(chart).__name__
        said = {table.model.words(row, 6) for row in range(table.model.rowCount())}
        assert told in said
        assert not any("skillnad" in each or "difference" in each for each in said)
