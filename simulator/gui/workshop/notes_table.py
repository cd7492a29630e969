"""All that was noted in a workshop, one line each: prediction and result of one indicator side by side."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from simulator.gui.desk import Desk
from simulator.gui.live.handles import Handle
from simulator.gui.workshop.record import Note
from simulator.gui.workshop.wording import model_text, noted_text, positions_text
from simulator.indicators import INDICATORS
from simulator.quantity import Text

_HEADS = (
    Text("Time", "Tid"), Text("Group", "Grupp"), Text("Proposal", "Förslag"), Text("Prediction", "Förutsägelse"),
    Text("The model says", "Modellen säger"),
)  # fmt: skip
_TIME, _GROUP, _PROPOSAL, _PREDICTION, _MODEL = range(len(_HEADS))
_SHARES = {_TIME: 0.2, _GROUP: 0.18, _PROPOSAL: 0.2, _PREDICTION: 0.22}
_ABOUT = Text("Notes of the workshop", "Workshopens anteckningar")
_NONE = Text("–", "–")
_NO_HUES: Mapping[str, str] = MappingProxyType({})
_OWN = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class NotesTable(QTableWidget):
    """Notes, the latest first; `brief` leaves out when it was."""

    def __init__(self, desk: Desk, brief: bool) -> None:
        super().__init__(0, len(_HEADS))
        self._desk, self._brief = desk, brief
        self._notes: list[Note] = []
        self._known: Mapping[str, Handle] = {}
        self._indicator = ""
        self._hues = _NO_HUES
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(_MODEL, QHeaderView.ResizeMode.Stretch)
        self.setColumnHidden(_TIME, brief)
        desk.language.words(self, self.setAccessibleName, _ABOUT)
        desk.language.follow(self, self._rewrite)

    def show_notes(
        self, notes: list[Note], indicator: str, known: Mapping[str, Handle], hues: Mapping[str, str] = _NO_HUES
    ) -> None:
        """Show what was said of an indicator; `known` sliders have names, proposals in a picture have their hues."""
        chosen = self.chosen
        self._notes, self._indicator, self._known, self._hues = notes[::-1], indicator, known, hues
        self._rewrite()
        row = next((at for at, note in enumerate(self._notes) if note is chosen), None)
        if row is not None and row != self.currentRow():
            self.selectRow(row)

    @property
    def chosen(self) -> Note | None:
        """The note that is selected."""
        rows = self.selectionModel().selectedRows()
        return self._notes[rows[0].row()] if rows else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave to the stage what is its: letters, too."""
        if self._brief and event.key() not in _OWN:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _rewrite(self) -> None:
        said = self._desk.language.said
        self.setHorizontalHeaderLabels([said(head) for head in _HEADS])
        if self.rowCount() != len(self._notes):
            self.setRowCount(len(self._notes))
        for row, note in enumerate(self._notes):
            hue = self._hues.get(note.name)
            for column, words in enumerate(self._cells(note)):
                item = QTableWidgetItem(words)
                item.setToolTip(escape(positions_text(self._desk.language, note, self._known)))
                if column == _PROPOSAL and hue is not None:
                    item.setData(Qt.ItemDataRole.DecorationRole, QColor(hue))
                self.setItem(row, column, item)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Share the room anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Each column as wide as it would like to be, or its share; what the model says takes the rest."""
        for column, share in _SHARES.items():
            wanted = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
            self.setColumnWidth(column, min(wanted, round(share * self.viewport().width())))
        self.resizeRowsToContents()

    def _cells(self, note: Note) -> tuple[str, ...]:
        language, indicator = self._desk.language, INDICATORS.get(self._indicator)
        none = language.said(_NONE)
        outcome = note.outcomes.get(self._indicator)
        expected = none if indicator is None else noted_text(language, indicator, note)
        model = none if indicator is None or outcome is None else model_text(language, indicator, outcome)
        return note.when[5:16].replace("T", " "), note.group, note.name or none, expected, model
