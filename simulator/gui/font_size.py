"""The size of all letters."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from simulator.gui.preferences import Preferences

SMALLEST, LARGEST = 7, 28
_KEPT = "font_size"


class FontSize(QObject):
    """The size that the user chose, else that of the system."""

    changed = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
        self.system = max(SMALLEST, round(system)) if system > 0 else 10
        self.points = preferences.number(_KEPT, self.system, SMALLEST, LARGEST)
        self._apply()

    def choose(self, points: int) -> None:
        """Use another size from now on."""
        self.points = min(max(points, SMALLEST), LARGEST)
        self._preferences.keep(_KEPT, self.points)
        self._apply()

    def _apply(self) -> None:
        font = QApplication.font()
        if font.pointSize() != self.points:
            font.setPointSize(self.points)
            QApplication.setFont(font)
            self.changed.emit()
