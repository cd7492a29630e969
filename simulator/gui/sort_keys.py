"""Tables sorted from the keyboard: their headings cannot be reached by it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

from simulator.gui.desk import Desk
from simulator.quantity import Text

_ORDERS = {int(Qt.Key.Key_Up): Qt.SortOrder.AscendingOrder, int(Qt.Key.Key_Down): Qt.SortOrder.DescendingOrder}
RISING = Text("Table: sort by the marked cell's column, smallest first",
              "Tabell: sortera efter den markerade cellens kolumn, minst först")  # fmt: skip
FALLING = Text("Table: sort by the marked cell's column, largest first",
               "Tabell: sortera efter den markerade cellens kolumn, störst först")  # fmt: skip
_HELP = Text(
    "Click a heading to sort; or go to a cell of the column with the arrow keys and press Alt+↑ or Alt+↓.",
    "Klicka på en rubrik för att sortera; eller gå till en cell i kolumnen med piltangenterna och tryck Alt+↑ eller "
    "Alt+↓.",
)


class SortKeys(QObject):
    """Sorts a table by the column of the cell that is marked: Alt+Up smallest first, Alt+Down largest first."""

    def __init__(self, desk: Desk, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        view.installEventFilter(self)
        head = view.horizontalHeader()
        desk.language.words(head, head.setToolTip, _HELP)
        desk.language.words(view, view.setAccessibleDescription, _HELP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Take the two keys."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self._view:
            order = _ORDERS.get(event.key())
            if order is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._sort(order)
                return True
        return False

    def _sort(self, order: Qt.SortOrder) -> None:
        column = self._view.currentIndex().column()
        self._view.sortByColumn(column if column >= 0 else self._view.columnAt(0), order)
        self._view.scrollTo(self._view.currentIndex())
