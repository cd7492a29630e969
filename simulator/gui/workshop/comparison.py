"""The groups' proposals side by side, with what was expected of each."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from simulator.gui.charts.chart import current
from simulator.gui.charts.compare import CompareChart, Line
from simulator.gui.desk import Desk
from simulator.gui.live.bands import Band
from simulator.gui.live.session import MOST_PINNED
from simulator.gui.workshop.notes_table import NotesTable
from simulator.gui.workshop.session import WorkshopSession
from simulator.quantity import Text

_HINT = Text(
    "◆ prediction · ← → another indicator · ↑ ↓ a line · Delete takes the line's proposal out of the picture (it stays "
    "in the notes)",
    "◆ förutsägelse · ← → en annan indikator · ↑ ↓ en rad · Delete tar radens förslag ur bilden (det finns kvar i "
    "anteckningarna)",
)
_STEPS = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Left): -1}


class Comparison(QWidget):
    """A picture of the latest proposals above a table of all notes."""

    def __init__(self, desk: Desk, session: WorkshopSession) -> None:
        super().__init__()
        self._desk, self._session, self._at = desk, session, 0
        self._gone: set[str] = set()
        self.chart, self.table, self._hint = CompareChart(desk), NotesTable(desk, brief=True), QLabel()
        self._hint.setObjectName("muted")
        self._hint.setWordWrap(True)
        desk.language.words(self._hint, self._hint.setText, _HINT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chart, 3)
        column.addWidget(self.table, 2)
        column.addWidget(self._hint)

    @property
    def indicator(self) -> str:
        """What is compared."""
        return self._session.charts[self._at % len(self._session.charts)]

    def open(self) -> None:
        """Show what there is, ready for the arrows."""
        self.refresh()
        self.table.setFocus()
        if self.table.rowCount():
            self.table.selectRow(0)

    def refresh(self) -> None:
        """Compare anew; what is covered is not shown here either."""
        live, notes = self._desk.live, self._session.record_file.record.notes
        kept = any(one.bands is live.bands for one in live.pinned)
        present = not (self._session.covered or live.behind or kept)
        predicted = {
            note.name: note.predictions[self.indicator] for note in notes if self.indicator in note.predictions
        }
        if (note := self._session.note) is not None and self.indicator in note.predictions and not note.name:
            predicted[self.chart.name_of_present(current(live))] = note.predictions[self.indicator]
        self.chart.set_noted(predicted, present, self._earlier())
        self.chart.show_result(current(live), self.indicator)
        self.chart.set_pinned(live.pinned)
        self.table.show_notes(notes, self.indicator, self._session.handles)

    def _earlier(self) -> list[Line]:
        """Proposals of a day before, of which only the numbers are there; the latest, as far as there is room."""
        pinned = {one.name for one in self._desk.live.pinned}
        found = []
        for note in self._session.record_file.record.notes:
            outcome = note.outcomes.get(self.indicator)
            if note.name and outcome is not None and note.name not in pinned | self._gone:
                low, middle, high = (np.array([value]) for value in (outcome.low, outcome.middle, outcome.high))
                runs = Text(f"{outcome.runs} runs · {outcome.quarter}", f"{outcome.runs} körningar · {outcome.quarter}")
                band = Band(low, middle, high, np.array([outcome.runs]))
                found.append(Line(note.name, outcome.quarter, band, runs, math.nan, note.digest))
        room = MOST_PINNED - len(pinned)
        return found[-room:] if room > 0 else []

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Other indicators, and letting go; what is neither goes on to the stage."""
        if event.key() in _STEPS:
            self._at += _STEPS[event.key()]
            self.refresh()
        elif event.key() == Qt.Key.Key_Delete:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def _let_go(self) -> None:
        note = self.table.chosen
        if note is not None and note.name:
            self._gone.add(note.name)
            self._desk.live.unpin(note.name)
            self.refresh()
