"""Intervals for paired runs: means, ratios of means, shares, bands, and how many runs are enough (Model text 5, 7.2).

Each run is one observation; a pair of runs shares its luck, so that a difference has little noise. Every interval
holds 90 % unless another level is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
LEVEL = 0.9
YEAR = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over runs with its interval; NaN ends when fewer than two runs know it."""

    mean: float
    sd: float
    low: float
    high: float
    runs: int

    @property
    def detectable(self) -> bool:
        """Whether the interval leaves zero out; what it does not is "no detectable difference"."""
        return self.low > 0 or self.high < 0

    def times(self, factor: float) -> Estimate:
        """The same in another unit or with the other sign."""
        ends = sorted((self.low * factor, self.high * factor))
        return Estimate(self.mean * factor, self.sd * abs(factor), ends[0], ends[1], self.runs)


UNKNOWN = Estimate(math.nan, math.nan, math.nan, math.nan, 0)


def student(level: float, degrees: int) -> float:
    """Quantile of Student's t that leaves (1 - level)/2 on each side. Source: CONST."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + level / 2))


def estimate(values: Any, level: float = LEVEL) -> Estimate:
    """Mean over runs with t interval: mean +- t sd / sqrt(n); unknown values left out.

    values  (runs,)

    >>> found = estimate([1.0, 2.0, 3.0])
    >>> round(found.low, 3), found.mean, found.detectable
    (0.314, 2.0, True)

    Source: Model text 5; CONST.
    """
    known = np.asarray(values, np.float64)
    known = known[~np.isnan(known)]
    count = len(known)
    if not count:
        return UNKNOWN
    mean = float(known.mean())
    if count < 2:
        return Estimate(mean, math.nan, math.nan, math.nan, count)
    sd = float(known.std(ddof=1))
    half = student(level, count - 1) * sd / math.sqrt(count)
    return Estimate(mean, sd, mean - half, mean + half, count)


RELATIVE = 0.1
"""Half width of an interval that is good enough, as a share of the mean. Source: judgement."""
SMALL = 1e-3
"""Half width that is good enough whatever the mean, as a share of the level. Source: judgement."""


@dataclass(frozen=True, slots=True)
class Precision:
    """Whether a mean over runs is known well enough.

    half_width  of its interval    allowed  the widest that is good enough    more  runs that are missing, about
    """

    half_width: float
    allowed: float
    more: int | None

    @property
    def enough(self) -> bool:
        """Whether the runs suffice; unknown with fewer than two, and then they do not."""
        return self.half_width <= self.allowed


def small(level: float, decimals: int) -> float:
    """Half width that is good enough for an indicator whatever the difference: it would not show in a table.

    max(half a unit of the last decimal shown, 0.001 |level|)

    >>> small(60_000.0, 0), small(40.0, 1)
    (60.0, 0.05)
    """
    return max(0.5 * 10.0**-decimals, SMALL * abs(level))


def precision(found: Estimate, absolute: float, relative: float = RELATIVE) -> Precision:
    """Judge a mean: half width <= max(relative |mean|, absolute).

    Runs needed in all, with t and sd of those there are: n* = (t sd / allowed)^2.

    >>> precision(estimate([1.0, 2.0, 3.0]), absolute=0.5).more
    32

    Source: Model text 7.2; CONST.
    """
    allowed = max(relative * abs(found.mean), absolute)
    half = (found.high - found.low) / 2
    if math.isnan(half) or allowed <= 0:
        return Precision(half, allowed, None if math.isnan(half) or half > 0 else 0)
    needed = found.runs * (half / allowed) ** 2
    return Precision(half, allowed, max(0, math.ceil(needed - 1e-9) - found.runs))


def quantile_band(values: Values, quantiles: Sequence[float]) -> Values:
    """Quantiles over runs at each entry, unknown runs left out; (runs, entries) to (quantiles, entries).

    >>> quantile_band(np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, 5.0]]), [0.5]).tolist()
    [[2.0, 5.0]]
    """
    known = ~np.isnan(values).all(axis=0)
    band = np.full((len(quantiles), values.shape[1]), np.nan)
    if known.any():
        band[:, known] = np.nanquantile(values[:, known], quantiles, axis=0)
    return band


def variance_ratio(policy: Values, baseline: Values) -> float:
    """Var(paired difference) / Var(difference of unpaired runs): how much equal luck saves; NaN without variance.

    The variance of a difference of independent runs is the sum of both variances.

    policy, baseline  (runs,)

    Source: Model text 7.2.
    """
    if len(policy) < 2:
        return math.nan
    apart = float(policy.var(ddof=1) + baseline.var(ddof=1))
    return float((policy - baseline).var(ddof=1)) / apart if apart > 0 else math.nan


def last_year(values: Values) -> Values:
    """Mean of the last four entries that are known; (runs, entries) to (runs,), NaN where none is."""
    return window_mean(values, values.shape[1] - YEAR, values.shape[1])


def window_mean(values: Values, first: int, end: int) -> Values:
    """Mean over entries first..end-1 that are known; (runs, entries) to (runs,), NaN where none is."""
    part = values[:, max(first, 0) : end]
    known = ~np.isnan(part)
    count = known.sum(axis=1)
    mean = np.full(len(part), np.nan)
    np.divide(np.where(known, part, 0).sum(axis=1), count, out=mean, where=count > 0)
    return mean


@dataclass(frozen=True, slots=True)
class Quotient:
    """A ratio of two means over runs; NaN where the lower one cannot be told from zero."""

    value: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether there is a ratio at all."""
        return not math.isnan(self.value)


