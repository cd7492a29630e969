"""Put the parts of a batch that ran in different places into one folder."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from simulator.cli.parser import Parser
from simulator.quantity import Text

ABOUT = Text("put parts of a batch into one folder", "samla delar av en körningsserie i en mapp")


def declare(parser: Parser) -> None:
    """Declare the folders and where they go."""
    language = parser.language
    folder = Text("FOLDER", "MAPP").said(language)
    parts = Text("folders with parts of the same batch", "mappar med delar av samma körningsserie")
    parser.argument("folders", text=parts, nargs="+", type=Path, metavar=folder)
    out = Text(
        "folder for all of it: a new one, or one of the same batch", "mapp för alltihop: en ny, eller en av samma serie"
    )
    parser.argument("--out", text=out, type=Path, required=True, metavar=folder)


def run(arguments: Namespace) -> int:
    """Merge, and say what there is now."""
    from simulator.ensemble.batches.merging import merge

    folder = merge(arguments.folders, arguments.out, sys.argv[1:])
    runs = folder.told()
    failed = sum(run.failure is not None for run in runs)
    done, missing = len(runs) - failed, len(folder.plan) - len(runs)
    said = Text(
        f"{folder.path}: {done} runs done, {failed} failed, {missing} missing; fingerprint {folder.digest[:12]}",
        f"{folder.path}: {done} körningar klara, {failed} misslyckade, {missing} saknas; "
        f"fingeravtryck {folder.digest[:12]}",
    )
    print(said.said(arguments.lang))
    return 0
