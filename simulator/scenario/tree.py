"""Values with their places: what a scenario file says, before anything is known about its meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.scenario.problems import Place

Scalar = str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value; `empty` if nothing was written after the colon, `unread` if it could not be read, as has been told."""

    value: Scalar
    place: Place
    empty: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Tree, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Branch:
    """A mapping; `keys` has the place of each key."""

    entries: Mapping[str, Tree]
    keys: Mapping[str, Place]
    place: Place

    def with_entry(self, key: str, value: Tree, place: Place) -> Branch:
        """Return the mapping with one entry replaced or added."""
        return Branch({**self.entries, key: value}, {**self.keys, key: place}, self.place)

    def without(self, *gone: str) -> Branch:
        """Return the mapping without some entries."""
        entries = {key: value for key, value in self.entries.items() if key not in gone}
        return Branch(entries, {key: self.keys[key] for key in entries}, self.place)

    def branch(self, key: str) -> Branch:
        """Return the mapping under `key`, an empty one where there is none."""
        found = self.entries.get(key)
        return found if isinstance(found, Branch) else Branch({}, {}, self.place)


Tree = Leaf | Items | Branch
Steps = tuple[str | int, ...]


def plain(tree: Tree) -> object:
    """Return the values without their places."""
    match tree:
        case Leaf():
            return tree.value
        case Items():
            return [plain(item) for item in tree.items]
        case Branch():
            return {key: plain(value) for key, value in tree.entries.items()}


def located(value: object, place: Place) -> Tree:
    """Return Python values as a tree whose parts all have one place."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Mapping):
        entries = {str(key): located(part, place) for key, part in value.items()}
        return Branch(entries, dict.fromkeys(entries, place), place)
    if isinstance(value, list | tuple):
        return Items(tuple(located(part, place) for part in value), place)
    if value is None or isinstance(value, str | int | float | bool):
        return Leaf(value, place)
    return Leaf(str(value), place)


def step(tree: Tree, to: str | int) -> Tree | None:
    """Return one part of a mapping or list, None where there is none."""
    if isinstance(tree, Branch):
        return tree.entries.get(str(to))
    if isinstance(tree, Items) and isinstance(to, int) and to < len(tree.items):
        return tree.items[to]
    return None


def find(tree: Tree, steps: Steps) -> Tree | None:
    """Return the part at `steps`, None where there is none."""
    found: Tree | None = tree
    for to in steps:
        found = step(found, to) if found is not None else None
    return found


def ends(tree: Tree, steps: Steps = ()) -> Iterator[tuple[Steps, Leaf]]:
    """Yield every value with its path."""
    match tree:
        case Leaf():
            yield steps, tree
        case Items():
            for at, item in enumerate(tree.items):
                yield from ends(item, (*steps, at))
        case Branch():
            for key, value in tree.entries.items():
                yield from ends(value, (*steps, key))


def is_unread(tree: Tree | None) -> bool:
    """Tell whether this is a value that cannot be read."""
    return isinstance(tree, Leaf) and tree.unread


def place_of(tree: Tree, steps: Steps, key: bool = False) -> Place:
    """Place of the value at `steps`, or of what is written nearest around it; that of the name for a mapping or list.

    key  the name's place for a single value too
    """
    place = tree.place
    for to in steps:
        inner = step(tree, to)
        if inner is None:
            break
        at_name = isinstance(tree, Branch) and (key or not isinstance(inner, Leaf))
        place = tree.keys[str(to)] if at_name and isinstance(tree, Branch) else inner.place
        tree = inner
    return place


def pruned(tree: Tree, steps: Steps) -> Tree | None:
    """Return the tree without the part at `steps`; a list that loses an item goes as a whole."""
    if not steps or isinstance(tree, Items):
        return None
    first, *rest = steps
    inner = step(tree, first)
    if not isinstance(tree, Branch) or inner is None:
        return None
    kept = pruned(inner, tuple(rest))
    return tree.without(str(first)) if kept is None else tree.with_entry(str(first), kept, tree.keys[str(first)])


def merged(low: Branch, high: Branch, steps: Steps = ()) -> Branch:
    """Return `low` overruled by `high`: mappings merge, anything else replaces, `null` removes what was there.

    A driver's path and a distribution are one value each, and an intervention of another kind is another
    intervention: these replace. `null` in a target says that nothing restricts it.
    """
    result = low
    for key, value in high.entries.items():
        old = low.entries.get(key)
        here = (*steps, key)
        if isinstance(value, Leaf) and value.value is None and old is not None and steps[2:] != ("target",):
            result = result if value.empty and not steps else result.without(key)
        elif isinstance(old, Branch) and isinstance(value, Branch) and not _one_value(here, old, value):
            result = result.with_entry(key, merged(old, value, here), high.keys[key])
        else:
            result = result.with_entry(key, value, high.keys[key])
    return result


def _one_value(steps: Steps, old: Branch, new: Branch) -> bool:
    match steps:
        case ("drivers" | "uncertainty", _):
            return True
        case ("interventions", _):
            kinds = [branch.entries.get("kind") for branch in (old, new)]
            return all(isinstance(kind, Leaf) for kind in kinds) and len({plain(kind) for kind in kinds if kind}) > 1
        case _:
            return False
