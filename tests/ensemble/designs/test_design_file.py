"""What design files plan."""

import json

import numpy as np
import pytest
from scipy import stats

from simulator.ensemble.designs.design_file import Draft, checked, is_design, load_plan
from simulator.ensemble.designs.design_shape import design_schema_text
from simulator.ensemble.designs.planning import Wishes
from simulator.ensemble.plan import Plan
from simulator.scenario.files import SHIPPED, shipped_designs, shipped_names


def values(plan: Plan, path: str) -> list[object]:
    return [case.overrides.get(path) for case in plan.cases]


def test_that_a_grid_has_every_combination_of_levels_and_one_baseline(planned):
    plan = planned(
        "scenario: mix.yaml\nfactors:\n"
        "  interventions.robots.subsidy_share: {levels: [0.3, 0.5]}\n  interventions.robots.capacity: [2, 4, 6]\n"
    )
    shares, capacities = (values(plan, f"interventions.robots.{name}") for name in ("subsidy_share", "capacity"))
    assert set(zip(shares[:6], capacities[:6], strict=True)) == {(s, c) for s in (0.3, 0.5) for c in (2, 4, 6)}
    assert [case.against for case in plan.cases] == [6] * 6 + [None]
    assert plan.seeds == (5, 6, 7)
    assert plan.keep.by == ()
    assert "employment" in plan.keep.indicators


def test_that_levels_may_be_words_quarters_and_whole_paths(planned):
    plan = planned(
        "scenario: mix.yaml\nbaseline: none\nfactors:\n  population: [projected, constant]\n"
        "  interventions.robots.start: [2026Q2, 2027Q1]\n"
        "  drivers.carbon_price: [{2026: 78}, {2026: 78, 2030: 200}, 90]\n"
    )
    assert len(plan.cases) == 12
    assert {plan.scenario(case).population for case in range(12)} == {"projected", "constant"}
    assert {plan.scenario(case).measures[1].start for case in range(12)} == {1, 4}


def test_that_drawn_values_are_combined_with_levels_so_that_each_level_meets_the_same_futures(planned):
    plan = planned(
        "scenario: mix.yaml\nsampler: latin_hypercube\nsamples: 5\nbaseline: none\nfactors:\n"
        "  drivers.exchange_rate: declared\n  interventions.robots.capacity: [2, 4]\n"
    )
    rates = values(plan, "drivers.exchange_rate")
    assert rates[::2] == rates[1::2]
    assert values(plan, "interventions.robots.capacity") == [2, 4] * 5
    assert [case.name for case in plan.cases[:3]] == ["mix/0001-1", "mix/0001-2", "mix/0002-1"]


def test_that_a_factor_of_policy_does_not_multiply_the_baselines(planned):
    plan = planned(
        "scenario: mix.yaml\nsamples: 8\nfactors:\n  interventions.robots.capacity: {uniform: [2, 9]}\n"
        "  budget.per_year: {uniform: [10, 90]}\n  governance.mapping: declared\n"
    )
    assert [case.against for case in plan.cases] == [8] * 8 + [None]


def test_that_scenarios_variants_and_drawings_of_the_region_are_crossed(planned):
    plan = planned("scenarios: [mix.yaml, bare.yaml]\nregion_seeds: [1, 2]\nreplications: 2\n")
    assert [case.name for case in plan.cases] == ["mix/region-1", "mix/region-2", "bare/region-1", "bare/region-2"]
    assert [case.against for case in plan.cases] == [2, 3, None, None]
    plan = planned("scenario: mix.yaml\nvariants: [none, larger]\nseeds: [9, 3]\n")
    assert [case.name for case in plan.cases] == ["mix", "mix/larger", "mix/baseline"]
    assert plan.seeds == (9, 3)


def test_that_paths_which_go_together_take_the_same_value(planned):
    plan = planned(
        "scenario: mix.yaml\nsamples: 4\nfactors:\n"
        "  governance.mapping: {uniform: [0, 1], also: [governance.shared_data, governance.joint_targets]}\n"
    )
    assert values(plan, "governance.mapping")[:4] == values(plan, "governance.joint_targets")[:4]


