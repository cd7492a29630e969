"""The one door from a scenario file to a scenario: all problems at once, or a scenario without any."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from simulator.scenario.checks import Checker
from simulator.scenario.files import read_scenario
from simulator.scenario.overrides import with_settings, with_variant
from simulator.scenario.problems import Problem, ScenarioError
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
    path_or_name: str,
    overrides: Mapping[str, object] = _NONE,
    variant: str | None = None,
    vocabulary: Vocabulary = VOCABULARY,
) -> Scenario:
    """Load a scenario by path or shipped name.

    overrides   values by dotted path, over everything else
    variant     one of the scenario's variants

    Precedence: default < extended file < file < variant < overrides.
    Raises ScenarioError with every problem found, those of the other variants included.
    """
    written = read_scenario(path_or_name)
    tree, problems = with_variant(written, variant) if variant is not None else (written, [])
    tree, wrong = with_settings(tree, overrides)
    scenario, found = _examined(path_or_name, variant, tree, vocabulary)
    problems += wrong + found
    for other in written.branch("variants").entries:
        if other != variant:
            problems += variant_problems(written, other, vocabulary)
    if "variants" in written.entries and not isinstance(written.entries["variants"], Branch):
        problems += with_variant(written, "")[1]
    if problems or scenario is None:
        raise ScenarioError(problems)
    return scenario


def variant_problems(written: Branch, name: str, vocabulary: Vocabulary) -> list[Problem]:
    """Return what is wrong with a scenario when one of its variants is chosen."""
    tree, problems = with_variant(written, name)
    return problems + _examined("", name, tree, vocabulary).problems


def _examined(name: str, variant: str | None, tree: Branch, vocabulary: Vocabulary) -> _Examined:
    sound, problems = validated(tree, vocabulary)
    checker = Checker(sound, vocabulary)
    problems += checker.errors()
    region = checker.region()
    if problems or region is None:
        return _Examined(None, problems)
    written = sound.tree
    return _Examined(
        resolved(name, variant, written, sound.model, region, vocabulary, tuple(checker.warnings())), problems
    )
