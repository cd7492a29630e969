"""How unevenly something is spread over firms and municipalities: Theil index, concentration (Model text 5).

Pure functions of arrays; sums in float64.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
LARGEST = 10
"""How many firms "the ten largest" are."""


def theil(amounts: Numbers, weights: Numbers, groups: Numbers) -> tuple[float, float]:
    """Theil index of amount per weight, as its parts within and between groups; NaN when nothing is there.

    T = sum_i (y_i/Y) ln((y_i/Y) / (w_i/W)); between: the same over the sums of groups; within: the rest, which is
    the mean of the groups' own indices weighted by their share of the amount. Amounts below zero count as nothing.

    amounts  (rows,) y, such as value added    weights (rows,) w > 0, such as employees    groups (rows,) codes from 0

    >>> [round(part, 4) for part in theil(np.array([1.0, 3.0, 2.0, 2.0]), np.ones(4), np.array([0, 0, 1, 1]))]
    [0.0654, 0.0]

    Source: Model text 5 (I7.3); CONST.
    """
    some = np.flatnonzero(amounts > 0)
    y, w = amounts.take(some).astype(np.float64), weights.take(some).astype(np.float64)
    each = float((y * np.log(y / w)).sum())
    return _parts(each, np.bincount(groups.take(some), y), np.bincount(groups, weights))


def theil_of_levels(levels: Numbers, groups: Numbers, most: int) -> tuple[float, float]:
    """`theil` of whole numbers 0..most per firm, from counts; (rows,) each."""
    width, last = most + 1, int(groups.max(initial=0))
    counts = np.bincount(groups * np.intp(width) + levels, minlength=(last + 1) * width).reshape(-1, width)
    values = np.arange(most + 1, dtype=np.float64)
    each = values * np.log(np.maximum(values, 1))
    return _parts(float((counts @ each).sum()), counts @ values, counts.sum(axis=1, dtype=np.float64))


def _parts(each: float, amounts: Numbers, weights: Numbers) -> tuple[float, float]:
    """Parts within and between groups from the rows' sum of y ln(y/w), and both sums by group."""
    total, weight = float(amounts.sum()), float(weights.sum())
    if total <= 0:
        return float("nan"), float("nan")
    some = np.flatnonzero(amounts > 0)
    groups = float((amounts[some] * np.log(amounts[some] / weights[some])).sum())
    return (each - groups) / total, groups / total - float(np.log(total / weight))


def concentration(amounts: Numbers) -> tuple[float, float, float]:
    """Share of the largest hundredth of firms, share of the ten largest, Gini coefficient; NaN when there is nothing.

    The largest hundredth is at least one firm. G = 2 sum_k k y_k / (n Y) - (n + 1) / n, y in rising order, over all
    firms, those with nothing included.

    amounts  (rows,) at least zero

    >>> concentration(np.array([0.0, 0.0, 0.0, 5.0]))
    (1.0, 1.0, 0.75)

    Source: Model text 5 (I3.3); CONST.
    """
    count = len(amounts)
    some = np.sort(amounts[amounts > 0].astype(np.float64))
    total = float(some.sum())
    if not total:
        return float("nan"), float("nan"), float("nan")
    places = np.arange(count - len(some) + 1, count + 1)
    gini = 2 * float((places * some).sum()) / (count * total) - (count + 1) / count
    hundredth = max(1, round(count / 100))
    return float(some[-hundredth:].sum()) / total, float(some[-LARGEST:].sum()) / total, gini
