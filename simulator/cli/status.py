"""How far a batch is: runs that are done, failed and missing, who works on it, and how long the rest would take."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.cli.batch_work import failures, folder_argument, go_on
from simulator.cli.parser import Parser
from simulator.quantity import Text
from simulator.wording import duration, written

if TYPE_CHECKING:
    from simulator.ensemble.batches.folder import BatchFolder

ABOUT = Text("show how far a batch is", "visa hur långt en körningsserie kommit")


def declare(parser: Parser) -> None:
    """Declare the folder."""
    folder_argument(parser)


def run(arguments: Namespace) -> int:
    """Print where the batch stands."""
    from simulator.ensemble.batches.folder import BatchFolder

    folder = BatchFolder.open(arguments.folder)
    for text in stands(folder, arguments.lang):
        print(text.said(arguments.lang))
    return 0


def stands(folder: BatchFolder, language: str) -> Iterator[Text]:
    """Lines about a batch."""
    from simulator.ensemble.execution.stopping import settled

    plan, told = folder.plan, folder.told()
    failed = [run for run in told if run.failure]
    yield plan.title or Text(plan.name, plan.name)
    done, left = len(told) - len(failed), len(plan) - len(told)
    yield Text(
        f"{done} of {len(plan)} runs are done, {len(failed)} failed, {left} missing",
        f"{done} av {len(plan)} körningar är klara, {len(failed)} misslyckades, {left} saknas",
    )
    if done:
        each, rest = written(folder.seconds, 2, language), duration(left * folder.seconds, language)
        yield Text(f"{each} s per run", f"{each} s per körning")
        if left:
            yield Text(f"about {rest} for the missing ones in one process", f"omkring {rest} för resten i en process")
    for part, count in folder.sessions_at_work():
        yield Text(f"at work: slice {part}/{count}", f"pågår: del {part}/{count}")
    if failed:
        yield from failures(folder, failed)
    if settled(folder):
        yield Text(f"Complete; fingerprint {folder.digest}", f"Komplett; fingeravtryck {folder.digest}")
    elif not folder.sessions_at_work():
        yield go_on(folder.path)
