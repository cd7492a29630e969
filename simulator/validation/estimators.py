"""Estimators an econometrician would use on a panel of firms; each is a pure function of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from math import lgamma, log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float64]
Array = NDArray[Any]


def least_squares(outcome: Array, regressors: Sequence[Array], groups: Sequence[Array] = ()) -> Real:
    """Coefficients of `regressors` by ordinary least squares with a constant and a dummy per value of each group.

    outcome (rows,); regressors (rows,) each; groups (rows,) codes each; rows with a missing value are left out

    Returns (regressors,), NaN when fewer rows than coefficients remain. Source: CONST.

    >>> least_squares(np.array([1.0, 3.0, 5.0, 7.0]), [np.array([0.0, 1.0, 2.0, 3.0])]).round(9)
    array([2.])
    """
    design = np.column_stack([np.asarray(each, np.float64) for each in regressors])
    answer = np.asarray(outcome, np.float64)
    known = np.isfinite(answer) & np.isfinite(design).all(axis=1)
    blocks = [design[known], np.ones((int(known.sum()), 1))]
    for group in groups:
        codes = np.unique(np.asarray(group)[known], return_inverse=True)[1]
        blocks.append(np.eye(codes.max(initial=0) + 1)[codes][:, 1:])
    matrix = np.hstack(blocks)
    if len(matrix) <= matrix.shape[1]:
        return np.full(design.shape[1], np.nan)
    return np.asarray(np.linalg.lstsq(matrix, answer[known], rcond=None)[0][: design.shape[1]], np.float64)


def demeaned(values: Array, *groups: Array) -> Real:
    """Values less the mean of their group, a group being one combination of codes; (rows,). Source: CONST."""
    rows = np.asarray(values, np.float64)
    codes = np.unique(np.column_stack(groups), axis=0, return_inverse=True)[1].reshape(-1)
    return np.asarray(rows - (np.bincount(codes, rows) / np.bincount(codes))[codes])


def tail_exponent(sizes: Array, least: float) -> float:
    """Rank exponent of the tail from `least` on: minus the slope of ln(rank - 1/2) on ln size.

    Source: Model text 8.1 V1; axtell2001, gabaix2011.
    """
    tail = np.sort(np.asarray(sizes, np.float64)[np.asarray(sizes) >= least])[::-1]
    if len(tail) < 3:
        return float("nan")
    return -float(least_squares(np.log(np.arange(1, len(tail) + 1) - 0.5), [np.log(tail)])[0])


def subbotin_exponent(values: Array) -> float:
    """Shape b of the Subbotin density by maximum likelihood around the median: 1 is Laplace, 2 is normal.

    f(x) = exp(-|x - m|^b / (b a^b)) / (2 a b^(1/b) Gamma(1 + 1/b)),  a^b = mean |x - m|^b

    Source: Model text 8.1 V3; BS.
    """
    from scipy.optimize import minimize_scalar

    rows = np.asarray(values, np.float64)
    rows = np.abs(rows[np.isfinite(rows)] - np.median(rows[np.isfinite(rows)]))

    def cost(b: float) -> float:
        scale = log(max(float(np.mean(rows**b)), 1e-300)) / b
        return scale + log(2) + log(b) / b + lgamma(1 + 1 / b) + 1 / b

    return float(minimize_scalar(cost, bounds=(0.2, 6.0), method="bounded").x) if len(rows) > 9 else float("nan")


def spread_slope(growth: Array, size: Array, bins: int = 10) -> float:
    """Slope of ln sd of growth on ln size over `bins` classes of equally many firms.

    Source: Model text 8.1 V4; stanley1996.
    """
    known = np.isfinite(growth) & np.isfinite(size)
    rates, sizes = np.asarray(growth, np.float64)[known], np.asarray(size, np.float64)[known]
    parts = np.array_split(np.argsort(sizes, kind="stable"), bins)
    if min(map(len, parts)) < 3:
        return float("nan")
    spread = np.array([rates[part].std(ddof=1) for part in parts])
    middle = np.array([np.log(sizes[part]).mean() for part in parts])
    return float(least_squares(np.log(spread), [middle])[0])


NEAR = 0.01
"""Relative distance from a bound within which a fit counts as ending there. Source: CONST."""


class Diffusion(NamedTuple):
    """A fitted Bass path: coefficients per year, share in the long run, share of variance explained.

    bounded  whether a coefficient or the share in the long run ends at a bound of the search: the data then do not
             tell them apart
    """

    innovation: float
    imitation: float
    ceiling: float
    fit: float
    bounded: bool


def bass_path(years: Array, innovation: float, imitation: float, ceiling: float, first: float) -> Real:
    """Share of adopters after `years` from `first` on: dF/dt = (p + q F/m)(m - F), solved; shape of years.

    Source: bass1969.

    >>> bass_path(np.array([0.0, 1e3]), 0.02, 0.4, 0.8, 0.1).round(6)
    array([0.1, 0.8])
    """
    begun = first / ceiling
    ratio = imitation / innovation
    left = (1 - begun) / (1 + begun * ratio) * np.exp(-(innovation + imitation) * np.asarray(years, np.float64))
    return np.asarray(ceiling * (1 - left) / (1 + ratio * left))


def fit_bass(shares: Array, step: float = 0.25) -> Diffusion:
    """Fit p, q and the ceiling to shares of adopters, `step` years apart, by non-linear least squares.

    Source: Model text 8.1 V7; bass1969, VDB.
    """
    from scipy.optimize import least_squares as fitted

    seen = np.asarray(shares, np.float64)
    years = step * np.arange(len(seen))

    def gaps(x: Real) -> Real:
        return bass_path(years, x[0], x[1], x[2], min(x[3], 0.999 * x[2])) - seen

    top = float(seen.max())
    low, high = (1e-5, 1e-3, 0.5 * top, 1e-6), (0.5, 3.0, 1.0, max(2 * float(seen[0]), 1e-3))
    starts = [(0.01, 0.3, min(0.99, 1.2 * top), max(float(seen[0]), 1e-5)), (0.03, 0.1, min(0.99, 2 * top), seen[0])]
    best = min((fitted(gaps, np.clip(x, low, high), bounds=(low, high)) for x in starts), key=lambda each: each.cost)
    p, q, ceiling, _ = map(float, best.x)
    near = np.minimum(np.abs(best.x / low - 1), np.abs(best.x / high - 1))[:3]
    return Diffusion(p, q, ceiling, explained(seen, seen + gaps(best.x)), bool((near < NEAR).any()))


def logistic_fit(shares: Array) -> float:
    """Share of variance that a logistic curve with free ceiling explains. Source: Model text 8.1 V7; rogers2003."""
    from scipy.optimize import least_squares as fitted

    seen = np.asarray(shares, np.float64)
    at = np.linspace(-1, 1, len(seen))

    def curve(x: Real) -> Real:
        return np.asarray(x[0] / (1 + np.exp(-np.clip(x[1] * (at - x[2]), -50, 50))))

    top = float(seen.max())
    low, high = (0.5 * top, 0.01, -20.0), (1.0 + 1e-9, 50.0, 20.0)

    def gaps(x: Real) -> Real:
        return curve(x) - seen

    found = fitted(gaps, np.clip((1.2 * top, 2.0, 0.0), low, high), bounds=(low, high))
    return explained(seen, curve(found.x))


def explained(seen: Array, fitted: Array) -> float:
    """Share of variance explained, R2. Source: CONST."""
    total = float(((seen - seen.mean()) ** 2).sum())
    return 1 - float(((seen - fitted) ** 2).sum()) / total if total > 0 else float("nan")


def state_dependence(states: Array) -> float:
    """Effect of last year's state on this year's, free of lasting differences between firms.

    First differences, last year's change instrumented by the state two years ago (Anderson and Hsiao), year by year
    demeaned: rho = sum y(t-2) dy(t) / sum y(t-2) dy(t-1)

    states  (years, firms)  0 or 1, NaN where a firm does not live. Source: Model text 8.1 V14; anderson1981.
    """
    above = below = 0.0
    for last in range(2, len(states)):
        before, middle, now = states[last - 2], states[last - 1], states[last]
        known = np.isfinite(before) & np.isfinite(middle) & np.isfinite(now)
        if not known.any():
            continue
        instrument = before[known] - before[known].mean()
        above += float(instrument @ (now - middle)[known])
        below += float(instrument @ (middle - before)[known])
    return above / below if below else float("nan")
