"""Factors that go together: points rearranged or moved until they have a wanted rank correlation."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
_NORMAL = NormalDist()


def normal_correlation(rank: Values) -> Values:
    """Correlation of normal variables with a given rank correlation: r = 2 sin(pi r_s / 6). Source: pearson1907"""
    wanted = 2 * np.sin(np.pi * rank / 6)
    np.fill_diagonal(wanted, 1)
    return np.asarray(wanted)


def is_possible(rank: Values) -> bool:
    """Tell whether variables with these rank correlations can exist: all eigenvalues are above zero."""
    return bool(np.linalg.eigvalsh(normal_correlation(rank)).min() > 1e-9)


def iman_conover(points: Values, rank: Values) -> Values:
    """Return (points, factors) rearranged within each factor until the rank correlations are about `rank`.

    Every factor keeps exactly its values, and a Latin hypercube its strata. Normal scores of the ranks are freed of
    the correlation that they have by chance and given the wanted one; values follow the ranks of the result.
    There must be more points than factors. Source: imanconover1982
    """
    count = len(points)
    ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable")
    scores = np.array([_NORMAL.inv_cdf((place + 1) / (count + 1)) for place in range(count)])[ranks]
    chance = np.linalg.cholesky(np.corrcoef(scores, rowvar=False))
    wanted = np.linalg.cholesky(normal_correlation(rank))
    mixed = scores @ np.linalg.solve(chance.T, wanted.T)
    places = np.argsort(np.argsort(mixed, axis=0, kind="stable"), axis=0, kind="stable")
    return np.take_along_axis(np.sort(points, axis=0), places, axis=0)


def normal_copula(points: Values, rank: Values) -> Values:
    """Return (points, factors) in the unit cube moved one by one until the rank correlations are about `rank`.

    A point's place depends on that point alone, so that a sequence keeps its first points when it grows.
    Source: nelsen2006, the copula of a joint normal distribution
    """
    inside = np.clip(points, 1e-12, 1 - 1e-12)
    scores = np.vectorize(_NORMAL.inv_cdf, otypes=[float])(inside)
    mixed = scores @ np.linalg.cholesky(normal_correlation(rank)).T
    return np.asarray(np.vectorize(_NORMAL.cdf, otypes=[float])(mixed))
