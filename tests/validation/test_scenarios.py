"""The back-cast, the replay, and packages at their weak ends."""

import numpy as np
import pytest

from simulator.interventions.lever_table import LEVERS
from simulator.model import TransitionModel
from simulator.population.traits import levels_at
from simulator.scenario import load
from simulator.validation.panel import observe
from simulator.validation.weak_ends import TRANSFER, at_weak_ends, weak_end


def start(scenario: str, **overrides: object) -> np.ndarray:
    return TransitionModel(scenario, **{"run.years": 1, **overrides}).world.firms.digital_level


def test_that_a_run_from_2018_starts_with_lower_levels_of_the_same_firms():
    then, now = TransitionModel("backcast-2018").world.firms, TransitionModel("baseline").world.firms
    np.testing.assert_array_equal(then.employment, now.employment)
    np.testing.assert_array_equal(then.industry, now.industry)
    assert (then.digital_level <= now.digital_level).all()
    assert (now.digital_level >= 1).mean() - (then.digital_level >= 1).mean() == pytest.approx(8 * 0.012, abs=0.02)


def test_that_no_shift_and_no_earlier_start_leave_the_levels_alone():
    plain = start("baseline")
    shift = "parameters.population.level_shift_per_year"
    np.testing.assert_array_equal(start("backcast-2018", **{shift: 0}), plain)
    np.testing.assert_array_equal(start("baseline", **{shift: 0.05}), plain)


def test_that_levels_never_fall_below_nothing():
    groups = TransitionModel("baseline", **{"run.years": 1}).state.rules.groups
    assert levels_at(2026.0, groups) is groups
    assert levels_at(2030.0, groups) is groups
    earlier = levels_at(1990.0, groups).digital
    assert min(*earlier.reach_small, *earlier.reach_medium, *earlier.reach_large) == 0


def test_that_drivers_of_the_past_are_those_of_the_past():
    model = TransitionModel("backcast-2018")
    years = {round(quarter.calendar, 2): quarter for quarter in model.state.outlook}
    drivers = model.settings.drivers
    assert drivers.carbon_price.at(np.array([2022.5]))[0] == 81.2
    assert years[2023.75].interest_rate == pytest.approx(0.0425)
    assert years[2021.0].home_demand < years[2019.75].home_demand
    assert years[2025.75].carbon_cost == pytest.approx(75 * 0.3 * 11)


def test_that_the_replay_meets_firms_in_its_window_only():
    run = observe(load("robotlyftet-replay", {"run.years": 4.5}), 1)
    met = run.support[:, 0] > 0
    assert met[3:17].all()
    assert not met[:3].any()
    assert not met[17:].any()
    assert 0 < run.support[:, 2].sum() < run.support[:, 1].sum() < run.support[:, 0].sum()


def test_that_weak_ends_are_those_nearest_to_no_effect():
    package = load("coordinated")
    weak = at_weak_ends(package)
    moved = 0
    for strong, feeble in zip(package.measures, weak.measures, strict=True):
        for name, value in feeble.settings.items():
            if name in LEVERS or name == TRANSFER:
                neutral = LEVERS[name].neutral if name in LEVERS else 0
                assert abs(value - neutral) <= abs(strong.settings[name] - neutral)
                moved += value != strong.settings[name]
            else:
                assert value == strong.settings[name]
    assert moved > 10


def test_that_the_weak_end_of_a_factor_is_one():
    (uptake,) = (each.kind for each in load("coordinated").measures if each.kind.name == "digital_uptake")
    assert weak_end("uncertainty_factor", uptake.settings["uncertainty_factor"]) == 1
    assert weak_end("awareness", uptake.settings["awareness"]) == 0
