"""Results set against each other: paired differences of the last year, and which of them can be told from nothing."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.ensemble.results.pairing import PairingWarning, own_pairs, pairs_between
from simulator.ensemble.results.result import Result
from simulator.ensemble.statistics import Estimate, Precision, estimate, precision, small, variance_ratio
from simulator.indicators import INDICATORS
from simulator.quantity import Text


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one indicator.

    level     mean of the other case in the last year
    found     paired difference in the last year
    variance  Var(paired) / Var(unpaired): what equal luck saves
    known     whether the runs suffice, and how many more it would take
    """

    level: float
    found: Estimate
    variance: float
    known: Precision


@dataclass(frozen=True, slots=True)
class Contrast:
    """One case against another, run by run.

    differences  by indicator, of those that both know    money  public money over the run, MSEK
    """

    case: str
    against: str
    units: Mapping[str, str]
    labels: Mapping[str, Text]
    differences: Mapping[str, Difference]
    money: Estimate

    @property
    def pairs(self) -> int:
        """Pairs of runs behind the differences."""
        return max((one.found.runs for one in self.differences.values()), default=0)


def subtracted(ours: Result, theirs: Result | None) -> Result:
    """`ours.minus(theirs)`; what is odd about the pair stands in `warnings` of the result alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PairingWarning)
        return ours.minus(theirs)


def contrasts(ours: Result, theirs: Result | None = None) -> Iterator[Contrast]:
    """Yield each case of `ours` against what belongs to it in `theirs`, or against its own baseline.

    Raises PairingError when nothing can be paired.

    Source: Model text 5, 7.2.
    """
    return contrasted(subtracted(ours, theirs), ours, theirs)


def contrasted(difference: Result, ours: Result, theirs: Result | None) -> Iterator[Contrast]:
    """As `contrasts`, of two results whose difference is there already."""
    other = ours if theirs is None else theirs
    pairs = own_pairs(ours.compared) if theirs is None else pairs_between(ours.compared, other.compared)
    apart = difference.ends()
    seeds = [[result.seeds.index(seed) for seed in difference.seeds] for result in (ours, other)]
    ends = [result.ends()[:, chosen] for result, chosen in zip((ours, other), seeds, strict=True)]
    money = difference.money() / 1000
    for place, (mine, its) in enumerate(pairs):
        found = {}
        for at, name in enumerate(difference.indicators):
            values = apart[place, :, at]
            known = ~np.isnan(values)
            if not known.any():
                continue
            high, low = (each[which, :, result.indicators.index(name)][known]
                         for each, which, result in zip(ends, (mine, its), (ours, other), strict=True))  # fmt: skip
            level = float(low.mean())
            decimals = INDICATORS[name].decimals if name in INDICATORS else 1
            told = estimate(values)
            found[name] = Difference(level, told, variance_ratio(high, low), precision(told, small(level, decimals)))
        yield Contrast(
            ours.cases[mine], other.cases[its], {name: difference.unit(name) for name in found},
            {name: difference.label(name) for name in found}, found, estimate(money[place]),
        )  # fmt: skip
