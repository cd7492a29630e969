"""Money before awards: what is available, and one factor that makes the plan fit it (Model text 3.0)."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from simulator.agents.columns import Floats, Rows, Whole
from simulator.economy.drivers import Series

KSEK = 1000.0
NO_LIMIT = math.inf


class Factors(NamedTuple):
    """What is left of fixed costs, and of capacities and contacts."""

    fixed: float
    phi: float


def accrued(per_year: float | None, total: float | None, quarters: int) -> float:
    """Budget released in the first `quarters` quarters, kSEK: a quarter of the year's sum each, up to the total.

    Unspent money carries over, since what is available is this less all that was spent or reserved before.
    per_year, total  MSEK or None for no limit. Source: Model text 3.0; SPEC.

    >>> accrued(12, 20, 4), accrued(12, 20, 8)
    (12000.0, 20000.0)
    """
    yearly = NO_LIMIT if per_year is None else per_year * KSEK * quarters / 4
    return float(min(yearly, NO_LIMIT if total is None else total * KSEK))


def budget_factor(available: float, fixed: float, planned: float) -> Factors:
    """Shrink a plan to what is available: phi = min(1, (available - fixed)/planned).

    If fixed costs alone exceed the money, fixed costs and capacities shrink by one factor.
    available, fixed, planned  kSEK. Source: Model text 3.0; SPEC.

    >>> budget_factor(100, 40, 120)
    Factors(fixed=1.0, phi=0.5)
    """
    if available >= fixed + planned or fixed + planned == 0:
        return Factors(1.0, 1.0)
    if available >= fixed:
        return Factors(1.0, (available - fixed) / planned)
    share = max(0.0, available) / (fixed + planned)
    return Factors(share, share)


def ramp_share(quarters_open: int, ramp: float) -> float:
    """Part of full capacity in a measure's quarter 0, 1, ...: rises in `ramp` equal steps.

    Source: Model text 3.0; SPEC.

    >>> [ramp_share(quarter, 4) for quarter in range(5)]
    [0.25, 0.5, 0.75, 1.0, 1.0]
    """
    return min(1.0, (quarters_open + 1) / ramp) if ramp > 0 else 1.0


def whole_slots(capacity: Series, draw: float | Floats) -> Series:
    """Whole slots per county that add up to floor(sum of capacities + draw): floor of running sums, differenced.

    Each county gets its capacity rounded down or up, right on average. capacity  (counties,) or (measures, counties).
    draw in [0, 1), one per measure.
    Source: Model text 3.0; SPEC.

    >>> whole_slots(np.array([1.5, 1.5, 2.0]), 0.5)
    array([2., 1., 2.])
    """
    edges = np.floor(np.cumsum(capacity, axis=-1) + np.asarray(draw, np.float64)[..., None])
    return np.diff(edges, prepend=0.0)


def in_proportion(total: Series, weights: Series) -> Series:
    """Split totals over counties by their eligible firms; nothing where there are none.

    total  (measures, 1);  weights  (measures, counties);  returns  (measures, counties)

    Source: Model text 3.0; SPEC.
    """
    whole = weights.sum(axis=-1, keepdims=True)
    parts: Series = np.divide(total * weights, whole, out=np.zeros(weights.shape), where=whole > 0)
    return parts


def strength(age: Rows | Whole, duration: float, half_life: float, remnant: float) -> Floats:
    """Strength of an effect `age` quarters after its first: 1 while it lasts, then halved every half-life.

    0 before the first quarter, without a half-life, and once below `remnant`. Same shape as age, float32.
    Source: Model text 3.0; SPEC.

    >>> strength(np.arange(-1, 5), 2, 2.0, 0.4).round(2)
    array([0.  , 1.  , 1.  , 0.71, 0.5 , 0.  ], dtype=float32)
    """
    after = np.asarray(age, np.float64) - duration + 1
    fading = np.exp2(-np.maximum(after, 0) / half_life) if half_life > 0 else (after <= 0).astype(np.float64)
    fading = np.where(fading < remnant, 0, fading)
    return np.where(age < 0, 0, fading).astype(np.float32)


def service_strength(history: Series, lag: int, duration: float, half_life: float, remnant: float) -> Series:
    """Intensity of a service now: the strongest of what each past quarter's work still does.

    history  (quarters so far, counties)  intensity of each quarter's work, the current one last
    returns  (counties,)

    Source: Model text 3.0; SPEC.
    """
    longest = 1 << len(history).bit_length()
    weights = _fading(longest, lag, max(duration, 1), half_life, remnant)[longest - len(history) :]
    intensity: Series = (weights * history).max(axis=0, initial=0.0)
    return intensity


@lru_cache(maxsize=256)
def _fading(longest: int, lag: int, duration: float, half_life: float, remnant: float) -> Series:
    """Strength of the last `longest` quarters' work, the current one last; (longest, 1)."""
    age = np.arange(longest - 1, -1, -1) - lag
    return strength(age, duration, half_life, remnant).astype(np.float64)[:, None]
