"""All firms of one run, quarter by quarter, and what happened to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.agents.firms import SIZE_LIMITS
from simulator.indicators.grid import Geography

Array = NDArray[Any]
Values = NDArray[np.float64]
SIZE_CLASS = "size_class"
FIRM = "slot"
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


@dataclass(frozen=True, eq=False)
class Frame:
    """The firms at the end of one quarter, by their number; columns that are not known then are missing."""

    entry: int
    columns: Mapping[str, Array]

    @property
    def size(self) -> int:
        """How many firms there are."""
        return len(self.columns[FIRM])

    def of(self, name: str) -> Array:
        """A column, (size,); NaN where it is unknown."""
        if name == SIZE_CLASS:
            return np.digitize(self.columns["employment"], SIZE_LIMITS).astype(np.int8)
        found = self.columns.get(name)
        return np.full(self.size, np.nan, np.float32) if found is None else found

    def row(self, firm: int) -> int:
        """Where a firm stands, -1 when it does not live then."""
        firms = self.columns[FIRM]
        row = int(np.searchsorted(firms, firm))
        return row if row < len(firms) and firms[row] == firm else -1


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a firm in the quarter whose end is `entry`; by which measure, if by one."""

    entry: int
    name: str
    value: float
    measure: str


@dataclass(frozen=True, eq=False)
class Events:
    """What happened, sorted by firm, then by time; (events,) each.

    names     of the codes      measures  of the numbers of measures, -1 for none
    """

    firm: Array
    entry: Array
    code: Array
    value: Array
    measure: Array
    names: tuple[str, ...]
    measures: tuple[str, ...]

    def of(self, firm: int) -> list[Event]:
        """The life of one firm."""
        first, last = np.searchsorted(self.firm, (firm, firm + 1))
        part = slice(int(first), int(last))
        rows = zip(*(each[part].tolist() for each in (self.entry, self.code, self.value, self.measure)), strict=True)
        return [
            Event(entry, self.names[code], value, self.measures[measure] if measure >= 0 else "")
            for entry, code, value, measure in rows
        ]


@dataclass(eq=False)
class History:
    """A run of one scenario with one seed.

    digest    of the scenario        labels  of all quarters, the initial state first
    entries   those that are kept    frames  so far, one for each
    """

    scenario: str
    digest: str
    seed: int
    labels: Sequence[str]
    entries: Sequence[int]
    where: Geography
    frames: list[Frame] = field(default_factory=list)
    events: Events | None = None

    @property
    def stride(self) -> int:
        """How far apart entries that are kept lie, the last one aside: 1 where all are."""
        return self.entries[1] - self.entries[0] if len(self.entries) < len(self.labels) else 1

    def label(self, place: int) -> str:
        """Quarter of a frame."""
        return self.labels[self.entries[place]]

    def over_time(self, firm: int, names: Sequence[str]) -> dict[str, Values]:
        """Columns of one firm through time, (frames,) each; NaN where it does not live or nothing is known."""
        found = {name: np.full(len(self.frames), np.nan) for name in names}
        for place, frame in enumerate(self.frames):
            row = frame.row(firm)
            if row >= 0:
                for name in names:
                    if name in frame.columns:
                        found[name][place] = frame.columns[name][row]
        return found

    def richest_life(self) -> int:
        """The firm to which most has happened of those that live at the end, -1 where none lives."""
        firms = self.frames[-1].of(FIRM)
        if not len(firms) or self.events is None:
            return -1
        first, last = (np.searchsorted(self.events.firm, firms, side=side) for side in _SIDES)
        return int(firms[np.argmax(last - first)])

    def last_seen(self, firm: int) -> tuple[Frame, int] | None:
        """The last frame in which a firm lives, and its row there."""
        for frame in reversed(self.frames):
            row = frame.row(firm)
            if row >= 0:
                return frame, row
        return None
