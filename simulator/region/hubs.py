"""Universities, institutes and testbeds that firms can visit (Model text 1.1), and which industries are bioeconomy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.region.schemas import EVERY_INDUSTRY
from simulator.region.tables import Table

BIOECONOMY = frozenset((10, 11, 16, 17, 20, 21, 22, 23))
"""Divisions of the industry classification: food, wood, paper, chemicals, plastics and minerals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hubs:
    """Places where firms try things out, one row each: (H,). H may be 0."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    municipality: NDArray[np.int32]
    county: NDArray[np.int32]
    slots: NDArray[np.float32]
    """visits per quarter at scale 1"""
    fields: NDArray[np.bool_]
    """(H, S) which industries it is for"""


def hubs_of(table: Table, municipalities: list[str], county: NDArray[np.int32], industries: tuple[str, ...]) -> Hubs:
    """Return the hubs of a checked table; county (M,) of each municipality."""
    place = np.array([municipalities.index(code) for code in table.text("municipality_code")], np.int32)
    served = [set(cell.split()) for cell in table.text("industries")]
    fields = np.array([[EVERY_INDUSTRY in own or code in own for code in industries] for own in served], bool)
    hubs = Hubs(
        names=tuple(table.text("name")), kinds=tuple(table.text("kind")), municipality=place, county=county[place],
        slots=np.array(table.numbers("slots"), np.float32), fields=fields.reshape(-1, len(industries)),
    )  # fmt: skip
    for array in (hubs.municipality, hubs.county, hubs.slots, hubs.fields):
        array.flags.writeable = False
    return hubs


def bioeconomy(sni: list[str]) -> NDArray[np.bool_]:
    """Whether industries, given as divisions and ranges ("10-11", "13-15, 18"), have a division of the bioeconomy.

    >>> bioeconomy(["16", "19-23", "13-15, 18", "C24"]).tolist()
    [True, True, False, False]
    """
    return np.array([bool(BIOECONOMY & _divisions(codes)) for codes in sni], bool)


def _divisions(codes: str) -> set[int]:
    found: set[int] = set()
    for part in codes.split(","):
        ends = ["".join(filter(str.isdecimal, end)) for end in part.split("-")]
        numbers = [int(end) for end in ends if end.isascii() and end]
        found.update(range(min(numbers), min(max(numbers), 99) + 1) if numbers else ())
    return found
