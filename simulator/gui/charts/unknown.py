"""Why a value is not known: it is withheld, there is nothing to measure it on, or it comes later."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import numpy as np

from simulator.gui.charts.reading import DIFFERENCE, Place, at_entry
from simulator.gui.charts.words import UNKNOWN
from simulator.gui.live.bands import BASELINE, POLICY, REGION, Bands
from simulator.indicators import INDICATORS
from simulator.indicators.witness import is_local, witness
from simulator.quantity import Text


class Why(Enum):
    """Reasons, in the order in which they are named."""

    FEW = Text("too few firms: fewer than five", "för få företag: färre än fem")
    NONE = Text("nothing here to measure it on", "inget här att mäta på")
    LATER = UNKNOWN
    APART = Text("not known in the same run", "inte känt i samma körning")
    UNTOLD = Text("not known, or too few firms", "inte känt, eller för få företag")


def whys(bands: Bands, places: Sequence[Place], entry: int, what: str) -> list[Why | None]:
    """Why each place is unknown in every run at an entry, None where it is known; `what` as in `at_entry`."""
    if what == DIFFERENCE:
        unknown = np.isnan(at_entry(bands, places, entry, what).middle)
        both = zip(*(whys(bands, places, entry, arm) for arm in (POLICY, BASELINE)), strict=True)
        return [(one or other or Why.APART) if gone else None for gone, (one, other) in zip(unknown, both, strict=True)]
    unknown = np.isnan(at_entry(bands, places, entry, what).middle)
    asked = [place for place, gone in zip(places, unknown, strict=True) if gone]
    reasons = iter(_reasons(bands, asked, entry, what))
    return [next(reasons) if gone else None for gone in unknown]


def why(bands: Bands, indicator: str, cell: str, entry: int, what: str) -> Text:
    """Words for why a value is not known."""
    found = whys(bands, [(indicator, cell)], entry, what)[0]
    return UNKNOWN if found is None else found.value


def _reasons(bands: Bands, places: Sequence[Place], entry: int, arm: str) -> list[Why]:
    """Why places that are known to be unknown are so."""
    counts = [(witness(INDICATORS[name].population), cell) for name, cell in places]
    counted = ~np.isnan(at_entry(bands, counts, entry, arm).middle)
    late: dict[str, bool] = {}
    made = []
    for (name, cell), (count, _), there in zip(places, counts, counted, strict=True):
        if name not in late:
            late[name] = bool(np.isnan(bands.level(arm, name, REGION).middle[: entry + 1]).all())
        local = INDICATORS[name].family == "firms" and is_local(cell)
        if local and cell in bands.cells(count) and not there:
            made.append(Why.FEW)
        elif late[name]:
            made.append(Why.LATER)
        else:
            made.append(Why.UNTOLD if local and cell not in bands.cells(count) else Why.NONE)
    return made
