"""Values of the levers in one quarter, combined over all measures in force (Model text 3.0b).

Submodels read them by name: `levers.firm("success_gain", "digital")`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.interventions.lever_table import COUNTED, LEVERS, Lever, Rule

Floats = NDArray[np.float32]
Value = float | Floats
_KEPT = 8
"""Values per firm that are kept for the next who asks: as memory grows with firms, not all of a quarter."""


def combine(rule: Rule, one: Any, other: Any) -> Any:
    """Combine two values of a lever; numbers or arrays that fit together.

    complement 1-(1-x)(1-y); sum; product; compound (1+x)(1+y)-1; max. Commutative and associative.

    Source: Model text 3.0b; SPEC.

    >>> combine(Rule.COMPLEMENT, 0.5, 0.5)
    0.75
    """
    if rule is Rule.COMPLEMENT:
        return 1 - (1 - one) * (1 - other)
    if rule is Rule.SUM:
        return one + other
    if rule is Rule.COMPOUND:
        return (1 + one) * (1 + other) - 1
    return one * other if rule is Rule.PRODUCT else np.maximum(one, other)


def clipped(lever: Lever, value: Value, scale: float = 1.0) -> Value:
    """Keep a combined value inside the lever's range; a number stays a Python float.

    scale  of the run, which ranges of what is counted follow.  Source: Model text 1.4, 3.0b; SPEC.
    """
    low, high = (limit * scale for limit in lever.allowed) if lever.unit in COUNTED else lever.allowed
    return min(max(value, low), high) if isinstance(value, float) else np.minimum(np.maximum(value, low), high)


def tempered(lever: Lever, value: Value, strength: Value) -> Value:
    """Move a value towards neutral: neutral + strength*(value - neutral), inside the lever's range.

    Used for transfer of foreign evidence, for fading after the support and for measures at part of their size.
    Source: Model text 3.0; SPEC.

    >>> tempered(LEVERS["uncertainty_factor"], 0.8, 0.5)
    0.9
    """
    moved: Any = lever.neutral + strength * (value - lever.neutral)
    return clipped(lever, moved)


def subsidy(share: Value | np.floating[Any], cap: Value | np.floating[Any], cost: Value) -> Any:
    """Public part of a project's cost: min(share*cost, cap), kSEK. Source: Model text 3.0, 4.4b; SPEC."""
    return np.minimum(share * cost, cap)


class LeverValues:
    """Lever values of one quarter, combined when asked for; a lever nobody moves is its neutral Python float.

    Values are combined in the order of their measures' keys, so that the order of measures changes no bit.

    firm_county  (firms,)  county of each row
    zone_county  (zones,)  county of each zone
    scale        of the run
    """

    def __init__(self, firm_county: NDArray[Any], zone_county: NDArray[Any], scale: float = 1.0) -> None:
        self._firm_county, self._zone_county, self._scale = firm_county, zone_county, scale
        self._firms: dict[tuple[str, str], list[tuple[str, NDArray[Any], Floats]]] = {}
        self._counties: dict[str, list[tuple[str, Floats]]] = {}
        self._region: dict[str, list[tuple[str, float]]] = {}
        self._known: dict[tuple[str, str, str], Value] = {}
        self._latest: list[tuple[str, str, str]] = []

    def add_firms(self, key: str, name: str, domain: str, rows: NDArray[Any], values: Floats) -> None:
        """Let measure `key` set `name` to `values` (rows,) in firm `rows`, each row at most once."""
        if domain not in LEVERS[name].domains:
            raise ValueError(f"lever '{name}' has no domain '{domain}'")
        self._known.clear()
        if len(rows):
            self._firms.setdefault((name, domain), []).append((key, rows, values))

    def add_county(self, key: str, name: str, values: Floats) -> None:
        """Let measure `key` set `name` to `values` (counties,)."""
        self._known.clear()
        self._counties.setdefault(name, []).append((key, values))

    def add_region(self, key: str, name: str, value: float) -> None:
        """Let measure `key` set `name` to `value` in the whole region."""
        self._known.clear()
        self._region.setdefault(name, []).append((key, value))

    def firm(self, name: str, domain: str = "") -> Value:
        """Value per firm row: a Python float as long as all firms share the neutral or regional value."""
        at = ("firm", name, domain)
        if at not in self._known:
            self._known[at] = value = self._of_firms(LEVERS[name], domain)
            if not isinstance(value, float):
                self._latest.append(at)
                for old in self._latest[:-_KEPT]:
                    self._known.pop(old, None)
                self._latest = self._latest[-_KEPT:]
        return self._known[at]

    def _of_firms(self, lever: Lever, domain: str) -> Value:
        if domain not in lever.domains:
            raise ValueError(f"lever '{lever.name}' has no domain '{domain}'")
        parts = self._firms.get((lever.name, domain), ())
        if not (parts or lever.name in self._counties or lever.name in self._region):
            return lever.neutral
        wide = self._wide(lever)
        if not isinstance(wide, float):
            wide = wide[self._firm_county]
        elif parts:
            wide = np.full(len(self._firm_county), wide, np.float32)
        for _, rows, values in sorted(parts, key=_key):
            wide[rows] = combine(lever.rule, wide[rows], values)  # type: ignore[index]
        return clipped(lever, wide)

    def parts(self, name: str, domain: str = "") -> list[tuple[str, NDArray[Any], Floats]]:
        """What each measure, by its key, sets a lever to in which rows."""
        return sorted(self._firms.get((name, domain), ()), key=_key)

    def told(self, domain: str) -> tuple[NDArray[np.intp], Floats]:
        """Firms that measures contacted or awarded this quarter, and the chance that this makes each aware."""
        contacted, awarded = self.firm("contact_awareness", domain), self.firm("awareness", domain)
        chance = np.asarray(combine(Rule.COMPLEMENT, contacted, awarded), np.float32)
        rows = np.flatnonzero(chance) if chance.ndim else np.empty(0, np.intp)
        return rows, chance[rows] if chance.ndim else np.empty(0, np.float32)

    def zone(self, name: str) -> Value:
        """Value per labour-market zone: float or (zones,)."""
        wide = self.county(name)
        return wide if isinstance(wide, float) else wide[self._zone_county]

    def county(self, name: str) -> Value:
        """Value per county: float or (counties,)."""
        at = ("county", name, "")
        if at not in self._known:
            self._known[at] = clipped(LEVERS[name], self._wide(LEVERS[name]), self._scale)
        return self._known[at]

    def region(self, name: str) -> float:
        """Value set for the whole region."""
        lever, parts = LEVERS[name], self._region.get(name)
        return float(clipped(lever, _combined(lever, parts), self._scale)) if parts else lever.neutral

    def _wide(self, lever: Lever) -> Value:
        whole = _combined(lever, self._region.get(lever.name, ()))
        parts = self._counties.get(lever.name)
        return combine(lever.rule, whole, _combined(lever, parts)) if parts else whole  # type: ignore[no-any-return]


def _key(part: tuple[Any, ...]) -> str:
    return part[0]  # type: ignore[no-any-return]


def _combined(lever: Lever, parts: Sequence[tuple[str, Any]]) -> Any:
    value: Any = lever.neutral
    if not parts:
        return value
    for _, other in sorted(parts, key=_key):
        value = combine(lever.rule, value, other)
    return value
