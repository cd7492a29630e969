"""In what a scenario differs from another: the list of its assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.quantity import Quantity
from simulator.scenario.problems import Place
from simulator.scenario.scenario import WORDS, Scenario
from simulator.scenario.vocabulary import VOCABULARY, Vocabulary

_ONE_VALUE = ("drivers", "uncertainty", "targets")
"""Sections in which each name has one value, though it may be written in parts."""
_LEFT_OUT = (*WORDS, "format")
MISSING = object()
"""There is no such value."""
Steps = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One value that is not the same.

    here, there  the two values; MISSING where there is none
    usual        `there` is the default of a measure's kind: the other scenario lacks the measure
    quantity     its declaration, where it has one
    place        where it is written, None for what nobody wrote
    """

    path: Steps
    here: object
    there: object
    usual: bool
    quantity: Quantity | None
    place: Place | None


def differences(scenario: Scenario, other: Scenario, vocabulary: Vocabulary = VOCABULARY) -> list[Difference]:
    """Every value in which a scenario differs from another, in the order of the resolved scenario.

    Of a measure that the other has not, what somebody wrote stands against the defaults of its kind.
    """
    kinds = {each.name: each.kind.name for each in (*other.measures, *scenario.measures)}
    places, found = _places(scenario), []
    for path, here, there in _pairs(scenario.resolved, other.resolved):
        if path[0] in _LEFT_OUT:
            continue
        added = path[0] == "interventions" and path[1] not in other.resolved["interventions"]
        if not added and here == there:
            continue
        quantity, place = vocabulary.quantity(".".join(path), kinds), places.get(".".join(path))
        if added:
            if place is None:
                continue
            there = MISSING if quantity is None else quantity.default
        if here != there:
            found.append(Difference(path, here, there, added and there is not MISSING, quantity, place))
    return found


def _pairs(here: Any, there: Any, path: Steps = ()) -> Iterator[tuple[Steps, object, object]]:
    """Values of two mappings side by side, those that only one has included."""
    whole = len(path) == 2 and path[0] in _ONE_VALUE
    one, two = isinstance(here, Mapping), isinstance(there, Mapping)
    if path and (whole or not (one or two)):
        yield path, here, there
        return
    names = [*(here if one else ()), *(name for name in (there if two else ()) if not one or name not in here)]
    if not names and one != two:
        yield path, here, there
    for name in names:
        inner = (here.get(name, MISSING) if one else MISSING), (there.get(name, MISSING) if two else MISSING)
        yield from _pairs(*inner, (*path, str(name)))


def _places(scenario: Scenario) -> dict[str, Place]:
    """Where each value was written, and of a group of values the first of its parts."""
    found: dict[str, Place] = {}
    for path, place in scenario.origins.items():
        steps = path.split(".")
        for end in range(1, len(steps)):
            found.setdefault(".".join(steps[:end]), place)
    found.update(scenario.origins)
    return found
