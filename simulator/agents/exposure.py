"""What a firm sees of others: peers, co-suppliers, cluster (Model text 4.2, 4.4a, 7.3).

The state is packed once at the start of the block, five bits a fact; whoever needs to know asks for its rows only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Flags, Floats, Rows, Small, Whole, place_of, rows_where
from simulator.agents.firms import PEERS, TOPS
from simulator.agents.ties import MOST_TIES, add_tied
from simulator.agents.world import World

_BITS = 5
_MASK = np.uint64(2**_BITS - 1)
_LEVELS = {"digital": 1, "green": 6, "circular": 10}
_FAILED = {"digital": 5, "green": 9, "circular": 12}
_EXPORTING = 4
"""Places of the facts in the packed word; place 0 counts live peers."""
assert 2 ** (64 - _BITS * _FAILED["circular"]) > PEERS + MOST_TIES  # the last place is the narrowest


def _packed_words() -> NDArray[np.uint64]:
    """Packed facts for every combination of levels and exporting; index digital + 4 x + 8 green + 32 circular."""
    words = np.ones(96, np.uint64)
    for code in range(96):
        levels = {"digital": code % 4, "green": code // 8 % 4, "circular": code // 32}
        facts = {_EXPORTING: code // 4 % 2 > 0}
        for name, level in levels.items():
            facts |= {_LEVELS[name] + step: level > step for step in range(TOPS[name])}
        words[code] += np.uint64(sum(fact << (place * _BITS) for place, fact in facts.items()))
    return words


_WORDS = _packed_words()


@dataclass(frozen=True, slots=True)
class _Groups:
    """Members of groups at a level or above, by transition.

    suppliers  (levels, anchors)   suppliers of each anchor
    clusters   (levels, counties)  cluster members in each county
    """

    suppliers: Floats
    clusters: Floats


@dataclass(frozen=True, slots=True)
class Exposure:
    """What firms can see of others this quarter; shares are at a firm's next level or above.

    words     (slots + 1,)  packed facts by slot, 0 for closed firms; the last serves peer -1
    groups    by transition
    suppliers (anchors,)    all suppliers of each anchor; members (counties,) all cluster members
    links     (links,) each anchor employer and supplier's slot of the chain, and
    joined    (rows,) cluster members, as they were then: measures add to both before anybody looks
    weights                 of peers, co-suppliers and cluster
    """

    world: World
    words: NDArray[np.uint64]
    groups: Mapping[str, _Groups]
    suppliers: Floats
    members: Floats
    links: tuple[Whole, Whole]
    joined: Flags
    weights: tuple[float, ...]

    def _peers(self, rows: Rows) -> NDArray[np.uint64]:
        """Facts of all peers and extra ties added up, (rows,): no field overflows, a firm has few enough of both."""
        facts: NDArray[np.uint64] = self.words.take(self.world.firms.peers[:, rows]).sum(0, np.uint64)
        add_tied(self.world, rows, self.words, facts)
        return facts

    def _count(self, words: NDArray[np.uint64], place: int | NDArray[np.uint64]) -> Floats:
        shift = np.asarray(place, np.uint64) * np.uint64(_BITS)
        return ((words >> shift) & _MASK).astype(np.float32)

    def exporters(self, rows: Rows) -> Floats:
        """Share of exporters among live peers; (rows,)."""
        words = self._peers(rows)
        return self._count(words, _EXPORTING) / np.maximum(self._count(words, 0), 1)

    def adopters(self, name: str, rows: Rows) -> tuple[Floats, Flags]:
        """Weighted share of others at the next level of a transition, and whether a peer's project has just failed.

        E = (0.6 peers + 0.3 co-suppliers + 0.1 cluster) / weights of those present; (rows,) each

        Source: Model text 4.2, 4.4a; granovetter1978.
        """
        firms, groups = self.world.firms, self.groups[name]
        level = getattr(firms, f"{name}_level").take(rows)
        step = np.minimum(level, TOPS[name] - 1).astype(np.intp)
        itself = level > step
        words = self._peers(rows)
        live = self._count(words, 0)
        weight = (live > 0) * np.float32(self.weights[0])
        value = weight * self._count(words, (step + _LEVELS[name]).astype(np.uint64)) / np.maximum(live, 1)
        share, present = self._co_suppliers(groups, rows, step, itself)
        part = present * np.float32(self.weights[1])
        value += part * share
        weight += part
        county = firms.county.take(rows)
        others = self.members.take(county) - 1
        part = (self.joined.take(rows) & (others > 0)) * np.float32(self.weights[2])
        value += part * ((groups.clusters[step, county] - itself) / np.maximum(others, 1)).astype(np.float32)
        weight += part
        value /= np.maximum(weight, np.float32(1e-9), out=weight)
        return value, self._count(words, _FAILED[name]) > 0

    def partners(self, rows: Rows) -> Flags:
        """Whether a live peer, or another member of the firm's cluster in its county, is circular; (rows,)."""
        firms = self.world.firms
        met: Flags = self._count(self._peers(rows), _LEVELS["circular"]) > 0
        others = self.groups["circular"].clusters[0].take(firms.county.take(rows)) - (firms.circular_level[rows] > 0)
        met |= self.joined.take(rows) & (others > 0)
        return met

    def _co_suppliers(self, groups: _Groups, rows: Rows, step: Rows, itself: Flags) -> tuple[Floats, Flags]:
        """Share of co-suppliers at the next level, averaged over the firm's anchors; and who has any; (rows,) each.

        step, itself  (rows,)  the level before it, and whether the firm is at it itself
        """
        anchor, slot = self.links
        links = place_of(rows, self.world.firms.size).take(self.world.row_of.take(slot))
        asked = rows_where(links >= 0)
        links = links.take(asked)
        anchor = anchor.take(asked)
        others = self.suppliers.take(anchor) - 1
        accompanied = others > 0
        reached = groups.suppliers[step.take(links), anchor] - itself.take(links)
        share = np.divide(reached, others, out=np.zeros(len(links)), where=accompanied)
        count = np.bincount(links, accompanied, len(rows))
        total = np.bincount(links, share, len(rows))
        return (total / np.maximum(count, 1)).astype(np.float32), count > 0


