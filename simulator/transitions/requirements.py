"""What suppliers make of a requirement that their customers announce ahead (Model text 3.0b B_req, 4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Floats, Number, Rows, rows_where, single
from simulator.agents.world import World
from simulator.economy.demand import Demand
from simulator.economy.drivers import Drivers, requirement_level
from simulator.interventions.lever_table import LEVERS


@dataclass(frozen=True, slots=True)
class Announced:
    """Suppliers that know of a requirement which they do not meet.

    rows  (n,);  stake  (n,) kSEK/yr  profit on the orders that they would lose
    """

    rows: Rows
    stake: Floats


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


def announced(world: World, ahead: Sequence[int], lifetime: Sequence[float], p: Demand) -> Announced | None:
    """Suppliers told of a digital requirement that comes within the lead they are given; None when nobody is told.

    ahead     (quarters,)  level required so many quarters ahead
    lifetime  (3 levels,)  yr  of what each step buys

    Source: Model text 3.0b (B_req), 4.2.
    """
    lead = world.levers.firm("requirement_lead")
    if (isinstance(lead, float) and lead < 1) or not world.switches.supply_chain:
        return None
    firms, facts = world.firms, world.region.industries
    coming = np.asarray(ahead, np.int8)[np.broadcast_to(np.asarray(lead), (firms.size,)).astype(np.intp)]
    coming *= np.broadcast_to(np.asarray(lead) >= 1, (firms.size,))
    rows = rows_where((firms.demand_chain > 0) & (firms.digital_level < coming))
    industry = firms.industry.take(rows)
    lost = share_lost(p.requirement_loss, single(lifetime).take(firms.digital_level.take(rows)))
    stake = profit_at_stake(
        firms.demand_chain.take(rows), facts.value_added_share.take(industry), facts.labour_share.take(industry), lost
    )
    return Announced(rows, stake)
