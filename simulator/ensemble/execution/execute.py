"""Runs a plan into a batch folder: what is missing, wherever there is room, with nothing lost when it breaks off."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from simulator.ensemble.execution.interruption import Interruption, Wish
from simulator.ensemble.execution.progress import Meter, Progress
from simulator.ensemble.execution.stopping import StopRule
from simulator.ensemble.workers.lanes import CannotStartError, Lanes, WorkerLostError, cores
from simulator.ensemble.workers.work import (
    DIED,
    TIMED_OUT,
    Assignment,
    Failure,
    Finished,
    OtherProgramError,
    assignment,
    failed,
    run_chunk,
)
from simulator.quantity import SpokenError, Text

if TYPE_CHECKING:
    from simulator.ensemble.batches.folder import BatchFolder

Work = Callable[[Assignment], list[Finished]]
Part = tuple[int, int]
"""Which part of the chunks: (2, 5) is every fifth, from the second."""
WHOLE: Part = (1, 1)
TIMEOUT = 3600.0
"""Seconds that a run may take unless somebody says otherwise. Source: judgement; a run of a region takes seconds."""
AHEAD = 2
"""Chunks per lane that are begun or wait for their turn: a lane never idles, and memory stays bounded."""
LOOK = 0.2
"""Seconds between two looks whether somebody has interrupted."""


class ExecutionError(SpokenError):
    """The runs cannot be done as asked."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What those who asked for the runs are told: how far they are, and what somebody at the terminal should know."""

    progress: Callable[[Progress], None] = lambda now: None
    tell: Callable[[Text], None] = lambda text: None


