"""The one door from a scenario file to a scenario: all problems at once, or a scenario without any."""

from __future__ import annotations

import copyreg
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from simulator.region.facts import Region
from simulator.scenario.checks import Checker
from simulator.scenario.files import read_scenario
from simulator.scenario.overrides import not_variants, with_settings, with_variant
from simulator.scenario.problems import Problem, ScenarioError
from simulator.scenario.regions import with_region_folder
from simulator.scenario.resolving import resolved
from simulator.scenario.scenario import Scenario
from simulator.scenario.tree import Branch
from simulator.scenario.validation import validated
from simulator.scenario.vocabulary import VOCABULARY, Vocabulary

_NONE: Mapping[str, object] = MappingProxyType({})


class _Examined(NamedTuple):
    scenario: Scenario | None
    problems: list[Problem]


def load(
    path_or_name: str | Path,
    overrides: Mapping[str, object] = _NONE,
    variant: str | None = None,
    vocabulary: Vocabulary = VOCABULARY,
    text: str | None = None,
) -> Scenario:
    """Load a scenario by path or shipped name.

    overrides   values by dotted path, over everything else
    variant     one of the scenario's variants
    text        what the file says, where it is being written

    Precedence: default < extended file < file < variant < overrides.
    Raises ScenarioError with every problem found, those of the other variants included.
    """
    return _all_examined(os.fspath(path_or_name), overrides, variant, vocabulary, text)[0]


def revised(scenario: Scenario, overrides: Mapping[str, object], vocabulary: Vocabulary = VOCABULARY) -> Scenario:
    """Return a loaded scenario with values replaced by dotted path; ScenarioError with what is wrong with them."""
    tree, problems = with_settings(scenario.source, overrides)
    known = (scenario.region.name, scenario.facts)
    changed, found = _examined(scenario.name, scenario.variant, tree, vocabulary, known=known)
    if problems or changed is None:
        raise ScenarioError([*problems, *found])
    return changed


def unfit(scenario: Scenario, overrides: Mapping[str, object], vocabulary: Vocabulary = VOCABULARY) -> list[Problem]:
    """Return what is wrong with values by themselves, whether or not they go together with the rest."""
    tree, problems = with_settings(scenario.source, overrides)
    return [*problems, *validated(tree, vocabulary)[1]]


def check(
    path_or_name: str | Path,
    overrides: Mapping[str, object] = _NONE,
    variant: str | None = None,
    vocabulary: Vocabulary = VOCABULARY,
) -> tuple[Problem, ...]:
    """Return the warnings of a scenario and all its variants; raise as `load` does."""
    scenarios = _all_examined(os.fspath(path_or_name), overrides, variant, vocabulary)
    return tuple(sorted(_with_variants({each.variant: list(each.warnings) for each in scenarios})))


def _all_examined(
    name: str, overrides: Mapping[str, object], variant: str | None, vocabulary: Vocabulary, text: str | None = None
) -> list[Scenario]:
    """Return the scenario that is asked for, then its other variants; ScenarioError if any has a problem."""
    written, unreadable, whole = read_scenario(name, text)
    variants = written.entries.get("variants")
    names = list(variants.entries) if isinstance(variants, Branch) else []
    found: dict[str | None, list[Problem]] = {}
    scenarios = []
    for each in [variant, *(other for other in names if other != variant)]:
        tree, wrong = (written, []) if each is None else with_variant(written, each, whole)
        tree, unset = with_settings(tree, overrides, whole) if each == variant else (tree, [])
        scenario, problems = _examined(name, each, tree, vocabulary, whole)
        found[each] = [*wrong, *unset, *problems]
        if scenario is not None:
            scenarios.append(scenario)
    problems = [*unreadable, *not_variants(variants), *_with_variants(found)]
    if problems:
        raise ScenarioError(problems)
    return scenarios


def _with_variants(found: Mapping[str | None, list[Problem]]) -> Iterator[Problem]:
    """Yield each problem once, with the variant's name if it exists only there and its place does not say so."""
    everywhere = set.intersection(*map(set, found.values()))
    for variant, problems in found.items():
        for problem in problems:
            said = problem.place.variant or problem.path.startswith("variants")
            if variant is None or said or problem in everywhere:
                yield problem
            elif problem not in found.get(None, ()):
                yield replace(problem, path=f"{problem.path} (variant {variant})".lstrip())


def restored(name: str, variant: str | None, source: Branch, overrides: Mapping[str, object] = _NONE) -> Scenario:
    """Return the scenario that was written so: this is how one travels to another process, with changes on the way."""
    tree, problems = with_settings(source, overrides)
    scenario, found = _examined(name, variant, tree, VOCABULARY)
    if problems or scenario is None:
        raise ScenarioError([*problems, *found])
    return scenario


copyreg.pickle(Scenario, lambda each: (restored, (each.name, each.variant, each.source)))


def _examined(
    name: str,
    variant: str | None,
    tree: Branch,
    vocabulary: Vocabulary,
    whole: bool = True,
    known: tuple[str, Region] | None = None,
) -> _Examined:
    tree, problems = with_region_folder(tree)
    sound, shapeless = validated(tree, vocabulary, whole)
    checker = Checker(sound, vocabulary, known)
    problems += [*shapeless, *checker.errors()]
    if problems or checker.region is None:
        return _Examined(None, problems)
    return _Examined(resolved(name, variant, sound.tree, sound.model, checker.region, vocabulary), problems)
