"""A result as a reader wants it: labelled axes, bands, paired differences, tables; read from disk as it is asked for.

    result = Result.load("results/strategy")
    result.values("employment", "county=dalarna").shape      # (cases, seeds, quarters)
    result.band("employment", case="strategy")               # 5, 50 and 95 % of the runs, by quarter
    result.minus().last_year("employment", case="strategy")  # policy minus baseline, run by run

Values are NaN where a run failed or is not done, and where a value is unknown or withheld.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from simulator.ensemble.plan import Factor
from simulator.ensemble.results.pairing import Comparable, PairingWarning
from simulator.ensemble.results.sources import BatchSource, Source, Values
from simulator.ensemble.statistics import last_year, quantile_band
from simulator.ensemble.storage.chunk_file import Axes, Measured
from simulator.quantity import SpokenError, Text

REGION = "region"
_INDICATOR = Text("indicator", "indikator")
BAND = (0.05, 0.5, 0.95)


class UnknownError(SpokenError, KeyError):
    """A result has no such case, indicator or cell."""

    __str__ = Exception.__str__


@dataclass(frozen=True, slots=True)
class Origin:
    """What made a result: version of the program, fingerprint of its luck."""

    version: str
    luck: str


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """Runs of cases on seeds.

    path      folder, or what is subtracted from what
    cases     names, in order    seeds  as many as any case has run on
    axes      quarters, cells of each kind, indicators with unit and words
    factors   what differs between cases
    status    (cases, seeds)  1 done, 0 missing, -1 failed
    digest    of the numbers, whatever ran them; empty for a difference
    warnings  why a comparison may not mean what it seems to
    """

    path: str
    title: str
    compared: tuple[Comparable, ...]
    seeds: tuple[int, ...]
    axes: Axes
    factors: tuple[Factor, ...]
    status: np.ndarray[Any, np.dtype[np.int8]]
    digest: str
    origin: Origin
    source: Source
    difference: bool = False
    warnings: tuple[Text, ...] = ()

    @classmethod
    def load(cls, path: str | Path, verify: bool = False) -> Result:
        """Open the folder of a batch or of a single run; StoreError if it is something else or has been changed.

        verify  read every byte now; otherwise each is checked when it is read
        """
        from simulator.ensemble.results.opening import opened

        return opened(Path(path), verify)

    def __repr__(self) -> str:
        """Enough to see what is there."""
        done, failed = (int(np.count_nonzero(self.status == code)) for code in (1, -1))
        what = "differences" if self.difference else "levels"
        return (
            f"Result({self.path!r}: {what}, {len(self.cases)} cases x {len(self.seeds)} seeds, {done} runs done, "
            f"{failed} failed, {len(self.indicators)} indicators, {self.quarters[0]} to {self.quarters[-1]})"
        )

    @property
    def cases(self) -> tuple[str, ...]:
        """Names of the cases."""
        return tuple(case.name for case in self.compared)

    @property
    def quarters(self) -> tuple[str, ...]:
        """Labels of the entries; the first is the initial state."""
        return self.axes.quarters

    @property
    def indicators(self) -> tuple[str, ...]:
        """Names of what is kept."""
        return tuple(self.axes.indicators)

    def cells(self, indicator: str) -> tuple[str, ...]:
        """Cells for which an indicator is kept: `region`, `county=dalarna`, `county=dalarna,size_class=10-49`."""
        return tuple(self.axes.cells[self._about(indicator).family])

    def unit(self, indicator: str) -> str:
        """Unit of an indicator."""
        return self._about(indicator).unit

    def label(self, indicator: str) -> Text:
        """Words for an indicator."""
        return self._about(indicator).text

    def cell_label(self, indicator: str, cell: str) -> Text:
        """Words for a cell."""
        return self.axes.cells[self._about(indicator).family][cell]

    def values(self, indicator: str, cell: str = "", case: str | None = None) -> Values:
        """Values of an indicator in one cell, the region unless another is named; (cases, seeds, entries).

        case  only this one, the first axis then having length 1
        """
        chosen = self.source.block(indicator, [self.cell_place(indicator, cell)])[..., 0]
        return chosen if case is None else chosen[[self.case_place(case)]]

    def block(self, indicator: str, cells: Sequence[str]) -> Values:
        """Values of an indicator in several cells; (cases, seeds, entries, cells)."""
        return self.source.block(indicator, [self.cell_place(indicator, cell) for cell in cells])

    def last_year(self, indicator: str, cell: str = "", case: str | None = None) -> Values:
        """Mean over the last year of each run; (cases, seeds)."""
        if self.cell_place(indicator, cell) == 0:
            chosen = self.source.ends("last_year")[..., self.indicators.index(indicator)]
        else:
            values = self.values(indicator, cell)
            chosen = last_year(values.reshape(-1, values.shape[-1])).reshape(values.shape[:2])
        return chosen if case is None else chosen[[self.case_place(case)]]

    def ends(self, name: str = "last_year") -> Values:
        """What remains of all indicators for the region, `last_year` or `last_value`; (cases, seeds, indicators)."""
        return self.source.ends(name)

    def money(self, name: str = "outlay") -> Values:
        """Public outlay of each run, or the `coordination` in it, kSEK; (cases, seeds)."""
        return self.source.money(name)

    def outlay(self) -> Values:
        """Public money by year and measure (`axes.years`, `axes.measures`), kSEK; (cases, seeds, years, measures)."""
        if not isinstance(self.source, BatchSource):
            raise UnknownError(
                Text("only a batch keeps money by measure and year", "bara en serie har pengar per insats och år")
            )
        return self.source.outlay()

    def band(
        self, indicator: str, quantiles: Sequence[float] = BAND, case: str | Sequence[str] | None = None, **cell: str
    ) -> Values:
        """Quantiles over runs by quarter; (quantiles, entries).

        case  one, or several, or all (None): the runs of several are taken together
        cell  `county="dalarna"`; nothing: the region
        """
        names = self.cases if case is None else (case,) if isinstance(case, str) else tuple(case)
        values = self.values(indicator, ",".join(f"{dimension}={key}" for dimension, key in cell.items()))
        chosen = values[[self.case_place(name) for name in names]]
        return quantile_band(chosen.reshape(-1, chosen.shape[-1]), quantiles)

    def minus(self, other: Result | None = None) -> Result:
        """Paired differences, run by run on equal luck.

        other  a result whose seeds are (in part) the same; None: each case minus its own baseline

        Raises PairingError when nothing can be paired; warns, with PairingWarning and in `warnings`, when the two were
        made by other versions or with other luck, or differ in more than policy.
        """
        from simulator.ensemble.results.differences import paired

        found, odd = paired(self, other)
        for text in odd:
            warnings.warn(text.en, PairingWarning, stacklevel=2)
        return found

    def frame(
        self,
        indicators: Sequence[str] | None = None,
        cells: Sequence[str] | None = None,
        cases: Sequence[str] | None = None,
        factors: bool = False,
    ) -> Any:
        """Tidy pandas frame: case, seed, quarter, indicator, cell, value, unit.

        cells    of those an indicator has; None takes all
        factors  also a column for each value that differs between cases
        """
        from simulator.ensemble.results.export import frame

        return frame(self, indicators, cells, cases, factors)

    def to_xarray(self, indicators: Sequence[str] | None = None) -> Any:
        """An xarray data set with axes case, seed, time and the cells of each kind; needs xarray."""
        from simulator.ensemble.results.export_labelled import to_xarray

        return to_xarray(self, indicators)

    def case_place(self, name: str) -> int:
        """Place of a case."""
        return _place(name, self.cases, Text("case", "fall"))

    def cell_place(self, indicator: str, cell: str) -> int:
        """Place of a cell, whatever the order of its parts; nothing is the region."""
        cells = self.cells(indicator)
        if cell in ("", REGION):
            return 0
        wanted = sorted(cell.split(","))
        for place, known in enumerate(cells):
            if sorted(known.split(",")) == wanted:
                return place
        return _place(cell, cells, Text(f"cell of {indicator}", f"cell för {indicator}"))

    def _about(self, indicator: str) -> Measured:
        return self.axes.indicators[self.indicators[_place(indicator, self.indicators, _INDICATOR)]]


def _place(name: str, known: Sequence[str], what: Text) -> int:
    if name in known:
        return list(known).index(name)
    from simulator.scenario.problems import instead

    hint = instead(name, known)
    raise UnknownError(
        Text(f"no {what.en} {name} in this result; {hint.en}", f"{what.sv} {name} finns inte i resultatet; {hint.sv}")
    )
