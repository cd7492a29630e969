"""Every krona and every step of the funnel, by measure, county and year (Model text 3.0, 8.2 T9)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from simulator.agents.columns import Rows
from simulator.economy.drivers import Series
from simulator.quantity import Text

TOLERANCE = 1e-6


class Entry(NamedTuple):
    """What a column of the ledger holds."""

    unit: str
    text: Text


COLUMNS: Mapping[str, Entry] = MappingProxyType(
    {
        "offered": Entry("count", Text("Offered", "Erbjudna")),
        "eligible": Entry("count", Text("Eligible, firm-quarters", "Behöriga, företagskvartal")),
        "contacted": Entry("count", Text("Contacted", "Kontaktade")),
        "referred": Entry("count", Text("Referred to another measure", "Hänvisade till annan insats")),
        "applied": Entry("count", Text("Applied", "Sökte")),
        "awarded": Entry("count", Text("Awarded firms", "Beviljade företag")),
        "units": Entry("count", Text(
            "Awards, trainees, participants or places", "Beviljanden, deltagare eller platser")),
        "fixed_cost": Entry("kSEK", Text("Fixed cost", "Fasta kostnader")),
        "contact_cost": Entry("kSEK", Text("Contacts", "Kontakter")),
        "unit_cost": Entry("kSEK", Text("Units, without subsidy", "Enheter, utan stöd")),
        "administration": Entry("kSEK", Text("Administration", "Administration")),
        "coordination": Entry("kSEK", Text("Coordination", "Samordning")),
        "reserved": Entry("kSEK", Text("Subsidy reserved at award", "Stöd reserverat vid beviljande")),
        "paid": Entry("kSEK", Text("Subsidy paid", "Utbetalt stöd")),
        "returned": Entry("kSEK", Text("Reserved subsidy returned", "Återfört reserverat stöd")),
        "private_cost": Entry("kSEK", Text(
            "Firms' own share of supported projects", "Företagens egen del av stödda projekt")),
        "application_cost": Entry("kSEK", Text("Firms' cost of applying", "Företagens kostnad för ansökningar")),
    }
)  # fmt: skip
SPENT = ("fixed_cost", "contact_cost", "unit_cost", "administration", "coordination", "paid")
_PLACES = {name: place for place, name in enumerate(COLUMNS)}
_HELD = {"reserved": 1.0, "paid": -1.0, "returned": -1.0}
_COMMITS = np.array([(name in SPENT) + _HELD.get(name, 0.0) for name in COLUMNS])
"""How an entry changes what is spent or reserved: a payment only turns the one into the other."""


@lru_cache(maxsize=32)
def _where(columns: tuple[str, ...]) -> tuple[Rows, Series]:
    """Places of columns in the book, and how each changes what is committed."""
    places = np.array([_PLACES[column] for column in columns])
    return places, _COMMITS[places]


class LedgerError(ArithmeticError):
    """The books do not balance."""


class Ledger:
    """Columns of shape (measures + 1, counties, years), float64; the last row is the package itself."""

    def __init__(self, names: tuple[str, ...], counties: int, quarters: int) -> None:
        self.names = names
        self._book = np.zeros((len(COLUMNS), len(names) + 1, counties, max(1, -(-quarters // 4))))
        self.columns = dict(zip(COLUMNS, self._book, strict=True))
        self._recent = np.zeros((len(COLUMNS), counties))
        self._committed = [0.0] * (len(names) + 1)

    def add(self, column: str, measure: int, quarter: int, amounts: Any) -> None:
        """Book amounts (counties,) of a measure in a quarter."""
        self.enter((column,), measure, quarter, np.asarray(amounts, np.float64).reshape(1, -1))

    def enter(self, columns: tuple[str, ...], measure: int, quarter: int, amounts: Series) -> None:
        """Book amounts (columns, counties) of a measure in different columns."""
        places, commits = _where(columns)
        self._book[places, measure, :, quarter // 4] += amounts
        self._recent[places] += amounts
        self._committed[measure] += float((commits @ amounts).sum())

    def enter_all(self, column: str, quarter: int, amounts: Series) -> None:
        """Book amounts (measures, counties) of all measures in one column."""
        place = _PLACES[column]
        self._book[place, :-1, :, quarter // 4] += amounts
        self._recent[place] += amounts.sum(axis=0)
        for measure, amount in enumerate((_COMMITS[place] * amounts.sum(axis=1)).tolist()):
            self._committed[measure] += amount

    def recent(self) -> dict[str, Series]:
        """What was booked since this was last asked, by county, (counties,) each, and `outlay`, what was spent."""
        found = dict(zip(COLUMNS, self._recent, strict=True))
        found["outlay"] = np.sum([found[name] for name in SPENT], axis=0)
        self._recent = np.zeros_like(self._recent)
        return found

    def outlay(self, measure: int | None = None) -> float:
        """Public money spent so far, by one measure or in all, kSEK."""
        return float(sum(self._of(name, measure).sum() for name in SPENT))

    def outstanding(self, measure: int | None = None) -> float:
        """Subsidy reserved and neither paid nor returned, kSEK."""
        parts = (self._of(name, measure).sum() for name in ("reserved", "paid", "returned"))
        reserved, paid, returned = parts
        return float(reserved - paid - returned)

    def committed(self, measure: int | None = None) -> float:
        """Spent or reserved, kSEK, as a running sum of the entries."""
        return math.fsum(self._committed) if measure is None else self._committed[measure]

    def _of(self, name: str, measure: int | None) -> Series:
        column = self.columns[name]
        return column if measure is None else column[measure]

    def balance(self, reservations: Series, released: float, released_to: tuple[float, ...]) -> None:
        """Raise LedgerError unless the books balance.

        reservations  (measures, counties)  kSEK still held by awards
        released      kSEK of the package's budget so far; released_to of each measure's own
        """
        held = np.sum([sign * self.columns[name].sum(axis=2) for name, sign in _HELD.items()], axis=0)
        slack = TOLERANCE * max(1.0, self.outlay(), self.columns["reserved"].sum())
        if np.max(np.abs(held[:-1] - reservations), initial=0) > slack:
            raise LedgerError("reserved subsidy is not what was paid, returned and is still held")
        if np.min(self._book) < 0:
            raise LedgerError("an entry is negative")
        limits = ((None, released), *enumerate(released_to))
        for measure, limit in limits:
            committed = self.outlay(measure) + self.outstanding(measure)
            name = "the package" if measure is None else f"'{self.names[measure]}'"
            if abs(committed - self.committed(measure)) > slack:
                raise LedgerError(f"{name}: entries sum to {committed:.3f}, not {self.committed(measure):.3f} kSEK")
            if committed > limit * (1 + TOLERANCE) + TOLERANCE:
                raise LedgerError(f"{name} committed {committed:.3f} kSEK of {limit:.3f}")
