"""YAML text to a tree with places: YAML 1.2 core values, one document, no tags, nothing unbounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NamedTuple

import yaml

from simulator.quantity import Text
from simulator.scenario.problems import NOTHING, Place, Problem, ScenarioError
from simulator.scenario.tree import Branch, Items, Leaf, Scalar, Steps, Tree, is_unread

MOST_BYTES = 1_000_000
MOST_VALUES = 20_000
MOST_LEVELS = 40
MOST_LETTERS = 200

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LONGEST_WHOLE = 18
_NO_NAME = "\x00"  # stands in a path for what has no name of its own
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")

_SYNTAX: tuple[tuple[re.Pattern[str], Text], ...] = tuple(
    (re.compile(pattern), Text(english, swedish))
    for pattern, english, swedish in (
        (r"'\\t'", "a tab; indent with spaces", "en tabb; dra in med mellanslag"),
        (
            r"mapping values are not allowed",
            "a colon where none may stand; check the indentation, or put the text in quotes",
            "ett kolon där det inte får stå; se över indraget eller sätt texten inom citattecken",
        ),
        (r"could not find expected ':'", "a colon is missing after the name", "ett kolon saknas efter namnet"),
        (
            r"expected <block end>",
            "this line is not indented like its neighbours",
            "raden är inte indragen som sina grannar",
        ),
        (
            r"expected ',' or|expected the node content|expected '\]'|expected '\}'",
            "a bracket is not closed, or a comma is missing",
            "en parentes är inte stängd eller ett komma saknas",
        ),
        (r"quoted scalar|unexpected end of stream", "a quotation mark is not closed", "ett citattecken är inte stängt"),
        (r"undefined tag handle|tag", "tags (!) are not used here", "taggar (!) används inte här"),
        (
            r"alias|anchor",
            "an anchor or alias (& or *) without a proper name",
            "ett ankare eller alias (& eller *) utan riktigt namn",
        ),
        (
            r"cannot start any token",
            "a character that cannot begin a value; put the text in quotes",
            "ett tecken som inte kan inleda ett värde; sätt texten inom citattecken",
        ),
    )
)
_NOT_YAML = Text("this is not valid YAML", "detta är inte giltig YAML")


class Reading(NamedTuple):
    """What a text says (None if nothing), read as well as its `problems` let it be."""

    tree: Tree | None
    problems: list[Problem]


class _ReadingError(Exception):
    """Reading cannot go on after this problem."""

    def __init__(self, place: Place, message: Text, allowed: Text) -> None:
        super().__init__(message.en)
        self.problem = Problem(place, "", message, allowed)


def decoded(content: bytes, file: str, most: int = MOST_BYTES) -> str:
    """Return the text of a file; ScenarioError unless it is UTF-8 text of a bearable size."""
    start = Place(file, 1, 1)
    if len(content) > most:
        size = f"{most // 1_000_000} MB"
        raise _alone(
            start, Text("the file is too large", "filen är för stor"), Text(f"at most {size}", f"högst {size}")
        )
    utf8 = Text("plain text in UTF-8", "ren text i UTF-8")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _alone(start, Text("the file is saved as UTF-16", "filen är sparad som UTF-16"), utf8)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\x00" in content:
            raise _alone(start, Text("the file is binary", "filen är binär"), utf8) from None
        before = content[: error.start].decode("utf-8-sig")
        raise _alone(
            _place_at(before, file), Text("a byte that is not UTF-8", "en byte som inte är UTF-8"), utf8
        ) from None
    if "\x00" in text:
        raise _alone(start, Text("the file is binary", "filen är binär"), utf8)
    if found := UNPRINTABLE.search(text):
        code = f"U+{ord(found.group()):04X}"
        raise _alone(
            _place_at(text[: found.start()], file),
            Text(f"the control character {code}", f"styrtecknet {code}"),
            Text("printable characters", "skrivbara tecken"),
        )
    return text


def read_tree(text: str, file: str) -> Reading:
    """Read YAML text past every fault that leaves the rest readable; ScenarioError where that is impossible.

    Of a name that stands twice the first stands; what a tag, an alias of nothing or a control character spoils is
    `unread`.
    """
    builder = _Builder(file)
    try:
        tree = builder.document(text)
    except _ReadingError as refused:
        raise ScenarioError([*builder.problems, refused.problem]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        said = f"{error.problem} {error.context}"
        message = next((text for pattern, text in _SYNTAX if pattern.search(said)), _NOT_YAML)
        raise ScenarioError([*builder.problems, Problem(place, "", message)]) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # PyYAML lets chr() and int() fail on escapes such as "\UFFFFFFFF" and on endless version numbers
        raise ScenarioError([*builder.problems, Problem(builder.last, "", _NOT_YAML)]) from None
    return Reading(tree, builder.problems)


def scalar(text: str) -> Scalar:
    """Return the value of a plain YAML 1.2 (core) scalar.

    >>> [scalar(word) for word in ("NO", "1e6", "12:30", "010", "0o10", "~", "2026-01-01")]
    ['NO', 1000000.0, '12:30', 10, 8, None, '2026-01-01']
    """
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text) if len(text) <= _LONGEST_WHOLE else float(text)
    if _BASED.fullmatch(text):
        return int(text, 0) if len(text) <= _LONGEST_WHOLE else float("inf")
    return float(text) if _REAL.fullmatch(text) else text


class _Builder:
    """Builds a tree from parser events, counting what aliases would expand to."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.last = Place(file, 1, 1)
        self._anchors: dict[str, tuple[Tree, int]] = {}
        self._values = 0
        self._events: Iterator[Any] = iter(())

    def document(self, text: str) -> Tree | None:
        """Read the only document of the text."""
        self._events = yaml.parse(text, Loader=yaml.SafeLoader)
        tree: Tree | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if tree is not None:
                    second = Text("a second document (---) begins", "ett andra dokument (---) börjar")
                    self._wrong(self._place(event), (), second, Text("one document per file", "ett dokument per fil"))
                    break
                tree = self._node(self._next(), ())
        return None if isinstance(tree, Leaf) and tree.empty else tree

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _next(self) -> Any:
        event = next(self._events)
        self.last = self._place(event)
        return event

    def _node(self, event: Any, steps: Steps) -> Tree:
        place = self._place(event)
        if len(steps) > MOST_LEVELS:
            raise _ReadingError(
                place,
                Text("nested too deep", "för djupt nästlat"),
                Text(f"{MOST_LEVELS} levels", f"{MOST_LEVELS} nivåer"),
            )
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, steps)
        before = self._values
        self._count(1, place)
        if event.tag is not None:
            none = Text("tags are not used here", "taggar används inte här")
            self._wrong(place, steps, Text(f"the tag {event.tag}", f"taggen {event.tag}"), none)
        if isinstance(event, yaml.ScalarEvent):
            tree: Tree = self._scalar(event, steps)
        elif isinstance(event, yaml.SequenceStartEvent):
            tree = self._list(place, steps)
        else:
            tree = self._mapping(place, steps)
        if event.anchor is not None:
            self._anchors[event.anchor] = (tree, self._values - before)
        return tree

    def _scalar(self, event: Any, steps: Steps) -> Leaf:
        text, place = event.value, self._place(event)
        if UNPRINTABLE.search(text):
            self._wrong(place, steps, Text("the text holds a control character", "texten innehåller ett styrtecken"))
            return _unread(place)
        if event.tag is not None:
            return _unread(place)
        if event.style is not None:
            return Leaf(text, place)
        return Leaf(scalar(text), place, empty=text == "")

    def _alias(self, event: Any, steps: Steps) -> Tree:
        name, place = event.anchor, self._place(event)
        if name not in self._anchors:
            none = Text(f"no finished anchor &{name} above", f"inget avslutat ankare &{name} ovanför")
            self._wrong(place, steps, none)
            return _unread(place)
        tree, size = self._anchors[name]
        self._count(size, place)
        return tree

    def _list(self, place: Place, steps: Steps) -> Items:
        items: list[Tree] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, (*steps, len(items))))
        return Items(tuple(items), place)

    def _mapping(self, place: Place, steps: Steps) -> Branch:
        entries: dict[str, Tree] = {}
        keys: dict[str, Place] = {}
        merged: list[Branch] = []
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            at = self._place(event)
            key = self._key(event, steps)
            value = self._node(self._next(), (*steps, _NO_NAME if key is None else key))
            if key == "<<" and event.style is None:
                merged += self._merged(value, at, steps)
            elif key is not None and key in entries:
                first = keys[key].line
                twice = Text(f"{key} stands twice", f"{key} står två gånger")
                self._wrong(at, (*steps, key), twice, Text(f"first in line {first}", f"först på rad {first}"))
            elif key is not None:
                entries[key], keys[key] = value, at
        for other in merged:
            entries = {**other.entries, **entries}
            keys = {**other.keys, **keys}
        return Branch(entries, keys, place)

    def _key(self, event: Any, steps: Steps) -> str | None:
        """Return a key as it is written, so that 2026 and 2026Q1 are both names; None if it is no name."""
        if isinstance(event, yaml.ScalarEvent):
            self._node(event, (*steps, _NO_NAME))
            if len(event.value) > MOST_LETTERS:
                most = Text(f"at most {MOST_LETTERS} letters", f"högst {MOST_LETTERS} tecken")
                self._wrong(self._place(event), steps, Text("the name is too long", "namnet är för långt"), most)
                return None
            return None if UNPRINTABLE.search(event.value) else str(event.value)
        word = Text(
            "a name must be one word, not a list or mapping", "ett namn ska vara ett ord, inte en lista eller mappning"
        )
        self._wrong(self._place(event), steps, word)
        self._node(event, (*steps, _NO_NAME))
        return None

    def _merged(self, value: Tree, place: Place, steps: Steps) -> list[Branch]:
        parts = value.items if isinstance(value, Items) else (value,)
        branches = [part for part in parts if isinstance(part, Branch)]
        if len(branches) == len(parts):
            return branches
        if not any(map(is_unread, parts)):
            mapping = Text("<< needs a mapping", "<< kräver en mappning")
            self._wrong(place, steps, mapping, Text("an alias such as *name", "ett alias som *namn"))
        # what it would have brought is unknown: nothing is said to be missing around it
        return [*branches, Branch({"<<": _unread(place)}, {"<<": place}, place)]

    def _count(self, number: int, place: Place) -> None:
        self._values += number
        if self._values > MOST_VALUES:
            raise _ReadingError(
                place,
                Text("too many values, aliases counted", "för många värden, alias medräknade"),
                Text(f"at most {MOST_VALUES}", f"högst {MOST_VALUES}"),
            )

    def _wrong(self, place: Place, steps: Steps, message: Text, allowed: Text = NOTHING) -> None:
        known = takewhile(lambda step: step != _NO_NAME, steps)
        self.problems.append(Problem(place, ".".join(map(str, known)), message, allowed))


def _unread(place: Place) -> Leaf:
    return Leaf("", place, unread=True)


def _alone(place: Place, message: Text, allowed: Text) -> ScenarioError:
    return ScenarioError([Problem(place, "", message, allowed)])


def _place_at(before: str, file: str) -> Place:
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
