"""How an intervention is declared: a kind with its numbers, whom it is for, and a measure as a scenario sets it.

A kind gives each number's value and basis only; name, unit, range and words come from the lever table or from
`MACHINERY`, so that an entry of the catalogue stays one short block.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from simulator.interventions.lever_table import ANYWHERE, LEVERS, Level
from simulator.interventions.target import EVERYBODY, TARGET_TEXTS, Range, Target
from simulator.quantity import Grade, Quantity, Text

Setting = float | Mapping[str, float]

SELECTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "lottery": Text("lottery", "lottning"),
        "score": Text("need and ease of reach", "behov och nåbarhet"),
        "first_come": Text("first come, first served", "först till kvarn"),
    }
)
PRIORITIES: Mapping[int, Text] = MappingProxyType(
    {
        1: Text("Innovation capacity of SMEs", "Innovationskapacitet i små och medelstora företag"),
        2: Text("Matching of competence", "Matchning av kompetens"),
        3: Text("Research and innovation", "Forskning och innovation"),
        4: Text("Low-carbon, circular industry", "Koldioxidsnål och cirkulär industri"),
        5: Text("Internationalisation of SMEs", "Internationalisering av små och medelstora företag"),
        6: Text("Coordination and governance", "Samordning och styrning"),
    }
)


class Form(StrEnum):
    """What a measure hands out: awards to firms, training places through firms, or a service to the system."""

    AWARD = "award"
    TRAINEE = "trainee"
    SYSTEM = "system"


class Part(NamedTuple):
    """Unit, range, words and default of a number of the delivery machinery; `spread` is that of judgements."""

    unit: str
    allowed: Range
    text: Text
    spread: Range = (0.5, 1.5)
    default: float | None = None
    uncertain: Range | None = None
    whole: bool = False


_COST = (0.7, 1.5)
MACHINERY: Mapping[str, Part] = MappingProxyType(
    {
        "capacity": Part("awards/q", (0, 5000), Text("Capacity", "Kapacitet")),
        "contacts": Part("firms/q", (0, 50000), Text("Firms contacted", "Kontaktade företag")),
        "ramp": Part("q", (0, 20), Text("Quarters to full capacity", "Kvartal till full kapacitet"),
                     default=0, uncertain=(0, 4), whole=True),
        "unit_cost": Part("kSEK", (0, 5000), Text(
            "Cost per unit, without subsidy", "Kostnad per enhet, utan stöd"), _COST),
        "unit_cost_vocational": Part("kSEK", (0, 500), Text(
            "Cost of a higher vocational place-year", "Kostnad för en årsplats i yrkeshögskolan"), _COST),
        "years_vocational": Part("yr", (0.25, 4), Text(
            "Length of a higher vocational programme", "Längd på en yrkeshögskoleutbildning")),
        "unit_cost_higher": Part("kSEK", (0, 500), Text(
            "Cost of a university place-year", "Kostnad för en årsplats i högskolan"), _COST),
        "years_higher": Part("yr", (0.25, 6), Text(
            "Length of a university programme", "Längd på en högskoleutbildning")),
        "unit_cost_commissioned": Part("kSEK", (0, 500), Text(
            "Cost of a commissioned course place", "Kostnad för en plats i uppdragsutbildning"), _COST),
        "unit_cost_validation": Part("kSEK", (0, 500), Text(
            "Cost of a validation place", "Kostnad för en valideringsplats"), _COST),
        "fixed_cost": Part("kSEK/yr", (0, 100000), Text("Fixed cost", "Fast kostnad"), _COST),
        "contact_cost": Part("kSEK", (0, 100), Text("Cost per contact", "Kostnad per kontakt"),
                             default=5, uncertain=(2, 15)),
        "lag": Part("q", (0, 20), Text("Quarters until effect", "Kvartal till effekt"), whole=True),
        "duration": Part("q", (0, 60), Text("Duration", "Varaktighet"), whole=True),
        "half_life": Part("q", (0, 80), Text("Half-life of the effect afterwards", "Effektens halveringstid därefter")),
        "group_size": Part("firms", (2, 20), Text("Firms in a group", "Företag i en grupp"), whole=True),
        "expected_loss": Part("1", (0, 0.5), Text(
            "Loss on what firms borrow more", "Förlust på företagens ökade upplåning")),
        "subsidised_share": Part("1", (0, 1), Text(
            "Awards that go on to a subsidy", "Beviljanden som leder till stöd")),
        "transfer": Part("1", (0, 1), Text("Share of the foreign effect that holds here",
                                           "Andel av den utländska effekten som gäller här"),
                         default=1, uncertain=(0, 1)),
        "best": Part("count", (0, 100), Text(
            "Pilots scaled up, the best; 0 for all", "Piloter som växlas upp, de bästa; 0 för alla"),
            default=0, uncertain=(0, 0), whole=True),
        "scalings": Part("count", (0, 60), Text(
            "Times a pilot is scaled up at most; 0 for no limit",
            "Gånger som en pilot växlas upp som mest; 0 för ingen gräns"), default=0, uncertain=(0, 0), whole=True),
        "eu_share": Part("1", (0, 1), Text("Share of the cost that the EU pays", "EU:s andel av kostnaden"),
                         default=0.5, uncertain=(0.3, 0.6)),
        "state_share": Part("1", (0, 1), Text("Share of the cost that the state pays", "Statens andel av kostnaden"),
                            default=0.1, uncertain=(0, 0.3)),
    }
)  # fmt: skip
SCALING = "pilot_scaling"
MOSTLY = 0.75
"""A measure of which the state pays more than this share is national."""
FUNDING = ("eu_share", "state_share")
"""Who pays; the region and its municipalities pay the rest."""
_ALWAYS = ("capacity", "ramp", "fixed_cost", "lag", "duration", "half_life", *FUNDING)
_BY_COUNTY = ("capacity", "contacts")
_THROUGH_FIRMS = ("contacts", "unit_cost", "contact_cost")


class Given(NamedTuple):
    """A number of an entry: value and basis; the rest only where it differs from the table."""

    default: float
    basis: str = "judgement"
    uncertain: Range | None = None
    unit: str | None = None
    allowed: Range | None = None
    text: Text | None = None


NATIONAL: Mapping[str, Given] = MappingProxyType(
    {"eu_share": Given(0, uncertain=(0, 0)), "state_share": Given(1, uncertain=(0.8, 1))}
)
REGIONAL: Mapping[str, Given] = MappingProxyType(
    {"eu_share": Given(0, uncertain=(0, 0.3)), "state_share": Given(0, uncertain=(0, 0.3))}
)
"""The state alone pays, or the region alone, to be added to an entry's settings; an entry that names nobody is paid for
half by the EU's structural funds and for a tenth by the state."""


