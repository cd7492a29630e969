"""What each process is at while runs go on: which runs of which cases, since when."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QDateTime, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from simulator.gui.batch.messages import AtWork, Worker
from simulator.gui.desk import Desk
from simulator.quantity import Text
from simulator.wording import duration

NAME = Text("Processes at work", "Processer som arbetar")
_HEADS = (
    Text("Process", "Process"), Text("Case", "Fall"), Text("Runs", "Körningar"), Text("Seeds", "Frön"),
    Text("Try", "Försök"), Text("Since", "Sedan"), Text("Time", "Tid"),
)  # fmt: skip
_STARTING = Text("{} (starting)", "{} (startar)")
_ELSEWHERE = Text("elsewhere", "på annan plats")
_SEVERAL = Text("{} and {} more", "{} och {} till")
_TICK = 1000
_MOST_SEEN, _ROW = 4, 24


class WorkersTable(QTableWidget):
    """A line for each process; how long it has been at its runs is counted on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(0, len(_HEADS))
        self.desk = desk
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._workers: list[tuple[Worker, float, str]] = []
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK)
        self._tick.timeout.connect(self._count)
        desk.language.words(self, self.setAccessibleName, NAME)
        desk.language.follow(self, self._say)

    def show_workers(self, found: AtWork) -> None:
        """Show what they are at now."""
        now = monotonic()
        self._workers = [(one, now - one.seconds, self._clock(one.seconds)) for one in found.workers]
        if self._workers:
            self._tick.start()
        else:
            self._tick.stop()
        self._say()

    @staticmethod
    def _clock(seconds: float) -> str:
        return QDateTime.currentDateTime().addMSecs(-int(1000 * seconds)).toString("HH:mm:ss")

    def _say(self) -> None:
        said = self.desk.language.said
        self.setHorizontalHeaderLabels([said(head) for head in _HEADS])
        self.setRowCount(len(self._workers))
        for row, (one, _, clock) in enumerate(self._workers):
            place = said(_ELSEWHERE) if one.process is None else str(one.process)
            cases = ", ".join(one.cases)
            if one.count > len(one.cases):
                cases = said(_SEVERAL).format(cases, one.count - len(one.cases))
            words = (
                said(_STARTING).format(place) if one.starting else place, cases, _span(one.runs), _span(one.seeds),
                str(one.attempt), clock, "",
            )  # fmt: skip
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(row, column, item)
        seen = min(max(1, len(self._workers)), _MOST_SEEN)
        height = seen * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + height + 2 * self.frameWidth())
        self._count()

    def _count(self) -> None:
        """How long each has been at it."""
        now = monotonic()
        for row, (_, since, _) in enumerate(self._workers):
            item = self.item(row, len(_HEADS) - 1)
            assert item is not None
            item.setText(duration(now - since, self.desk.language.code))

    def close_down(self) -> None:
        """Count no longer."""
        self._tick.stop()


def _span(ends: tuple[int, int]) -> str:
    """From the first number to the last.

    >>> _span((3, 3)), _span((3, 9))
    ('3', '3–9')
    """
    first, last = ends
    return str(first) if first == last else f"{first}–{last}"
