"""Series as netCDF 3: labelled axes, units, long names in both languages; xarray reads it as it is.

Every indicator is a variable (time, cells of its family). What a cell is stands in `<family>_cell` (text form) and in
one text variable per dimension, `firms_county`, empty where the cell is not split by it. Times are the last day of
each quarter. NaN is missing: unknown yet, or withheld because fewer than five firms stand behind it.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from simulator.indicators import Indicator, Results
from simulator.indicators.declare import POPULATIONS
from simulator.indicators.grid import DIMENSIONS, Cell, cell_key
from simulator.quantity import Text

_EPOCH = date(1970, 1, 1)


def days(quarter: str) -> int:
    """Days from 1970-01-01 to the last day of a quarter.

    >>> days("1970Q1")
    89
    """
    year, part = int(quarter[:-2]), int(quarter[-1])
    return (date(year, 3 * part, calendar.monthrange(year, 3 * part)[1]) - _EPOCH).days


def _characters(texts: Sequence[str], width: int) -> np.ndarray[Any, Any]:
    """Texts as (texts, bytes) single characters, UTF-8, padded with zero bytes."""
    encoded = [text.encode() for text in texts]
    width = max(1, width, *map(len, encoded))
    return np.array([text.ljust(width, b"\0") for text in encoded], f"S{width}").view("S1").reshape(len(texts), width)


def text_variable(
    file: Any, name: str, axis: str, texts: Sequence[str], attributes: Mapping[str, str], width: int = 1
) -> None:
    """Write texts along an axis, at least `width` bytes each."""
    letters = _characters(texts, width)
    length = f"{name}_letters"
    file.createDimension(length, letters.shape[1])
    variable = file.createVariable(name, "S1", (axis, length))
    variable[:] = letters
    describe(variable, {"_Encoding": "utf-8", **attributes})


def describe(variable: Any, attributes: Mapping[str, object]) -> None:
    """Set attributes of a variable or file."""
    for name, value in attributes.items():
        setattr(variable, name, value.encode() if isinstance(value, str) else value)


def write_series(path: Path, results: Results, attributes: Mapping[str, str]) -> None:
    """Write all series to a netCDF 3 file."""
    from scipy.io import netcdf_file

    families: dict[str, tuple[Cell, ...]] = {}
    for series in results.series.values():
        families.setdefault(series.indicator.family, series.cells)
    with netcdf_file(path, "w", version=2) as file:
        describe(file, {"Conventions": "CF-1.8", "withheld_values": np.int32(results.withheld), **attributes})
        write_time(file, results.quarters)
        for family, cells in families.items():
            write_cells(file, family, cells, results.where.label)
        for name, series in results.series.items():
            one = series.indicator
            variable = file.createVariable(name, "f8", ("time", f"{one.family}_cell"))
            variable[:] = series.values
            describe(variable, {**words_of(one), **definition_of(one)})


def write_time(file: Any, quarters: Sequence[str]) -> None:
    """Write the axis of quarters, as dates and as labels."""
    file.createDimension("time", len(quarters))
    time = file.createVariable("time", "f8", ("time",))
    time[:] = [days(quarter) for quarter in quarters]
    describe(
        time,
        {
            "units": "days since 1970-01-01",
            "calendar": "standard",
            "standard_name": "time",
            "long_name": "last day of the quarter; the first entry is the initial state",
            "long_name_sv": "kvartalets sista dag; första värdet är utgångsläget",
        },
    )
    text_variable(file, "quarter", "time", quarters, {"long_name": "quarter", "long_name_sv": "kvartal"})


def write_cells(file: Any, family: str, cells: Sequence[Cell], label: Callable[[Cell], Text]) -> None:
    """Write what the cells of a family are: as keys, in words, and by dimension."""
    axis = f"{family}_cell"
    file.createDimension(axis, len(cells))
    keys = [cell_key(cell) for cell in cells]
    text_variable(file, f"{family}_key", axis, keys, {"long_name": "what the values are about"})
    for language in ("en", "sv"):
        labels = [label(cell).said(language) for cell in cells]
        text_variable(file, f"{family}_label_{language}", axis, labels, {"long_name": "label"})
    for dimension, text in DIMENSIONS.items():
        parts = [dict(cell).get(dimension, "") for cell in cells]
        if any(parts):
            words = {"long_name": text.en, "long_name_sv": text.sv}
            text_variable(file, f"{family}_{dimension}", axis, parts, words)


def words_of(one: Indicator) -> dict[str, object]:
    """Unit and words of an indicator, as attributes."""
    nan = np.float64("nan")
    return {"units": one.unit, "long_name": one.text.en, "long_name_sv": one.text.sv, "_FillValue": nan}


def definition_of(one: Indicator) -> dict[str, object]:
    """Definition of an indicator, as attributes."""
    defined: dict[str, object] = {"definition": one.help.en, "definition_sv": one.help.sv, "code": one.code}
    if one.family == "firms":
        defined["population"] = POPULATIONS[one.population][0].en
    return defined
