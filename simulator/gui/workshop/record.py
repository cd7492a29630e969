"""What a workshop has prepared and noted, and how it is written down: nothing that was said is lost."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from simulator.gui.charts.fan import DIFFERENCE, MODES
from simulator.gui.live.handles import Setting
from simulator.indicators.results import quarter_number
from simulator.quantity import SpokenError, Text

_Taken = TypeVar("_Taken")
FORMAT = 1
_ENDS, _KINDS = ("low", "middle", "high"), ("difference", "level", "baseline")
FEW_SLIDERS, MOST_SLIDERS, MOST_CHARTS = 6, 9, 4
FIRST_CHARTS = ("advanced_digital", "employment")


class RecordError(SpokenError):
    """What is written is no record of a workshop."""


@dataclass
class Preparation:
    """What was chosen beforehand.

    sliders  keys, the first nine have keys of the keyboard; None: those of the page Explore
    starts   where sliders start, by key; others start where the scenario has them; None for no limit
    charts   indicators        groups  names in their order
    anew     whether results are covered again after every move, or only for the next group
    mode     whether charts begin with differences to the baseline or with levels
    """

    sliders: list[str] | None = None
    starts: dict[str, Setting] = field(default_factory=dict)
    charts: list[str] = field(default_factory=lambda: list(FIRST_CHARTS))
    groups: list[str] = field(default_factory=list)
    anew: bool = True
    mode: str = DIFFERENCE


@dataclass(frozen=True)
class Outcome:
    """What the model says of one indicator at the end: the difference to the baseline; NaN where it is not known."""

    quarter: str
    low: float
    middle: float
    high: float
    runs: int


@dataclass(frozen=True)
class Course:
    """Low end, middle and high end of a band over time; NaN where it is not known."""

    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Curves:
    """What the model says of one indicator from the quarter `first` on."""

    first: str
    difference: Course
    level: Course
    baseline: Course


@dataclass
class Note:
    """What a group has said of one mix: its expectation before the result was seen, its proposal, or both.

    name         of the proposal, "" while it is none
    curves       of a proposal, by indicator: what it looked like when it was kept
    late         the prediction was noted when the result had been on the screen before
    drawn        whether the proposal is in the picture that compares
    positions    where the sliders stood, by key
    predictions  by indicator, noted before the result was seen
    outcomes     by indicator, what the model said
    when         local time, ISO 8601
    """

    group: str
    when: str
    scenario: str
    positions: dict[str, Setting]
    predictions: dict[str, float] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    name: str = ""
    digest: str = ""
    curves: dict[str, Curves] = field(default_factory=dict)
    late: bool = False
    drawn: bool = True


@dataclass
class WorkshopRecord:
    """All of one workshop.

    turn   the group whose turn it is, from 0
    seen   fingerprints of the mixes whose results have been on the screen
    """

    preparation: Preparation = field(default_factory=Preparation)
    notes: list[Note] = field(default_factory=list)
    turn: int = 0
    seen: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to keep."""
        return self == WorkshopRecord()


def written(record: WorkshopRecord) -> str:
    """The record as text, a line for each note."""
    head = {"format": FORMAT, "preparation": vars(record.preparation), "turn": record.turn, "seen": record.seen}
    notes = ",\n".join(json.dumps(_note_out(note), ensure_ascii=False) for note in record.notes)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]},\n"notes": [\n{notes}\n]}}\n'


