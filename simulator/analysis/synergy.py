"""Whether measures together do more than the sum of each alone (Model text 4.10, 5: I7.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.analysis.pairs import Arm
from simulator.analysis.worth import Basis, additional
from simulator.ensemble.statistics import Estimate, Values, estimate


@dataclass(frozen=True, slots=True)
class Synergy:
    """Effects on one outcome.

    whole     of all measures together     parts of each alone, by name
    synergy   whole minus the sum of the parts
    share_of  what is lost when one measure is left out, by name (empty unless such arms were run)
    """

    indicator: str
    whole: Estimate
    parts: dict[str, Estimate]
    synergy: Estimate
    share_of: dict[str, Estimate]


def synergy_of(whole: Values, parts: Mapping[str, Values], left_out: Mapping[str, Values]) -> tuple[Values, ...]:
    """Whole minus the sum of its parts, and whole minus each effect with one part left out; paired by run, (runs,).

    >>> synergy_of(np.array([5.0]), {"a": np.array([2.0]), "b": np.array([3.0])}, {"a": np.array([3.0])})
    (array([0.]), array([2.]))

    Source: Model text 4.10.
    """
    total = np.sum(list(parts.values()), axis=0) if parts else np.zeros_like(whole)
    return (whole - total, *(whole - without for without in left_out.values()))


def synergy(
    indicator: str, basis: Basis, policy: Arm, none: Arm, single: Mapping[str, Arm], left_out: Mapping[str, Arm]
) -> Synergy:
    """Synergy on one indicator from arms with each measure alone and, if given, with each left out.

    none  the package without any of its measures, coordinated as it is: each part holds coordination, the whole once
    """

    def effect(arm: Arm) -> Values:
        return additional(indicator, basis, arm, none)

    whole = effect(policy)
    parts = {name: effect(arm) for name, arm in single.items()}
    rest = {name: effect(arm) for name, arm in left_out.items()}
    both, *lost = map(estimate, synergy_of(whole, parts, rest))
    return Synergy(
        indicator,
        estimate(whole),
        {name: estimate(values) for name, values in parts.items()},
        both,
        dict(zip(rest, lost, strict=True)),
    )
