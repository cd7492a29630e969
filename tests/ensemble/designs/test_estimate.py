"""What a plan is expected to cost."""

from dataclasses import replace

import pytest

from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.designs.estimate import WORTH_A_TRIAL, Estimate, check_space, estimated, size_of
from simulator.ensemble.designs.planning import Wishes, plan_of
from simulator.ensemble.execution.execute import execute
from simulator.ensemble.plan import Keep, Plan
from simulator.ensemble.storage.disk import StoreError
from simulator.scenario import load


@pytest.fixture(scope="module")
def plan() -> Plan:
    small = load("digital-push", {"run.years": 3, "region.name": "undervisning", "run.scale": 0.2})
    return replace(plan_of(small, Wishes(6)), keep=Keep(("employment", "exporters", "basic_digital"), ("county",)))


def test_that_the_size_of_a_batch_is_foreseen(plan, tmp_path):
    folder = BatchFolder.create(tmp_path / "batch", replace(plan, chunk=12), ["batch"], None)
    execute(folder, jobs=1)
    size = sum(each.stat().st_size for each in (tmp_path / "batch" / "chunks").iterdir())
    assert size / 2.5 < size_of(plan) < 2.5 * size


def test_that_what_is_done_needs_nothing_more(plan, tmp_path):
    whole, rest = estimated(plan, tmp_path), estimated(plan, tmp_path / "not" / "yet" / "there", done=9)
    assert (whole.runs, rest.runs) == (12, 3)
    assert rest.size == pytest.approx(whole.size / 4, abs=1)
    assert whole.free > 0


def test_that_the_time_of_many_runs_is_foreseen_from_a_trial(plan, tmp_path):
    few = replace(plan, seeds=tuple(range((WORTH_A_TRIAL - 1) // 2)))
    many = replace(plan, seeds=tuple(range(WORTH_A_TRIAL)))
    assert estimated(few, tmp_path).seconds is None
    assert estimated(many, tmp_path).seconds > 0


def test_that_a_disk_without_room_is_noticed_before_anything_runs(tmp_path):
    check_space(Estimate(1, 1.0, 100, 111), tmp_path)
    with pytest.raises(StoreError, match="keep fewer indicators"):
        check_space(Estimate(1, 1.0, 100, 109), tmp_path)
