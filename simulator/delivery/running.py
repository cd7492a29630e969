"""A measure as it runs: its numbers at the run's scale, its window, and what its awards and services do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from simulator.agents.columns import Flags, Floats, Whole
from simulator.delivery.budget import NO_LIMIT, accrued, ramp_share, service_strength, strength
from simulator.delivery.funnel import Condition, conditions, places_admitted, positions, target_counties
from simulator.delivery.ledger import Funding
from simulator.economy.drivers import Series
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import Form, Measure
from simulator.interventions.lever_table import COUNTED, FLOWS, LEVERS, Level, Timing
from simulator.interventions.levers import tempered
from simulator.region.facts import Region

FROM_RESERVATION = ("subsidy_share", "subsidy_cap", "export_cost_subsidy", "research_grant")
"""Levers of money that an award has reserved: gone when it is spent."""
STEERING = ("mapping", "joint_targets", "shared_data", "cross_county", "targeting_gain", "reallocation",
            "external_cofinance")  # fmt: skip
"""Levers on coordination and money, which act at the start of a quarter."""
OF_PILOTS = "pilot_scaling"
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
    conditions  that its target sets
    capacity  per quarter: a number for the region, or (counties,)
    numbers   settings that are one number;  levers  those its kind moves
    wide      levers that it moves for counties or the region;  aimed  those that a service moves in its firms
    history   (quarters, counties) intensity of each quarter's work, of services and of awards that move more than firms
    opened    (quarters, counties) part of its capacity used in each county;  steady  the same without ups and downs
    peak      (counties,) highest intensity at which levers that act once have acted
    most      highest intensity of work
    known     the last intensity that was asked for, by quarters of work
    """

    measure: Measure
    index: int
    key: str
    scale: float
    places: Flags
    branches: Flags
    conditions: tuple[Condition, ...]
    counties: Flags
    capacity: float | Series
    contacts: float | Series
    numbers: Mapping[str, float]
    levers: tuple[str, ...]
    wide: tuple[str, ...]
    aimed: tuple[str, ...]
    history: Series
    opened: Series
    steady: Series
    peak: Series
    most: float
    known: dict[tuple[int, float], Floats] = field(default_factory=dict)

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
    def turn(self) -> float:
        """Part of a yearly figure that falls on a quarter it is open."""
        return 1.0 if self.measure.kind.once else 0.25

    @property
    def funding(self) -> Funding:
        """Who pays; the package's budget does not carry what is national."""
        eu = self.number("eu_share")
        return Funding(eu, min(self.number("state_share"), 1 - eu), not self.measure.national)

    @property
    def grant(self) -> float:
        """R&D grant reserved for an award, kSEK."""
        return self.number("research_grant") * max(1.0, self.number("duration")) / 4

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
        """Fixed cost of a quarter, kSEK; a single occasion costs its sum at once."""
        return self.measure.fixed_cost * self.turn * self.scale

    def subsidy(self) -> tuple[float, float]:
        """Subsidy reserved for an award that gets one, kSEK, and the share of awards that get it or a grant."""
        given = "subsidised_share" in self.measure.settings
        return self.number("subsidy_cap"), self.number("subsidised_share") if given else 1.0

    def released(self, quarter: int) -> float:
        """Its own budget up to and with this quarter, kSEK; infinite without one."""
        quarters = max(0, quarter - max(0, self.measure.start) + 1)
        budget = accrued(self.measure.budget_per_year, self.measure.budget_total, quarters)
        return budget if budget == NO_LIMIT else budget * self.scale

    def service_units(self, size: float) -> tuple[float, float]:
        """Units that a service uses in a quarter at `size` of its capacity, and their cost in kSEK."""
        units = float(np.sum(self.capacity)) * self.turn * size if "unit_cost" in self.measure.settings else 0.0
        places, cost = self.education(size * self.relative_capacity())
        return units + places, cost + self.number("unit_cost") * units

    def education(self, part: float) -> tuple[float, float]:
        """Education places that open in a quarter at `part` of the kind's own capacity, and their cost in kSEK.

        A place costs its unit cost times the years that it takes.
        """
        opened, cost = 0.0, 0.0
        for name in self.levers:
            if name.startswith(PLACES):
                kind = name.removeprefix(PLACES)
                places = self.number(name) * self.turn * part * self.scale
                cost += self.number(f"unit_cost_{kind}") * (self.number(f"years_{kind}") or 1.0) * places
                opened += places
        return opened, cost

    def unit_price(self) -> float:
        """What one awarded unit costs without subsidy and grant, kSEK: its own cost and the places that go with it."""
        return self.number("unit_cost") + self.education(1.0)[1] / (self.declared_capacity * self.scale)

    def planned(self, quarter: int) -> float:
        """What it would hand out and spend on contacts at full size in a quarter, kSEK."""
        each, part = self.subsidy()
        award = self.unit_price() + part * (each + self.grant)
        contacts = float(np.sum(self.contacts)) * self.number("contact_cost")
        return self.ramp(quarter) * (float(np.sum(self.capacity)) * award + contacts)

    @property
    def declared_capacity(self) -> float:
        """The capacity for which its kind's effects are stated."""
        return float(self.measure.kind.settings["capacity"].default)  # type: ignore[arg-type]

    def relative_capacity(self) -> float:
        """Its capacity against the one its kind's effects are stated for."""
        return self.measure.number("capacity") / self.declared_capacity

    def work(self, size: float, firms: Series) -> None:
        """Note a quarter's work of a service at `size` of its capacity.

        firms  (counties,)  firms; the same capacity for fewer of them works more strongly, up to `most`
        """
        reached = firms * self.counties
        part = size * self.relative_capacity()
        share = reached.sum() / max(1.0, firms.sum())
        intensity = min(self.most, part / share) if share > 0 else 0.0
        opened = part * reached / max(1.0, reached.sum())
        self._note(intensity * self.counties, opened, opened)

    def work_awards(self, units: Series, firms: Series, quality: float) -> None:
        """Note a quarter's work of awards: units handed out per county against the kind's own capacity.

        units, firms  (counties,);  quality  strength of each award's effect

        What lasts acts with the mean of as many quarters as the duration, since awards of single quarters vary and the
        strongest of them would count.
        """
        part = units * quality / (self.declared_capacity * self.scale)
        window = int(max(1, self.number("duration")))
        recent = np.concatenate((self.opened, part[None]))[-window:]
        steady = recent.mean(axis=0) if part.any() else part
        share = firms / max(1.0, firms.sum())
        intensity = np.divide(steady, share, out=np.zeros(len(part)), where=share > 0)
        self._note(np.minimum(self.most, intensity), part, steady)

    def _note(self, intensity: Series, opened: Series, steady: Series) -> None:
        self.history = np.concatenate((self.history, intensity[None]))
        self.opened = np.concatenate((self.opened, opened[None]))
        self.steady = np.concatenate((self.steady, steady[None]))

    def intensity(self, remnant: float) -> Floats:
        """How strongly its work acts in each county, (counties,)."""
        at = (len(self.history), remnant)
        if at not in self.known:
            self.known = {at: self._strength(self.history, remnant).astype(np.float32)}
        return self.known[at]

    def _strength(self, past: Series, remnant: float, more: Series | None = None) -> Series:
        """Strength now of past work; with `more`, the work that this quarter is expected to see."""
        known = past if more is None else np.concatenate((past, more))
        return service_strength(known, self.lag, self.number("duration"), self.number("half_life"), remnant)

    def wide_values(self, lever: str, remnant: float) -> Series:
        """Value of a lever per county; what is counted is shared out, other effects are scaled by intensity."""
        if LEVERS[lever].unit in COUNTED:
            return self.number(lever) * self.scale * self._shared_out(lever, remnant)
        return np.asarray(tempered(LEVERS[lever], self.effect(lever), self.intensity(remnant)), np.float64)

    def region_value(self, lever: str, remnant: float, ahead: bool = False) -> float:
        """Value of a lever of the whole region; `ahead`: before this quarter's work, taken to go on as the last."""
        if LEVERS[lever].unit in COUNTED:
            return self.number(lever) * self.scale * float(self._shared_out(lever, remnant).sum())
        whole = np.minimum(self.steady.sum(axis=1, keepdims=True), self.most)
        last = whole[-1:] if len(whole) and self.open(max(0, self.measure.start) + len(whole)) else np.zeros((1, 1))
        strength = self._strength(whole, remnant, last if ahead else None)
        return float(tempered(LEVERS[lever], self.effect(lever), float(strength[0])))

    def _shared_out(self, lever: str, remnant: float) -> Series:
        """Part of a counted lever that each county has now, (counties,).

        Places, and what awards bring one by one, come once, after the lag; slots and what a service brings last.
        """
        awarded = self.form is not Form.SYSTEM and LEVERS[lever].unit in FLOWS
        if not awarded and not lever.startswith(PLACES):
            return self._strength(self.steady, remnant)
        nothing = np.zeros(len(self.counties))
        return self.opened[-1 - self.lag] if self.lag < len(self.opened) else nothing

    def aimed_values(self, lever: str, remnant: float, at_work: bool) -> Floats:
        """Value of a service's lever in firms that it is aimed at, by their county; (counties,).

        What acts in the moment does so while it works; what acts once does so as the intensity first rises.
        """
        declared = LEVERS[lever]
        strength = self.intensity(remnant)
        if declared.timing is Timing.MOMENT:
            strength = self.history[-1].astype(np.float32) * at_work
        elif declared.timing is Timing.ONCE:
            strength = np.maximum(0, strength - self.peak.astype(np.float32))
        return np.asarray(tempered(declared, self.effect(lever), strength), np.float32)

    def award_effects(self, quarters: int, remnant: float) -> tuple[AwardEffect, ...]:
        """What its awards do in each of their first `quarters` quarters after the lag."""
        age = np.arange(quarters)
        patterns: dict[bytes, Flags] = {}
        effects = []
        for name in self.levers:
            lever = LEVERS[name]
            if lever.timing is not Timing.MOMENT and lever.level is Level.FIRM:
                values = self.award_values(name, age, remnant)
                moved = values != np.float32(lever.neutral)
                domains = self.measure.kind.domains_of(name)
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
        if "transfer" in self.measure.settings and declared.timing is not Timing.SUPPORT:
            return float(tempered(declared, value, self.number("transfer")))
        return value

    def memory(self, remnant: float) -> int:
        """Quarters after which an award has no effect left."""
        half_life = self.number("half_life")
        return self.support + (int(np.ceil(half_life * np.log2(1 / remnant))) + 1 if half_life > 0 else 0)


