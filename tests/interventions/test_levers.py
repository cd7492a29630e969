"""Levers combine without order, and cost nothing when nobody moves them."""

import itertools

import numpy as np
import pytest

from simulator.interventions.lever_table import LEVERS, Rule
from simulator.interventions.levers import LeverValues, clipped, combine, subsidy, tempered

COUNTY = np.array([0, 0, 1, 2, 1], np.int8)
ZONES = np.array([0, 1, 1, 2])


def values() -> LeverValues:
    return LeverValues(COUNTY, ZONES)


def rows(*numbers: int):
    return np.array(numbers, np.intp)


def f32(*numbers: float):
    return np.array(numbers, np.float32)


def test_that_an_untouched_lever_is_its_neutral_number():
    empty = values()
    for name, lever in LEVERS.items():
        for domain in lever.domains:
            assert type(empty.firm(name, domain)) is float
            assert empty.firm(name, domain) == lever.neutral
        assert type(empty.county(name)) is float
        assert type(empty.zone(name)) is float
        assert empty.region(name) == lever.neutral


@pytest.mark.parametrize(
    ("rule", "expected"), [(Rule.COMPLEMENT, 0.65), (Rule.SUM, 0.8), (Rule.PRODUCT, 0.15), (Rule.MAX, 0.5)]
)
def test_that_each_rule_combines_as_written(rule, expected):
    assert combine(rule, 0.3, 0.5) == pytest.approx(expected)
    assert combine(rule, 0.5, 0.3) == pytest.approx(expected)


def test_that_the_order_of_measures_changes_no_bit():
    parts = [("a", 0.1), ("b", 0.23456789), ("c", 0.37777), ("d", 0.00051)]
    seen = set()
    for order in itertools.permutations(parts):
        levers = values()
        for key, value in order:
            levers.add_firms(key, "success_gain", "digital", rows(0, 3), f32(value / 10, value / 7))
            levers.add_county(key, "quit_factor", f32(1 - value, 1, 1))
            levers.add_region(key, "targeting_gain", value / 3)
        seen.add(
            levers.firm("success_gain", "digital").tobytes()
            + levers.firm("quit_factor").tobytes()
            + np.float64(levers.region("targeting_gain")).tobytes()
        )
    assert len(seen) == 1


def test_that_county_values_reach_zones_and_firms():
    levers = values()
    levers.add_county("a", "quit_factor", f32(0.9, 1.0, 0.8))
    levers.add_firms("b", "quit_factor", "", rows(0), f32(0.5))
    np.testing.assert_allclose(levers.firm("quit_factor"), f32(0.5, 0.9, 1.0, 0.8, 1.0))
    np.testing.assert_allclose(levers.zone("quit_factor"), f32(0.9, 1.0, 1.0, 0.8))
    assert levers.firm("quit_factor").dtype == np.float32


def test_that_a_combined_value_stays_inside_its_range():
    levers = values()
    for key in "abcd":
        levers.add_firms(key, "subsidy_share", "digital", rows(1), f32(0.5))
    assert levers.firm("subsidy_share", "digital").max() == np.float32(0.75)


def test_that_the_range_of_what_is_counted_follows_the_scale_and_no_other():
    county = np.zeros(2, int)
    for scale in (0.1, 1.0, 10.0):
        values = LeverValues(county, county, scale)
        values.add_region("m", "multinational_links", 1e6)
        values.add_county("m", "places_higher", np.full(1, 1e6, np.float32))
        values.add_region("m", "public_knowledge", 1e6)
        assert values.region("multinational_links") == pytest.approx(100 * scale)
        assert values.county("places_higher") == pytest.approx(1000 * scale)
        assert values.region("public_knowledge") == 50


def test_that_firms_told_by_contact_or_award_are_found():
    levers = values()
    assert all(len(part) == 0 for part in levers.told("digital"))
    levers.add_firms("a", "contact_awareness", "digital", rows(1, 3), f32(0.2, 0.2))
    assert levers.told("digital")[0].tolist() == [1, 3]
    levers.add_firms("b", "awareness", "digital", rows(3, 4), f32(0.5, 0.6))
    told, chance = levers.told("digital")
    assert told.tolist() == [1, 3, 4]
    np.testing.assert_allclose(chance, [0.2, 0.6, 0.6], rtol=1e-6)


def test_that_domains_are_kept_apart():
    levers = values()
    levers.add_firms("a", "success_gain", "digital", rows(1), f32(0.1))
    assert levers.firm("success_gain", "green") == 0.0
    with pytest.raises(ValueError, match="no domain"):
        levers.firm("success_gain")
    with pytest.raises(ValueError, match="no domain"):
        levers.add_firms("a", "quit_factor", "digital", rows(1), f32(0.9))
    with pytest.raises(KeyError):
        levers.firm("magic")


def test_that_a_tempered_value_lies_between_neutral_and_full():
    for lever in LEVERS.values():
        for end in lever.allowed:
            assert tempered(lever, end, 0.0) == lever.neutral
            assert tempered(lever, end, 1.0) == pytest.approx(end)
            assert lever.allowed[0] <= tempered(lever, end, 3.0) <= lever.allowed[1]


def test_that_a_grant_never_exceeds_its_cap():
    assert subsidy(0.5, 150.0, 1000.0) == 150
    np.testing.assert_allclose(subsidy(f32(0.5, 0.5), 150.0, f32(100, 400)), [50, 150])


def test_that_clipping_keeps_numbers_and_arrays_as_they_are():
    lever = LEVERS["success_gain"]
    assert clipped(lever, 0.5) == 0.3
    assert clipped(lever, f32(0.5)).dtype == np.float32
