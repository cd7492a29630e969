"""A value over time with its band: the difference to the baseline, or the levels of both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from simulator.gui.charts.canvas import Canvas, Ribbon
from simulator.gui.charts.chart import Chart, Row
from simulator.gui.charts.drawing import room_for
from simulator.gui.charts.labels import EndLabels
from simulator.gui.charts.reading import geography_of
from simulator.gui.charts.strokes import Curve, Rule
from simulator.gui.charts.unknown import why
from simulator.gui.charts.words import (
    BASELINE_WORD,
    DIFFERENCE_WORD,
    MODEL,
    PREDICTION,
    SCENARIO,
    UNKNOWN,
    cell_text,
    title_of,
    unit_of,
    unit_words,
    value_text,
)
from simulator.gui.desk import Desk
from simulator.gui.live.bands import BASELINE, POLICY, REGION, Band, Bands
from simulator.gui.live.session import MOST_PINNED, Pinned
from simulator.indicators.results import quarter_number
from simulator.quantity import Text

DIFFERENCE, LEVEL = "difference", "level"
MODES = {DIFFERENCE: Text("&Difference", "S&killnad"), LEVEL: Text("&Level", "&Nivå")}
_WIDTH = 2.2
_ORDINARY = 16
"""Height in pixels of letters with which lines are `_WIDTH` wide."""
_YEAR = Text("Year", "År")
_MARK = 16
_MOST_ROOM = 0.45
_ACCESSIBLE = Text("Chart over time with band; the text above it tells the values at the chosen quarter",
                   "Diagram över tid med band; texten ovanför anger värdena vid valt kvartal")  # fmt: skip
_COLUMNS = Text("quarter", "kvartal")


def years_of(quarters: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Decimal years at which quarters end.

    >>> years_of(("2025Q4", "2026Q1")).tolist()
    [2026.0, 2026.25]
    """
    return np.array([(quarter_number(label) + 1) / 4 for label in quarters])


