"""All indicators of a cell at a moment, as a table that can be sorted and searched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLineEdit, QTableView

from simulator.gui.charts.chart import Chart, Row
from simulator.gui.charts.reading import DIFFERENCE, arms_at, geography_of
from simulator.gui.charts.unknown import Why, whys
from simulator.gui.charts.words import (
    FEW_RUNS,
    NOT_DETECTABLE,
    UNKNOWN,
    cell_text,
    places,
    runs_text,
    spanned,
    title_of,
    unit_of,
)
from simulator.gui.desk import Desk
from simulator.gui.live.bands import Band
from simulator.gui.sort_keys import SortKeys
from simulator.indicators import INDICATORS
from simulator.indicators.declare import TOPICS, Indicator
from simulator.quantity import Text

Index = QModelIndex | QPersistentModelIndex
_SORT, _DISPLAY, _TIP, _ALIGN, _INK = (
    int(role)
    for role in (
        Qt.ItemDataRole.UserRole,
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ForegroundRole,
    )
)
"""Plain numbers: the view asks thousands of times in each repaint."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TOPIC_PLACES = {topic: place for place, topic in enumerate(TOPICS)}
_HEADS = (
    Text("Indicator", "Indikator"), Text("Unit", "Enhet"), Text("Baseline", "Basfall"), Text("Scenario", "Scenario"),
    Text("Difference", "Skillnad"), Text("Band, 5 to 95 %", "Band, 5 till 95 %"), Text("In words", "I ord"),
    Text("Topic", "Ämne"),
)  # fmt: skip
_KEY, _RUNS = Text("Name in files", "Namn i filer"), Text("Runs", "Körningar")
_NAME, _UNIT, _BASE, _WITH, _CHANGE, _BAND, _WORDS, _TOPIC = range(len(_HEADS))
_WIDTHS = (38, 12, 13, 13, 23, 25, 28)
"""In letters; the topic takes the rest."""
_SEARCH = Text("Search indicators…", "Sök indikatorer…")
_ROOM = 7
_MORE, _LESS = Text("more", "mer"), Text("less", "mindre")
_BETTER, _WORSE = Text("better", "bättre"), Text("worse", "sämre")


