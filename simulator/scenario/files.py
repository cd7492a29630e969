"""Scenario files on disk: found by path or shipped name, read within bounds, extended inside allowed folders only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from simulator.quantity import Text
from simulator.refusals import reason
from simulator.scenario.problems import NOTHING, Place, Problem, ScenarioError, choices, instead
from simulator.scenario.reading import MOST_BYTES, decoded, read_tree
from simulator.scenario.tree import Branch, Items, Leaf, Tree, is_unread, merged, plain

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"
DESIGNS = "designs"
FORMAT = 1
MOST_EXTENSIONS = 10

_ENDINGS = ("", ".yaml", ".yml")


def shipped_names() -> list[str]:
    """Names of the scenarios that come with the program, such as `baseline` and `lessons/first`."""
    return [name for name in _shipped() if not name.startswith(f"{DESIGNS}/")]


def shipped_designs() -> list[str]:
    """Names of the designs that come with the program, such as `designs/carbon-price`."""
    return [name for name in _shipped() if name.startswith(f"{DESIGNS}/")]


def _shipped() -> list[str]:
    return sorted(path.relative_to(SHIPPED).with_suffix("").as_posix() for path in SHIPPED.rglob("*.yaml"))


class Written(NamedTuple):
    """What a scenario file and the files it extends say; `format` and `extends` are dealt with.

    problems  all problems of reading
    whole     false if an extended file cannot be read: any value may then stand there
    """

    tree: Branch
    problems: list[Problem]
    whole: bool


def read_scenario(name: str, text: str | None = None) -> Written:
    """Read a scenario file and those it extends; ScenarioError if the file itself cannot be read at all.

    text  what the file says, where it is being written and `name` is only where it will lie

    A file in one of two folders may be extended: that of the scenario itself, and the shipped one.
    """
    path = located(name) if text is None else Path(name)
    found: dict[Path, Branch] = {}
    problems, whole = _collect(path, (path.resolve(),), (path.resolve().parent, SHIPPED.resolve()), found, text)
    own = found[path.resolve()]
    return Written(replace(reduce(merged, found.values()), place=own.place), problems, whole)


def read_inherited(name: str, text: str) -> Branch:
    """Return what the files say that a text at `name` extends; ScenarioError where it cannot be read at all."""
    path = Path(name)
    found: dict[Path, Branch] = {}
    _collect(path, (path.resolve(),), (path.resolve().parent, SHIPPED.resolve()), found, text)
    own = found.pop(path.resolve())
    return reduce(merged, found.values(), Branch({}, {}, own.place))


def located(name: str) -> Path:
    """Return the file that `name` means: a path, else a shipped scenario or design."""
    if "\x00" in name:
        raise _refused(name.replace("\x00", "?"), Text("not a file name", "inte ett filnamn"))
    bare = name.replace("\\", "/").removeprefix("./").removeprefix(f"{SHIPPED.name}/")
    for candidate in (Path(name), *(SHIPPED / f"{bare}{ending}" for ending in _ENDINGS)):
        if _is(Path.is_file, candidate) and (candidate == Path(name) or _inside(candidate, (SHIPPED.resolve(),))):
            return short(candidate)
    if _is(Path.is_dir, Path(name)):
        inside = [os.fspath(short(each)) for each in sorted(Path(name).glob("*.y*ml"))]
        file = choices(inside) if inside else Text("a scenario file", "en scenariofil")
        raise _refused(name, Text("this is a folder", "detta är en mapp"), file)
    if _is(Path.exists, Path(name)):
        raise _refused(name, Text("this is not an ordinary file", "detta är ingen vanlig fil"))
    stem = bare.rpartition("/")[2].partition(".")[0]
    raise _refused(name, Text("no such file", "filen finns inte"), instead(stem, _shipped()))


def beside(path: Path, name: str) -> Path | None:
    """Return the file that `name` means in the file `path`: beside it, else a shipped scenario."""
    candidates = (folder / f"{name}{ending}" for folder in (path.parent, SHIPPED) for ending in _ENDINGS)
    return next((each for each in candidates if _is(Path.is_file, each)), None)


def names_beside(path: Path) -> list[str]:
    """Names by which the file `path` may name others."""
    own = {each.name for each in path.resolve().parent.glob("*.yaml")} - {path.name}
    return sorted(own | {f"{name}.yaml" for name in shipped_names()})


def _is(kind: Callable[[Path], bool], path: Path) -> bool:
    try:
        return kind(path)
    except OSError:  # a name too long for the system, for one
        return False


def _inside(path: Path, folders: tuple[Path, ...]) -> bool:
    real = path.resolve()
    return any(real.is_relative_to(folder) for folder in folders)


def short(path: Path) -> Path:
    """Return the path as seen from the working folder where it lies below it."""
    try:
        return path.relative_to(Path.cwd()) if path.is_absolute() else path
    except ValueError:
        return path


def _collect(
    path: Path, chain: tuple[Path, ...], allowed: tuple[Path, ...], found: dict[Path, Branch], text: str | None = None
) -> tuple[list[Problem], bool]:
    """Add a file to `found` after all that it extends, each file once; returns its problems, and whether all was read.

    A later file of a list wins over an earlier one, but what both extend counts before either.
    """
    tree, problems = read_mapping(path, text)
    if plain(tree.entries.get("kind", Leaf(None, tree.place))) == "design":
        design = Text("this is a design of many runs, not a scenario", "detta är en försöksplan, inget scenario")
        raise ScenarioError(
            [Problem(tree.keys["kind"], "kind", design, Text("use the verb batch", "använd kommandot batch"))]
        )
    problems += format_problems(tree)
    whole = True
    base = tree.entries.get("extends")
    for each in base.items if isinstance(base, Items) else () if base is None else (base,):
        if is_unread(each):
            whole = False
            continue
        try:
            below, way = _extended(each, path, chain, allowed)
            if below.resolve() not in found:
                more, complete = _collect(below, way, allowed, found)
                problems, whole = [*problems, *more], whole and complete
        except ScenarioError as error:
            problems, whole = [*problems, *error.problems], False
    found[path.resolve()] = tree.without("extends", "format")
    return problems, whole


def _extended(
    base: Tree, path: Path, chain: tuple[Path, ...], allowed: tuple[Path, ...]
) -> tuple[Path, tuple[Path, ...]]:
    """Return the file that `extends` names and the chain that leads to it."""

    def refuse(message: Text, allowed: Text = NOTHING) -> ScenarioError:
        return ScenarioError([Problem(base.place, "extends", message, allowed)])

    own = Text(
        "a file in the scenario's own folder or a shipped scenario",
        "en fil i scenariots egen mapp eller ett medföljande scenario",
    )
    name = base.value if isinstance(base, Leaf) else None
    if not isinstance(name, str) or not name:
        raise refuse(Text("not a file name", "inte ett filnamn"), own)
    found = beside(path, name)
    if (found is not None and not _inside(found, allowed)) or (found is None and ".." in Path(name).parts):
        raise refuse(Text(f"{name} lies elsewhere", f"{name} ligger på annan plats"), own)
    if found is None:
        raise refuse(Text(f"no such file: {name}", f"filen finns inte: {name}"), instead(name, names_beside(path)))
    if found.resolve() in chain:
        loop = " > ".join(each.name for each in (*chain, found.resolve()))
        raise refuse(Text(f"the files extend each other: {loop}", f"filerna bygger på varandra: {loop}"))
    if len(chain) > MOST_EXTENSIONS:
        most = Text(f"at most {MOST_EXTENSIONS}", f"högst {MOST_EXTENSIONS}")
        raise refuse(Text("too many files extend each other", "för många filer bygger på varandra"), most)
    return short(found), (*chain, found.resolve())


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        why = reason(error)
        raise _refused(os.fspath(path), Text(f"cannot be read ({why.en})", f"kan inte läsas ({why.sv})")) from None


def read_mapping(path: Path, text: str | None = None) -> tuple[Branch, list[Problem]]:
    """Return the names with values that a file holds, and what is wrong with it; ScenarioError if that is all.

    text  what it says, where it is being written
    """
    content, file = _content(path) if text is None else text.encode(), os.fspath(path)
    tree, problems = read_tree(decoded(content, file), file)
    names = Text("names with values, such as run: {years: 15}", "namn med värden, som run: {years: 15}")
    if tree is None:
        empty = Problem(Place(file, 1, 1), "", Text("the file is empty", "filen är tom"), names)
        raise ScenarioError([*problems, empty])
    if not isinstance(tree, Branch):
        wrong = Text("the file is not a list of names with values", "filen är inte en lista av namn med värden")
        raise ScenarioError([*problems, Problem(tree.place, "", wrong, names)])
    return tree, problems


def format_problems(tree: Branch) -> Iterator[Problem]:
    """Yield the problem that a file is of no known format."""
    given = tree.entries.get("format")
    write = Text(f"write format: {FORMAT}", f"skriv format: {FORMAT}")
    if given is None:
        yield Problem(tree.place, "format", Text("the format is missing", "formatet saknas"), write)
    elif not is_unread(given) and (plain(given) != FORMAT or isinstance(plain(given), bool)):
        yield Problem(
            given.place,
            "format",
            Text("this program does not know that format", "programmet känner inte till det formatet"),
            write,
        )


def _refused(file: str, message: Text, allowed: Text = NOTHING) -> ScenarioError:
    return ScenarioError([Problem(Place(file), "", message, allowed)])
