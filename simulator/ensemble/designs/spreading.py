"""From a coordinate in the unit cube to a value: inverse distribution functions, cut at what is allowed."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

from simulator.quantity import Quantity
from simulator.scenario.settings import Distribution

_NORMAL = NormalDist()


def value_at(share: float, spread: Distribution, quantity: Quantity | None) -> Any:
    """Return the value below which a `share` from 0 to 1 of a distribution lies.

    Rises with the share. Normal and lognormal distributions are cut at what the quantity allows, and what is left is
    spread over all shares. Whole numbers of a uniform distribution are equally likely; others are rounded.
    """
    if spread.shape == "choice":
        return spread.values[min(int(share * len(spread.values)), len(spread.values) - 1)]
    assert quantity is not None
    if quantity.whole and spread.shape == "uniform":
        first, last = map(int, spread.values)
        return min(first + int(share * (last - first + 1)), last)
    low, high = quantity.allowed
    value = min(max(_continuous(share, spread, low, high), low), high)
    return math.floor(value + 0.5) if quantity.whole else value


def _continuous(share: float, spread: Distribution, low: float, high: float) -> float:
    match spread.shape, spread.values:
        case "uniform", (first, last):
            return float(first + share * (last - first))
        case "triangular", (first, likely, last):
            return _triangular(share, first, likely, last)
        case "normal", (mean, deviation):
            return float(mean + deviation * _normal(share, (low - mean) / deviation, (high - mean) / deviation))
        case "lognormal", (median, deviation):
            ends = (math.log(end / median) / deviation if end > 0 else -math.inf for end in (low, high))
            return float(median * math.exp(deviation * _normal(share, *ends)))
    raise AssertionError(spread.shape)


def _triangular(share: float, first: float, likely: float, last: float) -> float:
    if share * (last - first) < likely - first:
        return first + math.sqrt(share * (last - first) * (likely - first))
    return last - math.sqrt((1 - share) * (last - first) * (last - likely))


def _normal(share: float, low: float, high: float) -> float:
    """Quantile of the standard normal distribution between two ends."""
    below, above = _NORMAL.cdf(low), _NORMAL.cdf(high)
    inside = below + share * (above - below)
    if not 0 < inside < 1:
        return low if inside <= 0 else high
    return min(max(_NORMAL.inv_cdf(inside), low), high)
