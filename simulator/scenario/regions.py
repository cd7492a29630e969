"""The region of a scenario: one that comes with the program, or a folder of one's own."""

from __future__ import annotations

import os
from pathlib import Path

from simulator.quantity import Text
from simulator.region.facts import Region, available_regions, load_region, stands_on_disk
from simulator.region.problems import RegionError
from simulator.scenario.files import short
from simulator.scenario.problems import Place, Problem, instead
from simulator.scenario.tree import Branch, Leaf, find

_NAME = ("region", "name")
_OWN = Text(
    "a folder inside the scenario's own, such as ./my-region, or a full path",
    "en mapp inuti scenariots egen, som ./min-region, eller en fullständig sökväg",
)


def is_folder(name: str) -> bool:
    """Tell whether a region is named by its folder.

    >>> is_folder("./my-region"), is_folder("undervisning")
    (True, False)
    """
    return name.startswith(".") or "/" in name or "\\" in name


def with_region_folder(tree: Branch) -> tuple[Branch, list[Problem]]:
    """Return the scenario with the full path where its region is named by a folder, and what is wrong with the name.

    A path is relative to the file in which it stands and may not lead out of that file's folder; one that is set by
    the user (`--set`) is relative to the working folder. A full path is taken as it is.
    """
    given = find(tree, _NAME)
    if not isinstance(given, Leaf) or not isinstance(given.value, str) or not is_folder(given.value):
        return tree, []
    name = given.value
    in_file = given.place.line > 0
    home = Path(given.place.file).parent if in_file else Path()
    path = home / (name if os.sep == "\\" else name.replace("\\", "/"))
    found = stands_on_disk(path)
    bound = in_file and not Path(name).is_absolute()
    if bound and (not path.resolve().is_relative_to(home.resolve()) if found else ".." in Path(name).parts):
        wrong = Text(f"{name} lies elsewhere", f"{name} ligger på annan plats")
    elif not found:
        wrong = Text(f"no such folder: {name}", f"mappen finns inte: {name}")
    else:
        return _named(tree, Leaf(os.fspath(path.resolve()), given.place)), []
    unread = Leaf("", given.place, unread=True)
    return _named(tree, unread), [Problem(given.place, ".".join(_NAME), wrong, _OWN)]


def region_called(name: str, place: Place) -> tuple[Region | None, list[Problem]]:
    """Return the region that a scenario names at a place, or all that is wrong with its data."""
    known = available_regions()
    if name not in known and not is_folder(name):
        beside = place.line > 0 and stands_on_disk(Path(place.file).parent / name)
        allowed = (
            Text(f"write ./{name} for the folder", f"skriv ./{name} för mappen") if beside else instead(name, known)
        )
        return None, [Problem(place, ".".join(_NAME), Text(f"no region {name}", f"ingen region {name}"), allowed)]
    try:
        return load_region(name), []
    except RegionError as error:
        return None, [
            Problem(Place(os.fspath(short(Path(each.file))), each.line, each.column), "", each.what, each.allowed)
            for each in error.problems
        ]


def _named(tree: Branch, name: Leaf) -> Branch:
    region = tree.branch("region").with_entry("name", name, tree.branch("region").keys["name"])
    return tree.with_entry("region", region, tree.keys["region"])
