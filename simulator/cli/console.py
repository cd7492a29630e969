"""What verbs share: messages, scenario options, problems in the input."""

from __future__ import annotations

import io
import os
import sys
from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from simulator.cli.parser import Parser
from simulator.quantity import SpokenError, Text

if TYPE_CHECKING:
    from simulator.scenario import Problem, Scenario


class InputError(SpokenError):
    """What a verb was asked for cannot be done."""


def tell(text: Text, language: str) -> None:
    """Print a message on stderr."""
    print(text.said(language), file=sys.stderr)


def warn(warnings: Iterable[Problem], language: str) -> None:
    """Print what does not keep a scenario from running on stderr."""
    for warning in warnings:
        tell(Text(f"warning: {warning.said('en')}", f"varning: {warning.said('sv')}"), language)


def scenario_options(parser: Parser) -> None:
    """Declare `--set` and `--variant` for a verb that reads scenarios."""
    parser.argument(
        "--set",
        text=Text("replace one value (may be repeated)", "ersätt ett värde (kan upprepas)"),
        action="append",
        default=[],
        metavar=Text("PATH=VALUE", "SÖKVÄG=VÄRDE").said(parser.language),
        dest="settings",
    )
    parser.argument(
        "--variant",
        text=Text("use this variant of the scenario", "använd denna variant av scenariot"),
        metavar=Text("NAME", "NAMN").said(parser.language),
    )


def load_scenario(name: str, arguments: Namespace) -> Scenario:
    """Load a scenario by path or shipped name with the verb's `--set` and `--variant`; warnings go to stderr."""
    from simulator.scenario import ScenarioError, load

    settings, unread = parsed_settings(arguments.settings)
    try:
        scenario = load(name, settings, arguments.variant)
    except ScenarioError as error:
        raise ScenarioError([*unread, *error.problems]) from None
    if unread:
        raise ScenarioError(unread)
    warn(scenario.warnings, arguments.lang)
    return scenario


def parsed_settings(settings: list[str]) -> tuple[dict[str, object], list[Problem]]:
    """Read `path=value` pairs, the values as YAML; return those that can be read and the problems of the others."""
    from simulator.scenario.overrides import readable_settings

    return readable_settings(settings)


def whole_number(name: str, text: str, low: int, high: int) -> int:
    """Read the number of an option; InputError tells what is allowed."""
    try:
        value = int(text)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise InputError(
            Text(
                f"{name} {text}: a whole number from {low} to {high} is needed",
                f"{name} {text}: ett heltal från {low} till {high} krävs",
            )
        )
    return value


def tolerate_any_letter() -> None:
    """Let a terminal that lacks a letter show a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def let_go_of_stdout() -> None:
    """Send the rest of the output nowhere: the reader (such as `head`) has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
