"""A table of cases in CSV: a dotted path per column, a case per line, every fault at its line and column.

Commas, semicolons or tabs part cells; where it is not the comma, a number may have a decimal comma. Values are read as
in YAML. An empty cell leaves the scenario's own value. A column `case` names the cases.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from simulator.ensemble.designs.assembling import Point
from simulator.ensemble.designs.factors import factor_of, in_each, is_value, known_paths, quantity_at, same_results
from simulator.ensemble.plan import Factor
from simulator.quantity import Quantity, Text
from simulator.refusals import reason
from simulator.scenario import Scenario, ScenarioError
from simulator.scenario.loader import unfit
from simulator.scenario.messages import Fault, explained
from simulator.scenario.moments import full_path
from simulator.scenario.problems import NOTHING, Place, Problem, instead
from simulator.scenario.reading import decoded, scalar
from simulator.scenario.schema import annotation

NAMES = "case"
MOST_BYTES = 50_000_000
_NAME = re.compile(r"\w[\w .-]*")
_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]*,[0-9]+([eE][-+]?[0-9]+)?")


class Cell(NamedTuple):
    """Text of a cell and where it begins; `quoted` if it stood in quotation marks."""

    text: str
    place: Place
    quoted: bool


class Table(NamedTuple):
    """A table that was read.

    points   in the order of the lines
    factors  one per column, sorted by path
    places   of each point's values by path; of its line under the empty path
    """

    points: tuple[Point, ...]
    factors: tuple[Factor, ...]
    places: tuple[Mapping[str, Place], ...]


def read_table(path: Path, scenarios: Mapping[str, Scenario]) -> tuple[Table, list[Problem]]:
    """Return the points of a table as far as they are sound, and all that is wrong with it.

    Raises ScenarioError if it cannot be read at all.
    """
    file = os.fspath(path)
    lines = _lines(_text(path, file))
    if not lines:
        first = Text("a line of dotted paths", "en rad med sökvägar")
        raise ScenarioError([Problem(Place(file, 1, 1), "", Text("the table is empty", "tabellen är tom"), first)])
    problems: list[Problem] = []
    mark = next((mark for mark in (";", "\t") if mark in lines[0][1]), ",")
    header, *rows = [list(_cells(text, Place(file, number), mark, problems)) for number, text in lines]
    columns = _Columns(header, scenarios, mark, problems)
    points: list[Point] = []
    places: list[Mapping[str, Place]] = []
    for at, row in enumerate(rows, 1):
        label, values, where = columns.read(row)
        points.append(Point(label or f"{at:04}", values))
        places.append(where)
    problems += _twice(points, places)
    if not points:
        problems.append(
            Problem(Place(file, lines[0][0], 1), "", Text("the table has no cases", "tabellen har inga fall"))
        )
    factors = [factor_of(name, quantity, {"table": path.name}) for name, quantity in columns.quantities.items()]
    return Table(tuple(points), tuple(sorted(factors, key=lambda each: each.path)), tuple(places)), problems


def _text(path: Path, file: str) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        why = reason(error)
        told = Text(f"cannot be read ({why.en})", f"kan inte läsas ({why.sv})")
        raise ScenarioError([Problem(Place(file), "", told)]) from None
    return decoded(content, file, MOST_BYTES)


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines that hold something but empty cells, with their numbers."""
    lines = enumerate(re.split(r"\r\n|\r|\n", text), 1)
    return [(number, line) for number, line in lines if line.strip(" \t,;")]


def _cells(text: str, line: Place, mark: str, problems: list[Problem]) -> Iterator[Cell]:
    pattern = re.compile(rf'[ ]*("(?:[^"]|"")*")[ ]*({mark}|$)|([^{mark}]*)({mark}|$)')
    at, more = 0, True
    while more:
        found = pattern.match(text, at)
        assert found is not None  # the second branch takes anything
        quoted = found[1] is not None
        written = found[1] if quoted else found[3]
        start = found.start(1 if quoted else 3) + len(written) - len(written.lstrip())
        place = replace(line, column=start + 1)
        if not quoted and '"' in written:
            problems.append(Problem(place, "", Text("a stray quotation mark", "ett löst citattecken")))
        yield Cell((written[1:-1].replace('""', '"') if quoted else written).strip(), place, quoted)
        at, more = found.end(), bool(found[2] or found[4])


