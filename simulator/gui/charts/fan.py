"""A value over time with its band: the difference to the baseline, or the levels of both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from simulator.gui.charts.canvas import Canvas, Ribbon
from simulator.gui.desk import Desk
from simulator.gui.live.bands import BASELINE, POLICY, REGION, Band, Bands
from simulator.indicators import INDICATORS
from simulator.indicators.declare import Indicator
from simulator.indicators.results import quarter_number
from simulator.quantity import UNITS, Text

DIFFERENCE, LEVEL = "difference", "level"
_WIDTH = 2.2
_YEAR = Text("Year", "År")
_NOT_DETECTABLE = Text("no detectable difference", "ingen påvisbar skillnad")
_UNKNOWN = Text("not known yet", "inte känt ännu")
_POLICY, _BASE = Text("the scenario", "scenariot"), Text("its baseline", "dess basfall")
_TO = Text("to", "till")
_DIFFERENCE = Text("difference to the baseline", "skillnad mot basfallet")
_ACCESSIBLE = Text("Chart over time with band; the text above it tells the values at the chosen quarter",
                   "Diagram över tid med band; texten ovanför anger värdena vid valt kvartal")  # fmt: skip


def years_of(quarters: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Decimal years at which quarters end.

    >>> years_of(("2025Q4", "2026Q1")).tolist()
    [2026.0, 2026.25]
    """
    return np.array([(quarter_number(label) + 1) / 4 for label in quarters])


