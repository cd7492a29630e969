"""Stored series of three scenarios: what moves here moves results. Refresh with --update-golden and read the diff."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from whole_model import TEACHING, ran

GOLDEN = Path(__file__).parent / "golden"
INDICATORS = (
    "employment", "firms", "entries", "exits", "value_added", "wage", "basic_digital", "advanced_digital", "exporters",
    "export_intensity", "vacancy_rate", "recruitment_failure", "training_participation", "public_outlay", "reach",
    "ever_supported",
)  # fmt: skip
SIZES = {"teaching": TEACHING, "region": {"run.years": 2}}


@pytest.mark.golden
@pytest.mark.parametrize("scenario", ["baseline", "constant", "coordinated"])
@pytest.mark.parametrize("size", SIZES)
def test_that_results_are_those_stored(request, scenario, size):
    """A relative tolerance of 1e-4: types of processor differ in the last bits, and chance steps may follow."""
    model = ran(scenario, 1, **SIZES[size])
    results = model.results()
    table = np.stack([results[name].of() for name in INDICATORS])
    path = GOLDEN / f"{scenario}-{size}.csv"
    if request.config.getoption("--update-golden"):
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["quarter", *INDICATORS])
            for quarter, values in zip(results.quarters, table.T, strict=True):
                writer.writerow([quarter, *(f"{value:.9g}" for value in values)])
        pytest.skip(f"{path.name} written anew")
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == ["quarter", *INDICATORS]
    assert tuple(row[0] for row in rows) == results.quarters
    stored = np.array([row[1:] for row in rows], float).T
    for name, now, then in zip(INDICATORS, table, stored, strict=True):
        np.testing.assert_allclose(now, then, rtol=1e-4, atol=1e-9, err_msg=name)
