"""Theil index and concentration against plain formulas and known answers."""

import numpy as np
import pytest

from simulator.indicators.catalogue.barriers import WORDS
from simulator.indicators.inequality import concentration, theil, theil_of_levels
from tests.indicators.sample import recorded


def plain_theil(amounts: np.ndarray, weights: np.ndarray) -> float:
    share, weight = amounts / amounts.sum(), weights / weights.sum()
    some = share > 0
    return float((share[some] * np.log(share[some] / weight[some])).sum())


def test_that_the_parts_of_the_theil_index_sum_to_the_whole_and_each_is_what_it_says():
    rng = np.random.default_rng(3)
    amounts, weights, groups = rng.lognormal(0, 1, 500), rng.uniform(1, 90, 500), rng.integers(0, 7, 500)
    within, between = theil(amounts, weights, groups)
    assert within + between == pytest.approx(plain_theil(amounts, weights))
    sums, sizes = np.bincount(groups, amounts), np.bincount(groups, weights)
    assert between == pytest.approx(plain_theil(sums, sizes))
    own = sum(
        amounts[groups == g].sum() / amounts.sum() * plain_theil(amounts[groups == g], weights[groups == g])
        for g in range(7)
    )
    assert within == pytest.approx(own)


def test_that_equal_amounts_have_no_inequality_and_one_owner_has_the_most():
    ones, groups = np.ones(8), np.arange(8) % 2
    assert theil(ones * 5, ones, groups) == pytest.approx((0, 0), abs=1e-12)
    alone = np.zeros(8)
    alone[3] = 1
    assert theil(alone, ones, groups) == pytest.approx((np.log(4), np.log(2)))
    assert np.isnan(theil(np.zeros(8), ones, groups)).all()


def test_that_losses_count_as_nothing():
    amounts = np.array([4.0, -3.0, 2.0])
    assert theil(amounts, np.ones(3), np.zeros(3, int)) == theil(amounts.clip(0), np.ones(3), np.zeros(3, int))


def test_that_counted_levels_give_the_same_as_rows():
    rng = np.random.default_rng(4)
    levels, groups = rng.integers(0, 4, 900).astype(np.int8), rng.integers(0, 41, 900).astype(np.int8)
    assert theil_of_levels(levels, groups, 3) == pytest.approx(theil(levels, np.ones(900), groups))


def test_that_concentration_of_two_firms_equals_the_hand_calculation():
    assert concentration(np.array([1.0, 3.0])) == pytest.approx((0.75, 1.0, 0.25))
    equal = concentration(np.ones(200))
    assert equal == pytest.approx((0.01, 0.05, 0.0), abs=1e-12)
    assert np.isnan(concentration(np.zeros(5))).all()


def test_that_the_recorder_reports_inequality_of_the_firms_as_they_are():
    run = recorded()
    results, firms, last = run.recorder.results(), run.firms, "2027Q2"
    within, between = theil(firms.digital_level, np.ones(firms.size), firms.municipality)
    assert results.value("digital_theil_within", last) == pytest.approx(within)
    assert results.value("digital_theil_between", last) == pytest.approx(between)
    whole = np.concatenate((firms.rd_spending, run.anchors_rd))
    assert results.value("rd_gini", last) == pytest.approx(concentration(whole)[2], rel=1e-6)
    assert results.value("business_rd", last) == pytest.approx(4e-3 * firms.rd_spending.sum(dtype=float), rel=1e-6)
    assert results.value("business_rd_total", last) > results.value("business_rd", last)
    assert np.isnan(results.value("rd_gini", "2025Q4"))


def test_that_a_firm_innovates_for_twelve_quarters_after_its_last_innovation():
    run = recorded(quarters=20, count=300)
    results, latest = run.recorder.results(), np.full(300, -99)
    for entry, name, rows, _ in run.happened:
        if name == "innovated":
            latest[rows] = entry
    assert results.value("innovating_firms", "2030Q4") == pytest.approx(100 * (20 - latest < 12).mean())
    assert np.isnan(results["innovating_firms"].of()[11])
    assert not np.isnan(results["innovating_firms"].of()[12])


def test_that_barriers_of_every_transition_are_known_by_municipality_and_size():
    run = recorded(quarters=4, count=3000)
    results, firms = run.recorder.results(by=("municipality", "size_class")), run.firms
    inside = (firms.municipality == 3) & (firms.employment < 10)
    cell = {"municipality": "m3", "size_class": "2-9"}
    for state in ("barrier", "green_barrier", "circular_barrier", "export_barrier"):
        codes = getattr(firms, state)[inside]
        for place, key in enumerate(WORDS):
            known = results.value(f"{state}_{key}", "2026Q4", **cell)
            assert known == pytest.approx(100 * (codes == place).mean()), (state, key)
