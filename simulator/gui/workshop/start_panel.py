"""Which sliders the workshop has, and where they start."""

from __future__ import annotations

from PySide6.QtCore import Signal

from simulator.gui.desk import Desk
from simulator.gui.live.handles import Handle, Setting, reading
from simulator.gui.live.slider_panel import SliderPanel
from simulator.gui.workshop.record import MOST_SLIDERS
from simulator.gui.workshop.record_file import RecordFile
from simulator.gui.workshop.session import chosen_sliders
from simulator.quantity import Text

_MOST = Text(
    f"At most {MOST_SLIDERS} sliders, one for each number key: remove one first.",
    f"Högst {MOST_SLIDERS} reglage, ett per siffertangent: ta bort ett först.",
)


class StartPanel(SliderPanel):
    """Sliders whose values are where they start; the scenario is not touched.

    told  something the user should know (a Text)
    """

    HEADING = Text("Sliders and where they start", "Reglage och var de börjar")
    AS_BEFORE = Text("The sliders &of Explore", "Reglagen i &Utforska")
    told = Signal(object)

    def __init__(self, desk: Desk, record_file: RecordFile) -> None:
        self._record_file = record_file
        super().__init__(desk)
        record_file.loaded.connect(self.refresh)

    def chosen(self) -> list[str] | None:
        """Keys that were prepared, else those of the page Explore."""
        prepared = self._record_file.record.preparation.sliders
        if prepared is not None or self._scenario is None:
            return prepared
        return chosen_sliders(self._record_file.record.preparation, self._desk, self._scenario, self._known)

    def choose(self, keys: list[str] | None) -> None:
        """Prepare these sliders, or those of the page Explore."""
        if keys is not None and len(keys) > max(MOST_SLIDERS, len(self.rows)):
            self.told.emit(_MOST)
            return
        preparation = self._record_file.record.preparation
        preparation.sliders = keys
        if keys is None:
            preparation.starts.clear()
        self._record_file.soon()
        self.refresh()

    def value_of(self, handle: Handle) -> Setting:
        """Where it starts: as prepared, else as the scenario has it."""
        starts = self._record_file.record.preparation.starts
        scenario = self._desk.document.last_scenario
        assert scenario is not None
        return starts[handle.key] if handle.key in starts else handle.read(reading(scenario))

    def moved(self, key: str, value: Setting) -> None:
        """Remember where it starts."""
        self._record_file.record.preparation.starts[key] = value
        self._record_file.soon()

    def released(self) -> None:
        """Nothing goes into the scenario."""

    @property
    def keys(self) -> list[str]:
        """As many as there are number keys."""
        return super().keys[:MOST_SLIDERS]
