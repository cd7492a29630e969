"""The scenario's text, with its faults."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from simulator.gui.desk import Desk
from simulator.gui.editor.faults import FaultList
from simulator.gui.editor.find_bar import FindBar
from simulator.gui.editor.pane import TextPane
from simulator.gui.page import Page
from simulator.quantity import Text

_PLACE = Text("Line {line}, column {column}", "Rad {line}, kolumn {column}")
_LIST_HEIGHT = 120


class TextPage(Page):
    """The text of the document, search in it, and the list of its faults."""

    TITLE = Text("Text", "Text")
    HELP = Text("The scenario as text, with its faults", "Scenariot som text, med sina fel")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pane = TextPane(desk)
        self.find_bar = FindBar(desk, self.pane)
        self.faults = FaultList(desk)
        self.place = QLabel()
        self.place.setObjectName("muted")
        upper = QWidget()
        inside = QVBoxLayout(upper)
        inside.setContentsMargins(0, 0, 0, 0)
        for widget in (self.find_bar, self.pane, self.place):
            inside.addWidget(widget)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(upper)
        split.addWidget(self.faults)
        split.setStretchFactor(0, 1)
        split.setSizes([500, _LIST_HEIGHT])
        split.setChildrenCollapsible(False)
        QVBoxLayout(self).addWidget(split)
        self.faults.chosen.connect(self.pane.go_to)
        self.pane.left.connect(self.faults.setFocus)
        self.pane.cursorPositionChanged.connect(self._tell_place)
        desk.document.checked.connect(self._show_faults)
        desk.language.follow(self, self._tell_place)
        self._show_faults()

    def _show_faults(self) -> None:
        self.faults.refresh()
        document = self.desk.document
        self.pane.show_faults([problem for problem in document.check.problems if document.holds(problem.place)])

    def _tell_place(self) -> None:
        line, column = self.pane.place()
        self.place.setText(self.desk.language.said(_PLACE).format(line=line, column=column))
