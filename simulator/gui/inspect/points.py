"""Many points of a few colours, painted in one go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from simulator.gui.inspect.history import Array, Values

_CENTRE, _SOURCE, _LOOK = slice(0, 2), slice(2, 6), slice(6, 10)
"""Fields of a fragment: x and y; left, top, width and height; scale across and up, rotation, opacity."""
_ROOM = 1
"""Pixels around a dot, for its soft edge."""


class Points(pg.GraphicsObject):  # type: ignore[misc]
    """Dots, in the order of their colours: the first lies below.

    pyqtgraph's own item looks up the style of each point by itself, which takes ten times as long.
    """

    def __init__(self, box: Any, size: int) -> None:
        super().__init__()
        self._box, self._size = box, size
        self._at: Values = np.empty((2, 0))
        self._groups: Array = np.empty(0, np.intp)
        self._colours: tuple[str, ...] = ()
        self._dots: QPixmap | None = None
        self._fragments = PrimitiveArray(QPainter.PixmapFragment, 10)
        box.sigRangeChanged.connect(self._moved)

    def show_points(self, x: Values, y: Values, groups: Array, colours: Sequence[str]) -> None:
        """Show dots at x and y; `groups` are places in `colours`."""
        order = np.argsort(groups, kind="stable")
        self._at, self._groups = np.array([x[order], y[order]]), groups[order]
        if tuple(colours) != self._colours:
            self._colours, self._dots = tuple(colours), None
        self.update()

    def clear(self) -> None:
        """Show none."""
        self.show_points(np.empty(0), np.empty(0), np.empty(0, np.intp), self._colours)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._groups)

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's name)
        """All that is seen."""
        seen: QRectF = self._box.viewRect()
        return seen

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Copy a dot to each place that is seen."""
        if not len(self):
            return
        sharpness = painter.device().devicePixelRatio()
        if self._dots is None or self._dots.devicePixelRatio() != sharpness:
            self._dots = self._drawn(sharpness)
        seen, (x, y) = self.boundingRect(), self._at
        inside = (x >= seen.left()) & (x <= seen.right()) & (y >= seen.top()) & (y <= seen.bottom())
        side = self._dots.height()
        places = pg.transformCoordinates(painter.transform(), self._at[:, inside])
        self._fragments.resize(places.shape[1])
        fields = self._fragments.ndarray()
        fields[:, _CENTRE] = places.T
        fields[:, _SOURCE] = (0, 0, side, side)
        fields[:, _SOURCE.start] = side * self._groups[inside]
        fields[:, _LOOK] = (1 / sharpness, 1 / sharpness, 0, 1)
        painter.resetTransform()
        fragments, count = self._fragments.drawargs()
        painter.drawPixmapFragments(fragments, count, self._dots)

    def _drawn(self, sharpness: float) -> QPixmap:
        """One dot of each colour, side by side."""
        side = round((self._size + 2 * _ROOM) * sharpness)
        made = QPixmap(side * len(self._colours), side)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, colour in enumerate(self._colours):
            painter.setBrush(QColor(colour))
            radius = self._size * sharpness / 2
            painter.drawEllipse(QPointF(side * (place + 0.5), side / 2), radius, radius)
        painter.end()
        made.setDevicePixelRatio(sharpness)
        return made

    def _moved(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()
