"""What the form of a measure asks for, generated from its kind's declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from simulator.gui.language import Language
from simulator.gui.measures.editors import (
    Editor,
    Factory,
    FlagEditor,
    NumberEditor,
    PartsEditor,
    QuarterEditor,
    RangeEditor,
    SeveralEditor,
    WordEditor,
)
from simulator.gui.measures.mix import SECTION, Mix, Steps
from simulator.gui.measures.row import Spec
from simulator.gui.measures.wording import is_service, of_quantity
from simulator.indicators.catalogue.barriers import WORDS as BARRIER_WORDS
from simulator.interventions.declaration import SELECTIONS, Kind, Measure
from simulator.interventions.lever_table import LEVERS
from simulator.interventions.target import BARRIERS, TARGET_RANGES, TARGET_TEXTS
from simulator.quantity import Quantity, Text, declared
from simulator.scenario.moments import quarter_text
from simulator.scenario.settings import MeasureBudget
from simulator.wording import plain

ESSENTIAL = ("capacity", "ramp")
BY_COUNTY = ("capacity", "contacts")
PLACES = ("counties", "municipalities", "industries")
SECTIONS: Mapping[str, Text] = {
    "essential": Text("Essential", "Det viktigaste"),
    "effect": Text("Effect on firms and region", "Verkan på företag och region"),
    "delivery": Text("Delivery and cost", "Genomförande och kostnad"),
    "target": Text("For whom", "För vem"),
    "rules": Text("Selection and further limits", "Urval och övriga gränser"),
}
_START = Text("First quarter", "Första kvartal")
_END = Text("Last quarter", "Sista kvartal")
_START_TOLD = Text(
    "<b>First quarter</b> in which the measure works. Default: the first of the run.",
    "<b>Första kvartal</b> då insatsen verkar. Standard: körningens första.",
)
_END_TOLD = Text(
    "<b>Last quarter</b> in which the measure works, it included. Default: the last of the run.",
    "<b>Sista kvartal</b> då insatsen verkar, detta inräknat. Standard: körningens sista.",
)
_SELECTION = Text(
    "Who gets it, when more apply than there is room for", "Vem som får, när fler söker än det finns plats"
)
_RESTRICTS = Text("Nothing chosen restricts nothing.", "Inget valt begränsar inget.")
_YES_NO: Mapping[Any, Text] = {
    None: Text("no restriction", "ingen begränsning"), True: Text("yes", "ja"), False: Text("no", "nej"),
}  # fmt: skip


def sections(mix: Mix, language: Language, name: str, kind: Kind) -> Iterator[tuple[str, list[Spec]]]:
    """Groups of rows for a measure, the essential ones first; a group without rows is left out."""
    made = Maker(mix, language, name, kind)
    numbers = {key: made.setting(key, quantity) for key, quantity in kind.settings.items()}
    essential = [*made.window(), *(numbers[key] for key in ESSENTIAL if key in numbers), made.budget("per_year")]
    levers = [spec for key, spec in numbers.items() if key in LEVERS]
    delivery = [spec for key, spec in numbers.items() if key not in LEVERS and key not in ESSENTIAL]
    rules = [*([] if is_service(kind) else [made.selection()]), made.budget("total")]
    target = [spec for field in kind.target_fields if (spec := made.target(field)) is not None]
    grouped = {"essential": essential, "effect": levers, "delivery": delivery, "target": target, "rules": rules}
    yield from ((key, specs) for key, specs in grouped.items() if specs)


class Maker:
    """Makes the rows of one measure."""

    def __init__(self, mix: Mix, language: Language, name: str, kind: Kind) -> None:
        self.mix, self.language, self.name, self.kind = mix, language, name, kind

    def _now(self, read: Callable[[Measure], Any]) -> Callable[[], Any]:
        def value() -> Any:
            measure = next((each for each in self.mix.measures if each.name == self.name), None)
            return None if measure is None else read(measure)

        return value

    def _steps(self, *steps: str) -> Steps:
        return (SECTION, self.name, *steps)

    def window(self) -> list[Spec]:
        """First and last quarter; something that happens once has no last one."""
        scenario = self.mix.scenario
        assert scenario is not None
        first, last = scenario.run.first, scenario.run.first + scenario.run.quarters - 1
        quarters = [quarter_text(at) for at in range(first, last + 1)]

        def at(read: Callable[[Measure], int]) -> Callable[[], Any]:
            return self._now(lambda measure: quarter_text(first + read(measure)))

        editor = lambda: QuarterEditor(quarters)  # noqa: E731 (two rows share it)
        start = Spec(self._steps("start"), _START, _START_TOLD, editor, at(lambda measure: measure.start))
        end = Spec(self._steps("end"), _END, _END_TOLD, editor, at(lambda measure: measure.end))
        return [start] if self.kind.once else [start, end]

    def setting(self, key: str, quantity: Quantity) -> Spec:
        """A number of the kind."""
        return Spec(
            self._steps(key), quantity.text, of_quantity(quantity), self._editor(key, quantity),
            self._now(lambda measure: self._said(key, measure)), quantity.unit, quantity.default,
        )  # fmt: skip

    def _said(self, key: str, measure: Measure) -> Any:
        value = measure.settings[key]
        if isinstance(value, Mapping):
            names = self.mix.place_names("counties")
            return {names[code][0]: number for code, number in value.items()}
        return value

    def _editor(self, key: str, quantity: Quantity) -> Factory:
        language = self.language
        if quantity.unit == "yes/no":
            return lambda: FlagEditor(language)
        if key in BY_COUNTY and not is_service(self.kind):
            counties = dict(self.mix.place_names("counties").values())
            return lambda: PartsEditor(language, counties, single=True)
        if quantity.labels:
            parts = {label: Text(label, label) for label in quantity.labels}
            return lambda: PartsEditor(language, parts, single=False)
        return lambda: NumberEditor(language, quantity.whole, quantity.allowed)

    def budget(self, key: str) -> Spec:
        """A limit of its own on what the measure may cost."""
        quantity = declared(MeasureBudget)[key]
        none = Text(" Empty: no limit of its own.", " Tomt: ingen egen gräns.")
        told = Text(
            f"<b>{quantity.text.en}</b>, MSEK of 2025.{none.en}",
            f"<b>{quantity.text.sv}</b>, mnkr i 2025 års priser.{none.sv}",
        )
        label = Text(f"Budget: {quantity.text.en.lower()}", f"Budget: {quantity.text.sv.lower()}")
        return Spec(
            self._steps("budget", key), label, told,
            lambda: NumberEditor(self.language, limits=quantity.allowed, optional=True),
            self._now(lambda measure: getattr(measure, f"budget_{key}")), quantity.unit,
        )  # fmt: skip

    def selection(self) -> Spec:
        """How awards are given when too many apply."""
        default = SELECTIONS[self.kind.selection]
        told = Text(
            f"<b>{_SELECTION.en}.</b> Default: {default.en}.", f"<b>{_SELECTION.sv}.</b> Standard: {default.sv}."
        )
        return Spec(
            self._steps("selection"), Text("Selection", "Urval"), told, lambda: WordEditor(self.language, SELECTIONS),
            self._now(lambda measure: measure.selection), default=self.kind.selection,
        )  # fmt: skip

    def target(self, key: str) -> Spec | None:
        """A restriction on the firms that it is for."""
        text = TARGET_TEXTS[key]
        how = _RESTRICTS
        if key in TARGET_RANGES:
            low, high = TARGET_RANGES[key]
            how = Text(
                f"Both ends included, allowed {plain(low, 'en')} to {plain(high, 'en')}; empty restricts nothing.",
                f"Båda ändar inräknade, tillåtet {plain(low, 'sv')} till {plain(high, 'sv')}; tomt begränsar inget.",
            )
        told = Text(f"<b>{escape(text.en)}.</b> {how.en}", f"<b>{escape(text.sv)}.</b> {how.sv}")
        editor = self._target_editor(key)
        return Spec(
            self._steps("target", key), text, told, editor, self._now(lambda measure: getattr(measure.target, key)),
            default=getattr(self.kind.target, key),
        )  # fmt: skip

    def _target_editor(self, key: str) -> Callable[[], Editor]:
        language = self.language
        if key in TARGET_RANGES:
            return lambda: RangeEditor(language, TARGET_RANGES[key], whole=TARGET_RANGES[key][1] > 1)
        if key in PLACES:
            return lambda: SeveralEditor(language, self.mix.place_names(key))
        if key == "barriers":
            return lambda: SeveralEditor(language, {each: (each, BARRIER_WORDS[each]) for each in BARRIERS})
        if key == "measures":
            others = {each.name: (each.name, Text(each.name, each.name)) for each in self.mix.measures}
            return lambda: SeveralEditor(language, others)
        return lambda: WordEditor(language, _YES_NO)
