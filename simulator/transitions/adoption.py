"""What firms decide in a quarter over all transitions, with one purse and one head (Model text 2, step 8; 4.5, 7.4c).

Each transition says what its next step costs, brings and needs; the rest is common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Small, rows_where, single
from simulator.agents.exposure import Exposure, StartExposure
from simulator.agents.firms import (
    ENGINEERS,
    GREEN,
    NO_ATTENTION,
    NO_FINANCE,
    NO_SKILLS,
    OWNER,
    RUNNING,
    TECHNICIANS,
    UNDECIDED,
    UNPROFITABLE,
)
from simulator.agents.world import World, lever_of
from simulator.economy import demography, finance
from simulator.economy.demography import Demography
from simulator.economy.drivers import Quarter
from simulator.economy.finance import Finance
from simulator.interventions.levers import subsidy as granted
from simulator.transitions import choice, circular, digitalisation, gates, green
from simulator.transitions.choice import Adoption
from simulator.transitions.circular import Circular
from simulator.transitions.competence import Training, level_shift
from simulator.transitions.digitalisation import Digitalisation
from simulator.transitions.gates import TRACKS, Track
from simulator.transitions.green import Green


class Rules(Protocol):
    """The parameter groups that decisions read."""

    @property
    def digital(self) -> Digitalisation:
        """Of the digital transition."""

    @property
    def green(self) -> Green:
        """Of the green transition."""

    @property
    def circular(self) -> Circular:
        """Of the circular transition."""

    @property
    def finance(self) -> Finance:
        """Of cash and credit."""

    @property
    def demography(self) -> Demography:
        """Of owners."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What firms meet when they decide.

    now         drivers of the quarter
    skill_need  (4 levels, industries)  1  technical staff share that a digital level needs
    collateral  1 or (rows,)   1     weight of collateral at the bank
    gain        1 or (rows,)   1     what measures add to any weight of collateral
    seen        what can be seen of others
    linked      (rows,) or None      firms with a symbiosis link
    offers      by transition: subsidy share, and cap in kSEK, of the awards in force
    awaited     by transition: firms that wait for an announced measure, (rows,)
    """

    now: Quarter
    skill_need: Floats
    collateral: Floats | float
    gain: Floats | float
    seen: Exposure | StartExposure
    linked: Flags | None = None
    offers: Mapping[str, tuple[Floats | float, Floats | float]] = field(default_factory=dict)
    awaited: Mapping[str, Flags | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of some firms in one transition; all (rows,) unless said otherwise.

    cost, gain   kSEK before subsidy, and kSEK/yr that the firm expects of it
    lack         1  share of staff missing; sought: the classes wanted in its place and their parts
    barred       what no hiring mends: the firm cannot take the step yet
    collateral   1  weight of collateral
    ease         1  factor on the chance to accept
    duration     (steps,)  q
    """

    cost: Floats
    gain: Floats
    lack: Floats
    sought: tuple[tuple[int, float], ...]
    barred: Flags | None
    collateral: Floats | float
    ease: Floats | float
    duration: Floats


@dataclass(slots=True)
class Proposal:
    """Steps worth taking in one transition, before purse and head are shared; all (rows,).

    reasons  the first of owner, finance and skills that stops the step, RUNNING where nothing does
    value    PI;  own  kSEK that the firm pays;  means  kSEK that it could pay for this project alone
    willing  the owner wants it
    """

    track: Track
    step: Step
    rows: Rows
    cost: Floats
    subsidy: Floats
    value: Floats
    own: Floats
    means: Floats
    willing: Flags
    reasons: Small


@dataclass(frozen=True, slots=True)
class Started:
    """Projects of one transition decided this quarter, and what stopped the others.

    rows, cost, subsidy  (projects,)  kSEK
    wanted, no_finance, no_skills, no_attention   counts of profitable projects, and of those stopped
    """

    rows: Rows
    cost: Floats
    subsidy: Floats
    wanted: int
    no_finance: int
    no_skills: int
    no_attention: int


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


def digital_step(world: World, rows: Rows, setting: Setting, p: Rules) -> Step:
    """The next digital step. Source: Model text 4.4b."""
    firms, now = world.firms, setting.now
    level, industry, size = (column.take(rows) for column in (firms.digital_level, firms.industry, firms.employment))
    worker = world.region.industries.value_added_per_worker.take(industry) * np.float32(now.wage_index)
    cost = digitalisation.project_cost(level, size, now.wage_index * now.technology_cost, p.digital)
    gain = digitalisation.yearly_gain(level, firms.absorptive_capacity.take(rows), worker * size, p.digital)
    lack = np.maximum(0, setting.skill_need[level + 1, industry] - technical_share(firms.staff[:, rows]))
    to_technicians, to_engineers = p.digital.retraining
    return Step(
        cost, gain, lack, ((TECHNICIANS, to_technicians), (ENGINEERS, to_engineers)), None,
        lever_of(setting.collateral, rows), 1.0, single(p.digital.duration),
    )  # fmt: skip


