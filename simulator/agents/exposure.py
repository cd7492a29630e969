"""What a firm sees of others: one packed gather over its peers (Model text 4.2, 4.4a, 7.3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Flags, Floats, Small
from simulator.agents.firms import PEERS, Firms
from simulator.agents.world import World

_BITS = 5
_MASK = 2**_BITS - 1


@dataclass(frozen=True, slots=True)
class Seen:
    """What the peers of each firm do; all arrays (rows,).

    digital      weighted share of peers, co-suppliers and cluster at the firm's next digital level or above
    exporters    share of exporters among peers
    failed       whether a peer's digital project has just failed
    """

    digital: Floats
    exporters: Floats
    failed: Flags


def _peer_counts(world: World, failed: Flags) -> tuple[list[Floats], Floats]:
    """Peers at each digital level, exporting, just failed (five arrays), and live peers; (rows,) each."""
    firms = world.firms
    level = firms.digital_level
    facts = (np.ones(firms.size, bool), level >= 1, level >= 2, level >= 3, firms.exporting, failed)
    packed = np.zeros(firms.size, np.uint32)
    for place, fact in enumerate(facts):
        packed |= fact.astype(np.uint32) << np.uint32(place * _BITS)
    by_slot = np.zeros(world.slots + 1, np.uint32)  # the last entry serves peer -1
    by_slot[firms.slot] = packed
    total = by_slot[firms.peers[0]]
    for peer in range(1, PEERS):
        total += by_slot[firms.peers[peer]]
    counts = [((total >> np.uint32(place * _BITS)) & np.uint32(_MASK)).astype(np.float32) for place in range(6)]
    return counts[1:], counts[0]


def _supplier_share(world: World, next_level: Small) -> tuple[Floats, Flags]:
    """Share of co-suppliers at each supplier's next digital level, and who has co-suppliers; (rows,) each."""
    firms, chain = world.firms, world.chain
    rows = world.row_of[chain.slot]
    size, anchors = firms.size, world.anchors.size
    level = firms.digital_level[rows]
    suppliers = np.bincount(chain.anchor, minlength=anchors)
    reached = np.stack([np.bincount(chain.anchor, level >= step, anchors) for step in (1, 2, 3)])
    others = suppliers[chain.anchor] - 1
    share = np.divide(reached[next_level[rows] - 1, chain.anchor], others, out=np.zeros(len(rows)), where=others > 0)
    links = np.bincount(rows, others > 0, size)
    return (np.bincount(rows, share, size) / np.maximum(links, 1)).astype(np.float32), links > 0


def see(world: World, failed: Flags, weights: tuple[float, ...]) -> Seen:
    """Compute the exposure of every firm to others.

    E = (0.6 peers + 0.3 co-suppliers + 0.1 cluster) / weights of those present, each a share at the next level or above

    failed   (rows,)  whether the firm's own digital project has just failed
    weights           weights of peers, co-suppliers and cluster (members in the same county)

    Source: Model text 4.2, 4.4a; granovetter1978.
    """
    firms: Firms = world.firms
    counts, live = _peer_counts(world, failed)
    degree = np.maximum(live, 1)
    next_level = np.minimum(firms.digital_level + 1, 3).astype(np.int8)
    peers = np.choose(next_level - 1, counts[:3]) / degree
    weight = np.where(live > 0, np.float32(weights[0]), np.float32(0))
    value = weight * peers
    if world.switches.supply_chain and len(world.chain.slot):
        share, present = _supplier_share(world, next_level)
        part = present * np.float32(weights[1])
        value += part * share
        weight += part
    members = firms.cluster_member
    counties = len(world.region.county_codes)
    inside = firms.county[members]
    size = np.maximum(np.bincount(inside, minlength=counties), 1)
    level = firms.digital_level[members]
    reached = np.stack([np.bincount(inside, level >= step, counties) / size for step in (1, 2, 3)]).astype(np.float32)
    part = members * np.float32(weights[2])
    value += part * reached[next_level - 1, firms.county]
    weight += part
    return Seen(value / np.maximum(weight, np.float32(1e-9)), counts[3] / degree, counts[4] > 0)
