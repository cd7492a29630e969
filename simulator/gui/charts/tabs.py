"""Charts behind tabs, each made when somebody first looks at it: all of them at once would hold the window up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from simulator.gui.charts.chart import Chart
from simulator.gui.desk import Desk
from simulator.gui.tab_order import follow_eye
from simulator.quantity import Text

C = TypeVar("C", bound=Chart)


class ChartTabs(QTabWidget):
    """One tab for each kind of chart, then `more` widgets with their names.

    made  a chart has just been made, and knows nothing yet
    """

    made = Signal(object)

    def __init__(self, desk: Desk, name: Text, kinds: Sequence[type[Chart]], *more: tuple[Text, QWidget]) -> None:
        super().__init__()
        self._desk, self._kinds = desk, tuple(kinds)
        self._charts: dict[type[Chart], Chart] = {}
        self._rooms: list[QVBoxLayout] = []
        self.setDocumentMode(True)
        self.setUsesScrollButtons(True)
        words = desk.language.words
        words(self, self.setAccessibleName, name)
        words(self, self.tabBar().setAccessibleName, name)
        every = [*((kind.NAME, kind.HELP, None) for kind in kinds), *((text, text, widget) for text, widget in more)]
        for place, (text, tip, widget) in enumerate(every):
            holder = QWidget()
            box = QVBoxLayout(holder)
            box.setContentsMargins(6, 8, 6, 4)
            if widget is not None:
                box.addWidget(widget)
            self._rooms.append(box)
            self.addTab(holder, "")
            words(self, partial(self.setTabText, place), text)
            words(self, partial(self.setTabToolTip, place), tip)
        self.currentChanged.connect(lambda _: self.chart)  # before anybody else hears of it

    @property
    def charts(self) -> list[Chart]:
        """Those that have been made."""
        return list(self._charts.values())

    @property
    def chart(self) -> Chart | None:
        """The chart that is seen; None where it is another widget."""
        place = self.currentIndex()
        return self.of(self._kinds[place]) if 0 <= place < len(self._kinds) else None

    def of(self, kind: type[C]) -> C:
        """The chart of a kind."""
        if kind not in self._charts:
            made = self._charts[kind] = kind(self._desk)
            self._rooms[self._kinds.index(kind)].addWidget(made)
            follow_eye(self)
            self.made.emit(made)
        found = self._charts[kind]
        assert isinstance(found, kind)
        return found

    def make_more(self) -> bool:
        """Make one chart that nobody has seen yet; whether there was one."""
        missing = next((kind for kind in self._kinds if kind not in self._charts), None)
        if missing is not None:
            self.of(missing)
        return missing is not None
