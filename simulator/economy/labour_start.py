"""The labour market at the start: people, vacancies, wages, hazards (Model text 1.7 #12, #13, #15, #18)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Small
from simulator.agents.people import ELSEWHERE, EMPLOYED, SEARCHING, Cells, People
from simulator.economy.labour_rules import GROUPS, LabourMarket, LabourState, StartRates, group_rates
from simulator.economy.matching import Real, commuting_weights, sent_home, vacancies_that_give
from simulator.quantity import number, vector

_AGE_LABELS = ("16_24", "25_39", "40_54", "55_68")


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Who belongs to industry's labour pool at the start."""

    ages: tuple[float, ...] = vector(
        (0.09, 0.33, 0.33, 0.25),
        _AGE_LABELS,
        "1",
        (0, 1),
        "Ages of the employed",
        "Åldrar bland de sysselsatta",
        basis="judgement",
        spread=(0.8, 1.2),
    )
    women: float = number(
        0.213, "1", (0, 1), "Women among the employed", "Kvinnor bland de sysselsatta", basis="derived:SPEC"
    )
    foreign_born: float = number(
        0.13,
        "1",
        (0, 1),
        "Foreign-born among the employed",
        "Utrikes födda bland de sysselsatta",
        basis="judgement",
        uncertain=(0.1, 0.18),
    )
    searching: float = number(
        0.08,
        "1",
        (0.04, 1),
        "Searchers per employed person",
        "Sökande per sysselsatt",
        basis="judgement",
        uncertain=(0.06, 0.11),
        help_en="One of the two values that may be re-tuned so that the constant scenario stays flat.",
        help_sv="Ett av de två värden som får justeras så att det konstanta scenariot ligger still.",
    )
    elsewhere: float = number(
        1.0,
        "1",
        (0, 10),
        "Skilled people elsewhere per employed person",
        "Kunniga på annat håll per sysselsatt",
        basis="judgement",
        uncertain=(0.7, 1.5),
    )


def initial_people(staff: Real, pool: Pool, parameters: LabourMarket) -> People:
    """People at the start, in a mix that separations and hires leave as it is.

    E_a = ages; U_a ~ E_a (quits_a + retirement_a + job loss), so that hires replace leavers age by age;
    O_a ~ E_a ((1 - .5) quits_a + retirement_a) + .10 U_a, so that the flow from elsewhere replaces searchers likewise

    staff  (zones, 5) persons employed by firms and anchors
    Source: Model text 1.7 #12; SPEC.
    """
    ages = np.array(pool.ages) / sum(pool.ages)
    quits, retirements = (rates.reshape(4, 4)[:, 0] for rates in group_rates(parameters, parameters.retirement_rate))
    searching = ages * (quits + retirements + parameters.job_loss_start)
    searching *= pool.searching / searching.sum() if searching.any() else 0.0
    elsewhere = ages * ((1 - parameters.quit_to_search) * quits + retirements) + parameters.discouragement * searching
    elsewhere *= pool.elsewhere / elsewhere.sum() if elsewhere.any() else 0.0
    by_status = np.empty((4, 3))
    by_status[:, EMPLOYED], by_status[:, SEARCHING], by_status[:, ELSEWHERE] = ages, searching, elsewhere
    gender = np.array([pool.women, 1 - pool.women])
    origin = np.array([1 - pool.foreign_born, pool.foreign_born])
    cells = np.einsum("zc,as,g,o->zcagos", staff, by_status, gender, origin)
    return People(np.ascontiguousarray(cells), {})


