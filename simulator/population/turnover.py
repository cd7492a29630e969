"""Succession, exit and entry: which firms end, and which take their place (Model text 2, step 13; 4.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Floats, Rows, Whole, rows_where
from simulator.agents.world import World, lever_of
from simulator.economy import demography
from simulator.economy.demography import OLDEST, YOUNGEST
from simulator.economy.labour_market import release, take_from_pool
from simulator.economy.labour_rules import LabourMarket, LabourState
from simulator.economy.labour_start import initial_shortage
from simulator.population.knowledge import spin_off
from simulator.population.links import keep_links, order_first
from simulator.population.nursery import Cohort
from simulator.population.start import Start
from simulator.population.traits import Groups, normal


@dataclass(frozen=True, slots=True)
class Turnover:
    """Firms that ended and began this quarter, by cause."""

    competition: int
    succession: int
    insolvency: int
    handovers: int
    entries: int
    jobs_lost: float


@dataclass(frozen=True, slots=True)
class Founding:
    """What entry needs beside the world and its start."""

    groups: Groups
    labour: LabourMarket
    wage_index: float


def pass_on(world: World, p: Groups) -> tuple[Rows, int]:
    """Age owners by a quarter; some hand over. Returns rows that close for want of a successor, and all handovers."""
    firms, levers = world.firms, world.levers
    rules = p.demography
    firms.renewal -= firms.renewal > 0
    firms.succession *= (firms.succession != 2) | (firms.renewal > 0)
    firms.owner_age += np.float32(0.25)
    np.minimum(firms.owner_age, OLDEST, out=firms.owner_age)
    chance = -np.expm1(np.float32(-0.25) * demography.handover_hazard(firms.owner_age, rules))
    rows = rows_where(world.draw("demography.handover") < chance)
    factor = lever_of(levers.firm("closure_factor"), rows)
    closure, family, owner = world.draws(rows, "demography.closure", "demography.family", "demography.new_owner")
    closes = closure < demography.closure_at_succession(firms.employment.take(rows), factor, rules)
    closes &= world.switches.firm_turnover
    stays = rows_where(~closes)
    staying = rows.take(stays)
    shift = lever_of(levers.firm("external_transfer_shift"), staying)
    mean, sd = rules.new_owner
    age = mean + sd * normal(owner.take(stays))
    firms.owner_age[staying] = np.minimum(np.maximum(age, YOUNGEST), OLDEST)
    firms.succession[staying] = 2
    firms.renewal[staying] = int(rules.renewal_time)
    firms.family_transfer[staying] = family.take(stays) < rules.family_share * (1 - shift)
    world.note("owner_changed", staying, firms.owner_age[staying])
    return rows[closes], len(rows)


def prepare_succession(world: World) -> None:
    """Owners whom a measure reaches may start to prepare the succession."""
    firms = world.firms
    chance = world.levers.firm("succession_preparation")
    if isinstance(chance, float):
        return
    rows = rows_where((chance > 0) & (firms.succession == 0))
    rows = rows[world.draw("demography.prepare", rows) < chance[rows]]
    firms.succession[rows] = 1


def close_firms(
    world: World, closing: Rows, relative: Floats, handovers: int, labour: LabourState, p: Groups
) -> Turnover:
    """End firms by competition, want of a successor or insolvency; their staff goes to the labour pool.

    closing  rows without successor.  Source: Model text 4.2 (exit).
    """
    firms, rules = world.firms, p.demography
    if not world.switches.firm_turnover:
        return Turnover(0, 0, 0, handovers, 0, 0.0)
    chance = -np.expm1(np.float32(-0.25) * demography.exit_hazard(firms.employment, firms.age, relative, rules))
    beaten = world.draw("demography.exit") < chance
    beaten |= firms.employment < rules.smallest
    broke = firms.insolvent_quarters >= int(rules.patience)
    broke &= world.switches.finance_constraint
    beaten[closing] = broke[closing] = False
    broke &= ~beaten
    causes = rows_where(beaten), closing, rows_where(broke)
    for event, rows in zip(("closed_competition", "closed_succession", "closed_insolvent"), causes, strict=True):
        world.note(event, rows)
    gone = np.concatenate(causes)
    staff = firms.staff[:, gone]
    release(world.people, labour, staff, firms.zone[gone], world.switches)
    world.remove(gone)
    keep_links(world)
    competition, succession, insolvency = map(len, causes)
    return Turnover(competition, succession, insolvency, handovers, 0, float(staff.sum()))


def found_firms(world: World, start: Start, labour: LabourState, p: Founding) -> int:
    """Let new firms enter in slots of their own: as many as the exits of the start, and spin-offs that measures add.

    Source: Model text 4.2 (entry).
    """
    most = start.most_entrants
    first = world.open_slots(most)
    if not world.switches.firm_turnover or not most:
        return 0
    draw = world.luck.uniforms("demography.entry", world.quarter, most)
    more = world.levers.region("spin_offs") / 4
    active = rows_where(draw < (start.entry + more) / most)
    cohort = start.nursery.cohort(world.quarter)
    firms = world.firms
    span = firms.append(len(active))
    firms.take(span, cohort.firms, active)
    firms.slot[span] = first + active
    world.row_of[first + active] = np.arange(span.start, span.stop)
    _hire_first_staff(world, span, labour, p)
    if more:
        founded = rows_where(draw[active] >= start.entry / most)
        spin_off(firms, span.start + founded, p.groups)
        world.spin_offs = np.concatenate((world.spin_offs, (first + active[founded]).astype(np.int32)))
    _open_accounts(world, span, cohort.cash[active], p)
    tries = cohort.tries.take(active, axis=2)  # without peer effects nobody's survival may bear on a new firm
    firms.peers[:, span] = first_alive(tries, world.row_of) if world.switches.peer_effects else tries[0]
    _join_chains(world, first, active, cohort, p.groups.population.entrant_order)
    world.note("founded", np.arange(span.start, span.stop), firms.employment[span])
    return len(active)


def _hire_first_staff(world: World, span: slice, labour: LabourState, p: Founding) -> None:
    """Take the staff of new firms from those who search, at most half of a cell."""
    firms = world.firms
    wanted = firms.employment[span].copy()
    staff = take_from_pool(world.people, labour, firms.staff[:, span], firms.zone[span], p.labour, world.switches)
    firms.staff[:, span] = staff
    employment = np.maximum(staff.sum(0), np.float32(p.groups.demography.smallest))
    firms.employment[span] = employment
    firms.knowledge[span] *= employment / wanted
    firms.shortage[span] = initial_shortage(staff / employment, firms.zone[span], labour)


def _open_accounts(world: World, span: slice, cash: Floats, p: Founding) -> None:
    """Demand and money of new firms. Source: Model text 4.2 (entrant)."""
    firms = world.firms
    capacity = np.exp(firms.log_productivity[span]) * np.float32(p.wage_index) * firms.employment[span]
    firms.demand_home[span] = firms.demand_before[span] = capacity * (1 + firms.shortage[span])
    firms.sales[span] = capacity
    firms.sales_year[span] = 4 * capacity
    firms.cash[span] = cash * 4 * capacity
    firms.ebitda_year[span] = np.float32(4 * p.groups.finance.entrant_margin) * capacity


def first_alive(tries: Whole, row_of: Whole) -> Whole:
    """The first live firm of several tries, -1 when none lives; tries (tries, peers, rows), returns (peers, rows)."""
    alive = row_of.take(tries) >= 0
    alive &= tries >= 0
    chosen = np.full(tries.shape[1:], -1, tries.dtype)
    for firm, lives in zip(tries[::-1], alive[::-1], strict=True):
        np.copyto(chosen, firm, where=lives)
    return chosen


def _join_chains(world: World, first: int, active: Rows, cohort: Cohort, order: float) -> None:
    """New suppliers get a first order from their anchor employers, those that are still in operation."""
    entered = np.zeros(cohort.firms.size, bool)
    entered[active] = True
    joining = entered[cohort.supplier] & (world.anchors.open[cohort.anchor] > 0)
    order_first(world, cohort.anchor[joining], (first + cohort.supplier[joining]).astype(np.int32), order)
