"""Fit a short list of parameters to the C patterns, held back towards what the model text specifies (Model text 8.1).

Procedure, repeatable to the bit for given seeds, machine-independent but for SciPy's version:

1. Free parameters: `FREE`; bounds are the declared uncertainty ranges, but for `WIDER`.
2. Residuals: for each number of a C pattern, its distance outside the tolerance, narrowed by a tenth on each side,
   over its scale (mean over seeds, the same at every point; each seed draws a first population of its own, since which
   few large firms export at the start otherwise turns with every small change); for each number of constant
   surroundings its departure beyond half the limit of test T20; for each parameter its distance from the specified
   value, in half ranges, times sqrt(0.05).
3. SciPy's bounded Powell search from the specified values: one parameter after the other over its whole range, since
   derivatives drown in chance (a change in the sixth digit of a parameter turns over who exports at the start). The
   best point that was met is kept.
4. What is found is reported with the numbers before and after on seeds that were not used, and T20 at the point.

Held-out patterns are never looked at. Nothing is changed: the values go to a file, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.ensemble.workers.pool import run_many
from simulator.quantity import Quantity, Text, declared
from simulator.scenario import Scenario, load, revised
from simulator.validation.arms import measured
from simulator.validation.catalogue import PATTERNS
from simulator.validation.panel import Evidence, observe
from simulator.validation.pattern import Part, Use

Real = NDArray[np.float64]

FREE = (
    "demand.size_reversion.speed",
    "demography.exit_hazard.rate",
    "demography.entrant_idiosyncratic.mean",
    "export.entry.constant",
    "export.entry.log_employment",
    "export.exit.constant",
    "export.reentry_gain",
    "export.intensity.3",
    "labour.gap_margin_start",
    "labour.matching_elasticity.operators",
    "digital.imitation.1",
)
"""Parameters that are fitted, by path below `parameters`."""
WIDER: Mapping[str, tuple[float, float]] = {
    "demography.entrant_idiosyncratic.mean": (-0.3, 0.0),
    "labour.gap_margin_start": (0.0, 0.04),
}
"""Bounds beyond the declared uncertainty. What new firms lack in productivity, between nothing and one standard
deviation, decides whether closure falls with age (V6); the margin of the initial shortage is a condition of the start,
set so that vacancies stand still (T20)."""
MARGIN = 0.1
"""How far inside the tolerance is good enough, as a share of its width (of the scale where one side is free): fresh
luck must not carry a number out again."""
PRIOR = 0.05
"""Weight of the squared distance from the specified values."""
STILL: Mapping[str, float] = {
    "employment": 0.03, "firms": 0.03, "exporters": 0.03, "wages": 0.03, "vacancies": 0.05,
}  # fmt: skip
"""Largest departure from the start in constant surroundings, as a share (test T20)."""


FIT_SEEDS, FRESH_SEEDS = 101, 1001
"""First seed to fit on and to report on: neither is among those of `main.py validate`, which start at 1."""
MISSING = 5.0
"""Distance of a number that cannot be had, in units of its scale: the search must not flee to where there is none."""


class Free(NamedTuple):
    """A parameter that is fitted: path below `parameters`, what it is, specified value, bounds."""

    path: str
    quantity: Quantity
    value: float
    low: float
    high: float

    def at(self, place: float) -> float:
        """Value at a place between -1 (low) and 1 (high), 0 being the specified value."""
        return self.value + (place * (self.high - self.value) if place >= 0 else -place * (self.low - self.value))


@dataclass(frozen=True, slots=True)
class Point:
    """What the model does at some parameters: numbers of C patterns, and departures in constant surroundings."""

    numbers: Mapping[tuple[str, str], float | Text]
    still: Mapping[str, float]

    def residuals(self) -> Real:
        """Distances of step 2, without the prior."""
        apart = [
            distance(part, value) if not isinstance(value := self.numbers[code, part.name], Text) else MISSING
            for code, part in fitted_parts()
        ]
        beyond = [max(0.0, self.still[name] / limit - 0.5) for name, limit in STILL.items()]
        return np.array([*apart, *beyond])

    def cost(self) -> float:
        """Sum of squared residuals, without the prior."""
        return float((self.residuals() ** 2).sum())


@dataclass(frozen=True, slots=True)
class Calibration:
    """Outcome: parameters, places between bounds, numbers on the fitting and on fresh seeds, evaluations."""

    free: tuple[Free, ...]
    places: tuple[float, ...]
    before: Point
    after: Point
    fresh_before: Point
    fresh_after: Point
    evaluations: int

    @property
    def values(self) -> dict[str, float]:
        """Found values by path."""
        return {each.path: each.at(place) for each, place in zip(self.free, self.places, strict=True)}

    @property
    def prior(self) -> float:
        """The prior term of the objective at the point found."""
        return PRIOR * float(np.sum(np.square(self.places)))


def distance(part: Part, value: float) -> float:
    """How far a value lies outside the narrowed tolerance, in units of the scale."""
    width = part.high - part.low
    margin = MARGIN * (width if np.isfinite(width) else part.scale)
    return max(part.low + margin - value, value - part.high + margin, 0.0) / part.scale


def fitted_parts() -> list[tuple[str, Part]]:
    """The numbers that are fitted: those of C patterns read from the baseline."""
    return [
        (pattern.code, part)
        for pattern in PATTERNS.values()
        for part in pattern.parts
        if pattern.use_of(part) is Use.CALIBRATION and part.arm == "baseline"
    ]


def free_parameters(scenario: Scenario, paths: Sequence[str] = FREE) -> tuple[Free, ...]:
    """Look the parameters up; bounds are their declared uncertainty."""
    found = []
    for path in paths:
        group, field, *label = path.split(".")
        rules = scenario.parameters[group]
        quantity, value = declared(type(rules))[field], getattr(rules, field)
        if label:
            value = value[quantity.labels.index(label[0])]
            quantity = quantity.part(label[0])
        ends = WIDER.get(path, quantity.uncertain)
        if ends is None:
            raise ValueError(f"parameter '{path}' declares no uncertainty")
        low, high = (float(end) for end in ends if isinstance(end, int | float))
        found.append(Free(path, quantity, float(value), min(low, value), max(high, value)))
    return tuple(found)


def still(run: Evidence) -> dict[str, Real]:
    """Paths that should be flat in constant surroundings; (quarters + 1,) each. Source: Model text 8.2 T20."""
    employed = run.labour["employed"]
    with np.errstate(invalid="ignore"):
        exporting = (run.firms["exporting"] == 1).sum(axis=1, dtype=np.float64)
    return {
        "employment": np.nansum(run.firms["employment"], axis=1, dtype=np.float64) + run.anchors.sum(axis=1),
        "firms": (~np.isnan(run.firms["employment"])).sum(axis=1, dtype=np.float64),
        "exporters": exporting,
        "wages": (run.labour["wages"] * employed).sum(axis=(1, 2)) / employed.sum(axis=(1, 2)),
        "vacancies": run.labour["vacancies"].sum(axis=(1, 2)),
    }


class _Sample(NamedTuple):
    numbers: Mapping[tuple[str, str], float | Text]
    paths: Mapping[str, Real]


class _Task(NamedTuple):
    scenario: Scenario
    seed: int
    constant: bool


def _sample(task: _Task) -> _Sample:
    run = observe(task.scenario, task.seed)
    if task.constant:
        return _Sample({}, still(run))
    return _Sample({(code, part.name): measured(part, run) for code, part in fitted_parts()}, {})


def point_at(values: Mapping[str, float], scenario: Scenario, seeds: Sequence[int], jobs: int | None = None) -> Point:
    """Run the baseline and constant surroundings with these values; run seed k meets the firms of region seed k."""
    overrides: dict[str, object] = {f"parameters.{path}": value for path, value in values.items()}
    tasks = [
        _Task(revised(arm, overrides | {"region.seed": seed}), seed, bool(place))
        for place, arm in enumerate((scenario, load("constant")))
        for seed in seeds
    ]
    samples = list(run_many(_sample, tasks, jobs))
    moving, quiet = samples[: len(seeds)], samples[len(seeds) :]
    numbers: dict[tuple[str, str], float | Text] = {}
    for code, part in fitted_parts():
        found = [sample.numbers[code, part.name] for sample in moving]
        reasons = [each for each in found if isinstance(each, Text)]
        numbers[code, part.name] = (
            reasons[0] if reasons else float(np.mean([each for each in found if not isinstance(each, Text)]))
        )
    means = {name: np.mean([sample.paths[name] for sample in quiet], axis=0) for name in STILL}
    return Point(numbers, {name: float(np.abs(path / path[0] - 1).max()) for name, path in means.items()})


def calibrate(
    scenario: Scenario,
    seeds: Sequence[int],
    fresh: Sequence[int],
    jobs: int | None = None,
    most: int = 120,
    progress: Callable[[int, float], None] | None = None,
) -> Calibration:
    """Fit `FREE` on `seeds` and report on `fresh` ones; `most` evaluations, finished lines apart.

    progress  called with evaluations done and the objective
    """
    from scipy.optimize import minimize

    free = free_parameters(scenario)
    count = 0

    def run(places: Real, on: Sequence[int] = seeds) -> Point:
        values = {each.path: each.at(float(place)) for each, place in zip(free, places, strict=True)}
        return point_at(values, scenario, on, jobs)

    best = (np.inf, np.zeros(len(free)))

    def objective(places: Real) -> float:
        nonlocal count, best
        tried = np.clip(np.round(places, 2), -1, 1)
        found = run(tried).cost() + PRIOR * float((tried**2).sum())
        best = min(best, (found, tried), key=lambda each: each[0])
        count += 1
        if progress is not None:
            progress(count, best[0])
        return found

    origin = np.zeros(len(free))
    options: Any = {"maxfev": most, "xtol": 0.1, "ftol": 0.01}
    minimize(objective, origin, method="Powell", bounds=[(-1.0, 1.0)] * len(free), options=options)
    places = best[1]
    before, after = run(origin), run(places)
    if (
        after.cost() + PRIOR * float((places**2).sum()) >= before.cost()
    ):  # chance has led astray: keep what is specified
        places, after = origin, before
    old, new = partial(run, on=fresh)(origin), partial(run, on=fresh)(places)
    return Calibration(free, tuple(map(float, places)), before, after, old, new, count)


def fragment(found: Calibration) -> str:
    """The found values as YAML for a scenario, with what they were."""
    lines = ["# Found by `python main.py calibrate`; the specified value stands behind each.", "parameters:"]
    groups: dict[str, dict[str, list[Free]]] = {}
    for each in found.free:
        group, field = each.path.split(".")[:2]
        groups.setdefault(group, {}).setdefault(field, []).append(each)
    for group, fields in groups.items():
        lines.append(f"  {group}:")
        for field, members in fields.items():
            parts = [(each.path.split(".")[2:], f"{found.values[each.path]:.6g}") for each in members]
            text = ", ".join(f"{label[0]}: {value}" if label else value for label, value in parts)
            was = ", ".join(f"{each.value:.6g}" for each in members)
            lines.append(f"    {field}: {f'{{{text}}}' if parts[0][0] else text} # {was}")
    return "\n".join(lines) + "\n"
