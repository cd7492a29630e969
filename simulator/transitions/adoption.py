"""The digital steps of a quarter: finished projects, awareness, decisions (Model text 2, steps 3, 7 and 8; 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Small, rows_where, single
from simulator.agents.exposure import Exposure, StartExposure
from simulator.agents.firms import (
    DONE,
    ENGINEERS,
    NO_ATTENTION,
    NO_FINANCE,
    NO_SKILLS,
    OPERATORS,
    OWNER,
    RUNNING,
    TECHNICIANS,
    UNAWARE,
    UNDECIDED,
    UNPROFITABLE,
)  # fmt: skip
from simulator.agents.world import World, lever_of
from simulator.economy import demography, finance
from simulator.economy.demography import Demography
from simulator.economy.finance import Finance
from simulator.interventions.levers import subsidy as granted
from simulator.transitions import digitalisation as digital
from simulator.transitions.competence import Training, level_shift
from simulator.transitions.digitalisation import Digitalisation
from simulator.transitions.requirements import Announced

TOP = 3
_AFTER_PROJECT = np.array([UNAWARE, UNAWARE, UNAWARE, DONE], np.int8)
"""Barrier by digital level when a project has ended."""


@dataclass(frozen=True, slots=True)
class Completed:
    """Projects that ended this quarter: how many worked, and the rows whose project failed."""

    succeeded: int
    failed: Rows


class Rules(Protocol):
    """The parameter groups that a decision reads."""

    @property
    def digital(self) -> Digitalisation:
        """Of the digital transition."""

    @property
    def finance(self) -> Finance:
        """Of cash and credit."""

    @property
    def demography(self) -> Demography:
        """Of owners."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What firms meet when they decide.

    wage_index, technology_cost   1     indices of the quarter
    skill_need      (4 levels, industries)  1  technical staff share that a level needs
    collateral      1 or (rows,)   1     weight of collateral at the bank
    offer           (rows,) each         subsidy share, and cap in kSEK, of the awards in force
    awaited         (rows,) or None      firms that wait for an announced measure
    announced       or None              suppliers that know of a requirement ahead
    """

    wage_index: float
    technology_cost: float
    skill_need: Floats
    collateral: Floats | float
    offer: tuple[Floats | float, Floats | float]
    awaited: Flags | None
    announced: Announced | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """Projects decided this quarter, and what stopped the others.

    rows, cost, subsidy  (projects,)  kSEK
    wanted, no_finance, no_skills   counts of profitable projects, and of those stopped
    """

    rows: Rows
    cost: Floats
    subsidy: Floats
    wanted: int
    no_finance: int
    no_skills: int


def technical_share(staff: Floats) -> Floats:
    """Technicians and engineers in staff; staff (5, rows), returns (rows,). Source: Model text 4.4b."""
    everybody = staff.sum(0)
    share: Floats = staff[TECHNICIANS] + staff[ENGINEERS]
    share /= np.maximum(everybody, np.float32(0.1), out=everybody)
    return share


def skill_need(composition: Floats, training: Training, p: Digitalisation) -> Floats:
    """Technical staff share that a level needs: 0.9 (base + cumulative shift); (4 levels, industries).

    composition  (industries, 5)  base composition of staff, of which technicians and engineers count

    Source: Model text 4.4b.
    """
    technical = [TECHNICIANS, ENGINEERS]
    shift = single(level_shift(training)[:, technical].sum(1))
    need: Floats = np.float32(p.skill_need) * (single(composition[:, technical].sum(1)) + shift[:, None])
    return need


def complete_projects(world: World, filling: Floats, p: Digitalisation) -> Completed:
    """Let finished digital projects succeed or fail.

    filling  (zones,)  share of technicians' vacancies filled last quarter
    """
    firms = world.firms
    ending = rows_where(firms.digital_project == 1)
    firms.digital_project -= firms.digital_project > 0
    firms.digital_pause -= firms.digital_pause > 0
    if not len(ending):
        return Completed(0, ending)
    chance = digital.success_probability(
        firms.absorptive_capacity.take(ending),
        filling.take(firms.zone.take(ending)),
        firms.digital_support.take(ending),
        p,
    )
    works = world.draw("digital.success", ending) < chance
    winners, losers = ending[works], ending[~works]
    level = firms.digital_level.take(ending) + works
    firms.digital_level[ending] = level
    firms.effectiveness[winners] = p.effect_new
    firms.digital_pause[losers] = int(p.pause)
    firms.digital_support[ending] = 0
    firms.aware_digital[ending] = False
    firms.barrier[ending] = _AFTER_PROJECT.take(level)
    world.note("reached_level", winners, level[works])
    world.note("project_failed", losers, level[~works] + np.int8(1))
    return Completed(len(winners), losers)


def learn_effectiveness(world: World, needs: Floats, management: Floats, p: Digitalisation) -> None:
    """Move every firm's realised effectiveness towards what its staff and management allow.

    needs  (4 levels, industries)  technical staff share that a level needs
    """
    firms = world.firms
    if world.switches.skill_constraint:
        need = np.maximum(needs, np.float32(1e-6)).ravel()
        ratio = technical_share(firms.staff)
        ratio /= need.take(firms.digital_level * np.int16(needs.shape[1]) + firms.industry)
    else:
        ratio = np.ones(firms.size, np.float32)
    firms.effectiveness = digital.next_effectiveness(firms.effectiveness, ratio, management, p)


def become_aware(
    world: World, exposure: Exposure | StartExposure, frontier: float, p: Digitalisation,
    announced: Announced | None = None,
) -> None:  # fmt: skip
    """Draw who starts to consider the next digital level, by itself, through others, or told by a measure."""
    firms = world.firms
    unaware = ~firms.aware_digital & (firms.digital_level < TOP) & (firms.digital_project == 0)
    chosen = told_now(world, unaware)
    if announced is not None:
        chosen = np.union1d(chosen, announced.rows[unaware[announced.rows]])
    if world.switches.diffusion:
        alone = _aware_alone(world, rows_where(unaware), exposure, frontier, p)
        chosen = np.union1d(chosen, alone) if len(chosen) else alone
    firms.aware_digital[chosen] = True
    firms.barrier[chosen] = UNDECIDED
    world.note("became_aware", chosen, firms.digital_level[chosen] + np.int8(1))


def _aware_alone(
    world: World, rows: Rows, exposure: Exposure | StartExposure, frontier: float, p: Digitalisation
) -> Rows:
    """Rows that become aware by themselves or through others; only those whose luck allows it look around."""
    firms = world.firms
    draw = world.draw("digital.awareness", rows)
    weight = world.levers.firm("peer_weight")
    innovation, imitation = single(p.innovation), single(p.imitation)
    most = np.float32(max(weight, 1.0) if isinstance(weight, float) else weight.take(rows).max(initial=1))
    best = digital.awareness_probability(innovation, imitation, most, frontier)
    level = firms.digital_level.take(rows)
    open_to_it = rows_where(draw < best.take(level))
    rows, draw, level = rows.take(open_to_it), draw.take(open_to_it), level.take(open_to_it)
    seen, failed = exposure.digital(rows)
    seen *= np.float32(lever_of(weight, rows))
    calm = np.where(failed, np.float32(p.discouragement), np.float32(1))
    chance = digital.awareness_probability(innovation.take(level) * calm, imitation.take(level) * calm, seen, frontier)
    return rows[draw < chance]


def told_now(world: World, unaware: Flags) -> Rows:
    """Rows that become aware because a measure has contacted or supported them."""
    rows, chance = world.levers.told("digital")
    if not len(rows):
        return rows
    rows, chance = rows[unaware[rows]], chance[unaware[rows]]
    return rows[world.draw("digital.told", rows) < chance]


def _reviewing(world: World, awaited: Flags | None, p: Digitalisation) -> Rows:
    """Rows of firms that decide this quarter."""
    firms = world.firms
    busy = firms.digital_project | firms.digital_pause
    ready = rows_where(firms.aware_digital & (firms.digital_level < TOP) & (busy == 0))
    rate: float | Floats = p.review_rate
    if awaited is not None:
        rate = p.review_rate * np.where(awaited[ready], np.float32(1 - p.announcement_delay), np.float32(1))
    return ready[world.draw("digital.review", ready) < -np.expm1(-rate * np.float32(0.25))]


def _worth_it(world: World, rows: Rows, net_cost: Floats, limit: Floats, setting: Setting, p: Digitalisation) -> Flags:
    """Whether value per own krona, with the firm's own judgement, beats the hurdle; limit is the owner's horizon."""
    firms = world.firms
    level = firms.digital_level.take(rows)
    worker = world.region.industries.value_added_per_worker.take(firms.industry.take(rows))
    worker = worker * np.float32(setting.wage_index)
    years = np.minimum(single(p.lifetime).take(level), limit)
    value = digital.value_per_cost(
        level, firms.absorptive_capacity.take(rows), worker * firms.employment.take(rows), years, net_cost, p
    )
    if setting.announced is not None:
        stake = np.zeros(firms.size, np.float32)
        stake[setting.announced.rows] = setting.announced.stake
        kept = stake.take(rows) * digital.annuity(p.discount_rate, years)
        value += np.divide(kept, net_cost, out=np.zeros_like(kept), where=net_cost > 0)
    factor = np.float32(lever_of(world.levers.firm("uncertainty_factor", "digital"), rows))
    barrier = np.log(digital.hurdle(np.float32(p.volatility) * factor, p.discount_rate))
    renewal = np.where(firms.succession.take(rows) == 2, np.float32(np.log(p.renewal)), np.float32(0))
    with np.errstate(divide="ignore"):  # without any gain the value is nil and its logarithm beneath every hurdle
        own = np.log(value, out=value)
    own += firms.digital_taste[level, rows]
    own += renewal
    worth: Flags = own >= barrier
    return worth


def _can_pay(world: World, rows: Rows, own: Floats, collateral: Floats | float, p: Finance) -> Flags:
    """Whether cash above the reserve and headroom at the bank cover the firm's part; (rows,)."""
    firms = world.firms
    if not world.switches.finance_constraint:
        return np.ones(len(rows), bool)
    sales = firms.sales_year.take(rows)
    limit = finance.credit_limit(firms.ebitda_year.take(rows), sales, collateral, p)
    headroom = np.maximum(0, limit - firms.debt.take(rows))
    enough: Flags = own <= finance.own_funds(firms.cash.take(rows), sales, p) + headroom
    return enough


