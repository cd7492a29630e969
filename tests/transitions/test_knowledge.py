"""Knowledge, absorptive capacity and innovation (Model text 4.3): limits with a known answer, and the whole run."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import TEACHING, add_lever, assert_same, build, ran, switched_off, watch, with_lever

from simulator.interventions.lever_table import LEVERS
from simulator.transitions.circular import Circular, new_products_kept
from simulator.transitions.innovation import (
    Innovation,
    absorptive_capacity,
    innovation_chance,
    knowledge_inflow,
    next_knowledge,
    next_new_products,
    settled_new_products,
    settled_productivity,
)
from simulator.transitions.learning import peer_knowledge

P = Innovation()
OURS = (
    "peer_knowledge_factor", "public_knowledge", "research_grant", "research_cost_relief", "university_link",
    "innovation_factor", "new_product_gain", "procurement_merit", "spin_offs", "testbed_slots", "bio_testbed_slots",
)  # fmt: skip


@pytest.mark.parametrize("research", [0.0, 3.0, 250.0])
@pytest.mark.parametrize("inflow", [0.0, 1.7])
def test_that_knowledge_settles_where_research_and_inflow_make_up_for_ageing(research, inflow):
    """T11: K* = (0.6 RD + inflow) / 0.0375."""
    knowledge = np.array([0.0, 50.0, 5000.0])
    for _ in range(400):
        knowledge = next_knowledge(knowledge, np.array(research), np.array(inflow), P)
    assert knowledge == pytest.approx((0.6 * research + inflow) / 0.0375, rel=1e-3, abs=1e-2)


def test_that_inflow_is_the_sum_of_its_sources_times_capacity():
    inflow = knowledge_inflow(
        np.array([0.5, 0.5, 0.5]), np.array([10.0, 10.0, 10.0]), np.array([0.0, 20.0, 0.0]),
        np.array([False, True, False]), np.array([False, True, False]), 3.0, P,
    )  # fmt: skip
    peers, university, testbed, public = P.inflow
    alone = 0.5 * public * 3.0
    assert inflow == pytest.approx([alone, alone + 0.5 * 10 * (peers * 20 + university + testbed), alone])


def test_that_who_takes_nothing_up_learns_nothing_from_others():
    one = np.ones(1)
    assert knowledge_inflow(0 * one, one, 50 * one, one > 0, one > 0, 9.0, P) == 0


def test_that_capacity_grows_with_each_of_its_parts_and_stays_below_one():
    base = (5.0, 0.3, 0.35)
    start = absorptive_capacity(*(np.array([part]) for part in base), P)
    for place in range(3):
        more = [np.array([part * (1.5 if at == place else 1)]) for at, part in enumerate(base)]
        assert absorptive_capacity(*more, P) > start
    assert absorptive_capacity(np.array([60.0]), np.array([0.3]), np.array([0.35]), P) == pytest.approx(0.72, abs=0.02)
    assert absorptive_capacity(np.array([1e4]), np.array([1.0]), np.array([1.0]), P) <= 1


def test_that_chance_to_innovate_is_the_formula_and_grows_with_knowledge_and_every_link():
    known = np.array([60.0], np.float32)
    no = (0.0, 0.0, 0.0, 0.0)
    assert innovation_chance(known, no, 1.0, P) == pytest.approx(-np.expm1(-0.25 * 0.25), rel=1e-5)
    assert innovation_chance(4 * known, no, 1.0, P) == pytest.approx(-np.expm1(-0.5 * 0.25), rel=1e-5)
    for place, gain in enumerate((0.3, 0.4, 0.3, 0.2)):
        links = tuple(np.ones(1, bool) if at == place else 0.0 for at in range(4))
        assert innovation_chance(known, links, 1.0, P) == pytest.approx(-np.expm1(-0.0625 * (1 + gain)), rel=1e-5)
    assert innovation_chance(known, no, 1.3, P) == pytest.approx(-np.expm1(-0.0625 * 1.3), rel=1e-5)
    assert innovation_chance(0 * known, no, 1.0, P) == 0


def test_that_new_products_and_productivity_settle_at_their_own_mean():
    rng = np.random.default_rng(1)
    share, own = np.zeros(2000), np.zeros(2000)
    total = np.zeros(2)
    for quarter in range(1200):
        innovated = rng.random(2000) < 0.06
        share = next_new_products(share, np.zeros(2000), innovated, 0.0, P)
        own = P.shock_persistence * own + P.innovation_productivity * innovated
        total += (share.mean(), own.mean()) if quarter >= 400 else 0
    assert total[0] / 800 == pytest.approx(settled_new_products(np.array(0.06), P), rel=0.02)
    assert total[1] / 800 == pytest.approx(settled_productivity(np.array(0.06), P), rel=0.02)


def test_that_a_gain_in_new_products_is_added_and_never_passes_one():
    later = next_new_products(np.array([0.1, 1.0]), np.zeros(2), np.array([False, True]), np.array([0.02, 0.1]), P)
    assert later == pytest.approx([0.93 * 0.1 + 0.02, 1.0])


def test_that_what_a_circular_business_model_sells_does_not_grow_old():
    kept = new_products_kept(np.array([0, 1, 2, 2]), Circular())
    assert kept.tolist() == pytest.approx([0, 0, 0.01, 0.01])
    share = np.array([0.0, 0.0, 0.01, 0.31])
    for _ in range(200):
        share = next_new_products(share, kept, np.zeros(4, bool), 0.0, P)
    assert share == pytest.approx([0, 0, 0.01, 0.01], abs=1e-5)


def test_that_firms_sell_more_new_products_at_the_last_circular_level_from_start_to_end():
    never = {"parameters.circular.size_cost": {"1": 1e5, "2": 1e5}, **TEACHING, "run.years": 4}
    plain, other = (
        ran(**never, **{"parameters.circular.new_products": gain, **switched_off("firm_turnover")})
        for gain in (0.0, 0.01)
    )
    for one, two in ((plain._run.start.firms, other._run.start.firms), (plain.world.firms, other.world.firms)):
        more = two.new_product_share - one.new_product_share
        circular = one.circular_level == 2
        assert circular.any()
        assert more[circular].mean() == pytest.approx(0.01, abs=0.003)
        assert abs(more[~circular].mean()) < 0.001


def test_that_peers_knowledge_is_the_mean_of_those_alive():
    world = build(**TEACHING).world
    firms = world.firms
    world.remove(np.arange(0, firms.size, 7))
    firms.peers[:, 3] = -1
    intensity = (firms.knowledge / firms.employment).astype(np.float32)
    seen = peer_knowledge(world, intensity)
    for row in range(firms.size):
        rows = [world.row_of[slot] for slot in firms.peers[:, row] if slot >= 0 and world.row_of[slot] >= 0]
        assert seen[row] == pytest.approx(intensity[rows].mean() if rows else 0, abs=0.01)
    assert seen[3] == 0


@pytest.mark.parametrize("name", OURS)
def test_that_a_lever_at_its_neutral_value_changes_no_bit(monkeypatch, name):
    years = {"run.years": 1.5}
    assert_same(with_lever(monkeypatch, name, LEVERS[name].neutral, **years), ran(**TEACHING, **years))


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("peer_knowledge_factor", 2.0, lambda firms: firms.knowledge.sum()),
        ("public_knowledge", 5.0, lambda firms: firms.knowledge.sum()),
        ("research_grant", 300.0, lambda firms: firms.rd_spending.sum()),
        ("research_cost_relief", 0.1, lambda firms: firms.rd_spending.sum()),
        ("university_link", 0.3, lambda firms: firms.university_link.sum()),
        ("innovation_factor", 1.5, lambda firms: firms.new_product_share.sum()),
        ("new_product_gain", 0.02, lambda firms: firms.new_product_share.sum()),
        ("procurement_merit", 1.0, lambda firms: firms.new_product_share.sum()),
        ("spin_offs", 20.0, lambda firms: firms.slot.sum()),
        ("testbed_slots", 10.0, lambda firms: (firms.testbed_quarters > 0).sum()),
        ("bio_testbed_slots", 10.0, lambda firms: (firms.testbed_quarters > 0).sum()),
    ],
)
def test_that_a_lever_moves_what_it_is_for(monkeypatch, name, value, read):
    years = {"run.years": 2}
    assert read(with_lever(monkeypatch, name, value, **years).world.firms) > read(ran(**TEACHING, **years).world.firms)


def test_that_without_peer_effects_nobody_learns_from_another():
    """One firm that knows a great deal more leaves all others as they are."""
    off = {**TEACHING, "run.years": 1, **{f"switches.{name}": False for name in (
        "peer_effects", "market_coupling", "labour_coupling", "supply_chain", "governance")}}  # fmt: skip
    models = [build(**off) for _ in range(2)]
    models[1].world.firms.knowledge[0] += 1e4
    for model in models:
        model.run()
    knowledge = [dict(zip(m.world.firms.slot.tolist(), m.world.firms.knowledge.tolist(), strict=True)) for m in models]
    assert {slot for slot in knowledge[0] if knowledge[0][slot] != knowledge[1].get(slot)} <= {0}


def test_that_innovation_and_university_links_are_told_to_the_event_log(monkeypatch):
    model = with_lever(monkeypatch, "university_link", 1.0, **{"run.years": 1, "record.events": True})
    names = {event for _, event, _, _ in model.world.events.entries}
    assert {"innovated", "visited_testbed"} <= names
    assert model.world.firms.university_link.mean() > 0.8


def test_that_university_links_keep_their_share_and_those_of_a_measure_fade(monkeypatch):
    years = {"switches.firm_turnover": False, "run.years": 10}
    alone = ran("constant", **years).world.firms
    base, more = (0.03, 0.10)
    usual = base + more * alone.rd_performer.mean()
    assert alone.university_link.mean() == pytest.approx(usual, abs=0.012)
    shares = []
    watch(monkeypatch, "offer_measures", lambda run: run.world.quarter == 0 and add_lever(run, "university_link", 1.0))
    watch(monkeypatch, "learn", lambda run: shares.append(run.world.firms.university_link.mean()))
    ran("constant", **years)
    assert shares[0] == 1
    assert shares[8] == pytest.approx(usual + (1 - usual) * np.exp(-0.6), abs=0.04)
    assert shares[-1] < 0.13
