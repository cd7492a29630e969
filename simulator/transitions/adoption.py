"""The digital steps of a quarter: finished projects, awareness, decisions (Model text 2, steps 3, 7 and 8; 4.4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows
from simulator.agents.exposure import Seen
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
from simulator.agents.world import BECAME_AWARE, PROJECT_FAILED, REACHED_LEVEL, STARTED_PROJECT, World, lever_of
from simulator.transitions import digitalisation as digital
from simulator.transitions.competence import level_shift
from simulator.transitions.digitalisation import Digitalisation

TOP = 3


@dataclass(frozen=True, slots=True)
class Completed:
    """Projects that ended this quarter: how many worked, how many failed, and whose failed; (rows,)."""

    succeeded: int
    failed_count: int
    failed: Flags


@dataclass(frozen=True, slots=True)
class Means:
    """What firms bring to a decision; (rows,) each.

    value_added  kSEK per worker and year of the firm's industry at today's prices
    own_funds    kSEK  cash above the reserve; credit kSEK  headroom at the bank
    """

    value_added: Floats
    own_funds: Floats
    credit: Floats


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
    return (staff[TECHNICIANS] + staff[ENGINEERS]) / np.maximum(staff.sum(0), np.float32(0.1))


def skill_need(level: Rows, industry_share: Floats, p: Digitalisation) -> Floats:
    """Technical staff share that a level needs: 0.9 (base + cumulative shift); (rows,). Source: Model text 4.4b.

    industry_share  (rows,)  technicians and engineers in the industry's base composition
    """
    shift = level_shift()[:, [TECHNICIANS, ENGINEERS]].sum(1).astype(np.float32)
    return p.skill_need * (industry_share + shift[level])


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
    world.note(REACHED_LEVEL, winners, firms.digital_level[winners])
    world.note(PROJECT_FAILED, losers, firms.digital_level[losers] + np.int8(1))
    failed = np.zeros(firms.size, bool)
    failed[losers] = True
    return Completed(len(winners), len(losers), failed)


def learn_effectiveness(world: World, industry_share: Floats, management: Floats, p: Digitalisation) -> None:
    """Move every firm's realised effectiveness towards what its staff and management allow."""
    firms = world.firms
    if world.switches.skill_constraint:
        need = skill_need(firms.digital_level, industry_share, p)
        ratio = technical_share(firms.staff) / np.maximum(need, np.float32(1e-6))
    else:
        ratio = np.ones(firms.size, np.float32)
    firms.effectiveness = digital.next_effectiveness(firms.effectiveness, ratio, management, p)


def become_aware(world: World, seen: Seen, frontier: float, told: tuple[Rows, Floats], p: Digitalisation) -> None:
    """Draw who starts to consider the next digital level, by itself, through others, or told by a measure.

    told  rows that a measure has contacted or supported, and the chance that this makes each aware
    """
    firms = world.firms
    open_rows = np.flatnonzero(~firms.aware_digital & (firms.digital_level < TOP) & (firms.digital_project == 0))
    level = firms.digital_level[open_rows]
    newly = np.zeros(firms.size, bool)
    if world.switches.diffusion and len(open_rows):
        weight = np.float32(lever_of(world.levers.firm("peer_weight"), open_rows))
        calm = np.where(seen.failed[open_rows], np.float32(p.discouragement), np.float32(1))
        chance = digital.awareness_probability(
            np.float32(p.innovation)[level] * calm,
            np.float32(p.imitation)[level] * calm,
            seen.digital[open_rows] * weight,
            np.float32(frontier),
        )
        newly[open_rows[world.draw("digital.awareness", open_rows) < chance]] = True
    rows, chance = told
    can = ~firms.aware_digital[rows] & (firms.digital_level[rows] < TOP) & (firms.digital_project[rows] == 0)
    rows, chance = rows[can], chance[can]
    newly[rows[world.draw("digital.told", rows) < chance]] = True
    chosen = np.flatnonzero(newly)
    firms.aware_digital[chosen] = True
    firms.barrier[chosen] = UNDECIDED
    world.note(BECAME_AWARE, chosen, firms.digital_level[chosen] + np.int8(1))


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
    world: World, rows: Rows, cost: Floats, subsidy: Floats, horizon: Floats, means: Means, p: Digitalisation
) -> Flags:
    """Whether value per own krona, with the firm's own judgement, beats the hurdle; (rows,)."""
    firms = world.firms
    level = firms.digital_level[rows]
    value = digital.value_per_cost(
        level, firms.absorptive_capacity[rows], means.value_added[rows] * firms.employment[rows], horizon,
        cost - subsidy, p,
    )  # fmt: skip
    factor = lever_of(world.levers.firm("uncertainty_factor", "digital"), rows)
    barrier = np.log(digital.hurdle(np.float32(p.volatility) * np.float32(factor), p.discount_rate))
    renewal = np.where(firms.succession[rows] == 2, np.float32(np.log(p.renewal)), np.float32(0))
    with np.errstate(divide="ignore"):
        return np.log(value) + firms.digital_taste[level, rows] + renewal >= barrier


