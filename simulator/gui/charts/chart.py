"""What all charts have: a title that explains, a drawing, numbers to export."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from simulator.gui.charts.words import FAULTY, NOTHING_YET
from simulator.gui.desk import Desk
from simulator.gui.live.bands import REGION
from simulator.gui.live.session import LiveSession, Pinned
from simulator.indicators import INDICATORS
from simulator.indicators.declare import Indicator
from simulator.quantity import Text

Row = Sequence[str | float]
_CLICKS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_EXPLAINS = Text("Click for definition, unit, formula and source", "Klicka för definition, enhet, formel och källa")


def current(live: LiveSession) -> Pinned | None:
    """What the session shows now, in the form of a result that is put aside; None before the first run."""
    if live.scenario is None or not live.bands.quarters:
        return None
    return Pinned(live.name, live.bands, live.scenario, live.digest)


class Heading(QLabel):
    """A title that can be clicked."""

    clicked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setObjectName("explains")
        self.setIndent(0)
        for setter in (self.setToolTip, self.setAccessibleDescription):
            desk.language.words(self, setter, _EXPLAINS)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Take Return for a click."""
        if event.key() in _CLICKS:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell of a click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class Chart(QWidget):
    """One picture of a result.

    title    says what is seen     readout  says in words what matters
    explained  the user wants to know what an indicator means, or "" what the chart shows
    chosen     the user has clicked at a moment: the entry there
    """

    NAME = Text("", "")
    HELP = Text("", "")
    ABOUT = Text(
        "Line: the run in the middle. Band: 5 to 95 % of the runs, which differ by luck alone. Differences are taken "
        "run by run on equal luck; a band that includes zero is no detectable difference.",
        "Linje: körningen i mitten. Band: 5 till 95 % av körningarna, som skiljer sig bara genom slump. Skillnader tas "
        "körning för körning med samma slump; ett band som innehåller noll är ingen påvisbar skillnad.",
    )
    OF_ONE = True
    """Whether it shows one chosen indicator."""
    explained = Signal(str)
    chosen = Signal(int)
    picked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.result: Pinned | None = None
        self.indicator, self.cell, self.moment = "", REGION, -1
        self.title, self.readout = Heading(desk), QLabel()
        self.readout.setWordWrap(True)
        self.title.clicked.connect(lambda: self.explained.emit(self.subject))
        self.setObjectName(type(self).__name__)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.title)
        self.column.addWidget(self.readout)
        for widget in (self, self.title):
            desk.language.words(widget, widget.setAccessibleName, self.NAME)

    def show_result(self, result: Pinned | None, indicator: str, cell: str = REGION) -> None:
        """Show an indicator of a cell of a result; may be called as often as runs arrive."""
        self.result, self.indicator, self.cell = result, indicator, cell
        self.refresh()

    def set_moment(self, entry: int) -> None:
        """Show another moment: an entry, negative from the end."""
        self.moment = entry
        self.refresh()

    def set_pinned(self, pinned: Sequence[Pinned]) -> None:
        """Show results put aside, too, where the chart can."""

    def refresh(self) -> None:
        """Draw anew and say what holds."""
        self.say()

    def say(self) -> None:
        """Write title and readout."""

    def rows(self) -> list[Row]:
        """What is shown as a table, names of columns first."""
        return []

    def source(self) -> str:
        """Where what is drawn beside results is from."""
        return ""

    def tell(self, title: str, readout: str) -> None:
        """Set title and readout; what is read aloud follows."""
        self.title.setText(title)
        self.title.setAccessibleName(QTextDocumentFragment.fromHtml(title).toPlainText())
        self.readout.setText(readout)
        self.readout.setVisible(bool(readout))
        self.setAccessibleDescription(readout)

    def tell_nothing_yet(self) -> None:
        """Say that there is nothing to show yet, or why there will be nothing."""
        said, check = self.desk.language.said, self.desk.document.check
        faulty = check.scenario is None and bool(check.problems)
        self.tell(f"<b>{said(self.NAME)}</b>", said(FAULTY if faulty else NOTHING_YET))

    @property
    def subject(self) -> str:
        """The indicator to explain, "" where the chart shows many."""
        return self.indicator if self.OF_ONE else ""

    @property
    def declared(self) -> Indicator | None:
        """The indicator that is shown."""
        return INDICATORS.get(self.indicator)

    @property
    def entry(self) -> int:
        """The moment shown, counted from the first entry."""
        count = 0 if self.result is None else len(self.result.bands.quarters)
        return max(0, min(self.moment if self.moment >= 0 else count + self.moment, count - 1))

    @property
    def quarter(self) -> str:
        """Label of the moment shown."""
        return "" if self.result is None else self.result.bands.quarters[self.entry]

    def close_down(self) -> None:
        """End what works in the background."""
