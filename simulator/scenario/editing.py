"""Changes of one value in the text of a scenario: comments and layout of all else stay, character by character.

Each function takes a text and returns the changed one. What it says is read back before it is returned: if it is not
what was wanted (an unusual way of writing, say), the change is refused and nothing has happened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.quantity import SpokenError, Text
from simulator.scenario.problems import ScenarioError
from simulator.scenario.reading import read_tree, scalar
from simulator.scenario.spans import Entry, Span, line_end, line_start, lines_of, next_line, own_end, spans
from simulator.scenario.tree import plain
from simulator.scenario.writing import name_written, written

Path = Sequence[str]
_INDENT = 2
_COMMA = re.compile(r"\s*,")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")


class EditError(SpokenError):
    """A change cannot be made in this text; it is as it was."""


def with_value(text: str, path: Path, value: object) -> str:
    """The text with `value` at `path`; mappings that lead there are made where they are missing.

    A mapping is set entry by entry, so that what stays the same keeps its comments. Raises EditError.
    """
    wanted = _set(_said(text), path, value)
    return _checked(_with_value(text, path, value), wanted, path)


def without(text: str, path: Path) -> str:
    """The text without the entry at `path`, its comments on the same lines included. Raises EditError."""
    wanted = _set(_said(text), path, _GONE)
    return _checked(_without(text, path), wanted, path)


def taken_back(text: str, path: Path) -> str:
    """The text without the entry at `path`, nor the mappings around it that hold nothing else, not even a comment.

    Raises EditError.
    """
    while len(path) > 1 and _holds_only(text, path):
        path = path[:-1]
    return without(text, path)


def renamed(text: str, path: Path, name: str) -> str:
    """The text with the entry at `path` under another name, in its place. Raises EditError."""
    entry = _entry(text, path)
    _refuse_taken(text, [*path[:-1], name])
    said = _said(text)
    parent = _at(said, path[:-1])
    parent_wanted = {name if key == path[-1] else key: value for key, value in parent.items()}
    wanted = _set(said, path[:-1], parent_wanted) if len(path) > 1 else parent_wanted
    return _checked(text[: entry.start] + name_written(name) + text[entry.end :], wanted, path)


def duplicated(text: str, path: Path, name: str) -> str:
    """The text with a copy of the entry at `path`, comments included, right after it. Raises EditError."""
    entry = _entry(text, path)
    target = [*path[:-1], name]
    _refuse_taken(text, target)
    wanted = _set(_said(text), target, _at(_said(text), path))
    if _parent(text, path).flow:
        copy = name_written(name) + text[entry.end : entry.value.end]
        return _checked(text[: entry.value.end] + ", " + copy + text[entry.value.end :], wanted, path)
    first, after = lines_of(text, entry)
    copy = text[first : entry.start] + name_written(name) + text[entry.end : after]
    between = "" if text[:after].endswith("\n") else _newline(text)
    return _checked(text[:after] + between + copy + text[after:], wanted, path)


_GONE = object()


def _said(text: str) -> dict[str, Any]:
    """What a text says; EditError where it cannot be read or is no mapping."""
    try:
        said = _values(text)
    except ScenarioError as unreadable:
        first = unreadable.problems[0]
        raise _refused(
            f"the text has a fault in line {first.line}, mend it first: {first.message.en}",
            f"texten har ett fel på rad {first.line}, rätta det först: {first.message.sv}",
        ) from None
    if not isinstance(said, dict):
        raise _refused("the text is no mapping of names to values", "texten är ingen mappning av namn till värden")
    return said


def _values(text: str) -> object:
    tree = read_tree(text, "").tree
    return {} if tree is None else plain(tree)


def _at(said: Any, path: Path) -> Any:
    for name in path:
        said = said[name]
    return said


def _set(said: Any, path: Path, value: object) -> Any:
    """A copy of plain values with one of them replaced, or gone."""
    if not path:
        return value
    inside = said if isinstance(said, dict) else {}
    first, rest = path[0], path[1:]
    if not rest and value is _GONE:
        return {key: part for key, part in inside.items() if key != first}
    return {**inside, first: _set(inside.get(first), rest, value)}


def _checked(text: str, wanted: Any, path: Path) -> str:
    try:
        said = _values(text)
    except ScenarioError:
        said = None
    if not _same(said, wanted):
        dotted = ".".join(path)
        raise _refused(
            f"{dotted} cannot be changed here the way it is written; change the text itself",
            f"{dotted} kan inte ändras här så som det är skrivet; ändra i texten",
        )
    return text


def _same(said: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        keys = {str(key): value for key, value in wanted.items()}
        return isinstance(said, dict) and said.keys() == keys.keys() and all(_same(said[k], keys[k]) for k in keys)
    if isinstance(wanted, list | tuple):
        return isinstance(said, list) and len(said) == len(wanted) and all(map(_same, said, wanted))
    alike = said == wanted or (said != said and wanted != wanted)  # what is no number (.nan) is not even itself
    return bool(alike) and isinstance(said, bool) == isinstance(wanted, bool)


def _refused(english: str, swedish: str) -> EditError:
    return EditError(Text(english, swedish))


def _refuse_taken(text: str, path: Path) -> None:
    here: Any = _said(text)
    for name in path:
        if not isinstance(here, dict) or name not in here:
            return
        here = here[name]
    raise _refused(f"{path[-1]} exists already", f"{path[-1]} finns redan")


def _spans(text: str) -> Span | None:
    _said(text)
    return spans(text)


def _entry(text: str, path: Path) -> Entry:
    entry = _parent(text, path).entry(path[-1])
    if entry is None:
        raise _refused(f"{'.'.join(path)} does not stand in this text", f"{'.'.join(path)} står inte i texten")
    return entry


def _parent(text: str, path: Path) -> Span:
    """The mapping that holds the last name of `path`."""
    here = _spans(text)
    for name in path[:-1]:
        entry = None if here is None else here.entry(name)
        here = None if entry is None else entry.value
    return here or Span("mapping", 0, 0, 0)


def _with_value(text: str, path: Path, value: object) -> str:
    root = _spans(text)
    if root is None or root.empty:
        return _appended(text, len(text.rstrip()), "", path, value)
    here, at = root, 0
    while (entry := here.entry(path[at])) is not None:
        here, at = entry.value, at + 1
        if at == len(path):
            return _replaced(text, path, entry, value)
        if here.shape == "alias":
            return _with_value(_written_out(text, path[:at], here), path, value)
    rest = path[at:]
    if here.shape == "mapping" and here.flow and (root.flow or len(rest) == 1 or not here.bare(text)):
        return _into_brackets(text, here, rest, value)
    if here.shape == "mapping" and not here.flow:
        return _appended(text, own_end(text, here.end, here.column), " " * here.column, rest, value)
    if here.bare(text) or (here.shape == "scalar" and scalar(text[here.start : here.end]) is None):
        before = text[: here.start].rstrip(" ")
        indent = _indent_of(text, here.start) + " " * _step(root)
        return _appended(before + text[here.end :], len(before), indent, rest, value)
    name = path[at - 1]
    raise _refused(f"{name} holds one value, no names", f"{name} rymmer ett värde, inga namn")


def _replaced(text: str, path: Path, entry: Entry, value: object) -> str:
    """Write a value over another; a mapping over a mapping goes entry by entry."""
    old = entry.value
    if isinstance(value, Mapping) and value and old.shape == "mapping" and old.entries:
        said = _at(_said(text), path)
        for name in (name for name in said if name not in {str(key) for key in value}):
            text = _without(text, [*path, name])
        for name, part in value.items():
            if str(name) not in said or not _same(said[str(name)], part):
                text = _with_value(text, [*path, str(name)], part)
        return text
    start = entry.end + text[entry.end : max(old.start, entry.end) + 1].find(":") + 1
    if old.empty or (old.shape != "scalar" and not old.flow):
        return text[:start] + " " + written(value) + text[max(old.end, start) :]
    return text[: old.start] + written(value) + text[old.end :]


def _written_out(text: str, path: Path, alias: Span) -> str:
    """The text with an alias replaced by what it stands for."""
    return text[: alias.start] + written(_at(_said(text), path)) + text[alias.end :]


def _into_brackets(text: str, here: Span, rest: Path, value: object) -> str:
    for name in reversed(rest[1:]):
        value = {name: value}
    comma = ", " if here.entries else ""
    at = here.entries[-1].value.end if here.entries else here.start + 1
    return text[:at] + f"{comma}{name_written(rest[0])}: {written(value)}" + text[at:]


def _appended(text: str, after: int, indent: str, rest: Path, value: object) -> str:
    """Write an entry on lines of its own after the line of a character."""
    lines = []
    for depth, name in enumerate(rest):
        lead = indent + " " * (_INDENT * depth)
        lines.append(f"{lead}{name_written(name)}:")
    lines[-1] += f" {written(value)}"
    newline, at = _newline(text), next_line(text, after)
    before = newline if at and text[at - 1] != "\n" else ""
    return text[:at] + before + newline.join(lines) + newline + text[at:]


def _without(text: str, path: Path) -> str:
    parent, entry = _parent(text, path), _entry(text, path)
    if parent.flow:
        return _out_of_brackets(text, parent, entry)
    first, after = lines_of(text, entry)
    if len(parent.entries) > 1 or len(path) == 1:
        return text[:first] + text[after:]
    owner = _entry(text, path[:-1])
    colon = text.find(":", owner.end) + 1
    lead = [line.strip() for line in text[colon : entry.start].splitlines()]
    if first < colon or any(line and not line.startswith("#") for line in lead):  # an anchor, say
        return text[:colon] + " {}" + text[line_end(text, parent.end) :]
    return text[:colon] + " {}" + text[colon:first] + text[after:]


def _out_of_brackets(text: str, parent: Span, entry: Entry) -> str:
    """Take an entry out of a mapping in brackets: with its comma and, where it has lines of its own, with these."""
    place, end = parent.entries.index(entry), entry.value.end
    comma = _COMMA.match(text, end)
    end = end if comma is None else comma.end()
    first, rest = line_start(text, entry.start), _REST.match(text, end)
    if rest is not None and not text[first : entry.start].strip():
        text = text[:first] + text[rest.end() :]
    elif comma is not None:
        text = text[: entry.start] + text[end:].lstrip(" ")
    else:
        text = text[: entry.start].rstrip(" ") + text[end:]
    before = _COMMA.match(text, parent.entries[place - 1].value.end) if place and comma is None else None
    return text if before is None else text[: before.end() - 1] + text[before.end() :]


def _holds_only(text: str, path: Path) -> bool:
    """Whether the mapping around an entry holds nothing beside it, comments included."""
    parent, entry, owner = _parent(text, path), _entry(text, path), _entry(text, path[:-1])
    if parent.flow:
        inside, outside = (entry.start, entry.value.end), (owner.start, owner.value.end)
    else:
        inside, outside = lines_of(text, entry), lines_of(text, owner)
    around = text[outside[0] : inside[0]] + text[inside[1] : outside[1]]
    return len(parent.entries) == 1 and "#" not in around


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _indent_of(text: str, at: int) -> str:
    line = text[line_start(text, at) :]
    return line[: len(line) - len(line.lstrip(" "))]


def _step(root: Span) -> int:
    """Blanks by which this text indents."""
    for entry in root.entries:
        if entry.value.shape == "mapping" and not entry.value.flow and entry.value.column:
            return entry.value.column
    return _INDENT
