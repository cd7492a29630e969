"""Open the window."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from simulator.cli.parser import Parser
from simulator.quantity import Text

ABOUT = Text("open the window", "öppna fönstret")


def declare(parser: Parser) -> None:
    """Declare the file to open."""
    parser.argument("file", text=Text("scenario to open", "scenario att öppna"), nargs="?", metavar="FILE")


def run(arguments: Namespace) -> int:
    """Open the window, or say why it cannot be opened and what can be done without it."""
    from simulator.gui.display import check_display

    check_display()
    from simulator.gui.start import open_window

    asked = arguments.lang if getattr(arguments, "lang_asked", False) else None
    file = None if arguments.file is None else _located(arguments.file)
    return open_window(file, asked)


def _located(name: str) -> Path:
    """The file itself, or the shipped scenario of that name."""
    from simulator.scenario.files import SHIPPED, shipped_names

    path = Path(name)
    shipped = SHIPPED / f"{name}.yaml"
    return shipped if name in shipped_names() and not path.exists() else path
