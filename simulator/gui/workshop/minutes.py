"""The minutes of a workshop: every note with prediction and result as a table that spreadsheets open."""

from __future__ import annotations

import math
from collections.abc import Mapping

from simulator.gui.charts.words import CONDITION, title_of, unit_of
from simulator.gui.language import Language
from simulator.gui.live.handles import Handle
from simulator.gui.spreadsheet import exact, lines, separator
from simulator.gui.workshop.record import Note
from simulator.gui.workshop.wording import positions_text, verdict
from simulator.indicators import INDICATORS
from simulator.quantity import Text

_HEADS = (
    Text("time", "tid"), Text("group", "grupp"), Text("proposal", "förslag"), Text("scenario", "scenario"),
    Text("sliders", "reglage"), Text("indicator", "indikator"), Text("unit", "enhet"),
    Text("prediction", "förutsägelse"), Text("quarter", "kvartal"), Text("median", "median"),
    Text("from (5 %)", "från (5 %)"), Text("to (95 %)", "till (95 %)"), Text("runs", "körningar"),
    Text("in words", "i ord"), Text("digest", "fingeravtryck"),
)  # fmt: skip
_DIGITS = 10
_ABOUT = Text(
    "Differences to the baseline at the end of the run. Predictions were noted before the result was shown, or it is "
    "said that they were not.",
    "Skillnader mot basfallet i slutet av körningen. Förutsägelser skrevs innan resultatet visades, eller så sägs det "
    "att de inte gjorde det.",
)


def minutes(notes: list[Note], known: Mapping[str, Handle], language: Language) -> str:
    """One line for each note and indicator."""
    said = language.said
    rows = [[said(_ABOUT)], [said(CONDITION)], [], [said(head) for head in _HEADS]]
    for note in notes:
        first = [note.when, note.group, note.name, note.scenario, positions_text(language, note, known)]
        names = dict.fromkeys([*note.outcomes, *note.predictions])
        rows += [[*first, *_numbers(note, name, language), note.digest] for name in names or [""]]
    return lines(rows, separator(language.code))


def _numbers(note: Note, name: str, language: Language) -> list[str]:
    indicator, outcome = INDICATORS.get(name), note.outcomes.get(name)
    predicted = note.predictions.get(name, math.nan)
    ends = (math.nan,) * 3 if outcome is None else (outcome.middle, outcome.low, outcome.high)
    numbers = [exact(value, language.code, _DIGITS) for value in (predicted, *ends)]
    return [
        name if indicator is None else language.said(title_of(indicator)),
        "" if indicator is None else language.unit(unit_of(indicator, difference=True)),
        numbers[0],
        "" if outcome is None else outcome.quarter,
        *numbers[1:],
        "" if outcome is None else str(outcome.runs),
        "" if indicator is None else verdict(language, indicator, predicted, outcome, note.late),
    ]
