import numpy as np
import pytest

from simulator.agents.exposure import look_around
from simulator.agents.firms import TOPS
from simulator.model import TransitionModel
from simulator.population.links import order_first

WEIGHTS = (0.6, 0.3, 0.1)


@pytest.fixture
def world():
    model = TransitionModel("baseline", **{"region.name": "undervisning", "run.years": 2})
    for _ in range(6):
        model.step()
    return model.world


def by_hand(world, name: str, row: int) -> float:
    """Exposure of one firm, read off the definition."""
    firms = world.firms
    reached = getattr(firms, f"{name}_level")
    level = min(int(reached[row]) + 1, TOPS[name])
    live = [world.row_of[slot] for slot in firms.peers[:, row] if slot >= 0 and world.row_of[slot] >= 0]
    parts = [(WEIGHTS[0], np.mean([reached[peer] >= level for peer in live]))] if live else []
    shares = []
    for anchor in world.chain.anchor[world.chain.slot == firms.slot[row]]:
        others = [world.row_of[slot] for slot in world.chain.slot[world.chain.anchor == anchor]]
        others.remove(row)
        if others:
            shares.append(np.mean([reached[other] >= level for other in others]))
    if shares:
        parts.append((WEIGHTS[1], np.mean(shares)))
    if firms.cluster_member[row]:
        members = firms.cluster_member & (firms.county == firms.county[row])
        members[row] = False
        if members.any():
            parts.append((WEIGHTS[2], np.mean(reached[members] >= level)))
    return sum(weight * share for weight, share in parts) / sum(weight for weight, _ in parts) if parts else 0.0


@pytest.mark.parametrize("name", TOPS)
def test_that_exposure_is_the_weighted_share_of_those_present(world, name):
    rows = np.arange(world.firms.size)
    seen, _ = look_around(world, {}, WEIGHTS).adopters(name, rows)
    assert seen == pytest.approx([by_hand(world, name, row) for row in rows], abs=1e-5)
    assert 0 < seen.mean() < 1


def test_that_links_made_after_looking_are_not_seen_yet(world):
    firms, rows = world.firms, np.arange(world.firms.size)
    around = look_around(world, {}, WEIGHTS)
    before, partners = around.adopters("digital", rows)[0], around.partners(rows)
    new = np.flatnonzero(~firms.supplier)[:5]
    busiest = np.bincount(world.chain.anchor).argmax()
    order_first(world, np.full(5, busiest, np.int32), firms.slot[new], 0.25)
    firms.cluster_member = True
    np.testing.assert_array_equal(around.adopters("digital", rows)[0], before)
    np.testing.assert_array_equal(around.partners(rows), partners)
    assert (look_around(world, {}, WEIGHTS).adopters("digital", new)[0] != before[new]).any()


def test_that_a_partner_is_a_live_circular_contact_or_fellow_of_the_cluster(world):
    firms = world.firms
    rows = np.arange(firms.size)
    found = look_around(world, {}, WEIGHTS).partners(rows)
    for row in rows:
        live = [world.row_of[slot] for slot in firms.peers[:, row] if slot >= 0 and world.row_of[slot] >= 0]
        fellows = firms.cluster_member & (firms.county == firms.county[row]) & (firms.circular_level > 0)
        fellows[row] = False
        expected = bool((firms.circular_level[live] > 0).any()) or bool(firms.cluster_member[row] and fellows.any())
        assert found[row] == expected
    assert 0 < found.mean() < 1


def test_that_exporters_and_failures_among_peers_are_counted(world):
    firms = world.firms
    failed = np.arange(0, firms.size, 7)
    around = look_around(world, dict(zip(TOPS, (failed, failed[::2], failed[1::2]), strict=True)), WEIGHTS)
    rows = np.arange(firms.size)
    near = {name: around.adopters(name, rows)[1] for name in TOPS}
    for row in rows[::5]:
        live = [world.row_of[slot] for slot in firms.peers[:, row] if slot >= 0 and world.row_of[slot] >= 0]
        for name, some in zip(TOPS, (failed, failed[::2], failed[1::2]), strict=True):
            assert near[name][row] == bool(set(live) & set(some))
        share = np.mean(firms.exporting[live]) if live else 0
        assert around.exporters(np.array([row]))[0] == pytest.approx(share, abs=1e-6)
