"""A batch on disk: what was planned, what is done, who works on it. Nothing that stops the program can spoil it.

manifest.json         what made it, when, with which commands; fingerprints of the files below
plan.json             cases, seeds, factors, what is kept
scenarios/000.yaml    the scenarios, every value resolved; design.yaml as the user wrote it
chunks/               the runs (`simulator/ensemble/storage/chunks.py`)
runs.csv, cases.csv, failures.csv, summary.csv      made at the end of each session
locks/                held by the sessions that work here, released by the system when they die
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from simulator import __version__
from simulator.agents.luck import luck_digest
from simulator.ensemble.batches.locks import Locks, Slice
from simulator.ensemble.batches.tables import write_tables
from simulator.ensemble.plan import Plan, PlanError
from simulator.ensemble.results.opening import batch_result
from simulator.ensemble.results.pairing import prints
from simulator.ensemble.storage.chunks import Chunks, digest_of
from simulator.ensemble.storage.disk import (
    PART,
    StoreError,
    cannot_write,
    damaged,
    fingerprint,
    read_signed,
    signed,
    write_whole,
)
from simulator.ensemble.storage.manifest import CONDITIONAL_ON_SEEDS, SYNTHETIC, manifest
from simulator.ensemble.storage.store import MANIFEST, check_target
from simulator.ensemble.storage.stored import DESIGN, FORMAT, KIND, PLAN, read_stored
from simulator.ensemble.workers.work import Finished
from simulator.quantity import Text

OWN = {"scenarios", "chunks", "locks", PLAN, DESIGN}
WHOLE: Slice = (1, 1)


class BatchFolder:
    """The folder of a batch, for those who run it; `Result` is for those who read it."""

    def __init__(self, path: Path, plan: Plan, about: Mapping[str, Any]) -> None:
        self.path, self.plan, self.about = path, plan, about
        self.chunks = Chunks(path, plan, about["plan_digest"])
        self._locks = Locks(path)
        self._tag = "0-0"

    @classmethod
    def create(cls, path: Path, plan: Plan, command: Sequence[str] = (), design_text: str | None = None) -> BatchFolder:
        """Make a folder for a plan, or open the one that has it already; StoreError if it holds something else."""
        check_target(path, OWN)
        try:
            path.mkdir(parents=True, exist_ok=True)
            with Locks(path).door():
                if not (path / MANIFEST).exists():
                    _fill(path, plan, command, design_text)
        except OSError as failure:
            raise cannot_write(path, failure) from failure
        found = cls.open(path)
        if found.plan.digest != plan.digest:
            raise other_batch(path)
        return found

    @classmethod
    def open(cls, path: Path, runnable: bool = True) -> BatchFolder:
        """Open a folder; StoreError if it is something else, has been changed, or means something else today.

        runnable  False leaves the scenarios out: enough to look and to merge, also where they cannot be read any more
        """
        about, stored = read_stored(path)
        try:
            plan = Plan.from_json(stored, runnable)
        except PlanError as error:
            said = error.text()
            raise StoreError(Text(f"{path}: {said.en}", f"{path}: {said.sv}")) from None
        if runnable and plan.digest != about["plan_digest"]:
            raise damaged(path / PLAN)
        return cls(path, plan, about)

    @contextmanager
    def session(self, slice_: Slice = WHOLE, command: Sequence[str] = ()) -> Iterator[None]:
        """Work here alone, or on slice i of n; StoreError if somebody does already, or with another program."""
        self.check_program()
        with ExitStack() as held:
            with self._locks.door():
                held.enter_context(self._locks.session(slice_))
                self._tag = f"{slice_[0]}-{slice_[1]}"
                self.chunks.clean(self._tag, alone=slice_ == WHOLE)
                for part in self.path.glob(f".*{PART}"):  # written behind the door only
                    part.unlink(missing_ok=True)
                if command:
                    self._note(slice_, command)
            yield

    def check_program(self) -> None:
        """StoreError unless this program would give the same numbers as the one that began."""
        made, now = self.made_by, (__version__, luck_digest())
        if made != now:
            raise StoreError(
                Text(f"{self.path}: begun with version {made[0]}, this is {now[0]}: numbers do not belong together",
                     f"{self.path}: påbörjad med version {made[0]}, detta är {now[0]}: siffror hör inte ihop")
            )  # fmt: skip

    def _note(self, slice_: Slice, command: Sequence[str]) -> None:
        about = read_signed(self.path / MANIFEST)
        about["sessions"].append({"slice": f"{slice_[0]}/{slice_[1]}", **_now(command)})
        try:
            write_whole(self.path / MANIFEST, signed(about, indent=2), self._tag)
        except OSError as failure:
            raise cannot_write(self.path, failure) from failure

    @property
    def made_by(self) -> tuple[str, str]:
        """Version of the program and fingerprint of its luck."""
        return str(self.about["versions"]["transition-simulator"]), str(self.about["luck_digest"])

    def sessions_at_work(self) -> tuple[Slice, ...]:
        """Slices somebody works on at this moment."""
        return self._locks.held()

    def done(self) -> frozenset[int]:
        """Chunks that are complete; one that is damaged is not."""
        return frozenset(self.chunks.records()[0])

    def failed(self) -> tuple[int, ...]:
        """Numbers of the runs that failed."""
        return tuple(number for record in self.chunks.records()[0].values() for number in sorted(record.failures))

    def told(self) -> list[Finished]:
        """What became of each run that has been tried, without its numbers, in order."""
        return [run for record in self.chunks.records()[0].values() for run in self.chunks.told(record)]

    def write_chunk(self, chunk: int, runs: Sequence[Finished]) -> None:
        """Write the runs of a chunk, in their order, in one step; an earlier version of it is replaced."""
        self.chunks.write(chunk, runs, self._tag)

    def copy_chunk(self, other: BatchFolder, chunk: int) -> None:
        """Take over a complete chunk of another folder of the same plan."""
        self.chunks.copy(other.chunks, chunk, other.chunks.records()[0][chunk], self._tag)

    def read_chunk(self, chunk: int) -> list[Finished]:
        """The runs of a complete chunk with all their numbers."""
        return self.chunks.runs(chunk)

    def verify(self) -> None:
        """Read every byte; StoreError if anything is not as it was written."""
        read_stored(self.path)
        self.chunks.verify()

    def close_session(self) -> None:
        """Write the tables of what is done so far."""
        with self._locks.door():
            records, _ = self.chunks.records()
            result = batch_result(self.path, self.about, self.chunks, records) if records else None
            write_tables(self.chunks, self.path, self._tag, result)

    @property
    def digest(self) -> str:
        """Fingerprint of the results, whatever ran them: number and digest of each run that has been tried."""
        return digest_of(self.chunks.records()[0].values())

    @cached_property
    def seconds(self) -> float:
        """Mean time of a run so far; 0 when there is none."""
        runs = [run.seconds for run in self.told() if run.failure is None]
        return sum(runs) / max(len(runs), 1)


def other_batch(path: Path) -> StoreError:
    """A refusal to put runs of one plan into the folder of another."""
    return StoreError(
        Text(f"{path}: holds another batch; choose another folder, or go on with that one: resume {path}",
             f"{path}: innehåller en annan körningsserie; välj en annan mapp, eller fortsätt: resume {path}")
    )  # fmt: skip


def _now(command: Sequence[str]) -> dict[str, Any]:
    return {"began": datetime.now(UTC).isoformat(timespec="seconds"), "command": list(command)}


def _fill(path: Path, plan: Plan, command: Sequence[str], design_text: str | None) -> None:
    """Write all that says what is to be done; the manifest last."""
    texts = {f"scenarios/{place:03d}.yaml": one.to_yaml() for place, one in enumerate(plan.scenarios)}
    if design_text is not None:
        texts[DESIGN] = design_text
    texts[PLAN] = json.dumps(plan.to_json(), ensure_ascii=False, indent=1) + "\n"
    for name, text in texts.items():
        (path / name).parent.mkdir(exist_ok=True)
        write_whole(path / name, text.encode(), "new")
    about = manifest(
        format=FORMAT,
        kind=KIND,
        title=plan.title.en if plan.title else plan.name,
        plan_digest=plan.digest,
        prints=[prints(one) for one in plan.scenarios],
        files={name: fingerprint(text.encode()) for name, text in texts.items()},
        planned=_now(command),
        sessions=[],
        notice=[SYNTHETIC._asdict(), CONDITIONAL_ON_SEEDS._asdict()],
    )
    write_whole(path / MANIFEST, signed(about, indent=2), "new")
