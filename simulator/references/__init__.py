"""The list of sources: reads `@kind{KEY, name = {value}, ...}`, one entry per line or several lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("references.bib")
_START = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)
_FIELD = re.compile(r"(\w+)\s*=\s*\{((?:[^{}]|\{[^{}]*\})*)\}")


def parsed(text: str) -> dict[str, dict[str, str]]:
    """Fields of each entry by key.

    >>> parsed("@misc{A, title = {On {SMEs}}, year = {2020}}")
    {'A': {'title': 'On SMEs', 'year': '2020'}}
    """
    text = "\n".join(line for line in text.splitlines() if not line.startswith("%"))
    starts = list(_START.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    entries: dict[str, dict[str, str]] = {}
    for start, end in zip(starts, ends, strict=True):
        fields = _FIELD.findall(text[start.end() : end])
        entries[start[1]] = {name: value.replace("{", "").replace("}", "") for name, value in fields}
    if len(entries) < len(starts):
        raise ValueError("a key of references.bib is used twice")
    return entries


@cache
def references() -> Mapping[str, Mapping[str, str]]:
    """All entries of the reference list."""
    return parsed(FILE.read_text(encoding="utf-8"))


def full(key: str) -> str:
    """One line for a reference: author (year): title. Note. Address."""
    entry = references()[key]
    author = entry.get("author", "").replace(" and ", "; ")
    parts = [f"{author} ({entry['year']}): {entry['title']}", entry.get("note", ""), entry.get("url", "")]
    return ". ".join(part for part in parts if part)
