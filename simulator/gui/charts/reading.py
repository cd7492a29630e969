"""What charts read from the runs: many cells or indicators at once, arms for costs and targets, the region's parts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from simulator.agents.firms import CLASS_TEXTS
from simulator.analysis.pairs import Arm
from simulator.gui.live.bands import ARMS, BASELINE, POLICY, REGION, Band, Bands, RunSeries, Values, band
from simulator.indicators import INDICATORS
from simulator.indicators.grid import Geography
from simulator.quantity import SpokenError, Text
from simulator.region.facts import Region, load_region
from simulator.region.reporting import reporting_geography
from simulator.region.schemas import COMPETENCE_CODES
from simulator.scenario import Scenario

DIFFERENCE = "difference"
"""Policy minus baseline, where an arm is asked for."""
Place = tuple[str, str]
"""An indicator and a cell."""


class Seen:
    """Remembers how far results were when they were last looked at."""

    def __init__(self) -> None:
        self._bands: Bands | None = None
        self._pairs = 0

    def grown(self, bands: Bands | None) -> bool:
        """Whether these are other results, or more runs are complete."""
        pairs = 0 if bands is None else bands.pairs
        news = bands is not self._bands or pairs != self._pairs
        self._bands, self._pairs = bands, pairs
        return news

    def another(self, bands: Bands) -> bool:
        """Whether these are other results than those looked at last."""
        return bands is not self._bands


def at_entry(bands: Bands, places: Sequence[Place], entry: int, what: str) -> Band:
    """Band of each place at one entry; `what` is an arm or `DIFFERENCE`. Fields are (places,)."""
    arms = ARMS if what == DIFFERENCE else (what,)
    seeds = sorted(set.intersection(*(set(bands.runs[arm]) for arm in arms)))
    if not seeds or not places:
        return band(np.full((1, len(places)), np.nan))
    read = [np.array([_row(bands.runs[arm][seed], places, entry) for seed in seeds]) for arm in arms]
    return band(read[0] - read[1] if what == DIFFERENCE else read[0])


def arms_at(bands: Bands, places: Sequence[Place], entry: int) -> tuple[Band, Band, Band]:
    """Bands of each place at one entry: with policy, of the baseline, and their difference."""
    rows = {arm: {seed: _row(run, places, entry) for seed, run in bands.runs[arm].items()} for arm in ARMS}
    both = sorted(set(rows[POLICY]) & set(rows[BASELINE]))
    none = np.full((1, len(places)), np.nan)
    levels = [band(np.array([*rows[arm].values()]) if rows[arm] else none) for arm in ARMS]
    pairs = np.array([rows[POLICY][seed] - rows[BASELINE][seed] for seed in both]) if both else none
    return levels[0], levels[1], band(pairs)


def _row(run: RunSeries, places: Sequence[Place], entry: int) -> Values:
    row = np.full(len(places), np.nan)
    if entry >= run.entries:
        return row
    known: tuple[str, ...] = ()
    columns: dict[str, int] = {}
    for at, (indicator, cell) in enumerate(places):
        cells, values = run.cells.get(indicator), run.values.get(indicator)
        if cells is None or values is None:
            continue
        if cells is not known:  # neighbours share their cells
            known, columns = cells, _columns(cells)
        if (column := columns.get(cell)) is not None:
            row[at] = values[entry, column]
    return row


@lru_cache(maxsize=64)
def _columns(cells: tuple[str, ...]) -> dict[str, int]:
    return {name: place for place, name in enumerate(cells)}


def over_time(bands: Bands, places: Sequence[Place], what: str) -> list[Band]:
    """Band over time of each place, worked out together."""
    entries = len(bands.quarters)
    rows = [bands.values(*place) if what == DIFFERENCE else _levels(bands, what, *place) for place in places]
    count = max((len(one) for one in rows), default=0)
    stacked = np.full((max(count, 1), len(places) * entries), np.nan)
    for at, one in enumerate(rows):
        stacked[: len(one), at * entries : (at + 1) * entries] = one
    whole = band(stacked)
    cut = [slice(at * entries, (at + 1) * entries) for at in range(len(places))]
    return [Band(whole.low[part], whole.middle[part], whole.high[part], whole.runs[part]) for part in cut]


def _levels(bands: Bands, arm: str, indicator: str, cell: str) -> Values:
    rows = []
    for seed in sorted(bands.runs[arm]):
        run = bands.runs[arm][seed]
        found = run.of(indicator, cell)
        if found is not None:
            row = np.full(len(bands.quarters), np.nan)
            row[: run.entries] = found[: run.entries]
            rows.append(row)
    return np.array(rows) if rows else np.empty((0, len(bands.quarters)))


def cells_by(bands: Bands, indicator: str, dimension: str) -> tuple[str, ...]:
    """Cells of one dimension that the runs know, in the region's order."""
    return tuple(cell for cell in single_cells(bands, indicator) if cell.partition("=")[0] == dimension)


