"""A walk through the quarters: by slider, by keys, or played."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QToolButton, QWidget

from simulator.gui.desk import Desk
from simulator.quantity import Text

PACE = 350
"""Milliseconds for which a quarter is seen while time is played."""
_STEPS = {
    -1: Text("Inspect: one quarter back", "Granska: ett kvartal bakåt"),
    1: Text("Inspect: one quarter on", "Granska: ett kvartal framåt"),
}
_PLAY, _STOP = Text("Pla&y", "&Spela"), Text("S&top", "&Stoppa")
_PLAY_HELP = Text("Play through the quarters from here", "Spela upp kvartalen härifrån")
_SHOWN = Text("Quarter shown", "Kvartal som visas")
_BACK, _ON = Text("One quarter back (Alt+Left)", "Ett kvartal bakåt (Alt+Vänster)"), Text(
    "One quarter on (Alt+Right)", "Ett kvartal framåt (Alt+Höger)"
)  # fmt: skip


class TimeBar(QWidget):
    """Which quarter is seen.

    moved  it is another: the place of its frame
    """

    moved = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._label: Callable[[int], str] = str
        self.quarter, self.slider, self.play = QLabel(), QSlider(Qt.Orientation.Horizontal), QPushButton()
        self.back, self.on = QToolButton(), QToolButton()
        self.slider.setRange(0, 0)
        self.slider.setPageStep(4)
        self.play.setCheckable(True)
        self._clock = QTimer(self)
        self._clock.setInterval(PACE)
        self._clock.timeout.connect(self._tick)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.play, self.back, self.quarter, self.on):
            layout.addWidget(part)
        layout.addWidget(self.slider, 1)
        for button, arrow, step, keys in (
            (self.back, Qt.ArrowType.LeftArrow, -1, "Alt+Left"), (self.on, Qt.ArrowType.RightArrow, 1, "Alt+Right"),
        ):  # fmt: skip
            button.setArrowType(arrow)
            button.setAutoRaise(True)
            button.clicked.connect(lambda _=False, step=step: self.slider.setValue(self.slider.value() + step))
            key = QShortcut(QKeySequence(keys), self)
            desk.language.words(key, key.setWhatsThis, _STEPS[step])
            key.setContext(Qt.ShortcutContext.WindowShortcut)
            key.activated.connect(button.click)
        self.slider.valueChanged.connect(self._move)
        self.play.toggled.connect(self._play)
        desk.language.follow(self, self._retranslate)

    @property
    def place(self) -> int:
        """The frame that is seen."""
        return self.slider.value()

    def offer(self, count: int, label: Callable[[int], str]) -> None:
        """Offer so many frames; the same stays in sight, the last at first. Nothing is told."""
        at_end = self.slider.value() == self.slider.maximum()
        self._label = label
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, count - 1))
            if at_end:
                self.slider.setValue(self.slider.maximum())
        self.setEnabled(count > 1)
        self._say()

    def stop(self) -> None:
        """Stop playing."""
        self.play.setChecked(False)

    def _play(self, on: bool) -> None:
        if on:
            if self.slider.value() == self.slider.maximum():
                self.slider.setValue(0)
            self._clock.start()
        else:
            self._clock.stop()
        self.play.setText(self._desk.language.said(_STOP if on else _PLAY))

    def _tick(self) -> None:
        if self.slider.value() == self.slider.maximum():
            self.stop()
        else:
            self.slider.setValue(self.slider.value() + 1)

    def _move(self, place: int) -> None:
        self._say()
        self.moved.emit(place)

    def _say(self) -> None:
        self.quarter.setText(self._label(self.slider.value()) if self.isEnabled() else "")

    def _retranslate(self) -> None:
        said = self._desk.language.said
        self._play(self.play.isChecked())
        self.play.setToolTip(said(_PLAY_HELP))
        self.slider.setAccessibleName(said(_SHOWN))
        self.slider.setToolTip(said(_SHOWN))
        for button, text in ((self.back, _BACK), (self.on, _ON)):
            button.setToolTip(said(text))
            button.setAccessibleName(said(text))
