"""The command line: one small module per verb.

A verb is a module `simulator/cli/<verb>.py`, named in `VERBS`, with three names::

    ABOUT = Text("Check scenario files", "Kontrollera scenariofiler")      # one line for `--help`

    def declare(parser: Parser) -> None:                                   # its arguments, with help in both languages
        parser.argument("files", text=Text("...", "..."), nargs="+", metavar="FILE")
        scenario_options(parser)                                           # --set and --variant; --lang is always there

    def run(arguments: Namespace) -> int:            # the exit code; arguments.lang is "en" or "sv"
        ...

`--help` imports every verb module: keep NumPy, pydantic, Mesa, SciPy and Qt inside `run` (a test watches).
Data goes to stdout with `print`; messages to stderr with `console.tell(text, arguments.lang)`.
Exit codes: 0 well, 1 problem in the input, 2 wrong usage, 130 interrupted. For a problem in the input raise
`ScenarioError` (from the loader; `console.load_scenario(name, arguments)` applies --set and --variant) or
`console.InputError(Text(...))`: `main` prints any `SpokenError` in the user's language and returns 1.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from simulator.cli.console import let_go_of_stdout, tell, tolerate_any_letter
from simulator.cli.parser import Parser, chosen_language
from simulator.quantity import SpokenError, Text

VERBS = (
    "gui", "check", "show", "run", "batch", "compare", "resume", "retry", "status", "export", "merge",
    "effects", "validate", "calibrate", "explain", "new", "region", "schema", "docs",
)  # fmt: skip

_ABOUT = Text(
    "Simulate industrial transition in a region of small and medium-sized manufacturers.",
    "Simulera industriell omställning i en region av små och medelstora tillverkare.",
)
_INTERRUPTED = Text("Interrupted.", "Avbrutet.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    tolerate_any_letter()
    words = list(sys.argv[1:] if argv is None else argv) or ["gui"]
    language = chosen_language(words)
    try:
        arguments = _parser(language).parse_args(words)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 2
    try:
        code: int = import_module(f"{__name__}.{arguments.verb}").run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        let_go_of_stdout()
        return 0
    except KeyboardInterrupt:
        tell(_INTERRUPTED, language)
        return 130
    except SpokenError as error:
        tell(error.text(), language)
        return 1
    return code


def _parser(language: str) -> Parser:
    parser = Parser("main.py", _ABOUT, language)
    verbs = parser.verbs()
    for name in VERBS:
        verb = import_module(f"{__name__}.{name}")
        verb.declare(verbs.add(name, verb.ABOUT))
    return parser
