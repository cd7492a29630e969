"""Prepare a workshop, run it on a stage of its own, and keep what was said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from simulator.gui.charts.options import Options
from simulator.gui.charts.words import title_of
from simulator.gui.desk import Desk
from simulator.gui.dialogs import CANCEL, ask
from simulator.gui.file_dialogs import CSV, ask_save
from simulator.gui.live.handles import handles
from simulator.gui.page import Page
from simulator.gui.passing_message import PassingMessage
from simulator.gui.saving import SaveError, write_bytes
from simulator.gui.spreadsheet import encoded
from simulator.gui.workshop.minutes import minutes
from simulator.gui.workshop.notes_table import NotesTable
from simulator.gui.workshop.preparing import ChartChoice, GroupChoice
from simulator.gui.workshop.record_file import RecordFile
from simulator.gui.workshop.session import take_into_scenario
from simulator.gui.workshop.stage import Stage
from simulator.gui.workshop.start_panel import StartPanel
from simulator.gui.workshop.wording import positions_text
from simulator.indicators import INDICATORS
from simulator.quantity import Text

_PANEL = 340
_FOLDER = "export_folder"
_START = Text("&Start the workshop (F5)", "&Starta workshopen (F5)")
_ABOUT = Text(
    "A full screen in large letters, led by keys. Groups move the sliders, note what they expect and only then see the "
    "result. The scenario stays as it is until somebody takes a proposal into it.",
    "En helskärm med stor text som styrs med tangenter. Grupperna flyttar reglagen, skriver vad de tror och ser först "
    "därefter resultatet. Scenariot förblir som det är tills någon tar in ett förslag i det.",
)
_NOTES, _OF = Text("Notes of the workshop", "Workshopens anteckningar"), Text("Indicator", "Indikator")
_NO_NOTES = Text("Nothing has been noted yet.", "Inget är antecknat än.")
_TAKE = Text("&Take into the scenario", "&Ta in i scenariot")
_TAKE_HOW = Text(
    "The sliders of the chosen line go into the scenario, as one step that can be undone",
    "Reglagen på den valda raden går in i scenariot, som ett steg som kan ångras",
)
_EXPORT, _NEW = Text("E&xport as CSV…", "E&xportera som CSV…"), Text("&New workshop…", "Ny &workshop…")
_SURE = Text(
    "The notes so far are put aside in the program's folder, and the table becomes empty. Export them first if you "
    "want to have them at hand. What is prepared stays.",
    "Anteckningarna hittills läggs undan i programmets mapp och tabellen blir tom. Exportera dem först om du vill ha "
    "dem till hands. Förberedelserna blir kvar.",
)
_BEGIN = Text("Begin a new workshop", "Börja en ny workshop")
_MINUTES = Text("workshop", "workshop")
_FAULTY = Text(
    "The text of the scenario has faults: mend them before the workshop.",
    "Scenariots text har fel: rätta dem före workshopen.",
)
_CHOOSE = Text("Choose at least one slider and one chart first.", "Välj först minst ett reglage och ett diagram.")


class WorkshopPage(Page):
    """Preparation on top, notes below."""

    TITLE = Text("Workshop", "Workshop")
    HELP = Text("Let groups move the sliders and predict what happens", "Låt grupper flytta reglagen och förutsäga")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.record_file = RecordFile(desk.document, desk.preferences.folder)
        self.stage: Stage | None = None
        self.sliders = StartPanel(desk, self.record_file)
        self.charts, self.groups = ChartChoice(desk, self.record_file), GroupChoice(desk, self.record_file)
        self.start_button, self.about = QPushButton(), QLabel()
        self.table, self.indicator = NotesTable(desk, brief=False), Options(desk, _indicator_words)
        self.take, self.export, self.new = QPushButton(), QPushButton(), QPushButton()
        self._heading, self._of, self._none, self.positions = QLabel(), QLabel(), QLabel(), QLabel()
        self.message = PassingMessage(desk)
        self._lay_out()
        self._connect()
        self._word()
        self.record_file.load()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.charts, 3)
        top.addWidget(self.groups, 2)
        start = QHBoxLayout()
        self.start_button.setObjectName("chief")
        self._heading.setObjectName("title")
        self.about.setObjectName("muted")
        self._none.setObjectName("muted")
        self.positions.setObjectName("muted")
        for label in (self.about, self.positions):
            label.setWordWrap(True)
        start.addWidget(self.start_button)
        start.addWidget(self.about, 1)
        heads, buttons = QHBoxLayout(), QHBoxLayout()
        for part in (self._heading, self._none):
            heads.addWidget(part)
        heads.addStretch(1)
        heads.addWidget(self._of)
        heads.addWidget(self.indicator)
        self._of.setBuddy(self.indicator)
        for button in (self.take, self.export, self.new):
            buttons.addWidget(button)
        buttons.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 0, 0, 0)
        column.addLayout(top, 2)
        column.addLayout(start)
        column.addLayout(heads)
        column.addWidget(self.table, 3)
        column.addWidget(self.positions)
        column.addLayout(buttons)
        column.addWidget(self.message)
        split = QSplitter()
        split.addWidget(self.sliders)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([_PANEL, 3 * _PANEL])
        split.setChildrenCollapsible(False)
        QVBoxLayout(self).addWidget(split)

    def _connect(self) -> None:
        self.record_file.told.connect(self.message.tell)
        self.record_file.loaded.connect(self.refresh)
        self.sliders.told.connect(self.message.tell)
        self.charts.changed.connect(self.refresh)
        self.start_button.clicked.connect(self.start)
        self.take.clicked.connect(self._take)
        self.export.clicked.connect(self._ask_export)
        self.new.clicked.connect(self._begin_anew)
        self.indicator.chosen.connect(lambda _name: self.refresh())
        self.table.itemSelectionChanged.connect(self._offer)
        self.desk.document.checked.connect(self.refresh)
        self.desk.language.changed.connect(self._offer)

    def _word(self) -> None:
        words = self.desk.language.words
        for part, text in (
            (self.start_button, _START), (self.about, _ABOUT), (self._heading, _NOTES), (self._of, _OF),
            (self.take, _TAKE), (self.export, _EXPORT), (self.new, _NEW), (self._none, _NO_NOTES),
        ):  # fmt: skip
            words(part, part.setText, text)
        words(self.take, self.take.setToolTip, _TAKE_HOW)
        words(self.indicator, self.indicator.setAccessibleName, _OF)

    # -- what is shown -------------------------------------------------------------------------------------------
    def make_more(self) -> bool:
        """The sliders."""
        missing = not self.sliders.made
        self.sliders.make()
        return missing

    def shown(self) -> None:
        """Show how things stand."""
        self.sliders.make()
        self.refresh()

    def refresh(self) -> None:
        """Show the notes of one indicator."""
        notes, charts = self.record_file.record.notes, self.charts.chosen
        said_of = dict.fromkeys([*charts, *(name for note in notes for name in (*note.outcomes, *note.predictions))])
        names = [name for name in said_of if name in INDICATORS]
        chosen = self.indicator.currentData()
        self.indicator.offer(names, chosen if chosen in names else next(iter(names), ""))
        scenario = self.desk.document.last_scenario
        known = {} if scenario is None else handles(scenario)
        self.table.show_notes(notes, self.indicator.currentData() or "", known)
        self._none.setVisible(not notes)
        for part in (self._of, self.indicator):
            part.setVisible(bool(notes))
        self._offer()

    def _offer(self) -> None:
        notes = bool(self.record_file.record.notes)
        chosen, scenario = self.table.chosen, self.desk.document.last_scenario
        self.take.setEnabled(chosen is not None)
        known = {} if scenario is None or chosen is None else handles(scenario)
        self.positions.setText("" if chosen is None else positions_text(self.desk.language, chosen, known))
        self.positions.setVisible(chosen is not None)
        self.export.setEnabled(notes)
        self.new.setEnabled(notes)

    # -- what is done --------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Open the stage, unless it is open."""
        if self.stage is not None:
            self.stage.activateWindow()
            return
        self.record_file.finish()
        self.desk.settle()
        if self.desk.document.settle().scenario is None:
            self.message.tell(_FAULTY)
        elif not self.sliders.rows or not self.charts.chosen:
            self.message.tell(_CHOOSE)
        else:
            self.stage = Stage(self.desk, self.record_file, self)
            self.stage.left.connect(self._left)
            self.stage.setGeometry(self.screen().geometry())
            self.stage.showFullScreen()
            self.stage.back()

    def _left(self) -> None:
        if self.stage is not None:
            self.stage.deleteLater()
            self.stage = None
        self.refresh()

    def _take(self) -> None:
        note, scenario = self.table.chosen, self.desk.document.last_scenario
        if note is not None and scenario is not None:
            self.desk.settle()
            self.message.tell(take_into_scenario(self.desk, note.positions, handles(scenario)))

    def _ask_export(self) -> None:
        folder = Path(self.desk.preferences.text(_FOLDER) or Path.cwd())
        place = folder / f"{Path(self.desk.document.name).stem}-{self.desk.language.said(_MINUTES)}.csv"
        path = ask_save(self.desk, self, _EXPORT, place, CSV, "csv")
        if path is not None:
            self.write_minutes(path)

    def write_minutes(self, path: Path) -> None:
        """Write all notes to a file and say what came of it."""
        scenario = self.desk.document.last_scenario
        known = {} if scenario is None else handles(scenario)
        try:
            write_bytes(path, encoded(minutes(self.record_file.record.notes, known, self.desk.language)))
        except SaveError as error:
            self.message.tell(error.text())
            return
        self.desk.preferences.keep(_FOLDER, str(path.parent))
        self.message.tell(Text(f"Written: {path}", f"Skrivet: {path}"))

    def _begin_anew(self) -> None:
        if ask(self.desk, self, _SURE, {"begin": _BEGIN, "cancel": CANCEL}, serious=False) == "begin":
            self.record_file.begin_anew()

    def close_down(self) -> None:
        """End the workshop; what was said is kept."""
        if self.stage is not None:
            self.stage.close()
        self.record_file.close()


def _indicator_words(name: str) -> Text:
    return title_of(INDICATORS[name])
