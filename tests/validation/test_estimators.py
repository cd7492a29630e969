"""Estimators on samples whose answer is known."""

import numpy as np
import pytest

from simulator.validation.estimators import (
    bass_path,
    demeaned,
    fit_bass,
    least_squares,
    logistic_fit,
    spread_slope,
    state_dependence,
    subbotin_exponent,
    tail_exponent,
)


def lots(count: int = 20_000, seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("exponent", [0.8, 1.06, 1.5])
def test_that_a_pareto_sample_gives_back_its_exponent(exponent):
    sizes = 20 * lots().random(20_000) ** (-1 / exponent)
    assert tail_exponent(sizes, 20) == pytest.approx(exponent, abs=0.05)


def test_that_a_tail_of_two_firms_has_no_exponent():
    assert np.isnan(tail_exponent(np.array([30.0, 40.0, 5.0]), 20))


@pytest.mark.parametrize(("shape", "b"), [("laplace", 1.0), ("normal", 2.0)])
def test_that_the_subbotin_exponent_tells_laplace_from_normal(shape, b):
    assert subbotin_exponent(getattr(lots(), shape)(0.3, 0.2, 20_000)) == pytest.approx(b, abs=0.06)


def test_that_a_spread_that_falls_with_size_is_found():
    draw = lots()
    size = np.exp(draw.normal(3, 1, 40_000))
    assert spread_slope(draw.normal(0, 1, 40_000) * size**-0.2, size) == pytest.approx(-0.2, abs=0.02)
    assert spread_slope(draw.normal(0, 1, 40_000), size) == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(("p", "q", "ceiling"), [(0.01, 0.4, 0.8), (0.03, 0.25, 0.95)])
def test_that_a_bass_path_gives_back_its_coefficients(p, q, ceiling):
    found = fit_bass(bass_path(np.arange(81) / 4, p, q, ceiling, 0.02))
    assert not found.bounded
    assert found.innovation == pytest.approx(p, rel=0.02)
    assert found.imitation == pytest.approx(q, rel=0.02)
    assert found.ceiling == pytest.approx(ceiling, rel=0.01)
    assert found.fit > 0.9999


def test_that_a_bass_path_solves_its_equation():
    years = np.linspace(0, 30, 3001)
    path = bass_path(years, 0.02, 0.3, 0.9, 0.05)
    slope = (0.02 + 0.3 * path / 0.9) * (0.9 - path)
    np.testing.assert_allclose(np.gradient(path, years)[1:-1], slope[1:-1], rtol=1e-4)


def test_that_a_logistic_curve_is_explained_by_one_and_a_wave_is_not():
    at = np.linspace(-4, 4, 61)
    assert logistic_fit(0.7 / (1 + np.exp(-at))) > 0.9999
    assert logistic_fit(0.5 + 0.1 * np.sin(4 * at)) < 0.3


def test_that_least_squares_separates_regressors_and_groups():
    draw = lots()
    group = draw.integers(0, 7, 5000)
    one, two = draw.normal(size=(2, 5000)) + group
    outcome = 0.3 * one - 0.2 * two + np.sqrt(group) + draw.normal(0, 0.1, 5000)
    outcome[:5] = np.nan
    np.testing.assert_allclose(least_squares(outcome, [one, two], [group]), [0.3, -0.2], atol=0.01)


def test_that_least_squares_without_enough_rows_knows_nothing():
    assert np.isnan(least_squares(np.ones(2), [np.arange(2.0)])).all()


def test_that_demeaning_takes_out_the_means_of_every_combination():
    values = demeaned(np.array([1.0, 3.0, 10.0, 20.0]), np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1]))
    assert values.tolist() == [-1, 1, 0, 0]


@pytest.mark.parametrize("effect", [0.0, 0.5])
def test_that_state_dependence_is_told_from_lasting_differences(effect):
    draw = lots()
    taste = draw.choice([0.1, 0.4], 200_000)
    states = [draw.random(200_000) < taste]
    for _ in range(14):
        states.append(draw.random(200_000) < taste + effect * states[-1])
    assert state_dependence(np.array(states[-5:], float)) == pytest.approx(effect, abs=0.02)


def test_that_a_path_that_does_not_bend_is_fitted_at_a_bound_and_says_so():
    assert fit_bass(0.2 + 0.002 * np.arange(61)).bounded
