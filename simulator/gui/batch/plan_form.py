"""A new batch: what is run, how often, by how many, where to; what that means; and its start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from simulator.ensemble.designs.planning import Wishes
from simulator.ensemble.workers.lanes import cores
from simulator.gui.batch.messages import Ask, Begin, Expected, Planned, Refused, Source
from simulator.gui.batch.plan_view import PlanView
from simulator.gui.batch.source_box import SourceBox
from simulator.gui.charts.options import Options
from simulator.gui.desk import Desk
from simulator.gui.file_dialogs import ask_folder
from simulator.indicators.grid import DIMENSIONS
from simulator.quantity import Text

REST = 350
"""Milliseconds without a change after which a plan is asked for."""
MOST = 100_000
HOME = "batch_home"
JOBS = "batch_jobs"
_WHAT = Text("&What is run", "Vad s&om körs")
_REPLICATIONS = Text("&Replications (seeds)", "&Upprepningar (frön)")
_SAMPLES = Text("&Draws of uncertain values", "&Dragningar av osäkra värden")
_BY = Text("Results b&y", "Resultat uppde&lade på")
_JOBS = Text("Runs &at once", "Körningar samt&idigt")
_FOLDER = Text("Results f&older", "Resultat&mapp")
_WRITTEN = Text("{} (as written)", "{} (som det står)")
_AS_WRITTEN = Text("as written", "som det står")
_NOTHING_DRAWN = Text("nothing is drawn", "inget dras")
_WHOLE = Text("the whole region only", "bara hela regionen")
_AND = Text(" and ", " och ")
_BROWSE = Text("&Browse…", "&Bläddra…")
_CHOOSE = Text("Choose a folder for results", "Välj en mapp för resultat")
_START = Text("&Start", "&Starta")
_TEXT_NOW = Text(
    "The text as it is now is what runs, saved or not.", "Texten som den är nu är det som körs, sparad eller inte."
)
_JOBS_HOW = Text(
    "Each run takes one core. Sliders and charts answer more slowly when no core is left for them.",
    "Varje körning tar en kärna. Reglage och diagram svarar långsammare när ingen kärna är kvar till dem.",
)
_BREAKDOWNS: tuple[tuple[str, ...], ...] = (
    (), ("county",), ("size_class",), ("county", "size_class"), ("municipality",), ("industry",),
)  # fmt: skip
_WRITE = "written"
_FORM_WIDTH = 440


def usual_jobs() -> int:
    """Runs at once that leave one core to the window."""
    return max(1, cores() - 1)


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
        self.replications, self.samples, self.jobs = QSpinBox(), QSpinBox(), QSpinBox()
        self.by = Options(desk, self._by_words)
        self.folder, self.browse, self.start = QLineEdit(), QPushButton(), QPushButton()
        self.start.setObjectName("chief")
        self.question: Ask | None = None
        self.planned: Planned | None = None
        self.possible = False
        self._seen: dict[str, Planned] = {}
        self._proposed = ""
        self._looking = self._busy = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.ask)
        self._lay_out()
        self._connect()
        desk.language.follow(self, self._retranslate)

    def _lay_out(self) -> None:
        for box in (self.replications, self.samples):
            box.setRange(0, MOST)
            box.setKeyboardTracking(False)
        self.jobs.setRange(1, max(64, cores()))
        self.jobs.setValue(self.desk.preferences.number(JOBS, usual_jobs(), 1, self.jobs.maximum()))
        self.by.offer([_WRITE, *map(",".join, _BREAKDOWNS)], _WRITE)
        form, words = QFormLayout(), self.desk.language.words
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        rows = (
            (_WHAT, self.source), (_REPLICATIONS, self.replications), (_SAMPLES, self.samples), (_BY, self.by),
            (_JOBS, self.jobs), (_FOLDER, self.folder),
        )  # fmt: skip
        for text, widget in rows:
            label = QLabel()
            label.setBuddy(widget)
            words(label, label.setText, text)
            words(widget, widget.setAccessibleName, Text(*(part.replace("&", "") for part in text)))
            form.addRow(label, place if widget is self.folder else widget)
        words(self.jobs, self.jobs.setToolTip, _JOBS_HOW)
        for button, text in ((self.browse, _BROWSE), (self.start, _START)):
            words(button, button.setText, text)
        note = QLabel()
        note.setObjectName("muted")
        note.setWordWrap(True)
        words(note, note.setText, _TEXT_NOW)
        self._note = note
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 8, 12, 8)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(self.start)
        column.addStretch(1)
        left = QScrollArea()
        left.setWidget(inner)
        left.setWidgetResizable(True)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its parts are stops of their own
        left.setFrameShape(QScrollArea.Shape.NoFrame)
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setFixedWidth(_FORM_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(left)
        row.addWidget(self.plan, 1)

    def _connect(self) -> None:
        self.source.changed.connect(self._another)
        self.desk.document.changed.connect(self._text_changed)
        for box in (self.replications, self.samples, self.jobs):
            box.valueChanged.connect(lambda _: self.touch())
        self.by.chosen.connect(lambda _: self.touch())
        self.folder.textEdited.connect(lambda _: self.touch())
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
        file, by = self.source.file, self.by.currentData()
        wishes = Wishes(self.replications.value() or None, self.samples.value() or None)
        split = None if by == _WRITE else tuple(part for part in by.split(",") if part)
        if file is not None:
            return Source(str(file), None, wishes, split)
        return Source(str(self.desk.document.place), self.desk.document.text, wishes, split)

    def _another(self) -> None:
        """Something else is to be run: it says itself how often."""
        for box in (self.replications, self.samples):
            box.blockSignals(True)
            box.setValue(0)
            box.blockSignals(False)
        self._note.setVisible(self.source.file is None)
        self.touch()

    def _text_changed(self) -> None:
        if self.source.file is None:
            self.touch()

    def touch(self) -> None:
        """Something is another: plan anew, soon."""
        self.planned, self.question = None, None
        self._enable()
        if self._looking:
            self.plan.wait()
            self._rest.start()

    def ask(self) -> None:
        """Ask what would be run, after sliders' moves are in the text: that is written beside the window."""
        if self.source.file is None and self.desk.live.unwritten:
            self.desk.live.settle()
            self._rest.start()
            return
        text = self.folder.text().strip()
        own = None if text in ("", self._proposed) else Path(text).expanduser().absolute()
        self.question = Ask(self.chosen, self.home, own, self.jobs.value())
        self.asked.emit(self.question)

    def _browse(self) -> None:
        chosen = ask_folder(self.desk, self, _CHOOSE, self.home)
        if chosen is not None:
            self.choose_folder(chosen)

    def choose_folder(self, folder: Path) -> None:
        """Put results into a folder that has some already, or is empty; else into a new one inside."""
        inside = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        if inside and "manifest.json" not in inside:
            self.desk.preferences.keep(HOME, str(folder))
            self.folder.clear()
        else:
            self.folder.setText(str(folder))
        self.touch()

    def go(self) -> None:
        """Run what is planned."""
        if self.planned is None or self.question is None or not self.start.isEnabled():
            return
        self.desk.settle()
        self.desk.preferences.keep(JOBS, self.jobs.value())
        self.wanted.emit(Begin(self.chosen, self.planned.folder, self.jobs.value()))

    # -- what is answered ----------------------------------------------------------------------------------------
    def show_planned(self, question: Ask, found: Planned) -> None:
        """Show what would be run, unless something else is asked by now."""
        if question != self.question:
            return
        self.planned, self.possible = found, True
        if question.folder is None:
            self._proposed = str(found.folder)
            self.folder.setText(self._proposed)
        self._seen = {**self._seen, **({"runs": found} if question.source.wishes.replications is None else {})}
        if question.source.wishes.samples is None:
            self._seen["samples"] = found
        self.by.setEnabled(not found.design)
        self._retranslate()
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
        drawn = self.planned is None or self.planned.samples is not None or self.samples.value() > 0
        self.samples.setEnabled(drawn)

    # -- words ---------------------------------------------------------------------------------------------------
    def _by_words(self, key: str) -> Text:
        if key == _WRITE:
            return _AS_WRITTEN
        if not key:
            return _WHOLE
        parts = [DIMENSIONS[name] for name in key.split(",")]
        return Text(_AND.en.join(one.en for one in parts), _AND.sv.join(one.sv for one in parts))

    def _retranslate(self) -> None:
        said = self.desk.language.said
        runs, samples = self._seen.get("runs"), self._seen.get("samples")
        self.replications.setSpecialValueText(
            said(_AS_WRITTEN) if runs is None else said(_WRITTEN).format(runs.replications)
        )
        drawn = said(_AS_WRITTEN) if samples is None else said(_NOTHING_DRAWN)
        if samples is not None and samples.samples is not None:
            drawn = said(_WRITTEN).format(samples.samples)
        self.samples.setSpecialValueText(drawn)