def look_around(world: World, failed: Mapping[str, Rows], weights: tuple[float, ...]) -> Exposure:
    """Pack what can be seen at the start of the block.

    failed   by transition: rows whose own project has just failed
    weights  of peers, co-suppliers and cluster (members in the same county)

    Source: Model text 4.2, 4.4a, 7.3.
    """
    firms, chain = world.firms, world.chain
    code = firms.circular_level * np.int8(4)
    code += firms.green_level
    code += code
    code += firms.exporting
    code *= np.int8(4)
    code += firms.digital_level
    words = np.zeros(world.slots + 1, np.uint64)
    words[firms.slot] = _WORDS.take(code)
    for name, rows in failed.items():
        words[firms.slot.take(rows)] += np.uint64(2 ** (_BITS * _FAILED[name]))
    supplying = world.row_of.take(chain.slot)
    members = rows_where(firms.cluster_member)
    county, counties = firms.county.take(members), len(world.region.county_codes)
    groups = {
        name: _Groups(
            _at_or_above(chain.anchor, getattr(firms, f"{name}_level").take(supplying), world.anchors.size, top),
            _at_or_above(county, getattr(firms, f"{name}_level").take(members), counties, top),
        )
        for name, top in TOPS.items()
    }
    return Exposure(
        world, words, groups, np.bincount(chain.anchor, minlength=world.anchors.size),
        np.bincount(county, minlength=counties), (chain.anchor, chain.slot), firms.cluster_member.copy(), weights,
    )  # fmt: skip


def _at_or_above(group: Rows, level: Small, groups: int, top: int) -> Floats:
    """Members of each group at a level or above, (levels, groups)."""
    width = top + 1
    count = np.bincount(group * np.intp(width) + level, minlength=width * groups).reshape(groups, width)
    reached: Floats = count[:, :0:-1].cumsum(1)[:, ::-1].T
    return reached


@dataclass(frozen=True, slots=True)
class StartExposure:
    """What firms would see if others stood still: the shares of their industry at the start (Model text 4.11).

    levels  by transition, (levels, industries);  exporting  (industries,)
    """

    world: World
    levels: Mapping[str, Floats]
    exporting: Floats

    def exporters(self, rows: Rows) -> Floats:
        """Share of exporters in the industry at the start; (rows,)."""
        return self.exporting[self.world.firms.industry[rows]]

    def adopters(self, name: str, rows: Rows) -> tuple[Floats, Flags]:
        """Share at the next level or above in the industry at the start; no failures are seen; (rows,) each."""
        firms = self.world.firms
        step = np.minimum(getattr(firms, f"{name}_level").take(rows), TOPS[name] - 1)
        return self.levels[name][step, firms.industry[rows]], np.zeros(len(rows), bool)

    def partners(self, rows: Rows) -> Flags:
        """Whether any firm of the industry was circular at the start; (rows,)."""
        known: Flags = self.levels["circular"][0].take(self.world.firms.industry.take(rows)) > 0
        return known
