"""Where each value of a YAML text begins and ends: what an edit must know to leave all else as it is."""

from __future__ import annotations

from collections.abc import Iterator
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

    def bare(self, text: str) -> bool:
        """Whether nothing is written in this text, or brackets with nothing in them."""
        inside = text[self.start : self.end]
        return self.empty or (self.flow and inside[0] == "{" and not inside[1:-1].strip())


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
        # a block scalar's mark lies behind the empty lines that follow it, which "+" makes part of it
        kept = event.style in ("|", ">") and "+" in text[start : line_end(text, start)].partition("#")[0]
        return Span("scalar", start, end - 1 if kept else start + len(text[start:end].rstrip()), column)
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
    # a block's own marks lie before its anchor and behind the comments that follow it
    closing: Any = inner.end_mark
    found.end = closing.index if found.flow else (found.items or [one.value for one in found.entries])[-1].end
    if found.entries and event.anchor is not None:
        found.column = found.entries[0].start - line_start(text, found.entries[0].start)
    return found


def line_start(text: str, at: int) -> int:
    """Where the line of a character begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of a character ends, before its line break."""
    found = text.find("\n", at)
    end = len(text) if found < 0 else found
    return end - 1 if text[end - 1 : end] == "\r" and end > at else end


def lines_of(text: str, entry: Entry) -> tuple[int, int]:
    """Where the lines of an entry of a block begin and end, its last line break included.

    Comments that follow and stand further in than its name are its own: values put off, as a rule.
    """
    first = line_start(text, entry.start)
    column = entry.start - first
    return first, next_line(text, own_end(text, max(entry.value.end, entry.end), column))


def own_end(text: str, at: int, column: int) -> int:
    """Where what is written at a place ends with the comments below it that stand further in than a column."""
    end = look = line_end(text, at)
    while (start := next_line(text, look)) < len(text):
        look = line_end(text, start)
        line = text[start:look]
        bare = line.lstrip(" ")
        if bare.startswith("#") and len(line) - len(bare) > column:
            end = look
        elif bare.strip():
            break
    return end


def next_line(text: str, at: int) -> int:
    """Where the line begins that follows that of a character."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1
