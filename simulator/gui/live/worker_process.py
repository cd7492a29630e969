"""The window's end of one worker: what it is at, and whether it has been silent for too long."""

from __future__ import annotations

import time

from simulator.gui.live.jobs import Cancel, Job, Ready
from simulator.gui.live.worker import serve
from simulator.gui.piped_process import PipedProcess
from simulator.gui.priority import FOR_THE_SCREEN

GOODBYE = 2.0
"""Seconds that a worker has to end by itself when it is dismissed."""
SILENCE = 2.0
"""Seconds after which a worker that was told to leave its job and says nothing is to be ended."""
PATIENCE, START_PATIENCE = 60.0, 120.0
"""The same for one whose job is wanted (a large region is drawn in one go), and for one that starts."""
MOST_LOSSES = 3
"""Workers in a row that may be lost before no more are started by themselves."""
WATCH = 200
"""Milliseconds between two looks at workers that are at work."""


class WorkerProcess(PipedProcess):
    """A worker.

    ready      it is warm          job        what it works on
    cancelled  when it was told to leave the job, None if it was not (seconds of a monotonic clock)
    heard      when it last said anything
    """

    def __init__(self) -> None:
        super().__init__(serve, GOODBYE, FOR_THE_SCREEN)
        self.ready = False
        self.job: Job | None = None
        self.cancelled: float | None = None
        self.heard = time.monotonic()

    @property
    def free(self) -> bool:
        """Whether it can begin a job."""
        return self.ready and self.job is None

    @property
    def at_work(self) -> bool:
        """Whether it has a job that is still wanted."""
        return self.job is not None and self.cancelled is None

    @property
    def hanging(self) -> bool:
        """Whether it has been silent for too long."""
        now = time.monotonic()
        silent = now - self.heard
        if self.cancelled is not None:
            return min(silent, now - self.cancelled) > SILENCE
        if self.job is not None:
            return silent > PATIENCE
        return not self.ready and silent > START_PATIENCE

    def note(self, answer: object) -> None:
        """Remember that it said something."""
        self.heard = time.monotonic()
        self.ready = self.ready or isinstance(answer, Ready)

    def begin(self, job: Job) -> None:
        """Give it a job; it must be free."""
        self.job, self.cancelled, self.heard = job, None, time.monotonic()
        self.send(job)

    def cancel(self) -> None:
        """Tell it, once, to leave its job."""
        if self.job is not None and self.cancelled is None:
            self.cancelled = time.monotonic()
            self.send(Cancel(self.job.number))

    def done(self) -> None:
        """Its job is over."""
        self.job = self.cancelled = None

    def dismiss(self, at_once: bool = False) -> None:
        """End its process; one that still starts does not listen yet."""
        super().dismiss(at_once or not self.ready)
