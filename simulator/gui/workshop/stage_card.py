"""A chart on the stage: covered until a prediction is noted, then both in one picture and in words."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from simulator.gui.charts.fan import LEVEL, FanChart
from simulator.gui.charts.words import DIFFERENCE_WORD, LEVEL_WORD, title_of
from simulator.gui.desk import Desk
from simulator.gui.workshop.record import Outcome
from simulator.gui.workshop.session import WorkshopSession
from simulator.gui.workshop.wording import levels_text, verdict
from simulator.indicators import INDICATORS
from simulator.quantity import Text

_COVERED = Text("The result is covered", "Resultatet är dolt")
_HOW = Text(
    "What do you expect? Press F to note it, or S to see the result without.",
    "Vad tror ni? Tryck F för att anteckna det, eller S för att se resultatet utan.",
)
_COMING = Text("The runs are on their way…", "Körningarna är på väg…")


class StageChart(FanChart):
    """An indicator over time in large letters; below its title, what was expected and what the model says."""

    def __init__(self, desk: Desk) -> None:
        self.predicted, self.outcome, self._late = math.nan, None, False
        super().__init__(desk)

    def tell_both(self, predicted: float, late: bool, outcome: Outcome | None) -> None:
        """Mark what was expected; say it beside what the model says."""
        self.predicted, self.outcome, self._late = predicted, outcome, late
        self.set_predicted(predicted)
        self.say()

    def say(self) -> None:
        """Say both in words."""
        indicator, language = self.declared, self.desk.language
        if indicator is not None:
            quarter = "" if self.outcome is None else f" · {self.outcome.quarter}"
            levels = self.mode == LEVEL and self._years.size
            what = language.said(LEVEL_WORD if self.mode == LEVEL else DIFFERENCE_WORD)
            words = f"{levels_text(language, indicator, *self._ends())} " if levels else ""
            words += verdict(language, indicator, self.predicted, self.outcome, self._late)
            self.tell(f"<b>{language.said(title_of(indicator))}</b> · {what}{quarter}", words)

    def _ends(self) -> tuple[float, float]:
        """Levels at the end, with the mix and without."""
        with_mix, without = self._shown
        assert with_mix is not None
        assert without is not None
        return float(with_mix.middle[-1]), float(without.middle[-1])

    predicted: float
    outcome: Outcome | None


class StageCard(QFrame):
    """One indicator of a session."""

    def __init__(self, desk: Desk, session: WorkshopSession, indicator: str) -> None:
        super().__init__()
        self._desk, self._session, self.indicator = desk, session, indicator
        self.setObjectName("card")
        self.chart, self.cover, self._stack = StageChart(desk), QWidget(), QStackedWidget()
        self._title, self.state, self._how = QLabel(), QLabel(), QLabel()
        self.state.setObjectName("title")
        column = QVBoxLayout(self.cover)
        for label in (self._title, self.state, self._how):
            label.setWordWrap(True)
        self.state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._how.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._title)
        column.addStretch(1)
        column.addWidget(self.state)
        column.addWidget(self._how)
        column.addStretch(1)
        self._stack.addWidget(self.cover)
        self._stack.addWidget(self.chart)
        QVBoxLayout(self).addWidget(self._stack)
        desk.language.follow(self, self.refresh)

    @property
    def covered(self) -> bool:
        """Whether the curve cannot be seen."""
        return self._stack.currentWidget() is self.cover

    def set_letters(self, font: QFont) -> None:
        """Write in the picture in a font."""
        self.chart.set_letters(font)

    def refresh(self) -> None:
        """Show what may be seen now."""
        session, said = self._session, self._desk.language.said
        waiting = session.covered
        name = said(title_of(INDICATORS[self.indicator]))
        self._title.setText(f"<b>{name}</b> · {said(LEVEL_WORD if session.mode == LEVEL else DIFFERENCE_WORD)}")
        self.state.setText(said(_COVERED if waiting else _COMING))
        self._how.setText(said(_HOW) if waiting else "")
        self.setAccessibleName(name)
        old = not session.known if session.anew else not self._desk.live.bands.quarters
        if waiting or old:
            self._stack.setCurrentWidget(self.cover)
            return
        note = session.note
        predicted = math.nan if note is None else note.predictions.get(self.indicator, math.nan)
        if self.chart.mode != session.mode:
            self.chart.set_mode(session.mode)
        self.chart.show_bands(self._desk.live.bands, self.indicator)
        self.chart.tell_both(predicted, note is not None and note.late, session.outcome(self.indicator))
        self._stack.setCurrentWidget(self.chart)
