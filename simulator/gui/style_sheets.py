"""Gives the parts of the window their style sheets one by one, what is seen first: all at once hold the window up."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from simulator.gui.font_size import FontSize
from simulator.gui.style import sheet
from simulator.gui.theme import Theme


class StyleSheets(QObject):
    """Gives each part its style sheet, anew when the colours or the size of letters change."""

    def __init__(self, theme: Theme, font_size: FontSize) -> None:
        super().__init__()
        self._theme, self._font_size = theme, font_size
        self._sheet = ""
        self._applied: dict[QWidget, str] = {}
        self._later = QTimer(self)
        self._later.timeout.connect(self._next)
        theme.follow(self, self._renew)
        font_size.changed.connect(self._renew)

    def add(self, *parts: QWidget) -> None:
        """Style parts, with all in them, from now on as long as they exist."""
        self._forget()
        for part in parts:
            self._applied[part] = ""
            self.apply(part)

    def apply(self, part: QWidget) -> None:
        """Have a part styled before it is seen."""
        if self._applied[part] != self._sheet:
            self._applied[part] = self._sheet
            part.setStyleSheet(self._sheet)

    def _renew(self) -> None:
        self._sheet = sheet(self._theme.colours, self._font_size.points)
        self._later.start()

    def _next(self) -> None:
        """Style one part, those that are seen first, then let the window live."""
        self._forget()
        parts = [each for each, now in self._applied.items() if now != self._sheet]
        part = next((each for each in parts if each.isVisible()), parts[0] if parts else None)
        if part is None:
            self._later.stop()
        else:
            self.apply(part)

    def _forget(self) -> None:
        self._applied = {part: now for part, now in self._applied.items() if isValid(part)}

    def close(self) -> None:
        """Restyle no more."""
        self._later.stop()
