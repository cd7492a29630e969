"""Results side by side: one indicator's difference to the baseline in each, with its band."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from simulator.gui.charts.chart import Chart, Row
from simulator.gui.charts.drawing import (
    CENTRE,
    LEFT,
    RIGHT,
    Drawing,
    Frame,
    bold,
    line_height,
    room_for,
    round_ticks,
    smaller,
    write,
)
from simulator.gui.charts.reading import DIFFERENCE, at_entry, geography_of
from simulator.gui.charts.words import DIFFERENCE_WORD, cell_text, runs_text, title_of, unit_words, value_text
from simulator.gui.desk import Desk
from simulator.gui.live.bands import Band
from simulator.gui.live.session import Pinned
from simulator.quantity import Text

_LEAST = QSize(480, 220)
_MONEY = Text("{} MSEK", "{} mnkr")
_COLUMNS = (
    Text("result", "resultat"), Text("quarter", "kvartal"), Text("difference", "skillnad"), Text("from", "från"),
    Text("to", "till"), Text("runs", "körningar"), Text("public money, MSEK", "offentliga medel, mnkr"),
    Text("digest", "fingeravtryck"),
)  # fmt: skip
_ROW, _NAMES, _VALUES = 3.4, 0.24, 0.3


@dataclass(frozen=True)
class Line:
    """One result of the picture; `money` in MSEK, NaN where it is not known."""

    name: str
    quarter: str
    band: Band
    runs: Text
    money: float
    digest: str


class CompareChart(Chart):
    """One line for each result: where its difference lies."""

    NAME = Text("Compare", "Jämför")
    HELP = Text("Kept results beside the present one", "Sparade resultat bredvid det nuvarande")
    FIRST = Text("now", "nu")
    """What is said of the first result."""
    HINT = Text(
        "Nothing is kept yet. Keep this result, change the scenario, and see both here (at most six).",
        "Inget är sparat än. Behåll det här resultatet, ändra scenariot och se båda här (högst sex).",
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._pinned: tuple[Pinned, ...] = ()
        self._read: list[Line] = []
        self.drawing = Drawing(desk, self._paint, _LEAST)
        self.column.addWidget(self.drawing, 1)
        desk.language.follow(self, self.refresh)

    def set_pinned(self, pinned: Sequence[Pinned]) -> None:
        """Compare with these."""
        self._pinned = tuple(pinned)
        self.refresh()

    def refresh(self) -> None:
        """Read the moment in each result, by its label: results may begin in other years."""
        self._read = []
        if self.result is not None:
            present = f"{self.result.name} ({self.desk.language.said(self.FIRST)})"
            for name, one in [(present, self.result), *((one.name, one) for one in self._pinned)]:
                quarters = one.bands.quarters
                entry = quarters.index(self.quarter) if self.quarter in quarters else len(quarters) - 1
                band = at_entry(one.bands, [(self.indicator, self.cell)], entry, DIFFERENCE)
                money = float(one.bands.spent().sum())
                self._read.append(Line(name, quarters[entry], band, runs_text(one.bands), money, one.digest))
        self.drawing.update()
        self.say()

    def say(self) -> None:
        """Title, and how to compare."""
        indicator, said = self.declared, self.desk.language.said
        if self.result is None or indicator is None:
            self.tell_nothing_yet()
            return
        where = said(cell_text(self.cell, geography_of(self.result.scenario)))
        title = f"<b>{said(title_of(indicator))}</b> · {said(DIFFERENCE_WORD)} · {where} · {self.quarter}"
        self.tell(title, "" if self._pinned else said(self.HINT))

    def rows(self) -> list[Row]:
        """Each result."""
        found: list[Row] = [[self.desk.language.said(text) for text in _COLUMNS]]
        for line in self._read:
            band = line.band
            parts = [float(part[0]) for part in (band.middle, band.low, band.high, band.runs)]
            found.append([line.name, line.quarter, *parts, line.money, line.digest])
        return found

    # -- painting ------------------------------------------------------------------------------------------------
    def _paint(self, painter: QPainter, area: QRectF) -> None:
        if not self._read or self.declared is None:
            return
        line = line_height(painter)
        left, right = area.width() * _NAMES, area.width() * (1 - _VALUES)
        ends = room_for(
            [part for one in self._read for part in (one.band.low, one.band.high)], True, 10.0**-self.declared.decimals
        )
        room = 0.05 * (ends[1] - ends[0])
        high = min(_ROW * line, (area.height() - 2.4 * line) / len(self._read))
        inside = QRectF(left, 4, right - left, high * len(self._read))
        frame = Frame(inside, (ends[0] - room, ends[1] + room), (0, 1))
        self._scale(painter, frame, ends)
        for at, one in enumerate(self._read):
            self._row(painter, QRectF(8, 4 + at * high, area.width() - 16, high), frame, at, one)

    def _scale(self, painter: QPainter, frame: Frame, ends: tuple[float, float]) -> None:
        colours, font, inside, line = self.desk.theme.colours, painter.font(), frame.area, line_height(painter)
        assert self.declared is not None
        ticks, decimals = round_ticks(*ends, 5)
        painter.setFont(smaller(font))
        for tick in ticks:
            x, zero = frame.x(tick), abs(tick) < 1e-12
            painter.setPen(QPen(QColor(colours.text if zero else colours.line), 1))
            painter.drawLine(QPointF(x, inside.top()), QPointF(x, inside.bottom()))
            words = self.desk.language.number(tick, decimals, sign=True)
            write(painter, QRectF(x - 40, inside.bottom() + 1, 80, line), words, colours.muted, CENTRE)
        unit = unit_words(self.desk.language, self.declared, difference=True)
        write(painter, QRectF(inside.left(), inside.bottom() + line, inside.width(), line), unit, colours.muted, CENTRE)
        painter.setFont(font)

    def _row(self, painter: QPainter, area: QRectF, frame: Frame, at: int, told: Line) -> None:
        colours, language, font, line = (
            self.desk.theme.colours,
            self.desk.language,
            painter.font(),
            line_height(painter),
        )
        name, band = told.name, told.band
        assert self.declared is not None
        low, middle, high = (float(part[0]) for part in (band.low, band.middle, band.high))
        y, hue = area.center().y(), colours.series[at % len(colours.series)]
        names = QRectF(area.left(), y - line, frame.area.left() - area.left() - 8, line)
        painter.setFont(bold(font))
        write(painter, names, name, colours.text, LEFT)
        painter.setFont(smaller(font))
        below = language.said(told.runs)
        if not math.isnan(told.money):
            below += f" · {language.said(_MONEY).format(language.number(told.money, 0))}"
        write(painter, names.translated(0, line), below, colours.muted, LEFT)
        painter.setFont(font)
        values = QRectF(frame.area.right() + 8, y - line, area.right() - frame.area.right() - 8, line)
        said = value_text(language, self.declared, low, middle, high, int(band.runs[0]), difference=True)
        head, _, tail = said.partition(", ") if ", " in said and not said.endswith(")") else (said, "", "")
        write(painter, values, head, colours.text, RIGHT)
        painter.setFont(smaller(font))
        write(painter, values.translated(0, line), tail, colours.muted, RIGHT)
        painter.setFont(font)
        if math.isnan(middle):
            return
        painter.setPen(QPen(QColor(hue), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(frame.x(low), y), QPointF(frame.x(high), y))
        painter.setPen(QPen(QColor(colours.surface), 1.5))
        painter.setBrush(QColor(hue))
        painter.drawEllipse(QPointF(frame.x(middle), y), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
