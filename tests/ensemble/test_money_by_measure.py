"""Money is kept under the name of the measure that has spent it, whatever the order of luck, and whatever is off."""

import numpy as np
import pytest

from simulator.api import executor_for
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.designs.planning import Wishes, plan_of
from simulator.ensemble.execution.execute import execute
from simulator.ensemble.results.result import Result
from simulator.model import TransitionModel
from simulator.scenario import load

SMALL = {"run.scale": 0.05, "run.years": 1}


def test_that_outlays_follow_the_measures_of_the_scenario():
    scenario = load("coordinated", SMALL)
    model = TransitionModel(scenario, rng=3)
    model.run()
    names = [measure.name for measure in scenario.measures]
    assert sorted(names) == sorted(model.ledger.names)
    for row, name in enumerate(names):
        place = model.ledger.names.index(name)
        assert np.isclose(model.outlays[row].sum(), model.ledger.outlay(place)), name
    assert len(set(model.outlays.sum(axis=1).tolist())) > 4


@pytest.mark.parametrize("variant", [None, "fragmented"])
def test_that_a_batch_keeps_money_by_name_also_where_a_measure_is_off(tmp_path, variant):
    scenario = load("coordinated", SMALL, variant)
    folder = BatchFolder.create(tmp_path / "batch", plan_of(scenario, Wishes(replications=1)))
    execute(folder, jobs=1, executor=executor_for(1, None))
    result = Result.load(folder.path)
    model = TransitionModel(scenario, rng=scenario.run.seed)
    model.run()
    for name in result.axes.measures[:-1]:
        kept = np.nansum(result.outlay()[0, 0, :, result.axes.measures.index(name)])
        spent = model.ledger.outlay(model.ledger.names.index(name)) if name in model.ledger.names else 0.0
        assert np.isclose(kept, spent), name
    assert ("coordinate" in model.ledger.names) == (variant is None)
