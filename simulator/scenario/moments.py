"""Calendar quarters as they are written: 2026Q1. A quarter's index counts quarters since year 0."""

from __future__ import annotations

import re

_QUARTER = re.compile(r"([12][0-9]{3})Q([1-4])")
_YEAR = re.compile(r"[12][0-9]{3}")
_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])(-[0-3][0-9])?")
_SLOPPY = re.compile(r"\s*(?:([12][0-9]{3})\W*[QqKk]\W*([1-4])|[QqKk]\W*([1-4])\W*([12][0-9]{3}))\s*")


def quarter_index(text: str) -> int | None:
    """Return the index of `2026Q3`, or of the first quarter of `2026`; None for anything else."""
    if found := _QUARTER.fullmatch(text):
        return 4 * int(found[1]) + int(found[2]) - 1
    return 4 * int(text) if _YEAR.fullmatch(text) else None


def quarter_text(index: int) -> str:
    """Write the quarter with this index.

    >>> quarter_text(quarter_index("2030Q3"))
    '2030Q3'
    """
    return f"{index // 4}Q{index % 4 + 1}"


def is_quarter(text: str) -> bool:
    """Tell whether the text is a quarter such as 2026Q1."""
    return _QUARTER.fullmatch(text) is not None


def meant(text: str) -> str | None:
    """Return the quarter that was probably meant, None if no quarter is near.

    >>> meant("2026-q1"), meant("Q3 2030"), meant("2030k4"), meant("2031"), meant("2026-04"), meant("soon")
    ('2026Q1', '2030Q3', '2030Q4', '2031Q1', '2026Q2', None)
    """
    if found := _MONTH.fullmatch(text):
        return f"{found[1]}Q{(int(found[2]) + 2) // 3}"
    if found := _SLOPPY.fullmatch(text):
        return f"{found[1] or found[4]}Q{found[2] or found[3]}"
    return f"{text}Q1" if _YEAR.fullmatch(text) else None


def full_path(path: str) -> str:
    """Return a dotted path with points in time written as quarters.

    >>> full_path("drivers.carbon_price.2035")
    'drivers.carbon_price.2035Q1'
    """
    head, _, last = path.rpartition(".")
    index = quarter_index(last) if head.startswith("drivers.") else None
    return path if index is None else f"{head}.{quarter_text(index)}"
