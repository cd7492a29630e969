"""From sums by cell and quarter to series: windows, ratios, quantiles, gaps, suppression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from simulator.indicators.catalogue import INDICATORS
from simulator.indicators.catalogue.common import FIRMS
from simulator.indicators.declare import (
    POPULATIONS,
    Gap,
    Growth,
    Indicator,
    Inequality,
    Quantile,
    Ratio,
    Separation,
    Term,
    Values,
)
from simulator.indicators.grid import Cell, Geography, Grid
from simulator.indicators.observe import LABOUR, PUBLIC, REGION_INDEX
from simulator.indicators.results import Results, Series, quarter_labels
from simulator.indicators.tally import AMOUNT_INDEX, EVENT_INDEX, Tally

LEAST_FIRMS = 5


@dataclass(frozen=True, slots=True)
class Account:
    """All sums of a run, first axis entries.

    people  (entries, 4, zones, classes)   labour (entries, flows, zones, classes)
    public  (entries, flows, counties)     needs  (entries, awarded or not, steps of need)
    region  (entries, numbers of `SPREADS` and `REGION`)
    """

    tallies: Sequence[Tally]
    people: Values
    labour: Values
    public: Values
    needs: Values
    region: Values


def terms_of(indicator: Indicator) -> tuple[Term, ...]:
    """Terms a formula reads, with the count of firms that suppression needs."""
    return (*(indicator.formula.terms() if isinstance(indicator.formula, Ratio) else ()), FIRMS)


def window_sum(values: Values, window: int, least: int | None = None) -> Values:
    """Sum over the last `window` entries (first axis), NaN where fewer than `least` of them are known.

    >>> window_sum(np.array([np.nan, 1.0, 2.0, 4.0]), 2).tolist()
    [nan, nan, 3.0, 6.0]
    >>> window_sum(np.array([np.nan, 1.0, 2.0, 4.0]), 3, least=1).tolist()
    [nan, 1.0, 3.0, 7.0]
    """
    known = ~np.isnan(values)
    plain = np.where(known, values, 0.0)
    total, count = plain.copy(), known.astype(np.int32)
    for lag in range(1, min(window, len(values))):
        total[lag:] += plain[:-lag]
        count[lag:] += known[:-lag]
    return np.where(count >= (window if least is None else least), total, np.nan)


def later(values: Values, lag: int) -> Values:
    """Move entries `lag` quarters later, NaN before."""
    if not lag:
        return values
    moved = np.full_like(values, np.nan)
    moved[lag:] = values[:-lag]
    return moved


def divided(top: Values, under: Values) -> Values:
    """Top / under, NaN where `under` is zero."""
    quotient = np.full(np.broadcast_shapes(top.shape, under.shape), np.nan)
    np.divide(top, under, out=quotient, where=under != 0)
    return quotient


class _Sums:
    """Collapsed sums by kind and population, each worked out once; shape (cells, entries, terms)."""

    def __init__(self, account: Account, grids: Mapping[str, Grid], terms: tuple[Term, ...]) -> None:
        self._account, self._grids = account, grids
        self._states = {term: index for index, term in enumerate(terms)}
        self._finest: dict[str, Values] = {}
        self._firms: dict[tuple[str, str], Values] = {}
        entries = len(account.people)
        of_people = np.concatenate([account.people, account.labour], axis=1)
        self._labour = grids["labour"].collapse(_cells_first(of_people.reshape(entries, of_people.shape[1], -1)))
        self._public = grids["public"].collapse(_cells_first(account.public))

    def _of_firms(self, kind: str, population: str) -> Values:
        if kind not in self._finest:
            self._finest[kind] = _cells_first(np.array([getattr(one, kind) for one in self._account.tallies]))
        if (kind, population) not in self._firms:
            self._firms[kind, population] = self._collapsed(self._finest[kind].copy(), population)
        return self._firms[kind, population]

    def _collapsed(self, finest: Values, population: str) -> Values:
        grid = self._grids["firms"]
        finest[~grid.members("size_class", POPULATIONS[population][1])] = 0
        return grid.collapse(finest)

    def of(self, term: Term, population: str) -> Values:
        """Sums of a term, shape (entries, cells of its family); flows are NaN in entry 0."""
        if term.source == "labour":
            values = self._labour[:, :, list(LABOUR).index(term.name)]
        elif term.source == "public":
            values = self._public[:, :, list(PUBLIC).index(term.name)]
        elif term.source == "regional":
            values = self._account.region[None, :, REGION_INDEX[term.name]]
        elif term.source == "state":
            values = self._of_firms("states", population)[:, :, self._states[term]]
        elif term.source == "amount":
            values = self._of_firms("amounts", population)[:, :, AMOUNT_INDEX[term.name]]
        else:
            kind = "events" if term.source == "event" else "weights"
            values = self._of_firms(kind, population)[:, :, EVENT_INDEX[term.name]]
        over_time: Values = values.T.copy()
        if term.flow:
            over_time[0] = np.nan
        return over_time

    def total(self, terms: Iterable[Term], population: str, window: int, least: int | None) -> Values:
        """Sum of terms over the window: flows summed, stocks averaged."""
        parts = []
        for term in terms:
            values = self.of(term, population)
            if window > 1:
                values = window_sum(values, window, least)
            parts.append(values if term.flow or window == 1 else values / window)
        return reduce(np.add, parts)

    def bins(self, state: str, population: str) -> Values:
        """Counts by level, shape (entries, cells, levels)."""
        counts = np.array([one.bins[state] for one in self._account.tallies]).swapaxes(0, 1).copy()
        return self._collapsed(counts, population).swapaxes(0, 1)


def _cells_first(values: Values) -> Values:
    """(entries, terms, cells) to contiguous (cells, entries, terms)."""
    return np.ascontiguousarray(np.moveaxis(values, 2, 0))


def quantile(counts: Values, share: float) -> Values:
    """Quantile of numbers in 0..1 counted in equal steps, straight lines within a step; last axis the steps.

    >>> float(quantile(np.array([0.0, 4.0, 0.0, 0.0]), 0.5))
    0.375
    """
    steps = counts.shape[-1]
    upto = np.cumsum(counts, axis=-1)
    total = upto[..., -1:]
    place = np.argmax(upto >= share * total, axis=-1)[..., None]
    inside = np.take_along_axis(counts.astype(np.float64), place, -1)
    before = np.take_along_axis(upto, place, -1) - inside
    found = (place + divided(share * total - before, inside)) / steps
    return np.where(total > 0, found, np.nan)[..., 0]


def gini(weights: Values, counts: Values) -> Values:
    """Gini coefficient of weight per firm across municipalities, municipalities weighted by firms; last axis them.

    G = 1 - sum_m n_m (S_m + S_{m-1}) / (n S), S_m the running sum of weight, poorest per firm first.
    Source: CONST.
    """
    order = np.argsort(divided(weights, counts), axis=-1)
    weight = np.take_along_axis(weights, order, -1)
    count = np.take_along_axis(counts, order, -1)
    running = np.cumsum(weight, axis=-1)
    area = (count * (2 * running - weight)).sum(-1)
    return 1 - divided(area, count.sum(-1) * running[..., -1])


def separation(needs: Values) -> Values:
    """Area under the ROC curve of award against need; `needs` (..., not awarded and awarded, steps of need).

    AUC = P(need of an awarded firm > need of one not awarded) + half the ties. Source: Model text 5; CONST.
    """
    without, awarded = needs[..., 0, :], needs[..., 1, :]
    below = np.cumsum(without, axis=-1) - without
    wins = (awarded * (below + 0.5 * without)).sum(-1)
    return divided(wins, awarded.sum(-1) * without.sum(-1))


class _Evaluation:
    """Evaluates indicators once each, those that others build on first."""

    def __init__(self, indicators: Mapping[str, Indicator], sums: _Sums, account: Account, cells: Sequence[Cell]):
        self._indicators, self._sums, self._account, self._cells = indicators, sums, account, cells
        self._done: dict[str, Values] = {}

    def of(self, name: str) -> Values:
        if name not in self._done:
            self._done[name] = self._formula(self._indicators[name])
        return self._done[name]

    def _formula(self, indicator: Indicator) -> Values:
        formula, population = indicator.formula, indicator.population
        match formula:
            case Ratio():
                return self._ratio(formula, population)
            case Quantile():
                counts = self._sums.bins(formula.state, population)[..., formula.lowest :]
                return formula.scale * quantile(counts, formula.share)
            case Gap():
                return self._gap(formula)
            case Growth():
                values = self.of(formula.of)
                return 100 * (divided(values, later(values, 4)) - 1)
            case Inequality():
                return self._region_only(self._inequality(formula))
            case Separation():
                needs = self._account.needs.copy()
                needs[0] = np.nan
                return self._region_only(separation(window_sum(needs, formula.window)))

    def _ratio(self, formula: Ratio, population: str) -> Values:
        top = self._sums.total(formula.top, population, formula.window, formula.least)
        if formula.under:
            under = self._sums.total(formula.under, population, formula.window, formula.least)
            top = divided(top, later(under, formula.lag))
        value = formula.scale * top if formula.then is None else formula.then(formula.scale * top)
        value[: formula.since] = np.nan
        return value

    def _gap(self, formula: Gap) -> Values:
        values = self.of(formula.of)
        high, low = (values[:, self._cells.index(((formula.dimension, key),))] for key in (formula.high, formula.low))
        return self._region_only(100 * (divided(high, low) - 1) if formula.relative else high - low)

    def _inequality(self, formula: Inequality) -> Values:
        weights = np.array([one.places[EVENT_INDEX[formula.event]] for one in self._account.tallies])
        weights[0] = np.nan
        return gini(window_sum(weights, formula.window), np.array([one.firms for one in self._account.tallies]))

    def _region_only(self, values: Values) -> Values:
        spread = np.full((len(values), len(self._cells)), np.nan)
        spread[:, 0] = values
        return spread


def evaluate(
    indicators: Mapping[str, Indicator],
    account: Account,
    grids: Mapping[str, Grid],
    terms: tuple[Term, ...],
    where: Geography,
    first: str,
) -> Results:
    """Turn the sums of a run into series; values resting on fewer than five firms of a municipality are withheld."""
    sums = _Sums(account, grids, terms)
    evaluation = _Evaluation(INDICATORS, sums, account, grids["firms"].cells)
    quarters = quarter_labels(first, len(account.people))
    local = np.array([any(dimension == "municipality" for dimension, _ in cell) for cell in grids["firms"].cells])
    small = {name: local & (sums.of(FIRMS, name) < LEAST_FIRMS) for name in POPULATIONS}
    series = {}
    withheld = 0
    for name, indicator in indicators.items():
        values = evaluation.of(name)
        if indicator.family == "firms" and local.any():
            hidden = small[indicator.population] & ~np.isnan(values)
            withheld += int(hidden.sum())
            values = np.where(hidden, np.nan, values)
        series[name] = Series(indicator, quarters, grids[indicator.family].cells, values)
    return Results(quarters, series, where, withheld)
