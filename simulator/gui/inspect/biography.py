"""The life of one firm: what it is, how it has grown, what happened to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QListWidget, QVBoxLayout, QWidget

from simulator.agents.firm_words import FRACTIONS, PARTNERS, TOLD, label
from simulator.agents.world import EVENTS
from simulator.gui.charts.canvas import Canvas
from simulator.gui.charts.strokes import Curve, Rule
from simulator.gui.desk import Desk
from simulator.gui.inspect.columns import FirmColumn
from simulator.gui.inspect.history import SIZE_CLASS, Event, History
from simulator.gui.language import Language
from simulator.indicators.results import quarter_number
from simulator.quantity import Text

DRAWN = ("employment", "digital_level")
_NONE = Text("Choose a firm in the table or among the points to read its life.",
             "Välj ett företag i tabellen eller bland punkterna för att läsa dess liv.")  # fmt: skip
_FIRM = Text("Synthetic firm {}", "Syntetiskt företag {}")
_LIFE = Text("What happened to the firm", "Vad som hände företaget")
_NOTHING = Text("Nothing is noted about this firm.", "Inget är noterat om detta företag.")
_GONE = Text("no longer there at {}", "finns inte kvar {}")
_NOT_YET = Text("not founded yet at {}", "inte grundat ännu {}")
_THERE = Text("At work already", "Redan verksamt")
_PLOT, _LIST = 82, 44
_TITLES = {name: label(name) for name in DRAWN}
_TOLD_OF = ("municipality", "industry", SIZE_CLASS)


class Biography(QWidget):
    """What is known of one firm."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._history: History | None = None
        self._columns: tuple[FirmColumn, ...] = ()
        self._firm, self._place = -1, 0
        self.title, self.life = QLabel(), QListWidget()
        self.title.setWordWrap(True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.title.setMinimumHeight(2 * self.title.fontMetrics().lineSpacing())
        self.life.setObjectName("plain")
        self.life.setWordWrap(True)
        self.life.setMinimumHeight(_LIST)
        self.plots: dict[str, Canvas] = {}
        self._curves = {"employment": Curve(), "digital_level": Curve(steps=True)}
        self._nows = {name: Rule(upright=True) for name in DRAWN}
        self._names = {name: QLabel() for name in DRAWN}
        charts = self._charts = QWidget()
        self._grid = QGridLayout(charts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        for place, name in enumerate(DRAWN):
            self._grid.addWidget(self._names[name], 0, place)
            self._grid.setColumnStretch(place, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(charts)
        layout.addWidget(self.life, 1)
        desk.language.words(self.life, self.life.setAccessibleName, _LIFE)
        for name, text in _TITLES.items():
            desk.language.words(self._names[name], self._names[name].setText, text)
        desk.language.follow(self, self._write)
        desk.theme.follow(self, self._colour)

    def make_more(self) -> bool:
        """Make one more plot, before there is a firm or when there is one; whether it was missing."""
        name = next((each for each in DRAWN if each not in self.plots), None)
        if name is None:
            return False
        plot = self.plots[name] = Canvas(self._desk, years=True)
        plot.setFixedHeight(_PLOT)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.add(self._curves[name], self._nows[name])
        self._grid.addWidget(plot, 1, DRAWN.index(name))
        self._desk.language.words(plot, plot.setAccessibleName, _TITLES[name])
        return True

    def show_firm(self, history: History | None, columns: Sequence[FirmColumn], firm: int, place: int) -> None:
        """Tell of another firm; `place` is the frame that is looked at."""
        while self.make_more():
            pass
        self._history, self._columns, self._firm = history, tuple(columns), firm
        self.set_moment(place)
        self._draw()
        self._write()

    def set_moment(self, place: int) -> None:
        """Look at another frame."""
        self._place = place
        if self._history is not None and self._history.frames:
            for line in self._nows.values():
                line.set_value(_year(self._history.label(place)))
            self._entitle()

    @property
    def _known(self) -> bool:
        return self._history is not None and self._firm >= 0 and self._history.last_seen(self._firm) is not None

    def _draw(self) -> None:
        self._charts.setVisible(self._known)
        self.life.setVisible(self._known)
        if self._history is None or not self._known:
            return
        years = np.array([_year(self._history.label(place)) for place in range(len(self._history.frames))])
        for name, values in self._history.over_time(self._firm, DRAWN).items():
            self._curves[name].set_points(years, values)
            top = 3.0 if name == "digital_level" else float(np.nanmax(values))
            self.plots[name].setXRange(years[0], years[-1] + 1e-3, padding=0.02)
            self.plots[name].setYRange(0, max(top, 1.0) * 1.2, padding=0.02)

    def _entitle(self) -> None:
        said = self._desk.language.said
        if self._history is None or not self._known:
            self.title.setText(said(_NONE))
            return
        seen = self._history.last_seen(self._firm)
        assert seen is not None
        frame, row = self._history.frames[self._place], self._history.frames[self._place].row(self._firm)
        words = [f"<b>{said(_FIRM).format(self._firm)}</b>"]
        shown, at = (frame, row) if row >= 0 else seen
        words += [
            column.said(self._desk.language, shown.of(column.name)[at])
            for column in self._columns
            if column.name in _TOLD_OF
        ]
        if row < 0:
            text = _GONE if seen[0].entry < frame.entry else _NOT_YET
            words.append(said(text).format(self._history.label(self._place)))
        self.title.setText(" · ".join(words))

    def _write(self) -> None:
        self._entitle()
        self.life.clear()
        if self._history is None or not self._known or self._history.events is None:
            return
        said = self._desk.language.said
        lines = [
            f"{self._history.labels[event.entry]}  {told(event, self._desk.language)}"
            for event in self._history.events.of(self._firm)
        ]
        if self._history.frames[0].row(self._firm) >= 0:
            lines.insert(0, f"{self._history.labels[0]}  {said(_THERE)}")
        self.life.addItems(lines or [said(_NOTHING)])

    def _colour(self) -> None:
        colours = self._desk.theme.colours
        for name in DRAWN:
            self._curves[name].set_pen(colours.series[0], 2)
            self._nows[name].set_pen(colours.muted, 1)


def told(event: Event, language: Language) -> str:
    """An event in words, with its value and the measure behind it."""
    value = language.number(event.value, 1 if event.name in FRACTIONS else 0)
    if event.name in PARTNERS:
        value = f"{event.value:.0f}"
    words = language.said(TOLD.get(event.name, EVENTS[event.name])).format(value)
    return f"{words} ({event.measure})" if event.measure else words


def _year(label: str) -> float:
    """The end of a quarter as a year with its fraction."""
    return (quarter_number(label) + 1) / 4
