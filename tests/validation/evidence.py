"""Made-up runs for tests of measures: a panel with known answers, everything else plain."""

from __future__ import annotations

import numpy as np

from simulator.delivery.ledger import SPENT
from simulator.validation.panel import COLUMNS, DERIVED, LABOUR, Evidence


def made(
    firms: dict[str, np.ndarray], lasting: dict[str, np.ndarray] | None = None,
    labour: dict[str, np.ndarray] | None = None, pair: Evidence | None = None, first: float = 2026.0,
    **more: np.ndarray,
) -> Evidence:  # fmt: skip
    """A run with these tables (quarters + 1, slots); other columns are 0 where a firm lives."""
    shape = next(iter(firms.values())).shape
    alive = ~np.isnan(firms["employment"]) if "employment" in firms else np.ones(shape, bool)
    plain = np.where(alive, 0.0, np.nan)
    tables = {name: plain.copy() for name in (*COLUMNS, *DERIVED)} | {"employment": np.where(alive, 10.0, np.nan)}
    quarters, slots = shape
    ways = {name: np.zeros(slots, np.int16) for name in ("industry", "county", "zone", "rural")}
    ways["manufacturing"] = np.ones(slots, bool)
    people = {name: np.ones((quarters, 2, 5)) for name in ("employed", "searching", "elsewhere", "wages", *LABOUR)}
    facts = {"manufacturing": np.ones(1, bool), "sales_capacity": np.full(1, 800.0), "county": np.zeros(1, int)}
    parts = {
        "anchors": np.zeros((quarters, 1)), "anchor_facts": facts, "research": np.zeros((quarters, 1)),
        "trend": np.ones(quarters), "projects": np.zeros((quarters, 2)),
        "support": np.zeros((quarters, 3)), "ledger": {name: np.zeros((1, 1)) for name in (*SPENT, "research_grants")},
    }  # fmt: skip
    return Evidence(
        firms={**tables, **firms}, lasting={**ways, **(lasting or {})}, labour={**people, **(labour or {})},
        first=first, pair=pair, **{**parts, **more},
    )  # fmt: skip
