"""The scenario's text, with its faults."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from simulator.gui.desk import Desk
from simulator.gui.page import Page
from simulator.quantity import Text


class TextPage(Page):
    """The text of the document."""

    TITLE = Text("Text", "Text")
    HELP = Text("The scenario as text, with its faults", "Scenariot som text, med sina fel")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pane = QPlainTextEdit()
        self.pane.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        layout = QVBoxLayout(self)
        layout.addWidget(self.pane)
        desk.document.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.pane.setPlainText(self.desk.document.text)
