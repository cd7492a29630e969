"""Population and education: who joins and leaves industry's labour pool (Model text 4.9 and 4.7, supply).

Every person enters or leaves through an account of `PeopleFlows`, so that the pool can be checked each quarter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from simulator.agents.columns import Floats
from simulator.agents.firms import OPERATORS
from simulator.agents.people import EARLY, ELSEWHERE, EMPLOYED, LATE, SEARCHING, YOUNG, Cells, People
from simulator.economy.drivers import Quarter
from simulator.economy.education import steady_study, study
from simulator.economy.labour_rules import GROUPS, LabourState
from simulator.economy.matching import Real, sent_home
from simulator.economy.people_rules import PeopleRules as PeopleRules
from simulator.region.facts import Region

WIDTHS = (9.0, 15.0, 15.0, 14.0)
"""Years in each age band."""
SCHOOL, RECOGNITION = "school", "recognition"
LONGEST_RECOGNITION = 12


class Levers(Protocol):
    """What population and education ask of policy."""

    def zone(self, name: str) -> float | Floats:
        """Value per zone, or one number."""

    def county(self, name: str) -> float | Floats:
        """Value per county, or one number for the region."""


@dataclass(slots=True)
class PeopleFlows:
    """One quarter: persons who entered and left pool and queues; by zone and class (zones, 5) who became available.

    new_supply       school leavers, graduates and newcomers who start to look for work
    youth_migration  returns at 25-39 minus out-migration at 16-24
    """

    entered: float
    left: float
    new_supply: Real
    youth_migration: Real


@dataclass(frozen=True, slots=True)
class _Places:
    """Zones of the region: population (zones,), its trend 1/yr, rural share, (counties, zones) share of people."""

    population: Real
    trend: Real
    rural: Real
    homes: Real


def people_quarter(
    people: People,
    labour: LabourState,
    quarter: int,
    now: Quarter,
    levers: Levers,
    region: Region,
    rules: PeopleRules,
    *,
    constant: bool,
    scale: float,
) -> PeopleFlows:
    """Age, move, choose school once a year; study and arrive every quarter.

    constant: nobody ages, moves or comes from outside, and there are no places without policy.
    Source: Model text 4.9, 4.7; SPEC.
    """
    zones = len(people.cells)
    cells = people.cells.reshape(zones, 5, GROUPS, 3)
    places = _places(region, zones, scale)
    flows = PeopleFlows(0.0, 0.0, np.zeros((zones, 5)), np.zeros((zones, 5)))
    if not constant:
        if labour.movers is None:
            labour.movers = _steady_start(cells, people.queues, labour, places, rules, scale)
            flows.entered += sum(float(queue.sum()) for queue in people.queues.values())
        if quarter % 4 == 0:
            _age(cells)
            _migrate(cells, flows, now, levers, places, rules)
            _replace(cells, flows, rules.replacement * labour.movers)
            _choose_school(people.queues[SCHOOL], flows, now, levers, places, labour.attractiveness, rules, quarter)
            _immigrate(cells, people.queues[RECOGNITION], flows, now, levers, rules, quarter)
        for name in (SCHOOL, RECOGNITION):
            _arrive(cells, people.queues[name], quarter, flows)
        _age_out(cells, flows)
    _recruit_outside(cells, flows, levers)
    graduates = study(
        cells, people.queues, labour.unfilled, levers, places.homes, rules, 0.0 if constant else scale, quarter
    )
    flows.new_supply += graduates.graduates
    flows.left += graduates.left
    return flows


@lru_cache(maxsize=4)
def _places(region: Region, zones: int, scale: float) -> _Places:
    people = region.population.astype(np.float64)
    population = np.bincount(region.zone, people, zones).astype(np.float64)
    divisor = np.where(population > 0, population, 1.0)
    trend = np.bincount(region.zone, people * region.population_trend, zones) / divisor
    rural = np.bincount(region.zone, people * region.rural, zones) / divisor
    homes = np.zeros((int(np.max(region.county)) + 1, zones))
    np.add.at(homes, (region.county, region.zone), people)
    return _Places(population * scale, trend, rural, homes / homes.sum(axis=1, keepdims=True))


def _by_age(cells: Cells) -> Cells:
    """The same cells as (zones, 5, 4 ages, 4 genders x origins, 3)."""
    return cells.reshape(len(cells), 5, 4, 4, 3)


def _age(cells: Cells) -> None:
    """Move 1/width of each band up, in every status; the last band leaves by retirement and `_age_out`."""
    cells += _ageing(cells)


def _age_out(cells: Cells, flows: PeopleFlows) -> None:
    late = cells[:, :, 4 * LATE :, SEARCHING:]
    leaving = late / (4 * WIDTHS[LATE])
    late -= leaving
    flows.left += float(leaving.sum())


def _migrate(
    cells: Cells, flows: PeopleFlows, now: Quarter, levers: Levers, places: _Places, rules: PeopleRules
) -> None:
    """Migration trend on the whole pool, taken from those not employed; the young leave, some return later."""
    ages = _by_age(cells)
    free = cells[..., SEARCHING:]
    idle = free.sum(axis=(1, 2, 3))
    everybody = cells.sum(axis=(1, 2, 3))
    change = np.maximum((places.trend + now.population_shift) * everybody, -0.5 * idle)
    free *= (1 + change / np.where(idle > 0, idle, 1.0))[:, None, None, None]
    flows.entered += float(np.maximum(change, 0).sum())
    flows.left += float(np.maximum(-change, 0).sum())

    returning = rules.returning * ages[:, :, EARLY].sum(axis=3)
    rate = out_migration(now.urban_pull, places.rural, levers.zone("youth_outmigration_factor"), rules)
    young = ages[:, :, YOUNG, :, SEARCHING:]
    leaving = young * rate[:, None, None, None]
    young -= leaving
    ages[:, :, EARLY, :, ELSEWHERE] += returning
    flows.entered += float(returning.sum())
    flows.left += float(leaving.sum())
    flows.youth_migration += returning.sum(axis=2) - leaving.sum(axis=(2, 3))


def out_migration(pull: float, rural: Real, factor: float | Floats, rules: PeopleRules) -> Real:
    """Out-migration of the young by zone, 1/yr: .06 mu (1 + .3 rural) A_y, at most .9.

    pull mu; rural share (zones,); factor A_y number or (zones,). Source: Model text 4.7; SPEC.
    """
    return np.minimum(rules.out_migration * pull * (1 + rules.rural_out_migration * rural) * factor, 0.9)


def _replace(cells: Cells, flows: PeopleFlows, movers: Cells) -> None:
    """Moves between industry and other sectors: people come to or leave those elsewhere."""
    elsewhere = cells[..., ELSEWHERE]
    change = np.maximum(movers, -0.5 * elsewhere)
    elsewhere += change
    flows.entered += float(np.maximum(change, 0).sum())
    flows.left += float(np.maximum(-change, 0).sum())


def choosing_industry(
    population: Real, attractiveness: Real, women_factor: float | Floats, rules: PeopleRules
) -> Cells:
    """People aged 16 who choose industry in a year, by zone, class and group: cohort x s_g, s_g = s0_g attr.

    population, attractiveness (zones,); women_factor A_w number or (zones,); returns (zones, 5, groups) persons/yr
    Source: Model text 1.7 #19, 4.7; SPEC.
    """
    cohort = population * rules.cohort / 100 / 2 * attractiveness
    chosen = np.stack((cohort * rules.women_choosing * women_factor, cohort * rules.men_choosing), axis=1)
    origin = np.array([1 - rules.cohort_foreign_born, rules.cohort_foreign_born])
    groups = np.zeros((len(population), GROUPS))
    groups[:, :4] = (chosen[:, :, None] * origin).reshape(-1, 4)
    classes = np.array(rules.school_classes) / sum(rules.school_classes)
    return groups[:, None, :] * classes[:, None]


def _choose_school(
    queue: Cells,
    flows: PeopleFlows,
    now: Quarter,
    levers: Levers,
    places: _Places,
    attractiveness: Real,
    rules: PeopleRules,
    quarter: int,
) -> None:
    population = places.population * np.exp((places.trend + now.population_shift) * now.years)
    chosen = choosing_industry(population, attractiveness, levers.zone("women_choice_factor"), rules)
    _enqueue(queue, chosen, np.full(len(chosen), rules.school_quarters), quarter)
    flows.entered += float(chosen.sum())


def _enqueue(queue: Cells, yearly: Cells, lag: Real, quarter: int) -> None:
    """Spread a year's people evenly over four quarters that begin `lag` (zones,) quarters from now."""
    quarterly = yearly.reshape(yearly.shape[0], 5, 4, 2, 2) / 4
    zones = np.arange(len(yearly))
    first = quarter + lag.astype(np.intp)
    for step in range(4):
        queue[(first + step) % len(queue), zones] += quarterly


