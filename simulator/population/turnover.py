"""Succession, exit and entry: which firms end, and which take their place (Model text 2, step 13; 4.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Floats, Rows, Whole
from simulator.agents.firms import NEVER, PEERS, UNAWARE, UNDECIDED
from simulator.agents.luck import Luck
from simulator.agents.networks import LONG_TIES, Networks, draw_suppliers
from simulator.agents.world import World, lever_of
from simulator.economy import demand, demography
from simulator.economy.demography import OLDEST, YOUNGEST
from simulator.economy.labour_market import release, take_from_pool
from simulator.economy.labour_rules import LabourMarket, LabourState
from simulator.economy.labour_start import initial_shortage
from simulator.population.start import Start, donor_rows
from simulator.population.traits import Groups, Uniforms, common_traits, level_from, normal, place_firms
from simulator.region.gravity import draw_anybody, draw_partners
from simulator.transitions.competence import Training, desired_shares
from simulator.transitions.digitalisation import level_gain
from simulator.transitions.innovation import absorptive_capacity

TRIES = 3


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
class Newcomers:
    """What entry needs beside the world.

    luck   draws keyed to the region, as for the first population
    """

    start: Start
    luck: Luck
    groups: Groups
    networks: Networks
    training: Training
    labour: LabourMarket
    wage_index: float


def pass_on(world: World, p: Groups) -> tuple[Rows, int]:
    """Age owners by a quarter; some hand over. Returns rows that close for want of a successor, and all handovers."""
    firms, levers = world.firms, world.levers
    rules = p.demography
    firms.renewal -= firms.renewal > 0
    firms.succession[(firms.succession == 2) & (firms.renewal == 0)] = 0
    firms.owner_age = np.minimum(firms.owner_age + np.float32(0.25), OLDEST)
    chance = -np.expm1(np.float32(-0.25) * demography.handover_hazard(firms.owner_age, rules))
    rows = np.flatnonzero(world.draw("demography.handover") < chance)
    factor = lever_of(levers.firm("closure_factor"), rows)
    closes = world.draw("demography.closure", rows) < demography.closure_at_succession(
        firms.employment[rows], factor, rules
    )
    closes &= world.switches.firm_turnover
    staying = rows[~closes]
    shift = lever_of(levers.firm("external_transfer_shift"), staying)
    family = world.draw("demography.family", staying) < rules.family_share * (1 - shift)
    mean, sd = rules.new_owner
    firms.owner_age[staying] = np.clip(
        mean + sd * normal(world.draw("demography.new_owner", staying)), YOUNGEST, OLDEST
    )
    firms.succession[staying] = 2
    firms.renewal[staying] = int(rules.renewal_time)
    firms.family_transfer[staying] = family
    world.note("owner_changed", staying, firms.owner_age[staying])
    return rows[closes], len(rows)


def prepare_succession(world: World) -> None:
    """Owners whom a measure reaches may start to prepare the succession."""
    firms = world.firms
    chance = world.levers.firm("succession_preparation")
    if isinstance(chance, float):
        return
    rows = np.flatnonzero((chance > 0) & (firms.succession == 0))
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
    chance = -np.expm1(np.float32(-0.25) * demography.exit_hazard(firms.employment, relative, rules))
    beaten = (world.draw("demography.exit") < chance) | (firms.employment < rules.smallest)
    broke = firms.insolvent_quarters >= rules.patience
    broke &= world.switches.finance_constraint
    retired = np.zeros(firms.size, bool)
    retired[closing] = True
    beaten &= ~retired
    broke &= ~retired & ~beaten
    for cause, event in ((beaten, "closed_competition"), (retired, "closed_succession"), (broke, "closed_insolvent")):
        world.note(event, np.flatnonzero(cause))
    gone = np.flatnonzero(beaten | retired | broke)
    lost = float(firms.staff[:, gone].sum())
    release(world.people, labour, firms.staff[:, gone], firms.zone[gone], world.switches)
    firms.drop(gone)
    world.locate()
    keep_links(world)
    return Turnover(int(beaten.sum()), int(retired.sum()), int(broke.sum()), handovers, 0, lost)


def keep_links(world: World) -> None:
    """Drop links of closed suppliers; the rest of an anchor's suppliers share their orders."""
    chain = world.chain
    alive = world.row_of[chain.slot] >= 0
    if alive.all():
        return
    chain.anchor, chain.slot, chain.weight = chain.anchor[alive], chain.slot[alive], chain.weight[alive]
    if world.switches.market_coupling:
        chain.weight = demand.normalised(chain.weight, chain.anchor, world.anchors.size)


