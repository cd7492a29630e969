"""Takes a compact snapshot each quarter, sums it by cell and turns the sums into series after the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.indicators.catalogue import INDICATORS
from simulator.indicators.declare import SIZE_STEPS, Amount, Quantile, Term, Values
from simulator.indicators.evaluate import Account, evaluate, terms_of
from simulator.indicators.grid import (
    FIRM_DIMENSIONS,
    LABOUR_DIMENSIONS,
    Geography,
    firm_grid,
    labour_grid,
    public_grid,
    regional_grid,
)
from simulator.indicators.observe import (
    AMOUNTS,
    CLOSURES,
    EVENTS,
    EXTRAS,
    HISTOGRAMS,
    LABOUR,
    MEMORIES,
    NEVER,
    OF_ANCHORS,
    PEOPLE,
    PUBLIC,
    REGION,
    SHARED,
    SPREADS,
)
from simulator.indicators.results import Results
from simulator.indicators.tally import (
    EVENT_INDEX,
    NEED_BINS,
    Bytes,
    Floats,
    Happenings,
    Snapshot,
    Tally,
    state_selection,
    tally,
)

KEEP_UP_TO = 50_000
"""With more firms than this snapshots are forgotten as soon as they are summed."""
DEFAULT_BY = ("county", "size_class")
_NOBODY = np.empty(0, np.int8)
_REMEMBERED = {event: [memory for memory, events in MEMORIES.items() if event in events] for event in EVENTS}
_FLOWS = [name for name in LABOUR if name not in PEOPLE]
_WANTED = ((*EXTRAS, *OF_ANCHORS.values()), _FLOWS, PUBLIC, REGION)
_NONE = ((0,), (_NOBODY,), (_NOBODY,), (_NOBODY,), (None,))
Rows = NDArray[Any]


def size_class(employment: Floats) -> Bytes:
    """Index into `SIZES`: 0 below 10, 1 below 50, 2 from there on. Source: Model text 1.1; SPEC."""
    first, second = (np.float32(step) for step in SIZE_STEPS)
    return (employment >= first).astype(np.int8) + (employment >= second)


class Recorder:
    """Observes one run.

    where      the region's parts
    first      label of the first quarter, "2026Q1"
    slots      number of firm slots there can ever be
    by         dimensions of the breakdown; any other may be asked of `results` while snapshots are kept
    keep       whether to keep snapshots (None: up to `KEEP_UP_TO` firms)

    Entry 0 is the initial state; its flows are unknown (NaN). Entry t is quarter t as it ended.
    """

    def __init__(
        self, where: Geography, first: str, slots: int, by: Sequence[str] = DEFAULT_BY, keep: bool | None = None
    ) -> None:
        unknown = [name for name in by if name not in FIRM_DIMENSIONS + LABOUR_DIMENSIONS]
        if unknown:
            raise ValueError(f"cannot break results down by {', '.join(unknown)}")
        self.where, self.first, self.by, self.keep = where, first, tuple(by), keep
        self._grid = firm_grid(where, self.by)
        self._taken: list[Snapshot] = []
        self._tallies: list[Tally] = []
        self._labour: list[Values] = []
        self._people: list[Values] = []
        self._public: list[Values] = []
        self._needs: list[Values] = []
        self._region: list[list[float]] = []
        self._pending: list[tuple[int, Any, Any, Any, Any]] = []
        self._need = np.zeros((2, NEED_BINS))
        self._supports = np.zeros(slots, np.int16)
        self._latest = {name: np.full(slots, -NEVER, np.int16) for name in MEMORIES}
        self._terms = _state_terms()
        self._chosen = state_selection(self._terms)
        self._quantiles = tuple(one.formula for one in INDICATORS.values() if isinstance(one.formula, Quantile))

    @property
    def entries(self) -> int:
        """Entries recorded so far, the initial state included."""
        return len(self._people)

    def event(self, name: str, firms: Any, rows: Rows, weight: Rows | None = None) -> None:
        """Note that something happened to the firms in `rows` in the running quarter.

        Call it before the rows are dropped. `weight` (rows,) is kSEK for "supported"; closures weigh their jobs.
        """
        if name not in EVENTS:
            raise ValueError(f"event '{name}' is not declared")
        if not len(rows):
            return
        for memory in _REMEMBERED[name]:
            self._latest[memory][firms.slot.take(rows)] = self.entries
        if name == "supported":
            self._supported(firms, rows)
        employment = firms.employment.take(rows)
        self._pending.append(
            (
                EVENT_INDEX[name], firms.municipality.take(rows), employment, firms.industry.take(rows),
                employment if name in CLOSURES else weight,
            )
        )  # fmt: skip

    def _happenings(self) -> Happenings:
        codes, municipality, employment, industry, weights = (
            zip(*self._pending, strict=True) if self._pending else _NONE
        )
        lengths = [len(part) for part in municipality]
        weight = [
            np.zeros(length, np.float32) if one is None else one for one, length in zip(weights, lengths, strict=True)
        ]
        return Happenings(
            np.repeat(np.array(codes, np.int8), lengths),
            np.concatenate(municipality),
            size_class(np.concatenate(employment)),
            np.concatenate(industry),
            np.concatenate(weight),
        )

    def _supported(self, firms: Any, rows: Rows) -> None:
        slots = firms.slot[rows]
        order = np.argsort(slots, kind="stable")
        placed = slots[order]
        earlier = np.empty(len(rows), np.intp)
        earlier[order] = np.arange(len(rows)) - np.searchsorted(placed, placed)
        again = rows[self._supports[slots] + earlier >= 2]
        np.add.at(self._supports, slots, 1)
        if len(again):
            self.event("supported_again", firms, again)

    def needs(self, table: Values) -> None:
        """Add eligible firms by need, as `need_table` counts them; (2, bins)."""
        self._need += table

    def record(
        self,
        firms: Any,
        anchors: Any,
        people: Values,
        extras: Mapping[str, Floats] | None = None,
        labour: Mapping[str, Values] | None = None,
        public: Mapping[str, Values] | None = None,
        region: Mapping[str, float] | None = None,
    ) -> None:
        """Close a quarter; the first call is the initial state and needs no flows.

        people  (zones, classes, ages, genders, origins, statuses)  persons, as the labour block keeps them
        extras  per firm, names of `EXTRAS`, and per anchor employer those of `OF_ANCHORS`
        labour  (zones, classes), names of `LABOUR`, without those of `PEOPLE`
        public  (counties,), names of `PUBLIC`;  region names of `REGION`
        """
        initial = not self.entries
        flows = (extras or {}, labour or {}, public or {}, region or {})
        if not initial:
            _complete(flows)
        if self.keep is None:
            self.keep = firms.size <= KEEP_UP_TO
        taken = self._snapshot(firms, anchors, flows[0])
        self._region[-1] += [np.nan if initial else flows[3][name] for name in REGION]
        self._people.append(_of_people(people))
        shape = (len(_FLOWS), *self._people[0].shape[1:])
        self._labour.append(np.full(shape, np.nan) if initial else np.array([flows[1][name] for name in _FLOWS]))
        counties = len(self.where.counties)
        unknown = np.full((len(PUBLIC), counties), np.nan)
        self._public.append(unknown if initial else np.array([flows[2][name] for name in PUBLIC]))
        self._needs.append(self._need)
        self._need = np.zeros_like(self._need)
        self._pending = []
        if self.keep:
            self._taken.append(taken)
        self._tallies.append(self._tally(taken))  # at once: the columns are still in the cache

    def _snapshot(self, firms: Any, anchors: Any, extras: Mapping[str, Floats]) -> Snapshot:
        now = self.entries
        known: dict[str, Any] = {**extras, **self._quarters_since(firms.slot.astype(np.intp))}
        for name, (columns, value) in SHARED.items():
            if now:
                known[name] = value(*(getattr(firms, column) for column in columns))

        def read(names: Iterable[str]) -> list[Any]:
            return [known[name] if name in known else getattr(firms, name) for name in names]

        region = [
            spread.value(*read(spread.columns)) if now or not spread.flow else (np.nan,) * len(spread.names)
            for spread in SPREADS
        ]
        self._region.append([number for numbers in region for number in numbers])
        joint = []
        for group in HISTOGRAMS:
            code: Any = np.int16(0)
            for state in group:
                level = state.value(*read(state.columns)) if now or not state.flow else np.zeros(firms.size, np.int16)
                code = code * np.int16(state.levels) + level
            joint.append(code.astype(np.int16, copy=False))

        def amount_of(amount: Amount) -> Floats:
            known_now = now or not amount.flow
            values = amount.value(*read(amount.columns)) if known_now else np.zeros(firms.size)
            return np.asarray(values, np.float32)

        # snapshots that are not kept are summed one amount at a time: all at once would be a tenth of a run's memory
        amounts: Iterable[Floats] = map(amount_of, AMOUNTS)
        return Snapshot(
            firms.municipality.astype(np.int8),
            size_class(firms.employment),
            firms.industry.astype(np.int8),
            joint,
            np.array(list(amounts)) if self.keep else amounts,
            (anchors.municipality.copy(), anchors.industry.copy()),
            {"employment": anchors.employment.copy()}
            | {amount: extras[name].copy() for amount, name in OF_ANCHORS.items() if now},
            self._happenings(),
        )

    def _quarters_since(self, slots: Rows) -> dict[str, Any]:
        """Quarters since the latest events that are remembered, (rows,) each."""
        now = np.int16(self.entries)
        return {memory: now - latest.take(slots) for memory, latest in self._latest.items()}

    def _tally(self, taken: Snapshot) -> Tally:
        return tally(taken, self._grid, len(self.where.municipalities), self._chosen, self._quantiles)

    def results(self, by: Sequence[str] | None = None, wanted: Iterable[str] | None = None) -> Results:
        """Aggregate what has been recorded, also in the middle of a run.

        by      another breakdown than at the start; one that needs finer cells only while snapshots are kept
        wanted  names of indicators (default: all)
        """
        if by is not None and tuple(by) != self.by:
            before, grid = self._grid, firm_grid(self.where, by)
            counted = grid.industries == before.industries and np.array_equal(grid.place_of, before.place_of)
            if not (counted or self.keep):
                raise ValueError("snapshots of a large run are not kept; name the breakdown before it starts")
            self.by, self._grid = tuple(by), grid
            if not counted:
                self._tallies = [self._tally(taken) for taken in self._taken]
        account = Account(
            self._tallies,
            np.array(self._people),
            np.array(self._labour),
            np.array(self._public),
            np.array(self._needs),
            np.array(self._region),
        )
        grids = {
            "firms": self._grid.grid,
            "labour": labour_grid(self.where, self.by),
            "public": public_grid(self.where),
            "regional": regional_grid(),
        }
        chosen = INDICATORS if wanted is None else {name: INDICATORS[name] for name in wanted}
        return evaluate(chosen, account, grids, self._terms, self.where, self.first)


@cache
def _state_terms() -> tuple[Term, ...]:
    """Every state term that a formula reads, once, and the count of all firms."""
    found: dict[Term, None] = {}
    for indicator in INDICATORS.values():
        found.update(dict.fromkeys(term for term in terms_of(indicator) if term.source == "state"))
    return tuple(found)


def _of_people(cells: Values) -> Values:
    """Employed, women, young and foreign-born among them by zone and class; shape (4, zones, classes)."""
    employed = cells[..., 0]
    return np.array(
        [
            employed.sum(axis=(2, 3, 4)),
            employed[:, :, :, 0].sum(axis=(2, 3)),
            employed[:, :, 0].sum(axis=(2, 3)),
            employed[..., 1].sum(axis=(2, 3)),
        ]
    )


def _complete(flows: Sequence[Mapping[str, Any]]) -> None:
    missing = [name for names, given in zip(_WANTED, flows, strict=True) for name in names if name not in given]
    if missing:
        raise ValueError(f"the recorder was not given: {', '.join(missing)}")
