"""What firms decide in a quarter over all transitions, with one purse and one head (Model text 2, step 8; 4.5, 7.4c).

Each transition says what its next step costs, brings and needs; the rest is common.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Floats, Rows, Small, rows_where, single
from simulator.agents.firms import NO_ATTENTION, NO_FINANCE, NO_SKILLS, OWNER, RUNNING, UNDECIDED, UNPROFITABLE
from simulator.agents.world import World, lever_of
from simulator.economy import demography, finance
from simulator.economy.finance import Finance
from simulator.interventions.levers import subsidy as granted
from simulator.transitions import choice, digitalisation, gates
from simulator.transitions.choice import Adoption
from simulator.transitions.digitalisation import Digitalisation
from simulator.transitions.gates import TRACKS, Track
from simulator.transitions.steps import STEPS, Rules, Setting, technical_share
from simulator.transitions.testbeds import Visiting, visit_gain


@dataclass(slots=True)
class Proposal:
    """Steps worth taking in one transition, before purse and head are shared; all (rows,), but duration (steps,).

    reasons  the first of owner, finance and skills that stops the step, RUNNING where nothing does
    value    PI;  own  kSEK that the firm pays;  means  kSEK that it could pay for this project alone
    """

    track: Track
    duration: Floats
    rows: Rows
    cost: Floats
    subsidy: Floats
    value: Floats
    own: Floats
    means: Floats
    reasons: Small


@dataclass(frozen=True, slots=True)
class Started:
    """Projects of one transition decided this quarter, and what stopped the others.

    rows, cost, subsidy  (projects,)  kSEK
    reasons              (profitable projects,)  what stopped each, RUNNING where nothing did
    """

    rows: Rows
    cost: Floats
    subsidy: Floats
    reasons: Small


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
    firms.effectiveness = digitalisation.next_effectiveness(firms.effectiveness, ratio, management, p)


def _volatility(world: World, track: Track, level: Small, p: Adoption) -> Floats:
    """Volatility of the next step's gain; the price of electricity moves that of green machines; (rows,)."""
    sig = np.full(track.top, p.volatility, np.float32)
    if track is gates.GREEN:
        sig[1:] *= np.float32(world.levers.region("price_volatility_factor"))
    return sig.take(level)


def _with_partner(world: World, track: Track, rows: Rows, setting: Setting) -> Rows:
    """Rows that can decide: the last circular step waits for a partner, and stays undecided until there is one."""
    if track is not gates.CIRCULAR:
        return rows
    alone = ~setting.seen.partners(rows)
    if setting.linked is not None:
        alone &= ~setting.linked.take(rows)
    alone &= world.firms.circular_level.take(rows) > 0
    track.held(world.firms)[rows[alone]] = UNDECIDED
    return rows[~alone]


def propose(world: World, track: Track, setting: Setting, p: Rules) -> Proposal:
    """Let aware firms judge their next step: value, owner, finance of this step alone, skills, in this order."""
    firms, own_rules = world.firms, getattr(p, track.name)
    step_of, need_of = STEPS[track.name]
    rows = gates.reviewing(world, track, setting.awaited.get(track.name), own_rules)
    rows = _with_partner(world, track, rows, setting)
    step = step_of(world, rows, setting, p)
    offer = setting.offers.get(track.name, (0.0, 0.0))
    share, cap = (np.float32(lever_of(part, rows)) for part in offer)
    subsidy = granted(share, cap, step.cost)
    will, horizon = demography.owner_will(
        firms.owner_age.take(rows), firms.succession.take(rows),
        lever_of(world.levers.firm("owner_openness"), rows), p.demography,
    )  # fmt: skip
    level = track.level(firms).take(rows)
    lifetime = np.minimum(single(own_rules.lifetime).take(level), horizon)
    told = setting.announced.get(track.name)
    gain = step.gain if told is None else step.gain + told.stake(rows, firms.size, lifetime)
    value = choice.value_per_cost(gain, lifetime, step.cost - subsidy, own_rules.discount_rate)
    worth = gates.accepted(world, track, rows, value, _volatility(world, track, level, own_rules), step.ease, own_rules)
    track.held(firms)[rows] = UNPROFITABLE
    keen = rows_where(worth)
    rows, cost, subsidy, value, will = (part.take(keen) for part in (rows, step.cost, subsidy, value, will))
    owner, postpone = world.draws(rows, f"{track.name}.owner", f"{track.name}.postpone")
    willing = owner < will
    need, own = need_of(world, rows, setting, p), cost - subsidy
    means = _means(world, rows, need.collateral, p.finance)
    lacking = (need.lack > 0) & world.switches.skill_constraint
    stuck = lacking & (postpone < own_rules.postponement)
    if need.barred is not None:
        stuck |= need.barred & world.switches.skill_constraint
    paid = own <= means
    reasons = np.full(len(rows), RUNNING, np.int8)
    for held, reason in ((stuck, NO_SKILLS), (~paid, NO_FINANCE), (~willing, OWNER)):
        reasons[held] = reason
    seeking = rows_where(willing & paid & lacking)
    gates.seek_skills(world, rows.take(seeking), need.lack.take(seeking), need.sought)
    return Proposal(track, step.duration, rows, cost, subsidy, value, own, means, reasons)


