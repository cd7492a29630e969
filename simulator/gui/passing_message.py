"""A line that says something for a while."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from simulator.gui.desk import Desk
from simulator.gui.theme import Colours
from simulator.quantity import Text

STAYS = 15_000
"""Milliseconds for which a message stays."""


def _warning(colours: Colours) -> str:
    return f"color: {colours.warning}"


class PassingMessage(QLabel):
    """Hidden until there is something to say; follows language and theme meanwhile."""

    def __init__(self, desk: Desk, look: Callable[[Colours], str] = _warning) -> None:
        super().__init__()
        self._desk, self._look = desk, look
        self._said = Text("", "")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(STAYS)
        self._silence.timeout.connect(self.hide)
        desk.language.follow(self, self._word)
        desk.theme.follow(self, self._colour)

    def tell(self, text: Text) -> None:
        """Say something from now on, for a while."""
        self._said = text
        self._word()
        self.show()
        self._silence.start()

    def _word(self) -> None:
        self.setText(self._desk.language.said(self._said))

    def _colour(self) -> None:
        self.setStyleSheet(self._look(self._desk.theme.colours))
