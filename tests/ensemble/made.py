"""A small plan, and runs that were made up instead of simulated: what is stored depends on neither."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.plan import Case, Factor, Keep, Plan
from simulator.ensemble.storage.layout import Layout
from simulator.ensemble.workers.work import Failure, Finished
from simulator.indicators import INDICATORS
from simulator.quantity import Text
from simulator.scenario import Scenario, load

KEPT = ("advanced_digital", "replacement_ratio", "leverage", "productivity_theil_between")
"""One indicator of each kind of cells."""


@cache
def scenario(name: str = "strategy") -> Scenario:
    return load(name, {"run.years": 1, "run.scale": 0.05})


@cache
def plan(seeds: int = 5, chunk: int = 4, by: tuple[str, ...] = ("county",)) -> Plan:
    """Two values of one factor, and their common baseline."""
    path = "governance.mapping"
    return Plan(
        name="strategy",
        title=Text("Åtgärder", "Åtgärder"),
        scenarios=(scenario(),),
        factors=(Factor(path, Text("Mapping", "Kartläggning"), "1", {"choice": [0.2, 0.8]}),),
        cases=(
            Case("strategy/0000", 0, {path: 0.2}, 2),
            Case("strategy/0001", 0, {path: 0.8}, 2),
            Case("strategy/baseline", 0, {"interventions": None, "governance": None}, None),
        ),
        seeds=tuple(range(11, 11 + seeds)),
        keep=Keep(KEPT, by),
        chunk=chunk,
    )


def run(of: Plan, number: int, layout: Layout | None = None, fail: bool = False) -> Finished:
    """A run whose numbers are drawn from its case and seed."""
    about = of.run(number)
    if fail:
        return Finished(
            *about, 1, 0.5, "", None, 0, None, 0.0, Failure("raised", "ValueError: åäö, fel", "line 1\nline 2")
        )
    shape = (layout or Layout(of)).shapes[about.case]
    luck = np.random.default_rng(about.seed).normal(size=len(shape.quarters))
    rng = np.random.default_rng([about.seed, about.case])
    series = {}
    for place, name in enumerate(of.keep.indicators):
        cells = shape.cells[INDICATORS[name].family]
        values = 100 * place + about.case + luck[:, None] + 0.01 * rng.normal(size=(len(shape.quarters), len(cells)))
        values[0, -1] = np.nan
        series[name] = values
    outlay = rng.uniform(0, 9, (len(shape.measures), len(shape.years)))
    return Finished(*about, 1, 0.25, f"{about.case:04d}{about.seed:04d}", series, 3, outlay, 7.5, None)


def folder(path: Path, of: Plan | None = None, fail: tuple[int, ...] = (), chunks: range | None = None) -> BatchFolder:
    """A batch folder with made-up runs."""
    made = BatchFolder.create(path, of or plan(), ["batch", "strategy"])
    ranges = made.plan.chunks
    with made.session(command=["resume"]):
        for chunk in chunks or range(len(ranges)):
            runs = [run(made.plan, number, made.chunks.layout, number in fail) for number in ranges[chunk]]
            made.write_chunk(chunk, runs)
        made.close_session()
    return made
