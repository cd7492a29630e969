"""Explain any name: definition, unit, default, range, uncertainty, grade, sources."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.cli.console import InputError
from simulator.cli.parser import Parser
from simulator.quantity import Text

if TYPE_CHECKING:
    from simulator.cli.glossary import Entry

ABOUT = Text(
    "explain a name: definition, unit, range, source", "förklara ett namn: definition, enhet, intervall, källa"
)
_SOURCES = Text("sources", "källor")


def declare(parser: Parser) -> None:
    """Declare the name."""
    name = Text(
        "parameter, driver, switch, lever, intervention, indicator, column, unit, place or source (default: list all)",
        "parameter, drivkraft, koppling, spak, insats, indikator, kolumn, enhet, plats eller källa (annars lista allt)",
    )
    parser.argument("name", text=name, nargs="?", metavar=Text("NAME", "NAMN").said(parser.language))


def run(arguments: Namespace) -> int:
    """Print one entry, or all names by topic."""
    from simulator.cli.glossary import found

    if arguments.name is None:
        lines = list(_listing(arguments.lang))
    else:
        chosen = found(arguments.name)
        if not chosen:
            raise InputError(_unknown(arguments.name))
        lines = [line for entry in chosen for line in (*_entry(entry, arguments.lang), "")][:-1]
    print("\n".join(lines))
    return 0


def _listing(language: str) -> Iterator[str]:
    from simulator.cli.glossary import SECTIONS, entries
    from simulator.wording import aligned

    for section, heading in SECTIONS.items():
        rows = [(f"  {entry.name}", entry.title.said(language)) for entry in entries() if entry.section == section]
        yield heading.said(language)
        yield from aligned(rows, left=(0, 1))
        yield ""


def _entry(entry: Entry, language: str) -> Iterator[str]:
    from simulator.cli.glossary import SECTIONS
    from simulator.references import full, references

    yield f"{entry.name}: {entry.title.said(language)}"
    yield f"  [{SECTIONS[entry.section].said(language)}]"
    if entry.help != entry.title:
        yield f"  {entry.help.said(language)}"
    width = max((len(label.said(language)) for label, _ in entry.facts), default=0)
    for label, value in entry.facts:
        yield f"  {label.said(language).ljust(width)}  {value.said(language)}"
    if entry.sources:
        yield f"  {_SOURCES.said(language)}:"
        for key in entry.sources:
            yield f"    {key}: {full(key)}" if key in references() else f"    {key}"


def _unknown(name: str) -> Text:
    from difflib import get_close_matches

    from simulator.cli.glossary import entries

    known: dict[str, str] = {}
    for entry in entries():
        for form in (entry.name, entry.name.rpartition(".")[2], entry.title.en, entry.title.sv):
            known.setdefault(form.lower(), entry.name)
    close = dict.fromkeys(known[near] for near in get_close_matches(name.lower(), known, n=5, cutoff=0.6))
    if not close:
        return Text(
            f"'{name}' is not a name here; `explain` alone lists all",
            f"'{name}' finns inte; enbart `explain` listar allt",
        )
    names = ", ".join(close)
    return Text(f"'{name}' is not a name here; did you mean: {names}?", f"'{name}' finns inte; menade du: {names}?")
