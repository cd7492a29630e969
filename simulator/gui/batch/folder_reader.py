"""Folders of results, as the window shows them: how they stand, and their numbers for charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from simulator.analysis.contrast import subtracted
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.execution.stopping import settled
from simulator.ensemble.plan import Plan
from simulator.ensemble.results.export import write_csv, write_parquet
from simulator.ensemble.results.export_labelled import write_netcdf
from simulator.ensemble.results.result import Result
from simulator.ensemble.results.sources import BatchSource
from simulator.ensemble.statistics import Values, estimate
from simulator.ensemble.storage.layout import PACKAGE
from simulator.ensemble.storage.stored import KIND, read_manifest
from simulator.ensemble.workers.work import KINDS
from simulator.gui.batch.messages import (
    Arm,
    FailedRun,
    Numbers,
    Read,
    Readings,
    Standing,
    Weigh,
    Weight,
    Weights,
    Write,
    Written,
)
from simulator.gui.live.bands import BASELINE, POLICY, REGION
from simulator.indicators import INDICATORS
from simulator.indicators.witness import is_local, witness
from simulator.quantity import SpokenError, Text
from simulator.scenario import Scenario, ScenarioError, load

MOST_DRAWN = 200
"""Seeds of a case that are drawn: more would make charts slow and show little else."""
MOST_FAILED = 1000
_OTHER_SCENARIO = Text(
    "The scenario of these runs cannot be read by this program any more, so that they are not drawn; they can be "
    "exported. ",
    "Körningarnas scenario kan inte längre läsas av det här programmet, så de ritas inte; de kan exporteras. ",
)
_NO_FORMAT = Text(
    "{}: nothing is written as {}; end the name with .csv, .nc (netCDF) or .parquet",
    "{}: inget skrivs som {}; låt namnet sluta på .csv, .nc (netCDF) eller .parquet",
)


@dataclass
class _Opened:
    """An open folder: its result, and the scenario of a case."""

    result: Result
    plan: Plan | None
    scenarios: dict[int, Scenario] = field(default_factory=dict)

    def scenario(self, case: int) -> Scenario:
        if case not in self.scenarios:
            assert self.plan is not None
            self.scenarios[case] = self.plan.scenario(case)
        return self.scenarios[case]


class FolderReader:
    """Remembers the folder that was looked at last."""

    def __init__(self) -> None:
        self._open: tuple[Path, _Opened] | None = None

    def look(self, folder: Path) -> Standing:
        """How a folder stands now; StoreError says what is wrong with it."""
        self._open = None
        about = read_manifest(folder)
        return self._batch(folder) if about.get("kind") == KIND else self._run(folder, about)

    def _batch(self, path: Path) -> Standing:
        folder = BatchFolder.open(path, runnable=False)
        records, wrong = folder.chunks.records()
        told = folder.told()
        failed = [run for run in told if run.failure is not None]
        plan = folder.plan
        blocked: Text | None = None
        try:
            plan = BatchFolder.open(path).plan
            folder.check_program()
        except SpokenError as error:
            blocked = error.text()
        at_work = bool(folder.sessions_at_work())
        title = folder.plan.title or Text(*(2 * [str(folder.about["title"])]))
        standing = Standing(
            folder=path, batch=True, title=title, name=plan.name, runs=len(plan), done=len(told) - len(failed),
            failed=_failed(plan, failed[:MOST_FAILED]), failures=len(failed), at_work=at_work,
            settled=not wrong and settled(folder), digest=folder.digest, seconds=folder.seconds, blocked=blocked,
            damage=next((error.text() for error in wrong.values()), None), seeds=len(plan.seeds),
        )  # fmt: skip
        if not records or wrong:
            return standing
        result = Result.load(path)
        drawable: Text | None = None
        if plan.scenarios:
            self._open = path, _Opened(result, plan)
        else:
            drawable = _because(blocked)
            self._open = path, _Opened(result, None)
        return _with_result(standing, result, drawable)

    def _run(self, path: Path, about: Mapping[str, Any]) -> Standing:
        result = Result.load(path)
        name = str(about.get("scenario", about.get("title", path.name)))
        standing = Standing(
            folder=path, batch=False, title=Text(result.title, result.title), name=name, runs=1, done=1, failed=(),
            failures=0, at_work=False, settled=True, digest=result.digest, seconds=float(about.get("seconds") or 0),
            seeds=1,
        )  # fmt: skip
        drawable: Text | None = None
        opened = _Opened(result, None)
        try:
            opened.scenarios[0] = load(path / "scenario.yaml")
        except ScenarioError as error:
            drawable = _because(error.text())
        self._open = path, opened
        return _with_result(standing, result, drawable)

    def _opened(self, folder: Path) -> _Opened:
        """The folder that is open; StoreError when it has gone meanwhile."""
        read_manifest(folder)
        if self._open is None or self._open[0] != folder:
            self.look(folder)
        if self._open is None:
            raise SpokenError(Text(f"{folder}: no run is done yet", f"{folder}: ingen körning är klar än"))
        return self._open[1]

    def read(self, question: Read) -> Readings:
        """Numbers of some cases for charts."""
        opened = self._opened(question.folder)
        made = tuple(_numbers(opened, case, question) for case in question.cases)
        seeds = len(opened.result.seeds)
        return Readings(made, min(seeds, MOST_DRAWN), seeds)

    def weigh(self, question: Weigh) -> Weights:
        """What each case does in the last year: differences where there are baselines."""
        result = self._opened(question.folder).result
        compared = [case for case in result.compared if case.against is not None]
        chosen = subtracted(result, None) if compared and _any_pair(result) else result
        cases = [case for case in result.compared if case.policy or not compared]
        paths = _varied(result, [case.overrides for case in cases])
        values = chosen.last_year(question.indicator) if question.indicator in chosen.indicators else None
        places = {name: place for place, name in enumerate(chosen.cases)}
        made = []
        for case in cases:
            status = result.status[result.case_place(case.name)]
            known = values[places[case.name]] if values is not None and case.name in places else ()
            shown = tuple(_plain(case.overrides.get(path)) for path, _ in paths)
            done, failed = (int(np.count_nonzero(status == code)) for code in (1, -1))
            made.append(Weight(case.name, shown, done, failed, estimate(known)))
        return Weights(question.indicator, chosen.difference, paths, tuple(made))

    def write(self, question: Write) -> Written:
        """Export a folder."""
        result = self._opened(question.folder).result
        if question.differences:
            result = subtracted(result, None)
        match question.file.suffix.lower():
            case ".csv" | ".txt" | "":
                write_csv(result, question.file, decimal_comma=question.decimal_comma)
            case ".nc":
                write_netcdf(result, question.file)
            case ".parquet":
                write_parquet(result, question.file)
            case other:
                raise SpokenError(Text(*(said.format(question.file, other) for said in _NO_FORMAT)))
        return Written(question.file)


def _because(why: Text | None) -> Text:
    found = why or Text("", "")
    return Text(f"{_OTHER_SCENARIO.en}{found.en}", f"{_OTHER_SCENARIO.sv}{found.sv}")


def _any_pair(result: Result) -> bool:
    return any(
        (result.status[place] * (result.status[place] == result.status[case.against]) == 1).any()
        for place, case in enumerate(result.compared)
        if case.against is not None
    )


def _failed(plan: Plan, failed: Sequence[Any]) -> tuple[FailedRun, ...]:
    return tuple(
        FailedRun(
            run.number, plan.cases[run.case].name, run.seed, run.attempt, KINDS[run.failure.kind], run.failure.error,
            run.failure.traceback,
        )
        for run in failed
    )  # fmt: skip


def _with_result(standing: Standing, result: Result, drawable: Text | None) -> Standing:
    policies = [case for case in result.compared if case.policy] or list(result.compared)
    against = {case.name: None if case.against is None else result.cases[case.against] for case in policies}
    return replace(
        standing, drawable=drawable, cases=against, indicators=result.indicators, quarters=result.quarters,
        warnings=result.warnings,
    )  # fmt: skip


def _varied(result: Result, overrides: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, Text], ...]:
    """Values that differ between cases: the factors, then whatever else is set."""
    words = {factor.path: factor.text for factor in result.factors}
    for one in overrides:
        for path, value in one.items():
            if value is not None:
                words.setdefault(path, Text(path, path))
    return tuple(words.items())


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | float | str | None) else str(value)


# -- numbers of a case --------------------------------------------------------------------------------------------
def _numbers(opened: _Opened, case: str, question: Read) -> Numbers:
    result, indicator, whole = opened.result, question.indicator, question.whole
    place = result.case_place(case)
    scenario = opened.scenario(place)
    against = result.compared[place].against
    single = [cell for cell in result.cells(indicator) if "," not in cell]
    cells: dict[str, tuple[str, ...]] = {indicator: tuple(single)}
    if whole:
        cells |= {name: (REGION,) for name in result.indicators if name != indicator}
    counted, local = witness(INDICATORS[indicator].population), tuple(cell for cell in single if is_local(cell))
    if local and counted != indicator and counted in result.indicators:
        cells[counted] = (REGION, *local)  # tells where values are withheld
    measures = tuple(one.name for one in scenario.measures) if whole else ()
    arms = {POLICY: _arm(result, place, cells, measures)}
    if against is not None:
        arms[BASELINE] = _arm(result, against, cells, measures)
    plan = opened.plan
    wanted = min(MOST_DRAWN, len(result.seeds) if plan is None else len(plan.seeds))
    sent = None if case in question.known else scenario
    return Numbers(case, result.quarters, cells, arms, wanted, measures, sent, result.digest)


def _arm(result: Result, case: int, cells: Mapping[str, Sequence[str]], measures: Sequence[str]) -> Arm:
    """The first runs of a case that are done; they carry its money where measures are named."""
    seeds = [at for at in range(min(len(result.seeds), MOST_DRAWN)) if result.status[case, at] == 1]
    parts = [_block(result, name, case, seeds)[..., _places(result, name, some)] for name, some in cells.items()]
    values = np.concatenate(parts, axis=2).astype(np.float32)
    return Arm(tuple(result.seeds[at] for at in seeds), values, _outlay(result, case, seeds, measures))


def _places(result: Result, indicator: str, cells: Sequence[str]) -> list[int]:
    return [result.cell_place(indicator, cell) for cell in cells]


def _block(result: Result, indicator: str, case: int, seeds: Sequence[int]) -> Values:
    """All cells of an indicator in some runs of a case; (runs, entries, cells)."""
    shape = (len(seeds), len(result.quarters), len(result.cells(indicator)))
    if not seeds:
        return np.empty(shape)
    if isinstance(result.source, BatchSource):
        return result.source.of_runs(indicator, [at * len(result.cases) + case for at in seeds])
    found: Values = result.source.block(indicator, range(shape[2]))[case][list(seeds)]
    return found


def _outlay(result: Result, case: int, seeds: Sequence[int], measures: Sequence[str]) -> Values | None:
    """Money of the measures and of the package in the years of the case; (runs, measures + 1, years)."""
    if not measures or not seeds or not isinstance(result.source, BatchSource):
        return None
    kept = result.source.of_runs("outlay", [at * len(result.cases) + case for at in seeds])
    years = ~np.isnan(kept).all(axis=(0, 2))
    rows = [result.axes.measures.index(name) for name in (*measures, PACKAGE)]
    found: Values = np.nan_to_num(kept[:, years][:, :, rows]).swapaxes(1, 2)
    return found
