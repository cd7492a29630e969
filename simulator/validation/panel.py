"""What a run leaves for validation: firms by slot and quarter, the labour market by zone, the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.quantity import SpokenError, Text
from simulator.transitions.research import anchor_research

Array = NDArray[Any]

COLUMNS = (
    "employment", "sales", "value_added", "age", "owner_age", "digital_level", "green_level", "exporting",
    "rd_spending", "university_link", "awards",
)  # fmt: skip
"""Columns of firms that patterns need; sales and value added of quarter 0 are not known."""
DERIVED = ("export_sales", "grant_held")
"""Beside columns of firms: sales abroad, and R&D grants awarded and not yet paid, kSEK."""
LASTING = ("industry", "county", "zone", "rural")
LABOUR = ("vacancies", "matches", "vacancy_stock")


class NotAvailableError(SpokenError):
    """A pattern cannot be computed from this run, and why."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One run as patterns see it; quarter 0 is the opening state.

    firms     name -> (quarters + 1, slots) float32, NaN where no firm lives
    lasting   name -> (slots,) codes; `manufacturing` flags
    labour    name -> (quarters + 1, zones, 5): employed, searching, elsewhere, wages, vacancies, matches,
              vacancy_stock; of the flows, quarter 0 knows the vacancies only
    anchors   (quarters + 1, anchors) FTE; anchor_facts name -> (anchors,)
    research  (quarters + 1, anchors) kSEK/q of R&D, productivity trend removed
    trend     (quarters + 1,) productivity trend, 1 at the start
    projects  (quarters + 1, 2) digital projects that succeeded and failed
    support   (quarters + 1, 3) firms contacted, awarded, awarded with a subsidy
    ledger    column -> (measures, years) counts or kSEK
    first     decimal year of the first quarter
    pair      the same luck without the measure or shock, where a pattern compares two runs
    """

    firms: Mapping[str, Array]
    lasting: Mapping[str, Array]
    labour: Mapping[str, Array]
    anchors: Array
    anchor_facts: Mapping[str, Array]
    research: Array
    trend: Array
    projects: Array
    support: Array
    ledger: Mapping[str, Array]
    first: float
    pair: Evidence | None = None

    @property
    def quarters(self) -> int:
        """Quarters that ran."""
        return len(self.anchors) - 1

    def needs(self, quarters: int) -> None:
        """Raise NotAvailableError when the run is shorter."""
        if self.quarters < quarters:
            raise NotAvailableError(
                Text(f"needs a run of {quarters} quarters", f"kräver en körning på {quarters} kvartal")
            )

    def alive(self, quarter: int) -> Array:
        """Which slots hold a firm; (slots,)."""
        return np.asarray(~np.isnan(self.firms["employment"][quarter]))

    def yearly(self, name: str, year: int) -> Array:
        """Sum of a flow over the quarters 4 year + 1 to 4 year + 4, NaN unless alive in all; (slots,)."""
        total: Array = self.firms[name][4 * year + 1 : 4 * year + 5].sum(axis=0, dtype=np.float64)
        return total

    def of_year(self, calendar: float) -> int:
        """Row of the last quarter of a calendar year; NotAvailableError outside the run."""
        row = round(4 * (calendar + 1 - self.first))
        if not 0 <= row <= self.quarters:
            raise NotAvailableError(
                Text(f"the run does not reach {calendar:.0f}", f"körningen når inte {calendar:.0f}")
            )
        return row


def _posts(world: Any) -> Array:
    """Open posts of firms and anchor employers at the start; (zones, 5)."""
    posts = np.zeros((len(world.people.cells), 5))
    for employers in (world.firms, world.anchors):
        for place, vacancies in enumerate(employers.vacancies):
            posts[:, place] += np.bincount(employers.zone, vacancies, len(posts))
    return posts


class _Notebook:
    """Collects one run quarter by quarter."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.slots: list[Array] = []
        self.columns: dict[str, list[Array]] = {name: [] for name in (*COLUMNS, *DERIVED)}
        self.lasting: dict[str, list[Array]] = {name: [] for name in LASTING}
        self.labour: dict[str, list[Array]] = {
            name: [] for name in ("employed", "searching", "elsewhere", "wages", *LABOUR)
        }
        self.anchors: list[Array] = []
        self.projects: list[tuple[int, int]] = []
        self.research: list[Array] = []
        self.trend: list[float] = []
        self.support: list[tuple[float, float, float]] = []

    def note(self) -> None:
        """Copy what patterns need from the present state."""
        run = self.model.state
        firms = run.world.firms
        self.slots.append(firms.slot.copy())
        for name in COLUMNS:
            self.columns[name].append(getattr(firms, name).astype(np.float32))
        abroad, demand = firms.demand_export, firms.demand_home + firms.demand_chain
        self.columns["export_sales"].append(firms.sales * abroad / np.maximum(demand + abroad, np.float32(1e-6)))
        rows = run.world.row_of.take(run.delivery.log.slot)
        alive = rows >= 0
        held = np.bincount(rows[alive], run.delivery.log.grant[alive], firms.size)
        self.columns["grant_held"].append(held.astype(np.float32))
        for name, kept in self.lasting.items():
            kept.append(getattr(firms, name).astype(np.int16))
        for place, name in enumerate(("employed", "searching", "elsewhere")):
            self.labour[name].append(run.world.people.cells[..., place].sum(axis=(2, 3, 4)))
        self.labour["wages"].append(run.labour.wages.copy())
        flows = run.notes.labour
        opening = {"vacancies": _posts(run.world)}
        unknown = np.full_like(run.labour.wages, np.nan)
        for name in LABOUR:
            self.labour[name].append(opening.get(name, unknown) if flows is None else np.array(getattr(flows, name)))
        self.anchors.append(run.world.anchors.employment.copy())
        done = run.notes.completed
        ended = None if done is None else done["digital"]
        self.projects.append((0, 0) if ended is None else (len(ended.winners), len(ended.failed)))
        research = anchor_research(
            run.world.anchors, run.world.region, run.scale, run.now.wage_index, run.rules.groups.research
        )
        self.research.append(research / run.now.wage_index)
        self.trend.append(run.now.wage_index)
        self._note_support(run)

    def _note_support(self, run: Any) -> None:
        """Contacts and awards of the quarter; in quarter 0 nobody has met a measure."""
        offers = run.delivery.offers
        counts = ((len(each.contacted), len(each.awarded), (each.reserved > 0).sum()) for each in offers)
        contacted, awarded, helped = np.sum([*counts, (0, 0, 0)], axis=0).tolist()
        self.support.append((contacted, awarded, helped))

    def evidence(self) -> Evidence:
        """Lay the notes out by quarter and slot."""
        run = self.model.state
        count = max(int(slots.max(initial=-1)) for slots in self.slots) + 1
        firms = {name: np.full((len(self.slots), count), np.nan, np.float32) for name in self.columns}
        lasting = {name: np.zeros(count, np.int16) for name in LASTING}
        for quarter, slots in enumerate(self.slots):
            for name, table in firms.items():
                table[quarter, slots] = self.columns[name][quarter]
            for name, values in lasting.items():
                values[slots] = self.lasting[name][quarter]
        industries = run.world.region.industries
        lasting["manufacturing"] = industries.manufacturing[lasting["industry"]]
        anchors = run.world.anchors
        facts = {
            "manufacturing": industries.manufacturing[anchors.industry],
            "sales_capacity": industries.sales_capacity[anchors.industry],
            "county": run.world.region.county[anchors.municipality],
        }
        return Evidence(
            firms=firms,
            lasting=lasting,
            labour={name: np.array(kept) for name, kept in self.labour.items()},
            anchors=np.array(self.anchors),
            anchor_facts=facts,
            research=np.array(self.research),
            trend=np.array(self.trend),
            projects=np.array(self.projects),
            support=np.array(self.support),
            ledger={name: values.sum(axis=1) for name, values in self.model.ledger.columns.items()},
            first=self.model.settings.run.start,
        )


def observe(scenario: Any, seed: int, each_quarter: Callable[[], None] | None = None) -> Evidence:
    """Run a scenario with the luck of `seed` and keep what patterns need."""
    from simulator.model import TransitionModel

    model = TransitionModel(scenario, rng=seed)
    notebook = _Notebook(model)
    notebook.note()
    while model.running:
        model.step()
        notebook.note()
        if each_quarter is not None:
            each_quarter()
    return notebook.evidence()


def paired(scenario: Any, without: Any, seed: int) -> Evidence:
    """Two runs of the same luck; the second is the `pair` of the first."""
    return replace(observe(scenario, seed), pair=observe(without, seed))