def newcomers(cells: Cells, rate: float) -> Cells:
    """Foreign-born newcomers of a year, aged 25-39, in the classes and genders of the employed foreign-born.

    cells (zones, 5, groups, 3); rate 1/yr of the pool; returns (zones, 5, groups) persons/yr
    Source: Model text 4.7; SPEC.
    """
    foreign = cells.reshape(len(cells), 5, 4, 2, 2, 3)[..., 1, EMPLOYED].sum(axis=2)
    total = foreign.sum(axis=(1, 2), keepdims=True)
    arriving = rate * cells.sum(axis=(1, 2, 3))[:, None, None] * foreign / np.where(total > 0, total, 1.0)
    groups = np.zeros((len(cells), 5, 4, 2, 2))
    groups[:, :, EARLY, :, 1] = arriving
    return groups.reshape(len(cells), 5, GROUPS)


def _immigrate(
    cells: Cells, queue: Cells, flows: PeopleFlows, now: Quarter, levers: Levers, rules: PeopleRules, quarter: int
) -> None:
    arriving = newcomers(cells, rules.foreign_inflow * now.immigration)
    wait = np.clip(np.rint(rules.recognition + levers.zone("recognition_lag")), 0, LONGEST_RECOGNITION)
    _enqueue(queue, arriving, np.broadcast_to(wait, len(cells)), quarter)
    flows.entered += float(arriving.sum())


