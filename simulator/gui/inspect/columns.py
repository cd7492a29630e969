"""What the table and the cloud show of firms: columns with words, units and explanations, sorted and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCollator

from simulator.agents.firm_words import CODES, EXPLANATIONS, label
from simulator.agents.firms import SIZE_CLASSES, Firms
from simulator.gui.inspect.history import FIRM, SIZE_CLASS, Array, Frame
from simulator.gui.language import Language
from simulator.indicators.grid import DIMENSIONS, FIRM_DIMENSIONS, RURAL, Geography
from simulator.quantity import UNITS, Text
from simulator.wording import UNKNOWN

USUAL = (
    FIRM, "municipality", "industry", SIZE_CLASS, "employment", "sales", "digital_level", "barrier", "green_level",
    "circular_level", "exporting", "awards", "owner_age",
)  # fmt: skip
"""Columns of the table at first."""
FLAG = "?"
_DECIMALS = {"FTE": 1, "1": 2, "MWh/MSEK": 1, "t/MSEK": 1}
_SIZE_HELP = Text("Class of size by its employment.", "Storleksklass efter antalet sysselsatta.")
_KEYED = frozenset(FIRM_DIMENSIONS) - {"rural"}


@dataclass(frozen=True, eq=False)
class FirmColumn:
    """One column.

    words     of its codes 0, 1, 2 ...; none where it holds numbers
    decimals  with which numbers are written      flag  yes or no
    low, high  ends of what is allowed
    """

    name: str
    text: Text
    unit: str
    help: Text
    words: tuple[Text, ...] = ()
    decimals: int = 0
    flag: bool = False
    low: float = 0.0
    high: float = 0.0

    @property
    def numeric(self) -> bool:
        """Whether it can be an axis."""
        return not self.words and self.name != FIRM

    def said(self, language: Language, value: float) -> str:
        """A value in words or digits."""
        if value != value:
            return UNKNOWN
        if self.words:
            return language.said(self.words[int(value)])
        if self.flag:
            return language.setting(bool(value))
        if self.name == FIRM:
            return str(int(value))
        return language.number(float(value), self.decimals)

    def heading(self, language: Language) -> str:
        """Its name with the unit."""
        unit = "" if self.words or self.flag or self.unit == "count" else language.unit(self.unit)
        return f"{language.said(self.text)}, {unit}" if unit else language.said(self.text)

    def about(self, language: Language) -> str:
        """What it means, and its unit in full."""
        unit = "" if self.words or self.name == FIRM else language.said(UNITS[self.unit])
        parts = (language.said(self.text), language.said(self.help), unit and f"{unit[:1].upper()}{unit[1:]}.")
        return "<p>" + "<br>".join(part for part in parts if part) + "</p>"

    def keys(self, frame: Frame, language: Language) -> Array:
        """What firms are sorted by: numbers, or places of words in the language's alphabet; (size,)."""
        values = frame.of(self.name)
        if not self.words or np.issubdtype(values.dtype, np.floating):
            return values
        return alphabetical([language.said(word) for word in self.words], language)[values]


def alphabetical(words: Sequence[str], language: Language) -> Array:
    """Place of each word in the alphabet; equal words have equal places."""
    collator = QCollator(language.locale)
    collator.setNumericMode(True)
    keys = [collator.sortKey(word) for word in words]
    order = sorted(range(len(words)), key=lambda at: keys[at])
    places = np.zeros(len(words), np.int16)
    for place, at in enumerate(order):
        same = place > 0 and words[at] == words[order[place - 1]]
        places[at] = places[order[place - 1]] if same else place
    return places


def columns_of(where: Geography | None) -> tuple[FirmColumn, ...]:
    """All columns that are recorded, and the class of size; names of places are those of `where`."""
    made = []
    for name, explanation in EXPLANATIONS.items():
        declared = Firms.columns[name]
        made.append(FirmColumn(
            name, label(name), declared.unit, explanation, words_of(name, where), _DECIMALS.get(declared.unit, 0),
            declared.dtype == FLAG, *declared.allowed,
        ))  # fmt: skip
        if name == "employment":
            words = words_of(SIZE_CLASS, where)
            made.append(FirmColumn(SIZE_CLASS, _title(DIMENSIONS[SIZE_CLASS]), "1", _SIZE_HELP, words))
    return tuple(made)


def words_of(name: str, where: Geography | None) -> tuple[Text, ...]:
    """Words of the codes of a dimension or another coded column, none where it has no codes."""
    if name in CODES:
        return CODES[name]
    if name not in _KEYED:
        return ()
    if where is None:
        return (Text(UNKNOWN, UNKNOWN),)
    return tuple(where.word(name, key) for key in keys_of(name, where))


def keys_of(dimension: str, where: Geography) -> tuple[str, ...]:
    """Keys of a dimension of firms, in the order of their codes."""
    parts: Mapping[str, tuple[str, ...]] = {
        "county": where.counties,
        "municipality": where.municipalities,
        "industry": where.industries,
        "rural": RURAL,
        SIZE_CLASS: SIZE_CLASSES,
    }
    return parts[dimension]


def _title(text: Text) -> Text:
    return Text(*(f"{part[:1].upper()}{part[1:]}" for part in text))
