"""Education outside the firms: places, students, graduates (Model text 4.7, pipeline).

Students come from operators who are searching or elsewhere, in the zones and toward the classes in which most
vacancies stay open. Those who finish and stay look for work in their new class; those who drop out are operators
again; the others leave the region. Nobody ages while studying.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from simulator.agents.columns import Floats
from simulator.agents.firms import ENGINEERS, GREEN, INTERNATIONAL, OPERATORS, TECHNICIANS
from simulator.agents.people import EARLY, ELSEWHERE, LATE, SEARCHING, Cells
from simulator.economy.labour_rules import GROUPS
from simulator.economy.matching import Real
from simulator.economy.people_rules import (
    BACHELOR,
    COMMISSIONED,
    MASTER,
    PROGRAMMES,
    VALIDATION,
    VOCATIONAL,
    PeopleRules,
)

_CLASSES = np.zeros((len(PROGRAMMES), 5))
for _programme, _classes in (
    (VOCATIONAL, (TECHNICIANS, GREEN)),
    (BACHELOR, (ENGINEERS, GREEN, INTERNATIONAL)),
    (MASTER, (ENGINEERS, GREEN)),
    (COMMISSIONED, (TECHNICIANS, GREEN)),
    (VALIDATION, (TECHNICIANS, ENGINEERS)),
):
    _CLASSES[_programme, list(_classes)] = 1
_AGE = np.arange(GROUPS) // 4
_SUITED = np.stack([_AGE <= EARLY] * 3 + [_AGE < LATE, np.arange(GROUPS) % 2 == 1]).astype(np.float64)
"""Who starts which programme, (programmes, groups): the young, everybody below 55, the foreign-born."""


class Levers(Protocol):
    """What education asks of policy."""

    def county(self, name: str) -> float | Floats:
        """Value per county, or one number for the region."""


class Outflow(NamedTuple):
    """Graduates of a quarter: who looks for work by zone and class, (zones, 5); who left the region, persons."""

    graduates: Real
    left: float


def demand_for(unfilled: Real) -> Real:
    """Open vacancies in the classes that each programme leads to, (programmes, zones). Source: Model text 4.7; SPEC."""
    return _CLASSES @ unfilled.T


def places_offered(levers: Levers | None, demand: Real, homes: Real, rules: PeopleRules, scale: float) -> Real:
    """Places that open this quarter, (programmes, zones): those without policy and those that levers add.

    Places of the region go where demand is; places of a county to its own zones, by demand.

    demand (programmes, zones); homes (counties, zones) share of each county's people; scale of the places without
    policy. Source: Model text 3.0b (P), 4.7; SPEC.
    """
    total = demand.sum(axis=1, keepdims=True)
    share = demand / np.where(total > 0, total, 1.0)
    opened = share * (np.array(rules.places) * scale)[:, None]
    if levers is not None:
        for programme, name, part in (
            (VOCATIONAL, "places_vocational", 1.0),
            (BACHELOR, "places_higher", 1 - rules.master_share),
            (MASTER, "places_higher", rules.master_share),
            (COMMISSIONED, "places_commissioned", 1.0),
            (VALIDATION, "places_validation", 1.0),
        ):
            added = levers.county(name)
            if isinstance(added, np.ndarray):
                reach = homes * demand[programme]
                sums = reach.sum(axis=1, keepdims=True)
                opened[programme] += (added * part) @ (reach / np.where(sums > 0, sums, 1.0))
            elif added:
                opened[programme] += share[programme] * (added * part)
    result: Real = opened / 4
    return result


def intake(cells: Cells, unfilled: Real, places: Real, rules: PeopleRules) -> tuple[Cells, Cells]:
    """Students who start, by the class they study for, and the same people where they come from.

    students = min(fill rate x places, recruitable share of those suited), toward open vacancies of their zone

    cells (zones, 5, groups, 3); unfilled (zones, 5); places (programmes, zones) this quarter
    returns (programmes, zones, 5, groups) persons and (zones, groups, 2) from searching and elsewhere
    Source: Model text 4.7; SPEC.
    """
    free = cells[:, OPERATORS, :, SEARCHING:]
    people = free[..., 0] + free[..., 1]
    there = _SUITED @ people.T
    students = np.minimum(rules.fill_rate * places, rules.recruitable * there)
    rate = students / np.where(there > 0, there, 1.0)
    toward = _CLASSES[:, None, :] * (unfilled + 1e-9)
    toward /= toward.sum(axis=2, keepdims=True)
    joining = _SUITED[:, None, :] * people * rate[:, :, None]
    taken = free * (rate.T @ _SUITED)[:, :, None]
    starting: Cells = toward[..., None] * joining[:, :, None, :]
    return starting, taken


def outcome(students: Cells, rules: PeopleRules) -> tuple[Cells, Cells, float]:
    """Graduates who stay (zones, 5, groups), drop-outs (zones, groups), persons who leave with their degree.

    students (programmes, zones, 5, groups). Source: Model text 4.7; SPEC.
    """
    completion, staying = np.array(rules.completion), np.array(rules.staying)
    flat = students.reshape(len(students), -1)
    stay, dropped = (
        np.dot(share[None], flat).reshape(students.shape[1:]) for share in (completion * staying, 1 - completion)
    )
    return stay, dropped.sum(axis=1), float(completion * (1 - staying) @ students.sum(axis=(1, 2, 3)))


def study(
    cells: Cells,
    queues: dict[str, Cells],
    unfilled: Real,
    levers: Levers,
    homes: Real,
    rules: PeopleRules,
    scale: float,
    quarter: int,
) -> Outflow:
    """One quarter of all programmes: graduates leave the queues, students join them.

    scale multiplies the places without policy; 0 for none. Source: Model text 4.7; SPEC.
    """
    places = places_offered(levers, demand_for(unfilled), homes, rules, scale)
    if not places.any() and PROGRAMMES[0] not in queues:
        return Outflow(np.zeros_like(unfilled), 0.0)
    turns = [_queue(queues, place, unfilled.shape, rules, quarter) for place in range(len(PROGRAMMES))]
    staying, dropped, left = outcome(np.array(turns), rules)
    starting, taken = intake(cells, unfilled, places, rules)
    for turn, students in zip(turns, starting, strict=True):
        turn[...] = students
    cells[:, OPERATORS, :, SEARCHING:] -= taken
    cells[..., SEARCHING] += staying
    cells[:, OPERATORS, :, ELSEWHERE] += dropped
    return Outflow(staying.sum(axis=2), left)


def _queue(queues: dict[str, Cells], programme: int, shape: tuple[int, ...], rules: PeopleRules, quarter: int) -> Cells:
    """Those who are through a programme this quarter, (zones, 5, groups): a view to be filled with those who start."""
    name, length = PROGRAMMES[programme], int(rules.quarters[programme])
    if name not in queues:
        queues[name] = np.zeros((length, *shape, 4, 2, 2))
    turn: Cells = queues[name][quarter % length].reshape(*shape, GROUPS)
    return turn


def steady_study(
    cells: Cells, queues: dict[str, Cells], unfilled: Real, rules: PeopleRules, scale: float
) -> tuple[Cells, Cells]:
    """Fill the queues as if education had always run as at the start.

    returns arrivals and students taken in a year, (zones, 5, groups, 2) persons by searching and elsewhere
    Source: Model text 4.7; SPEC.
    """
    arrivals, students = np.zeros((*cells.shape[:3], 2)), np.zeros((*cells.shape[:3], 2))
    places = places_offered(None, demand_for(unfilled), np.empty((0, 0)), rules, scale)
    starting, taken = intake(cells, unfilled, places, rules)
    for programme, name in enumerate(PROGRAMMES):
        length = int(rules.quarters[programme])
        queues[name] = np.repeat(starting[programme][None], length, axis=0).reshape(length, *unfilled.shape, 4, 2, 2)
    staying, dropped, _ = outcome(starting, rules)
    arrivals[..., 0] = 4 * staying
    arrivals[:, OPERATORS, :, 1] = 4 * dropped
    students[:, OPERATORS] = 4 * taken
    return arrivals, students
