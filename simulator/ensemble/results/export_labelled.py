"""Results with labelled axes for other programs: one netCDF file, or an xarray data set.

Axes are case, seed, time and the cells of each kind of indicator; values that differ between cases stand along the
axis of cases under their dotted path.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from simulator.ensemble.results.export import ALL, Choice, factor_values, pieces, whole_file
from simulator.ensemble.results.result import Result
from simulator.ensemble.storage.disk import StoreError
from simulator.ensemble.storage.netcdf import read_header
from simulator.ensemble.storage.series_file import days, definition_of, describe, text_variable, write_cells, write_time
from simulator.indicators import INDICATORS
from simulator.indicators.grid import Cell, cell_key, cell_of
from simulator.quantity import Text

_MOST_BYTES = 2**31 - 4
_CASE = {"long_name": "case", "long_name_sv": "fall"}
_SEED = {"long_name": "seed", "long_name_sv": "frö"}
_STATUS = {
    "long_name": "whether the run is done", "long_name_sv": "om körningen är klar",
    "flag_values": np.array([-1, 0, 1], np.int32), "flag_meanings": "failed missing done",
}  # fmt: skip


def write_netcdf(result: Result, path: Path, choice: Choice = ALL) -> None:
    """Write one netCDF 3 file; StoreError where an indicator is too large for the format."""
    wanted = choice.of(result)

    def fill(part: Path) -> None:
        _write_axes(result, part, choice, wanted)
        with part.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            variables = read_header(data).variables
        for name, cell, values in pieces(result, choice):
            one = variables[name]
            stored = np.memmap(part, one.dtype, "r+", one.begin, one.shape)
            stored[..., wanted[name].index(cell)] = values

    whole_file(path, fill)


def _write_axes(result: Result, path: Path, choice: Choice, wanted: Mapping[str, Sequence[str]]) -> None:
    """Write everything but the values, and room for those."""
    from scipy.io import netcdf_file

    places = choice.places(result)
    families = {result.axes.indicators[name].family: cells for name, cells in wanted.items()}
    with netcdf_file(path, "w", version=2) as file:
        describe(file, {"Conventions": "CF-1.8", **_about(result)})
        file.createDimension("case", len(places))
        file.createDimension("seed", len(result.seeds))
        text_variable(file, "case", "case", [result.cases[place] for place in places], _CASE)
        _write(file, "seed", ("seed",), np.array(result.seeds, np.float64), _SEED)
        write_time(file, result.quarters)
        _write(file, "status", ("case", "seed"), result.status[places].astype(np.int32), _STATUS)
        for path_, (values, attributes) in _factors(result, places).items():
            if values.dtype.kind == "f":
                _write(file, path_, ("case",), values, attributes)
            else:
                text_variable(file, path_, "case", values.tolist(), attributes)
        for family, cells in families.items():
            labels = result.axes.cells[family]
            write_cells(file, family, [cell_of(key) for key in cells], _words(labels))
        for name in wanted:
            _reserve(file, result, name, (len(places), len(result.seeds), len(result.quarters), len(wanted[name])))


def _words(labels: Mapping[str, Text]) -> Callable[[Cell], Text]:
    return lambda cell: labels[cell_key(cell)]


def _write(file: Any, name: str, axes: tuple[str, ...], values: Any, attributes: Mapping[str, object]) -> None:
    variable = file.createVariable(name, values.dtype.newbyteorder(">"), axes)
    variable[:] = values
    describe(variable, attributes)


def _reserve(file: Any, result: Result, name: str, shape: tuple[int, ...]) -> None:
    """Declare an indicator whose values are filled in later, so that they are never all in memory."""
    if 8 * np.prod(shape, dtype=np.int64) > _MOST_BYTES:
        raise StoreError(
            Text(f"{name}: too many values for netCDF 3 (2 GB); choose fewer cells or cases, or another format",
                 f"{name}: för många värden för netCDF 3 (2 GB); välj färre celler eller fall, eller ett annat format")
        )  # fmt: skip
    axes = ("case", "seed", "time", f"{result.axes.indicators[name].family}_cell")
    variable = file.createVariable(name, "f8", axes)
    vars(variable)["data"] = np.broadcast_to(
        np.array(np.nan, ">f8"), shape
    )  # set as usual it would become an attribute
    describe(variable, attributes_of(result, name))


def _about(result: Result) -> dict[str, str]:
    return {
        "title": result.title,
        "result": result.path,
        "kind": "paired differences" if result.difference else "levels",
        "result_digest": result.digest,
        "program_version": result.origin.version,
        "luck_digest": result.origin.luck,
    }


def attributes_of(result: Result, name: str) -> dict[str, object]:
    """Unit, words and, where it is known today, definition of an indicator."""
    label = result.label(name)
    attributes: dict[str, object] = {
        "units": result.unit(name), "long_name": label.en, "long_name_sv": label.sv, "_FillValue": np.float64("nan"),
    }  # fmt: skip
    return attributes | (definition_of(INDICATORS[name]) if name in INDICATORS else {})


def _factors(result: Result, places: Sequence[int]) -> dict[str, tuple[Any, dict[str, str]]]:
    """Values along the axis of cases, as numbers where all are, and their words."""
    words = {
        factor.path: {"units": factor.unit, "long_name": factor.text.en, "long_name_sv": factor.text.sv}
        for factor in result.factors
    }
    found = {}
    for path, values in factor_values(result).items():
        chosen = [values[place] for place in places]
        if all(value is None or (isinstance(value, int | float) and not isinstance(value, bool)) for value in chosen):
            column = np.array([np.nan if value is None else float(value) for value in chosen])  # type: ignore[arg-type]
        else:
            column = np.array(["" if value is None else str(value) for value in chosen], object)
        found[path] = column, words.get(path, {})
    return found


def to_xarray(result: Result, indicators: Sequence[str] | None) -> Any:
    """An xarray data set in memory; as `Result.to_xarray`."""
    try:
        import xarray
    except ImportError:
        raise StoreError(
            Text(
                "to_xarray needs xarray: python -m pip install xarray",
                "to_xarray kräver xarray: python -m pip install xarray",
            )
        ) from None
    choice = Choice(indicators)
    wanted = choice.of(result)
    coordinates: dict[str, Any] = {
        "case": ("case", list(result.cases), _CASE),
        "seed": ("seed", list(result.seeds), _SEED),
        "time": np.array([days(label) for label in result.quarters], "timedelta64[D]")
        + np.datetime64("1970-01-01", "ns"),
        "quarter": ("time", list(result.quarters), {"long_name": "quarter", "long_name_sv": "kvartal"}),
    }
    variables: dict[str, Any] = {"status": (("case", "seed"), result.status, dict(_STATUS))}
    for path, (values, words) in _factors(result, range(len(result.cases))).items():
        variables[path] = ("case", values, words)
    for name, cells in wanted.items():
        axis = f"{result.axes.indicators[name].family}_cell"
        coordinates[axis] = list(cells)
        for language in ("en", "sv"):
            labels = [result.cell_label(name, cell).said(language) for cell in cells]
            coordinates[f"{axis.removesuffix('_cell')}_label_{language}"] = (axis, labels)
        attributes = attributes_of(result, name)
        del attributes["_FillValue"]
        variables[name] = (("case", "seed", "time", axis), result.block(name, cells), attributes)
    return xarray.Dataset(variables, coordinates, _about(result))
