"""Ties that measures add and ties that change by themselves."""

from itertools import pairwise

import numpy as np
import pytest
from whole_model import TEACHING, build

from simulator.agents.exposure import look_around
from simulator.agents.firms import TOPS
from simulator.agents.ties import anybody, keep_ties, rewire, whole_ties
from simulator.agents.world import PeerGroups
from simulator.interventions.levers import LeverValues

NOBODY_FAILED = {name: np.empty(0, int) for name in TOPS}
WEIGHTS = (1.0, 0.0, 0.0)


@pytest.fixture
def world():
    model = build(**TEACHING, **{"run.years": 3})
    for _ in range(8):
        model.step()
    return model.world


def ask_for(world, rows, value) -> None:
    """Let a measure ask for so many extra ties of the firms in `rows`."""
    world.levers = LeverValues(world.firms.county, world.region.county)
    world.levers.add_firms("m", "extra_ties", "", rows, np.full(len(rows), value, np.float32))
    keep_ties(world)


def test_that_each_firm_gets_the_ties_it_is_given_with_other_live_firms(world):
    rows = np.arange(0, world.firms.size, 3)
    ask_for(world, rows, 2)
    ties = world.ties
    count = np.bincount(world.row_of[ties.slot], minlength=world.firms.size)
    assert count[rows].mean() == pytest.approx(2, abs=0.02)  # six tries may all hit closed firms
    assert count.sum() == count[rows].sum()
    assert (world.row_of[ties.other] >= 0).all()
    assert (ties.other != ties.slot).all()


def test_that_ties_stay_while_the_measure_lasts_and_end_with_it(world):
    rows = np.arange(40)
    ask_for(world, rows, 3)
    before = set(zip(world.ties.slot.tolist(), world.ties.other.tolist(), strict=True))
    world.quarter += 1
    ask_for(world, rows, 3)
    assert before <= set(zip(world.ties.slot.tolist(), world.ties.other.tolist(), strict=True))
    ask_for(world, rows, 1)
    assert len(world.ties.slot) == 40
    world.levers = LeverValues(world.firms.county, world.region.county)
    keep_ties(world)
    assert not len(world.ties.slot)


def test_that_a_fading_value_only_takes_ties_away(world):
    numbers = []
    for value in (2.0, 1.4, 1.0, 0.5, 0.1):
        rows, number = whole_ties(world, value)
        assert len(rows) == world.firms.size
        numbers.append(number)
    assert all((after <= before).all() for before, after in pairwise(numbers))
    assert (numbers[0] == 2).all()
    assert numbers[3].mean() == pytest.approx(0.5, abs=0.1)


def test_that_ties_with_closed_firms_are_replaced(world):
    rows = np.arange(world.firms.size)
    ask_for(world, rows, 1)
    gone = world.row_of[world.ties.other[:5]]
    slots = world.firms.slot[gone].copy()
    world.remove(np.unique(gone))
    world.quarter += 1
    ask_for(world, np.arange(world.firms.size), 1)
    assert not np.isin(world.ties.other, slots).any()
    assert not np.isin(world.ties.slot, slots).any()


def test_that_members_of_a_group_see_each_other(world):
    members = world.firms.slot[[3, 20, 41, 7]].copy()
    world.groups = PeerGroups(members, np.array([5, 5, 5, 2], np.int32))
    ask_for(world, world.row_of[members], 2)
    seen = {slot: set(world.ties.other[world.ties.slot == slot].tolist()) for slot in members.tolist()}
    trio = set(members[:3].tolist())
    assert all(seen[slot] == trio - {slot} for slot in trio)
    assert len(seen[int(members[3])]) == 2  # alone in its group: long ties


def test_that_extra_ties_count_like_peers(world):
    firms = world.firms
    rows = np.arange(0, firms.size, 2)
    ask_for(world, rows, 3)
    around = look_around(world, NOBODY_FAILED, WEIGHTS)
    seen, _ = around.adopters("digital", rows)
    exporters = around.exporters(rows)
    for at, row in enumerate(rows[:60]):
        slots = [*firms.peers[:, row], *world.ties.other[world.ties.slot == firms.slot[row]]]
        live = [world.row_of[slot] for slot in slots if slot >= 0 and world.row_of[slot] >= 0]
        level = min(int(firms.digital_level[row]) + 1, 3)
        assert seen[at] == pytest.approx(np.mean(firms.digital_level[live] >= level), abs=1e-6)
        assert exporters[at] == pytest.approx(np.mean(firms.exporting[live]), abs=1e-6)


def test_that_who_is_met_does_not_depend_on_the_order_of_rows(world):
    slots = world.firms.slot[::2].copy()
    one = dict(zip(slots.tolist(), anybody(world, "x", world.row_of[slots]).tolist(), strict=True))
    world.firms.reorder(np.random.default_rng(1).permutation(world.firms.size))
    world.locate()
    other = dict(zip(slots.tolist(), anybody(world, "x", world.row_of[slots]).tolist(), strict=True))
    assert one == other


def test_that_rewiring_moves_the_declared_share_of_ties_to_live_firms(world):
    before = world.firms.peers.copy()
    moved = 0
    for world.quarter in range(20):
        rewire(world, 0.04)
        changed = world.firms.peers != before
        moved += changed.sum()
        assert (changed.sum(0) <= 1).all()
        assert (world.row_of[world.firms.peers[changed]] >= 0).all()
        before = world.firms.peers.copy()
    assert moved / before.size / 5 == pytest.approx(0.04, rel=0.15)
