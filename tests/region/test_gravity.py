"""Partners by nearness and industry: the shares that the weights say, and nobody meets himself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.region.gravity import NOBODY, Places, draw_anybody, draw_partners, sort_places

DECAY, SAME = 25.0, 3.0
MINUTES = np.array([[10.0, 30, 80], [30, 12, 60], [80, 60, 15]])


def places(municipality: np.ndarray, industry: np.ndarray, same: float = SAME) -> Places:
    return sort_places(np.arange(len(municipality)), municipality, industry, MINUTES, 2, DECAY, same)


def target_shares(municipality: np.ndarray, industry: np.ndarray, row: int, same: float) -> np.ndarray:
    weight = np.exp(-MINUTES[municipality[row], municipality] / DECAY) * np.where(industry == industry[row], same, 1)
    weight[row] = 0
    return weight / weight.sum()


@pytest.mark.parametrize("same", [1.0, 2.7, 3.0])
def test_that_each_partner_is_met_as_often_as_its_weight_says(same: float) -> None:
    municipality = np.array([0, 0, 0, 1, 1, 2, 0, 2, 1, 1])
    industry = np.array([0, 1, 0, 0, 1, 1, 1, 0, 0, 0])
    draws = 200_000
    luck = np.random.default_rng(1).random((2, draws), np.float32)
    for row in range(len(municipality)):
        found = draw_partners(places(municipality, industry, same), np.full(draws, row), luck[0], luck[1])
        share = np.bincount(found, minlength=len(municipality)) / draws
        assert share[row] == 0
        np.testing.assert_allclose(share, target_shares(municipality, industry, row, same), atol=0.005)


firms = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), min_size=1, max_size=12)
uniforms = st.floats(0, 1, exclude_max=True, width=32)


@settings(max_examples=200)
@given(firms, uniforms, uniforms, st.floats(1, 50), st.floats(2, 100))
def test_that_any_draw_finds_another_firm_unless_there_is_none(
    town: list[tuple[int, int]], first: float, second: float, same: float, decay: float
) -> None:
    municipality, industry = np.array(town).T
    rows = np.arange(len(town))
    where = sort_places(rows, municipality, industry, MINUTES, 2, decay, same)
    place, partner = (np.full(len(town), draw, np.float32) for draw in (first, second))
    for found in (draw_partners(where, rows, place, partner), draw_anybody(where, rows, partner)):
        if len(town) == 1:
            assert found.tolist() == [NOBODY]
        else:
            assert ((found >= 0) & (found < len(town)) & (found != rows)).all()


def test_that_anybody_is_met_equally_often() -> None:
    municipality, industry = np.array([0, 2, 2, 1, 0]), np.array([0, 1, 0, 0, 1])
    luck = np.random.default_rng(2).random(100_000, np.float32)
    found = draw_anybody(places(municipality, industry), np.full(len(luck), 3), luck)
    np.testing.assert_allclose(np.bincount(found, minlength=5) / len(luck), [0.25, 0.25, 0.25, 0, 0.25], atol=0.006)
