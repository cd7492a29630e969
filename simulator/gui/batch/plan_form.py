"""A new batch: what is run, how often, by how many, where to; what that means; and its start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from simulator.ensemble.storage.store import MANIFEST
from simulator.gui.batch.entries import Field, FolderEntry
from simulator.gui.batch.messages import Ask, Begin, Expected, Planned, Refused, Source
from simulator.gui.batch.plan_view import PlanView
from simulator.gui.batch.source_box import SourceBox
from simulator.gui.batch.wishes_box import WishesBox
from simulator.gui.batch.work_box import WorkBox
from simulator.gui.desk import Desk
from simulator.gui.file_dialogs import ask_folder
from simulator.quantity import Text

REST = 350
"""Milliseconds without a change after which a plan is asked for."""
HOME = "batch_home"
_WHAT = Text("&What is run", "Vad s&om körs")
_FOLDER = Text("Results f&older", "Resultat&mapp")
_BROWSE = Text("&Browse…", "&Bläddra…")
_CHOOSE = Text("Choose a folder for results", "Välj en mapp för resultat")
_START = Text("&Start", "&Starta")
_TEXT_NOW = Text(
    "The text as it is now is what runs, saved or not.", "Texten som den är nu är det som körs, sparad eller inte."
)
_FORM_WIDTH = 440


class PlanForm(QWidget):
    """The form of a new batch beside its plan.

    asked    a plan is wanted: an `Ask`      wanted  it is to run: a `Begin`
    """

    asked = Signal(object)
    wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.source, self.plan = SourceBox(desk), PlanView(desk)
        self.wishes, self.work = WishesBox(desk), WorkBox(desk)
        self.folder, self.browse, self.start = FolderEntry(desk), QPushButton(), QPushButton()
        self.start.setObjectName("chief")
        self.question: Ask | None = None
        self.planned: Planned | None = None
        self.possible = False
        self._own_folder = False
        self._looking = self._busy = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.ask)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        words, note, place = self.desk.language.words, QLabel(), QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        note.setObjectName("muted")
        note.setWordWrap(True)
        words(note, note.setText, _TEXT_NOW)
        self._note = note
        for button, text in ((self.browse, _BROWSE), (self.start, _START)):
            words(button, button.setText, text)
        self._what = Field(self.desk, _WHAT, self.source)
        self._where = Field(self.desk, _FOLDER, self.folder, place)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 8, 12, 8)
        for widget in (self._what, self.wishes, self.work, self._where, note, self.start):
            column.addWidget(widget)
        column.addStretch(1)
        left = QScrollArea()
        left.setWidget(inner)
        left.setWidgetResizable(True)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its parts are stops of their own
        left.setFrameShape(QScrollArea.Shape.NoFrame)
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setFixedWidth(_FORM_WIDTH)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(left)
        outer.addWidget(self.plan, 1)

    def _connect(self) -> None:
        self.source.changed.connect(self._another)
        self.desk.document.changed.connect(self._text_changed)
        for part in (self.wishes, self.work):
            part.changed.connect(self.touch)
        self.folder.textEdited.connect(self._folder_edited)
        self.folder.textChanged.connect(self.folder.setToolTip)
        self.browse.clicked.connect(self._browse)
        self.start.clicked.connect(self.go)

    # -- what is wanted ------------------------------------------------------------------------------------------
    def shown(self) -> None:
        """Plan from now on what is chosen."""
        self._looking = True
        self.touch()

    def hidden(self) -> None:
        """Nobody looks any more."""
        self._looking = False
        self._rest.stop()

    @property
    def home(self) -> Path:
        """Where folders of results are made."""
        kept = self.desk.preferences.text(HOME)
        return Path(kept) if kept else self.desk.document.place.parent / "results"

    @property
    def chosen(self) -> Source:
        """What is to be run, as it is now."""
        file, wishes, split = self.source.file, self.wishes.wishes, self.wishes.split
        variant = self.wishes.variant.currentData() or None
        if file is not None:
            return Source(str(file), None, wishes, split, variant)
        return Source(str(self.desk.document.place), self.desk.document.text, wishes, split, variant)

    @property
    def fault(self) -> Text | None:
        """What is wrong with the first field that cannot be used."""
        fields = (*self.wishes.fields, *self.work.fields, self._where)
        return next((found for field in fields if (found := field.fault) is not None), None)

    def _another(self) -> None:
        """Something else is to be run: it says itself how often."""
        self.wishes.forget()
        self._note.setVisible(self.source.file is None)
        self.touch()

    def _text_changed(self) -> None:
        if self.source.file is None:
            self.touch()

    def touch(self) -> None:
        """Something is another: plan anew, soon."""
        self.planned, self.question = None, None
        self._enable()
        fault = self.fault
        if fault is not None:
            self._rest.stop()
            self.plan.show_refused(Refused(fault))
        elif self._looking:
            self.plan.wait()
            self._rest.start()

    def ask(self) -> None:
        """Ask what would be run, after sliders' moves are in the text: that is written beside the window."""
        if self.source.file is None and self.desk.live.unwritten:
            self.desk.live.settle()
            self._rest.start()
            return
        own = self.folder.inside(self.home) if self._own_folder else None
        self.question = Ask(self.chosen, self.home, own, self.work.work)
        self.asked.emit(self.question)

    def _browse(self) -> None:
        chosen = ask_folder(self.desk, self, _CHOOSE, self.home)
        if chosen is not None:
            self.choose_folder(chosen)

    def _folder_edited(self) -> None:
        """The user wants results there; nowhere in particular where it is empty."""
        self._own_folder = bool(self.folder.text().strip())
        self.touch()

    def choose_folder(self, folder: Path) -> None:
        """Put results into a folder that has some already, or is empty; else into a new one inside."""
        try:
            inside = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        except OSError:  # the plan says that nothing can be written there
            inside = set()
        if inside and MANIFEST not in inside:
            self.desk.preferences.keep(HOME, str(folder))
            self.folder.clear()
        else:
            self.folder.setText(str(folder))
        self._folder_edited()

    def go(self) -> None:
        """Run what is planned."""
        if self.planned is None or self.question is None or not self.start.isEnabled():
            return
        self.desk.settle()
        self.work.keep()
        self.wanted.emit(Begin(self.chosen, self.planned.folder, self.work.work))

    # -- what is answered ----------------------------------------------------------------------------------------
    def show_planned(self, question: Ask, found: Planned) -> None:
        """Show what would be run, unless something else is asked by now."""
        if question != self.question:
            return
        self.planned, self.possible = found, True
        if question.folder is None:
            self.folder.setText(str(found.folder))
            self._own_folder = False
        self.wishes.show_planned(found)
        self.plan.show_planned(found)
        self._enable()

    def show_expected(self, found: Expected) -> None:
        """Show what it would take."""
        if found.question == self.question:
            self.possible = found.possible
            self.plan.show_expected(found)
            self._enable()

    def show_refused(self, question: Ask, why: Refused) -> None:
        """Show why nothing can be run."""
        if question == self.question:
            self.planned = None
            self.plan.show_refused(why)
            self._enable()

    def set_busy(self, busy: bool) -> None:
        """A batch runs, or none: there is one at a time."""
        self._busy = busy
        self._enable()

    def _enable(self) -> None:
        self.start.setEnabled(self.planned is not None and self.possible and not self._busy)
