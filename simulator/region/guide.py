"""What each file of a region's folder holds, in words, from the declared schemas; and a folder to start from."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from simulator.quantity import UNITS, SpokenError, Text
from simulator.refusals import unwritable
from simulator.region.schemas import CONFIDENCE, DESCRIPTION, OUTLINES, SCHEMAS, SYNTHETIC
from simulator.region.tables import Column, Schema

GUIDE = "README.md"
_OTHER = {
    DESCRIPTION: Text("name, title and description in both languages, and whether the region is fictional (JSON)",
                      "namn, rubrik och beskrivning på båda språken, och om regionen är påhittad (JSON)"),
    OUTLINES: Text("outlines of the municipalities for the map, WGS84, one feature with `code` each (GeoJSON)",
                   "kommunernas konturer för kartan, WGS84, ett objekt med `code` per kommun (GeoJSON)"),
}  # fmt: skip


class FolderError(SpokenError):
    """A folder cannot be written."""


def guide(language: str) -> Iterator[str]:
    """Lines of Markdown: every file, every column with unit and limits, and the grades of confidence."""
    head = Text("Files of a region's folder", "Filerna i en regionmapp").said(language)
    yield f"# {head}"
    yield ""
    yield Text(
        "Tables are UTF-8 text: commas between cells, decimals after a point, exactly the header shown, a cell with a "
        "comma in quotation marks. Change the figures, then run `python main.py region check FOLDER`; a scenario uses "
        "the folder with `region: {name: ./FOLDER}`.",
        "Tabellerna är text i UTF-8: komma mellan celler, decimaler efter punkt, exakt den rubrikrad som visas, en "
        "cell med komma inom citattecken. Ändra siffrorna och kör `python main.py region check MAPP`; ett scenario "
        "använder mappen med `region: {name: ./MAPP}`.",
    ).said(language)
    yield ""
    for file, text in _OTHER.items():
        yield f"- `{file}`: {text.said(language)}"
    for file, schema in SCHEMAS.items():
        yield ""
        yield f"## {file}"
        yield f"{_sentence(schema.about.said(language))}."
        yield ""
        yield from _columns(schema, language)
    yield ""
    yield Text("## Confidence", "## Säkerhet").said(language)
    for code, text in CONFIDENCE.items():
        shown = Text(" (shown as synthetic)", " (visas som syntetisk)").said(language) if code in SYNTHETIC else ""
        yield f"- `{code}`: {text.said(language)}{shown}"


def _columns(schema: Schema, language: str) -> Iterator[str]:
    yield Text(
        "| column | meaning | unit | a cell holds |", "| kolumn | betydelse | enhet | en cell innehåller |"
    ).said(language)
    yield "|---|---|---|---|"
    for name, column in schema.columns.items():
        limits = column.limits().said(language).replace("|", "\\|")
        yield f"| `{name}` | {column.text.said(language)} | {_unit(column, language)} | {limits} |"


def _unit(column: Column, language: str) -> str:
    return f"{column.unit} ({UNITS[column.unit].said(language)})" if column.unit else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def write_folder(target: Path, source: Path, blank: bool, language: str) -> None:
    """Make a folder to start from: the tables of `source`, or only their headers; with a guide to the files.

    Raises FolderError; nothing that exists is changed, and nothing is left half-written.
    """
    if target.exists():
        raise FolderError(Text(f"{target} exists already", f"{target} finns redan"))
    part = target.parent / f".{target.name}.{os.getpid()}.part"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.mkdir()
        for name in (DESCRIPTION, OUTLINES, *SCHEMAS):
            if blank and name in SCHEMAS:
                (part / name).write_text(",".join(SCHEMAS[name].columns) + "\n", "utf-8", newline="\n")
            elif (source / name).is_file():
                shutil.copyfile(source / name, part / name)
        (part / GUIDE).write_text("\n".join(guide(language)) + "\n", "utf-8", newline="\n")
        part.rename(target)
    except OSError as failure:
        raise FolderError(unwritable(target, failure)) from failure
    finally:
        shutil.rmtree(part, ignore_errors=True)
