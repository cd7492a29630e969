"""What can be a slider: every declared number of a scenario, with its words, its range and how it is written."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from simulator.gui.live.session import Steps
from simulator.interventions.declaration import Measure
from simulator.quantity import Quantity, Text
from simulator.scenario import Scenario, load
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
    point    quarter of a driver's path, None for all else
    default  what holds when nobody says anything
    """

    key: str
    paths: tuple[Steps, ...]
    quantity: Quantity
    text: Text
    where: Text
    default: Setting
    point: int | None = None

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
            points = value if isinstance(value, Mapping) else {}
            value = next((number for key, number in points.items() if quarter_index(str(key)) == self.point), math.nan)
        if value is None:
            return None if self.limitless else math.nan
        return value if isinstance(value, bool | int | float) else math.nan

    def moves(self, value: Setting, reading: Reading) -> dict[Steps, object]:
        """What must be written for it to be `value`."""
        number: object = bool(value) if self.yes_or_no and value is not None else _plain(value, self.quantity.whole)
        if self.point is None:
            return dict.fromkeys(self.paths, number)
        points = reading(self.paths[0])
        assert isinstance(points, Mapping)
        path = {str(key): number if quarter_index(str(key)) == self.point else old for key, old in points.items()}
        return {self.paths[0]: {_year(key): value for key, value in path.items()}}

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


def handles(scenario: Scenario) -> dict[str, Handle]:
    """Everything that can be a slider in a scenario, by key."""
    found = [_together(), *_declared(scenario)]
    kinds = Counter(measure.kind.name for measure in scenario.measures)
    for measure in scenario.measures:
        found += _of_measure(measure, alone=kinds[measure.kind.name] == 1)
    return {handle.key: handle for handle in found}


def usual_keys(scenario: Scenario, known: Mapping[str, Handle]) -> list[str]:
    """Those of `known` that are there at once: coordination, budget, the first measures, the surroundings."""
    measures = [f"interventions.{one.name}.{setting}" for one in _first(scenario) for setting in _OF_MEASURES]
    return [key for key in (COORDINATION, "budget.per_year", *measures, *_USUAL) if key in known]


def search(words: str, known: Mapping[str, Handle], most: int = 50) -> list[Handle]:
    """Handles whose names in either language, or keys, hold all the words; whole scenario first, measures after."""
    wanted = words.casefold().split()

    def holds(handle: Handle) -> bool:
        said = " ".join((*handle.text, *handle.where, *handle.quantity.help, handle.key.replace("_", " "), handle.key))
        return all(word in said.casefold() for word in wanted)

    return [handle for handle in known.values() if holds(handle)][:most]


def _first(scenario: Scenario) -> list[Measure]:
    """The measures that come first in the text."""
    written = scenario.source.entries.get("interventions")
    order = list(written.entries) if isinstance(written, Branch) else []
    return sorted(scenario.measures, key=lambda one: order.index(one.name))[:MOST_MEASURES]


def _together() -> Handle:
    paths = {name: quantity for name, quantity in _paths().items() if name.startswith(f"{COORDINATION}.")}
    first = next(iter(paths.values()))
    quantity = replace(first, text=_TOGETHER, help=_TOGETHER_HELP)
    steps = tuple(tuple(path.split(".")) for path in paths)
    assert isinstance(first.default, float)
    return Handle(COORDINATION, steps, quantity, _TOGETHER, _WHERE["governance"], first.default)


def _declared(scenario: Scenario) -> Iterator[Handle]:
    for path, quantity in _paths().items():
        steps = tuple(path.split("."))
        if steps[0] in _LEFT_OUT or quantity.labels:
            continue
        where = _WHERE[steps[0]]
        if steps[0] == "parameters":
            where = Text(f"{where.en}, {steps[1]}", f"{where.sv}, {steps[1]}")
        value = _at(scenario.resolved, steps)
        if isinstance(value, Mapping):
            yield from _points(path, quantity, where, value)
        elif len(steps) > 3 and steps[0] == "parameters":
            whole = _paths()[path.rpartition(".")[0]].text
            part = steps[-1].replace("_", " ")
            yield Handle(
                path, (steps,), quantity, Text(f"{whole.en}: {part}", f"{whole.sv}: {part}"), where, _usual(steps)
            )
        elif value is None or isinstance(value, bool | int | float):
            yield Handle(path, (steps,), quantity, quantity.text, where, _usual(steps))


def _points(path: str, quantity: Quantity, where: Text, points: Mapping[str, object]) -> Iterator[Handle]:
    """One handle for each point of a driver's path."""
    steps = tuple(path.split("."))
    usual = _at(_baseline().resolved, steps)
    for key in points:
        point = quarter_index(key)
        when = _year(key)
        text = Text(f"{quantity.text.en}, {when}", f"{quantity.text.sv}, {when}")
        default = usual.get(key, math.nan) if isinstance(usual, Mapping) else math.nan
        yield Handle(f"{path}.{key}", (steps,), quantity, text, where, default, point)


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
def _paths() -> dict[str, Quantity]:
    return VOCABULARY.paths()


@lru_cache(maxsize=1)
def _baseline() -> Scenario:
    return load("baseline")


def _usual(steps: Steps) -> Setting:
    value = _at(_baseline().resolved, steps)
    return value if isinstance(value, bool | int | float | None) else math.nan


def _at(here: object, steps: Steps) -> object:
    for name in steps:
        here = here.get(name) if isinstance(here, Mapping) else None
    return here


def _year(key: str) -> str:
    """A moment as short as it can be written: the year for its first quarter."""
    index = quarter_index(key)
    return key if index is None else str(index // 4) if index % 4 == 0 else quarter_text(index)


def _plain(value: Setting, whole: bool) -> Setting:
    """A number as one would write it: 20, not 20.0."""
    if value is None or isinstance(value, bool):
        return value
    return int(value) if whole or float(value).is_integer() else round(float(value), 10)


def _round_step(width: float) -> float:
    """1, 2 or 5 times a power of ten, not below `width`."""
    power: float = 10.0 ** math.floor(math.log10(width))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= width * (1 - 1e-9))
