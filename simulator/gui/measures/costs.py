"""What the measures are planned to cost, year by year, stacked against the budget."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from simulator.governance import Governance, coordination_cost, overall
from simulator.gui.desk import Desk
from simulator.gui.measures.axis import Axis
from simulator.gui.measures.marks import colour_of
from simulator.gui.measures.mix import Mix
from simulator.gui.measures.row import tinted
from simulator.gui.measures.timeline import MARGIN, Timeline, left_of
from simulator.gui.measures.wording import joined
from simulator.interventions.declaration import PRIORITIES, Measure
from simulator.quantity import Text
from simulator.scenario import Scenario
from simulator.scenario.cautions import planned_by_year
from simulator.scenario.settings import Run
from simulator.wording import plain

TOP, FOOT = 12, 6
NAME = Text("Planned cost per year, MSEK", "Planerad kostnad per år, mnkr")
BUDGET = Text("budget", "budget")
OUTSIDE = Text(" (national, outside the budget)", " (nationellt, utanför budgeten)")
NATIONAL = Text("hatched: national programmes, outside the budget", "streckat: nationella program, utanför budgeten")


@dataclass
class Plan:
    """Planned cost in MSEK: by year and priority, what the package's budget carries apart from national programmes."""

    carried: dict[int, dict[int, float]] = field(default_factory=dict)
    national: dict[int, dict[int, float]] = field(default_factory=dict)

    def total(self, year: int) -> float:
        """What the budget carries in a year."""
        return sum(self.carried.get(year, {}).values())

    @property
    def whole(self) -> float:
        """What the budget carries in all."""
        return sum(map(self.total, self.carried))

    def over(self, budget: float | None) -> dict[int, float]:
        """Years whose plan costs more than the budget, with the plan."""
        if budget is None:
            return {}
        return {year: cost for year in self.carried if (cost := self.total(year)) > budget * (1 + 1e-9)}

    @property
    def highest(self) -> float:
        """The dearest year, national programmes included."""
        return max((self.total(year) + sum(self.national[year].values()) for year in self.carried), default=0.0)

    @property
    def priorities(self) -> list[int]:
        """Those that cost something."""
        parts = (costs for years in (self.carried, self.national) for costs in years.values())
        return sorted({priority for costs in parts for priority, cost in costs.items() if cost > 0})


def plan_of(measures: Sequence[Measure], run: Run, windows: Mapping[str, tuple[int, int]]) -> Plan:
    """Planned cost of measures; `windows` are first and last quarters that replace those of the scenario."""
    made = Plan()
    for measure in measures:
        start, end = windows.get(measure.name, (measure.start, measure.end))
        part = made.national if measure.national else made.carried
        for year, cost in planned_by_year(replace(measure, start=start, end=end), run).items():
            made.carried.setdefault(year, {})
            made.national.setdefault(year, {})
            by_priority = part[year]
            by_priority[measure.kind.priority] = by_priority.get(measure.kind.priority, 0.0) + cost
    return made


def coordination_of(scenario: Scenario) -> tuple[float, float]:
    """Overall coordination when the levels of a scenario are reached, and what it then costs a year, MSEK."""
    rules: Governance = scenario.parameters["governance"]
    kappa = overall(scenario.governance.values(), rules.weights)
    return kappa, coordination_cost(kappa, rules)


def round_above(value: float) -> float:
    """A round number at or above a value.

    >>> round_above(61), round_above(0), round_above(230)
    (80.0, 1.0, 250.0)
    """
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 4, 5, 8, 10) if step * power >= value)


