"""A declared number: default, unit, range, English and Swedish text, source and grade, in one place.

Everything a user can set is a field of a frozen dataclass, declared with `number`, `vector` or `flag`
beside the equation that uses it::

    @dataclass(frozen=True, kw_only=True)
    class Digitalisation:
        taste_scale: float = number(
            0.45, "1", (0.01, 2.0), "Spread of taste", "Spridning i smak",
            basis="judgement", uncertain=(0.25, 0.7))

From that one declaration come validation, JSON schema, `explain`, forms, documentation and tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

Value = float | int | bool | tuple[float, ...]
Limits = tuple[float, float] | tuple[tuple[float, float], ...]


class Text(NamedTuple):
    """The same words in English and Swedish."""

    en: str
    sv: str

    def said(self, language: str) -> str:
        """Return the words in `language` ("en" or "sv")."""
        return self.sv if language == "sv" else self.en

    def both(self) -> str:
        """Return the words of both languages for a page in Markdown, once where they are equal."""
        return self.en if self.en == self.sv else f"{self.en}<br>*{self.sv}*"


class SpokenError(Exception):
    """Something in the user's input or files stops the work, and says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self._text = text

    def text(self) -> Text:
        """Return the message."""
        return self._text

    def said(self, language: str) -> str:
        """Return the message in `language` ("en" or "sv")."""
        return self._text.said(language)


def in_lines(texts: Iterable[Text]) -> Text:
    """Return the texts, one a line."""
    lines = list(texts)
    return Text("\n".join(line.en for line in lines), "\n".join(line.sv for line in lines))


class UnfitError(SpokenError, ValueError):
    """Numbers that are allowed one by one and contradict each other."""


class Grade(StrEnum):
    """How well a number is founded."""

    SOURCED = "sourced"
    DERIVED = "derived"
    MEMORY = "memory"
    JUDGEMENT = "judgement"


GRADES: Mapping[Grade, Text] = {
    Grade.SOURCED: Text("read in a source", "läst i en källa"),
    Grade.DERIVED: Text("derived by arithmetic from sources", "härledd ur källor"),
    Grade.MEMORY: Text(
        "from memory of the cited literature, to be verified", "ur minnet av litteraturen, ska verifieras"
    ),
    Grade.JUDGEMENT: Text("expert judgement", "expertbedömning"),
}

