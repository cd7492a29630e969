"""A ring around the button or choice that keys go to: the style's own is hardly seen, or not at all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget
from shiboken6 import isValid

from simulator.gui.theme import Theme

_WIDTH, _ROUND = 2.0, 4.0
_OWN = "chief"
"""Buttons of this name show it themselves."""


class FocusRing(QObject):
    """Follows the focus of all windows as long as it lives, while it is moved by keys."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.ring: Ring | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.ring is not None and isValid(self.ring):
            self.ring.hide()
            self.ring.deleteLater()
        self.ring = None
        by_key = now is not None and now.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if by_key and isinstance(now, QAbstractButton | QComboBox) and now.objectName() != _OWN:
            self.ring = Ring(now, self._theme)

    def close(self) -> None:
        """Follow no more."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.disconnect(self._follow)
        self._follow(None, None)


class Ring(QWidget):
    """Lies on a widget, as large as that."""

    def __init__(self, on: QWidget, theme: Theme) -> None:
        super().__init__(on)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(on.size())
        on.installEventFilter(self)
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Stay as large as what it lies on."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the ring."""
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.colours.accent), _WIDTH))
            inside = QRectF(self.rect()).adjusted(_WIDTH / 2, _WIDTH / 2, -_WIDTH / 2, -_WIDTH / 2)
            painter.drawRoundedRect(inside, _ROUND, _ROUND)
        finally:
            painter.end()
