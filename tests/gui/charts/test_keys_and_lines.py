"""Charts answer to keys; lines and letters have the same size on every screen and in every file."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sample_results import NAME, result

from simulator.gui.charts.breakdown import BreakdownChart
from simulator.gui.charts.compare import CompareChart
from simulator.gui.charts.export import svg
from simulator.gui.charts.fan import FanChart
from simulator.gui.charts.region_map import RegionMap
from simulator.gui.charts.result_table import ResultTable
from simulator.gui.charts.strokes import Curve
from simulator.gui.live.bands import BASELINE, POLICY


@pytest.mark.parametrize(("key", "order"), [("Key_Up", "AscendingOrder"), ("Key_Down", "DescendingOrder")])
def test_that_the_table_is_sorted_from_the_keyboard_by_the_marked_column(made, desk, key, order):
    chart = made(ResultTable)
    chart.view.setCurrentIndex(chart.shown.index(4, 4))
    marked = chart.subject
    QTest.keyClick(chart.view, Qt.Key[key], Qt.KeyboardModifier.AltModifier)
    head = chart.view.horizontalHeader()
    assert (head.sortIndicatorSection(), head.sortIndicatorOrder()) == (4, Qt.SortOrder[order])
    assert chart.subject == marked
    shown = [chart.model.number(chart.shown.mapToSource(chart.shown.index(row, 0)).row(), 4) for row in range(20)]
    assert shown == sorted(shown, reverse=order == "DescendingOrder")
    assert "Alt+↑" in head.toolTip()


def test_that_a_group_is_chosen_from_the_keyboard(made, qtbot):
    chart = made(BreakdownChart)
    chart.grab()
    QTest.keyClick(chart.drawing, Qt.Key.Key_Right)
    QTest.keyClick(chart.drawing, Qt.Key.Key_Right)
    assert "Gävleborg" in chart.drawing.accessibleDescription()
    with qtbot.waitSignal(chart.picked) as told:
        QTest.keyClick(chart.drawing, Qt.Key.Key_Return)
    assert told.args == ["county=gavleborg"]


def test_that_a_municipality_is_shown_over_time_from_the_keyboard_and_by_a_click(made, qtbot):
    chart = made(RegionMap)
    chart.grab()
    QTest.keyClick(chart.drawing, Qt.Key.Key_Right)
    with qtbot.waitSignal(chart.picked) as told:
        QTest.keyClick(chart.drawing, Qt.Key.Key_Space)
    assert told.args == ["municipality=kil"]
    names = list(chart.region.names)
    place = chart._paths[0][names.index("Mora")].boundingRect().center().toPoint()
    with qtbot.waitSignal(chart.picked) as told:
        QTest.mouseMove(chart.drawing, place)
        chart.drawing.pointed.emit(QPointF(place))
        QTest.mouseClick(chart.drawing, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["municipality=mora"]


def test_that_a_chart_is_stepped_and_explained_from_the_keyboard(made, qtbot):
    chart = made(FanChart)
    chart.set_moment(10)
    for key, entry in ((Qt.Key.Key_Right, 11), (Qt.Key.Key_Left, 9)):
        with qtbot.waitSignal(chart.chosen) as told:
            QTest.keyClick(chart.plot, key)
        assert told.args == [entry]
    with qtbot.waitSignal(chart.explained) as told:
        QTest.keyClick(chart.title, Qt.Key.Key_Return)
    assert told.args == [NAME]


# -- lines and pictures ------------------------------------------------------------------------------------------
def width_of_line(chart, sharp: float) -> int:
    """Points of the picture that a curve covers where it is level, from above to below."""
    image = QImage(chart.plot.size() * sharp, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharp)
    QWidget.render(chart.plot, image)
    hue, column = QColor(chart.desk.theme.colours.series[0]), image.width() // 2
    return sum(image.pixelColor(column, y) == hue for y in range(image.height()))


def test_that_lines_are_as_wide_in_pictures_that_are_sharper(made):
    level = result((0.0,) * 5)
    for run in level.bands.runs[POLICY].values():
        run.values[NAME][:] = 3.0
    for run in level.bands.runs[BASELINE].values():
        run.values[NAME][:] = 1.0
    chart = made(FanChart, level)
    one, three = (width_of_line(chart, sharp) for sharp in (1.0, 4.0))
    assert 1 <= one <= 3
    assert three >= 8


def test_that_letters_of_a_drawing_have_the_size_for_which_room_was_made(made):
    chart = made(FanChart)
    drawn = svg(chart).decode()
    sizes = {float(size) for size in re.findall('font-size="([0-9.]+)"', drawn)}
    assert chart.font().pointSizeF() * chart.logicalDpiX() / 72 in sizes
    assert 'font-family="' in drawn
    assert all(family.endswith(", sans-serif") for family in re.findall('font-family="([^"]*)"', drawn))


def test_that_the_map_in_a_file_names_where_its_outlines_are_from(made):
    assert "SCB" in svg(made(RegionMap)).decode()


def test_that_an_empty_chart_has_no_numbers_on_its_axes(made, desk, qtbot):
    chart = FanChart(desk)
    qtbot.addWidget(chart)
    chart.show_result(None, NAME)
    assert not chart.plot.getPlotItem().getAxis("left").style["showValues"]
    chart.show_result(result(), NAME)
    assert chart.plot.getPlotItem().getAxis("left").style["showValues"]


def test_that_the_present_result_is_called_so_in_the_language_chosen_later(made, desk):
    chart = made(CompareChart)
    desk.language.switch("sv")
    assert chart.rows()[1][0].endswith("(nu)")


def test_that_steps_hold_until_the_next_point_and_gaps_stay_open():
    curve = Curve(steps=True)
    curve.set_points(np.arange(5.0), np.array([1.0, 2.0, np.nan, 3.0, 4.0]))
    assert [[(at.x(), at.y()) for at in part] for part in curve._parts] == [
        [(0, 1), (1, 1), (1, 2)], [(3, 3), (4, 3), (4, 4)],
    ]  # fmt: skip
