"""All cases of a batch in one table: the values that differ, how many runs, what comes out in the last year."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView

from simulator.gui.batch.messages import Weight, Weights
from simulator.gui.charts.chart import Chart, Row
from simulator.gui.charts.compare import CompareChart
from simulator.gui.charts.words import FEW_RUNS, NOT_DETECTABLE, UNKNOWN, amount, spanned, title_of
from simulator.gui.desk import Desk
from simulator.gui.live.bands import FEWEST
from simulator.gui.live.session import MOST_PINNED
from simulator.gui.sort_keys import SortKeys
from simulator.indicators import INDICATORS
from simulator.quantity import Text

Index = QModelIndex | QPersistentModelIndex
_DISPLAY, _SORT, _INK = (
    int(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.UserRole, Qt.ItemDataRole.ForegroundRole)
)
_TIP, _ALIGN = int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CASE, _DONE, _FAILED = Text("Case", "Fall"), Text("Runs", "Körningar"), Text("Failed", "Misslyckade")
_CHANGE, _LEVEL = Text("Difference", "Skillnad"), Text("Level", "Nivå")
_SPAN, _WORDS = Text("90 % interval", "90 %-intervall"), Text("In words", "I ord")
_MORE, _LESS = Text("more", "mer"), Text("less", "mindre")
_SEARCH = Text("Search cases…", "Sök fall…")
_OF_DIFFERENCE = Text("difference to the baseline in the last year, mean of the runs",
                      "skillnad mot basfallet under sista året, medel av körningarna")  # fmt: skip
_OF_LEVEL = Text("level in the last year, mean of the runs", "nivå under sista året, medel av körningarna")
_HOW = Text(
    "Choose a case to see it over time; choose several to see them side by side (at most {}).",
    "Välj ett fall för att se det över tid; välj flera för att se dem sida vid sida (högst {}).",
)
_BEFORE = 1
"""Columns before the values that differ."""
_AFTER = 5
_MOST_SAID = 4


class _Model(QAbstractTableModel):
    """Rows are cases."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.weights = Weights("", False, (), ())

    def take(self, weights: Weights) -> None:
        """Show other cases, or other numbers of the same."""
        same = [one.case for one in weights.cases] == [one.case for one in self.weights.cases]
        if same and weights.paths == self.weights.paths:
            self.weights = weights
            self.rewrite()
            return
        self.beginResetModel()
        self.weights = weights
        self.endResetModel()

    def rewrite(self) -> None:
        """Show the same in other words."""
        columns, rows = self.columnCount(), self.rowCount()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, columns - 1)
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, columns - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        """How many cases."""
        return 0 if parent.isValid() else len(self.weights.cases)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        """How many columns."""
        return 0 if parent.isValid() else _BEFORE + len(self.weights.paths) + _AFTER

    def heads(self) -> list[Text]:
        """Names of columns."""
        middle = [text for _, text in self.weights.paths]
        change = _CHANGE if self.weights.difference else _LEVEL
        return [_CASE, *middle, change, _SPAN, _WORDS, _DONE, _FAILED]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 (Qt's)
        """Name of a column; its path beside it."""
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._desk.language.said(self.heads()[section])
        at = section - _BEFORE
        if role == _TIP and 0 <= at < len(self.weights.paths):
            return self.weights.paths[at][0]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """One cell, by what is asked of it."""
        one, column = self.weights.cases[index.row()], index.column()
        if role == _DISPLAY:
            return self.words(one, column)
        if role == _SORT:
            return self.number(one, column)
        if role == _ALIGN and column >= _BEFORE and column != _BEFORE + len(self.weights.paths) + 2:
            return _RIGHT
        if role == _INK and self.weights.difference and not (one.found.detectable and one.found.runs >= FEWEST):
            return QColor(self._desk.theme.colours.muted)
        return None

    def number(self, one: Weight, column: int) -> float | str:
        """What a cell is sorted by; what is unknown comes first."""
        at = column - _BEFORE
        paths = len(self.weights.paths)
        if 0 <= at < paths:
            value = one.values[at]
            return float(value) if isinstance(value, int | float) else -math.inf if value is None else str(value)
        low, high = one.found.low, one.found.high
        numbers = {paths: one.found.mean, paths + 1: high - low, paths + 3: one.done, paths + 4: one.failed}
        if at in numbers:
            return -math.inf if math.isnan(numbers[at]) else float(numbers[at])
        return self.words(one, column)

    def words(self, one: Weight, column: int) -> str:
        """What a cell says."""
        language, at, paths = self._desk.language, column - _BEFORE, len(self.weights.paths)
        indicator = INDICATORS.get(self.weights.indicator)
        if at < 0:
            return one.case
        if at < paths:
            return "" if one.values[at] is None else language.setting(one.values[at])
        if at >= paths + 3:
            return language.number(one.done if at == paths + 3 else one.failed, 0)
        if indicator is None:
            return ""
        difference = self.weights.difference
        if at == paths:
            return amount(language, indicator, one.found.mean, difference)
        if at == paths + 1:
            known = not math.isnan(one.found.low)
            return spanned(language, indicator, one.found.low, one.found.high, difference) if known else ""
        return self._verdict(one)

    def _verdict(self, one: Weight) -> str:
        said, found = self._desk.language.said, one.found
        if not self.weights.difference:
            return ""
        if math.isnan(found.low):
            return said(UNKNOWN)
        if found.runs < FEWEST:
            return said(FEW_RUNS)
        if not found.detectable:
            return said(NOT_DETECTABLE)
        return said(_MORE if found.mean > 0 else _LESS)


class CasesTable(Chart):
    """Cases side by side, to sort, search and choose from.

    marked  names of the cases that are chosen, the current one first
    """

    NAME = Text("By case", "Efter fall")
    HELP = Text("All cases with the values that differ", "Alla fall med de värden som skiljer")

    marked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model = _Model(desk, self)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.model)
        self.shown.setSortRole(_SORT)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.shown.setFilterKeyColumn(-1)
        self.view, self.search = QTableView(), QLineEdit()
        self.view.setModel(self.shown)
        self.view.setSortingEnabled(True)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setAlternatingRowColors(True)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.view.horizontalHeader().setHighlightSections(False)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.shown.setFilterFixedString)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._mark())
        self.view.activated.connect(lambda _: self.picked.emit(self.model.weights.indicator))
        self.column.addWidget(self.search)
        self.column.addWidget(self.view, 1)
        words = desk.language.words
        words(self.search, self.search.setPlaceholderText, _SEARCH)
        words(self.search, self.search.setAccessibleName, _SEARCH)
        words(self.view, self.view.setAccessibleName, self.NAME)
        SortKeys(desk, self.view)
        desk.language.follow(self, self._rewrite)
        desk.theme.follow(self, self.model.rewrite)

    def show_weights(self, weights: Weights) -> None:
        """Show all cases."""
        before, empty = self.model.columnCount(), not self.model.rowCount()
        marked = self.names
        self.model.take(weights)
        if self.model.columnCount() != before or empty:
            self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
            for column in range(self.model.columnCount()):
                self.view.resizeColumnToContents(column)
        self.choose(marked[:1])
        self.say()

    @property
    def names(self) -> list[str]:
        """Names of the cases that are chosen, the current one first."""
        rows = [index.row() for index in self.view.selectionModel().selectedRows()]
        current = self.view.currentIndex().row()
        rows.sort(key=lambda row: row != current)
        return [self.shown.index(row, 0).data() for row in rows][:MOST_PINNED]

    def choose(self, names: list[str]) -> None:
        """Mark the first of these cases, unless it is marked already."""
        if not names or names[0] in self.names:
            return
        for row in range(self.shown.rowCount()):
            if self.shown.index(row, 0).data() == names[0]:
                flags = QItemSelectionModel.SelectionFlag
                where = self.shown.index(row, 0)
                selection = self.view.selectionModel()
                selection.blockSignals(True)
                selection.setCurrentIndex(where, flags.ClearAndSelect | flags.Rows)
                selection.blockSignals(False)
                self.view.viewport().update()
                return

    def described(self, name: str) -> str:
        """The values of a case that differ from those of others."""
        weights = self.model.weights
        one = next((one for one in weights.cases if one.case == name), None)
        if one is None:
            return ""
        said = self.desk.language.said
        values = [self.model.words(one, _BEFORE + at) for at in range(len(weights.paths))]
        named = [f"{said(text)} {value}" for (_, text), value in zip(weights.paths, values, strict=True) if value]
        return ", ".join(named[:_MOST_SAID]) + (", …" if len(named) > _MOST_SAID else "")

    def _mark(self) -> None:
        if self.names:
            self.marked.emit(self.names)

    def say(self) -> None:
        """What is shown, and how to choose."""
        said, indicator = self.desk.language.said, INDICATORS.get(self.model.weights.indicator)
        if indicator is None:
            self.tell_nothing_yet()
            return
        what = said(_OF_DIFFERENCE if self.model.weights.difference else _OF_LEVEL)
        self.tell(f"<b>{said(title_of(indicator))}</b> · {what}", said(_HOW).format(MOST_PINNED))

    def rows(self) -> list[Row]:
        """All cases as sorted, numbers in full."""
        said, paths = self.desk.language.said, len(self.model.weights.paths)
        case, *values, change, _, words, done, failed = (said(text) for text in self.model.heads())
        found: list[Row] = [[case, *values, change, "p05", "p95", words, done, failed]]
        for at in range(self.shown.rowCount()):
            one = self.model.weights.cases[self.shown.mapToSource(self.shown.index(at, 0)).row()]
            decimals = [self.model.words(one, _BEFORE + place) for place in range(paths)]
            ends = [one.found.mean, one.found.low, one.found.high]
            said_so = self.model.words(one, _BEFORE + paths + 2)
            found.append([one.case, *decimals, *ends, said_so, float(one.done), float(one.failed)])
        return found

    def _rewrite(self) -> None:
        self.model.rewrite()
        self.say()


class ChosenCases(CompareChart):
    """The cases that are chosen, side by side."""

    HELP = Text("The chosen cases side by side", "De valda fallen sida vid sida")
    FIRST = Text("shown", "visas")
    HINT = Text(
        "Choose several cases in the table of cases to see them here (at most six).",
        "Välj flera fall i tabellen över fall för att se dem här (högst sex).",
    )
