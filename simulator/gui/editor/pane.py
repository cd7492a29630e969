"""The text that can be written in, with line numbers and underlined faults."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from simulator.gui.desk import Desk
from simulator.gui.editor.highlighter import Highlighter
from simulator.gui.editor.places import changed_part, in_text, letters, shown, units
from simulator.gui.editor.typing import Typing
from simulator.quantity import Text
from simulator.scenario import Problem

_MARGIN = 10
_STEP = "  "
_NAME = Text("The scenario as text", "Scenariot som text")
_HOW = Text(
    "Tab writes two blanks; Escape goes on to the list of faults",
    "Tabb skriver två blanksteg; Escape går vidare till listan över fel",
)


class TextPane(QPlainTextEdit):
    """Shows the document's text and hands what is written to it.

    left  somebody wants to go on from here
    """

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setUndoRedoEnabled(False)  # the document's own history is the only one
        self._taking = False
        self._told = ""
        self._faults: Sequence[Problem] = ()
        self._typing = Typing()
        self._numbers = _Numbers(self)
        self._highlighter = Highlighter(self.document(), desk.theme)
        desk.language.words(self, self.setAccessibleName, _NAME)
        desk.language.words(self, self.setAccessibleDescription, _HOW)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scroll_numbers)
        self.document().contentsChanged.connect(self._written)
        self.cursorPositionChanged.connect(self._mark)
        desk.document.changed.connect(self.take)
        desk.document.started.connect(self.begin)
        desk.theme.follow(self, self._mark)
        self._make_room()
        self.begin()

    # -- between pane and document -------------------------------------------------------------------------------
    def begin(self) -> None:
        """Show another document from its start."""
        self._typing.interrupt()
        self._taking = True
        self.setPlainText(self.desk.document.text)
        self._told = self.toPlainText()
        self._taking = False

    def take(self) -> None:
        """Show what the document has become; cursor and view stay where they are."""
        old = self.toPlainText()
        if self._taking:
            return
        start, end, new = changed_part(_alike(old), _alike(shown(self.desk.document.text)))
        if start == end and not new:
            return
        self._typing.interrupt()
        self._taking = True
        bar, side = self.verticalScrollBar(), self.horizontalScrollBar()
        view = bar.value(), side.value()
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(old[:start]))
        cursor.setPosition(units(old[:end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(shown(self.desk.document.text)[start : start + len(new)])
        bar.setValue(view[0])
        side.setValue(view[1])
        self._told = self.toPlainText()
        self._taking = False

    def _written(self) -> None:
        new = self.toPlainText()
        if self._taking or new == self._told:
            return
        start, end, put = changed_part(self._told, new)
        what, merge = self._typing.step(start, self._told[start:end], put)
        text = self.desk.document.text
        if "\r\n" in text:
            put = put.replace("\n", "\r\n")
        self._told = new
        self._taking = True
        changed = text[: in_text(text, start)] + put + text[in_text(text, end) :]
        self.desk.document.rewrite(changed, what, merge)
        self._taking = False

    # -- keys ----------------------------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Write blanks for a tab, begin a line where the last one began."""
        cursor = self.textCursor()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Tab and not event.modifiers():
            cursor.insertText(_STEP)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            line = cursor.block().text()[: cursor.positionInBlock()]
            indent = line[: len(line) - len(line.lstrip(" "))]
            cursor.insertText("\n" + indent + (_STEP if line.rstrip().endswith(":") else ""))
            self.setTextCursor(cursor)
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 (Qt's name)
        """Leave files that are dropped here to the window, which opens them."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    # -- places and faults ---------------------------------------------------------------------------------------
    def go_to(self, line: int, column: int = 1) -> None:
        """Put the cursor at a line and column, both from 1, in the middle of the view."""
        self.setTextCursor(self._cursor_at(line, column))
        self.centerCursor()
        self.setFocus()

    def place(self) -> tuple[int, int]:
        """Line and column of the cursor, both from 1."""
        cursor = self.textCursor()
        return cursor.blockNumber() + 1, letters(cursor.block().text(), cursor.positionInBlock()) + 1

    def show_faults(self, faults: Sequence[Problem]) -> None:
        """Underline where these are."""
        self._faults = faults
        self._mark()
        self._numbers.update()

    def _cursor_at(self, line: int, column: int) -> QTextCursor:
        block = self.document().findBlockByNumber(min(max(line, 1), self.blockCount()) - 1)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + units(block.text()[: max(column, 1) - 1]))
        return cursor

    def _mark(self) -> None:
        colours = self.desk.theme.colours
        current = QTextEdit.ExtraSelection()
        current.format.setBackground(QColor(colours.raised))
        current.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        current.cursor = self.textCursor()
        current.cursor.clearSelection()
        marks = [current]
        broken = self.desk.document.check.scenario is None
        for fault in self._faults:
            mark = QTextEdit.ExtraSelection()
            style = QTextCharFormat()
            style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            style.setUnderlineColor(QColor(colours.error if broken else colours.warning))
            mark.format, mark.cursor = style, self._word_at(fault)
            marks.append(mark)
        self.setExtraSelections(marks)

    def _word_at(self, fault: Problem) -> QTextCursor:
        cursor = self._cursor_at(fault.line, fault.column)
        text = cursor.block().text()
        start = letters(text, cursor.positionInBlock())
        rest = text[start:]
        length = next((at for at, letter in enumerate(rest) if letter in " ,:]}#" and at), len(rest)) or 1
        if not rest and start:
            cursor.movePosition(QTextCursor.MoveOperation.Left)
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, length)
        return cursor

    # -- line numbers --------------------------------------------------------------------------------------------
    def numbers_width(self) -> int:
        """Room for the longest line number and its margins."""
        digits = max(3, len(str(self.blockCount())))
        return 2 * _MARGIN + self.fontMetrics().horizontalAdvance("9") * digits

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)

    def _scroll_numbers(self, area: QRect, moved: int) -> None:
        if moved:
            self._numbers.scroll(0, moved)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep the numbers beside the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.numbers_width(), inside.height()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Make room for larger numbers."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_numbers"):
            self._make_room()

    def paint_numbers(self, area: QPaintEvent) -> None:
        """Write the numbers of the lines in view; lines with faults have a bar."""
        colours = self.desk.theme.colours
        painter = QPainter(self._numbers)
        painter.fillRect(area.rect(), QColor(colours.ground))
        painter.setFont(self.font())
        block, here = self.firstVisibleBlock(), self.textCursor().blockNumber()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        faulty = {fault.line for fault in self._faults}
        height = self.fontMetrics().height()
        while block.isValid() and top <= area.rect().bottom():
            number = block.blockNumber() + 1
            painter.setPen(QColor(colours.text if number == here + 1 else colours.muted))
            room = QRect(0, round(top), self._numbers.width() - _MARGIN, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, str(number))
            if number in faulty:
                broken = self.desk.document.check.scenario is None
                painter.fillRect(0, round(top), 4, height, QColor(colours.error if broken else colours.warning))
            top += self.blockBoundingRect(block).height()
            block = block.next()
        painter.end()


def _alike(text: str) -> str:
    """A text without what Qt shows in another way: hard blanks as blanks, other line ends as line ends."""
    return text.translate({0xA0: " ", 0x0D: "\n", 0x2028: "\n", 0x2029: "\n"})


class _Numbers(QWidget):
    """The strip of line numbers."""

    def __init__(self, pane: TextPane) -> None:
        super().__init__(pane)
        self._pane = pane

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(self._pane.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        self._pane.paint_numbers(event)
