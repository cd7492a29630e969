"""Proposals in one picture: the middle of each over time, its interval and its prediction at the end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from simulator.gui.charts.canvas import Canvas, Ribbon
from simulator.gui.charts.chart import Chart, Row
from simulator.gui.charts.drawing import room_for
from simulator.gui.charts.fan import DIFFERENCE, years_of
from simulator.gui.charts.labels import End, EndLabels
from simulator.gui.charts.words import BASELINE_WORD, DIFFERENCE_WORD, LEVEL_WORD, title_of, unit_words
from simulator.gui.desk import Desk
from simulator.gui.live.bands import Band
from simulator.gui.live.session import MOST_PINNED
from simulator.gui.workshop.record import Course, Curves, Outcome
from simulator.indicators.results import quarter_number
from simulator.quantity import Text

MOST = MOST_PINNED + 1
"""Proposals and the present mix."""
_LINE, _BAR, _MARK = 0.12, 0.22, 0.9
"""Widths of lines and intervals, size of marks, in heights of letters."""
_BESIDE = 0.018
"""Between two intervals, in lengths of the time axis."""
_MOST_ROOM = 0.4
_YEAR = Text("Year", "År")
_NONE = Text("Nothing to compare yet: keep a proposal (P).", "Inget att jämföra än: spara ett förslag (P).")
_NO_LEVELS = Text("Their levels were not kept: {}.", "Nivåer finns inte sparade för: {}.")
_COLUMNS = (
    Text("proposal", "förslag"), Text("quarter", "kvartal"), Text("median", "median"), Text("from", "från"),
    Text("to", "till"), Text("prediction", "förutsägelse"),
)  # fmt: skip
_Values = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Proposal:
    """What is drawn of one mix; notes of before curves were kept have an outcome only."""

    name: str
    curves: Curves | None
    outcome: Outcome | None
    predicted: float = math.nan


@dataclass(frozen=True)
class _Drawn:
    """A proposal as it is drawn in one mode."""

    proposal: Proposal
    hue: str
    years: _Values
    band: Band

    @property
    def ends(self) -> tuple[float, float, float]:
        """Low, middle and high at the end."""
        low, middle, high = (float(part[-1]) for part in (self.band.low, self.band.middle, self.band.high))
        return low, middle, high


class ProposalsChart(Chart):
    """Curves beside each other, the band of the chosen one."""

    NAME = Text("Proposals", "Förslag")
    HELP = Text("Proposals of all groups over time", "Alla gruppers förslag över tid")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._proposals: Sequence[Proposal] = ()
        self._drawn: list[_Drawn] = []
        self._chosen, self._mode = "", DIFFERENCE
        self._letters = self.fontMetrics().height()
        self.plot = Canvas(desk, years=True)
        self._ribbon, self._baseline = Ribbon(), pg.PlotCurveItem(connect="finite")
        self._curves = [pg.PlotCurveItem(connect="finite") for _ in range(MOST)]
        self._bars = [pg.PlotCurveItem(connect="finite") for _ in range(MOST)]
        self._marks, self._zero = pg.ScatterPlotItem(pxMode=True), pg.InfiniteLine(0, angle=0)
        self.plot.add(self._ribbon, self._zero, self._baseline, *self._curves, *self._bars, self._marks)
        self._labels = EndLabels(self.plot, MOST + 1)
        self.column.addWidget(self.plot, 1)
        self.plot.getPlotItem().getViewBox().sigResized.connect(self._fit)
        desk.theme.follow(self, self.refresh)
        desk.language.follow(self, self.refresh)

    def show_proposals(self, proposals: Sequence[Proposal], indicator: str, mode: str, chosen: str) -> None:
        """Show at most `MOST`; the band of the chosen one, by name."""
        self._proposals, self.indicator, self._mode, self._chosen = tuple(proposals[:MOST]), indicator, mode, chosen
        self.refresh()

    def set_letters(self, font: QFont) -> None:
        """Write in the picture in a font, with lines and marks to match."""
        self._letters = font.pixelSize()
        self.plot.set_letters(font)
        self._labels.set_letters(font)
        self.refresh()

    def hues(self) -> dict[str, str]:
        """Colours of what is drawn, by name."""
        colours = self.desk.theme.colours
        return {one.name: hue for one, hue in zip(self._proposals, (*colours.series, colours.text), strict=False)}

    @property
    def _dots(self) -> float:
        """Height of letters in the screen's own dots, which pens count."""
        dots: float = self._letters * self.plot.devicePixelRatioF()
        return dots

    # -- drawing -------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Draw anew."""
        if self.declared is None:
            return
        hues = self.hues()
        read = ((one, self._read(one)) for one in self._proposals)
        self._drawn = [_Drawn(one, hues[one.name], *found) for one, found in read if found is not None]
        for at, (curve, bar) in enumerate(zip(self._curves, self._bars, strict=True)):
            for item in (curve, bar):
                item.setVisible(at < len(self._drawn))
            if at < len(self._drawn):
                self._draw(self._drawn[at], curve)
        self._draw_chosen()
        self._fit()
        self.plot.setLabel("left", unit_words(self.desk.language, self.declared, self._mode == DIFFERENCE))
        self.plot.setLabel("bottom", self.desk.language.said(_YEAR))
        self.say()

    def _read(self, one: Proposal) -> tuple[_Values, Band] | None:
        """Years and values of a proposal, if it has any in this mode."""
        if one.curves is not None:
            course = one.curves.difference if self._mode == DIFFERENCE else one.curves.level
            return _years(one.curves), _band(course)
        if one.outcome is None or self._mode != DIFFERENCE:
            return None
        end = one.outcome
        return years_of([end.quarter]), _band(Course((end.low,), (end.middle,), (end.high,)))

    def _draw(self, drawn: _Drawn, curve: pg.PlotCurveItem) -> None:
        curve.setData(drawn.years, drawn.band.middle)
        wide = 1.6 if drawn.proposal.name == self._chosen else 1.0
        curve.setPen(pg.mkPen(drawn.hue, width=wide * _LINE * self._dots))

    def _draw_chosen(self) -> None:
        """The band of the chosen proposal; among levels, its baseline, too."""
        chosen = next((one for one in self._drawn if one.proposal.name == self._chosen), None)
        self._ribbon.set_band(np.empty(0) if chosen is None else chosen.years, None if chosen is None else chosen.band)
        self._ribbon.set_colour(self.desk.theme.colours.muted if chosen is None else chosen.hue)
        baseline = self._baseline_of(chosen)
        self._baseline.setVisible(baseline is not None)
        if baseline is not None:
            self._baseline.setData(*baseline)
        colours, dashed = self.desk.theme.colours, Qt.PenStyle.DashLine
        self._baseline.setPen(pg.mkPen(colours.muted, width=_LINE * self._dots, style=dashed))
        self._zero.setPen(pg.mkPen(colours.text, width=1))
        self._zero.setVisible(self._mode == DIFFERENCE)

    def _baseline_of(self, drawn: _Drawn | None) -> tuple[_Values, _Values] | None:
        shown = drawn or next(iter(self._drawn), None)
        if self._mode == DIFFERENCE or shown is None or shown.proposal.curves is None:
            return None
        return shown.years, np.array(shown.proposal.curves.baseline.middle)

    def _fit(self, *_: object) -> None:
        """Make room for curves, then intervals side by side, then names."""
        if self.declared is None:
            return
        parts = [part for one in self._drawn for part in (one.band.middle, np.array(one.ends))]
        parts += [one.band.low for one in self._drawn if one.proposal.name == self._chosen]
        parts += [one.band.high for one in self._drawn if one.proposal.name == self._chosen]
        parts += [np.array([self._expected(one)]) for one in self._drawn]
        if self._baseline.isVisible():
            parts.append(self._baseline.getData()[1])
        self.plot.setYRange(*room_for(parts, self._mode == DIFFERENCE, 10.0**-self.declared.decimals), padding=0.06)
        if not self._drawn:
            self._marks.setData([], [])
            self._labels.show([])
            return
        first = min(float(one.years[0]) for one in self._drawn)
        last = max(float(one.years[-1]) for one in self._drawn)
        first = min(first, last - 1)
        step = _BESIDE * (last - first)
        end = last + (len(self._drawn) + 1) * step
        self._draw_ends(last, step)
        self._labels.show(self._names(end))
        part = min(self._labels.width / max(self.plot.getPlotItem().getViewBox().width(), 1.0), _MOST_ROOM)
        self.plot.end_years(last)
        self.plot.setXRange(first - 0.01 * (end - first), end + (end - first) * part / (1 - part), padding=0)

    def _draw_ends(self, last: float, step: float) -> None:
        """An interval for each proposal with its middle, and a diamond where it was expected."""
        spots, size, colours = [], self._letters, self.desk.theme.colours
        for at, (one, bar) in enumerate(zip(self._drawn, self._bars, strict=False)):
            x, (low, middle, high) = last + (at + 1) * step, one.ends
            bar.setData([x, x], [low, high])
            bar.setPen(pg.mkPen(one.hue, width=_BAR * self._dots))
            edge = pg.mkPen(colours.surface, width=1.5)
            for y, sign, fill in ((middle, "o", one.hue), (self._expected(one), "d", colours.text)):
                if not math.isnan(y):
                    spots.append({"pos": (x, y), "symbol": sign, "brush": fill, "pen": edge, "size": _MARK * size})
        self._marks.setData(spots)

    def _names(self, end: float) -> list[End]:
        at = np.array([end])
        found = [(one.proposal.name, one.hue, at, np.array([one.ends[1]])) for one in self._drawn]
        baseline = self._baseline_of(next((one for one in self._drawn if one.proposal.name == self._chosen), None))
        if baseline is not None:
            words, muted = self.desk.language.said(BASELINE_WORD), self.desk.theme.colours.muted
            found.append((words, muted, at, baseline[1][-1:]))
        return found

    def _expected(self, one: _Drawn) -> float:
        """Where a prediction lies: among levels, so far from the baseline."""
        if self._mode == DIFFERENCE:
            return one.proposal.predicted
        curves = one.proposal.curves
        return math.nan if curves is None else curves.baseline.middle[-1] + one.proposal.predicted

    # -- words ---------------------------------------------------------------------------------------------------
    def say(self) -> None:
        """Title, and what there is to do where nothing is drawn."""
        if self.declared is None:
            return
        said = self.desk.language.said
        what = said(DIFFERENCE_WORD if self._mode == DIFFERENCE else LEVEL_WORD)
        if self._drawn:
            what += f" · {_label(max(float(one.years[-1]) for one in self._drawn))}"
        drawn = {one.proposal.name for one in self._drawn}
        missing = ", ".join(one.name for one in self._proposals if one.name not in drawn)
        readout = said(_NO_LEVELS).format(missing) if missing else "" if self._proposals else said(_NONE)
        self.tell(f"<b>{said(title_of(self.declared))}</b> · {what}", readout)

    def rows(self) -> list[Row]:
        """Each proposal at its end."""
        found: list[Row] = [[self.desk.language.said(text) for text in _COLUMNS]]
        for one in self._drawn:
            low, middle, high = one.ends
            found.append([one.proposal.name, _label(one.years[-1]), middle, low, high, one.proposal.predicted])
        return found


def _years(curves: Curves) -> _Values:
    start = (quarter_number(curves.first) + 1) / 4
    return start + np.arange(len(curves.difference.middle)) / 4


def _label(year: float) -> str:
    number = round(4 * year) - 1
    return f"{number // 4}Q{number % 4 + 1}"


def _band(course: Course) -> Band:
    low, middle, high = (np.array(part) for part in (course.low, course.middle, course.high))
    return Band(low, middle, high, np.zeros(len(middle), np.int_))
