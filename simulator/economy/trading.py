"""Demand, production and the books: what firms meet each quarter (Model text 2, steps 9 and 11; 4.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Floats
from simulator.agents.world import World
from simulator.economy import demand, finance
from simulator.economy.demand import Demand, Markets, Series
from simulator.economy.drivers import Quarter
from simulator.economy.finance import Accounts, Finance
from simulator.transitions import green


@dataclass(frozen=True, slots=True)
class Rivals:
    """What competitors and customers outside the region do this quarter.

    catch_up   log  rivals' gain since the start, g_out t/4
    required        digital and green level that anchors require of suppliers
    leakage    1    share of lost chain orders that leaves the region
    """

    catch_up: float
    required: int
    leakage: float


@dataclass(frozen=True, slots=True)
class Inputs:
    """What transitions leave of inputs, (rows,) shares of those at level 0; rules of compliance once it is required."""

    material: Floats
    energy: Floats
    carbon: Floats
    rules: Demand | None


def relative_productivity(world: World, markets: Markets) -> Floats:
    """Log productivity against the industry's employment-weighted mean, rel; (rows,). Source: Model text 4.2."""
    firms = world.firms
    if world.switches.market_coupling:
        count = len(markets.mean_start)
        means = demand.industry_means(firms.log_productivity, firms.employment, firms.industry, count)
    else:
        means = markets.mean_start
    return firms.log_productivity - means.astype(np.float32).take(firms.industry)


def sell_at_home(
    world: World, markets: Markets, relative: Floats, noise: Floats, log_size: Floats, now: Quarter, rivals: Rivals,
    p: Demand,
) -> Series:  # fmt: skip
    """Divide home markets between firms by the replicator, and let customers notice changed productivity.

    What measures make of demand is a level on top: it neither grows on nor stays when they end.
    Returns innovation that public buyers procure, (counties,) kSEK/q.
    """
    firms = world.firms
    count = len(markets.home_start)
    change = np.float32(p.reference_speed) * (firms.log_productivity - firms.log_reference)
    firms.log_reference += change
    base = firms.demand_home / markets.lift_of(firms.slot) if len(markets.lift) else firms.demand_home
    weight = demand.home_weight(base, change, relative, firms.new_product_share, noise, log_size, firms.age, p)
    if world.switches.market_coupling:
        strength = demand.industry_means(firms.log_productivity, firms.sales, firms.industry, count)
        home = markets.home_start * now.home_demand
        market = demand.market_size(home, strength, markets.strength_start, rivals.catch_up, p)
        sold = demand.share_market(weight, market, firms.industry)
    else:
        sold = weight * np.float32(now.home_demand / markets.before)
    markets.before = now.home_demand
    merit = demand.merit_ratio(weight, innovation_merit(world), firms.industry, count)
    added = p.public_share * world.levers.region("tendered_innovation")
    firms.demand_home = _lifted(world, markets, sold, weight, merit, added, p)
    procured = sold * merit
    procured *= np.float32(p.public_share * p.tendered_share + added)
    return np.bincount(firms.county, procured, len(world.region.county_codes)).astype(np.float64)


def innovation_merit(world: World) -> Floats:
    """What counts in a tender on innovation: share of sales from new products, and help with bids; (rows,).

    Source: Model text 3.0b (B_ten, ppi), 4.2; AS.
    """
    return world.firms.new_product_share + np.float32(world.levers.firm("procurement_merit"))


def _lifted(
    world: World, markets: Markets, sold: Floats, weight: Floats, merit: Floats, innovation: float, p: Demand
) -> Floats:
    """Home demand with what measures make of it; kSEK/q, (rows,).

    DH (1 + gain) (1 + T_in (m_in / m_in_bar - 1) + T_gr (m_gr / m_gr_bar - 1)),  T the tendered part of home demand

    Tenders are shared out only between firms that compete. The market of an industry grows by the gains of its firms
    and by nothing else. Source: Model text 3.0b (B_s, B_ten), 4.2.
    """
    firms, levers = world.firms, world.levers
    gain, green = levers.firm("home_demand_gain"), p.public_share * levers.region("tendered_green")
    coupled = world.switches.market_coupling
    if isinstance(gain, float) and gain == 0 and not (coupled and (innovation or green)):
        markets.lift = np.empty(0, np.float32)
        return sold
    lift = np.ones(firms.size, np.float32)
    if coupled and innovation:
        lift += np.float32(innovation) * (merit - 1)
    if coupled and green:
        advanced = (firms.green_level >= 2).astype(np.float32)
        count = len(markets.home_start)
        lift += np.float32(green) * (demand.merit_ratio(weight, advanced, firms.industry, count) - 1)
    lift *= 1 + np.float32(gain)
    markets.lift = np.ones(world.slots, np.float32)
    markets.lift[firms.slot] = lift
    return sold * lift


