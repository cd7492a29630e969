"""The simulator from Python: what a notebook and an experiment tool do with it."""

from __future__ import annotations

import gc
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from simulator.api import batch, compare, ensemble, outcomes, simulate
from simulator.ensemble.results.pairing import PairingError
from simulator.ensemble.results.result import Result
from simulator.ensemble.statistics import estimate
from simulator.scenario import ScenarioError, load

SMALL = {"run.years": 1, "run.scale": 0.05}


def test_that_a_run_is_the_same_whoever_asks_for_it():
    run = simulate("baseline", SMALL, seed=4)
    again = simulate(load("baseline", SMALL), seed=4)
    assert run.digest == again.digest
    assert run.seed == 4
    assert run.values("firms").tolist() == outcomes(SMALL, seed=4)["firms"].tolist()
    assert run.values("firms", county="dalarna")[-1] < run.values("firms")[-1]
    assert set(run.frame()["indicator"]) <= set(run.results.series)
    assert run.model.firms[0].employment > 0


def test_that_an_experiment_tool_gives_plain_values_and_gets_plain_arrays():
    def tool(function, experiments):
        return [function(**experiment) for experiment in experiments]

    cheap, dear = tool(
        lambda **values: outcomes(values, seed=1, indicators=["value_added", "firms"], **SMALL),
        [{"drivers.home_demand_growth": growth} for growth in (-0.5, 2.0)],
    )
    assert type(cheap) is dict
    assert {type(series) for series in cheap.values()} == {np.ndarray}
    assert dear["value_added"][-1] > cheap["value_added"][-1]
    assert not np.shares_memory(cheap["firms"], dear["firms"])


def test_that_wrong_values_are_told_at_once():
    with pytest.raises(ScenarioError) as refused:
        simulate("baseline", {"run.years": -1, "drivers.nonsense": 3})
    assert len(refused.value.problems) == 2
    with pytest.raises(ScenarioError):
        ensemble("no-such-scenario")
    with pytest.raises(ValueError, match="no indicator nonsense"):
        ensemble("baseline", SMALL, indicators=["nonsense"], jobs=1)


def test_that_an_ensemble_is_paired_with_its_own_baseline_and_leaves_nothing_behind():
    result = ensemble("digital-push", SMALL, seeds=[5, 9], jobs=1, by=())
    place = Path(result.path)
    assert result.seeds == (5, 9)
    assert place.is_dir()
    (found,) = compare(result)
    assert (found.case, found.against, found.pairs) == ("digital-push", "digital-push/baseline", 2)
    policy, baseline = (simulate("digital-push", {**SMALL, **more}, 5).values("public_outlay")
                        for more in ({}, {"interventions": None, "budget": None}))  # fmt: skip
    np.testing.assert_array_equal(result.minus().values("public_outlay")[0, 0], policy - baseline)
    assert found.differences["public_outlay"].found == estimate(result.minus().last_year("public_outlay")[0])
    assert found.money.mean > 0
    difference = result.minus()
    del result
    gc.collect()
    assert np.isfinite(difference.values("firms")).all()
    del difference
    gc.collect()
    assert not place.exists()


def test_that_a_batch_goes_on_and_any_executor_gives_the_same_numbers(tmp_path):
    args = ("coordinated", SMALL)
    here = batch(args[0], tmp_path / "here", args[1], replications=2, jobs=1)
    again = batch(args[0], tmp_path / "here", args[1], replications=2, jobs=1)
    with ThreadPoolExecutor(2) as threads:
        there = batch(args[0], tmp_path / "there", args[1], replications=2, executor=threads, jobs=2)
    assert here.digest == again.digest == there.digest
    assert isinstance(here, Result)
    assert "2 seeds" in repr(here)


def test_that_two_results_are_compared_on_the_seeds_that_both_have():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one, other = (ensemble(name, SMALL, seeds=seeds, jobs=1, by=()) for name, seeds in
                      (("digital-push", [1, 2, 3]), ("skills-first", [2, 3, 4])))  # fmt: skip
        (found,) = compare(one, other)
    assert (found.case, found.against, found.pairs) == ("digital-push", "skills-first", 2)
    alone = ensemble("baseline", {**SMALL, "region.seed": 2}, seeds=[2], jobs=1, by=())
    with pytest.raises(PairingError):
        compare(one, alone)
