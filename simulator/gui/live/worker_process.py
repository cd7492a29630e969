"""The window's end of one worker: its process, its pipes, and a thread that listens."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Thread

from PySide6.QtCore import QObject, Signal

from simulator.ensemble.child_process import no_interrupts, share_cores
from simulator.gui.live.jobs import Cancel, Job, Ready
from simulator.gui.live.worker import serve

GOODBYE = 2.0
"""Seconds that a worker has to end by itself when it is dismissed."""


class WorkerProcess(QObject):
    """A worker. Its process starts at once; `answered` (with itself and the answer) and `lost` (with itself) are
    emitted in a thread of its own: connect them queued.

    ready      it is warm          job        what it works on
    cancelled  when it was told to leave the job, None if it was not (seconds of a monotonic clock)
    heard      when it last said anything
    """

    answered = Signal(object, object)
    lost = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        share_cores()
        context = multiprocessing.get_context("spawn")
        inbox, self._to = context.Pipe(duplex=False)
        self._from, outbox = context.Pipe(duplex=False)
        self._process: SpawnProcess = context.Process(target=serve, args=(inbox, outbox), daemon=True)
        with no_interrupts():
            self._process.start()
        inbox.close()
        outbox.close()
        self.ready = False
        self.job: Job | None = None
        self.cancelled: float | None = None
        self.heard = time.monotonic()
        self._listener = Thread(target=_listen, args=(self._from, self), daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def free(self) -> bool:
        """Whether it can begin a job."""
        return self.ready and self.job is None

    @property
    def at_work(self) -> bool:
        """Whether it has a job that is still wanted."""
        return self.job is not None and self.cancelled is None

    def note(self, answer: object) -> None:
        """Remember that it said something."""
        self.heard = time.monotonic()
        self.ready = self.ready or isinstance(answer, Ready)

    def begin(self, job: Job) -> None:
        """Give it a job; it must be free."""
        self.job, self.cancelled, self.heard = job, None, time.monotonic()
        self._send(job)

    def cancel(self) -> None:
        """Tell it, once, to leave its job."""
        if self.job is not None and self.cancelled is None:
            self.cancelled = time.monotonic()
            self._send(Cancel(self.job.number))

    def done(self) -> None:
        """Its job is over."""
        self.job = self.cancelled = None

    def hang_up(self) -> None:
        """Let its process end: it has nobody to listen to any more."""
        self.blockSignals(True)
        self._to.close()

    def dismiss(self, at_once: bool = False) -> None:
        """End its process, and wait until that has happened; no signal comes from it any more."""
        self.hang_up()
        if at_once or not self.ready:
            self._process.kill()
        self._process.join(GOODBYE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._listener.join()
        self._from.close()
        self._process.close()

    def _send(self, message: Job | Cancel) -> None:
        try:
            self._to.send(message)
        except OSError:  # it has died; the listener says so
            return


def _listen(inbox: Connection, worker: WorkerProcess) -> None:
    while True:
        try:
            answer = inbox.recv()
        except (EOFError, OSError):
            worker.lost.emit(worker)
            return
        worker.answered.emit(worker, answer)