def single_cells(bands: Bands, indicator: str) -> tuple[str, ...]:
    """The region and its parts by one dimension of which an indicator can be known."""
    if indicator in INDICATORS and INDICATORS[indicator].whole:
        return (REGION,)
    return tuple(cell for cell in bands.cells(indicator) if "," not in cell) or (REGION,)


def dimensions_of(bands: Bands, indicator: str) -> tuple[str, ...]:
    """Dimensions by which the runs break an indicator down."""
    return tuple(dict.fromkeys(cell.partition("=")[0] for cell in single_cells(bands, indicator) if "=" in cell))


def paired_arms(bands: Bands, indicators: Sequence[str]) -> tuple[Arm, Arm] | None:
    """Complete pairs of runs as `simulator.analysis` takes them, other indicators unknown; None below two pairs."""
    seeds = [
        seed
        for seed, run in sorted(bands.runs[POLICY].items())
        if run.complete and seed in bands.runs[BASELINE] and bands.runs[BASELINE][seed].complete
    ]
    if len(seeds) < 2:
        return None
    places = [place for place, name in enumerate(INDICATORS) if name in indicators]
    names = [name for name in INDICATORS if name in indicators]
    made = []
    for arm in ARMS:
        series = np.full((len(seeds), len(INDICATORS), len(bands.quarters)), np.nan)
        for at, seed in enumerate(seeds):
            for place, name in zip(places, names, strict=True):
                found = bands.runs[arm][seed].of(name, REGION)
                if found is not None:
                    series[at, place] = found
        spent = [bands.runs[arm][seed].outlay for seed in seeds]
        outlay = np.array([one.sum(axis=0, keepdims=True) for one in spent if one is not None])
        made.append(Arm(series, outlay, np.full(len(seeds), np.nan)))
    return made[0], made[1]


@lru_cache(maxsize=4)
def _region(name: str, _digest: str) -> Region | None:
    try:
        return load_region(name)
    except SpokenError:  # its folder has gone since the scenario was read
        return None


def region_of(scenario: Scenario | None) -> Region | None:
    """The region a scenario plays in; None where its folder has gone."""
    return None if scenario is None else _region(scenario.region.name, scenario.region_digest)


@lru_cache(maxsize=4)
def _geography(region: Region) -> Geography:
    return reporting_geography(region, COMPETENCE_CODES, CLASS_TEXTS)


def geography_of(scenario: Scenario | None) -> Geography | None:
    """Names of the parts of a scenario's region."""
    region = region_of(scenario)
    return None if region is None else _geography(region)


def data_text(scenario: Scenario | None) -> Text:
    """Where the region's data are from, in short: its name and the latest year of a source."""
    region = region_of(scenario)
    if region is None:
        return Text("", "")
    year = max((source.year for source in region.sources), default=0)
    return Text(f"{region.title.en}, data as of {year}", f"{region.title.sv}, data per {year}")
