"""The one door from a scenario or design file to a plan: all problems at once, or a plan without any."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from simulator.ensemble.designs.assembling import Point, assembled
from simulator.ensemble.designs.case_check import case_problems
from simulator.ensemble.designs.design_reading import Design
from simulator.ensemble.designs.design_shape import KEYS, MARK
from simulator.ensemble.designs.drawing import Sampling, combined, drawn, points_of, unbalanced
from simulator.ensemble.designs.planning import AS_WRITTEN, Wishes, plan_of, sampling_of
from simulator.ensemble.plan import Case, Plan
from simulator.quantity import Text
from simulator.scenario import Problem, ScenarioError, check, load
from simulator.scenario.files import located, read_mapping
from simulator.scenario.problems import Place, nearest
from simulator.scenario.schema import shape
from simulator.scenario.tree import Branch, place_of, plain
from simulator.scenario.vocabulary import VOCABULARY

MOST_CASES = 100_000
_NONE: Mapping[str, object] = MappingProxyType({})
_EITHER = ("title", "question", "variants")
"""Keys of a design that a scenario has too."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan with what is worth a thought before it runs, and the design as the user wrote it, if it is one."""

    plan: Plan
    warnings: tuple[Problem, ...]
    design: str | None


def load_plan(
    name: str, settings: Mapping[str, object] = _NONE, variant: str | None = None, wishes: Wishes = AS_WRITTEN
) -> Draft:
    """Return the plan of a scenario or design file, by path or shipped name.

    settings, variant  as for a scenario; those of a design's scenarios

    Raises ScenarioError with every problem found.
    """
    if is_design(name):
        return _of_design(name, settings, variant, wishes)
    scenario = load(name, settings, variant)
    plan = plan_of(scenario, wishes)
    how = sampling_of(scenario, wishes) if scenario.uncertainty else None
    place = place_of(scenario.source, ("ensemble", "samples"))
    return Draft(plan, (*scenario.warnings, *_of_samples(how, wishes, place, "ensemble.samples")), None)


def _of_samples(how: Sampling | None, wishes: Wishes, place: Place, path: str) -> Iterator[Problem]:
    """Yield what is worth a thought about the number of draws."""
    if how is None and wishes.samples is not None:
        unused = Text("nothing is drawn, so this changes nothing", "inget dras, så detta ändrar inget")
        yield Problem(Place("--samples"), "", unused)
    if how is not None and (told := unbalanced(how)) is not None:
        yield Problem(place if wishes.samples is None else Place("--samples"), path, told)


def checked(name: str, settings: Mapping[str, object] = _NONE, variant: str | None = None) -> tuple[Problem, ...]:
    """Return the warnings of a scenario with all its variants, or of a design; ScenarioError with its problems."""
    if is_design(name):
        return _of_design(name, settings, variant, AS_WRITTEN).warnings
    return check(name, settings, variant)


def is_design(name: str) -> bool:
    """Tell whether a file is a design, or would be one if it said so."""
    try:
        tree, _ = read_mapping(located(name))
    except ScenarioError:
        return False
    kind = plain(tree.entries["kind"]) if "kind" in tree.entries else None
    if isinstance(kind, str) and nearest(kind, [MARK]):
        return True
    of_scenarios = {"extends", *shape(VOCABULARY, frozenset()).model_fields} - set(_EITHER)
    return bool(set(KEYS) - set(_EITHER) & set(tree.entries)) and not of_scenarios & set(tree.entries)


def _of_design(name: str, settings: Mapping[str, object], variant: str | None, wishes: Wishes) -> Draft:
    path = located(name)
    design = Design(path, settings, variant, wishes)
    scenarios, baseline, factors, table, how = (
        tuple(design.scenarios.values()), design.baseline, design.factors, design.table, design.sampling
    )  # fmt: skip
    seeds, regions, keep = design.seeds(), design.region_seeds(), design.keep()
    stop = design.stop(keep)
    _refuse(design.problems)
    listed: Sequence[Point] = (Point(),) if table is None else table.points
    combinations = math.prod(len(each.levels) for each in factors if each.spread is None)
    drawn_points = len(listed) if how is None else points_of(how, factors)
    if (count := len(scenarios) * max(1, len(regions)) * drawn_points * combinations) > MOST_CASES:
        many = Text(f"{count} cases are too many", f"{count} fall är för många")
        design.wrong(("factors",), many, Text(f"at most {MOST_CASES}", f"högst {MOST_CASES}"))
        _refuse(design.problems)
    try:
        points = combined(listed if how is None else drawn(factors, how), factors)
    except np.linalg.LinAlgError:
        few = Text("too few points for these correlations", "för få punkter för korrelationerna")
        design.wrong(("correlate",), few)
        _refuse(design.problems)
    every, cases = assembled(scenarios, points, regions, baseline)
    where = _Origins(design, cases, len(points), combinations)
    _refuse(case_problems(every, cases, where.of))
    plan = Plan(
        name=str(path),
        title=None if (title := design.given("title")) is None else Text(title.en, title.sv),
        scenarios=every,
        factors=tuple(
            sorted(
                (*(each.factor() for each in factors), *(table.factors if table else ())), key=lambda each: each.path
            )
        ),
        cases=cases,
        seeds=seeds,
        keep=keep,
        stop=stop,
    )
    warnings = {warning for scenario in every for warning in scenario.warnings}
    warnings |= set(_of_samples(how, wishes, place_of(design.tree, ("samples",)), "samples"))
    return Draft(plan, tuple(sorted(warnings)), path.read_text(encoding="utf-8-sig"))


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise ScenarioError(problems)


class _Origins:
    """Where the values of cases come from."""

    def __init__(self, design: Design, cases: Sequence[Case], points: int, combinations: int) -> None:
        self._tree: Branch = design.tree
        self._factors = {path: each.place for each in design.factors for path in (each.path, *each.also)}
        self._table = design.table
        self._points = points
        self._combinations = combinations
        self._users = {case.against: at for at, case in reversed(list(enumerate(cases))) if case.against is not None}

    def of(self, case: int, path: str) -> Place:
        """Return the place of a value of a case, of the case itself for the empty path."""
        if path in self._factors:
            return self._factors[path]
        if self._table is not None:
            point = self._users.get(case, case) % self._points // self._combinations
            return self._table.places[point].get(path, self._table.places[point][""])
        return place_of(self._tree, ("region_seeds",) if path == "region.seed" else ("factors",))
