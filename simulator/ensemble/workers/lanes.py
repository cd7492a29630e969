"""Processes that work side by side, each in a lane of its own, so that one that dies takes nobody with it.

A lane is a pool of one process that is started by spawn and kept warm. It has one task at a time. When its process
dies, the task ends with `WorkerLostError`, the lane gets a new process, and the other lanes do not notice. Nothing
else in the program starts processes.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.util import Finalize
from pathlib import Path
from typing import IO, Any, NamedTuple

from simulator.ensemble.workers.child_process import leave_with_parent, no_interrupts, share_cores
from simulator.quantity import SpokenError, Text

STARTS = 3
"""Processes that are started for a task before it is given up: memory may be short for a moment."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class WorkerLostError(SpokenError):
    """A process ended before its task was done.

    words  what it noted before: the traceback of what it was doing, if its end came from within
    """

    def __init__(self, words: str) -> None:
        super().__init__(
            Text("a process that did the work has ended; was memory short?",
                 "en process som gjorde arbetet har avslutats; tog minnet slut?")
        )  # fmt: skip
        self.words = words


class CannotStartError(SpokenError):
    """Processes for the work cannot be started."""


_BROKEN: deque[ProcessPoolExecutor | None] = deque(maxlen=64)
"""Pools whose process has died lately."""


class _Task(NamedTuple):
    future: Future[Any]
    work: Callable[[], Any]
    starts: int = 0
    """Processes that could not be started for it."""


class Lanes(Executor):
    """An executor with a process per lane.

    count  lanes

    Tasks begin in the order in which they are submitted. A future raises WorkerLostError when the process of its task
    has ended, CannotStartError when none can be started.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        share_cores()
        self._lanes = [_Lane() for _ in range(count)]
        self._idle = deque(self._lanes)
        self._tasks: deque[_Task] = deque()
        self._open: set[Future[Any]] = set()
        self._lock = threading.RLock()
        self._closed = self._unattended = False

    @property
    def pids(self) -> list[int]:
        """The processes that live now."""
        found = (lane.process for lane in self._lanes)
        return [one.pid for one in found if one is not None and one.pid is not None and one.is_alive()]

    def submit(self, work: Callable[..., Any], /, *args: Any, **details: Any) -> Future[Any]:
        """Put a task at the end of the queue; `work` is a function of a module."""
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("these lanes are closed")
            self._open.add(future)
            future.add_done_callback(self._open.discard)
            self._tasks.append(_Task(future, partial(_tidied, work, *args, **details)))
            self._fill()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks and end the processes when those that were taken are done."""
        with self._lock:
            self._closed = True
            if cancel_futures:
                self._forget_waiting()
            self._unattended = not wait
            taken = list(self._open)
        if wait:
            wait_for(taken)
        with self._lock:
            for lane in self._idle:
                lane.close(wait)

    def kill(self) -> None:
        """End the processes at once; tasks in work are lost, the others are cancelled."""
        with self._lock:
            self._closed = True
            self._forget_waiting()
            for lane in self._lanes:
                lane.kill()
        self.shutdown()

    def _forget_waiting(self) -> None:
        for task in self._tasks:
            task.future.cancel()
            task.future.set_running_or_notify_cancel()  # wakes up whoever waits for it
        self._tasks.clear()

    def _fill(self) -> None:
        """Give idle lanes the next tasks."""
        while self._idle and self._tasks:
            task = self._tasks.popleft()
            if not (task.starts or task.future.set_running_or_notify_cancel()):
                continue
            lane = self._idle.popleft()
            try:
                inner = lane.begin(task.work)
            except (OSError, BrokenProcessPool) as failure:
                self._idle.append(lane)
                task.future.set_exception(_cannot_start(str(failure)))
            else:
                inner.add_done_callback(partial(self._ended, lane, task))

    def _ended(self, lane: _Lane, task: _Task, inner: Future[Any]) -> None:
        """Take the lane's outcome; first give it the next task, so that it does not wait for whoever reads this one."""
        error = lane.explained(inner.exception())
        again = isinstance(error, CannotStartError) and task.starts + 1 < STARTS and not self._closed
        with self._lock:
            self._idle.append(lane)
            if again:
                self._tasks.appendleft(task._replace(starts=task.starts + 1))
            self._fill()
            if self._unattended and not self._tasks and lane in self._idle:
                lane.close(wait=False)
        if error is None:
            task.future.set_result(inner.result())
        elif not again:
            task.future.set_exception(error)