def test_that_a_star_stands_for_everything_below_that_is_uncertain(planned):
    plan = planned(
        "scenario: mix.yaml\nsampler: morris\nsamples: 2\nbaseline: none\nfactors:\n  drivers.*: declared\n"
        "  drivers.carbon_price.2030: {uniform: [90, 180]}\n  interventions.robots.*: declared\n"
    )
    paths = {factor.path for factor in plan.factors}
    assert {"drivers.exchange_rate", "drivers.carbon_price.2030Q1", "interventions.robots.capacity"} < paths
    assert "drivers.carbon_price" not in paths
    assert len(plan.cases) == 2 * (len(paths) + 1)


def test_that_the_order_of_factors_changes_neither_values_nor_plan(planned):
    lines = ["  drivers.exchange_rate: declared", "  drivers.immigration: declared", "  governance.mapping: [0, 1]"]
    head = "scenario: mix.yaml\nsamples: 4\nfactors:\n"
    one, other = (planned(head + "\n".join(order) + "\n") for order in (lines, lines[::-1]))
    assert one.digest == other.digest


def test_that_points_of_a_path_and_parts_of_a_vector_may_be_drawn(planned):
    plan = planned(
        "scenario: mix.yaml\nsamples: 8\nbaseline: none\nfactors:\n"
        "  drivers.carbon_price.2030: {triangular: [80, 130, 180]}\n"
        "  parameters.delivery.application.need: {normal: [1.5, 0.3]}\n"
        "  parameters.delivery.announced: {uniform: [2, 8]}\n"
        "  switches.peer_effects: {choice: [true, false]}\n"
    )
    scenario = plan.scenario(0)
    assert scenario.drivers.carbon_price.values[1] == pytest.approx(
        plan.cases[0].overrides["drivers.carbon_price.2030Q1"]
    )
    assert (
        scenario.parameters["delivery"].application[1]
        == plan.cases[0].overrides["parameters.delivery.application.need"]
    )
    assert all(isinstance(value, int) for value in values(plan, "parameters.delivery.announced"))
    assert set(values(plan, "switches.peer_effects")) == {True, False}


@pytest.mark.parametrize("sampler", ["sobol", "latin_hypercube"])
def test_that_correlated_factors_have_the_wanted_rank_correlation(planned, sampler):
    plan = planned(
        f"scenario: bare.yaml\nsampler: {sampler}\nsamples: 256\nfactors:\n"
        "  drivers.carbon_price.2030: {uniform: [80, 180]}\n"
        "  drivers.electricity_price: {lognormal: [0.75, 0.3]}\n  drivers.exchange_rate: declared\n"
        "correlate: [[drivers.carbon_price.2030, drivers.electricity_price, 0.4]]\n"
    )
    drawn = [
        values(plan, path)
        for path in ("drivers.carbon_price.2030Q1", "drivers.electricity_price", "drivers.exchange_rate")
    ]
    found = stats.spearmanr(np.array(drawn, float).T).statistic
    assert found[0, 1] == pytest.approx(0.4, abs=0.06)
    assert abs(found[0, 2]) < 0.15


def test_that_more_samples_of_a_sobol_design_begin_with_the_same_ones(write):
    path = write("scenario: bare.yaml\nfactors:\n  drivers.exchange_rate: declared\n  drivers.immigration: declared\n")
    few, many = (load_plan(path, wishes=Wishes(samples=count)).plan.cases for count in (8, 32))
    assert many[:8] == few


def test_that_a_scenario_file_with_uncertainty_is_planned_by_its_own_ensemble(write, tmp_path):
    mix = (tmp_path / "mix.yaml").read_text()
    (tmp_path / "own.yaml").write_text(f"{mix}uncertainty:\n  drivers.exchange_rate: {{uniform: [9, 12]}}\n")
    draft = load_plan(str(tmp_path / "own.yaml"))
    assert len(draft.plan.cases) == 32
    assert draft.plan.seeds == (5, 6, 7)
    assert draft.design is None
    assert not draft.warnings
    (warning,) = load_plan(str(tmp_path / "own.yaml"), wishes=Wishes(samples=10)).warnings
    assert "10 points of a Sobol sequence are not balanced; 8 or 16 would be" in warning.said("en")


