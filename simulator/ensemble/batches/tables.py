"""Tables of a batch that need nothing else to be read: what was run, what became of it, what came out."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from simulator.ensemble.plan import Case, Plan
from simulator.ensemble.results.result import Result
from simulator.ensemble.results.summary import SUMMARY, summary
from simulator.ensemble.storage.chunk_file import ChunkReader
from simulator.ensemble.storage.chunks import Chunks
from simulator.ensemble.storage.disk import cannot_write, fill_whole
from simulator.ensemble.storage.store import written

Rows = Iterable[Sequence[object]]


def write_tables(chunks: Chunks, folder: Path, tag: str, result: Result | None) -> None:
    """Write runs.csv, cases.csv, failures.csv and summary.csv of what is done so far; no result: nothing is."""
    tables: dict[str, Rows] = {
        "runs": _runs(chunks),
        "cases": _cases(chunks),
        "failures": _failures(chunks),
        "summary": [SUMMARY] if result is None else summary(result),
    }
    try:
        for name, rows in tables.items():
            fill_whole(folder / f"{name}.csv", partial(_write, rows), tag)
    except OSError as failure:
        raise cannot_write(folder, failure) from failure


def _write(rows: Rows, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def _varied(plan: Plan) -> list[str]:
    """Paths of the values that differ between cases, the factors first; not what a baseline leaves out."""
    paths = dict.fromkeys(factor.path for factor in plan.factors)
    paths.update(
        dict.fromkeys(path for case in plan.cases for path, value in case.overrides.items() if value is not None)
    )
    return list(paths)


def _value(case: Case, path: str) -> object:
    """A value of a case as a scenario would have it; empty where the case leaves it to its scenario."""
    value = case.overrides.get(path)
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _runs(chunks: Chunks) -> Iterator[Sequence[object]]:
    plan, reader = chunks.plan, ChunkReader()
    varied = _varied(plan)
    yield (
        "run", "case", "seed", "status", "seconds", "attempts", "result_digest", *varied, *plan.keep.indicators
    )  # fmt: skip
    for record in chunks.records()[0].values():
        last = reader.read(chunks.folder / record.file, "last_value", record.checks)
        for place, run in enumerate(chunks.told(record)):
            case = plan.cases[run.case]
            status = "done" if run.failure is None else "failed"
            about = (run.number, case.name, run.seed, status, run.seconds, run.attempt, run.digest)
            yield (*about, *(_value(case, path) for path in varied), *map(written, last[place].tolist()))


def _cases(chunks: Chunks) -> Iterator[Sequence[object]]:
    plan = chunks.plan
    varied = _varied(plan)
    done, failed = Counter[int](), Counter[int]()
    for record in chunks.records()[0].values():
        for run in chunks.told(record):
            (failed if run.failure else done)[run.case] += 1
    yield "case", "against", "done", "failed", *varied
    for place, case in enumerate(plan.cases):
        against = "" if case.against is None else plan.cases[case.against].name
        yield case.name, against, done[place], failed[place], *(_value(case, path) for path in varied)


def _failures(chunks: Chunks) -> Iterator[Sequence[object]]:
    plan = chunks.plan
    yield "run", "case", "seed", "attempts", "kind", "error", "traceback"
    for record in chunks.records()[0].values():
        for run in chunks.told(record):
            if run.failure is not None:
                failure = run.failure
                about = (run.number, plan.cases[run.case].name, run.seed, run.attempt)
                yield *about, failure.kind, failure.error, failure.traceback
