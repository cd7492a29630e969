"""Peers and supply chains: who may meet whom, how often, and that order and company never matter."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from simulator.agents.networks import (
    CO_SUPPLIERS,
    LONG_TIES,
    NEAR_PEERS,
    Networks,
    SupplyChain,
    draw_peers,
    draw_suppliers,
    meeting_places,
)
from simulator.region.facts import Region, load_region
from simulator.region.synthesis import firm_counts

RULES = Networks()
FROM_CHAIN = slice(NEAR_PEERS, NEAR_PEERS + CO_SUPPLIERS)


@dataclass
class Town:
    """A population as bare columns."""

    region: Region
    slot: np.ndarray
    municipality: np.ndarray
    industry: np.ndarray
    employment: np.ndarray

    @property
    def manufacturing(self) -> np.ndarray:
        return self.region.industries.manufacturing[self.industry]

    def suppliers(self, luck: np.random.Generator, rules: Networks = RULES) -> SupplyChain:
        n = len(self.slot)
        return draw_suppliers(
            self.region, rules, self.slot, self.municipality, self.manufacturing, self.employment,
            luck.random(n, np.float32), luck.random(n, np.float32), luck.random((2, n), np.float32),
        )  # fmt: skip

    def peers(self, rows: np.ndarray, chain: SupplyChain, place: np.ndarray, partner: np.ndarray) -> np.ndarray:
        places = meeting_places(self.region, RULES, self.slot, self.municipality, self.industry)
        row_of = np.zeros(self.slot.max() + 1, np.int64)
        row_of[self.slot] = np.arange(len(self.slot))
        return draw_peers(places, self.slot, rows, chain.anchor, row_of[chain.firm], place, partner)


def drawn(region: Region, scale: float = 1.0) -> Town:
    cells = np.repeat(np.arange(firm_counts(region, scale).size), firm_counts(region, scale).ravel())
    municipality, industry, size = np.unravel_index(cells, firm_counts(region, scale).shape)
    return Town(
        region, np.arange(len(cells), dtype=np.int32), municipality.astype(np.int8), industry.astype(np.int8),
        np.array([4, 20, 100], np.float32)[size],
    )  # fmt: skip


@pytest.fixture(scope="module")
def home() -> Town:
    return drawn(load_region("norra-mellansverige"))


@pytest.fixture(scope="module")
def school() -> Town:
    return drawn(load_region("undervisning"))


def luck(n: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return generator.random((NEAR_PEERS + CO_SUPPLIERS, n), np.float32), generator.random((10, n), np.float32)


def test_that_every_firm_has_ten_peers_and_is_none_of_them(home: Town) -> None:
    rows = np.arange(len(home.slot))
    peers = home.peers(rows, home.suppliers(np.random.default_rng(2)), *luck(len(rows)))
    assert peers.shape == (10, len(rows))
    assert peers.dtype == np.int32
    assert peers.min() >= 0
    assert peers.max() < len(rows)
    assert not (peers == home.slot).any()


def test_that_near_peers_are_near_and_of_the_same_trade_more_often(home: Town) -> None:
    rows = np.arange(len(home.slot))
    peers = home.peers(rows, home.suppliers(np.random.default_rng(2)), *luck(len(rows)))
    minutes = home.region.minutes[home.municipality, home.municipality[peers]]
    assert minutes[:NEAR_PEERS].mean() < 0.4 * minutes[-LONG_TIES:].mean()
    same = home.industry[peers] == home.industry
    assert same[:NEAR_PEERS].mean() > 1.5 * same[-LONG_TIES:].mean()


def test_that_suppliers_share_an_anchor_with_their_co_suppliers(home: Town) -> None:
    chain = home.suppliers(np.random.default_rng(2))
    member = np.zeros((len(home.region.anchors.names), len(home.slot)), bool)
    member[chain.anchor, chain.firm] = True
    edges = np.bincount(chain.anchor)[chain.anchor]
    rows = np.setdiff1d(chain.firm, chain.firm[edges == 1])
    peers = home.peers(rows, chain, *luck(len(rows)))
    shared = (member[:, rows][:, None, :] & member[:, peers[FROM_CHAIN]]).any(axis=0)
    assert len(rows) > 300
    assert shared.all()


def test_that_suppliers_are_drawn_at_the_declared_rates(home: Town) -> None:
    chain = home.suppliers(np.random.default_rng(3))
    degree = np.bincount(chain.firm, minlength=len(home.slot))
    large = home.manufacturing & (home.employment >= RULES.supplier_employees)
    for group, share in ((large, RULES.supplier_share), (~large, RULES.supplier_share_other)):
        error = 4 * np.sqrt(share * (1 - share) / group.sum())
        assert (degree[group] > 0).mean() == pytest.approx(share, abs=error)
    assert degree.max() == 2
    assert (degree == 2).sum() / (degree > 0).sum() == pytest.approx(RULES.second_anchor, abs=0.1)


def test_that_no_firm_supplies_the_same_anchor_twice(home: Town) -> None:
    chain = home.suppliers(np.random.default_rng(4), replace(RULES, supplier_share=1.0, supplier_share_other=1.0))
    pairs = chain.anchor.astype(np.int64) * len(home.slot) + chain.firm
    assert len(np.unique(pairs)) == len(pairs)


def test_that_anchors_are_drawn_by_nearness_times_employees(school: Town) -> None:
    region, n = school.region, 200_000
    home = np.zeros(n, np.int8)
    generator = np.random.default_rng(5)
    chain = draw_suppliers(
        region, replace(RULES, supplier_share=1.0, second_anchor=0.0), np.arange(n, dtype=np.int32), home,
        np.ones(n, bool), np.full(n, 20, np.float32), generator.random(n, np.float32), generator.random(n, np.float32),
        generator.random((2, n), np.float32),
    )  # fmt: skip
    weight = np.exp(-region.minutes[0, region.anchors.municipality] / RULES.decay_minutes) * region.anchors.employees
    found = np.bincount(chain.anchor, minlength=len(weight)) / n
    np.testing.assert_allclose(found, weight / weight.sum(), atol=0.005)


def test_that_the_order_of_rows_never_shows(home: Town) -> None:
    n = len(home.slot)
    chain, (place, partner) = home.suppliers(np.random.default_rng(2)), luck(len(home.slot))
    straight = home.peers(np.arange(n), chain, place, partner)
    order = np.random.default_rng(7).permutation(n)
    mixed = Town(home.region, home.slot[order], home.municipality[order], home.industry[order], home.employment[order])
    shuffle = np.random.default_rng(8).permutation(len(chain.firm))
    other = SupplyChain(chain.anchor[shuffle], chain.firm[shuffle])
    np.testing.assert_array_equal(
        mixed.peers(np.arange(n), other, place[:, order], partner[:, order]), straight[:, order]
    )


def test_that_a_firms_draw_does_not_depend_on_who_else_draws(home: Town) -> None:
    chain, (place, partner) = home.suppliers(np.random.default_rng(2)), luck(len(home.slot))
    few = np.array([3, 4000, 17])
    everybody = home.peers(np.arange(len(home.slot)), chain, place, partner)
    np.testing.assert_array_equal(home.peers(few, chain, place[:, few], partner[:, few]), everybody[:, few])
    nobody = home.peers(few[:0], chain, place[:, :0], partner[:, :0])
    assert nobody.shape == (10, 0)


def test_that_slots_with_gaps_are_returned_as_slots(school: Town) -> None:
    n = len(school.slot)
    sparse = Town(school.region, school.slot * 7 + 3, school.municipality, school.industry, school.employment)
    nothing = SupplyChain(np.empty(0, np.int32), np.empty(0, np.int32))
    peers = sparse.peers(np.arange(n), nothing, *luck(n))
    assert set(np.unique(peers)) <= set(sparse.slot.tolist())


def test_that_a_lonely_firm_has_no_peers_and_two_firms_have_each_other(school: Town) -> None:
    nothing = SupplyChain(np.empty(0, np.int32), np.empty(0, np.int32))

    def of(count: int) -> np.ndarray:
        pick = np.arange(count)
        town = Town(
            school.region, school.slot[pick], school.municipality[pick], school.industry[pick], school.employment[pick]
        )
        return town.peers(pick, nothing, *luck(count))

    assert (of(1) == -1).all()
    np.testing.assert_array_equal(of(2), np.tile([1, 0], (10, 1)))


def test_that_a_region_without_anchors_has_no_supply_chain(school: Town) -> None:
    anchors = school.region.anchors
    none = replace(anchors, names=(), municipality=anchors.municipality[:0], employees=anchors.employees[:0])
    town = replace(school, region=replace(school.region, anchors=none))
    chain = town.suppliers(np.random.default_rng(1))
    assert len(chain.anchor) == len(chain.firm) == 0


def test_that_a_single_anchor_gives_single_edges(school: Town) -> None:
    anchors = school.region.anchors
    one = replace(
        anchors, names=anchors.names[:1], municipality=anchors.municipality[:1], employees=anchors.employees[:1]
    )
    town = replace(school, region=replace(school.region, anchors=one))
    chain = town.suppliers(np.random.default_rng(1), replace(RULES, supplier_share_other=1.0, second_anchor=1.0))
    assert np.bincount(chain.firm).max() == 1
