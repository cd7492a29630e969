"""Labelled results: indicator x quarter x cell, with unit and words in both languages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.indicators.declare import Indicator, Values
from simulator.indicators.grid import Cell, Geography, cell_key
from simulator.quantity import Text


def quarter_number(label: str) -> int:
    """Quarters since the year 0 of a label.

    >>> quarter_number("2026Q1")
    8104
    """
    year, _, part = label.partition("Q")
    return int(year) * 4 + int(part) - 1


def quarter_labels(first: str, entries: int) -> tuple[str, ...]:
    """Labels of the entries: the state at the end of each quarter, so entry 0 is the quarter before the first.

    >>> quarter_labels("2026Q1", 3)
    ('2025Q4', '2026Q1', '2026Q2')
    """
    start = quarter_number(first) - 1
    return tuple(f"{number // 4}Q{number % 4 + 1}" for number in range(start, start + entries))


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One indicator over time and cells; `values` has shape (quarters, cells), NaN where unknown or withheld."""

    indicator: Indicator
    quarters: tuple[str, ...]
    cells: tuple[Cell, ...]
    values: Values

    @property
    def unit(self) -> str:
        """Unit of the values."""
        return self.indicator.unit

    @property
    def text(self) -> Text:
        """Label in both languages."""
        return self.indicator.text

    def of(self, **cell: str) -> Values:
        """Values over time of one cell: `series.of(county="dalarna", size_class="10-49")`; no argument: the region."""
        wanted = frozenset(cell.items())
        for index, parts in enumerate(self.cells):
            if frozenset(parts) == wanted:
                return self.values[:, index]
        raise KeyError(f"{self.indicator.name} is not recorded for {cell_key(tuple(cell.items()))}")

    def change(self, **cell: str) -> tuple[float, float, float]:
        """First known value, last known value and their difference; NaN where nothing is known."""
        values = self.of(**cell)
        known = values[~np.isnan(values)]
        if not len(known):
            return (np.nan, np.nan, np.nan)
        return (float(known[0]), float(known[-1]), float(known[-1] - known[0]))


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """All series of one run.

    withheld  how many values were withheld because they rest on fewer than five firms of a municipality
    """

    quarters: tuple[str, ...]
    series: Mapping[str, Series]
    where: Geography
    withheld: int

    def __getitem__(self, name: str) -> Series:
        return self.series[name]

    def value(self, name: str, quarter: str, **cell: str) -> float:
        """One number: `results.value("advanced_digital", "2030Q4", county="dalarna")`."""
        return float(self.series[name].of(**cell)[self.quarters.index(quarter)])

    def frame(self) -> Any:
        """Tidy pandas frame: indicator, quarter, cell, value, unit; unknown values left out."""
        import pandas as pd

        parts = []
        for name, series in self.series.items():
            rows, columns = np.nonzero(~np.isnan(series.values))
            keys = np.array([cell_key(cell) for cell in series.cells], dtype=object)
            parts.append(
                pd.DataFrame(
                    {
                        "indicator": name,
                        "quarter": np.array(self.quarters, dtype=object)[rows],
                        "cell": keys[columns],
                        "value": series.values[rows, columns],
                        "unit": series.unit,
                    }
                )
            )
        return pd.concat(parts, ignore_index=True)

    def digest(self) -> str:
        """Fingerprint of all numbers: equal digests mean bit-identical results.

        Across types of processor the last bits may differ: compare with `differences` there.
        """
        found = hashlib.blake2b(digest_size=16)
        for name in sorted(self.series):
            series = self.series[name]
            found.update(f"{name}|{series.unit}|{'|'.join(map(cell_key, series.cells))}".encode())
            values = np.where(np.isnan(series.values), np.nan, series.values + 0.0)
            found.update(np.ascontiguousarray(values, "<f8").tobytes())
        return found.hexdigest()

    def differences(self, other: Results, tolerance: float = 1e-6) -> list[str]:
        """Names of series that differ by more than `tolerance`, relative to the larger of the value and 1."""
        return [name for name, series in self.series.items() if not _close(series, other.series.get(name), tolerance)]


def _close(series: Series, twin: Series | None, tolerance: float) -> bool:
    if twin is None or twin.cells != series.cells or twin.values.shape != series.values.shape:
        return False
    return bool(np.allclose(series.values, twin.values, rtol=tolerance, atol=tolerance, equal_nan=True))
