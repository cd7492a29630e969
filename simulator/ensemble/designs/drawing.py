"""Points of a design: what is drawn or listed, combined with the levels of the other factors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from simulator.ensemble.designs.assembling import Point
from simulator.ensemble.designs.correlation import iman_conover, normal_copula
from simulator.ensemble.designs.factors import Varied
from simulator.ensemble.designs.sampling import SAMPLED, Points
from simulator.ensemble.designs.spreading import value_at
from simulator.quantity import Text

_TAIL = 0.05
"""Morris goes to the ends of a distribution; those of one without ends are its 5th and 95th percentiles."""
_ENDLESS = ("normal", "lognormal")


@dataclass(frozen=True, slots=True)
class Sampling:
    """How values are drawn.

    samples  points, trajectories with `morris`    seed  luck of the draws
    rank     wanted rank correlations by pair of paths
    """

    sampler: str
    samples: int
    seed: int
    rank: Mapping[tuple[str, str], float] = field(default_factory=dict)


def rank_matrix(rank: Mapping[tuple[str, str], float]) -> tuple[list[str], Points]:
    """Return the correlated paths, sorted, and the matrix of their rank correlations."""
    paths = sorted({path for pair in rank for path in pair})
    matrix = np.eye(len(paths))
    for (one, other), value in rank.items():
        row, column = paths.index(one), paths.index(other)
        matrix[row, column] = matrix[column, row] = value
    return paths, matrix


def points_of(how: Sampling, factors: Sequence[Varied]) -> int:
    """Return how many points are drawn."""
    sampled = sum(each.spread is not None for each in factors)
    return how.samples * (sampled + 1 if how.sampler == "morris" else 1)


def drawn(factors: Sequence[Varied], how: Sampling) -> list[Point]:
    """Return the points at which the factors with a distribution have the values that are drawn for them.

    Raises numpy.linalg.LinAlgError if there are too few points for the wanted correlations.
    """
    sampled = [each for each in factors if each.spread is not None]
    paths = [each.path for each in sampled]
    shares = SAMPLED[how.sampler](paths, how.samples, how.seed)
    if how.rank:
        together, matrix = rank_matrix(how.rank)
        columns = [paths.index(path) for path in together]
        moved = iman_conover if how.sampler == "latin_hypercube" else normal_copula
        shares[:, columns] = moved(shares[:, columns], matrix)
    if how.sampler == "morris":
        endless = [at for at, each in enumerate(sampled) if each.spread and each.spread.shape in _ENDLESS]
        shares[:, endless] = _TAIL + (1 - 2 * _TAIL) * shares[:, endless]
    points = []
    for at, row in enumerate(shares.tolist(), 1):
        values: dict[str, Any] = {}
        for share, each in zip(row, sampled, strict=True):
            assert each.spread is not None
            values |= each.overrides(value_at(share, each.spread, each.quantity))
        points.append(Point(f"{at:04}", values))
    return points


def combined(points: Sequence[Point], factors: Sequence[Varied]) -> list[Point]:
    """Return every point with every combination of the levels of the factors that have levels."""
    levels = [each for each in factors if each.spread is None]
    if not levels:
        return list(points)
    found = []
    for point in points:
        for at, values in enumerate(product(*(each.levels for each in levels)), 1):
            label = f"{point.label}-{at}" if point.label else f"{at:04}"
            moved = [each.overrides(value) for each, value in zip(levels, values, strict=True)]
            found.append(Point(label, {path: value for part in (point.values, *moved) for path, value in part.items()}))
    return found


def unbalanced(how: Sampling) -> Text | None:
    """Say that the size of a Sobol design loses its balance, and what would keep it."""
    count = how.samples
    if how.sampler != "sobol" or count & (count - 1) == 0:
        return None
    low, high = 1 << (count.bit_length() - 1), 1 << count.bit_length()
    return Text(
        f"{count} points of a Sobol sequence are not balanced; {low} or {high} would be",
        f"{count} punkter ur en Sobolföljd är inte balanserade; {low} eller {high} vore det",
    )
