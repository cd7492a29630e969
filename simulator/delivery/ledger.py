"""Every krona and every step of the funnel, by measure, county and year (Model text 3.0, 8.2 T9)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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
        "research_grants": Entry("kSEK", Text("R&D grants paid", "Utbetalda FoU-bidrag")),
        "returned": Entry("kSEK", Text("Reserved subsidy returned", "Återfört reserverat stöd")),
        "guarantee_loss": Entry("kSEK", Text("Expected losses on guarantees", "Förväntade förluster på garantier")),
        "foregone_tax": Entry("kSEK", Text("Foregone tax", "Utebliven skatt")),
        "eu": Entry("kSEK", Text("Paid by the EU", "Betalt av EU")),
        "state": Entry("kSEK", Text("Paid by the state", "Betalt av staten")),
        "regional": Entry("kSEK", Text(
            "Paid by region and municipalities", "Betalt av regionen och kommunerna")),
        "external": Entry("kSEK", Text("Paid by external co-financers", "Betalt av externa medfinansiärer")),
        "private_cost": Entry("kSEK", Text(
            "Firms' own share of supported projects", "Företagens egen del av stödda projekt")),
        "application_cost": Entry("kSEK", Text("Firms' cost of applying", "Företagens kostnad för ansökningar")),
    }
)  # fmt: skip
BUDGETED = ("fixed_cost", "contact_cost", "unit_cost", "administration", "coordination", "paid", "research_grants")
NATIONAL = ("guarantee_loss", "foregone_tax")
"""Costs that only the state bears, outside every budget."""
SPENT = (*BUDGETED, *NATIONAL)
FUNDERS = ("eu", "state", "regional", "external")
_PLACES = {name: place for place, name in enumerate(COLUMNS)}
_HELD = {"reserved": 1.0, "paid": -1.0, "research_grants": -1.0, "returned": -1.0}
_SPENDS = np.array([float(name in BUDGETED) for name in COLUMNS])
_NATIONAL = np.array([float(name in NATIONAL) for name in COLUMNS])
_COMMITS = _SPENDS + [_HELD.get(name, 0.0) for name in COLUMNS]
"""How an entry changes what is spent or reserved: a payment only turns the one into the other."""
_FUNDERS = np.array([_PLACES[name] for name in FUNDERS])


class Funding(NamedTuple):
    """Who pays a measure: shares of the EU and the state in what external co-financers leave; the region the rest.

    carried  whether the package's budget carries it
    """

    eu: float = 0.0
    state: float = 0.0
    carried: bool = True


def _split(eu: Series, state: Series, spent: Series, external: Series, national: Series | float = 0.0) -> Series:
    """Share `spent` (measures, counties) out to FUNDERS, (funders, measures, counties).

    eu, state  (measures, 1) shares of what `external` co-financers leave;  national  what the state pays beside it
    """
    rest = spent - external
    return np.array((eu * rest, state * rest + national, np.maximum(0.0, 1 - eu - state) * rest, external))


def _signed_sum(signs: Series, amounts: Series) -> Series:
    """Sum of amounts (columns, ...), each column times its sign (columns,); one after the other on every machine."""
    whole: Series = np.zeros(amounts.shape[1:])
    for sign, amount in zip(signs.tolist(), amounts, strict=True):
        if sign:
            whole += sign * amount
    return whole


@lru_cache(maxsize=64)
def _where(columns: tuple[str, ...]) -> tuple[Rows, Series, Series, Series]:
    """Places of columns in the book, and how each changes what is committed, spent, and spent by the state alone."""
    places = np.array([_PLACES[column] for column in columns])
    return places, _COMMITS[places], _SPENDS[places], _NATIONAL[places]


class LedgerError(ArithmeticError):
    """The books do not balance."""


class Ledger:
    """Columns of shape (measures + 1, counties, years), float64; the last row is the package itself.

    external  share that external co-financers pay now of the new outlay of measures that the package's budget carries
    """

    def __init__(self, names: tuple[str, ...], counties: int, quarters: int, funding: Sequence[Funding] = ()) -> None:
        self.names = names
        self.funding = (*(funding or (Funding(),) * len(names)), Funding())
        self.external = 0.0
        self._eu, self._state = (np.array([[getattr(each, name)] for each in self.funding]) for name in ("eu", "state"))
        self._shared = np.array([*(each.carried for each in self.funding[:-1]), False])
        self._book = np.zeros((len(names) + 1, max(1, -(-quarters // 4)), len(COLUMNS), counties))
        self.columns = dict(zip(COLUMNS, self._book.transpose(2, 0, 3, 1), strict=True))
        self._told = np.zeros((len(COLUMNS), counties))
        self._committed = [0.0] * (len(names) + 1)
        self._carried = [0.0] * (len(names) + 1)

    def add(self, column: str, measure: int, quarter: int, amounts: Any) -> None:
        """Book amounts (counties,) of a measure in a quarter."""
        self.enter((column,), (measure,), quarter, np.asarray(amounts, np.float64).reshape(1, 1, -1))

    def enter(self, columns: tuple[str, ...], measures: Sequence[int], quarter: int, amounts: Series) -> None:
        """Book amounts (columns, measures, counties) of different measures, and who pays what is spent."""
        places, commits, spends, national = _where(columns)
        at, year = np.array(measures), quarter // 4
        self._book[at[:, None], year, places] += amounts.swapaxes(0, 1)
        spent = _signed_sum(spends, amounts)
        external = (self.external * self._shared[at])[:, None] * spent
        paid = _split(self._eu[at], self._state[at], spent, external, _signed_sum(national, amounts))
        self._book[at[:, None], year, _FUNDERS] += paid.swapaxes(0, 1)
        for measure, committed in zip(measures, _signed_sum(commits, amounts).sum(axis=-1).tolist(), strict=True):
            self._committed[measure] += committed
            self._carried[measure] += self.carried_share(measure) * committed

    def enter_held(self, column: str, quarter: int, amounts: Series, external: Series) -> None:
        """Book what awards hold: amounts (measures, counties) in one column, `external` of them co-financed."""
        place = _PLACES[column]
        self._book[:-1, quarter // 4, place] += amounts
        some = np.flatnonzero(amounts.any(axis=1))
        if _SPENDS[place]:
            paid = _split(self._eu[some], self._state[some], amounts[some], external[some])
            self._book[some[:, None], quarter // 4, _FUNDERS] += paid.swapaxes(0, 1)
        for measure in some.tolist():
            whole, others = float(amounts[measure].sum()), float(external[measure].sum())
            self._committed[measure] += _COMMITS[place] * whole
            self._carried[measure] += _COMMITS[place] * (whole - others) * self.funding[measure].carried

    def carried_share(self, measure: int) -> float:
        """Part of a measure's new outlay that the package's budget carries."""
        return (1 - self.external_share(measure)) * self.funding[measure].carried

    def external_share(self, measure: int) -> float:
        """Part of a measure's outlay that external co-financers pay: none of coordination or of what is national."""
        return self.external * bool(self._shared[measure])

    def recent(self) -> dict[str, Series]:
        """What was booked since this was last asked, by county, (counties,) each, and `outlay`, what was spent."""
        total = self._book.sum(axis=(0, 1))
        found = dict(zip(COLUMNS, total - self._told, strict=True))
        found["outlay"] = np.sum([found[name] for name in SPENT], axis=0)
        self._told = total
        return found

    def outlay(self, measure: int | None = None) -> float:
        """Public money spent so far, by one measure or in all, kSEK."""
        return float(sum(self._of(name, measure).sum() for name in SPENT))

    def outlays(self, measures: Sequence[str]) -> Series:
        """Public money spent so far, (measures + 1, years), kSEK; last row what the package shares.

        measures  names in the order that is wanted; one that is switched off is not in the books, and has spent nothing
        """
        spent: Series = np.sum([self.columns[name].sum(axis=1) for name in SPENT], axis=0)
        rows = {name: spent[place] for place, name in enumerate(self.names)}
        return np.array([*(rows.get(name, np.zeros_like(spent[-1])) for name in measures), spent[-1]])

    def outstanding(self, measure: int | None = None) -> float:
        """Subsidy and grants reserved and neither paid nor returned, kSEK."""
        return float(sum(sign * self._of(name, measure).sum() for name, sign in _HELD.items()))

    def committed(self, measure: int | None = None) -> float:
        """Spent within budgets or reserved, kSEK, as a running sum of the entries."""
        return math.fsum(self._committed) if measure is None else self._committed[measure]

    def carried(self) -> float:
        """What the package's budget bears of all that is committed, kSEK."""
        return math.fsum(self._carried)

    def _of(self, name: str, measure: int | None) -> Series:
        column = self.columns[name]
        return column if measure is None else column[measure]

    def balance(self, reservations: Series, external: Series, released: float, released_to: Sequence[float]) -> None:
        """Raise LedgerError unless the books balance.

        reservations  (measures, counties)  kSEK still held by awards, `external` of them co-financed
        released      kSEK of the package's budget so far; released_to of each measure's own
        """
        held = np.sum([sign * self.columns[name].sum(axis=2) for name, sign in _HELD.items()], axis=0)
        slack = TOLERANCE * max(1.0, self.outlay(), self.columns["reserved"].sum())
        if np.max(np.abs(held[:-1] - reservations), initial=0) > slack:
            raise LedgerError("reserved subsidy is not what was paid, returned and is still held")
        if np.min(self._book) < 0:
            raise LedgerError("an entry is negative")
        self._check_funding()
        for measure, limit in enumerate(released_to):
            national = sum(self.columns[name][measure].sum() for name in NATIONAL)
            committed = self.outlay(measure) - national + self.outstanding(measure)
            self._check(f"'{self.names[measure]}'", committed, self.committed(measure), limit, slack)
        bears = np.array([each.carried for each in self.funding], float)
        national = np.sum([self.columns[name] for name in NATIONAL], axis=0)
        borne = np.sum([self.columns[name] for name in FUNDERS[:3]], axis=0) - national
        carried = float(bears @ borne.sum(axis=(1, 2)) + bears[:-1] @ (reservations - external).sum(axis=1))
        self._check("the package", carried, self.carried(), released, slack)

    def _check_funding(self) -> None:
        """By measure, county and year funders pay what is spent, to the krona and beyond."""
        outlay = np.sum([self.columns[name] for name in SPENT], axis=0)
        funded = np.sum([self.columns[name] for name in FUNDERS], axis=0)
        if np.max(np.abs(outlay - funded) / np.maximum(outlay, 1), initial=0) > TOLERANCE:
            raise LedgerError("funders do not pay what is spent")

    def _check(self, name: str, committed: float, noted: float, limit: float, slack: float) -> None:
        if abs(committed - noted) > slack:
            raise LedgerError(f"{name}: entries sum to {committed:.3f}, not {noted:.3f} kSEK")
        if committed > limit * (1 + TOLERANCE) + TOLERANCE:
            raise LedgerError(f"{name} committed {committed:.3f} kSEK of {limit:.3f}")
