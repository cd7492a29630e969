"""Links that firms gain and lose: suppliers of anchor employers, multinationals, clusters (Model text 4.2, 4.6)."""

from __future__ import annotations

import numpy as np

from simulator.agents.columns import Floats, Rows, Whole, rows_where
from simulator.agents.networks import Networks, draw_anchors
from simulator.agents.world import World
from simulator.economy import demand


def keep_links(world: World) -> None:
    """Drop links of closed suppliers and of closed anchor employers.

    An anchor's other suppliers share what a closed one delivered; what a closed anchor ordered is lost to all. A firm
    without any link left is no supplier. Source: Model text 4.2 (supply chain; anchor closure).
    """
    chain, firms = world.chain, world.firms
    row = world.row_of.take(chain.slot)
    live = (row >= 0) & (world.anchors.open.take(chain.anchor) > 0)
    alive = rows_where(live)
    if len(alive) == len(chain.slot):
        return
    alone = np.setdiff1d(row[~live & (row >= 0)], row.take(alive))
    firms.supplier[alone] = firms.mne_link[alone] = False
    firms.demand_chain[alone] = 0
    chain.anchor, chain.slot, chain.weight = chain.anchor.take(alive), chain.slot.take(alive), chain.weight.take(alive)
    if world.switches.market_coupling:
        chain.weight = demand.normalised(chain.weight, chain.anchor, world.anchors.size)


def order_first(world: World, anchor: Whole, slot: Whole, order: float) -> None:
    """Make firms suppliers of anchor employers, each with a first order that is taken from the other suppliers.

    anchor, slot  (links,)  row of the anchor employer and slot of the supplier;  order  share of its home demand
    """
    rows = world.row_of.take(slot)
    world.firms.supplier[rows] = world.firms.mne_link[rows] = True
    if not len(slot) or not world.switches.supply_chain:
        return
    chain = world.chain
    books = np.maximum(world.anchors.orders_start[anchor], np.float32(1))
    share = np.float32(order) * world.firms.demand_home[rows] / books
    chain.anchor = np.concatenate((chain.anchor, anchor))
    chain.slot = np.concatenate((chain.slot, slot))
    chain.weight = np.concatenate((chain.weight, share))
    if world.switches.market_coupling:
        chain.weight = demand.normalised(chain.weight, chain.anchor, world.anchors.size)


def join_clusters(world: World) -> None:
    """Firms that a measure invites may join a cluster. Source: Model text 3.0b (clus)."""
    firms, chance = world.firms, world.levers.firm("cluster_membership")
    if isinstance(chance, float):
        return
    rows = rows_where((chance > 0) & ~firms.cluster_member)
    rows = rows[world.draw("cluster.join", rows) < chance[rows]]
    firms.cluster_member[rows] = True
    world.note("joined_cluster", rows)


def link_multinationals(world: World, networks: Networks, order: float) -> None:
    """Make as many firms suppliers of an anchor employer as the region's work with multinationals brings about.

    Manufacturers at digital level 1 or above without such a link, by capability: absorptive capacity x employment.
    Floor(rate/4 + u) firms a quarter, so that a higher rate only adds firms at equal luck; like all counted levers the
    rate is at the scale of the run.
    Source: Model text 3.0b (I_mne), 4.6.
    """
    rate = world.levers.region("multinational_links")
    if rate == 0:
        return
    firms, region = world.firms, world.region
    number = int(rate / 4 + float(world.luck.uniforms("multinational.number", world.quarter, 1)[0]))
    able = region.industries.manufacturing[firms.industry] & (firms.digital_level >= 1) & ~firms.mne_link
    rows = rows_where(able)
    capability = firms.absorptive_capacity.take(rows) * firms.employment.take(rows)
    rows = rows.take(most_capable(capability, world.draw("multinational.firm", rows), firms.slot.take(rows), number))
    anchor = draw_anchors(
        region, networks, firms.municipality.take(rows), world.anchors.open, world.draw("multinational.anchor", rows)
    )
    rows, anchor = rows.take(rows_where(anchor >= 0)), anchor[anchor >= 0]
    order_first(world, anchor, firms.slot.take(rows), order)
    world.note("linked_multinational", rows)


def most_capable(capability: Floats, draw: Floats, slot: Whole, number: int) -> Rows:
    """Places of `number` firms drawn without return in proportion to capability; (at most number,).

    The largest u^(1/w): a larger number only adds firms, and no firm's luck bears on another's. Source: efraimidis2006.
    """
    with np.errstate(divide="ignore"):
        key = np.log(draw.astype(np.float64)) / np.maximum(capability.astype(np.float64), 1e-9)
    return np.lexsort((slot, -key))[:number]
