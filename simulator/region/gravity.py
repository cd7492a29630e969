"""Partners drawn by nearness and industry, in time and memory that grow with the number of firms only.

The weight of a partner is exp(-minutes / decay), times a factor in the same industry.  It is the same for all
firms of one municipality and industry, so a draw has two steps: the partner's municipality, by inverse
distribution function over municipalities; then the partner, by position in a list sorted by place and industry.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Draws = NDArray[np.float32]
Rows = NDArray[np.integer]
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Places:
    """N firms sorted by municipality, industry and id; made by `sort_places`.

    order       (N,) rows in sorted order
    position    (N,) place of each row in that order
    cell        (N,) municipality * industries + industry, by row
    first       (M * S + 1,) position at which each cell begins
    cumulative  (M * S * M,) for each cell the distribution function over municipalities, plus the cell's number
    partners    (M * S,) whether a firm of the cell has anybody to meet
    industries  S
    same        weight of a partner in the same industry, another industry = 1
    """

    order: Rows
    position: Rows
    cell: Rows
    first: Rows
    cumulative: Doubles
    partners: NDArray[np.bool_]
    industries: int
    same: float

    @property
    def size(self) -> int:
        """Number of firms."""
        return len(self.order)


def inverse_shares(weights: Doubles) -> Doubles:
    """Return distribution functions over the columns of `weights`, row r's raised by r, flattened for searchsorted.

    weights (R, K), at least 0; a row of zeros gives a function that is 1 throughout.  Source: CONST.

    >>> inverse_shares(np.array([[1.0, 3.0], [0.0, 2.0]])).tolist()
    [0.25, 1.0, 1.0, 2.0]
    """
    share = np.cumsum(weights, axis=1)
    total = share[:, -1:]
    share = np.divide(share, total, out=np.ones_like(share), where=total > 0)
    flat: Doubles = (share + np.arange(len(share))[:, None]).ravel()
    return flat


def sort_places(
    ids: NDArray[np.integer],
    municipality: NDArray[np.integer],
    industry: NDArray[np.integer],
    minutes: NDArray[np.floating],
    industries: int,
    decay: float,
    same: float,
) -> Places:
    """Sort firms by place and industry and build the distribution of partners' municipalities.

    P(m' | m, s) ~ exp(-minutes[m, m'] / decay) (N[m'] + (same - 1) N[m', s]),  not counting the firm itself

    ids, municipality, industry (N,) in any order: the order of rows never shows in a draw; minutes (M, M);
    decay minutes; same at least 1.  Source: SPEC, Model text 1.2.
    """
    places = len(minutes)
    cell = municipality.astype(np.int64) * industries + industry
    order = np.lexsort((ids, cell))
    position = np.empty_like(order)
    position[order] = np.arange(len(order))
    counts = np.bincount(cell, minlength=places * industries).reshape(places, industries)
    first = np.concatenate(([0], np.cumsum(counts)))
    nearness = np.exp(-minutes.astype(np.float64) / decay)
    everybody = counts.sum(axis=1)
    weights = nearness[:, None, :] * (everybody + (same - 1) * counts.T)
    own = np.arange(places)
    others = np.maximum(everybody[:, None] - 1 + (same - 1) * (counts - 1), 0)
    weights[own, :, own] = nearness[own, own, None] * others
    weights = weights.reshape(places * industries, places)
    partners = weights.sum(axis=1) > 0
    return Places(
        order.astype(np.int32), position.astype(np.int32), cell.astype(np.int32), first, inverse_shares(weights),
        partners, industries, same,
    )  # fmt: skip


def draw_partners(places: Places, rows: Rows, place_draw: Draws, partner_draw: Draws) -> Rows:
    """Return one partner's row for each firm in `rows`, NOBODY for a firm that is alone; never the firm itself.

    rows, place_draw, partner_draw (n,), draws uniform in [0, 1).  Source: SPEC, Model text 1.2.
    """
    cell = places.cell[rows]
    municipalities = len(places.partners) // places.industries
    target = np.searchsorted(places.cumulative, cell + place_draw.astype(np.float64), side="right") % municipalities
    home = target == cell // places.industries
    there = target * places.industries
    same_cell = there + cell % places.industries
    begin, end = places.first[there], places.first[there + places.industries]
    same_begin, same_end = places.first[same_cell], places.first[same_cell + 1]
    everybody, same = end - begin - home, same_end - same_begin - home
    draw = partner_draw.astype(np.float64) * (everybody + (places.same - 1) * same)
    extra = draw >= everybody
    offset = np.where(extra, (draw - everybody) / ((places.same - 1) or 1), draw).astype(np.int64)
    offset = np.minimum(offset, np.where(extra, same, everybody) - 1)
    found = np.where(extra, same_begin, begin) + offset
    found += home & (found >= places.position[rows])
    return np.where(places.partners[cell], places.order[np.minimum(found, places.size - 1)], NOBODY)


def draw_anybody(places: Places, rows: Rows, draw: Draws) -> Rows:
    """Return another firm's row for each firm in `rows`, all equally likely; NOBODY if there is no other.

    rows, draw (n,).  Source: SPEC, Model text 1.2.
    """
    others = places.size - 1
    if others < 1:
        return np.full(len(rows), NOBODY, dtype=np.int64)
    found = (draw.astype(np.float64) * others).astype(np.int64)
    found += found >= places.position[rows]
    return places.order[found]
