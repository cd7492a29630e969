"""Difference to the baseline, or level: what a chart shows."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from simulator.gui.charts.fan import DIFFERENCE, MODES
from simulator.gui.desk import Desk


class ModeChoice(QWidget):
    """A button for each mode.

    buttons  by mode

    chosen  another mode (its name)
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.buttons = {mode: QRadioButton() for mode in MODES}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.buttons[DIFFERENCE].setChecked(True)
        for mode, button in self.buttons.items():
            desk.language.words(button, button.setText, MODES[mode])
            button.toggled.connect(lambda on, mode=mode: self.chosen.emit(mode) if on else None)
            row.addWidget(button)

    @property
    def mode(self) -> str:
        """The mode that is chosen."""
        return next(mode for mode, button in self.buttons.items() if button.isChecked())

    def choose(self, mode: str) -> None:
        """Show another mode as chosen; nothing is told."""
        with QSignalBlocker(self):
            self.buttons[mode].setChecked(True)
