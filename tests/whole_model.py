"""What tests of the whole model share: how to run it, and how to compare two runs firm by firm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from simulator import quarter
from simulator.agents.firms import Firms
from simulator.interventions.catalogue import KINDS
from simulator.interventions.lever_table import LEVERS, Level
from simulator.model import TransitionModel

TEACHING = {"region.name": "undervisning"}
APART = (
    "market_coupling", "labour_coupling", "peer_effects", "supply_chain", "governance",
)  # fmt: skip
"""Couplings without which a measure on one firm changes no other (Model text 4.11)."""
BLOCKS = (
    "read_drivers", "move_people", "close_anchors", "finish_projects", "see_others", "offer_measures", "become_aware",
    "decide", "meet_demand", "work", "settle", "learn", "turn_over",
)  # fmt: skip


def switched_off(*names: str) -> dict[str, object]:
    return {f"switches.{name}": False for name in names}


def all_kinds(**more: object) -> dict[str, object]:
    """Overrides with every kind of measure at work from the second quarter on."""
    return {
        "interventions": {name: {"kind": name, "start": "2026Q2", "end": "2029Q4", **more} for name in sorted(KINDS)}
    }


def build(scenario: str = "baseline", seed: int = 1, **overrides: object) -> TransitionModel:
    return TransitionModel(scenario, rng=seed, **overrides)


def ran(scenario: str = "baseline", seed: int = 1, **overrides: object) -> TransitionModel:
    model = build(scenario, seed, **overrides)
    model.run()
    return model


def columns_by_slot(firms: Firms) -> dict[str, np.ndarray]:
    """Copies of all columns, rows in the order of slots, (rows,) or (rows, parts)."""
    order = np.argsort(firms.slot)
    return {name: getattr(firms, name)[..., order].T.copy() for name in firms.columns}


def slots_that_differ(one: Firms, other: Firms) -> set[int]:
    """Slots with any difference at all in any column, or alive in only one of the two."""
    here, there = columns_by_slot(one), columns_by_slot(other)
    common, at, to = np.intersect1d(here["slot"], there["slot"], assume_unique=True, return_indices=True)
    differs = np.zeros(len(common), bool)
    for name in here:
        unequal = ~((here[name][at] == there[name][to]) | _both_nan(here[name][at], there[name][to]))
        differs |= unequal.reshape(len(common), -1).any(axis=1)
    return set(common[differs].tolist()) | set(np.setxor1d(here["slot"], there["slot"]).tolist())


def _both_nan(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.isnan(one) & np.isnan(other) if one.dtype.kind == "f" else np.zeros(one.shape, bool)


def assert_same(one: TransitionModel, other: TransitionModel) -> None:
    """Every column of every firm and anchor, all people and all results are the same bits."""
    assert slots_that_differ(one.world.firms, other.world.firms) == set()
    for name in one.world.anchors.columns:
        np.testing.assert_array_equal(getattr(one.world.anchors, name), getattr(other.world.anchors, name), name)
    np.testing.assert_array_equal(one.world.people.cells, other.world.people.cells)
    assert one.results().digest() == other.results().digest()


def watch(monkeypatch: pytest.MonkeyPatch, block: str, note: Callable[[Any], None]) -> None:
    """Call `note(run)` each time after a block of the quarter."""
    plain = getattr(quarter, block)

    def watched(run: Any) -> None:
        plain(run)
        note(run)

    monkeypatch.setattr(quarter, block, watched)


def add_lever(run: quarter.Run, name: str, value: float, rows: np.ndarray | None = None) -> None:
    """Let a measure of the test move a lever for all firms, counties or the region."""
    levers, level = run.world.levers, LEVERS[name].level
    if level is Level.FIRM:
        rows = np.arange(run.world.firms.size) if rows is None else rows
        levers.add_firms("test", name, "", rows, np.full(len(rows), value, np.float32))
    elif level is Level.COUNTY:
        levers.add_county("test", name, np.full(len(run.world.region.county_codes), value, np.float32))
    else:
        levers.add_region("test", name, value)


def with_lever(monkeypatch: pytest.MonkeyPatch, name: str, value: float, **overrides: object):
    with monkeypatch.context() as patch:
        watch(patch, "offer_measures", lambda run: add_lever(run, name, value))
        return ran(**TEACHING, **overrides)
