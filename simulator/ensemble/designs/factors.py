"""Factors of a design: their paths, distributions and levels checked against every scenario that they vary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from types import SimpleNamespace
from typing import Any

from simulator.ensemble.designs.design_shape import FACTOR_KEYS, SHAPES, FactorShape
from simulator.ensemble.plan import Factor
from simulator.quantity import Quantity, Text
from simulator.scenario import Scenario
from simulator.scenario.checks import Checker
from simulator.scenario.loader import unfit
from simulator.scenario.moments import full_path
from simulator.scenario.problems import NOTHING, Place, Problem, instead
from simulator.scenario.schema import Spread, names_at
from simulator.scenario.schema import shape as scenario_shape
from simulator.scenario.settings import Distribution
from simulator.scenario.tree import Branch, Tree, located, place_of
from simulator.scenario.validation import Sound, kinds_of
from simulator.scenario.vocabulary import VOCABULARY

_SAME_RESULTS = ("format", "extends", "variants", "title", "question", "look_at", "targets", "uncertainty", "ensemble",
                 "record")  # fmt: skip
_NOT_ALL = ("run", "region", "ensemble")
"""Sections that `*` leaves out."""
_ANY = Distribution("uniform", (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Varied:
    """A factor that is ready to be drawn or combined.

    path      in its full form, paths `also` that take the same value
    place     of its name in the design
    spread    what it is drawn from; None for one of `levels`
    """

    path: str
    also: tuple[str, ...]
    place: Place
    quantity: Quantity | None
    spread: Distribution | None
    levels: tuple[Any, ...] = ()

    def overrides(self, value: Any) -> dict[str, Any]:
        """Return the values by path where the factor has this value."""
        return dict.fromkeys((self.path, *self.also), value)

    def factor(self) -> Factor:
        """Return the factor as a plan holds it."""
        spread: dict[str, Any] = {"levels": list(self.levels)}
        if self.spread is not None:
            spread = {self.spread.shape: list(self.spread.values)}
        return factor_of(self.path, self.quantity, {**spread, **({"also": list(self.also)} if self.also else {})})


def factor_of(path: str, quantity: Quantity | None, spread: Mapping[str, Any]) -> Factor:
    """Return a factor with the words of its quantity, or its path where it is no declared number."""
    if quantity is None:
        return Factor(path, Text(path, path), "", spread)
    above = VOCABULARY.paths().get(path.rpartition(".")[0])
    part = f", {path.rpartition('.')[2]}" if above is not None and (above.labels or above.path) else ""
    return Factor(path, Text(f"{quantity.text.en}{part}", f"{quantity.text.sv}{part}"), quantity.unit, spread)


def varied(
    given: Mapping[str, FactorShape],
    tree: Branch,
    scenarios: Mapping[str, Scenario],
    whole: Callable[[str], bool] = lambda _: True,
) -> tuple[list[Varied], list[Problem]]:
    """Return the factors of a design, sorted by path, and all that is wrong with them.

    given      factors without errors of shape, as they are written
    tree       where they are written, by the same names
    scenarios  that are varied, by name; every factor must fit each
    whole      tells whether nothing is missing of a factor because of an error of shape
    """
    reader = _Reader(tree, scenarios, whole)
    found = list(reader.read(given))
    problems = [*reader.problems, *_overlapping(found)]
    return sorted(found, key=lambda each: each.path), problems


def quantity_at(path: str, scenarios: Iterable[Scenario]) -> Quantity | None:
    """Return the declaration of a value in the first scenario that has one."""
    return next(filter(None, (VOCABULARY.quantity(path, kinds_of(each.source)) for each in scenarios)), None)


def known_paths(scenarios: Iterable[Scenario]) -> list[str]:
    """Return the paths of all declared numbers, those of the scenarios' interventions included."""
    own = {
        f"interventions.{name}.{setting}": None
        for scenario in scenarios
        for name, kind in kinds_of(scenario.source).items()
        for setting in VOCABULARY.kinds[kind].settings
    }
    return [*own, *VOCABULARY.paths()]


