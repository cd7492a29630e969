"""Open the window."""

from __future__ import annotations

from argparse import Namespace

from simulator.cli.console import tell
from simulator.cli.parser import Parser
from simulator.quantity import Text

ABOUT = Text("open the window", "öppna fönstret")
_NOT_HERE = Text(
    "The window is not part of this version; try: python main.py run scenarios/baseline.yaml",
    "Fönstret ingår inte i den här versionen; prova: python main.py run scenarios/baseline.yaml",
)


def declare(parser: Parser) -> None:
    """Declare the file to open."""
    parser.argument("file", text=Text("scenario to open", "scenario att öppna"), nargs="?", metavar="FILE")


def run(arguments: Namespace) -> int:
    """Say that there is no window yet."""
    tell(_NOT_HERE, arguments.lang)
    return 1
