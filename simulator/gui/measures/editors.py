"""Widgets that show one value of a scenario and tell what the user makes of it, one for each shape of value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from simulator.gui.language import Language
from simulator.gui.measures.numbers import NUMBER_WIDTH, NumberLine, plainly
from simulator.quantity import Text
from simulator.scenario.moments import is_quarter, meant

NO_QUARTER = Text("Write a quarter such as 2027Q1.", "Skriv ett kvartal som 2027Q1.")
SHOWN_LINES = 5


class Editor(QWidget):
    """Shows a value.

    entered   brings a new one, None for nothing    unreadable  says why there is none yet
    given_up  what was being written has been taken back
    parts     the widgets that take the keyboard, in order
    """

    entered = Signal(object)
    unreadable = Signal(object)
    given_up = Signal()
    parts: tuple[QWidget, ...] = ()

    @property
    def stepping(self) -> bool:
        """Whether the latest value came from a key that moves it a little."""
        return any(isinstance(part, NumberLine) and part.stepping for part in self.parts)

    def show_value(self, value: Any) -> None:
        """Show a value that stands in the scenario."""
        raise TypeError(type(self).__name__)

    def show_faulty(self, value: Any) -> None:
        """Show what is written and does not fit, where this editor can."""


class CalmBox(QComboBox):
    """A choice that the wheel changes only where the keyboard is: a form is scrolled without changing values."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave the wheel to the form."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class WrittenBox(CalmBox):
    """A choice that can be written too; Escape takes back what was written."""

    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.lineEdit()
        assert line is not None
        self.line = line

    @property
    def being_written(self) -> bool:
        """Whether somebody is at it."""
        return self.line.isModified() and self.hasFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape.value and self.line.isModified():
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class NumberEditor(Editor):
    """One number; where it is `optional`, nothing too."""

    def __init__(
        self, language: Language, whole: bool = False, limits: tuple[float, float] | None = None, optional: bool = False
    ) -> None:
        super().__init__()
        self.line = NumberLine(language, whole, limits, optional)
        _listen(self, self.line, lambda value: self.entered.emit(plainly(value)))
        _flat(self, self.line)

    def show_value(self, value: Any) -> None:
        """Show it."""
        self.line.show_number(value)

    def show_faulty(self, value: Any) -> None:
        """Show it, number or not."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            self.line.show_number(value)
        elif value is not None:
            self.line.setText(str(value))


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.box = QCheckBox()
        language.words(self.box, self.box.setText, Text("yes", "ja"))
        self.box.clicked.connect(lambda on: self.entered.emit(bool(on)))
        _flat(self, self.box)

    def show_value(self, value: Any) -> None:
        """Show it."""
        self.box.setChecked(bool(value))


class PartsEditor(Editor):
    """Numbers that belong together, one line each; for a value that may be one number or one per part, a choice too.

    names  what each part is called    single  whether one number for all may stand instead
    """

    def __init__(self, language: Language, names: Mapping[str, Text], single: bool) -> None:
        super().__init__()
        self._value: Any = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self.apart = QCheckBox()
        language.words(self.apart, self.apart.setText, Text("by county", "per län"))
        self.apart.setVisible(single)
        self.apart.clicked.connect(self._split)
        self.whole = NumberLine(language)
        _listen(self, self.whole, lambda value: self.entered.emit(plainly(value)))
        grid.addWidget(self.whole, 0, 0)
        grid.addWidget(self.apart, 0, 1)
        grid.setColumnStretch(2, 1)
        self.lines: dict[str, NumberLine] = {}
        self._labels: list[QLabel] = []
        for row, (part, text) in enumerate(names.items(), 1):
            line, label = NumberLine(language), QLabel()
            language.words(label, label.setText, text)
            language.words(line, line.setAccessibleName, text)
            _listen(self, line, partial(self._give, part))
            grid.addWidget(line, row, 0)
            grid.addWidget(label, row, 1)
            self.lines[part] = line
            self._labels.append(label)
        self.parts = (self.whole, self.apart, *self.lines.values())

    def show_value(self, value: Any) -> None:
        """Show it."""
        self._value = value
        parts = isinstance(value, Mapping)
        self.apart.setChecked(parts)
        self.whole.setVisible(not parts)
        if not parts:
            self.whole.show_number(value)
        for (part, line), label in zip(self.lines.items(), self._labels, strict=True):
            line.setVisible(parts)
            label.setVisible(parts)
            if parts:
                line.show_number(value.get(part, 0))

    def _split(self, apart: bool) -> None:
        if apart and not isinstance(self._value, Mapping):
            each = float(self._value or 0) / len(self.lines)
            self.entered.emit({part: plainly(float(f"{each:.6g}")) for part in self.lines})
        elif not apart and isinstance(self._value, Mapping):
            self.entered.emit(plainly(float(f"{sum(self._value.values()):.6g}")))

    def _give(self, part: str, value: float) -> None:
        old = self._value if isinstance(self._value, Mapping) else {}
        self._value = {each: plainly(value if each == part else old.get(each, 0)) for each in self.lines}
        self.entered.emit(self._value)


class RangeEditor(Editor):
    """From one number to another; both empty for no restriction."""

    def __init__(self, language: Language, limits: tuple[float, float], whole: bool) -> None:
        super().__init__()
        self._limits = limits
        self.low, self.high = (NumberLine(language, whole, limits, optional=True) for _ in range(2))
        to = QLabel()
        language.words(to, to.setText, Text("to", "till"))
        language.words(self.low, self.low.setAccessibleName, Text("lowest", "lägst"))
        language.words(self.high, self.high.setAccessibleName, Text("highest", "högst"))
        for line, place in ((self.low, 0), (self.high, 1)):
            line.setFixedWidth(74)
            _listen(self, line, partial(self._give, place))
        self._value: tuple[float, float] | None = None
        _flat(self, self.low, to, self.high)
        self.parts = (self.low, self.high)

    def show_value(self, value: Any) -> None:
        """Show it."""
        self._value = None if value is None else (value[0], value[1])
        low, high = self._value or (None, None)
        self.low.show_number(low)
        self.high.show_number(high)

    def show_faulty(self, value: Any) -> None:
        """Show two numbers that do not fit."""
        if isinstance(value, list) and len(value) == 2 and all(isinstance(end, int | float) for end in value):
            self.show_value(value)

    def _give(self, place: int, value: float | None) -> None:
        if value is None:
            self._value = None
            self.entered.emit(None)
            return
        ends = list(self._value or self._limits)
        ends[place] = value
        self._value = (ends[0], ends[1])
        self.entered.emit([plainly(end) for end in ends])


class WordEditor(Editor):
    """One of fixed words."""

    def __init__(self, language: Language, words: Mapping[Any, Text]) -> None:
        super().__init__()
        self.box = CalmBox()
        self._values = list(words)
        for at, text in enumerate(words.values()):
            self.box.addItem("")
            language.words(self.box, partial(self.box.setItemText, at), text)
        self.box.activated.connect(lambda at: self.entered.emit(self._values[at]))
        _flat(self, self.box)

    def show_value(self, value: Any) -> None:
        """Show it."""
        self.box.setCurrentIndex(self._values.index(value))


class QuarterEditor(Editor):
    """A quarter, chosen among those of the run or written."""

    def __init__(self, quarters: Sequence[str]) -> None:
        super().__init__()
        self.box = WrittenBox()
        self.box.addItems(list(quarters))
        self.box.setFixedWidth(NUMBER_WIDTH)
        self._shown = ""
        self.box.activated.connect(lambda _: self._finish())
        self.box.line.editingFinished.connect(self._finish)
        self.box.escaped.connect(self._give_up)
        _flat(self, self.box)

    def show_value(self, value: Any) -> None:
        """Show it."""
        self._shown = value
        if not self.box.being_written:
            self.box.setEditText(value)

    def show_faulty(self, value: Any) -> None:
        """Show it as it is written."""
        if value is not None:
            self.box.setEditText(str(value))

    def _finish(self) -> None:
        text = self.box.currentText().strip()
        if text == self._shown:
            self._give_up()
            return
        quarter = text if is_quarter(text) else meant(text)
        if quarter is None:
            self.unreadable.emit(NO_QUARTER)
            return
        self._shown = quarter
        self.box.setEditText(quarter)
        self.entered.emit(quarter)

    def _give_up(self) -> None:
        self.box.setEditText(self._shown)
        self.given_up.emit()


class SeveralEditor(Editor):
    """Any of a list of names; none chosen restricts nothing.

    names  by value: as it is written, and its words
    """

    def __init__(self, language: Language, names: Mapping[str, tuple[str, Text]]) -> None:
        super().__init__()
        self.list = QListWidget()
        self._values = list(names)
        self._written = [written for written, _ in names.values()]
        self._shown: tuple[str, ...] = ()
        for _, text in names.values():
            item = QListWidgetItem()
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
            language.words(self.list, item.setText, text)
        line = max(14, self.list.sizeHintForRow(0))
        self.list.setFixedHeight(line * max(2, min(SHOWN_LINES, len(names))) + 8)
        self.list.setMinimumWidth(200)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._take)
        _flat(self, self.list)

    def show_value(self, value: Any) -> None:
        """Show it."""
        self._shown = tuple(value or ())
        self.list.blockSignals(True)
        for at, each in enumerate(self._values):
            chosen = each in self._shown
            self.list.item(at).setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.viewport().update()

    def _take(self, _item: QListWidgetItem) -> None:
        checked = [at for at in range(len(self._values)) if self.list.item(at).checkState() == Qt.CheckState.Checked]
        now = tuple(self._values[at] for at in checked)
        if set(now) != set(self._shown):
            self._shown = now
            self.entered.emit([self._written[at] for at in checked] or None)


def _listen(editor: Editor, line: NumberLine, give: Callable[[Any], None]) -> None:
    line.given.connect(give)
    line.unreadable.connect(editor.unreadable)
    line.given_up.connect(editor.given_up)


def _flat(editor: Editor, *widgets: QWidget) -> None:
    layout: QHBoxLayout | QVBoxLayout = QHBoxLayout(editor)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    if not isinstance(widgets[0], QListWidget):
        layout.addStretch(1)
    editor.setFocusProxy(widgets[0])
    editor.parts = tuple(widgets)


Factory = Callable[[], Editor]
