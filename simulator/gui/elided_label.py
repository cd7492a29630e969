"""One line of words that gives way: cut off with dots where there is no room, whole in its tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ElidedLabel(QLabel):
    """A label of plain words that never makes its window wider."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, words: str) -> None:  # noqa: N802 (Qt's name)
        """Show these words, or what there is room for."""
        super().setText(words)
        self.setToolTip(words if "<" not in words else "")

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A few letters."""
        letters = self.fontMetrics()
        return QSize(min(4 * letters.averageCharWidth(), self.sizeHint().width()), letters.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw what there is room for."""
        painter, area = QPainter(self), self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(self.palette().windowText().color())
        whole = Qt.TextFlag.TextDontClip  # the dots of Ö reach above the line in bold letters
        painter.drawText(area, self.alignment() | Qt.AlignmentFlag.AlignVCenter | whole, words)
        painter.end()