def _quantity(name: str, given: Given) -> Quantity:
    """Complete a number; a judged lever effect ranges from nothing to one and a half times (Model text 3.0)."""
    lever = LEVERS.get(name)
    if lever is None:
        part = MACHINERY[name]
        unit, allowed, text, spread, centre = part.unit, part.allowed, part.text, part.spread, 0.0
        uncertain, whole = given.uncertain or (part.uncertain if given.default == part.default else None), part.whole
    else:
        unit, allowed, text, spread, centre = lever.unit, lever.allowed, lever.text, (0.0, 1.5), lever.neutral
        uncertain, whole = given.uncertain, False
    allowed = given.allowed or allowed
    grade, _, keys = given.basis.partition(":")
    if uncertain is None and grade != Grade.SOURCED:
        ends = sorted(round(centre + factor * (given.default - centre), 9) for factor in spread)
        uncertain = (max(ends[0], allowed[0]), min(ends[1], allowed[1]))
    words = given.text or text
    return Quantity(
        default=given.default, unit=given.unit or unit, allowed=allowed, text=words, help=words, grade=Grade(grade),
        sources=tuple(key.strip() for key in keys.split(",") if key.strip()), uncertain=uncertain, labels=(),
        path=False, whole=whole,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One intervention as the catalogue declares it.

    settings  every number a scenario may set, by name
    domains   what it is about: digital, green, circular, export, training, succession, research; the first is where
              need is judged; empty for services to the system
    aimed     a service whose firm levers reach the firms of its target only
    once      a single occasion: it works in the first quarter of its window only, and costs its sum there
    pilots    priorities whose measures it scales up, if it moves `pilot_scaling`; none for all
    sources   keys of what the evidence note rests on
    moves     its own indicators, each with the direction that its evidence says: 1 up, -1 down, 0 nothing known
    """

    name: str
    code: str
    priority: int
    title: Text
    help: Text
    evidence: Text
    form: Form
    domains: tuple[str, ...]
    settings: Mapping[str, Quantity]
    target: Target = EVERYBODY
    selection: str = "score"
    implements: str = ""
    moves: tuple[tuple[str, int], ...] = ()
    aimed: bool = False
    once: bool = False
    pilots: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def levers(self) -> tuple[str, ...]:
        """The levers it moves."""
        return tuple(name for name in self.settings if name in LEVERS)

    @property
    def target_fields(self) -> tuple[str, ...]:
        """The restrictions that have a meaning for it."""
        named = ("measures",) if SCALING in self.levers else ()
        if self.aimed or self.form is not Form.SYSTEM:
            return tuple(name for name in TARGET_TEXTS if name != "measures" or named)
        return named if all(LEVERS[name].level is Level.REGION for name in self.levers) else ("counties", *named)

    def domains_of(self, lever: str) -> tuple[str, ...]:
        """Return the domains in which it moves a lever."""
        return _domains(self.domains, lever)

    def measure(
        self,
        *,
        name: str,
        start: int,
        end: int,
        settings: Mapping[str, Setting] = MappingProxyType({}),
        target: Target | None = None,
        selection: str | None = None,
        budget_per_year: float | None = None,
        budget_total: float | None = None,
        stream: str | None = None,
        active: bool = True,
    ) -> Measure:
        """Return the measure of a scenario: this kind from quarter `start` to quarter `end`, both included.

        Contacts follow a changed capacity unless they are given too. A kind that happens once ends in its first
        quarter. Budgets in MSEK.

        Raises ValueError for a setting that the kind does not have or that is outside its range.
        """
        asked = target or self.target
        problems = [*_faults(self, settings), *_misplaced(self, asked)]
        if end < start:
            problems.append("it ends before it starts")
        if (selection or self.selection) not in SELECTIONS:
            problems.append(f"selection '{selection}' is not one of {', '.join(SELECTIONS)}")
        if problems:
            raise ValueError(f"measure '{name}': " + "; ".join(problems))
        values: dict[str, Any] = {key: quantity.default for key, quantity in self.settings.items()} | dict(settings)
        if "capacity" in settings and "contacts" in self.settings and "contacts" not in settings:
            values["contacts"] = _following(self, settings["capacity"])
        return Measure(
            kind=self, name=name, start=start, end=start if self.once else end,
            settings=MappingProxyType(values), target=asked, selection=selection or self.selection,
            budget_per_year=budget_per_year, budget_total=budget_total, stream=stream, active=active,
        )  # fmt: skip


def _domains(of_kind: tuple[str, ...], lever: str) -> tuple[str, ...]:
    own = LEVERS[lever].domains
    return ANYWHERE if own == ANYWHERE else tuple(domain for domain in of_kind if domain in own)


def _faults(kind: Kind, settings: Mapping[str, Setting]) -> list[str]:
    """Return what is wrong with the settings of a scenario."""
    found = [f"'{key}' is not a setting of {kind.name}" for key in settings if key not in kind.settings]
    for key, quantity in kind.settings.items():
        given = settings.get(key, quantity.default)
        numbers = _numbers(given)  # type: ignore[arg-type]
        low, high = quantity.allowed
        if not all(low <= value <= high for value in numbers):
            found.append(f"'{key}' outside {low} to {high}")
        elif quantity.whole and not all(value == round(value) for value in numbers):
            found.append(f"'{key}' is not a whole number")
        if isinstance(given, Mapping) and (key not in _BY_COUNTY or kind.form is Form.SYSTEM):
            found.append(f"'{key}' cannot differ between counties")
    if math.fsum(_paid(kind, settings)) > 1:
        found.append(f"{' and '.join(FUNDING)} together above 1")
    return found


def _paid(kind: Kind, settings: Mapping[str, Setting]) -> list[float]:
    shares = [settings.get(name, kind.settings[name].default) for name in FUNDING]
    return [float(share) for share in shares if isinstance(share, int | float)]


def _misplaced(kind: Kind, target: Target) -> list[str]:
    useless = [key for key in TARGET_TEXTS if getattr(target, key) is not None and key not in kind.target_fields]
    return [f"target '{key}' has no meaning for {kind.name}" for key in useless]


def _following(kind: Kind, capacity: Setting) -> Setting:
    """Return the contacts that go with a capacity, in the kind's own proportion."""
    ratio = float(kind.settings["contacts"].default) / float(kind.settings["capacity"].default)  # type: ignore[arg-type]
    if isinstance(capacity, Mapping):
        return {county: ratio * value for county, value in capacity.items()}
    return ratio * capacity


def _numbers(setting: Setting) -> Sequence[float]:
    return list(setting.values()) if isinstance(setting, Mapping) else [setting]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A kind in a scenario: its window, numbers, target and budget, all resolved; switched off unless `active`."""

    kind: Kind
    name: str
    start: int
    end: int
    settings: Mapping[str, Setting]
    target: Target
    selection: str
    budget_per_year: float | None
    budget_total: float | None
    stream: str | None
    active: bool = True

    def number(self, name: str) -> float:
        """Value of a setting that is one number."""
        value = self.settings[name]
        if isinstance(value, Mapping):
            raise TypeError(f"'{name}' is given by county")
        return float(value)

    @property
    def national(self) -> bool:
        """Whether the state pays most of it: then no package of the region carries it."""
        return self.number("state_share") > MOSTLY

    @property
    def fixed_cost(self) -> float:
        """Fixed cost, kSEK per year or occasion; where capacity is the part of a service that is staffed, that part."""
        staffed = self.number("capacity") if self.kind.settings["capacity"].unit == "1" else 1.0
        return self.number("fixed_cost") * staffed

    @property
    def idle(self) -> bool:
        """Switched off, or without capacity: no contacts, no cost, no effect."""
        return not self.active or math.fsum(_numbers(self.settings["capacity"])) == 0


def declare(
    *,
    name: str,
    code: str,
    priority: int,
    title: Text,
    help: Text,
    evidence: Text,
    form: Form,
    settings: Mapping[str, Given],
    domains: tuple[str, ...] = (),
    target: Target = EVERYBODY,
    selection: str = "score",
    implements: str = "",
    moves: tuple[tuple[str, int], ...] = (),
    aimed: bool = False,
    once: bool = False,
    pilots: tuple[int, ...] = (),
    sources: tuple[str, ...] = (),
) -> Kind:
    """Complete an entry of the catalogue with what the tables know about its numbers."""
    needed = [*_ALWAYS, *(() if form is Form.SYSTEM else _THROUGH_FIRMS)]
    given = dict(settings)
    for part in needed:
        default = MACHINERY[part].default
        if part not in given and part == "contacts":
            given[part] = Given(5 * given["capacity"].default, "derived:ROB")
        elif part not in given and default is not None:
            given[part] = Given(default)
    missing = [part for part in needed if part not in given]
    if missing or title.en == title.sv or priority not in PRIORITIES:
        raise ValueError(f"kind '{name}': missing {missing}, or title or priority wrong")
    if any(direction not in (-1, 0, 1) for _, direction in moves):
        raise ValueError(f"kind '{name}': a direction is 1, -1 or 0")
    if aimed and form is not Form.SYSTEM:
        raise ValueError(f"kind '{name}': awards and training have a target already")
    if math.fsum(given[share].default for share in FUNDING) > 1:
        raise ValueError(f"kind '{name}': {' and '.join(FUNDING)} together above 1")
    homeless = [key for key in given if key in LEVERS and not _domains(domains, key)]
    if homeless:
        raise ValueError(f"kind '{name}': {', '.join(homeless)} in none of its domains")
    return Kind(
        name=name, code=code, priority=priority, title=title, help=help, evidence=evidence, form=form, domains=domains,
        settings=MappingProxyType({key: _quantity(key, value) for key, value in given.items()}), target=target,
        selection=selection, implements=implements, moves=moves, aimed=aimed, once=once, pilots=pilots,
        sources=sources,
    )  # fmt: skip
