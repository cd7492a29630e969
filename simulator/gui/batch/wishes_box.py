"""What is wished of the runs beside the file: variant, seeds, draws, breakdown."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from simulator.ensemble.designs.planning import Wishes
from simulator.ensemble.options import REPLICATIONS, SAMPLES, SEED
from simulator.gui.batch.entries import Field, NumberEntry
from simulator.gui.batch.messages import Planned
from simulator.gui.charts.options import Options
from simulator.gui.desk import Desk
from simulator.indicators.grid import DIMENSIONS
from simulator.quantity import Text

_VARIANT = Text("&Variant", "&Variant")
_REPLICATIONS = Text("&Replications (seeds)", "&Upprepningar (frön)")
_SEED = Text("F&irst seed", "F&örsta frö")
_SAMPLES = Text("&Draws of uncertain values", "&Dragningar av osäkra värden")
_BY = Text("Results b&y", "Resultat uppdelade p&å")
_ITSELF = Text("none: the scenario itself", "ingen: scenariot självt")
_WRITTEN = Text("{} (as written)", "{} (som det står)")
_AS_WRITTEN = Text("as written", "som det står")
_NOTHING_DRAWN = Text("nothing is drawn", "inget dras")
_WHOLE = Text("the whole region only", "bara hela regionen")
_AND = Text(" and ", " och ")
_BREAKDOWNS: tuple[tuple[str, ...], ...] = (
    (), ("county",), ("size_class",), ("county", "size_class"), ("municipality",), ("industry",),
)  # fmt: skip
_WRITE = "written"
_LEAST = 12


class WishesBox(QWidget):
    """What is left empty is as the file has it.

    changed  something else is wished
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.variant = Options(desk, lambda name: Text(name, name) if name else _ITSELF)
        self.by = Options(desk, _by_words)
        self.replications, self.seed, self.samples = (
            NumberEntry(desk, option) for option in (REPLICATIONS, SEED, SAMPLES)
        )
        self.by.offer([_WRITE, *map(",".join, _BREAKDOWNS)], _WRITE)
        for options in (self.variant, self.by):
            options.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            options.setMinimumContentsLength(_LEAST)
            options.chosen.connect(lambda _: self.changed.emit())
        rows = (
            (_REPLICATIONS, self.replications), (_SEED, self.seed), (_SAMPLES, self.samples), (_BY, self.by),
        )  # fmt: skip
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self._variant = Field(desk, _VARIANT, self.variant)
        grid.addWidget(self._variant, 0, 0, 1, 2)
        self.fields = [Field(desk, text, widget) for text, widget in rows]
        for place, field in enumerate(self.fields):
            grid.addWidget(field, 1 + place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place % 2, 1)
        for entry in self._entries:
            entry.entered.connect(self.changed)
        self.forget()

    @property
    def _entries(self) -> tuple[NumberEntry, ...]:
        return self.replications, self.seed, self.samples

    @property
    def wishes(self) -> Wishes:
        """Numbers that are asked for."""
        return Wishes(self.replications.number, self.samples.number, self.seed.number)

    @property
    def split(self) -> tuple[str, ...] | None:
        """The breakdown that is asked for; None: as written."""
        by = self.by.currentData()
        return None if by == _WRITE else tuple(part for part in by.split(",") if part)

    def forget(self) -> None:
        """Something else is to be run, which says itself how often: nothing is wished."""
        for entry in self._entries:
            with QSignalBlocker(entry):
                entry.set_number(None)
            entry.set_hint(_AS_WRITTEN, None)
        self.samples.setEnabled(True)
        self._offer(())

    def _offer(self, variants: tuple[str, ...]) -> None:
        self.variant.offer(["", *variants], self.variant.currentData() or "")
        self._variant.setVisible(bool(variants))

    def show_planned(self, found: Planned) -> None:
        """Say what is written, where that is known, and what can be wished."""
        asked = self.wishes
        if asked.replications is None:
            self.replications.set_hint(_WRITTEN, found.replications)
        if asked.seed is None:
            self.seed.set_hint(_WRITTEN, found.seed)
        if asked.samples is None:
            self.samples.set_hint(_NOTHING_DRAWN if found.samples is None else _WRITTEN, found.samples)
        self.samples.setEnabled(found.samples is not None or bool(self.samples.text()))
        self.by.setEnabled(not found.design)
        self._offer(found.variants)


def _by_words(key: str) -> Text:
    if key == _WRITE:
        return _AS_WRITTEN
    if not key:
        return _WHOLE
    parts = [DIMENSIONS[name] for name in key.split(",")]
    return Text(_AND.en.join(one.en for one in parts), _AND.sv.join(one.sv for one in parts))
