"""Names at the ends of curves, kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QFont, QFontMetricsF

from simulator.gui.charts.canvas import Canvas
from simulator.gui.live.bands import Values

End = tuple[str, str, Values, Values]
"""Name, colour, places across and up."""
_LONGEST, _GAP, _ROOM = 22, 5.0, 8.0


class EndLabels:
    """Words right of the last known point of each curve of a plot."""

    def __init__(self, plot: Canvas, most: int) -> None:
        self._plot = plot
        self._items = [pg.TextItem("", anchor=(0, 0.5)) for _ in range(most)]
        self._said: list[tuple[str, str]] = [("", "")] * most
        self._ends: Sequence[End] = ()
        self._font: QFont | None = None
        plot.add(*self._items)
        plot.getPlotItem().getViewBox().sigResized.connect(self._place)

    def show(self, ends: Sequence[End]) -> None:
        """Name these curves and no others."""
        self._ends = [end for end in ends if (~np.isnan(end[3])).any()]
        for at, item in enumerate(self._items):
            item.setVisible(at < len(self._ends))
            if at < len(self._ends) and self._said[at] != (said := self._ends[at][:2]):
                self._said[at] = said
                name = said[0] if len(said[0]) <= _LONGEST else f"{said[0][: _LONGEST - 1]}…"
                item.setText(name, color=said[1])
        self._place()

    @property
    def width(self) -> float:
        """How wide the longest of the names is, with a little room."""
        names = [self._items[at].boundingRect().width() for at in range(len(self._ends))]
        return max(names, default=0.0) + _GAP + _ROOM

    def set_letters(self, font: QFont) -> None:
        """Write in a font."""
        self._font = font
        for item in self._items:
            item.setFont(font)
        self._place()

    def _place(self, *_: Any) -> None:
        """Put them beside their ends, from below, each at least a line above the one before."""
        box = self._plot.getPlotItem().getViewBox()
        (first, end), (low, high) = box.viewRange()
        height, gap = max(box.height(), 1.0), _GAP * (end - first) / max(box.width(), 1.0)
        line = QFontMetricsF(self._font or self._plot.font()).lineSpacing() * (high - low) / height
        wanted = [_end(across, up) for _, _, across, up in self._ends]
        order = sorted(range(len(wanted)), key=lambda at: wanted[at][1])
        floor, tops = low + line / 2, {}
        for at in order:
            tops[at] = max(wanted[at][1], floor)
            floor = tops[at] + line
        over = floor - line / 2 - high
        for at in reversed(order):
            if over > 0:
                tops[at] = min(tops[at], high - line / 2 - line * (len(order) - 1 - order.index(at)))
            self._items[at].setPos(wanted[at][0] + gap, tops[at])


def _end(across: Values, up: Values) -> tuple[float, float]:
    last = int(np.flatnonzero(~np.isnan(up))[-1])
    return float(across[last]), float(up[last])
