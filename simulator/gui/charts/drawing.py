"""Pictures that are painted: the ground they stand on, round numbers for scales, words that fit."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.gui.desk import Desk
from simulator.gui.live.bands import Band, Values

LEFT, RIGHT, CENTRE = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignCenter,
)
_SMALL = 0.88
_DARK_GROUND = 0.45
_BAND, _RING = 80, 2.0
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Drawing(QWidget):
    """A surface that a function paints: `paint(painter, area)`."""

    def __init__(self, desk: Desk, paint: Callable[[QPainter, QRectF], None], least: QSize) -> None:
        super().__init__()
        self._desk, self._paint = desk, paint
        self.setMinimumSize(least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        desk.theme.follow(self, self.update)
        desk.language.follow(self, self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the ground and what stands on it."""
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font())
            painter.fillRect(self.rect(), QColor(self._desk.theme.colours.surface))
            self._paint(painter, QRectF(self.rect()))
            if self.hasFocus():
                painter.setPen(QPen(QColor(self._desk.theme.colours.accent), _RING))
                painter.drawRect(QRectF(self.rect()).adjusted(_RING / 2, _RING / 2, -_RING / 2, -_RING / 2))
        finally:
            painter.end()  # left open, Qt ends the program


class ChoiceDrawing(Drawing):
    """A surface with parts to choose from.

    pointed  the mouse is there       stepped  an arrow was pressed: 1 or -1
    clicked  the mouse took that      taken    the part that is pointed at was taken by key
    """

    pointed = Signal(QPointF)
    clicked = Signal(QPointF)
    stepped = Signal(int)
    taken = Signal()

    def __init__(self, desk: Desk, paint: Callable[[QPainter, QRectF], None], least: QSize) -> None:
        super().__init__(desk, paint, least)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell where the mouse is."""
        self.pointed.emit(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell of a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell of arrows and of Return."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _TAKES:
            self.taken.emit()
        else:
            super().keyPressEvent(event)


def smaller(font: QFont, factor: float = _SMALL) -> QFont:
    """A font for what matters less."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * factor)
    else:
        made.setPixelSize(max(1, round(font.pixelSize() * factor)))
    return made


def bold(font: QFont) -> QFont:
    """A font for what matters."""
    made = QFont(font)
    made.setBold(True)
    return made


def write(painter: QPainter, area: QRectF, words: str, colour: str, flags: Qt.AlignmentFlag = LEFT) -> None:
    """Write one line, cut with an ellipsis where it does not fit."""
    painter.setPen(QColor(colour))
    fitting = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(flags), fitting)


def write_lines(painter: QPainter, area: QRectF, words: str, colour: str) -> float:
    """Write a paragraph with its lines broken; returns its height."""
    painter.setPen(QColor(colour))
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
    taken = painter.boundingRect(area, flags, words)
    painter.drawText(area, flags, words)
    return float(taken.height())


def width_of(painter: QPainter, words: str) -> float:
    """How wide words are."""
    return float(QFontMetricsF(painter.font()).horizontalAdvance(words))


def line_height(painter: QPainter) -> float:
    """Height of a line with its gap."""
    return float(QFontMetricsF(painter.font()).lineSpacing())


def round_step(span: float, most: int) -> float:
    """Distance of round numbers so that at most `most` intervals fit.

    >>> round_step(9.0, 5), round_step(0.4, 4)
    (2.0, 0.1)
    """
    if span <= 0 or not math.isfinite(span):
        return 1.0
    rough = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return float(next(power * one for one in (1, 2, 5, 10) if power * one >= rough * (1 - 1e-9)))


def round_ticks(low: float, high: float, most: int) -> tuple[list[float], int]:
    """Round numbers from `low` to `high`, and the decimals they need.

    >>> round_ticks(-0.3, 1.1, 4)
    ([0.0, 0.5, 1.0], 1)
    """
    step = round_step(high - low, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [place * step for place in range(first, last + 1)], max(0, -math.floor(math.log10(step) + 1e-9))


def room_for(parts: list[Values], zero: bool, least: float) -> tuple[float, float]:
    """Low and high end of all that is known, zero included where it belongs, never flatter than `least`.

    >>> room_for([np.array([2.0, 4.0])], True, 0.1)
    (0.0, 4.0)
    """
    known = np.concatenate([part[~np.isnan(part)] for part in parts]) if parts else np.empty(0)
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < least:
        low, high = (low + high - least) / 2, (low + high + least) / 2
    return low, high


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two: 0 is the first, 1 the second.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    first, second = QColor(one), QColor(other)
    parts = ((first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue()))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def readable_on(ground: str) -> str:
    """Black or white, whichever can be read."""
    return "#ffffff" if QColor(ground).lightnessF() < _DARK_GROUND else "#111111"


class Frame:
    """Where values lie in an area: x from `first` to `last`, y from `low` to `high`."""

    def __init__(self, area: QRectF, across: tuple[float, float], up: tuple[float, float]) -> None:
        self.area, self._across, self._up = area, across, up

    def x(self, value: float) -> float:
        """Place of a value across."""
        first, last = self._across
        return self.area.left() + (value - first) / ((last - first) or 1) * self.area.width()

    def y(self, value: float) -> float:
        """Place of a value up."""
        low, high = self._up
        return self.area.bottom() - (value - low) / ((high - low) or 1) * self.area.height()

    def path(self, across: Values, up: Values) -> QPainterPath:
        """A line through what is known."""
        known = ~np.isnan(up)
        points = [QPointF(self.x(a), self.y(b)) for a, b in zip(across[known], up[known], strict=True)]
        made = QPainterPath()
        if points:
            made.addPolygon(QPolygonF(points))
        return made

    def ribbon(self, painter: QPainter, across: Values, band: Band, colour: str) -> None:
        """Fill a band thinly."""
        known = ~np.isnan(band.low)
        there = [QPointF(self.x(a), self.y(b)) for a, b in zip(across[known], band.low[known], strict=True)]
        back = [QPointF(self.x(a), self.y(b)) for a, b in zip(across[known], band.high[known], strict=True)]
        thin = QColor(colour)
        thin.setAlpha(_BAND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(thin)
        painter.drawPolygon(QPolygonF(there + back[::-1]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
