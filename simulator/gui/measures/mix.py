"""The measures of the scenario in work: which is chosen, what is written about them, and every change of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Signal

from simulator.gui.document import Document
from simulator.interventions.declaration import Kind, Measure
from simulator.quantity import SpokenError, Text
from simulator.region.facts import Region
from simulator.region.reporting import slug
from simulator.scenario import Problem, Scenario
from simulator.scenario.editing import EditError, duplicated, renamed, taken_back, with_value, without
from simulator.scenario.files import read_inherited
from simulator.scenario.moments import quarter_text
from simulator.scenario.problems import Place
from simulator.scenario.reading import read_tree
from simulator.scenario.regions import region_called
from simulator.scenario.schema import NAME
from simulator.scenario.tree import Branch, Leaf, find, plain

Steps = tuple[str, ...]
SECTION = "interventions"
_SWEDISH_ORDER = str.maketrans("åäö", "{|}")
LEAD = 4
"""Quarters after the run's first in which a new measure starts."""


class Status(Enum):
    """Where a measure of the scenario is written."""

    OWN = Text("", "")
    INHERITED = Text("inherited", "ärvd")
    CHANGED = Text("inherited, changed here", "ärvd, ändrad här")


class Mix(QObject):
    """What the parts of the page of measures share.

    refreshed  the scenario has been read anew    selected  another measure is chosen
    refused    a change was not possible: why, as Text
    """

    refreshed = Signal()
    selected = Signal()
    refused = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.chosen = ""
        document.checked.connect(self.read_anew)

    # -- what is there -------------------------------------------------------------------------------------------
    @property
    def scenario(self) -> Scenario | None:
        """What the text means, or meant when it was last sound."""
        return self.document.check.scenario or self.document.last_scenario

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The scenario's measures, by priority and start."""
        found = () if self.scenario is None else self.scenario.measures
        return tuple(sorted(found, key=lambda each: (each.kind.priority, each.start, each.name)))

    @property
    def measure(self) -> Measure | None:
        """The chosen one."""
        return next((each for each in self.measures if each.name == self.chosen), None)

    @property
    def region(self) -> Region | None:
        """Facts of the scenario's region."""
        if self.scenario is None:
            return None
        return region_called(self.scenario.region.name, Place(os.fspath(self.document.place)))[0]

    def status(self, name: str) -> Status:
        """Where a measure is written."""
        if self.is_own((SECTION, name, "kind")):
            return Status.OWN
        source = None if self.scenario is None else self.scenario.source
        key = None if source is None else source.branch(SECTION).keys.get(name)
        return Status.CHANGED if key is not None and self.document.holds(key) else Status.INHERITED

    def is_own(self, steps: Steps) -> bool:
        """Whether a value stands in the text itself."""
        found = None if self.scenario is None else find(self.scenario.source, steps)
        return found is not None and self.document.holds(found.place)

    def written(self, steps: Steps) -> object:
        """What the text itself says at a path, sound or not; None where it says nothing."""
        return _at(self._own(self.document.text), steps)

    def problems(self, steps: Steps) -> Iterator[Problem]:
        """What is wrong, or worth a thought, at a path and below."""
        path = ".".join(steps)
        for problem in self.document.check.problems:
            if problem.path == path or problem.path.startswith(f"{path}."):
                yield problem

    def proposed(self, stem: str) -> str:
        """A name that no measure has yet."""
        taken = {each.name for each in self.measures} | set(self._measures(self.document.text))
        free = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
        return next(name for name in free if name not in taken)

    def place_names(self, field: str) -> dict[str, tuple[str, Text]]:
        """What a field of a target may name: by code, how it is written and what it is called."""
        region = self.region
        if region is None:
            return {}
        if field == "industries":
            return {
                code: (code, name) for code, name in zip(region.industries.codes, region.industries.names, strict=True)
            }
        counties = field == "counties"
        codes = region.county_codes if counties else region.codes
        names = region.county_names if counties else region.names
        pairs = sorted(zip(codes, names, strict=True), key=lambda pair: pair[1].casefold().translate(_SWEDISH_ORDER))
        return {code: (slug(name), Text(name, name)) for code, name in pairs}

    @property
    def _file(self) -> str:
        return os.fspath(self.document.place)

    def _own(self, text: str) -> dict[str, Any]:
        try:
            tree = read_tree(text, "").tree
        except SpokenError:
            return {}
        said = None if tree is None else plain(tree)
        return said if isinstance(said, dict) else {}

    def read_anew(self) -> None:
        """Tell everybody what the scenario is now; the first measure is chosen where none is."""
        if self.measure is None and self.document.scenario is not None:
            self.chosen = next((each.name for each in self.measures), "")
            self.selected.emit()
        self.refreshed.emit()

    def choose(self, name: str) -> None:
        """Turn to a measure, which may be about to appear."""
        if name != self.chosen:
            self.chosen = name
            self.selected.emit()

    # -- changes -------------------------------------------------------------------------------------------------
    def change(self, what: Text, edit: Callable[[str], str], merge: str = "") -> bool:
        """Change the text in one step; whether it was possible."""
        try:
            self.document.rewrite(edit(self.document.text), what, merge)
        except SpokenError as error:
            self.refused.emit(error.text())
            return False
        return True

    def set(self, steps: Steps, value: object, label: Text, merge: str = "") -> bool:
        """Write a value."""
        return self.change(_about(label, steps), lambda text: with_value(text, steps, value), merge)

    def reset(self, steps: Steps, label: Text) -> bool:
        """Take away what is written here: what is inherited counts, else the default."""
        what = Text(f"reset {_about(label, steps).en}", f"återställ {_about(label, steps).sv}")
        return self.change(what, lambda text: taken_back(text, steps))

    def add(self, kind: Kind, name: str) -> bool:
        """Take a measure of a kind in, a year after the start of the run."""
        if not self._may_be_named(name):
            return False
        run = None if self.scenario is None else self.scenario.run
        begins = None if run is None else quarter_text(run.first + min(LEAD, run.quarters - 1))

        def edit(text: str) -> str:
            text = with_value(text, (SECTION, name, "kind"), kind.name)
            return text if begins is None else with_value(text, (SECTION, name, "start"), begins)

        return self._then_choose(name, Text(f"add {name}", f"lägg till {name}"), edit)

    def remove(self, name: str) -> None:
        """Take a measure out; an inherited one is taken back by `null`."""

        def edit(text: str) -> str:
            if name in self._measures(text):
                text = taken_back(text, (SECTION, name))
            text = self._forgotten_elsewhere(text, name)
            inherited = read_inherited(self._file, text).branch(SECTION)
            return with_value(text, (SECTION, name), None) if name in inherited.entries else text

        names = [each.name for each in self.measures]
        left = [each for each in names if each != name]
        if self.change(Text(f"remove {name}", f"ta bort {name}"), edit) and left:
            self.choose(left[min(names.index(name), len(left) - 1)] if name in names else left[0])

    def duplicate(self, name: str) -> None:
        """Copy a measure under a name of its own."""
        copy = self.proposed(re.sub(r"-\d+$", "", name))
        self._then_choose(
            copy, Text(f"duplicate {name}", f"duplicera {name}"), lambda text: self._copied(text, name, copy)
        )

    def rename(self, name: str, new: str) -> bool:
        """Give a measure another name, wherever this text names it."""
        if not self._may_be_named(new):
            return False

        def edit(text: str) -> str:
            if self._is_whole(text, name):
                text = renamed(text, (SECTION, name), new)
            else:
                text = self._copied(text, name, new)
                if name in self._measures(text):
                    text = without(text, (SECTION, name))
                text = with_value(text, (SECTION, name), None)
            return self._renamed_elsewhere(text, name, new)

        return self._then_choose(new, Text(f"rename {name}", f"döp om {name}"), edit)

    def switch(self, name: str, on: bool) -> None:
        """Switch a measure on or off; its numbers stay."""
        steps = (SECTION, name, "active")

        def edit(text: str) -> str:
            own = self._measures(text).get(name) or {}
            if not on or "active" not in own:
                return with_value(text, steps, on)
            inherited = find(read_inherited(self._file, text), steps)
            off_below = isinstance(inherited, Leaf) and inherited.value is False
            return with_value(text, steps, True) if off_below else taken_back(text, steps)

        verb = Text("switch on", "slå på") if on else Text("switch off", "stäng av")
        self.change(Text(f"{verb.en} {name}", f"{verb.sv} {name}"), edit)

    def _then_choose(self, name: str, what: Text, edit: Callable[[str], str]) -> bool:
        before, self.chosen = self.chosen, name
        if not self.change(what, edit):
            self.chosen = before
            return False
        self.selected.emit()
        return True

    def _may_be_named(self, name: str) -> bool:
        if re.fullmatch(NAME, name) is None:
            self.refused.emit(
                Text(
                    "A name begins with a letter and holds letters, digits, - and _ only.",
                    "Ett namn börjar med en bokstav och innehåller bara bokstäver, siffror, - och _.",
                )
            )
            return False
        if name in {each.name for each in self.measures} or self._measures(self.document.text).get(name):
            self.refused.emit(Text(f"{name} exists already.", f"{name} finns redan."))
            return False
        return True

    def _copied(self, text: str, name: str, copy: str) -> str:
        """The text with a copy of a measure: with its comments if all of it stands here, else all that is written."""
        if self._is_whole(text, name):
            text = duplicated(text, (SECTION, name), copy)
            return without(text, (SECTION, copy, "stream")) if "stream" in self._measures(text)[name] else text
        source = None if self.scenario is None else find(self.scenario.source, (SECTION, name))
        if not isinstance(source, Branch):
            raise EditError(Text(f"{name} is not in the scenario", f"{name} finns inte i scenariot"))
        said = plain(source)
        assert isinstance(said, dict)
        for key, value in said.items():
            if key != "stream":
                text = with_value(text, (SECTION, copy, key), value)
        return text

    def _is_whole(self, text: str, name: str) -> bool:
        """Whether a text has a measure of its own under a name, not changes of one that it inherits."""
        return "kind" in self._measures(text).get(name, {})

    def _measures(self, text: str) -> dict[str, dict[str, Any]]:
        """What a text itself says of measures; what is no mapping is as good as empty."""
        return {name: _mapping(said) for name, said in _mapping(self._own(text).get(SECTION)).items()}

    def _followers(self, text: str, name: str) -> Iterator[tuple[str, list[Any]]]:
        """Other measures that follow this one, with all that they follow."""
        for other, said in self._measures(text).items():
            named = _mapping(said.get("target")).get("measures")
            if isinstance(named, list) and name in named:
                yield other, named

    def _renamed_elsewhere(self, text: str, name: str, new: str) -> str:
        for other, named in self._followers(text, name):
            replaced = [new if each == name else each for each in named]
            text = with_value(text, (SECTION, other, "target", "measures"), replaced)
        for steps in _mentions(self._own(text), name):
            text = renamed(text, steps, _with_name(steps, name, new)[-1])
        inherited, own = self._inherited(text), self._own(text)
        for steps in _mentions(inherited, name):
            other_steps = _with_name(steps, name, new)
            if _at(own, other_steps) is None:
                text = with_value(text, other_steps, _at(inherited, steps))
            text = with_value(text, steps, None)
        return text

    def _forgotten_elsewhere(self, text: str, name: str) -> str:
        """The text without mentions of a measure; one that follows nothing else is left for the user to decide on."""
        for other, named in self._followers(text, name):
            left = [each for each in named if each != name]
            if left:
                text = with_value(text, (SECTION, other, "target", "measures"), left)
        for steps in _mentions(self._own(text), name):
            text = without(text, steps)
        for steps in _mentions(self._inherited(text), name):
            text = with_value(text, steps, None)
        return text

    def _inherited(self, text: str) -> dict[str, Any]:
        """What the files say that a text extends."""
        return _mapping(plain(read_inherited(self._file, text)))


