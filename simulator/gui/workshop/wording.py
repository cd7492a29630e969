"""What the workshop says of expectations and results; numbers as people write them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from simulator.gui.charts.words import FEW_RUNS, NOT_DETECTABLE, amount, spanned, unit_of
from simulator.gui.language import Language
from simulator.gui.live.bands import FEWEST
from simulator.gui.live.handles import Handle, Setting
from simulator.gui.workshop.record import Note, Outcome
from simulator.indicators.declare import Indicator
from simulator.quantity import Text
from simulator.wording import UNKNOWN

NO_LIMIT = Text("no limit", "ingen gräns")
ON, OFF = Text("on", "på"), Text("off", "av")
_YOU = Text("You said {}", "Ni sa {}")
_MODEL = Text("the model says {}", "modellen säger {}")
_INTERVAL = Text("90 % interval {}", "90 %-intervall {}")
_NOT_YET = Text("the runs are on their way", "körningarna är på väg")
_INSIDE = Text("your number lies inside the interval", "er siffra ligger inom intervallet")
_ABOVE = Text("your number lies above the interval", "er siffra ligger över intervallet")
_BELOW = Text("your number lies below the interval", "er siffra ligger under intervallet")
_PER_CENT = ("%", "pp")
_ENGLISH = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?|[+-]?\.\d+")
_SWEDISH = re.compile(r"[+-]?\d*([.,]\d+)?")
_LATE = Text("You said {}, with the result seen before", "Ni sa {}, när resultatet redan hade visats")
_LATE_MARK = Text("{} (seen before)", "{} (redan visat)")
_LEVELS = Text("With the mix {}, without {}.", "Med mixen {}, utan {}.")
NO_NUMBER = Text("“{}” is no number here", "”{}” är inget tal här")


def number_in(words: str, language: str, unit: str = "") -> float:
    """The number that somebody wrote, NaN where it is none; a per cent sign only where the unit is one.

    >>> number_in("+1 200,5", "sv"), number_in("−3.5", "sv"), number_in("1,200.5", "en"), number_in("1,5", "en")
    (1200.5, -3.5, 1200.5, nan)
    >>> number_in("2 %", "sv", "pp"), number_in("2 %", "sv", "FTE")
    (2.0, nan)
    """
    bare = re.sub(r"\s", "", words).replace("−", "-")
    if unit in _PER_CENT:
        bare = bare.removesuffix("%")
    swedish = language == "sv"
    if not (_SWEDISH if swedish else _ENGLISH).fullmatch(bare) or not any(sign.isdigit() for sign in bare):
        return math.nan
    return float(bare.replace(",", "." if swedish else ""))


def verdict(
    language: Language, indicator: Indicator, predicted: float, outcome: Outcome | None, late: bool = False
) -> str:
    """Both beside each other: what was expected and what the model says, with its interval."""
    said = language.said
    parts = []
    if not math.isnan(predicted):
        parts.append(said(_LATE if late else _YOU).format(expected_text(language, indicator, predicted)))
    if outcome is None or math.isnan(outcome.middle):
        return _sentence([*parts, said(_NOT_YET)])
    parts.append(said(_MODEL).format(model_text(language, indicator, outcome)))
    if outcome.runs >= FEWEST and not math.isnan(predicted):
        below, above = predicted < outcome.low, predicted > outcome.high
        parts.append(said(_BELOW if below else _ABOVE if above else _INSIDE))
    return _sentence(parts)


def expected_text(language: Language, indicator: Indicator, predicted: float) -> str:
    """What somebody expected, as exact as it was said."""
    if math.isnan(predicted):
        return UNKNOWN
    sign, unit = "+" if predicted > 0 else "", language.unit(unit_of(indicator, difference=True))
    number = f"{sign}{language.setting(predicted)}"
    return f"{number}\u00a0{unit}" if unit else number


def noted_text(language: Language, indicator: Indicator, note: Note) -> str:
    """What a group expected, marked where it had seen the result before."""
    expected = expected_text(language, indicator, note.predictions.get(indicator.name, math.nan))
    return language.said(_LATE_MARK).format(expected) if note.late and expected != UNKNOWN else expected


def levels_text(language: Language, indicator: Indicator, with_mix: float, without: float) -> str:
    """Levels at the end."""
    ends = (amount(language, indicator, end) for end in (with_mix, without))
    return language.said(_LEVELS).format(*ends)


def model_text(language: Language, indicator: Indicator, outcome: Outcome) -> str:
    """What the model says of the difference: a number and its interval, or that none can be told from luck."""
    said = language.said
    middle = amount(language, indicator, outcome.middle, difference=True)
    if outcome.runs < FEWEST:
        return f"{middle} ({said(FEW_RUNS)})"
    ends = spanned(language, indicator, outcome.low, outcome.high, difference=True)
    interval = said(_INTERVAL).format(ends)
    none = outcome.low <= 0 <= outcome.high
    return f"{said(NOT_DETECTABLE)} ({interval})" if none else f"{middle}, {interval}"


def _sentence(parts: list[str]) -> str:
    whole = "; ".join(parts)
    return f"{whole[:1].upper()}{whole[1:]}."


def setting_text(language: Language, handle: Handle, value: Setting) -> str:
    """A slider's value with its unit."""
    unit, said = language.unit(handle.quantity.unit), value_text(language, handle, value)
    plain = value is None or handle.yes_or_no or not unit or math.isnan(value)
    return said if plain else f"{said}\u00a0{unit}"


def value_text(language: Language, handle: Handle, value: Setting) -> str:
    """A slider's value without its unit; a dash where it is not one number."""
    if value is None:
        return language.said(NO_LIMIT)
    if math.isnan(value):
        return UNKNOWN
    return language.said(ON if value else OFF) if handle.yes_or_no else language.setting(value)


def positions_text(language: Language, note: Note, known: Mapping[str, Handle]) -> str:
    """Where the sliders stood; those that the scenario no longer has by their keys."""
    parts = []
    for key, value in note.positions.items():
        handle = known.get(key)
        name = key if handle is None else f"{language.said(handle.text)} ({language.said(handle.where)})"
        number = language.said(NO_LIMIT) if value is None else language.setting(value)
        parts.append(f"{name}: {number if handle is None else setting_text(language, handle, value)}")
    return "; ".join(parts)
