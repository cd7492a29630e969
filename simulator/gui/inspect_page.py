"""Down to the single firm: all of them at any quarter, in a table and as points, and the life of one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from simulator.ensemble.storage.manifest import SYNTHETIC
from simulator.gui.desk import Desk
from simulator.gui.inspect.biography import Biography
from simulator.gui.inspect.columns import FirmColumn, columns_of
from simulator.gui.inspect.export import Exporter, Sheet
from simulator.gui.inspect.filters import FilterBar
from simulator.gui.inspect.history import Frame, History
from simulator.gui.inspect.run import FirmRun
from simulator.gui.inspect.run_bar import RunBar
from simulator.gui.inspect.scatter import Scatter
from simulator.gui.inspect.table import FirmTable
from simulator.gui.inspect.table_menus import ColumnMenu, TableExport
from simulator.gui.inspect.time_bar import TimeBar
from simulator.gui.page import Page
from simulator.gui.passing_message import PassingMessage
from simulator.quantity import Text

_SYNTHETIC = Text("Synthetic firms, no real ones", "Syntetiska företag, inga verkliga")
_DIGEST = Text("digest", "fingeravtryck")
_FAULTS = Text("The text has faults: mend them, then run.", "Texten har fel: rätta dem, kör sedan.")
_OLD_FAULTS = Text("from before the faults in the text", "från före felen i texten")
_STALE = Text("from before the last change: run again", "från före den senaste ändringen: kör igen")
_READY = Text("Run to see the firms.", "Kör för att se företagen.")
_WARMING = Text("A worker process starts…", "En arbetsprocess startar…")
_ABOUT = (
    Text("scenario", "scenario"), Text("digest", "fingeravtryck"), Text("seed", "frö"), Text("quarter", "kvartal"),
    Text("filter", "filter"), Text("data", "data"),
)  # fmt: skip
_SHORT = 8
_LEFT, _RIGHT, _LIFE = 580, 460, 420


class InspectPage(Page):
    """Firms of one run of the scenario in work."""

    TITLE = Text("Inspect", "Granska")
    HELP = Text("All firms at any quarter, and the life of one", "Alla företag vid valfritt kvartal, och ett av dem")

    def __init__(self, desk: Desk, run: FirmRun | None = None) -> None:
        super().__init__(desk)
        self.run = FirmRun(self) if run is None else run
        self.bar, self.filters, self.time = RunBar(desk, self.run), FilterBar(desk), TimeBar(desk)
        self.table, self.scatter, self.biography = FirmTable(desk), Scatter(desk), Biography(desk)
        self.columns, self.export = ColumnMenu(desk), TableExport(desk, self._file_name)
        self.exporter = Exporter(self)
        self.mark, self.message = QLabel(), PassingMessage(desk)
        self.firm = -1
        self._all: tuple[FirmColumn, ...] = ()
        self._looking, self._wanted = False, True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show_first)
        self._lay_out()
        self._connect()
        desk.language.follow(self, self._retranslate)
        desk.theme.follow(self, self._colour)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.bar)
        top.addWidget(self.mark, 1)
        top.addWidget(self.columns)
        top.addWidget(self.export)
        self.mark.setWordWrap(True)
        right = QSplitter(Qt.Orientation.Vertical)
        split = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.scatter, self.biography):
            holder = QWidget()
            box = QVBoxLayout(holder)
            box.setContentsMargins(8, 4, 0, 4)
            box.addWidget(part)
            right.addWidget(holder)
        split.addWidget(self.table)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([_LEFT, _RIGHT])
        right.setSizes([_RIGHT, _LIFE])
        for each in (right, split):
            each.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.message)
        column.addWidget(self.filters)
        column.addWidget(split, 1)
        column.addWidget(self.time)

    def _connect(self) -> None:
        document = self.desk.document
        document.checked.connect(self._document_checked)
        document.started.connect(self._document_started)
        self.run.finished.connect(self._finished)
        self.run.progressed.connect(self._tell_state)
        self.run.told.connect(self.message.tell)
        self.exporter.told.connect(self.message.tell)
        self.bar.again.connect(self.start)
        self.bar.changed.connect(self._tell_state)
        self.filters.changed.connect(self._refresh)
        self.columns.changed.connect(self._refresh)
        self.time.moved.connect(self._refresh)
        self.table.picked.connect(self.choose)
        self.scatter.picked.connect(self.choose)
        self.export.wanted.connect(self.write)

    # -- looking -------------------------------------------------------------------------------------------------
    @property
    def history(self) -> History | None:
        """The run that is looked at."""
        return self.run.history

    @property
    def frame(self) -> Frame | None:
        """The firms that are looked at."""
        return None if self.history is None else self.history.frames[self.time.place]

    @property
    def busy(self) -> bool:
        """Whether firms are on their way."""
        return self.run.running or self._soon.isActive()

    def make_more(self) -> bool:
        """A plot of one firm's life."""
        return self.biography.make_more()

    def shown(self) -> None:
        """Run the first time somebody looks."""
        self._looking = True
        self._start_if_wanted()
        self._tell_state()

    def hidden(self) -> None:
        """Time stands still while nobody looks."""
        self._looking = False
        self.time.stop()

    def close_down(self) -> None:
        """End the worker, and wait for what is being written."""
        self.time.stop()
        self._soon.stop()
        self.run.close_down()
        self.exporter.close_down()

    def _document_started(self) -> None:
        """Another scenario is in work: it is run when it is understood and somebody looks."""
        self._wanted = True
        self.bar.forget()

    def _document_checked(self) -> None:
        if self._looking:
            self._start_if_wanted()
        self._tell_state()

    def _start_if_wanted(self) -> None:
        if self._wanted and self.desk.document.scenario is not None:
            self.start()

    def start(self) -> None:
        """Run the scenario in work, unless its text has faults."""
        scenario = self.desk.document.scenario
        self.message.hide()
        if scenario is not None:
            self._wanted = False
            self.bar.follow(scenario.run.seed)
            self.run.ask(scenario, self.bar.seed.value())
        self._tell_state()

    def _finished(self) -> None:
        """Look at the run that has just ended, at the same quarter and firm where they are there."""
        history = self.history
        assert history is not None
        self._all = columns_of(history.where)
        self.time.offer(len(history.frames), history.label)
        if self.firm < 0 or history.last_seen(self.firm) is None:
            self.firm = history.richest_life()
        self._offer()
        self.biography.show_firm(history, self._all, self.firm, self.time.place)
        self._soon.start()  # with the rest it would hold the window up for longer than one notices
        self._tell_state()

    def _offer(self) -> None:
        if self.history is not None:
            self.filters.offer(self.history.where, self._all)
            self.columns.offer(self._all)
            self.scatter.offer(self._all)

    def _show_first(self) -> None:
        """Show the firms of a run that has just ended, with the row of the firm whose life is told."""
        self._refresh()
        self.table.mark(self.firm)

    def _refresh(self) -> None:
        """Show the firms of the quarter that fulfil what is asked."""
        frame = self.frame
        self._soon.stop()
        if frame is None:
            return
        kept = self.filters.row_filter.kept(frame, self._all, self.desk.language)
        self.table.show_firms(frame, kept, self.columns.chosen, self.firm)
        self.scatter.show_firms(frame, kept, self.firm)
        self.biography.set_moment(self.time.place)
        self.filters.tell(int(np.count_nonzero(kept)), frame.size)

    def choose(self, firm: int) -> None:
        """Look at one firm, in the table, among the points and through its life."""
        self.firm = firm
        self.table.mark(firm)
        self.scatter.mark(firm)
        self.biography.show_firm(self.history, self._all, firm, self.time.place)

    # -- files ---------------------------------------------------------------------------------------------------
    def write(self, path: Path | None) -> None:
        """Write the table as it is seen to a file, or to the clipboard."""
        history, frame = self.history, self.frame
        if history is None or frame is None:
            self.message.tell(_READY)
            return
        said = self.desk.language.said
        values = (
            Path(history.scenario).name, history.digest, str(history.seed), history.label(self.time.place),
            self.filters.words(), said(SYNTHETIC),
        )  # fmt: skip
        about = [(said(name), value) for name, value in zip(_ABOUT, values, strict=True)]
        sheet = Sheet(about, self.table.shown.columns, frame, self.table.shown.rows, self.desk.language)
        if path is None:
            self.exporter.copy(sheet)
        else:
            self.exporter.write(sheet, path)

    def _file_name(self) -> str:
        if self.history is None:
            return "firms.csv"
        stem = Path(self.history.scenario).stem
        return f"{stem}-{self.desk.language.said(self.TITLE).lower()}-{self.history.label(self.time.place)}.csv"

    # -- words ---------------------------------------------------------------------------------------------------
    def _tell_state(self) -> None:
        """Say which run this is, and whether it is still that of the scenario in work."""
        self.mark.setText(" · ".join(self.desk.language.said(text) for text in self._state()))
        self.bar.refresh()

    def _state(self) -> list[Text]:
        document, history, run = self.desk.document, self.history, self.run
        faulty = document.check.scenario is None and bool(document.check.problems)
        if document.scenario is not None:
            self.bar.follow(document.scenario.run.seed)
        self.bar.button.setEnabled(run.running or document.scenario is not None)
        if run.running:
            if not run.done:
                return [_WARMING]
            done, total = run.done, run.total
            return [Text(f"{done} of {total} quarters", f"{done} av {total} kvartal")]
        if history is None:
            return [_FAULTS if faulty else _READY, _SYNTHETIC]
        name = f"{Path(history.scenario).name} ({{}} {history.digest[:_SHORT]}), {{}} {history.seed}"
        parts = [_SYNTHETIC, Text(name.format(_DIGEST.en, "seed"), name.format(_DIGEST.sv, "frö"))]
        scenario = document.scenario
        if faulty:
            parts.append(_OLD_FAULTS)
        elif scenario is not None and (scenario.digest, self.bar.seed.value()) != (history.digest, history.seed):
            parts.append(_STALE)
        return parts

    def _retranslate(self) -> None:
        self._offer()
        self._refresh()
        self._tell_state()

    def _colour(self) -> None:
        self.mark.setStyleSheet(f"color: {self.desk.theme.colours.muted}")
