"""Points in the unit cube, their correlation, and the values that they stand for."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from simulator.ensemble.designs.correlation import iman_conover, is_possible, normal_copula
from simulator.ensemble.designs.sampling import MORRIS_LEVELS, SAMPLED, latin_hypercube, morris, sobol
from simulator.ensemble.designs.spreading import value_at
from simulator.quantity import Quantity, declared
from simulator.scenario.settings import Distribution, Ensemble
from simulator.scenario.vocabulary import VOCABULARY

paths = st.lists(st.from_regex(r"[a-z]{1,6}(\.[a-z]{1,6})?", fullmatch=True), min_size=1, max_size=6, unique=True)
seeds = st.integers(0, 2**32 - 1)
quick = settings(max_examples=60, deadline=None)


@quick
@given(paths, st.integers(1, 60), seeds)
def test_that_a_latin_hypercube_has_one_point_in_every_stratum_of_every_factor(names, count, seed):
    points = latin_hypercube(names, count, seed)
    strata = np.sort(np.floor(points * count).astype(int), axis=0)
    assert (strata == np.arange(count)[:, None]).all()


@quick
@given(paths, st.integers(1, 70), st.integers(1, 70), seeds)
def test_that_a_longer_sobol_sequence_begins_with_the_shorter_one(names, one, other, seed):
    few, many = sorted((one, other))
    assert (sobol(names, many, seed)[:few] == sobol(names, few, seed)).all()


@quick
@given(paths, st.integers(0, 6), seeds)
def test_that_a_sobol_sequence_of_a_power_of_two_has_one_point_in_every_stratum(names, power, seed):
    count = 2**power
    strata = np.sort(np.floor(sobol(names, count, seed) * count).astype(int), axis=0)
    assert (strata == np.arange(count)[:, None]).all()


@quick
@given(paths, st.integers(1, 8), seeds)
def test_that_a_morris_trajectory_moves_every_factor_once_and_alone(names, trajectories, seed):
    points = morris(names, trajectories, seed)
    assert points.shape == (trajectories * (len(names) + 1), len(names))
    assert ((points >= 0) & (points <= 1)).all()
    step = MORRIS_LEVELS / 2 / (MORRIS_LEVELS - 1)
    for each in np.split(points, trajectories):
        moves = np.diff(each, axis=0)
        assert (np.count_nonzero(moves, axis=1) == 1).all()
        assert np.count_nonzero(moves, axis=0).tolist() == [1] * len(names)
        assert np.abs(moves[moves != 0]) == pytest.approx(step)


@pytest.mark.parametrize("sampler", SAMPLED)
@quick
@given(paths, st.integers(1, 20), seeds, st.randoms(use_true_random=False))
def test_that_points_of_a_factor_do_not_depend_on_the_order_of_the_factors(sampler, names, count, seed, luck):
    shuffled = luck.sample(names, len(names))
    points, others = SAMPLED[sampler](names, count, seed), SAMPLED[sampler](shuffled, count, seed)
    assert (others == points[:, [names.index(name) for name in shuffled]]).all()


@pytest.mark.parametrize("sampler", SAMPLED)
def test_that_another_seed_draws_other_points(sampler):
    names = ["a", "b", "c"]
    assert not np.array_equal(SAMPLED[sampler](names, 16, 1), SAMPLED[sampler](names, 16, 2))


def test_that_a_factor_of_a_latin_hypercube_keeps_its_points_when_another_joins():
    assert (latin_hypercube(["a", "b"], 32, 3)[:, 0] == latin_hypercube(["a"], 32, 3)[:, 0]).all()


def test_that_points_are_the_same_on_any_machine():
    names = ["drivers.electricity_price", "drivers.exchange_rate"]
    assert latin_hypercube(names, 3, 7) == pytest.approx(np.array(LATIN), abs=1e-12)
    assert sobol(names, 4, 7) == pytest.approx(np.array(SOBOL), abs=1e-12)
    assert (3 * morris(names, 2, 7)).round(9).astype(int).tolist() == MORRIS


LATIN = [
    [0.2303810526594199, 0.7309794341984855],
    [0.44141144509106783, 0.07589161862581924],
    [0.7681915360945046, 0.3772547280518157],
]
SOBOL = [
    [0.8976278370246291, 0.8170921625569463],
    [0.1508080130442977, 0.27182516548782587],
    [0.440001473762095, 0.6084907623007894],
    [0.7029155055060983, 0.06049601826816797],
]
MORRIS = [[0, 0], [0, 2], [2, 2], [2, 1], [2, 3], [0, 3]]


def correlated(strength: float) -> np.ndarray:
    return np.array([[1, strength, 0], [strength, 1, -0.3], [0, -0.3, 1]])


@quick
@given(st.integers(12, 300), st.floats(-0.8, 0.8), seeds)
def test_that_rearranged_points_keep_every_value_of_every_factor(count, strength, seed):
    points = latin_hypercube(["a", "b", "c"], count, seed)
    moved = iman_conover(points, correlated(strength))
    assert (np.sort(moved, axis=0) == np.sort(points, axis=0)).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(200, 600), st.floats(-0.8, 0.8), seeds)
def test_that_rearranged_points_have_the_wanted_rank_correlations(count, strength, seed):
    wanted = correlated(strength)
    moved = iman_conover(latin_hypercube(["a", "b", "c"], count, seed), wanted)
    assert stats.spearmanr(moved).statistic == pytest.approx(wanted, abs=0.08)


@settings(max_examples=20, deadline=None)
@given(st.floats(-0.8, 0.8), seeds)
def test_that_a_correlated_sobol_sequence_has_the_wanted_correlations_and_keeps_its_first_points(strength, seed):
    wanted = correlated(strength)
    points = sobol(["a", "b", "c"], 256, seed)
    moved = normal_copula(points, wanted)
    assert stats.spearmanr(moved).statistic == pytest.approx(wanted, abs=0.06)
    assert (normal_copula(points[:64], wanted) == moved[:64]).all()
    assert ((moved >= 0) & (moved <= 1)).all()
    assert np.abs(np.sort(moved, axis=0) - (np.arange(256)[:, None] + 0.5) / 256).max() < 0.08


def test_that_correlations_which_contradict_each_other_are_recognised():
    assert is_possible(np.array([[1, 0.9], [0.9, 1]]))
    assert not is_possible(np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]))


def quantity(low: float, high: float, whole: bool = False) -> Quantity:
    one = declared(Ensemble)["replications"]
    return replace(one, default=low, allowed=(low, high), uncertain=(low, high), whole=whole)


SHAPES = [
    (Distribution("uniform", (2.0, 5.0)), lambda u: 2 + 3 * u),
    (Distribution("triangular", (0.0, 2.0, 10.0)), lambda u: stats.triang(0.2, 0, 10).ppf(u)),
    (Distribution("triangular", (0.0, 0.0, 10.0)), lambda u: stats.triang(0, 0, 10).ppf(u)),
    (Distribution("triangular", (0.0, 10.0, 10.0)), lambda u: stats.triang(1, 0, 10).ppf(u)),
    (Distribution("normal", (4.0, 3.0)), lambda u: stats.truncnorm(-4 / 3, 2, 4, 3).ppf(u)),
    (Distribution("normal", (5.0, 0.1)), lambda u: stats.norm(5, 0.1).ppf(u)),
    (
        Distribution("lognormal", (2.0, 0.5)),
        lambda u: 2 * np.exp(stats.truncnorm(-50, math.log(5) / 0.5, 0, 0.5).ppf(u)),
    ),
]


@pytest.mark.parametrize(("spread", "quantile"), SHAPES, ids=lambda each: getattr(each, "shape", ""))
def test_that_values_follow_their_distribution_cut_at_what_is_allowed(spread, quantile):
    allowed = quantity(0.0, 10.0)
    for share in (0.001, 0.1, 0.3, 0.5, 0.77, 0.999):
        assert value_at(share, spread, allowed) == pytest.approx(float(quantile(share)), rel=1e-6)


@quick
@given(st.sampled_from([spread for spread, _ in SHAPES]), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_that_a_value_rises_with_its_share_and_stays_within_what_is_allowed(spread, one, other, whole):
    allowed = quantity(0.0, 10.0, whole)
    low, high = (value_at(share, spread, allowed) for share in sorted((one, other)))
    assert 0 <= low <= high <= 10
    assert not whole or isinstance(low, int)


def test_that_whole_numbers_of_a_uniform_distribution_are_equally_likely():
    values = [
        value_at(share, Distribution("uniform", (2, 6)), quantity(0, 10, True)) for share in np.arange(0, 1, 0.01)
    ]
    assert np.unique(values, return_counts=True)[1].tolist() == [20] * 5


def test_that_choices_are_equally_likely():
    values = [value_at(share, Distribution("choice", (False, True)), None) for share in np.arange(0, 1, 0.1)]
    assert values.count(True) == 5
    assert value_at(1.0, Distribution("choice", (1, 2, 3)), None) == 3


@quick
@given(st.sampled_from(sorted(VOCABULARY.paths())), st.floats(0, 1))
def test_that_every_declared_uncertainty_gives_values_within_what_is_allowed(path, share):
    from simulator.ensemble.designs.factors import declared_spread

    one = VOCABULARY.paths()[path]
    spread = declared_spread(one)
    assume(spread is not None)
    value = value_at(share, spread, one)
    assert one.allowed[0] <= value <= one.allowed[1]
    assert isinstance(value, bool) == (one.unit == "yes/no")
    assert not one.whole or isinstance(value, int)