def _arrive(cells: Cells, queue: Cells, quarter: int, flows: PeopleFlows) -> None:
    """Who is through a queue starts to look for work."""
    through = queue[quarter % len(queue)]
    arrived = through.reshape(cells.shape[:3])
    cells[..., SEARCHING] += arrived
    flows.new_supply += arrived.sum(axis=2)
    through[...] = 0


def _recruit_outside(cells: Cells, flows: PeopleFlows, levers: Levers) -> None:
    """Skilled people who move in, a share per year of the employed of their class, operators apart."""
    share = levers.zone("skilled_inflow")
    if isinstance(share, float) and not share:
        return
    employed = cells[..., EMPLOYED].sum(axis=2)
    coming = employed * np.broadcast_to(share, len(cells))[:, None] / 4
    coming[:, OPERATORS] = 0
    early = _by_age(cells)[:, :, EARLY]
    mix = early[..., EMPLOYED]
    total = mix.sum(axis=2, keepdims=True)
    early[..., SEARCHING] += coming[..., None] * np.where(total > 0, mix / np.where(total > 0, total, 1.0), 0.25)
    flows.entered += float(coming.sum())
    flows.new_supply += coming


def _steady_start(
    cells: Cells, queues: dict[str, Cells], labour: LabourState, places: _Places, rules: PeopleRules, scale: float
) -> Cells:
    """Put queues, ages of searchers and the hazard from elsewhere in balance with an ageing population.

    Returns the moves from other sectors that keep each group of the pool: minus its change in a year without
    migration trend, policy or changed drivers, (zones, 5, groups) persons/yr. Source: Model text 1.7 #18, 4.9; SPEC.
    """
    start = labour.start
    employed, ageing = cells[..., EMPLOYED], _ageing(cells)
    wanted = np.maximum(employed * start.leaving - ageing[..., EMPLOYED] / 4, 0.0)
    total = wanted.sum(axis=2, keepdims=True)
    cells[..., SEARCHING] = cells[..., SEARCHING].sum(axis=2, keepdims=True) * wanted / np.where(total > 0, total, 1.0)
    ageing = _ageing(cells)
    rates = np.zeros((len(cells), 4))
    rates[:, YOUNG] = out_migration(1.0, places.rural, 1.0, rules)
    rates[:, LATE] = 1 / WIDTHS[LATE]
    lost = cells[..., SEARCHING:] * np.repeat(rates, 4, axis=1)[:, None, :, None]
    arrivals, students = steady_study(cells, queues, labour.unfilled, rules, scale)
    arrivals[..., 0] += _fill_queues(cells, queues, places, rules)
    change = ageing.sum(axis=3) - lost.sum(axis=3) + arrivals.sum(axis=3) - students.sum(axis=3)
    change -= 4 * employed * start.retiring
    change[:, :, 4 * EARLY : 4 * EARLY + 4] += rules.returning * cells[:, :, 4 * EARLY : 4 * EARLY + 4].sum(axis=3)
    gained = (arrivals[..., 0] + ageing[..., SEARCHING] - lost[..., 0] - students[..., 0]) / 4
    back = sent_home(labour.commuters, employed * start.returning)
    needed = (start.finding + start.giving_up)[..., None] * cells[..., SEARCHING] - back - gained
    source = cells[..., ELSEWHERE]
    labour.finding_hazard = np.clip(needed / np.where(source > 0, source, 1.0), 0.0, 1.0)
    movers: Cells = -change
    return movers


def _ageing(cells: Cells) -> Cells:
    """Yearly change of each group and status by ageing into and out of its band, the last band's end apart."""
    ages = _by_age(cells)
    change = np.zeros_like(ages)
    for age in range(LATE):
        risers = ages[:, :, age] / WIDTHS[age]
        change[:, :, age] -= risers
        change[:, :, age + 1] += risers
    flat: Cells = change.reshape(cells.shape)
    return flat


def _fill_queues(cells: Cells, queues: dict[str, Cells], places: _Places, rules: PeopleRules) -> Cells:
    """Put those in school and those waiting for recognition at the start into queues; returns arrivals a year."""
    zones = len(cells)
    leavers = choosing_industry(places.population, np.ones(zones), 1.0, rules)
    arriving = newcomers(cells, rules.foreign_inflow)
    for name, yearly, wait, longest in (
        (SCHOOL, leavers, rules.school_quarters, rules.school_quarters),
        (RECOGNITION, arriving, round(rules.recognition), LONGEST_RECOGNITION),
    ):
        queues[name] = np.zeros((longest + 4, zones, 5, 4, 2, 2))
        queues[name][:wait] = yearly.reshape(zones, 5, 4, 2, 2) / 4
    return leavers + arriving
