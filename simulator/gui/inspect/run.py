"""The window's end of a run whose firms are looked at: one worker, asked, listened to, replaced when it is lost."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from simulator.gui.inspect.history import History
from simulator.gui.inspect.jobs import FirmsAt, FirmsBegun, FirmsDone
from simulator.gui.live.bands import POLICY
from simulator.gui.live.jobs import FirmsJob, Left, Refused, packed
from simulator.gui.live.worker_process import MOST_LOSSES, WATCH, WorkerProcess
from simulator.quantity import Text
from simulator.scenario import Scenario

_REPLACED = Text(
    "The worker process ended unexpectedly and was replaced; the run is done again.",
    "Arbetsprocessen avslutades oväntat och har ersatts; körningen görs om.",
)
_ENDED = Text(
    "The worker process did not answer; it was ended and replaced.",
    "Arbetsprocessen svarade inte; den har avslutats och ersatts.",
)
_NO_WORKER = Text(
    "No worker process can be kept running, so the firms cannot be computed. Is memory short? Run again to try anew.",
    "Ingen arbetsprocess kan hållas igång, så företagen kan inte räknas. Är minnet slut? Kör igen för att försöka på "
    "nytt.",
)


class FirmRun(QObject):
    """Runs a scenario with one seed and keeps all its firms.

    history  of the last run that was completed, None before the first
    done     entries of the run in work that are known      total  of all its entries

    progressed  the run in work is further, or has ended for whatever reason
    finished    `history` is another
    told        something the user should know (a Text)
    """

    progressed = Signal()
    finished = Signal()
    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history: History | None = None
        self.done = self.total = 0
        self._worker: WorkerProcess | None = None
        self._numbers = count(1)
        self._job: FirmsJob | None = None
        self._name = ""
        self._coming: History | None = None
        self._losses = 0
        self._closed = False
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH)
        self._watch.timeout.connect(self._look_after)

    @property
    def running(self) -> bool:
        """Whether a run is in work or waits for its worker."""
        return self._job is not None

    @property
    def pid(self) -> int | None:
        """The process that works, if there is one."""
        return None if self._worker is None else self._worker.pid

    def ask(self, scenario: Scenario, seed: int) -> None:
        """Run a scenario; a run in work is given up."""
        if self._closed:
            return
        self._losses = 0
        self._leave()
        self._job = FirmsJob(next(self._numbers), 0, POLICY, seed, packed(scenario, {}), None, "", (), ())
        self._name, self.done, self.total = scenario.name, 0, scenario.run.quarters + 1
        self._assign()
        self.progressed.emit()

    def cancel(self) -> None:
        """Give the run in work up; what was known before stays."""
        self._leave()
        self.progressed.emit()

    def close_down(self) -> None:
        """End the worker and wait for it."""
        self._closed = True
        self._job = self._coming = None
        self._watch.stop()
        self._release(at_once=False)

    def _leave(self) -> None:
        self._job = self._coming = None
        if self._worker is not None:
            self._worker.cancel()

    # -- worker --------------------------------------------------------------------------------------------------
    def _assign(self) -> None:
        """Give the worker the job when it is free; start one where there is none."""
        if self._worker is None:
            try:
                worker = WorkerProcess()
            except OSError:  # no memory, or too many processes
                self._job = None
                self.told.emit(_NO_WORKER)
                return
            self._worker = worker
            worker.answered.connect(self._take, Qt.ConnectionType.QueuedConnection)
            worker.lost.connect(self._lose, Qt.ConnectionType.QueuedConnection)
        self._watch.start()
        if self._worker.free and self._job is not None:
            self._worker.begin(self._job)

    def _release(self, at_once: bool) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.dismiss(at_once)

    def _lose(self, worker: WorkerProcess) -> None:
        if worker is self._worker:
            self._replace(_REPLACED)

    def _replace(self, why: Text) -> None:
        """Do the run again with another worker, unless workers die all the time."""
        self._release(at_once=True)
        self._coming, self.done = None, 0
        if self._job is None:
            return
        self._losses += 1
        if self._losses > MOST_LOSSES:
            self._job, why = None, _NO_WORKER
        self.told.emit(why)
        if self._job is not None:
            self._assign()
        self.progressed.emit()

    def _look_after(self) -> None:
        """End a worker that has been silent for too long."""
        if self._worker is None or self._worker.free:
            self._watch.stop()
        elif self._worker.hanging:
            self._replace(_ENDED)

    # -- answers -------------------------------------------------------------------------------------------------
    def _take(self, worker: WorkerProcess, answer: object) -> None:
        if worker is not self._worker:
            return
        worker.note(answer)
        number = getattr(answer, "number", None)
        if worker.job is not None and number == worker.job.number and isinstance(answer, Left | Refused | FirmsDone):
            worker.done()
        if self._job is not None and number == self._job.number:
            self._take_wanted(answer)
        if worker.free and self._job is not None:
            self._assign()

    def _take_wanted(self, answer: object) -> None:
        """Take what the worker says about the run that is wanted."""
        assert self._job is not None
        match answer:
            case FirmsBegun():
                self._coming = History(
                    self._name, answer.digest, self._job.seed, answer.labels, answer.entries, answer.where
                )
            case FirmsAt() if self._coming is not None:
                self._coming.frames.append(answer.frame)
                self.done = answer.frame.entry + 1
                self.progressed.emit()
            case FirmsDone() if self._coming is not None:
                self._coming.events = answer.events
                self.history, self._coming, self._job = self._coming, None, None
                self.finished.emit()
                self.progressed.emit()
            case Refused():
                self._job = self._coming = None
                self.told.emit(answer.text)
                self.progressed.emit()
