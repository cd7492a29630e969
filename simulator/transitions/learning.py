"""What firms learn in a quarter and make of it: R&D, what others know, links, innovation (Model text 4.3)."""

from __future__ import annotations

import numpy as np

from simulator.agents.columns import Floats, Rows, rows_where
from simulator.agents.world import World
from simulator.transitions import innovation
from simulator.transitions.innovation import Innovation

_STEPS_PER_KSEK = np.float32(256)
_MOST = np.float32(2**22 - 1)
_LIVE = np.uint32(2**27)
"""A live peer's word: knowledge per worker in the lower bits, one above them; 31 peers add up without overflow."""


def knowledge_intensity(knowledge: Floats, employment: Floats) -> Floats:
    """Knowledge per worker, K/n; kSEK/FTE, (rows,). Source: Model text 4.3."""
    intensity: Floats = knowledge / np.maximum(employment, np.float32(0.5))
    return intensity


def peer_knowledge(world: World, intensity: Floats) -> Floats:
    """Mean knowledge per worker of live peers, 0 without any; kSEK/FTE, (rows,).

    Source: Model text 4.3 (mean_NB), 7.3.
    """
    firms = world.firms
    words = np.zeros(world.slots + 1, np.uint32)
    words[firms.slot] = np.minimum(intensity * _STEPS_PER_KSEK, _MOST).astype(np.uint32) + _LIVE
    total = np.zeros(firms.size, np.uint32)
    for peer in firms.peers:  # all at once would take ten times the memory
        total += words.take(peer)
    live = total // _LIVE
    mean: Floats = (total % _LIVE).astype(np.float32)
    mean /= np.maximum(live, 1).astype(np.float32) * _STEPS_PER_KSEK
    return mean


def gain_knowledge(world: World, at_start: Floats, p: Innovation) -> Floats:
    """Let knowledge age and grow by R&D, peers, universities, testbeds and public research; returns K/n, (rows,).

    at_start  (industries,)  kSEK/FTE  what peers knew at the start; used without peer effects
    """
    firms, levers = world.firms, world.levers
    if world.switches.peer_effects:
        peers = peer_knowledge(world, knowledge_intensity(firms.knowledge, firms.employment))
    else:
        peers = at_start.take(firms.industry)
    peers *= np.float32(levers.firm("peer_knowledge_factor"))
    visiting = firms.testbed_quarters > 0
    inflow = innovation.knowledge_inflow(
        firms.absorptive_capacity, firms.employment, peers, firms.university_link, visiting,
        levers.region("public_knowledge"), p,
    )  # fmt: skip
    firms.knowledge = innovation.next_knowledge(firms.knowledge, firms.rd_spending, inflow, p)
    return knowledge_intensity(firms.knowledge, firms.employment)


def innovate(world: World, intensity: Floats, kept: Floats, p: Innovation) -> Rows:
    """Let firms innovate: sales from new products and own productivity rise; testbed visits run a quarter down.

    intensity  (rows,)  kSEK/FTE  knowledge per worker;  kept  (rows,)  1  sales from new products that do not grow old
    """
    firms, levers = world.firms, world.levers
    links = (firms.cluster_member, firms.testbed_quarters > 0, firms.university_link, levers.firm("procurement_merit"))
    chance = innovation.innovation_chance(intensity, links, levers.firm("innovation_factor"), p)
    firms.innovated = world.draw("innovation.event") < chance
    innovators = rows_where(firms.innovated)
    firms.new_product_share = innovation.next_new_products(
        firms.new_product_share, kept, firms.innovated, levers.firm("new_product_gain"), p
    )
    firms.idiosyncratic[innovators] += np.float32(p.innovation_productivity)
    firms.testbed_quarters -= firms.testbed_quarters > 0
    world.note("innovated", innovators)
    return innovators


def link_formation(share: Floats, loss: float) -> Floats:
    """Chance that a university link forms in a year so that, against its loss, a share of firms has one; (rows,).

    P = (1 - exp(-loss)) share / (1 - share),  loss 1/yr

    Source: CONST (two-state chain).
    """
    chance: Floats = np.float32(-np.expm1(-loss)) * share / np.maximum(1 - share, np.float32(1e-6))
    return chance


def link_universities(world: World, due: Rows, share: tuple[float, ...], p: Innovation) -> None:
    """Let university links end and form, once a year for each firm, and by measures at any time.

    due    rows of firms whose year it is
    share  1  of firms with a link: of all, and more among those with R&D.  Source: Model text 1.7 #11, 4.3; CPB140.
    """
    firms = world.firms
    linked = firms.university_link.take(due)
    usual = np.float32(share[0]) + np.float32(share[1]) * firms.rd_performer.take(due)
    ends, forms = world.draws(due, "innovation.link_ends", "innovation.link_forms")
    kept = linked & (ends >= np.float32(-np.expm1(-p.link_loss)))
    firms.university_link[due] = kept | (~linked & (forms < link_formation(usual, p.link_loss)))
    chance = world.levers.firm("university_link")
    if isinstance(chance, float):
        return
    rows = rows_where((chance > 0) & ~firms.university_link)
    firms.university_link[rows[world.draw("innovation.university", rows) < chance[rows]]] = True
