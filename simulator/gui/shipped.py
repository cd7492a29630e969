"""The scenarios that come with the program, by their titles."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from simulator.quantity import Text
from simulator.scenario import Scenario, load
from simulator.scenario.files import SHIPPED, shipped_names
from simulator.scenario.problems import ScenarioError
from simulator.scenario.reading import read_tree
from simulator.scenario.tree import plain

_TITLE = re.compile(r"^title:.*(?:\n[ \t].*)*", re.MULTILINE)
"""The title alone: to read whole files takes half of the time that the window needs to open."""
DESIGNS = "designs"


@cache
def shipped_titles() -> dict[str, Text]:
    """Title by name; read without the rest of what the scenario means."""
    return {name: _title(name) for name in shipped_names()}


@cache
def shipped_designs() -> dict[Path, Text]:
    """Title by file of the designs that come with the program."""
    folder = SHIPPED / DESIGNS
    return {path: _title(f"{DESIGNS}/{path.stem}") for path in sorted(folder.glob("*.yaml"))}


@cache
def shipped_baseline() -> Scenario:
    """The baseline, against which scenarios stand."""
    return load("baseline")


def _title(name: str) -> Text:
    try:
        written = _TITLE.search((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"))
        tree = None if written is None else read_tree(written[0], name).tree
    except (OSError, ScenarioError):
        return Text(name, name)
    said = plain(tree) if tree is not None else {}
    title = said.get("title") if isinstance(said, dict) else None
    if isinstance(title, dict) and {"en", "sv"} <= title.keys():
        return Text(str(title["en"]), str(title["sv"]))
    return Text(name, name)