def test_that_what_the_user_asks_for_wins_over_the_file(write):
    path = write("scenario: mix.yaml\nseeds: [1, 2]\nsamples: 4\nfactors:\n  drivers.exchange_rate: declared\n")
    plan = load_plan(path, {"run.years": 1}, "larger", Wishes(2, 2, 70)).plan
    assert plan.seeds == (70, 71)
    assert [case.name for case in plan.cases[:2]] == ["mix/larger/0001", "mix/larger/0002"]
    assert plan.scenario(0).run.years == 1


def test_that_what_is_set_of_policy_does_not_reach_the_scenario_that_is_compared_with(write):
    path = write("scenario: mix.yaml\nbaseline: bare.yaml\n")
    plan = load_plan(path, {"interventions.robots.capacity": 9, "drivers.exchange_rate": 9}).plan
    assert plan.scenario(plan.cases[0].against).drivers.exchange_rate == 9
    assert plan.scenario(0).measures[1].settings["capacity"] == 9


def test_that_samples_that_nothing_is_drawn_with_are_worth_a_warning(write):
    (warning,) = load_plan(write("scenario: mix.yaml\n"), wishes=Wishes(samples=4)).warnings
    assert warning.said("en") == "--samples: nothing is drawn, so this changes nothing"


def test_that_a_design_is_kept_as_it_was_written(write):
    draft = load_plan(write("scenario: mix.yaml # my own\ntitle: {en: Mine, sv: Min}\n"))
    assert isinstance(draft, Draft)
    assert "# my own" in (draft.design or "")
    assert draft.plan.title.sv == "Min"


def test_that_a_rule_to_stop_and_what_is_kept_are_planned(planned):
    plan = planned(
        "scenario: mix.yaml\nkeep: {indicators: [exporters, employment], by: [size_class, county]}\n"
        "stop: {indicator: employment, half_width: 20, block: 4}\n"
    )
    assert set(plan.keep.indicators) == {"employment", "exporters"}
    assert plan.keep.by == ("county", "size_class")
    assert (plan.stop.indicator, plan.stop.half_width, plan.stop.block) == ("employment", 20, 4)


def test_that_a_sobol_design_that_loses_its_balance_is_worth_a_warning(write):
    text = "scenario: mix.yaml\nsamples: 100\nfactors:\n  drivers.exchange_rate: declared\n"
    assert "64 or 128 would be" in load_plan(write(text)).warnings[-1].said("en")
    assert not load_plan(write(text.replace("100", "128"))).warnings
    assert not load_plan(write(f"{text}sampler: latin_hypercube\n")).warnings


FEW = {"designs/drivers-lhs": Wishes(samples=32), "designs/screening": Wishes(samples=1)}


@pytest.mark.parametrize("name", shipped_designs())
def test_that_a_shipped_design_speaks_both_languages_and_its_plan_is_stored_whole(name):
    draft = load_plan(name, wishes=FEW.get(name, Wishes()))
    assert draft.plan.title.en != draft.plan.title.sv
    assert "question:" in (draft.design or "")
    assert not draft.warnings or all(problem.path == "budget.per_year" for problem in draft.warnings)
    assert Plan.from_json(json.loads(json.dumps(draft.plan.to_json()))).digest == draft.plan.digest


def test_that_there_are_shipped_designs_and_no_scenario_among_them():
    assert len(shipped_designs()) >= 5
    assert not set(shipped_designs()) & set(shipped_names())
    assert all(is_design(name) for name in shipped_designs())
    assert not any(is_design(name) for name in shipped_names())


def test_that_designs_and_scenarios_are_checked_alike():
    assert checked("designs/coordination")
    assert checked("baseline") == ()


def test_that_the_committed_schema_of_designs_is_current():
    assert (SHIPPED / "designs" / "schema.json").read_text("utf-8") == design_schema_text()
