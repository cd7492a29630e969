"""From a folder on disk to a `Result`; whatever is wrong with the folder is said in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from simulator import __version__
from simulator.agents.luck import luck_digest
from simulator.ensemble.plan import Plan, PlanError
from simulator.ensemble.results.pairing import Comparable, comparables
from simulator.ensemble.results.result import Origin, Result
from simulator.ensemble.results.sources import BatchSource, RunSource
from simulator.ensemble.storage.chunk_file import read_axes
from simulator.ensemble.storage.chunks import Chunks, Record, digest_of
from simulator.ensemble.storage.disk import StoreError, cannot_read, damaged, fingerprint
from simulator.ensemble.storage.netcdf import HeaderError
from simulator.ensemble.storage.stored import KIND, read_manifest, read_stored
from simulator.quantity import Text

SERIES = "series.nc"


def opened(path: Path, verify: bool) -> Result:
    """Open the folder of a batch or of a single run; as `Result.load`."""
    return _batch(path, verify) if read_manifest(path).get("kind") == KIND else _run(path)


def _batch(path: Path, verify: bool) -> Result:
    about, stored = read_stored(path)
    try:
        plan = Plan.from_json(stored, runnable=False)
    except PlanError as error:
        said = error.text()
        raise StoreError(Text(f"{path}: {said.en}", f"{path}: {said.sv}")) from None
    chunks = Chunks(path, plan, about["plan_digest"])
    if verify:
        chunks.verify()
    records, wrong = chunks.records()
    for damage in wrong.values():
        raise damage
    if not records:
        raise StoreError(Text(f"{path}: no run is done yet", f"{path}: ingen körning är klar än"))
    return batch_result(path, about, chunks, records)


def batch_result(path: Path, about: Mapping[str, Any], chunks: Chunks, records: Mapping[int, Record]) -> Result:
    """The result of the chunks that are complete."""
    plan = chunks.plan
    axes = read_axes(chunks.data(next(iter(records.values()))))
    status = _status(plan, records.values())
    return Result(
        path=str(path),
        title=about["title"],
        compared=comparables(plan.cases, about["prints"]),
        seeds=plan.seeds[: status.shape[1]],
        axes=axes,
        factors=plan.factors,
        status=status,
        digest=digest_of(records.values()),
        origin=_origin(path, about),
        source=BatchSource(chunks, records, status.shape[1], axes),
        warnings=tuple(_warnings(path, _origin(path, about))),
    )


def _status(plan: Plan, records: Iterable[Record]) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    """What became of each run, up to the last seed that any case has run on; (cases, seeds)."""
    flat = np.zeros(len(plan), np.int8)
    last = 0
    for record in records:
        flat[record.numbers.start : record.numbers.stop] = 1
        flat[list(record.failures)] = -1
        last = max(last, record.numbers.stop)
    seeds = -(-last // len(plan.cases))
    return flat.reshape(len(plan.seeds), len(plan.cases))[:seeds].T


def _run(path: Path) -> Result:
    about = read_manifest(path)
    try:
        data, written = (path / SERIES).read_bytes(), about["files"][SERIES]
    except FileNotFoundError:
        raise StoreError(
            Text(f"{path}: no series here ({SERIES} is missing)", f"{path}: inga serier här ({SERIES} saknas)")
        ) from None
    except OSError as failure:
        raise cannot_read(path / SERIES, failure) from failure
    except (KeyError, TypeError):
        raise StoreError(
            Text(f"{path}: written by an older version of this program; run it again",
                 f"{path}: skriven av en äldre programversion; kör om den")
        ) from None  # fmt: skip
    if fingerprint(data) != written:
        raise damaged(path / SERIES)
    try:
        axes = read_axes(data)
        source = RunSource(path, axes, data)
        name = "/".join(filter(None, (Path(about["scenario"]).stem, about["variant"])))
        found = Result(
            path=str(path),
            title=about["title"],
            compared=(Comparable(name, {}, True, None, about.get("prints", {})),),
            seeds=(int(about["seed"]),),
            axes=axes,
            factors=(),
            status=np.ones((1, 1), np.int8),
            digest=about["result_digest"],
            origin=_origin(path, about),
            source=source,
            warnings=tuple(_warnings(path, _origin(path, about))),
        )
    except (HeaderError, KeyError, TypeError, ValueError) as failure:
        raise damaged(path / SERIES) from failure
    return found


def _origin(path: Path, about: Mapping[str, Any]) -> Origin:
    try:
        return Origin(str(about["versions"]["transition-simulator"]), str(about["luck_digest"]))
    except (KeyError, TypeError):
        raise StoreError(
            Text(f"{path}: no results of this program", f"{path}: inga resultat från detta program")
        ) from None


def _warnings(path: Path, origin: Origin) -> Iterator[Text]:
    if origin.luck != luck_digest():
        yield Text(
            f"{path}: this program draws its luck differently: equal seeds are not equal luck",
            f"{path}: detta program drar slumpen annorlunda: lika frön är inte lika slump",
        )
    if origin.version != __version__:
        yield Text(
            f"{path}: made by version {origin.version}, this is {__version__}: runs made now may differ",
            f"{path}: gjort med version {origin.version}, detta är {__version__}: körningar som görs nu kan skilja sig",
        )
