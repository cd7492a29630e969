"""Run a scenario once: a table on stdout, a result folder on disk."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.console import load_scenario, scenario_options
from simulator.cli.parser import Parser
from simulator.quantity import Text
from simulator.wording import aligned, unit_symbol, written

if TYPE_CHECKING:
    from simulator.ensemble.storage.store import Table
    from simulator.indicators import Results
    from simulator.scenario import Scenario

ABOUT = Text("run a scenario and write its results", "kör ett scenario och skriv resultaten")

_COLUMNS = (
    Text("indicator", "indikator"),
    Text("unit", "enhet"),
    Text("start", "start"),
    Text("end", "slut"),
    Text("change", "ändring"),
)
_CONDITIONAL = Text(
    "Conditional on the scenario's assumptions and this seed; not a forecast.",
    "Gäller under scenariots antaganden och detta frö; ingen prognos.",
)


def declare(parser: Parser) -> None:
    """Declare the file, where results go, and shortcuts for settings."""
    language = parser.language
    file = Text("file, or name of a shipped scenario", "fil, eller namn på ett medföljande scenario")
    parser.argument("file", text=file, metavar=Text("FILE", "FIL").said(language))
    folder = Text("result folder (default: a new one in results/)", "resultatmapp (annars en ny i results/)")
    parser.argument("--out", text=folder, type=Path, metavar=Text("FOLDER", "MAPP").said(language))
    parser.argument("--seed", text=Text("luck of the run", "körningens slump"), metavar="N")
    parser.argument("--years", text=Text("length of the run", "körningens längd"), metavar="N")
    events = Text("also write what happened to each firm", "skriv även vad som hänt varje företag")
    parser.argument("--events", text=events, action="store_true")
    firms = Text("also write the firms at the end", "skriv även företagen vid slutet")
    parser.argument("--firms", text=firms, action="store_true")
    quiet = Text("print the folder only", "skriv bara ut mappen")
    parser.argument("--quiet", text=quiet, action="store_true")
    scenario_options(parser)


def run(arguments: Namespace) -> int:
    """Run one replication, print the table and write the folder."""
    from simulator.ensemble.storage.store import check_target, write_run

    shortcuts = {"run.seed": arguments.seed, "run.years": arguments.years}
    arguments.settings += [f"{path}={value}" for path, value in shortcuts.items() if value is not None]
    arguments.settings += [f"record.{name}=true" for name in ("events", "firms") if getattr(arguments, name)]
    scenario = load_scenario(arguments.file, arguments)
    name = "-".join(filter(None, (Path(scenario.name).stem, scenario.variant)))
    home = Path("results")
    check_target(arguments.out or home / "new")
    model, seconds = _completed(scenario, arguments)
    results = model.results()
    about = _manifest(scenario, model, results, seconds)
    tables: dict[str, Table] = {"ledger": _ledger(model, scenario)}
    if scenario.record.events:
        tables["events"] = (("quarter", "event", "slot", "value"), _events(model, scenario))
    firms = _firms(model) if scenario.record.firms else None
    folder = write_run(arguments.out, scenario.to_yaml(), about, results, tables, firms, home, name)
    if arguments.quiet:
        print(folder)
    else:
        print("\n".join(report(scenario, results, about, folder, arguments.lang)))
    return 0


def _completed(scenario: Scenario, arguments: Namespace) -> tuple[Any, float]:
    """The model after its last quarter, and the seconds it took."""
    from time import perf_counter

    from simulator.model import TransitionModel

    began = perf_counter()
    model = TransitionModel(scenario)
    shown = sys.stderr.isatty() and not arguments.quiet
    done = 0
    while model.running:
        model.step()
        done += 1
        if shown:
            share = f"{done}/{scenario.run.quarters}"
            print(f"\r{Text('quarter', 'kvartal').said(arguments.lang)} {share} ", end="", file=sys.stderr, flush=True)
    if shown:
        print("\r" + " " * 30 + "\r", end="", file=sys.stderr, flush=True)
    return model, perf_counter() - began


def _manifest(scenario: Scenario, model: Any, results: Results, seconds: float) -> dict[str, Any]:
    from simulator.ensemble.results.pairing import prints
    from simulator.ensemble.storage.manifest import SYNTHETIC, manifest

    return manifest(
        title=scenario.title.en if scenario.title else scenario.name,
        scenario=scenario.name,
        variant=scenario.variant,
        scenario_digest=scenario.digest,
        region=scenario.region_name,
        region_digest=scenario.region_digest,
        result_digest=results.digest(),
        seed=scenario.run.seed,
        region_seed=scenario.region.seed,
        prints=prints(scenario),
        quarters=[results.quarters[0], results.quarters[-1]],
        withheld_values=results.withheld,
        seconds=round(seconds, 3),
        command=["main.py", *sys.argv[1:]],
        notice=[SYNTHETIC._asdict(), _CONDITIONAL._asdict()],
        synthetic=[f"{source.file}: {source.source}" for source in model.region.synthetic],
    )


def _events(model: Any, scenario: Scenario) -> Iterator[tuple[str, str, int, float]]:
    from simulator.indicators.results import quarter_labels

    labels = quarter_labels(scenario.run.start_text, scenario.run.quarters + 1)[1:]
    for quarter, event, slots, values in model.world.events.entries:
        for slot, value in zip(slots.tolist(), values.tolist(), strict=True):
            yield labels[quarter], event, slot, value


def _ledger(model: Any, scenario: Scenario) -> Table:
    """The ledger by measure, county and year of the run; years without entries are left out."""
    import numpy as np

    from simulator.delivery.ledger import COLUMNS
    from simulator.indicators.results import quarter_labels
    from simulator.region.reporting import slug

    years = quarter_labels(scenario.run.start_text, scenario.run.quarters + 1)[1::4]
    counties = [slug(name) for name in model.region.county_names]
    values = np.stack([model.ledger.columns[name] for name in COLUMNS], axis=-1)
    units = [f"{name}_{entry.unit}" if entry.unit == "kSEK" else name for name, entry in COLUMNS.items()]
    names = (*model.ledger.names, "package")
    rows = [
        [names[measure], counties[county], years[year], *values[measure, county, year].tolist()]
        for measure, county, year in np.argwhere(values.any(axis=-1))
    ]
    return ["measure", "county", "year_from", *units], rows


def _firms(model: Any) -> dict[str, Any]:
    firms = model.world.firms
    columns: dict[str, Any] = {}
    for name, declared in type(firms).columns.items():
        values = getattr(firms, name)
        parts = [(name, values)] if declared.width == 1 else [(f"{name}_{at}", part) for at, part in enumerate(values)]
        columns.update(parts)
    return columns


def report(scenario: Scenario, results: Results, about: dict[str, Any], folder: Path, language: str) -> Iterator[str]:
    """Lines of the printed report: what was run, the table by topic, what the numbers are and where they lie."""
    from simulator.ensemble.storage.manifest import SYNTHETIC

    title = scenario.title.said(language) if scenario.title else scenario.name
    yield f"{title} ({scenario.variant})" if scenario.variant else title
    span = f"{scenario.run.start_text}–{results.quarters[-1]}"
    digest = about["scenario_digest"][:12]
    yield Text(
        f"{span}, seed {about['seed']}, region seed {about['region_seed']}, fingerprint {digest}",
        f"{span}, frö {about['seed']}, regionens frö {about['region_seed']}, fingeravtryck {digest}",
    ).said(language)
    yield from _table(results, language)
    yield ""
    yield SYNTHETIC.said(language)
    yield _CONDITIONAL.said(language)
    yield Text(f"Results: {folder}", f"Resultat: {folder}").said(language)


def _table(results: Results, language: str) -> Iterator[str]:
    from simulator.indicators.declare import TOPICS

    rows: list[tuple[str, ...]] = [tuple(text.said(language) for text in _COLUMNS)]
    headings: dict[int, str] = {}
    for topic, text in TOPICS.items():
        chosen = [series for series in results.series.values() if series.indicator.topic == topic]
        if chosen:
            headings[len(rows)] = text.said(language)
        for series in chosen:
            start, end, change = series.change()
            places = series.indicator.decimals
            numbers = (written(start, places, language), written(end, places, language))
            signed = written(change, places, language, sign=True)
            symbol = unit_symbol(series.unit, language)
            rows.append((f"  {series.text.said(language)}", symbol, *numbers, signed))
    for at, line in enumerate(aligned(rows, left=(0, 1))):
        if at in headings:
            yield ""
            yield headings[at]
        yield line
