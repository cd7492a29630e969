"""The groups' proposals side by side, with what was expected of each."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from simulator.gui.desk import Desk
from simulator.gui.live.session import MOST_PINNED
from simulator.gui.workshop.notes_table import NotesTable
from simulator.gui.workshop.proposals_chart import Proposal, ProposalsChart
from simulator.gui.workshop.record import Note
from simulator.gui.workshop.session import WorkshopSession
from simulator.quantity import Text

_HINT = Text(
    "◆ prediction · bar: 90 % interval at the end · ↑ ↓ a proposal with its band · ← → another indicator · Delete: out "
    "of the picture or in again",
    "◆ förutsägelse · stapel: 90 %-intervall i slutet · ↑ ↓ ett förslag med sitt band · ← → en annan indikator · "
    "Delete: ur bilden eller in igen",
)
_LINES = 9
_PRESENT = Text("{} (now)", "{} (nu)")
_STEPS = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Left): -1}


class Comparison(QWidget):
    """A picture of the latest proposals above a table of all notes."""

    def __init__(self, desk: Desk, session: WorkshopSession) -> None:
        super().__init__()
        self._desk, self._session, self._at = desk, session, 0
        self.chart, self.table, self._hint = ProposalsChart(desk), NotesTable(desk, brief=True), QLabel()
        self._hint.setObjectName("muted")
        self._hint.setWordWrap(True)
        desk.language.words(self._hint, self._hint.setText, _HINT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.chart, self.table):  # whatever they would like to have
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        column.addWidget(self.chart, 5)
        column.addWidget(self.table, 3)
        column.addWidget(self._hint)
        self.table.itemSelectionChanged.connect(self._draw)

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
        """Compare anew."""
        self._draw()
        self.table.show_notes(
            self._session.record_file.record.notes, self.indicator, self._session.handles, self.chart.hues()
        )

    def set_letters(self, font: QFont) -> None:
        """Write in the picture in a font; the table has room for three lines at least."""
        self.chart.set_letters(font)
        self.table.setMinimumHeight(_LINES * font.pixelSize())

    def _draw(self) -> None:
        chosen, present = self.table.chosen, self._present()
        proposals = [*present, *(self._proposal(note) for note in self._drawn())]
        of_now = bool(present) and (chosen is None or chosen is self._session.note)
        name = present[0].name if of_now else "" if chosen is None else chosen.name
        self.chart.show_proposals(proposals, self.indicator, self._session.mode, name)

    def _drawn(self) -> list[Note]:
        """The latest proposals that nobody has taken out of the picture."""
        known = (note for note in self._session.record_file.record.notes if self.indicator in note.outcomes)
        return [note for note in known if note.name and note.drawn][-MOST_PINNED:]

    def _proposal(self, note: Note) -> Proposal:
        name = self.indicator
        return Proposal(
            note.name, note.curves.get(name), note.outcomes[name], note.predictions.get(name, math.nan)
        )  # fmt: skip

    def _present(self) -> list[Proposal]:
        """The mix on the sliders, unless it is covered or a proposal already."""
        session, note = self._session, self._session.note
        curves = session.curves(self.indicator)
        if curves is None or session.covered or (note is not None and note.name):
            return []
        predicted = math.nan if note is None else note.predictions.get(self.indicator, math.nan)
        name = self._desk.language.said(_PRESENT).format(self._desk.live.name)
        return [Proposal(name, curves, session.outcome(self.indicator), predicted)]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Other indicators, and letting go; what is neither goes on to the stage."""
        if event.key() in _STEPS:
            self._at += _STEPS[event.key()]
            self.refresh()
        elif event.key() == Qt.Key.Key_Delete:
            self._session.draw_or_not(self.table.chosen)
        else:
            super().keyPressEvent(event)
