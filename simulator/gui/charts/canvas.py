"""What charts are drawn with: a plot in the window's colours and language that repaints fast."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent, QPainter, QPainterPath, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from simulator.gui.charts.strokes import Stroke, across, pen_of
from simulator.gui.desk import Desk
from simulator.gui.language import Language
from simulator.gui.live.bands import Band

_ALPHA, _RING = 70, 2
_STEPS = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Left): -1}


class Ribbon(pg.GraphicsObject):  # type: ignore[misc]
    """The area between two curves, one polygon."""

    def __init__(self) -> None:
        super().__init__()
        self._path = QPainterPath()
        self._brush = QBrush()

    def set_colour(self, colour: str) -> None:
        """Fill with a colour, thinly."""
        filled = QColor(colour)
        filled.setAlpha(_ALPHA)
        self._brush = QBrush(filled)
        self.update()

    def set_band(self, x: np.ndarray[Any, Any], band: Band | None) -> None:
        """Show where a band lies; None shows nothing."""
        self.prepareGeometryChange()
        self._path = QPainterPath()
        if band is not None:
            known = ~np.isnan(band.low)
            there = zip(x[known].tolist(), band.low[known].tolist(), strict=True)
            back = zip(x[known][::-1].tolist(), band.high[known][::-1].tolist(), strict=True)
            self._path.addPolygon(QPolygonF([QPointF(*point) for point in (*there, *back)]))
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's name)
        """Where the band lies."""
        return self._path.boundingRect()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Fill the band."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._path, self._brush)


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis that writes numbers in the window's language; years have no thousands."""

    def __init__(self, orientation: str, language: Language, years: bool = False) -> None:
        super().__init__(orientation)
        self._language, self._years = language, years
        self.last = math.inf
        self.enableAutoSIPrefix(False)

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float | None) -> list[str]:  # noqa: N802
        """Write the numbers at the ticks."""
        if self._years:
            return [f"{value:.0f}" if float(value).is_integer() and value <= self.last else "" for value in values]
        if self.logMode:
            said = "125" if spacing is None else ""  # powers of ten come again among the finer ticks, without spacing
            numbers = [float(f"{10.0**value:.3g}") for value in values]
            return [self._language.setting(one) if f"{one:e}"[0] in said else "" for one in numbers]
        decimals = max(0, -math.floor(math.log10(spacing) + 1e-9)) if spacing else 0
        return [self._language.number(value, decimals) for value in values]


class Grid(Stroke):
    """Lines at the larger ticks. The axes' own grid takes ten times as long to paint."""

    def __init__(self, axes: Sequence[NumberAxis]) -> None:
        super().__init__()
        self._axes = axes
        self.setZValue(-100)

    def draw(self, painter: QPainter, placed: QTransform) -> None:
        """Draw the lines."""
        seen = self.boundingRect()
        for axis in self._axes:
            upright = axis.orientation == "bottom"
            low, high = (seen.left(), seen.right()) if upright else (seen.top(), seen.bottom())
            size = axis.geometry().width() if upright else axis.geometry().height()
            for at in axis.tickValues(low, high, size)[0][1]:
                painter.drawLine(placed.map(across(seen, at, upright=upright)))


class Canvas(pg.PlotWidget):  # type: ignore[misc]
    """A plot without pyqtgraph's own menus and mouse, in the colours and numbers of the window.

    years    its horizontal axis shows years
    stepped  an arrow was pressed: 1 or -1
    """

    stepped = Signal(int)

    def __init__(self, desk: Desk, years: bool = False) -> None:
        axes = {"left": NumberAxis("left", desk.language), "bottom": NumberAxis("bottom", desk.language, years)}
        axes["bottom"].setStyle(hideOverlappingLabels=not years)  # else the first year is left out at a narrow edge
        super().__init__(axisItems=axes, enableMenu=False)  # one that is never seen takes a while to make
        self._desk, self._axes = desk, axes
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(False, False)
        item.disableAutoRange()
        self._grid = Grid(list(axes.values()))
        self.add(self._grid)
        desk.theme.follow(self, self._colour)
        desk.language.follow(self, self._rewrite)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell of arrows."""
        step = _STEPS.get(event.key())
        if step is None:
            event.ignore()
        else:
            self.stepped.emit(step)

    def drawForeground(self, painter: QPainter, _area: QRectF) -> None:  # noqa: N802 (Qt's name)
        """Draw a ring while keys come here."""
        if self.hasFocus():
            painter.save()
            painter.resetTransform()
            painter.setPen(pen_of(self._desk.theme.colours.accent, _RING))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))
            painter.restore()

    def add(self, *items: Any) -> None:
        """Add items that do not decide on the ranges of the axes."""
        for item in items:
            self.getPlotItem().addItem(item, ignoreBounds=True)

    def show_scales(self, on: bool) -> None:
        """Write numbers and draw lines only where there is something to measure."""
        for axis in self._axes.values():
            axis.setStyle(showValues=on)
        self._grid.setVisible(on)

    def end_years(self, last: float) -> None:
        """Write no year after the last."""
        self._axes["bottom"].last = last

    def set_letters(self, font: QFont) -> None:
        """Write numbers and names of the axes in a font."""
        self.setFont(font)
        self.getPlotItem().layout.setContentsMargins(0, font.pixelSize() // 2, 0, 0)  # half of a number at the top
        for axis in self._axes.values():
            axis.setStyle(tickFont=font)
            axis.label.setFont(font)
            axis.setLabel(**{"font-size": f"{font.pixelSize()}px", "color": self._desk.theme.colours.text})

    def _colour(self) -> None:
        colours = self._desk.theme.colours
        self.setBackground(colours.surface)
        self._grid.set_pen(colours.line, 1)
        for axis in self._axes.values():
            axis.setPen(pen_of(colours.line, 1))
            axis.setTextPen(colours.text)

    def _rewrite(self) -> None:
        for axis in self._axes.values():
            axis.picture = None
            axis.update()
