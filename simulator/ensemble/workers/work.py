"""What a worker does: a few runs of a plan, one after the other, and what each leaves.

The function that is sent to other processes, `run_chunk`, never raises because of a run: a run that fails is an
outcome like any other. What it is given and what it returns is plain and small, so that any executor carries it.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import pickle
import threading
import traceback
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator import __version__
from simulator.agents.luck import luck_digest
from simulator.ensemble.plan import Keep, Plan, Run
from simulator.ensemble.workers.lanes import last_words
from simulator.indicators.grid import Cell
from simulator.quantity import Text
from simulator.scenario import Scenario, revised

if TYPE_CHECKING:
    from simulator.indicators import Results
    from simulator.model import TransitionModel

Values = NDArray[np.float64]

HERE = uuid.uuid4().hex
"""Name of this process: a run that hangs ends a worker, never the process that gave the work."""
_ONE_AT_A_TIME = threading.Lock()
"""A process runs one model at a time: threads of a cluster's worker would share the clock that ends hanging runs."""

RAISED, DIED, TIMED_OUT = "raised", "died", "timed out"
KINDS: Mapping[str, Text] = {
    RAISED: Text("the run raised an error", "körningen gav ett fel"),
    DIED: Text("its process died", "processen dog"),
    TIMED_OUT: Text("it took too long", "den tog för lång tid"),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run has no numbers.

    kind  one of KINDS    error  class and message    traceback  where, empty when nothing is known
    """

    kind: str
    error: str
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """What one run leaves; a run that failed has no series and no outlay.

    seed          the luck itself, not its place
    attempt       1, or how often the run has been tried
    digest        of all series of the run, before selection, as `run` prints it; empty when failed
    series        (entries, cells) by indicator that is kept, cells as `kept_cells` gives them
    withheld      values withheld because they rest on too few firms
    outlay        (measures + 1, years)  kSEK of public money, last row what the package shares
    coordination  kSEK over the run
    """

    number: int
    case: int
    seed: int
    attempt: int
    seconds: float
    digest: str
    series: Mapping[str, Values] | None
    withheld: int
    outlay: Values | None
    coordination: float
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Runs that a worker is given.

    cases    scenario, pickled, and values over it, of each case among the runs
    timeout  seconds that a run may take before its process is ended; None: any time
    attempt  how often these runs have been begun, this time included
    home     process that gives the work (`HERE`), which no timeout may end
    program  version and luck of the program that gives the work
    """

    runs: tuple[Run, ...]
    cases: Mapping[int, tuple[bytes, Mapping[str, Any]]]
    keep: Keep
    timeout: float | None
    attempt: int
    home: str
    program: tuple[str, str]


class OtherProgramError(RuntimeError):
    """A worker has another version of the program than the one that gives the work."""


def program() -> tuple[str, str]:
    """Version and fingerprint of the luck of this process: workers must have the same."""
    return __version__, luck_digest()


def assignment(plan: Plan, numbers: Sequence[int], timeout: float | None = None, attempt: int = 1) -> Assignment:
    """Pack runs of a plan for a worker."""
    runs = tuple(plan.run(number) for number in numbers)
    wanted = {run.case: plan.cases[run.case] for run in runs}
    packed = {place: pickle.dumps(plan.scenarios[place]) for place in {one.scenario for one in wanted.values()}}
    cases = {case: (packed[one.scenario], one.overrides) for case, one in wanted.items()}
    return Assignment(runs, cases, plan.keep, timeout, attempt, HERE, program())


def run_chunk(given: Assignment) -> list[Finished]:
    """Do the runs one after the other; what fails is recorded and does not stop the others."""
    if given.program != program():
        raise OtherProgramError(f"this worker has {program()}, the work comes from {given.program}")
    import_module("simulator.model")  # takes a new process its time, which is not the first run's
    with _ONE_AT_A_TIME:
        return [_watched(given, run) for run in given.runs]


def failed(run: Run, attempt: int, seconds: float, failure: Failure) -> Finished:
    """What is recorded of a run without numbers."""
    return Finished(*run, attempt, seconds, "", None, 0, None, 0.0, failure)


def _watched(given: Assignment, run: Run) -> Finished:
    """One run; a clock that works even where Python does not ends the process when the run takes too long."""
    began = perf_counter()
    clock = given.timeout is not None and given.home != HERE
    if given.timeout is not None and clock:
        faulthandler.dump_traceback_later(given.timeout, exit=True, file=last_words())
    try:
        return _run(given, run, began)
    except Exception as error:  # whatever it is, it is this run's, and the others go on
        words = traceback.format_exception_only(error)[-1].strip()
        return failed(run, given.attempt, perf_counter() - began, Failure(RAISED, words, traceback.format_exc()))
    finally:
        if clock:
            faulthandler.cancel_dump_traceback_later()
        gc.collect()  # a model refers to itself and would wait long for the collector


def _run(given: Assignment, run: Run, began: float) -> Finished:
    from simulator.model import TransitionModel

    packed, overrides = given.cases[run.case]
    model = TransitionModel(_scenario(packed, json.dumps(overrides)), rng=run.seed)
    model.run()
    results = model.results()
    digest, withheld = results.digest(), results.withheld
    return Finished(
        *run, given.attempt, perf_counter() - began, digest, _kept(model, results, given.keep), withheld,
        model.ledger.outlays(), float(model.ledger.columns["coordination"].sum()), None,
    )  # fmt: skip


def kept_cells(cells: Sequence[Cell], by: Sequence[str]) -> tuple[Cell, ...]:
    """The cells that a batch keeps: the region, and those told apart by nothing but the dimensions of `by`.

    >>> kept_cells([(), (("county", "dalarna"),), (("rural", "urban"),)], ["county"])
    ((), (('county', 'dalarna'),))
    """
    return tuple(cell for cell in cells if all(dimension in by for dimension, _ in cell))


def _kept(model: TransitionModel, results: Results, keep: Keep) -> dict[str, Values]:
    recorded = set(model.settings.record.by)
    if keep.by and set(keep.by) != recorded:
        results = model.results(keep.by)
    kept = {}
    for name in keep.indicators:
        series = results[name]
        wanted = set(kept_cells(series.cells, keep.by))
        kept[name] = series.values[:, [cell in wanted for cell in series.cells]]
    return kept


@lru_cache(maxsize=64)
def _scenario(packed: bytes, overrides: str) -> Scenario:
    base = _unpacked(packed)
    return revised(base, json.loads(overrides)) if overrides != "{}" else base


@lru_cache(maxsize=16)
def _unpacked(packed: bytes) -> Scenario:
    scenario: Scenario = pickle.loads(packed)
    return scenario
