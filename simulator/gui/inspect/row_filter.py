"""Which firms are kept and in which order: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from simulator.gui.inspect.columns import FirmColumn
from simulator.gui.inspect.history import FIRM, Array, Frame
from simulator.gui.language import Language


@dataclass(frozen=True)
class Condition:
    """A column that is at least, or at most, a value."""

    column: str
    least: bool
    value: float


@dataclass(frozen=True)
class RowFilter:
    """What firms must fulfil to be kept, all of it.

    chosen     code by dimension
    sought     words, each of which a firm must have in some column with words, or as its number
    condition  None for none
    """

    chosen: Mapping[str, int] = field(default_factory=dict)
    sought: tuple[str, ...] = ()
    condition: Condition | None = None

    def kept(self, frame: Frame, columns: Sequence[FirmColumn], language: Language) -> Array:
        """Which firms are kept; (size,)."""
        found = np.ones(frame.size, bool)
        for dimension, code in self.chosen.items():
            found &= frame.of(dimension) == code
        if self.condition is not None:
            values = frame.of(self.condition.column)
            found &= values >= self.condition.value if self.condition.least else values <= self.condition.value
        for word in self.sought:
            found &= _having(word, frame, columns, language)
        return found


def _having(word: str, frame: Frame, columns: Sequence[FirmColumn], language: Language) -> Array:
    found = frame.of(FIRM) == int(word) if word.isdecimal() and len(word) < 10 else np.zeros(frame.size, bool)
    for column in columns:
        values = frame.of(column.name) if column.words else None
        if values is not None and not np.issubdtype(values.dtype, np.floating):
            hit = np.array([word in language.said(text).casefold() for text in column.words])
            if hit.any():
                found |= hit[values]
    return found


def in_order(rows: Array, keys: Array, descending: bool) -> Array:
    """The rows by their keys, equal ones as they are; those without a key come last either way."""
    own = keys[rows]
    unknown = np.isnan(own) if np.issubdtype(own.dtype, np.floating) else np.zeros(len(own), bool)
    known = np.flatnonzero(~unknown)
    values = own[known].astype(np.float64)
    placed = known[np.argsort(-values if descending else values, kind="stable")]
    return rows[np.concatenate((placed, np.flatnonzero(unknown)))]