def is_value(path: str, scenarios: Iterable[Scenario]) -> bool:
    """Tell whether some scenario has a place for a value, be it a declared number or not."""
    *above, last = path.split(".")
    return any(
        quantity_at(path, [each]) is not None
        or last in names_at(scenario_shape(VOCABULARY), tuple(above), kinds_of(each.source))
        for each in scenarios
    )


def same_results(path: str) -> Problem | None:
    """Return the problem that a value cannot vary because it says nothing about results; without its place."""
    if path == "run.seed":
        use = Text("use replications or seeds", "använd replications eller seeds")
        return Problem(Place(""), path, Text("seeds are not a factor", "frön är ingen faktor"), use)
    if path.partition(".")[0] in _SAME_RESULTS:
        none = Text(f"{path} does not change any result", f"{path} ändrar inget resultat")
        return Problem(Place(""), path, none)
    return None


def in_each(found: Mapping[str, Sequence[Problem]]) -> Iterator[Problem]:
    """Yield the problems of several scenarios once each, with the scenario's name where not every one has them."""
    everywhere = set.intersection(*map(set, found.values())) if found else set()
    yield from everywhere
    for name, problems in found.items():
        for problem in problems:
            if problem not in everywhere:
                en, sv = problem.message
                yield replace(problem, message=Text(f"in {name}: {en}", f"i {name}: {sv}"))


