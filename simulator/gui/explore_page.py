"""Move a slider, see the region answer."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QSplitter, QVBoxLayout, QWidget

from simulator.gui.charts.chooser import IndicatorChooser
from simulator.gui.charts.explanation import ExplanationDialog
from simulator.gui.charts.fan import FanChart
from simulator.gui.charts.mode_choice import ModeChoice
from simulator.gui.charts.pinned_bar import PinnedBar
from simulator.gui.charts.quarter_slider import QuarterSlider
from simulator.gui.desk import Desk
from simulator.gui.live.handles import parameter_paths
from simulator.gui.live.session import MOST_REPLICATIONS
from simulator.gui.live.slider_panel import SliderPanel
from simulator.gui.live.state import state_text
from simulator.gui.page import Page
from simulator.gui.passing_message import PassingMessage
from simulator.gui.shipped import shipped_baseline
from simulator.quantity import Text

FIRST_INDICATOR = "advanced_digital"
_PANEL = 330
_PAUSE, _RESUME = Text("&Pause", "&Pausa"), Text("&Resume", "&Fortsätt")
_RUNS = Text("&Replications", "&Upprepningar")
_TIME = Text("Quarter shown in words", "Kvartal som visas i ord")
_NOTICE = Text(
    "Line: median; band: 5 to 95 % of the replications. Synthetic firms; holds under the scenario's assumptions, no "
    "forecast.",
    "Linje: median; band: 5 till 95 % av upprepningarna. Syntetiska företag; gäller under scenariots antaganden, ingen "
    "prognos.",
)


class ExplorePage(Page):
    """Sliders beside a chart that follows them."""

    TITLE = Text("Explore", "Utforska")
    HELP = Text("Move a slider and see the region answer", "Flytta ett reglage och se regionen svara")
    AHEAD = (shipped_baseline, parameter_paths)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.live = desk.live
        self.panel = SliderPanel(desk)
        self.chart = FanChart(desk)
        self.explanation = ExplanationDialog(desk, self)
        self.chooser, self.kept = IndicatorChooser(desk, FIRST_INDICATOR), PinnedBar(desk)
        self.runs, self.pause = QSpinBox(), QPushButton()
        self.moment, self.mark, self.notice = QuarterSlider(desk, _TIME), QLabel(), QLabel()
        self.message = PassingMessage(desk)
        self.mode_choice = ModeChoice(desk)
        self.modes = self.mode_choice.buttons
        self._lay_out()
        self._fill()
        self._connect()
        desk.language.follow(self, self._retranslate)
        desk.theme.follow(self, self._colour)
        self._refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        self._runs_label = QLabel()
        top.addWidget(self.chooser, 1)
        top.addWidget(self.mode_choice)
        below = QHBoxLayout()
        below.addWidget(self.mark, 1)
        for part in (self._runs_label, self.runs, self.pause):
            below.addWidget(part)
        right = QWidget()
        column = QVBoxLayout(right)
        column.addLayout(top)
        column.addWidget(self.kept)
        column.addWidget(self.chart, 1)
        column.addWidget(self.moment)
        column.addLayout(below)
        self.notice.setWordWrap(True)
        for label in (self.message, self.notice):
            column.addWidget(label)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.panel)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([_PANEL, 3 * _PANEL])
        split.setChildrenCollapsible(False)
        QVBoxLayout(self).addWidget(split)

    def _fill(self) -> None:
        self._runs_label.setBuddy(self.runs)
        self.runs.setRange(1, MOST_REPLICATIONS)
        self.runs.setValue(self.live.replications)
        self.runs.setKeyboardTracking(False)
        self.pause.setCheckable(True)

    def _connect(self) -> None:
        self.live.progressed.connect(self._refresh)
        self.live.changed.connect(self._tell_state)
        self.live.told.connect(self.message.tell)
        self.live.pinned_changed.connect(self._pinned)
        self.chooser.chosen.connect(self._choose)
        self.runs.valueChanged.connect(self.desk.want_replications)
        self.pause.toggled.connect(self.live.pause)
        self.moment.valueChanged.connect(self._scrub)
        self.chart.explained.connect(lambda _indicator: self.explanation.open_for(self.chart))
        self.chart.chosen.connect(self.moment.setValue)
        self.mode_choice.chosen.connect(self.chart.set_mode)

    # -- looking -------------------------------------------------------------------------------------------------
    @property
    def indicator(self) -> str:
        """The chosen indicator."""
        return self.chooser.indicator

    def choose(self, indicator: str) -> None:
        """Show another indicator."""
        self.chooser.choose(indicator)
        self._choose()

    def make_more(self) -> bool:
        """The sliders."""
        missing = not self.panel.made
        self.panel.make()
        return missing

    def shown(self) -> None:
        """Run from now on."""
        self.live.watch(self, (self.indicator,))
        self._pinned()
        self.panel.make()

    def hidden(self) -> None:
        """Whoever looks now decides what runs."""
        self.live.unwatch(self)

    def _choose(self) -> None:
        self.live.watch(self, (self.indicator,))
        self._refresh()

    def _refresh(self) -> None:
        bands = self.live.bands
        if self.moment.show_quarters(bands.quarters):
            self.chart.set_moment(self.moment.value())
        self.chart.show_bands(bands, self.indicator, scenario_name=self.live.name)
        self._tell_state()

    def _pinned(self) -> None:
        self.kept.refresh()
        self.chart.set_pinned(self.live.pinned)

    def _scrub(self, entry: int) -> None:
        self.chart.set_moment(entry)

    # -- words and colours ---------------------------------------------------------------------------------------
    def _retranslate(self) -> None:
        said = self.desk.language.said
        self._runs_label.setText(said(_RUNS))
        self.notice.setText(said(_NOTICE))
        self.runs.setAccessibleName(said(_RUNS).replace("&", ""))
        self._tell_state()

    def _tell_state(self) -> None:
        """Say honestly how many replications stand behind the picture."""
        live, said = self.live, self.desk.language.said
        with QSignalBlocker(self.runs):
            self.runs.setValue(live.replications)
        with QSignalBlocker(self.pause):
            self.pause.setChecked(live.paused)
        self.pause.setText(said(_RESUME if live.paused else _PAUSE))
        self.mark.setText(said(state_text(live)))
        if not live.bands.quarters:
            self.chart.say()
        self.kept.refresh()

    def _colour(self) -> None:
        self.notice.setStyleSheet(f"color: {self.desk.theme.colours.muted}")
