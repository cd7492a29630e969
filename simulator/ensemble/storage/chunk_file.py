"""A chunk of runs as netCDF 3, each with its axes and words, so that it can be read alone.

Indicators are variables (run, time, cells of their family). NaN is missing: the run failed, its case has no such
quarter or cell, or the value is unknown or withheld. The bytes depend on the runs alone, not on who did them or when.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.ensemble.plan import Plan
from simulator.ensemble.statistics import last_year
from simulator.ensemble.storage.layout import Layout
from simulator.ensemble.storage.netcdf import Header, HeaderError, read_header
from simulator.ensemble.storage.series_file import describe, text_variable, words_of, write_cells, write_time
from simulator.ensemble.workers.work import Finished
from simulator.indicators import INDICATORS
from simulator.quantity import Text

Values = NDArray[np.float64]
_RUNS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "run": ("i4", {"long_name": "number of the run", "long_name_sv": "körningens nummer"}),
    "case": ("i4", {"long_name": "place of the case in plan.json", "long_name_sv": "fallets plats i plan.json"}),
    "seed": ("f8", {"long_name": "seed", "long_name_sv": "frö"}),
    "status": (
        "i4",
        {
            "long_name": "whether the run is done", "long_name_sv": "om körningen är klar",
            "flag_values": np.array([0, 1], np.int32), "flag_meanings": "done failed",
        },
    ),
    "withheld": (
        "i4",
        {
            "long_name": "values withheld because they rest on fewer than five firms",
            "long_name_sv": "värden som döljs för att de vilar på färre än fem företag",
        },
    ),
    "coordination": (
        "f8",
        {"units": "kSEK", "long_name": "cost of coordination", "long_name_sv": "kostnad för samordning"},
    ),
}  # fmt: skip
_OUTLAY = {
    "units": "kSEK",
    "long_name": "public money by measure and year of the run; package: what is spent on all together",
    "long_name_sv": "offentliga medel per insats och år av körningen; package: vad som läggs på alla tillsammans",
}


def chunk_bytes(plan: Plan, layout: Layout, runs: Sequence[Finished]) -> bytes:
    """The file of some runs."""
    from scipy.io import netcdf_file

    whole = layout.whole
    buffer = _Kept()
    file = netcdf_file(buffer, "w", version=2)
    describe(file, {"Conventions": "CF-1.8", "title": plan.title.en if plan.title else plan.name})
    for name, labels in (("run", runs), ("year", whole.years), ("measure", whole.measures)):
        file.createDimension(name, len(labels))
    file.createDimension("indicator", len(plan.keep.indicators))
    write_time(file, whole.quarters)
    _write_runs(file, plan, runs)
    text_variable(file, "year", "year", whole.years, {"long_name": "first quarter", "long_name_sv": "första kvartal"})
    text_variable(file, "measure", "measure", whole.measures, {"long_name": "measure", "long_name_sv": "insats"})
    for family, cells in whole.cells.items():
        write_cells(file, family, cells, layout.labels.__getitem__)
    _fill(file, "outlay", ("run", "year", "measure"), _outlays(layout, runs), _OUTLAY)
    for name in plan.keep.indicators:
        indicator = INDICATORS[name]
        values = _series(layout, runs, name, indicator.family)
        _fill(file, name, ("run", "time", f"{indicator.family}_cell"), values, words_of(indicator))
    words = {"long_name": "indicator", "long_name_sv": "indikator"}
    text_variable(file, "indicator", "indicator", plan.keep.indicators, words)
    for name, (read, attributes) in ENDS.items():
        _fill(file, name, ("run", "indicator"), _ends(plan, runs, read), attributes)
    file.close()
    return buffer.whole


class _Kept(io.BytesIO):
    """Bytes that outlive the closing of the file."""

    whole = b""

    def close(self) -> None:
        """Close, and keep what was written."""
        if not self.closed:
            self.whole = self.getvalue()
        super().close()


def last_known(values: Values) -> Values:
    """Last value of each row that is known; (rows, entries) to (rows,), NaN where none is."""
    known = ~np.isnan(values)
    place = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    found: Values = values[np.arange(len(values)), place]
    return found


ENDS: Mapping[str, tuple[Callable[[Values], Values], Mapping[str, str]]] = {
    "last_value": (
        last_known,
        {"long_name": "last known value, whole region", "long_name_sv": "senaste kända värde, hela regionen"},
    ),
    "last_year": (
        last_year,
        {"long_name": "mean of the last year, whole region", "long_name_sv": "sista årets medelvärde, hela regionen"},
    ),
}
"""What remains of a series."""


def _ends(plan: Plan, runs: Sequence[Finished], read: Callable[[Values], Values]) -> Values:
    """What remains of each series of the whole region; (runs, indicators)."""
    ends = np.full((len(runs), len(plan.keep.indicators)), np.nan)
    for place, run in enumerate(runs):
        if run.series is not None:
            ends[place] = read(np.array([run.series[name][:, 0] for name in plan.keep.indicators]))
    return ends


def _write_runs(file: Any, plan: Plan, runs: Sequence[Finished]) -> None:
    columns = {
        "run": [one.number for one in runs],
        "case": [one.case for one in runs],
        "seed": [one.seed for one in runs],
        "status": [one.failure is not None for one in runs],
        "withheld": [one.withheld for one in runs],
        "coordination": [np.nan if one.failure else one.coordination for one in runs],
    }
    for name, (kind, attributes) in _RUNS.items():
        _fill(file, name, ("run",), np.array(columns[name], kind), attributes, kind)
    width = max(len(case.name.encode()) for case in plan.cases)
    names = [plan.cases[one.case].name for one in runs]
    text_variable(file, "case_name", "run", names, {"long_name": "case", "long_name_sv": "fall"}, width)


def _fill(
    file: Any,
    name: str,
    axes: tuple[str, ...],
    values: NDArray[Any],
    attributes: Mapping[str, object],
    kind: str = "f8",
) -> None:
    variable = file.createVariable(name, kind, axes)
    variable[:] = values
    describe(variable, attributes)


def _series(layout: Layout, runs: Sequence[Finished], name: str, family: str) -> Values:
    """Values of one indicator on the axes of the batch; (runs, entries, cells)."""
    whole = layout.whole
    values = np.full((len(runs), len(whole.quarters), len(whole.cells[family])), np.nan)
    for place, run in enumerate(runs):
        if run.series is not None:
            shape = layout.shapes[run.case]
            if (shape.quarters, shape.cells[family]) == (whole.quarters, whole.cells[family]):
                values[place] = run.series[name]
                continue
            entries, cells = _places(whole.quarters, shape.quarters), _places(whole.cells[family], shape.cells[family])
            values[place][np.ix_(entries, cells)] = run.series[name]
    return values


def _outlays(layout: Layout, runs: Sequence[Finished]) -> Values:
    """Outlays on the axes of the batch; (runs, years, measures)."""
    whole = layout.whole
    values = np.full((len(runs), len(whole.years), len(whole.measures)), np.nan)
    for place, run in enumerate(runs):
        if run.outlay is not None:
            shape = layout.shapes[run.case]
            years, measures = _places(whole.years, shape.years), _places(whole.measures, shape.measures)
            values[place][np.ix_(years, measures)] = run.outlay.T
    return values


def read_runs(data: bytes, plan: Plan, layout: Layout, about: Sequence[Finished]) -> list[Finished]:
    """The runs of a file with their numbers; `about` holds what stands beside the file."""
    header, whole = read_header(data), layout.whole

    def values(name: str) -> NDArray[Any]:
        variable = header.variables[name]
        return variable.array(data[variable.begin : variable.begin + variable.size]).astype(np.float64)

    series = {name: values(name) for name in plan.keep.indicators}
    outlay, coordination, withheld = values("outlay"), values("coordination"), values("withheld")
    runs = []
    for place, run in enumerate(about):
        if run.failure is not None:
            runs.append(run)
            continue
        shape = layout.shapes[run.case]
        entries = _places(whole.quarters, shape.quarters)
        cells = {family: _places(whole.cells[family], own) for family, own in shape.cells.items()}
        money = np.ix_(_places(whole.years, shape.years), _places(whole.measures, shape.measures))
        kept = {name: all_[place][np.ix_(entries, cells[INDICATORS[name].family])] for name, all_ in series.items()}
        runs.append(
            replace(
                run, series=kept, outlay=outlay[place][money].T, coordination=float(coordination[place]),
                withheld=int(withheld[place]),
            )
        )  # fmt: skip
    return runs


def _places(whole: Sequence[object], part: Sequence[object]) -> list[int]:
    if whole == part:
        return list(range(len(part)))
    known = {label: place for place, label in enumerate(whole)}
    return [known[label] for label in part]


def checksums(data: bytes) -> list[int]:
    """Checksums of the header and of each variable, in the order in which the header names them."""
    header = read_header(data)
    parts = (data[one.begin : one.begin + one.size] for one in header.variables.values())
    return [zlib.crc32(data[: header.end]), *map(zlib.crc32, parts)]


class ChunkReader:
    """Reads single variables of chunks; those of a batch mostly share one header, which is then parsed once.

    A file is open only while it is read, so that it may be replaced at any time.
    """

    def __init__(self) -> None:
        self._known: list[tuple[bytes, Header]] = []

    def read(self, path: Path, name: str, checks: Sequence[int]) -> NDArray[Any]:
        """Values of a variable; HeaderError when its bytes are not those of the checksums."""
        with path.open("rb") as file:
            header, check = self._header(file)
            if check != checks[0]:
                raise HeaderError("the header has changed")
            variable = header.variables[name]
            file.seek(variable.begin)
            data = file.read(variable.size)
        if zlib.crc32(data) != checks[1 + list(header.variables).index(name)]:
            raise HeaderError(f"{name} has changed")
        return variable.array(data)

    def _header(self, file: Any) -> tuple[Header, int]:
        for begin, header in self._known:
            file.seek(0)
            if file.read(len(begin)) == begin:
                return header, zlib.crc32(begin)
        file.seek(0)
        data = file.read()
        header = read_header(data)
        self._known.append((data[: header.end], header))
        return header, zlib.crc32(data[: header.end])


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator as a file tells it: kind of cells, unit, words."""

    family: str
    unit: str
    text: Text


