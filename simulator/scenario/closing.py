"""Closures of anchor employers as they are written: by the employer's name, or by municipality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from simulator.economy.closures import Closure
from simulator.quantity import Text, declared
from simulator.region.facts import Region
from simulator.region.reporting import slug
from simulator.scenario.messages import Said
from simulator.scenario.moments import quarter_index
from simulator.scenario.places import place_codes
from simulator.scenario.problems import instead

FIELDS: Mapping[str, Text] = {
    "anchor": Text("Anchor employer, by its name", "Storföretag, med namn"),
    "municipality": Text(
        "Municipality whose largest anchor employer is meant", "Kommun vars största storföretag avses"
    ),
    "quarter": Text("First quarter without it", "Första kvartalet utan det"),
}


def anchor_row(given: Any, region: Region) -> int | tuple[str, Said]:
    """Return the row of the anchor employer that a closure names, or the field at fault and what is wrong with it."""
    if given.anchor is not None:
        return _named(given.anchor, region)
    return _largest_in(given.municipality, region)


def _named(name: str, region: Region) -> int | tuple[str, Said]:
    known = region.anchors.names
    rows = [row for row, other in enumerate(known) if slug(other) == slug(name)]
    if rows:
        return rows[0]
    none = Text(f"no anchor employer {name} in {region.name}", f"inget storföretag {name} i {region.name}")
    return "anchor", Said(none, instead(name, known, 50))


def _largest_in(place: str, region: Region) -> int | tuple[str, Said]:
    anchors = region.anchors
    code = place_codes(region)["municipalities"].get(place)
    there = sorted({slug(region.names[at]) for at in anchors.municipality})
    if code is None:
        names = [slug(name) for name in region.names]
        return "municipality", Said(
            Text(f"{place} is not in the region {region.name}", f"{place} finns inte i regionen {region.name}"),
            instead(place, names, 50),
        )
    rows = np.flatnonzero(anchors.municipality == region.codes.index(code))
    if not len(rows):
        none = Text(f"no anchor employer in {place}", f"inget storföretag i {place}")
        return "municipality", Said(none, instead("", there, 50))
    return int(rows[np.argmax(anchors.employees[rows])])


def closure_of(name: str, given: Any, region: Region, first: int) -> Closure:
    """Return the closure that a sound part means; `first` is the index of the run's first quarter."""
    row, quarter = anchor_row(given, region), quarter_index(given.quarter)
    assert isinstance(row, int)
    assert quarter is not None
    share = declared(Closure)["share"].default if given.share is None else given.share
    return Closure(name=name, anchor=row, quarter=quarter - first, share=float(share))  # type: ignore[arg-type]


def closure_mapping(closure: Closure, given: Any, region: Region) -> dict[str, Any]:
    """Return a closure in the form of a scenario file, by the name or the place that it was given."""
    by_name = given.anchor is not None
    where = region.anchors.names[closure.anchor] if by_name else slug(region.names[_municipality(closure, region)])
    share = int(closure.share) if closure.share.is_integer() else closure.share
    return {"anchor" if by_name else "municipality": where, "quarter": given.quarter, "share": share}


def _municipality(closure: Closure, region: Region) -> int:
    return int(region.anchors.municipality[closure.anchor])
