"""Cases are tried before anything runs: values that are allowed one by one may contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from simulator.ensemble.plan import Case
from simulator.quantity import Text
from simulator.scenario import Scenario, ScenarioError, revised
from simulator.scenario.overrides import SET
from simulator.scenario.problems import Place, Problem

MOST_TRIED = 500
"""Cases that are tried in full; of more, those at the ends of each factor and some in between."""
Origin = Callable[[int, str], Place]


def case_problems(scenarios: Sequence[Scenario], cases: Sequence[Case], origin: Origin) -> list[Problem]:
    """Return what is wrong with cases, once per place and path, with the number of cases concerned.

    origin  place where the value of a case at a path comes from; of the case itself for the empty path
    """
    found: dict[tuple[Place, str], tuple[Problem, str]] = {}
    counts: dict[tuple[Place, str], int] = {}
    for at in tried(cases):
        case = cases[at]
        try:
            revised(scenarios[case.scenario], case.overrides)
        except ScenarioError as error:
            for problem in error.problems:
                moved = _moved(problem, case, at, origin)
                key = moved.place, moved.path
                found.setdefault(key, (moved, case.name))
                counts[key] = counts.get(key, 0) + 1
    return [_told(*found[key], counts[key]) for key in found]


def tried(cases: Sequence[Case]) -> list[int]:
    """Return the places of the cases to try: all of few, of many the ends of each factor and an even selection.

    >>> from simulator.ensemble.plan import Case
    >>> cases = [Case(str(n), 0, {"a": n % 1999}, None) for n in range(4000)]
    >>> chosen = tried(cases)
    >>> len(chosen) <= 500, 1998 in chosen, 0 in chosen
    (True, True, True)
    """
    if len(cases) <= MOST_TRIED:
        return list(range(len(cases)))
    ends: dict[tuple[int, str, bool], tuple[float, int]] = {}
    for at, case in enumerate(cases):
        for path, value in case.overrides.items():
            if isinstance(value, int | float):
                for high in (False, True):
                    key = (case.scenario, path, high)
                    extent = float(value) if high else -float(value)
                    if key not in ends or extent > ends[key][0]:
                        ends[key] = (extent, at)
    chosen = {at for _, at in ends.values()}
    rest = max(0, MOST_TRIED - len(chosen))
    return sorted(chosen | set(np.linspace(0, len(cases) - 1, rest).astype(int).tolist()))


def _moved(problem: Problem, case: Case, at: int, origin: Origin) -> Problem:
    """Return the problem at the place that the value comes from, at the case's own where several values are at odds."""
    if problem.file.startswith(SET):
        path = next((path for path in case.overrides if problem.file.startswith(f"{SET} {path}=")), "")
        return replace(problem, place=origin(at, path))
    return replace(problem, place=origin(at, ""))


def _told(problem: Problem, name: str, count: int) -> Problem:
    more = Text("", "") if count == 1 else Text(f" and {count - 1} more cases", f" och {count - 1} fall till")
    en, sv = problem.message
    return replace(problem, message=Text(f"{en} (in {name}{more.en})", f"{sv} (i {name}{more.sv})"))
