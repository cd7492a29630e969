"""Comma-separated tables with a declared header: every fault found at once, at its line and column."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from simulator.quantity import Text
from simulator.region.problems import Problem

FIELD = re.compile(r'("(?:[^"]|"")*"|[^",]*)(?:,|$)')


class Column(NamedTuple):
    """What may stand in a column; low and high bound a number, `whole` forbids decimals.

    A figure is a number that needs a source; so does an inferred text. `unit` and `text` say what it means.
    """

    number: bool = False
    figure: bool = False
    inferred: bool = False
    low: float = -math.inf
    high: float = math.inf
    whole: bool = False
    blank: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    text: Text = Text("", "")

    def means(self, en: str, sv: str, unit: str = "") -> Column:
        """Return this column with its meaning in both languages and its unit."""
        return self._replace(text=Text(en, sv), unit=unit)

    def limits(self) -> Text:
        """Return what a cell may hold, in words."""
        if self.choices:
            found = Text(f"one of {listed(self.choices)}", f"något av {listed(self.choices)}")
        else:
            found = _limits(self) if self.number else Text("text", "text")
        return Text(f"{found.en}, or empty", f"{found.sv}, eller tom") if self.blank else found


TEXT = Column()
REMARK = Column(blank=True)
COUNT = Column(number=True, figure=True, low=0, whole=True)
AMOUNT = Column(number=True, figure=True, low=0)
SHARE = Column(number=True, figure=True, low=0, high=1)


class Schema(NamedTuple):
    """Header of one file, the columns that name a row, what a row is, and whether the file may be missing."""

    columns: Mapping[str, Column]
    key: tuple[str, ...]
    about: Text
    optional: bool = False


class Row(NamedTuple):
    """One line: its cells as text and the column at which each begins."""

    line: int
    cells: dict[str, str]
    starts: dict[str, int]

    def number(self, column: str) -> float:
        """Return a figure; a blank cell is not a number (NaN)."""
        return float(self.cells[column]) if self.cells[column] else math.nan


class Table(NamedTuple):
    """A file read; `sound` when nothing was wrong with it by itself."""

    file: str
    rows: tuple[Row, ...]
    sound: bool

    def text(self, column: str) -> list[str]:
        """Return a column as text."""
        return [row.cells[column] for row in self.rows]

    def numbers(self, column: str) -> list[float]:
        """Return a column of figures, blanks as NaN."""
        return [row.number(column) for row in self.rows]

    def problem(self, row: Row, column: str, what: Text, allowed: Text) -> Problem:
        """Return a problem that stands in one cell."""
        return Problem(self.file, row.line, row.starts[column], what, allowed)


def listed(names: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    """Return names as one readable list."""
    return ", ".join(names)


def suggestion(name: str, known: list[str]) -> Text:
    """Return what is allowed instead of `name`, the nearest first."""
    near = get_close_matches(name, known, 1)
    if near:
        return Text(f"did you mean '{near[0]}'? allowed: {listed(known)}",
                    f"menade du '{near[0]}'? tillåtet: {listed(known)}")  # fmt: skip
    return Text(f"allowed: {listed(known)}", f"tillåtet: {listed(known)}")


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """Return a file's text, or None with a problem noted."""
    try:
        if path.is_file() or not path.exists():
            return path.read_bytes().decode("utf-8-sig")
        what = Text("not an ordinary file", "ingen vanlig fil")  # a pipe or device would never end
        problems.append(Problem(path.name, 1, 1, what, Text("a file", "en fil")))
    except OSError as error:
        reason = Text(f"cannot be read ({type(error).__name__})", f"kan inte läsas ({type(error).__name__})")
        allowed = Text("the file must be there and readable", "filen ska finnas och vara läsbar")
        problems.append(Problem(path.name, 1, 1, reason, allowed))
    except UnicodeDecodeError as error:
        allowed = Text("text in UTF-8", "text i UTF-8")
        what = Text(f"byte {error.start + 1} is not text", f"byte {error.start + 1} är inte text")
        problems.append(Problem(path.name, 1, 1, what, allowed))
    return None


def read_table(path: Path, schema: Schema, problems: list[Problem]) -> Table:
    """Read a table; what is wrong is added to `problems`, and the table is then not `sound`."""
    before = len(problems)
    text = None if schema.optional and not path.exists() else read_text(path, problems)
    rows: list[Row] = []
    if text is not None:
        lines = [line.removesuffix("\r") for line in text.split("\n")]
        header = _split(lines[0])
        known = list(schema.columns)
        if header is None or [name for name, _ in header] != known:
            problems.append(_header_problem(path.name, header, known))
        else:
            rows = list(_rows(path.name, lines, known, problems))
    table = Table(path.name, tuple(rows), sound=True)
    for row in rows:
        problems.extend(_cell_problems(table, row, schema))
    problems.extend(_doubles(table, schema))
    return table._replace(sound=len(problems) == before)


