"""What else is chosen before a workshop: its charts, its groups, when results are covered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGroupBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from simulator.gui.charts.chooser import IndicatorChooser
from simulator.gui.charts.mode_choice import ModeChoice
from simulator.gui.desk import Desk
from simulator.gui.workshop.names import tidy
from simulator.gui.workshop.record import FIRST_CHARTS, MOST_CHARTS
from simulator.gui.workshop.record_file import RecordFile
from simulator.gui.workshop.session import chosen_charts
from simulator.indicators import INDICATORS
from simulator.quantity import Text

_CHARTS = Text("Charts, at most four", "Diagram, högst fyra")
_ADD, _REMOVE = Text("&Add a chart", "&Lägg till diagram"), Text("Remove this chart", "Ta bort diagrammet")
_GROUPS = Text("Groups, one name on each line", "Grupper, ett namn per rad")
_NONE = Text("Group 1, Group 2 … if nothing is written", "Grupp 1, Grupp 2 … om inget skrivs")
_ANEW = Text("&Cover results again after every move", "&Dölj resultaten igen efter varje flytt")
_ANEW_HOW = Text(
    "Ticked: a prediction before each result. Not ticked: once for each group, then it may try freely.",
    "Ikryssat: en förutsägelse före varje resultat. Inte ikryssat: en gång per grupp, sedan får den pröva fritt.",
)


class ChartChoice(QGroupBox):
    """Which indicators are shown.

    changed  others than before
    """

    changed = Signal()

    def __init__(self, desk: Desk, record_file: RecordFile) -> None:
        super().__init__()
        self._desk, self._record_file = desk, record_file
        self.choosers: list[IndicatorChooser] = []
        self._rows: list[QWidget] = []
        self.add, self.mode_choice = QPushButton(), ModeChoice(desk)
        self._column, below = QVBoxLayout(self), QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        below.addWidget(self.mode_choice)
        self._column.addLayout(below)
        self._column.addStretch(1)
        self.add.clicked.connect(self._add)
        self.mode_choice.chosen.connect(self._set_mode)
        desk.language.words(self, self.setTitle, _CHARTS)
        desk.language.words(self.add, self.add.setText, _ADD)
        record_file.loaded.connect(self.refresh)
        self.refresh()

    @property
    def chosen(self) -> list[str]:
        """Indicators in their order."""
        return chosen_charts(self._record_file.record.preparation)

    def refresh(self) -> None:
        """Show what is prepared."""
        chosen = self.chosen
        while len(self._rows) > len(chosen):
            self.choosers.pop()
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(chosen):
            self._new_row(len(self._rows))
        for chooser, name in zip(self.choosers, chosen, strict=True):
            chooser.choose(name)
        self.add.setEnabled(len(chosen) < MOST_CHARTS)
        self.mode_choice.choose(self._record_file.record.preparation.mode)

    def _new_row(self, place: int) -> None:
        row, remove = QWidget(), QToolButton()
        chooser = IndicatorChooser(self._desk, FIRST_CHARTS[0])
        remove.setText("×")
        remove.setAutoRaise(True)
        for setter in (remove.setToolTip, remove.setAccessibleName):
            self._desk.language.words(remove, setter, _REMOVE)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(chooser, 1)
        across.addWidget(remove)
        chooser.chosen.connect(lambda name, place=place: self._choose(place, name))
        remove.clicked.connect(lambda _=False, place=place: self._remove(place))
        self._column.insertWidget(place, row)
        self.choosers.append(chooser)
        self._rows.append(row)

    def _choose(self, place: int, name: str) -> None:
        chosen = self.chosen
        if name not in chosen:
            chosen[place] = name
        self._prepare(chosen)

    def _add(self) -> None:
        chosen = self.chosen
        self._prepare([*chosen, next(name for name in (*FIRST_CHARTS, *INDICATORS) if name not in chosen)])

    def _remove(self, place: int) -> None:
        chosen = self.chosen
        del chosen[place]
        self._prepare(chosen)

    def _set_mode(self, mode: str) -> None:
        self._record_file.record.preparation.mode = mode
        self._record_file.soon()

    def _prepare(self, chosen: list[str]) -> None:
        self._record_file.record.preparation.charts = chosen
        self._record_file.soon()
        self.refresh()
        self.changed.emit()


class GroupChoice(QGroupBox):
    """Names of groups, and when results are covered."""

    def __init__(self, desk: Desk, record_file: RecordFile) -> None:
        super().__init__()
        self._record_file = record_file
        self.names, self.anew = QPlainTextEdit(), QCheckBox()
        self.names.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        column.addWidget(self.names, 1)
        column.addWidget(self.anew)
        self.names.textChanged.connect(self._name)
        self.anew.toggled.connect(self._cover)
        words = desk.language.words
        setters: list[tuple[QWidget, Callable[[str], object], Text]] = [
            (self, self.setTitle, _GROUPS), (self.names, self.names.setPlaceholderText, _NONE),
            (self.names, self.names.setAccessibleName, _GROUPS), (self.anew, self.anew.setText, _ANEW),
            (self.anew, self.anew.setToolTip, _ANEW_HOW), (self.anew, self.anew.setAccessibleDescription, _ANEW_HOW),
        ]  # fmt: skip
        for owner, setter, text in setters:
            words(owner, setter, text)
        record_file.loaded.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is prepared."""
        preparation = self._record_file.record.preparation
        with QSignalBlocker(self.names), QSignalBlocker(self.anew):
            self.names.setPlainText("\n".join(preparation.groups))
            self.anew.setChecked(preparation.anew)

    def _name(self) -> None:
        lines = (tidy(line) for line in self.names.toPlainText().split("\n"))
        self._record_file.record.preparation.groups = [line for line in lines if line]
        self._record_file.soon()

    def _cover(self, anew: bool) -> None:
        self._record_file.record.preparation.anew = anew
        self._record_file.soon()
