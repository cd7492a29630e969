"""From scenarios and points to the cases of a plan, each with the baseline that it is compared with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from pathlib import PurePath
from typing import Any, Literal

from simulator.ensemble.plan import Case
from simulator.scenario import Scenario, revised
from simulator.scenario.moments import full_path
from simulator.scenario.scenario import WORDS

POLICY = ("interventions", "governance", "budget")
"""Sections that a baseline leaves out: what is decided, not what surrounds it."""
_NO_RESULTS = (*WORDS, "targets", "uncertainty", "ensemble", "record")

Baseline = Literal["own", "none"] | Scenario


@dataclass(frozen=True, slots=True)
class Point:
    """Values of the factors in one case; `label` names it among the others of its scenario."""

    label: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def is_policy(path: str) -> bool:
    """Tell whether a value is decided, and so no part of what surrounds a decision.

    >>> is_policy("interventions.robots.capacity"), is_policy("drivers.exchange_rate")
    (True, False)
    """
    return path.partition(".")[0] in POLICY


def without_policy(scenario: Scenario) -> dict[str, None]:
    """Overrides that turn a scenario into its own baseline: the same surroundings, no measures, usual coordination."""
    return dict.fromkeys(name for name in (*POLICY, "uncertainty") if name in scenario.source.entries)


def assembled(
    scenarios: Sequence[Scenario],
    points: Sequence[Point] = (Point(),),
    region_seeds: Sequence[int] = (),
    baseline: Baseline = "own",
) -> tuple[tuple[Scenario, ...], tuple[Case, ...]]:
    """Return the scenarios of a plan and its cases: every scenario at every point with every drawing of the region.

    baseline  what each case is compared with: its scenario without policy, another scenario, or nothing

    Equal baselines are one case, and a case that has no policy is its own baseline: what differs in policy only shares
    one. Baselines stand after the cases.
    """
    every = (*scenarios, baseline) if isinstance(baseline, Scenario) else tuple(scenarios)
    meanings = _Meanings(every)
    names = _Names(names_of(every))
    cases: list[Case] = []
    wanted: list[tuple[int, int | None, Point]] = []
    known: dict[str, int] = {}
    for place, region, point in product(range(len(scenarios)), region_seeds or (None,), points):
        values = {**({} if region is None else {"region.seed": region}), **point.values}
        known.setdefault(meanings.key(place, values), len(cases))
        cases.append(Case(names.new(place, _drawn(region), point.label), place, values, None))
        wanted.append((place, region, point))
    if baseline == "none":
        return every, tuple(cases)
    for at, (place, region, point) in enumerate(wanted):
        around = {path: value for path, value in cases[at].overrides.items() if not is_policy(path)}
        home, own = (place, True) if baseline == "own" else (len(scenarios), False)
        key = meanings.key(home, around, own)
        if (below := known.get(key)) is None:
            below = known[key] = len(cases)
            label = point.label if set(around) - {"region.seed"} else ""
            name = names.new(home, _drawn(region), label, "baseline" if own else "")
            cases.append(Case(name, home, {**around, **(without_policy(every[home]) if own else {})}, None))
        # a case without policy is its own baseline
        cases[at] = replace(cases[at], against=None if meanings.key(place, cases[at].overrides) == key else below)
    return every, tuple(cases)


def names_of(scenarios: Sequence[Scenario]) -> list[str]:
    """Names of scenarios in cases: the file's stem, the variant, and a number where that is not enough."""
    names: list[str] = []
    for one in scenarios:
        name = PurePath(one.name.replace("\\", "/")).stem + (f"/{one.variant}" if one.variant else "")
        same = sum(other == name or other.startswith(f"{name}#") for other in names)
        names.append(f"{name}#{same + 1}" if same else name)
    return names


class _Names:
    """Gives every case a name of its own."""

    def __init__(self, scenarios: Sequence[str]) -> None:
        self._scenarios = scenarios
        self._used: dict[str, int] = {}

    def new(self, place: int, *parts: str) -> str:
        """Return the name of another case of a scenario."""
        name = "/".join(filter(None, (self._scenarios[place], *parts)))
        self._used[name] = count = self._used.get(name, 0) + 1
        return name if count == 1 else f"{name}#{count}"


class _Meanings:
    """Tells which cases give equal numbers on equal seeds."""

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        self._scenarios = scenarios
        self._meaning = cache(self._found)
        self._full = cache(full_path)

    def key(self, place: int, values: Mapping[str, Any], stripped: bool = False) -> str:
        """Return what such cases have in common; `stripped` of policy."""
        digest, usual = self._meaning(place, stripped)
        changed = {self._full(path): value for path, value in values.items()}
        told = {path: value for path, value in changed.items() if path not in usual or usual[path] != value}
        return f"{digest} {json.dumps(told, sort_keys=True)}"

    def _found(self, place: int, stripped: bool) -> tuple[str, Mapping[str, Any]]:
        scenario = self._scenarios[place]
        if stripped:
            scenario = revised(scenario, without_policy(scenario))
        kept = {name: value for name, value in scenario.resolved.items() if name not in _NO_RESULTS}
        kept["run"] = {name: value for name, value in kept["run"].items() if name != "seed"}
        kept["region"] = [scenario.region_digest, scenario.region.seed]
        if not scenario.measures:
            del kept["budget"]
        text = json.dumps(kept, sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest(), dict(_flat(scenario.resolved))


def _drawn(seed: int | None) -> str:
    return "" if seed is None else f"region-{seed}"


def _flat(resolved: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every single value by its dotted path."""
    for name, value in resolved.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