NO_QUOTIENT = Quotient(math.nan, math.nan, math.nan)


def fieller(top: Any, under: Any, level: float = LEVEL) -> Quotient:
    """Ratio of paired means with Fieller's interval; none when the interval of `under` includes zero.

    All theta with (mean(a) - theta mean(b))^2 <= t^2 (S_aa - 2 theta S_ab + theta^2 S_bb), S the (co)variances of the
    means: the roots of a quadratic, finite exactly when mean(b)^2 > t^2 S_bb.

    top, under  (runs,), of the same runs

    Source: Model text 5 (I7.5); CONST.
    """
    a, b = np.asarray(top, np.float64), np.asarray(under, np.float64)
    known = ~(np.isnan(a) | np.isnan(b))
    a, b = a[known], b[known]
    if len(a) < 2:
        return NO_QUOTIENT
    (saa, sab), (_, sbb) = (np.cov(a, b) / len(a)).tolist()
    t2 = student(level, len(a) - 1) ** 2
    ma, mb = float(a.mean()), float(b.mean())
    square, middle, last = mb**2 - t2 * sbb, ma * mb - t2 * sab, ma**2 - t2 * saa
    if square <= 0:
        return NO_QUOTIENT
    half = math.sqrt(max(0.0, middle**2 - square * last))
    return Quotient(ma / mb, (middle - half) / square, (middle + half) / square)


def wilson(successes: int, trials: int, level: float = LEVEL) -> tuple[float, float]:
    """Wilson interval of a share.

    (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)

    >>> [round(end, 3) for end in wilson(0, 10, 0.95)]
    [0.0, 0.278]

    Source: Model text 5 (I7.8); CONST.
    """
    if not trials:
        return math.nan, math.nan
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share, spread = successes / trials, z**2 / trials
    half = z * math.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    centre, size = share + spread / 2, 1 + spread
    return max(0.0, (centre - half) / size), min(1.0, (centre + half) / size)


def regret(outcomes: Values) -> Values:
    """Mean over runs of what each choice misses against the best one of the run; (choices,).

    outcomes  (choices, runs), more is better

    >>> regret(np.array([[1.0, 4.0], [3.0, 2.0]])).tolist()
    [1.0, 1.0]

    Source: Model text 5 (I7.8).
    """
    missed: Values = (outcomes.max(axis=0) - outcomes).mean(axis=1)
    return missed
