"""What the verbs share that run a batch: how it is done, and what is said before, meanwhile and after."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.console import InputError, whole_number
from simulator.cli.parser import Parser
from simulator.quantity import SpokenError, Text

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from simulator.ensemble.batches.folder import BatchFolder
    from simulator.ensemble.execution.execute import Ended
    from simulator.ensemble.workers.work import Finished

PROGRESS = ("bar", "json", "none")
_MOST_SECONDS = 10_000_000
_MOST_JOBS = 10_000
_SHOWN = 5


def work_options(parser: Parser) -> None:
    """Declare who does the runs and how it is shown."""
    language = parser.language
    number = Text("N", "N").said(language)
    jobs = Text("runs at once (default: one per core)", "körningar samtidigt (annars en per kärna)")
    parser.argument("--jobs", text=jobs, metavar=number)
    part = Text(
        "do part i of n only; others do the rest, at the same time or not",
        "gör bara del i av n; andra gör resten, samtidigt eller inte",
    )
    parser.argument("--slice", text=part, metavar="i/n", dest="part")
    scheduler = Text("do the runs on this Dask cluster", "gör körningarna på detta Dask-kluster")
    parser.argument("--scheduler", text=scheduler, metavar="tcp://HOST:8786")
    seconds = Text(
        "seconds that a run may take (default 3600; 0: any time)",
        "sekunder som en körning får ta (annars 3600; 0: hur länge som helst)",
    )
    parser.argument("--timeout", text=seconds, default="3600", metavar=Text("SECONDS", "SEKUNDER").said(language))
    progress = Text("how progress is shown (default: a bar at a terminal)", "hur förloppet visas (annars en stapel)")
    parser.argument("--progress", text=progress, choices=PROGRESS)


def folder_argument(parser: Parser) -> None:
    """Declare the folder of a batch."""
    text = Text("folder of a batch", "mapp med en körningsserie")
    parser.argument("folder", text=text, type=Path, metavar=Text("FOLDER", "MAPP").said(parser.language))


def jobs_of(arguments: Namespace) -> int | None:
    """Lanes that are asked for."""
    return None if arguments.jobs is None else whole_number("--jobs", arguments.jobs, 1, _MOST_JOBS)


def part_of(arguments: Namespace) -> tuple[int, int]:
    """The slice that is asked for; all of it where none is."""
    first, _, count = (arguments.part or "1/1").partition("/")
    if not (first.isdecimal() and count.isdecimal() and 1 <= int(first) <= int(count)):
        raise InputError(
            Text(
                f"--slice {arguments.part}: write 2/5 for the second of five parts",
                f"--slice {arguments.part}: skriv 2/5 för den andra av fem delar",
            )
        )
    return int(first), int(count)


def carry_out(folder: BatchFolder, arguments: Namespace, again: bool = False) -> int:
    """Do the runs, say how it went, and print what they show when all are there; the exit code."""
    from simulator.cli.batch_progress import event, watching
    from simulator.ensemble.execution.execute import execute

    part, jobs = part_of(arguments), jobs_of(arguments)
    seconds = whole_number("--timeout", arguments.timeout, 0, _MOST_SECONDS)
    with watching(arguments.progress, arguments.lang) as watch:
        try:
            with _executor(arguments) as (executor, most):
                ended = execute(
                    folder, jobs=jobs or most, executor=executor, part=part, timeout=seconds or None, again=again,
                    watch=watch, command=["main.py", *sys.argv[1:]],
                )  # fmt: skip
        except SpokenError as error:
            watch.tell(error.text())
            watch.tell(go_on(folder.path))
            return 1
        for text in outcome(folder, ended, part):
            watch.tell(text)
    now = ended.progress
    if arguments.progress == "json":
        counts = {"done": now.done, "total": now.total, "failed": now.failed}
        event(sys.stderr, "end", **counts, complete=ended.complete, code=ended.code)
    if ended.code or 0 < now.total == now.failed:
        return ended.code or 1
    if ended.stopped or len(folder.told()) == len(folder.plan):
        from simulator.cli.batch_report import report

        print("\n".join(report(folder.path, arguments.lang)))
    return 0


@contextmanager
def _executor(arguments: Namespace) -> Iterator[tuple[Executor | None, int | None]]:
    if arguments.scheduler is None:
        yield None, None
        return
    from simulator.ensemble.workers.cluster import cluster

    with cluster(arguments.scheduler) as (executor, count):
        yield executor, count


def called(*words: object) -> str:
    """A command line as it may be typed.

    >>> called("resume", Path("my results"))
    'python main.py resume "my results"'
    """
    said = (f'"{word}"' if " " in str(word) else str(word) for word in words)
    return " ".join(("python main.py", *said))


def go_on(folder: Path) -> Text:
    """How to go on with a batch that has been broken off."""
    command = called("resume", folder)
    return Text(f"What is done is kept. Go on with: {command}", f"Det som är klart finns kvar. Fortsätt med: {command}")


def outcome(folder: BatchFolder, ended: Ended, part: tuple[int, int]) -> Iterator[Text]:
    """What somebody should know who waited for the runs."""
    told = folder.told()
    failed = [run for run in told if run.failure]
    if failed:
        yield from failures(folder, failed)
    count = f"{len(told)}/{len(folder.plan)}"
    if ended.code:
        yield Text(f"Interrupted: {count} runs are on disk.", f"Avbrutet: {count} körningar finns på disken.")
    elif ended.stopped:
        yield Text(f"The runs suffice after {count}.", f"Körningarna räcker efter {count}.")
    if not ended.complete:
        yield go_on(folder.path)
    elif len(told) < len(folder.plan) and not ended.stopped:
        yield Text(
            f"Slice {part[0]}/{part[1]} is done; the folder has {count} runs.",
            f"Del {part[0]}/{part[1]} är klar; mappen har {count} körningar.",
        )


def failures(folder: BatchFolder, failed: Sequence[Finished]) -> Iterator[Text]:
    """The first runs that failed, and how to try them again."""
    from simulator.ensemble.workers.work import KINDS

    count = len(failed)
    yield Text(f"{count} runs failed:", f"{count} körningar misslyckades:")
    for run in failed[:_SHOWN]:
        assert run.failure is not None
        name, kind, error = folder.plan.cases[run.case].name, KINDS[run.failure.kind], run.failure.error
        yield Text(
            f"  run {run.number}, {name}, seed {run.seed}: {kind.en}: {error}",
            f"  körning {run.number}, {name}, frö {run.seed}: {kind.sv}: {error}",
        )
    if count > _SHOWN:
        yield Text(f"  and {count - _SHOWN} more", f"  och {count - _SHOWN} till")
    table, command = folder.path / "failures.csv", called("retry", folder.path)
    yield Text(
        f"They do not stop the others. All of them: {table}. Try them again with: {command}",
        f"De hindrar inte de andra. Alla finns i {table}. Försök igen med: {command}",
    )
