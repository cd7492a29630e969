"""A page of the window: one view that fills the middle."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from simulator.gui.desk import Desk
from simulator.quantity import Text


class Page(QWidget):
    """One view. It is made when it is first shown; `shown` and `hidden` tell it whether anybody looks.

    TITLE  its name in the list of pages    HELP  a sentence on what it is for
    """

    TITLE = Text("", "")
    HELP = Text("", "")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName(type(self).__name__)
        desk.style_sheets.add(self)  # before it has parts: later each of them is styled twice
        desk.language.words(self, self.setAccessibleName, self.TITLE)

    @property
    def busy(self) -> bool:
        """Whether something that the page asked for itself is still on its way."""
        return False

    def shown(self) -> None:
        """Somebody looks at the page from now on."""

    def hidden(self) -> None:
        """Nobody looks any more."""

    def may_leave(self) -> bool:
        """Ask, before the window closes, whether to give up what would be broken off; whether to close."""
        return True

    def close_down(self) -> None:
        """End what the page has started: threads, processes, timers."""
