"""How a folder stands, in words, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from simulator.gui.batch.messages import Standing
from simulator.gui.desk import Desk
from simulator.quantity import Text

_RESUME, _RETRY = Text("&Resume", "&Fortsätt"), Text("Re&try failed runs", "Försök &igen med misslyckade")
_RESUME_HOW = Text("Do the runs that are missing", "Gör körningarna som saknas")
_RETRY_HOW = Text("Do the failed runs again, and no others", "Gör om de misslyckade körningarna, och inga andra")
_NONE = Text(
    "Open a folder of results, also one made on the command line, or start a new batch. A folder may be dropped here.",
    "Öppna en resultatmapp, också en som gjorts på kommandoraden, eller starta en ny serie. En mapp kan släppas här.",
)
_LOOKING = Text("Reading the folder…", "Läser mappen…")
_COUNTS = Text("{done} of {runs} runs done, {failed} failed, {missing} missing",
               "{done} av {runs} körningar klara, {failed} misslyckade, {missing} saknas")  # fmt: skip
_SINGLE = Text("A single run", "En enda körning")
_COMPLETE = Text("complete", "komplett")
_AT_WORK = Text("runs are going on here", "körningar pågår här")
_SHORT = 8
_DIGEST = Text("fingerprint {}", "fingeravtryck {}")
_EACH = Text("{} s per run", "{} s per körning")
_AGAIN = Text("Resume computes what is damaged anew.", "Fortsätt räknar om det som är skadat.")
_SHOWN = Text("What is drawn was read before.", "Det som ritats lästes innan dess.")


class StandingCard(QFrame):
    """A folder in a few lines.

    resumed  do what is missing     retried  do what has failed again
    """

    resumed = Signal()
    retried = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("card")
        self.title, self.counts, self.notes = QLabel(), QLabel(), QLabel()
        self.resume, self.retry = QPushButton(), QPushButton()
        column = QVBoxLayout()
        column.setSpacing(2)
        for label in (self.title, self.counts, self.notes):
            label.setWordWrap(True)
            column.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addLayout(column, 1)
        row.addWidget(self.resume)
        row.addWidget(self.retry)
        self.standing: Standing | None = None
        self._refusal: Text | None = None
        self._looking = self._busy = self._drawn = False
        self.resume.clicked.connect(self.resumed)
        self.retry.clicked.connect(self.retried)
        words = desk.language.words
        words(self.resume, self.resume.setText, _RESUME)
        words(self.resume, self.resume.setToolTip, _RESUME_HOW)
        words(self.retry, self.retry.setText, _RETRY)
        words(self.retry, self.retry.setToolTip, _RETRY_HOW)
        desk.language.follow(self, self._say)
        desk.theme.follow(self, self._say)

    def wait(self) -> None:
        """Another folder is being read."""
        self.standing, self._refusal, self._looking = None, None, True
        self._say()

    def show_standing(self, standing: Standing) -> None:
        """Show how the folder stands."""
        self.standing, self._refusal, self._looking = standing, None, False
        self._say()

    def show_refusal(self, why: Text, drawn: bool) -> None:
        """Show what is wrong with the folder; `drawn`: charts of it are still there."""
        self.standing, self._refusal, self._looking, self._drawn = None, why, False, drawn
        self._say()

    def set_busy(self, busy: bool) -> None:
        """Runs go on in this window, here or elsewhere."""
        self._busy = busy
        self._say()

    def _say(self) -> None:
        said, one = self.desk.language.said, self.standing
        can = one is not None and one.batch and not (self._busy or one.at_work) and one.blocked is None
        self.resume.setVisible(one is not None and (one.missing > 0 or one.damage is not None) and not one.settled)
        self.retry.setVisible(one is not None and one.failures > 0)
        self.resume.setEnabled(can)
        self.retry.setEnabled(can)
        self.title.setText("" if one is None else f"<b>{said(one.title)}</b> · {one.name}")
        self.title.setVisible(one is not None)
        self.counts.setText(self._counted(one))
        notes: list[Text | None] = [] if one is None else [one.damage, one.blocked, *one.warnings]
        if one is not None and one.damage is not None:
            notes.insert(1, _AGAIN)
        if self._refusal is not None and self._drawn:
            notes.append(_SHOWN)
        self.notes.setText("\n".join(said(note) for note in notes if note is not None))
        self.notes.setVisible(bool(self.notes.text()))
        colours = self.desk.theme.colours
        self.counts.setStyleSheet("" if self._refusal is None else f"color: {colours.error}")
        self.notes.setStyleSheet(f"color: {colours.warning}")
        self.setAccessibleDescription(self.counts.text())

    def _counted(self, one: Standing | None) -> str:
        said, language = self.desk.language.said, self.desk.language
        if self._refusal is not None:
            return said(self._refusal)
        if one is None:
            return said(_LOOKING if self._looking else _NONE)
        values = {"done": one.done, "runs": one.runs, "failed": one.failures, "missing": one.missing}
        numbers = {name: language.number(value, 0) for name, value in values.items()}
        parts = [said(_COUNTS).format(**numbers) if one.batch else said(_SINGLE)]
        if one.seconds:
            parts.append(said(_EACH).format(language.number(one.seconds, 2)))
        if one.at_work:
            parts.append(said(_AT_WORK))
        elif one.settled:
            parts.append(said(_COMPLETE))
        if one.done:
            parts.append(said(_DIGEST).format(one.digest[:_SHORT]))
        return " · ".join(parts)
