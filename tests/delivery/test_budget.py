"""Money before awards."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery.budget import accrued, budget_factor, in_proportion, service_strength, strength, whole_slots

money = st.floats(0, 1e6)


@given(available=money, fixed=money, planned=money)
def test_that_a_shrunk_plan_fits_the_money(available, fixed, planned):
    factors = budget_factor(available, fixed, planned)
    assert 0 <= factors.phi <= 1
    assert factors.fixed * fixed + factors.phi * planned <= available * (1 + 1e-9) + 1e-6
    if available >= fixed + planned:
        assert factors == (1, 1)
    elif available >= fixed:
        assert factors.fixed == 1
        assert factors.phi * planned == pytest.approx(available - fixed, abs=1e-6)
    else:
        assert factors.fixed == factors.phi


def test_that_no_money_and_no_plan_is_a_plan_that_fits():
    assert budget_factor(0, 0, 0) == (1, 1)
    assert budget_factor(-5, 1, 1) == (0, 0)
    assert budget_factor(math.inf, 10, 10) == (1, 1)


def test_that_a_budget_is_released_by_quarter_and_carries_over():
    assert [accrued(8, None, quarters) for quarters in (0, 1, 4, 6)] == [0, 2000, 8000, 12000]
    assert accrued(None, 5, 1) == 5000
    assert accrued(None, None, 3) == math.inf


@given(capacity=st.lists(st.floats(0, 50), min_size=1, max_size=6), draw=st.floats(0, 1, exclude_max=True, width=32))
def test_that_whole_slots_add_up_and_are_right_on_average(capacity, draw):
    slots = whole_slots(np.array(capacity), draw)
    assert slots.sum() == math.floor(float(np.cumsum(capacity)[-1]) + draw)
    assert (np.abs(slots - capacity) < 1 + 1e-9).all()
    draws = (np.arange(400) + 0.5) / 400
    mean = np.mean([whole_slots(np.array(capacity), each) for each in draws], axis=0)
    np.testing.assert_allclose(mean, capacity, atol=0.02)


def test_that_capacity_is_split_by_eligible_firms():
    np.testing.assert_allclose(in_proportion(12, np.array([1.0, 3, 0])), [3, 9, 0])
    np.testing.assert_allclose(in_proportion(12, np.zeros(2)), [0, 0])


def test_that_an_effect_halves_every_half_life_and_is_dropped():
    ages = np.arange(-2, 40)
    values = strength(ages, 4, 6.0, 0.05)
    assert (values[ages < 0] == 0).all()
    assert (values[(ages >= 0) & (ages < 4)] == 1).all()
    assert values[ages == 3 + 6] == pytest.approx(0.5)
    assert values[ages == 3 + 12] == pytest.approx(0.25)
    assert values[ages == 3 + 26] == 0
    assert (strength(ages, 4, 0.0, 0.05)[ages >= 4] == 0).all()


def test_that_a_service_is_as_strong_as_its_strongest_quarter():
    history = np.array([[1.0, 0], [0.5, 0], [0, 0.2]])
    np.testing.assert_allclose(service_strength(history, 0, 1, 0, 0.05), [0, 0.2])
    np.testing.assert_allclose(service_strength(history, 0, 2, 0, 0.05), [0.5, 0.2])
    np.testing.assert_allclose(service_strength(history, 0, 1, 1, 0.05), [0.25, 0.2])
    np.testing.assert_allclose(service_strength(history, 1, 1, 0, 0.05), [0.5, 0])
    np.testing.assert_allclose(service_strength(np.zeros((0, 2)), 0, 1, 0, 0.05), [0, 0])
