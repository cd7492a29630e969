"""Where each value of a YAML text begins and ends: what an edit must know to leave all else as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml


@dataclass(slots=True)
class Entry:
    """A key and its value in a mapping; `start` and `end` are those of the key."""

    name: str
    start: int
    end: int
    value: Span


@dataclass(slots=True)
class Span:
    """A value: characters `start` to `end` of the text.

    shape    scalar, mapping, list or alias
    flow     written in brackets
    column   of the first character
    """

    shape: str
    start: int
    end: int
    column: int
    flow: bool = False
    entries: list[Entry] = field(default_factory=list)
    items: list[Span] = field(default_factory=list)

    def entry(self, name: str) -> Entry | None:
        """The entry with a name."""
        return next((one for one in self.entries if one.name == name), None)

    @property
    def empty(self) -> bool:
        """Whether nothing is written."""
        return self.shape == "scalar" and self.start == self.end


def spans(text: str) -> Span | None:
    """The whole document, None where it says nothing; yaml.YAMLError where it cannot be parsed."""
    events = yaml.parse(text, Loader=yaml.SafeLoader)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            return _span(next(events), events, text)
    return None


def _span(event: Any, events: Iterator[Any], text: str) -> Span:
    start, end, column = event.start_mark.index, event.end_mark.index, event.start_mark.column
    if isinstance(event, yaml.AliasEvent):
        return Span("alias", start, end, column)
    if isinstance(event, yaml.ScalarEvent):
        # a block scalar's mark lies behind the empty lines that follow it
        return Span("scalar", start, start + len(text[start:end].rstrip()), column)
    found = Span("mapping" if isinstance(event, yaml.MappingStartEvent) else "list", start, end, column)
    found.flow = bool(event.flow_style)
    inner: Any = next(events)
    while not isinstance(inner, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        part, name = _span(inner, events, text), getattr(inner, "value", "")
        if found.shape == "list":
            found.items.append(part)
        else:
            found.entries.append(Entry(name, part.start, part.end, _span(next(events), events, text)))
        inner = next(events)
    # a block's own mark lies behind the comments that follow it
    closing: Any = inner.end_mark
    found.end = closing.index if found.flow else _last(found).end
    return found


def _last(found: Span) -> Span:
    inner: Sequence[Span] = found.items or [one.value for one in found.entries]
    return inner[-1]


def line_start(text: str, at: int) -> int:
    """Where the line of a character begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of a character ends, before its line break."""
    found = text.find("\n", at)
    end = len(text) if found < 0 else found
    return end - 1 if text[end - 1 : end] == "\r" and end > at else end
