"""Try the failed runs of a batch again."""

from __future__ import annotations

from argparse import Namespace

from simulator.cli.batch_work import carry_out, folder_argument, work_options
from simulator.cli.console import tell
from simulator.cli.parser import Parser
from simulator.quantity import Text

ABOUT = Text("try the failed runs of a batch again", "försök igen med de körningar i en serie som misslyckats")


def declare(parser: Parser) -> None:
    """Declare the folder and who does the runs."""
    folder_argument(parser)
    work_options(parser)


def run(arguments: Namespace) -> int:
    """Do the failed runs again, and no others."""
    from simulator.ensemble.batches.folder import BatchFolder

    folder = BatchFolder.open(arguments.folder)
    if not folder.failed():
        tell(Text("No run has failed.", "Ingen körning har misslyckats."), arguments.lang)
        return 0
    return carry_out(folder, arguments, again=True)
