"""A region of one's own: a folder to start from, its check, and what it changes in the first population."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.console import tell
from simulator.cli.parser import Parser
from simulator.quantity import Text
from simulator.wording import aligned, unit_symbol, written

if TYPE_CHECKING:
    from simulator.indicators import Results
    from simulator.region.facts import Region
    from simulator.region.folder import Folder

ABOUT = Text("use a region's own statistics: new, check, diff", "använd en regions egen statistik: new, check, diff")
SHOWN = 40
"""Changed cells that are listed; the rest is counted."""
_HEAD = (Text("first population", "startbefolkning"), Text("unit", "enhet"))
PARTS = ("county", "size_class", "industry", "municipality")
_COUNTED = ("firms", "employment")
_CHANGE = Text("change", "ändring")


def declare(parser: Parser) -> None:
    """Declare the three tasks."""
    tasks = parser.verbs("task")
    folder = Text("folder of the region", "regionens mapp")
    mark = Text("FOLDER", "MAPP").said(parser.language)
    new = tasks.add("new", Text("write a folder to start from", "skriv en mapp att börja från"))
    new.argument("folder", text=folder, metavar=mark, type=Path)
    new.argument(
        "--from", dest="source", default="norra-mellansverige", metavar="REGION",
        text=Text("region whose tables are copied", "region vars tabeller kopieras"),
    )  # fmt: skip
    new.argument("--blank", action="store_true", text=Text("headers only", "bara rubrikrader"))
    check = tasks.add("check", Text("tell all that is wrong with a folder", "säg allt som är fel i en mapp"))
    check.argument("folder", text=folder, metavar=mark)
    diff = tasks.add("diff", Text("compare two regions, cells and first population",
                                  "jämför två regioner, celler och startbefolkning"))  # fmt: skip
    either = Text("folder, or name of a shipped region", "mapp, eller namn på en medföljande region")
    diff.argument("before", text=either, metavar="A")
    diff.argument("after", text=either, metavar="B")


def run(arguments: Namespace) -> int:
    """Do the task."""
    lines = {"new": _new, "check": _check, "diff": _diff}[arguments.task](arguments)
    print("\n".join(lines))
    return 0


def _new(arguments: Namespace) -> Iterator[str]:
    from simulator.region.facts import region_folder
    from simulator.region.guide import write_folder

    write_folder(arguments.folder, region_folder(arguments.source), arguments.blank, arguments.lang)
    yield str(arguments.folder)
    tell(
        Text(
            f"Change the figures, then: python main.py region check {arguments.folder}",
            f"Ändra siffrorna, sedan: python main.py region check {arguments.folder}",
        ),
        arguments.lang,
    )


def _check(arguments: Namespace) -> Iterator[str]:
    from simulator.region.facts import load_region
    from simulator.region.schemas import CONFIDENCE

    region = load_region(arguments.folder)
    said = arguments.lang
    yield f"{arguments.folder}: {Text('good', 'bra').said(said)}"
    yield Text(
        f"{len(region.county_codes)} counties, {len(region.codes)} municipalities, {len(region.industries.codes)} "
        f"industries, {len(region.anchors.names)} anchor employers",
        f"{len(region.county_codes)} län, {len(region.codes)} kommuner, {len(region.industries.codes)} branscher, "
        f"{len(region.anchors.names)} stora arbetsgivare",
    ).said(said)
    grades = [source.confidence for source in region.figures.values()]
    for code, meaning in CONFIDENCE.items():
        if code in grades:
            share = written(100 * grades.count(code) / len(grades), 0, said)
            counted = Text(f"{grades.count(code)} figures", f"{grades.count(code)} uppgifter").said(said)
            yield f"  {code:<12}{counted} ({share} %): {meaning.said(said)}"
    yield from _drawn(region, arguments)


def _drawn(region: Region, arguments: Namespace) -> Iterator[str]:
    from simulator.region.synthesis import firm_counts

    counts = firm_counts(region, 1.0)
    number = written(float(counts.sum()), 0, arguments.lang)
    yield Text(f"{number} firms are drawn from it", f"{number} företag dras ur den").said(arguments.lang)


def _diff(arguments: Namespace) -> Iterator[str]:
    from simulator.region.comparison import changes
    from simulator.region.facts import read_region_folder
    from simulator.region.problems import Problem, RegionError

    names, folders, problems = (arguments.before, arguments.after), [], list[Problem]()
    for name in names:
        try:
            folders.append(read_region_folder(name))
        except RegionError as error:
            problems += error.problems
    if problems:
        raise RegionError(problems)
    before, after = folders
    found = list(changes(before.tables, after.tables))
    said = arguments.lang
    yield Text(f"{len(found)} cells or rows differ", f"{len(found)} celler eller rader skiljer sig").said(said)
    for change in found[:SHOWN]:
        where = f"{change.file}: {change.row}" + (f", {change.column}" if change.column else "")
        gone, new = Text("(no such row)", "(raden saknas)").said(said), Text("(row)", "(rad)").said(said)
        old = gone if change.before is None else change.before if change.column else new
        now = gone if change.after is None else change.after if change.column else new
        yield f"  {where}: {old} -> {now}"
    if len(found) > SHOWN:
        rest = len(found) - SHOWN
        yield Text(f"  and {rest} more", f"  och {rest} till").said(said)
    yield from _other_files(before, after, said)
    yield ""
    yield from _population(names, said)


def _other_files(before: Folder, after: Folder, language: str) -> Iterator[str]:
    if before.outlines != after.outlines:
        yield Text("  the outlines on the map differ", "  konturerna på kartan skiljer sig").said(language)
    if before.description != after.description:
        yield Text("  the description differs", "  beskrivningen skiljer sig").said(language)


def _population(names: Sequence[str], language: str) -> Iterator[str]:
    """Firms and employment by every part that differs, and all other stocks of the region as a whole."""
    first, second = (_start(name) for name in names)
    rows = [(*(text.said(language) for text in _HEAD), "A", "B", _CHANGE.said(language))]
    for name, series in first.series.items():
        there, places = second[name], series.indicator.decimals
        for cell in dict.fromkeys((*series.cells, *there.cells)):
            if cell and (name not in _COUNTED or len(cell) > 1 or cell[0][0] not in PARTS):
                continue
            old, new = (one.of(**dict(cell))[0] if cell in one.cells else 0.0 for one in (series, there))
            texts = written(old, places, language), written(new, places, language)
            if texts[0] != texts[1]:
                label = series.text.said(language) + "".join(f", {part}" for _, part in cell)
                signed = written(new - old, places, language, sign=True)
                rows.append((label, unit_symbol(series.unit, language), *texts, signed))
    if len(rows) == 1:
        yield Text("The first population is the same.", "Startbefolkningen är densamma.").said(language)
        return
    yield from aligned(rows, left=(0, 1))
    yield Text(
        "Another number of firms draws other firms: small differences of shares are luck of the drawing.",
        "Ett annat antal företag ger andra dragningar: små skillnader i andelar är dragningens slump.",
    ).said(language)


def _start(name: str) -> Results:
    """Indicators of the first population, before any quarter has run."""
    from simulator.model import TransitionModel
    from simulator.region.facts import available_regions

    known = name in available_regions()
    chosen: dict[str, Any] = {"region.name": name if known else str(Path(name).resolve())}
    return TransitionModel("baseline", **chosen).results(by=PARTS)
