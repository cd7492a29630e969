"""Run a scenario or a design many times: cases by seeds, in as many processes as wanted, into a folder."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.batch_work import carry_out, jobs_of, part_of, work_options
from simulator.cli.console import InputError, parsed_settings, scenario_options, warn, whole_number
from simulator.cli.parser import Parser
from simulator.quantity import Text

if TYPE_CHECKING:
    from simulator.ensemble.designs.design_file import Draft

ABOUT = Text("run a scenario or a design many times", "kör ett scenario eller en försöksplan många gånger")
_HOME = Path("results")
_MOST = 1_000_000


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
    from simulator.ensemble.batches.folder import BatchFolder
    from simulator.ensemble.designs.plan_words import described, expectation, new_folder
    from simulator.ensemble.workers.lanes import cores

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
    folder = arguments.out or new_folder(plan, _HOME)
    batch = BatchFolder.create(folder, plan, ["main.py", *sys.argv[1:]], draft.design)
    done = len(batch.told())
    if done < len(plan):
        _say([expectation(plan, folder, done, jobs, parts)], arguments)
    return carry_out(batch, arguments)


def _say(texts: Iterable[Text], arguments: Namespace) -> None:
    for text in texts:
        print(text.said(arguments.lang), flush=True)


def _draft(arguments: Namespace) -> Draft:
    from simulator.ensemble.designs.design_file import load_plan
    from simulator.ensemble.designs.planning import Wishes
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
