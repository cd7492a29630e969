"""The real window at the full region, and what a hand does in it."""

from __future__ import annotations

import os
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import TypeVar

os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")

from benchmarks.in_window.heart import Heart, rest, wait
from simulator.gui.batch_page import BatchPage
from simulator.gui.desk import Desk
from simulator.gui.document import Document
from simulator.gui.explore_page import ExplorePage
from simulator.gui.inspect_page import InspectPage
from simulator.gui.language import Language
from simulator.gui.live.bands import POLICY
from simulator.gui.live.runner import WORKERS
from simulator.gui.live.slider_row import SliderRow
from simulator.gui.main_window import MainWindow
from simulator.gui.page import Page
from simulator.gui.pages import PAGES
from simulator.gui.preferences import Preferences
from simulator.gui.results_page import ResultsPage
from simulator.gui.theme import Theme

P = TypeVar("P", bound=Page)
ROOT = Path(__file__).resolve().parents[2]
_HAND = 0.3
"""Seconds between what a hand sees and what it does next: what is still to be painted is painted meanwhile."""
_CHOSEN = ("exporters", "employment", "emissions", "advanced_digital")


class Scene:
    """The window, opened as the program does, and the times that are measured in it (milliseconds)."""

    def __init__(self, scenario: str) -> None:
        language = Language("en")
        self.folder = Path(tempfile.mkdtemp())
        self.desk = Desk(language, Theme("light"), Preferences(self.folder), Document(language))
        self.desk.document.open(ROOT / "scenarios" / f"{scenario}.yaml")
        self.desk.document.settle()
        self.window = MainWindow(self.desk)
        self.window.show()
        self.live = self.desk.live
        self.heart = Heart()
        self.curves: list[float] = []
        self.whole: list[float] = []
        self.refreshes: list[float] = []
        self.cancels: list[float] = []
        self._moves = count()

    def show(self, kind: type[P]) -> P:
        self.window.show_page(PAGES.index(kind))
        page = self.window.pages[PAGES.index(kind)]
        assert isinstance(page, kind)
        return page

    @property
    def explore(self) -> ExplorePage:
        page = self.window.pages[PAGES.index(ExplorePage)]
        assert isinstance(page, ExplorePage)
        return page

    def close(self) -> None:
        self.heart.stop()
        self.desk.settle()
        self.desk.document.history.setClean()
        self.window.close()

    # -- pages ---------------------------------------------------------------------------------------------------
    def make_pages(self) -> None:
        """Have all pages made ahead, as after the start."""
        self.heart.begin("pages made ahead")
        self.live.runner.warm()
        self.window.prepare()
        wait(lambda: not self.window.preparing, 30)

    def visit_pages(self, name: str, stay: float) -> None:
        for kind in PAGES:
            self.heart.begin(f"{name}: {kind.__name__}")
            self.show(kind)
            rest(stay)

    def warm(self) -> None:
        """Wait for all runs of the first question, so that the baseline's are kept."""
        wait(lambda: bool(self.live.bands.quarters) and self.live.bands.enough, 300)

    # -- sliders -------------------------------------------------------------------------------------------------
    def push(self) -> SliderRow:
        """Move the next slider by one place, and hold it."""
        rows = list(self.explore.panel.rows.values())
        row = rows[next(self._moves) % len(rows)]
        place = row.slider.value()
        row.slider.setValue(place + 1 if place < row.slider.maximum() else place - 1)
        return row

    def move(self) -> None:
        """Move a slider as a hand does and wait for the curve that answers it, then for the whole one."""
        before, began = self.live.bands, time.perf_counter()
        row = self.push()
        wait(lambda: self.live.bands is not before, 30)
        self.explore.chart.plot.grab()
        self.curves.append(1000 * (time.perf_counter() - began))
        wait(lambda: any(run.complete for run in self.live.bands.runs[POLICY].values()), 30)
        self.whole.append(1000 * (time.perf_counter() - began))
        row.released.emit()

    def refresh(self) -> None:
        """Draw the chart anew as a new run would make it."""
        began = time.perf_counter()
        self.explore._refresh()
        self.explore.chart.plot.grab()
        self.refreshes.append(1000 * (time.perf_counter() - began))

    def cancel(self) -> None:
        """Give up runs in the middle and wait until both workers have left them."""
        self.live.runner.ask(self.live.scenario, None, 30, overrides={"governance.mapping": len(self.cancels) / 100})
        workers = self.live.runner._workers
        wait(lambda: sum(worker.at_work for worker in workers) == WORKERS, 30)
        rest(0.3)
        began = time.perf_counter()
        self.live.runner.stop()
        wait(lambda: all(worker.job is None for worker in workers), 30)
        self.cancels.append(1000 * (time.perf_counter() - began))

    # -- results, firms, batches ---------------------------------------------------------------------------------
    def look_at_results(self, name: str) -> None:
        """Every chart with other indicators, parts of the region and moments, while runs arrive."""
        page = self.show(ResultsPage)
        for place in range(page.tabs.count()):
            self.heart.begin(f"{name}: sliders")
            self.push().released.emit()
            self.heart.begin(f"{name}: {page.tabs.tabText(place)}")
            page.tabs.setCurrentIndex(place)
            rest(0.3)
            for indicator in _CHOSEN:
                page.choose(indicator)
                rest(0.15)
            for moment in range(0, page.moment.maximum(), 6):
                page.moment.setValue(moment)
                rest(0.03)
        page.tabs.setCurrentIndex(0)

    def look_at_firms(self, reruns: int) -> None:
        """Run all firms, again and again, then go through time."""
        self.heart.begin("inspect: first seen with firms")
        page = self.show(InspectPage)
        wait(lambda: not page.busy and page.history is not None, 120)
        rest(_HAND)
        self.heart.begin("inspect: run again")
        for _ in range(reruns):
            page.start()
            wait(lambda: not page.busy, 120)
            rest(_HAND)
        self.heart.begin("inspect: through time")
        for place in range(page.time.slider.maximum()):
            page.time.slider.setValue(place)
            rest(0.03)

    def begin_batch(self, replications: int, jobs: int) -> BatchPage:
        """Start a batch of the scenario in work as a planner does."""
        self.heart.begin("batch: planned and begun")
        page = self.show(BatchPage)
        page.form.wishes.replications.set_number(replications)
        page.form.work.jobs.set_number(jobs)
        page.form.choose_folder(self.folder / "batch")
        wait(page.form.start.isEnabled, 60)
        page.form.start.click()
        wait(lambda: page.progress.now is not None, 60)
        return page

    def work_beside_batch(self, replications: int, jobs: int) -> None:
        """Switch pages, move sliders and change what is shown, all while runs go on."""
        page = self.begin_batch(replications, jobs)
        while page.running:
            self.visit_pages("beside a batch", 0.2)
            self.heart.begin("beside a batch: sliders")
            self.show(ExplorePage)
            for _ in range(3):
                self.push().released.emit()
                rest(0.3)
            self.heart.begin("beside a batch: its folder")
            self.show(BatchPage)
            page.tabs.setCurrentWidget(page.view)
            charts = page.view.charts
            for place in range(charts.tabs.count()):
                charts.tabs.setCurrentIndex(place)
                rest(0.1)
            for indicator in _CHOSEN:
                charts.choose(indicator)
                rest(0.1)
        self.heart.begin("after a batch")
        rest(2)
