"""What an indicator means: definition, unit, formula in words, source."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from simulator.gui.charts.chart import Chart
from simulator.gui.charts.words import CONDITION, title_of
from simulator.gui.desk import Desk
from simulator.indicators import INDICATORS
from simulator.indicators.declare import TOPICS, Indicator
from simulator.indicators.sentences import formula_text
from simulator.quantity import UNITS, Text

_TITLE, _CLOSE = Text("Explanation", "Förklaring"), Text("Close", "Stäng")
_DEFINITION, _UNIT, _FORMULA = Text("Definition", "Definition"), Text("Unit", "Enhet"), Text("Formula", "Formel")
_CODE, _SOURCE, _WISH = Text("Name and code", "Namn och kod"), Text("Source", "Källa"), Text("Wanted", "Önskat")
_TOPIC, _CHART = Text("Topic", "Ämne"), Text("In the chart", "I diagrammet")
_SIZE = (380, 520)
_OUTLINES = Text("Outlines", "Konturer")
_WISHES = {
    1: Text("more", "mer"),
    -1: Text("less", "mindre"),
    0: Text("neither more nor less", "varken mer eller mindre"),
}
_MODEL = Text(
    "Model text, section 5 ({}); worked out by the model from synthetic firms, not observed",
    "Modelltexten, avsnitt 5 ({}); beräknad av modellen från syntetiska företag, inte observerad",
)


def explained(indicator: Indicator) -> list[tuple[Text, Text]]:
    """Heading and words of each part of an indicator's explanation, all from its declaration."""
    unit = UNITS[indicator.unit]
    named = f"{indicator.name} · {indicator.code}"
    return [
        (_DEFINITION, indicator.help),
        (_UNIT, unit),
        (_FORMULA, formula_text(indicator)),
        (_TOPIC, TOPICS[indicator.topic]),
        (_WISH, _WISHES[indicator.better]),
        (_CODE, Text(named, named)),
        (_SOURCE, Text(_MODEL.en.format(indicator.code), _MODEL.sv.format(indicator.code))),
    ]


class Explanation(QFrame):
    """A panel that explains an indicator and the chart it is seen in.

    closed  the user has closed it
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._indicator: Indicator | None = None
        self._chart: Chart | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setMinimumWidth(220)
        self.page, self._close = QTextBrowser(), QToolButton()
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.closed)
        title = QLabel()
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.page, 1)
        for setter in (self._close.setToolTip, self._close.setAccessibleName):
            desk.language.words(self._close, setter, _CLOSE)
        desk.language.words(title, title.setText, _TITLE)
        desk.language.words(self.page, self.page.setAccessibleName, _TITLE)
        desk.language.follow(self, self._rewrite)

    def explain(self, indicator: Indicator | None, chart: Chart | None) -> None:
        """Explain an indicator, a chart, or both."""
        self._indicator, self._chart = indicator, chart
        self._rewrite()

    def _rewrite(self) -> None:
        said = self._desk.language.said
        parts = [] if self._indicator is None else explained(self._indicator)
        name = None if self._indicator is None else title_of(self._indicator)
        if self._chart is not None:
            name = name or self._chart.NAME
            parts.append((_CHART, self._chart.ABOUT))
            if source := self._chart.source():
                parts.append((_OUTLINES, Text(source, source)))
        parts.append((Text("Condition", "Villkor"), CONDITION))
        told = "".join(f"<p><b>{escape(said(head))}</b><br>{escape(said(words))}</p>" for head, words in parts)
        self.page.setHtml(f"<h3>{escape(said(name))}</h3>{told}" if name else told)


class ExplanationDialog(QDialog):
    """The explanation in a window of its own, for views without room beside the chart."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.panel = Explanation(desk)
        self.panel.closed.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.resize(*_SIZE)
        desk.language.words(self, self.setWindowTitle, _TITLE)
        desk.style_sheets.add(self)

    def open_for(self, chart: Chart) -> None:
        """Explain a chart and what it shows; the window behind stays usable."""
        self.panel.explain(INDICATORS.get(chart.subject), chart)
        self.show()
        self.raise_()