NOBODY = Watch()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a session ended.

    complete  whether every run of this part is done or recorded as failed, or the plan's rule has stopped it
    stopped   whether the rule of the plan has found the runs to suffice
    code      0, or 130 and 143 after an interruption
    """

    progress: Progress
    complete: bool
    stopped: bool
    code: int


def execute(
    folder: BatchFolder,
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    part: Part = WHOLE,
    timeout: float | None = TIMEOUT,
    again: bool = False,
    watch: Watch = NOBODY,
    command: Sequence[str] = (),
    work: Work = run_chunk,
    interruption: Interruption | None = None,
) -> Ended:
    """Do the runs that are missing in a folder; with `again` those that have failed instead.

    jobs      lanes: processes at once, here or of `executor`; None one per core
    executor  whose workers do the runs; None starts processes here
    part      the chunks of this session; others may do the other parts at the same time
    timeout   seconds that a run may take; None any time
    command   what was typed, for the folder's record
    work      what workers do, a function of a module
    interruption  what may be asked to stop this from outside, beside signals

    Raises SpokenError when the folder cannot be written or workers cannot work. Whatever happens, chunks that were
    written stay, and calling this again goes on from there.
    """
    _check_part(folder, part)
    count = jobs or cores()
    with folder.session(part, command), interruption or Interruption() as heard, _workers(executor, count) as workers:
        session = _Session(folder, workers, count, timeout, work, heard, watch)
        chunks = range(part[0] - 1, len(session.chunks), part[1])
        stopped = session.retry(chunks) if again else session.go(chunks)
        if heard.wish < Wish.DROP:
            folder.close_session()
        return Ended(session.meter.now(), stopped or not session.missing(chunks), stopped, heard.code)


def _check_part(folder: BatchFolder, part: Part) -> None:
    if not 1 <= part[0] <= part[1]:
        raise ExecutionError(
            Text(f"slice {part[0]}/{part[1]}: there is no such part", f"del {part[0]}/{part[1]}: den delen finns inte")
        )
    if part != WHOLE and folder.plan.stop is not None:
        raise ExecutionError(
            Text(
                "a plan that stops when the runs suffice cannot be sliced: a part does not know the others' runs",
                "en plan som slutar när körningarna räcker kan inte delas: en del känner inte de andras körningar",
            )
        )


_FINISHING = Text(
    "Finishing the runs in work; press Ctrl-C again to drop them.",
    "Avslutar körningarna som pågår; tryck Ctrl-C igen för att släppa dem.",
)


@contextmanager
def _workers(executor: Executor | None, count: int) -> Iterator[Executor]:
    """The executor, or lanes of our own, whose processes end with the work."""
    if executor is not None:
        yield executor
        return
    lanes = Lanes(count)
    try:
        yield lanes
    except BaseException:
        lanes.kill()
        raise
    lanes.shutdown(cancel_futures=True)


class _Job(NamedTuple):
    """Runs that are given to a worker together; `alone` after the group that they were in has lost its worker."""

    chunk: int
    numbers: tuple[int, ...]
    attempt: int
    alone: bool = False


@dataclass(eq=False)
class _Session:
    """The chunks in work, and those of their runs that are already known."""

    folder: BatchFolder
    executor: Executor
    count: int
    timeout: float | None
    work: Work
    interruption: Interruption
    watch: Watch

    def __post_init__(self) -> None:
        self.chunks = self.folder.plan.chunks
        self.meter = Meter(0, 0, 0)
        self._open: dict[Future[list[Finished]], tuple[_Job, float]] = {}
        self._suspects: deque[_Job] = deque()
        self._known: dict[int, dict[int, Finished]] = {}
        self._wanted: dict[int, int] = {}
        self._heeded = Wish.GO_ON

    def missing(self, chunks: Sequence[int]) -> list[int]:
        """Those of the chunks that are not on disk."""
        done = self.folder.done()
        return [chunk for chunk in chunks if chunk not in done]

    def go(self, chunks: Sequence[int]) -> bool:
        """Do what is missing; whether the plan's rule has stopped it before the end."""
        plan, missing = self.folder.plan, self.missing(chunks)
        todo = sum(len(self.chunks[chunk]) for chunk in missing)
        total = sum(len(self.chunks[chunk]) for chunk in chunks)
        self.meter = Meter(total, total - todo, len(self._failed(chunks)))
        rule = StopRule(self.folder)
        for first in range(0, len(plan), plan.block):
            end = first + plan.block
            block = [chunk for chunk in missing if first <= self.chunks[chunk].start < end]
            self._do([_Job(chunk, tuple(self.chunks[chunk]), 1) for chunk in block])
            if self.interruption.wish:
                return False
            if end < len(plan) and rule.enough(end):
                return True
        return False

    def retry(self, chunks: Sequence[int]) -> bool:
        """Do the failed runs again; no rule of the plan bears on them."""
        failed = self._failed(chunks)
        self.meter = Meter(len(failed), 0, 0)
        jobs = []
        for chunk in chunks:
            numbers = tuple(number for number in self.chunks[chunk] if number in failed)
            if numbers:
                jobs.append(_Job(chunk, numbers, 1 + max(failed[number] for number in numbers)))
        self._do(jobs)
        return False

    def _failed(self, chunks: Sequence[int]) -> dict[int, int]:
        """Runs of the chunks that have failed, each with how often it has been tried."""
        ours = {number for chunk in chunks for number in self.chunks[chunk]}
        return {run.number: run.attempt for run in self.folder.told() if run.failure and run.number in ours}

    def _do(self, jobs: Sequence[_Job]) -> None:
        waiting = deque(jobs)
        self._wanted = {job.chunk: len(job.numbers) for job in jobs}
        try:
            while waiting or self._suspects or self._open:
                if self.interruption.wish > self._heeded:
                    self._heed(self.interruption.wish)
                if self._heeded:
                    waiting.clear()
                    self._suspects.clear()
                while (job := self._next(waiting)) is not None:
                    self._begin(job)
                for future in wait(self._open, LOOK, FIRST_COMPLETED).done:
                    self._take(future)
        except BaseException:
            for future in self._open:
                future.cancel()
            raise

    def _next(self, waiting: deque[_Job]) -> _Job | None:
        """What can begin now. A suspect runs where it harms nobody: in a lane, or when all others are done."""
        if self._suspects and (isinstance(self.executor, Lanes) or not (waiting or self._open)):
            return self._suspects.popleft()
        return waiting.popleft() if waiting and len(self._open) < AHEAD * self.count else None

    def _heed(self, wish: Wish) -> None:
        """Let go of what has not begun, or of everything."""
        self._heeded = wish
        kept = list(self._open)[: self.count] if wish < Wish.DROP else []
        for future in [future for future in self._open if future not in kept]:
            if future.cancel() or wish == Wish.DROP:
                del self._open[future]
        if wish == Wish.DROP and isinstance(self.executor, Lanes):
            self.executor.kill()
        if wish < Wish.DROP and self._open:
            self.watch.tell(_FINISHING)

    def _begin(self, job: _Job) -> None:
        given = assignment(self.folder.plan, job.numbers, self.timeout, job.attempt)
        try:
            future = self.executor.submit(self.work, given)
        except RuntimeError as failure:
            raise ExecutionError(
                Text(f"the workers take no more work: {failure}", f"processerna tar inte emot mer arbete: {failure}")
            ) from failure
        self._open[future] = job, monotonic()

    def _take(self, future: Future[list[Finished]]) -> None:
        job, began = self._open.pop(future)
        error = CancelledError() if future.cancelled() else future.exception()
        if error is None:
            self._gather(job, future.result())
        elif isinstance(error, CannotStartError):
            raise error
        elif isinstance(error, OtherProgramError):
            raise ExecutionError(
                Text(f"a worker has another program: {error}", f"en process har ett annat program: {error}")
            )
        elif not self._heeded:
            self._lost(job, error, monotonic() - began)

    def _lost(self, job: _Job, error: BaseException, seconds: float) -> None:
        """Try the runs of a group one by one, since one of them may end its process; record one that was alone."""
        if not job.alone:
            self._suspects += [_Job(job.chunk, (number,), job.attempt + 1, True) for number in job.numbers]
            return
        run = self.folder.plan.run(job.numbers[0])
        self._gather(job, [failed(run, job.attempt, seconds, self._failure(error, seconds))])

    def _failure(self, error: BaseException, seconds: float) -> Failure:
        words = error.words if isinstance(error, WorkerLostError) else ""
        if self.timeout is not None and ("Timeout (" in words or (not words and seconds >= self.timeout)):
            return Failure(TIMED_OUT, f"longer than {self.timeout:g} s", words)
        return Failure(DIED, f"{type(error).__name__}: {error}", words)

    def _gather(self, job: _Job, finished: Sequence[Finished]) -> None:
        """Keep runs until all of their chunk are there, then write it; what is not tried again stays as it is."""
        known = self._known.setdefault(job.chunk, {})
        known |= {run.number: run for run in finished}
        numbers = self.chunks[job.chunk]
        if len(known) == self._wanted[job.chunk]:
            if len(known) < len(numbers):
                known = {run.number: run for run in self.folder.read_chunk(job.chunk)} | known
            self.folder.write_chunk(job.chunk, [known[number] for number in numbers])
            del self._known[job.chunk]
        self.watch.progress(self.meter.add(len(finished), sum(run.failure is not None for run in finished)))
