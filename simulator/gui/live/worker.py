"""A process of the window: runs one job after the other, looks up between quarters, and knows nothing of Qt."""

from __future__ import annotations

import pickle
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.arms import check_pair, without_policy
from simulator.ensemble.workers.child_process import leave_with_parent
from simulator.gui.live.bands import BASELINE, Values
from simulator.gui.live.jobs import Alive, Begun, Cancel, FirmsJob, Job, Left, Ready, Refused, Series, surroundings
from simulator.indicators.grid import cell_key
from simulator.indicators.recorder import KEEP_UP_TO
from simulator.quantity import SpokenError, Text, in_lines
from simulator.scenario import Problem, Scenario, ScenarioError, load, restored
from simulator.scenario.settings import Record

if TYPE_CHECKING:
    from simulator.indicators import Results
    from simulator.model import TransitionModel

FIRST_CURVE = 4
"""Quarters after which a run is first shown; then about every `PAUSE` seconds."""
PAUSE = 0.1
SIGN_OF_LIFE = 0.4
_WARM_QUARTERS = 6
_FAILED = Text(
    "A run failed inside the model; what the window shows stays.",
    "En körning misslyckades inne i modellen; det som fönstret visar står kvar.",
)


class _CancelledError(Exception):
    """Something newer is wanted."""


def serve(inbox: Connection, outbox: Connection) -> None:
    """Warm up and do jobs until the window is gone."""
    leave_with_parent()
    try:
        _warm_up()
        outbox.send(Ready())
        while True:
            asked = inbox.recv()
            if isinstance(asked, Job):
                _task(asked, inbox, outbox).do()
    except (EOFError, OSError):  # the window has closed its end
        return


def _task(asked: Job, inbox: Connection, outbox: Connection) -> Task:
    """What there is to do for a job."""
    if isinstance(asked, FirmsJob):
        from simulator.gui.inspect.work import FirmsWork

        return FirmsWork(asked, inbox, outbox)
    return _Work(asked, inbox, outbox)


def _warm_up() -> None:
    """Load what a run needs and draw the first population before anybody asks."""
    from simulator.model import TransitionModel

    model = TransitionModel(load("baseline"))
    for _ in range(_WARM_QUARTERS):
        model.step()
    model.results()


class Task(ABC):
    """One job; `run` does it, looking up now and then."""

    def __init__(self, job: Job, inbox: Connection, outbox: Connection) -> None:
        self.job, self._inbox, self._outbox = job, inbox, outbox
        self._told = time.monotonic()

    @abstractmethod
    def run(self) -> None:
        """Do the job."""

    def do(self) -> None:
        """Do the job, or tell why it ended."""
        try:
            self.run()
        except _CancelledError:
            self.tell(Left(self.job.number))
        except ScenarioError as error:
            self.tell(Refused(self.job.number, in_lines(map(_without_place, error.problems))))
        except SpokenError as error:
            self.tell(Refused(self.job.number, error.text()))
        except EOFError:
            raise
        except Exception:  # whatever fails in a run is told in the window, and the worker goes on
            why = traceback.format_exc().strip().splitlines()[-1]
            self.tell(Refused(self.job.number, Text(f"{_FAILED.en} ({why})", f"{_FAILED.sv} ({why})")))

    def look_up(self) -> None:
        """See whether the window wants something else."""
        while self._inbox.poll():
            asked = self._inbox.recv()
            if isinstance(asked, Cancel) and asked.number == self.job.number:
                raise _CancelledError
        if time.monotonic() > self._told + SIGN_OF_LIFE:
            self.tell(Alive(self.job.number))

    def tell(self, answer: object) -> None:
        """Say something to the window."""
        self._outbox.send(answer)
        self._told = time.monotonic()


class _Work(Task):
    """One run of one arm, as series of indicators."""

    def run(self) -> None:
        """Run the arm to its end."""
        policy = unpacked(self.job.policy)
        self.tell(Begun(self.job.number, policy.digest, surroundings(policy)))
        scenario, by = self._chosen(policy), self.job.by
        self.look_up()
        model = _model(scenario, by[:1], self.job.seed)
        grids: list[tuple[str, ...]] = [(name,) for name in by] or [()]
        if len(by) > 1 and model.world.firms.size > KEEP_UP_TO:  # without snapshots there is one grid: all crossed
            model, grids = _model(scenario, by, self.job.seed), [by]
        self._finish(model, grids)

    def _finish(self, model: TransitionModel, grids: Sequence[tuple[str, ...]]) -> None:
        """Run to the end, telling how far it is."""
        last = 0.0
        while model.running:
            self.look_up()
            model.step()
            now = time.monotonic()
            due = model.steps == FIRST_CURVE or (model.steps > FIRST_CURVE and now > last + PAUSE)
            if self.job.shown and due and model.running:
                last = now
                self.tell(summed_up(self.job.number, [model.results(wanted=self.job.shown)], model.steps + 1))
        found = []
        for by in grids:
            self.look_up()
            found.append(model.results(by))
        measures = model.ledger.names
        self.tell(summed_up(self.job.number, found, model.steps + 1, model.ledger.outlays(), measures))

    def _chosen(self, policy: Scenario) -> Scenario:
        if self.job.arm != BASELINE:
            return policy
        if self.job.baseline is None:
            return _own_baseline(self.job.policy)
        baseline = unpacked(self.job.baseline)
        check_pair(policy, baseline)
        return baseline


def _without_place(problem: Problem) -> Text:
    """What is wrong with a value that stands in no file."""
    place = f"{problem.place.said()}: "
    return Text(*(said.removeprefix(place) for said in problem.text()))


@lru_cache(maxsize=4)
def unpacked(content: bytes) -> Scenario:
    """A scenario that has come from the window, put together."""
    return restored(*pickle.loads(content))


@lru_cache(maxsize=4)
def _own_baseline(content: bytes) -> Scenario:
    return without_policy(unpacked(content))


def _model(scenario: Scenario, by: tuple[str, ...], seed: int) -> TransitionModel:
    from simulator.model import TransitionModel

    return TransitionModel(replace(scenario, record=Record(by=by)), rng=seed)


def summed_up(
    number: int, parts: Sequence[Results], entries: int, spent: Values | None = None, measures: tuple[str, ...] = ()
) -> Series:
    """The numbers of a run in one array; crossed cells are left out, and so is what an earlier part knows."""
    cells: dict[str, list[str]] = {}
    kept: list[dict[str, list[int]]] = []
    for part in parts:
        kept.append({})
        for series in part.series.values():
            family = series.indicator.family
            if family not in kept[-1]:
                known = cells.setdefault(family, [])
                keys = [cell_key(cell) if len(cell) < 2 else "" for cell in series.cells]
                kept[-1][family] = [at for at, key in enumerate(keys) if key and key not in known]
                known += [keys[at] for at in kept[-1][family]]
    families = {name: series.indicator.family for name, series in parts[0].series.items()}
    columns = [
        part[name].values[:, keep[family]]
        for name, family in families.items()
        for part, keep in zip(parts, kept, strict=True)
    ]
    return Series(
        number, families, {family: tuple(keys) for family, keys in cells.items()},
        np.concatenate(columns, axis=1, dtype=np.float32), entries, spent, measures,
    )  # fmt: skip
