"""One slider with its name, its number, its range, and what is known about it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QWidget,
)

from simulator.gui.desk import Desk
from simulator.gui.live.handles import Handle, Scale, Setting
from simulator.quantity import GRADES, UNITS, Text

_RESET, _LET_GO = Text("Back to the usual value", "Tillbaka till det vanliga värdet"), Text("Remove", "Ta bort")
_NO_LIMIT = Text("no limit", "ingen gräns")
_USUAL = Text("usual", "vanligt")
_ALLOWED = Text("allowed", "tillåtet")
_ON = Text("on", "på")
_TICK = 3


class MarkedSlider(QSlider):
    """A slider with a mark at the usual value; the wheel turns the page unless the slider has the focus."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._desk = desk
        self.mark: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.theme.follow(self, self.update)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Turn only what was chosen."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the mark under the handle."""
        super().paintEvent(event)
        if self.mark is None:
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_SliderHandle
        length = self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self).width()
        room = self.width() - length
        x = length // 2 + QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), self.mark, room)
        painter = QPainter(self)
        painter.fillRect(x - 1, self.height() - _TICK - 1, 2, _TICK + 1, QColor(self._desk.theme.colours.text))
        painter.end()


class NumberField(QDoubleSpinBox):
    """A number as one writes it, without zeros at its end."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._language = desk.language

    def textFromValue(self, value: float) -> str:  # noqa: N802 (Qt's name)
        """Write it in the window's language."""
        return self._language.setting(round(value, self.decimals()))


class SliderRow(QWidget):
    """A handle on the screen.

    moved     the user has moved it (key, value)      released  and let it go
    let_go    the user wants to be rid of it (key)
    """

    moved = Signal(str, object)
    released = Signal()
    let_go = Signal(str)

    def __init__(self, desk: Desk, handle: Handle, value: Setting) -> None:
        super().__init__()
        self._desk, self.handle = desk, handle
        self._quiet = False
        self.name, self.low, self.high, self.unit = QLabel(), QLabel(), QLabel(), QLabel()
        self.slider, self.number, self.switch = MarkedSlider(desk), NumberField(desk), QCheckBox()
        self.reset, self.remove = QToolButton(), QToolButton()
        self._lay_out()
        self._scale = Scale.around(handle, value)
        self._set_up_number()
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self.released)
        self.number.valueChanged.connect(self._typed)
        self.number.editingFinished.connect(self.released)
        self.switch.toggled.connect(lambda on: self._move(bool(on)))
        self.reset.clicked.connect(self._reset)
        self.remove.clicked.connect(lambda: self.let_go.emit(handle.key))
        desk.language.follow(self, self._retranslate)
        desk.theme.follow(self, self._colour)
        self.show_value(value)

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setHorizontalSpacing(6)
        layout.setVerticalSpacing(1)
        self.name.setWordWrap(True)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self.name, 0, 0, 1, 2 if self.handle.yes_or_no else 3)
        layout.addWidget(self.reset, 0, 3)
        layout.addWidget(self.remove, 0, 4)
        if self.handle.yes_or_no:
            layout.addWidget(self.switch, 0, 2)
            for part in (self.slider, self.number, self.low, self.high, self.unit):
                part.hide()
            return
        layout.addWidget(self.slider, 1, 0, 1, 2)
        layout.addWidget(self.number, 1, 2, 1, 3)
        layout.addWidget(self.low, 2, 0)
        layout.addWidget(self.high, 2, 1, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.unit, 2, 2, 1, 3)
        layout.setColumnStretch(0, 1)
        self.switch.hide()
        self.setTabOrder(self.slider, self.number)

    def _set_up_number(self) -> None:
        low, high = self.handle.quantity.allowed
        step = self._scale.step
        decimals = 0 if self.handle.quantity.whole else max(0, -math.floor(math.log10(step) + 1e-9)) + 2
        self.number.setDecimals(decimals)
        self.number.setSingleStep(step)
        self.number.setRange(low - step if self.handle.limitless else low, high)
        self.number.setKeyboardTracking(False)
        self.number.setMinimumWidth(96)
        self.slider.setRange(0, self._scale.last)
        self.slider.setPageStep(max(1, self._scale.count // 10))
        usual = self.handle.default
        self.slider.mark = None if isinstance(usual, float) and math.isnan(usual) else self._place(usual)

    # -- values --------------------------------------------------------------------------------------------------
    def show_value(self, value: Setting) -> None:
        """Show what it is now; nothing is told."""
        none = isinstance(value, float) and math.isnan(value)
        with self._quietly():
            for part in (self.slider, self.number, self.switch, self.reset):
                part.setEnabled(not none)
            if none:
                return
            self.switch.setChecked(bool(value))
            self.slider.setValue(self._place(value))
            if value is None or value != self.number.value():
                self.number.setValue(self.number.minimum() if value is None else value)

    def _place(self, value: Setting) -> int:
        """Where a value lies on the slider; no limit is its last place."""
        return self._scale.place(value)

    def _slid(self, place: int) -> None:
        self._move(self._scale.value(place))

    def _typed(self, number: float) -> None:
        self._move(None if self.handle.limitless and number < self.handle.quantity.allowed[0] else number)

    def _reset(self) -> None:
        self._move(self.handle.default)
        self.released.emit()

    def _move(self, value: Setting) -> None:
        if self._quiet:
            return
        if value is not None:
            least, most = self.handle.quantity.allowed
            value = min(max(value, least), most)
        self.show_value(value)
        self.moved.emit(self.handle.key, value)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    # -- words and colours ---------------------------------------------------------------------------------------
    def _retranslate(self) -> None:
        language, handle = self._desk.language, self.handle
        said, low, high = language.said, self._scale.low, self._scale.high
        self.name.setText(f"{said(handle.text)}<br><small>{said(handle.where)}</small>")
        self.low.setText(language.setting(low))
        self.high.setText(said(_NO_LIMIT) if handle.limitless else language.setting(high))
        self.unit.setText(language.unit(handle.quantity.unit))
        self.switch.setText(said(_ON))
        with self._quietly():
            self.number.setLocale(language.locale)
            self.number.setSpecialValueText(said(_NO_LIMIT) if handle.limitless else "")
        self.setToolTip(self._about())
        for part in (self.slider, self.number, self.switch):
            part.setAccessibleName(f"{said(handle.text)}, {said(handle.where)}")
            part.setAccessibleDescription(said(UNITS[handle.quantity.unit]))
        for button, sign, text in ((self.reset, "↺", _RESET), (self.remove, "×", _LET_GO)):
            button.setText(sign)
            button.setAutoRaise(True)
            button.setToolTip(said(text))
            button.setAccessibleName(f"{said(text)}: {said(handle.text)}")

    def _about(self) -> str:
        """Help, unit, range, usual value, how well it is founded."""
        language, quantity = self._desk.language, self.handle.quantity
        said = language.said
        usual = said(_NO_LIMIT) if self.handle.default is None else language.setting(self.handle.default)
        low, high = (language.setting(end) for end in quantity.allowed)
        lines = [
            said(quantity.help),
            f"{said(UNITS[quantity.unit])}; {said(_ALLOWED)} {low}–{high}; {said(_USUAL)} {usual}",
            " ".join((said(GRADES[quantity.grade]), ", ".join(quantity.sources))).strip(),
            self.handle.key,
        ]
        return "<p>" + "<br>".join(lines) + "</p>"

    def _colour(self) -> None:
        muted = f"color: {self._desk.theme.colours.muted}"
        for part in (self.low, self.high, self.unit):
            part.setStyleSheet(muted)
