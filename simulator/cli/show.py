"""Show a scenario with every value resolved."""

from __future__ import annotations

from argparse import Namespace

from simulator.cli.console import load_scenario, scenario_options
from simulator.cli.parser import Parser
from simulator.quantity import Text

ABOUT = Text(
    "show every value of a scenario and where it comes from", "visa alla värden i ett scenario och varifrån de kommer"
)


def declare(parser: Parser) -> None:
    """Declare the file and whether origins are shown."""
    file = Text("file, or name of a shipped scenario", "fil, eller namn på ett medföljande scenario")
    parser.argument("file", text=file, metavar=Text("FILE", "FIL").said(parser.language))
    parser.argument("--plain", text=Text("without origins", "utan ursprung"), action="store_true")
    scenario_options(parser)


def run(arguments: Namespace) -> int:
    """Print the resolved scenario as YAML that loads back to the same scenario."""
    scenario = load_scenario(arguments.file, arguments)
    print(scenario.to_yaml(origins=not arguments.plain), end="")
    return 0
