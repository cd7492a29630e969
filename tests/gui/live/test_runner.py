"""The runner: the newest question wins, workers come and go, nothing is left behind."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.gui.live.bands import POLICY
from simulator.gui.live.runner import LiveRunner
from simulator.model import TransitionModel
from simulator.scenario import load

SMALL = {"run.scale": 0.1, "run.years": 3}
SHOWN = ("advanced_digital",)


@pytest.fixture
def scenario():
    return load("digital-push", SMALL)


@pytest.fixture
def runner(qapp):
    made = LiveRunner()
    yield made
    made.close_down()
    assert made.pids == []


def finished(qtbot, runner, timeout=60_000):
    return qtbot.waitSignal(runner.finished, timeout=timeout)


def test_that_bands_are_those_of_the_model_itself(qtbot, runner, scenario):
    with finished(qtbot, runner):
        runner.ask(scenario, None, 2, by=("municipality", "industry"))
    assert runner.bands.enough
    assert runner.digest == scenario.digest
    model = TransitionModel(scenario, rng=scenario.run.seed + 1)
    model.run()
    results = model.results(("municipality",))
    run = runner.bands.runs[POLICY][scenario.run.seed + 1]
    assert np.array_equal(run.of("firms", "region"), results["firms"].of().astype(np.float32), equal_nan=True)
    place = run.of("advanced_digital", "municipality=falun")
    truth = results["advanced_digital"].of(municipality="falun").astype(np.float32)
    assert np.array_equal(place, truth, equal_nan=True)
    assert any(cell.startswith("industry=") for cell in runner.bands.cells("firms"))
    assert not any("," in cell for cell in runner.bands.cells("firms"))
    assert run.measures == ("robotics",) or run.measures
    assert run.outlay.shape == (len(run.measures) + 1, 3)
