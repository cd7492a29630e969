import numpy as np
import pytest

from simulator.agents.exposure import look_around
from simulator.model import TransitionModel

WEIGHTS = (0.6, 0.3, 0.1)


@pytest.fixture(scope="module")
def world():
    model = TransitionModel("baseline", **{"region.name": "undervisning", "run.years": 2})
    for _ in range(6):
        model.step()
    return model.world


def by_hand(world, row: int) -> float:
    """Exposure of one firm, read off the definition."""
    firms = world.firms
    level = min(int(firms.digital_level[row]) + 1, 3)
    live = [world.row_of[slot] for slot in firms.peers[:, row] if slot >= 0 and world.row_of[slot] >= 0]
    parts = [(WEIGHTS[0], np.mean([firms.digital_level[peer] >= level for peer in live]))] if live else []
    shares = []
    for anchor in world.chain.anchor[world.chain.slot == firms.slot[row]]:
        others = [world.row_of[slot] for slot in world.chain.slot[world.chain.anchor == anchor]]
        others.remove(row)
        if others:
            shares.append(np.mean([firms.digital_level[other] >= level for other in others]))
    if shares:
        parts.append((WEIGHTS[1], np.mean(shares)))
    if firms.cluster_member[row]:
        members = firms.cluster_member & (firms.county == firms.county[row])
        parts.append((WEIGHTS[2], np.mean(firms.digital_level[members] >= level)))
    return sum(weight * share for weight, share in parts) / sum(weight for weight, _ in parts) if parts else 0.0


def test_that_exposure_is_the_weighted_share_of_those_present(world):
    rows = np.flatnonzero(world.firms.digital_level < 3)
    seen, _ = look_around(world, np.empty(0, int), WEIGHTS).digital(rows)
    assert seen == pytest.approx([by_hand(world, row) for row in rows], abs=1e-5)


def test_that_exporters_and_failures_among_peers_are_counted(world):
    firms = world.firms
    failed = np.arange(0, firms.size, 7)
    around = look_around(world, failed, WEIGHTS)
    rows = np.arange(firms.size)
    _, near_failure = around.digital(rows)
    for row in rows[::5]:
        live = [world.row_of[slot] for slot in firms.peers[:, row] if slot >= 0 and world.row_of[slot] >= 0]
        assert near_failure[row] == bool(set(live) & set(failed))
        share = np.mean(firms.exporting[live]) if live else 0
        assert around.exporters(np.array([row]))[0] == pytest.approx(share, abs=1e-6)
