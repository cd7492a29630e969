"""Measures and firms as one table, and what all of them need to know about a quarter (Model text 3.0, 7.2)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Whole
from simulator.agents.firms import Firms
from simulator.agents.luck import Luck, Places, drawn
from simulator.delivery.funnel import Condition, hold
from simulator.delivery.running import Running
from simulator.economy.drivers import Series


class Pairs(NamedTuple):
    """Measures and firms that meet, by measure, then by row; (n,) each.

    measure  place of the measure among those that meet firms;  row  of the firm
    """

    measure: Rows
    row: Rows

    def where(self, kept: Flags) -> Pairs:
        """Those that are kept."""
        return Pairs(self.measure[kept], self.row[kept])

    def at(self, some: Rows) -> Pairs:
        """Those at some places, in order."""
        return Pairs(self.measure.take(some), self.row.take(some))

    def counts(self, measures: int) -> Rows:
        """How many firms each measure meets; (measures,)."""
        return np.bincount(self.measure, minlength=measures)

    def parts(self, measures: int) -> list[slice]:
        """Where each measure's pairs stand."""
        edges = np.searchsorted(self.measure, np.arange(measures + 1)).tolist()
        return [slice(start, end) for start, end in itertools.pairwise(edges)]


NOBODY = Pairs(np.empty(0, np.intp), np.empty(0, np.intp))


@dataclass(frozen=True, slots=True)
class Quarter:
    """What everybody in the funnel needs to know about this quarter.

    county  (firms,)  of each row;  everybody  (counties,)  firms;  places  (firms,)  in the streams of luck
    """

    number: int
    firms: Firms
    row_of: Whole
    luck: Luck
    slots: int
    counties: int
    county: Rows
    everybody: Series
    places: Places
    _known: dict[Condition, Flags] = field(default_factory=dict)

    def admitted(self, running: Running) -> Flags:
        """Firms that the target of a measure admits; (firms,)."""
        return hold(self.firms, running.conditions, self._known)

    def starts(self, keys: Sequence[str], use: str) -> Places:
        """Where each measure's stream for one use begins; (measures,)."""
        return self.luck.starts([f"policy.{key}.{use}" for key in keys], self.number)

    def draw(self, keys: Sequence[str], use: str, pairs: Pairs) -> Floats:
        """Luck of pairs for one use, each from its measure's own stream; (n,)."""
        if not len(pairs.row):
            return np.empty(0, np.float32)
        where = self.places.take(pairs.row)
        where += self.starts(keys, use).take(pairs.measure)
        return drawn(where)

    def draw_once(self, keys: Sequence[str], use: str) -> Floats:
        """Luck of each measure for a use that draws once a quarter; (measures,)."""
        return drawn(self.starts(keys, use).copy())

    def cells(self, pairs: Pairs) -> Rows:
        """Number of measure and county of each pair; (n,)."""
        return pairs.measure * np.intp(self.counties) + self.county.take(pairs.row)

    def by_cell(self, pairs: Pairs, measures: int, weights: Series | None = None) -> Series:
        """Sums per measure and county, (measures, counties) float64."""
        sums = np.bincount(self.cells(pairs), weights, measures * self.counties)
        return sums.astype(np.float64).reshape(measures, self.counties)
