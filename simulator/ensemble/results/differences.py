"""Paired differences of results: which runs, quarters, cells and indicators both sides have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from simulator.ensemble.results.pairing import PairingError, own_pairs, pairs_between
from simulator.ensemble.results.result import Result
from simulator.ensemble.results.sources import PairSource, Side
from simulator.ensemble.storage.chunk_file import Axes
from simulator.quantity import Text

Pairs = list[tuple[int, int]]
_DIFFERENCES = {"%": "pp"}
"""Units of differences where they are others than those of levels."""
_TIME = ("run.start", "run.years")


def paired(result: Result, other: Result | None) -> tuple[Result, tuple[Text, ...]]:
    """Each case of a result minus what belongs to it in another, or its own baseline; and what is odd about the pair.

    As `Result.minus`.
    """
    if other is None:
        pairs, against = own_pairs(result.compared), result
    else:
        pairs, against = pairs_between(result.compared, other.compared), other
    odd = () if other is None else tuple(_warnings(result, other, pairs))
    seeds = [seed for seed in result.seeds if seed in against.seeds]
    axes = _common(result.axes, against.axes)
    if not seeds:
        raise PairingError(Text("no seed is in both results", "inget frö finns i båda resultaten"))
    if not axes.quarters or not axes.indicators:
        raise PairingError(
            Text("no quarter or no indicator is in both results", "inget kvartal eller ingen indikator finns i båda")
        )
    ours = _side(result, [one for one, _ in pairs], seeds, axes)
    theirs = _side(against, [two for _, two in pairs], seeds, axes)
    status = _both(result, ours, against, theirs)
    if not (status == 1).any():
        raise PairingError(Text("no pair of runs is done", "inget par av körningar är klart"))
    found = Result(
        path=f"{result.path} - {against.path}" if other is not None else result.path,
        title=result.title,
        compared=tuple(replace(result.compared[one], against=None, policy=True) for one, _ in pairs),
        seeds=tuple(seeds),
        axes=axes,
        factors=result.factors,
        status=status,
        digest="",
        origin=result.origin,
        source=PairSource(ours, theirs, tuple(axes.indicators), _end_together(result, against, pairs)),
        difference=True,
        warnings=(*result.warnings, *(() if other is None else other.warnings), *odd),
    )
    return found, odd


def _common(one: Axes, other: Axes) -> Axes:
    cells = {
        family: {key: label for key, label in labels.items() if key in other.cells.get(family, {})}
        for family, labels in one.cells.items()
    }
    return replace(
        one,
        quarters=tuple(label for label in one.quarters if label in other.quarters),
        cells=cells,
        indicators={
            name: replace(about, unit=_DIFFERENCES.get(about.unit, about.unit))
            for name, about in one.indicators.items()
            if name in other.indicators and other.indicators[name].unit == about.unit and cells[about.family]
        },
    )


def _side(result: Result, cases: Sequence[int], seeds: Sequence[int], axes: Axes) -> Side:
    places = {name: place for place, name in enumerate(result.quarters)}
    return Side(
        result.source,
        result.indicators,
        tuple(cases),
        tuple(result.seeds.index(seed) for seed in seeds),
        tuple(places[label] for label in axes.quarters),
        {
            name: tuple(result.cell_place(name, key) for key in axes.cells[about.family])
            for name, about in axes.indicators.items()
        },
    )


def _both(one: Result, ours: Side, other: Result, theirs: Side) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    """1 where both runs are done, -1 where one failed, else 0."""
    mine = one.status[np.ix_(ours.cases, ours.seeds)]
    its = other.status[np.ix_(theirs.cases, theirs.seeds)]
    return np.where((mine == -1) | (its == -1), np.int8(-1), np.minimum(mine, its))


def _end_together(one: Result, other: Result, pairs: Pairs) -> bool:
    """Whether every pair ends with the same quarter, so that the ends of its runs may be subtracted."""
    if one is other:
        return True

    def time(result: Result, place: int) -> list[object]:
        return [result.compared[place].overrides.get(path) for path in _TIME]

    return one.quarters == other.quarters and all(time(one, mine) == time(other, its) for mine, its in pairs)


def _warnings(one: Result, other: Result, pairs: Pairs) -> Iterator[Text]:
    if one.origin.luck != other.origin.luck:
        yield Text(
            f"{one.path} and {other.path}: the luck of their runs is drawn differently, equal seeds are not equal luck",
            f"{one.path} och {other.path}: slumpen dras på olika sätt, lika frön är inte lika slump",
        )
    if one.origin.version != other.origin.version:
        versions = one.origin.version, other.origin.version
        yield Text(
            f"{one.path} and {other.path}: made by versions {versions[0]} and {versions[1]} of the program, "
            "which may be the difference",
            f"{one.path} och {other.path}: gjorda med programversion {versions[0]} och {versions[1]}, "
            "vilket kan vara skillnaden",
        )
    if any(one.compared[mine].surroundings != other.compared[its].surroundings for mine, its in pairs):
        yield Text(
            f"{one.path} and {other.path}: drivers, switches, population or closures differ, not policy alone",
            f"{one.path} och {other.path}: drivkrafter, omkopplare, befolkning eller nedläggningar skiljer sig, "
            "inte bara politiken",
        )
