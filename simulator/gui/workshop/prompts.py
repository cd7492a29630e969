"""What the stage asks for: a group's prediction, the name of its proposal."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from simulator.gui.charts.words import title_of, unit_of, unit_words
from simulator.gui.desk import Desk
from simulator.gui.workshop.names import LONGEST_NAME, tidy
from simulator.gui.workshop.wording import NO_NUMBER, number_in
from simulator.indicators import INDICATORS
from simulator.quantity import Text

_ASK = Text("{}: what do you expect?", "{}: vad tror ni?")
_WHAT = Text(
    "Difference to the baseline at the end of the run: with a minus where it becomes less. A field may stay empty.",
    "Skillnad mot basfallet i slutet av körningen: med minus där det blir mindre. Ett fält får vara tomt.",
)
_NOTE, _CANCEL = (
    Text("Note it and show the result (Enter)", "Anteckna och visa resultatet (Retur)"),
    Text("Back (Esc)", "Tillbaka (Esc)"),
)
_NOTHING = Text(
    "Write at least one number, or go back and press S to see the result without.",
    "Skriv minst ett tal, eller gå tillbaka och tryck S för att se resultatet utan.",
)
_NAME = Text("Name of the proposal", "Förslagets namn")
_NAMELESS = Text("Write a name first.", "Skriv ett namn först.")
_KEEP = Text("Keep (Enter)", "Behåll (Retur)")
_LONGEST_NUMBER = 16


class Prompt(QFrame):
    """A heading, fields, and a line for what is wrong.

    cancelled  nothing is asked any more
    """

    cancelled = Signal()

    def __init__(self, desk: Desk, confirm: Text) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("card")
        self.heading, self.error = QLabel(), QLabel()
        self.heading.setObjectName("title")
        for label in (self.heading, self.error):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setIndent(0)
        self.fields = QGridLayout()
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(12)
        self.fields.setColumnStretch(0, 1)
        self.confirm, self.back = QPushButton(), QPushButton()
        self.confirm.setObjectName("chief")
        for label in (self.heading, self.error):
            label.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(28, 20, 28, 20)
        self.column.addWidget(self.heading)
        self.column.addLayout(self.fields)
        self.column.addWidget(self.error)
        self.column.addLayout(buttons)
        self.column.addStretch(1)
        desk.language.words(self.confirm, self.confirm.setText, confirm)
        desk.language.words(self.back, self.back.setText, _CANCEL)
        self._wrong = Text("", "")
        desk.language.follow(self, self._say_wrong)
        desk.theme.follow(self, lambda: self.error.setStyleSheet(f"color: {desk.theme.colours.error}"))
        self.confirm.clicked.connect(self.take)
        self.back.clicked.connect(self.cancelled)

    def take(self) -> None:
        """Take what was written."""

    def complain(self, wrong: Text, field: QLineEdit) -> None:
        """Say what is wrong, at its place."""
        self._wrong = wrong
        self._say_wrong()
        field.setAccessibleDescription(self.error.text())
        field.setFocus()
        field.selectAll()

    def content(self) -> None:
        """Nothing is wrong any more."""
        self._wrong = Text("", "")
        self._say_wrong()

    def _say_wrong(self) -> None:
        self.error.setText(self.desk.language.said(self._wrong))


class PredictionPanel(Prompt):
    """One field for each chart.

    noted  what the group expects, by indicator
    """

    noted = Signal(object)

    def __init__(self, desk: Desk, indicators: Sequence[str]) -> None:
        super().__init__(desk, _NOTE)
        self._group = ""
        self.numbers = {name: QLineEdit() for name in indicators}
        self._what = QLabel()
        self._what.setWordWrap(True)
        self.column.insertWidget(1, self._what)
        self._labels = {name: (QLabel(), QLabel()) for name in indicators}
        for row, (name, field) in enumerate(self.numbers.items()):
            before, after = self._labels[name]
            before.setWordWrap(True)
            before.setBuddy(field)
            field.setMaxLength(_LONGEST_NUMBER)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.returnPressed.connect(self.take)
            for column, part in enumerate((before, field, after)):
                self.fields.addWidget(part, row, column)
        desk.language.follow(self, self._retranslate)

    def ask(self, group: str) -> None:
        """Begin with empty fields."""
        self._group = group
        for field in self.numbers.values():
            field.clear()
        self.content()
        self._retranslate()
        next(iter(self.numbers.values())).setFocus()

    def take(self) -> None:
        """Take the numbers; say which is none."""
        found: dict[str, float] = {}
        for name, field in self.numbers.items():
            words = field.text().strip()
            if not words:
                continue
            number = number_in(words, self.desk.language.code, unit_of(INDICATORS[name], difference=True))
            if math.isnan(number):
                self.complain(Text(*(text.format(words) for text in NO_NUMBER)), field)
                return
            found[name] = number
        if found:
            self.noted.emit(found)
        else:
            self.complain(_NOTHING, next(iter(self.numbers.values())))

    def _retranslate(self) -> None:
        language = self.desk.language
        self.heading.setText(language.said(_ASK).format(self._group))
        self._what.setText(language.said(_WHAT))
        for name, (before, after) in self._labels.items():
            indicator = INDICATORS[name]
            title, unit = language.said(title_of(indicator)), unit_words(language, indicator, difference=True)
            before.setText(title)
            before.setToolTip(language.said(indicator.help))
            after.setText(language.unit(unit_of(indicator, difference=True)))
            after.setToolTip(unit)
            self.numbers[name].setAccessibleName(f"{title}, {unit}")
            self.numbers[name].setAccessibleDescription(language.said(_WHAT))


class NamePanel(Prompt):
    """The name of a proposal.

    named  it was given
    """

    named = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _KEEP)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.returnPressed.connect(self.take)
        self.fields.addWidget(self.name, 0, 0)
        words = desk.language.words
        words(self.heading, self.heading.setText, _NAME)
        words(self.name, self.name.setAccessibleName, _NAME)

    def ask(self, name: str) -> None:
        """Begin with a name that is free."""
        self.content()
        self.name.setText(name)
        self.name.selectAll()
        self.name.setFocus()

    def take(self) -> None:
        """Take the name."""
        if name := tidy(self.name.text()):
            self.named.emit(name)
        else:
            self.complain(_NAMELESS, self.name)
