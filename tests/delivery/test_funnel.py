"""The steps of the funnel as pure functions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery.funnel import (
    admitted,
    application_probability,
    best_fit,
    contact_probability,
    ease,
    lack,
    need,
    places_admitted,
    positions,
    rank_share,
    rank_shares,
    ration,
    size_position,
    target_counties,
)
from simulator.delivery.parameters import DeliverySettings
from simulator.interventions.catalogue import KINDS
from simulator.interventions.target import BARRIERS, Target


@given(seed=st.integers(0, 10_000), low=st.integers(0, 30), more=st.integers(0, 30))
def test_that_winners_at_a_lower_limit_are_among_those_at_a_higher(seed, low, more):
    """T5: a property of the rationing function."""
    generator = np.random.default_rng(seed)
    group, priority = generator.integers(0, 3, 80), generator.random(80, dtype=np.float32)
    few, many = (ration(priority, np.ones(80), group, np.full(3, limit)) for limit in (low, low + more))
    assert not (few & ~many).any()
    for part in range(3):
        assert few[group == part].sum() == min(low, (group == part).sum())
        won = priority[(group == part) & few]
        lost = priority[(group == part) & ~few]
        assert not len(won) or not len(lost) or won.min() >= lost.max()


@given(seed=st.integers(0, 10_000), limit=st.floats(0, 40))
def test_that_rationing_by_amount_never_exceeds_the_limit(seed, limit):
    generator = np.random.default_rng(seed)
    group, units = generator.integers(0, 3, 60), generator.uniform(0.1, 9, 60)
    won = ration(generator.random(60), units, group, np.full(3, limit))
    more = ration(generator.random(60), units, group, np.full(3, np.inf))
    assert (np.bincount(group[won], units[won], 3) <= limit * (1 + 1e-9)).all()
    assert more.all()


def test_that_capacity_20_winners_are_winners_at_40():
    generator = np.random.default_rng(1)
    score, county = generator.random(200, dtype=np.float32), np.zeros(200, np.int8)
    twenty, forty = (ration(score, np.ones(200), county, np.array([limit])) for limit in (20.0, 40.0))
    assert twenty.sum() == 20
    assert forty.sum() == 40
    assert (forty[twenty]).all()


def test_that_rationing_nobody_is_no_work():
    assert len(ration(np.empty(0), np.empty(0), np.empty(0, int), np.array([5.0]))) == 0


def test_that_equal_values_share_a_rank_whatever_their_order():
    values, groups = np.float32([0.3, 0.1, 0.2, 0.2, 0.5, 0.1]), np.array([0, 0, 0, 0, 1, 1])
    np.testing.assert_allclose(rank_shares(values, groups)[0], [0.75, 0, 0.25, 0.25, 0.5, 0])
    order = np.array([5, 2, 0, 3, 1, 4])
    np.testing.assert_allclose(rank_shares(values[order], groups[order])[0], rank_shares(values, groups)[0][order])
    np.testing.assert_allclose(rank_share(values), np.array([4, 0, 2, 2, 5, 0]) / 6)


def test_that_larger_firms_stand_higher_between_the_smallest_and_the_largest():
    places = size_position(np.float32([0.1, 0.5, 5, 50, 2000, 9000]))
    assert (np.diff(places)[1:4] > 0).all()
    assert (places[0], places[-1]) == (0, 1)


def test_that_ranks_agree_with_sorting():
    values = np.random.default_rng(8).random(5000, dtype=np.float32)
    sorted_rank = np.argsort(np.argsort(values)) / 5000
    np.testing.assert_allclose(rank_share(values), sorted_rank, atol=4e-3)


def test_that_a_typical_small_firm_applies_as_in_the_robot_lift(house):
    firms = house.make_firms(1)
    firms.employment, firms.absorptive_capacity, firms.rural, firms.owner_age = 6, 0.31, False, 50
    chance = application_probability(np.float32([0.6]), firms, np.array([0]), 53, 0.0, DeliverySettings())
    assert chance[0] == pytest.approx(0.22, abs=0.005)
    firms.rural = True
    rural = application_probability(np.float32([0.6]), firms, np.array([0]), 53, 0.0, DeliverySettings())
    relieved = application_probability(np.float32([0.6]), firms, np.array([0]), 53, 1.0, DeliverySettings())
    assert rural < chance
    np.testing.assert_allclose(relieved, chance)


def test_that_need_falls_with_the_level_and_grows_with_the_gain(house):
    firms = house.make_firms(4)
    firms.digital_level = np.array([0, 1, 2, 3])
    lacking = lack(firms, "digital")
    np.testing.assert_allclose(lacking, [1, 2 / 3, 1 / 3, 0], atol=1e-6)
    assert (need(lacking, np.float32(1)) >= need(lacking, np.float32(0))).all()
    with pytest.raises(KeyError):
        lack(firms, "astrology")


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.domains], ids=lambda kind: kind.name)
def test_that_every_domain_has_a_need_between_nothing_and_all(house, kind):
    firms = house.make_firms()
    for domain in kind.domains:
        lacking = lack(firms, domain)
        assert lacking.dtype == np.float32
        assert 0 <= lacking.min() <= lacking.max() <= 1


def test_that_ease_is_the_mean_of_three():
    assert ease(np.float32([0.6]), np.float32([0.3]), np.array([True]))[0] == pytest.approx(1.9 / 3)


def test_that_contacts_follow_the_score_and_respect_reach():
    generator = np.random.default_rng(4)
    county, weight = generator.integers(0, 2, 5000), generator.uniform(0.1, 1, 5000).astype(np.float32)
    firms = np.bincount(county).astype(float)
    chance = contact_probability(np.array([100.0, 1e6]), firms, county, weight, 0.4, False)
    assert chance[county == 0].sum() == pytest.approx(100, rel=1e-3)
    assert chance[county == 1].mean() == pytest.approx(0.1, rel=1e-3)
    np.testing.assert_allclose(chance[county == 0] / weight[county == 0], (chance / weight)[county == 0][0], rtol=1e-5)
    even = contact_probability(np.array([100.0, 1e6]), firms, county, weight, 0.4, True)
    np.testing.assert_allclose(even[county == 1], 1)
    assert len(np.unique(even[county == 0])) == 1


def test_that_no_eligible_firm_in_a_county_is_no_trouble():
    chance = contact_probability(
        np.array([0.0, 10.0]), np.array([0.0, 20]), np.ones(20, np.int8), np.ones(20, np.float32), 0.9, False
    )
    np.testing.assert_allclose(chance, 0.225)


def test_that_the_best_fit_is_the_largest_need_and_the_first_of_equals():
    needs = np.float32([[0.5, 0.5, 0.2], [0.5, 0.9, -1]])
    best, most = best_fit(needs)
    np.testing.assert_array_equal(best, [0, 1, 0])
    np.testing.assert_allclose(most, [0.5, 0.9, 0.2])


def test_that_targets_restrict_as_written(house):
    firms = house.make_firms(2000)
    industries = tuple(house.region.industries.codes)
    target = Target(
        counties=("furulän",), municipalities=("F2", "Furuhamn"), employees=(5, 19), rural=True, digital_level=(1, 2),
        industries=industries[:4], exporting=False, owner_age=(40, 60), supplier=False, barriers=(BARRIERS[0],),
    )  # fmt: skip
    mask = admitted(firms, target, *places_admitted(target, house.region))
    assert mask.any()
    assert (firms.county[mask] == 0).all()
    assert np.isin(firms.municipality[mask], [0, 1]).all()
    assert ((firms.employment[mask] >= 5) & (firms.employment[mask] < 20)).all()
    assert firms.rural[mask].all()
    assert np.isin(firms.digital_level[mask], [1, 2]).all()
    assert (firms.industry[mask] < 4).all()
    assert not firms.exporting[mask].any()
    assert admitted(firms, Target(), *places_admitted(Target(), house.region)).all()


def test_that_targets_ask_for_what_a_firm_has_reached_and_whom_it_knows(house):
    firms = house.make_firms(6)
    firms.digital_level = [0, 0, 1, 0, 3, 0]
    firms.green_level = [0, 1, 0, 0, 2, 3]
    firms.circular_level = [0, 1, 2, 0, 1, 0]
    firms.absorptive_capacity = [0.1, 0.3, 0.2, 0.7, 0.29, 0.5]
    firms.rd_performer = [True, False, False, False, False, True]
    firms.cluster_member = firms.mne_link = [False, True, False, True, False, False]
    firms.carbon_intensity = [1, 2, 3, 4, 5, 6]
    expected = {
        Target(green_level=(1, 2)): [1, 4],
        Target(circular_level=(1, 2)): [1, 2, 4],
        Target(started=True): [1, 2, 4, 5],
        Target(started=False): [0, 3],
        Target(absorptive_capacity=(0.3, 0.5)): [1, 5],
        Target(rd_performer=False, cluster_member=False): [2, 4],
        Target(research_capable=True): [0, 1, 3, 5],
        Target(research_capable=False): [2, 4],
        Target(multinational_link=True): [1, 3],
        Target(carbon_above_median=True): [3, 4, 5],
        Target(carbon_above_median=False, green_level=(0, 0)): [0, 2],
    }
    for target, rows in expected.items():
        mask = admitted(firms, target, *places_admitted(target, house.region))
        assert np.flatnonzero(mask).tolist() == rows, target


def test_that_performing_research_is_half_the_way(house):
    firms = house.make_firms(2)
    firms.rd_performer = [False, True]
    firms.absorptive_capacity = 0.4
    np.testing.assert_allclose(lack(firms, "research"), [0.8, 0.3], atol=1e-6)


def test_that_manufacturing_is_told_from_services(house):
    _, made = places_admitted(Target(manufacturing=True), house.region)
    _, served = places_admitted(Target(manufacturing=False), house.region)
    np.testing.assert_array_equal(made, ~served)
    assert made.sum() == 10


def test_that_a_place_outside_the_region_is_refused(house):
    with pytest.raises(ValueError, match="not in the region: Atlantis"):
        target_counties(Target(counties=("Atlantis",)), house.region)
    assert positions(("S", "FURULÄN"), house.region.county_codes, house.region.county_names) == [1, 0]