class _Model(QAbstractTableModel):
    """Rows are indicators."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.indicators: list[Indicator] = list(INDICATORS.values())
        self.bands: tuple[Band, Band, Band] | None = None
        self._whys: Sequence[Why | None] = ()

    def take(self, bands: tuple[Band, Band, Band] | None, reasons: Sequence[Why | None] = ()) -> None:
        """Show other numbers, with the reasons why some are not known."""
        self.bands, self._whys = bands, reasons
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(_HEADS) - 1))

    def rewrite(self) -> None:
        """Show the same in another language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_HEADS) - 1)
        self.take(self.bands, self._whys)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        """How many indicators."""
        return 0 if parent.isValid() else len(self.indicators)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        """How many columns."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 (Qt's)
        """Names of columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._desk.language.said(_HEADS[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """One cell, by what is asked of it."""
        row, column = index.row(), index.column()
        if role == _DISPLAY:
            return self.words(row, column)
        if role == _SORT:
            return self.number(row, column)
        if role == _TIP:
            one, said = self.indicators[row], self._desk.language.said
            return f"{said(title_of(one))}: {said(one.help)}"
        if role == _ALIGN and _BASE <= column <= _BAND:
            return _RIGHT
        if role == _INK and _CHANGE <= column <= _WORDS and not self._sure(row):
            return QColor(self._desk.theme.colours.muted)
        return None

    def _sure(self, row: int) -> bool:
        return self.bands is not None and bool(self.bands[2].detectable[row])

    def number(self, row: int, column: int) -> float | str:
        """What a cell is sorted by; unknown numbers come first."""
        if column in (_BASE, _WITH, _CHANGE, _BAND) and self.bands is not None:
            base, with_it, change = self.bands
            if column == _BAND:
                value = float(change.high[row] - change.low[row])
            else:
                value = float({_BASE: base, _WITH: with_it, _CHANGE: change}[column].middle[row])
            return -math.inf if math.isnan(value) else value
        if column == _TOPIC:
            return f"{_TOPIC_PLACES[self.indicators[row].topic]:03d}{row:04d}"
        return self.words(row, column)

    def words(self, row: int, column: int) -> str:
        """What a cell says."""
        one, language = self.indicators[row], self._desk.language
        always = {_TOPIC: TOPICS[one.topic], _NAME: title_of(one)}
        if column in always:
            return language.said(always[column])
        if column == _UNIT:
            return language.unit(one.unit)
        if self.bands is None:
            return ""
        base, with_it, change = self.bands
        if column in (_BASE, _WITH):
            return language.number(float((base if column == _BASE else with_it).middle[row]), one.decimals)
        value = float(change.middle[row])
        if column == _CHANGE:
            shown = one.unit == "%" and not math.isnan(value)
            unit = language.unit(unit_of(one, difference=True)) if shown else ""
            return f"{language.number(value, places(one, difference=True), sign=True)} {unit}".strip()
        low, high = float(change.low[row]), float(change.high[row])
        if column == _BAND:
            return (
                "" if math.isnan(value) or not change.told[row] else spanned(language, one, low, high, difference=True)
            )
        return self._verdict(row, value)

    def _verdict(self, row: int, value: float) -> str:
        said, one = self._desk.language.said, self.indicators[row]
        assert self.bands is not None
        if math.isnan(value):
            reason = self._whys[row]
            return said(UNKNOWN if reason is None else reason.value)
        if not self.bands[2].told[row]:
            return said(FEW_RUNS)
        if not self._sure(row):
            return said(NOT_DETECTABLE)
        way = said(_MORE if value > 0 else _LESS)
        if not one.better:
            return way
        return f"{way}, {said(_BETTER if value * one.better > 0 else _WORSE)}"


class _Rows(QSortFilterProxyModel):
    """Keeps rows whose topic, name or definition holds all words sought, in either language."""

    def __init__(self, model: _Model, parent: QObject) -> None:
        super().__init__(parent)
        self.setSourceModel(model)
        self.setSortRole(_SORT)
        self._model = model
        self._sought: list[str] = []

    def seek(self, words: str) -> None:
        """Keep rows that hold these words."""
        self._sought = words.casefold().split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:  # noqa: N802 (Qt's name)
        """Whether a row is kept."""
        return holds(self._model.indicators[row], self._sought)


def holds(indicator: Indicator, sought: list[str]) -> bool:
    """Whether an indicator's name, label, topic or definition in either language holds all words sought."""
    texts = (indicator.text, TOPICS[indicator.topic], indicator.help)
    said = " ".join([indicator.name, indicator.code, *(part for text in texts for part in text)]).casefold()
    return all(word in said for word in sought)


class ResultTable(Chart):
    """Everything at once. `picked` is sent with the name of an indicator that is chosen.

    selected  another row is marked
    """

    NAME = Text("Table", "Tabell")
    HELP = Text("All indicators at the chosen quarter", "Alla indikatorer vid valt kvartal")
    ABOUT = Text(
        "The run in the middle at the chosen quarter; differences run by run on equal luck. Press Enter or double-"
        "click to choose an indicator for the other charts.",
        "Körningen i mitten vid valt kvartal; skillnader körning för körning med samma slump. Tryck retur eller "
        "dubbelklicka för att välja en indikator för de andra diagrammen.",
    )
    OF_ONE = False

    selected = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model = _Model(desk, self)
        self.shown = _Rows(self.model, self)
        self.view, self.search = QTableView(), QLineEdit()
        self.view.horizontalHeader().setSortIndicator(_TOPIC, Qt.SortOrder.AscendingOrder)
        self.view.setSortingEnabled(True)
        self.view.setModel(self.shown)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAlternatingRowColors(True)
        self.view.setWordWrap(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(self.view.fontMetrics().height() + _ROOM)
        self.view.setTabKeyNavigation(False)
        head = self.view.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        letter = self.view.fontMetrics().averageCharWidth()
        for column, letters in enumerate(_WIDTHS):
            self.view.setColumnWidth(column, letters * letter)
        self.view.activated.connect(self._pick)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self.selected.emit())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.shown.seek)
        row = QHBoxLayout()
        row.addWidget(self.search)
        self.column.addLayout(row)
        self.column.addWidget(self.view, 1)
        desk.language.words(self.search, self.search.setPlaceholderText, _SEARCH)
        desk.language.words(self.search, self.search.setAccessibleName, _SEARCH)
        desk.language.words(self.view, self.view.setAccessibleName, self.NAME)
        SortKeys(desk, self.view)
        desk.language.follow(self, self._rewrite)
        desk.theme.follow(self, self.model.rewrite)

    def refresh(self) -> None:
        """Read all indicators."""
        if self.result is None:
            self.model.take(None)
        else:
            cells = [(one.name, self.cell) for one in self.model.indicators]
            bands = self.result.bands
            with_it, base, change = arms_at(bands, cells, self.entry)
            self.model.take((base, with_it, change), whys(bands, cells, self.entry, DIFFERENCE))
        self.say()

    def say(self) -> None:
        """Title, and how many runs stand behind."""
        said = self.desk.language.said
        if self.result is None:
            self.tell_nothing_yet()
            return
        where = said(cell_text(self.cell, geography_of(self.result.scenario)))
        self.tell(f"<b>{said(self.NAME)}</b> · {where} · {self.quarter}", said(runs_text(self.result.bands)))

    def rows(self) -> list[Row]:
        """What the table shows, as sorted, with numbers in full."""
        said = self.desk.language.said
        found: list[Row] = [[said(text) for text in (_KEY, *_HEADS, _RUNS)]]
        for at in range(self.shown.rowCount()):
            row = self.shown.mapToSource(self.shown.index(at, 0)).row()
            words = [self.model.words(row, column) for column in range(len(_HEADS))]
            if self.model.bands is not None:
                base, with_it, change = self.model.bands
                parts = (base.middle, with_it.middle, change.middle)
                numbers = [float(part[row]) for part in parts]
                runs = float(change.runs[row])
                found.append([self.model.indicators[row].name, *words[:_BASE], *numbers, *words[_BAND:], runs])
        return found

    def _rewrite(self) -> None:
        self.model.rewrite()
        self.say()

    @property
    def subject(self) -> str:
        """The indicator of the row that is selected."""
        index = self.view.currentIndex()
        return self.model.indicators[self.shown.mapToSource(index).row()].name if index.isValid() else ""

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(self.model.indicators[self.shown.mapToSource(index).row()].name)
