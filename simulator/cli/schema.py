"""Print the JSON schema of scenario files."""

from __future__ import annotations

from argparse import Namespace

from simulator.cli.parser import Parser
from simulator.quantity import Text

ABOUT = Text(
    "print the JSON schema of scenario files, for editors", "skriv ut scenariofilernas JSON-schema, för redigerare"
)


def declare(parser: Parser) -> None:
    """Declare nothing."""


def run(arguments: Namespace) -> int:
    """Print the schema."""
    from simulator.scenario.editors import editor_schema_text

    print(editor_schema_text(), end="")
    return 0
