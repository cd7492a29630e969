"""What charts say: values with their unit and band, how many runs stand behind, on what condition they hold."""

from __future__ import annotations

import math

from simulator.gui.language import Language
from simulator.gui.live.bands import FEWEST, REGION, Bands
from simulator.indicators.declare import TOPICS, Indicator
from simulator.indicators.grid import DIMENSIONS, Geography
from simulator.quantity import UNITS, Text

NOT_DETECTABLE = Text("no detectable difference", "ingen påvisbar skillnad")
FEW_RUNS = Text("too few runs to say", "för få körningar för att säga något")
UNKNOWN = Text("not known yet", "inte känt ännu")
SCENARIO, BASELINE_WORD = Text("the scenario", "scenariot"), Text("its baseline", "dess basfall")
DIFFERENCE_WORD = Text("difference to the baseline", "skillnad mot basfallet")
LEVEL_WORD = Text("level", "nivå")
MODEL, PREDICTION = Text("the model", "modellen"), Text("prediction", "förutsägelse")
WHOLE = Text("whole region", "hela regionen")
CONDITION = Text(
    "Synthetic firms. Holds if the assumptions hold; no forecast.",
    "Syntetiska företag. Gäller om antagandena gäller; ingen prognos.",
)
NOTHING_YET = Text("No result yet: runs are on their way.", "Inget resultat än: körningar är på väg.")
FAULTY = Text("Nothing can run: the text of the scenario has faults.", "Inget kan köras: scenariots text har fel.")
_TO = Text("to", "till")


def runs_text(bands: Bands) -> Text:
    """How many paired runs of those wanted are there.

    >>> runs_text(Bands((), 12)).en
    '0 of 12 runs'
    """
    en, sv = ("run", "körning") if bands.wanted == 1 else ("runs", "körningar")
    return Text(f"{bands.pairs} of {bands.wanted} {en}", f"{bands.pairs} av {bands.wanted} {sv}")


def title_of(indicator: Indicator) -> Text:
    """Label that stands alone: "no skills" says little without what it holds back."""
    topic, text = TOPICS[indicator.topic], indicator.text
    if not text.en[:1].islower():
        return text
    return Text(
        *(f"{one[:1].upper()}{one[1:]} ({of[:1].lower()}{of[1:]})" for one, of in zip(text, topic, strict=True))
    )


def unit_of(indicator: Indicator, difference: bool) -> str:
    """Unit of what is shown: shares differ by percentage points."""
    return "pp" if difference and indicator.unit == "%" else indicator.unit


def unit_words(language: Language, indicator: Indicator, difference: bool) -> str:
    """The unit in full, for an axis."""
    return language.said(UNITS[unit_of(indicator, difference)])


def amount(language: Language, indicator: Indicator, value: float, difference: bool = False) -> str:
    """A value with its unit; differences with their sign."""
    unit = language.unit(unit_of(indicator, difference))
    number = language.number(value, places(indicator, difference), sign=difference)
    return number if math.isnan(value) or not unit else f"{number}\u00a0{unit}"


def places(indicator: Indicator, difference: bool) -> int:
    """Decimals: differences are small beside levels."""
    return indicator.decimals + (difference and indicator.unit != "1" and indicator.decimals < 2)


def spanned(language: Language, indicator: Indicator, low: float, high: float, difference: bool) -> str:
    """Both ends of a band."""
    ends = (language.number(end, places(indicator, difference), sign=difference) for end in (low, high))
    return f" {language.said(_TO)} ".join(ends)


def value_text(
    language: Language,
    indicator: Indicator,
    low: float,
    middle: float,
    high: float,
    runs: int,
    difference: bool,
    unknown: Text = UNKNOWN,
) -> str:
    """What a band says in words; a difference that cannot be told from none is said to be none."""
    if math.isnan(middle):
        return language.said(unknown)
    said = amount(language, indicator, middle, difference)
    if runs < FEWEST:
        return f"{said}, {language.said(FEW_RUNS)}" if difference else said
    said += f" ({spanned(language, indicator, low, high, difference)})"
    if difference and low <= 0 <= high:
        said += f", {language.said(NOT_DETECTABLE)}"
    return said


def cell_text(cell: str, where: Geography | None) -> Text:
    """Words for a cell: 'county=dalarna' is Dalarna.

    >>> cell_text("region", None).sv
    'hela regionen'
    """
    if cell == REGION:
        return WHOLE
    parts = tuple((dimension, key) for dimension, _, key in (part.partition("=") for part in cell.split(",")))
    if where is not None:
        return where.label(parts)
    said = ", ".join(key for _, key in parts)
    return Text(said, said)


def dimension_text(dimension: str) -> Text:
    """Words for a dimension, with a capital."""
    text = DIMENSIONS[dimension]
    return Text(text.en.capitalize(), text.sv.capitalize())