@dataclass(frozen=True, slots=True)
class Axes:
    """What a file of series is about; cells as text by family, each with its words."""

    quarters: tuple[str, ...]
    years: tuple[str, ...]
    measures: tuple[str, ...]
    cells: Mapping[str, Mapping[str, Text]]
    indicators: Mapping[str, Measured]


def read_axes(data: bytes) -> Axes:
    """Axes of a chunk, or of the series of a single run, from all bytes of the file."""
    header = read_header(data)

    def texts(name: str) -> tuple[str, ...]:
        variable = header.variables.get(name)
        return () if variable is None else variable.texts(data[variable.begin : variable.begin + variable.size])

    cells = {}
    for name in header.variables:
        if name.endswith("_key"):
            family = name.removesuffix("_key")
            words = map(Text, texts(f"{family}_label_en"), texts(f"{family}_label_sv"))
            cells[family] = dict(zip(texts(name), words, strict=True))
    found = {}
    for name, one in header.variables.items():
        if one.dimensions[-1].endswith("_cell"):
            about = one.attributes
            label = Text(about["long_name"], about["long_name_sv"])
            found[name] = Measured(one.dimensions[-1].removesuffix("_cell"), about["units"], label)
    order = texts("indicator") or found
    return Axes(texts("quarter"), texts("year"), texts("measure"), cells, {name: found[name] for name in order})
