"""Where the numbers of a result come from: chunks of a batch, the series of a single run, or pairs of two results.

A source gives one indicator at a time, for the cells that are asked for, so that memory stays small however many runs
there are.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from simulator.delivery.ledger import SPENT
from simulator.ensemble.storage.chunk_file import ENDS, Axes, ChunkReader
from simulator.ensemble.storage.chunks import Chunks, Record
from simulator.ensemble.storage.disk import cannot_read, damaged
from simulator.ensemble.storage.netcdf import HeaderError, read_header

Values = NDArray[np.float64]


class Source(Protocol):
    """Gives values of an indicator in some of its cells; (cases, seeds, entries, cells)."""

    def block(self, indicator: str, cells: Sequence[int]) -> Values:
        """Values in the cells at these places."""

    def ends(self, name: str) -> Values:
        """What remains of all indicators, whole region: `last_value` or `last_year`; (cases, seeds, indicators)."""

    def money(self, name: str) -> Values:
        """Money of each run in all: public `outlay`, or `coordination`, which is part of it; kSEK, (cases, seeds)."""


class BatchSource:
    """Reads the chunks of a batch; what it reads is checked against what was written."""

    def __init__(self, chunks: Chunks, records: Mapping[int, Record], seeds: int, axes: Axes) -> None:
        self._chunks, self._records, self._axes = chunks, records, axes
        self._shape = (seeds, len(chunks.plan.cases))
        self._reader = ChunkReader()

    def block(self, indicator: str, cells: Sequence[int]) -> Values:
        """As `Source`."""
        return self._gathered(indicator, (len(self._axes.quarters), len(cells)), cells)

    def ends(self, name: str) -> Values:
        """As `Source`."""
        return self._gathered(name, (len(self._axes.indicators),))

    def money(self, name: str) -> Values:
        """As `Source`."""
        if name != "outlay":
            return self._gathered(name, ())
        parts = self.outlay()
        total: Values = np.where(np.isnan(parts).all(axis=(2, 3)), np.nan, np.nansum(parts, axis=(2, 3)))
        return total

    def outlay(self) -> Values:
        """Public money; (cases, seeds, years, measures), kSEK, NaN where a case has no such year or measure."""
        return self._gathered("outlay", (len(self._axes.years), len(self._axes.measures)))

    def of_runs(self, name: str, numbers: Sequence[int]) -> Values:
        """One variable of some runs by number, NaN where they are missing; (runs, ...). Reads their chunks only."""
        places = {number: place for place, number in enumerate(numbers)}
        values: Values | None = None
        for record in self._records.values():
            found = [number for number in record.numbers if number in places]
            if found:
                part = self._read(record, name)
                if values is None:
                    values = np.full((len(numbers), *part.shape[1:]), np.nan)
                values[[places[number] for number in found]] = part[[number - record.numbers.start for number in found]]
        return np.empty((0,)) if values is None else values

    def _gathered(self, name: str, shape: tuple[int, ...], cells: Sequence[int] | None = None) -> Values:
        """One variable of all chunks, NaN where runs are missing; (cases, seeds, ...)."""
        seeds, cases = self._shape
        values = np.full((seeds * cases, *shape), np.nan)
        for record in self._records.values():
            part = self._read(record, name)
            values[record.numbers.start : record.numbers.stop] = part if cells is None else part[:, :, cells]
        return np.swapaxes(values.reshape(seeds, cases, *shape), 0, 1)

    def _read(self, record: Record, name: str) -> NDArray[Any]:
        path = self._chunks.folder / record.file
        try:
            return self._reader.read(path, name, record.checks)
        except OSError as failure:
            raise cannot_read(path, failure) from failure
        except (HeaderError, LookupError) as failure:
            raise damaged(path) from failure


class RunSource:
    """Holds the series of a single run."""

    def __init__(self, path: Path, axes: Axes, data: bytes) -> None:
        self._path, self._axes, self._data = path, axes, data
        self._variables = read_header(data).variables

    def block(self, indicator: str, cells: Sequence[int]) -> Values:
        """As `Source`."""
        one = self._variables[indicator]
        values = one.array(self._data[one.begin : one.begin + one.size]).astype(np.float64)
        return values[None, None][..., cells]

    def ends(self, name: str) -> Values:
        """As `Source`."""
        rows = np.concatenate([self.block(indicator, [0])[0, :, :, 0] for indicator in self._axes.indicators])
        return ENDS[name][0](rows)[None, None]

    def money(self, name: str) -> Values:
        """As `Source`, from the ledger."""
        columns = SPENT if name == "outlay" else (name,)
        path = self._path / "ledger.csv"
        try:
            rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
            total = sum(float(row[f"{column}_kSEK"]) for row in rows for column in columns)
        except OSError as failure:
            raise cannot_read(path, failure) from failure
        except (KeyError, ValueError) as failure:
            raise damaged(path) from failure
        return np.full((1, 1), total)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of paired differences: a source, its indicators, and what of it takes part, by place."""

    source: Source
    indicators: tuple[str, ...]
    cases: tuple[int, ...]
    seeds: tuple[int, ...]
    entries: tuple[int, ...]
    cells: Mapping[str, tuple[int, ...]]

    def block(self, indicator: str, cells: Sequence[int]) -> Values:
        """What takes part of some cells, whose places are those of the differences."""
        own = self.cells[indicator]
        values = self.source.block(indicator, [own[cell] for cell in cells])
        return values[np.ix_(self.cases, self.seeds, self.entries, range(len(cells)))]

    def ends(self, name: str, indicators: Sequence[str]) -> Values:
        """What takes part of the ends of some indicators."""
        places = [self.indicators.index(indicator) for indicator in indicators]
        return self.source.ends(name)[np.ix_(self.cases, self.seeds, places)]


@dataclass(frozen=True, slots=True)
class PairSource:
    """Differences of paired runs; `together` tells that both sides end with the same quarter in every pair."""

    ours: Side
    theirs: Side
    indicators: tuple[str, ...]
    together: bool

    def block(self, indicator: str, cells: Sequence[int]) -> Values:
        """As `Source`."""
        values: Values = self.ours.block(indicator, cells) - self.theirs.block(indicator, cells)
        return values

    def ends(self, name: str) -> Values:
        """As `Source`."""
        if self.together:
            values: Values = self.ours.ends(name, self.indicators) - self.theirs.ends(name, self.indicators)
            return values
        series = (self.block(indicator, [0])[..., 0] for indicator in self.indicators)
        read = ENDS[name][0]
        return np.stack([read(one.reshape(-1, one.shape[-1])).reshape(one.shape[:2]) for one in series], axis=-1)

    def money(self, name: str) -> Values:
        """As `Source`."""
        one, two = (side.source.money(name)[np.ix_(side.cases, side.seeds)] for side in (self.ours, self.theirs))
        values: Values = one - two
        return values
