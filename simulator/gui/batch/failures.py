"""Runs that failed: which, how often they were tried, what was said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from simulator.gui.batch.messages import FailedRun
from simulator.gui.desk import Desk
from simulator.quantity import Text

NAME = Text("Failed runs", "Misslyckade körningar")
_HEADS = (
    Text("Run", "Körning"), Text("Case", "Fall"), Text("Seed", "Frö"), Text("Tries", "Försök"),
    Text("What happened", "Vad som hände"), Text("What was said", "Vad som sades"),
)  # fmt: skip
_NONE = Text("No run has failed.", "Ingen körning har misslyckats.")
_MORE = Text("{} of {} failed runs are listed; all are in failures.csv.",
             "{} av {} misslyckade körningar visas; alla finns i failures.csv.")  # fmt: skip
_HOW = Text("They do not stop the others. Choose one to see where in the program it failed.",
            "De hindrar inte de andra. Välj en för att se var i programmet det gick fel.")  # fmt: skip
_DETAILS = Text("Where it failed", "Var det gick fel")
_NOTHING_KNOWN = Text("Nothing is known of where it failed.", "Inget är känt om var det gick fel.")


class FailureList(QWidget):
    """A table of failed runs and the details of one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.note, self.table, self.details = QLabel(), QTableWidget(0, len(_HEADS)), QPlainTextEdit()
        self.note.setWordWrap(True)
        self.details.setReadOnly(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.details)
        split.setSizes([300, 120])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.note)
        column.addWidget(split, 1)
        self._runs: Sequence[FailedRun] = ()
        self._count = 0
        self.table.currentCellChanged.connect(lambda *_: self._show_details())
        words = desk.language.words
        words(self.table, self.table.setAccessibleName, NAME)
        words(self.details, self.details.setAccessibleName, _DETAILS)
        desk.language.follow(self, self._say)

    def show_runs(self, runs: Sequence[FailedRun], count: int) -> None:
        """Show the first of so many failed runs."""
        if (runs, count) != (self._runs, self._count):
            self._runs, self._count = runs, count
            self._say()

    def _say(self) -> None:
        said = self.desk.language.said
        self.table.setHorizontalHeaderLabels([said(head) for head in _HEADS])
        chosen = self.table.currentRow()
        self.table.setRowCount(len(self._runs))
        for row, run in enumerate(self._runs):
            words = (str(run.number), run.case, str(run.seed), str(run.attempts), said(run.kind), run.error)
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        note = _NONE if not self._count else _HOW
        more = said(_MORE).format(len(self._runs), self._count) if self._count > len(self._runs) else ""
        self.note.setText(f"{said(note)} {more}".strip())
        if self._runs:
            self.table.setCurrentCell(max(0, min(chosen, len(self._runs) - 1)), 0)
        self._show_details()

    def _show_details(self) -> None:
        row = self.table.currentRow()
        known = 0 <= row < len(self._runs)
        self.details.setPlainText(
            (self._runs[row].traceback or self.desk.language.said(_NOTHING_KNOWN)) if known else ""
        )
