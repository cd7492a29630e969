"""What a workshop has prepared and noted, and how it is written down: nothing that was said is lost."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from simulator.gui.live.handles import Setting
from simulator.quantity import SpokenError, Text

_Taken = TypeVar("_Taken")
FORMAT = 1
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
    """

    sliders: list[str] | None = None
    starts: dict[str, Setting] = field(default_factory=dict)
    charts: list[str] = field(default_factory=lambda: list(FIRST_CHARTS))
    groups: list[str] = field(default_factory=list)
    anew: bool = True


@dataclass(frozen=True)
class Outcome:
    """What the model says of one indicator at the end: the difference to the baseline; NaN where it is not known."""

    quarter: str
    low: float
    middle: float
    high: float
    runs: int


@dataclass
class Note:
    """What a group has said of one mix: its expectation before the result was seen, its proposal, or both.

    name         of the proposal, "" while it is none
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


@dataclass
class WorkshopRecord:
    """All of one workshop."""

    preparation: Preparation = field(default_factory=Preparation)
    notes: list[Note] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to keep."""
        return self == WorkshopRecord()


def written(record: WorkshopRecord) -> str:
    """The record as text."""
    preparation = vars(record.preparation)
    notes = [
        {**vars(note), "outcomes": {name: _outcome_out(one) for name, one in note.outcomes.items()}}
        for note in record.notes
    ]
    return json.dumps({"format": FORMAT, "preparation": preparation, "notes": notes}, ensure_ascii=False, indent=1)


def read(text: str) -> WorkshopRecord:
    """The record in a text; RecordError where there is none."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as failure:
        raise _odd("no JSON", "ingen JSON") from failure
    top = _mapping(said)
    if top.get("format") != FORMAT:
        raise _odd(f"format {top.get('format')!r} is not {FORMAT}", f"formatet {top.get('format')!r} är inte {FORMAT}")
    preparation, notes = _mapping(top.get("preparation")), _items(top.get("notes"))
    sliders = preparation.get("sliders")
    return WorkshopRecord(
        Preparation(
            None if sliders is None else _words(sliders), _by_name(preparation.get("starts"), _setting),
            _words(preparation.get("charts")), _words(preparation.get("groups")), preparation.get("anew") is not False,
        ),
        [_note(_mapping(one)) for one in notes],
    )  # fmt: skip


def _note(said: Mapping[str, Any]) -> Note:
    group, when, scenario, name, digest = (
        _word(said.get(key)) for key in ("group", "when", "scenario", "name", "digest")
    )
    return Note(
        group, when, scenario, _by_name(said.get("positions"), _setting), _by_name(said.get("predictions"), _number),
        _by_name(said.get("outcomes"), _outcome), name, digest,
    )  # fmt: skip


def _outcome_out(one: Outcome) -> dict[str, object]:
    ends = {name: getattr(one, name) for name in ("low", "middle", "high")}
    known = {name: None if math.isnan(value) else value for name, value in ends.items()}
    return {"quarter": one.quarter, **known, "runs": one.runs}


def _outcome(said: object) -> Outcome:
    parts = _mapping(said)
    low, middle, high = (
        math.nan if parts.get(name) is None else _number(parts[name]) for name in ("low", "middle", "high")
    )
    return Outcome(_word(parts.get("quarter")), low, middle, high, int(_number(parts.get("runs"))))


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


def _setting(said: object) -> Setting:
    return said if said is None or isinstance(said, bool) else _number(said)


def _words(said: object) -> list[str]:
    return [_word(one) for one in _items(said)]


def _by_name(said: object, take: Callable[[object], _Taken]) -> dict[str, _Taken]:
    return {name: take(one) for name, one in _mapping(said).items()}
