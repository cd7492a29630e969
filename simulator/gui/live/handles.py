"""What can be a slider: every declared number of a scenario, with its words, its range and how it is written."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from simulator.gui.live.session import Steps
from simulator.gui.shipped import shipped_baseline
from simulator.interventions.declaration import Measure
from simulator.quantity import Quantity, Text
from simulator.scenario import Scenario
from simulator.scenario.moments import quarter_index, quarter_text
from simulator.scenario.tree import Branch
from simulator.scenario.vocabulary import VOCABULARY

Setting = float | bool | None
Reading = Callable[[Steps], object]
COORDINATION = "governance"
_LEFT_OUT = ("run", "region", "ensemble")
"""Sections that say how it is run, not what happens."""
_TOGETHER = Text("Coordination, all four parts", "Samordning, alla fyra delar")
_TOGETHER_HELP = Text(
    "Sets mapping, joint targets, shared data and work across county borders alike.",
    "Ställer kartläggning, gemensamma mål, delade data och arbete över länsgränser lika.",
)
_USUAL = ("drivers.carbon_price.2035Q1", "drivers.world_demand_growth", "drivers.urban_pull")
_OF_MEASURES = ("capacity", "subsidy_share")
MOST_MEASURES = 3
MOMENTS = (2030, 2035)
"""Years at which a driver may be given a point."""
_STEPS = 100
_WHERE = {
    "drivers": Text("Surroundings", "Omvärld"),
    "governance": Text("Coordination", "Samordning"),
    "switches": Text("Mechanisms", "Mekanismer"),
    "budget": Text("Budget", "Budget"),
    "parameters": Text("Model parameter", "Modellparameter"),
}


@dataclass(frozen=True, slots=True)
class Handle:
    """A number that a slider can move.

    key      dotted path; a point in time stands last: "drivers.carbon_price.2035Q1"
    paths    settings that it moves together
    text     its name        where  what it belongs to
    point    quarter of a driver's path, None for all else; moved, it becomes a point of the path
    default  what holds when nobody says anything
    start    quarter in which the run begins
    """

    key: str
    paths: tuple[Steps, ...]
    quantity: Quantity
    text: Text
    where: Text
    default: Setting
    point: int | None = None
    start: int = 0

    @property
    def limitless(self) -> bool:
        """Whether it may be without a number: no limit."""
        return self.key in ("budget.per_year", "budget.total")

    @property
    def yes_or_no(self) -> bool:
        """Whether it is a switch."""
        return self.quantity.unit == "yes/no"

    def read(self, reading: Reading) -> Setting:
        """What it is now; None for no limit, NaN where it is not one number."""
        value = reading(self.paths[0])
        if self.point is not None:
            value = _between(value, self.point)
        if value is None:
            return None if self.limitless else math.nan
        return value if isinstance(value, bool | int | float) else math.nan

    def moves(self, value: Setting, reading: Reading) -> dict[Steps, object]:
        """What must be written for it to be `value`."""
        number: object = bool(value) if self.yes_or_no and value is not None else _plain(value, self.quantity.whole)
        if self.point is None:
            return dict.fromkeys(self.paths, number)
        path = reading(self.paths[0])
        points = (
            {_index(key): point for key, point in path.items()} if isinstance(path, Mapping) else {self.start: path}
        )
        points[self.point] = number
        return {self.paths[0]: {_written(index): points[index] for index in sorted(points)}}

    def span(self, value: Setting) -> tuple[float, float, float]:
        """Low end, high end and step of the slider: round numbers around what is plausible, `value` among them."""
        low, high = self.quantity.allowed
        plausible = self.quantity.uncertain or (low, high)
        inside = [float(end) for end in plausible if not isinstance(end, tuple)]
        inside += [float(one) for one in (value, self.default) if one is not None and not math.isnan(one)]
        least, most = min(inside), max(inside)
        width = most - least or abs(most) or 1.0
        low, high = max(low, least - width), min(high, most + width)
        if self.limitless or self.key.startswith("interventions."):
            low = max(self.quantity.allowed[0], min(0.0, low))
        step = _round_step((high - low) / _STEPS)
        if self.quantity.whole:
            step = max(1.0, step)
        return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step


@dataclass(frozen=True, slots=True)
class Scale:
    """The places of a slider, from 0; no limit is one place beyond the others."""

    handle: Handle
    low: float
    high: float
    step: float

    @classmethod
    def around(cls, handle: Handle, value: Setting) -> Scale:
        """Places of a handle, `value` among them."""
        return cls(handle, 0.0, 1.0, 1.0) if handle.yes_or_no else cls(handle, *handle.span(value))

    @property
    def count(self) -> int:
        """How many steps lie between its ends."""
        return round((self.high - self.low) / self.step)

    @property
    def last(self) -> int:
        """The last place."""
        return self.count + self.handle.limitless

    def place(self, value: Setting) -> int:
        """Where a value lies."""
        if value is None:
            return self.last
        return round((min(max(value, self.low), self.high) - self.low) / self.step)

    def value(self, place: int) -> Setting:
        """What lies at a place, within what is allowed."""
        if self.handle.limitless and place == self.last:
            return None
        if self.handle.yes_or_no:
            return bool(place)
        least, most = self.handle.quantity.allowed
        return min(max(min(self.low + place * self.step, self.high), least), most)


_LAST: list[tuple[Scenario, Mapping[str, Handle]]] = []
"""The scenario that was asked of last."""


def handles(scenario: Scenario) -> Mapping[str, Handle]:
    """Everything that can be a slider in a scenario, by key; several parts of the window ask in turn."""
    if not _LAST or _LAST[0][0] is not scenario:
        _LAST[:] = [(scenario, _handles(scenario))]
    return _LAST[0][1]


def _handles(scenario: Scenario) -> dict[str, Handle]:
    found = [_together(), *_declared(scenario)]
    kinds = Counter(measure.kind.name for measure in scenario.measures)
    for measure in scenario.measures:
        found += _of_measure(measure, alone=kinds[measure.kind.name] == 1)
    return {handle.key: handle for handle in found}


def reading(scenario: Scenario) -> Reading:
    """What stands in a scenario, moves of sliders aside."""
    return lambda path: _at(scenario.resolved, path)


def moves_to(positions: Mapping[str, Setting], known: Mapping[str, Handle], scenario: Scenario) -> dict[Steps, object]:
    """What must be written into a scenario for handles to stand so; nothing for those that do already."""
    made: dict[Steps, object] = {}
    written = reading(scenario)

    def now(path: Steps) -> object:
        return made[path] if path in made else written(path)

    for key, value in positions.items():
        if value != known[key].read(written):
            made.update(known[key].moves(value, now))
    return made


def usual_keys(scenario: Scenario, known: Mapping[str, Handle]) -> list[str]:
    """Those of `known` that are there at once: coordination, budget, the first measures, the surroundings."""
    measures = [f"interventions.{one.name}.{setting}" for one in _first(scenario) for setting in _OF_MEASURES]
    wanted = (COORDINATION, "budget.per_year", *measures, *_USUAL)
    return [found for key in wanted if (found := _known(key, known)) is not None]


def search(words: str, known: Mapping[str, Handle], most: int = 50) -> list[Handle]:
    """Handles whose names in either language, or keys, hold all the words; whole scenario first, measures after."""
    wanted = words.casefold().split()

    def holds(handle: Handle) -> bool:
        said = " ".join((*handle.text, *handle.where, *handle.quantity.help, handle.key.replace("_", " "), handle.key))
        return all(word in said.casefold() for word in wanted)

    return [handle for handle in known.values() if holds(handle)][:most]


def _known(key: str, known: Mapping[str, Handle]) -> str | None:
    """The key; of a driver that is a path, that of its last point."""
    points = [name for name in known if name.startswith(f"{key}.")] if key.startswith("drivers.") else []
    return key if key in known else points[-1] if points else None


def _first(scenario: Scenario) -> list[Measure]:
    """The measures that come first in the text."""
    written = scenario.source.entries.get("interventions")
    order = list(written.entries) if isinstance(written, Branch) else []
    return sorted(scenario.measures, key=lambda one: order.index(one.name))[:MOST_MEASURES]


def _together() -> Handle:
    paths = {name: quantity for name, quantity in parameter_paths().items() if name.startswith(f"{COORDINATION}.")}
    first = next(iter(paths.values()))
    quantity = replace(first, text=_TOGETHER, help=_TOGETHER_HELP)
    steps = tuple(tuple(path.split(".")) for path in paths)
    assert isinstance(first.default, float)
    return Handle(COORDINATION, steps, quantity, _TOGETHER, _WHERE["governance"], first.default)


def _declared(scenario: Scenario) -> Iterator[Handle]:
    for path, quantity in parameter_paths().items():
        steps = tuple(path.split("."))
        if steps[0] in _LEFT_OUT or quantity.labels:
            continue
        where = _WHERE[steps[0]]
        value = _at(scenario.resolved, steps)
        if quantity.path:
            yield from _points(path, quantity, scenario)
        if isinstance(value, Mapping):
            continue
        if len(steps) > 3 and steps[0] == "parameters":
            whole = parameter_paths()[path.rpartition(".")[0]].text
            part = steps[-1].replace("_", " ")
            yield Handle(
                path, (steps,), quantity, Text(f"{whole.en}: {part}", f"{whole.sv}: {part}"), where, _usual(steps)
            )
        elif value is None or isinstance(value, bool | int | float):
            yield Handle(path, (steps,), quantity, quantity.text, where, _usual(steps))


def _points(path: str, quantity: Quantity, scenario: Scenario) -> Iterator[Handle]:
    """One handle for each point of a driver's path, and for those that may become one."""
    steps = tuple(path.split("."))
    usual, value, run = _at(shipped_baseline().resolved, steps), _at(scenario.resolved, steps), scenario.run
    there = {_index(key) for key in value} if isinstance(value, Mapping) else set()
    possible = {4 * year for year in MOMENTS if run.first < 4 * year < run.first + run.quarters}
    for point in sorted(there | possible):
        when = _written(point)
        text = Text(f"{quantity.text.en}, {when}", f"{quantity.text.sv}, {when}")
        default = _between(usual, point)
        yield Handle(
            f"{path}.{quarter_text(point)}", (steps,), quantity, text, _WHERE[steps[0]], default, point, run.first
        )