def decide_projects(world: World, setting: Setting, p: Rules) -> Started:
    """Let aware firms decide on their next digital level: value, owner, finance, skills, attention, in this order."""
    firms = world.firms
    rows = _reviewing(world, setting.awaited, p.digital)
    cost = digital.project_cost(
        firms.digital_level.take(rows), firms.employment.take(rows), setting.wage_index * setting.technology_cost,
        p.digital,
    )  # fmt: skip
    share, cap = (np.float32(lever_of(part, rows)) for part in setting.offer)
    subsidy = granted(share, cap, cost)
    will, horizon = demography.owner_will(
        firms.owner_age.take(rows), firms.succession.take(rows),
        lever_of(world.levers.firm("owner_openness"), rows), p.demography,
    )  # fmt: skip
    worth = _worth_it(world, rows, cost - subsidy, horizon, setting, p.digital)
    firms.barrier[rows] = UNPROFITABLE
    keen = rows_where(worth)
    rows, cost, subsidy = rows.take(keen), cost.take(keen), subsidy.take(keen)
    owner, postpone = world.draws(rows, "digital.owner", "digital.postpone")
    willing = owner < will.take(keen)
    reasons = _obstacles(world, rows, cost - subsidy, willing, postpone, setting, p)
    firms.barrier[rows] = reasons
    go = rows_where(reasons == RUNNING)
    rows = rows.take(go)
    _start(world, rows, p.digital)
    no_finance, no_skills = (int(np.count_nonzero(reasons == reason)) for reason in (NO_FINANCE, NO_SKILLS))
    return Started(rows, cost.take(go), subsidy.take(go), int(np.count_nonzero(willing)), no_finance, no_skills)


