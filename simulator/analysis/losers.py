"""Who needed no support, who was displaced, and which places fall behind (Model text 5, I7.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb

import numpy as np

from simulator.analysis.fates import Deadweight, Shift
from simulator.ensemble.statistics import NO_QUOTIENT, Estimate, Quotient, Values, estimate, fieller, wilson

BEHIND = 0.8
"""Share of runs in which a municipality must lose for it to count as behind. Source: SPEC."""


@dataclass(frozen=True, slots=True)
class Anyway:
    """Deadweight of one transition over all runs: mean numbers per run, share of steps taken anyway, Wilson interval.

    Steps of all runs are pooled; runs share firms, so the interval is on the narrow side.
    """

    supported: float
    rose: float
    share: float
    low: float
    high: float


def anyway(runs: Sequence[dict[str, Deadweight]]) -> dict[str, Anyway]:
    """Deadweight by transition. Source: Model text 5 (I7.6)."""
    names = sorted(set().union(*runs)) if runs else []
    found = {}
    for name in names:
        each = [run[name] for run in runs if name in run]
        rose, same = sum(one.rose for one in each), sum(one.anyway for one in each)
        share = same / rose if rose else float("nan")
        supported = sum(one.supported for one in each)
        found[name] = Anyway(supported / len(runs), rose / len(runs), share, *wilson(same, rose))
    return found


@dataclass(frozen=True, slots=True)
class Losers:
    """Policy minus baseline over the run.

    awarded, others  sales in MSEK of firms with and without an award
    displaced        share of the awarded firms' gain that others lose; unknown when no gain can be detected
    industry, size   FTE-years of firms without award, by code
    places           FTE-years of all firms, by municipality
    behind           codes of municipalities that lose in at least 80 % of the runs
    by_luck          how many such municipalities there would be if every sign were a coin's
    """

    awarded: Estimate
    others: Estimate
    displaced: Quotient
    industry: tuple[Estimate, ...]
    size: tuple[Estimate, ...]
    places: tuple[Estimate, ...]
    behind: tuple[int, ...]
    by_luck: float


def losers(shifts: Sequence[Shift]) -> Losers:
    """Who loses over all runs. Source: Model text 5 (I7.6)."""
    gain = np.array([one.awarded for one in shifts])
    rest = np.array([one.others for one in shifts])
    found = estimate(gain)
    worse = found.detectable and found.mean < 0
    places = np.array([one.places_all for one in shifts], np.float64)
    lost = (places < 0).mean(axis=0)
    return Losers(
        found,
        estimate(rest),
        NO_QUOTIENT if worse else fieller(-rest, gain),
        _columns(np.array([one.industry for one in shifts], np.float64)),
        _columns(np.array([one.size for one in shifts], np.float64)),
        _columns(places),
        tuple(np.flatnonzero(lost >= BEHIND).tolist()),
        places.shape[1] * by_luck(len(shifts)) if places.any() else 0.0,
    )


def by_luck(runs: int) -> float:
    """Chance that a fair coin shows "loses" in at least 80 % of the runs.

    >>> round(by_luck(10), 4)
    0.0547
    """
    return float(sum(comb(runs, hits) for hits in range(ceil(BEHIND * runs - 1e-9), runs + 1)) / 2**runs)


def _columns(values: Values) -> tuple[Estimate, ...]:
    return tuple(estimate(column) for column in values.T)