class _Lane:
    """One process, replaced when it has died."""

    def __init__(self) -> None:
        self.process: SpawnProcess | None = None
        self._pool: ProcessPoolExecutor | None = None
        self._greeting: Future[None] | None = None
        self._words: Path | None = None

    def begin(self, work: Callable[[], Any]) -> Future[Any]:
        """Start the task, in a new process where there is none or the old one has died while it had nothing to do."""
        if self._pool is not None:
            try:
                return self._pool.submit(work)
            except BrokenProcessPool:
                self.close(wait=False)
        return self._started().submit(work)

    def explained(self, error: BaseException | None) -> BaseException | None:
        """What a task's error means: after the death of a process the lane is empty, and says what was noted."""
        if not isinstance(error, BrokenProcessPool):
            return error
        assert self._greeting is not None
        assert self._words is not None
        begun = self._greeting.done() and self._greeting.exception() is None
        words = self._words.read_text(encoding="utf-8", errors="replace") if self._words.exists() else ""
        self._words.unlink(missing_ok=True)
        # a broken pool ends itself, and holds its lock meanwhile (Python 3.12): neither close it here nor let go of it
        _BROKEN.append(self._pool)
        self._pool = None
        return WorkerLostError(words) if begun else _cannot_start(words or str(error))

    def close(self, wait: bool) -> None:
        """Let the process end when it has nothing left to do."""
        if self._pool is not None:
            self._pool.shutdown(wait, cancel_futures=True)
        self._pool = None

    def kill(self) -> None:
        """End the process, whatever it does."""
        if self.process is not None and self._pool is not None:
            self.process.kill()

    def _started(self) -> ProcessPoolExecutor:
        number, name = tempfile.mkstemp(prefix="lane-", suffix=".txt")
        os.close(number)
        self._words = Path(name)
        context = _Context()
        pool = ProcessPoolExecutor(1, context, _settle, (name,))
        with no_interrupts():
            self._greeting = pool.submit(_greet)
        self._pool, self.process = pool, context.begun[0]
        return pool


class _Context(SpawnContext):
    """Spawn, remembering the processes: a pool does not tell which are its."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[SpawnProcess] = []

    def Process(self, *args: Any, **details: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        self.begun.append(SpawnProcess(*args, **details))
        return self.begun[-1]


def _cannot_start(why: str) -> CannotStartError:
    last = why.strip().splitlines()[-1:] or ["?"]
    return CannotStartError(
        Text(f"no process can be started for the work: {last[0]}", f"ingen process kan startas för arbetet: {last[0]}")
    )


_words: IO[str] | None = None


def last_words() -> IO[str]:
    """Where this process notes what its parent should read if it dies; empty whenever this is called."""
    if _words is None:
        assert sys.__stderr__ is not None
        return sys.__stderr__
    _words.seek(0)
    _words.truncate()
    return _words


def _settle(words: str) -> None:
    """Prepare a new process: no Ctrl-C, last words into a file, an end with the parent's end."""
    global _words
    _words = Path(words).open("w", encoding="utf-8")  # noqa: SIM115  # open as long as the process lives
    faulthandler.enable(_words)
    Finalize(None, _forget_words, exitpriority=0)
    leave_with_parent(_forget_words)


def _forget_words() -> None:
    if _words is not None:
        faulthandler.disable()
        _words.close()
        Path(_words.name).unlink(missing_ok=True)


def _tidied(work: Callable[..., Any], *args: Any, **details: Any) -> Any:
    """Do a task, then free what it leaves.

    A model refers to itself, as all of Mesa's do, and its arrays are too few objects for the collector to come by
    itself. What is there after the first task stays for good, and is not looked through again.
    """
    try:
        return work(*args, **details)
    finally:
        gc.collect()
        if not gc.get_freeze_count():
            gc.freeze()


def _greet() -> None:
    """Be the first task: once it is done, the process has started well."""
