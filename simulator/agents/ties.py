"""Ties beside the peers that firms start with: those that measures keep up, and those that change by themselves.

A tie is drawn by the slots of both firms, so that neither the order of rows nor anybody else's survival bears on it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Floats, Rows, Whole, place_of, rows_where
from simulator.agents.firms import PEERS
from simulator.agents.world import Ties, World
from simulator.interventions.lever_table import LEVERS

MOST_TIES = int(LEVERS["extra_ties"].allowed[1])
TRIES = 6
NOBODY = -1


def anybody(world: World, name: str, rows: Rows) -> Whole:
    """Slot of another live firm for each of `rows`, all equally likely: the first of six tries that lives, else -1."""
    own = world.firms.slot.take(rows)
    found = np.full(len(rows), NOBODY, np.int32)
    for attempt in range(TRIES):
        guess = (world.draw(f"{name}.{attempt}", rows).astype(np.float64) * world.slots).astype(np.int32)
        fits = (found == NOBODY) & (world.row_of.take(guess) >= 0) & (guess != own)
        found[fits] = guess[fits]
    return found


def whole_ties(world: World, value: float | Floats) -> tuple[Rows, Whole]:
    """Firms that may have extra ties and how many: floor(value + u), u the firm's own for the whole run; (n,) each.

    A value that fades therefore takes ties away one by one and never gives any. Source: Model text 7.2.
    """
    wide = np.broadcast_to(np.asarray(value, np.float64), (world.firms.size,))
    rows = rows_where(wide > 0)
    own = world.luck.of("network.extra", 0, world.firms.slot.take(rows))
    return rows, np.floor(wide.take(rows) + own).astype(np.int32)


def keep_ties(world: World) -> None:
    """Keep as many extra ties as levers ask for, each as long as both firms live, and draw those that are missing.

    A firm in a group is tied to the members that follow it, the others to any live firm.
    Source: Model text 1.2, 3.0b (N_e).
    """
    value, ties = world.levers.firm("extra_ties"), world.ties
    if isinstance(value, float) and value == 0 and not len(ties.slot):
        return
    rows, number = whole_ties(world, value)
    wanted = np.zeros(world.firms.size, np.int32)
    wanted[rows] = number
    row = world.row_of.take(ties.slot)
    kept = rows_where((row >= 0) & (world.row_of.take(ties.other) >= 0) & (ties.number < wanted.take(row)))
    there = np.zeros((MOST_TIES, world.firms.size), bool)
    there[ties.number.take(kept), row.take(kept)] = True
    parts = [(ties.slot.take(kept), ties.other.take(kept), ties.number.take(kept))]
    ring = _Ring(world)
    for place in range(int(number.max(initial=0))):
        missing = rows.take(rows_where((number > place) & ~there[place].take(rows)))
        other = ring.following(missing, place)
        alone = rows_where(other == NOBODY)
        other[alone] = anybody(world, f"network.extra.{place}", missing.take(alone))
        found = rows_where(other != NOBODY)
        slot = world.firms.slot.take(missing.take(found))
        parts.append((slot, other.take(found), np.full(len(found), place, np.int32)))
    world.ties = Ties(*(np.concatenate(column) for column in zip(*parts, strict=True)))


class _Ring:
    """Live members of groups in the order of group and slot."""

    def __init__(self, world: World) -> None:
        groups = world.groups
        row = world.row_of.take(groups.slot)
        live = rows_where(row >= 0)
        order = live.take(np.lexsort((groups.slot.take(live), groups.group.take(live))))
        group = groups.group.take(order)
        self._slot = groups.slot.take(order)
        self._size = np.bincount(group)
        self._first = np.cumsum(self._size) - self._size
        self._group = group
        self._position = place_of(row.take(order), world.firms.size)

    def following(self, rows: Rows, place: int) -> Whole:
        """Slot of the member `place` + 1 places on in the group of each of `rows`, -1 without one."""
        found = np.full(len(rows), NOBODY, np.int32)
        position = self._position.take(rows)
        inside = rows_where(position >= 0)
        position = position.take(inside)
        group = self._group.take(position)
        first, size = self._first.take(group), self._size.take(group)
        other = self._slot.take(first + (position - first + place + 1) % size)
        found[inside] = np.where(place + 1 < size, other, NOBODY)
        return found


def add_tied(world: World, rows: Rows, words: NDArray[np.unsignedinteger], facts: NDArray[np.unsignedinteger]) -> None:
    """Add what `rows` see through extra ties to `facts`, (rows,); `words` are the facts of each slot."""
    ties = world.ties
    if not len(ties.slot):
        return
    at = place_of(rows, world.firms.size).take(world.row_of.take(ties.slot))
    asked = rows_where(at >= 0)
    np.add.at(facts, at.take(asked), words.take(ties.other.take(asked)))


def rewire(world: World, rate: float) -> None:
    """Let some ties between peers go to any other live firm.

    rate  1/yr  share of ties; at most one of a firm's ties moves in a quarter, with chance 10 rate/4

    Source: Model text 1.2.
    """
    chance = np.float32(min(1.0, PEERS * rate / 4))
    rows = rows_where(world.draw("network.rewiring") < chance)
    tie = (world.draw("network.rewired_tie", rows) * np.float32(PEERS)).astype(np.intp)
    other = anybody(world, "network.rewired", rows)
    found = rows_where(other != NOBODY)
    world.firms.peers[np.minimum(tie.take(found), PEERS - 1), rows.take(found)] = other.take(found)