def _means(world: World, rows: Rows, collateral: Floats | float, p: Finance) -> Floats:
    """Cash above the reserve and headroom at the bank, kSEK; without limit when finance is no constraint; (rows,)."""
    firms = world.firms
    if not world.switches.finance_constraint:
        return np.full(len(rows), np.inf, np.float32)
    sales = firms.sales_year.take(rows)
    limit = finance.credit_limit(firms.ebitda_year.take(rows), sales, collateral, p)
    headroom = np.maximum(0, limit - firms.debt.take(rows))
    total: Floats = finance.own_funds(firms.cash.take(rows), sales, p) + headroom
    return total


def share_purse(firm: Rows, value: Floats, own: Floats, means: Floats, room: Floats) -> Small:
    """Which of the projects that pass alone also pass together: RUNNING, or what stops them; (projects,).

    Within a firm projects are ranked by value per own krona; the first `room` have the owner's attention, and each is
    paid while the sum of own costs up to it stays within its means.

    firm, value, own, means, room  (projects,)  firm, PI, kSEK, kSEK, and how many more projects the firm can attend to

    Source: Model text 4.4b (attention), 7.4c.
    """
    order = np.lexsort((-value, firm))
    sorted_firm = firm.take(order)
    first = np.ones(len(firm), bool)
    first[1:] = sorted_firm[1:] != sorted_firm[:-1]
    begin = np.maximum.accumulate(np.where(first, np.arange(len(firm)), 0))
    rank = np.arange(len(firm)) - begin
    cost = own.take(order).astype(np.float64)
    total = np.cumsum(cost)
    total -= (total - cost).take(begin)
    reasons = np.full(len(firm), RUNNING, np.int8)
    reasons[order[(rank > 0) & (total > means.take(order))]] = NO_FINANCE
    reasons[order[rank >= room.take(order)]] = NO_ATTENTION
    return reasons


def decide_projects(world: World, setting: Setting, p: Rules) -> dict[str, Started]:
    """Let aware firms decide on their next steps in all transitions at once; by transition what started.

    Every transition judges for itself; what passes alone then competes for cash, credit and attention.
    """
    proposals = [propose(world, track, setting, p) for track in TRACKS]
    passing = [rows_where(proposal.reasons == RUNNING) for proposal in proposals]
    firm, value, own, means = (
        np.concatenate([getattr(one, name).take(some) for one, some in zip(proposals, passing, strict=True)])
        for name in ("rows", "value", "own", "means")
    )
    reasons = share_purse(firm, value, own, means, _attention(world, firm))
    ends = np.cumsum([len(some) for some in passing])[:-1]
    for proposal, some, found in zip(proposals, passing, np.split(reasons, ends), strict=True):
        proposal.reasons[some] = found
    return {proposal.track.name: _commit(world, proposal, p.testbeds) for proposal in proposals}


def _attention(world: World, rows: Rows) -> Floats:
    """How many more projects each firm can attend to: max(1, floor(n/20)) less those running; (rows,)."""
    firms = world.firms
    if not world.switches.attention:
        return np.full(len(rows), np.inf)
    running = [(track.project(firms).take(rows) > 0).astype(np.int8) for track in TRACKS]
    room: Floats = np.maximum(1, firms.employment.take(rows) // 20) - sum(running)
    return room


def _commit(world: World, proposal: Proposal, p: Visiting) -> Started:
    """Start what passed and write down what stopped the rest."""
    track, reasons = proposal.track, proposal.reasons
    track.held(world.firms)[proposal.rows] = reasons
    go = rows_where(reasons == RUNNING)
    rows = proposal.rows.take(go)
    visited = np.zeros(len(rows), np.float32) if track is gates.CIRCULAR else visit_gain(world.firms, rows, p)
    gates.start_projects(world, track, rows, proposal.duration, visited)
    return Started(rows, proposal.cost.take(go), proposal.subsidy.take(go), reasons)
