"""Dotted paths that replace values: in variants, and with `--set`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from simulator.quantity import Text
from simulator.scenario.moments import quarter_index
from simulator.scenario.problems import Place, Problem, ScenarioError, instead
from simulator.scenario.reading import UNPRINTABLE, decoded, read_tree
from simulator.scenario.tree import Branch, Items, Leaf, Steps, Tree, is_unread, located, merged, plain
from simulator.scenario.writing import written

SET = "--set"
_LONGEST = 40


def read_settings(settings: list[str]) -> dict[str, object]:
    """Read `path=value` pairs; each value is YAML. ScenarioError for every pair that cannot be read."""
    found, problems = readable_settings(settings)
    if problems:
        raise ScenarioError(problems)
    return found


def readable_settings(settings: list[str]) -> tuple[dict[str, object], list[Problem]]:
    """Return the values of the `path=value` pairs that can be read, and what is wrong with the others."""
    found: dict[str, object] = {}
    problems: list[Problem] = []
    for setting in settings:
        path, equals, text = setting.partition("=")
        path, place = path.strip(), Place(f"{SET} {setting}")
        if not equals or not path or not text.strip():
            neither = Text("not a path and a value", "inte en sökväg och ett värde")
            problems.append(Problem(place, "", neither, Text("path=value", "sökväg=värde")))
        elif path in found:
            problems.append(Problem(place, path, Text("given twice", "angivet två gånger")))
        else:
            try:
                tree, wrong = read_tree(decoded(text.encode("utf-8", "surrogateescape"), place.file), place.file)
            except ScenarioError as error:
                tree, wrong = None, list(error.problems)
            problems += [
                replace(each, place=place, path=f"{path}.{each.path}" if each.path else path) for each in wrong
            ]
            if not wrong:
                found[path] = None if tree is None else plain(tree)
    return found, problems


def with_settings(tree: Branch, settings: Mapping[str, object], whole: bool = True) -> tuple[Branch, list[Problem]]:
    """Return the scenario with values replaced by `--set`, and what is wrong with them; `whole` as for variants."""
    problems: list[Problem] = []
    for path, value in settings.items():
        place = _place(path, value)
        if any(UNPRINTABLE.search(text) for text in _texts(path, value)):
            control = Text("the text holds a control character", "texten innehåller ett styrtecken")
            problems.append(Problem(Place(SET), "", control))
            continue
        tree = _with_value(tree, _steps(path), located(value, place), place, problems, whole)
    return tree, problems


def _texts(*values: object) -> Iterator[str]:
    """Yield every text in nested values."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _texts(*value, *value.values())
        elif isinstance(value, list | tuple):
            yield from _texts(*value)


def _place(path: str, value: object) -> Place:
    text = written(value)
    return Place(f"{SET} {path}={text if len(text) <= _LONGEST else '...'}")


def with_variant(tree: Branch, name: str, whole: bool = True) -> tuple[Branch, list[Problem]]:
    """Return the scenario with one of its variants applied, and what is wrong with that variant's shape.

    whole  false if an extended file is missing, which may hold more variants and paths of drivers
    """
    variants = tree.branch("variants")
    variant = variants.entries.get(name)
    if is_unread(variant) or (variant is None and not whole):
        return tree, []
    if variant is None:
        known = list(variants.entries)
        allowed = instead(name, known) if known else Text("this scenario has none", "scenariot har inga")
        problem = Problem(
            Place(tree.place.file), "variants", Text(f"no variant {name}", f"ingen variant {name}"), allowed
        )
        return tree, [problem]
    if not isinstance(variant, Branch):
        wrong = Text("not a mapping", "ingen mappning")
        allowed = Text("dotted paths with values, such as run.years: 10", "sökvägar med värden, som run.years: 10")
        return tree, [Problem(variant.place, f"variants.{name}", wrong, allowed)]
    problems: list[Problem] = []
    touched: set[Steps] = set()
    for path, value in variant.entries.items():
        place = variant.keys[path]
        steps = _steps(path)
        for leaf in _ends(value, steps):
            if any(leaf[: len(other)] == other or other[: len(leaf)] == leaf for other in touched):
                twice = Text("set twice in this variant", "satt två gånger i varianten")
                problems.append(Problem(place, f"variants.{name}.{path}", twice))
            touched.add(leaf)
        if steps[0] in ("variants", "extends", "format"):
            fixed = Text("a variant cannot change this", "en variant kan inte ändra detta")
            problems.append(Problem(place, f"variants.{name}.{path}", fixed))
        else:
            tree = _with_value(tree, steps, _marked(value, name), _in_variant(place, name), problems, whole)
    return tree, problems


