"""Messages above the page that stay until somebody answers them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from simulator.gui.language import Language
from simulator.quantity import Text

Choice = tuple[Text, Callable[[], object]]
SEEN = Text("All right", "Uppfattat")


class Banners(QWidget):
    """One line for each message; a message of the same name takes the place of the one before."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._shown: dict[str, QFrame] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 8, 8, 0)
        self.hide()

    def tell(self, name: str, text: Text, *choices: Choice, serious: bool = False) -> None:
        """Show a message with what can be done about it; any choice takes it away."""
        self.take_back(name)
        frame = QFrame()
        frame.setObjectName("banner")
        frame.setProperty("serious", serious)
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(12, 6, 8, 6)
        label = QLabel()
        label.setWordWrap(True)
        layout.addWidget(label, 1)
        self._language.words(label, label.setText, text)
        for words, act in choices or ((SEEN, lambda: None),):
            button = QPushButton()
            self._language.words(button, button.setText, words)
            button.clicked.connect(lambda _=False, act=act: self._answer(name, act))
            layout.addWidget(button)
        self._shown[name] = frame
        self._layout.addWidget(frame)
        self.show()

    def _answer(self, name: str, act: Callable[[], object]) -> None:
        self.take_back(name)
        act()

    def take_back(self, name: str) -> None:
        """Remove a message, if it is there."""
        frame = self._shown.pop(name, None)
        if frame is not None:
            self._layout.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        self.setVisible(bool(self._shown))

    def text(self, name: str) -> str:
        """What a message says now; nothing when it is not there."""
        frame = self._shown.get(name)
        label = None if frame is None else frame.findChild(QLabel)
        return label.text() if isinstance(label, QLabel) else ""

    def buttons(self, name: str) -> list[QPushButton]:
        """The choices of a message."""
        frame = self._shown.get(name)
        return [] if frame is None else frame.findChildren(QPushButton)
