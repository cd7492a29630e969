"""The digital steps of a quarter: finished projects, awareness, decisions (Model text 2, steps 3, 7 and 8; 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, single
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

TOP = 3


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
    """

    wage_index: float
    technology_cost: float
    skill_need: Floats
    collateral: Floats | float
    offer: tuple[Floats | float, Floats | float]
    awaited: Flags | None


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
    share: Floats = (staff[TECHNICIANS] + staff[ENGINEERS]) / np.maximum(staff.sum(0), np.float32(0.1))
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
    ending = np.flatnonzero(firms.digital_project == 1)
    running = firms.digital_project > 0
    firms.digital_project -= running
    firms.digital_pause -= firms.digital_pause > 0
    chance = digital.success_probability(
        firms.absorptive_capacity[ending], filling[firms.zone[ending]], firms.digital_support[ending], p
    )
    works = world.draw("digital.success", ending) < chance
    winners, losers = ending[works], ending[~works]
    firms.digital_level[winners] += 1
    firms.effectiveness[winners] = p.effect_new
    firms.digital_pause[losers] = int(p.pause)
    firms.digital_support[ending] = 0
    firms.aware_digital[ending] = False
    firms.barrier[ending] = np.where(firms.digital_level[ending] == TOP, DONE, UNAWARE)
    world.note("reached_level", winners, firms.digital_level[winners])
    world.note("project_failed", losers, firms.digital_level[losers] + np.int8(1))
    return Completed(len(winners), losers)


def learn_effectiveness(world: World, needs: Floats, management: Floats, p: Digitalisation) -> None:
    """Move every firm's realised effectiveness towards what its staff and management allow.

    needs  (4 levels, industries)  technical staff share that a level needs
    """
    firms = world.firms
    if world.switches.skill_constraint:
        need = needs[firms.digital_level, firms.industry]
        ratio = technical_share(firms.staff) / np.maximum(need, np.float32(1e-6))
    else:
        ratio = np.ones(firms.size, np.float32)
    firms.effectiveness = digital.next_effectiveness(firms.effectiveness, ratio, management, p)


def become_aware(world: World, exposure: Exposure | StartExposure, frontier: float, p: Digitalisation) -> None:
    """Draw who starts to consider the next digital level, by itself, through others, or told by a measure."""
    firms = world.firms
    unaware = ~firms.aware_digital & (firms.digital_level < TOP) & (firms.digital_project == 0)
    newly = [told_now(world, unaware)]
    if world.switches.diffusion:
        newly.append(_aware_alone(world, np.flatnonzero(unaware), exposure, frontier, p))
    fresh = np.zeros(firms.size, bool)
    for rows in newly:
        fresh[rows] = True
    chosen = np.flatnonzero(fresh)
    firms.aware_digital[chosen] = True
    firms.barrier[chosen] = UNDECIDED
    world.note("became_aware", chosen, firms.digital_level[chosen] + np.int8(1))


def _aware_alone(
    world: World, rows: Rows, exposure: Exposure | StartExposure, frontier: float, p: Digitalisation
) -> Rows:
    """Rows that become aware by themselves or through others; only those whose luck allows it look around."""
    firms = world.firms
    draw = world.draw("digital.awareness", rows)
    weight = lever_of(world.levers.firm("peer_weight"), rows)
    innovation, imitation = single(p.innovation), single(p.imitation)
    best = digital.awareness_probability(innovation, imitation, np.float32(np.max(weight, initial=1)), frontier)
    open_to_it = draw < best[firms.digital_level[rows]]
    rows, draw = rows[open_to_it], draw[open_to_it]
    level = firms.digital_level[rows]
    seen, failed = exposure.digital(rows)
    calm = np.where(failed, np.float32(p.discouragement), np.float32(1))
    seen = seen * np.float32(weight if isinstance(weight, float) else weight[open_to_it])
    chance = digital.awareness_probability(innovation[level] * calm, imitation[level] * calm, seen, frontier)
    return rows[draw < chance]


def told_now(world: World, unaware: Flags) -> Rows:
    """Rows that become aware because a measure has contacted or supported them."""
    rows, chance = world.levers.told("digital")
    rows, chance = rows[unaware[rows]], chance[unaware[rows]]
    return rows[world.draw("digital.told", rows) < chance]


def _reviewing(world: World, awaited: Flags | None, p: Digitalisation) -> Rows:
    """Rows of firms that decide this quarter."""
    firms = world.firms
    ready = np.flatnonzero(
        firms.aware_digital & (firms.digital_level < TOP) & (firms.digital_project == 0) & (firms.digital_pause == 0)
    )
    rate: float | Floats = p.review_rate
    if awaited is not None:
        rate = p.review_rate * np.where(awaited[ready], np.float32(1 - p.announcement_delay), np.float32(1))
    return ready[world.draw("digital.review", ready) < -np.expm1(-rate * np.float32(0.25))]


