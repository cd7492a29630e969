"""The chunks of a batch folder: `000000.nc` with the numbers, `000000.json` with what became of each run.

The second is written last, so a chunk counts only with both: whatever stops the program leaves chunks or nothing. A
chunk that is written anew, since runs have been tried again, gets another file of numbers (`000000-1.nc`), which the
second names; the old one goes when nothing needs it.
"""

from __future__ import annotations

import hashlib
import os
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from simulator.ensemble.plan import Plan
from simulator.ensemble.storage.chunk_file import checksums, chunk_bytes, read_runs
from simulator.ensemble.storage.disk import (
    PART,
    StoreError,
    cannot_read,
    cannot_write,
    damaged,
    fingerprint,
    read_signed,
    signed,
    write_whole,
)
from simulator.ensemble.storage.layout import Layout
from simulator.ensemble.workers.work import Failure, Finished

FORMAT = 1
FOLDER = "chunks"
_FILE = re.compile(r"\d{6,}(-\d+)?\.nc")


@dataclass(frozen=True, slots=True)
class Record:
    """What became of the runs of a chunk, in their order.

    digests   of all series of each run, empty where it failed
    attempts  how often each has been tried
    failures  by number of the run
    file, size, whole, checks  of the numbers: name, bytes, fingerprint, checksums of header and variables
    """

    numbers: range
    digests: tuple[str, ...]
    seconds: tuple[float, ...]
    attempts: tuple[int, ...]
    failures: Mapping[int, Failure]
    file: str
    size: int
    whole: str
    checks: array[int]


