"""Run a scenario or a design many times: cases by seeds, in as many processes as wanted, into a folder."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.batch_work import carry_out, jobs_of, part_of, work_options
from simulator.cli.console import InputError, parsed_settings, scenario_options, warn, whole_number
from simulator.cli.parser import Parser
from simulator.quantity import Text
from simulator.wording import written

if TYPE_CHECKING:
    from simulator.ensemble.design_file import Draft
    from simulator.ensemble.plan import Plan

ABOUT = Text("run a scenario or a design many times", "kör ett scenario eller en försöksplan många gånger")
_HOME = Path("results")
_MOST = 1_000_000
_SHOWN = 6


def declare(parser: Parser) -> None:
    """Declare what is run, how often, by whom, and where results go."""
    language = parser.language
    file = Text(
        "scenario or design: file, or name of a shipped one", "scenario eller plan: fil, eller medföljande namn"
    )
    parser.argument("file", text=file, metavar=Text("FILE", "FIL").said(language))
    out = Text("folder; one with the same runs goes on (default: a new one in results/)",
               "mapp; en med samma körningar fortsätts (annars en ny i results/)")  # fmt: skip
    parser.argument("--out", text=out, type=Path, metavar=Text("FOLDER", "MAPP").said(language))
    number = Text("N", "N").said(language)
    parser.argument("--replications", text=Text("seeds of each case", "frön för varje fall"), metavar=number)
    drawn = Text("draws of uncertain values", "dragningar av osäkra värden")
    parser.argument("--samples", text=drawn, metavar=number)
    parser.argument("--seed", text=Text("the first seed", "det första fröet"), metavar=number)
    only = Text("show what would be run, and leave", "visa vad som skulle köras, och avsluta")
    parser.argument("--plan-only", text=only, action="store_true")
    resume = Text("go on in --out, which must be there", "fortsätt i --out, som måste finnas")
    parser.argument("--resume", text=resume, action="store_true")
    work_options(parser)
    scenario_options(parser)


def run(arguments: Namespace) -> int:
    """Show what will be run, and run it."""
    from simulator.cli.batch_estimate import expectation
    from simulator.ensemble.folder import BatchFolder
    from simulator.ensemble.lanes import cores

    jobs, parts = jobs_of(arguments) or cores(), part_of(arguments)[1]
    if arguments.resume and not (arguments.out is not None and arguments.out.is_dir()):
        raise InputError(
            Text(
                "--resume goes on in a folder: name it with --out", "--resume fortsätter i en mapp: ange den med --out"
            )
        )
    draft = _draft(arguments)
    plan = draft.plan.cut()
    warn(draft.warnings, arguments.lang)
    _say(described(plan), arguments)
    if arguments.plan_only:
        _say([expectation(plan, arguments.out or _HOME, 0, jobs, parts)], arguments)
        return 0
    folder = arguments.out or _new_folder(plan)
    batch = BatchFolder.create(folder, plan, ["main.py", *sys.argv[1:]], draft.design)
    done = len(batch.told())
    if done < len(plan):
        _say([expectation(plan, folder, done, jobs, parts)], arguments)
    return carry_out(batch, arguments)


def _say(texts: Iterable[Text], arguments: Namespace) -> None:
    for text in texts:
        print(text.said(arguments.lang), flush=True)


def _draft(arguments: Namespace) -> Draft:
    from simulator.ensemble.design_file import load_plan
    from simulator.ensemble.planning import Wishes
    from simulator.scenario import ScenarioError

    asked = {
        name: None if text is None else whole_number(f"--{name}", text, 1 if name != "seed" else 0, _MOST)
        for name, text in ((name, getattr(arguments, name)) for name in ("replications", "samples", "seed"))
    }
    settings, unread = parsed_settings(arguments.settings)
    try:
        draft = load_plan(arguments.file, settings, arguments.variant, Wishes(**asked))
    except ScenarioError as error:
        raise ScenarioError([*unread, *error.problems]) from None
    if unread:
        raise ScenarioError(unread)
    return draft


def described(plan: Plan) -> Iterator[Text]:
    """What will be run."""
    title = plan.title or Text(plan.name, plan.name)
    yield title
    cases, seeds = len(plan.cases), len(plan.seeds)
    first, last = plan.seeds[0], plan.seeds[-1]
    yield Text(
        f"{len(plan)} runs: {cases} cases with {seeds} seeds ({first} to {last}) each",
        f"{len(plan)} körningar: {cases} fall med {seeds} frön ({first} till {last}) vardera",
    )
    for case in plan.cases[:_SHOWN]:
        if case.against is None:
            yield Text(f"  {case.name}", f"  {case.name}")
        else:
            other = plan.cases[case.against].name
            yield Text(f"  {case.name}, compared with {other}", f"  {case.name}, jämförs med {other}")
    if cases > _SHOWN:
        yield Text(f"  and {cases - _SHOWN} more", f"  och {cases - _SHOWN} till")
    for factor in plan.factors[:_SHOWN]:
        yield Text(f"  varied: {factor.path} ({factor.text.en})", f"  varieras: {factor.path} ({factor.text.sv})")
    if len(plan.factors) > _SHOWN:
        rest = len(plan.factors) - _SHOWN
        yield Text(f"  and {rest} more", f"  och {rest} till")
    if plan.stop is not None:
        yield Text(
            f"At most: they stop after a block of {plan.stop.block} seeds when {plan.stop.indicator} is known to "
            f"± {written(plan.stop.half_width, 3, 'en')}.",
            f"Som mest: de slutar efter ett block om {plan.stop.block} frön när {plan.stop.indicator} är känd på "
            f"± {written(plan.stop.half_width, 3, 'sv')} när.",
        )


def _new_folder(plan: Plan) -> Path:
    """Make a new numbered folder, so that nobody else takes its name."""
    stem = Path(plan.name).stem
    variant = plan.scenarios[0].variant if len(plan.scenarios) == 1 else None
    for number in range(1, 100_000):
        folder = _HOME / f"{'-'.join(filter(None, (stem, variant)))}-batch-{number:03d}"
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as failure:
            raise InputError(Text(f"{folder}: {failure.strerror}", f"{folder}: {failure.strerror}")) from failure
        return folder
    raise InputError(Text(f"{_HOME}: too many results", f"{_HOME}: för många resultat"))
