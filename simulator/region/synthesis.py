"""How many firms stand where: the synthetic population's counts, consistent with county employment.

Three steps (Model text 1.5): priors by county, industry and size class; proportional fitting of employees
to municipalities; whole firms by largest remainder.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.region.facts import SIZE_BOUNDS, Region

Doubles = NDArray[np.float64]
Counts = NDArray[np.int64]

FIT_TOLERANCE = 1e-9
FIT_ROUNDS = 1000
REMAINDER_DIGITS = 9


class FitError(ValueError):
    """Margins contradict each other or cannot be met."""


def iterative_proportional_fit(
    seed: Doubles,
    margins: Sequence[tuple[tuple[int, ...], Doubles]],
    tolerance: float = FIT_TOLERANCE,
    rounds: int = FIT_ROUNDS,
) -> Doubles:
    """Scale a table until its sums meet given margins: x <- x * margin / sum, over and over.

    seed     any shape, at least 0; a zero stays zero
    margins  pairs of the axes a margin keeps (ascending) and its values, in any unit
    returns  the table, every margin met within `tolerance` of the grand total

    Raises FitError when the margins' totals differ or no table with the seed's zeros meets them.
    Source: SPEC, Model text 1.5 step 3.

    >>> fit = iterative_proportional_fit(np.ones((2, 2)), [((0,), np.array([3.0, 1.0])), ((1,), np.array([2.0, 2.0]))])
    >>> fit.tolist()
    [[1.5, 1.5], [0.5, 0.5]]
    """
    totals = [float(margin.sum()) for _, margin in margins]
    if max(totals) - min(totals) > tolerance * max(totals[0], 1):
        raise FitError(f"the margins' totals differ: {totals}")
    if np.min(seed, initial=0) < 0 or any(np.min(margin, initial=0) < 0 for _, margin in margins):
        raise FitError("seed and margins must be at least 0")
    table = seed.astype(np.float64)
    for _ in range(rounds):
        for axes, margin in margins:
            others = tuple(axis for axis in range(table.ndim) if axis not in axes)
            sums = table.sum(axis=others)
            factor = np.divide(margin, sums, out=np.zeros_like(sums), where=sums > 0)
            table *= np.expand_dims(factor, others)
        if _misfit(table, margins) <= tolerance * max(totals[0], 1):
            return table
    raise FitError(f"margins not met after {rounds} rounds: off by {_misfit(table, margins):.3g}")


def _misfit(table: Doubles, margins: Sequence[tuple[tuple[int, ...], Doubles]]) -> float:
    """Return the largest distance between a sum and its margin."""
    worst = 0.0
    for axes, margin in margins:
        others = tuple(axis for axis in range(table.ndim) if axis not in axes)
        worst = max(worst, float(np.abs(table.sum(axis=others) - margin).max(initial=0)))
    return worst


def largest_remainder(shares: Doubles, total: int) -> Counts:
    """Round shares (n,) to whole numbers that add up to `total`; ties go to the first.

    Remainders are compared after rounding, so that the last bit of a processor never decides.
    Source: SPEC, Model text 1.5 step 3.

    >>> largest_remainder(np.array([1.2, 1.5, 0.3]), 3).tolist()
    [1, 2, 0]
    """
    whole = shares.sum()
    if whole <= 0:
        return np.zeros(len(shares), dtype=np.int64)
    ideal: Doubles = np.round(shares / whole * total, REMAINDER_DIGITS)
    counts: Counts = np.floor(ideal).astype(np.int64)
    order = np.argsort(-np.round(ideal - counts, REMAINDER_DIGITS), kind="stable")
    counts[order[: total - int(counts.sum())]] += 1
    return counts


def truncated_pareto(u: NDArray[np.floating], low: float, high: float, exponent: float) -> NDArray[np.floating]:
    """Return the size below which a share u of firms lie.

    n = low (1 - u (1 - (low/high)^a))^(-1/a)

    u any shape, in [0, 1); low, high FTE; exponent a; returns FTE, in [low, high), of u's dtype.
    Source: SPEC, memory of axtell2001, Model text 1.5 step 4.

    >>> truncated_pareto(np.array([0.0, 0.5]), 2.0, 10.0, 1.06).round(3).tolist()
    [2.0, 3.286]
    """
    size: NDArray[np.floating] = low * (1 - u * (1 - (low / high) ** exponent)) ** (-1 / exponent)
    return size


def manufacturing_margins(region: Region) -> Doubles:
    """Return prior firms of manufacturing and repair with 2 employees or more, (C, S, 3).

    Source: SPEC, Model text 1.5 step 1.
    """
    firms = region.firm_prior.copy()
    firms[:, :, 0] *= region.constants.share_with_two_to_nine
    return firms


def services_margins(region: Region) -> Doubles:
    """Return services firms with 2 employees or more, (C, S, 3).

    firms = all services firms of the reference county * population / its population * share with 2 or more

    Source: SPEC, Model text 1.5 step 2.
    """
    constants = region.constants
    population = np.bincount(region.county, region.population, len(region.county_codes))
    rate = constants.services_firms * constants.services_share_two_or_more / constants.services_reference_population
    by_industry = population[:, None] * rate * region.services_split
    firms: Doubles = by_industry[:, :, None] * np.array(constants.services_size_shares)
    return firms


def small_firm_employees(region: Region, total: Doubles) -> Doubles:
    """Return manufacturing employees in small and medium-sized firms by municipality, (M,).

    max(employees - anchors, floor * employees), scaled so that each county adds up to `total` (C,)

    Source: SPEC, Model text 1.5 step 3.
    """
    anchors, places = region.anchors, len(region.codes)
    held = np.bincount(anchors.municipality, anchors.employees, places)
    employees = region.manufacturing_employees.astype(np.float64)
    left = np.maximum(employees - held, region.constants.residual_floor * employees)
    scaled: Doubles = left * (total / np.bincount(region.county, left, len(total)))[region.county]
    return scaled


def expected_manufacturing(region: Region) -> Doubles:
    """Return expected firms of manufacturing and repair by municipality, industry and size class, (M, S, 3).

    Employees by iterative proportional fitting in each county, from a seed of 1, and the anchor bonus where an
    anchor of that industry sits; firms = employees / mean employees of the class.

    Source: SPEC, Model text 1.5 step 3.
    """
    mean = np.array(region.constants.mean_employees)
    margins = manufacturing_margins(region) * mean
    residual = small_firm_employees(region, margins.sum(axis=(1, 2)))
    seed = np.ones((len(region.codes), *margins.shape[1:]))
    seed[region.anchors.municipality, region.anchors.industry] = region.constants.anchor_bonus
    employees = np.zeros_like(seed)
    for county, margin in enumerate(margins):
        own = np.flatnonzero(region.county == county)
        employees[own] = iterative_proportional_fit(seed[own], [((1, 2), margin), ((0,), residual[own])])
    firms: Doubles = employees / mean
    return firms


def expected_services(region: Region) -> Doubles:
    """Return expected services firms, spread over a county by population, (M, S, 3).

    Source: SPEC, Model text 1.5 step 2.
    """
    margins = services_margins(region)
    population = region.population.astype(np.float64)
    share = population / np.bincount(region.county, population, len(margins))[region.county]
    firms: Doubles = margins[region.county] * share[:, None, None]
    return firms


def firm_counts(region: Region, scale: float = 1.0) -> Counts:
    """Return the number of firms by municipality, industry and size class, (M, S, 3); no luck is involved.

    The total of a county and class is rounded, then shared among industries and then among municipalities by
    largest remainder; manufacturing with repair and services apart. A part of a region is a sample of the whole one:
    where most cells expect less than half a firm, largest remainders would leave nothing to small municipalities.

    Source: SPEC, Model text 1.5; judgement (a part).
    """
    size = max(scale, 1.0)
    whole = _whole_firms(region, expected_manufacturing(region) * size)
    whole += _whole_firms(region, expected_services(region) * size)
    return whole if scale >= 1 else _sampled(region, whole, scale)


def _whole_firms(region: Region, expected: Doubles) -> Counts:
    counts = np.zeros(expected.shape, dtype=np.int64)
    for county in range(len(region.county_codes)):
        own = np.flatnonzero(region.county == county)
        for size in range(len(SIZE_BOUNDS)):
            by_industry = expected[own, :, size].sum(axis=0)
            totals = largest_remainder(by_industry, int(np.floor(by_industry.sum() + 0.5)))
            for industry, total in enumerate(totals):
                counts[own, industry, size] = largest_remainder(expected[own, industry, size], int(total))
    return counts


def _sampled(region: Region, whole: Counts, scale: float) -> Counts:
    """A share of the firms of `whole`, (M, S, 3): every municipality keeps its part of each class.

    Firms are counted through by class, county and municipality, small ones first, and of each 1/scale one stays:
    systematic sampling. It is of the industry that has come too short so far, of those that the municipality has.
    """
    order = np.lexsort((region.population, region.county))
    passed = np.cumsum(whole.sum(axis=1)[order].T) * scale
    kept = np.diff(np.floor(np.round(passed, REMAINDER_DIGITS) + 0.5), prepend=0).reshape(-1, len(order))
    counts = np.zeros_like(whole)
    for size, numbers in enumerate(kept.astype(np.int64)):
        short = np.zeros(whole.shape[1])
        for place, number in zip(order, numbers, strict=True):
            firms = whole[place, :, size]
            short += firms * (number / max(firms.sum(), 1))
            wanted = np.maximum(short, 0) * (firms > 0)
            counts[place, :, size] = largest_remainder(wanted if wanted.any() else firms.astype(np.float64), number)
            short -= counts[place, :, size]
    return counts
