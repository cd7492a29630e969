"""Who meets whom and who supplies whom (Model text 1.2, 1.7 row 11).

Draws come from the caller, one row of uniforms per decision, keyed by slot: the functions hold no luck of their own.
They serve the first population and a handful of entrants alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Flags, Floats, Rows, Small, Whole
from simulator.agents.firms import PEERS
from simulator.quantity import number
from simulator.region.facts import Region
from simulator.region.gravity import NOBODY, Places, draw_anybody, draw_partners, inverse_shares, sort_places

NEAR_PEERS, CO_SUPPLIERS = 6, 2
LONG_TIES = PEERS - NEAR_PEERS - CO_SUPPLIERS


@dataclass(frozen=True, kw_only=True)
class Networks:
    """How near partners must be, and how many firms supply an anchor employer."""

    decay_minutes: float = number(
        25.0,
        "minutes",
        (1, 500),
        "Travel time over which contacts thin out",
        "Restid över vilken kontakter glesnar",
        basis="judgement",
        spread=(0.5, 2.0),
        help_en="The weight of a partner falls by a factor 2.7 for each such stretch of travel time.",
        help_sv="En kontakts vikt faller med faktorn 2,7 för varje sådan restid.",
    )
    same_industry: float = number(
        3.0,
        "1",
        (1, 100),
        "Weight of a partner in the same industry",
        "Vikt för kontakt i samma bransch",
        basis="judgement",
        uncertain=(1.0, 6.0),
        help_en="A partner in another industry weighs 1.",
        help_sv="En kontakt i en annan bransch väger 1.",
    )
    supplier_share: float = number(
        0.25,
        "1",
        (0, 1),
        "Manufacturers large enough that supply an anchor employer",
        "Tillräckligt stora tillverkare som levererar till storföretag",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    supplier_share_other: float = number(
        0.08,
        "1",
        (0, 1),
        "Other firms that supply an anchor employer",
        "Övriga företag som levererar till storföretag",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    supplier_employees: float = number(
        10.0,
        "FTE",
        (0, 250),
        "Employees from which a manufacturer is large enough",
        "Antal anställda från vilket en tillverkare är tillräckligt stor",
        basis="judgement",
        uncertain=(5.0, 20.0),
    )
    second_anchor: float = number(
        0.5,
        "1",
        (0, 1),
        "Suppliers that serve a second anchor employer",
        "Leverantörer som har ett andra storföretag",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    rewiring: float = number(
        0.02,
        "1/yr",
        (0, 0.4),
        "Ties that go to another firm",
        "Kontakter som byts mot ett annat företag",
        basis="judgement",
        uncertain=(0.01, 0.05),
        help_en="Only with the switch rewiring.",
        help_sv="Endast med kopplingen rewiring.",
    )


@dataclass(frozen=True, slots=True)
class SupplyChain:
    """Edges from anchor employers to their suppliers, (E,), sorted by firm and anchor: anchor row, firm slot."""

    anchor: Whole
    firm: Whole


def meeting_places(
    region: Region, rules: Networks, slot: Whole, municipality: Small | Whole, industry: Small | Whole
) -> Places:
    """Sort the live firms by place and industry for `draw_peers`; slot, municipality, industry (N,), in any order."""
    count = len(region.industries.codes)
    return sort_places(slot, municipality, industry, region.minutes, count, rules.decay_minutes, rules.same_industry)


def draw_suppliers(
    region: Region,
    rules: Networks,
    slot: Whole,
    municipality: Small | Whole,
    manufacturing: Flags,
    employment: Floats,
    link_draw: Floats,
    second_draw: Floats,
    anchor_draw: Floats,
) -> SupplyChain:
    """Draw which firms supply which anchor employers.

    P(supplier) = supplier_share of manufacturers with at least supplier_employees, else supplier_share_other
    P(anchor)   ~ exp(-minutes / decay_minutes) * the anchor's employees;  a second, other one with second_anchor

    slot, municipality, manufacturing, employment, link_draw, second_draw (n,); anchor_draw (2, n) for the first and
    the second anchor.  The firms given are the only ones drawn for: all at the start, entrants later.
    Source: SPEC, Model text 1.7 row 11.
    """
    anchors = region.anchors
    nearness = np.exp(-region.minutes[:, anchors.municipality].astype(np.float64) / rules.decay_minutes)
    weights = nearness * anchors.employees.astype(np.float64)
    if not weights.size:
        nothing = np.empty(0, np.int32)
        return SupplyChain(nothing, nothing)
    large = manufacturing & (employment >= rules.supplier_employees)
    chosen = np.flatnonzero(link_draw < np.where(large, rules.supplier_share, rules.supplier_share_other))
    home = municipality[chosen].astype(np.int64)
    flat = inverse_shares(weights)
    first = _anchor(flat, home, anchor_draw[0, chosen], len(anchors.names))
    reach = _interval(flat, home, first, len(anchors.names))
    others = np.flatnonzero((second_draw[chosen] < rules.second_anchor) & (reach[1] - reach[0] < 1))
    below, above = reach[0][others], reach[1][others]
    draw = anchor_draw[1, chosen[others]].astype(np.float64) * (1 - (above - below))
    draw += np.where(draw >= below, above - below, 0)
    second = _anchor(flat, home[others], draw, len(anchors.names))
    firm = np.concatenate((slot[chosen], slot[chosen[others]]))
    anchor = np.concatenate((first, second))
    order = np.lexsort((anchor, firm))
    return SupplyChain(anchor[order].astype(np.int32), firm[order].astype(np.int32))


def _anchor(flat: NDArray[np.float64], home: Rows, draw: NDArray[np.floating], anchors: int) -> Rows:
    return np.searchsorted(flat, home + draw.astype(np.float64), side="right") % anchors


def _interval(
    flat: NDArray[np.float64], home: Rows, anchor: Rows, anchors: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the stretch of [0, 1) that leads to `anchor` from `home`."""
    at = home * anchors + anchor
    below = np.where(anchor > 0, flat[np.maximum(at, 1) - 1] - home, 0.0)
    return below, flat[at] - home


