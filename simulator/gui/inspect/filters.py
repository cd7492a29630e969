"""Which firms are looked at: by place, size and industry, by words, by a number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from simulator.gui.desk import Desk
from simulator.gui.inspect.columns import FirmColumn, alphabetical, keys_of
from simulator.gui.inspect.row_filter import Condition, RowFilter
from simulator.indicators.grid import DIMENSIONS, FIRM_DIMENSIONS, Geography
from simulator.quantity import Text

_SEARCH = Text("Search: number, place, industry…", "Sök: nummer, ort, bransch…")
_ANY = Text("No condition", "Inget villkor")
_COLUMN = Text("Column of the condition", "Villkorets kolumn")
_VALUE = Text("Value of the condition", "Villkorets värde")
_WAY = Text("At least or at most", "Minst eller högst")
_CLEAR = Text("C&lear filters", "Rensa f&ilter")
_PAUSE = 150
_LEAST, _MOST = "≥", "≤"
_CHARACTERS = 8


class FilterBar(QWidget):
    """What firms must fulfil.

    changed  `row_filter` is another
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._where: Geography | None = None
        self._columns: tuple[FirmColumn, ...] = ()
        self.choices = {dimension: QComboBox() for dimension in FIRM_DIMENSIONS}
        self.search, self.column, self.way, self.value = QLineEdit(), QComboBox(), QComboBox(), QDoubleSpinBox()
        self.clear, self.count = QPushButton(), QLabel()
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_PAUSE)
        self._lay_out()
        self._connect()
        desk.language.follow(self, self._retranslate)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for box in (*self.choices.values(), self.column):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_CHARACTERS)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for dimension, box in self.choices.items():
            first.addWidget(box, max(map(len, DIMENSIONS[dimension])) + _CHARACTERS)
        self.way.addItems([_LEAST, _MOST])
        self.value.setKeyboardTracking(False)
        self.value.setMinimumWidth(96)
        self.search.setClearButtonEnabled(True)
        second.addWidget(self.search, 2)
        second.addWidget(self.column, 2)
        for part in (self.way, self.value, self.clear, self.count):
            second.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(first)
        layout.addLayout(second)

    def _connect(self) -> None:
        self.choices["county"].currentIndexChanged.connect(self._list_municipalities)
        for box in self.choices.values():
            box.currentIndexChanged.connect(self.changed)
        self.search.textChanged.connect(lambda: self._typed.start())
        self._typed.timeout.connect(self.changed)
        self.column.currentIndexChanged.connect(self._choose_column)
        self.way.currentIndexChanged.connect(self.changed)
        self.value.valueChanged.connect(self.changed)
        self.clear.clicked.connect(self.empty)

    # -- what is asked -------------------------------------------------------------------------------------------
    @property
    def row_filter(self) -> RowFilter:
        """What firms must fulfil now."""
        chosen = {name: box.currentData() for name, box in self.choices.items() if box.currentIndex() > 0}
        name = self.column.currentData()
        condition = Condition(name, self.way.currentText() == _LEAST, self.value.value()) if name else None
        return RowFilter(chosen, tuple(self.search.text().casefold().split()), condition)

    def words(self) -> str:
        """The same in words, for a file; nothing where all firms are kept."""
        row_filter = self.row_filter
        parts = [box.currentText() for box in self.choices.values() if box.currentIndex() > 0]
        parts += [" ".join(row_filter.sought)] if row_filter.sought else []
        if row_filter.condition is not None:
            parts.append(f"{self.column.currentText()} {self.way.currentText()} {self.value.text()}")
        return "; ".join(parts)

    def empty(self) -> None:
        """Ask for nothing."""
        for box in (*self.choices.values(), self.column):
            with QSignalBlocker(box):
                box.setCurrentIndex(0)
        self._list_municipalities()
        self._enable()
        with QSignalBlocker(self.search):
            self.search.clear()
        self.changed.emit()

    def offer(self, where: Geography, columns: Sequence[FirmColumn]) -> None:
        """Offer the parts of a region; what is chosen stays where it can."""
        self._where, self._columns = where, tuple(columns)
        self._fill()

    def tell(self, kept: int, size: int) -> None:
        """Say how many firms are kept of how many."""
        number = self._desk.language.number
        shown, all_of_them = number(kept, 0), number(size, 0)
        text = Text(f"{shown} of {all_of_them} firms", f"{shown} av {all_of_them} företag")
        self.count.setText(self._desk.language.said(text))

    # -- choices -------------------------------------------------------------------------------------------------
    def _fill(self) -> None:
        for dimension in self.choices:
            self._list(dimension)
        said = self._desk.language.said
        chosen = self.column.currentData()
        with QSignalBlocker(self.column):
            self.column.clear()
            self.column.addItem(said(_ANY), "")
            for column in self._columns:
                if column.numeric and not column.flag:
                    self.column.addItem(said(column.text), column.name)
            self.column.setCurrentIndex(max(0, self.column.findData(chosen)))
        self._enable()

    def _list(self, dimension: str) -> None:
        """List the parts of a dimension by the alphabet, classes of size by size."""
        if self._where is None:
            return
        box, said, where = self.choices[dimension], self._desk.language.said, self._where
        county = self.choices["county"].currentData()
        codes = list(range(len(keys_of(dimension, where))))
        words = [said(where.word(dimension, key)) for key in keys_of(dimension, where)]
        if dimension == "municipality" and county is not None and county >= 0:
            codes = [code for code in codes if where.county_of[code] == county]
        if dimension not in ("size_class", "rural"):
            places = alphabetical(words, self._desk.language)
            codes.sort(key=lambda code: int(places[code]))
        chosen, name = box.currentData(), said(DIMENSIONS[dimension])
        every = said(Text("{}: all", "{}: alla")).format(f"{name[:1].upper()}{name[1:]}")
        with QSignalBlocker(box):
            box.clear()
            box.addItem(every, -1)
            for code in codes:
                box.addItem(words[code], code)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 24)

    def _list_municipalities(self) -> None:
        self._list("municipality")

    def _choose_column(self) -> None:
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        """Let the value be one that the column can have."""
        column = next((each for each in self._columns if each.name == self.column.currentData()), None)
        for part in (self.way, self.value):
            part.setEnabled(column is not None)
        with QSignalBlocker(self.value):
            if column is not None:
                self.value.setDecimals(column.decimals)
                self.value.setRange(column.low, column.high)
                self.value.setSuffix(self._suffix(column))
            else:
                self.value.setSuffix("")

    def _suffix(self, column: FirmColumn) -> str:
        unit = "" if column.unit == "count" else self._desk.language.unit(column.unit)
        return f"\u00a0{unit}" if unit else ""

    def _retranslate(self) -> None:
        said = self._desk.language.said
        self.search.setPlaceholderText(said(_SEARCH))
        self.clear.setText(said(_CLEAR))
        self.value.setLocale(self._desk.language.locale)
        for part, text in ((self.search, _SEARCH), (self.column, _COLUMN), (self.way, _WAY), (self.value, _VALUE)):
            part.setAccessibleName(said(text))
            part.setToolTip(said(text))
        for dimension, box in self.choices.items():
            box.setAccessibleName(said(DIMENSIONS[dimension]))
        self._fill()
