"""A measure as it runs: its numbers at the run's scale, its window, and what its awards and services do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from simulator.agents.columns import Flags, Floats, Whole
from simulator.delivery.budget import NO_LIMIT, accrued, ramp_share, service_strength, strength
from simulator.delivery.funnel import places_admitted, positions, target_counties
from simulator.economy.drivers import Series
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import Form, Measure
from simulator.interventions.lever_table import ANYWHERE, LEVERS, Level, Timing
from simulator.interventions.levers import tempered
from simulator.region.facts import Region

FROM_RESERVATION = ("subsidy_share", "subsidy_cap", "export_cost_subsidy")
PLACES = "places_"
ORDINALS = {name: index for index, name in enumerate(sorted(KINDS))}


class AwardEffect(NamedTuple):
    """What an award does to one lever: its value by quarters since the lag, (quarters,), and where that moves it.

    Effects whose values move in the same quarters share one `moved`.
    """

    lever: str
    domains: tuple[str, ...]
    values: Floats
    moved: Flags


@dataclass(slots=True)
class Running:
    """A measure with capacity, resolved for a region and a scale.

    index     its row in the ledger;  key  the name of its luck
    capacity  per quarter: a number for the region, or (counties,)
    numbers   settings that are one number;  levers  those its kind moves
    history   for a service: (quarters, counties) intensity of each quarter's work
    opened    for a service: (quarters, counties) part of its capacity used in each county
    """

    measure: Measure
    index: int
    key: str
    scale: float
    places: Flags
    branches: Flags
    counties: Flags
    capacity: float | Series
    contacts: float | Series
    numbers: Mapping[str, float]
    levers: tuple[str, ...]
    history: Series = field(default_factory=lambda: np.zeros((0, 0)))
    opened: Series = field(default_factory=lambda: np.zeros((0, 0)))

    def open(self, quarter: int) -> bool:
        """Whether it takes in firms, or works, this quarter."""
        return self.measure.start <= quarter <= self.measure.end

    def number(self, name: str) -> float:
        """Value of a setting that is one number, 0 where the kind has none."""
        return self.numbers.get(name, 0.0)

    @property
    def form(self) -> Form:
        """What it hands out."""
        return self.measure.kind.form

    @property
    def domain(self) -> str:
        """The domain in which need is judged."""
        return self.measure.kind.domains[0]

    @property
    def bit(self) -> np.uint64:
        """Its kind as a bit of `kinds_received`: bit n for the n-th kind by name."""
        return np.uint64(1) << np.uint64(ORDINALS[self.measure.kind.name])

    @property
    def lag(self) -> int:
        """Quarters until effect."""
        return int(self.number("lag"))

    @property
    def support(self) -> int:
        """Quarters from the award until its reservation returns and the firm may apply again."""
        return self.lag + max(1, int(self.number("duration")))

    def ramp(self, quarter: int) -> float:
        """Part of full capacity that is up."""
        return ramp_share(quarter - self.measure.start, self.number("ramp"))

    def fixed(self) -> float:
        """Fixed cost of a quarter, kSEK."""
        return self.number("fixed_cost") / 4 * self.scale

    def subsidy(self) -> tuple[float, float]:
        """Subsidy reserved for an award that gets one, kSEK, and the share of awards that do."""
        given = "subsidised_share" in self.measure.settings
        return self.number("subsidy_cap"), self.number("subsidised_share") if given else 1.0

    def released(self, quarter: int) -> float:
        """Its own budget up to and with this quarter, kSEK; infinite without one."""
        quarters = max(0, quarter - max(0, self.measure.start) + 1)
        budget = accrued(self.measure.budget_per_year, self.measure.budget_total, quarters)
        return budget if budget == NO_LIMIT else budget * self.scale

    def service_units(self, size: float) -> tuple[float, float]:
        """Units that a service uses in a quarter at `size` of its capacity, and their cost in kSEK.

        Participants cost unit_cost each; a place costs its unit cost times the years that it takes.
        """
        units = float(np.sum(self.capacity)) / 4 * size if "unit_cost" in self.measure.settings else 0.0
        cost = self.number("unit_cost") * units
        for name in self.levers:
            if name.startswith(PLACES):
                kind = name.removeprefix(PLACES)
                years = self.number(f"years_{kind}") or 1.0
                places = self.number(name) / 4 * size * self.relative_capacity() * self.scale
                cost += self.number(f"unit_cost_{kind}") * years * places
                units += places
        return units, cost

    def relative_capacity(self) -> float:
        """Its capacity against the one its kind's effects are stated for."""
        declared = self.measure.kind.settings["capacity"].default
        return self.measure.number("capacity") / float(declared)  # type: ignore[arg-type]

    def work(self, size: float, firms: Series, limit: float) -> None:
        """Note a quarter's work of a service at `size` of its capacity.

        firms  (counties,)  firms; the same capacity for fewer of them works more strongly, up to `limit`
        """
        reached = firms * self.counties
        part = size * self.relative_capacity()
        share = reached.sum() / max(1.0, firms.sum())
        intensity = min(limit, part / share) if share > 0 else 0.0
        self.history = np.vstack((self.history, intensity * self.counties))
        self.opened = np.vstack((self.opened, part * reached / max(1.0, reached.sum())))

    def intensity(self, remnant: float, pending: bool = False) -> Floats:
        """How strongly a service acts in each county; `pending`: this quarter's work is not yet noted."""
        past = np.vstack((self.history, np.zeros((1, len(self.counties))))) if pending else self.history
        duration, half_life = self.number("duration"), self.number("half_life")
        return service_strength(past, self.lag, duration, half_life, remnant).astype(np.float32)

    def service_values(self, lever: str, intensity: Floats) -> Series:
        """Value of a service's lever per county; places are shared out, other effects scaled by intensity."""
        if lever.startswith(PLACES):
            then = self.opened[-1 - self.lag] if self.lag < len(self.opened) else np.zeros(len(self.counties))
            return self.number(lever) * self.scale * then
        return np.asarray(tempered(LEVERS[lever], self.effect(lever), intensity), np.float64)

    def award_effects(self, quarters: int, remnant: float) -> tuple[AwardEffect, ...]:
        """What its awards do in each of their first `quarters` quarters after the lag."""
        age = np.arange(quarters)
        patterns: dict[bytes, Flags] = {}
        effects = []
        for name in self.levers:
            lever = LEVERS[name]
            if lever.timing is not Timing.MOMENT and lever.level is not Level.REGION:
                values = self.award_values(name, age, remnant)
                moved = values != np.float32(lever.neutral)
                domains = ANYWHERE if lever.domains == ANYWHERE else self.measure.kind.domains
                effects.append(AwardEffect(name, domains, values, patterns.setdefault(moved.tobytes(), moved)))
        return tuple(effects)

    def award_values(self, lever: str, age: Whole, remnant: float) -> Floats:
        """Value of a lever for awards `age` quarters after their first effect; neutral where out of force."""
        declared = LEVERS[lever]
        if declared.timing is Timing.SUPPORT:
            force = ((age >= 0) & (age < self.support - self.lag)).astype(np.float32)
        elif declared.timing is Timing.ONCE:
            force = (age == 0).astype(np.float32)
        else:
            force = strength(age, self.support - self.lag, self.number("half_life"), remnant)
        return np.asarray(tempered(declared, self.effect(lever), force), np.float32)

    def effect(self, lever: str) -> float:
        """Full value of a lever, after the transfer of foreign evidence; money and places are not transferred."""
        declared, value = LEVERS[lever], self.number(lever)
        if "transfer" in self.measure.settings and declared.timing in (Timing.LASTING, Timing.ONCE):
            return float(tempered(declared, value, self.number("transfer")))
        return value

    def memory(self, remnant: float) -> int:
        """Quarters after which an award has no effect left."""
        half_life = self.number("half_life")
        return self.support + (int(np.ceil(half_life * np.log2(1 / remnant))) + 1 if half_life > 0 else 0)

    def steers(self) -> bool:
        """Whether it acts on the region as a whole."""
        return any(LEVERS[name].level is Level.REGION for name in self.levers)


def prepare(measure: Measure, index: int, key: str, region: Region, scale: float) -> Running:
    """Resolve a measure for a region; ValueError for a place that the region does not have."""
    places, branches = places_admitted(measure.target, region)
    counties = len(region.county_codes)

    def resolved(name: str) -> float | Series:
        given = measure.settings.get(name, 0.0)
        if not isinstance(given, Mapping):
            return float(given) * scale
        values = np.zeros(counties)
        values[positions(tuple(given), region.county_codes, region.county_names)] = list(given.values())
        return values * scale

    chosen = target_counties(measure.target, region)
    return Running(
        measure=measure, index=index, key=key, scale=scale, places=places, branches=branches, counties=chosen,
        capacity=resolved("capacity"), contacts=resolved("contacts"),
        numbers={name: float(value) for name, value in measure.settings.items() if not isinstance(value, Mapping)},
        levers=measure.kind.levers,
        history=np.zeros((0, counties)), opened=np.zeros((0, counties)),
    )  # fmt: skip


def released_in_all(per_year: float | None, total: float | None, quarter: int, scale: float) -> float:
    """Package budget up to and with this quarter, kSEK."""
    budget = accrued(per_year, total, quarter + 1)
    return budget if budget == NO_LIMIT else budget * scale
