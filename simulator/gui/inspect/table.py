"""Firms in rows, sorted by a click on a heading."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from simulator.gui.desk import Desk
from simulator.gui.inspect.columns import FirmColumn
from simulator.gui.inspect.history import FIRM, Array, Frame
from simulator.gui.inspect.row_filter import in_order
from simulator.gui.sort_keys import SortKeys
from simulator.quantity import Text

Index = QModelIndex | QPersistentModelIndex
_DISPLAY, _ALIGN, _TIP = (
    int(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole, Qt.ItemDataRole.ToolTipRole)
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TABLE = Text("Firms", "Företag")
_ROOM, _SIDES, _ARROW, _LETTERS = 7, 28, 10, 15
_WIDEST, _NARROWEST = 180, 56
_LOOKED_AT = 200


class FirmModel(QAbstractTableModel):
    """Rows are the firms that are kept, in order.

    columns  shown        rows  of the frame
    order    name of the column that they are sorted by, and whether the largest come first
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.columns: tuple[FirmColumn, ...] = ()
        self.frame: Frame | None = None
        self.rows: Array = np.empty(0, np.intp)
        self._kept: Array = np.empty(0, np.intp)
        self._values: list[Array] = []
        self.order: tuple[str, bool] = (FIRM, False)

    def show(self, frame: Frame | None, kept: Array, columns: Sequence[FirmColumn]) -> None:
        """Show other firms or other columns; `kept` (size,) says which."""
        self.beginResetModel()
        self.frame, self.columns = frame, tuple(columns)
        self._kept = np.flatnonzero(kept)
        self._values = [] if frame is None else [frame.of(column.name) for column in columns]
        self._place()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        if not 0 <= column < len(self.columns):
            return
        self.layoutAboutToBeChanged.emit()
        self.order = (self.columns[column].name, order == Qt.SortOrder.DescendingOrder)
        self._place()
        self.layoutChanged.emit()

    def _place(self) -> None:
        name, descending = self.order
        column = next((each for each in self.columns if each.name == name), None)
        self.rows = self._kept
        if column is not None and self.frame is not None:
            self.rows = in_order(self._kept, column.keys(self.frame, self._desk.language), descending)

    def firm(self, row: int) -> int:
        """Number of the firm in a row."""
        assert self.frame is not None
        return int(self.frame.of(FIRM)[self.rows[row]])

    def row_of(self, firm: int) -> int:
        """Row of a firm, -1 when it is not shown."""
        place = -1 if self.frame is None else self.frame.row(firm)
        found = np.flatnonzero(self.rows == place)
        return int(found[0]) if place >= 0 and len(found) else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        """How many firms."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 (Qt's)
        """Names of columns with their units, and what they mean."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return "\n".join(wrapped(self.columns[section].heading(self._desk.language)))
        return self.columns[section].about(self._desk.language) if role == _TIP else None

    def data(self, index: Index, role: int = 0) -> Any:
        """One cell."""
        if role == _DISPLAY:
            return self.words(index.row(), index.column())
        if role == _ALIGN and not self.columns[index.column()].words:
            return _RIGHT
        return None

    def words(self, row: int, column: int) -> str:
        """What a cell says."""
        return self.columns[column].said(self._desk.language, self._values[column][self.rows[row]])


class FirmTable(QTableView):
    """The table.

    picked  the user has chosen a firm: its number
    """

    picked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.shown = FirmModel(desk, self)
        self.setModel(self.shown)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROOM)
        self.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setHighlightSections(False)
        self.setSortingEnabled(True)
        self._quiet = False
        self._names: tuple[str, ...] = ()
        self._firm = -1
        self.shown.layoutChanged.connect(lambda: self.mark(self._firm, seek=False))
        self.selectionModel().currentRowChanged.connect(self._chosen)
        desk.language.words(self, self.setAccessibleName, _TABLE)
        SortKeys(desk, self)

    def show_firms(self, frame: Frame | None, kept: Array, columns: Sequence[FirmColumn], firm: int) -> None:
        """Show other firms; `firm` stays marked where it is among them."""
        self._quiet = True
        self.shown.show(frame, kept, columns)
        names = tuple(column.name for column in columns)
        if frame is not None and names != self._names:
            self._names = names
            self._fit()
            self._point_out()
        self.mark(firm, seek=False)
        self._quiet = False

    def mark(self, firm: int, seek: bool = True) -> None:
        """Mark the row of a firm, and bring it into sight when somebody `seek`s it; nothing is told."""
        before, self._quiet, self._firm = self._quiet, True, firm
        row = self.shown.row_of(firm)
        if row < 0:
            self.selectionModel().clear()
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            place = max(0, self.currentIndex().column())
            self.selectionModel().setCurrentIndex(self.shown.index(row, place), flags)
        if row >= 0 and seek:
            self.scrollTo(self.shown.index(row, max(0, self.currentIndex().column())))
        self._quiet = before

    def _chosen(self, now: QModelIndex) -> None:
        if now.isValid() and not self._quiet:
            self._firm = self.shown.firm(now.row())
            self.picked.emit(self._firm)

    def _point_out(self) -> None:
        """Show by which heading the rows are sorted, wherever that is now."""
        name, descending = self.shown.order
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(self._names.index(name) if name in self._names else -1, order)

    def _fit(self) -> None:
        """Give columns the width of their words, as far as there is room."""
        metrics = QFontMetrics(self.font())
        for place, column in enumerate(self.shown.columns):
            said = [self._desk.language.said(word) for word in column.words]
            if not said:
                said = [self.shown.words(row, place) for row in range(min(len(self.shown.rows), _LOOKED_AT))]
            inside = max((metrics.horizontalAdvance(words) for words in said), default=0)
            lines = wrapped(column.heading(self._desk.language))
            head = max(metrics.horizontalAdvance(line) for line in lines)
            wanted = max(inside + _SIDES, head + _SIDES + _ARROW * (len(lines) < 2))
            self.setColumnWidth(place, max(_NARROWEST, min(wanted, _WIDEST)))


def wrapped(heading: str) -> list[str]:
    """A heading in lines, so that columns of small numbers stay narrow."""
    return textwrap.wrap(heading, _LETTERS, break_long_words=False)