def prepare(measure: Measure, index: int, key: str, region: Region, scale: float, most: float) -> Running:
    """Resolve a measure for a region; ValueError for a place that the region does not have.

    most  highest intensity of work
    """
    places, branches = places_admitted(measure.target, region)
    counties = len(region.county_codes)

    def resolved(name: str) -> float | Series:
        given = measure.settings.get(name, 0.0)
        if not isinstance(given, Mapping):
            return float(given) * scale
        values = np.zeros(counties)
        values[positions(tuple(given), region.county_codes, region.county_names)] = list(given.values())
        return values * scale

    kind, none = measure.kind, np.zeros((0, counties))
    by_firm = tuple(name for name in kind.levers if LEVERS[name].level is Level.FIRM)
    wide = tuple(
        name
        for name in kind.levers
        if (name not in by_firm or (kind.form is Form.SYSTEM and not kind.aimed)) and name != OF_PILOTS
    )
    return Running(
        measure=measure, index=index, key=key, scale=scale, places=places, branches=branches,
        conditions=conditions(measure.target, places, branches), counties=target_counties(measure.target, region),
        capacity=resolved("capacity"),
        contacts=resolved("contacts"), levers=kind.levers, wide=wide, aimed=by_firm if kind.aimed else (),
        numbers={name: float(value) for name, value in measure.settings.items() if not isinstance(value, Mapping)},
        history=none, opened=none, steady=none, peak=np.zeros(counties), most=most,
    )  # fmt: skip


def released_in_all(per_year: float | None, total: float | None, quarter: int, scale: float) -> float:
    """Package budget up to and with this quarter, kSEK."""
    budget = accrued(per_year, total, quarter + 1)
    return budget if budget == NO_LIMIT else budget * scale
