"""One run as a whole: the order of a quarter, what drivers and measures do, what results say."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
from whole_model import BLOCKS, TEACHING, all_kinds, assert_same, build, ran

from simulator import quarter
from simulator.indicators import INDICATORS, Results
from simulator.model import TransitionModel
from simulator.scenario import load

SEEDS = (1, 2, 3, 4)
YEARS = {"run.years": 6}


def test_that_a_quarter_runs_its_blocks_in_order(monkeypatch):
    calls = []
    for block in BLOCKS:
        plain = getattr(quarter, block)
        monkeypatch.setattr(quarter, block, lambda run, plain=plain, block=block: (calls.append(block), plain(run))[1])
    build(**TEACHING, **{"run.years": 0.5}).run()
    assert calls == [*BLOCKS, *BLOCKS]


@pytest.mark.parametrize(("years", "quarters"), [(0.25, 1), (1, 4), (2.5, 10)])
def test_that_a_run_lasts_as_long_as_asked(years, quarters):
    model = ran(**TEACHING, **{"run.years": years})
    assert model.steps == model.world.quarter == quarters
    assert len(model.results().quarters) == quarters + 1


def test_that_results_are_labelled_from_the_quarter_before_the_start():
    model = ran(**TEACHING, **{"run.years": 1, "run.start": "2027Q3"})
    assert model.results().quarters == ("2027Q2", "2027Q3", "2027Q4", "2028Q1", "2028Q2")


def test_that_results_can_be_asked_for_at_any_time_and_twice():
    model = build(**TEACHING, **{"run.years": 1})
    assert len(model.results().quarters) == 1
    model.step()
    first = model.results()
    assert len(first.quarters) == 2
    assert first.digest() == model.results().digest()
    some = model.results(wanted=["employment"])
    assert list(some.series) == ["employment"]
    np.testing.assert_array_equal(some["employment"].values, first["employment"].values)
    model.run()
    np.testing.assert_array_equal(model.results()["employment"].values[:2], first["employment"].values)


def test_that_every_indicator_is_known_at_the_end_and_finite():
    results = ran(**YEARS, **all_kinds(end="2031Q4")).results()
    assert set(results.series) == set(INDICATORS)
    for name, series in results.series.items():
        values = series.of()
        assert np.isfinite(values[-1]), name
        assert not np.isinf(values).any(), name


def test_that_parts_add_up_to_the_region():
    model = ran(**{"run.years": 2})
    results, where = model.results(), model.results().where
    for name in ("employment_smes", "firms", "value_added", "advanced_digital_firms"):
        series = results[name]
        for dimension, keys in (("county", where.counties), ("size_class", ("2-9", "10-49", "50-249"))):
            total = sum(series.of(**{dimension: key})[-1] for key in keys)
            assert total == pytest.approx(series.of()[-1], rel=1e-5), (name, dimension)


def test_that_results_agree_with_the_columns():
    model = ran(**{"run.years": 2})
    firms, results = model.world.firms, model.results()
    assert results["firms"].of()[-1] == firms.size
    assert results["exporters"].of()[-1] == pytest.approx(100 * firms.exporting.mean(), rel=1e-5)
    assert results["basic_digital"].of()[-1] == pytest.approx(100 * (firms.digital_level >= 1).mean(), rel=1e-5)
    assert results["employment_smes"].of()[-1] == pytest.approx(firms.employment.sum(dtype=float), rel=1e-4)
    total = firms.employment.sum(dtype=float) + model.world.anchors.employment.sum(dtype=float)
    assert results["employment"].of()[-1] == pytest.approx(total, rel=1e-4)


def test_that_a_model_leaves_the_first_population_as_it_was():
    before = build(**TEACHING).results().digest()
    ran(**TEACHING, **{"run.years": 5}, **all_kinds())
    assert build(**TEACHING).results().digest() == before


def test_that_a_constant_population_stays():
    model = build("constant", **TEACHING, **{"run.years": 5})
    before = model.world.people.total()
    model.run()
    assert model.world.people.total() == pytest.approx(before, rel=1e-6)


def test_that_every_variant_runs():
    for variant in (None, "fragmented"):
        scenario = load("coordinated", {**TEACHING, "run.years": 2}, variant)
        model = TransitionModel(scenario, rng=1)
        model.run()
        assert model.ledger.outlay() > 0


# What drives the region does what one expects of it, over the same luck


@cache
def results_of(seed: int, overrides: str) -> Results:
    """Of a run with overrides written as JSON; several comparisons start from the same one."""
    return ran(seed=seed, **YEARS, **json.loads(overrides)).results()


def mean_of(name: str, **overrides: object) -> float:
    """Mean over seeds of an indicator at the end."""
    written = json.dumps(overrides, sort_keys=True)
    return float(np.mean([results_of(seed, written)[name].of()[-1] for seed in SEEDS]))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "low", "high", "indicator"),
    [
        ("drivers.world_demand_growth", 0, 4, "value_exported"),
        ("drivers.home_demand_growth", -1, 2, "employment"),
        ("drivers.home_demand_growth", -1, 2, "vacancy_rate"),
        ("drivers.technology_cost_change", 5, -5, "advanced_digital_firms"),
        ("drivers.productivity_growth", 0.5, 2.5, "productivity"),
        ("parameters.digital.imitation.2", 0.1, 0.7, "advanced_digital_firms"),
        ("parameters.digital.gain.2", 0.02, 0.16, "advanced_digital_firms"),
        ("parameters.export.entry_cost", 2000, 100, "exporter_count"),
    ],
)
def test_that_a_driver_moves_what_it_should(path, low, high, indicator):
    assert mean_of(indicator, **{path: high}) > mean_of(indicator, **{path: low})


# What each measure is for


PURPOSES = {
    "digital_uptake": ("advanced_digital_firms", 1, 40),
    "digital_lift": ("advanced_digital_firms", 1, 40),
    "robot_lift": ("advanced_digital_firms", 1, 40),
    "training_at_work": ("training_participation", 1, 2000),
    "vocational_courses": ("vacancy_rate", -1, 1),
    "attract_keep": ("women_share", 1, 1600),
    "ownership_succession": ("succession_closures", -1, 60),
    "export_start": ("exporter_count", 1, 40),
    "map_coordinate": ("application_hours", -1, 1),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", PURPOSES)
def test_that_a_measure_serves_its_purpose(kind):
    indicator, sign, capacity = PURPOSES[kind]
    always = (
        {"advice": {"kind": "export_start", "start": "2026Q1", "end": "2031Q4"}} if kind == "map_coordinate" else {}
    )
    spec = {"kind": kind, "start": "2026Q1", "end": "2031Q4", "capacity": capacity}
    with_it = mean_of(indicator, interventions={**always, "m": spec})
    assert sign * (with_it - mean_of(indicator, interventions=always)) > 0


@pytest.mark.slow
def test_that_more_capacity_reaches_more_firms_and_costs_more():
    outcomes = []
    for capacity in (0, 10, 40):
        spec = {"kind": "digital_uptake", "start": "2026Q1", "end": "2031Q4", "capacity": capacity}
        models = [ran(seed=seed, **YEARS, interventions={"m": spec}) for seed in SEEDS]
        outcomes.append(
            (
                np.mean([model.results()["advanced_digital_firms"].of()[-1] for model in models]),
                np.mean([model.ledger.outlay() for model in models]),
                np.mean([model.results()["ever_supported"].of()[-1] for model in models]),
            )
        )
    assert (np.diff(outcomes, axis=0) > 0).all()


@pytest.mark.slow
def test_that_common_luck_sharpens_comparisons():
    """Var(paired) / Var(unpaired) of the effect of a measure on advanced firms is well below 1."""
    spec = {"m": {"kind": "digital_uptake", "start": "2026Q1", "end": "2031Q4"}}

    def ends(**overrides: object) -> np.ndarray:
        return np.array(
            [ran(seed=seed, **YEARS, **overrides).results()["advanced_digital_firms"].of()[-1] for seed in range(1, 13)]
        )

    plain, policy = ends(), ends(interventions=spec)
    paired = np.var(policy - plain, ddof=1)
    assert paired < 0.5 * (np.var(policy, ddof=1) + np.var(plain, ddof=1))
    assert (policy - plain).mean() > 2 * np.sqrt(paired / len(plain))


def test_that_two_measures_of_one_kind_live_side_by_side():
    spec = {"kind": "digital_uptake", "start": "2026Q1", "end": "2027Q4", "capacity": 3}
    model = ran(**TEACHING, **{"run.years": 3}, interventions={"a": spec, "b": {**spec, "start": "2026Q2"}})
    assert model.ledger.names == ("a", "b")
    assert (model.ledger.columns["awarded"][:2].sum(axis=(1, 2)) > 0).all()


def test_that_a_measure_before_the_run_acts_from_its_first_quarter_on():
    early = {"m": {"kind": "digital_uptake", "start": "2024Q1", "end": "2026Q4"}}
    model = build(**TEACHING, **{"run.years": 2}, interventions=early)
    model.step()
    assert model.ledger.outlay() > 0
    assert_same(
        ran(**TEACHING, **{"run.years": 2}, interventions=early),
        ran(**TEACHING, **{"run.years": 2}, interventions={"m": {**early["m"], "start": "2026Q1"}}),
    )


def test_that_a_region_too_large_to_keep_runs_like_one_that_is_kept(monkeypatch):
    """New firms come from the first population, not from what the run has made of its rows."""
    kept = ran(**TEACHING, **YEARS)
    monkeypatch.setattr("simulator.model.KEPT_SCALE", 0.0)
    monkeypatch.setattr("simulator.population.nursery.KEPT_MOST", 0)
    monkeypatch.setattr("simulator.population.start.ROWS_AT_ONCE", 50)
    monkeypatch.setattr("simulator.population.knowledge.ROWS_AT_ONCE", 50)
    assert_same(ran(**TEACHING, **YEARS), kept)
