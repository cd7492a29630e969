"""Which quarter charts show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider

from simulator.gui.desk import Desk
from simulator.quantity import Text

_TIME = Text("Quarter shown", "Kvartal som visas")


class QuarterSlider(QSlider):
    """A slider through time that stays at the end when the end moves.

    label  the quarter in writing
    """

    def __init__(self, desk: Desk, name: Text = _TIME) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.label = QLabel()
        self._quarters: Sequence[str] = ()
        self.setRange(0, 0)
        self.valueChanged.connect(self._say)
        desk.language.words(self, self.setAccessibleName, name)
        desk.language.words(self, self.setToolTip, name)

    @property
    def row(self) -> QHBoxLayout:
        """A line with the label before the slider."""
        made = QHBoxLayout()
        made.addWidget(self.label)
        made.addWidget(self, 1)
        return made

    def show_quarters(self, quarters: Sequence[str]) -> bool:
        """Take other quarters, none of which may be there yet; nothing is told. Whether it had to move."""
        self._quarters, last = quarters, max(0, len(quarters) - 1)
        moves = self.maximum() != last
        if moves:
            value = last if self.value() == self.maximum() else self.value()
            with QSignalBlocker(self):
                self.setRange(0, last)
                self.setValue(value)
        self._say()
        return moves

    def _say(self) -> None:
        self.label.setText(self._quarters[self.value()] if self._quarters else "")
