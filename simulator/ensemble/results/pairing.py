"""Which runs may be set against which: those that share time, size, first population, and luck."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.ensemble.plan import Case
from simulator.ensemble.storage.disk import fingerprint
from simulator.quantity import SpokenError, Text
from simulator.scenario import Scenario

SURROUNDINGS = ("drivers", "switches", "population", "closures")
"""Sections other than policy: where they differ, a difference is not policy's alone."""
_BASIS = ("run.scale", "region.", "parameters.")
"""What overrides may not change on one side only; starts and lengths need but overlap."""


class PairingError(SpokenError):
    """Two scenarios, or two results, cannot be compared run by run."""


class PairingWarning(UserWarning):
    """Runs are compared that differ in more than what they were asked to."""


def prints(scenario: Scenario) -> dict[str, str]:
    """Fingerprints of what must be equal for pairs ("basis"), and of what surrounds policy."""
    resolved = scenario.resolved
    basis = [scenario.run.scale, scenario.region.seed, scenario.region_digest, resolved["parameters"]]
    parts = {"basis": basis, **{name: resolved[name] for name in SURROUNDINGS}}
    return {name: fingerprint(json.dumps(part, sort_keys=True).encode()) for name, part in parts.items()}


@dataclass(frozen=True, slots=True)
class Comparable:
    """One case of a result, as far as pairing goes.

    policy  False where it is there as the baseline of others    against  place of its own baseline
    prints  of its scenario, as `prints` gives them
    """

    name: str
    overrides: Mapping[str, Any]
    policy: bool
    against: int | None
    prints: Mapping[str, str]

    @property
    def basis(self) -> tuple[object, ...]:
        """What must be equal in a pair."""
        return self.prints.get("basis", ""), self._set(_BASIS)

    @property
    def surroundings(self) -> tuple[object, ...]:
        """What should be equal in a pair."""
        sections = tuple(f"{name}." for name in SURROUNDINGS)
        return *(self.prints.get(name, "") for name in SURROUNDINGS), self._set(sections)

    def _set(self, sections: tuple[str, ...]) -> str:
        chosen = {path: value for path, value in self.overrides.items() if f"{path}.".startswith(sections)}
        return json.dumps(chosen, sort_keys=True)


def comparables(cases: Sequence[Case], of_scenarios: Sequence[Mapping[str, str]]) -> tuple[Comparable, ...]:
    """The cases of a plan for pairing."""
    baselines = {case.against for case in cases}
    return tuple(
        Comparable(case.name, case.overrides, place not in baselines, case.against, of_scenarios[case.scenario])
        for place, case in enumerate(cases)
    )


def own_pairs(cases: Sequence[Comparable]) -> list[tuple[int, int]]:
    """Each case that has a baseline, with it."""
    pairs = [(place, case.against) for place, case in enumerate(cases) if case.against is not None]
    if not pairs:
        raise PairingError(
            Text("no case has a baseline of its own; name another result to compare with",
                 "inget fall har en egen baslinje; ange ett annat resultat att jämföra med")
        )  # fmt: skip
    return pairs


def pairs_between(ours: Sequence[Comparable], theirs: Sequence[Comparable]) -> list[tuple[int, int]]:
    """Cases of two results that belong together: the only one of theirs with each of ours, else by values or name.

    Cases that are there as baselines are left out where there are others.
    """
    mine, other = (_policies(cases) for cases in (ours, theirs))
    meant = list(_meant(mine, other))
    pairs = [(one, two) for one, two in meant if ours[one].basis == theirs[two].basis]
    if pairs:
        return pairs
    if meant:
        raise PairingError(
            Text("scale, region, region.seed and parameters must be the same to compare run by run",
                 "skala, region, region.seed och parametrar måste vara lika för att jämföra körning för körning")
        )  # fmt: skip
    raise PairingError(
        Text("no case of one result belongs to a case of the other: neither names nor values are the same",
             "inget fall i det ena resultatet hör till ett fall i det andra: varken namn eller värden är lika")
    )  # fmt: skip


def _policies(cases: Sequence[Comparable]) -> dict[int, Comparable]:
    chosen = {place: case for place, case in enumerate(cases) if case.policy}
    return chosen or dict(enumerate(cases))


def _meant(ours: Mapping[int, Comparable], theirs: Mapping[int, Comparable]) -> Iterator[tuple[int, int]]:
    if len(theirs) == 1:
        (only,) = theirs
        yield from ((place, only) for place in ours)
        return
    values = {json.dumps(dict(case.overrides), sort_keys=True): place for place, case in theirs.items()}
    by_values = len(values) == len(theirs)
    names = {case.name: place for place, case in theirs.items()}
    for place, case in ours.items():
        key = json.dumps(dict(case.overrides), sort_keys=True)
        if by_values and key in values:
            yield place, values[key]
        elif case.name in names:
            yield place, names[case.name]
