"""Which scenario or design is to be run: the one in work, a shipped design, or a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from simulator.gui.desk import Desk
from simulator.gui.file_dialogs import ask_open
from simulator.gui.shipped import shipped_designs
from simulator.quantity import Text

_WHAT = Text("What is run", "Vad som körs")
_IN_WORK = Text("The scenario in work: {}", "Scenariot i arbete: {}")
_DESIGN = Text("Design: {}", "Försöksplan: {}")
_FILE = Text("File: {}", "Fil: {}")
_OPEN = Text("O&pen file…", "Öppna &fil…")
_OPEN_HOW = Text("A design or scenario from a file; it may also be dropped here",
                 "En försöksplan eller ett scenario från fil; den kan också släppas här")  # fmt: skip
_KINDS = Text("Designs and scenarios (*.yaml *.yml)", "Försöksplaner och scenarier (*.yaml *.yml)")
_TITLE = Text("Open a design or scenario", "Öppna en försöksplan eller ett scenario")
_LEAST = 22


class SourceBox(QWidget):
    """A list of what can be run, with a button for more.

    changed  another is chosen
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list, self.open = QComboBox(), QPushButton()
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setMinimumContentsLength(_LEAST)
        self._files: list[Path] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 1)
        row.addWidget(self.open)
        self.setFocusProxy(self.list)
        self.list.activated.connect(lambda _: self.changed.emit())
        self.open.clicked.connect(self._ask)
        desk.language.words(self.open, self.open.setText, _OPEN)
        desk.language.words(self.open, self.open.setToolTip, _OPEN_HOW)
        desk.language.words(self.list, self.list.setAccessibleName, _WHAT)
        desk.language.follow(self, self._rewrite)
        desk.document.moved.connect(self._rewrite)

    @property
    def file(self) -> Path | None:
        """The file that is chosen; None: the scenario in work."""
        found = self.list.currentData()
        return found if isinstance(found, Path) else None

    def take(self, file: Path) -> None:
        """Choose a file."""
        file = file.absolute()
        if file not in self._files and file not in shipped_designs():
            self._files.append(file)
        self._rewrite()
        self.list.setCurrentIndex(self._paths().index(file))
        self.changed.emit()

    def _paths(self) -> list[Path | None]:
        return [None, *self._files, *shipped_designs()]

    def _rewrite(self) -> None:
        said, chosen, titles = self._desk.language.said, self.list.currentIndex(), shipped_designs()
        before = self.file
        with QSignalBlocker(self.list):
            self.list.clear()
            for path in self._paths():
                if path is None:
                    words = said(_IN_WORK).format(self._desk.document.name)
                elif path in titles:
                    words = said(_DESIGN).format(said(titles[path]))
                else:
                    words = said(_FILE).format(path.name)
                self.list.addItem(words, path)
            self.list.setCurrentIndex(self._paths().index(before) if chosen >= 0 else 0)

    def _ask(self) -> None:
        folder = self._files[-1].parent if self._files else self._desk.document.place.parent
        chosen = ask_open(self._desk, self, _TITLE, folder, _KINDS)
        if chosen is not None:
            self.take(chosen)
