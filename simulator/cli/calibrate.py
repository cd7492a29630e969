"""Fit a short list of parameters to the C patterns; print and write what is found, change nothing."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.console import InputError, load_scenario, scenario_options
from simulator.cli.parser import Parser
from simulator.cli.validate import counted
from simulator.quantity import Text
from simulator.refusals import unwritable
from simulator.wording import aligned, plain, unit_symbol, written

if TYPE_CHECKING:
    from simulator.validation.calibration import Calibration

ABOUT = Text("fit parameters to the calibration patterns", "anpassa parametrar till kalibreringsmönstren")
_NOTHING = Text(
    "Nothing has been changed: the values are a proposal for a person to judge.",
    "Inget har ändrats: värdena är ett förslag att ta ställning till.",
)


def declare(parser: Parser) -> None:
    """Declare how many runs, how long to search, and where the values go."""
    language = parser.language
    seeds = Text("N seeds to fit on, from 101, apart from those of validate (default 6)",
                 "N frön att anpassa på, från 101, skilda från valideringens (annars 6)")  # fmt: skip
    parser.argument("--seeds", text=seeds, metavar="N", default="6")
    fresh = Text("as many other seeds to report on (default 20)", "så många andra frön att redovisa på (annars 20)")
    parser.argument("--fresh", text=fresh, metavar="N", default="20")
    steps = Text("points to try at most (default 120)", "högst så många punkter att pröva (annars 120)")
    parser.argument("--points", text=steps, metavar="N", default="120")
    jobs = Text("processes at once (default: every core)", "processer samtidigt (annars alla kärnor)")
    parser.argument("--jobs", text=jobs, metavar="N")
    out = Text("file for the values as YAML", "fil för värdena som YAML")
    parser.argument("--out", text=out, type=Path, metavar=Text("FILE", "FIL").said(language))
    file = Text("scenario that stands for the baseline", "scenario som är basfall")
    parser.argument("--scenario", text=file, default="baseline", metavar=Text("FILE", "FIL").said(language))
    scenario_options(parser)


def run(arguments: Namespace) -> int:
    """Calibrate, print the numbers before and after, write the values."""
    seeds, fresh = counted("--seeds", arguments.seeds, 200), counted("--fresh", arguments.fresh, 200)
    steps = counted("--points", arguments.points, 1000)
    jobs = None if arguments.jobs is None else counted("--jobs", arguments.jobs, 256)
    scenario = load_scenario(arguments.scenario, arguments)
    from simulator.validation.calibration import FIT_SEEDS, FRESH_SEEDS, calibrate, fragment

    if arguments.out is not None:
        _written(arguments.out, "").unlink()  # a refusal comes before the work
    fit, later = (range(first, first + count) for first, count in ((FIT_SEEDS, seeds), (FRESH_SEEDS, fresh)))
    found = calibrate(scenario, fit, later, jobs, steps, _progress(arguments.lang))
    print("\n".join(report(found, arguments.lang)))
    text = fragment(found)
    if arguments.out is None:
        print(text)
    else:
        _written(arguments.out, text).replace(arguments.out)
        print(arguments.out)
    return 0


def _written(path: Path, text: str) -> Path:
    """Write beside `path` and return where."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
    except OSError as failure:
        raise InputError(unwritable(path, failure)) from failure
    return part


def _progress(language: str) -> Any:
    label = Text("evaluations", "beräkningar").said(language)

    def shown(done: int, objective: float) -> None:
        if sys.stderr.isatty():
            print(f"\r{label} {done}, {objective:.3f} ", end="", file=sys.stderr, flush=True)

    return shown


def report(found: Calibration, language: str) -> Iterator[str]:
    """Lines: objective, parameters, patterns on fresh seeds, constant surroundings."""
    from simulator.validation.calibration import STILL, fitted_parts

    def said(value: object, decimals: int) -> str:
        return "–" if isinstance(value, Text) else written(float(str(value)), decimals, language)

    before, after = found.before.cost(), found.after.cost() + found.prior
    fresh = said(found.fresh_before.cost(), 3), said(found.fresh_after.cost() + found.prior, 3)
    yield Text(
        f"Objective {said(before, 3)} -> {said(after, 3)} (of which prior {said(found.prior, 3)}), "
        f"{found.evaluations} evaluations; on fresh seeds {fresh[0]} -> {fresh[1]}",
        f"Målfunktion {said(before, 3)} -> {said(after, 3)} (varav startvärden {said(found.prior, 3)}), "
        f"{found.evaluations} beräkningar; på nya frön {fresh[0]} -> {fresh[1]}",
    ).said(language)
    yield ""
    heads = (Text("parameter", "parameter"), Text("unit", "enhet"), Text("specified", "angivet"),
             Text("found", "funnet"), Text("bounds", "gränser"))  # fmt: skip
    rows = [tuple(head.said(language) for head in heads)]
    for each in found.free:
        bounds = f"{plain(each.low, language)} – {plain(each.high, language)}"
        value = plain(float(f"{found.values[each.path]:.4g}"), language)
        rows.append((f"parameters.{each.path}", unit_symbol(each.quantity.unit, language), plain(each.value, language),
                     value, bounds))  # fmt: skip
    yield from aligned(rows, left=(0, 1))
    yield ""
    heads = (Text("pattern (fresh seeds)", "mönster (nya frön)"), Text("before", "före"), Text("after", "efter"),
             Text("tolerance", "tolerans"), Text("within", "inom"))  # fmt: skip
    rows = [tuple(head.said(language) for head in heads)]
    yes, no = Text("yes", "ja").said(language), Text("NO", "NEJ").said(language)
    for code, part in fitted_parts():
        old, new = (point.numbers[code, part.name] for point in (found.fresh_before, found.fresh_after))
        limits = f"{said(part.low, part.decimals)} – {said(part.high, part.decimals)}"
        inside = "–" if isinstance(new, Text) else yes if part.holds(new) else no
        rows.append((f"{code} {part.text.said(language)}", said(old, part.decimals), said(new, part.decimals), limits,
                     inside))  # fmt: skip
    still = Text("constant surroundings (T20)", "oförändrad omvärld (T20)").said(language)
    for name, limit in STILL.items():
        old, new = found.fresh_before.still[name], found.fresh_after.still[name]
        shares = said(100 * old, 1), said(100 * new, 1), f"≤ {said(100 * limit, 0)}"
        rows.append((f"{still}: {name}, %", *shares, yes if new <= limit else no))
    yield from aligned(rows)
    yield ""
    yield _NOTHING.said(language)
