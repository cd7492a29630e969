"""Policy minus baseline per run: differences of every indicator, and totals over the run (Model text 5, 7.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulator.analysis.arms import Outcome
from simulator.ensemble.statistics import YEAR, Estimate, Values, estimate, last_year, variance_ratio, window_mean
from simulator.indicators import INDICATORS, Indicator
from simulator.indicators.declare import Ratio

NEGLIGIBLE = 1e-4
"""Share of the baseline's level below which an effect is negligible, however sure it is. Source: judgement."""


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    return {name: place for place, name in enumerate(INDICATORS)}


@dataclass(frozen=True, slots=True)
class Arm:
    """All runs of one scenario.

    series        (runs, indicators, entries)
    outlay        (runs, measures + 1, years)  kSEK    coordination (runs,) kSEK
    """

    series: Values
    outlay: Values
    coordination: Values

    def of(self, indicator: str) -> Values:
        """One indicator; (runs, entries)."""
        values: Values = self.series[:, _places()[indicator]]
        return values

    @property
    def spent(self) -> Values:
        """Public money over the run, MSEK; (runs,)."""
        total: Values = self.outlay.sum(axis=(1, 2)) / 1000
        return total

    @property
    def by_year(self) -> Values:
        """Public money by year of the run, MSEK; (runs, years)."""
        total: Values = self.outlay.sum(axis=1) / 1000
        return total


def gathered(outcomes: Sequence[Outcome]) -> Arm:
    """The runs of an arm, in the order of the seeds."""
    return Arm(
        np.array([one.series for one in outcomes]),
        np.array([one.outlay for one in outcomes]),
        np.array([one.coordination for one in outcomes]),
    )


def accumulated(indicator: Indicator, values: Values, rate: float = 0.0) -> Values:
    """Sum over the run: of yearly flows their total, of stocks stock times years; (runs, entries) to (runs,).

    A flow that is reported as the sum of the last four quarters is read at year ends, anything else each quarter.

    rate  yearly discount rate; what comes after t years weighs 1 / (1 + rate)^t, a flow at the middle of its time

    Source: Model text 5 (I4.5, I7.5).
    """
    formula = indicator.formula
    if indicator.unit.endswith("/yr") and isinstance(formula, Ratio) and formula.window == YEAR:
        chosen, length = np.arange(values.shape[1] - 1, 0, -YEAR)[::-1], 1.0
    else:
        chosen, length = np.arange(1, values.shape[1]), 1 / YEAR
    weight = length / (1 + rate) ** (chosen / YEAR - length / 2)
    total: Values = np.nansum(values[:, chosen] * weight, axis=1)
    return total


def discounted(by_year: Values, rate: float) -> Values:
    """Present value of yearly amounts, each at the middle of its year; (runs, years) to (runs,)."""
    weight = 1 / (1 + rate) ** (np.arange(by_year.shape[1]) + 0.5)
    total: Values = by_year @ weight
    return total


@dataclass(frozen=True, slots=True)
class Effect:
    """What policy changes in one indicator.

    level     mean of the baseline in the last year
    end       difference in the last year    whole mean difference over the run
    variance  Var(paired) / Var(unpaired) of the last year
    """

    indicator: Indicator
    level: float
    end: Estimate
    whole: Estimate
    variance: float

    @property
    def detectable(self) -> bool:
        """Whether there is a difference in the last year or over the run."""
        return self.end.detectable or self.whole.detectable

    @property
    def negligible(self) -> bool:
        """Whether what can be detected is too small to matter."""
        told = (one for one in (self.end, self.whole) if one.detectable)
        return all(negligible(one, self.level) for one in told)


def negligible(found: Estimate, level: float) -> bool:
    """Whether an effect is below `NEGLIGIBLE` of the baseline's level."""
    return abs(found.mean) < NEGLIGIBLE * abs(level)


def effects(policy: Arm, baseline: Arm) -> dict[str, Effect]:
    """Paired effect on every indicator that both arms know. Source: Model text 5."""
    found = {}
    for name, indicator in INDICATORS.items():
        ours, theirs = policy.of(name), baseline.of(name)
        ends = last_year(ours), last_year(theirs)
        difference = ends[0] - ends[1]
        if np.isnan(difference).all():
            continue
        known = ~np.isnan(difference)
        found[name] = Effect(
            indicator,
            float(ends[1][known].mean()),
            estimate(difference),
            estimate(window_mean(ours - theirs, 1, ours.shape[1])),
            variance_ratio(ends[0][known], ends[1][known]),
        )
    return found
