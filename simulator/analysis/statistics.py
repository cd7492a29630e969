"""Intervals for paired runs: means, ratios of means, shares (Model text 5, 7.2, 10).

Each run is one observation; a pair of runs shares its luck, so that a difference has little noise. Every interval
holds 90 % unless another level is asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
LEVEL = 0.9


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
