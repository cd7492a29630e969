"""The window's language, switchable while it is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject, Signal
from shiboken6 import isValid

from simulator.quantity import Text
from simulator.wording import plain, unit_symbol, written

LANGUAGES = {"sv": "Svenska", "en": "English"}
"""Each language by its own name."""


class Language(QObject):
    """Which language is spoken; whoever shows words follows it.

    code  "en" or "sv"; None takes that of the system
    """

    changed = Signal()

    def __init__(self, code: str | None = None) -> None:
        super().__init__()
        system = "sv" if QLocale.system().language() == QLocale.Language.Swedish else "en"
        self.code = code if code in LANGUAGES else system
        self._followers: list[tuple[QObject, Callable[[], None]]] = []
        self._most = 0
        self._forget()

    def switch(self, code: str) -> None:
        """Speak another language from now on; everything that follows is written anew."""
        if code == self.code:
            return
        self.code = code
        QLocale.setDefault(self.locale)
        self._forget()
        for _, apply in list(self._followers):
            apply()
        self.changed.emit()

    @property
    def locale(self) -> QLocale:
        """How numbers and dates are written."""
        if self.code == "sv":
            return QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden)
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)

    def follow(self, owner: QObject, apply: Callable[[], None]) -> None:
        """Call `apply` now and after each change of language, as long as `owner` exists."""
        apply()
        self._followers.append((owner, apply))
        if len(self._followers) > self._most:
            self._forget()

    def _forget(self) -> None:
        """Let go of owners that are gone, now and whenever twice as many have come."""
        self._followers = [(owner, apply) for owner, apply in self._followers if isValid(owner)]
        self._most = max(1000, 2 * len(self._followers))

    def words(self, owner: QObject, setter: Callable[[str], object], text: Text) -> None:
        """Give a widget its words, in whatever language is spoken: `words(button, button.setText, Text(...))`."""
        self.follow(owner, lambda: (setter(self.said(text)), None)[1])

    def said(self, text: Text) -> str:
        """A text in the language spoken."""
        return text.said(self.code)

    def number(self, value: float, decimals: int, sign: bool = False) -> str:
        """A number with its decimals; a dash when unknown."""
        return written(value, decimals, self.code, sign)

    def setting(self, value: object) -> str:
        """A setting as text, with the decimals it needs."""
        return plain(value, self.code)

    def unit(self, unit: str) -> str:
        """Short form of a unit."""
        return unit_symbol(unit, self.code)
