"""Counts of firms: proportional fitting, rounding, consistency with county employment."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator.region.facts import SIZE_BOUNDS, Region, available_regions, load_region
from simulator.region.synthesis import (
    FitError,
    expected_manufacturing,
    expected_services,
    firm_counts,
    iterative_proportional_fit,
    largest_remainder,
    manufacturing_margins,
    small_firm_employees,
    truncated_pareto,
)


@pytest.fixture(scope="module")
def home() -> Region:
    return load_region("norra-mellansverige")


def test_that_the_population_has_the_size_that_the_priors_imply(home: Region) -> None:
    assert expected_manufacturing(home).sum() == pytest.approx(1475, abs=1)
    assert expected_services(home).sum() == pytest.approx(3346, abs=1)
    assert firm_counts(home).sum() == pytest.approx(4821, abs=3)


def test_that_small_firms_and_anchors_add_up_to_each_countys_employment(home: Region) -> None:
    expected = expected_manufacturing(home) * home.constants.mean_employees
    small = np.bincount(home.county, expected.sum(axis=(1, 2)))
    anchors = np.bincount(home.anchors.county, home.anchors.employees)
    assert small.sum() == pytest.approx(30_683, abs=1)
    assert np.abs((small + anchors) / home.county_employees - 1).max() < 0.04


def test_that_whole_firms_keep_each_countys_employment(home: Region) -> None:
    services = np.zeros(12, dtype=bool)
    services[10:] = True
    counts = firm_counts(home)[:, ~services] * np.array(home.constants.mean_employees)
    expected = expected_manufacturing(home)[:, ~services] * home.constants.mean_employees
    by_county = [np.bincount(home.county, part.sum(axis=(1, 2))) for part in (counts, expected)]
    assert np.abs(by_county[0] / by_county[1] - 1).max() < 0.02


def test_that_the_fit_meets_municipal_employment_and_the_prior(home: Region) -> None:
    mean = np.array(home.constants.mean_employees)
    fitted = expected_manufacturing(home) * mean
    margins = manufacturing_margins(home) * mean
    np.testing.assert_allclose(fitted.sum(axis=(1, 2)), small_firm_employees(home, margins.sum(axis=(1, 2))))
    for county in range(3):
        np.testing.assert_allclose(fitted[home.county == county].sum(axis=0), margins[county], atol=1e-4)


def test_that_an_industry_is_denser_where_an_anchor_of_it_sits(home: Region) -> None:
    firms = expected_manufacturing(home)
    place, industry = home.anchors.municipality[0], home.anchors.industry[0]
    share = firms[place, industry].sum() / firms[place].sum()
    county = home.county == home.county[place]
    assert share > 1.1 * firms[county, industry].sum() / firms[county].sum()


@pytest.mark.parametrize("name", available_regions())
@pytest.mark.parametrize("scale", [0.1, 1.0, 20.0])
def test_that_counts_grow_with_scale_and_never_change_between_calls(name: str, scale: float) -> None:
    region = load_region(name)
    counts = firm_counts(region, scale)
    assert counts.shape == (len(region.codes), len(region.industries.codes), len(SIZE_BOUNDS))
    assert counts.min() >= 0
    assert counts.sum() == pytest.approx(firm_counts(region).sum() * scale, abs=20 * max(scale, 1))
    np.testing.assert_array_equal(counts, firm_counts(load_region(name), scale))


@pytest.mark.parametrize("name", available_regions())
@pytest.mark.parametrize("scale", [0.05, 0.1, 0.3, 0.7])
def test_that_a_part_of_a_region_keeps_every_place_and_the_shares_of_the_small_ones(name: str, scale: float) -> None:
    region = load_region(name)
    whole, part = firm_counts(region), firm_counts(region, scale)
    off = np.abs(part.sum(axis=(1, 2)) - whole.sum(axis=(1, 2)) * scale)
    assert off.max() < 3  # one of each class
    for size in range(len(SIZE_BOUNDS)):
        firms, kept = whole[..., size].sum(axis=1), part[..., size].sum(axis=1)
        assert abs(kept.sum() - firms.sum() * scale) <= 1
        assert abs(kept[region.rural].sum() - firms[region.rural].sum() * scale) <= 1 + len(region.county_codes) / 2
    by_industry = np.abs(part.sum(axis=(0, 2)) - whole.sum(axis=(0, 2)) * scale)
    assert by_industry.max() < 3 + 0.05 * part.sum(axis=(0, 2)).max()
    assert (part[whole == 0] == 0).all()


def test_that_the_teaching_region_has_about_three_hundred_firms() -> None:
    assert 280 <= firm_counts(load_region("undervisning")).sum() <= 320


tables = st.tuples(st.integers(1, 5), st.integers(1, 4), st.integers(1, 3)).flatmap(
    lambda shape: st.lists(st.floats(0.01, 100), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))).map(
        lambda values: np.array(values).reshape(shape)
    )
)


@settings(max_examples=60)
@given(tables, st.floats(0.5, 2))
def test_that_every_margin_is_met(target: np.ndarray, bonus: float) -> None:
    seed = np.ones_like(target)
    seed[0] = bonus
    margins = [((1, 2), target.sum(axis=0)), ((0,), target.sum(axis=(1, 2)))]
    fitted = iterative_proportional_fit(seed, margins)
    for (axes, margin), others in zip(margins, ((0,), (1, 2)), strict=True):
        assert axes
        np.testing.assert_allclose(fitted.sum(axis=others), margin, atol=1e-6 * target.sum())
    assert fitted.min() >= 0


def test_that_margins_with_different_totals_are_refused() -> None:
    with pytest.raises(FitError, match="totals differ"):
        iterative_proportional_fit(np.ones((2, 2)), [((0,), np.array([1.0, 1])), ((1,), np.array([1.0, 2]))])


def test_that_margins_that_a_zero_forbids_are_refused() -> None:
    with pytest.raises(FitError, match="not met"):
        iterative_proportional_fit(np.eye(2), [((0,), np.array([1.0, 3])), ((1,), np.array([2.0, 2]))], rounds=50)


def test_that_negative_margins_are_refused() -> None:
    with pytest.raises(FitError, match="at least 0"):
        iterative_proportional_fit(np.ones((2, 2)), [((0,), np.array([-1.0, 3])), ((1,), np.array([1.0, 1]))])


@example([5e-324], 3)
@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=30), st.integers(0, 10_000))
def test_that_rounding_keeps_the_total_and_moves_nothing_by_a_whole_firm(shares: list[float], total: int) -> None:
    shares_array = np.array(shares)
    counts = largest_remainder(shares_array, total)
    if shares_array.sum() == 0:
        assert counts.sum() == 0
        return
    assert counts.sum() == total
    assert np.abs(counts - shares_array / shares_array.sum() * total).max() < 1 + 1e-6


@pytest.mark.parametrize(("low", "high"), SIZE_BOUNDS)
def test_that_sizes_stay_in_their_class_with_the_mean_that_the_counts_assume(
    home: Region, low: float, high: float
) -> None:
    u = (np.arange(200_000) + 0.5) / 200_000
    sizes = truncated_pareto(u, low, high, home.constants.pareto_exponent)
    assert low <= sizes.min() <= sizes.max() <= high
    assumed = home.constants.mean_employees[[bound[0] for bound in SIZE_BOUNDS].index(low)]
    assert sizes.mean() == pytest.approx(assumed, rel=0.03)
    assert truncated_pareto(u.astype(np.float32), low, high, 1.06).dtype == np.float32
