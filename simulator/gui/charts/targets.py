"""Targets of a scenario: in how many runs each is reached, with the measures and without."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPen

from simulator.analysis.comparison import Target, reached
from simulator.gui.charts.chart import Chart, Row
from simulator.gui.charts.drawing import LEFT, RIGHT, Drawing, bold, line_height, smaller, write, write_lines
from simulator.gui.charts.reading import Seen, paired_arms
from simulator.gui.charts.words import BASELINE_WORD, SCENARIO
from simulator.gui.desk import Desk
from simulator.gui.live.bands import Bands
from simulator.gui.work_thread import WorkThread
from simulator.indicators import INDICATORS
from simulator.quantity import Text
from simulator.scenario.moments import quarter_text
from simulator.scenario.settings import Goal

_LEAST = QSize(480, 240)
_NONE = Text(
    "The scenario has no targets. A target is a level that an indicator should reach by a quarter; write it in the "
    "text under targets, for example:  targets: {advanced_digital: {at_least: 50, by: 2035Q4}}",
    "Scenariot har inga mål. Ett mål är en nivå som en indikator ska nå till ett kvartal; skriv det i texten under "
    "targets, till exempel:  targets: {advanced_digital: {at_least: 50, by: 2035Q4}}",
)
_WAIT = Text("Targets are judged once two runs are complete.", "Mål bedöms när två körningar är färdiga.")
_CHANCE = Text("share of runs that reach the target, 90 % interval", "andel körningar som når målet, 90 % intervall")
_OUTSIDE = Text("by {} – outside the run, not judged", "till {} – utanför körningen, bedöms inte")
_COLUMNS = (
    Text("indicator", "indikator"), Text("target", "mål"), Text("by", "till"), Text("arm", "arm"),
    Text("runs that reach it", "körningar som når det"), Text("runs", "körningar"),
    Text("from", "från"), Text("to", "till"),
)  # fmt: skip


class TargetsView(Chart):
    """Two bars for each target."""

    NAME = Text("Targets", "Mål")
    HELP = Text("Probability of reaching each target", "Sannolikhet att nå varje mål")
    ABOUT = Text(
        "Share of runs in which the target holds at its date, with Wilson's 90 % interval; by luck alone, under the "
        "scenario's assumptions. Below: when half of the runs have held it for four quarters (Kaplan-Meier).",
        "Andel körningar där målet hålls vid sitt datum, med Wilsons 90 %-intervall; bara slump, under scenariots "
        "antaganden. Under: när hälften av körningarna hållit det fyra kvartal i rad (Kaplan-Meier).",
    )
    OF_ONE = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: list[Target] = []
        self._runs = 0
        self._goals: tuple[Goal, ...] = ()
        self._seen = Seen()
        self._background = WorkThread(self)
        self._background.done.connect(self._take)
        self.drawing = Drawing(desk, self._paint, _LEAST)
        self.column.addWidget(self.drawing, 1)
        desk.language.follow(self, self.say)

    def refresh(self) -> None:
        """Judge each target, when more runs are complete."""
        if self.result is None:
            self._found, self._runs = [], 0
            self._seen.grown(None)
        else:
            bands, goals = self.result.bands, self.result.scenario.targets
            if self._seen.another(bands) or goals != self._goals:
                self._found, self._goals = [], goals
                self._seen.grown(None)
            if self._seen.grown(bands) and goals:
                self._background.ask(lambda: _judged(bands, goals))
        self.drawing.update()
        self.say()

    def _take(self, found: object) -> None:
        assert isinstance(found, tuple)
        self._runs, self._found = found
        self.drawing.update()
        self.say()

    def close_down(self) -> None:
        """Wait for what is judged."""
        self._background.close_down()

    def set_moment(self, entry: int) -> None:
        """Targets have their own date."""
        self.moment = entry

    def say(self) -> None:
        """Title, and each target in a sentence."""
        said = self.desk.language.said
        if self.result is None:
            self.tell_nothing_yet()
            return
        title = f"<b>{said(self.NAME)}</b> · {said(_CHANCE)}"
        if not self.result.scenario.targets:
            self.tell(f"<b>{said(self.NAME)}</b>", said(_NONE))
        else:
            self.tell(title, "" if self._found else said(_WAIT))

    @property
    def _labels(self) -> tuple[str, ...]:
        assert self.result is not None
        return self.result.bands.quarters

    def limit(self, target: Target) -> str:
        """The level wanted: '≥ 50 %'."""
        language, one = self.desk.language, INDICATORS[target.goal.indicator]
        ends = (("≥", target.goal.at_least), ("≤", target.goal.at_most))
        said = [f"{sign} {language.number(at, one.decimals)}" for sign, at in ends if at is not None]
        return " ".join([*said, language.unit(one.unit)]).strip()

    def date(self, target: Target) -> str:
        """By when, or that this lies outside the run."""
        place = target.goal.by + 1
        if 0 <= place < len(self._labels):
            return self._labels[place]
        assert self.result is not None
        index = self.result.scenario.run.first + target.goal.by
        return self.desk.language.said(_OUTSIDE).format(quarter_text(index))

    def inside(self, target: Target) -> bool:
        """Whether the target's date lies in the run."""
        return 0 <= target.goal.by + 1 < len(self._labels)

    def sentence(self, target: Target) -> str:
        """When half of the runs have held it for four quarters."""
        median = target.times[0].median
        if math.isnan(median):
            told = Text(
                "fewer than half of the runs hold it for four quarters",
                "färre än hälften av körningarna håller det i fyra kvartal",
            )
        else:
            when = self._labels[int(median)]
            told = Text(f"half of the runs hold it for four quarters from {when}",
                        f"hälften av körningarna håller det fyra kvartal i rad från {when}")  # fmt: skip
        return self.desk.language.said(told)

    def rows(self) -> list[Row]:
        """Each target and arm."""
        said = self.desk.language.said
        found: list[Row] = [[said(text) for text in _COLUMNS]]
        for target in self._found:
            one = INDICATORS[target.goal.indicator]
            for words, (hits, low, high) in zip((SCENARIO, BASELINE_WORD), target.met, strict=True):
                named = [said(one.text), self.limit(target), self.date(target), said(words)]
                found.append([*named, float(hits), float(self._runs), low, high])
        return found

    # -- painting ------------------------------------------------------------------------------------------------
    def _paint(self, painter: QPainter, area: QRectF) -> None:
        if not self._found:
            return
        line = line_height(painter)
        high = min(6.2 * line, (area.height() - 10) / len(self._found))
        for at, target in enumerate(self._found):
            self._target(painter, QRectF(8, 8 + at * high, area.width() - 16, high), target)

    def _target(self, painter: QPainter, area: QRectF, target: Target) -> None:
        colours, said, font, line = (
            self.desk.theme.colours,
            self.desk.language.said,
            painter.font(),
            line_height(painter),
        )
        name = f"{said(INDICATORS[target.goal.indicator].text)} {self.limit(target)} · {self.date(target)}"
        painter.setFont(bold(font))
        write(painter, QRectF(area.left(), area.top(), area.width(), line), name, colours.text, LEFT)
        painter.setFont(font)
        if not self.inside(target):
            return
        hues = (colours.series[0], colours.muted)
        for at, (words, met, hue) in enumerate(zip((SCENARIO, BASELINE_WORD), target.met, hues, strict=True)):
            row = QRectF(area.left(), area.top() + (1.15 + at * 1.15) * line, area.width(), line)
            write(painter, row, said(words).capitalize(), colours.muted, LEFT)
            self._bar(painter, row.adjusted(110, 0, -250, 0), met, hue)
            write(painter, row, self._share(met), colours.text, RIGHT)
        painter.setFont(smaller(font))
        below = QRectF(area.left() + 110, area.top() + 3.5 * line, area.width() - 110, 2 * line)
        write_lines(painter, below, self.sentence(target), colours.muted)
        painter.setFont(font)

    def _share(self, met: tuple[int, float, float]) -> str:
        hits, low, high = met
        language, runs = self.desk.language, self._runs
        ends = [language.number(100 * end, 0) for end in (low, high)]
        told = Text(f"{hits} of {runs} runs ({ends[0]} to {ends[1]} %)",
                    f"{hits} av {runs} körningar ({ends[0]} till {ends[1]} %)")  # fmt: skip
        return language.said(told)

    def _bar(self, painter: QPainter, area: QRectF, met: tuple[int, float, float], hue: str) -> None:
        """Share as a bar, its interval as a line."""
        colours = self.desk.theme.colours
        hits, low, high = met
        bar = area.adjusted(0, 2, 0, -2)
        painter.fillRect(bar, QColor(colours.line))
        filled = QRectF(bar)
        filled.setWidth(bar.width() * hits / max(1, self._runs))
        painter.fillRect(filled, QColor(hue))
        middle = bar.center().y()
        painter.setPen(QPen(QColor(colours.text), 1.6))
        ends = [bar.left() + bar.width() * end for end in (low, high)]
        painter.drawLine(round(ends[0]), round(middle), round(ends[1]), round(middle))
        for end in ends:
            painter.drawLine(round(end), round(middle - 4), round(end), round(middle + 4))


def _judged(bands: Bands, goals: tuple[Goal, ...]) -> tuple[int, list[Target]]:
    """How many complete pairs there are, and each target by them."""
    arms = paired_arms(bands, [goal.indicator for goal in goals])
    return (0, []) if arms is None else (len(arms[0].series), [reached(goal, *arms) for goal in goals])
