"""A worker does runs of a plan and says what each leaves, also when it fails."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from simulator.ensemble.plan import Case, Keep, Plan
from simulator.ensemble.workers.work import RAISED, OtherProgramError, assignment, run_chunk
from simulator.model import TransitionModel
from simulator.scenario import load


def plan(*, by=(), seeds=(7, 8)):
    base = load("strategy", {"run.scale": 0.02, "run.years": 1})
    cases = (Case("base", 0, {}, None), Case("dear", 0, {"drivers.carbon_price.2026": 200}, 0))
    return Plan("small", None, (base,), (), cases, seeds, Keep(("employment", "advanced_digital"), by))


def test_that_a_worker_returns_what_a_run_of_the_model_gives():
    small = plan()
    finished = run_chunk(assignment(small, [2, 3]))
    assert [(one.number, one.case, one.seed, one.attempt) for one in finished] == [(2, 0, 8, 1), (3, 1, 8, 1)]
    for one in finished:
        model = TransitionModel(small.scenario(one.case), rng=one.seed)
        model.run()
        results = model.results()
        assert one.failure is None
        assert one.digest == results.digest()
        assert list(one.series) == ["employment", "advanced_digital"]
        assert np.array_equal(one.series["employment"], results["employment"].of()[:, None])
        assert one.outlay.sum() == pytest.approx(model.ledger.outlay())
        assert one.outlay.shape == (len(model.settings.measures) + 1, 1)
        assert one.withheld == results.withheld
    assert finished[0].digest != finished[1].digest


@pytest.mark.parametrize("by", [("county", "size_class"), ("county",), ("zone",), ("industry", "rural")])
def test_that_kept_cells_are_the_region_and_those_of_the_dimensions_asked_for(by):
    small = plan(by=by)
    one = run_chunk(assignment(small, [0]))[0]
    model = TransitionModel(small.scenario(0), rng=7)
    model.run()
    digest = model.results().digest()
    series = model.results(by)["employment"]
    kept = [place for place, cell in enumerate(series.cells) if {name for name, _ in cell} <= set(by)]
    assert np.array_equal(one.series["employment"], series.values[:, kept], equal_nan=True)
    assert one.digest == digest


def test_that_a_run_that_raises_is_recorded_and_does_not_stop_the_others():
    small = plan()
    broken = replace(small, cases=(small.cases[0], Case("odd", 0, {"run.years": -1}, 0)))
    fine, odd = run_chunk(assignment(broken, [0, 1], attempt=2))
    assert fine.failure is None
    assert odd.failure.kind == RAISED
    assert "ScenarioError" in odd.failure.error
    assert "Traceback" in odd.failure.traceback
    assert (odd.series, odd.outlay, odd.digest, odd.attempt) == (None, None, "", 2)


def test_that_a_worker_with_another_program_refuses_the_work():
    with pytest.raises(OtherProgramError):
        run_chunk(replace(assignment(plan(), [0]), program=("0", "0")))


def test_that_a_timeout_never_ends_the_process_that_gives_the_work():
    assert run_chunk(assignment(plan(), [0], timeout=1e-6))[0].failure is None


def test_that_a_run_leaves_no_model_behind(monkeypatch):
    made = []
    build = TransitionModel.__init__

    def noted(self, *args, **details):
        build(self, *args, **details)
        made.append(weakref.ref(self))

    monkeypatch.setattr(TransitionModel, "__init__", noted)
    usual = gc.isenabled()  # tests of the window leave it off
    gc.disable()
    try:
        run_chunk(assignment(plan(), (0, 1)))
    finally:
        if usual:
            gc.enable()
    assert len(made) == 2
    assert [reference() for reference in made] == [None, None]