def green_step(world: World, rows: Rows, setting: Setting, p: Rules) -> Step:
    """The next green step. Source: Model text 4.5."""
    firms, now, levers = world.firms, setting.now, world.levers
    level = firms.green_level.take(rows)
    cost = green.project_cost(level, firms.employment.take(rows), now.wage_index * now.technology_cost, p.green)
    energy = np.float32(now.electricity_price / 1e3) * firms.energy_intensity.take(rows)
    carbon = np.float32(now.carbon_cost / 1e6) * firms.carbon_intensity.take(rows)
    gain = green.yearly_saving(
        level, firms.digital_level.take(rows), firms.sales_year.take(rows), energy, carbon, p.green
    )
    staff = firms.staff[:, rows]
    share = staff[GREEN] / np.maximum(staff.sum(0), np.float32(0.1))
    audit = lever_of(levers.firm("audit_factor"), rows)
    ease = np.where(level == 0, audit, np.float32(1)) if isinstance(audit, np.ndarray) else audit
    machines = np.float32(p.green.collateral) + np.float32(lever_of(setting.gain, rows))
    collateral = np.where(level > 0, machines, np.float32(lever_of(setting.collateral, rows)))
    return Step(
        cost, gain, green.specialists_missing(level, share, p.green), ((GREEN, 1.0),), None, collateral, ease,
        green.running_time(p.green, levers.region("grid_wait")),
    )  # fmt: skip


def circular_step(world: World, rows: Rows, setting: Setting, p: Rules) -> Step:
    """The next circular step. Source: Model text 4.5."""
    firms, now = world.firms, setting.now
    level = firms.circular_level.take(rows)
    cost = circular.project_cost(level, firms.employment.take(rows), now.wage_index, p.circular)
    intensity = world.region.industries.material_intensity.take(firms.industry.take(rows))
    material = np.float32(now.material_price) * intensity * firms.sales_year.take(rows)
    barred = (level > 0) & (firms.absorptive_capacity.take(rows) < np.float32(p.circular.capacity_needed))
    return Step(
        cost, circular.yearly_saving(level, material, p.circular), np.zeros(len(rows), np.float32), (), barred,
        lever_of(setting.collateral, rows), 1.0, single(p.circular.duration),
    )  # fmt: skip


_STEPS = {"digital": digital_step, "green": green_step, "circular": circular_step}


def _volatility(world: World, track: Track, level: Small, p: Adoption) -> Floats:
    """Volatility of the next step's gain; the price of electricity moves that of green machines; (rows,)."""
    sig = np.broadcast_to(single(p.volatility), track.top).copy()
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
    rows = gates.reviewing(world, track, setting.awaited.get(track.name), own_rules)
    rows = _with_partner(world, track, rows, setting)
    step = _STEPS[track.name](world, rows, setting, p)
    offer = setting.offers.get(track.name, (0.0, 0.0))
    share, cap = (np.float32(lever_of(part, rows)) for part in offer)
    subsidy = granted(share, cap, step.cost)
    will, horizon = demography.owner_will(
        firms.owner_age.take(rows), firms.succession.take(rows),
        lever_of(world.levers.firm("owner_openness"), rows), p.demography,
    )  # fmt: skip
    level = track.level(firms).take(rows)
    lifetime = np.minimum(single(own_rules.lifetime).take(level), horizon)
    own = step.cost - subsidy
    value = choice.value_per_cost(step.gain, lifetime, own, own_rules.discount_rate)
    worth = gates.accepted(world, track, rows, value, _volatility(world, track, level, own_rules), step.ease, own_rules)
    track.held(firms)[rows] = UNPROFITABLE
    means = _means(world, rows, step.collateral, p.finance)
    owner, postpone = world.draws(rows, f"{track.name}.owner", f"{track.name}.postpone")
    willing = owner < will
    stuck = (step.lack > 0) & (postpone < own_rules.postponement)
    if step.barred is not None:
        stuck |= step.barred
    stuck &= world.switches.skill_constraint
    reasons = np.full(len(rows), RUNNING, np.int8)
    for held, reason in ((stuck, NO_SKILLS), (own > means, NO_FINANCE), (~willing, OWNER)):
        reasons[held] = reason
    keen = rows_where(worth)
    seeking = rows_where(worth & willing & (own <= means) & (step.lack > 0) & world.switches.skill_constraint)
    gates.seek_skills(world, rows.take(seeking), step.lack.take(seeking), step.sought)
    cost, subsidy, value, own, means, willing, reasons = (
        part.take(keen) for part in (step.cost, subsidy, value, own, means, willing, reasons)
    )
    return Proposal(track, step, rows.take(keen), cost, subsidy, value, own, means, willing, reasons)


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
    return {proposal.track.name: _commit(world, proposal) for proposal in proposals}


def _attention(world: World, rows: Rows) -> Floats:
    """How many more projects each firm can attend to: max(1, floor(n/20)) less those running; (rows,)."""
    firms = world.firms
    if not world.switches.attention:
        return np.full(len(rows), np.inf)
    running: Sequence[Floats] = [(track.project(firms).take(rows) > 0).astype(np.int8) for track in TRACKS]
    room: Floats = np.maximum(1, firms.employment.take(rows) // 20) - sum(running)
    return room


def _commit(world: World, proposal: Proposal) -> Started:
    """Start what passed and write down what stopped the rest."""
    track, reasons = proposal.track, proposal.reasons
    track.held(world.firms)[proposal.rows] = reasons
    go = rows_where(reasons == RUNNING)
    rows = proposal.rows.take(go)
    gates.start_projects(world, track, rows, proposal.step.duration)
    stopped = [int(np.count_nonzero(reasons == reason)) for reason in (NO_FINANCE, NO_SKILLS, NO_ATTENTION)]
    return Started(
        rows, proposal.cost.take(go), proposal.subsidy.take(go), int(np.count_nonzero(proposal.willing)), *stopped
    )