def not_variants(variants: Tree | None) -> Iterator[Problem]:
    """Yield the problem that `variants` is something else than names with changes."""
    if (
        variants is not None
        and not isinstance(variants, Branch)
        and not (isinstance(variants, Leaf) and (variants.empty or variants.unread))
    ):
        allowed = Text(
            "names with changes, such as fast: {run.years: 5}", "namn med ändringar, som snabb: {run.years: 5}"
        )
        yield Problem(variants.place, "variants", Text("not a mapping", "ingen mappning"), allowed)


def _steps(path: str) -> Steps:
    """Split a dotted path; what follows `uncertainty` is a dotted path itself, and one name there."""
    section, dot, rest = path.partition(".")
    return (section, rest) if section == "uncertainty" and dot else tuple(path.split("."))


def _ends(value: Tree, steps: Steps) -> list[Steps]:
    if not isinstance(value, Branch) or not value.entries:
        return [steps]
    return [end for key, inner in value.entries.items() for end in _ends(inner, (*steps, key))]


def _with_value(tree: Branch, steps: Steps, value: Tree, place: Place, problems: list[Problem], whole: bool) -> Branch:
    """Return the tree with the value at `steps` replaced; a mapping is merged into the one that is there."""
    path = ".".join(map(str, steps))
    if steps[0] == "drivers" and len(steps) == 3:
        return _with_point(tree, steps, value, place, problems, whole)
    change: Tree = value
    for at, name in reversed(list(enumerate(steps))):
        inside = _reached(tree, steps[:at])
        if inside is not None and not isinstance(inside, Branch) and not is_unread(inside):
            single = Text(f"{steps[at - 1]} holds one value", f"{steps[at - 1]} rymmer ett värde")
            problems.append(Problem(place, path, single))
            return tree
        change = Branch({str(name): change}, {str(name): place}, place)
    assert isinstance(change, Branch)
    return merged(tree, change)


def _reached(tree: Tree, steps: Steps) -> Tree | None:
    here: Tree | None = tree
    for name in steps:
        if not isinstance(here, Branch):
            return here
        here = here.entries.get(str(name))
    return here


def _with_point(tree: Branch, steps: Steps, value: Tree, place: Place, problems: list[Problem], whole: bool) -> Branch:
    """Return the tree with one point of a driver's path replaced or added."""
    _, driver, point = map(str, steps)
    path = tree.branch("drivers").entries.get(driver)
    if is_unread(path) or (path is None and not whole):
        return tree
    if not isinstance(path, Branch):
        number = Text(f"{driver} is one number here, not a path", f"{driver} är ett tal här, inte en bana")
        hint = Text(
            f"set drivers.{driver} to {{{point}: value, ...}}", f"sätt drivers.{driver} till {{{point}: värde, ...}}"
        )
        problems.append(Problem(place, ".".join(map(str, steps)), number, hint))
        return tree
    when = quarter_index(point)
    same = next((key for key in path.entries if when is not None and quarter_index(key) == when), point)
    drivers = tree.branch("drivers").with_entry(driver, path.with_entry(same, value, place), place)
    return tree.with_entry("drivers", drivers, tree.keys["drivers"])


def _in_variant(place: Place, name: str) -> Place:
    return Place(place.file, place.line, place.column, name)


def _marked(tree: Tree, name: str) -> Tree:
    """Return the tree with places that say which variant they come from."""
    place = _in_variant(tree.place, name)
    match tree:
        case Leaf():
            return replace(tree, place=place)
        case Items():
            return Items(tuple(_marked(item, name) for item in tree.items), place)
        case Branch():
            entries = {key: _marked(value, name) for key, value in tree.entries.items()}
            return Branch(entries, {key: _in_variant(at, name) for key, at in tree.keys.items()}, place)