def found_firms(world: World, need: Newcomers, labour: LabourState) -> int:
    """Let new firms enter: as many as the exits of the start, in slots of their own. Source: Model text 4.2 (entry)."""
    start, p = need.start, need.groups
    most = start.most_entrants
    first = world.slots
    world.slots += most
    world.locate()
    if not world.switches.firm_turnover or not most:
        return 0
    quarter = world.quarter + 1
    active = np.flatnonzero(world.luck.uniforms("demography.entry", world.quarter, most) < start.entry / most)

    def uniforms(name: str, lines: int = 0) -> Floats:
        if lines:
            return need.luck.table(name, quarter, lines, most)[:, active]
        return need.luck.uniforms(name, quarter, most)[active]

    firms = world.firms
    span = firms.append(len(active))
    rows = np.arange(span.start, span.stop)
    firms.slot[rows] = first + active
    donor = donor_rows(uniforms("init.donor"), start.donors)
    place_firms(firms, rows, start.firms.municipality[donor], start.firms.industry[donor], world.region)
    least, range_ = p.demography.entrant_size
    firms.employment[rows] = np.float32(least) + np.float32(range_) * uniforms("init.size")
    common_traits(firms, rows, uniforms, world.region, p)
    _entrant_traits(world, rows, uniforms("init.idiosyncratic"), uniforms("init.digital"), uniforms("init.owner"), p)
    _hire_first_staff(world, rows, need, labour)
    _open_accounts(world, rows, uniforms("init.cash"), need, labour)
    world.locate()
    _join_chains(world, rows, uniforms, need)
    firms.peers[:, rows] = _find_peers(world, donor, uniforms, start)
    world.note("founded", rows, firms.employment[rows])
    return len(rows)


def _entrant_traits(world: World, rows: Rows, own: Floats, digital: Floats, owner: Floats, p: Groups) -> None:
    """What new firms draw by rules of their own. Source: Model text 4.2 (entrant)."""
    firms, rules = world.firms, p.demography
    mean, sd = rules.entrant_idiosyncratic
    firms.idiosyncratic[rows] = mean + sd * normal(own)
    firms.digital_level[rows] = level_from(digital, np.float32(rules.entrant_digital)[:, None])
    firms.aware_digital[rows] &= firms.digital_level[rows] < 3
    firms.barrier[rows] = np.where(firms.aware_digital[rows], UNDECIDED, UNAWARE)
    firms.export_barrier[rows] = UNDECIDED
    firms.management[rows] = p.innovation.management_start[0]
    mean, sd = rules.founder
    firms.owner_age[rows] = np.clip(mean + sd * normal(owner), YOUNGEST, OLDEST)
    firms.quarters_since_export[rows] = NEVER


def _hire_first_staff(world: World, rows: Rows, need: Newcomers, labour: LabourState) -> None:
    """Take the staff of new firms from those who search, at most half of a cell."""
    firms = world.firms
    shares = desired_shares(firms.composition[:, rows], firms.digital_level[rows], firms.exporting[rows], need.training)
    wanted = shares * firms.employment[rows]
    wanted = take_from_pool(world.people, labour, wanted, firms.zone[rows], need.labour, world.switches)
    firms.staff[:, rows] = wanted
    firms.employment[rows] = np.maximum(wanted.sum(0), np.float32(need.groups.demography.smallest))
    skilled = shares[1:4].sum(0)
    firms.absorptive_capacity[rows] = absorptive_capacity(
        firms.knowledge_intensity[rows], skilled, firms.management[rows], need.groups.innovation
    )


