"""Rules that join several parts of a scenario; each looks only at parts without errors of shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from simulator.interventions.declaration import FUNDING
from simulator.interventions.target import TARGET_RANGES
from simulator.quantity import Quantity, Text
from simulator.region.facts import Region
from simulator.region.reporting import slug
from simulator.scenario.closing import anchor_row
from simulator.scenario.messages import Said, allowed_values, shown
from simulator.scenario.moments import full_path, quarter_index, quarter_text
from simulator.scenario.places import place_codes
from simulator.scenario.problems import NOTHING, Problem, choices, instead
from simulator.scenario.regions import region_called
from simulator.scenario.settings import Run
from simulator.scenario.tree import Branch, Steps, find, place_of
from simulator.scenario.validation import Sound, kinds_of
from simulator.scenario.vocabulary import Vocabulary


@dataclass(frozen=True)
class Checker:
    """Holds what the rules look at.

    known  the region of a scenario that has been loaded, which need not be read again where its name stays
    """

    sound: Sound
    vocabulary: Vocabulary
    known: tuple[str, Region] | None = None

    def problem(self, steps: Steps, message: Text, allowed: Text = NOTHING, key: bool = False) -> Problem:
        """Return a problem at a path."""
        return Problem(place_of(self.sound.tree, steps, key), ".".join(map(str, steps)), message, allowed)

    def errors(self) -> Iterator[Problem]:
        """Yield what makes the scenario unusable."""
        yield from self._run()
        yield from self._region()
        yield from self._windows()
        yield from self._funding()
        yield from self._streams()
        yield from self._closures()
        yield from self._goals()
        yield from self.uncertain()

    def run(self) -> Run | None:
        """Return the run, None if it has an error of shape."""
        if not self.sound.is_sound("run"):
            return None
        given = self.sound.model.run
        return Run(
            start_text=given.start,
            **{name: getattr(given, name) for name in ("years", "seed", "scale") if getattr(given, name) is not None},
        )

    @property
    def region(self) -> Region | None:
        """The region's facts, None if they cannot be read or the region is not known."""
        return self._region_read[0]

    @cached_property
    def _region_read(self) -> tuple[Region | None, list[Problem]]:
        steps = ("region", "name")
        unknown = not self.sound.whole and find(self.sound.tree, steps) is None
        if unknown or not self.sound.is_sound(*steps):
            return None, []
        name = self.sound.model.region.name
        if self.known is not None and self.known[0] == name:
            return self.known[1], []
        return region_called(name, place_of(self.sound.tree, steps))

    def _run(self) -> Iterator[Problem]:
        run = self.run()
        if run is not None and run.quarters != 4 * run.years:
            yield self.problem(
                ("run", "years"),
                Text(f"{run.years:g} years are not whole quarters", f"{run.years:g} år är inte hela kvartal"),
                Text("such as 10, 0.25 or 2.5", "som 10, 0.25 eller 2.5"),
            )

    def _region(self) -> Iterator[Problem]:
        region, problems = self._region_read
        yield from problems
        if region is None:
            return
        codes = place_codes(region)
        for intervention, each in self.sound.model.interventions.items():
            for what, known in codes.items():
                for at, place in enumerate(getattr(each.target, what, None) or ()):
                    if place not in known:
                        yield self._no_place(("interventions", intervention, "target", what, at), place, known)
            for setting in ("capacity", "contacts"):
                given = getattr(each, setting, None)
                if isinstance(given, dict):
                    yield from self._by_county(("interventions", intervention, setting), given, codes["counties"])

    def _by_county(self, steps: Steps, given: Mapping[str, float], known: Mapping[str, str]) -> Iterator[Problem]:
        first: dict[str, str] = {}
        for place in given:
            if place not in known:
                yield self._no_place((*steps, place), place, known, True)
            elif first.setdefault(known[place], place) != place:
                other = first[known[place]]
                same = Text(f"{other} and {place} are the same county", f"{other} och {place} är samma län")
                yield self.problem((*steps, place), same, key=True)

    def _no_place(self, steps: Steps, place: str, known: Mapping[str, str], key: bool = False) -> Problem:
        region = self.region.name if self.region is not None else ""
        names = [name for name in known if name == slug(name) and not name.isdigit()]
        return self.problem(
            steps,
            Text(f"{place} is not in the region {region}", f"{place} finns inte i regionen {region}"),
            instead(place, names, 50),
            key,
        )

    def _windows(self) -> Iterator[Problem]:
        run = self.run()
        for name, each in self.sound.model.interventions.items():
            steps = ("interventions", name)
            for what in TARGET_RANGES:
                span = getattr(each.target, what, None)
                if span is not None and span[0] > span[1]:
                    backwards = Text(
                        "the first number is larger than the second", "det första talet är större än det andra"
                    )
                    yield self.problem((*steps, "target", what), backwards, Text("[lowest, highest]", "[lägst, högst]"))
            if each.end is None or not self.sound.is_sound(*steps, "start"):
                continue
            if each.start is None and not self.sound.whole:
                continue
            start = run.first if each.start is None and run is not None else quarter_index(each.start or "")
            end = quarter_index(each.end)
            if start is not None and end is not None and end < start:
                yield self.problem(
                    (*steps, "end"),
                    Text(f"ends in {each.end}, before its start", f"slutar {each.end}, före sin start"),
                    Text(f"{quarter_text(start)} or later", f"{quarter_text(start)} eller senare"),
                )

    def _funding(self) -> Iterator[Problem]:
        for name, each in self.sound.model.interventions.items():
            steps = ("interventions", name)
            if not self.sound.whole or not all(self.sound.is_sound(*steps, share) for share in FUNDING):
                continue
            given = {share: getattr(each, share) for share in FUNDING}
            paid: dict[str, Any] = {
                share: self.vocabulary.kinds[each.kind].settings[share].default if value is None else value
                for share, value in given.items()
            }
            if sum(paid.values()) > 1:
                said = " + ".join(f"{share} {value:g}" for share, value in paid.items())
                at = next(share for share, value in given.items() if value is not None)
                rest = Text("at most 1; the region pays the rest", "högst 1; regionen betalar resten")
                yield self.problem((*steps, at), Text(f"{said} is above 1", f"{said} är över 1"), rest)

    def _streams(self) -> Iterator[Problem]:
        first: dict[str, str] = {}
        for name, each in self.sound.model.interventions.items():
            if each.stream is not None and first.setdefault(each.stream, name) != name:
                other = first[each.stream]
                same = Text(
                    f"{each.stream} is the stream of {other} too", f"{each.stream} är även strömmen för {other}"
                )
                yield self.problem(("interventions", name, "stream"), same)

    def _closures(self) -> Iterator[Problem]:
        for name, each in self.sound.model.closures.items():
            steps = ("closures", name)
            if each.quarter is None and self.sound.whole and self.sound.is_sound(*steps, "quarter"):
                unknown = Text("the quarter of the closure is missing", "kvartalet för nedläggningen saknas")
                yield self.problem(steps, unknown, Text("such as quarter: 2030Q1", "som quarter: 2030Q1"), key=True)
            if not all(self.sound.is_sound(*steps, field) for field in ("anchor", "municipality")):
                continue
            given = [field for field in (each.anchor, each.municipality) if field is not None]
            if len(given) != 1:
                if given or (self.sound.whole and self.sound.is_sound(*steps)):
                    one = Text("say either anchor or municipality", "ange antingen anchor eller municipality")
                    yield self.problem(steps, one, key=True)
            elif self.region is not None and isinstance(found := anchor_row(each, self.region), tuple):
                field, said = found
                yield self.problem((*steps, field), *said)

    def _goals(self) -> Iterator[Problem]:
        for name, goal in self.sound.model.targets.items():
            steps = ("targets", name)
            if name not in self.vocabulary.indicators:
                unknown = Text(f"no indicator {name}", f"ingen indikator {name}")
                yield self.problem(steps, unknown, instead(name, self.vocabulary.indicators), key=True)
            levels = [level for level in (goal.at_least, goal.at_most) if level is not None]
            if len(levels) != 1 and (levels or self.sound.whole) and self.sound.is_sound(*steps):
                one = Text("say either at_least or at_most", "ange antingen at_least eller at_most")
                yield self.problem(steps, one, key=True)

    def uncertain(self) -> Iterator[Problem]:
        """Yield what is wrong with paths and distributions of what is uncertain."""
        kinds = kinds_of(self.sound.tree)
        seen: dict[str, str] = {}
        taken = {
            path: seen[full]
            for path in self.sound.model.uncertainty
            if seen.setdefault(full := full_path(path), path) != path
        }
        for path, spread in self.sound.model.uncertainty.items():
            steps = ("uncertainty", path)
            quantity = self.vocabulary.quantity(path, kinds)
            if quantity is None and self._may_be_setting(path, kinds):
                continue
            if quantity is None or path.startswith("ensemble."):
                yield self.problem(
                    steps, Text(f"no value {path}", f"inget värde {path}"), self._near(path, kinds), key=True
                )
                continue
            if path in taken:
                twice = Text(f"the same value as {taken[path]}", f"samma värde som {taken[path]}")
                yield self.problem(steps, twice, key=True)
            elif missing := self._missing_part(path, quantity):
                yield self.problem(steps, *missing, key=True)
            elif self.sound.is_sound(*steps):
                yield from self._distribution(steps, spread, quantity)

    def _may_be_setting(self, path: str, kinds: Mapping[str, str]) -> bool:
        """Tell whether a path belongs to an intervention of which not even the kind is known."""
        match path.split("."):
            case ["interventions", name, _, *_]:
                unsound = not self.sound.is_sound("interventions", name, "kind")
                return name not in kinds and (unsound or not self.sound.whole)
            case _:
                return False

    def _near(self, path: str, kinds: Mapping[str, str]) -> Text:
        own = [
            f"interventions.{name}.{setting}"
            for name, kind in kinds.items()
            if kind in self.vocabulary.kinds
            for setting in self.vocabulary.kinds[kind].settings
        ]
        return instead(path, [*own, *self.vocabulary.paths()], 0)

    def _missing_part(self, path: str, quantity: Quantity) -> Said | None:
        """Say that a path over the years lacks a point, or that one part of several must be named."""
        steps = tuple(path.split("."))
        name, last = steps[-2:]
        if steps[0] == "closures" and find(self.sound.tree, steps[:2]) is None:
            none = Text(f"no closure {steps[1]} in this scenario", f"ingen nedläggning {steps[1]} i scenariot")
            return Said(none) if self.sound.whole else None
        if steps[0] == "interventions" and len(steps) > 3 and find(self.sound.tree, steps) is None:
            if not self.sound.whole:
                return None
            return Said(Text(f"{path} is not set in this scenario", f"{path} är inte satt i scenariot"))
        if quantity.labels and last not in quantity.labels:
            parts = Text(f"{last} has several parts", f"{last} har flera delar")
            return Said(parts, choices([f"{last}.{label}" for label in quantity.labels]))
        moment = quarter_index(last)
        if not quantity.path or moment is None:
            return None
        given = find(self.sound.tree, ("drivers", name))
        if given is None and (not self.sound.whole or not self.sound.is_sound("drivers", name)):
            return None
        if isinstance(given, Branch) and moment in {quarter_index(key) for key in given.entries}:
            return None
        none = Text(
            f"drivers.{name} has no point {last} in this scenario", f"drivers.{name} har ingen punkt {last} i scenariot"
        )
        return Said(none)

    def _distribution(self, steps: Steps, spread: Any, quantity: Quantity) -> Iterator[Problem]:
        given = {name: getattr(spread, name) for name in spread.model_fields_set}
        if len(given) != 1:
            one = Text("one distribution per value", "en fördelning per värde")
            yield self.problem(
                steps,
                one,
                Text(f"one of {', '.join(type(spread).model_fields)}", f"en av {', '.join(type(spread).model_fields)}"),
                key=True,
            )
            return
        ((shape, values),) = given.items()
        if shape == "choice":
            yield from self._choice((*steps, shape), values, quantity)
        elif quantity.unit == "yes/no":
            none = Text("yes or no has no such distribution", "ja eller nej har ingen sådan fördelning")
            yield self.problem((*steps, shape), none, Text("choice: [true, false]", "choice: [true, false]"))
        else:
            yield from self._numbers((*steps, shape), values, quantity)

    def _choice(self, steps: Steps, values: list[Any], quantity: Quantity) -> Iterator[Problem]:
        for at, value in enumerate(values):
            if (
                isinstance(value, str)
                or isinstance(value, bool) != (quantity.unit == "yes/no")
                or not _fits(value, quantity)
            ):
                unfit = Text(f"{shown(value)} does not fit", f"{shown(value)} passar inte")
                yield self.problem((*steps, at), unfit, allowed_values(quantity))

    def _numbers(self, steps: Steps, values: list[float], quantity: Quantity) -> Iterator[Problem]:
        """Check a distribution by its points (all within what is allowed, rising) and its spread."""
        by_points = steps[-1] in ("uniform", "triangular")
        points = values if by_points else values[:1]
        if points != sorted(points) or (by_points and points[0] == points[-1]):
            yield self.problem(steps, Text("the numbers do not rise", "talen stiger inte"))
        if not by_points and values[1] <= 0:
            yield self.problem((*steps, 1), Text("a spread must be above 0", "en spridning måste vara över 0"))
        if steps[-1] == "lognormal" and values[0] <= 0:
            yield self.problem((*steps, 0), Text("a median must be above 0", "en median måste vara över 0"))
        for at, value in enumerate(points):
            if not _fits(value, quantity):
                outside = Text(f"{value:g} is outside", f"{value:g} ligger utanför")
                yield self.problem((*steps, at), outside, allowed_values(quantity))


def _fits(value: float, quantity: Quantity) -> bool:
    return quantity.allowed[0] <= value <= quantity.allowed[1] and (not quantity.whole or float(value).is_integer())