def initial_labour(people: People, minutes: Real | Floats, rural: Flags, parameters: LabourMarket) -> LabourState:
    """The labour market at which searchers, commuters and staff stand still.

    minutes (zones, zones); rural (municipalities,). Source: Model text 1.7 #13, #15, #18; SPEC.
    """
    zones = len(people.cells)
    minutes = minutes.astype(np.float64)
    cells = people.cells.reshape(zones, 5, GROUPS, 3)
    employed, searching = (cells[..., status].sum(axis=2) for status in (EMPLOYED, SEARCHING))
    weights = commuting_weights(minutes, employed.sum(axis=1), parameters.commuting_decay, parameters.own_zone)
    quits, retirements = _class_rates(cells[..., EMPLOYED], employed, parameters)
    lost = quits + retirements + parameters.job_loss_start
    looking = parameters.searching_at_work
    searchers = weights.T @ (searching + looking * employed)
    finding = _steady_finding(lost * employed, looking * employed, searchers, weights)
    elasticity = np.array(parameters.matching_elasticity)
    vacancies = vacancies_that_give(finding * searchers, searchers, elasticity)
    fill = np.where(vacancies > 0, finding * searchers / np.where(vacancies > 0, vacancies, 1.0), 1.0)
    poached = looking * (weights @ finding)
    gap = 2 * (quits + retirements + poached) * (1 / fill - 1) + parameters.gap_margin_start
    commuters = _steady_commuters(employed, searching, finding, weights, lost + poached, looking)
    group_quits, group_retirements = group_rates(parameters, parameters.retirement_rate)
    returning = parameters.quit_to_search * group_quits + parameters.job_loss_start
    back = sent_home(commuters, cells[..., EMPLOYED] * returning)
    going = (weights @ finding + parameters.discouragement)[..., None] * cells[..., SEARCHING]
    needed, source = (going - back).sum(axis=2), cells[..., ELSEWHERE].sum(axis=2)
    return LabourState(
        wages=np.ones((zones, 5)),
        tightness_start=vacancies / np.where(searchers > 0, searchers, 1.0),
        fill=fill,
        poached=poached,
        finding_hazard=np.clip(needed / np.where(source > 0, source, 1.0), 0.0, 1.0)[..., None],
        gap=gap,
        commuters=commuters,
        minutes=minutes,
        jobs=employed.sum(axis=1),
        weights=weights,
        start=StartRates(
            leaving=group_quits + group_retirements + parameters.job_loss_start,
            returning=returning,
            retiring=group_retirements,
            finding=weights @ finding,
            giving_up=parameters.discouragement,
        ),
        unfilled=vacancies * (1 - fill),
        training_share=np.zeros(zones),
        attractiveness=np.ones(zones),
        rural=rural,
    )


def _class_rates(employed: Cells, total: Real, parameters: LabourMarket) -> tuple[Real, Real]:
    divisor = np.where(total > 0, total, 1.0)
    quits, retirements = group_rates(parameters, parameters.retirement_rate)
    return employed @ quits / divisor, employed @ retirements / divisor


def _steady_finding(lost: Real, looking: Real, searchers: Real, weights: Real) -> Real:
    """Finding rate by work zone at which hires replace both losses and people poached: a contraction."""
    divisor = np.where(searchers > 0, searchers, 1.0)
    finding = lost / divisor
    for _ in range(200):
        finding = (lost + looking * (weights @ finding)) / divisor
    return finding


def _steady_commuters(
    employed: Real, searching: Real, finding: Real, weights: Real, leaving: Real, looking: float
) -> Real:
    """Employed by class, work zone and home zone that leavers and hires leave as they are."""
    zones = np.arange(len(employed))
    commuters = np.zeros((5, len(zones), len(zones)))
    commuters[:, zones, zones] = employed.T
    for _ in range(2000):
        source = looking * commuters
        source[:, zones, zones] += searching.T
        joined = finding.T[..., None] * np.matmul(weights.T, source)
        step = commuters * (1 - leaving).T[..., None] + joined
        settled = np.max(np.abs(step - commuters)) <= 1e-12 * max(float(np.max(employed)), 1e-300)
        commuters = step
        if settled:
            break
    return commuters


def initial_shortage(shares: Floats, zone: Rows | Small, state: LabourState) -> Floats:
    """Initial gap between desired and actual staff of firms: sum_c alpha_c gap_c.

    shares alpha (5, rows); returns (rows,). Source: Model text 1.7 #13; SPEC.
    """
    gap = np.take(state.gap.T.astype(np.float32), zone.astype(np.intp), axis=1)
    gap *= shares
    total: Floats = gap.sum(axis=0)
    return total


def initial_vacancies(
    staff: Floats, zone: Rows | Small, state: LabourState, people: People, parameters: LabourMarket
) -> Floats:
    """Initial vacancies by class: n_c (.5 gap_c + sep_c).

    staff (5, rows) FTE; returns (5, rows) FTE. Source: Model text 1.7 #13; SPEC.
    """
    cells = people.cells.reshape(len(people.cells), 5, GROUPS, 3)[..., EMPLOYED]
    quits, retirements = _class_rates(cells, cells.sum(axis=2), parameters)
    rate = parameters.closing_speed * state.gap + quits + retirements + state.poached
    return staff * np.take(rate.T.astype(np.float32), zone.astype(np.intp), axis=1)
