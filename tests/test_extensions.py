"""Extensions are not drawn at all while they are off, and act on their own when on (T18)."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import TEACHING, assert_same, build, ran

from simulator.agents.luck import Luck

LONG = {**TEACHING, "run.years": 6}
STREAMS = {"rewiring": ("network.rewir",), "market_choice": ("export.market",)}


def drawn(monkeypatch, **overrides: object) -> set[str]:
    """Names of all uses of luck in a run."""
    names: set[str] = set()
    plain_of, plain_several = Luck.of, Luck.several

    def of(self, name, quarter, slots):
        names.add(name)
        return plain_of(self, name, quarter, slots)

    def several(self, uses, quarter, slots):
        names.update(uses)
        return plain_several(self, uses, quarter, slots)

    with monkeypatch.context() as patch:
        patch.setattr(Luck, "of", of)
        patch.setattr(Luck, "several", several)
        ran(**overrides)
    return names


@pytest.mark.parametrize("switch", STREAMS)
def test_that_an_extension_is_not_drawn_while_it_is_off(monkeypatch, switch):
    short = {**TEACHING, "run.years": 2}
    assert_same(ran(**short), ran(**short, **{f"switches.{switch}": False}))
    off, on = drawn(monkeypatch, **short), drawn(monkeypatch, **short, **{f"switches.{switch}": True})
    assert off < on
    assert all(name.startswith(STREAMS[switch]) for name in on - off)


def test_that_no_lever_no_draw(monkeypatch):
    names = drawn(monkeypatch, **TEACHING, **{"run.years": 2})
    assert not any(name.startswith(("network.extra", "cluster", "multinational")) for name in names)


def test_that_rewiring_changes_ties_of_live_firms_only():
    plain, moved = ran(**LONG), ran(**LONG, **{"switches.rewiring": True, "parameters.networks.rewiring": 0.1})
    same = np.isin(moved.world.firms.slot, plain._run.start.firms.slot)
    start = plain._run.start.firms
    before = start.peers[:, moved.world.firms.slot[same]]
    changed = (moved.world.firms.peers[:, same] != before).mean()
    assert 0.3 < changed < 0.5  # 1 - 0.9^6 = .47, less what closed firms took with them
    own = np.isin(plain.world.firms.slot, start.slot)
    assert (plain.world.firms.peers[:, own] == start.peers[:, plain.world.firms.slot[own]]).all()


def test_that_markets_follow_the_stage_unless_they_are_chosen():
    model = ran(**LONG)
    firms, markets = model.world.firms, (0, *model._run.rules.groups.export.markets)
    assert (firms.export_markets == np.array(markets)[firms.export_stage]).all()
    chosen = build(**LONG, **{"switches.market_choice": True})
    before = {int(slot) for slot in chosen.world.firms.slot[chosen.world.firms.export_stage == 3]}
    while chosen.running:
        chosen.step()
        firms = chosen.world.firms
        risen = [
            int(markets)
            for slot, stage, markets in zip(firms.slot, firms.export_stage, firms.export_markets, strict=True)
            if stage == 3 and int(slot) not in before
        ]
        assert all(markets >= 5 - 1 for markets in risen)  # one may be lost in the quarter of the rise
        before = {int(slot) for slot in firms.slot[firms.export_stage == 3]}
        assert (firms.export_markets[firms.exporting] >= 1).all()
        assert (firms.export_markets[~firms.exporting] == 0).all()
    assert len(set(firms.export_markets[firms.export_stage == 2].tolist())) > 3
