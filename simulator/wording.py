"""Numbers and tables as a reader of English or Swedish expects them."""

from __future__ import annotations

import math
from collections.abc import Sequence

NARROW = "\u00a0"
_SWEDISH = {
    "firms": "företag", "FTE": "heltid", "weeks": "veckor", "persons/yr": "personer/år", "count/yr": "antal/år",
    "h/yr": "timmar/år", "%/yr": "%/år", "MSEK/yr": "mnkr/år", "kSEK/yr": "tkr/år", "kSEK/FTE/yr": "tkr/heltid/år",
    "pp": "%-enheter",
    "kt/yr": "kt/år", "GWh/yr": "GWh/år", "t/MSEK": "t/mnkr", "MWh/MSEK": "MWh/mnkr",
    "count": "antal", "persons": "personer", "MSEK": "mnkr", "kSEK": "tkr",
    "yr": "år",
    "q": "kvartal",
    "1/yr": "1/år", "1/q": "1/kv", "awards/q": "beviljanden/kv", "firms/q": "företag/kv", "count/q": "antal/kv",
    "slots/q": "platser/kv", "places/yr": "platser/år", "MWh/q": "MWh/kv", "kSEK/q": "tkr/kv",
    "kSEK/FTE": "tkr/heltid", "SEK/t": "kr/t", "SEK/h": "kr/h", "SEK/EUR": "kr/euro", "SEK/kWh": "kr/kWh",
    "EUR/t": "euro/t", "minutes": "minuter", "quarter": "kvartal", "yes/no": "ja/nej",
}  # fmt: skip
UNKNOWN = "–"


def written(value: float, decimals: int, language: str, sign: bool = False) -> str:
    r"""A number with its decimals: 1,234.5 in English, 1 234,5 (hard space) in Swedish; a dash when unknown.

    >>> written(1234.5, 1, "en"), written(-1234.5, 1, "sv"), written(float("nan"), 1, "sv"), written(-0.01, 1, "en")
    ('1,234.5', '-1\xa0234,5', '–', '0.0')
    """
    if math.isnan(value):
        return UNKNOWN
    rounded = round(value, decimals) + 0.0
    text = f"{rounded:{'+' if sign and rounded else ''},.{decimals}f}"
    return text.translate(str.maketrans(",.", f"{NARROW},")) if language == "sv" else text


def unit_symbol(unit: str, language: str) -> str:
    """Short form of a unit for a table; nothing for pure numbers.

    >>> unit_symbol("MSEK/yr", "sv"), unit_symbol("1", "en")
    ('mnkr/år', '')
    """
    if unit == "1":
        return ""
    return _SWEDISH.get(unit, unit) if language == "sv" else unit


def plain(value: object, language: str) -> str:
    """A setting as text: numbers with the decimals they need, yes and no as words, parts side by side.

    >>> plain(0.45, "sv"), plain((1.0, 20000.0), "en"), plain(True, "sv")
    ('0,45', '1; 20,000', 'ja')
    """
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "sv": ("nej", "ja")}[language][value]
    if isinstance(value, tuple | list):
        return "; ".join(plain(part, language) for part in value)
    if isinstance(value, int | float):
        whole, _, part = f"{value:.10g}".partition(".")
        if "e" in f"{whole}{part}":
            return f"{value:.6g}".replace(".", "," if language == "sv" else ".")
        return written(float(value), len(part), language)
    return str(value)


def aligned(rows: Sequence[Sequence[str]], left: Sequence[int] = (0,)) -> list[str]:
    """Lines of a table: columns in `left` start flush, the others end flush.

    >>> aligned([("a", "10"), ("long", "5")])
    ['a     10', 'long   5']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = (
            cell.ljust(width) if at in left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(cells).rstrip())
    return lines


def duration(seconds: float, language: str) -> str:
    """A time in the two units that matter.

    >>> duration(5, "en"), duration(3700, "sv"), duration(200_000, "en")
    ('5 s', '1 tim 1 min', '2 d 7 h')
    """
    whole = max(0, math.ceil(seconds))
    hour, day = ("tim" if language == "sv" else "h"), "d"
    for size, large, rest, small in ((86400, day, 3600, hour), (3600, hour, 60, "min"), (60, "min", 1, "s")):
        if whole >= size:
            part = whole % size // rest
            return f"{whole // size} {large} {part} {small}" if part else f"{whole // size} {large}"
    return f"{whole} s"