def _twice(points: Sequence[Point], places: Sequence[Mapping[str, Place]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for point, where in zip(points, places, strict=True):
        place = where.get(NAMES, where[""])
        if (line := first.setdefault(point.label, place.line)) != place.line:
            twice = Text(f"{point.label} stands twice", f"{point.label} står två gånger")
            yield Problem(place, NAMES, twice, Text(f"first in line {line}", f"först på rad {line}"))


class _Columns:
    """Reads the cells of each column for what its path may be; a value that stands often is checked once."""

    def __init__(
        self, header: Sequence[Cell], scenarios: Mapping[str, Scenario], mark: str, problems: list[Problem]
    ) -> None:
        self._scenarios = scenarios
        self._mark = mark
        self._problems = problems
        self._adapters: dict[str, TypeAdapter[Any]] = {}
        self._tried: set[tuple[str, str]] = set()
        self.quantities: dict[str, Quantity | None] = {}
        written = [NAMES if cell.text.casefold() == NAMES else full_path(cell.text) for cell in header]
        self._paths = [self._known(path, cell) for path, cell in zip(written, header, strict=True)]
        for path, count in Counter(written).items():
            if count > 1:
                again = [cell for other, cell in zip(written, header, strict=True) if other == path][1]
                self._wrong(again, path, Text(f"{path} stands twice", f"{path} står två gånger"))

    def read(self, row: Sequence[Cell]) -> tuple[str, dict[str, Any], dict[str, Place]]:
        """Return the name of a line's case, its values, and where each stands."""
        line = replace(row[0].place, column=1)
        where, values, label = {"": line}, dict[str, Any](), ""
        if len(row) != len(self._paths):
            wrong = Text(f"{len(row)} cells in this line", f"{len(row)} celler på raden")
            allowed = Text(f"{len(self._paths)} as in the first line", f"{len(self._paths)} som på första raden")
            self._problems.append(Problem(line, "", wrong, allowed))
        for cell, path in zip(row, self._paths, strict=False):
            if path and cell.text:
                where[path] = cell.place
                if path == NAMES:
                    label = self._name(cell)
                else:
                    values[path] = self._value(cell, path)
        return label, values, where

    def _wrong(self, cell: Cell, path: str, message: Text, allowed: Text = NOTHING) -> None:
        self._problems.append(Problem(cell.place, path, message, allowed))

    def _known(self, path: str, cell: Cell) -> str:
        """Return the path of a column, empty if no value has it."""
        if path == NAMES:
            return path
        quantity = quantity_at(path, self._scenarios.values())
        if (refused := same_results(path)) is not None:
            self._wrong(cell, path, refused.message, refused.allowed)
        elif not is_value(path, self._scenarios.values()):
            near = instead(path, [NAMES, *known_paths(self._scenarios.values())], 0)
            self._wrong(cell, path, Text(f"no value {path}", f"inget värde {path}"), near)
        else:
            self.quantities[path] = quantity
            if quantity is not None and not quantity.labels:
                self._adapters[path] = TypeAdapter(annotation(quantity))
            return path
        return ""

    def _name(self, cell: Cell) -> str:
        if not _NAME.fullmatch(cell.text):
            wrong = Text(f"{cell.text} cannot be a name", f"{cell.text} kan inte vara ett namn")
            allowed = Text("letters, digits, spaces, . - _", "bokstäver, siffror, mellanslag, . - _")
            self._wrong(cell, NAMES, wrong, allowed)
        return cell.text

    def _value(self, cell: Cell, path: str) -> Any:
        text = cell.text
        if self._mark != "," and _DECIMAL_COMMA.fullmatch(text):
            text = text.replace(",", ".")
        quantity = self.quantities[path]
        value = text if cell.quoted and quantity is None else scalar(text)
        if quantity is not None and quantity.whole and isinstance(value, float) and value.is_integer():
            value = int(value)  # other programs write whole numbers as 3.0
        if path in self._adapters:
            try:
                self._adapters[path].validate_python(value)
            except ValidationError as error:
                for each in error.errors(include_url=False)[:1]:
                    fault = Fault(path.rpartition(".")[2], each["input"], each.get("ctx", {}), quantity, ())
                    said = explained(each["type"], fault)
                    self._wrong(cell, path, said.message, said.allowed)
                return value
        self._try(cell, path, value)
        return value

    def _try(self, cell: Cell, path: str, value: Any) -> None:
        """Set a value alone: the first of a number, which tells whether it can be set at all, and every other one."""
        key = (path, "" if path in self._adapters else str(value))
        if key in self._tried:
            return
        self._tried.add(key)
        found = {name: unfit(scenario, {path: value}) for name, scenario in self._scenarios.items()}
        self._problems += (replace(each, place=cell.place, path=path) for each in in_each(found))
