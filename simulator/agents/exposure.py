"""What a firm sees of others: peers, co-suppliers, cluster (Model text 4.2, 4.4a, 7.3).

The state is packed once at the start of the block, five bits a fact; whoever needs to know asks for its rows only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Flags, Floats, Rows, Small, rows_where
from simulator.agents.firms import PEERS
from simulator.agents.ties import MOST_TIES, add_tied
from simulator.agents.world import World

_BITS = 5
_MASK = np.uint32(2**_BITS - 1)
_LEVELS, _EXPORTING, _FAILED = (1, 2, 3), 4, 5
"""Places of the facts in the packed word; place 0 counts live peers."""
_SOME_FAILED = np.uint32(2 ** (_BITS * _FAILED))
assert 2**_BITS > PEERS + MOST_TIES


def _packed_words() -> NDArray[np.uint32]:
    """Packed facts for every combination of digital level, exporting and failed project; index level + 4 x + 8 f."""
    words = np.ones(16, np.uint32)
    for code in range(16):
        level, exporting, failed = code % 4, code // 4 % 2, code // 8
        for place in _LEVELS:
            words[code] |= np.uint32(int(level >= place) << (place * _BITS))
        words[code] |= np.uint32(exporting << (_EXPORTING * _BITS)) | np.uint32(failed << (_FAILED * _BITS))
    return words


_WORDS = _packed_words()


@dataclass(frozen=True, slots=True)
class Exposure:
    """What firms can see of others this quarter; shares are at a firm's next digital level or above.

    words     (slots + 1,)           packed facts by slot, 0 for closed firms; the last serves peer -1
    suppliers (3 levels, anchors)    suppliers of each anchor at a level or above; members (anchors,) all of them
    clusters  (3 levels, counties)   share of cluster members at a level or above
    weights                          of peers, co-suppliers and cluster
    """

    world: World
    words: NDArray[np.uint32]
    suppliers: Floats
    members: Floats
    clusters: Floats
    weights: tuple[float, ...]

    def _peers(self, rows: Rows) -> NDArray[np.uint32]:
        """Facts of all peers and extra ties added up, (rows,): no field overflows, a firm has at most 31 of both."""
        facts: NDArray[np.uint32] = self.words.take(self.world.firms.peers[:, rows]).sum(0, np.uint32)
        add_tied(self.world, rows, self.words, facts)
        return facts

    def _count(self, words: NDArray[np.uint32], place: int | NDArray[np.uint32]) -> Floats:
        return ((words >> np.uint32(_BITS * place)) & _MASK).astype(np.float32)

    def exporters(self, rows: Rows) -> Floats:
        """Share of exporters among live peers; (rows,)."""
        words = self._peers(rows)
        return self._count(words, _EXPORTING) / np.maximum(self._count(words, 0), 1)

    def digital(self, rows: Rows) -> tuple[Floats, Flags]:
        """Weighted share of others at the next digital level, and whether a peer's project just failed; (rows,) each.

        E = (0.6 peers + 0.3 co-suppliers + 0.1 cluster) / weights of those present

        Source: Model text 4.2, 4.4a; granovetter1978.
        """
        firms = self.world.firms
        step = np.minimum(firms.digital_level.take(rows), 2).astype(np.intp)
        words = self._peers(rows)
        live = self._count(words, 0)
        weight = (live > 0) * np.float32(self.weights[0])
        value = weight * self._count(words, (step + 1).astype(np.uint32)) / np.maximum(live, 1)
        share, present = self._suppliers(rows, step)
        part = present * np.float32(self.weights[1])
        value += part * share
        weight += part
        part = firms.cluster_member.take(rows) * np.float32(self.weights[2])
        value += part * self.clusters[step, firms.county.take(rows)]
        weight += part
        value /= np.maximum(weight, np.float32(1e-9), out=weight)
        return value, words >= _SOME_FAILED

    def _suppliers(self, rows: Rows, step: Rows) -> tuple[Floats, Flags]:
        """Share of co-suppliers at the next level, averaged over the firm's anchors; and who has any; (rows,) each."""
        world, chain = self.world, self.world.chain
        place = np.full(world.firms.size, -1)
        place[rows] = np.arange(len(rows))
        links = place.take(world.row_of.take(chain.slot))
        asked = rows_where(links >= 0)
        links = links.take(asked)
        anchor = chain.anchor.take(asked)
        others = self.members.take(anchor) - 1
        accompanied = others > 0
        share = np.divide(
            self.suppliers[step.take(links), anchor], others, out=np.zeros(len(links)), where=accompanied
        )  # fmt: skip
        count = np.bincount(links, accompanied, len(rows))
        total = np.bincount(links, share, len(rows))
        return (total / np.maximum(count, 1)).astype(np.float32), count > 0


def look_around(world: World, failed: Rows, weights: tuple[float, ...]) -> Exposure:
    """Pack what can be seen at the start of the block.

    failed   rows whose own digital project has just failed
    weights  of peers, co-suppliers and cluster (members in the same county)

    Source: Model text 4.2, 4.4a, 7.3.
    """
    firms, chain = world.firms, world.chain
    code = firms.exporting.astype(np.int8)
    code *= np.int8(4)
    code += firms.digital_level
    code[failed] += np.int8(8)
    words = np.zeros(world.slots + 1, np.uint32)
    words[firms.slot] = _WORDS.take(code)
    rows = world.row_of.take(chain.slot)
    suppliers, links = _at_or_above(chain.anchor, firms.digital_level.take(rows), world.anchors.size)
    members = rows_where(firms.cluster_member)
    clusters, size = _at_or_above(
        firms.county.take(members), firms.digital_level.take(members), len(world.region.county_codes)
    )
    return Exposure(world, words, suppliers, links, (clusters / np.maximum(size, 1)).astype(np.float32), weights)


def _at_or_above(group: Rows, level: Small, groups: int) -> tuple[Floats, Floats]:
    """Members of each group at a level or above, (3 levels, groups), and all members, (groups,)."""
    count = np.bincount(group * np.intp(4) + level, minlength=4 * groups).reshape(groups, 4)
    reached = count[:, ::-1].cumsum(1)[:, ::-1].T
    return reached[1:], reached[0]


@dataclass(frozen=True, slots=True)
class StartExposure:
    """What firms would see if others stood still: the shares of their industry at the start (Model text 4.11).

    adopters  (3 levels, industries);  exporting  (industries,)
    """

    world: World
    adopters: Floats
    exporting: Floats

    def exporters(self, rows: Rows) -> Floats:
        """Share of exporters in the industry at the start; (rows,)."""
        return self.exporting[self.world.firms.industry[rows]]

    def digital(self, rows: Rows) -> tuple[Floats, Flags]:
        """Share at the next digital level or above in the industry at the start; no failures are seen; (rows,) each."""
        firms = self.world.firms
        step = np.minimum(firms.digital_level[rows], 2)
        return self.adopters[step, firms.industry[rows]], np.zeros(len(rows), bool)