def _mentions(said: Mapping[str, Any], name: str) -> Iterator[Steps]:
    """Where variants and uncertain values set something of a measure."""
    places: list[tuple[Steps, object]] = [(("uncertainty",), said.get("uncertainty"))]
    places += [(("variants", each), values) for each, values in _mapping(said.get("variants")).items()]
    for steps, values in places:
        for path, value in _mapping(values).items():
            if f"{path}.".startswith(f"{SECTION}.{name}."):
                yield (*steps, path)
            elif path == SECTION and name in _mapping(value):
                yield (*steps, path, name)


def _with_name(steps: Steps, name: str, new: str) -> Steps:
    """Where a mention of a measure stands when that has another name."""
    *owner, last = steps
    return (*owner, new if last == name else f"{SECTION}.{new}{last.removeprefix(f'{SECTION}.{name}')}")


def _at(said: object, steps: Steps) -> object:
    for step in steps:
        said = _mapping(said).get(step)
    return said


def _mapping(said: object) -> dict[str, Any]:
    return {str(key): value for key, value in said.items()} if isinstance(said, dict) else {}


def _about(label: Text, steps: Steps) -> Text:
    """What a change is of, for the list of changes."""
    owner = f" ({steps[1]})" if steps[0] == SECTION else ""
    return Text(f"{label.en}{owner}", f"{label.sv}{owner}")
