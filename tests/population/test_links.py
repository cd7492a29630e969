"""Clusters, suppliers of multinationals and their first orders."""

import numpy as np
import pytest
from whole_model import build

from simulator.agents.networks import Networks, draw_anchors
from simulator.interventions.levers import LeverValues
from simulator.population.links import join_clusters, link_multinationals, most_capable

RULES = Networks()


@pytest.fixture
def world():
    model = build(**{"run.years": 1})
    model.step()
    model.world.levers = LeverValues(model.world.firms.county, model.world.region.county)
    return model.world


def test_that_firms_join_clusters_at_the_chance_of_the_measure(world):
    firms = world.firms
    rows = np.flatnonzero(~firms.cluster_member)[:1000]
    others = np.setdiff1d(np.arange(firms.size), rows)
    before = firms.cluster_member.copy()
    join_clusters(world)
    assert (firms.cluster_member == before).all()
    world.levers.add_firms("m", "cluster_membership", "", rows, np.full(1000, 0.8, np.float32))
    join_clusters(world)
    assert firms.cluster_member[rows].mean() == pytest.approx(0.8, abs=0.05)
    assert (firms.cluster_member[others] == before[others]).all()


def test_that_links_to_multinationals_go_to_able_manufacturers_who_get_orders(world):
    firms, chain = world.firms, world.chain
    linked, links = firms.mne_link.copy(), len(chain.slot)
    link_multinationals(world, RULES, 0.25)
    assert (firms.mne_link == linked).all()
    world.levers.add_region("m", "multinational_links", 80.0)
    link_multinationals(world, RULES, 0.25)
    new = np.flatnonzero(firms.mne_link & ~linked)
    assert len(new) == 20
    assert (firms.digital_level[new] >= 1).all()
    assert world.region.industries.manufacturing[firms.industry[new]].all()
    assert firms.supplier[new].all()
    assert set(world.chain.slot[links:].tolist()) == set(firms.slot[new].tolist())
    weight = np.bincount(world.chain.anchor, world.chain.weight, world.anchors.size)
    assert weight[weight > 0] == pytest.approx(1, rel=1e-5)
    capable = firms.absorptive_capacity * firms.employment
    assert capable[new].mean() > 1.5 * capable[~linked].mean()


def test_that_more_links_only_add_firms(world):
    rng = np.random.default_rng(3)
    capability, draw = rng.uniform(0.1, 20, 200), rng.uniform(size=200).astype(np.float32)
    slot = rng.permutation(200)
    few, many = (set(most_capable(capability, draw, slot, number).tolist()) for number in (5, 20))
    assert len(few) == 5
    assert few < many


def test_that_capability_decides_how_often_a_firm_is_chosen():
    rng = np.random.default_rng(4)
    slot, weight = np.arange(3), np.array([1.0, 2.0, 5.0])
    first = [most_capable(weight, rng.uniform(size=3).astype(np.float32), slot, 1)[0] for _ in range(4000)]
    assert np.bincount(first) / 4000 == pytest.approx(weight / 8, abs=0.03)


def test_that_a_small_rate_is_met_on_average(world):
    before = world.firms.mne_link.sum()
    world.levers.add_region("m", "multinational_links", 3.0)
    for world.quarter in range(1, 41):
        link_multinationals(world, RULES, 0.25)
    assert world.firms.mne_link.sum() - before == pytest.approx(30, abs=6)


def test_that_no_firm_is_linked_to_a_closed_anchor_employer(world):
    world.anchors.open[1:] = False
    home, draw = world.firms.municipality[:50], np.linspace(0, 0.999, 50, dtype=np.float32)
    assert (draw_anchors(world.region, RULES, home, world.anchors.open, draw) == 0).all()
    world.anchors.open[:] = False
    assert (draw_anchors(world.region, RULES, home, world.anchors.open, draw) == -1).all()