def in_runs(years: Iterable[int]) -> str:
    """Years with those in a row joined.

    >>> in_runs([2027, 2028, 2029, 2031])
    '2027–2029, 2031'
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


class CostChart(QWidget):
    """The drawing; its years lie under those of the timeline."""

    def __init__(self, desk: Desk, mix: Mix, timeline: Timeline) -> None:
        super().__init__()
        self.desk, self.mix, self.timeline = desk, mix, timeline
        self.plan = Plan()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)
        desk.language.words(self, self.setAccessibleName, NAME)
        desk.language.follow(self, self.update)
        desk.theme.follow(self, self.update)

    @property
    def budget(self) -> float | None:
        """What all may cost in a year, MSEK."""
        return None if self.mix.scenario is None else self.mix.scenario.budget.per_year

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Wide and flat."""
        return QSize(480, 180)

    def refresh(self) -> None:
        """Work the plan out anew."""
        scenario = self.mix.scenario
        if scenario is not None:
            self.plan = plan_of(self.mix.measures, scenario.run, self.timeline.windows)
        self.update()

    def told(self, x: float) -> str:
        """What a year costs, by priority, at a place of the drawing; nothing beside the years."""
        axis = self._axis()
        if axis is None:
            return ""
        year = next((each for each in self.plan.carried if axis.span(each)[0] <= x < axis.span(each)[1]), None)
        if year is None:
            return ""
        said, number = self.desk.language.said, self.desk.language.number
        lines = [f"{year}: {number(self.plan.total(year), 1)} {self.desk.language.unit('MSEK')}"]
        for costs, mark in ((self.plan.carried[year], ""), (self.plan.national[year], said(OUTSIDE))):
            lines += [
                f"{said(PRIORITIES[each])}{mark}: {number(cost, 1)}" for each, cost in sorted(costs.items()) if cost > 0
            ]
        return "\n".join(lines)

    def event(self, event: QEvent) -> bool:
        """Say what a year costs where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told(event.pos().x()), self)
            return True
        return super().event(event)

    def _axis(self) -> Axis | None:
        if self.mix.scenario is None:
            return None
        run, left = self.mix.scenario.run, left_of(self.width())
        return Axis(run.first, run.quarters, left, self.width() - left - MARGIN)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw scale, bars and the budget's line."""
        axis, colours = self._axis(), self.desk.theme.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.surface))
        if axis is None:
            return
        top = round_above(max(self.plan.highest, (self.budget or 0) * 1.05))
        self._draw_scale(painter, axis, top)
        over = self.plan.over(self.budget)
        for year in self.plan.carried:
            self._draw_year(painter, axis, year, top, year in over)
        self._draw_budget(painter, axis, top)

    def _y(self, cost: float, top: float) -> float:
        return TOP + (self.height() - TOP - FOOT) * (1 - cost / top)

    def _draw_scale(self, painter: QPainter, axis: Axis, top: float) -> None:
        colours = self.desk.theme.colours
        steps = 4 if self.height() > 150 else 2
        for step in range(steps + 1):
            cost = top * step / steps
            y = self._y(cost, top)
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(axis.left, y), QPointF(axis.left + axis.width, y))
            painter.setPen(QColor(colours.muted))
            place = QRectF(0, y - 9, axis.left - 6, 18)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.desk.language.setting(cost)
            )
        said = self.desk.language.said(NAME)
        label = QRectF(6, TOP + 12, max(40.0, axis.left - 50), self.height() - TOP - 20)
        painter.setPen(QColor(colours.text))
        painter.drawText(label, int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop.value), said)

    def _draw_year(self, painter: QPainter, axis: Axis, year: int, top: float, over: bool) -> None:
        colours = self.desk.theme.colours
        left, right = axis.span(year)
        gap = min(3.0, (right - left) / 6)
        base = 0.0
        for costs, hatched in ((self.plan.carried[year], False), (self.plan.national[year], True)):
            for priority in sorted(costs):
                high, low = self._y(base + costs[priority], top), self._y(base, top)
                bar = QRectF(left + gap, high, right - left - 2 * gap, low - high)
                colour = colour_of(colours, priority)
                painter.setPen(QPen(QColor(colours.surface), 1))
                painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern) if hatched else QBrush(colour))
                painter.drawRect(bar)
                base += costs[priority]
        if over:
            high = self._y(self.plan.total(year), top)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.error), 2))
            painter.drawRect(QRectF(left + gap, high, right - left - 2 * gap, self._y(0, top) - high))
            painter.drawText(QRectF(left, high - 16, right - left, 16), Qt.AlignmentFlag.AlignCenter, "▲")

    def _draw_budget(self, painter: QPainter, axis: Axis, top: float) -> None:
        if self.budget is None:
            return
        colours, y = self.desk.theme.colours, self._y(self.budget, top)
        painter.setPen(QPen(QColor(colours.text), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(axis.left, y), QPointF(axis.left + axis.width, y))
        text = f"{self.desk.language.said(BUDGET)} {self.desk.language.setting(self.budget)}"
        wide = painter.fontMetrics().horizontalAdvance(text) + 8
        place = QRectF(axis.left + axis.width - wide, y - 17 if y > TOP + 18 else y + 2, wide, 15)
        ground = QColor(colours.surface)
        ground.setAlpha(210)
        painter.fillRect(place, ground)
        painter.setPen(QColor(colours.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class Costs(QWidget):
    """The drawing with its legend, and the years over the budget in words."""

    def __init__(self, desk: Desk, mix: Mix, timeline: Timeline) -> None:
        super().__init__()
        self.desk, self.mix = desk, mix
        self.chart = CostChart(desk, mix, timeline)
        self.legend, self.words = QLabel(), QLabel()
        for label in (self.legend, self.words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
        tinted(desk, self.legend, lambda colours: colours.muted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.chart, 1)
        layout.addWidget(self.legend)
        layout.addWidget(self.words)
        mix.refreshed.connect(self.refresh)
        timeline.previewed.connect(self.refresh)
        desk.language.follow(self, self.refresh)
        desk.theme.follow(self, self._tell)

    def refresh(self) -> None:
        """Work the plan out anew, and say what is over the budget."""
        self.chart.refresh()
        self._tell()

    def _tell(self) -> None:
        said, colours, plan = self.desk.language.said, self.desk.theme.colours, self.chart.plan
        marks = [
            f'<span style="color:{colour_of(colours, each).name()}">■</span>&nbsp;{each}&nbsp;'
            + said(PRIORITIES[each]).replace(" ", "&nbsp;").replace("-", "&#8209;")
            for each in plan.priorities
        ]
        if any(costs for costs in plan.national.values()):
            marks.append(said(NATIONAL).replace(" ", "&nbsp;"))
        self.legend.setText("&nbsp;&nbsp; ".join(marks))
        text, bad = self._verdict()
        text = joined((text, self._beside()), "")
        self.words.setText(said(text))
        colour = colours.error if bad else colours.text
        self.words.setStyleSheet(f"color: {colour}")
        number = self.desk.language.number
        years = "; ".join(f"{year}: {number(plan.total(year), 1)}" for year in plan.carried)
        self.chart.setAccessibleDescription(f"{said(text)} {years}")

    def _beside(self) -> Text:
        """What the budget carries beside the measures."""
        scenario = self.mix.scenario
        limits = None if scenario is None else (scenario.budget.per_year, scenario.budget.total)
        if scenario is None or limits == (None, None) or not self.chart.plan.whole:
            return Text("", "")
        _, cost = coordination_of(scenario)
        yearly = [plain(round(cost, 1), code) for code in ("en", "sv")]
        return Text(
            f" The budget carries coordination too, {yearly[0]} MSEK a year at these levels, and administration.",
            f" Budgeten bär även samordningen, {yearly[1]} mnkr om året vid dessa nivåer, och administrationen.",
        )

    def _verdict(self) -> tuple[Text, bool]:
        """Whether the plan fits the budget, in words."""
        plan, scenario = self.chart.plan, self.mix.scenario
        if scenario is None:
            return Text("", ""), False
        if not plan.carried:
            return Text(
                "Nothing is planned: the scenario is the baseline.", "Inget är planerat: scenariot är basfallet."
            ), False
        whole = plan.whole
        total = scenario.budget.total
        if total is not None and whole > total * (1 + 1e-9):
            return Text(
                f"▲ In all the plan costs {plain(round(whole, 1), 'en')} MSEK, the budget is {plain(total, 'en')}: all "
                "capacities will shrink by one factor.",
                f"▲ Totalt kostar planen {plain(round(whole, 1), 'sv')} mnkr, budgeten är {plain(total, 'sv')}: alla "
                "kapaciteter krymper med en och samma faktor.",
            ), True
        over = plan.over(self.chart.budget)
        if over and self.chart.budget is not None:
            dearest = max(over, key=lambda year: over[year])
            plans = [plain(round(over[dearest], 1), code) for code in ("en", "sv")]
            limits = [plain(self.chart.budget, code) for code in ("en", "sv")]
            years = in_runs(over)
            return Text(
                f"▲ Over the budget of {limits[0]} MSEK in {years}, most in {dearest} ({plans[0]}): all capacities "
                "shrink by one factor; money not spent in one year is there in the next.",
                f"▲ Över budgeten på {limits[1]} mnkr {years}, mest {dearest} ({plans[1]}): alla kapaciteter krymper "
                "med en och samma faktor; det som inte används ett år finns kvar nästa.",
            ), True
        limit = (Text("; no budget is set.", "; ingen budget är satt.") if self.chart.budget is None and total is None
                 else Text("; no year is over the budget.", "; inget år ligger över budgeten."))  # fmt: skip
        return Text(
            f"In all the plan costs {plain(round(whole, 1), 'en')} MSEK{limit.en}",
            f"Totalt kostar planen {plain(round(whole, 1), 'sv')} mnkr{limit.sv}",
        ), False
