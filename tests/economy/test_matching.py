import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.economy.matching import (
    commuting_weights,
    filled_share,
    matches,
    openings,
    sent_home,
    vacancies_that_give,
    wage_step,
)

POSITIVE = st.floats(0, 1e5, allow_subnormal=False)


def test_that_frictionless_matching_fills_the_shorter_side():
    ratio = np.concatenate((np.linspace(0.05, 0.9, 30), np.linspace(1.1, 20, 30)))
    found = matches(1000 * ratio, np.full(60, 1000.0), np.array(100.0))
    assert np.abs(found / np.minimum(1000 * ratio, 1000) - 1).max() < 1e-3


@given(POSITIVE, POSITIVE, st.floats(0.3, 150))
def test_that_matches_never_exceed_either_side(searchers, vacancies, elasticity):
    found = float(matches(np.array(searchers), np.array(vacancies), np.array(elasticity)))
    assert 0 <= found <= min(searchers, vacancies)


@given(st.floats(0.01, 0.95), st.floats(0.1, 1e5), st.floats(1, 3))
def test_that_vacancies_are_the_inverse_of_matches(share, searchers, elasticity):
    pool, power = np.array([searchers]), np.array([elasticity])
    vacancies = vacancies_that_give(share * pool, pool, power)
    assert matches(pool, vacancies, power) == pytest.approx(share * searchers, rel=1e-9)


def test_that_more_matches_than_searchers_are_refused():
    with pytest.raises(ValueError, match="search for work at the start"):
        vacancies_that_give(np.array([2.0]), np.array([1.0]), np.array([1.2]))


def test_that_nobody_matches_in_an_empty_market():
    assert matches(np.array([0.0, 0.0, 5.0]), np.array([0.0, 4.0, 0.0]), np.array(1.2)).tolist() == [0, 0, 0]


def test_that_commuting_shares_sum_to_one_and_most_stay():
    minutes = np.array([[10.0, 30.0, 80.0], [30.0, 10.0, 60.0], [80.0, 60.0, 10.0]])
    weights = commuting_weights(minutes, np.ones(3), 35, 0.8)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert (np.diag(weights) >= 0.8).all()
    assert weights[0, 1] > weights[0, 2]
    farther = commuting_weights(minutes, np.ones(3), 35, 0.8, reach=10)
    assert farther.sum(axis=1) == pytest.approx(1)
    assert (np.diag(farther) < np.diag(weights)).all()


def test_that_a_lone_zone_keeps_its_people():
    assert commuting_weights(np.array([[10.0]]), np.ones(1), 35, 0.8, reach=10).tolist() == [[1.0]]


@given(st.lists(st.floats(0, 1000, allow_subnormal=False), min_size=4, max_size=4), st.floats(0, 1), st.floats(0.05, 3))
def test_that_hires_sum_to_matches_and_never_exceed_vacancies(offered, share, appeal):
    vacancies = np.array(offered).reshape(2, 2, 1)
    matched = share * vacancies.sum(axis=0)
    filled = filled_share(matched, vacancies, np.array([1.0, appeal]))
    assert ((filled >= 0) & (filled <= 1)).all()
    assert (filled * vacancies).sum(axis=0) == pytest.approx(matched, rel=1e-9, abs=1e-12)


def test_that_the_more_appealing_employers_fill_more():
    filled = filled_share(np.array([[3.0]]), np.array([[[4.0]], [[4.0]]]), np.array([1.0, 0.5]))
    assert filled[0, 0, 0] == pytest.approx(0.5)
    assert filled[1, 0, 0] == pytest.approx(0.25)


def test_that_employers_advertise_half_of_what_is_missing_and_shed_part_of_what_is_left_over():
    staff, desired, leaving = (np.array([row], np.float32) for row in ((10, 10, 10), (12, 10, 5), (1, 1, 1)))
    vacancies, layoffs = openings(staff, desired, leaving, 0.5, 0.4)
    assert vacancies[0].tolist() == [2.0, 1.0, 0.0]
    assert layoffs[0].tolist() == pytest.approx([0.0, 0.0, 1.6])
    assert vacancies.dtype == layoffs.dtype == np.float32


def test_that_wages_settle_on_the_wage_curve():
    wages = np.ones((1, 1))
    for _ in range(100):
        wages = wage_step(wages, np.array([[2.0]]), 0.1, 0.15)
    assert wages[0, 0] == pytest.approx(2**0.1, rel=1e-5)
    assert wage_step(wages, np.array([[0.0]]), 0.1, 1.0)[0, 0] == pytest.approx(0.2**0.1)


def test_that_leavers_go_home():
    commuters = np.array([[[8.0, 2.0], [0.0, 0.0]]])
    home = sent_home(commuters, np.array([[[5.0]], [[3.0]]]))
    assert home[:, 0, 0].tolist() == pytest.approx([4.0, 4.0])
