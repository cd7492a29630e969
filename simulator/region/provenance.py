"""Where every figure of a region is from: source, year and confidence, checked to be complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from simulator.quantity import Text
from simulator.region.problems import Problem
from simulator.region.schemas import OUTLINES, SCHEMAS, SYNTHETIC
from simulator.region.tables import Row, Schema, Table, row_key, suggestion

LISTING = "sources.csv"
OUTLINE_COLUMN = "geometry"


class Source(NamedTuple):
    """Where figures are from: file, columns and rows it covers, source, year, confidence and a remark.

    `columns` are names with blanks between; `where` is "column=value value" or empty for all rows.
    """

    file: str
    columns: str
    where: str
    source: str
    year: int
    confidence: str
    note: Text

    @property
    def synthetic(self) -> bool:
        """True for what is no statistic but an assumption that stands in for one."""
        return self.confidence in SYNTHETIC

    def covers(self, column: str, row: Row) -> bool:
        """Return whether this is said of `column` in `row`."""
        name, _, values = self.where.partition("=")
        return column in self.columns.split() and (not name or row.cells[name] in values.split())


class Figure(NamedTuple):
    """One figure's address: file, column and row (the key cells joined by a slash)."""

    file: str
    column: str
    row: str


def provenance(tables: Mapping[str, Table], problems: list[Problem]) -> tuple[tuple[Source, ...], dict[Figure, Source]]:
    """Find the source of every figure: the row's own columns, else the first row of sources.csv that fits."""
    listing = tables[LISTING]
    faults = [*_listing_problems(listing)] if listing.sound else []
    problems.extend(faults)
    if faults or not listing.sound:
        return (), {}
    sources = [_source(row, row.cells["file"], row.cells["columns"], row.cells["where"]) for row in listing.rows]
    figures: dict[Figure, Source] = {}
    for file, schema in SCHEMAS.items():
        if file == LISTING:
            continue
        table = tables[file]
        candidates = [source for source in sources if source.file == file]
        for row, column in _cells(table, schema):
            own = "source" in schema.columns
            origin = _own_source(row, file, schema) if own else _first(candidates, column, row)
            if origin is None:
                what = Text(f"no source for {column}", f"ingen källa för {column}")
                problems.append(table.problem(row, column, what, Text("a row in " + LISTING, "en rad i " + LISTING)))
            else:
                figures[Figure(file, column, row_key(row, schema))] = origin
    return tuple(dict.fromkeys([*sources, *figures.values()])), figures


def sourced_columns(schema: Schema) -> list[str]:
    """Return the columns whose cells need a source."""
    return [name for name, column in schema.columns.items() if column.figure or column.inferred]


def _cells(table: Table, schema: Schema) -> Iterator[tuple[Row, str]]:
    for row in table.rows if table.sound else ():
        for column in sourced_columns(schema):
            if row.cells[column]:
                yield row, column


def _first(candidates: list[Source], column: str, row: Row) -> Source | None:
    return next((source for source in candidates if source.covers(column, row)), None)


def _own_source(row: Row, file: str, schema: Schema) -> Source:
    keys = " ".join(schema.key)
    return _source(row, file, " ".join(sourced_columns(schema)), f"{keys}={row_key(row, schema)}")


def _source(row: Row, file: str, columns: str, where: str) -> Source:
    cells = row.cells
    note = Text(cells.get("note_en", ""), cells.get("note_sv", ""))
    return Source(file, columns, where, cells["source"], int(row.number("year")), cells["confidence"], note)


def _listing_problems(listing: Table) -> Iterator[Problem]:
    headers = {file: list(schema.columns) for file, schema in SCHEMAS.items() if file != LISTING}
    headers[OUTLINES] = [OUTLINE_COLUMN]
    for row in listing.rows:
        file = row.cells["file"]
        if file not in headers:
            what = Text(f"unknown file '{file}'", f"okänd fil '{file}'")
            yield listing.problem(row, "file", what, suggestion(file, list(headers)))
            continue
        for name in row.cells["columns"].split():
            if name not in headers[file]:
                what = Text(f"unknown column '{name}'", f"okänd kolumn '{name}'")
                yield listing.problem(row, "columns", what, suggestion(name, headers[file]))
        name, _, values = row.cells["where"].partition("=")
        if row.cells["where"] and (name not in headers[file] or not values):
            what = Text(f"where '{row.cells['where']}'", f"where '{row.cells['where']}'")
            allowed = Text("empty, or column=value value", "tomt, eller kolumn=värde värde")
            yield listing.problem(row, "where", what, allowed)
    if not any(row.cells["file"] == OUTLINES for row in listing.rows):
        what = Text(f"no source for {OUTLINES}", f"ingen källa för {OUTLINES}")
        allowed = Text(f"a row {OUTLINES},{OUTLINE_COLUMN}", f"en rad {OUTLINES},{OUTLINE_COLUMN}")
        yield Problem(listing.file, 1, 1, what, allowed)
