"""Where values are withheld can be told from values alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.declare import POPULATIONS
from simulator.indicators.evaluate import LEAST_FIRMS
from simulator.indicators.witness import is_local, witness
from simulator.model import TransitionModel
from simulator.scenario import load
from simulator.scenario.settings import Record


@pytest.fixture(scope="module")
def results():
    scenario = load("baseline")
    small = replace(scenario, run=replace(scenario.run, scale=0.05), record=Record(by=("municipality",)))
    model = TransitionModel(small, rng=1)
    model.step()
    return model.results()


@pytest.mark.parametrize("population", POPULATIONS)
def test_that_a_witness_is_unknown_only_in_parts_whose_values_are_withheld(results, population):
    series = results[witness(population)]
    assert series.indicator.population == population
    local = np.array([any(dimension == "municipality" for dimension, _ in cell) for cell in series.cells])
    unknown = np.isnan(series.values)
    assert unknown[:, local].any()
    assert not unknown[:, ~local & ~_empty(results)].any()


def test_that_a_witness_is_known_wherever_enough_firms_are(results):
    firms = results["firms"]
    known = ~np.isnan(results[witness("smes")].values)
    local = np.array([is_local("=".join(cell[0])) if cell else False for cell in firms.cells])
    assert (known == ~np.isnan(firms.values))[:, local].all()
    assert np.nanmin(firms.values[:, local]) >= LEAST_FIRMS


def _empty(results):
    """Parts without firms of any population but anchors."""
    firms = results["firms"].values
    return (np.nan_to_num(firms) == 0).any(axis=0) | (np.nan_to_num(results["basic_digital_10plus"].values) == 0).any(0)
