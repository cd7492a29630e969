"""Bands over the runs that are there."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.gui.live.bands import BASELINE, FEWEST, POLICY, Bands, RunSeries


def run(values: list[float], entries: int | None = None) -> RunSeries:
    series = np.array(values, np.float32)[:, None]
    known = len(values) if entries is None else entries
    return RunSeries({"firms": ("region",)}, {"firms": series}, known, known == len(values))


def test_that_differences_are_paired_by_seed_and_only_where_both_are_known():
    bands = Bands(("2025Q4", "2026Q1", "2026Q2"), wanted=2)
    bands.put(POLICY, 1, run([10, 12, 14]))
    bands.put(POLICY, 2, run([20, 23, 26]))
    bands.put(BASELINE, 1, run([10, 11, 12]))
    assert bands.pairs == 1
    assert not bands.enough
    bands.put(BASELINE, 2, run([20, 21, 0], entries=2))
    found = bands.difference("firms")
    assert found.middle.tolist() == [0, 1.5, 2]
    assert found.runs.tolist() == [2, 2, 1]
    assert found.detectable.tolist() == [False, False, False]
    bands.put(BASELINE, 2, run([20, 21, 23]))
    assert bands.enough
    assert bands.values("firms").tolist() == [[0, 1, 2], [0, 2, 3]]


@pytest.mark.parametrize(("runs", "sure"), [(FEWEST - 1, False), (FEWEST, True)])
def test_that_nothing_is_said_of_a_band_before_enough_runs_stand_behind_it(runs, sure):
    bands = Bands(("2025Q4", "2026Q1"), wanted=8)
    for seed in range(runs):
        bands.put(POLICY, seed, run([10, 12 + seed]))
        bands.put(BASELINE, seed, run([10, 11]))
    found = bands.difference("firms")
    assert found.detectable.tolist() == [False, sure]
    assert found.told.tolist() == [sure, sure]


def test_that_what_nobody_knows_is_empty_and_not_an_error():
    bands = Bands(("2025Q4", "2026Q1"), wanted=3)
    assert np.isnan(bands.difference("firms").middle).all()
    assert np.isnan(bands.level(POLICY, "none", "county=dalarna").low).all()
    assert bands.values("firms").shape == (0, 2)
    assert bands.cells("firms") == ()
    assert bands.spent().size == 0
