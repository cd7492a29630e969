"""Do the versions do the same work?  Compare their indicators over several seeds.

Mesa agents and plain objects share rules and generator, so they must agree exactly.  Objects, columns
and C draw from different generators, so their means over seeds may differ by chance: at most LIMIT
standard errors of the difference, plus SLACK of the mean for rounding (float32 against float64).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from benchmarks import kernel_numbers as k

LIMIT = 4.0
SLACK = 0.002


class Difference(NamedTuple):
    """One indicator of one version against the columns, means over the seeds."""

    version: str
    indicator: str
    columns: float
    other: float
    errors: float

    @property
    def agrees(self) -> bool:
        return self.errors <= LIMIT


def outcomes(kernel: Any, population: k.Population, quarters: int, seeds: int) -> np.ndarray:
    """One row per seed: stocks in the last quarter, flows as their mean over the quarters."""
    flows = np.isin(k.INDICATORS, ("sales", "exports", "started", "succeeded", "closed"))
    runs = (kernel(population, seed).run(quarters) for seed in range(1, seeds + 1))
    return np.array([np.where(flows, run.mean(0), run[-1]) for run in runs])


def differences(kernels: dict[str, Any], firms: int, quarters: int, seeds: int) -> list[Difference]:
    """Compare every other version with the one named "columns"; `errors` counts standard errors beyond the slack."""
    population = k.first_population(firms)
    rows = {name: outcomes(kernel, population, quarters, seeds) for name, kernel in kernels.items()}
    found = []
    for name in rows.keys() - {"columns"}:
        for number, indicator in enumerate(k.INDICATORS):
            first, other = rows["columns"][:, number], rows[name][:, number]
            spread = np.sqrt((first.var(ddof=1) + other.var(ddof=1)) / seeds)
            beyond = abs(first.mean() - other.mean()) - SLACK * abs(first.mean())
            errors = np.maximum(0.0, beyond) / np.maximum(spread, 1e-12)
            found.append(
                Difference(name, indicator, first.mean(), other.mean(), float(np.nan_to_num(errors, nan=np.inf)))
            )
    return sorted(found)
