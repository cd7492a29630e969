"""Cells: the finest ones that are summed, and the coarser ones that are reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.indicators.declare import SIZES, Values
from simulator.quantity import Text

Codes = NDArray[np.intp]
Cell = tuple[tuple[str, str], ...]
"""What a value is about: pairs of dimension and key; empty for the whole region."""

DIMENSIONS: Mapping[str, Text] = {
    "county": Text("county", "län"),
    "municipality": Text("municipality", "kommun"),
    "rural": Text("rural or urban", "landsbygd eller stad"),
    "size_class": Text("size class", "storleksklass"),
    "industry": Text("industry", "bransch"),
    "zone": Text("labour-market area", "arbetsmarknadsområde"),
    "class": Text("competence class", "kompetensklass"),
}
FIRM_DIMENSIONS = ("county", "municipality", "rural", "size_class", "industry")
LABOUR_DIMENSIONS = ("county", "zone", "class")
ALWAYS = ("county", "rural", "size_class", "class")
"""Dimensions reported on their own whatever is asked for: their cells cost next to nothing."""
RURAL = ("urban", "rural")


@dataclass(frozen=True, eq=False, kw_only=True)
class Geography:
    """Keys of the region's parts, in the order of their codes.

    county_of    (municipalities,)  county of each municipality
    rural        (municipalities,)  whether it is rural
    zone_county  (zones,)           county of each labour-market zone
    texts        words for keys by dimension, where the key itself is not for reading
    """

    counties: tuple[str, ...]
    municipalities: tuple[str, ...]
    industries: tuple[str, ...]
    zones: tuple[str, ...]
    classes: tuple[str, ...]
    county_of: Codes
    rural: NDArray[np.bool_]
    zone_county: Codes
    texts: Mapping[str, Mapping[str, Text]]

    def word(self, dimension: str, key: str) -> Text:
        """Words for a key."""
        return self.texts.get(dimension, {}).get(key) or WORDS.get(key) or Text(key, key)

    def label(self, cell: Cell) -> Text:
        """Words for a cell: 'Dalarna, 10-49 employees'."""
        if not cell:
            return Text("whole region", "hela regionen")
        words = [self.word(dimension, key) for dimension, key in cell]
        return Text(", ".join(word.en for word in words), ", ".join(word.sv for word in words))


WORDS = {
    "urban": Text("urban", "stad"),
    "rural": Text("rural", "landsbygd"),
    **{size: Text(f"{size} employees", f"{size} anställda") for size in SIZES},
}


def cell_key(cell: Cell) -> str:
    """Text form of a cell, 'county=dalarna,size_class=10-49'; 'region' for all."""
    return ",".join(f"{dimension}={key}" for dimension, key in cell) or "region"


def cell_of(key: str) -> Cell:
    """Cell of its text form.

    >>> cell_of("county=dalarna,size_class=10-49"), cell_of("region")
    ((('county', 'dalarna'), ('size_class', '10-49')), ())
    """
    if key == "region":
        return ()
    parts = (part.partition("=") for part in key.split(","))
    return tuple((dimension, label) for dimension, _, label in parts)


class Grid:
    """Finest cells with their attributes, and the reported cells as groups of them.

    attributes  dimension -> (label index of each finest cell, labels)
    groups      dimensions of each set of reported cells; () is the region
    """

    def __init__(
        self, attributes: Mapping[str, tuple[Codes, Sequence[str]]], count: int, groups: Iterable[tuple[str, ...]]
    ) -> None:
        self.count = count
        self.attributes = attributes
        cells: list[Cell] = []
        self._members: list[Codes] = []
        for group in groups:
            code = np.zeros(count, np.intp)
            for dimension in group:
                index, labels = attributes[dimension]
                code = code * len(labels) + index
            order = np.argsort(code, kind="stable")
            starts = np.flatnonzero(np.diff(code[order], prepend=-1))
            self._members += np.split(order, starts[1:])
            for first in order[starts]:
                parts = ((dimension, attributes[dimension]) for dimension in group)
                cells.append(tuple((dimension, labels[index[first]]) for dimension, (index, labels) in parts))
        self.cells = tuple(cells)

    def collapse(self, values: Values) -> Values:
        """Sum the finest cells (first axis) into the reported cells, in a fixed order."""
        return np.array([values[members].sum(axis=0) for members in self._members])

    def members(self, dimension: str, allowed: Iterable[int]) -> NDArray[np.bool_]:
        """Which finest cells have one of the `allowed` labels (by index)."""
        return np.isin(self.attributes[dimension][0], tuple(allowed))


def _groups(by: Sequence[str], possible: tuple[str, ...], implied: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Region, every single dimension that is asked for or always there, and the cross product of those asked for."""
    single = [(name,) for name in possible if name in by or name in ALWAYS]
    crossed = tuple(name for name in possible if name in by and name not in implied)
    return [(), *single] + ([crossed] if len(crossed) > 1 else [])


@dataclass(frozen=True, eq=False)
class FirmGrid:
    """Grid of firms by place, size and (if asked for) industry.

    place_of    (municipalities,)  place index: the municipality itself, or its county by rural or urban
    industries  how many, 0 when they are not told apart
    """

    grid: Grid
    place_of: Codes
    industries: int

    def codes(self, municipality: NDArray[np.int8], size: NDArray[np.int8], industry: NDArray[np.int8]) -> Codes:
        """Finest cell of each row."""
        code: Codes = (self.place_of * len(SIZES)).take(municipality) + size
        return code * self.industries + industry if self.industries else code


def firm_grid(where: Geography, by: Sequence[str]) -> FirmGrid:
    """Lay out the cells of firms for the breakdown `by`."""
    detailed = "municipality" in by
    place_of = np.arange(len(where.municipalities)) if detailed else where.county_of * 2 + where.rural
    used, place_of = np.unique(place_of, return_inverse=True)
    county, rural = np.zeros((2, len(used)), np.intp)
    county[place_of], rural[place_of] = where.county_of, where.rural
    industries = len(where.industries) if "industry" in by else 0
    place, size, industry = (part.ravel() for part in np.indices((len(used), len(SIZES), max(industries, 1))))
    attributes: dict[str, tuple[Codes, Sequence[str]]] = {
        "county": (county[place], where.counties),
        "rural": (rural[place], RURAL),
        "size_class": (size, SIZES),
    }
    if detailed:
        attributes["municipality"] = (place, where.municipalities)
    if industries:
        attributes["industry"] = (industry, where.industries)
    groups = _groups(by, FIRM_DIMENSIONS, ("county", "rural") if detailed else ())
    return FirmGrid(Grid(attributes, len(place), groups), place_of.astype(np.intp), industries)


def labour_grid(where: Geography, by: Sequence[str]) -> Grid:
    """Lay out the cells of people: zone and competence class."""
    zone, group = (part.ravel() for part in np.indices((len(where.zones), len(where.classes))))
    attributes: dict[str, tuple[Codes, Sequence[str]]] = {
        "county": (where.zone_county[zone], where.counties),
        "zone": (zone, where.zones),
        "class": (group, where.classes),
    }
    return Grid(attributes, len(zone), _groups(by, LABOUR_DIMENSIONS, ("county",) if "zone" in by else ()))


def regional_grid() -> Grid:
    """Lay out the one cell of numbers about the whole region."""
    return Grid({}, 1, [()])


def public_grid(where: Geography) -> Grid:
    """Lay out the cells of public accounts: counties."""
    county = np.arange(len(where.counties))
    return Grid({"county": (county, where.counties)}, len(county), [(), ("county",)])
