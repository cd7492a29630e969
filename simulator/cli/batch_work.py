"""What the verbs share that run a batch: how it is done, and what is said before, meanwhile and after."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.console import InputError, whole_number
from simulator.cli.parser import Parser
from simulator.ensemble.options import (
    ADDRESS,
    CLUSTER,
    JOBS,
    PART,
    SECONDS,
    TIMEOUT,
    Option,
    OptionError,
    Part,
    part_in,
)
from simulator.quantity import SpokenError, Text

if TYPE_CHECKING:
    from simulator.ensemble.batches.folder import BatchFolder
    from simulator.ensemble.execution.execute import Ended
    from simulator.ensemble.workers.work import Finished

PROGRESS = ("bar", "json", "none")
_SHOWN = 5


def work_options(parser: Parser) -> None:
    """Declare who does the runs and how it is shown."""
    language = parser.language
    parser.argument(JOBS.flag, text=JOBS.text, metavar="N")
    parser.argument("--slice", text=PART, metavar="i/n", dest="part")
    parser.argument("--scheduler", text=CLUSTER, metavar=ADDRESS)
    seconds = Text("SECONDS", "SEKUNDER").said(language)
    parser.argument(SECONDS.flag, text=SECONDS.text, default=str(TIMEOUT), metavar=seconds)
    progress = Text("how progress is shown (default: a bar at a terminal)", "hur förloppet visas (annars en stapel)")
    parser.argument("--progress", text=progress, choices=PROGRESS)


def folder_argument(parser: Parser) -> None:
    """Declare the folder of a batch."""
    text = Text("folder of a batch", "mapp med en körningsserie")
    parser.argument("folder", text=text, type=Path, metavar=Text("FOLDER", "MAPP").said(parser.language))


def number_of(option: Option, text: str) -> int:
    """The number that is asked for."""
    return whole_number(option.flag, text, option.low, option.high)


def jobs_of(arguments: Namespace) -> int | None:
    """Lanes that are asked for."""
    return None if arguments.jobs is None else number_of(JOBS, arguments.jobs)


def part_of(arguments: Namespace) -> Part:
    """The slice that is asked for; all of it where none is."""
    try:
        return part_in(arguments.part or "")
    except OptionError as error:
        said = error.text()
        raise InputError(Text(f"--slice {arguments.part}: {said.en}", f"--slice {arguments.part}: {said.sv}")) from None


def carry_out(folder: BatchFolder, arguments: Namespace, again: bool = False) -> int:
    """Do the runs, say how it went, and print what they show when all are there; the exit code."""
    from simulator.cli.batch_progress import event, watching
    from simulator.ensemble.execution.execute import execute
    from simulator.ensemble.workers.cluster import workers_at

    part, jobs = part_of(arguments), jobs_of(arguments)
    seconds = number_of(SECONDS, arguments.timeout)
    with watching(arguments.progress, arguments.lang) as watch:
        try:
            with workers_at(arguments.scheduler) as (executor, most):
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


def outcome(folder: BatchFolder, ended: Ended, part: Part) -> Iterator[Text]:
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