def fill_order_books(world: World, markets: Markets, now: Quarter, rivals: Rivals, p: Demand) -> None:
    """Pass the orders of anchor employers on to their suppliers. Source: Model text 4.2 (supply chain)."""
    firms, chain, anchors = world.firms, world.chain, world.anchors
    coupled = world.switches.market_coupling
    rows = world.row_of.take(chain.slot)
    if coupled and rivals.required:
        level = np.minimum(firms.digital_level, firms.green_level).take(rows)
        chain.weight, kept = demand.move_orders(chain, level, rivals.required, anchors.size, rivals.leakage, p)
        anchors.orders_kept *= kept.astype(np.float32)
    strength = 0.0
    if coupled:
        sales = firms.sales.astype(np.float64)
        overall = float((firms.log_productivity * sales).sum() / sales.sum())
        strength = p.armington / 2 * (overall - markets.chain_start - rivals.catch_up)
    growth = np.float32(now.world_demand * np.exp(strength))
    anchors.orders = anchors.orders_start * anchors.orders_kept * anchors.open * growth
    value = anchors.orders.take(chain.anchor) * chain.weight
    firms.demand_chain = np.bincount(rows, value, firms.size)


def sell_abroad(world: World, goal: Floats, noise: Floats, growth: float, adjustment: float) -> None:
    """Move export sales towards the stage's goal; DX += 0.10 (DX* - DX), times world growth and the firm's shock.

    goal  (rows,)  kSEK/q.  Source: Model text 4.6.
    """
    firms = world.firms
    moved = firms.demand_export + np.float32(adjustment) * (goal - firms.demand_export)
    moved *= np.exp(noise)
    moved *= np.float32(growth)
    firms.demand_export = moved * firms.exporting


def total_demand(world: World) -> Floats:
    """Demand over all channels; kSEK/q, (rows,). Source: Model text 4.2."""
    firms = world.firms
    total: Floats = firms.demand_home + firms.demand_chain
    total += firms.demand_export
    return total


def input_rate(world: World, services: Floats, left: Inputs, now: Quarter) -> Floats:
    """Material, services, energy, carbon and customers' requirements per krona of sales; (rows,).

    services  (industries,)  bought services per krona of sales

    Source: Model text 4.2, 4.5.
    """
    firms = world.firms
    rate: Floats = (world.region.industries.material_intensity * np.float32(now.material_price)).take(firms.industry)
    rate *= left.material
    rate += services.take(firms.industry)
    rate += np.float32(now.electricity_price / 1e3) * firms.energy_intensity * left.energy
    rate += np.float32(now.carbon_cost / 1e6) * firms.carbon_intensity * left.carbon
    if left.rules is not None:
        rate += demand.compliance_rate(
            firms.demand_chain, total_demand(world), firms.digital_level >= green.DIGITAL_ENOUGH, left.rules
        )
    return rate


def settle(
    world: World, relative: Floats, wages: Series, pay: Floats, rate: Floats, away: tuple[Floats, Floats],
    research: Floats, guaranteed: Floats | float, now: Quarter, p: Finance,
) -> Accounts:  # fmt: skip
    """Produce, sell, pay and close the books; no guarantee stands behind loans for upkeep or to cover losses.

    wages     (zones, 5)     1  wage by zone and class, 1 at the start
    pay       (industries,)  1  wage factor
    rate      (rows,)  1        inputs per krona of sales, of `input_rate`; becomes their cost
    away  (rows,) each  FTE  working time lost to training, and the part of it that measures pay for
    research  (rows,)  kSEK/q  R&D beyond what costs have held from the start
    guaranteed  kSEK  loans behind which measures stand

    Source: Model text 4.2.
    """
    firms = world.firms
    capacity = np.exp(firms.log_productivity)
    capacity *= np.maximum(firms.employment - away[0], 0)
    capacity *= np.float32(now.wage_index)
    sales = np.minimum(total_demand(world), capacity, out=capacity)
    rate *= sales
    labour = finance.labour_cost(firms.staff, wages, firms.zone, relative, pay.take(firms.industry), now.wage_index, p)
    labour *= 1 - away[1] / np.maximum(firms.employment, np.float32(0.5))
    margin = world.levers.firm("spread_factor")
    if not isinstance(margin, float):
        margin = finance.relieved_margin(margin, firms.debt, guaranteed)
    interest = finance.interest_rate(firms.employment < 10, firms.rural, now.interest_rate, margin, p)
    books, firms.ebitda_year, firms.sales_year = finance.close_books(
        sales, rate, labour + research, firms.cash, firms.debt, firms.ebitda_year, firms.sales_year, interest,
        guaranteed, p,
    )  # fmt: skip
    firms.value_added, firms.labour_cost = books.value_added, labour
    firms.sales, firms.profit, firms.cash, firms.debt = books.sales, books.profit, books.cash, books.debt
    firms.insolvent_quarters += np.int8(1)
    firms.insolvent_quarters *= books.short_of_cash
    return books
