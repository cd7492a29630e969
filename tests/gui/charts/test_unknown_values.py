"""A value that is not known has a reason, and the picture, the words and the table name it."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtSvg import QSvgGenerator
from sample_results import NAME, WITHHELD, cells, result, words

from simulator.gui.charts.export import table
from simulator.gui.charts.fan import FanChart
from simulator.gui.charts.patterns import Pattern, fill_with
from simulator.gui.charts.region_map import RegionMap
from simulator.gui.charts.result_table import ResultTable
from simulator.gui.charts.unknown import Why
from simulator.gui.live.bands import BASELINE, POLICY
from simulator.indicators import INDICATORS


def unknown(shown, indicator, cell, entries=slice(None), arms=(POLICY, BASELINE)):
    """Take values away in every run of some arms."""
    for arm in arms:
        for run in shown.bands.runs[arm].values():
            run.values[indicator][entries, run.cells[indicator].index(cell)] = math.nan


def test_that_the_map_tells_why_a_municipality_is_unknown(made, desk):
    shown = result()
    unknown(shown, NAME, "municipality=falun")
    unknown(shown, NAME, "municipality=mora", arms=(BASELINE,))
    chart = made(RegionMap, shown)
    chart.grab()
    names = list(chart.region.names)
    kil, falun, mora, eda = (names.index(name) for name in ("Kil", "Falun", "Mora", "Eda"))
    level, change = chart._looks
    assert [level.whys[at] for at in (kil, falun, mora, eda)] == [Why.FEW, Why.NONE, None, None]
    assert [change.whys[at] for at in (kil, falun, mora, eda)] == [Why.FEW, Why.NONE, Why.NONE, None]
    assert [change.sign(at) for at in (kil, falun, eda)] == [Pattern.LINES, Pattern.CROSSES, None]
    for at, said in ((kil, "too few firms"), (falun, "nothing here to measure it on")):
        chart.point_at(at)
        assert said in words(chart)
        assert said in chart.drawing.toolTip()
    chart.point_at(mora)
    assert "difference nothing here to measure it on" in words(chart)
    reasons = {row[0]: row[-1] for row in chart.rows()[1:]}
    assert reasons["Kil"] == Why.FEW.value.en
    assert reasons["Falun"] == Why.NONE.value.en
    assert reasons["Eda"] == ""
    desk.language.switch("sv")
    assert "inget här att mäta på" in table(chart).decode("utf-8-sig")


def test_that_what_the_region_does_not_know_yet_is_not_said_to_rest_on_few_firms(made):
    shown = result()
    for cell in cells():
        if cell != WITHHELD:
            unknown(shown, NAME, cell, slice(0, 5))
    chart = made(RegionMap, shown)
    chart.set_moment(3)
    names = list(chart.region.names)
    assert [chart._looks[1].whys[names.index(name)] for name in ("Kil", "Falun")] == [Why.FEW, Why.LATER]
    chart.set_moment(10)
    assert chart._looks[1].whys[names.index("Falun")] is None


def test_that_too_few_runs_are_marked_otherwise_than_no_detectable_difference(made):
    shown = result((-0.4, 0.1, 0.2, 0.3, 0.5))
    last = next(reversed(shown.bands.runs[POLICY].values()))
    last.values[NAME][:, last.cells[NAME].index("municipality=falun")] = math.nan
    chart = made(RegionMap, shown)
    names = list(chart.region.names)
    signs = [chart._looks[1].sign(names.index(name)) for name in ("Falun", "Mora")]
    assert signs == [Pattern.RINGS, Pattern.DOTS]


@pytest.mark.parametrize("name", ["digital_rural_gap", "support_gini", "rd_gini", "vacancy_rate"])
def test_that_an_indicator_that_no_municipality_has_gets_no_map(made, name):
    chart = made(RegionMap)
    for runs in chart.result.bands.runs.values():
        for run in runs.values():
            run.cells = {**run.cells, "vacancy_rate": ("region", "county=dalarna")}
    chart.show_result(chart.result, name)
    assert not chart._looks
    whole = name != "vacancy_rate"
    assert ("for the whole region only" if whole else "It is known by county: see By group") in words(chart)


def test_that_the_table_and_a_curve_say_why_a_municipality_is_unknown(made):
    shown = result()
    chart = made(ResultTable, shown)
    chart.show_result(shown, NAME, WITHHELD)
    assert chart.model.words(list(INDICATORS).index(NAME), 6) == Why.FEW.value.en
    fan = made(FanChart, shown)
    fan.show_result(shown, NAME, WITHHELD)
    assert Why.FEW.value.en in words(fan)


def points_of(pattern):
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    paint(image, pattern)
    return image


def shapes_of(pattern):
    buffer, generator = QBuffer(), QSvgGenerator()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator.setOutputDevice(buffer)
    paint(generator, pattern)
    found = bytes(buffer.data().data())
    del generator  # before what it writes to
    return found


def paint(device, pattern):
    path = QPainterPath()
    path.addRect(0, 0, 60, 60)
    painter = QPainter(device)
    fill_with(painter, path, "#000000", pattern)
    painter.end()


@pytest.mark.parametrize("drawn", [points_of, shapes_of])
def test_that_patterns_are_told_apart_as_points_and_as_shapes(drawn, qapp):
    pictures = [drawn(pattern) for pattern in Pattern]
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])
