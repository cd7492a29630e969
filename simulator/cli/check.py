"""Check scenario and design files."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from glob import glob

from simulator.cli.console import parsed_settings, scenario_options, tell, warn
from simulator.cli.parser import Parser
from simulator.quantity import Text

ABOUT = Text(
    "check scenario files, variants included, and designs",
    "kontrollera scenariofiler, även deras varianter, och försöksplaner",
)


def declare(parser: Parser) -> None:
    """Declare the files."""
    files = Text(
        "files, or names of shipped scenarios and designs",
        "filer, eller namn på medföljande scenarier och försöksplaner",
    )
    parser.argument("files", text=files, nargs="+", metavar=Text("FILE", "FIL").said(parser.language))
    scenario_options(parser)


def run(arguments: Namespace) -> int:
    """Tell all problems and warnings of all files, each once; 1 if there is a problem."""
    from simulator.ensemble.designs.design_file import checked
    from simulator.scenario import ScenarioError

    settings, unread = parsed_settings(arguments.settings)
    told = set(unread)
    if unread:
        tell(ScenarioError(unread).text(), arguments.lang)
    wrong = bool(unread)
    for file in expanded(arguments.files):
        try:
            warnings = checked(file, settings, arguments.variant)
        except ScenarioError as error:
            # files may share a faulty setting or a faulty base
            if new := set(error.problems) - told:
                tell(ScenarioError(new).text(), arguments.lang)
            told |= new
            wrong = True
        else:
            warn(warnings, arguments.lang)
            if not unread:
                print(Text(f"{file}: good", f"{file}: bra").said(arguments.lang))
    return int(wrong)


def expanded(names: Iterable[str]) -> Iterator[str]:
    """Yield the files that each name stands for: not every shell replaces * and ? by files."""
    for name in names:
        found = sorted(glob(name)) if set(name) & set("*?") else []  # noqa: PTH207 -- the pattern may be absolute
        yield from found or [name]
