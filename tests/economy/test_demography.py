import numpy as np
import pytest

from simulator.economy import demography
from simulator.economy.demography import Demography

P = Demography()


def test_that_owners_at_the_start_have_the_ages_that_handover_and_exit_sustain():
    """Surveyed owners: 40 % from 55, 14 % above 65, mean 51 (FTG); tolerances of pattern V23."""
    u = (np.arange(100_000, dtype=np.float32) + 0.5) / 100_000
    ages = demography.from_table(u, demography.stationary_owner_ages(P))
    assert (ages >= 55).mean() == pytest.approx(0.42, abs=0.04)
    assert (ages > 65).mean() == pytest.approx(0.14, abs=0.02)
    assert ages.mean() == pytest.approx(52.5, abs=2)
    longer = demography.from_table(u, demography.stationary_owner_ages(P, years=200))
    assert np.abs(longer - ages).max() < 0.05


def test_that_older_owners_invest_less_and_look_less_far_unless_they_prepare():
    age = np.array([59.0, 66.0, 71.0, 71.0], np.float32)
    will, horizon = demography.owner_will(age, np.array([0, 0, 0, 1]), 0.0, P)
    assert will == pytest.approx([1, 0.5, 1 / (1 + np.exp(2)), 1], rel=1e-5)
    assert horizon.tolist() == [99, 6, 2, 99]
    assert demography.owner_will(age, np.zeros(4), 0.9, P)[0].max() == 1


def test_that_larger_firms_close_less_often_at_succession_and_in_competition():
    size = np.array([5.0, 50.0], np.float32)
    assert demography.closure_at_succession(size, 1.0, P) == pytest.approx([0.25, 0.25 * 10**-0.35])
    old = np.full(2, 2000, np.int32)
    assert demography.exit_hazard(np.float32([10, 100]), old, np.zeros(2, np.float32), P) == pytest.approx(
        [0.0325, 0.0325 * 10**-0.3], rel=1e-5
    )


def test_that_a_new_firm_closes_more_easily_than_an_old_one():
    same = np.full(3, 10, np.float32)
    hazard = demography.exit_hazard(same, np.int32([0, 12, 2000]), np.zeros(3, np.float32), P)
    assert hazard / hazard[2] == pytest.approx([1.5, 1 + 0.5 * np.exp(-1), 1], rel=1e-5)


def test_that_normal_quantiles_are_normal():
    u = (np.arange(40_000, dtype=np.float32) + 0.5) / 40_000
    deviates = demography.from_table(u, demography.normal_quantiles())
    assert (deviates.mean(), deviates.std()) == pytest.approx((0, 1), abs=2e-3)
