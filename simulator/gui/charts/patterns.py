"""Surfaces filled with small signs instead of a colour."""

from __future__ import annotations

import math
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QTransform,
)

_TILE, _FINE = 6, 3
_PEN, _DOT, _RING, _ARM, _DASH = 1.2, 0.9, 1.7, 1.5, 3.0


class Pattern(Enum):
    """Signs that are told apart without colour."""

    DOTS = "dots"
    RINGS = "rings"
    LINES = "lines"
    CROSSES = "crosses"
    DASHES = "dashes"


def fill_with(painter: QPainter, path: QPainterPath, colour: str, pattern: Pattern) -> None:
    """Fill with signs; as shapes where the picture is made of shapes: SVG has no scaled brushes."""
    engine = painter.paintEngine()
    if engine is None or engine.type() != QPaintEngine.Type.SVG:
        painter.fillPath(path, _tiled(colour, pattern))
        return
    box = path.boundingRect()
    across = range(math.floor(box.left() / _TILE), math.ceil(box.right() / _TILE) + 1)
    down = range(math.floor(box.top() / _TILE), math.ceil(box.bottom() / _TILE) + 1)
    if pattern is Pattern.LINES:
        shape = QPainterPath()
        for place in range(across.start + down.start, across.stop + down.stop):
            shape.moveTo(box.left(), place * _TILE - box.left())
            shape.lineTo(box.right(), place * _TILE - box.right())
        painter.fillPath(_stroked(shape).intersected(path), QColor(colour))
        return
    signs = QPainterPath()
    for centre in (QPointF((x + 0.5) * _TILE, (y + 0.5) * _TILE) for x in across for y in down):
        if path.contains(centre):
            signs.addPath(_sign(pattern).translated(centre))
    painter.fillPath(signs, QColor(colour))


@lru_cache(maxsize=16)
def _tiled(colour: str, pattern: Pattern) -> QBrush:
    """One tile, again and again. Qt's own patterns count the screen's points and vanish where these are small."""
    image = QImage(_TILE * _FINE, _TILE * _FINE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_FINE, _FINE)
    if pattern is Pattern.LINES:
        painter.setPen(QPen(QColor(colour), _PEN))
        for shift in (-_TILE, 0, _TILE):
            painter.drawLine(QPointF(shift, _TILE), QPointF(shift + _TILE, 0))
    else:
        painter.fillPath(_sign(pattern).translated(_TILE / 2, _TILE / 2), QColor(colour))
    painter.end()
    brush = QBrush(image)
    brush.setTransform(QTransform.fromScale(1 / _FINE, 1 / _FINE))
    return brush


@lru_cache(maxsize=8)
def _sign(pattern: Pattern) -> QPainterPath:
    """One sign around (0, 0)."""
    made = QPainterPath()
    if pattern is Pattern.DOTS:
        made.addEllipse(QPointF(0, 0), _DOT, _DOT)
        return made
    if pattern is Pattern.RINGS:
        made.addEllipse(QPointF(0, 0), _RING, _RING)
    elif pattern is Pattern.DASHES:
        made.addRect(QRectF(-_DASH / 2, -_PEN / 2, _DASH, _PEN))
        return made
    else:
        for x, y in ((_ARM, _ARM), (_ARM, -_ARM)):
            made.moveTo(-x, -y)
            made.lineTo(x, y)
    return _stroked(made)


def _stroked(path: QPainterPath) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(_PEN)
    return stroker.createStroke(path)