class FanChart(QWidget):
    """One indicator of one cell over time.

    chosen  the user has clicked at a moment: the entry there
    """

    chosen = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._bands = Bands((), 0)
        self._indicator, self._cell, self._name = "", REGION, ""
        self._mode, self._moment = DIFFERENCE, -1
        self._shown: tuple[Band | None, Band | None] = (None, None)
        self._years = np.empty(0)
        self.title, self.readout = QLabel(), QLabel()
        for label in (self.title, self.readout):
            label.setWordWrap(True)
        self.plot = Canvas(desk, years=True)
        self._fill_plot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.title, self.readout):
            layout.addWidget(part)
        layout.addWidget(self.plot, 1)
        desk.language.words(self.plot, self.plot.setAccessibleName, _ACCESSIBLE)
        desk.theme.follow(self, self._colour)
        desk.language.follow(self, self._retranslate)

    def _fill_plot(self) -> None:
        self._ribbons = (Ribbon(), Ribbon())
        self._curves = (pg.PlotCurveItem(connect="finite"), pg.PlotCurveItem(connect="finite"))
        self._zero = pg.InfiniteLine(0, angle=0)
        self._line = pg.InfiniteLine(0, angle=90)
        self.plot.add(*self._ribbons, self._zero, self._line, *self._curves)
        self.plot.scene().sigMouseClicked.connect(self._clicked)

    # -- what is shown -------------------------------------------------------------------------------------------
    def show_bands(self, bands: Bands, indicator: str, cell: str = REGION, scenario_name: str = "") -> None:
        """Show an indicator of a cell; may be called as often as runs arrive."""
        words_too = (indicator, cell, scenario_name) != (self._indicator, self._cell, self._name)
        if bands.quarters != self._bands.quarters:
            self._years = years_of(bands.quarters)
            if len(self._years):
                self.plot.setXRange(self._years[0], self._years[-1], padding=0.01)
        self._bands, self._indicator, self._cell, self._name = bands, indicator, cell, scenario_name
        self._redraw()
        if words_too:
            self._retranslate()

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
        self._moment = entry
        self._place_line()

    def _redraw(self) -> None:
        bands = self._bands
        if self._mode == DIFFERENCE:
            self._shown = (bands.difference(self._indicator, self._cell), None)
        else:
            levels = (bands.level(arm, self._indicator, self._cell) for arm in (POLICY, BASELINE))
            self._shown = (next(levels), next(levels))
        for ribbon, curve, band in zip(self._ribbons, self._curves, self._shown, strict=True):
            ribbon.set_band(self._years, band if band is not None and band.runs.max(initial=0) > 1 else None)
            curve.setData(self._years, np.full(len(self._years), np.nan) if band is None else band.middle)
        self._zero.setVisible(self._mode == DIFFERENCE)
        self._fit()
        self._place_line()

    def _fit(self) -> None:
        """Make room for all there is; zero belongs to differences."""
        ends = [end for band in self._shown if band is not None for end in (band.low, band.high)]
        known = np.concatenate([end[~np.isnan(end)] for end in ends]) if ends else np.empty(0)
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
        if self._mode == DIFFERENCE:
            low, high = min(low, 0.0), max(high, 0.0)
        least = 10.0 ** -(self._declared.decimals if self._declared else 0)
        if high - low < least:
            low, high = (low + high - least) / 2, (low + high + least) / 2
        self.plot.setYRange(low, high, padding=0.06)

    def _place_line(self) -> None:
        count = len(self._years)
        if count:
            self._line.setPos(self._years[self._entry])
        self._line.setVisible(count > 0)
        self._tell()

    @property
    def _entry(self) -> int:
        count = len(self._years)
        return max(0, min(self._moment if self._moment >= 0 else count + self._moment, count - 1))

    def _clicked(self, event: Any) -> None:
        x = self.plot.getPlotItem().vb.mapSceneToView(event.scenePos()).x()
        if len(self._years):
            self.chosen.emit(int(np.abs(self._years - x).argmin()))

    # -- words and colours ---------------------------------------------------------------------------------------
    @property
    def _declared(self) -> Indicator | None:
        return INDICATORS.get(self._indicator)

    def _unit(self) -> str:
        """Unit of what is shown: shares differ by percentage points."""
        assert self._declared is not None
        return "pp" if self._mode == DIFFERENCE and self._declared.unit == "%" else self._declared.unit

    def _retranslate(self) -> None:
        indicator, said = self._declared, self._desk.language.said
        if indicator is None:
            return
        what = said(_DIFFERENCE)
        if self._mode == LEVEL:
            named = zip(self._hues(), (_POLICY, _BASE), ("—", "- -"), strict=True)
            what = " · ".join(f'<span style="color:{hue}">{line} {said(text)}</span>' for hue, text, line in named)
        self.title.setText(f"<b>{said(indicator.text)}</b> · {what}")
        self.title.setToolTip(said(indicator.help))
        self.plot.setLabel("left", said(UNITS[self._unit()]))
        self.plot.setLabel("bottom", said(_YEAR))
        self._tell()

    def _tell(self) -> None:
        """Say in words what holds at the line."""
        indicator, language = self._declared, self._desk.language
        if indicator is None or not len(self._years):
            self.readout.setText("")
            return
        entry, unit = self._entry, language.unit(self._unit())
        parts = [self._value(band, entry, unit) for band in self._shown if band is not None]
        names = [""] if self._mode == DIFFERENCE else [f"{language.said(text)} " for text in (_POLICY, _BASE)]
        said = " · ".join(f"{name}{part}" for name, part in zip(names, parts, strict=True))
        self.readout.setText(f"{self._bands.quarters[entry]}: {said}")

    def _value(self, band: Band, entry: int, unit: str) -> str:
        assert self._declared is not None
        language, places, difference = self._desk.language, self._declared.decimals, self._mode == DIFFERENCE
        low, middle, high = (
            language.number(float(part[entry]), places, sign=difference) for part in (band.low, band.middle, band.high)
        )
        if math.isnan(band.middle[entry]):
            return language.said(_UNKNOWN)
        if band.runs[entry] < 2:
            return f"{middle} {unit}"
        said = f"{middle} {unit} ({low} {language.said(_TO)} {high})"
        if difference and not band.detectable[entry]:
            said += f", {language.said(_NOT_DETECTABLE)}"
        return said

    def _hues(self) -> tuple[str, str]:
        colours = self._desk.theme.colours
        return colours.series[0], colours.muted

    def _colour(self) -> None:
        colours = self._desk.theme.colours
        for ribbon, curve, hue, style in zip(
            self._ribbons, self._curves, self._hues(), (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine), strict=True
        ):
            ribbon.set_colour(hue)
            curve.setPen(pg.mkPen(hue, width=_WIDTH, style=style))
        self._zero.setPen(_thin(colours.text, Qt.PenStyle.SolidLine))
        self._line.setPen(_thin(colours.accent, Qt.PenStyle.DotLine))
        self._retranslate()


def _thin(colour: str, style: Qt.PenStyle) -> QPen:
    made: QPen = pg.mkPen(colour, width=1, style=style)
    return made
