"""Every plausible value of every number gives a run: no warning, no person or krona lost, nothing infinite."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import TEACHING, all_kinds, ran

from simulator.quantity import Quantity, declared
from simulator.scenario.vocabulary import VOCABULARY

GROUPS = {name: VOCABULARY.sections[name] for name in ("drivers", "governance")} | {
    f"parameters.{name}": group for name, group in VOCABULARY.groups.items()
}


def ends(quantity: Quantity) -> list[object]:
    """Low and high end of the plausible range, as a scenario writes them."""
    if quantity.uncertain is None:
        return []
    if not quantity.labels:
        return list(quantity.uncertain)
    return [dict(zip(quantity.labels, end, strict=True)) for end in quantity.uncertain]


def assert_runs(overrides: dict[str, object]) -> None:
    firms = ran(**TEACHING, **{"run.years": 1.5}, **overrides).world.firms
    for name in firms.columns:
        assert np.isfinite(getattr(firms, name).astype(float)).all(), name


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_that_each_plausible_end_runs(group):
    for name, quantity in declared(GROUPS[group]).items():
        for end in ends(quantity):
            assert_runs({f"{group}.{name}": end} | all_kinds())


@pytest.mark.parametrize("end", [0, 1])
def test_that_all_plausible_ends_of_a_group_together_run(end):
    for group, kind in GROUPS.items():
        found = {f"{group}.{name}": ends(quantity)[end] for name, quantity in declared(kind).items() if ends(quantity)}
        assert_runs(found | all_kinds())


@pytest.mark.parametrize("path", [f"parameters.digital.gain.{step}" for step in (1, 2, 3)])
def test_that_a_technology_without_gain_is_not_bought(path):
    assert_runs({path: 0.0})