def _of_measure(measure: Measure, alone: bool) -> Iterator[Handle]:
    title = measure.kind.title
    where = title if alone else Text(f"{title.en} ({measure.name})", f"{title.sv} ({measure.name})")
    for setting, quantity in measure.kind.settings.items():
        if isinstance(measure.settings[setting], Mapping):
            continue
        steps = ("interventions", measure.name, setting)
        default = quantity.default
        assert not isinstance(default, tuple)
        yield Handle(".".join(steps), (steps,), quantity, quantity.text, where, default)


@lru_cache(maxsize=1)
def parameter_paths() -> Mapping[str, Quantity]:
    """Every parameter by its path: all declarations are gone through once."""
    return VOCABULARY.paths()


def _usual(steps: Steps) -> Setting:
    value = _at(shipped_baseline().resolved, steps)
    return value if isinstance(value, bool | int | float | None) else math.nan


def _at(here: object, steps: Steps) -> object:
    for name in steps:
        here = here.get(name) if isinstance(here, Mapping) else None
    return here


def _index(moment: object) -> int:
    index = quarter_index(str(moment))
    assert index is not None
    return index


def _written(index: int) -> str:
    """A moment as short as it can be: the year for its first quarter."""
    return str(index // 4) if index % 4 == 0 else quarter_text(index)


def _path(value: object, start: int) -> dict[int, Any]:
    """A driver's values by quarter; one number holds from `start`."""
    return {_index(key): number for key, number in value.items()} if isinstance(value, Mapping) else {start: value}


def _between(path: object, point: int) -> float:
    """Value of a driver's path, or of one number, at a moment."""
    points = _path(path, point)
    if point not in points:
        return float(np.interp(point, sorted(points), [points[at] for at in sorted(points)]))
    number: float = points[point]
    return number


def _plain(value: Setting, whole: bool) -> Setting:
    """A number as one would write it: 20, not 20.0."""
    if value is None or isinstance(value, bool):
        return value
    return int(value) if whole or float(value).is_integer() else round(float(value), 10)


def _round_step(width: float) -> float:
    """1, 2 or 5 times a power of ten, not below `width`."""
    power: float = 10.0 ** math.floor(math.log10(width))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= width * (1 - 1e-9))
