"""What suppliers make of a requirement of their customers, in force or announced (Model text 3.0b B_req, 4.2, 4.10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Floats, Number, Rows, rows_where, single
from simulator.agents.world import World
from simulator.economy.demand import Demand
from simulator.economy.drivers import Drivers, requirement_level
from simulator.interventions.lever_table import LEVERS


@dataclass(frozen=True, slots=True)
class Announced:
    """Suppliers that know of a requirement, in force or announced, which they do not meet.

    rows  (n,);  stake  (n,) kSEK/yr  profit on the orders that they would lose
    """

    rows: Rows
    stake: Floats

    def of(self, rows: Rows, firms: int) -> Floats:
        """What is at stake for some of `firms` rows, 0 for those that know of nothing; shape of `rows`, kSEK/yr."""
        wide = np.zeros(firms, np.float32)
        wide[self.rows] = self.stake
        return wide.take(rows)


def levels_ahead(drivers: Drivers, calendar: float) -> Sequence[int]:
    """Level that is required so many quarters ahead, from 0 to the longest lead."""
    longest = int(LEVERS["requirement_lead"].allowed[1])
    return [requirement_level(drivers, calendar, lead) for lead in range(longest + 1)]


def share_lost(loss: float, years: Floats) -> Floats:
    """Orders lost on average over some years below a requirement: 1 - (1 - e^-4kL)/(4kL); (rows,).

    loss  1/q  k, orders lost below the requirement;  years  L

    Source: Model text 4.2 (supply chain); judgement.
    """
    decay = np.maximum(4 * loss * years, np.float32(1e-6))
    share: Floats = 1 + np.expm1(-decay) / decay
    return share


def profit_at_stake(orders: Floats, value_added: Number, labour: Number, lost: Number) -> Floats:
    """Profit on the orders that would be lost: (1 - labour's share) x value added x orders x 4; kSEK/yr, (rows,).

    orders  kSEK/q;  value_added, labour  1  share of sales, and of value added;  lost  1  part of the orders

    Staff can be laid off or find other work, so that only what is left after wages is lost.
    Source: Model text 3.0b (B_req); judgement.
    """
    stake: Floats = (1 - labour) * value_added * 4 * orders * lost
    return stake


def announced(
    world: World, ahead: Sequence[int], lifetimes: Mapping[str, Sequence[float]], p: Demand
) -> Mapping[str, Announced]:
    """Suppliers that a requirement in force, or one within the lead they are given, asks for more; by transition.

    ahead      (quarters,)  digital and green level required so many quarters ahead
    lifetimes  (steps,)  yr  of what each step buys, of the transitions that are required

    A firm that lacks several transitions keeps its orders by all of them, so that each counts for its part.
    Source: Model text 3.0b (B_req), 4.2, 4.10 (customers' requirements raise the payoff).
    """
    lead = world.levers.firm("requirement_lead")
    moves = world.switches.supply_chain and world.switches.market_coupling  # otherwise nobody loses orders
    if not moves or not ahead[int(np.max(lead, initial=0))]:
        return {}
    firms, facts = world.firms, world.region.industries
    known = np.broadcast_to(np.asarray(lead), (firms.size,))
    coming = np.asarray(ahead, np.int8)[known.astype(np.intp)]
    if not world.switches.diffusion:  # then only policy tells anybody anything
        coming = np.where(known >= 1, coming, np.int8(0))
    supplies = firms.demand_chain > 0
    lacking = {name: supplies & (getattr(firms, f"{name}_level") < coming) for name in lifetimes}
    count = np.sum(list(lacking.values()), axis=0)
    told = {}
    for name, lacks in lacking.items():
        rows = rows_where(lacks)
        industry = firms.industry.take(rows)
        lost = share_lost(p.requirement_loss, single(lifetimes[name]).take(getattr(firms, f"{name}_level").take(rows)))
        stake = profit_at_stake(
            firms.demand_chain.take(rows), facts.value_added_share.take(industry), facts.labour_share.take(industry),
            lost,
        )  # fmt: skip
        told[name] = Announced(rows, stake / count.take(rows).astype(np.float32))
    return told
