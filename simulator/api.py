"""The simulator from Python: one run, an ensemble, a batch that nothing can lose.

    from simulator.api import batch, ensemble, load, outcomes, simulate

    run = simulate("baseline", {"run.years": 5, "drivers.carbon_price.2035": 200}, seed=1)
    run.results.value("employment", "2030Q4", county="dalarna")

    result = ensemble("digital-push", replications=20)        # paired with its own baseline
    result.minus().band("advanced_digital")                    # 5, 50 and 95 % of the differences, by quarter

    result = batch("designs/drivers-lhs", "results/lhs")       # goes on where it was broken off

In a script, runs in several processes start from a file that is imported anew: call them below
`if __name__ == "__main__":`, or give `jobs=1`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.contrast import Contrast, contrasts
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.designs.design_file import load_plan
from simulator.ensemble.designs.planning import EVERYTHING, Wishes, plan_of
from simulator.ensemble.execution.execute import NOBODY, TIMEOUT, Watch, execute
from simulator.ensemble.execution.temporary import executor_for, run_plan
from simulator.ensemble.plan import Keep
from simulator.ensemble.results.result import Result
from simulator.indicators import Results
from simulator.model import TransitionModel
from simulator.scenario import Scenario, load, revised

__all__ = ["Contrast", "Result", "Run", "batch", "compare", "ensemble", "load", "outcomes", "simulate"]

Values = NDArray[np.float64]
Given = str | Path | Scenario


@dataclass(frozen=True, eq=False)
class Run:
    """One run that has ended.

    scenario  with every number resolved    seed  its luck
    results   series of all indicators, by quarter and cell
    model     as it stands after the last quarter: `model.firms`, `model.ledger`, `model.agents`
    """

    scenario: Scenario
    seed: int
    results: Results
    model: TransitionModel = field(repr=False)

    @property
    def quarters(self) -> tuple[str, ...]:
        """Labels of the entries; the first is the initial state."""
        return self.results.quarters

    @property
    def digest(self) -> str:
        """Fingerprint of all numbers, as `main.py run` and a batch give it."""
        return self.results.digest()

    def values(self, indicator: str, **cell: str) -> Values:
        """Values over time, of the region or of a cell: `run.values("employment", county="dalarna")`; (entries,)."""
        return self.results[indicator].of(**cell)

    def outcomes(self, indicators: Iterable[str] | None = None) -> dict[str, Values]:
        """Series of the whole region by name; (entries,) each."""
        names = self.results.series if indicators is None else indicators
        return {name: self.values(name).copy() for name in names}

    def frame(self) -> Any:
        """Tidy pandas frame: indicator, quarter, cell, value, unit."""
        return self.results.frame()


def simulate(
    scenario: Given = "baseline",
    overrides: Mapping[str, Any] | None = None,
    seed: int | None = None,
    variant: str | None = None,
) -> Run:
    """Run a scenario once.

    scenario   path, name of a shipped scenario, or a loaded `Scenario`
    overrides  values by dotted path, as with --set
    seed       luck of the run; None takes `run.seed`

    Raises ScenarioError with every problem at once.

    >>> run = simulate("baseline", {"run.years": 0.5, "run.scale": 0.05}, seed=3)
    >>> run.quarters, run.values("firms").shape
    (('2025Q4', '2026Q1', '2026Q2'), (3,))
    """
    settings = _loaded(scenario, overrides, variant)
    luck = settings.run.seed if seed is None else seed
    model = TransitionModel(settings, rng=luck)
    model.run()
    return Run(settings, luck, model.results(), model)


def outcomes(
    parameters: Mapping[str, Any] | None = None,
    *,
    scenario: Given = "baseline",
    seed: int | None = None,
    indicators: Sequence[str] | None = None,
    **more: Any,
) -> dict[str, Values]:
    """Run once, plain values in and plain arrays out: the function that experiment tools ask for.

    parameters, more  values by dotted path, as a mapping or as keywords: `outcomes(**{"run.years": 5})`
    indicators        which series are returned; None all

    Returns the series of the whole region by name, (entries,) each. Raises as `simulate`.

    >>> found = outcomes({"run.years": 0.25, "run.scale": 0.05}, seed=1, indicators=["firms"])
    >>> sorted(found), found["firms"].shape
    (['firms'], (2,))
    """
    return simulate(scenario, {**(parameters or {}), **more}, seed).outcomes(indicators)


def ensemble(
    scenario: Given = "baseline",
    overrides: Mapping[str, Any] | None = None,
    *,
    replications: int | None = None,
    samples: int | None = None,
    seeds: Sequence[int] | None = None,
    variant: str | None = None,
    against: Given | None = None,
    by: Sequence[str] | None = None,
    indicators: Sequence[str] | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    watch: Watch = NOBODY,
) -> Result:
    """Run a scenario and its baseline on equal luck, as `main.py batch` does, without a folder to keep.

    replications, samples  as in the scenario's `ensemble` unless given; samples count where it has `uncertainty`
    seeds     instead of replications from `run.seed` on
    against   another scenario as baseline; None: the same surroundings without measures
    by        breakdown that is kept; None as `record.by` says
    jobs      processes at once, None one per core, 1 stays in this process
    executor  any `concurrent.futures.Executor` instead

    Raises ScenarioError for wrong values, SpokenError when runs cannot be done.
    """
    settings = _loaded(scenario, overrides, variant)
    other = None if against is None else _loaded(against, None, None)
    plan = plan_of(settings, Wishes(replications, samples), baseline="own" if other is None else other)
    keep = Keep(
        _known(indicators) if indicators is not None else plan.keep.indicators,
        plan.keep.by if by is None else tuple(sorted(by)),
    )
    chosen = plan.seeds if seeds is None else tuple(seeds)
    return run_plan(replace(plan, seeds=chosen, keep=keep), jobs, executor, watch)


def batch(
    file: str | Path,
    folder: str | Path,
    overrides: Mapping[str, Any] | None = None,
    *,
    variant: str | None = None,
    replications: int | None = None,
    samples: int | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    part: tuple[int, int] = (1, 1),
    timeout: float | None = TIMEOUT,
    watch: Watch = NOBODY,
) -> Result:
    """Run a scenario or a design into a folder; called again, it goes on where it was broken off.

    file      path or shipped name    overrides  values by dotted path over its scenarios
    part      (2, 5): the second of five parts only
    timeout   seconds that a run may take

    Returns what is done; runs that failed are NaN in it and told in `failures.csv`. Raises as `ensemble`, StoreError
    when the folder holds something else, and KeyboardInterrupt after an interruption that lets runs in work finish.
    """
    draft = load_plan(str(file), overrides or {}, variant, Wishes(replications, samples))
    target = Path(folder)
    store = BatchFolder.create(target, draft.plan.cut(), sys.argv, draft.design)
    ended = execute(
        store, jobs=jobs, executor=executor_for(jobs, executor), part=part, timeout=timeout, watch=watch,
        command=sys.argv,
    )  # fmt: skip
    if ended.code:
        raise KeyboardInterrupt
    return Result.load(target)


def compare(ours: Result, theirs: Result | None = None) -> list[Contrast]:
    """Paired differences of the last year, case by case, with intervals and whether the runs suffice.

    theirs  another result on the same seeds; None: each case's own baseline

    Raises PairingError when nothing can be paired.
    """
    return list(contrasts(ours, theirs))


def _loaded(scenario: Given, overrides: Mapping[str, Any] | None, variant: str | None) -> Scenario:
    if not isinstance(scenario, Scenario):
        return load(scenario, overrides or {}, variant)
    if variant is not None:
        raise ValueError("a loaded scenario has its variant already")
    return revised(scenario, overrides) if overrides else scenario


def _known(names: Sequence[str]) -> tuple[str, ...]:
    unknown = [name for name in names if name not in EVERYTHING]
    if unknown:
        raise ValueError(f"no indicator {', '.join(unknown)}")
    return tuple(name for name in EVERYTHING if name in names)
