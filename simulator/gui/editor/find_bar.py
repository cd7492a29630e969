"""Search in the text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from simulator.gui.desk import Desk
from simulator.gui.editor.pane import TextPane
from simulator.quantity import Text

_FIND = Text("Find in the text", "Sök i texten")
_NEXT, _BEFORE = Text("&Next", "&Nästa"), Text("&Previous", "Före&gående")
_CLOSE = Text("Close", "Stäng")
_NONE = Text("Not found", "Finns inte")


class FindBar(QWidget):
    """A line to search with; hidden until it is asked for."""

    def __init__(self, desk: Desk, pane: TextPane) -> None:
        super().__init__()
        self.desk, self._pane, self._missing = desk, pane, False
        self.words, self.told = QLineEdit(), QLabel()
        self.words.setClearButtonEnabled(True)
        self.after, self.before, close = QPushButton(), QPushButton(), QPushButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words, 1)
        for widget in (self.told, self.after, self.before, close):
            layout.addWidget(widget)
        say = desk.language.words
        say(self, self.words.setPlaceholderText, _FIND)
        say(self, self.words.setAccessibleName, _FIND)
        for button, text in ((self.after, _NEXT), (self.before, _BEFORE), (close, _CLOSE)):
            say(self, button.setText, text)
        desk.language.follow(self, self._tell)
        self.words.textEdited.connect(self._search_from_here)
        self.words.returnPressed.connect(self.find_next)
        self.after.clicked.connect(self.find_next)
        self.before.clicked.connect(self.find_previous)
        close.clicked.connect(self.leave)
        self.hide()

    def ask(self) -> None:
        """Let somebody say what to search for; what is chosen in the text is the first proposal."""
        chosen = self._pane.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.words.setText(chosen)
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def leave(self) -> None:
        """Go back to the text."""
        self.hide()
        self._pane.setFocus()

    def find_next(self) -> None:
        """Go to the next place, from the start again after the last one."""
        self._find(QTextDocument.FindFlag(0))

    def find_previous(self) -> None:
        """Go to the place before."""
        self._find(QTextDocument.FindFlag.FindBackward)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _search_from_here(self) -> None:
        cursor = self._pane.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._pane.setTextCursor(cursor)
        self.find_next()

    def _find(self, flags: QTextDocument.FindFlag) -> None:
        words, cursor = self.words.text(), self._pane.textCursor()
        document = self._pane.document()
        found = document.find(words, cursor, flags)
        if found.isNull():
            around = QTextCursor(document)
            if flags:
                around.movePosition(QTextCursor.MoveOperation.End)
            found = document.find(words, around, flags)
        self._missing = bool(words) and found.isNull()
        if not found.isNull():
            self._pane.setTextCursor(found)
            self._pane.centerCursor()
        self._tell()

    def _tell(self) -> None:
        self.told.setText(self.desk.language.said(_NONE) if self._missing else "")
