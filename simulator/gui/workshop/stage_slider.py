"""A slider that can be read across a room, and moved with the arrows once its number is pressed."""

from __future__ import annotations

import math
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy

from simulator.gui.desk import Desk
from simulator.gui.live.handles import Handle, Scale, Setting
from simulator.gui.live.slider_row import MarkedSlider
from simulator.gui.workshop.wording import setting_text, value_text
from simulator.quantity import UNITS, Text

_START = Text("starts at {}", "börjar på {}")
_COARSE = 20
_COARSELY = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Left): -1}
_FINELY = {int(Qt.Key.Key_Up): 1, int(Qt.Key.Key_Down): -1}


class WideSlider(MarkedSlider):
    """Left and right move it far, up and down a little.

    focused  it has the keyboard, or has it no longer
    """

    focused = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Move; what is no move goes on to the stage."""
        if event.key() in _COARSELY:
            self.setValue(self.value() + _COARSELY[event.key()] * max(1, (self.maximum() - self.minimum()) // _COARSE))
        elif event.key() in _FINELY:
            self.setValue(self.value() + _FINELY[event.key()])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell that it is chosen."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell that it is not."""
        super().focusOutEvent(event)
        self.focused.emit(False)


class StageSlider(QFrame):
    """A handle on the stage.

    moved    somebody has moved it (key, value)
    focused  it has the keyboard now
    """

    moved = Signal(str, object)
    focused = Signal()

    def __init__(self, desk: Desk, handle: Handle, number: int, start: Setting) -> None:
        super().__init__()
        self._desk, self.handle, self._start, self._value = desk, handle, start, start
        self.setObjectName("stage_slider")
        unknown = isinstance(start, float) and math.isnan(start)
        self._scale = Scale.around(
            handle, None if unknown and handle.limitless else handle.default if unknown else start
        )
        self.number, self.name, self.value = QLabel(str(number)), QLabel(), QLabel()
        self.number.setObjectName("badge")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.value.setObjectName("value")
        self.slider = WideSlider(desk)
        self.slider.setRange(0, self._scale.last)
        self.slider.setPageStep(max(1, self._scale.count // 4))
        self.slider.mark = None if unknown else self._scale.place(start)
        self.slider.setEnabled(not unknown)
        self.slider.valueChanged.connect(self._slid)
        self.slider.focused.connect(self._focus)
        self._lay_out()
        self.chosen = False
        desk.language.follow(self, self._retranslate)
        desk.theme.follow(self, self._colour)
        self.show_value(start)

    def _lay_out(self) -> None:
        self.name.setWordWrap(True)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 3, 10, 3)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.number, 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.name, 0, 1, 1, 2)
        grid.addWidget(self.slider, 1, 1)
        grid.addWidget(self.value, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)

    def show_value(self, value: Setting) -> None:
        """Show where it stands; nothing is told."""
        self._value = value
        if not (isinstance(value, float) and math.isnan(value)):
            with QSignalBlocker(self.slider):
                self.slider.setValue(self._scale.place(value))
        self._retranslate()

    def _slid(self, place: int) -> None:
        value = self._scale.value(place)
        self.show_value(value)
        self.moved.emit(self.handle.key, value)

    def _focus(self, chosen: bool) -> None:
        self.chosen = chosen
        self._colour()
        if chosen:
            self.focused.emit()

    def _retranslate(self) -> None:
        language, handle = self._desk.language, self.handle
        said = language.said
        start = said(_START).format(setting_text(language, handle, self._start))
        of = " · ".join(part for part in (said(handle.where), language.unit(handle.quantity.unit)) if part)
        self.name.setText(f"{escape(said(handle.text))}<br><small>{escape(of)}</small>")
        self.name.setToolTip(said(handle.quantity.help))
        self.value.setText(value_text(language, handle, self._value))
        self.slider.setAccessibleName(f"{self.number.text()}: {said(handle.text)}, {said(handle.where)}")
        self.slider.setAccessibleDescription(f"{self.value.text()} {said(UNITS[handle.quantity.unit])}, {start}")
        self.slider.setToolTip(start)

    def _colour(self) -> None:
        colours = self._desk.theme.colours
        edge = colours.accent if self.chosen else colours.line
        badge = (
            f"background: {colours.accent}; color: {colours.on_accent}"
            if self.chosen
            else (f"background: {colours.ground}; color: {colours.text}")
        )
        self.setStyleSheet(
            f"QFrame#stage_slider {{ background: {colours.surface}; border: 3px solid {edge}; border-radius: 8px; }}"
            f"QLabel#badge {{ {badge}; border-radius: 6px; padding: 4px 8px; font-weight: 700; }}"
            "QLabel#value { font-weight: 700; }"
        )
