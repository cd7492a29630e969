"""Batches: plan one, run it beside the window, look at its folder or at others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from simulator.ensemble.execution.interruption import Wish
from simulator.ensemble.options import WHOLE
from simulator.gui.batch.batch_process import BatchProcess
from simulator.gui.batch.folder_view import FolderView
from simulator.gui.batch.messages import (
    Ask,
    AtWork,
    Begin,
    Begun,
    Ended,
    Expected,
    GoOn,
    Planned,
    Question,
    Ran,
    Refused,
)
from simulator.gui.batch.plan_form import PlanForm
from simulator.gui.batch.progress_panel import ProgressPanel
from simulator.gui.desk import Desk
from simulator.gui.dialogs import ask
from simulator.gui.page import Page
from simulator.gui.shipped import shipped_designs
from simulator.quantity import Text

_NEW, _RESULTS = Text("&New batch", "&Ny körningsserie"), Text("Resu&lts", "Resul&tat")
_LEAVING = Text(
    "A batch is running: {done} of {total} runs are done. If the window closes now, the runs in work are dropped; what "
    "is done is kept, and Resume goes on with it another time.",
    "En körningsserie pågår: {done} av {total} körningar är klara. Om fönstret stängs nu släpps körningarna som pågår; "
    "det som är klart finns kvar, och Fortsätt tar vid en annan gång.",
)
_LEAVE, _STAY = Text("Stop it and close", "Avbryt den och stäng"), Text("Stay", "Stanna")
_YAML = (".yaml", ".yml")


class BatchPage(Page):
    """A new batch and folders of results, with the progress of runs below.

    runner  runs; there is one batch at a time    reader  plans and reads meanwhile
    """

    TITLE = Text("Batch", "Körningsserie")
    HELP = Text("Run the scenario or a design many times, and look at folders of results",
                "Kör scenariot eller en försöksplan många gånger, och se på resultatmappar")  # fmt: skip

    AHEAD = (shipped_designs,)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.runner, self.reader = BatchProcess(self), BatchProcess(self, again=True)
        self.tabs, self.form, self.view = QTabWidget(), PlanForm(desk), FolderView(desk)
        self.progress = ProgressPanel(desk)
        self.tabs.setDocumentMode(True)
        for at, (widget, text) in enumerate(((self.form, _NEW), (self.view, _RESULTS))):
            self.tabs.addTab(widget, "")
            desk.language.words(self.tabs, partial(self.tabs.setTabText, at), text)
        for bar in (self.tabs, self.tabs.tabBar()):
            desk.language.words(bar, bar.setAccessibleName, self.TITLE)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.progress)
        self.setAcceptDrops(True)
        self.form.asked.connect(self.reader.ask)
        self.form.wanted.connect(self.run)
        self.view.asked.connect(self.reader.ask)
        self.view.resumed.connect(self._resume)
        self.progress.stopped.connect(self.runner.stop)
        self.reader.answered.connect(self._read)
        self.reader.lost.connect(lambda question, why: self._read(question, Refused(why)))
        self.runner.answered.connect(self._ran)
        self.runner.lost.connect(lambda question, why: self._ran(question, Refused(why)))

    # -- running -------------------------------------------------------------------------------------------------
    @property
    def running(self) -> bool:
        """Whether a batch runs."""
        return self.progress.at_work

    def run(self, wanted: Begin | GoOn) -> None:
        """Begin, or go on with, the one batch that runs."""
        if self.running:
            return
        self._set_busy(busy=True)
        self.progress.begin()
        self.runner.ask(wanted)

    def _resume(self, again: bool) -> None:
        """Do what is missing in the folder that is shown, or what has failed again; as the form says who does runs."""
        fault, folder = self.form.work.fault, self.view.folder
        self.view.tell(fault)
        if fault is None and folder is not None:
            self.run(GoOn(folder, replace(self.form.work.work, part=WHOLE), again))

    def _set_busy(self, busy: bool) -> None:
        self.form.set_busy(busy)
        self.view.card.set_busy(busy)

    def _ran(self, _question: Question, answer: object) -> None:
        """Follow the runs."""
        match answer:
            case Begun():
                self.progress.name(answer.title)
                self.view.open(answer.folder)
            case Ran():
                self.progress.show_progress(answer.now)
            case AtWork():
                self.progress.show_workers(answer)
            case Ended():
                self.progress.end(answer)
                self._over()
            case Refused():
                self.progress.fail(answer.text)
                self._over()

    def _over(self) -> None:
        self._set_busy(busy=False)
        self.view.look()
        self.form.touch()

    def _read(self, question: Question, answer: object) -> None:
        """Hand an answer to whoever asked."""
        match answer:
            case Planned() if isinstance(question, Ask):
                self.form.show_planned(question, answer)
            case Expected():
                self.form.show_expected(answer)
            case Refused() if isinstance(question, Ask):
                self.form.show_refused(question, answer)
            case _:
                self.view.take(question, answer)

    # -- the page ------------------------------------------------------------------------------------------------
    def make_more(self) -> bool:
        """A chart."""
        return self.view.charts.tabs.make_more()

    def shown(self) -> None:
        """Plan what is chosen; look at the folder that was open."""
        self.form.shown()
        self.view.look()

    def hidden(self) -> None:
        """Runs go on."""
        self.form.hidden()

    def open_folder(self, folder: Path) -> None:
        """Show a folder of results."""
        self.tabs.setCurrentWidget(self.view)
        self.view.open(folder)

    def open_file(self, file: Path) -> None:
        """Plan a design or scenario from a file."""
        self.tabs.setCurrentWidget(self.form)
        self.form.source.take(file)

    @property
    def busy(self) -> bool:
        """Whether runs, a plan or a folder are on their way."""
        plan = self.form.plan
        planned = plan.estimate is not None or plan.refusal.isVisible()
        return self.running or not planned or self.reader.at_work is not None

    def may_leave(self) -> bool:
        """Ask whether to stop a batch that runs."""
        if not self.running:
            return True
        now = self.progress.now
        counts = {"done": now.done if now else 0, "total": now.total if now else "?"}
        text = Text(*(said.format(**counts) for said in _LEAVING))
        return ask(self.desk, self.window(), text, {"leave": _LEAVE, "stay": _STAY}) == "leave"

    def close_down(self) -> None:
        """End both processes, and with them those that run; what is done is on disk."""
        self.form.hidden()
        self.view.close_down()
        self.progress.workers.close_down()
        self.runner.stop(Wish.DROP)
        for process in (self.runner, self.reader):
            process.close_down()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Take folders, and files that may be designs."""
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Open a folder of results, or plan a file."""
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            (self.open_folder if path.is_dir() else self.open_file)(path)

    def _dropped(self, event: QDropEvent) -> Path | None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return next((path for path in paths if path.is_dir() or path.suffix.lower() in _YAML), None)
