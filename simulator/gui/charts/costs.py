"""Money: what is spent by year beside the budget, and what an additional outcome costs."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from simulator.analysis.worth import OUTCOMES, Price, prices
from simulator.ensemble.statistics import Estimate
from simulator.gui.charts.chart import Chart, Row
from simulator.gui.charts.drawing import (
    CENTRE,
    LEFT,
    RIGHT,
    Drawing,
    Frame,
    bold,
    line_height,
    mixed,
    round_ticks,
    smaller,
    width_of,
    write,
    write_lines,
)
from simulator.gui.charts.reading import Seen, paired_arms
from simulator.gui.charts.words import NOT_DETECTABLE
from simulator.gui.desk import Desk
from simulator.gui.language import Language
from simulator.gui.live.bands import FEWEST, Bands, Values
from simulator.gui.work_thread import WorkThread
from simulator.interventions.declaration import Measure
from simulator.quantity import Text

_LEAST = QSize(600, 340)
_APART, _AXIS = 5, 52.0
"""Measures with a colour of their own."""
_LEFT_PART = 0.5
_OVER = 1.001
_PRICES = Text(
    "Cost per additional outcome (additional ones), 90 %", "Kostnad per ytterligare utfall (antal ytterligare), 90 %"
)
_NOTE = Text(
    "Each line sets the whole cost of the package against one outcome; do not add them.",
    "Varje rad sätter paketets hela kostnad mot ett utfall; lägg inte ihop dem.",
)
_WAIT = Text(f"Costs per outcome come with {FEWEST} complete runs.",
             f"Kostnader per utfall kommer med {FEWEST} färdiga körningar.")  # fmt: skip
_MONEY_COMING = Text("Money comes with complete runs.", "Pengar kommer med färdiga körningar.")
_NO_MONEY = Text("No public money is spent by measures.", "Insatserna kostar inga offentliga medel.")
_BUDGET, _OTHER, _SHARED = Text("budget", "budget"), Text("others", "övriga"), Text("the package", "paketet")
_OUTSIDE = Text("national programmes, outside the budget", "nationella program, utanför budgeten")
_FEWER = Text("fewer: no cost", "färre: ingen kostnad")
_UNIT = Text("MSEK per year (2025 prices), mean over runs", "mnkr per år (2025 års priser), medel över körningar")
_TO, _MORE = Text("to", "till"), Text("additional", "ytterligare")
_COLUMNS = (Text("year", "år"), Text("measure", "insats"), Text("MSEK", "mnkr"))


class CostChart(Chart):
    """Bars by year, and one line for each outcome."""

    NAME = Text("Money", "Pengar")
    HELP = Text("Budget, spending, cost per additional outcome", "Budget, utgifter, kostnad per ytterligare utfall")
    ABOUT = Text(
        "Bars: public money of the measures by year, mean over complete runs. Cost per additional outcome: all "
        "additional public money divided by the additional outcome, with Fieller's 90 % interval of paired means; none "
        "where the additional outcome cannot be told from zero. Each line sets the whole cost against one outcome.",
        "Staplar: insatsernas offentliga medel per år, medel över färdiga körningar. Kostnad per ytterligare utfall: "
        "alla ytterligare offentliga medel delat med ytterligare utfall, med Fiellers 90 %-intervall för parvisa "
        "medel; ingen där ytterligare utfall inte kan skiljas från noll. "
        "Varje rad ställer hela kostnaden mot ett utfall.",
    )
    OF_ONE = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.prices: Mapping[str, Price] = {}
        self._spent: Values = np.empty((0, 0))
        self._names: list[Text] = []
        self._outside = False
        self._seen = Seen()
        self._background = WorkThread(self)
        self._background.done.connect(self._take)
        self.drawing = Drawing(desk, self._paint, _LEAST)
        self.column.addWidget(self.drawing, 1)
        desk.language.follow(self, self.say)

    def refresh(self) -> None:
        """Read the money; the costs of outcomes are worked out beside."""
        if self.result is None:
            self._spent, self.prices = np.empty((0, 0)), {}
            self._seen.grown(None)
        else:
            bands = self.result.bands
            if self._seen.another(bands):
                self.prices = {}
            if self._seen.grown(bands):
                self._spent, self._names = self._largest()
                self._background.ask(lambda: _priced(bands))
        self.drawing.update()
        self.say()

    def close_down(self) -> None:
        """Wait for what is worked out."""
        self._background.close_down()

    def _take(self, found: object) -> None:
        assert isinstance(found, dict)
        self.prices = found
        self.drawing.update()
        self.say()

    def _largest(self) -> tuple[Values, list[Text]]:
        """Spending by year of the largest measures, the rest as one; (measures, years)."""
        assert self.result is not None
        spent = self.result.bands.spent()
        if not spent.size:
            return spent, []
        measures = self.result.scenario.measures
        words = [*(_named(measures, at) for at in range(len(measures))), _SHARED][: len(spent)]
        outside = [at for at, measure in enumerate(measures[: len(spent)]) if measure.national]
        order = [int(at) for at in np.argsort(-spent.sum(axis=1)) if spent[at].sum() > 0 and at not in outside]
        groups = [([at], words[at]) for at in order[:_APART]]
        groups += [(order[_APART:], _OTHER), (outside, _OUTSIDE)]
        groups = [(rows, name) for rows, name in groups if spent[rows].sum() > 0]
        self._outside = float(spent[outside].sum()) > 0
        return np.array([spent[rows].sum(axis=0) for rows, _ in groups]), [name for _, name in groups]

    @property
    def _carried(self) -> Values:
        """Spending by year that the budget carries."""
        rows = self._spent[:-1] if self._outside else self._spent
        total: Values = rows.sum(axis=0)
        return total

    @property
    def budget(self) -> float | None:
        """MSEK a year that all measures may cost; None without limit."""
        if self.result is None or self.result.scenario.budget.per_year is None:
            return None
        return self.result.scenario.budget.per_year * self.result.scenario.run.scale

    def say(self) -> None:
        """Title, and the sum."""
        if self.result is None:
            self.tell_nothing_yet()
            return
        language = self.desk.language
        title = f"<b>{language.said(self.NAME)}</b> · {language.said(_UNIT)}"
        total = float(self._spent.sum())
        if not total:
            waits = not self.result.bands.pairs
            self.tell(title, language.said(_MONEY_COMING if waits else _NO_MONEY))
            return
        number = language.number(total, 0)
        told = Text(f"{number} MSEK of public money over the run", f"{number} mnkr offentliga medel under körningen")
        over = sum(1 for year in self._carried if self.budget is not None and year > self.budget * _OVER)
        more = Text(f"; above the yearly budget in {over} years (saved money, or external co-finance)",
                    f"; över årsbudgeten {over} år (sparade medel, eller extern medfinansiering)")  # fmt: skip
        self.tell(title, language.said(told) + (language.said(more) if over else ""))

    def rows(self) -> list[Row]:
        """Spending by year and measure, then outcomes."""
        said = self.desk.language.said
        found: list[Row] = [[said(text) for text in _COLUMNS]]
        for at, name in enumerate(self._names):
            found += [
                [self._year(year), said(name), float(self._spent[at, year])] for year in range(self._spent.shape[1])
            ]
        found.append([])
        found.append([said(_PRICES), self.desk.language.unit("kSEK"), "p05", "p95", said(_MORE), "p05", "p95"])
        for outcome, price in self.prices.items():
            quotient, more = price.price, price.additional
            found.append([
                said(OUTCOMES[outcome].unit), quotient.value, quotient.low, quotient.high,
                more.mean, more.low, more.high,
            ])  # fmt: skip
        return found

    def _year(self, place: int) -> str:
        assert self.result is not None
        return str(self.result.scenario.run.first // 4 + place)

    # -- painting ------------------------------------------------------------------------------------------------
    def _paint(self, painter: QPainter, area: QRectF) -> None:
        if self.result is None:
            return
        inner = area.adjusted(6, 6, -6, -4)
        left = QRectF(inner.left(), inner.top(), inner.width() * _LEFT_PART - 12, inner.height())
        if self._spent.size:
            self._bars(painter, left)
        self._outcomes(painter, inner.adjusted(inner.width() * _LEFT_PART + 6, 0, 0, 0))

    def _hues(self) -> list[str]:
        colours = self.desk.theme.colours
        own = colours.series[: min(_APART, len(self._names))]
        rest = [mixed(colours.surface, colours.muted, share) for share in (0.8, 0.35)]
        named = [name for name in self._names if name not in (_OTHER, _OUTSIDE)]
        grey = [rest[(_OTHER, _OUTSIDE).index(name)] for name in self._names if name in (_OTHER, _OUTSIDE)]
        return [*own[: len(named)], *grey]

    def _bars(self, painter: QPainter, area: QRectF) -> None:
        colours, language, line = self.desk.theme.colours, self.desk.language, line_height(painter)
        below = self._names_of_bars(painter, area)
        years = self._spent.shape[1]
        top = max(float(self._spent.sum(axis=0).max()), self.budget or 0.0) * 1.06
        inside = QRectF(area.left() + _AXIS, below + 0.5 * line, area.width() - _AXIS, 0)
        inside.setBottom(area.bottom() - 1.3 * line)
        frame = Frame(inside, (0, years), (0, top))
        font = painter.font()
        painter.setFont(smaller(font))
        ticks, decimals = round_ticks(0, top, 5)
        for tick in ticks:
            y = frame.y(tick)
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))
            place = QRectF(area.left(), y - line / 2, _AXIS - 6, line)
            write(painter, place, language.number(tick, decimals), colours.muted, RIGHT)
        every = max(1, math.ceil(years * 42 / inside.width()))
        for year in range(years):
            floor = 0.0
            for values, hue in zip(self._spent, self._hues(), strict=False):
                ends = floor + float(values[year])
                bar = QRectF(
                    QPointF(frame.x(year + 0.12), frame.y(ends)), QPointF(frame.x(year + 0.88), frame.y(floor))
                )
                painter.fillRect(bar, QColor(hue))
                floor = ends
            if year % every == 0:
                place = QRectF(frame.x(year) - 10, inside.bottom() + 1, frame.x(1) - frame.x(0) + 20, line)
                write(painter, place, self._year(year), colours.muted, CENTRE)
        self._limit(painter, frame, inside)
        painter.setFont(font)

    def _limit(self, painter: QPainter, frame: Frame, inside: QRectF) -> None:
        if self.budget is None:
            return
        colours, line = self.desk.theme.colours, line_height(painter)
        y = frame.y(self.budget)
        painter.setPen(QPen(QColor(colours.text), 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))
        words = f"{self.desk.language.said(_BUDGET)} {self.desk.language.number(self.budget, 0)}"
        write(painter, QRectF(inside.left(), y - line, inside.width(), line), words, colours.text, RIGHT)

    def _names_of_bars(self, painter: QPainter, area: QRectF) -> float:
        """Colours with the names and sums of the measures; returns where they end."""
        colours, language, font = self.desk.theme.colours, self.desk.language, painter.font()
        painter.setFont(smaller(font, 0.92))
        line = line_height(painter)
        for at, (name, hue) in enumerate(zip(self._names, self._hues(), strict=False)):
            row = QRectF(area.left(), area.top() + at * line, area.width(), line)
            painter.fillRect(QRectF(row.left(), row.top() + 3, line - 6, line - 6), QColor(hue))
            total = language.number(float(self._spent[at].sum()), 0)
            write(painter, row, total, colours.muted, RIGHT)
            write(painter, row.adjusted(line, 0, -50, 0), language.said(name), colours.text, LEFT)
        painter.setFont(font)
        return area.top() + len(self._names) * line

    def _outcomes(self, painter: QPainter, area: QRectF) -> None:
        colours, said, font = self.desk.theme.colours, self.desk.language.said, painter.font()
        line = line_height(painter)
        painter.setFont(bold(font))
        write(painter, QRectF(area.left(), area.top(), area.width(), line), said(_PRICES), colours.text, LEFT)
        painter.setFont(font)
        y = area.top() + 1.3 * line
        if not self.prices:
            write_lines(painter, QRectF(area.left(), y, area.width(), 4 * line), said(_WAIT), colours.muted)
            return
        step = min(2.6 * line, (area.height() - 3.4 * line) / len(self.prices))
        for name, price in self.prices.items():
            write(painter, QRectF(area.left(), y, area.width(), line), said(OUTCOMES[name].unit), colours.text, LEFT)
            below = QRectF(area.left() + 10, y + 0.95 * line, area.width() - 10, line)
            words = price_text(self.desk.language, price)
            if price.price.known:
                painter.setFont(bold(font))
                write(painter, below, words, colours.text, LEFT)
                below.adjust(width_of(painter, words) + 8, 0, 0, 0)
                words = ""
            painter.setFont(smaller(font))
            more = _estimate(self.desk.language, price.additional)
            write(painter, below, f"{words}; {more}" if words else more, colours.muted, LEFT)
            painter.setFont(font)
            y += step
        painter.setFont(smaller(font))
        write_lines(painter, QRectF(area.left(), y, area.width(), 3 * line), said(_NOTE), colours.muted)
        painter.setFont(font)


def price_text(language: Language, price: Price) -> str:
    """Cost of one more, or why there is none."""
    if price.price.known:
        found = price.price
        decimals = decimals_of(found.value)
        value, low, high = (language.number(part, decimals) for part in (found.value, found.low, found.high))
        return f"{value}\u00a0{language.unit('kSEK')} ({low} {language.said(_TO)} {high})"
    why = _FEWER if price.additional.detectable else NOT_DETECTABLE
    return language.said(why)


def _estimate(language: Language, found: Estimate) -> str:
    decimals = decimals_of(found.mean)
    value, low, high = (language.number(part, decimals, sign=True) for part in (found.mean, found.low, found.high))
    return f"{value} ({low} {language.said(_TO)} {high})"


def decimals_of(value: float) -> int:
    """Decimals that show three digits.

    >>> decimals_of(1234.0), decimals_of(12.3), decimals_of(0.5)
    (0, 1, 2)
    """
    if not abs(value) > 0:
        return 0
    return max(0, min(3, 2 - math.floor(math.log10(abs(value))) - (abs(value) < 1)))


def _named(measures: tuple[Measure, ...], at: int) -> Text:
    """Words for a measure: its kind's, or its own name where there are several of a kind."""
    measure = measures[at]
    alone = sum(one.kind.name == measure.kind.name for one in measures) == 1
    return measure.kind.title if alone else Text(measure.name, measure.name)


def _priced(bands: Bands) -> Mapping[str, Price]:
    """Costs of all outcomes by the complete pairs; none while these are too few to say anything."""
    if bands.pairs < FEWEST:
        return {}
    arms = paired_arms(bands, [outcome.indicator for outcome in OUTCOMES.values()])
    return prices(*arms) if arms is not None and bands.spent().size else {}
