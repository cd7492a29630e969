"""Timeline, budget and cost side by side with one axis of years; and the coordination of those who offer support."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSlider, QVBoxLayout, QWidget

from simulator.delivery.parameters import Budget
from simulator.governance import GovernanceTargets
from simulator.gui.desk import Desk
from simulator.gui.measures.costs import Costs, coordination_of
from simulator.gui.measures.editors import NumberEditor
from simulator.gui.measures.mix import Mix
from simulator.gui.measures.row import Row, Spec, tinted
from simulator.gui.measures.timeline import KEYS, ROW, Timeline
from simulator.gui.measures.wording import of_quantity
from simulator.quantity import Quantity, Text, declared

HOW = Text(
    "Drag a bar or its ends; Escape gives the drag up. ", "Dra en stapel eller dess ändar; Escape avbryter draget. "
)
STEPS = 100
ABOUT = Text(
    "How far actors coordinate their support. It moves towards these levels step by step, quarter by quarter; "
    "it decides how many firms are reached, who is contacted, how much is done twice and what administration takes.",
    "Hur långt aktörerna samordnar sitt stöd. Den rör sig stegvis mot nivåerna, kvartal för kvartal; den avgör "
    "hur många företag som nås, vilka som kontaktas, hur mycket som görs dubbelt och vad administrationen tar.",
)


class Planning(QWidget):
    """When measures work and what they cost."""

    def __init__(self, desk: Desk, mix: Mix) -> None:
        super().__init__()
        self.timeline = Timeline(desk, mix)
        self.costs = Costs(desk, mix, self.timeline)
        self.rows: dict[str, Row] = {}
        budget = QHBoxLayout()
        budget.setSpacing(28)
        for name, quantity in declared(Budget).items():
            budget.addWidget(self._budget(desk, mix, name, quantity))
        budget.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.timeline)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its parts are stops of their own
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        how = QLabel()
        how.setWordWrap(True)
        tinted(desk, how, lambda colours: colours.muted)
        desk.language.words(how, how.setText, Text(HOW.en + KEYS.en, HOW.sv + KEYS.sv))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addLayout(budget)
        layout.addWidget(self.area, 3)
        layout.addWidget(self.costs, 2)
        layout.addWidget(how)
        self._mix = mix
        mix.refreshed.connect(self.refresh)
        mix.selected.connect(self._reveal)

    def _reveal(self) -> None:
        """Bring the chosen measure's bar into sight."""
        if self._mix.measure is not None:
            bar = self.timeline.bar(self._mix.measure)
            self.area.ensureVisible(0, round(bar.center().y()), 0, ROW)

    def _budget(self, desk: Desk, mix: Mix, name: str, quantity: Quantity) -> QWidget:
        """A limit of the whole package."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)

        def value() -> float | None:
            found: float | None = None if mix.scenario is None else getattr(mix.scenario.budget, name)
            return found

        spec = Spec(
            ("budget", name), quantity.text, of_quantity(quantity),
            lambda: NumberEditor(desk.language, limits=quantity.allowed, optional=True), value, quantity.unit,
        )  # fmt: skip
        row = Row(desk, mix, spec, grid, 0, warns=False)
        row.label.setWordWrap(False)
        self.rows[name] = row
        return holder

    def refresh(self) -> None:
        """Show the budget as it is now; the cost takes the room that the timeline leaves."""
        self.area.setMaximumHeight(self.timeline.sizeHint().height())
        for row in self.rows.values():
            row.refresh()


class Coordination(QWidget):
    """A slider and a number for each component of governance, and what they add up to."""

    def __init__(self, desk: Desk, mix: Mix) -> None:
        super().__init__()
        self.desk, self.mix = desk, mix
        about, self.sum = QLabel(), QLabel()
        about.setWordWrap(True)
        self.sum.setWordWrap(True)
        desk.language.words(about, about.setText, ABOUT)
        self.rows: dict[str, Row] = {}
        self.sliders: dict[str, QSlider] = {}
        grid = QGridLayout()
        grid.setColumnStretch(4, 1)
        grid.setColumnMinimumWidth(0, 140)
        for line, (name, quantity) in enumerate(declared(GovernanceTargets).items()):
            self._component(grid, line, name, quantity)
        body = QWidget()
        body.setMaximumWidth(760)
        layout = QVBoxLayout(self)
        inner = QVBoxLayout(body)
        inner.addWidget(about)
        inner.addLayout(grid)
        inner.addWidget(self.sum)
        layout.addWidget(body)
        layout.addStretch(1)
        mix.refreshed.connect(self.refresh)
        mix.refused.connect(self.refresh)
        desk.language.follow(self, self.refresh)

    def _component(self, grid: QGridLayout, line: int, name: str, quantity: Quantity) -> None:
        steps = ("governance", name)

        def value() -> float:
            found = declared(GovernanceTargets)[name].default if self.mix.scenario is None else self._level(name)
            assert isinstance(found, float | int)
            return float(found)

        spec = Spec(
            steps, quantity.text, of_quantity(quantity),
            lambda: NumberEditor(self.desk.language, limits=quantity.allowed), value, quantity.unit, quantity.default,
        )  # fmt: skip
        self.rows[name] = Row(self.desk, self.mix, spec, grid, 2 * line)
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, STEPS)
        slider.setPageStep(10)
        slider.setMinimumWidth(120)
        words = self.desk.language.words
        words(slider, slider.setAccessibleName, quantity.text)
        words(slider, slider.setToolTip, of_quantity(quantity))
        slider.valueChanged.connect(
            lambda at: self.mix.set(steps, at / STEPS, quantity.text, merge=f"slide {quantity.text.en}")
        )
        grid.addWidget(slider, 2 * line, 4)
        self.sliders[name] = slider

    def _level(self, name: str) -> float:
        assert self.mix.scenario is not None
        level: float = getattr(self.mix.scenario.governance, name)
        return level

    def refresh(self) -> None:
        """Show the levels as they are now."""
        scenario = self.mix.scenario
        if scenario is None:
            return
        for name, row in self.rows.items():
            row.refresh()
            slider = self.sliders[name]
            if not slider.isSliderDown():
                slider.blockSignals(True)
                slider.setValue(round(STEPS * self._level(name)))
                slider.blockSignals(False)
        kappa, yearly = coordination_of(scenario)
        number = self.desk.language.number
        level, cost = number(kappa, 2), number(yearly, 1)
        self.sum.setText(
            self.desk.language.said(
                Text(
                    f"Overall coordination when the levels are reached: {level}. With a package of measures it costs "
                    f"{cost} MSEK a year.",
                    f"Samlad samordning när nivåerna är nådda: {level}. Med ett paket av insatser kostar den "
                    f"{cost} mnkr om året.",
                )
            )
        )
