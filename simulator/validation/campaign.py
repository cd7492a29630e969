"""Measure all patterns on an ensemble and judge them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from simulator.ensemble.workers.pool import run_many
from simulator.quantity import Text
from simulator.scenario import Scenario
from simulator.validation.arms import Reading, examine, tasks_of
from simulator.validation.catalogue import PATTERNS
from simulator.validation.pattern import Part, Pattern, Use

INTERVAL = (5, 95)
ONE_SEED = Text("an interval needs two seeds", "ett intervall kräver två frön")


class Verdict(StrEnum):
    """What a number says about the model."""

    PASS = "pass"
    OUTSIDE = "outside"
    NOT_COUNTED = "not counted"
    UNAVAILABLE = "not available"


VERDICTS = {
    Verdict.PASS: Text("within", "inom"),
    Verdict.OUTSIDE: Text("OUTSIDE", "UTANFÖR"),
    Verdict.NOT_COUNTED: Text("not counted", "räknas inte"),
    Verdict.UNAVAILABLE: Text("not available", "saknas"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One number of a pattern over the seeds.

    values  of each seed that has one;  reason  why the number is not available
    pooled  the number over all seeds, where it is a ratio of sums
    bound   seeds in which the fit that the number is from ends at a bound
    """

    pattern: Pattern
    part: Part
    values: tuple[float, ...]
    reason: Text | None
    pooled: float | None = None
    bound: int = 0

    @property
    def mean(self) -> float:
        """Mean over seeds, or the number pooled over seeds: what is judged."""
        if self.pooled is not None:
            return self.pooled
        return float(np.mean(self.values)) if self.values else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """5 and 95 % quantile over seeds; NaN of fewer than two."""
        if len(self.values) < 2:
            return float("nan"), float("nan")
        low, high = np.quantile(self.values, [place / 100 for place in INTERVAL])
        return float(low), float(high)

    @property
    def error(self) -> float:
        """Half the 95 % interval of the mean over seeds (Student)."""
        from scipy.special import stdtrit

        count = len(self.values)
        if count < 2:
            return float("inf")
        return float(stdtrit(count - 1, 0.975) * np.std(self.values, ddof=1) / np.sqrt(count))

    @property
    def use(self) -> Use:
        """The mark of this number."""
        return self.pattern.use_of(self.part)

    @property
    def inside(self) -> bool:
        """Whether there is a number and it lies within the tolerance."""
        if self.part.zero:
            return bool(self.values) and abs(self.mean) <= self.error
        return bool(self.values) and self.part.holds(self.mean)

    @property
    def verdict(self) -> Verdict:
        """The judgement; an input check is not counted, whatever it says."""
        if not self.values:
            return Verdict.UNAVAILABLE
        if self.use is Use.INPUT:
            return Verdict.NOT_COUNTED
        return Verdict.PASS if self.inside else Verdict.OUTSIDE


@dataclass(frozen=True, slots=True)
class Score:
    """How many patterns of a mark hold with every number of that mark; available ones only, beside all there are."""

    passed: int
    available: int
    declared: int


def score(findings: Iterable[Finding], use: Use) -> Score:
    """Count patterns of a mark: one holds when all its numbers of that mark lie within tolerance.

    A pattern of which a number is not available is not available, and never counts as held.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.use is use:
            groups.setdefault(finding.pattern.code, []).append(finding)
    available = [group for group in groups.values() if all(each.values for each in group)]
    return Score(sum(all(each.inside for each in group) for group in available), len(available), len(groups))


def validate(
    scenario: Scenario,
    seeds: Sequence[int],
    jobs: int | None = None,
    codes: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Finding]:
    """Measure the patterns (all when `codes` is None) over run seeds and judge them.

    progress  called with runs done and runs in all

    The result does not depend on `jobs`.
    """
    chosen = [PATTERNS[code] for code in (PATTERNS if codes is None else codes)]
    wanted = [(pattern.code, part) for pattern in chosen for part in pattern.parts]
    tasks, missing = tasks_of(scenario, wanted, seeds)
    readings: list[Reading] = []
    for reading in run_many(examine, tasks, jobs):
        readings.append(reading)
        if progress is not None:
            progress(len(readings), len(tasks))
    return [_finding(pattern, part, readings, missing) for pattern in chosen for part in pattern.parts]


def _finding(
    pattern: Pattern, part: Part, readings: Sequence[Reading], missing: Mapping[tuple[str, str], Text]
) -> Finding:
    """Gather a number over seeds; when one seed has none, or an interval cannot be had, there is none."""
    key = (pattern.code, part.name)
    if key in missing:
        return Finding(pattern, part, (), missing[key])
    found = [reading.values[key] for reading in readings if key in reading.values]
    reasons = [each for each in found if isinstance(each, Text)]
    values = tuple(each for each in found if not isinstance(each, Text))
    if part.pool is not None and values:
        sums = [reading.sums[key] for reading in readings if key in reading.sums]
        return Finding(pattern, part, values, None, part.pool.ratio(np.sum(sums, axis=0).tolist()))
    if reasons:
        why, some, whole = reasons[0], len(reasons), len(found)
        share = Text(f"{why.en}, {some} of {whole} seeds", f"{why.sv}, {some} av {whole} frön")
        return Finding(pattern, part, (), share if some < whole else why)
    if part.zero and len(found) < 2:
        return Finding(pattern, part, (), ONE_SEED)
    return Finding(pattern, part, values, None, bound=sum(key in reading.bound for reading in readings))
