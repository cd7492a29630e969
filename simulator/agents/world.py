"""What the agents of one run share: populations, links, luck, levers, the clock and the event log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from simulator.agents.columns import Floats, Rows, Small, Whole
from simulator.agents.firms import Anchors, Firms
from simulator.agents.luck import Luck
from simulator.agents.people import People
from simulator.agents.switches import Switches
from simulator.indicators.observe import EVENTS as COUNTED_EVENTS
from simulator.quantity import Text
from simulator.region.facts import Region

if TYPE_CHECKING:
    from simulator.interventions.levers import LeverValues

EVENTS: Mapping[str, Text] = {
    **COUNTED_EVENTS,
    "became_aware": Text("Became aware of the next digital level", "Uppmärksammade nästa digitala nivå"),
    "project_started": Text("Digital project started", "Digitalt projekt startade"),
    "noticed_green": Text("Became aware of the next green step", "Uppmärksammade nästa gröna steg"),
    "green_started": Text("Green project started", "Grönt projekt startade"),
    "noticed_circular": Text("Became aware of the next circular step", "Uppmärksammade nästa cirkulära steg"),
    "circular_started": Text("Circular project started", "Cirkulärt projekt startade"),
    "owner_changed": Text("Changed owner", "Bytte ägare"),
    "hired": Text("Grew by people", "Växte med personer"),
    "joined_cluster": Text("Joined a cluster", "Gick med i kluster"),
    "linked_multinational": Text("Became supplier of a multinational", "Blev leverantör till multinationellt företag"),
}
"""What can happen to a firm; the counted ones are also indicators."""


@dataclass(slots=True)
class EventLog:
    """Who did what when; kept only on request.

    entries  list of (quarter, event, slots, values); values are levels, kSEK or people, by event
    """

    entries: list[tuple[int, str, Whole, Floats]] = field(default_factory=list)

    def add(self, quarter: int, event: str, slots: Whole, values: Floats | Small | float = 0.0) -> None:
        """Note that the firms in `slots` met `event`."""
        if len(slots):
            numbers = np.broadcast_to(np.asarray(values, np.float32), slots.shape)
            self.entries.append((quarter, event, slots.copy(), numbers.copy()))

    def of(self, slot: int) -> list[tuple[int, str, float]]:
        """One firm's life as (quarter, event, value), in order."""
        found = []
        for quarter, event, slots, values in self.entries:
            found += [(quarter, event, float(value)) for value in values[slots == slot]]
        return found


@dataclass(slots=True)
class SupplyChain:
    """Orders of anchor employers, one row per link.

    anchor  (links,)  row of the anchor employer
    slot    (links,)  supplier's slot
    weight  (links,)  share of the anchor's orders that goes to this supplier
    """

    anchor: Whole
    slot: Whole
    weight: Floats


def _none() -> Whole:
    return np.empty(0, np.int32)


@dataclass(slots=True)
class Ties:
    """Firms that policy lets see each other beside their peers, one row per tie.

    slot    (ties,)  who sees
    other   (ties,)  slot of the firm that is seen
    number  (ties,)  which of the firm's ties it is, from 0
    """

    slot: Whole = field(default_factory=_none)
    other: Whole = field(default_factory=_none)
    number: Whole = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class PeerGroups:
    """Firms that meet in groups: slot and number of the group, (members,) each; a firm is in one group at most."""

    slot: Whole = field(default_factory=_none)
    group: Whole = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class Courses:
    """Courses at work beside the firms' own: slot of the firm, people (FTE) and quarter of the end, (courses,) each."""

    slot: Whole = field(default_factory=_none)
    people: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    ends: Whole = field(default_factory=_none)


@dataclass(slots=True)
class World:
    """State of one run; submodels read it at the start of their block, decide, then commit.

    luck       of the run
    traits     of the region: lasting traits of firms are computed from it by slot, not stored
    ties       that measures keep up;  groups  in which measures bring firms together
    symbiosis  (2, links)  slots of the partners of symbiosis links
    spin_offs  (firms,)  slots of firms that research has founded
    """

    region: Region
    switches: Switches
    luck: Luck
    traits: Luck
    firms: Firms
    anchors: Anchors
    people: People
    chain: SupplyChain
    levers: LeverValues
    quarter: int
    slots: int
    row_of: Whole
    ties: Ties = field(default_factory=Ties)
    groups: PeerGroups = field(default_factory=PeerGroups)
    green_courses: Courses = field(default_factory=Courses)
    events: EventLog | None = None
    symbiosis: Whole = field(default_factory=lambda: np.empty((2, 0), np.int32))
    spin_offs: Whole = field(default_factory=_none)
    count: Callable[[str, Firms, Rows, Floats | Small | None], None] | None = None

    def draw(self, name: str, rows: Rows | None = None) -> Floats:
        """Luck of the firms in `rows` (all live ones when None) for the use `name` this quarter."""
        slots = self.firms.slot if rows is None else self.firms.slot.take(rows)
        return self.luck.of(name, self.quarter, slots)

    def draws(self, rows: Rows, *names: str) -> Floats:
        """Luck of the firms in `rows` for several uses this quarter; (uses, rows)."""
        return self.luck.several(names, self.quarter, self.firms.slot.take(rows))

    def note(self, event: str, rows: Rows, values: Floats | Small | float = 0.0) -> None:
        """Tell the log, if one is kept, and the indicators what happened to the firms in `rows`, before rows move."""
        if not len(rows):
            return
        if self.events is not None:
            self.events.add(self.quarter, event, self.firms.slot[rows], values)
        if self.count is not None and event in COUNTED_EVENTS:
            weight = values if event == "supported" and isinstance(values, np.ndarray) else None
            self.count(event, self.firms, rows, weight)

    def locate(self) -> None:
        """Renew the table from slot to row after rows have moved; -1 for slots without a live firm."""
        self.row_of = np.full(self.slots + self.slots // 2, -1, np.int32)
        self.row_of[self.firms.slot] = np.arange(self.firms.size, dtype=np.int32)

    def remove(self, rows: Rows) -> None:
        """End the firms in `rows`."""
        self.row_of[self.firms.slot.take(rows)] = -1
        moved = self.firms.drop(rows)
        self.row_of[self.firms.slot.take(moved)] = moved

    def open_slots(self, count: int) -> int:
        """Make room for `count` more slots and return the first."""
        first = self.slots
        self.slots += count
        if self.slots > len(self.row_of):
            self.locate()
        return first


def lever_of(value: float | Floats, rows: Rows) -> float | Floats:
    """A lever's value for some rows: levers without awards are plain numbers."""
    return value if isinstance(value, float) else value[rows]
