"""How far the runs are: done, failed, left, how fast, how long still; and how to stop them."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QProgressBar, QPushButton

from simulator.ensemble.execution.interruption import Wish
from simulator.ensemble.execution.progress import Progress
from simulator.gui.batch.messages import Ended
from simulator.gui.desk import Desk
from simulator.quantity import Text
from simulator.wording import duration

_NAME = Text("Progress of the runs", "Körningarnas förlopp")
_STOP = Text("&Cancel", "Avbr&yt")
_STOP_HOW = Text(
    "Finish the runs in work, then stop; what is done is kept and can be resumed",
    "Gör klart körningarna som pågår och sluta; det som är klart finns kvar och kan fortsättas",
)
_DROP = Text("S&top at once", "Avbryt &genast")
_DROP_HOW = Text(
    "Drop the runs in work; what is done is kept", "Släpp körningarna som pågår; det som är klart finns kvar"
)
_CLOSE, _CLOSE_HOW = Text("Hi&de", "D&ölj"), Text("Take this message away", "Ta bort meddelandet")
_PREPARING = Text("Preparing…", "Förbereder…")
_FINISHING = Text("Finishing the runs in work…", "Gör klart körningarna som pågår…")
_DROPPING = Text("Stopping…", "Avbryter…")
_DONE = Text("All runs are done.", "Alla körningar är klara.")
_SUFFICE = Text(
    "The runs suffice: the plan's rule has stopped them.", "Körningarna räcker: planens regel har stoppat dem."
)
_BROKEN = Text(
    "Stopped. What is done is kept: go on with Resume.", "Avbrutet. Det som är klart finns kvar: fortsätt med Fortsätt."
)
_LEFT = Text("Some runs are still missing: go on with Resume.", "Några körningar saknas: fortsätt med Fortsätt.")
_HINT = Text("Sliders may answer more slowly meanwhile.", "Reglagen kan svara långsammare under tiden.")


class ProgressPanel(QFrame):
    """Shown from the start of runs on.

    stopped  the user wants the runs to end: a `Wish`
    """

    stopped = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("card")
        self.title, self.counts, self.hint = QLabel(), QLabel(), QLabel()
        self.bar, self.stop = QProgressBar(), QPushButton()
        self.bar.setTextVisible(False)
        self.hint.setObjectName("muted")
        self.counts.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.hint, 0, 1)
        grid.addWidget(self.bar, 1, 0, 1, 2)
        grid.addWidget(self.stop, 0, 2, 2, 1)
        grid.addWidget(self.counts, 2, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self._of = Text("", "")
        self._state: Text | None = None
        self.now: Progress | None = None
        self.at_work = self._bad = False
        self._wish = Wish.GO_ON
        self.stop.clicked.connect(self._clicked)
        desk.language.words(self.bar, self.bar.setAccessibleName, _NAME)
        desk.language.words(self.hint, self.hint.setText, _HINT)
        desk.language.follow(self, self._say)
        desk.theme.follow(self, self._say)
        self.hide()

    def begin(self) -> None:
        """Runs have been asked for."""
        self._bad = False
        self.at_work, self.now, self._wish, self._state, self._of = True, None, Wish.GO_ON, _PREPARING, Text("", "")
        self.bar.setRange(0, 0)
        self.show()
        self._say()

    def name(self, title: Text) -> None:
        """Say what runs."""
        self._of = title
        self._say()

    def show_progress(self, now: Progress) -> None:
        """Show how far the runs are."""
        self.now = now
        if self._state is _PREPARING:
            self._state = None
        self.bar.setRange(0, max(1, now.total))
        self.bar.setValue(now.done)
        self._say()

    def _clicked(self) -> None:
        if self.at_work:
            self.want_stop()
        else:
            self.hide()

    def want_stop(self) -> None:
        """Ask to finish what is begun; the second time, to drop it."""
        self._wish = Wish(min(self._wish + 1, Wish.DROP))
        self._state = _FINISHING if self._wish < Wish.DROP else _DROPPING
        self.stopped.emit(self._wish)
        self._say()

    def end(self, found: Ended) -> None:
        """Show how it ended."""
        if found.now is not None:
            self.show_progress(found.now)
        if found.broken_off:
            self._state = _BROKEN
        elif found.stopped:
            self._state = _SUFFICE
        else:
            self._state = _DONE if found.complete else _LEFT
        self._over()

    def fail(self, why: Text) -> None:
        """Show why the runs ended."""
        self._state, self._bad = why, True
        self._over()

    def _over(self) -> None:
        self.at_work = False
        self._say()

    def _say(self) -> None:
        said = self.desk.language.said
        self.title.setText(f"<b>{said(self._of)}</b>" if self._of.en else "")
        self.title.setVisible(bool(self._of.en))
        self.hint.setVisible(self.at_work)
        self.bar.setVisible(self.at_work)
        self.stop.setEnabled(not self.at_work or self._wish < Wish.DROP)
        text, tip = (_STOP, _STOP_HOW) if self._wish == Wish.GO_ON else (_DROP, _DROP_HOW)
        self.stop.setText(said(text if self.at_work else _CLOSE))
        self.stop.setToolTip(said(tip if self.at_work else _CLOSE_HOW))
        parts = [said(self._state)] if self._state is not None else []
        if self.now is not None:
            parts.append(self._counted(self.now))
        self.counts.setText(" · ".join(parts))
        self.counts.setStyleSheet(f"color: {self.desk.theme.colours.error}" if self._bad else "")
        self.setAccessibleDescription(self.counts.text())

    def _counted(self, now: Progress) -> str:
        language, done = self.desk.language, now.done - now.failed
        number = {name: language.number(value, 0) for name, value in
                  (("done", done), ("failed", now.failed), ("left", now.total - now.done))}  # fmt: skip
        counts = Text("{done} runs done, {failed} failed, {left} left",
                      "{done} körningar klara, {failed} misslyckade, {left} kvar")  # fmt: skip
        parts = [language.said(counts).format(**number)]
        if self.at_work and not math.isnan(now.rate) and now.rate > 0:
            rate, left = language.number(now.rate, 1), duration(now.seconds_left, language.code)
            speed = Text(
                f"{rate} runs per second, about {left} left", f"{rate} körningar per sekund, omkring {left} kvar"
            )
            parts.append(language.said(speed))
        return " · ".join(parts)
