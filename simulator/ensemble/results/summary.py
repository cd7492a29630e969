"""What came out of a batch, by case and indicator, for the whole region and its last year.

With many cases, as a design draws them, the cases of a scenario are taken together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.ensemble.results.result import BAND, Result
from simulator.ensemble.results.sources import Values
from simulator.ensemble.statistics import UNKNOWN, Estimate, estimate, precision, quantile_band, small, variance_ratio
from simulator.ensemble.storage.store import written
from simulator.indicators import INDICATORS

MOST_CASES = 50
"""With more cases than this, those of a scenario are summed up together."""
SUMMARY = (
    "case", "cases", "runs", "indicator", "unit", "mean", "low_5", "median", "high_95",
    "difference", "difference_low", "difference_high", "detectable", "variance_ratio", "enough", "more_runs",
    "label_en", "label_sv",
)  # fmt: skip
_DRAWN = re.compile(r"(^|/)(\d+|region-\d+)(?=/|$)")


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that are summed up together, by place, and the baseline of each where it has one."""

    name: str
    cases: tuple[int, ...]
    against: tuple[int | None, ...]


def groups(result: Result) -> list[Group]:
    """The cases of a result one by one, or, where they are many, by what their names have in common."""
    found: dict[str, list[int]] = {}
    for place, name in enumerate(result.cases):
        found.setdefault(_DRAWN.sub("", name) if len(result.cases) > MOST_CASES else name, []).append(place)
    return [
        Group(name, tuple(places), tuple(result.compared[place].against for place in places))
        for name, places in found.items()
    ]


def summary(result: Result) -> Iterator[Sequence[object]]:
    """Rows of `SUMMARY`: levels with their band over runs, and the paired difference from the own baseline."""
    ends = result.ends("last_year")
    yield SUMMARY
    for group in groups(result):
        levels = ends[list(group.cases)]
        paired = None not in group.against
        below = ends[[place for place in group.against if place is not None]] if paired else None
        for place, name in enumerate(result.indicators):
            theirs = None if below is None else below[..., place]
            label = result.label(name)
            runs = int(np.count_nonzero(result.status[list(group.cases)] == 1))
            row = _row(name, levels[..., place], theirs)
            yield group.name, len(group.cases), runs, name, result.unit(name), *row, label.en, label.sv


def _row(name: str, ours: Values, theirs: Values | None) -> tuple[object, ...]:
    """Numbers of a row; (cases, seeds) each."""
    level = _over_runs(ours)
    band = [float(value) for value in quantile_band(ours.reshape(-1, 1), BAND)[:, 0]]
    decimals = INDICATORS[name].decimals if name in INDICATORS else 1
    if theirs is None:
        found, ratio, judged = UNKNOWN, np.nan, level
        told: tuple[object, ...] = ("", "", "", "")
    else:
        found = judged = _over_runs(ours - theirs)
        known = ~np.isnan(ours - theirs)
        ratio = variance_ratio(ours[known], theirs[known])
        told = (*map(written, (found.mean, found.low, found.high)), yes_no(found.detectable))
    enough = precision(judged, small(level.mean, decimals))
    more = "" if enough.more is None else enough.more
    return (*map(written, (level.mean, *band)), *told, written(ratio), yes_no(enough.enough), more)


def _over_runs(values: Values) -> Estimate:
    """Mean with interval: over seeds of one case, over cases where there are several, since they share seeds."""
    if len(values) == 1:
        return estimate(values[0])
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0).sum(axis=1)
    return estimate(total[count > 0] / count[count > 0])


def yes_no(value: bool) -> str:
    """A word for a table."""
    return "yes" if value else "no"
