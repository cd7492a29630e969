"""Set results or scenarios against the first of them, run by run on equal luck: what differs, and how sure that is."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.batch_work import jobs_of
from simulator.cli.console import InputError, load_scenario, scenario_options, tell, whole_number
from simulator.cli.parser import Parser
from simulator.quantity import Text

if TYPE_CHECKING:
    from simulator.analysis.contrast import Contrast
    from simulator.ensemble.results.result import Result

ABOUT = Text("compare results or scenarios, on equal luck", "jämför resultat eller scenarier, med samma slump")
REPLICATIONS = 16
_MOST = 1_000_000


def declare(parser: Parser) -> None:
    """Declare what is compared, and what is shown."""
    language = parser.language
    given = Text(
        "result folders, scenario files or names of shipped scenarios: each is compared with the first; one alone with "
        "its own baseline",
        "resultatmappar, scenariofiler eller namn på medföljande scenarier: var och en jämförs med det första; ett "
        "ensamt med sin egen baslinje",
    )
    parser.argument("given", text=given, nargs="+", metavar=Text("A", "A").said(language))
    number, names = Text("N", "N").said(language), Text("NAMES", "NAMN").said(language)
    repeated = Text(
        f"runs of each scenario (default {REPLICATIONS}; the seeds of a result that is compared)",
        f"körningar av varje scenario (annars {REPLICATIONS}; ett jämfört resultats frön)",
    )
    parser.argument("--replications", text=repeated, metavar=number)
    jobs = Text("runs at once (default: one per core)", "körningar samtidigt (annars en per kärna)")
    parser.argument("--jobs", text=jobs, metavar=number)
    indicators = Text("show these indicators, parted by commas", "visa dessa indikatorer, med komma emellan")
    parser.argument("--indicators", text=indicators, metavar=names)
    every = Text("show all indicators", "visa alla indikatorer")
    parser.argument("--all", text=every, action="store_true", dest="every")
    file = Text("also write all differences here", "skriv även alla skillnader hit")
    parser.argument("--csv", text=file, type=Path, metavar=Text("FILE", "FIL").said(language))
    comma = Text("decimal comma, and semicolons between columns", "decimalkomma, och semikolon mellan kolumner")
    parser.argument("--decimal-comma", text=comma, action="store_true", dest="decimal_comma")
    scenario_options(parser)


def run(arguments: Namespace) -> int:
    """Compare, print the tables, and write the file."""
    from simulator.cli.contrast_table import CONDITIONAL

    replications = None
    if arguments.replications is not None:
        replications = whole_number("--replications", arguments.replications, 1, _MOST)
    jobs = jobs_of(arguments)
    if arguments.every and arguments.indicators is not None:
        raise InputError(Text("give --all or --indicators, not both", "ange --all eller --indicators, inte båda"))
    results = _results(arguments, replications, jobs)
    told: list[Contrast] = []
    for ours, theirs in _pairs(results):
        told += _compared(ours, theirs, arguments)
    print(CONDITIONAL.said(arguments.lang))
    if arguments.csv is not None:
        _write(told, arguments.csv, arguments.decimal_comma)
    return 0


def _pairs(results: Sequence[Result]) -> Iterator[tuple[Result, Result | None]]:
    if len(results) == 1:
        yield results[0], None
    for other in results[1:]:
        yield other, results[0]


def _results(arguments: Namespace, replications: int | None, jobs: int | None) -> list[Result]:
    """What is compared: results as they are, scenarios run on the seeds of the first result, or on their own."""
    from dataclasses import replace

    from simulator.ensemble.designs.planning import EVERYTHING, Wishes, plan_of
    from simulator.ensemble.execution.temporary import run_plan
    from simulator.ensemble.plan import Keep
    from simulator.ensemble.results.result import Result

    found: dict[int, Result] = {
        place: Result.load(given) for place, given in enumerate(arguments.given) if Path(given).is_dir()
    }
    if found and replications is not None:
        raise InputError(
            Text("--replications is for scenarios alone: they run on the seeds of the result",
                 "--replications gäller scenarier ensamma: de körs med resultatets frön")
        )  # fmt: skip
    seeds = next((result.seeds for result in found.values()), None)
    plans = {}
    for place, given in enumerate(arguments.given):
        if place in found:
            continue
        _refuse_design(given)
        plan = plan_of(
            load_scenario(given, arguments), Wishes(replications=replications or REPLICATIONS, samples=1),
            baseline="own" if len(arguments.given) == 1 else "none", keep=Keep(EVERYTHING, ()),
        )  # fmt: skip
        seeds = seeds or plan.seeds
        plans[place] = replace(plan, seeds=seeds)
    for place, plan in plans.items():
        found[place] = run_plan(plan, jobs)
    return [found[place] for place in sorted(found)]


def _refuse_design(given: str) -> None:
    from simulator.ensemble.designs.design_file import is_design

    if is_design(given):
        raise InputError(
            Text(f"{given} is a design: run it with batch, then compare its folder",
                 f"{given} är en försöksplan: kör den med batch och jämför sedan mappen")
        )  # fmt: skip


def _compared(ours: Result, theirs: Result | None, arguments: Namespace) -> list[Contrast]:
    """Print one result against another."""
    from simulator.analysis.contrast import contrasted, subtracted
    from simulator.cli.batch_report import FEW, spread
    from simulator.cli.contrast_table import lines, shown_of

    language = arguments.lang
    difference = subtracted(ours, theirs)
    for text in difference.warnings:
        tell(Text(f"warning: {text.en}", f"varning: {text.sv}"), language)
    names = list(difference.indicators) if arguments.every else shown_of(difference.indicators)
    if arguments.indicators is not None:
        names = [name.strip() for name in arguments.indicators.split(",")]
        for name in names:
            difference.unit(name)  # says what is near it if there is no such indicator
    found = list(contrasted(difference, ours, theirs))
    if len(found) <= FEW:
        for one in found:
            print("\n".join(lines(one, names, language)))
        return found
    other = Text("the own baseline", "egen baslinje") if theirs is None else Text(*[Path(theirs.path).name] * 2)
    head = Text(
        f"Differences from {other.en} in the last year, on equal luck; means of {len(found)} cases",
        f"Skillnader mot {other.sv} under sista året, med samma slump; medelvärden av {len(found)} fall",
    )
    print(head.said(language))
    print("\n".join([*spread(difference, [one.case for one in found], names, language), ""]))
    return found


def _write(told: Sequence[Contrast], path: Path, decimal_comma: bool) -> None:
    import csv

    from simulator.cli.contrast_table import ROWS, rows
    from simulator.ensemble.results.export import as_text, whole_file

    def fill(part: Path) -> None:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";" if decimal_comma else ",", lineterminator="\n")
            writer.writerow(ROWS)
            writer.writerows([as_text(value, decimal_comma) for value in row] for one in told for row in rows(one))

    whole_file(path, fill)
