"""Lines that are filled in before runs begin. What is wrong with one is said below it, while it is being written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from simulator.ensemble.options import ADDRESS, WHOLE, Option, OptionError, Part, part_in
from simulator.gui.desk import Desk
from simulator.gui.measures.numbers import whole_in
from simulator.quantity import Text

_NO_FOLDER = Text("this is no name of a folder", "detta är inget namn på en mapp")
_NO_HOME = Text("nobody here has a folder called so; write it in full",
                "ingen här har en mapp som heter så; skriv hela sökvägen")  # fmt: skip
_NO_ADDRESS = Text(f"write an address such as {ADDRESS}", f"skriv en adress som {ADDRESS}")


class Entry(QLineEdit):
    """A line that means something, nothing, or is at fault.

    entered  it says something else    fault  what is wrong with it
    """

    entered = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.fault: Text | None = None
        self.textChanged.connect(lambda _: self._look())
        desk.language.follow(self, self._look)

    def check(self, text: str) -> None:
        """OptionError says what is wrong with a text that is not empty."""

    def _look(self) -> None:
        text = self.text().strip()
        try:
            if text:
                self.check(text)
        except OptionError as error:
            self.fault = error.text()
        else:
            self.fault = None
        self.entered.emit()


class NumberEntry(Entry):
    """A whole number of an option; empty where nothing is asked for. The arrows move it by one."""

    def __init__(self, desk: Desk, option: Option) -> None:
        self.option = option
        self._usual: int | None = None
        self._hint = Text("{}", "{}")
        super().__init__(desk)
        desk.language.words(self, self.setToolTip, option.text)
        desk.language.follow(self, self._show_hint)

    @property
    def number(self) -> int | None:
        """What is asked for."""
        return None if self.fault is not None else whole_in(self.text(), self.desk.language.code)

    def set_number(self, number: int | None) -> None:
        """Ask for a number."""
        self.setText("" if number is None else str(number))

    def set_hint(self, hint: Text, usual: int | None) -> None:
        """Say what holds where nothing is written: `{}` in the text stands for the number, where it is known."""
        self._hint, self._usual = hint, usual
        self._show_hint()

    def check(self, text: str) -> None:
        """Only a whole number will do, with or without gaps between thousands."""
        number = whole_in(text, self.desk.language.code)
        if number is None or not self.option.low <= number <= self.option.high:
            raise OptionError(self.option.needed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Up and down move the number."""
        step = {Qt.Key.Key_Up.value: 1, Qt.Key.Key_Down.value: -1}.get(event.key(), 0)
        start = self.number if self.text().strip() else self._usual
        if step and start is not None:
            self.set_number(min(max(start + step, self.option.low), self.option.high))
        elif not step:
            super().keyPressEvent(event)

    def _show_hint(self) -> None:
        language = self.desk.language
        self.setPlaceholderText(language.said(self._hint).format("" if self._usual is None else self._usual).strip())


class PartEntry(Entry):
    """Which part of the runs is to be done; empty: all of them."""

    @property
    def part(self) -> Part:
        """That part."""
        return WHOLE if self.fault is not None else part_in(self.text())

    def check(self, text: str) -> None:
        """Only i/n will do."""
        part_in(text)


class AddressEntry(Entry):
    """Where a cluster answers; empty: the runs are done here."""

    @property
    def address(self) -> str | None:
        """Its address."""
        return self.text().strip() or None

    def check(self, text: str) -> None:
        """Only an address with its protocol will do."""
        protocol, mark, place = text.partition("://")
        if not (protocol.isalpha() and mark and place) or " " in text:
            raise OptionError(_NO_ADDRESS)


class FolderEntry(Entry):
    """A folder; empty: a new one."""

    def inside(self, home: Path) -> Path | None:
        """That folder, in `home` where nothing else is said."""
        text = self.text().strip()
        return (home / Path(text).expanduser()).absolute() if text and self.fault is None else None

    def check(self, text: str) -> None:
        """Only what can be the name of a folder will do."""
        if not text.isprintable():
            raise OptionError(_NO_FOLDER)
        try:
            Path(text).expanduser()
        except RuntimeError:
            raise OptionError(_NO_HOME) from None


class Field(QWidget):
    """What is filled in, its name above and what is wrong with it below."""

    def __init__(self, desk: Desk, name: Text, inner: QWidget, around: QWidget | None = None) -> None:
        """`around` is what holds it, where that is not it alone."""
        super().__init__()
        self._desk, self._inner = desk, inner
        self.name = Text(*(part.replace("&", "") for part in name))
        label, self.wrong = QLabel(), QLabel()
        label.setBuddy(inner)
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (label, around or inner, self.wrong):
            column.addWidget(widget)
        desk.language.words(label, label.setText, name)
        if not inner.accessibleName():
            desk.language.words(inner, inner.setAccessibleName, self.name)
        desk.language.follow(self, self.say)
        desk.theme.follow(self, self.say)
        if isinstance(inner, Entry):
            inner.entered.connect(self.say)

    @property
    def fault(self) -> Text | None:
        """What is wrong, with the name of the field; None: nothing."""
        found = self._inner.fault if isinstance(self._inner, Entry) else None
        return None if found is None else Text(*(f"{name}: {why}" for name, why in zip(self.name, found, strict=True)))

    def say(self) -> None:
        """Say what is wrong below the field."""
        found = self._inner.fault if isinstance(self._inner, Entry) else None
        self.wrong.setText("" if found is None else self._desk.language.said(found))
        self.wrong.setVisible(found is not None)
        self.wrong.setStyleSheet(f"color: {self._desk.theme.colours.error}")
        self._inner.setAccessibleDescription(self.wrong.text())