def _obstacles(
    world: World, rows: Rows, own: Floats, willing: Flags, postpone: Floats, setting: Setting, p: Rules
) -> Small:
    """What stops profitable projects: the first of owner, finance, skills and attention, or RUNNING; (rows,).

    own  kSEK  the firm's part of the cost;  postpone  luck of those that lack skills, who also want other people
    """
    firms, switches = world.firms, world.switches
    paid = _can_pay(world, rows, own, lever_of(setting.collateral, rows), p.finance)
    need = setting.skill_need[firms.digital_level.take(rows) + 1, firms.industry.take(rows)]
    gap = np.maximum(0, need - technical_share(firms.staff[:, rows]))
    gap *= np.float32(switches.skill_constraint)
    short = gap > 0
    postponed = short & (postpone < p.digital.postponement)
    attentive = (firms.green_project.take(rows) > 0) < np.maximum(1, firms.employment.take(rows) // 20)
    attentive |= not switches.attention
    reasons = np.full(len(rows), RUNNING, np.int8)
    for held, reason in (
        (~attentive, NO_ATTENTION), (postponed, NO_SKILLS), (~paid, NO_FINANCE), (~willing, OWNER),
    ):  # fmt: skip
        reasons[held] = reason
    seeking = rows_where(willing & paid & short)
    _seek_skills(world, rows.take(seeking), gap.take(seeking), p.digital)
    return reasons


def _start(world: World, rows: Rows, p: Digitalisation) -> None:
    firms = world.firms
    firms.digital_project[rows] = np.asarray(p.duration, np.int8)[firms.digital_level[rows]]
    firms.digital_support[rows] = lever_of(world.levers.firm("success_gain", "digital"), rows)
    world.note("project_started", rows, firms.digital_level[rows] + np.int8(1))


def _seek_skills(world: World, rows: Rows, gap: Floats, p: Digitalisation) -> None:
    """Firms that lack skills want other people: base composition moves from operators to technicians and engineers."""
    if not len(rows):
        return
    mix = world.firms.composition[:, rows]
    moved = np.minimum(gap, np.maximum(mix[OPERATORS] - np.float32(0.01), 0))
    mix[OPERATORS] -= moved
    mix[TECHNICIANS] += np.float32(p.retraining[0]) * moved
    mix[ENGINEERS] += np.float32(p.retraining[1]) * moved
    world.firms.composition[:, rows] = mix
