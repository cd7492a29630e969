"""What replications have shown so far: levels and paired differences, with bands over the runs that are there.

A band grows honest with the number of runs behind it; whoever draws one says how many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
POLICY, BASELINE = "policy", "baseline"
ARMS = (POLICY, BASELINE)
BAND = (0.05, 0.5, 0.95)
REGION = "region"
FEWEST = 5
"""Runs below which a band says nothing: see `Band.told`."""


@dataclass(slots=True)
class RunSeries:
    """One run: by indicator its cells (text keys) and values (entries, cells); `entries` are known so far.

    outlay    (measures + 1, years) kSEK of public money by the measures of the scenario, last the package
    measures  their names
    """

    cells: Mapping[str, tuple[str, ...]]
    values: Mapping[str, NDArray[np.float32]]
    entries: int
    complete: bool
    outlay: Values | None = None
    measures: tuple[str, ...] = ()

    def of(self, indicator: str, cell: str) -> NDArray[np.float32] | None:
        """Values over time of one cell, None where the run does not know it (yet)."""
        if indicator not in self.values or cell not in self.cells[indicator]:
            return None
        found: NDArray[np.float32] = self.values[indicator][:, self.cells[indicator].index(cell)]
        return found


@dataclass(frozen=True, slots=True)
class Band:
    """Low, middle and high over runs.

    low, middle, high  (entries,)  NaN where no run knows the value
    runs               (entries,)  how many stand behind each entry
    """

    low: Values
    middle: Values
    high: Values
    runs: NDArray[np.int_]

    @property
    def told(self) -> NDArray[np.bool_]:
        """Entries with runs enough to say whether there is a difference.

        The empirical 5 to 95 % band of n runs reaches only from about the smallest to the largest of them, so that n
        runs of nothing but luck all lie on one side of zero with probability 2^(1 - n): every second time with two
        runs, one time in sixteen with five. With fewer than `FEWEST` the band has no meaning as a band.
        """
        found: NDArray[np.bool_] = self.runs >= FEWEST
        return found

    @property
    def detectable(self) -> NDArray[np.bool_]:
        """Entries at which the band leaves zero out, with at least `FEWEST` runs behind it."""
        found: NDArray[np.bool_] = ((self.low > 0) | (self.high < 0)) & self.told
        return found


@dataclass
class Bands:
    """All runs of one question: a scenario against its baseline, seed by seed.

    quarters  labels of the entries, the initial state first
    wanted    how many replications were asked for
    """

    quarters: tuple[str, ...]
    wanted: int
    runs: dict[str, dict[int, RunSeries]] = field(default_factory=lambda: {arm: {} for arm in ARMS})

    def put(self, arm: str, seed: int, run: RunSeries) -> None:
        """Take in what is known of a run, instead of what was known before."""
        self.runs[arm][seed] = run

    @property
    def pairs(self) -> int:
        """Replications of which both arms are complete."""
        policy, baseline = self.runs[POLICY], self.runs[BASELINE]
        return sum(run.complete and seed in baseline and baseline[seed].complete for seed, run in policy.items())

    @property
    def enough(self) -> bool:
        """Whether all that was asked for is here."""
        return self.pairs >= self.wanted

    def level(self, arm: str, indicator: str, cell: str = REGION) -> Band:
        """Band of an indicator in one arm."""
        return band(self._stacked([self._one(arm, seed, indicator, cell) for seed in sorted(self.runs[arm])]))

    def difference(self, indicator: str, cell: str = REGION) -> Band:
        """Band of policy minus baseline on equal luck, entries known in both."""
        return band(self._stacked(self._pairs(indicator, cell)))

    def values(self, indicator: str, cell: str = REGION, differences: bool = True) -> Values:
        """One row per replication, (runs, entries): differences, or levels with policy."""
        levels = (self._one(POLICY, seed, indicator, cell) for seed in sorted(self.runs[POLICY]))
        rows = [row for row in (self._pairs(indicator, cell) if differences else levels) if row is not None]
        return np.array(rows) if rows else np.empty((0, len(self.quarters)))

    def cells(self, indicator: str) -> tuple[str, ...]:
        """Cells that some run knows of an indicator."""
        for runs in self.runs.values():
            for run in runs.values():
                if indicator in run.cells:
                    return run.cells[indicator]
        return ()

    def spent(self) -> Values:
        """Public money with policy, mean over complete runs, MSEK by measure and year; empty until one is there."""
        known = [run.outlay for run in self.runs[POLICY].values() if run.outlay is not None]
        return np.mean(known, axis=0) / 1000 if known else np.empty((0, 0))

    def _one(self, arm: str, seed: int, indicator: str, cell: str) -> Values | None:
        run = self.runs[arm].get(seed)
        found = None if run is None else run.of(indicator, cell)
        if found is None or run is None:
            return None
        row = np.full(len(self.quarters), np.nan)
        row[: run.entries] = found[: run.entries]
        return row

    def _pairs(self, indicator: str, cell: str) -> list[Values | None]:
        found = []
        for seed in sorted(self.runs[POLICY]):
            ours, theirs = (self._one(arm, seed, indicator, cell) for arm in ARMS)
            found.append(None if ours is None or theirs is None else ours - theirs)
        return found

    def _stacked(self, rows: list[Values | None]) -> Values:
        known = [row for row in rows if row is not None]
        return np.array(known) if known else np.full((1, len(self.quarters)), np.nan)


def band(rows: Values) -> Band:
    """Quantiles `BAND` over runs of what they know, straight lines between runs; rows (runs, entries)."""
    runs = (~np.isnan(rows)).sum(axis=0)
    ordered = np.sort(rows, axis=0)  # what is not known comes last
    made = np.full((len(BAND), rows.shape[1]), np.nan)
    there = np.flatnonzero(runs)
    place = np.array(BAND)[:, None] * (runs[there] - 1)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, runs[there] - 1)
    made[:, there] = ordered[below, there] + (place - below) * (ordered[above, there] - ordered[below, there])
    low, middle, high = made
    return Band(low, middle, high, runs)
