"""Compare scenarios with their baselines on equal luck: effects with intervals, cost, deadweight, who loses."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from simulator.cli.console import InputError, load_scenario, scenario_options, whole_number
from simulator.cli.parser import Parser
from simulator.quantity import Text
from simulator.refusals import unwritable

ABOUT = Text("show what policy changes, on equal luck", "visa vad politiken förändrar, med samma slump")
SEEDS = 16
_MOST_SEEDS = 100_000
_POLICY = ("interventions.", "governance.", "budget.", "targets")


def declare(parser: Parser) -> None:
    """Declare the scenarios, what they are compared with, and how many runs."""
    language = parser.language
    files = Text("files, or names of shipped scenarios", "filer, eller namn på medföljande scenarier")
    parser.argument("files", text=files, nargs="*", metavar=Text("FILE", "FIL").said(language))
    number, file = Text("N", "N").said(language), Text("FILE", "FIL").said(language)
    seeds = Text(f"paired runs (default {SEEDS})", f"parvisa körningar (annars {SEEDS})")
    parser.argument("--seeds", text=seeds, default=str(SEEDS), metavar=number)
    parser.argument(
        "--jobs", text=Text("processes at once (default: all cores)", "processer samtidigt (annars alla kärnor)"),
        metavar=number,
    )  # fmt: skip
    against = Text(
        "compare with this scenario (default: the same scenario without measures)",
        "jämför med detta scenario (annars samma scenario utan insatser)",
    )
    parser.argument("--against", text=against, metavar=file)
    parser.argument("--csv", text=Text("also write all effects here", "skriv även alla effekter hit"), type=Path,
                    metavar=file)  # fmt: skip
    each = Text("also each measure alone: synergy", "även varje insats för sig: synergi")
    parser.argument("--each", text=each, action="store_true")
    sweep = Text("also with coordination from 0 to 1", "även med samordning från 0 till 1")
    parser.argument("--coordination", text=sweep, action="store_true")
    every = Text("every kind of measure alone, as a page of documentation", "varje sorts insats för sig, som sida")
    parser.argument("--all-measures", text=every, action="store_true", dest="all_measures")
    scenario_options(parser)


def run(arguments: Namespace) -> int:
    """Run all arms and print what they show."""
    seeds = whole_number("--seeds", arguments.seeds, 2, _MOST_SEEDS)
    jobs = None if arguments.jobs is None else whole_number("--jobs", arguments.jobs, 1, 10_000)
    if arguments.all_measures:
        return _all_measures(arguments, seeds, jobs)
    if not arguments.files:
        raise InputError(
            Text("name a scenario, or ask for --all-measures", "ange ett scenario, eller be om --all-measures")
        )
    if arguments.csv is not None:
        _check_writable(arguments.csv)
    from simulator.analysis.arms import check_pair, seeds_of
    from simulator.analysis.comparison import compared, planned
    from simulator.cli.effect_report import EMPTY, regrets, report, table

    scenarios = [load_scenario(name, arguments) for name in arguments.files]
    against = None if arguments.against is None else load_scenario(arguments.against, _for_other(arguments))
    for scenario in scenarios[1:]:
        check_pair(scenarios[0], scenario)  # they are set against each other too
    plans = [planned(scenario, against, arguments.each, arguments.coordination) for scenario in scenarios]
    if all(plan.empty for plan in plans):
        raise InputError(EMPTY)
    found = compared(plans, seeds_of(scenarios[0], seeds), jobs, _progress(arguments.lang))
    for place, comparison in enumerate(found):
        print("\n".join([*([""] if place else []), *report(comparison, arguments.lang)]))
    if len(found) > 1:
        print("\n".join(regrets(found, arguments.lang)))
    if arguments.csv is not None:
        _write(arguments.csv, table(found))
    return 0


def _for_other(arguments: Namespace) -> Namespace:
    """Options for the scenario to compare with: surroundings are set in both, policy and variant in the first only."""
    kept = [one for one in arguments.settings if not one.strip().startswith(_POLICY)]
    return Namespace(**{**vars(arguments), "settings": kept, "variant": None})


def _all_measures(arguments: Namespace, seeds: int, jobs: int | None) -> int:
    from simulator.analysis.arms import seeds_of
    from simulator.analysis.kinds import all_kinds, fingerprint
    from simulator.cli.effect_page import page

    if arguments.files:
        raise InputError(
            Text("--all-measures takes no scenario: it adds to the baseline",
                 "--all-measures tar inget scenario: den utgår från basfallet")
        )  # fmt: skip
    base = load_scenario("baseline", arguments)
    found = all_kinds(base, seeds_of(base, seeds), jobs, progress=_progress(arguments.lang))
    print(page(found, seeds, fingerprint(base)), end="")
    return 0


def _progress(language: str) -> Callable[[int, int], None] | None:
    """Tell how many runs are done, where somebody looks."""
    if not sys.stderr.isatty():
        return None
    word = Text("run", "körning").said(language)

    def shown(done: int, of: int) -> None:
        end = "\r" + " " * 40 + "\r" if done == of else " "
        print(f"\r{word} {done}/{of}", end=end, file=sys.stderr, flush=True)

    return shown


def _check_writable(path: Path) -> None:
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise InputError(Text(f"{path}: cannot be written", f"{path}: kan inte skrivas"))


def _write(path: Path, rows: list[list[object]]) -> None:
    import csv

    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    except OSError as failure:
        raise InputError(unwritable(path, failure)) from failure
