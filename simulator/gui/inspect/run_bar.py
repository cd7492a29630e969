"""Which run is looked at: its luck, run again or cancel, how far it is."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSpinBox, QWidget

from simulator.gui.desk import Desk
from simulator.gui.inspect.run import FirmRun
from simulator.quantity import Text

MOST_SEED = 2**31 - 1
_SEED = Text("See&d", "&Frö")
_SEED_HELP = Text("Luck of the run: another seed, other firms' fates", "Körningens slump: annat frö, andra öden")
_AGAIN, _CANCEL = Text("&Run again", "&Kör igen"), Text("&Cancel", "Avbr&yt")
_PROGRESS = Text("Quarters that are done", "Kvartal som är klara")
_WIDTH = 200


class RunBar(QWidget):
    """Seed, button and progress of a run.

    again    the user wants the run to be made (again)
    changed  the seed is another
    """

    again = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, run: FirmRun) -> None:
        super().__init__()
        self._desk, self._run = desk, run
        self._own = False
        self.seed, self.button, self.progress = QSpinBox(), QPushButton(), QProgressBar()
        self._label = QLabel()
        self._label.setBuddy(self.seed)
        self.seed.setRange(0, MOST_SEED)
        self.seed.setKeyboardTracking(False)
        self.seed.setMinimumWidth(72)
        self.seed.setMaximumWidth(110)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._label, self.seed, self.button, self.progress):
            layout.addWidget(part)
        self.seed.valueChanged.connect(self._choose)
        self.button.clicked.connect(lambda: run.cancel() if run.running else self.again.emit())
        run.progressed.connect(self.refresh)
        desk.language.follow(self, self._retranslate)

    def follow(self, seed: int) -> None:
        """Take the scenario's seed, unless the user has chosen one."""
        if not self._own:
            with QSignalBlocker(self.seed):
                self.seed.setValue(min(seed, MOST_SEED))

    def forget(self) -> None:
        """The scenario's seed counts again."""
        self._own = False

    def refresh(self) -> None:
        """Show how far the run is."""
        run, said = self._run, self._desk.language.said
        self.button.setText(said(_CANCEL if run.running else _AGAIN))
        self.progress.setVisible(run.running)
        self.progress.setRange(0, run.total if run.done else 0)
        self.progress.setValue(run.done)

    def _choose(self) -> None:
        self._own = True
        self.changed.emit()

    def _retranslate(self) -> None:
        said = self._desk.language.said
        self._label.setText(said(_SEED))
        self.seed.setAccessibleName(said(_SEED).replace("&", ""))
        self.seed.setToolTip(said(_SEED_HELP))
        self.progress.setAccessibleName(said(_PROGRESS))
        self.refresh()
