"""What the agents of one run share: populations, links, luck, levers, the clock and the event log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from simulator.agents.columns import Floats, Rows, Small, Whole
from simulator.agents.firms import Anchors, Firms
from simulator.agents.luck import Luck
from simulator.agents.people import People
from simulator.agents.switches import Switches
from simulator.quantity import Text
from simulator.region.facts import Region

if TYPE_CHECKING:
    from simulator.interventions.levers import LeverValues

EVENTS = (
    Text("became aware", "uppmärksammade"),
    Text("started a digital project", "startade digitalt projekt"),
    Text("reached a digital level", "nådde en digital nivå"),
    Text("digital project failed", "digitalt projekt misslyckades"),
    Text("started to export", "började exportera"),
    Text("stopped exporting", "slutade exportera"),
    Text("rose to an export stage", "nådde ett exportstadium"),
    Text("contacted by a measure", "kontaktades av en insats"),
    Text("received support", "fick stöd"),
    Text("changed owner", "bytte ägare"),
    Text("closed: competition", "lades ned: konkurrens"),
    Text("closed: no successor", "lades ned: ingen efterträdare"),
    Text("closed: insolvent", "lades ned: insolvens"),
    Text("founded", "grundades"),
    Text("hired", "anställde"),
)
(
    BECAME_AWARE, STARTED_PROJECT, REACHED_LEVEL, PROJECT_FAILED, STARTED_EXPORT, STOPPED_EXPORT, ROSE_IN_EXPORT,
    CONTACTED, SUPPORTED, CHANGED_OWNER, CLOSED_COMPETITION, CLOSED_SUCCESSION, CLOSED_INSOLVENT, FOUNDED, HIRED,
) = range(len(EVENTS))  # fmt: skip


@dataclass(slots=True)
class EventLog:
    """Who did what when; kept only on request.

    entries  list of (quarter, event, slots, values); values are levels, kSEK or people, by event
    """

    entries: list[tuple[int, int, Whole, Floats]] = field(default_factory=list)

    def add(self, quarter: int, event: int, slots: Whole, values: Floats | Small | float = 0.0) -> None:
        """Note that the firms in `slots` met `event`."""
        if len(slots):
            numbers = np.broadcast_to(np.asarray(values, np.float32), slots.shape)
            self.entries.append((quarter, event, slots.copy(), numbers.copy()))

    def of(self, slot: int) -> list[tuple[int, int, float]]:
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


@dataclass(slots=True)
class World:
    """State of one run; submodels read it at the start of their block, decide, then commit."""

    region: Region
    switches: Switches
    luck: Luck
    firms: Firms
    anchors: Anchors
    people: People
    chain: SupplyChain
    levers: LeverValues
    quarter: int
    slots: int
    row_of: Whole
    events: EventLog | None = None

    def draw(self, name: str, rows: Rows | None = None) -> Floats:
        """Luck of the firms in `rows` (all live ones when None) for the use `name` this quarter."""
        slots = self.firms.slot if rows is None else self.firms.slot[rows]
        return self.luck.of(name, self.quarter, slots, self.slots)

    def note(self, event: int, rows: Rows, values: Floats | Small | float = 0.0) -> None:
        """Write events of the firms in `rows` to the log, if one is kept."""
        if self.events is not None:
            self.events.add(self.quarter, event, self.firms.slot[rows], values)

    def locate(self) -> None:
        """Renew the table from slot to row after rows have moved; -1 for slots without a live firm."""
        if len(self.row_of) < self.slots:
            self.row_of = np.full(self.slots + self.slots // 8, -1, np.int32)
        self.row_of[:] = -1
        self.row_of[self.firms.slot] = np.arange(self.firms.size, dtype=np.int32)


def lever_of(value: float | Floats, rows: Rows) -> float | Floats:
    """A lever's value for some rows: levers without awards are plain numbers."""
    return value if isinstance(value, float) else value[rows]
