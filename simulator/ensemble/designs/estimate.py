"""What a plan will cost before it is begun: runs, time, bytes on disk, and whether the disk has room for them."""

from __future__ import annotations

import math
import shutil
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from simulator.ensemble.plan import Plan
from simulator.ensemble.storage.disk import StoreError
from simulator.ensemble.storage.layout import Layout
from simulator.indicators import INDICATORS
from simulator.quantity import Text

_VALUE = 8
_WRITTEN = 20
"""Characters of a number in a table."""
_TOLD = 600
"""Bytes that tell what became of a run: its digest, seconds, attempts."""
_TRIAL_SECONDS = 2.0
WORTH_A_TRIAL = 50
"""Runs from which their speed is tried."""
_RESERVE = 1.1


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is to be expected, at most: a rule that stops early makes it less.

    seconds  of all runs together, on one core; None where they are so few that a trial is not worth its time
    size     bytes of the results    free  bytes left on the disk
    """

    runs: int
    seconds: float | None
    size: int
    free: int


def estimated(plan: Plan, folder: Path, done: int = 0, worth: int = WORTH_A_TRIAL) -> Estimate:
    """Return what the runs of a plan that are not done yet will take; from `worth` of them on tries their speed."""
    runs = len(plan) - done
    size = math.ceil(size_of(plan) * runs / len(plan))
    return Estimate(runs, runs * seconds_of_run(plan) if runs >= worth else None, size, free_bytes(folder))


def check_space(expected: Estimate, folder: Path) -> None:
    """Raise StoreError if the disk has no room for what is to be expected."""
    needed = expected.size * _RESERVE
    if needed > expected.free:
        sizes = [f"{size / 1e6:.0f} MB" for size in (needed, expected.free)]
        raise StoreError(
            Text(
                f"{folder}: the results need about {sizes[0]}, the disk has {sizes[1]} left; keep fewer indicators or "
                "another folder",
                f"{folder}: resultaten behöver omkring {sizes[0]}, disken har {sizes[1]} kvar; spara färre indikatorer "
                "eller välj en annan mapp",
            )
        )


def size_of(plan: Plan) -> int:
    """Bytes of the whole plan's results on disk."""
    whole = Layout(plan).whole
    cells = sum(len(whole.cells[INDICATORS[name].family]) for name in plan.keep.indicators)
    series = cells * len(whole.quarters) * _VALUE
    outlay = len(whole.measures) * len(whole.years) * _VALUE
    varied = {path for case in plan.cases for path in case.overrides}
    row = (len(plan.keep.indicators) + len(varied)) * _WRITTEN
    stored_case = sum(len(path) + _WRITTEN for case in plan.cases for path in case.overrides)
    return len(plan) * (series + outlay + row + _TOLD) + 2 * stored_case


def free_bytes(folder: Path) -> int:
    """Bytes left on the disk that holds a folder, which need not be there yet."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free


def seconds_of_run(plan: Plan) -> float:
    """Seconds of one run on this machine, tried for a while with the first case and with its baseline."""
    first = plan.cases[0]
    tried = [0] if first.against is None else [0, first.against]
    return sum(_trial(plan, case) for case in tried) / len(tried)


def _trial(plan: Plan, case: int) -> float:
    from simulator.model import TransitionModel

    scenario = plan.scenario(case)
    began = perf_counter()
    model = TransitionModel(scenario, rng=plan.seeds[0])
    built = perf_counter()
    stepped = 0
    while model.running and (not stepped or perf_counter() - began < _TRIAL_SECONDS):
        model.step()
        stepped += 1
    model.results()
    return built - began + (perf_counter() - built) / stepped * scenario.run.quarters
