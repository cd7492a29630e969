"""Tables as spreadsheets of each language open them: in Swedish with semicolons and decimal commas."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence

BETWEEN_CELLS = "\t"
"""What parts cells on the clipboard, in every language."""
_MARK = "\ufeff"
_FORMULAS = tuple("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?\d*([.,]\d+)?(e[+-]?\d+)?")


def separator(language: str) -> str:
    """What parts cells in a file.

    >>> separator("sv"), separator("en")
    (';', ',')
    """
    return ";" if language == "sv" else ","


def exact(value: float, language: str, digits: int) -> str:
    """A number for calculating on, nothing where it is not known.

    >>> exact(1234.5, "sv", 10), exact(float("nan"), "sv", 10)
    ('1234,5', '')
    """
    if math.isnan(value):
        return ""
    said = f"{value:.{digits}g}"
    return said.replace(".", ",") if language == "sv" else said


def lines(rows: Iterable[Sequence[str]], parted: str) -> str:
    r"""Rows of cells as text. What somebody has named is no formula of a spreadsheet.

    >>> lines([["=cmd()", "=1+1", "-3,5", "+2e-07"]], ";")
    "'=cmd();'=1+1;-3,5;+2e-07\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=parted, lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def encoded(text: str) -> bytes:
    """A file's content; the mark tells spreadsheets that it is UTF-8."""
    return (_MARK + text).encode("utf-8")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) and not _NUMBER.fullmatch(cell) else cell