def _open_accounts(world: World, rows: Rows, cash: Floats, need: Newcomers, labour: LabourState) -> None:
    """Productivity, demand and money of new firms. Source: Model text 4.2 (entrant)."""
    firms, p = world.firms, need.groups
    gain = firms.effectiveness[rows] * level_gain(firms.digital_level[rows], p.digital)
    firms.log_productivity[rows] = need.start.base[firms.industry[rows]] + firms.idiosyncratic[rows] + gain
    firms.log_reference[rows] = firms.log_productivity[rows]
    firms.shortage[rows] = initial_shortage(firms.staff[:, rows] / firms.employment[rows], firms.zone[rows], labour)
    capacity = np.exp(firms.log_productivity[rows]) * np.float32(need.wage_index) * firms.employment[rows]
    firms.demand_home[rows] = firms.demand_before[rows] = capacity * (1 + firms.shortage[rows])
    firms.sales[rows] = capacity
    firms.sales_year[rows] = 4 * capacity
    median, sd = p.finance.cash_start
    firms.cash[rows] = 4 * capacity * np.float32(median) * np.exp(np.float32(sd) * normal(cash))
    firms.ebitda_year[rows] = np.float32(p.finance.entrant_margin) * firms.sales_year[rows]


def _join_chains(world: World, rows: Rows, uniforms: Uniforms, need: Newcomers) -> None:
    """A first order from an anchor employer for new suppliers."""
    firms, chain, region = world.firms, world.chain, world.region
    edges = draw_suppliers(
        region, need.networks, firms.slot[rows], firms.municipality[rows],
        region.industries.manufacturing[firms.industry[rows]], firms.employment[rows], uniforms("network.supplier"),
        uniforms("network.second"), uniforms("network.anchor", 2),
    )  # fmt: skip
    if not len(edges.firm) or not world.switches.supply_chain:
        return
    fresh = world.row_of[edges.firm]
    firms.supplier[fresh] = firms.mne_link[fresh] = True
    books = np.maximum(world.anchors.orders_start[edges.anchor], np.float32(1))
    share = np.float32(need.groups.population.entrant_order) * firms.demand_home[fresh] / books
    chain.anchor = np.concatenate((chain.anchor, edges.anchor))
    chain.slot = np.concatenate((chain.slot, edges.firm))
    chain.weight = np.concatenate((chain.weight, share))
    if world.switches.market_coupling:
        chain.weight = demand.normalised(chain.weight, chain.anchor, world.anchors.size)


def _find_peers(world: World, donor: Rows, uniforms: Uniforms, start: Start) -> Whole:
    """Peers of new firms, slots (PEERS, new): eight near firms and two anywhere, each the first alive of three tries.

    They are sought among the first firms at the place and in the industry that the new firm copies, so that nobody's
    survival but that of the firms drawn bears on the result.
    """
    count = len(donor)
    near = (PEERS - LONG_TIES) * TRIES
    asked = np.tile(donor, near)
    found = draw_partners(
        start.places, asked, uniforms("network.place", near).ravel(), uniforms("network.peer", near).ravel()
    )
    anywhere = draw_anybody(
        start.places, np.tile(donor, LONG_TIES * TRIES), uniforms("network.far", LONG_TIES * TRIES).ravel()
    )
    tries = np.concatenate((found.reshape(TRIES, -1, count), anywhere.reshape(TRIES, -1, count)), axis=1)
    alive = (world.row_of[tries] >= 0) & (tries >= 0)
    chosen = np.take_along_axis(tries, alive.argmax(0)[None], axis=0)[0]
    return np.where(alive.any(0), chosen, -1).astype(np.int32)
