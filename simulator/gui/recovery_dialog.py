"""Offers what sessions left behind that ended without saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QListWidget, QPlainTextEdit, QSplitter, QWidget

from simulator.gui.desk import Desk
from simulator.gui.dialogs import CANCEL, Dialog, ask
from simulator.gui.recovery import Copy
from simulator.quantity import Text

_TITLE = Text("Unsaved work", "Osparat arbete")
_WHAT = Text(
    "The program ended before this work was saved. Nothing is removed unless you say so.",
    "Programmet avslutades innan detta arbete var sparat. Inget tas bort utan att du säger till.",
)
_RECOVER, _DISCARD = Text("&Go on with it", "&Fortsätt med det"), Text("&Discard…", "&Kasta…")
_SURE = Text("Discard this work for good?", "Ska arbetet kastas för gott?")
_DISCARD_NOW, _LATER = Text("Discard", "Kasta"), Text("Decide &later", "Bestäm se&nare")


class RecoveryDialog(Dialog):
    """The copies with what they say; `recover` is told which one to go on with."""

    def __init__(self, desk: Desk, copies: Sequence[Copy], recover: Callable[[Copy], bool], parent: QWidget) -> None:
        super().__init__(desk, _TITLE, parent)
        self._copies, self._recover = list(copies), recover
        what, self.list, self.text = QLabel(), QListWidget(), QPlainTextEdit()
        what.setWordWrap(True)
        desk.language.words(what, what.setText, _WHAT)
        self.text.setReadOnly(True)
        self.list.setObjectName("plain")
        self.list.setWordWrap(True)
        desk.language.words(self.list, self.list.setAccessibleName, _TITLE)
        desk.language.words(self.text, self.text.setAccessibleName, Text("What it says", "Vad det säger"))
        split = QSplitter()
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setSizes([260, 420])
        self.inside.addWidget(what)
        self.inside.addWidget(split, 1)
        desk.language.words(self.closing, self.closing.setText, _LATER)
        self.recovering = self.add_button(_RECOVER, QDialogButtonBox.ButtonRole.ActionRole)
        self.discarding = self.add_button(_DISCARD, QDialogButtonBox.ButtonRole.ActionRole)
        self.recovering.clicked.connect(self._go_on)
        self.discarding.clicked.connect(self._discard)
        self.list.currentRowChanged.connect(self._show)
        desk.language.follow(self, self._fill)
        self.resize(720, 420)

    def _fill(self) -> None:
        row = max(0, self.list.currentRow())
        self.list.clear()
        for copy in self._copies:
            when = self.desk.language.locale.toString(
                QDateTime.fromSecsSinceEpoch(int(copy.when)), QLocale.FormatType.ShortFormat
            )
            self.list.addItem("\n".join([copy.name, when, *([str(copy.path)] if copy.path is not None else [])]))
        self.list.setCurrentRow(min(row, len(self._copies) - 1))

    def _show(self, row: int) -> None:
        self.text.setPlainText(self._copies[row].text if 0 <= row < len(self._copies) else "")
        for button in (self.recovering, self.discarding):
            button.setEnabled(0 <= row < len(self._copies))

    def _go_on(self) -> None:
        copy = self._copies[self.list.currentRow()]
        if self._recover(copy):
            self._copies.remove(copy)
            self.accept()

    def _discard(self) -> None:
        if ask(self.desk, self, _SURE, {"discard": _DISCARD_NOW, "cancel": CANCEL}) == "discard":
            self._copies.pop(self.list.currentRow()).discard()
            self._fill()
            if not self._copies:
                self.accept()

    def done(self, result: int) -> None:
        """Let the others be for another time."""
        for copy in self._copies:
            copy.leave()
        self._copies = []
        super().done(result)
