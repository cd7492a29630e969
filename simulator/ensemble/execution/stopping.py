"""When the runs suffice: the rule by which a plan stops between two blocks of seeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulator.ensemble.statistics import Values, estimate, last_year

if TYPE_CHECKING:
    from simulator.ensemble.batches.folder import BatchFolder
    from simulator.ensemble.plan import Case


class StopRule:
    """Judges the runs that a folder has, and remembers what it has read."""

    def __init__(self, folder: BatchFolder) -> None:
        self._folder = folder
        self._levels = np.full((len(folder.plan.seeds), len(folder.plan.cases)), np.nan)
        self._read = 0

    def enough(self, runs: int) -> bool:
        """Whether the first `runs` runs, all of them in the folder, know well enough what the plan asks for."""
        plan = self._folder.plan
        if plan.stop is None:
            return False
        chunks = plan.chunks
        while self._read < len(chunks) and chunks[self._read].start < runs:
            for run in self._folder.read_chunk(self._read):
                if run.series is not None:
                    ends = last_year(run.series[plan.stop.indicator][None, :, 0])
                    self._levels[divmod(run.number, len(plan.cases))] = ends[0]
            self._read += 1
        return known_well(self._levels[: runs // len(plan.cases)], plan.cases, plan.stop.half_width)


def known_well(levels: Values, cases: Sequence[Case], half_width: float) -> bool:
    """Whether the 90 % interval of every case is narrow enough; an interval that is not known is not.

    A case that is compared counts with its difference from its baseline on the same seeds, any other with its level,
    unless it is there as a baseline.

    levels  (seeds, cases)  NaN where a run failed
    """
    found = (estimate(one) for one in _judged(levels, cases))
    return all((one.high - one.low) / 2 <= half_width for one in found)


def _judged(levels: Values, cases: Sequence[Case]) -> Iterator[Values]:
    baselines = {case.against for case in cases}
    for place, case in enumerate(cases):
        if case.against is not None:
            yield levels[:, place] - levels[:, case.against]
        elif place not in baselines:
            yield levels[:, place]


def settled(folder: BatchFolder) -> bool:
    """Whether nothing is left to do: every run has been tried, or the plan's rule has found the runs to suffice."""
    plan, done, rule = folder.plan, folder.done(), StopRule(folder)
    for end in range(plan.block, len(plan) + plan.block, plan.block):
        block = [chunk for chunk, runs in enumerate(plan.chunks) if end - plan.block <= runs.start < end]
        if not done.issuperset(block):
            return False
        if end < len(plan) and rule.enough(end):
            return True
    return True
