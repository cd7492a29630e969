"""Answers the window's questions piece by piece: two runs at a time, the newest question first, one worker to spare."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from simulator.analysis.arms import seeds_of
from simulator.gui.live.bands import BASELINE, POLICY, Bands, RunSeries
from simulator.gui.live.jobs import Begun, Job, Left, Refused, Series, packed, surroundings, touches_surroundings
from simulator.gui.live.worker_process import MOST_LOSSES, WATCH, WorkerProcess
from simulator.indicators.results import quarter_labels
from simulator.quantity import Text
from simulator.scenario import Scenario

WORKERS, SPARE = 2, 1
MOST_KEPT = 64
"""Runs of baselines that are remembered."""
_CALM = 40
"""Milliseconds between two messages that the bands have grown."""
_REPLACED = Text(
    "A worker process ended unexpectedly and was replaced; its run is done again.",
    "En arbetsprocess avslutades oväntat och har ersatts; dess körning görs om.",
)
_ENDED = Text(
    "A worker process did not answer; it was ended and replaced.",
    "En arbetsprocess svarade inte; den har avslutats och ersatts.",
)
_NO_WORKERS = Text(
    "No worker process can be kept running, so nothing is computed. Is memory short? Change a value to try again.",
    "Ingen arbetsprocess kan hållas igång, så inget räknas. Är minnet slut? Ändra ett värde för att försöka igen.",
)


@dataclass
class _Question:
    """What was asked last, and what is left to do for it."""

    number: int
    policy: bytes
    baseline: bytes | None
    key: str
    first: int
    bands: Bands
    digest: str = ""
    by: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    todo: deque[tuple[str, int]] = field(default_factory=deque)


class LiveRunner(QObject):
    """Runs a scenario and its baseline on equal luck, replication by replication, in processes of the window's own.

    bands   what the newest question with an answer has shown so far; another object for each question
    digest  fingerprint of the scenario behind `bands`, "" until there is one

    progressed  `bands` has grown            finished  nothing is left to do
    begun       the newest question's scenario is sound and runs: its fingerprint
    told        something the user should know (a Text)
    """

    progressed = Signal()
    finished = Signal()
    begun = Signal(str)
    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bands = Bands((), 0)
        self.digest = ""
        self._workers: list[WorkerProcess] = []
        self._question: _Question | None = None
        self._numbers = count(1)
        self._baselines: OrderedDict[tuple[str, int], tuple[frozenset[str], RunSeries]] = OrderedDict()
        self._same: dict[str, str] = {}
        self._paused = self._closed = False
        self._losses = 0
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH)
        self._watch.timeout.connect(self._look_after)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._tell_held_back)
        self._held_back = False

    # -- what the window asks ------------------------------------------------------------------------------------
    def warm(self) -> None:
        """Start the workers before anything is asked."""
        try:
            while not self._closed and len(self._workers) < WORKERS + SPARE:
                self._engage()
        except OSError:  # no memory, or too many processes
            self._give_up()

    def ask(
        self,
        policy: Scenario,
        baseline: Scenario | None,
        replications: int,
        by: Sequence[str] = (),
        shown: Sequence[str] = ("advanced_digital",),
        overrides: Mapping[str, object] | None = None,
    ) -> None:
        """Ask for a scenario against a baseline; whatever was asked before is given up.

        baseline   None: the scenario's own, the same surroundings without measures
        by         dimensions beside county, rural, size_class and class, which are always there
        shown      indicators that are wanted while the first runs go on; complete runs bring all
        overrides  values of the policy's scenario by dotted path
        """
        if self._closed:
            return
        before = self._question
        question = self._question = self._new_question(policy, baseline, replications, overrides or {})
        question.by, question.shown = tuple(by), tuple(shown)
        for seed in seeds_of(policy, replications):
            question.todo.append((POLICY, seed))
            if (kept := self._kept(question, seed)) is not None:
                question.bands.put(BASELINE, seed, kept)
            elif any(self._serves(worker, question, seed) for worker in self._workers):
                if before is not None and seed in before.bands.runs[BASELINE]:
                    question.bands.put(BASELINE, seed, before.bands.runs[BASELINE][seed])
            else:
                question.todo.append((BASELINE, seed))
        for worker in self._workers:
            if worker.job is not None and not self._serves(worker, question, worker.job.seed):
                worker.cancel()
        self._losses = 0
        self.warm()
        self._assign()

    def _new_question(
        self, policy: Scenario, baseline: Scenario | None, replications: int, overrides: Mapping[str, object]
    ) -> _Question:
        changes = tuple(sorted(overrides.items()))
        key = _key(policy, baseline, changes)
        bands = Bands(quarter_labels(policy.run.start_text, policy.run.quarters + 1), replications)
        return _Question(
            next(self._numbers), packed(policy, overrides), None if baseline is None else packed(baseline, {}),
            self._same.get(key, key), policy.run.seed, bands,
        )  # fmt: skip

    @property
    def paused(self) -> bool:
        """Whether runs wait."""
        return self._paused

    def pause(self, wanted: bool) -> None:
        """Begin no more runs, or go on; what is asked meanwhile is remembered. Runs in work go on to their end."""
        self._paused = wanted
        self._assign()

    @property
    def running(self) -> bool:
        """Whether runs are in work or wait for a worker."""
        waiting = self._question is not None and bool(self._question.todo)
        return waiting or any(worker.at_work for worker in self._workers)

    @property
    def behind(self) -> bool:
        """Whether `bands` answer an older question than the newest."""
        return self._question is not None and self.bands is not self._question.bands

    def stop(self) -> None:
        """Give up what was asked; what is known stays."""
        if self._question is not None:
            self._question.todo.clear()
        for worker in self._workers:
            worker.cancel()

    def forget(self) -> None:
        """Give up what was asked and let go of what is known: it is of something else."""
        self.stop()
        self._question = None
        self.bands, self.digest = Bands((), 0), ""
        self.progressed.emit()

    def close_down(self) -> None:
        """End all workers and wait for them."""
        self._closed = True
        self._watch.stop()
        self._calm.stop()
        self._question = None
        for worker in self._workers:
            worker.hang_up()
        while self._workers:
            self._release(self._workers[-1], at_once=False)

    @property
    def pids(self) -> list[int]:
        """The processes that work for the window."""
        return [worker.pid for worker in self._workers]

    # -- workers -------------------------------------------------------------------------------------------------
    def _engage(self) -> None:
        worker = WorkerProcess()
        worker.answered.connect(self._take, Qt.ConnectionType.QueuedConnection)
        worker.lost.connect(self._lose, Qt.ConnectionType.QueuedConnection)
        self._workers.append(worker)
        self._watch.start()

    def _release(self, worker: WorkerProcess, at_once: bool) -> None:
        self._workers.remove(worker)
        worker.dismiss(at_once)

    def _lose(self, worker: WorkerProcess) -> None:
        self._replace(worker, _REPLACED)

    def _replace(self, worker: WorkerProcess, why: Text) -> None:
        """Take another worker for one that is lost; its run is done again, unless workers die all the time."""
        if worker not in self._workers:
            return
        job, question = worker.job, self._question
        self._release(worker, at_once=True)
        self._losses += 1
        if self._losses > MOST_LOSSES:
            self._give_up()
            return
        if question is not None and job is not None and self._wanted(job):
            question.todo.appendleft((job.arm, job.seed))
        self.told.emit(why)
        self.warm()
        self._assign()

    def _give_up(self) -> None:
        """Say that nothing can be computed; a new question tries again."""
        self.told.emit(_NO_WORKERS)
        self.stop()
        self.finished.emit()

    def _look_after(self) -> None:
        """End workers that have been silent for too long."""
        for worker in list(self._workers):
            if worker.hanging:
                self._replace(worker, _ENDED)
        if not any(worker.job is not None or not worker.ready for worker in self._workers):
            self._watch.stop()

    def _assign(self) -> None:
        """Give free workers the next runs, so that two runs that are wanted go on at a time."""
        question = self._question
        if question is None or self._paused:
            return
        for worker in self._workers:
            if not question.todo or sum(other.at_work for other in self._workers) >= WORKERS:
                return
            if worker.free:
                arm, seed = question.todo.popleft()
                worker.begin(self._job(question, arm, seed))
                self._watch.start()

    def _job(self, question: _Question, arm: str, seed: int) -> Job:
        return Job(
            next(self._numbers), question.number, arm, seed, question.policy, question.baseline,
            question.key, question.by, question.shown if seed == question.first else (),
        )  # fmt: skip

    # -- answers -------------------------------------------------------------------------------------------------
    def _take(self, worker: WorkerProcess, answer: object) -> None:
        if worker not in self._workers:
            return
        worker.note(answer)
        job = worker.job
        if job is not None and getattr(answer, "number", None) == job.number:
            self._take_of(worker, job, answer)
        if worker.job is None:
            self._assign()
            if job is not None and not self.running and self._wanted(job):
                self.finished.emit()

    def _take_of(self, worker: WorkerProcess, job: Job, answer: object) -> None:
        """Take what a worker says about the job it is at."""
        match answer:
            case Begun():
                self._note_begun(job, answer)
            case Series():
                run = answer.run()
                if run.complete:
                    worker.done()
                self._put(job, run)
            case Refused():
                wanted = worker.at_work and self._wanted(job)
                worker.done()
                if wanted:
                    self.told.emit(answer.text)
                    self.stop()
            case Left():
                worker.done()

    def _note_begun(self, job: Job, answer: Begun) -> None:
        if job.baseline is None:
            self._same[job.key] = answer.surroundings
        if self._question is not None and job.request == self._question.number:
            self._question.key = self._same.get(job.key, job.key)
            self._question.digest = answer.digest
            self.begun.emit(answer.digest)

    def _put(self, job: Job, run: RunSeries) -> None:
        if job.arm == BASELINE and run.complete:
            self._keep(job, run)
        if not self._wanted(job):
            return
        assert self._question is not None
        self._losses = 0
        self._question.bands.put(job.arm, job.seed, run)
        if all(self._question.bands.runs.values()):
            self.bands, self.digest = self._question.bands, self._question.digest
            self._progress()

    def _progress(self) -> None:
        """Tell that the bands have grown, at once the first time, then no more often than a chart can follow."""
        if self._calm.isActive():
            self._held_back = True
            return
        self._calm.start()
        self.progressed.emit()

    def _tell_held_back(self) -> None:
        if self._held_back:
            self._held_back = False
            self._progress()

    # -- which runs serve which question -------------------------------------------------------------------------
    def _wanted(self, job: Job) -> bool:
        """Whether a run belongs to the newest question: asked by it, or a baseline that it shares."""
        question = self._question
        if question is None:
            return False
        return job.request == question.number or (job.arm == BASELINE and self._shares(job, question))

    def _shares(self, job: Job, question: _Question) -> bool:
        keys = (self._same.get(key, key) for key in (job.key, question.key))
        return len(set(keys)) == 1 and set(job.by) >= set(question.by)

    def _serves(self, worker: WorkerProcess, question: _Question, seed: int) -> bool:
        """Whether a worker is at a baseline run that the question needs."""
        job = worker.job
        if job is None or worker.cancelled is not None or job.arm != BASELINE or job.seed != seed:
            return False
        return self._shares(job, question) and seed < question.first + question.bands.wanted

    def _keep(self, job: Job, run: RunSeries) -> None:
        """Keep a run of a baseline for later questions, rather one that is broken down further."""
        key = (self._same.get(job.key, job.key), job.seed)
        if key not in self._baselines or self._baselines[key][0] <= set(job.by):
            self._baselines[key] = (frozenset(job.by), run)
        if len(self._baselines) > MOST_KEPT:
            self._baselines.popitem(last=False)

    def _kept(self, question: _Question, seed: int) -> RunSeries | None:
        by, run = self._baselines.get((question.key, seed), (frozenset(), None))
        if run is None or not by >= set(question.by):
            return None
        self._baselines.move_to_end((question.key, seed))
        return run


def _key(policy: Scenario, baseline: Scenario | None, overrides: tuple[tuple[str, object], ...]) -> str:
    """What the baseline's runs depend on, as far as it is known before the scenario is put together."""
    if baseline is not None:
        return f"given {baseline.digest}"
    moved = [change for change in overrides if touches_surroundings(change[0])]
    return f"{surroundings(policy)} {moved}" if moved else surroundings(policy)
