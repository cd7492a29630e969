"""Charts of an open folder of results: one case, or several side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from simulator.gui.batch.cases import CasesTable, ChosenCases
from simulator.gui.batch.failures import NAME as FAILURES
from simulator.gui.batch.failures import FailureList
from simulator.gui.batch.messages import Read, Readings, Standing, Weigh, Weights
from simulator.gui.charts.breakdown import BreakdownChart
from simulator.gui.charts.chart import Chart
from simulator.gui.charts.chooser import IndicatorChooser
from simulator.gui.charts.costs import CostChart
from simulator.gui.charts.export_menu import ExportMenu
from simulator.gui.charts.fan import DIFFERENCE, LEVEL, FanChart
from simulator.gui.charts.mode_choice import ModeChoice
from simulator.gui.charts.options import Options
from simulator.gui.charts.quarter_slider import QuarterSlider
from simulator.gui.charts.reading import cells_by, geography_of, single_cells
from simulator.gui.charts.region_map import RegionMap
from simulator.gui.charts.result_table import ResultTable
from simulator.gui.charts.tabs import ChartTabs
from simulator.gui.charts.targets import TargetsView
from simulator.gui.charts.words import CONDITION, cell_text, runs_text
from simulator.gui.desk import Desk
from simulator.gui.live.bands import REGION
from simulator.gui.live.session import Pinned
from simulator.quantity import Text
from simulator.scenario import Scenario

CHARTS: tuple[type[Chart], ...] = (
    FanChart, CasesTable, BreakdownChart, RegionMap, ResultTable, CostChart, TargetsView, ChosenCases,
)  # fmt: skip
WHOLE = (ResultTable, CostChart, TargetsView, ChosenCases)
"""Charts that need all indicators of the region, or money."""
FIRST_INDICATOR = "advanced_digital"
_CASE, _WHERE = Text("Case", "Fall"), Text("Part of the region", "Del av regionen")
_CHARTS_NAME = Text("Charts of the results", "Diagram över resultaten")
_NOT_KEPT = Text("{} was not kept in these results.", "{} har inte sparats i de här resultaten.")
_DRAWN = Text("the first {} of {} seeds are drawn", "de första {} av {} frön ritas")
_LEAST = 18


class ChartsPanel(QWidget):
    """Everything that is drawn of a folder.

    wanted  numbers are needed: a `Read` or `Weigh`    told  something to say
    """

    wanted = Signal(object)
    told = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.cases, self.where = QComboBox(), Options(desk, self._cell_words)
        self.cases.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.cases.setMinimumContentsLength(_LEAST)
        self.chooser = IndicatorChooser(desk, FIRST_INDICATOR)
        self.mode_choice = ModeChoice(desk)
        self.modes = self.mode_choice.buttons
        self.export = ExportMenu(desk, lambda: self.chart or self.tabs.of(FanChart))
        self.failures = FailureList(desk)
        self.tabs = ChartTabs(desk, _CHARTS_NAME, CHARTS, (FAILURES, self.failures))
        self.moment, self.mark = QuarterSlider(desk), QLabel()
        self.standing: Standing | None = None
        self.results: tuple[Pinned, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._asked: Read | None = None
        self._weighing: Weigh | None = None
        self._answer: Readings | None = None
        self._answered: Read | None = None
        self._scenarios: dict[str, Scenario] = {}
        self._cell = REGION
        self._lay_out()
        self._connect()
        desk.language.follow(self, self._retranslate)
        desk.theme.follow(self, self._colour)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.cases, 1)
        top.addWidget(self.chooser, 1)
        top.addWidget(self.where)
        top.addWidget(self.mode_choice)
        top.addWidget(self.export)
        self.mark.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.tabs, 1)
        column.addLayout(self.moment.row)
        column.addWidget(self.mark)

    def _connect(self) -> None:
        self.cases.activated.connect(lambda _: self.choose_cases([self.cases.currentText()]))
        self.chooser.chosen.connect(self.choose)
        self.where.chosen.connect(self.choose_cell)
        self.tabs.currentChanged.connect(self._turned)
        self.moment.valueChanged.connect(self._scrub)
        self.export.told.connect(self.told)
        self.mode_choice.chosen.connect(self._set_mode)
        self.tabs.made.connect(self._begin)

    def _begin(self, chart: Chart) -> None:
        """Have a chart that is new do what the others do."""
        chart.chosen.connect(self.moment.setValue)
        chart.picked.connect(self._picked)
        if isinstance(chart, CasesTable):
            chart.marked.connect(self.choose_cases)
        if isinstance(chart, FanChart | BreakdownChart):
            chart.set_mode(self.mode_choice.mode)
        chart.set_pinned(self.results[1:])

    # -- what is chosen ------------------------------------------------------------------------------------------
    @property
    def chart(self) -> Chart | None:
        """The chart that is seen; None where it is the list of failed runs."""
        return self.tabs.chart

    @property
    def table(self) -> CasesTable:
        """The table of cases."""
        return self.tabs.of(CasesTable)

    def show_chart(self, kind: type[QWidget]) -> None:
        """Show the chart of a kind, or the failed runs."""
        every: list[type[QWidget]] = [*CHARTS, FailureList]
        self.tabs.setCurrentIndex(every.index(kind))

    def choose(self, indicator: str) -> None:
        """Show another indicator."""
        standing = self.standing
        if standing is None or indicator not in standing.indicators:
            self.told.emit(Text(*(said.format(indicator) for said in _NOT_KEPT)))
            if standing is not None and standing.indicators:
                self.chooser.choose(self._kept(standing))
            return
        self.chooser.choose(indicator)
        self._ask(anew=False)

    def choose_cases(self, names: Sequence[str]) -> None:
        """Show the first case, the others beside it."""
        self._chosen = tuple(names)
        with QSignalBlocker(self.cases):
            self.cases.setCurrentIndex(self.cases.findText(self._chosen[0]))
        self.table.choose(list(names))
        self._ask(anew=False)

    def choose_cell(self, cell: str) -> None:
        """Show another part of the region."""
        self._cell = cell
        self.refresh()

    def _kept(self, standing: Standing) -> str:
        shown = "" if self._asked is None else self._asked.indicator
        return next(name for name in (shown, FIRST_INDICATOR, *standing.indicators) if name in standing.indicators)

    # -- what is read --------------------------------------------------------------------------------------------
    def show_standing(self, standing: Standing) -> None:
        """A folder stands so now: read what is shown of it, where it has changed."""
        before, self.standing = self.standing, standing
        self.failures.show_runs(standing.failed, standing.failures)
        other = before is None or before.folder != standing.folder
        if other:
            self.clear()
            self.standing, self._chosen = standing, ()
        if not standing.cases:
            return
        if self.chooser.indicator not in standing.indicators:
            self.chooser.choose(self._kept(standing))
        names = list(standing.cases)
        if [self.cases.itemText(at) for at in range(min(self.cases.count(), 3))] != names[:3] or other:
            with QSignalBlocker(self.cases):
                self.cases.clear()
                self.cases.addItems(names)
        self._chosen = tuple(name for name in self._chosen if name in standing.cases) or (names[0],)
        pairs = any(one is not None for one in standing.cases.values())
        self.modes[DIFFERENCE].setEnabled(pairs)
        if other:
            self.modes[DIFFERENCE if pairs else LEVEL].setChecked(True)
        if other or before is None or before.digest != standing.digest:
            self._ask(anew=True)

    def _ask(self, anew: bool) -> None:
        """Ask for the numbers that are missing, or for all."""
        if self.standing is None or not self.standing.cases:
            return
        indicator, folder = self.chooser.indicator, self.standing.folder
        weigh = Weigh(folder, indicator)
        if anew or weigh != self._weighing:
            self._weighing = weigh
            self.wanted.emit(weigh)
        if self.standing.drawable is not None:
            return
        whole = isinstance(self.chart, WHOLE) or (not anew and self._asked is not None and self._asked.whole)
        read = Read(folder, self._chosen, indicator, whole, tuple(self._scenarios))
        if anew or read != self._asked:
            self._asked = read
            self.wanted.emit(read)
        else:
            self.refresh()

    def show_readings(self, question: Read, found: Readings) -> None:
        """Draw numbers, unless others are wanted by now."""
        if question != self._asked:
            return
        self._answer, self._answered = found, question
        self._scenarios |= {one.case: one.scenario for one in found.numbers if one.scenario is not None}
        self.results = tuple(
            Pinned(one.case, one.bands(), self._scenarios[one.case], one.digest) for one in found.numbers
        )
        for chart in self.tabs.charts:
            chart.set_pinned(self.results[1:])
        first = self.results[0]
        self.tabs.setTabVisible(
            CHARTS.index(RegionMap), bool(cells_by(first.bands, question.indicator, "municipality"))
        )
        self.refresh()

    def show_weights(self, question: Weigh, found: Weights) -> None:
        """Show all cases."""
        if question == self._weighing:
            self.table.show_weights(found)
            self.table.choose(list(self._chosen))
            self._say()

    def clear(self) -> None:
        """Nothing is open."""
        self.standing, self.results, self._asked, self._weighing, self._answered = None, (), None, None, None
        self._scenarios = {}

    def refresh(self) -> None:
        """Draw what is known in the chart that is seen."""
        result = self.results[0] if self.results else None
        single = (REGION,) if result is None else single_cells(result.bands, self.chooser.indicator)
        self._cell = self._cell if self._cell in single else REGION
        self.where.offer(single, self._cell)
        self.moment.show_quarters(() if result is None else result.bands.quarters)
        chart = self.chart
        self.export.setEnabled(chart is not None and result is not None)
        if chart is not None:
            chart.moment = self.moment.value()
            waits = isinstance(chart, WHOLE) and not (self._answered is not None and self._answered.whole)
            chart.show_result(None if waits else result, self.chooser.indicator, self._cell)
        self._say()

    def _turned(self, _place: int) -> None:
        self._ask(anew=False)
        self.refresh()

    def _scrub(self, entry: int) -> None:
        if self.chart is not None:
            self.chart.set_moment(entry)
        self._say()

    def _set_mode(self, mode: str) -> None:
        for chart in self.tabs.charts:
            if isinstance(chart, FanChart | BreakdownChart):
                chart.set_mode(mode)

    def _picked(self, name: str) -> None:
        """Follow what was clicked in a chart, over time."""
        if "=" in name or name == REGION:
            self.choose_cell(name)
        else:
            self.choose(name)
        self.show_chart(FanChart)

    def close_down(self) -> None:
        """End what charts have at work."""
        for chart in self.tabs.charts:
            chart.close_down()

    # -- words ---------------------------------------------------------------------------------------------------
    def _cell_words(self, cell: str) -> Text:
        return cell_text(cell, geography_of(self.results[0].scenario) if self.results else None)

    def _retranslate(self) -> None:
        said = self.desk.language.said
        for widget, text in ((self.cases, _CASE), (self.where, _WHERE)):
            widget.setAccessibleName(said(text))
            widget.setToolTip(said(text))
        self._say()

    def _say(self) -> None:
        said = self.desk.language.said
        if not self.results:
            self.mark.setText("")
            return
        first = self.results[0]
        values = self.table.described(first.name)
        parts = [f"{first.name} ({values})" if values else first.name, said(runs_text(first.bands))]
        if self._answer is not None and self._answer.drawn < self._answer.seeds:
            parts.append(said(_DRAWN).format(self._answer.drawn, self._answer.seeds))
        self.mark.setText(" · ".join((*parts, said(CONDITION))))

    def _colour(self) -> None:
        self.mark.setStyleSheet(f"color: {self.desk.theme.colours.muted}")
