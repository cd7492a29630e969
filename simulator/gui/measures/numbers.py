"""A line that takes a number in the format of the language."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from simulator.gui.language import Language
from simulator.quantity import Text

_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
_BLANKS = dict.fromkeys(map(ord, " \u00a0\u202f"), "")
NO_NUMBER = Text("Write a number, such as {}.", "Skriv ett tal, som {}.")
NUMBER_WIDTH = 104


def number_in(text: str, language: str) -> float | None:
    """The number that a reader of a language means, None where it is none; both marks of decimals are understood.

    >>> number_in("1 234,5", "sv"), number_in("1,234.5", "en"), number_in("0,5", "en"), number_in("-3", "sv")
    (1234.5, 1234.5, 0.5, -3.0)
    >>> number_in("many", "en"), number_in("1e999", "en"), number_in("1_0", "en")
    (None, None, None)
    """
    bare = text.translate(_BLANKS).replace("−", "-")
    if "_" in bare:  # Python's own mark of thousands, nobody's here
        return None
    bare = bare.replace(",", "") if language == "en" and _THOUSANDS.fullmatch(bare) else bare.replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def whole_in(text: str, language: str) -> int | None:
    """The whole number that a reader of a language means; None where it is none, or might mean another.

    >>> whole_in("1 000", "sv"), whole_in("1,000", "en"), whole_in("1,000", "sv"), whole_in("2,5", "sv")
    (1000, 1000, None, None)
    """
    bare = text.translate(_BLANKS).replace("−", "-")
    bare = bare.replace(",", "") if language == "en" and _THOUSANDS.fullmatch(bare) else bare
    return int(bare) if re.fullmatch(r"[-+]?\d{1,18}", bare) else None


class NumberLine(QLineEdit):
    """A number in the format of the language; up and down move it by a twentieth or so.

    given  a number, None for nothing    unreadable  why it is none    given_up  what was written has been taken back
    """

    given = Signal(object)
    unreadable = Signal(object)
    given_up = Signal()

    def __init__(
        self, language: Language, whole: bool = False, limits: tuple[float, float] | None = None, optional: bool = False
    ) -> None:
        super().__init__()
        self._language, self._whole, self._limits, self._optional = language, whole, limits, optional
        self.stepping = False
        self._value: float | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(NUMBER_WIDTH)
        self.editingFinished.connect(self._finish)
        language.follow(self, self._write_unless_busy)

    def show_number(self, value: float | None) -> None:
        """Show a number, unless somebody is writing another one."""
        self._value = value
        self._write_unless_busy()

    def _write_unless_busy(self) -> None:
        if not (self.isModified() and self.hasFocus()):
            self._write()

    def _write(self) -> None:
        self.setText("" if self._value is None else self._language.setting(self._value))
        self.setModified(False)

    def _finish(self) -> None:
        if not self.isModified():
            return
        self.stepping = False
        if not self.text().strip() and self._optional:
            self.setModified(False)
            self._value = None
            self.given.emit(None)
            return
        value = number_in(self.text(), self._language.code)
        if value is None:
            example = self._value if self._value is not None else 1.0
            self.unreadable.emit(Text(*(said.format(self._language.setting(example)) for said in NO_NUMBER)))
            return
        self.setModified(False)
        self._value = value
        self.given.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Up and down change the number, escape takes back what was written."""
        way = {Qt.Key.Key_Up.value: 1, Qt.Key.Key_Down.value: -1}.get(event.key(), 0)
        if way and self._value is not None and not self.isModified():
            self.stepping = True
            moved = self._value + way * nice_step(self._value, self._whole)
            low, high = self._limits or (-math.inf, math.inf)
            self._value = float(f"{min(max(moved, low), high):.6g}")
            self._write()
            self.given.emit(self._value)
        elif event.key() == Qt.Key.Key_Escape.value and self.isModified():
            self._write()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


def nice_step(value: float, whole: bool) -> float:
    """A step of 1, 2 or 5 times a power of ten, about a twentieth of a value.

    >>> nice_step(25, False), nice_step(0.35, False), nice_step(0, True), nice_step(4, True)
    (1.0, 0.01, 1, 1)
    """
    rough = abs(value) / 20 or 0.05
    power = 10.0 ** math.floor(math.log10(rough))
    step = max(each * power for each in (1, 2, 5) if each * power <= rough * 1.001)
    return max(1, round(step)) if whole else float(f"{step:.3g}")


def plainly(value: float | None) -> float | int | None:
    """A number as one writes it: whole numbers without decimals."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value
