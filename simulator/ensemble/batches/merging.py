"""One batch folder from several that did parts of the same plan, perhaps on different machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.ensemble.batches.folder import OWN, BatchFolder, other_batch
from simulator.ensemble.batches.locks import Locks
from simulator.ensemble.storage.chunks import Record
from simulator.ensemble.storage.disk import StoreError, cannot_write, read_signed, signed, write_whole
from simulator.ensemble.storage.store import MANIFEST, check_target
from simulator.quantity import Text


@dataclass(frozen=True, slots=True)
class _Part:
    """A chunk as one of the folders has it."""

    folder: BatchFolder
    record: Record


def merge(folders: Sequence[Path], out: Path, command: Sequence[str] = ()) -> BatchFolder:
    """Put the runs of several folders of one plan into one; what was run twice must have come out the same.

    out  a new folder, or one of the same plan, to which is added

    Raises StoreError before anything is written when the folders do not belong together, are damaged, or contradict
    each other.
    """
    parts = [BatchFolder.open(path, runnable=False) for path in folders]
    for other in parts[1:]:
        _check_same(parts[0], other)
    there = (out / MANIFEST).is_file()
    if there:
        target = BatchFolder.open(out, runnable=False)
        if target.about["plan_digest"] != parts[0].about["plan_digest"]:
            raise other_batch(out)
        _check_same(target, parts[0])
        parts = [target, *(part for part in parts if part.path.resolve() != out.resolve())]
    else:
        check_target(out, OWN)
    for part in parts:
        part.verify()
    chosen = {chunk: _chosen(found) for chunk, found in sorted(_by_chunk(parts).items())}
    if not there:
        _found(out, parts)
    target = BatchFolder.open(out, runnable=False)
    with target.session(command=command):
        for chunk, found in chosen.items():
            _put(target, chunk, found)
        target.close_session()
    return target


def _check_same(one: BatchFolder, other: BatchFolder) -> None:
    """Refuse folders whose runs do not belong together."""
    if one.about["plan_digest"] != other.about["plan_digest"]:
        raise _refusal(one, other, Text("they were made for different plans", "de gjordes för olika planer"))
    if one.plan.chunk != other.plan.chunk:
        raise _refusal(
            one, other, Text("their runs are divided differently into chunks", "körningarna är delade på olika sätt")
        )
    if one.made_by != other.made_by:
        raise _refusal(
            one, other, Text("they were made by different versions", "de gjordes med olika programversioner")
        )


def _refusal(one: BatchFolder, other: BatchFolder, why: Text) -> StoreError:
    ours, theirs = one.path, other.path
    return StoreError(
        Text(f"{ours} and {theirs} cannot be merged: {why.en}", f"{ours} och {theirs} kan inte slås ihop: {why.sv}")
    )


def _by_chunk(parts: Sequence[BatchFolder]) -> dict[int, list[_Part]]:
    found: dict[int, list[_Part]] = {}
    for part in parts:
        for chunk, record in part.chunks.records()[0].items():
            found.setdefault(chunk, []).append(_Part(part, record))
    return found


def _chosen(parts: Sequence[_Part]) -> list[_Part]:
    """The first part that alone has all runs that any has, else all of them; StoreError if they contradict."""
    known: dict[int, _Part] = {}
    for part in parts:
        for number, digest in zip(part.record.numbers, part.record.digests, strict=True):
            if not digest:
                continue
            first = known.setdefault(number, part)
            if first.record.digests[number - first.record.numbers.start] != digest:
                raise _contradiction(first, part, number)
    whole = [part for part in parts if sum(map(bool, part.record.digests)) == len(known)]
    return whole[:1] or list(parts)


def _contradiction(one: _Part, other: _Part, number: int) -> StoreError:
    run = one.folder.plan.run(number)
    name = one.folder.plan.cases[run.case].name
    return _refusal(
        one.folder, other.folder,
        Text(f"run {number} ({name}, seed {run.seed}) came out differently: other processors, or another program",
             f"körning {number} ({name}, frö {run.seed}) gav olika siffror: andra processorer, eller annat program"),
    )  # fmt: skip


def _found(out: Path, parts: Sequence[BatchFolder]) -> None:
    """Make the folder as the first of the parts was made, with the sessions of all."""
    first = parts[0]
    sessions = sorted((one for part in parts for one in part.about["sessions"]), key=lambda one: str(one["began"]))
    try:
        out.mkdir(parents=True, exist_ok=True)
        with Locks(out).door():
            for name in first.about["files"]:
                (out / name).parent.mkdir(exist_ok=True)
                write_whole(out / name, (first.path / name).read_bytes(), "new")
            about = {**read_signed(first.path / MANIFEST), "sessions": sessions}
            write_whole(out / MANIFEST, signed(about, indent=2), "new")
    except OSError as failure:
        raise cannot_write(out, failure) from failure


def _put(target: BatchFolder, chunk: int, parts: Sequence[_Part]) -> None:
    """Write a chunk: as it is where one part has it all, else run by run."""
    if len(parts) == 1:
        part = parts[0]
        if part.folder.path != target.path:
            target.copy_chunk(part.folder, chunk)
        return
    runs = [BatchFolder.open(part.folder.path).read_chunk(chunk) for part in parts]
    together = [next((run for run in same if run.digest), same[0]) for same in zip(*runs, strict=True)]
    BatchFolder.open(target.path).write_chunk(chunk, together)