def decide_projects(
    world: World, means: Means, owner: tuple[Floats, Floats], industry_share: Floats, wage_index: float,
    technology_cost: float, offer: tuple[Floats, Floats], awaited: Flags | None, p: Digitalisation,
) -> Started:  # fmt: skip
    """Let aware firms decide on their next digital level: value, owner, finance, skills, attention, in this order.

    owner   (rows,) each: chance that the owner still wants to, and horizon cap in years
    offer   (rows,) each: subsidy share and cap in kSEK of the awards in force
    """
    firms, switches = world.firms, world.switches
    rows = _reviewing(world, awaited, p)
    level = firms.digital_level[rows]
    cost = digital.project_cost(level, firms.employment[rows], wage_index * technology_cost, p)
    subsidy = np.minimum(offer[0][rows] * cost, offer[1][rows])
    horizon = np.minimum(np.float32(p.lifetime)[level], owner[1][rows])
    worth = _worth_it(world, rows, cost, subsidy, horizon, means, p)
    willing = world.draw("digital.owner", rows) < owner[0][rows]
    own = cost - subsidy
    paid = (own <= means.own_funds[rows] + means.credit[rows]) | (not switches.finance_constraint)
    gap = np.maximum(0, skill_need(level + 1, industry_share[rows], p) - technical_share(firms.staff[:, rows]))
    gap *= switches.skill_constraint
    postponed = (gap > 0) & (world.draw("digital.postpone", rows) < p.postponement)
    attentive = (firms.green_project[rows] > 0) < np.maximum(1, firms.employment[rows] // 20)
    attentive |= not switches.attention
    reasons = np.select(
        [~worth, ~willing, ~paid, postponed, ~attentive],
        [UNPROFITABLE, OWNER, NO_FINANCE, NO_SKILLS, NO_ATTENTION],
        RUNNING,
    )
    firms.barrier[rows] = reasons
    wanted = worth & willing
    _seek_skills(world, rows[wanted & paid & (gap > 0)], gap[wanted & paid & (gap > 0)], p)
    go = reasons == RUNNING
    _start(world, rows[go], p)
    return Started(
        rows[go], cost[go], subsidy[go], int(wanted.sum()), int((reasons == NO_FINANCE).sum()),
        int((reasons == NO_SKILLS).sum()),
    )  # fmt: skip


def _start(world: World, rows: Rows, p: Digitalisation) -> None:
    firms = world.firms
    firms.digital_project[rows] = np.int8(p.duration)[firms.digital_level[rows]]
    firms.digital_support[rows] = lever_of(world.levers.firm("success_gain", "digital"), rows)
    world.note(STARTED_PROJECT, rows, firms.digital_level[rows] + np.int8(1))


def _seek_skills(world: World, rows: Rows, gap: Floats, p: Digitalisation) -> None:
    """Firms that lack skills want other people: base composition moves from operators to technicians and engineers."""
    mix = world.firms.composition[:, rows]
    moved = np.minimum(gap, np.maximum(mix[OPERATORS] - np.float32(0.01), 0))
    mix[OPERATORS] -= moved
    mix[TECHNICIANS] += np.float32(p.retraining[0]) * moved
    mix[ENGINEERS] += np.float32(p.retraining[1]) * moved
    world.firms.composition[:, rows] = mix
