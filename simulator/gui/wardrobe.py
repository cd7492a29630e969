"""Dresses the parts of the window one by one, what is seen first: a sheet for all at once holds the window up."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from simulator.gui.lettering import Lettering
from simulator.gui.style import sheet
from simulator.gui.theme import Theme


class Wardrobe(QObject):
    """Gives each part its style sheet, anew when the colours or the size of letters change."""

    def __init__(self, theme: Theme, lettering: Lettering) -> None:
        super().__init__()
        self._theme, self._lettering = theme, lettering
        self._sheet = ""
        self._dressed: dict[QWidget, str] = {}
        self._later = QTimer(self)
        self._later.timeout.connect(self._next)
        theme.follow(self, self._renew)
        lettering.changed.connect(self._renew)

    def add(self, *parts: QWidget) -> None:
        """Dress parts, with all in them, from now on as long as they exist."""
        self._forget()
        for part in parts:
            self._dressed[part] = ""
            self.dress(part)

    def dress(self, part: QWidget) -> None:
        """Have a part dressed before it is seen."""
        if self._dressed[part] != self._sheet:
            self._dressed[part] = self._sheet
            part.setStyleSheet(self._sheet)

    def _renew(self) -> None:
        self._sheet = sheet(self._theme.colours, self._lettering.points)
        self._later.start()

    def _next(self) -> None:
        """Dress one part, those that are seen first, then let the window live."""
        self._forget()
        parts = [each for each, worn in self._dressed.items() if worn != self._sheet]
        part = next((each for each in parts if each.isVisible()), parts[0] if parts else None)
        if part is None:
            self._later.stop()
        else:
            self.dress(part)

    def _forget(self) -> None:
        self._dressed = {part: worn for part, worn in self._dressed.items() if isValid(part)}

    def close(self) -> None:
        """Leave undressed what nobody sees any more."""
        self._later.stop()