class _Reader:
    def __init__(self, tree: Branch, scenarios: Mapping[str, Scenario], whole: Callable[[str], bool]) -> None:
        self.problems: list[Problem] = []
        self._whole = whole
        self._tree = tree
        self._scenarios = scenarios

    def read(self, given: Mapping[str, FactorShape]) -> Iterator[Varied]:
        """Yield the factors that are sound by themselves."""
        explicit = {full_path(path): path for path in given if "*" not in path}
        taken = [each for path in explicit.values() for each in (path, *(given[path].also or ()))]
        for path, shape in given.items():
            if "*" in path:
                yield from self._all(path, shape, taken)
                continue
            first = explicit[full_path(path)]
            if first != path:
                self._wrong((path,), Text(f"the same value as {first}", f"samma värde som {first}"))
            elif (one := self._one(path, shape)) is not None:
                yield one

    def _wrong(self, steps: tuple[str | int, ...], message: Text, allowed: Text = NOTHING) -> None:
        place = place_of(self._tree, steps, key=len(steps) == 1)
        self.problems.append(Problem(place, ".".join(map(str, ("factors", *steps))), message, allowed))

    def _one(self, path: str, shape: FactorShape) -> Varied | None:
        given = shape.model_fields_set - {"also"}
        if not self._whole(path):
            return None
        if len(given) != 1:
            names = ", ".join((*SHAPES, *(name for name in FACTOR_KEYS if name != "also")))
            one = Text(
                "one distribution or list of levels per factor", "en fördelning eller lista av nivåer per faktor"
            )
            self._wrong((path,), one, Text(f"one of {names}", f"något av {names}"))
            return None
        paths = (path, *(shape.also or ()))
        refused = [wrong for each in paths if (wrong := same_results(each)) is not None]
        for wrong in refused:
            self._wrong((path,), wrong.message, wrong.allowed)
        if refused:
            return None
        (name,) = given
        quantity = quantity_at(path, self._scenarios.values())
        full = (full_path(path), tuple(map(full_path, shape.also or ())), self._tree.keys[path], quantity)
        if name == "levels":
            values = shape.levels or []
            self._levels(path, paths, values)
            return Varied(*full, None, tuple(values))
        if name != "declared":
            spread: Distribution | None = Distribution(name, tuple(getattr(shape, name)))
        elif quantity is None or quantity.labels:
            spread = _ANY  # what is wrong with the path is told where distributions are checked
        else:
            spread = declared_spread(quantity)
        if spread is None:
            self._wrong((path,), Text("no uncertainty is declared", "ingen osäkerhet är deklarerad"))
            return None
        self._distribution(path, paths, spread, name)
        return Varied(*full, spread)

    def _all(self, pattern: str, shape: FactorShape, taken: Sequence[str]) -> Iterator[Varied]:
        """Yield every number whose path matches, unless it is a factor of its own or inside or around one."""
        if not self._whole(pattern):
            return
        if shape.model_fields_set != {"declared"}:
            only = Text("many values at once can only be declared", "många värden på en gång kan bara vara declared")
            self._wrong((pattern,), only, Text("write declared", "skriv declared"))
            return
        found = False
        for path in sorted(known_paths(self._scenarios.values())):
            if path.partition(".")[0] in _NOT_ALL or not fnmatchcase(path, pattern):
                continue
            quantity = quantity_at(path, self._scenarios.values())
            spread = None if quantity is None else declared_spread(quantity)
            if spread is None:
                continue
            found = True
            if not any(_inside(path, other) or _inside(other, path) for other in taken):
                yield Varied(path, (), self._tree.keys[pattern], quantity, spread)
        if not found:
            none = Text("no value with declared uncertainty matches", "inget värde med deklarerad osäkerhet passar")
            self._wrong((pattern,), none, Text("such as parameters.digital.*", "som parameters.digital.*"))

    def _distribution(self, path: str, paths: Sequence[str], spread: Distribution, name: str) -> None:
        """Check a distribution as the scenario's own `uncertainty` is checked, at the factor's place."""
        shape = Spread.model_construct({spread.shape}, **{spread.shape: list(spread.values)})
        entry: Tree = self._tree.entries[path]
        if name == "declared":
            entry = located({spread.shape: list(spread.values)}, entry.place)
        place = self._tree.keys[path]
        section = Branch(dict.fromkeys(paths, entry), dict.fromkeys(paths, place), place)
        found = {}
        for scenario_name, scenario in self._scenarios.items():
            tree = scenario.source.with_entry("uncertainty", section, place)
            model: Any = SimpleNamespace(uncertainty=dict.fromkeys(paths, shape))
            checker = Checker(Sound(model, tree, frozenset()), VOCABULARY)
            found[scenario_name] = [
                replace(each, path=each.path.replace("uncertainty.", "factors.", 1)) for each in checker.uncertain()
            ]
        self.problems += in_each(found)

    def _levels(self, path: str, paths: Sequence[str], values: Sequence[Any]) -> None:
        """Check levels by setting each alone: they may be words, lists and whole paths over the years."""
        unknown = [each for each in paths if not is_value(each, self._scenarios.values())]
        for each in unknown:
            near = instead(each, known_paths(self._scenarios.values()), 0)
            self._wrong((path,), Text(f"no value {each}", f"inget värde {each}"), near)
        for at, value in enumerate(() if unknown else values):
            steps = (path, "levels", at)
            place = place_of(self._tree, steps)
            found = {
                name: [
                    replace(each, place=place, path=f"factors.{each.path}")
                    for each in unfit(scenario, dict.fromkeys(paths, value))
                ]
                for name, scenario in self._scenarios.items()
            }
            self.problems += in_each(found)


def declared_spread(quantity: Quantity) -> Distribution | None:
    """Return the declared uncertainty of one number as a distribution, None if there is none.

    >>> from simulator.ensemble.designs.design_shape import design_numbers
    >>> declared_spread(design_numbers()["block"])
    Distribution(shape='uniform', values=(4, 32))
    """
    if quantity.unit == "yes/no":
        return Distribution("choice", (False, True))
    if quantity.uncertain is None or quantity.labels or quantity.uncertain[0] == quantity.uncertain[1]:
        return None
    return Distribution("uniform", quantity.uncertain)


def _inside(path: str, other: str) -> bool:
    return path == other or full_path(path).startswith(f"{full_path(other)}.")


def _overlapping(found: Sequence[Varied]) -> Iterator[Problem]:
    """Yield factors that set the same value, or a part of what another sets."""
    seen: list[tuple[str, Varied]] = []
    for each in found:
        for path in (each.path, *each.also):
            for other, first in seen:
                if _inside(path, other) or _inside(other, path):
                    both = Text(f"{path} and {other} set the same value", f"{path} och {other} sätter samma värde")
                    yield Problem(max(each.place, first.place), f"factors.{path}", both)
            seen.append((path, each))