def read(text: str) -> WorkshopRecord:
    """The record in a text, also one without what was added to records later; RecordError where there is none."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as failure:
        raise _odd("no JSON", "ingen JSON") from failure
    top = _mapping(said)
    if top.get("format") != FORMAT:
        raise _odd(f"format {top.get('format')!r} is not {FORMAT}", f"formatet {top.get('format')!r} är inte {FORMAT}")
    preparation, notes = _mapping(top.get("preparation")), _items(top.get("notes"))
    sliders, mode = preparation.get("sliders"), preparation.get("mode")
    return WorkshopRecord(
        Preparation(
            None if sliders is None else _words(sliders), _by_name(preparation.get("starts"), _setting),
            _words(preparation.get("charts")), _words(preparation.get("groups")), preparation.get("anew") is not False,
            mode if mode in MODES else DIFFERENCE,
        ),
        [_note(_mapping(one)) for one in notes],
        max(0, int(_number(top.get("turn", 0)))),
        _words(top.get("seen", [])),
    )  # fmt: skip


def _note(said: Mapping[str, Any]) -> Note:
    group, when, scenario, name, digest = (
        _word(said.get(key)) for key in ("group", "when", "scenario", "name", "digest")
    )
    return Note(
        group, when, scenario, _by_name(said.get("positions"), _setting), _by_name(said.get("predictions"), _number),
        _by_name(said.get("outcomes"), _outcome), name, digest, _by_name(said.get("curves", {}), _curves),
        said.get("late") is True, said.get("drawn") is not False,
    )  # fmt: skip


def _note_out(note: Note) -> dict[str, object]:
    """A note as JSON has it: what is not known is null there."""
    outcomes = {name: {**vars(one), **_known(one, _ENDS)} for name, one in note.outcomes.items()}
    curves = {
        name: {"first": one.first, **{kind: _known(getattr(one, kind), _ENDS) for kind in _KINDS}}
        for name, one in note.curves.items()
    }
    return {**vars(note), "outcomes": outcomes, "curves": curves}


def _known(one: Outcome | Course, names: Sequence[str]) -> dict[str, object]:
    parts = ((name, getattr(one, name)) for name in names)
    return {name: [*map(_or_null, part)] if isinstance(part, tuple) else _or_null(part) for name, part in parts}


def _or_null(value: float) -> float | None:
    return None if math.isnan(value) else value


def _outcome(said: object) -> Outcome:
    parts = _mapping(said)
    low, middle, high = (_perhaps(parts.get(name)) for name in _ENDS)
    return Outcome(_word(parts.get("quarter")), low, middle, high, int(_number(parts.get("runs"))))


def _curves(said: object) -> Curves:
    parts = _mapping(said)
    first = _word(parts.get("first"))
    try:
        quarter_number(first)
    except ValueError as failure:
        raise _odd(f"{first!r:.40} is no quarter", f"{first!r:.40} är inget kvartal") from failure
    difference, level, baseline = (_course(_mapping(parts.get(kind))) for kind in _KINDS)
    if len({len(one.middle) for one in (difference, level, baseline)}) > 1:
        raise _odd("curves of different lengths", "kurvor av olika längd")
    return Curves(first, difference, level, baseline)


def _course(said: Mapping[str, Any]) -> Course:
    low, middle, high = (tuple(_perhaps(one) for one in _items(said.get(name))) for name in _ENDS)
    if not 0 < len(low) == len(middle) == len(high):
        raise _odd("a curve with ends missing", "en kurva där ändar saknas")
    return Course(low, middle, high)


def _odd(en: str, sv: str) -> RecordError:
    return RecordError(Text(en, sv))


def _mapping(said: object) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise _odd(f"{said!r:.40} is no group of values", f"{said!r:.40} är ingen grupp av värden")
    return said


def _items(said: object) -> list[Any]:
    if not isinstance(said, list):
        raise _odd(f"{said!r:.40} is no list", f"{said!r:.40} är ingen lista")
    return said


def _word(said: object) -> str:
    if not isinstance(said, str):
        raise _odd(f"{said!r:.40} is no text", f"{said!r:.40} är ingen text")
    return said


def _number(said: object) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float) or not math.isfinite(said):
        raise _odd(f"{said!r:.40} is no number", f"{said!r:.40} är inget tal")
    return said


def _perhaps(said: object) -> float:
    return math.nan if said is None else _number(said)


def _setting(said: object) -> Setting:
    return said if said is None or isinstance(said, bool) else _number(said)


def _words(said: object) -> list[str]:
    return [_word(one) for one in _items(said)]


def _by_name(said: object, take: Callable[[object], _Taken]) -> dict[str, _Taken]:
    return {name: take(one) for name, one in _mapping(said).items()}
