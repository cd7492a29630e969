"""What paths of drivers can express."""

import numpy as np
import pytest

from simulator.economy.drivers import Drivers, Trajectory, outlook, requirement_level

SLUMP = {"2027Q4": 0, "2028Q1": -15, "2029Q2": -15, "2031Q2": 0}


def test_that_a_path_expresses_a_slump_of_six_quarters_and_a_recovery_over_eight():
    years = (2027.75, 2028.0, 2029.25, 2031.25)
    drivers = Drivers(world_demand_growth=0.0, world_demand_deviation=Trajectory(years, (0.0, -15.0, -15.0, 0.0)))
    world = np.array([quarter.world_demand for quarter in outlook(drivers, 2026.0, 40)])
    assert world[:8] == pytest.approx(1)
    assert world[8:14] == pytest.approx(0.85)
    assert np.diff(world[13:22]) == pytest.approx(0.15 / 8)
    assert world[21:] == pytest.approx(1)


def test_that_a_scenario_with_the_slump_exports_less_and_recovers():
    from simulator.model import TransitionModel

    def exports(**overrides) -> np.ndarray:
        model = TransitionModel("constant", rng=1, **{"run.years": 8, **overrides})
        sold = []
        while model.running:
            model.step()
            sold.append(model.world.firms.demand_export.sum(dtype=float))
        return np.array(sold)

    ratio = exports(**{"drivers.world_demand_deviation": SLUMP}) / exports()
    assert ratio[:8] == pytest.approx(1)
    assert ratio[8:14].max() < 0.93
    assert ratio[-1] > ratio[8:14].mean() + 0.02


def test_that_a_lead_brings_the_dates_of_requirements_forward():
    drivers = Drivers(first_requirement=2028, second_requirement=2031)
    assert [requirement_level(drivers, 2027.5, lead) for lead in (0, 1, 2, 8)] == [0, 0, 1, 1]
    assert requirement_level(drivers, 2031.0) == 2