UNITS: Mapping[str, Text] = {
    "1": Text("share or pure number", "andel eller rent tal"),
    "%": Text("percent", "procent"),
    "%/yr": Text("percent per year", "procent per år"),
    "pp": Text("percentage points", "procentenheter"),
    "log": Text("natural logarithm", "naturlig logaritm"),
    "1/yr": Text("per year", "per år"),
    "1/q": Text("per quarter", "per kvartal"),
    "yr": Text("years", "år"),
    "q": Text("quarters", "kvartal"),
    "weeks": Text("weeks", "veckor"),
    "h": Text("hours", "timmar"),
    "h/yr": Text("hours per year", "timmar per år"),
    "minutes": Text("minutes", "minuter"),
    "km": Text("kilometres", "kilometer"),
    "km2": Text("square kilometres", "kvadratkilometer"),
    "FTE": Text("full-time equivalents", "heltidsekvivalenter"),
    "persons": Text("persons", "personer"),
    "persons/yr": Text("persons per year", "personer per år"),
    "firms": Text("firms", "företag"),
    "firms/q": Text("firms per quarter", "företag per kvartal"),
    "awards/q": Text("awards per quarter", "beviljanden per kvartal"),
    "count": Text("number", "antal"),
    "count/yr": Text("number per year", "antal per år"),
    "count/q": Text("number per quarter", "antal per kvartal"),
    "kt/yr": Text("thousand tonnes CO2 per year", "tusen ton CO2 per år"),
    "kt": Text("thousand tonnes CO2", "tusen ton CO2"),
    "t": Text("tonnes CO2", "ton CO2"),
    "MWh/q": Text("megawatt-hours per quarter", "megawattimmar per kvartal"),
    "GWh/yr": Text("gigawatt-hours per year", "gigawattimmar per år"),
    "SEK/t": Text("SEK per tonne CO2 (2025 prices)", "kronor per ton CO2 (2025 års priser)"),
    "kSEK": Text("thousand SEK (2025 prices)", "tusen kronor (2025 års priser)"),
    "kSEK/q": Text("thousand SEK per quarter (2025 prices)", "tusen kronor per kvartal (2025 års priser)"),
    "kSEK/yr": Text("thousand SEK per year (2025 prices)", "tusen kronor per år (2025 års priser)"),
    "kSEK/FTE": Text(
        "thousand SEK per full-time equivalent (2025 prices)", "tusen kronor per heltidsekvivalent (2025 års priser)"
    ),
    "kSEK/FTE/yr": Text(
        "thousand SEK per full-time equivalent and year (2025 prices)",
        "tusen kronor per heltidsekvivalent och år (2025 års priser)",
    ),
    "MSEK": Text("million SEK (2025 prices)", "miljoner kronor (2025 års priser)"),
    "MSEK/yr": Text("million SEK per year (2025 prices)", "miljoner kronor per år (2025 års priser)"),
    "SEK/h": Text("SEK per hour (2025 prices)", "kronor per timme (2025 års priser)"),
    "SEK/EUR": Text("SEK per euro", "kronor per euro"),
    "SEK/kWh": Text("SEK per kilowatt-hour", "kronor per kilowattimme"),
    "EUR/t": Text("euro per tonne CO2", "euro per ton CO2"),
    "MWh/MSEK": Text("megawatt-hours per million SEK of sales", "megawattimmar per miljon kronor omsättning"),
    "t/MSEK": Text("tonnes CO2 per million SEK of sales", "ton CO2 per miljon kronor omsättning"),
    "places/yr": Text("places per year", "platser per år"),
    "slots/q": Text("slots per quarter", "platser per kvartal"),
    "quarter": Text("calendar quarter", "kalenderkvartal"),
    "yes/no": Text("yes or no", "ja eller nej"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What is known about one settable number; see `number` for the meaning of each part."""

    default: Value
    unit: str
    allowed: tuple[float, float]
    text: Text
    help: Text
    grade: Grade
    sources: tuple[str, ...]
    uncertain: tuple[Value, Value] | None
    labels: tuple[str, ...]
    path: bool
    whole: bool
    limits: tuple[tuple[float, float], ...] = ()

    def part(self, label: str) -> Quantity:
        """Return the declaration of one component of a vector."""
        place = self.labels.index(label)
        pick = partial(_component, place=place)
        return replace(
            self,
            default=pick(self.default),
            allowed=self.limits[place] if self.limits else self.allowed,
            uncertain=None if self.uncertain is None else (pick(self.uncertain[0]), pick(self.uncertain[1])),
            labels=(),
            limits=(),
        )

    def __post_init__(self) -> None:
        problems = list(_faults(self))
        if problems:
            raise ValueError(f"declaration of '{self.text.en}': " + "; ".join(problems))


def _faults(quantity: Quantity) -> list[str]:
    found = []
    if quantity.unit not in UNITS:
        found.append(f"unit '{quantity.unit}' is not in UNITS")
    if isinstance(quantity.default, tuple) and len(quantity.default) != len(quantity.labels):
        found.append("a vector needs one label per component")
    if quantity.grade is Grade.JUDGEMENT and quantity.uncertain is None and quantity.unit != "yes/no":
        found.append("a judgement needs an uncertainty range")
    if quantity.grade is not Grade.JUDGEMENT and not quantity.sources:
        found.append(f"grade '{quantity.grade}' needs a source key")
    if not quantity.text.en or not quantity.text.sv:
        found.append("both languages are needed")
    return found + _outside(quantity)


def _outside(quantity: Quantity) -> list[str]:
    """Defaults outside their limits, and uncertainty ranges that do not hold the default inside them."""
    found = []
    parts = _parts(quantity.default)
    limits = quantity.limits or (quantity.allowed,) * len(parts)
    ranges = (
        zip(*map(_parts, quantity.uncertain), strict=True) if quantity.uncertain else zip(parts, parts, strict=True)
    )
    for part, (low, high), (least, most) in zip(parts, limits, ranges, strict=True):
        if not low <= least <= part <= most <= high:
            found.append(f"{part} and its uncertainty range {least} to {most} do not fit inside {low} to {high}")
    return found


def _component(value: Value, place: int) -> float:
    return value[place] if isinstance(value, tuple) else value


def _parts(value: Value) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)


def _declare(
    default: Value,
    unit: str,
    allowed: Limits,
    en: str,
    sv: str,
    basis: str,
    help_en: str,
    help_sv: str,
    uncertain: tuple[Value, Value] | None,
    spread: tuple[float, float] | None,
    labels: tuple[str, ...] = (),
    path: bool = False,
    whole: bool = False,
) -> Any:
    grade, _, keys = basis.partition(":")
    limits = _limits(allowed, len(_parts(default)))
    if spread is not None:
        uncertain = _spread(default, spread, limits)
    declared = Quantity(
        default=default,
        unit=unit,
        allowed=(min(low for low, _ in limits), max(high for _, high in limits)),
        limits=limits if isinstance(default, tuple) else (),
        text=Text(en, sv),
        help=Text(help_en or en, help_sv or sv),
        grade=Grade(grade),
        sources=tuple(key.strip() for key in keys.split(",") if key.strip()),
        uncertain=uncertain,
        labels=labels,
        path=path,
        whole=whole,
    )
    return field(default=default, metadata={"quantity": declared})


def _limits(allowed: Limits, parts: int) -> tuple[tuple[float, float], ...]:
    """Limits of each component: the same for all, or one pair each."""
    if isinstance(allowed[0], tuple):
        return allowed
    return (allowed,) * parts


def _spread(
    default: Value, spread: tuple[float, float], limits: tuple[tuple[float, float], ...]
) -> tuple[Value, Value]:
    """Turn factors on the default into an absolute range inside what is allowed."""

    def scaled(value: float, allowed: tuple[float, float]) -> tuple[float, float]:
        ends = sorted((value * spread[0], value * spread[1]))
        return max(ends[0], allowed[0]), min(ends[1], allowed[1])

    pairs = [scaled(part, allowed) for part, allowed in zip(_parts(default), limits, strict=True)]
    if isinstance(default, tuple):
        return tuple(low for low, _ in pairs), tuple(high for _, high in pairs)
    return pairs[0]


def number(
    default: float,
    unit: str,
    allowed: tuple[float, float],
    en: str,
    sv: str,
    *,
    basis: str,
    help_en: str = "",
    help_sv: str = "",
    uncertain: tuple[float, float] | None = None,
    spread: tuple[float, float] | None = None,
    path: bool = False,
    whole: bool = False,
) -> Any:
    """Declare a number as a dataclass field.

    default    value when a scenario says nothing
    unit       key of UNITS
    allowed    lowest and highest value a scenario may give
    en, sv     label in English and Swedish; help_en, help_sv a sentence more
    basis      "judgement", or "sourced:KEY,KEY", "derived:KEY", "memory:KEY" with keys of references.bib
    uncertain  low and high of the plausible values, for sensitivity analysis; or
    spread     the same as factors on the default
    path       the value may change over time: {2026: 78, 2030: 130}
    whole      only whole numbers

    Raises ValueError for a declaration that contradicts itself.
    """
    return _declare(default, unit, allowed, en, sv, basis, help_en, help_sv, uncertain, spread, (), path, whole)


def vector(
    default: tuple[float, ...],
    labels: tuple[str, ...],
    unit: str,
    allowed: Limits,
    en: str,
    sv: str,
    *,
    basis: str,
    help_en: str = "",
    help_sv: str = "",
    uncertain: tuple[tuple[float, ...], tuple[float, ...]] | None = None,
    spread: tuple[float, float] | None = None,
) -> Any:
    """Declare numbers that belong together, one per label; in a scenario `name: {label: value}`.

    allowed  lowest and highest value of all components, or such a pair for each
    """
    return _declare(default, unit, allowed, en, sv, basis, help_en, help_sv, uncertain, spread, labels)


def flag(default: bool, en: str, sv: str, *, help_en: str = "", help_sv: str = "") -> Any:
    """Declare a yes-or-no setting."""
    return _declare(default, "yes/no", (0, 1), en, sv, "judgement", help_en, help_sv, None, None)


def declared(group: type) -> dict[str, Quantity]:
    """Return the declarations of a dataclass by field name, in order of declaration."""
    return {f.name: f.metadata["quantity"] for f in fields(group) if "quantity" in f.metadata}
