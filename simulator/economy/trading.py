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
) -> None:  # fmt: skip
    """Divide home markets between firms by the replicator, and let customers notice changed productivity."""
    firms = world.firms
    count = len(markets.home_start)
    change = np.float32(p.reference_speed) * (firms.log_productivity - firms.log_reference)
    firms.log_reference += change
    weight = demand.home_weight(
        firms.demand_home, change, relative, firms.new_product_share, noise, log_size, firms.age, p
    )
    if world.switches.market_coupling:
        strength = demand.industry_means(firms.log_productivity, firms.sales, firms.industry, count)
        home = markets.home_start * now.home_demand
        market = demand.market_size(home, strength, markets.strength_start, rivals.catch_up, p)
        firms.demand_home = demand.share_market(weight, market, firms.industry)
    else:
        firms.demand_home = weight * np.float32(now.home_demand / markets.before)
    markets.before = now.home_demand


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


def settle(
    world: World, relative: Floats, wages: Series, pay: Floats, services: Floats, collateral: Floats | float,
    away: tuple[Floats, Floats], inputs: Inputs, research: Floats, now: Quarter, p: Finance,
) -> Accounts:  # fmt: skip
    """Produce, sell, pay and close the books.

    wages     (zones, 5)     1  wage by zone and class, 1 at the start
    pay, services  (industries,)  wage factor, and bought services per krona of sales
    collateral     1  weight of collateral, with what measures add
    away  (rows,) each  FTE  working time lost to training, and the part of it that measures pay for
    inputs  what transitions leave of material, energy and emissions
    research  (rows,)  kSEK/q  R&D beyond what costs have held from the start

    Source: Model text 4.2.
    """
    firms = world.firms
    industry = firms.industry
    rate = (world.region.industries.material_intensity * np.float32(now.material_price)).take(industry)
    rate *= inputs.material
    rate += services.take(industry)
    rate += np.float32(now.electricity_price / 1e3) * firms.energy_intensity * inputs.energy
    rate += np.float32(now.carbon_cost / 1e6) * firms.carbon_intensity * inputs.carbon
    capacity = np.exp(firms.log_productivity)
    capacity *= np.maximum(firms.employment - away[0], 0)
    capacity *= np.float32(now.wage_index)
    total = total_demand(world)
    if inputs.rules is not None:
        rate += demand.compliance_rate(firms.demand_chain, total, firms.digital_level >= 2, inputs.rules)
    sales = np.minimum(total, capacity, out=capacity)
    rate *= sales
    labour = finance.labour_cost(firms.staff, wages, firms.zone, relative, pay.take(industry), now.wage_index, p)
    labour *= 1 - away[1] / np.maximum(firms.employment, np.float32(0.5))
    margin = np.float32(world.levers.firm("spread_factor"))
    interest = finance.interest_rate(firms.employment < 10, firms.rural, now.interest_rate, margin, p)
    books, firms.ebitda_year, firms.sales_year = finance.close_books(
        sales,
        rate,
        labour + research,
        firms.cash,
        firms.debt,
        firms.ebitda_year,
        firms.sales_year,
        interest,
        collateral,
        p,
    )
    firms.value_added, firms.labour_cost = books.value_added, labour
    firms.sales, firms.profit, firms.cash, firms.debt = books.sales, books.profit, books.cash, books.debt
    firms.insolvent_quarters += np.int8(1)
    firms.insolvent_quarters *= books.short_of_cash
    return books
