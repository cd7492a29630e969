"""Lines as wide on every screen, and in every exported picture, as they are meant: counted in the window's points.

pyqtgraph's own count the screen's points: where these are small, on a screen of twice the density or in a picture that
is twice as sharp, they are half as wide. They also draw wide curves piece by piece, so that dashes begin anew.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from simulator.gui.live.bands import Values


def pen_of(colour: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen whose width is in points of the window."""
    made = QPen(QColor(colour), width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    made.setCosmetic(False)
    return made


class Stroke(pg.GraphicsObject):  # type: ignore[misc]
    """What is drawn with a pen across the whole of a plot: `draw(painter, placed)`, values placed by `placed`."""

    def __init__(self) -> None:
        super().__init__()
        self._pen = QPen(Qt.PenStyle.NoPen)

    def set_pen(self, colour: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        """Draw in a colour, so many points wide."""
        self._pen = pen_of(colour, width, style)
        self.update()

    def viewRangeChanged(self, *_: object) -> None:  # noqa: N802 (pyqtgraph's name)
        """Something else is seen."""
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's name)
        """All that is seen."""
        seen: QRectF | None = self.viewRect()
        return QRectF() if seen is None else seen

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw in the window's points: the pen keeps its width."""
        placed = self.sceneTransform() * self.getViewWidget().viewportTransform()
        back, possible = placed.inverted()
        if possible:
            painter.setTransform(back * painter.worldTransform())
            painter.setPen(self._pen)
            self.draw(painter, placed)

    def draw(self, painter: QPainter, placed: QTransform) -> None:
        """Draw with the pen that the painter has."""


class Curve(Stroke):
    """A line through points, broken where a value is not known. `steps`: each value holds until the next point."""

    def __init__(self, steps: bool = False) -> None:
        super().__init__()
        self._steps = steps
        self._parts: list[QPolygonF] = []

    def set_points(self, x: Values, y: Values) -> None:
        """Show these values."""
        self._parts = _parts(x, y, self._steps)
        self.update()

    def draw(self, painter: QPainter, placed: QTransform) -> None:
        """Draw each part that is known."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part in self._parts:
            painter.drawPolyline(placed.map(part))


def _parts(x: Values, y: Values, steps: bool) -> list[QPolygonF]:
    """Runs of known values as points.

    >>> parts = _parts(np.arange(4.0), np.array([1.0, np.nan, 2.0, 3.0]), steps=False)
    >>> [part.size() for part in parts]
    [1, 2]
    """
    known = np.flatnonzero(~np.isnan(y))
    made = []
    for run in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1) if known.size else []:
        across, up = x[run], y[run]
        if steps:
            across, up = np.repeat(across, 2)[1:], np.repeat(up, 2)[:-1]
        made.append(QPolygonF([QPointF(*point) for point in zip(across.tolist(), up.tolist(), strict=True)]))
    return made


class Rule(Stroke):
    """A straight line across all that is seen, level or upright."""

    def __init__(self, *, upright: bool) -> None:
        super().__init__()
        self._upright = upright
        self.value = 0.0

    def set_value(self, value: float) -> None:
        """Lie at a value."""
        if value != self.value:
            self.value = value
            self.update()

    def draw(self, painter: QPainter, placed: QTransform) -> None:
        """Draw from end to end."""
        painter.drawLine(placed.map(across(self.boundingRect(), self.value, upright=self._upright)))


def across(seen: QRectF, at: float, *, upright: bool) -> QLineF:
    """A line from end to end of what is seen."""
    ends: tuple[Any, ...] = (at, seen.top(), at, seen.bottom()) if upright else (seen.left(), at, seen.right(), at)
    return QLineF(*ends)
