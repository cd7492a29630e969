"""Print the JSON schema of scenario or design files."""

from __future__ import annotations

from argparse import Namespace

from simulator.cli.parser import Parser
from simulator.quantity import Text

ABOUT = Text(
    "print the JSON schema of scenario files, for editors", "skriv ut scenariofilernas JSON-schema, för redigerare"
)


def declare(parser: Parser) -> None:
    """Declare `--design`."""
    design = Text("that of designs of many runs instead", "i stället försöksplanernas, för många körningar")
    parser.argument("--design", text=design, action="store_true")


def run(arguments: Namespace) -> int:
    """Print the schema."""
    if arguments.design:
        from simulator.ensemble.designs.design_shape import design_schema_text

        print(design_schema_text(), end="")
    else:
        from simulator.scenario.editors import editor_schema_text

        print(editor_schema_text(), end="")
    return 0
