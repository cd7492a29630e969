"""From a tree to a sound model: every error of shape with its place, and what is left without the faulty parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from simulator.quantity import Quantity
from simulator.scenario.messages import Fault, explained
from simulator.scenario.problems import Problem
from simulator.scenario.schema import TAG, Part, names_at, shape
from simulator.scenario.tree import Branch, Leaf, Steps, ends, find, place_of, plain, pruned
from simulator.scenario.vocabulary import Vocabulary


@dataclass(frozen=True)
class Sound:
    """A model of the sound parts of a scenario; `faulty` are the paths of the others, which hold their defaults.

    whole  false if an extended file is missing: what is not written may stand there
    """

    model: Any
    tree: Branch
    faulty: frozenset[Steps]
    whole: bool = True

    def is_sound(self, *steps: str | int) -> bool:
        """Tell whether neither the part at `steps`, nor what is around or in it, has an error of shape."""
        return not any(steps[: len(bad)] == bad or bad[: len(steps)] == steps for bad in self.faulty)


def validated(tree: Branch, vocabulary: Vocabulary, whole: bool = True) -> tuple[Sound, list[Problem]]:
    """Return the sound parts of a scenario and all errors of shape; `whole` as in `Sound`."""
    model = shape(vocabulary, _used(tree))
    sections = {name for name, field in model.model_fields.items() if field.default_factory is not None}
    left = tree.without("variants", *(key for key in sections if _is_empty(tree.entries.get(key))))
    kinds = kinds_of(tree)

    def say(error: Mapping[str, Any]) -> tuple[Steps, Problem]:
        steps = path_of(error["loc"])
        union = error["type"].startswith("union_tag")
        known = list(vocabulary.kinds) if union else names_at(model, steps[:-1], kinds)
        return said_of(error, tree, known, vocabulary.quantity(".".join(map(str, _to_list(steps))), kinds))

    return sound_parts(model, tree, left, say, whole)


def sound_parts(
    model: type[Part],
    tree: Branch,
    left: Branch,
    say: Callable[[Mapping[str, Any]], tuple[Steps, Problem]],
    whole: bool = True,
) -> tuple[Sound, list[Problem]]:
    """Return the parts of a tree that fit a model, and all errors of shape.

    tree    as it was written
    left    the part of it that the model is to fit
    say     path and words of an error of pydantic
    whole   as in `Sound`
    """
    faulty = {steps for steps, leaf in ends(left) if leaf.unread}
    for steps, leaf in list(ends(left)):
        # null takes away what is inherited; while that is unknown it cannot be told from a forgotten value
        if leaf.unread or (leaf.value is None and not whole and _to_list(steps) == steps):
            left = _without(left, _to_list(steps))
    problems: list[Problem] = []
    while True:
        try:
            sound = model.model_validate(plain(left))
        except ValidationError as error:
            errors = error.errors(include_url=False)
            found = [say(each) for each in errors]
            # what lacks a part only because the part was faulty is not a problem of its own
            problems += [
                problem
                for each, (steps, problem) in zip(errors, found, strict=True)
                if not any(bad[: len(steps)] == steps for bad in faulty) and (whole or not _may_be_inherited(each))
            ]
            faulty |= {steps for steps, _ in found}
            for steps in [_written(left, steps) for steps, _ in found]:
                left = _without(left, steps)
        else:
            return Sound(sound, left, frozenset(faulty), whole), problems


def _may_be_inherited(error: Mapping[str, Any]) -> bool:
    """Tell whether an error of shape says no more than that something is missing."""
    given = error["input"]
    kindless = error["type"] == "union_tag_not_found" and isinstance(given, dict) and "kind" not in given
    return kindless or error["type"] == "missing" or (error["type"] == "too_short" and given == {})


def _used(tree: Branch) -> frozenset[str]:
    """Return the parts of the vocabulary that the scenario goes into; time, luck and region are always needed."""
    groups = {f"parameters.{group}" for group in tree.branch("parameters").entries}
    return frozenset({*tree.entries, *groups, *kinds_of(tree).values(), "run", "region", "ensemble"})


def _to_list(steps: Steps) -> Steps:
    """Return the path of the list that holds the part: it goes as a whole."""
    return steps[: next((at for at, step in enumerate(steps) if isinstance(step, int)), len(steps))]


def kinds_of(tree: Branch) -> dict[str, str]:
    """Return the kind of each intervention, as far as it is written."""
    kinds = ((name, find(each, ("kind",))) for name, each in tree.branch("interventions").entries.items())
    return {name: kind.value for name, kind in kinds if isinstance(kind, Leaf) and isinstance(kind.value, str)}


def _is_empty(tree: object) -> bool:
    return isinstance(tree, Leaf) and tree.empty


def _written(tree: Branch, steps: Steps) -> Steps:
    """Return the path of the faulty part, or of what is around it if the fault is that it is missing."""
    steps = _to_list(steps)
    while steps and find(tree, steps) is None:
        steps = steps[:-1]
    return steps


def _without(tree: Branch, steps: Steps) -> Branch:
    """Return the tree without the part at `steps`, if it is still there."""
    if find(tree, steps) is None:
        return tree
    kept = pruned(tree, steps)
    return kept if isinstance(kept, Branch) else Branch({}, {}, tree.place)


def said_of(
    error: Mapping[str, Any], tree: Branch, known: Sequence[str], quantity: Quantity | None
) -> tuple[Steps, Problem]:
    """Return the path of an error of pydantic and what to say of it; `known` may stand where it stands."""
    steps = path_of(error["loc"])
    kind = error["type"]
    fault = Fault(
        name=str(steps[-1]) if steps else "",
        given=error["input"],
        context=error.get("ctx", {}),
        quantity=quantity,
        known=known,
    )
    said = explained(kind, fault)
    is_key = kind == "extra_forbidden" or error["loc"][-1:] == ("[key]",)
    at_kind = kind.startswith("union_tag") and find(tree, (*steps, "kind")) is not None
    place = place_of(tree, (*steps, "kind") if at_kind else steps, key=is_key)
    return steps, Problem(place, ".".join(map(str, steps)), said.message, said.allowed)


def path_of(location: tuple[str | int, ...]) -> Steps:
    """Return pydantic's location as a path of the scenario: without discriminator tags and marks on keys."""
    steps = tuple(step for step in location if not (isinstance(step, str) and step.startswith(TAG)))
    return steps[:-1] if steps[-1:] == ("[key]",) else steps
