"""Go on with a batch that was broken off."""

from __future__ import annotations

from argparse import Namespace

from simulator.cli.batch_work import carry_out, folder_argument, work_options
from simulator.cli.parser import Parser
from simulator.quantity import Text

ABOUT = Text("do the runs of a batch that are missing", "gör de körningar i en serie som saknas")


def declare(parser: Parser) -> None:
    """Declare the folder and who does the runs."""
    folder_argument(parser)
    work_options(parser)


def run(arguments: Namespace) -> int:
    """Do what is missing."""
    from simulator.ensemble.batches.folder import BatchFolder

    return carry_out(BatchFolder.open(arguments.folder), arguments)
