"""The list of what is wrong with the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from simulator.gui.desk import Desk
from simulator.quantity import Text
from simulator.scenario import Problem

_NAME = Text("Faults and warnings", "Fel och varningar")
_NONE = Text("No faults: the scenario can be run.", "Inga fel: scenariot kan köras.")
_LINE = Text("Line {line}", "Rad {line}")
_FAULT, _WARNING = Text("Fault", "Fel"), Text("Warning", "Varning")
_HOW = Text("Press Enter or click to go to the place in the text", "Tryck Retur eller klicka för att gå till stället")


class FaultList(QListWidget):
    """One line for each fault; `chosen` brings line and column of the one that is clicked."""

    chosen = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("faults")
        self.setWordWrap(True)
        self.setTextElideMode(self.textElideMode().ElideNone)
        desk.language.words(self, self.setAccessibleName, _NAME)
        desk.language.words(self, self.setToolTip, _HOW)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self._problems: Sequence[Problem] = ()
        desk.theme.follow(self, self.refresh)
        desk.language.follow(self, self.refresh)

    def refresh(self) -> None:
        """Show what the document's last reading found."""
        check, said = self.desk.document.check, self.desk.language.said
        colours = self.desk.theme.colours
        broken = check.scenario is None
        self._problems = check.problems
        self.clear()
        if not check.problems:
            self.addItem(said(_NONE) if check.text else "")
        for problem in check.problems:
            own = self.desk.document.holds(problem.place)
            where = said(_LINE).format(line=problem.line) if own else problem.place.said()
            kind = said(_FAULT if broken else _WARNING)
            wrong, allowed = said(problem.message), said(problem.allowed)
            parts = [where, problem.path, f"{wrong}; {allowed}" if allowed else wrong]
            item = QListWidgetItem(f"{kind} · " + " · ".join(part for part in parts if part))
            item.setForeground(QColor(colours.error if broken else colours.warning))
            self.addItem(item)

    def go(self, step: int) -> None:
        """Go to the next fault of the text, or the one before."""
        if self._problems:
            here = max(self.currentRow(), -1 if step > 0 else 0)  # with none in hand: the first, or the last
            self.setCurrentRow((here + step) % len(self._problems))
            self._choose(self.currentItem())

    def _choose(self, item: QListWidgetItem) -> None:
        row = self.row(item)
        if row < len(self._problems) and self.desk.document.holds(self._problems[row].place):
            self.chosen.emit(self._problems[row].line, self._problems[row].column)