class FanChart(Chart):
    """One indicator of one cell over time, results put aside as lines beside it."""

    NAME = Text("Over time", "Över tid")
    HELP = Text("One indicator over time with its band", "En indikator över tid med sitt band")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._bands = Bands((), 0)
        self._name = ""
        self._mode = DIFFERENCE
        self._shown: tuple[Band | None, Band | None] = (None, None)
        self._others: list[Band] = []
        self._predicted = math.nan
        self._size = 1.0
        self._pinned: tuple[Pinned, ...] = ()
        self._years = np.empty(0)
        self.plot = Canvas(desk, years=True)
        self._fill_plot()
        self.column.addWidget(self.plot, 1)
        desk.language.words(self.plot, self.plot.setAccessibleName, _ACCESSIBLE)
        desk.theme.follow(self, self._colour)
        desk.language.follow(self, self._retranslate)

    def _fill_plot(self) -> None:
        self._ribbons = (Ribbon(), Ribbon())
        self._curves = (Curve(), Curve())
        self._kept = [Curve() for _ in range(MOST_PINNED)]
        self._zero, self._line = Rule(upright=False), Rule(upright=True)
        self._mark = pg.ScatterPlotItem(symbol="d", size=_MARK, pxMode=True)
        self.plot.add(*self._ribbons, self._zero, self._line, *self._kept, *self._curves, self._mark)
        self._labels = EndLabels(self.plot, 3 + MOST_PINNED)
        self.plot.scene().sigMouseClicked.connect(self._clicked)
        self.plot.stepped.connect(self._step)
        self.plot.getPlotItem().getViewBox().sigResized.connect(self._resized)

    # -- what is shown -------------------------------------------------------------------------------------------
    def show_result(self, result: Pinned | None, indicator: str, cell: str = REGION) -> None:
        """Show an indicator of a cell of a result."""
        self.result = result
        if result is None:
            self.show_bands(Bands((), 0), indicator, cell)
        else:
            self.show_bands(result.bands, indicator, cell, result.name)

    def show_bands(self, bands: Bands, indicator: str, cell: str = REGION, scenario_name: str = "") -> None:
        """Show an indicator of a cell; may be called as often as runs arrive."""
        words_too = (indicator, cell, scenario_name) != (self.indicator, self.cell, self._name)
        if bands.quarters != self._bands.quarters or not self._name:
            self._years = years_of(bands.quarters)
            self.plot.show_scales(bool(len(self._years)))
        self._bands, self.indicator, self.cell, self._name = bands, indicator, cell, scenario_name
        self._redraw()
        if words_too:
            self._retranslate()

    def set_pinned(self, pinned: Sequence[Pinned]) -> None:
        """Draw the middles of results put aside as well."""
        self._pinned = tuple(pinned)
        self._redraw()
        self._colour()

    def set_predicted(self, value: float) -> None:
        """Mark the difference that somebody expects at the end; NaN for no mark."""
        self._predicted = value
        self._redraw()

    @property
    def _expected(self) -> float:
        """Where the mark lies: among levels, so far from the baseline."""
        _, baseline = self._shown
        from_there = 0.0 if self._mode == DIFFERENCE else math.nan if baseline is None else float(baseline.middle[-1])
        return from_there + self._predicted

    @property
    def mode(self) -> str:
        """DIFFERENCE or LEVEL."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Show differences to the baseline, or levels of both."""
        self._mode = mode
        self._redraw()
        self._retranslate()

    def set_moment(self, entry: int) -> None:
        """Move the line to an entry, negative from the end, and say what holds there."""
        self.moment = entry
        self._place_line()

    def refresh(self) -> None:
        """Draw anew."""
        self._redraw()

    def _band(self, bands: Bands, arm: str) -> Band:
        if self._mode == DIFFERENCE:
            return bands.difference(self.indicator, self.cell)
        return bands.level(arm, self.indicator, self.cell)

    def _redraw(self) -> None:
        second = None if self._mode == DIFFERENCE else self._band(self._bands, BASELINE)
        self._shown = (self._band(self._bands, POLICY), second)
        self._others = [self._band(one.bands, POLICY) for one in self._pinned]
        for ribbon, curve, band in zip(self._ribbons, self._curves, self._shown, strict=True):
            ribbon.set_band(self._years, band if band is not None and band.runs.max(initial=0) > 1 else None)
            curve.set_points(self._years, np.full(len(self._years), np.nan) if band is None else band.middle)
        for at, curve in enumerate(self._kept):
            curve.setVisible(at < len(self._pinned))
            if at < len(self._pinned):
                curve.set_points(years_of(self._pinned[at].bands.quarters), self._others[at].middle)
        there = len(self._years) > 0 and not math.isnan(self._expected)
        self._mark.setData(self._years[-1:] if there else [], [self._expected] if there else [])
        self._zero.setVisible(self._mode == DIFFERENCE)
        self._fit()
        self._place_line()

    def _resized(self, *_: object) -> None:
        self._name_unit()
        self._fit()

    def _fit(self) -> None:
        """Make room for all there is; zero belongs to differences."""
        ends = [end for band in self._shown if band is not None for end in (band.low, band.high)]
        ends += [band.middle for band in self._others]
        if len(self._years):
            ends.append(np.array([self._expected]))
        least = 10.0 ** -(self.declared.decimals if self.declared else 0)
        self.plot.setYRange(*room_for(ends, self._mode == DIFFERENCE, least), padding=0.06)
        if len(self._years):
            self._label()
            first, last = self._years[0], self._years[-1]
            part = min(self._labels.width / max(self.plot.getPlotItem().getViewBox().width(), 1.0), _MOST_ROOM)
            self.plot.end_years(last)
            self.plot.setXRange(first - 0.01 * (last - first), last + (last - first) * part / (1 - part), padding=0)

    @property
    def _named(self) -> bool:
        return self._mode == LEVEL or bool(self._pinned) or not math.isnan(self._predicted)

    def _label(self) -> None:
        """Write names at the ends of the curves, where there is more than one."""
        if not self._named:
            self._labels.show([])
            return
        said, hues = self.desk.language.said, self._hues()
        words = (MODEL if self._mode == DIFFERENCE and not self._pinned else SCENARIO, BASELINE_WORD)
        named = zip(words, hues, self._shown, strict=True)
        ends = [(said(text), hue, self._years, band.middle) for text, hue, band in named if band is not None]
        if len(self._years):
            marked = (self._years[-1:], np.array([self._expected]))
            ends.append((said(PREDICTION), self.desk.theme.colours.text, *marked))
        ends += [
            (one.name, hue, years_of(one.bands.quarters), band.middle)
            for one, band, hue in zip(self._pinned, self._others, self._kept_hues(), strict=False)
        ]
        self._labels.show(ends)

    def set_letters(self, font: QFont) -> None:
        """Write in the picture in a font, with lines and marks to match."""
        self._size = max(1.0, font.pixelSize() / _ORDINARY)
        self._mark.setSize(round(_MARK * self._size))
        self.plot.set_letters(font)
        self._labels.set_letters(font)
        self._colour()

    def _place_line(self) -> None:
        count = len(self._years)
        if count:
            self._line.set_value(self._years[self.entry])
        self._line.setVisible(count > 0)
        self.say()

    @property
    def entry(self) -> int:
        """The moment shown, counted from the first entry."""
        count = len(self._years)
        return max(0, min(self.moment if self.moment >= 0 else count + self.moment, count - 1))

    def _clicked(self, event: Any) -> None:
        x = self.plot.getPlotItem().vb.mapSceneToView(event.scenePos()).x()
        if len(self._years):
            self.chosen.emit(int(np.abs(self._years - x).argmin()))

    def _step(self, by: int) -> None:
        if len(self._years):
            self.chosen.emit(min(max(self.entry + by, 0), len(self._years) - 1))

    # -- words and colours ---------------------------------------------------------------------------------------
    def _retranslate(self) -> None:
        indicator, said = self.declared, self.desk.language.said
        if indicator is None:
            return
        self._name_unit()
        self.plot.setLabel("bottom", said(_YEAR))
        self._label()
        self.say()

    def _name_unit(self) -> None:
        """Write the unit beside the axis, in full where there is room."""
        indicator, language, difference = self.declared, self.desk.language, self._mode == DIFFERENCE
        if indicator is None:
            return
        words, letters = unit_words(language, indicator, difference), self.plot.getAxis("left").label.font()
        if QFontMetricsF(letters).horizontalAdvance(words) > self.plot.getPlotItem().getViewBox().height():
            words = language.unit(unit_of(indicator, difference))
        self.plot.setLabel("left", words)

    def say(self) -> None:
        """Say in words what holds at the line."""
        indicator, language = self.declared, self.desk.language
        if indicator is None:
            return
        if not len(self._years):
            self.tell_nothing_yet()
            return
        where = language.said(cell_text(self.cell, geography_of(self.result.scenario) if self.result else None))
        what = f" · {language.said(DIFFERENCE_WORD)}" if self._mode == DIFFERENCE else ""
        arms = (POLICY, BASELINE) if self._mode == LEVEL else (DIFFERENCE,)
        values = [self._value(band, arm) for band, arm in zip(self._shown, arms, strict=False) if band is not None]
        names = [""] if self._mode == DIFFERENCE else [f"{language.said(text)} " for text in (SCENARIO, BASELINE_WORD)]
        readout = " · ".join(f"{name}{value}" for name, value in zip(names, values, strict=True))
        quarter = self._bands.quarters[self.entry]
        self.tell(f"<b>{language.said(title_of(indicator))}</b>{what} · {where}", f"{quarter}: {readout}")

    def _value(self, band: Band, arm: str) -> str:
        assert self.declared is not None
        low, middle, high = (float(part[self.entry]) for part in (band.low, band.middle, band.high))
        runs, difference = int(band.runs[self.entry]), self._mode == DIFFERENCE
        unknown = UNKNOWN
        if math.isnan(middle):
            unknown = why(self._bands, self.indicator, self.cell, self.entry, arm)
        return value_text(self.desk.language, self.declared, low, middle, high, runs, difference, unknown)

    def rows(self) -> list[Row]:
        """Each quarter with all that is drawn."""
        said = self.desk.language.said
        parts: list[tuple[str, Band]] = [("", band) for band in self._shown[:1] if band is not None]
        if self._mode == LEVEL:
            words = (SCENARIO, BASELINE_WORD)
            parts = [
                (f" {said(text)}", band) for text, band in zip(words, self._shown, strict=True) if band is not None
            ]
        names = [f"{end}{name}" for name, _ in parts for end in ("p05", "p50", "p95", "n")]
        found: list[Row] = [[said(_COLUMNS), *names]]
        for at, quarter in enumerate(self._bands.quarters):
            values = [float(field[at]) for _, band in parts for field in (band.low, band.middle, band.high, band.runs)]
            found.append([quarter, *values])
        return found

    def _hues(self) -> tuple[str, str]:
        colours = self.desk.theme.colours
        return colours.series[0], colours.muted

    def _kept_hues(self) -> list[str]:
        colours = self.desk.theme.colours
        return [*colours.series[1:], colours.text][:MOST_PINNED]  # the first is that of the scenario in work

    def _colour(self) -> None:
        colours, line = self.desk.theme.colours, Qt.PenStyle
        wide = _WIDTH * self._size
        for ribbon, curve, hue, style in zip(
            self._ribbons, self._curves, self._hues(), (line.SolidLine, line.DashLine), strict=True
        ):
            ribbon.set_colour(hue)
            curve.set_pen(hue, wide, style)
        for curve, hue in zip(self._kept, self._kept_hues(), strict=True):
            curve.set_pen(hue, wide * 0.8, line.DashDotLine)
        self._mark.setBrush(pg.mkBrush(colours.text))
        self._mark.setPen(pg.mkPen(colours.surface, width=1.5))
        self._zero.set_pen(colours.text, 1)
        self._line.set_pen(colours.accent, 1, line.DotLine)
        self._retranslate()
