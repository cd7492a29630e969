"""A choice among a few keys that have words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from simulator.gui.desk import Desk
from simulator.quantity import Text


class Options(QComboBox):
    """Keys to choose from, shown by the words of `words(key)`.

    chosen  the user has chosen a key
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, words: Callable[[str], Text]) -> None:
        super().__init__()
        self._desk, self._words = desk, words
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda place: self.chosen.emit(self.itemData(place)))
        desk.language.follow(self, self._rewrite)

    def offer(self, keys: Sequence[str], chosen: str) -> None:
        """Offer these keys; nothing is told."""
        with QSignalBlocker(self):
            if [self.itemData(place) for place in range(self.count())] != list(keys):
                self.clear()
                for key in keys:
                    self.addItem(self._desk.language.said(self._words(key)), key)
            self.setCurrentIndex(max(0, self.findData(chosen)))

    def _rewrite(self) -> None:
        for place in range(self.count()):
            self.setItemText(place, self._desk.language.said(self._words(self.itemData(place))))
