"""Runs made up for charts: levels rise, the scenario adds a little, luck differs by run."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from simulator.gui.live.bands import BASELINE, POLICY, Bands, RunSeries
from simulator.gui.live.session import Pinned
from simulator.indicators import INDICATORS
from simulator.indicators.results import quarter_labels
from simulator.region.facts import load_region
from simulator.region.reporting import slug
from simulator.scenario import load

QUARTERS = 44
WITHHELD = "municipality=kil"
NAME = "advanced_digital"


@cache
def scenario():
    return load("strategy")


@cache
def cells():
    region = load_region("norra-mellansverige")
    return (
        "region",
        *(f"county={slug(name)}" for name in region.county_names),
        *(f"size_class={size}" for size in ("2-9", "10-49", "50-249")),
        *(f"municipality={slug(name)}" for name in region.names),
    )


def run(seed: int, gain: float, spent: float = 0.0, entries: int = QUARTERS + 1) -> RunSeries:
    """Each indicator of each cell: 20 + quarter + luck of the run + gain times quarter."""
    time = np.arange(QUARTERS + 1)
    values = {}
    for place, name in enumerate(INDICATORS):
        one = 20 + place % 7 + time + 0.1 * seed + gain * time
        table = np.repeat(one[:, None], len(cells()), axis=1) + np.arange(len(cells())) * 0.05
        table[:, cells().index(WITHHELD)] = np.nan
        values[name] = table.astype(np.float32)
    outlay = np.full((len(scenario().measures) + 1, 11), spent + 0.01 * seed)
    names = tuple(one.name for one in scenario().measures)
    return RunSeries(dict.fromkeys(INDICATORS, cells()), values, entries, entries > QUARTERS, outlay, names)


def result(gains=(0.4, 0.45, 0.5, 0.55, 0.6), name: str = "plan", wanted: int = 6) -> Pinned:
    """One pair of runs per gain."""
    bands = Bands(quarter_labels("2026Q1", QUARTERS + 1), wanted)
    for seed, gain in enumerate(gains, 1):
        bands.put(POLICY, seed, run(seed, gain, spent=1000 + 10 * seed))
        bands.put(BASELINE, seed, run(seed, 0.0))
    return Pinned(name, bands, scenario(), scenario().digest)


def words(chart) -> str:
    """What stands above a chart."""
    return re.sub("<[^>]+>", "", f"{chart.title.text()} {chart.readout.text()}")
