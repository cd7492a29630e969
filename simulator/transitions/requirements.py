"""What suppliers make of a requirement of their customers, in force or announced (Model text 3.0b B_req, 4.2, 4.10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Floats, Number, Rows, place_of, rows_where, single
from simulator.agents.world import World
from simulator.economy.demand import Demand
from simulator.economy.drivers import Drivers, requirement_level
from simulator.interventions.lever_table import LEVERS

REQUIRED = ("digital", "green")
"""Transitions whose level customers ask for."""


@dataclass(frozen=True, slots=True)
class Announced:
    """Suppliers that know of a requirement, in force or announced, which they do not meet.

    rows    (n,)
    profit  (n,)  kSEK/yr  on their orders, this transition's part
    delay   (n,)  yr       until the requirement is in force
    loss          1/q      orders lost below it
    """

    rows: Rows
    profit: Floats
    delay: Floats
    loss: float

    def stake(self, rows: Rows, firms: int, years: Floats) -> Floats:
        """What the step keeps on average over the years that count, 0 for those that know of nothing; kSEK/yr, (rows,).

        rows   (rows,)  some of `firms` rows;  years  (rows,)  that the owner looks ahead
        """
        place = place_of(self.rows, firms).take(rows)
        knowing = rows_where(place >= 0)
        place = place.take(knowing)
        lost = share_lost(self.loss, years.take(knowing), self.delay.take(place))
        kept = np.zeros(len(rows), np.float32)
        kept[knowing] = self.profit.take(place) * lost
        return kept


def levels_ahead(drivers: Drivers, calendar: float) -> Sequence[int]:
    """Level that is required so many quarters ahead, from 0 to the longest lead."""
    longest = int(LEVERS["requirement_lead"].allowed[1])
    return [requirement_level(drivers, calendar, lead) for lead in range(longest + 1)]


def share_lost(loss: float, years: Floats, delay: Floats) -> Floats:
    """Orders lost on average over some years to a requirement not met: (1 - (1 - e^-x)/x) (L - d)/L; (rows,).

    x = 4k (L - d).  loss  1/q  k, orders lost below it;  years  (rows,)  L;  delay  (rows,)  yr  d, until it is there

    Source: Model text 3.0b (B_req), 4.2 (supply chain); judgement.
    """
    below = np.maximum(years - delay, 0)
    decay = np.maximum(4 * loss * below, np.float32(1e-6))
    share: Floats = (1 + np.expm1(-decay) / decay) * (below / years)
    return share


def profit_at_stake(orders: Floats, value_added: Number, labour: Number) -> Floats:
    """Profit on orders that may be lost: (1 - labour's share) x value added x orders x 4; kSEK/yr, (rows,).

    orders  kSEK/q;  value_added, labour  1  share of sales, and of value added

    Staff can be laid off or find other work, so that only what is left after wages is lost.
    Source: Model text 3.0b (B_req); judgement.
    """
    profit: Floats = (1 - labour) * value_added * 4 * orders
    return profit


def announced(world: World, ahead: Sequence[int], p: Demand) -> Mapping[str, Announced]:
    """Suppliers that a requirement in force, or one within the lead they are given, asks for more; by transition.

    ahead  (quarters,)  digital and green level required so many quarters ahead

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
    lacking = {name: supplies & (getattr(firms, f"{name}_level") < coming) for name in REQUIRED}
    count = np.sum(list(lacking.values()), axis=0)
    told = {}
    for name, lacks in lacking.items():
        rows = rows_where(lacks)
        industry = firms.industry.take(rows)
        profit = profit_at_stake(
            firms.demand_chain.take(rows), facts.value_added_share.take(industry), facts.labour_share.take(industry)
        )
        profit /= count.take(rows).astype(np.float32)
        delay = single(np.searchsorted(ahead, getattr(firms, f"{name}_level").take(rows), side="right") / 4)
        told[name] = Announced(rows, profit, delay, p.requirement_loss)
    return told
