"""Write results for other programs: a tidy table, netCDF, Parquet."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.console import InputError, tell
from simulator.cli.parser import Parser
from simulator.quantity import Text

if TYPE_CHECKING:
    from simulator.ensemble.results.result import Result

ABOUT = Text("write results for other programs", "skriv resultat för andra program")
FORMATS = ("csv", "netcdf", "parquet")


def declare(parser: Parser) -> None:
    """Declare the result, the format, and what of it is wanted."""
    language = parser.language
    folder = Text("FOLDER", "MAPP").said(language)
    names, name = Text("NAMES", "NAMN").said(language), Text("NAME", "NAMN").said(language)
    result = Text("folder of a run or a batch", "mapp med en körning eller en körningsserie")
    parser.argument("result", text=result, type=Path, metavar=folder)
    parser.argument("--format", text=Text("csv unless said", "csv om inget sägs"), choices=FORMATS, default="csv")
    out = Text("file to write (a table goes to the screen without it)", "fil att skriva (utan den visas en tabell)")
    parser.argument("--out", text=out, type=Path, metavar=Text("FILE", "FIL").said(language))
    comma = Text("decimal comma, and semicolons between columns", "decimalkomma, och semikolon mellan kolumner")
    parser.argument("--decimal-comma", text=comma, action="store_true", dest="decimal_comma")
    indicators = Text("these indicators, parted by commas", "dessa indikatorer, med komma emellan")
    parser.argument("--indicators", text=indicators, metavar=names)
    by = Text(
        "only cells told apart by just this: county, or county,size_class; region: the whole region",
        "bara celler indelade i just detta: county, eller county,size_class; region: hela regionen",
    )
    parser.argument("--by", text=by, metavar=names)
    cell = Text("only this cell, such as county=dalarna (may be repeated)",
                "bara denna cell, som county=dalarna (kan upprepas)")  # fmt: skip
    parser.argument("--cell", text=cell, action="append", metavar=Text("CELL", "CELL").said(language), dest="cells")
    case = Text("only this case (may be repeated)", "bara detta fall (kan upprepas)")
    parser.argument("--case", text=case, action="append", metavar=name, dest="cases")
    differences = Text("differences from the own baseline, on equal luck", "skillnader mot egen baslinje, samma slump")
    parser.argument("--differences", text=differences, action="store_true")
    against = Text("differences from this result, on equal luck", "skillnader mot detta resultat, samma slump")
    parser.argument("--against", text=against, type=Path, metavar=folder)


def run(arguments: Namespace) -> int:
    """Write what is asked for."""
    from simulator.ensemble.results.export import Choice, print_csv, write_csv, write_parquet
    from simulator.ensemble.results.export_labelled import write_netcdf

    if arguments.out is None and arguments.format != "csv":
        raise InputError(
            Text(f"--format {arguments.format} needs --out FILE", f"--format {arguments.format} kräver --out FIL")
        )
    if arguments.decimal_comma and arguments.format != "csv":
        raise InputError(Text("--decimal-comma is for csv", "--decimal-comma är för csv"))
    result = _result(arguments)
    indicators = None if arguments.indicators is None else [name.strip() for name in arguments.indicators.split(",")]
    choice = Choice(indicators, arguments.cases, _cells(result, arguments))
    if arguments.format == "netcdf":
        write_netcdf(result, arguments.out, choice)
    elif arguments.format == "parquet":
        write_parquet(result, arguments.out, choice)
    elif arguments.out is None:
        print_csv(result, choice, arguments.decimal_comma)
    else:
        write_csv(result, arguments.out, choice, arguments.decimal_comma)
    return 0


def _result(arguments: Namespace) -> Result:
    """The result, or its differences; what is odd about them goes to stderr."""
    import warnings

    from simulator.ensemble.results.pairing import PairingWarning
    from simulator.ensemble.results.result import Result

    result = Result.load(arguments.result)
    if arguments.against is not None or arguments.differences:
        other = None if arguments.against is None else Result.load(arguments.against)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PairingWarning)  # said below, in the user's language
            result = result.minus(other)
    for text in result.warnings:
        tell(Text(f"warning: {text.en}", f"varning: {text.sv}"), arguments.lang)
    return result


def _cells(result: Result, arguments: Namespace) -> Callable[[str], bool] | None:
    """Which cells are wanted."""
    from simulator.indicators.grid import DIMENSIONS
    from simulator.scenario.problems import instead

    if arguments.by is not None and arguments.cells is not None:
        raise InputError(Text("give --by or --cell, not both", "ange --by eller --cell, inte båda"))
    if arguments.by is not None:
        wanted = {name.strip() for name in arguments.by.split(",")} - {"region", ""}
        for name in sorted(wanted - DIMENSIONS.keys()):
            hint = instead(name, DIMENSIONS)
            raise InputError(
                Text(f"--by {name}: not a breakdown; {hint.en}", f"--by {name}: ingen indelning; {hint.sv}")
            )
        return lambda cell: _dimensions(cell) == wanted
    if arguments.cells is None:
        return None
    chosen = [_parts(cell) for cell in arguments.cells]
    known = [_parts(cell) for labels in result.axes.cells.values() for cell in labels]
    for cell, parts in zip(arguments.cells, chosen, strict=True):
        if parts not in known:
            hint = instead(cell, [name for labels in result.axes.cells.values() for name in labels])
            raise InputError(
                Text(f"--cell {cell}: not in this result; {hint.en}", f"--cell {cell}: finns inte här; {hint.sv}")
            )
    return lambda cell: _parts(cell) in chosen


def _parts(cell: str) -> frozenset[str]:
    return frozenset(cell.split(","))


def _dimensions(cell: str) -> set[str]:
    return {part.partition("=")[0] for part in cell.split(",") if "=" in part}
