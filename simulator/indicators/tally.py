"""From a quarter's snapshot to sums per finest cell; the same functions whether called at once or after the run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.indicators.declare import SIZES, Quantile, Term, Values
from simulator.indicators.grid import FirmGrid
from simulator.indicators.observe import AMOUNTS, EVENTS, HISTOGRAMS

Bytes = NDArray[np.int8]
Shorts = NDArray[np.int16]
Floats = NDArray[np.float32]
EVENT_INDEX = {name: index for index, name in enumerate(EVENTS)}
AMOUNT_INDEX = {amount.name: index for index, amount in enumerate(AMOUNTS)}
NEED_BINS = 20


def need_table(need: Floats, passed: NDArray[np.intp], awarded: NDArray[np.intp]) -> Values:
    """Firms by need, in 0..1, weighted by how many measures passed them by and how many awarded them; (2, bins)."""
    step = np.minimum(need * np.float32(NEED_BINS), np.float32(NEED_BINS - 1)).astype(np.intp)
    return np.array([np.bincount(step, many, NEED_BINS) for many in (passed, awarded)])


class Selection(NamedTuple):
    """Which state terms a histogram group counts: 0/1 matrix (joint levels, terms counted), their places."""

    matrix: Values
    places: list[int]


@dataclass(slots=True)
class Happenings:
    """The events of a quarter, one row per event and firm; weight 0 where the event has none."""

    event: Bytes
    municipality: Bytes
    size: Bytes
    industry: Bytes
    weight: Floats


@dataclass(slots=True)
class Snapshot:
    """What is kept of one quarter.

    joint    one code per histogram group and firm
    amounts  (amounts, firms), or one after another for a single reading
    anchors  municipality and industry of the anchor employers; theirs what they add to amounts
    """

    municipality: Bytes
    size: Bytes
    industry: Bytes
    joint: list[Shorts]
    amounts: Floats | Iterable[Floats]
    anchors: tuple[Bytes, Bytes]
    theirs: dict[str, Floats]
    happenings: Happenings


@dataclass(slots=True)
class Tally:
    """Sums of one quarter by finest cell.

    states   (state terms, cells)   amounts (amounts, cells)   events, weights (events, cells)
    bins     state -> (cells, levels), for quantiles
    places   (events, municipalities) weights; firms (municipalities,), for inequality across municipalities
    """

    states: Values
    amounts: Values
    events: Values
    weights: Values
    bins: dict[str, Values]
    places: Values
    firms: Values


@cache
def state_selection(terms: tuple[Term, ...]) -> tuple[Selection, ...]:
    """Per histogram group the joint levels that each of its terms counts."""
    chosen = []
    for group in HISTOGRAMS:
        shape = tuple(state.levels for state in group)
        names = [state.name for state in group]
        levels = np.indices(shape).reshape(len(shape), -1)
        places = [place for place, term in enumerate(terms) if term.name in names]
        columns = [np.isin(levels[names.index(terms[place].name)], terms[place].levels) for place in places]
        matrix = np.array(columns, np.float64).reshape(len(places), levels.shape[1]).T
        chosen.append(Selection(np.ascontiguousarray(matrix), places))
    return tuple(chosen)


def tally(
    taken: Snapshot, grid: FirmGrid, municipalities: int, chosen: tuple[Selection, ...], quantiles: tuple[Quantile, ...]
) -> Tally:
    """Count and sum one quarter.

    chosen     of `state_selection`; quantiles those whose bins are wanted
    """
    count = grid.grid.count
    cells = grid.codes(taken.municipality, taken.size, taken.industry)
    states = np.zeros((sum(len(selection.places) for selection in chosen), count))
    bins: dict[str, Values] = {}
    wanted = {quantile.state for quantile in quantiles}
    for group, joint, (matrix, counted) in zip(HISTOGRAMS, taken.joint, chosen, strict=True):
        levels = len(matrix)
        counts = np.bincount(cells * levels + joint, minlength=count * levels).reshape(count, levels)
        if counted:
            states[counted] = (counts @ matrix).T
        if group[0].name in wanted:
            bins[group[0].name] = counts.astype(np.float64)
    amounts = np.empty((len(AMOUNTS), count))
    for row, values in zip(amounts, taken.amounts, strict=True):
        row[:] = np.bincount(cells, values, count)
    municipality, industry = taken.anchors
    large = grid.codes(municipality, np.full(len(municipality), len(SIZES) - 1, np.int8), industry)
    for name, values in taken.theirs.items():
        amounts[AMOUNT_INDEX[name]] += np.bincount(large, values, minlength=count)
    seen, kinds = taken.happenings, len(EVENTS)
    where = seen.event * np.intp(count) + grid.codes(seen.municipality, seen.size, seen.industry)
    events = np.bincount(where, minlength=kinds * count).reshape(kinds, count).astype(np.float64)
    weights = np.bincount(where, seen.weight, kinds * count).reshape(kinds, count).astype(np.float64)
    where = seen.event * np.intp(municipalities) + seen.municipality
    towns = np.bincount(where, seen.weight, kinds * municipalities).reshape(kinds, municipalities).astype(np.float64)
    firms = np.bincount(taken.municipality, minlength=municipalities).astype(np.float64)
    return Tally(states, amounts, events, weights, bins, towns, firms)