def draw_anchors(region: Region, rules: Networks, municipality: Small | Whole, open_: Floats, draw: Floats) -> Whole:
    """Draw an anchor employer in operation for each firm, its row; -1 where there is none.

    P(anchor) ~ exp(-minutes / decay_minutes) * the anchor's employees.  municipality, draw (n,)
    open_  (anchors,)  1  part in operation
    Source: Model text 1.7 row 11.
    """
    anchors = region.anchors
    if not open_.any():
        return np.full(len(draw), NOBODY, np.int32)
    nearness = np.exp(-region.minutes[:, anchors.municipality].astype(np.float64) / rules.decay_minutes)
    flat = inverse_shares(nearness * (anchors.employees.astype(np.float64) * open_))
    return _anchor(flat, municipality.astype(np.int64), draw, len(anchors.names)).astype(np.int32)


def draw_peers(
    places: Places,
    slot: Whole,
    rows: Rows,
    chain_anchor: Whole,
    chain_row: Rows,
    place_draw: Floats,
    partner_draw: Floats,
) -> Whole:
    """Draw the peers of the firms in `rows`, slots (PEERS, n); -1 where there is nobody, never the firm itself.

    Six by nearness and industry, two that supply the same anchor (by nearness for a firm without co-suppliers),
    two long ties with anybody.  Drawn with replacement: a near firm may count twice.

    slot                     (N,) of all live firms, in the order of rows that `places` was made of
    rows                     (n,) firms that draw
    chain_anchor, chain_row  (E,) anchor and row of every live supplier's edges
    place_draw               (8, n) uniforms: municipality of the partner, or which of the firm's own anchors
    partner_draw             (10, n) uniforms: which firm there
    Source: SPEC, Model text 1.2.
    """
    peers = np.empty((PEERS, len(rows)), np.int32)
    suppliers = _Suppliers.sorted(chain_anchor, chain_row, slot, places.size)
    for tie in range(PEERS):
        if tie >= NEAR_PEERS + CO_SUPPLIERS:
            found = draw_anybody(places, rows, partner_draw[tie])
        else:
            found = draw_partners(places, rows, place_draw[tie], partner_draw[tie])
            if tie >= NEAR_PEERS:
                other = suppliers.partner(rows, place_draw[tie], partner_draw[tie])
                found = np.where(other == NOBODY, found, other)
        peers[tie] = np.where(found == NOBODY, NOBODY, slot[found])
    return peers


@dataclass(frozen=True, slots=True)
class _Suppliers:
    """Edges sorted by anchor and slot, and the edges of each firm."""

    row: Rows
    begin: Rows
    """first edge of the edge's anchor"""
    count: Rows
    """edges of the edge's anchor"""
    own: Rows
    """edges sorted by firm"""
    own_begin: Rows
    own_count: Rows

    @classmethod
    def sorted(cls, anchor: Whole, row: Rows, slot: Whole, firms: int) -> _Suppliers:
        order = np.lexsort((slot[row], anchor))
        anchor, row = anchor[order], row[order]
        counts = np.bincount(anchor)
        begins = np.cumsum(counts) - counts
        own_count = np.bincount(row, minlength=firms)
        return cls(
            row, begins[anchor], counts[anchor], np.argsort(row, kind="stable"), np.cumsum(own_count) - own_count,
            own_count,
        )  # fmt: skip

    def partner(self, rows: Rows, edge_draw: Floats, partner_draw: Floats) -> Rows:
        """Return another supplier of one of the firm's anchors, NOBODY where there is none."""
        found = np.full(len(rows), NOBODY, dtype=np.int64)
        linked = np.flatnonzero(self.own_count[rows])
        firm = rows[linked]
        pick = (edge_draw[linked].astype(np.float64) * self.own_count[firm]).astype(np.int64)
        edge = self.own[self.own_begin[firm] + pick]
        others = self.count[edge] - 1
        offset = (partner_draw[linked].astype(np.float64) * others).astype(np.int64)
        offset += offset >= edge - self.begin[edge]
        partner = self.row[np.minimum(self.begin[edge] + offset, len(self.row) - 1)]
        found[linked] = np.where(others > 0, partner, NOBODY)
        return found