def _split(line: str) -> list[tuple[str, int]] | None:
    """Split a line into cells with the column each begins at; None when the quotes do not close."""
    cells, at = [], 0
    while True:
        match = FIELD.match(line, at)
        if match is None:
            return None
        raw = match.group(1)
        cells.append((raw[1:-1].replace('""', '"') if raw.startswith('"') else raw.strip(), at + 1))
        if not match.group(0).endswith(","):
            return cells
        at = match.end()


def _header_problem(file: str, header: list[tuple[str, int]] | None, known: list[str]) -> Problem:
    allowed = Text(f"the header must be {listed(known)}", f"rubrikraden ska vara {listed(known)}")
    found = header or []
    names = [name for name, _ in found]
    apart = next((mark for mark in ";\t" if len(names) == 1 and mark in names[0]), None)
    if apart is not None:
        said = Text("semicolons", "semikolon") if apart == ";" else Text("tabs", "tabbar")
        what = Text(f"cells stand apart by {said.en}", f"cellerna skiljs av {said.sv}")
        comma = Text("commas between cells, decimals after a point (in Excel: CSV with commas)",
                     "komma mellan celler, decimaler efter punkt (i Excel: CSV med kommatecken)")  # fmt: skip
        return Problem(file, 1, names[0].index(apart) + 1, what, comma)
    for name, start in found:
        if name and name not in known:
            near = suggestion(name, known)
            return Problem(file, 1, start, Text(f"unknown column '{name}'", f"okänd kolumn '{name}'"), near)
    missing = [name for name in known if name not in names]
    if missing:
        what = Text(f"columns missing: {listed(missing)}", f"kolumner saknas: {listed(missing)}")
    else:
        what = Text("columns in another order or twice", "kolumnerna i annan ordning eller dubbelt")
    return Problem(file, 1, 1, what, allowed)


def _rows(file: str, lines: list[str], known: list[str], problems: list[Problem]) -> Iterator[Row]:
    for line, text in enumerate(lines[1:], start=2):
        if not text.strip():
            continue
        cells = _split(text)
        if cells is None:
            what = Text("quotation marks do not close", "citattecken stängs inte")
        elif len(cells) != len(known):
            what = Text(f"{len(cells)} cells", f"{len(cells)} celler")
        else:
            names = dict(zip(known, cells, strict=True))
            yield Row(line, {name: cell for name, (cell, _) in names.items()},
                      {name: start for name, (_, start) in names.items()})  # fmt: skip
            continue
        allowed = Text(f"{len(known)} cells as in the header", f"{len(known)} celler som i rubrikraden")
        problems.append(Problem(file, line, 1, what, allowed))


def _cell_problems(table: Table, row: Row, schema: Schema) -> Iterator[Problem]:
    for name, column in schema.columns.items():
        cell = row.cells[name]
        said = Text(f"{name}: '{cell}'", f"{name}: '{cell}'")
        if not cell:
            if not column.blank:
                yield table.problem(row, name, Text(f"{name} is empty", f"{name} är tom"),
                                    Text("every row needs it", "varje rad behöver ett värde"))  # fmt: skip
        elif column.choices and cell not in column.choices:
            yield table.problem(row, name, said, suggestion(cell, list(column.choices)))
        elif column.number and not _fits(cell, column):
            yield table.problem(row, name, said, _limits(column))


def _fits(cell: str, column: Column) -> bool:
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", cell, re.ASCII):
        return False
    value = float(cell)
    in_range = math.isfinite(value) and column.low <= value <= column.high
    return in_range and (not column.whole or value.is_integer())


def _limits(column: Column) -> Text:
    kind = Text("a whole number", "ett heltal") if column.whole else Text("a number", "ett tal")
    if math.isfinite(column.low) and math.isfinite(column.high):
        bounds = Text(f" from {column.low:g} to {column.high:g}", f" från {column.low:g} till {column.high:g}")
    elif math.isfinite(column.low):
        bounds = Text(f" of at least {column.low:g}", f" som är minst {column.low:g}")
    else:
        bounds = Text("", "")
    return Text(kind.en + bounds.en + ", decimals after a point", kind.sv + bounds.sv + ", decimaler efter punkt")


def row_key(row: Row, schema: Schema) -> str:
    """Return the name of a row: its key cells joined by a slash."""
    return "/".join(row.cells[name] for name in schema.key)


def _doubles(table: Table, schema: Schema) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row in table.rows:
        key = row_key(row, schema)
        if schema.key and key in seen:
            what = Text(f"'{key}' stands already on line {seen[key]}", f"'{key}' står redan på rad {seen[key]}")
            yield table.problem(row, schema.key[0], what, Text("each once", "var och en en gång"))
        seen.setdefault(key, row.line)
