"""Who does the runs: how many at once, for how long at most, which part of them, where."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from simulator.ensemble.options import ADDRESS, CLUSTER, JOBS, PART, SECONDS, TIMEOUT
from simulator.ensemble.workers.lanes import cores
from simulator.gui.batch.entries import AddressEntry, Field, NumberEntry, PartEntry
from simulator.gui.batch.messages import Work
from simulator.gui.desk import Desk
from simulator.quantity import Text

_KEPT, _KEPT_SECONDS = "batch_jobs", "batch_seconds"
_JOBS = Text("Runs &at once", "Körningar samt&idigt")
_SECONDS = Text("Longest &time of a run (s)", "Längsta tid för en &körning (s)")
_PART = Text("Part of the r&uns (i/n)", "Del av körnin&garna (i/n)")
_CLUSTER = Text("&Cluster", "Klust&er")
_USUAL = Text("{} (usual)", "{} (som vanligt)")
_ALL, _HERE = Text("all of them", "alla"), Text("none: this computer", "inget: den här datorn")
_MORE = Text("&More choices", "Fler va&l")
_JOBS_HOW = Text(
    "Each run takes one core. Sliders and charts answer more slowly when no core is left for them.",
    "Varje körning tar en kärna. Reglage och diagram svarar långsammare när ingen kärna är kvar till dem.",
)
_SECONDS_HOW = Text(
    "A run that takes longer is ended and listed as failed; the others go on. 0: any time.",
    "En körning som tar längre tid avslutas och listas som misslyckad; de andra fortsätter. 0: hur länge som helst.",
)


def usual_jobs() -> int:
    """Runs at once that leave one core to the window."""
    return max(1, cores() - 1)


class WorkBox(QWidget):
    """What is left empty is as usual.

    changed  somebody else is to do them
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        words = desk.language.words
        self.jobs, self.seconds = NumberEntry(desk, JOBS), NumberEntry(desk, SECONDS)
        self.part, self.cluster, self.more = PartEntry(desk), AddressEntry(desk), QPushButton()
        words(self.jobs, self.jobs.setToolTip, _JOBS_HOW)
        words(self.seconds, self.seconds.setToolTip, _SECONDS_HOW)
        words(self.part, self.part.setToolTip, PART)
        words(self.part, self.part.setPlaceholderText, _ALL)
        words(self.cluster, self.cluster.setToolTip, Text(*(f"{said} ({ADDRESS})" for said in CLUSTER)))
        words(self.cluster, self.cluster.setPlaceholderText, _HERE)
        words(self.more, self.more.setText, _MORE)
        self.jobs.set_hint(_USUAL, usual_jobs())
        self.seconds.set_hint(_USUAL, TIMEOUT)
        self.jobs.set_number(desk.preferences.number(_KEPT, usual_jobs(), JOBS.low, JOBS.high))
        kept = desk.preferences.number(_KEPT_SECONDS, TIMEOUT, SECONDS.low, SECONDS.high)
        self.seconds.set_number(None if kept == TIMEOUT else kept)
        rows = ((_JOBS, self.jobs), (_SECONDS, self.seconds), (_PART, self.part), (_CLUSTER, self.cluster))
        self.fields = [Field(desk, text, widget) for text, widget in rows]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, field in enumerate(self.fields):
            grid.addWidget(field, 2 * (place // 2), place % 2, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place % 2, 1)
        grid.addWidget(self.more, 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._open)
        self._open(on=False)
        for entry in (self.jobs, self.seconds, self.part, self.cluster):
            entry.entered.connect(self.changed)

    @property
    def work(self) -> Work:
        """Who does them."""
        seconds = TIMEOUT if self.seconds.number is None else self.seconds.number
        return Work(self.jobs.number or usual_jobs(), seconds or None, self.part.part, self.cluster.address)

    @property
    def fault(self) -> Text | None:
        """What is wrong with the first field that cannot be used."""
        return next((found for field in self.fields if (found := field.fault) is not None), None)

    def keep(self) -> None:
        """Do it like this the next time."""
        self._desk.preferences.keep(_KEPT, self.work.jobs)
        self._desk.preferences.keep(_KEPT_SECONDS, self.work.seconds or 0)

    def _open(self, on: bool) -> None:
        """Show what few want, and whatever is filled in."""
        for field in self.fields[2:]:
            field.setVisible(on)
