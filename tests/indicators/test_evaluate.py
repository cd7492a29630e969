"""Windows, quantiles, inequality and separation against plain counting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from simulator.indicators.catalogue.competence import _weeks_to_fill
from simulator.indicators.evaluate import gini, quantile, separation, window_sum
from tests.indicators.sample import recorded

SHARES = some.lists(some.floats(0, 0.999), min_size=1, max_size=60)


@given(SHARES, some.floats(0.05, 0.95))
def test_that_a_binned_quantile_is_good_to_one_step(values, share):
    steps = 50
    counts = np.bincount((np.array(values) * steps).astype(int), minlength=steps).astype(float)
    exact = np.sort(values)[max(0, int(np.ceil(share * len(values) - 1e-9)) - 1)]
    assert abs(quantile(counts, share) - exact) <= 1 / steps + 1e-9


def test_that_a_quantile_of_nobody_is_unknown():
    assert np.isnan(quantile(np.zeros(5), 0.5))


@given(some.lists(some.booleans(), min_size=2, max_size=40), some.integers(0, 10_000))
def test_that_separation_equals_comparing_all_pairs(awarded, seed):
    need = np.random.default_rng(seed).integers(0, 20, len(awarded))
    flags = np.array(awarded)
    needs = np.array([np.bincount(need[flags == kind], minlength=20) for kind in (False, True)], float)
    yes, no = need[flags], need[~flags]
    found = separation(needs)
    if not len(yes) or not len(no):
        assert np.isnan(found)
    else:
        pairs = (yes[:, None] > no).mean() + 0.5 * (yes[:, None] == no).mean()
        assert found == pytest.approx(pairs)


def test_that_even_support_has_gini_zero_and_concentration_nears_one():
    firms = np.full(50, 10.0)
    assert gini(3 * firms, firms) == pytest.approx(0)
    one = np.zeros(50)
    one[7] = 100
    assert gini(one, firms) == pytest.approx(0.98)


def test_that_gini_of_two_places_equals_the_hand_calculation():
    assert gini(np.array([1.0, 3.0]), np.array([1.0, 1.0])) == pytest.approx(0.25)


@given(some.lists(some.floats(0, 100), min_size=1, max_size=30), some.integers(1, 8))
def test_that_windows_sum_the_last_entries(values, window):
    series = np.array([np.nan, *values])
    found = window_sum(series, window)
    for at in range(len(series)):
        if at < window:
            assert np.isnan(found[at])
        else:
            assert found[at] == pytest.approx(series[at - window + 1 : at + 1].sum())


def test_that_vacancy_duration_follows_the_fill_rate():
    assert _weeks_to_fill(np.array([0.81])) == pytest.approx(-13 / np.log(0.19))
    assert _weeks_to_fill(np.array([1.0])) == 0


def test_that_gaps_are_differences_of_the_groups():
    results = recorded().recorder.results()
    last = "2027Q2"
    urban, rural = (results.value("advanced_digital", last, rural=key) for key in ("urban", "rural"))
    assert results.value("digital_rural_gap", last) == pytest.approx(urban - rural)
    high, low = (results.value("productivity", last, rural=key) for key in ("urban", "rural"))
    assert results.value("productivity_rural_gap", last) == pytest.approx(100 * (high / low - 1))
    assert np.isnan(results.value("digital_rural_gap", last, county="dalarna"))
