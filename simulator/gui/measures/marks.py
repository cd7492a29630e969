"""Colours and marks of the six priorities, the same wherever a measure is drawn; a code always stands beside them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from simulator.gui.theme import Colours

SIZE = 14


def colour_of(colours: Colours, priority: int) -> QColor:
    """Colour of a priority."""
    return QColor(colours.series[(priority - 1) % len(colours.series)])


def on_top_of(colours: Colours, ground: QColor) -> QColor:
    """The colour of words that can be read on a ground."""
    pale, dark = sorted((QColor(colours.text), QColor(colours.surface)), key=lambda each: -_lightness(each))
    return dark if _contrast(ground, dark) >= _contrast(ground, pale) else pale


def square(colours: Colours, priority: int) -> QIcon:
    """A small square with a priority's colour and number."""
    picture = QPixmap(2 * SIZE, 2 * SIZE)
    picture.setDevicePixelRatio(2)
    ground = colour_of(colours, priority)
    picture.fill(ground)
    painter = QPainter(picture)
    font = painter.font()
    font.setPixelSize(SIZE - 4)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(on_top_of(colours, ground))
    painter.drawText(QRectF(0, 0, SIZE, SIZE), Qt.AlignmentFlag.AlignCenter, str(priority))
    painter.end()
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)  # else tinted, and the number unreadable
    return made


def _lightness(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((_lightness(one), _lightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