class Chunks:
    """The chunks that a folder has of a plan; `digest` is that of the plan."""

    def __init__(self, folder: Path, plan: Plan, digest: str) -> None:
        self.folder, self.plan, self.digest = folder / FOLDER, plan, digest
        self._read: dict[int, tuple[tuple[int, int], Record]] = {}

    @cached_property
    def layout(self) -> Layout:
        """The axes of the plan."""
        return Layout(self.plan)

    @cached_property
    def ranges(self) -> tuple[range, ...]:
        """Numbers of the runs of each chunk."""
        return self.plan.chunks

    def told_in(self, chunk: int) -> Path:
        """The file that tells what became of the runs of a chunk."""
        return self.folder / f"{chunk:06d}.json"

    def records(self) -> tuple[dict[int, Record], dict[int, StoreError]]:
        """What there is of complete chunks, in their order, and what is wrong with those that are damaged."""
        sizes, stamps = self._listed()
        found: dict[int, Record] = {}
        wrong: dict[int, StoreError] = {}
        for chunk, stamp in sorted(stamps.items()):
            try:
                record = self._record(chunk, stamp)
            except StoreError as error:
                wrong[chunk] = error
                continue
            if record.file in sizes and sizes[record.file] != record.size:
                wrong[chunk] = damaged(self.folder / record.file)
            elif record.file in sizes:
                found[chunk] = record
        return found, wrong

    def _listed(self) -> tuple[dict[str, int], dict[int, tuple[int, int]]]:
        """Sizes of the files with numbers, and stamps of what tells of them by chunk: one look at the folder."""
        sizes: dict[str, int] = {}
        stamps: dict[int, tuple[int, int]] = {}
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    name, _, ending = entry.name.partition(".")
                    if ending == "nc":
                        sizes[entry.name] = entry.stat().st_size
                    elif ending == "json" and name.isdecimal():
                        about = entry.stat()
                        stamps[int(name)] = about.st_mtime_ns, about.st_size
        except FileNotFoundError:
            pass
        except OSError as failure:
            raise cannot_read(self.folder, failure) from failure
        return sizes, stamps

    def _record(self, chunk: int, stamp: tuple[int, int]) -> Record:
        known = self._read.get(chunk)
        if known is not None and known[0] == stamp:
            return known[1]
        path = self.told_in(chunk)
        about = read_signed(path)
        try:
            record = _record(about)
            fits = about["format"] == FORMAT and about["plan"] == self.digest and self.ranges[chunk] == record.numbers
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError):
            raise damaged(path) from None
        if not fits:
            raise damaged(path)
        self._read[chunk] = stamp, record
        return record

    def write(self, chunk: int, runs: Sequence[Finished], tag: str) -> None:
        """Write a chunk in one step; StoreError says why it cannot be."""
        numbers = self.ranges[chunk]
        if [run.number for run in runs] != list(numbers):
            raise ValueError(f"chunk {chunk} holds the runs {numbers.start} to {numbers.stop - 1}")
        data = chunk_bytes(self.plan, self.layout, runs)
        about = {
            "format": FORMAT,
            "plan": self.digest,
            "first": numbers.start,
            "digests": [run.digest for run in runs],
            "seconds": [round(run.seconds, 4) for run in runs],
            "attempts": [run.attempt for run in runs],
            "failures": {str(run.number): asdict(run.failure) for run in runs if run.failure is not None},
            "size": len(data),
            "whole": fingerprint(data),
            "checks": checksums(data),
        }
        self._put(chunk, data, about, tag)

    def copy(self, other: Chunks, chunk: int, record: Record, tag: str) -> None:
        """Take over a complete chunk of another folder of the same plan, as it is."""
        self._put(chunk, other.data(record), read_signed(other.told_in(chunk)), tag)

    def _put(self, chunk: int, data: bytes, about: Mapping[str, Any], tag: str) -> None:
        """Write both files of a chunk; an earlier version stays valid until the last moment."""
        old = self._complete(chunk)
        self._read.pop(chunk, None)
        file = f"{chunk:06d}.nc" if old is None else _next(old.file)
        try:
            self.folder.mkdir(exist_ok=True)
            if old is None:  # damaged, or without its numbers
                self.told_in(chunk).unlink(missing_ok=True)
            write_whole(self.folder / file, data, tag)
            write_whole(self.told_in(chunk), signed({**about, "file": file}), tag)
            if old is not None:
                (self.folder / old.file).unlink(missing_ok=True)
        except OSError as failure:
            raise cannot_write(self.folder, failure) from failure

    def _complete(self, chunk: int) -> Record | None:
        """What became of a chunk, if it is complete and not damaged."""
        path = self.told_in(chunk)
        try:
            about = path.stat()
            record = self._record(chunk, (about.st_mtime_ns, about.st_size))
            return record if (self.folder / record.file).stat().st_size == record.size else None
        except FileNotFoundError:
            return None
        except OSError as failure:
            raise cannot_read(path, failure) from failure
        except StoreError:
            return None

    def runs(self, chunk: int) -> list[Finished]:
        """The runs of a complete chunk with all their numbers; StoreError if it is missing or has changed."""
        record = self._complete(chunk)
        if record is None:
            raise damaged(self.told_in(chunk))
        return read_runs(self.data(record), self.plan, self.layout, self.told(record))

    def data(self, record: Record) -> bytes:
        """All bytes of the numbers of a chunk; StoreError if they have changed."""
        path = self.folder / record.file
        try:
            data = path.read_bytes()
        except OSError as failure:
            raise cannot_read(path, failure) from failure
        if fingerprint(data) != record.whole:
            raise damaged(path)
        return data

    def told(self, record: Record) -> list[Finished]:
        """What is known of the runs of a chunk without their numbers."""
        return [
            Finished(
                *self.plan.run(number), record.attempts[place], record.seconds[place], record.digests[place],
                None, 0, None, 0.0, record.failures.get(number),
            )
            for place, number in enumerate(record.numbers)
        ]  # fmt: skip

    def verify(self) -> None:
        """Read every byte; StoreError names the first file that is not what was written."""
        found, wrong = self.records()
        for error in wrong.values():
            raise error
        for record in found.values():
            self.data(record)

    def clean(self, mine: str, alone: bool) -> None:
        """Remove what killed sessions have left: files of this tag, or all of them when nobody else works here."""
        for part in self.folder.glob(f".*{PART}"):
            if alone or part.name.endswith(f".{mine}{PART}"):
                part.unlink(missing_ok=True)
        if alone:
            needed = {record.file for record in self.records()[0].values()}
            for file in self.folder.glob("*.nc"):
                if file.name not in needed:
                    file.unlink(missing_ok=True)


def digest_of(records: Iterable[Record]) -> str:
    """Fingerprint of the results of a batch, whatever ran them: number and digest of each run that has been tried."""
    found = hashlib.blake2b(digest_size=16)
    for record in records:
        for number, digest in zip(record.numbers, record.digests, strict=True):
            found.update(f"{number} {digest}\n".encode())
    return found.hexdigest()


def _record(about: Mapping[str, Any]) -> Record:
    digests = tuple(map(str, about["digests"]))
    if not _FILE.fullmatch(about["file"]):
        raise ValueError(about["file"])
    return Record(
        range(about["first"], about["first"] + len(digests)),
        digests,
        tuple(map(float, about["seconds"])),
        tuple(map(int, about["attempts"])),
        {int(number): Failure(**failure) for number, failure in about["failures"].items()},
        str(about["file"]),
        int(about["size"]),
        str(about["whole"]),
        array("L", about["checks"]),
    )


def _next(file: str) -> str:
    """Name of the numbers of a chunk that is written anew.

    >>> _next("000012.nc"), _next("000012-1.nc")
    ('000012-1.nc', '000012-2.nc')
    """
    chunk, _, count = file.removesuffix(".nc").partition("-")
    return f"{chunk}-{int(count or 0) + 1}.nc"
