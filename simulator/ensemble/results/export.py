"""Results for other programs: tidy tables as CSV, Parquet or pandas, with units and words.

Everything is read and written by indicator and by as many cells as fit in a bounded piece of memory.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import IO, Any

import numpy as np

from simulator.ensemble.results.result import REGION, Result
from simulator.ensemble.results.sources import Values
from simulator.ensemble.storage.disk import StoreError, cannot_write, fill_whole
from simulator.indicators.grid import DIMENSIONS
from simulator.quantity import Text

COLUMNS = ("case", "seed", "quarter", "indicator", "cell", "value", "unit", "label_en", "label_sv")
_PIECE = 4_000_000
"""Values that are held at once."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a result is exported; None takes all.

    cells  whether a cell is wanted
    """

    indicators: Sequence[str] | None = None
    cases: Sequence[str] | None = None
    cells: Callable[[str], bool] | None = None

    def of(self, result: Result) -> dict[str, tuple[str, ...]]:
        """Wanted cells by indicator."""
        found = {}
        for name in result.indicators if self.indicators is None else self.indicators:
            wanted = tuple(cell for cell in result.cells(name) if self.cells is None or self.cells(cell))
            if wanted:
                found[name] = wanted
        if not found:
            raise StoreError(
                Text("nothing is left to export: no indicator has such cells",
                     "inget finns kvar att exportera: ingen indikator har sådana celler")
            )  # fmt: skip
        self.places(result)  # so that a case that is not there is told before anything is written
        return found

    def places(self, result: Result) -> list[int]:
        """Places of the wanted cases."""
        return [result.case_place(name) for name in (result.cases if self.cases is None else self.cases)]


ALL = Choice()


def columns_for(result: Result) -> tuple[str, ...]:
    """Names of the columns of a file, which tell differences from levels."""
    return tuple("difference" if name == "value" and result.difference else name for name in COLUMNS)


def pieces(result: Result, choice: Choice) -> Iterator[tuple[str, str, Values]]:
    """Indicator, cell and values (cases, seeds, entries), one after the other."""
    places = choice.places(result)
    runs = max(1, len(result.cases) * len(result.seeds) * len(result.quarters))
    for name, cells in choice.of(result).items():
        step = max(1, _PIECE // runs)
        for first in range(0, len(cells), step):
            some = cells[first : first + step]
            block = result.block(name, some)[places]
            for at, cell in enumerate(some):
                yield name, cell, block[..., at]


Column = tuple[np.ndarray[Any, Any], Sequence[str]] | np.ndarray[Any, Any]
"""Codes and what they stand for, or numbers."""


def columns_of(result: Result, choice: Choice, name: str, cell: str, values: Values) -> dict[str, Column]:
    """Columns of the rows of one indicator and cell; values (cases, seeds, entries)."""
    case, seed, quarter = (axis.ravel().astype(np.int32) for axis in np.indices(values.shape))
    one, label = np.zeros(values.size, np.int32), result.label(name)
    return {
        "case": (case, [result.cases[place] for place in choice.places(result)]),
        "seed": np.array(result.seeds, np.int64)[seed],
        "quarter": (quarter, result.quarters),
        "indicator": (one, [name]),
        "cell": (one, [cell]),
        "value": values.ravel(),
        "unit": (one, [result.unit(name)]),
        "label_en": (one, [label.en]),
        "label_sv": (one, [label.sv]),
    }


def frame(
    result: Result,
    indicators: Sequence[str] | None,
    cells: Sequence[str] | None,
    cases: Sequence[str] | None,
    factors: bool,
) -> Any:
    """A tidy pandas frame; as `Result.frame`."""
    import pandas as pd

    wanted = None if cells is None else [cell or REGION for cell in cells]
    choice = Choice(indicators, cases, None if wanted is None else wanted.__contains__)
    parts: dict[str, list[Any]] = {}
    for piece in pieces(result, choice):
        for column, values in columns_of(result, choice, *piece).items():
            if isinstance(values, tuple):
                parts.setdefault(column, []).append(pd.Categorical.from_codes(*values, ordered=column == "quarter"))
            else:
                parts.setdefault(column, []).append(values)
    shown = ("case", "seed", "quarter", "indicator", "cell", "value", "unit")
    found = pd.DataFrame({name: _joined(parts[name]) for name in shown})
    if factors:
        for path, given in factor_values(result).items():
            found[path] = found["case"].astype(object).map(dict(zip(result.cases, given, strict=True)))
    return found


def _joined(parts: Sequence[Any]) -> Any:
    from pandas.api.types import union_categoricals

    return np.concatenate(parts) if isinstance(parts[0], np.ndarray) else union_categoricals(parts)


def factor_values(result: Result) -> dict[str, list[object]]:
    """What each case has for the values that differ between cases, by path; None where it leaves it to its scenario."""
    paths = dict.fromkeys(factor.path for factor in result.factors)
    paths.update(
        dict.fromkeys(path for case in result.compared for path, value in case.overrides.items() if value is not None)
    )
    return {path: [case.overrides.get(path) for case in result.compared] for path in paths}


def write_csv(result: Result, path: Path, choice: Choice = ALL, decimal_comma: bool = False) -> None:
    """Write a tidy table; with `decimal_comma`, semicolons between columns and a comma in numbers."""

    def fill(part: Path) -> None:
        with part.open("w", encoding="utf-8", newline="") as file:
            _fill_csv(file, result, choice, decimal_comma)

    whole_file(path, fill)


def print_csv(result: Result, choice: Choice = ALL, decimal_comma: bool = False) -> None:
    """Write a tidy table to stdout."""
    _fill_csv(sys.stdout, result, choice, decimal_comma)


def _fill_csv(file: IO[str], result: Result, choice: Choice, decimal_comma: bool) -> None:
    cells = {cell for wanted in choice.of(result).values() for cell in wanted}
    columns = [name for name in DIMENSIONS if any(_has(cell, name) for cell in cells)]
    varied = factor_values(result)
    writer = csv.writer(file, delimiter=";" if decimal_comma else ",", lineterminator="\n")
    writer.writerow([*columns_for(result), *columns, *varied])
    for name, cell, values in pieces(result, choice):
        writer.writerows(_rows(result, choice, name, cell, values, columns, varied, decimal_comma))


def _has(cell: str, dimension: str) -> bool:
    return any(part.startswith(f"{dimension}=") for part in cell.split(","))


def _rows(
    result: Result,
    choice: Choice,
    name: str,
    cell: str,
    values: Values,
    columns: Sequence[str],
    varied: Mapping[str, Sequence[object]],
    decimal_comma: bool,
) -> Iterator[Sequence[object]]:
    label = result.label(name)
    parts = dict(part.split("=", 1) for part in cell.split(",")) if "=" in cell else {}
    about = (result.unit(name), label.en, label.sv, *(parts.get(column, "") for column in columns))
    for place, runs in zip(choice.places(result), values, strict=True):
        case = result.cases[place]
        own = tuple(as_text(each[place], decimal_comma) for each in varied.values())
        for seed, series in zip(result.seeds, runs.tolist(), strict=True):
            for quarter, value in zip(result.quarters, series, strict=True):
                yield case, seed, quarter, name, cell, as_text(value, decimal_comma), *about, *own


def as_text(value: object, decimal_comma: bool) -> object:
    """A number that reads back as it is; nothing when unknown."""
    if not isinstance(value, float):
        return "" if value is None else value
    if isnan(value):
        return ""
    return repr(value).replace(".", ",") if decimal_comma else repr(value)


def write_parquet(result: Result, path: Path, choice: Choice = ALL) -> None:
    """Write a tidy table as Parquet, a row group per indicator and cell; needs pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise StoreError(
            Text("Parquet needs pyarrow: python -m pip install 'transition-simulator[parquet]'",
                 "Parquet kräver pyarrow: python -m pip install 'transition-simulator[parquet]'")
        ) from None  # fmt: skip

    text = pa.dictionary(pa.int32(), pa.string())
    kinds = [{"seed": pa.int64(), "value": pa.float64()}.get(name, text) for name in COLUMNS]
    schema = pa.schema(list(zip(columns_for(result), kinds, strict=True)))

    def fill(part: Path) -> None:
        with pq.ParquetWriter(part, schema) as writer:
            for piece in pieces(result, choice):
                columns = columns_of(result, choice, *piece)
                arrays = [_arrow(pa, columns[name]) for name in COLUMNS]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))

    whole_file(path, fill)


def _arrow(pa: Any, column: Column) -> Any:
    if isinstance(column, tuple):
        return pa.DictionaryArray.from_arrays(pa.array(column[0]), pa.array(list(column[1]), pa.string()))
    return pa.array(column)


def whole_file(path: Path, fill: Callable[[Path], None]) -> None:
    """Fill a file of the user's in one step; StoreError if that fails."""
    try:
        fill_whole(path, fill, str(os.getpid()))
    except OSError as failure:
        raise cannot_write(path, failure) from failure
