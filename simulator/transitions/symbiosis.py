"""Industrial symbiosis: one firm's residual becomes another's material (Model text 4.5, 7.4d); off by default."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Whole, rows_where
from simulator.agents.world import World
from simulator.quantity import Text, number
from simulator.region.geography import great_circle_km
from simulator.transitions import gates

LOOKED_AT = 20
"""Possible partners that a broker goes through for each firm."""
ROUNDS = 3


class Residual(NamedTuple):
    """A residual, and the divisions of SNI 2007 in which it arises and can be used."""

    text: Text
    arises: frozenset[int]
    used: frozenset[int]


RESIDUALS = tuple(
    Residual(Text(en, sv), frozenset(arises), frozenset(used))
    for en, sv, arises, used in (
        ("metal scrap and filings", "metallskrot och spån", (24, 25, 28, 29, 30), (24, 25)),
        ("slag and dust", "slagg och stoft", (24,), (23,)),
        ("wood chips and bark", "flis och bark", (16, 31), (16, 17, 31)),
        ("fibre and lignin", "fiberrester och lignin", (17,), (17, 20, 22)),
        ("food residues", "livsmedelsrester", (10, 11), (10, 20)),
        ("plastics", "plast", (22, 29, 32), (22, 25, 32)),
        ("oils and solvents", "oljor och lösningsmedel", (20, 25, 28), (19, 20)),
        ("surplus heat", "överskottsvärme", (10, 17, 23, 24), (10, 11, 16, 31)),
    )
)
"""Which residuals meet whom; judgement."""


@dataclass(frozen=True, kw_only=True)
class Symbiosis:
    """Parameters of symbiosis between firms."""

    matches: float = number(
        0.5,
        "count/q",
        (0, 100),
        "Symbiosis links found without policy",
        "Symbioslänkar som uppstår utan insatser",
        basis="judgement",
        uncertain=(0, 2),
        help_en="Only where the switch for symbiosis is on.",
        help_sv="Bara när omkopplaren för symbios är på.",
    )
    distance: float = number(
        60.0,
        "km",
        (1, 500),
        "Longest way between symbiosis partners",
        "Längsta avstånd mellan symbiospartner",
        basis="judgement",
        uncertain=(30, 100),
    )
    cost: float = number(
        150.0,
        "kSEK",
        (0, 1e5),
        "Yearly saving that each partner asks for",
        "Årlig besparing som varje part kräver",
        basis="judgement",
        uncertain=(75, 300),
        help_en="A pair agrees if its joint saving is above twice this.",
        help_sv="Ett par enas om den gemensamma besparingen är större än det dubbla.",
    )
    residual_share: float = number(
        0.03,
        "1",
        (0, 0.5),
        "Material that can change hands, share of the smaller partner's material cost",
        "Material som kan byta ägare, andel av den mindre partens materialkostnad",
        basis="judgement",
        uncertain=(0.01, 0.06),
    )


def divisions(sni: str) -> frozenset[int]:
    """Divisions named in a list of codes and ranges.

    >>> sorted(divisions("13-15, 18"))
    [13, 14, 15, 18]
    """
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", sni):
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def fitting(sni: tuple[str, ...]) -> Flags:
    """Whether a residual of the row's industry can be used in the column's; (industries, industries)."""
    parts = [divisions(codes) for codes in sni]
    arises, used = (
        np.array([[bool(getattr(residual, side) & part) for residual in RESIDUALS] for part in parts])
        for side in ("arises", "used")
    )
    fits: Flags = (arises.astype(np.int8) @ used.astype(np.int8).T) > 0
    return fits


def stable_pairs(one: Rows, other: Rows, weight: Floats, nodes: int) -> Rows:
    """Places of pairs agreed by deferred acceptance: three times each node picks its best pair, mutual picks are kept.

    one, other, weight  (pairs,)  nodes of a possible pair, and what it is worth;  equal worth: the earlier pair

    Source: Model text 7.4d.
    """
    rank = np.empty(len(weight), np.intp)
    rank[np.argsort(-weight, kind="stable")] = np.arange(len(weight))
    free = np.ones(nodes, bool)
    kept: list[Rows] = []
    for _ in range(ROUNDS):
        left = rows_where(free[one] & free[other])
        if not len(left):
            break
        ends = np.concatenate((one[left], other[left]))
        order = np.argsort(ends, kind="stable")
        first = rows_where(np.diff(ends[order], prepend=-1) != 0)
        best = np.full(nodes, -1)
        best[ends[order][first]] = np.minimum.reduceat(np.tile(rank[left], 2)[order], first)
        mutual = left[(best[one[left]] == rank[left]) & (best[other[left]] == rank[left])]
        free[one[mutual]] = free[other[mutual]] = False
        kept.append(mutual)
    return np.concatenate(kept) if kept else np.empty(0, np.intp)


def linked(world: World) -> Flags | None:
    """Firms with a live symbiosis partner, (rows,); None while there is no link."""
    if not world.symbiosis.size:
        return None
    rows = world.row_of.take(world.symbiosis)
    found = np.zeros(world.firms.size, bool)
    found[rows[:, (rows >= 0).all(0)].ravel()] = True
    return found


def match(world: World, material_price: float, scale: float, p: Symbiosis) -> None:
    """Step 14: brokers bring firms together, pairs that gain enough agree; links of closed firms end.

    scale  of the region's own links; those of measures are at scale already

    As many links as brokered, the best first. Partners consider their next circular step, for which the link counts;
    without diffusion only those that would not have met without a measure do.
    Source: Model text 4.5 (symbiosis), 7.4d.
    """
    world.symbiosis = world.symbiosis[:, (world.row_of.take(world.symbiosis) >= 0).all(0)]
    own = p.matches * scale + world.luck.uniforms("symbiosis.number", world.quarter, 1)[0]
    count = int(own + world.levers.region("symbiosis_matches"))
    fits = fitting(world.region.industries.sni)
    firms, bound = world.firms, linked(world)
    able = (fits.any(0) | fits.any(1)).take(firms.industry)
    rows = rows_where(able if bound is None else able & ~bound)
    if not count or len(rows) < 2:
        return
    rows = rows[np.argsort(world.draw("symbiosis.meeting", rows), kind="stable")]
    one, other = _meetings(len(rows), LOOKED_AT * count)
    place = firms.municipality[rows]
    km = great_circle_km(world.region.lon.astype(np.float64), world.region.lat.astype(np.float64))
    industry = firms.industry[rows]
    near = km[place[one], place[other]] <= p.distance
    near &= fits[industry[one], industry[other]] | fits[industry[other], industry[one]]
    one, other = one[near], other[near]
    intensity = world.region.industries.material_intensity.take(industry)
    material = np.float32(material_price) * intensity * firms.sales_year.take(rows)
    saving = np.float32(p.residual_share) * np.minimum(material[one], material[other])
    gains = saving > 2 * p.cost
    one, other, saving = one[gains], other[gains], saving[gains]
    agreed = stable_pairs(one, other, saving, len(rows))
    agreed = agreed[np.argsort(-saving[agreed], kind="stable")][:count]
    pairs = np.stack((rows[one[agreed]], rows[other[agreed]]))
    slots = firms.slot[pairs]
    world.note("agreed_symbiosis", pairs.ravel(), slots[::-1].ravel().astype(np.float32))
    told = pairs if world.switches.diffusion else pairs[:, int(own) :]
    gates.tell(world, gates.CIRCULAR, np.sort(told.ravel()))
    world.symbiosis = np.concatenate((world.symbiosis, slots), axis=1)


def _meetings(firms: int, most: int) -> tuple[Whole, Whole]:
    """Pairs of places that meet: each of the first `most` meets the next ones in the order of luck, each pair once."""
    steps = min(LOOKED_AT, (firms - 1) // 2) or 1
    first = np.arange(min(most, firms))
    one = np.repeat(first, steps)
    other = (one + np.tile(np.arange(1, steps + 1), len(first))) % firms
    return one, other
