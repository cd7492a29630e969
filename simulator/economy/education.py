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

_TOWARD = {
    VOCATIONAL: (TECHNICIANS, GREEN),
    BACHELOR: (ENGINEERS, GREEN, INTERNATIONAL),
    MASTER: (ENGINEERS, GREEN),
    COMMISSIONED: (TECHNICIANS, GREEN),
    VALIDATION: (TECHNICIANS, ENGINEERS),
}
_AGE = np.arange(GROUPS) // 4
_SUITED = {
    VOCATIONAL: _AGE <= EARLY,
    BACHELOR: _AGE <= EARLY,
    MASTER: _AGE <= EARLY,
    COMMISSIONED: _AGE < LATE,
    VALIDATION: np.arange(GROUPS) % 2 == 1,
}


class Levers(Protocol):
    """What education asks of policy."""

    def county(self, name: str) -> float | Floats:
        """Value per county, or one number for the region."""


class Outflow(NamedTuple):
    """Graduates of a quarter: who looks for work by zone and class, (zones, 5); who left the region, persons."""

    graduates: Real
    left: float


def places_by_zone(levers: Levers, programme: int, base: float, homes: Real, demand: Real, rules: PeopleRules) -> Real:
    """Places that open this quarter, (zones,): those without policy and those that levers add.

    Places of the region go where demand is; places of a county to its own zones, by demand.

    base    places/yr in the region; homes (counties, zones) share of each county's people; demand (zones,)
    Source: Model text 3.0b (P), 4.7; SPEC.
    """
    name, share = {
        VOCATIONAL: ("places_vocational", 1.0),
        BACHELOR: ("places_higher", 1 - rules.master_share),
        MASTER: ("places_higher", rules.master_share),
        COMMISSIONED: ("places_commissioned", 1.0),
        VALIDATION: ("places_validation", 1.0),
    }[programme]
    added = levers.county(name)
    total = demand.sum()
    opened: Real = demand / total * base if total > 0 else np.zeros_like(demand)
    if isinstance(added, np.ndarray):
        reach = homes * demand
        sums = reach.sum(axis=1, keepdims=True)
        opened = opened + (added * share) @ (reach / np.where(sums > 0, sums, 1.0))
    elif added and total > 0:
        opened = opened + demand / total * (added * share)
    return opened / 4


def intake(cells: Cells, unfilled: Real, places: Real, programme: int, rules: PeopleRules) -> tuple[Cells, Cells]:
    """Students who start, by the class they study for, and the same people where they come from.

    cells (zones, 5, groups, 3); unfilled vacancies (zones, 5); places (zones,) this quarter
    returns (zones, 5, groups) persons and (zones, groups, 2) from searching and elsewhere
    Source: Model text 4.7; SPEC.
    """
    suited = cells[:, OPERATORS, :, SEARCHING:] * _SUITED[programme][:, None]
    there = suited.sum(axis=(1, 2))
    students = np.minimum(rules.fill_rate * places, rules.recruitable * there)
    taken = suited * (students / np.where(there > 0, there, 1.0))[:, None, None]
    toward = np.zeros_like(unfilled)
    toward[:, _TOWARD[programme]] = unfilled[:, _TOWARD[programme]] + 1e-9
    toward /= toward.sum(axis=1, keepdims=True)
    return toward[:, :, None] * taken.sum(axis=2)[:, None, :], taken


def demand_for(unfilled: Real, programme: int) -> Real:
    """Open vacancies in the classes a programme leads to, (zones,). Source: Model text 4.7; SPEC."""
    wanted: Real = unfilled[:, _TOWARD[programme]].sum(axis=1)
    return wanted


def outcome(students: Cells, programme: int, rules: PeopleRules) -> tuple[Cells, Cells, Cells]:
    """Graduates who stay, drop-outs, and graduates who leave; (zones, 5, groups) each. Source: Model text 4.7; SPEC."""
    finished = students * rules.completion[programme]
    staying = finished * rules.staying[programme]
    return staying, students - finished, finished - staying


def study(
    cells: Cells,
    queues: dict[str, Cells],
    unfilled: Real,
    levers: Levers,
    homes: Real,
    rules: PeopleRules,
    scale: float,
) -> Outflow:
    """One quarter of all programmes: graduates leave the queue, students join it.

    scale multiplies the places without policy; 0 for none. Source: Model text 4.7; SPEC.
    """
    graduates, left = np.zeros_like(unfilled), 0.0
    for programme, name in enumerate(PROGRAMMES):
        demand = demand_for(unfilled, programme)
        places = places_by_zone(levers, programme, rules.places[programme] * scale, homes, demand, rules)
        if name not in queues and not places.any():
            continue
        shape = (int(rules.quarters[programme]), *unfilled.shape, GROUPS)
        queue = queues.setdefault(name, np.zeros((shape[0], *unfilled.shape, 4, 2, 2))).reshape(shape)
        staying, dropped, gone = outcome(queue[0], programme, rules)
        starting, taken = intake(cells, unfilled, places, programme, rules)
        queue[:-1] = queue[1:]
        queue[-1] = starting
        cells[:, OPERATORS, :, SEARCHING:] -= taken
        cells[..., SEARCHING] += staying
        cells[:, OPERATORS, :, ELSEWHERE] += dropped.sum(axis=1)
        graduates += staying.sum(axis=2)
        left += float(gone.sum())
    return Outflow(graduates, left)


def steady_study(cells: Cells, queues: dict[str, Cells], unfilled: Real, rules: PeopleRules, scale: float) -> Cells:
    """Fill the queues as if education had always run as at the start; returns the yearly change of the pool.

    returns (zones, 5, groups) persons/yr: graduates and drop-outs minus those who start. Source: Model text 4.7; SPEC.
    """
    change = np.zeros(cells.shape[:3])
    for programme, name in enumerate(PROGRAMMES):
        demand = demand_for(unfilled, programme)
        total = demand.sum()
        if not rules.places[programme] or total <= 0:
            continue
        places = demand / total * (rules.places[programme] * scale / 4)
        starting, taken = intake(cells, unfilled, places, programme, rules)
        length = int(rules.quarters[programme])
        queues[name] = np.repeat(starting[None], length, axis=0).reshape(length, *unfilled.shape, 4, 2, 2)
        staying, dropped, _ = outcome(starting, programme, rules)
        change += 4 * staying
        change[:, OPERATORS] += 4 * (dropped.sum(axis=1) - taken.sum(axis=2))
    return change
