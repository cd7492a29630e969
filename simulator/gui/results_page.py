"""What the runs show: over time, by group, on the map, what holds back, money, targets, all in a table, compared."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout

from simulator.gui.charts.barriers import BarrierChart
from simulator.gui.charts.breakdown import BreakdownChart
from simulator.gui.charts.chart import Chart, current
from simulator.gui.charts.chooser import IndicatorChooser
from simulator.gui.charts.compare import CompareChart
from simulator.gui.charts.costs import CostChart
from simulator.gui.charts.explanation import Explanation
from simulator.gui.charts.export_menu import ExportMenu
from simulator.gui.charts.fan import FanChart
from simulator.gui.charts.mode_choice import ModeChoice
from simulator.gui.charts.options import Options
from simulator.gui.charts.pinned_bar import PinnedBar
from simulator.gui.charts.quarter_slider import QuarterSlider
from simulator.gui.charts.reading import Seen, geography_of, single_cells
from simulator.gui.charts.region_map import RegionMap
from simulator.gui.charts.result_table import ResultTable
from simulator.gui.charts.tabs import ChartTabs
from simulator.gui.charts.targets import TargetsView
from simulator.gui.charts.words import CONDITION, cell_text
from simulator.gui.desk import Desk
from simulator.gui.live.bands import REGION
from simulator.gui.live.state import state_text
from simulator.gui.page import Page
from simulator.gui.passing_message import PassingMessage
from simulator.indicators import INDICATORS
from simulator.quantity import Text

CHARTS: tuple[type[Chart], ...] = (
    FanChart, RegionMap, BreakdownChart, BarrierChart, CostChart, TargetsView, ResultTable, CompareChart,
)  # fmt: skip
BREAKDOWN = ("municipality", "industry", "zone")
FIRST_INDICATOR = "advanced_digital"
_EXPLAIN = Text("E&xplain", "F&örklara")
_WHERE = Text("Part of the region", "Del av regionen")
_DIGEST = Text("digest", "fingeravtryck")
_PANEL = 280
_SHORT = 8


class ResultsPage(Page):
    """All charts of the session's result."""

    TITLE = Text("Results", "Resultat")
    HELP = Text("What the scenario changes, where, for whom and at what cost",
                "Vad scenariot ändrar, var, för vem och till vilken kostnad")  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.live = desk.live
        self.chooser = IndicatorChooser(desk, FIRST_INDICATOR)
        self.where = Options(desk, self._cell_words)
        self.mode_choice = ModeChoice(desk)
        self.modes = self.mode_choice.buttons
        self.explain, self.export = QPushButton(), ExportMenu(desk, lambda: self.chart)
        self.kept = PinnedBar(desk)
        self.tabs, self.panel = ChartTabs(desk, self.TITLE, CHARTS), Explanation(desk)
        self.moment, self.mark, self.message = QuarterSlider(desk), QLabel(), PassingMessage(desk)
        self.cell = REGION
        self._looking, self._seen = False, Seen()
        self._lay_out()
        self._connect()
        desk.language.follow(self, self._retranslate)
        desk.theme.follow(self, self._colour)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.chooser, 1)
        top.addWidget(self.where)
        top.addWidget(self.mode_choice)
        self.explain.setCheckable(True)
        top.addWidget(self.explain)
        top.addWidget(self.export)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.tabs)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        split.setSizes([3 * _PANEL, _PANEL])
        split.setChildrenCollapsible(False)
        self.panel.hide()
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.kept)
        column.addWidget(split, 1)
        column.addLayout(self.moment.row)
        self.mark.setWordWrap(True)
        for label in (self.mark, self.message):
            column.addWidget(label)

    def _connect(self) -> None:
        self.live.progressed.connect(self._progressed)
        self.live.changed.connect(self._tell_state)
        self.live.told.connect(self.message.tell)
        self.live.pinned_changed.connect(self._pinned)
        self.chooser.chosen.connect(self.choose)
        self.where.chosen.connect(self.choose_cell)
        self.tabs.currentChanged.connect(self.refresh)
        self.moment.valueChanged.connect(self._scrub)
        self.explain.toggled.connect(self._explain)
        self.panel.closed.connect(lambda: self.explain.setChecked(False))
        self.export.told.connect(self.message.tell)
        self.mode_choice.chosen.connect(self.set_mode)
        self.tabs.made.connect(self._begin)

    def _begin(self, chart: Chart) -> None:
        """Have a chart that is new do what the others do."""
        chart.explained.connect(lambda _name: self.explain.setChecked(True))
        chart.chosen.connect(self.moment.setValue)
        chart.picked.connect(self._picked)
        if isinstance(chart, ResultTable):
            chart.selected.connect(lambda: self._explain(on=self.panel.isVisible()))
        if isinstance(chart, FanChart | BreakdownChart):
            chart.set_mode(self.mode_choice.mode)
        chart.set_pinned(self.live.pinned)

    # -- looking -------------------------------------------------------------------------------------------------
    @property
    def chart(self) -> Chart:
        """The chart that is seen."""
        seen = self.tabs.chart
        assert seen is not None
        return seen

    @property
    def indicator(self) -> str:
        """The chosen indicator."""
        return self.chooser.indicator

    def make_more(self) -> bool:
        """A chart."""
        return self.tabs.make_more()

    def shown(self) -> None:
        """Run from now on."""
        self._looking = True
        self.live.watch(self, (self.indicator,), BREAKDOWN)
        self._pinned()

    def hidden(self) -> None:
        """Whoever looks now decides what runs."""
        self._looking = False
        self.live.unwatch(self)

    def close_down(self) -> None:
        """End what charts have at work."""
        for chart in self.tabs.charts:
            chart.close_down()

    def show_chart(self, kind: type[Chart]) -> None:
        """Show the chart of a kind."""
        self.tabs.setCurrentIndex(CHARTS.index(kind))

    def choose(self, indicator: str) -> None:
        """Show another indicator."""
        self.chooser.choose(indicator)
        if self._looking:
            self.live.watch(self, (indicator,), BREAKDOWN)
        self.refresh()

    def choose_cell(self, cell: str) -> None:
        """Show another part of the region."""
        self.cell = cell
        self.refresh()

    def set_mode(self, mode: str) -> None:
        """Show differences or levels, where a chart can."""
        for chart in self.tabs.charts:
            if isinstance(chart, FanChart | BreakdownChart):
                chart.set_mode(mode)

    def _picked(self, name: str) -> None:
        """Follow what was clicked in a chart: an indicator, or a part of the region; then over time."""
        if name in INDICATORS:
            self.choose(name)
        else:
            self.choose_cell(name)
        self.show_chart(FanChart)

    def _progressed(self) -> None:
        """Runs that go on tell of the chosen indicator only: other charts wait for complete ones."""
        if self._looking and (self._seen.grown(self.live.bands) or isinstance(self.chart, FanChart)):
            self.refresh()

    def refresh(self) -> None:
        """Show what the runs say by now in the chart that is seen."""
        result = current(self.live)
        single = (REGION,) if result is None else single_cells(result.bands, self.indicator)
        self.cell = self.cell if self.cell in single else REGION
        self.where.offer(single, self.cell)
        self.moment.show_quarters(() if result is None else result.bands.quarters)
        self.chart.moment = self.moment.value()
        self.chart.show_result(result, self.indicator, self.cell)
        if self.panel.isVisible():
            self._explain(on=True)
        self._tell_state()

    def _scrub(self, entry: int) -> None:
        self.chart.set_moment(entry)
        self._tell_state()

    def _pinned(self) -> None:
        self.kept.refresh()
        for chart in self.tabs.charts:
            chart.set_pinned(self.live.pinned)
        if self._looking:
            self.refresh()

    def _explain(self, on: bool) -> None:
        self.panel.setVisible(on)
        if on:
            self.panel.explain(INDICATORS.get(self.chart.subject), self.chart)

    # -- words ---------------------------------------------------------------------------------------------------
    def _cell_words(self, cell: str) -> Text:
        return cell_text(cell, geography_of(self.live.scenario))

    def _retranslate(self) -> None:
        said = self.desk.language.said
        self.explain.setText(said(_EXPLAIN))
        self.where.setAccessibleName(said(_WHERE))
        self.where.setToolTip(said(_WHERE))
        self._tell_state()

    def _tell_state(self) -> None:
        """Say what the charts are of, how many runs stand behind, and on what condition it holds."""
        result, said = current(self.live), self.desk.language.said
        self.kept.refresh()
        if result is None:
            self.mark.setText(said(CONDITION))
            return
        name = f"{result.name} ({said(_DIGEST)} {result.digest[:_SHORT]})"
        parts = [said(state_text(self.live)), name, said(CONDITION)]
        self.mark.setText(" · ".join(parts))

    def _colour(self) -> None:
        self.mark.setStyleSheet(f"color: {self.desk.theme.colours.muted}")
