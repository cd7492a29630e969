"""Intervals against known answers and by their coverage."""

import numpy as np
import pytest

from simulator.ensemble.statistics import (
    estimate,
    fieller,
    precision,
    quantile_band,
    regret,
    small,
    variance_ratio,
    wilson,
)


def test_that_an_interval_of_ten_runs_uses_the_tabled_student_quantile():
    values = np.arange(10.0)
    found = estimate(values)
    half = 1.8331 * values.std(ddof=1) / np.sqrt(10)
    assert (found.low, found.high) == pytest.approx((4.5 - half, 4.5 + half), abs=1e-4)


def test_that_no_difference_at_all_is_no_detectable_difference():
    assert not estimate(np.zeros(8)).detectable
    assert estimate(np.full(8, 2.0)).detectable
    assert not estimate([5.0]).detectable
    assert not estimate([]).detectable


def test_that_unknown_runs_are_left_out():
    assert estimate([1.0, np.nan, 3.0]).runs == 2


def test_that_another_sign_turns_the_interval_around():
    found = estimate([1.0, 2.0, 3.0])
    turned = found.times(-2)
    assert (turned.mean, turned.low, turned.high) == pytest.approx((-4, -2 * found.high, -2 * found.low))


def test_that_an_interval_holds_the_truth_nine_times_in_ten():
    draws = np.random.default_rng(1).normal(3, 2, (2000, 8))
    held = [found.low <= 3 <= found.high for found in map(estimate, draws)]
    assert np.mean(held) == pytest.approx(0.9, abs=0.02)


def test_that_equal_luck_shows_in_the_variance_ratio():
    rng = np.random.default_rng(2)
    luck = rng.normal(0, 1, 4000)
    assert variance_ratio(luck + 1, luck) == pytest.approx(0, abs=1e-12)
    assert variance_ratio(luck, rng.normal(0, 1, 4000)) == pytest.approx(1, abs=0.1)
    assert np.isnan(variance_ratio(np.ones(4), np.ones(4)))


def test_that_the_ratio_of_two_means_lies_in_its_interval_nine_times_in_ten():
    rng = np.random.default_rng(3)
    held = []
    for _ in range(2000):
        under = rng.normal(10, 8, 12)
        top = 3 * under + rng.normal(0, 10, 12)
        found = fieller(top, under)
        if found.known:
            held.append(found.low <= 3 <= found.high)
    assert len(held) > 1900
    assert np.mean(held) == pytest.approx(0.9, abs=0.02)


def test_that_there_is_a_ratio_exactly_when_the_lower_mean_differs_from_zero():
    rng = np.random.default_rng(4)
    for centre in (0, 0.3, 0.5, 1, 3):
        for _ in range(50):
            under = rng.normal(centre, 1, 10)
            assert fieller(np.ones(10), under).known == estimate(under).detectable


def test_that_a_ratio_without_noise_is_exact():
    found = fieller([6.0, 6.0, 6.0], [2.0, 2.0, 2.0])
    assert (found.value, found.low, found.high) == (3, 3, 3)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"), [(81, 263, 0.2553, 0.3662), (1, 29, 0.0061, 0.1718), (15, 15, 0.7961, 1)]
)
def test_that_wilson_gives_the_published_intervals(successes, trials, low, high):
    assert wilson(successes, trials, 0.95) == pytest.approx((low, high), abs=1e-4)


def test_that_the_best_choice_in_every_run_has_no_regret():
    assert regret(np.array([[5.0, 5.0], [4.0, 1.0]])).tolist() == [0.0, 2.5]


def test_that_runs_suffice_when_the_interval_is_narrow_enough():
    values = np.random.default_rng(5).normal(10, 2, 400)
    few, many = (precision(estimate(values[:count]), absolute=0.01) for count in (4, 400))
    assert not few.enough
    assert many.enough
    assert many.more == 0
    assert many.allowed == pytest.approx(1, rel=0.1)


def test_that_the_runs_that_are_said_to_be_missing_are_about_enough():
    rng = np.random.default_rng(6)
    enough = []
    for _ in range(200):
        values = rng.normal(1, 1, 3000)
        found = precision(estimate(values[:40]), absolute=0.0, relative=0.2)
        enough.append(precision(estimate(values[: 40 + found.more]), 0.0, 0.25).enough)
    assert np.mean(enough) > 0.8


def test_that_a_difference_about_zero_is_judged_by_what_would_show():
    values = np.random.default_rng(7).normal(0, 0.02, 30)
    assert precision(estimate(values), small(40, decimals=1)).enough
    assert not precision(estimate(values * 1000), small(40, decimals=1)).enough


def test_that_too_few_runs_never_suffice_and_equal_ones_always_do():
    assert not precision(estimate([1.0]), 1.0).enough
    assert precision(estimate([1.0]), 1.0).more is None
    assert precision(estimate([0.0, 0.0]), 0.0).enough


def test_that_a_band_of_many_runs_lies_at_the_quantiles_and_leaves_unknown_runs_out():
    values = np.random.default_rng(8).normal(0, 1, (20_000, 2))
    values[::3, 0] = np.nan
    band = quantile_band(values, (0.05, 0.5, 0.95))
    np.testing.assert_allclose(band, [[-1.645] * 2, [0] * 2, [1.645] * 2], atol=0.05)
    assert np.isnan(quantile_band(np.full((3, 2), np.nan), (0.5,))).all()
