"""What a plan means, in words: cases, seeds, factors, time and room; or what is wrong with it, and where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from simulator.gui.batch.messages import Expected, Planned, Refused
from simulator.gui.desk import Desk
from simulator.quantity import Text
from simulator.scenario import Problem

_TITLE = Text("What will be run", "Vad som kommer att köras")
_PLANNING = Text("Planning…", "Planerar…")
_TRYING = Text("Trying how long a run takes…", "Provar hur lång tid en körning tar…")
_FAULTS = Text("Faults and warnings", "Fel och varningar")
_FAULTY = Text("It cannot be run. What is wrong, where, and what is allowed:",
               "Det kan inte köras. Vad som är fel, var, och vad som är tillåtet:")  # fmt: skip
_GO_ON = Text("{done} of {runs} runs are in the folder already; the others are done.",
              "{done} av {runs} körningar finns redan i mappen; de andra görs.")  # fmt: skip
_TO = Text("Results go to {}", "Resultaten hamnar i {}")
_HOW = Text("Press Enter or click on a fault in the scenario in work to go to its place in the text",
            "Tryck Retur eller klicka på ett fel i scenariot i arbete för att gå till stället i texten")  # fmt: skip
_WARNING = Text("Warning", "Varning")


class PlanView(QWidget):
    """A plan or its faults."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.title, self.lines, self.expected, self.refusal = QLabel(), QLabel(), QLabel(), QLabel()
        self.faults = QListWidget()
        self.faults.setObjectName("faults")
        self.faults.setWordWrap(True)
        self.faults.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.faults.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.faults.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title.setObjectName("title")
        column = QVBoxLayout(self)
        for label in (self.title, self.lines, self.expected, self.refusal):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addWidget(self.faults, 1)
        self._gap = QWidget()
        column.addWidget(self._gap, 1)
        self._planned: Planned | None = None
        self.estimate: Expected | None = None
        self._refused: Refused | None = None
        self.faults.itemActivated.connect(self._go)
        self.faults.itemClicked.connect(self._go)
        words = desk.language.words
        words(self.title, self.title.setText, _TITLE)
        words(self.faults, self.faults.setAccessibleName, _FAULTS)
        words(self.faults, self.faults.setToolTip, _HOW)
        desk.language.follow(self, self._say)
        desk.theme.follow(self, self._say)

    def wait(self) -> None:
        """A plan is on its way; what was shown stays until it is there."""
        self.estimate = None
        self._say()

    def show_planned(self, found: Planned) -> None:
        """Show a plan."""
        self._planned, self.estimate, self._refused = found, None, None
        self._say()

    def show_expected(self, found: Expected) -> None:
        """Show what it takes."""
        self.estimate = found
        self._say()

    def show_refused(self, why: Refused) -> None:
        """Show what is wrong."""
        self._planned, self.estimate, self._refused = None, None, why
        self._say()

    @property
    def problems(self) -> Sequence[Problem]:
        """Faults, or warnings, that are listed."""
        if self._refused is not None:
            return self._refused.problems
        return self._planned.warnings if self._planned is not None else ()

    def _say(self) -> None:
        said, colours = self.desk.language.said, self.desk.theme.colours
        plan, expected, refused = self._planned, self.estimate, self._refused
        lines = [] if plan is None else [said(line) for line in plan.lines]
        if plan is not None:
            lines.append(said(_TO).format(plan.folder))
        if plan is not None and plan.done:
            lines.append(said(_GO_ON).format(done=plan.done, runs=plan.runs))
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))
        waiting = said(_PLANNING if plan is None else _TRYING) if refused is None else ""
        self.expected.setText(waiting if expected is None else said(expected.text))
        self.expected.setVisible(bool(self.expected.text()))
        bad = expected is not None and not expected.possible
        self.expected.setStyleSheet(f"color: {colours.error if bad else colours.muted}")
        why = "" if refused is None else said(_FAULTY if refused.problems else refused.text)
        self.refusal.setText(why)
        self.refusal.setStyleSheet(f"color: {colours.error}")
        self.refusal.setVisible(bool(why))
        self._list(refused is not None)

    def _list(self, broken: bool) -> None:
        colours, language = self.desk.theme.colours, self.desk.language
        self.faults.clear()
        for problem in self.problems:
            words = problem.said(language.code)
            item = QListWidgetItem(words if broken else f"{language.said(_WARNING)}: {words}")
            item.setForeground(QColor(colours.error if broken else colours.warning))
            self.faults.addItem(item)
        self.faults.setVisible(bool(self.problems))
        self.faults.scheduleDelayedItemsLayout()  # lines may wrap otherwise than before
        self._gap.setVisible(not self.problems)

    def _go(self, item: QListWidgetItem) -> None:
        """Go to a fault of the scenario in work."""
        problem = self.problems[self.faults.row(item)]
        if self.desk.document.holds(problem.place):
            self.desk.requests.show_line.emit(problem.line, problem.column)