def _worth_it(
    world: World, rows: Rows, cost: Floats, subsidy: Floats, wage_index: float, limit: Floats, p: Rules
) -> Flags:
    """Whether value per own krona, with the firm's own judgement, beats the hurdle; limit is the owner's horizon."""
    firms, digital_rules = world.firms, p.digital
    level = firms.digital_level[rows]
    worker = world.region.industries.value_added_per_worker[firms.industry[rows]] * np.float32(wage_index)
    value = digital.value_per_cost(
        level, firms.absorptive_capacity[rows], worker * firms.employment[rows],
        np.minimum(single(digital_rules.lifetime)[level], limit), cost - subsidy, digital_rules,
    )  # fmt: skip
    factor = np.float32(lever_of(world.levers.firm("uncertainty_factor", "digital"), rows))
    barrier = np.log(digital.hurdle(np.float32(digital_rules.volatility) * factor, digital_rules.discount_rate))
    renewal = np.where(firms.succession[rows] == 2, np.float32(np.log(digital_rules.renewal)), np.float32(0))
    with np.errstate(divide="ignore"):  # without any gain the value is nil and its logarithm beneath every hurdle
        worth: Flags = np.log(value) + firms.digital_taste[level, rows] + renewal >= barrier
    return worth


def _can_pay(world: World, rows: Rows, own: Floats, collateral: Floats | float, p: Finance) -> Flags:
    """Whether cash above the reserve and headroom at the bank cover the firm's part; (rows,)."""
    firms = world.firms
    if not world.switches.finance_constraint:
        return np.ones(len(rows), bool)
    sales = firms.sales_year[rows]
    limit = finance.credit_limit(firms.ebitda_year[rows], sales, collateral, p)
    enough: Flags = own <= finance.own_funds(firms.cash[rows], sales, p) + np.maximum(0, limit - firms.debt[rows])
    return enough


def decide_projects(world: World, setting: Setting, p: Rules) -> Started:
    """Let aware firms decide on their next digital level: value, owner, finance, skills, attention, in this order."""
    firms, switches = world.firms, world.switches
    rows = _reviewing(world, setting.awaited, p.digital)
    level = firms.digital_level[rows]
    cost = digital.project_cost(level, firms.employment[rows], setting.wage_index * setting.technology_cost, p.digital)
    share, cap = (np.float32(lever_of(part, rows)) for part in setting.offer)
    subsidy = granted(share, cap, cost)
    will, horizon = demography.owner_will(
        firms.owner_age[rows], firms.succession[rows], lever_of(world.levers.firm("owner_openness"), rows), p.demography
    )
    worth = _worth_it(world, rows, cost, subsidy, setting.wage_index, horizon, p)
    willing = world.draw("digital.owner", rows) < will
    paid = _can_pay(world, rows, cost - subsidy, lever_of(setting.collateral, rows), p.finance)
    need = setting.skill_need[level + 1, firms.industry[rows]]
    gap = np.maximum(0, need - technical_share(firms.staff[:, rows])) * np.float32(switches.skill_constraint)
    postponed = (gap > 0) & (world.draw("digital.postpone", rows) < p.digital.postponement)
    attentive = (firms.green_project[rows] > 0) < np.maximum(1, firms.employment[rows] // 20)
    attentive |= not switches.attention
    reasons = np.full(len(rows), RUNNING, np.int8)
    for met, reason in (
        (attentive, NO_ATTENTION), (~postponed, NO_SKILLS), (paid, NO_FINANCE), (willing, OWNER), (worth, UNPROFITABLE),
    ):  # fmt: skip
        reasons[~met] = reason
    firms.barrier[rows] = reasons
    seeking = worth & willing & paid & (gap > 0)
    _seek_skills(world, rows[seeking], gap[seeking], p.digital)
    go = reasons == RUNNING
    _start(world, rows[go], p.digital)
    stopped = [int((reasons == reason).sum()) for reason in (NO_FINANCE, NO_SKILLS)]
    return Started(rows[go], cost[go], subsidy[go], int((worth & willing).sum()), *stopped)


def _start(world: World, rows: Rows, p: Digitalisation) -> None:
    firms = world.firms
    firms.digital_project[rows] = np.asarray(p.duration, np.int8)[firms.digital_level[rows]]
    firms.digital_support[rows] = lever_of(world.levers.firm("success_gain", "digital"), rows)
    world.note("project_started", rows, firms.digital_level[rows] + np.int8(1))


def _seek_skills(world: World, rows: Rows, gap: Floats, p: Digitalisation) -> None:
    """Firms that lack skills want other people: base composition moves from operators to technicians and engineers."""
    mix = world.firms.composition[:, rows]
    moved = np.minimum(gap, np.maximum(mix[OPERATORS] - np.float32(0.01), 0))
    mix[OPERATORS] -= moved
    mix[TECHNICIANS] += np.float32(p.retraining[0]) * moved
    mix[ENGINEERS] += np.float32(p.retraining[1]) * moved
    world.firms.composition[:, rows] = mix
