"""An argument parser that speaks English and Swedish, its own words included."""

from __future__ import annotations

import argparse
import locale
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from simulator.quantity import Text

LANGUAGES = ("en", "sv")

_USAGE = Text("usage: ", "användning: ")
_VERBS = Text("verbs", "kommandon")
_VERB = Text("VERB", "KOMMANDO")
_ARGUMENTS = Text("arguments", "argument")
_OPTIONS = Text("options", "flaggor")
_ERROR = Text("error", "fel")
_HELP = Text("show this help and leave", "visa denna hjälp och avsluta")
_LANGUAGE = Text("language of all output (default: that of your system)", "språk i all utskrift (annars systemets)")

# argparse says these in English only; the groups are its own insertions
_COMPLAINTS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern, re.DOTALL), swedish)
    for pattern, swedish in (
        (r"the following arguments are required: (.*)", r"dessa argument krävs: \1"),
        (r"unrecognized arguments: (.*)", r"okända argument: \1"),
        (r"argument (.*?): expected one argument", r"argumentet \1: ett värde krävs"),
        (r"argument (.*?): expected at least one argument", r"argumentet \1: minst ett värde krävs"),
        (r"argument (.*?): expected (\d+) arguments?", r"argumentet \1: \2 värden krävs"),
        (r"argument (.*?): ignored explicit argument (.*)", r"argumentet \1: tar inget värde, fick \2"),
        (r"argument (.*?): not allowed with argument (.*)", r"argumentet \1: kan inte användas med \2"),
        (
            r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)",
            r"argumentet \1: ogiltigt val: \2 (välj bland \3)",
        ),
        (r"argument (.*?): invalid (\w+) value: (.*)", r"argumentet \1: ogiltigt värde: \3"),
        (r"one of the arguments (.*) is required", r"ett av argumenten \1 krävs"),
        (r"argument (.*?): (.*)", r"argumentet \1: \2"),
    )
)


def chosen_language(words: Sequence[str]) -> str:
    """Language asked for with `--lang`, else that of the system, else English."""
    for at, word in enumerate(words):
        asked = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and at + 1 < len(words):
            asked = words[at + 1]
        if asked in LANGUAGES:
            return asked
    said = (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    system = next((name for name in said if name), None) or locale.getlocale()[0] or ""
    return "sv" if system.lower().startswith(("sv", "swedish")) else "en"


class _Formatter(argparse.RawDescriptionHelpFormatter):
    language = "en"

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or _USAGE.said(self.language))


class _SwedishFormatter(_Formatter):
    language = "sv"


class _Asked(argparse.Action):
    """Keeps the language, and that somebody asked for it: the window remembers its own otherwise."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        namespace.lang, namespace.lang_asked = values, True


class Parser(argparse.ArgumentParser):
    """Arguments of the program or of one verb."""

    def __init__(self, prog: str, about: Text, language: str) -> None:
        super().__init__(
            prog,
            description=about.said(language),
            add_help=False,
            allow_abbrev=False,
            formatter_class=_SwedishFormatter if language == "sv" else _Formatter,
        )
        self.language = language
        self._named = self.add_argument_group(_OPTIONS.said(language))
        self._placed: argparse._ArgumentGroup | None = None
        self.argument("-h", "--help", text=_HELP, action="help")
        self.argument("--lang", text=_LANGUAGE, choices=LANGUAGES, default=language, action=_Asked)

    def argument(self, *names: str, text: Text, **details: Any) -> None:
        """Declare one argument; `details` as for argparse's add_argument, without help."""
        if not names[0].startswith("-") and self._placed is None:
            self._placed = self.add_argument_group(_ARGUMENTS.said(self.language))
        group = self._named if names[0].startswith("-") else self._placed
        assert group is not None
        group.add_argument(*names, help=text.said(self.language).replace("%", "%%"), **details)

    def verbs(self, name: str = "verb") -> Verbs:
        """Declare that the next argument is a verb, kept as `name`."""
        return Verbs(self, name)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, in the user's language, and leave with 2."""
        self.print_usage(sys.stderr)
        if self.language == "sv":
            message = next((found.expand(sv) for on, sv in _COMPLAINTS if (found := on.fullmatch(message))), message)
        self.exit(2, f"{self.prog}: {_ERROR.said(self.language)}: {message}\n")


class Verbs:
    """The verbs of a program."""

    def __init__(self, parser: Parser, name: str) -> None:
        self._parser = parser
        self._action = parser.add_subparsers(
            title=_VERBS.said(parser.language),
            dest=name,
            metavar=_VERB.said(parser.language),
            required=True,
            parser_class=Parser,
        )

    def add(self, name: str, about: Text) -> Parser:
        """Return the parser of a new verb."""
        said = self._parser.language
        verb: Parser = self._action.add_parser(
            name, help=about.said(said), about=about, language=said, prog=f"{self._parser.prog} {name}"
        )
        return verb
