"""What a design file says, part by part: each is checked as far as it goes, whatever is wrong with the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from simulator.ensemble.designs.assembling import Baseline, is_policy, names_of
from simulator.ensemble.designs.correlation import is_possible
from simulator.ensemble.designs.design_shape import MARK, PLAIN, DesignNumbers, design_numbers, design_shape, spelt_out
from simulator.ensemble.designs.design_table import Table, read_table
from simulator.ensemble.designs.drawing import Sampling, rank_matrix
from simulator.ensemble.designs.factors import Varied, varied
from simulator.ensemble.designs.planning import EVERYTHING, Wishes, seeds_of
from simulator.ensemble.plan import Keep, Stop
from simulator.quantity import Text
from simulator.scenario import Scenario, ScenarioError, load
from simulator.scenario.files import beside, format_problems, names_beside, read_mapping, short
from simulator.scenario.moments import full_path
from simulator.scenario.problems import NOTHING, Problem, instead
from simulator.scenario.schema import names_at
from simulator.scenario.tree import Steps, find, place_of
from simulator.scenario.validation import path_of, said_of, sound_parts

_MIXED = ("sobol", "latin_hypercube")
"""Samplers whose points may be correlated."""


class Design:
    """A design file with everything that is found wrong with it in `problems`.

    settings, variant, wishes  what the user asks for beside the file; `settings` replace values of every scenario
    """

    def __init__(self, path: Path, settings: Mapping[str, object], variant: str | None, wishes: Wishes) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._settings = settings
        self._variant = variant
        self._wishes = wishes
        written, problems = read_mapping(path)
        self.tree = spelt_out(written)
        self.problems += [*problems, *format_problems(self.tree), *self._kind()]
        numbers = design_numbers()
        shape = design_shape()

        def say(error: Mapping[str, Any]) -> tuple[Steps, Problem]:
            steps = path_of(error["loc"])
            return said_of(error, self.tree, names_at(shape, steps[:-1], {}), numbers.get(str(steps[-1])))

        self._sound, shapeless = sound_parts(shape, self.tree, self.tree.without("format", "kind"), say)
        self.problems += shapeless

    def wrong(self, steps: Steps, message: Text, allowed: Text = NOTHING, key: bool = False) -> None:
        """Note a problem at a path of the design."""
        self.problems.append(Problem(place_of(self.tree, steps, key), ".".join(map(str, steps)), message, allowed))

    def given(self, key: str) -> Any:
        """Return what a key says, None where it says nothing or nothing sound."""
        return getattr(self._sound.model, key)

    def _kind(self) -> Iterator[Problem]:
        write = Text(f"write kind: {MARK}", f"skriv kind: {MARK}")
        kind = find(self.tree, ("kind",))
        if kind is None:
            none = Text("the file does not say that it is a design", "filen säger inte att den är en försöksplan")
            yield Problem(self.tree.place, "kind", none, write)
        elif getattr(kind, "value", None) != MARK and not getattr(kind, "unread", False):
            yield Problem(kind.place, "kind", Text("no such kind of file", "ingen sådan sorts fil"), write)

    @cached_property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenarios that are varied, with their variants, by the names that cases get."""
        one, several = self.given("scenario"), self.given("scenarios")
        sound = all(self._sound.is_sound(key) for key in ("scenario", "scenarios"))
        if one is not None and several is not None:
            self.wrong(
                ("scenarios",), Text("say either scenario or scenarios", "ange antingen scenario eller scenarios")
            )
        elif one is None and several is None and sound:
            missing = Text("the scenario is missing", "scenariot saknas")
            self.problems.append(Problem(self.tree.place, "scenario", missing, Text("scenario: FILE", "scenario: FIL")))
        files: list[tuple[Steps, str]] = [] if one is None else [(("scenario",), one)]
        files += [(("scenarios", at), name) for at, name in enumerate(several or ())]
        variants: list[tuple[Steps, str]] = [
            (("variants", at), name) for at, name in enumerate(self.given("variants") or (PLAIN,))
        ]
        if self._variant is not None:
            variants = [((), self._variant)]
        self._each_once("scenarios", several or ())
        self._each_once("variants", self.given("variants") or ())
        found = [
            scenario
            for steps, name in files
            for where, variant in variants
            if (scenario := self._loaded(steps, name, self._settings, where, None if variant == PLAIN else variant))
            is not None
        ]
        return dict(zip(names_of(found), found, strict=True))

    def _loaded(
        self, steps: Steps, name: str, settings: Mapping[str, object], where: Steps = (), variant: str | None = None
    ) -> Scenario | None:
        file = beside(self.path, name)
        if file is None:
            none = Text(f"no such file: {name}", f"filen finns inte: {name}")
            self.wrong(steps, none, instead(name, names_beside(self.path)))
            return None
        try:
            return load(os.fspath(short(file)), settings, variant)
        except ScenarioError as error:
            for problem in error.problems:
                missing = problem.path == "variants" and not problem.line and where
                self.problems.append(replace(problem, place=place_of(self.tree, where)) if missing else problem)
            return None

    @cached_property
    def baseline(self) -> Baseline:
        """What each case is compared with."""
        name = self.given("baseline")
        if name is None or name == "own":
            return "own"
        if name == PLAIN:
            return "none"
        # what is set of policy is not meant for what it is compared with
        around = {path: value for path, value in self._settings.items() if not is_policy(path)}
        scenario = self._loaded(("baseline",), name, around)
        for other, one in self.scenarios.items() if scenario is not None else ():
            assert scenario is not None
            if _pairing(one) != _pairing(scenario):
                same = Text(
                    f"start, length, scale, region, region.seed and parameters must be those of {other}",
                    f"start, längd, skala, region, region.seed och parametrar måste vara de i {other}",
                )
                self.wrong(
                    ("baseline",), Text("cannot be compared run by run", "kan inte jämföras körning för körning"), same
                )
        return scenario or "own"

    @cached_property
    def factors(self) -> Sequence[Varied]:
        """The factors that are sound."""
        if not self.scenarios:
            return ()
        found, problems = varied(
            self.given("factors") or {},
            self.tree.branch("factors"),
            self.scenarios,
            lambda path: self._sound.is_sound("factors", path),
        )
        self.problems += problems
        return found

    @cached_property
    def table(self) -> Table | None:
        """The table of explicit points."""
        name = self.given("table")
        if name is None or not self.scenarios:
            return None
        file = beside(self.path, name)
        if file is None:
            own = [each.name for each in sorted(self.path.resolve().parent.glob("*.csv"))]
            self.wrong(("table",), Text(f"no such file: {name}", f"filen finns inte: {name}"), instead(name, own))
            return None
        try:
            table, problems = read_table(short(file), self.scenarios)
        except ScenarioError as error:
            self.problems += error.problems
            return None
        self.problems += problems
        there = {path: each.place for each in self.factors for path in (each.path, *each.also)}
        for factor in table.factors:
            if factor.path in there:
                both = Text(f"{factor.path} varies in the table too", f"{factor.path} varierar även i tabellen")
                self.problems.append(Problem(there[factor.path], f"factors.{factor.path}", both))
        return table

    @cached_property
    def sampling(self) -> Sampling | None:
        """How values are drawn, None where none are."""
        sampled = [each for each in self.factors if each.spread is not None]
        sampler = self.given("sampler")
        if self.given("table") is not None and sampled:
            both = Text("values are drawn too; choose one", "värden dras också; välj ett")
            self.wrong(("table",), both, Text("levels are combined with a table", "nivåer kombineras med en tabell"))
        elif sampler in ("grid", "table") and sampled:
            for each in sampled:
                needs = Text(f"nothing is drawn with sampler: {sampler}", f"inget dras med sampler: {sampler}")
                self.problems.append(Problem(each.place, f"factors.{each.path}", needs, Text("levels", "levels")))
        elif sampler == "table" and self.given("table") is None and self._sound.is_sound("table"):
            self.wrong(("sampler",), Text("the table is missing", "tabellen saknas"), Text("table: FILE", "table: FIL"))
        if not sampled:
            self._not_drawn()
            return None
        scenario = next(iter(self.scenarios.values()))
        wanted = (self._wishes.samples, self.given("samples"), scenario.ensemble.samples)
        samples = next(each for each in wanted if each is not None)
        seed = DesignNumbers.seed if self.given("seed") is None else self.given("seed")
        how = Sampling(sampler or "sobol", samples, seed, self._rank(sampled))
        if how.rank and how.sampler in _MIXED and samples < 4 * len(rank_matrix(how.rank)[0]):
            few = Text(f"{samples} points are too few", f"{samples} punkter är för få")
            self.wrong(("correlate",), few, Text("at least 4 per correlated factor", "minst 4 per korrelerad faktor"))
        return how

    def _not_drawn(self) -> None:
        if not self.scenarios or not self._sound.is_sound("factors"):
            return
        for key in ("samples", "seed", "correlate", "sampler"):
            if self.given(key) is not None and self.given(key) not in ("grid", "table"):
                none = Text("no factor has a distribution to draw from", "ingen faktor har en fördelning att dra ur")
                self.wrong((key,), none, key=True)

    def _rank(self, sampled: Sequence[Varied]) -> dict[tuple[str, str], float]:
        found: dict[tuple[str, str], float] = {}
        paths = {each.path for each in sampled}
        unsound = set(map(full_path, self.tree.branch("factors").entries)) - {each.path for each in self.factors}
        for at, item in enumerate(self.given("correlate") or ()):
            steps = ("correlate", at)
            match item:
                case [str(one), str(other), int() | float() as value] if not isinstance(value, bool):
                    pair = tuple(sorted((full_path(one), full_path(other))))
                    for path in pair:
                        if path not in paths and path not in unsound:
                            none = Text(f"no drawn factor {path}", f"ingen dragen faktor {path}")
                            self.wrong(steps, none, instead(path, sorted(paths)))
                    if pair[0] == pair[1] or pair in found:
                        self.wrong(steps, Text("this pair stands already", "paret står redan"))
                    elif not -1 < value < 1:
                        between = Text("between -1 and 1", "mellan -1 och 1")
                        self.wrong(
                            (*steps, 2),
                            Text(f"{value:g} is no correlation", f"{value:g} är ingen korrelation"),
                            between,
                        )
                    else:
                        found[pair[0], pair[1]] = float(value)
                case _:
                    three = Text("not two paths and a number", "inte två sökvägar och ett tal")
                    self.wrong(steps, three, Text("[path, path, 0.4]", "[sökväg, sökväg, 0.4]"))
        if found and self.given("sampler") not in (None, *_MIXED):
            alone = Text(
                "factors that move alone have no correlation", "faktorer som rör sig var för sig har ingen korrelation"
            )
            self.wrong(("correlate",), alone, Text(", ".join(_MIXED), ", ".join(_MIXED)))
        elif found and not is_possible(rank_matrix(found)[1]):
            odd = Text("these correlations contradict each other", "korrelationerna motsäger varandra")
            less = Text("a positive definite matrix; make some smaller", "en positivt definit matris; gör några mindre")
            self.wrong(("correlate",), odd, less)
        return found

    def seeds(self) -> tuple[int, ...]:
        """Seeds of the runs."""
        own, replications = self.given("seeds"), self.given("replications")
        if own is not None and replications is not None:
            self.wrong(("seeds",), Text("say either seeds or replications", "ange antingen seeds eller replications"))
        asked = self._wishes.replications is not None or self._wishes.seed is not None
        if own is not None and not asked:
            self._each_once("seeds", own)
            return tuple(own)
        if not self.scenarios:
            return ()
        try:
            return seeds_of(next(iter(self.scenarios.values())), self._wishes, replications)
        except ScenarioError as error:
            self.problems += error.problems
            return ()

    def region_seeds(self) -> tuple[int, ...]:
        """Drawings of the first population; empty where each scenario has its own."""
        seeds = self.given("region_seeds") or ()
        self._each_once("region_seeds", seeds)
        for each in self.factors if seeds else ():
            if each.path.startswith("region."):
                twice = Text("region_seeds vary the region already", "region_seeds varierar redan regionen")
                self.problems.append(Problem(each.place, f"factors.{each.path}", twice))
        return tuple(seeds)

    def _each_once(self, key: str, items: Sequence[object]) -> None:
        for at, item in enumerate(items):
            if item in items[:at]:
                self.wrong((key, at), Text(f"{item} stands twice", f"{item} står två gånger"))

    def keep(self) -> Keep:
        """What is stored of each run."""
        given = self.given("keep")
        indicators = set(EVERYTHING if given is None or given.indicators is None else given.indicators)
        by = () if given is None or given.by is None else tuple(sorted(set(given.by)))
        return Keep(tuple(name for name in EVERYTHING if name in indicators), by)

    def stop(self, keep: Keep) -> Stop | None:
        """The rule of sequential stopping."""
        given = self.given("stop")
        if given is None:
            return None
        if given.indicator not in keep.indicators:
            lost = Text(f"{given.indicator} is not kept", f"{given.indicator} sparas inte")
            self.wrong(
                ("stop", "indicator"), lost, Text("add it to keep.indicators", "lägg till den i keep.indicators")
            )
        return Stop(given.indicator, given.half_width, given.block)


def _pairing(scenario: Scenario) -> tuple[object, ...]:
    """What two scenarios must share to be compared run by run."""
    run = scenario.run
    return (
        run.first,
        run.quarters,
        run.scale,
        scenario.region.seed,
        scenario.region_digest,
        scenario.resolved["parameters"],
    )
