"""An open folder of results: how it stands, its charts; it may change, be damaged or go away while it is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from simulator.gui.batch.charts_panel import ChartsPanel
from simulator.gui.batch.folder_bar import FolderBar
from simulator.gui.batch.messages import (
    Look,
    Question,
    Read,
    Readings,
    Refused,
    Standing,
    Weigh,
    Weights,
    Write,
    Written,
)
from simulator.gui.batch.standing_card import StandingCard
from simulator.gui.desk import Desk
from simulator.quantity import Text

CALM = 1500
"""Milliseconds after the first sign of a change until the folder is read anew: while runs go on, signs come often."""
_WRITING = Text("Writing {}…", "Skriver {}…")
_WRITTEN = Text("Written: {}", "Skrivet: {}")


class FolderView(QWidget):
    """A folder of results.

    asked    something is to be read or written: a question
    resumed  runs are to be done: whether those that have failed
    """

    asked = Signal(object)
    resumed = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.bar, self.card, self.charts, self.message = (
            FolderBar(desk),
            StandingCard(desk),
            ChartsPanel(desk),
            QLabel(),
        )
        self.message.setWordWrap(True)
        self.message.hide()
        self._said: Text | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 4)
        for widget in (self.bar, self.card, self.message):
            column.addWidget(widget)
        column.addWidget(self.charts, 1)
        self._gap = QWidget()
        column.addWidget(self._gap, 1)
        self._watcher = QFileSystemWatcher(self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(self._changed)
        self._watcher.fileChanged.connect(self._changed)
        self.bar.chosen.connect(self.open)
        self.bar.again.connect(self.look)
        self.bar.export.connect(self._export)
        self.bar.told.connect(self.tell)
        self.charts.told.connect(self.tell)
        self.charts.wanted.connect(self.asked)
        self.card.resumed.connect(lambda: self.resumed.emit(False))
        self.card.retried.connect(lambda: self.resumed.emit(True))
        desk.language.follow(self, self._say)
        desk.theme.follow(self, self._say)
        self.bar.set_readable(runs=False, pairs=False)
        self._show_charts(shown=False)

    @property
    def folder(self) -> Path | None:
        """The folder that is open."""
        return self.bar.folder

    def open(self, folder: Path | None) -> None:
        """Open a folder, whatever it is; what is wrong with it is said."""
        if folder is None:
            return
        folder = folder.absolute()
        if folder != self.folder:
            self.card.wait()
            self.charts.clear()
            self._show_charts(shown=False)
            self.bar.set_readable(runs=False, pairs=False)
        self.bar.set_folder(folder)
        self.tell(None)
        self.look()

    def look(self) -> None:
        """Read anew how the folder stands."""
        self._calm.stop()
        if self.folder is not None:
            self._follow(self.folder)
            self.asked.emit(Look(self.folder))

    def _follow(self, folder: Path) -> None:
        """Watch the folder, the one around it (from which it may go) and its chunks."""
        wanted = [str(path) for path in (folder, folder.parent, folder / "chunks", folder / "manifest.json")]
        watched = [*self._watcher.directories(), *self._watcher.files()]
        old = [path for path in watched if path not in wanted]
        new = [path for path in wanted if path not in watched and Path(path).exists()]
        if old:
            self._watcher.removePaths(old)
        if new:
            self._watcher.addPaths(new)

    def _changed(self) -> None:
        if not self._calm.isActive():
            self._calm.start()

    def _export(self, question: Write) -> None:
        self.tell(Text(*(said.format(question.file) for said in _WRITING)))
        self.asked.emit(question)

    # -- answers -------------------------------------------------------------------------------------------------
    def take(self, question: Question, answer: object) -> None:
        """Show an answer, unless another folder is open by now."""
        if isinstance(question, Look | Read | Weigh | Write) and question.folder != self.folder:
            return
        match answer:
            case Standing():
                self._show_standing(answer)
            case Readings() if isinstance(question, Read):
                self.charts.show_readings(question, answer)
                self._show_charts(shown=True)
            case Weights() if isinstance(question, Weigh):
                self.charts.show_weights(question, answer)
            case Written():
                self.tell(Text(*(said.format(answer.file) for said in _WRITTEN)))
            case Refused():
                self.refuse(question, answer.text)

    def _show_standing(self, standing: Standing) -> None:
        self.card.show_standing(standing)
        pairs = any(one is not None for one in standing.cases.values())
        self.bar.set_readable(bool(standing.cases), pairs)
        self.charts.show_standing(standing)
        if standing.drawable is not None:
            self.tell(standing.drawable)
        failed_only = standing.failures > 0 and not self.charts.results
        self._show_charts(bool(self.charts.results) or failed_only)

    def refuse(self, question: Question, why: Text) -> None:
        """Say what is wrong: with the folder, or with one wish."""
        if isinstance(question, Write):
            self.tell(why)
            return
        self.card.show_refusal(why, bool(self.charts.results))
        self.bar.set_readable(runs=False, pairs=False)

    def _show_charts(self, shown: bool) -> None:
        self.charts.setVisible(shown)
        self._gap.setVisible(not shown)

    def tell(self, text: Text | None) -> None:
        """Say something above the charts; None takes it back."""
        self._said = text
        self._say()

    def _say(self) -> None:
        self.message.setText("" if self._said is None else self.desk.language.said(self._said))
        self.message.setVisible(self._said is not None)
        self.message.setStyleSheet(f"color: {self.desk.theme.colours.warning}")

    def close_down(self) -> None:
        """Watch no longer."""
        self._calm.stop()
        watched = [*self._watcher.directories(), *self._watcher.files()]
        if watched:
            self._watcher.removePaths(watched)
        self.charts.close_down()
