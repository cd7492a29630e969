"""What holds firms back: for each transition the shares of firms by barrier, with the scenario and without."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from simulator.gui.charts.chart import Chart, Row
from simulator.gui.charts.drawing import (
    CENTRE,
    LEFT,
    Drawing,
    bold,
    line_height,
    mixed,
    readable_on,
    smaller,
    width_of,
    write,
)
from simulator.gui.charts.reading import arms_at, geography_of
from simulator.gui.charts.words import BASELINE_WORD, FEW_RUNS, NOT_DETECTABLE, SCENARIO, UNKNOWN, amount, cell_text
from simulator.gui.desk import Desk
from simulator.gui.live.bands import Band
from simulator.gui.theme import Colours
from simulator.indicators import INDICATORS
from simulator.indicators.declare import TOPICS, Indicator
from simulator.quantity import Text

_END = "barrier"
_LEAST = QSize(480, 330)
_BAR = 0.34
_LARGEST = Text("Most change", "Mest ändras")
_FIRMS = Text("shares of firms", "andelar av företagen")
_COLUMNS = (
    Text("transition", "omställning"), Text("barrier", "hinder"), Text("scenario %", "scenariot %"),
    Text("baseline %", "basfallet %"), Text("difference", "skillnad"), Text("from", "från"), Text("to", "till"),
)  # fmt: skip


def barrier_topics() -> dict[str, tuple[Indicator, ...]]:
    """Each topic of barriers with its indicators, in the order of the codes."""
    topics = (topic for topic in TOPICS if topic.endswith(_END))
    return {topic: tuple(one for one in INDICATORS.values() if one.topic == topic) for topic in topics}


class BarrierChart(Chart):
    """Two bars for each transition."""

    NAME = Text("Bottlenecks", "Flaskhalsar")
    HELP = Text("What holds firms back, by transition", "Vad som hindrar företagen, per omställning")
    ABOUT = Text(
        "What stood between firms and their next step in the quarter, the run in the middle. Grey: the firm has not "
        "come to decide; colours: what stopped it; green: under way or done.",
        "Vad som stod mellan företagen och nästa steg i kvartalet, körningen i mitten. Grått: företaget har inte "
        "kommit till beslut; färger: vad som hindrade; grönt: pågår eller genomfört.",
    )
    OF_ONE = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._topics = barrier_topics()
        self._read: dict[str, tuple[Band, Band, Band]] = {}
        self.drawing = Drawing(desk, self._paint, _LEAST)
        self.column.addWidget(self.drawing, 1)
        desk.language.follow(self, self.say)

    def refresh(self) -> None:
        """Read all barriers at the moment."""
        self._read = {}
        if self.result is not None:
            for topic, indicators in self._topics.items():
                places = [(one.name, self.cell) for one in indicators]
                self._read[topic] = arms_at(self.result.bands, places, self.entry)
        self.drawing.update()
        self.say()

    def say(self) -> None:
        """Title, and which barrier changes most."""
        said = self.desk.language.said
        if self.result is None:
            self.tell_nothing_yet()
            return
        where = said(cell_text(self.cell, geography_of(self.result.scenario)))
        title = f"<b>{said(self.NAME)}</b> · {said(_FIRMS)} · {where} · {self.quarter}"
        self.tell(title, self._largest())

    def _largest(self) -> str:
        """The detectable change that is largest, in words."""
        language = self.desk.language
        found: list[tuple[float, str]] = []
        for topic, (_, _, change) in self._read.items():
            for at, one in enumerate(self._topics[topic]):
                if change.detectable[at]:
                    value = float(change.middle[at])
                    names = f"{language.said(TOPICS[topic])}: {language.said(one.text)}"
                    found.append((abs(value), f"{names} {amount(language, one, value, True)}"))
        if not any(change.runs.any() for _, _, change in self._read.values()):
            return language.said(UNKNOWN)
        if not any(change.told.any() for _, _, change in self._read.values()):
            return language.said(FEW_RUNS)
        if not found:
            return language.said(NOT_DETECTABLE)
        return f"{language.said(_LARGEST)} – {max(found)[1]}"

    def rows(self) -> list[Row]:
        """Each barrier of each transition."""
        said = self.desk.language.said
        found: list[Row] = [[said(text) for text in _COLUMNS]]
        for topic, (policy, baseline, change) in self._read.items():
            for at, one in enumerate(self._topics[topic]):
                parts = (policy.middle, baseline.middle, change.middle, change.low, change.high)
                found.append([said(TOPICS[topic]), said(one.text), *(float(part[at]) for part in parts)])
        return found

    # -- painting ------------------------------------------------------------------------------------------------
    def _paint(self, painter: QPainter, area: QRectF) -> None:
        if not self._read:
            return
        top = self._signs(painter, area.adjusted(8, 6, -8, 0))
        high = (area.height() - top) / max(1, len(self._topics))
        for row, topic in enumerate(self._topics):
            self._pair(painter, QRectF(8, top + row * high, area.width() - 16, high), topic)

    def _signs(self, painter: QPainter, area: QRectF) -> float:
        """The words of the colours, in as many lines as they need; returns where they end."""
        colours, line = self.desk.theme.colours, line_height(painter)
        first = next(iter(self._topics.values()))
        x, y = area.left(), area.top()
        for one, hue in zip(first, hues(colours, len(first)), strict=True):
            words = self.desk.language.said(one.text)
            wide = width_of(painter, words) + 1.2 * line + 14
            if x + wide > area.right() and x > area.left():
                x, y = area.left(), y + 1.2 * line
            painter.fillRect(QRectF(x, y + 2, line - 4, line - 4), QColor(hue))
            write(painter, QRectF(x + line, y, wide, line), words, colours.text)
            x += wide
        return y + 1.4 * line

    def _pair(self, painter: QPainter, area: QRectF, topic: str) -> None:
        """Name of a transition and its two bars."""
        colours, said, font = self.desk.theme.colours, self.desk.language.said, painter.font()
        line = line_height(painter)
        painter.setFont(bold(font))
        write(painter, QRectF(area.left(), area.top(), area.width(), line), said(TOPICS[topic]), colours.text, LEFT)
        painter.setFont(smaller(font, 0.95))
        names = [said(words).capitalize() for words in (SCENARIO, BASELINE_WORD)]
        room = max(width_of(painter, name) for name in names) + 10
        bar = max(8.0, (area.height() - line) * _BAR)
        policy, baseline, _ = self._read[topic]
        for at, (name, band) in enumerate(zip(names, (policy, baseline), strict=True)):
            y = area.top() + line + 2 + at * (bar + 3)
            write(painter, QRectF(area.left(), y, room, bar), name, colours.muted, LEFT)
            self._bar(painter, QRectF(area.left() + room, y, area.width() - room, bar), [float(v) for v in band.middle])
        painter.setFont(font)

    def _bar(self, painter: QPainter, area: QRectF, shares: Sequence[float]) -> None:
        total = sum(share for share in shares if not math.isnan(share))
        x, colours = area.left(), self.desk.theme.colours
        if not total:
            write(painter, area, self.desk.language.said(UNKNOWN), colours.muted, LEFT)
        for share, hue in zip(shares, hues(colours, len(shares)), strict=True):
            if not share > 0:
                continue
            wide = share / total * area.width()
            part = QRectF(x, area.top(), wide, area.height())
            painter.fillRect(part, QColor(hue))
            painter.setPen(QPen(QColor(colours.surface), 1))
            painter.drawLine(part.topRight(), part.bottomRight())
            words = f"{self.desk.language.number(share, 0)} %"
            if wide > width_of(painter, words) + 4 and area.height() >= 0.8 * line_height(painter):
                write(painter, part, words, readable_on(hue), CENTRE | Qt.AlignmentFlag.AlignVCenter)
            x += wide


def hues(colours: Colours, count: int) -> list[str]:
    """Colours of barriers: grey before a firm has looked, hues for what stops it, green tones for going and done."""
    series = colours.series
    held = [series[1], series[3], series[0], series[4], series[5]]
    before = [mixed(colours.surface, colours.muted, 0.75), mixed(colours.surface, colours.muted, 0.35)]
    after = [mixed(colours.surface, series[2], 0.5), series[2]]
    between = (held * count)[: max(0, count - len(before) - len(after))]
    return [*before, *between, *after][:count]
