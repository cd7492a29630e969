"""Measure the window itself: from a slider's move to the new curve, a chart's refresh, stalls of the event loop.

    QT_QPA_PLATFORM=offscreen python benchmarks/window.py [--scenario NAME] [--moves N]

Everything is measured inside the real window at the full region, with two runs going on beside it. Prints medians and
the worst of each; nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from simulator.gui.background import QuietBackground
from simulator.gui.desk import Desk
from simulator.gui.document import Document
from simulator.gui.explore_page import ExplorePage
from simulator.gui.language import Language
from simulator.gui.live.bands import POLICY
from simulator.gui.live.runner import WORKERS
from simulator.gui.main_window import MainWindow
from simulator.gui.pages import PAGES
from simulator.gui.preferences import Preferences
from simulator.gui.theme import Theme

ROOT = Path(__file__).resolve().parents[1]
BEAT = 5
GOALS = {"slider to first new curve": 250, "chart refresh": 20, "a run is left": 200, "stall of the event loop": 50}


class Heart(QObject):
    """Beats in the event loop; what lies between two beats, less the beat itself, is a stall.

    stalls  milliseconds
    work    processor time of the window's thread in them, which other programs do not lengthen
    """

    def __init__(self) -> None:
        super().__init__()
        self.stalls: list[float] = []
        self.work: list[float] = []
        self._worked = time.thread_time()
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self.stalls.clear()
        self.work.clear()
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.stalls.append(1000 * (now - self._last) - BEAT)
        self.work.append(1000 * (worked - self._worked))
        self._last, self._worked = now, worked


def wait(until: Callable[[], bool], seconds: float) -> bool:
    """Let the window live until something holds; whether it came to hold."""
    loop, end = QEventLoop(), time.perf_counter() + seconds
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if until() or time.perf_counter() > end else None)
    timer.start(1)
    if not until():
        loop.exec()
    return until()


def rest(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


class Bench:
    """The window with the explore page in front."""

    def __init__(self, scenario: str) -> None:
        language = Language("en")
        preferences = Preferences(Path(tempfile.mkdtemp()))
        self.desk = Desk(language, Theme("light"), preferences, Document(language))
        self.desk.document.open(ROOT / "scenarios" / f"{scenario}.yaml")
        self.desk.document.settle()
        self.window = MainWindow(self.desk)
        self.window.show()
        self.window.show_page(PAGES.index(ExplorePage))
        page = self.window.pages[PAGES.index(ExplorePage)]
        assert isinstance(page, ExplorePage)
        self.page, self.live = page, self.desk.live
        self.curves: list[float] = []
        self.whole: list[float] = []
        self.refreshes: list[float] = []
        self.cancels: list[float] = []
        self.heart = Heart()

    def warm(self) -> None:
        """Wait for all runs of the first question, so that the baseline's are kept."""
        wait(lambda: bool(self.live.bands.quarters) and self.live.bands.enough, 300)

    def move(self, at: int) -> None:
        """Move a slider as a hand does and wait for the curve that answers it, then for the whole one."""
        rows = list(self.page.panel.rows.values())
        row = rows[at % len(rows)]
        before, place = self.live.bands, row.slider.value()
        began = time.perf_counter()
        row.slider.setValue(place + 1 if place < row.slider.maximum() else place - 1)
        wait(lambda: self.live.bands is not before, 30)
        self.page.chart.plot.grab()
        self.curves.append(1000 * (time.perf_counter() - began))
        wait(lambda: any(run.complete for run in self.live.bands.runs[POLICY].values()), 30)
        self.whole.append(1000 * (time.perf_counter() - began))
        row.released.emit()

    def refresh(self) -> None:
        """Draw the chart anew as a new run would make it."""
        began = time.perf_counter()
        self.page._refresh()
        self.page.chart.plot.grab()
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

    def close(self) -> None:
        self.desk.settle()
        self.desk.document.history.setClean()
        self.window.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", default="strategy", help="shipped scenario (default: the one with 30 measures)")
    parser.add_argument("--moves", type=int, default=20)
    arguments = parser.parse_args()
    application = QApplication([])
    background = QuietBackground()
    bench = Bench(arguments.scenario)
    bench.warm()
    bench.heart.start()
    for at in range(arguments.moves):
        bench.move(at)
        rest(0.5)
    stalls, work = list(bench.heart.stalls), list(bench.heart.work)
    bench.warm()
    for _ in range(50):
        bench.refresh()
    for _ in range(10):
        bench.cancel()
    rows = {
        "slider to first new curve": bench.curves, "slider to whole first curve": bench.whole,
        "chart refresh": bench.refreshes, "a run is left": bench.cancels, "stall of the event loop": stalls,
        "  of it the window's own work": work,
    }  # fmt: skip
    print(f"{'':30}{'median ms':>10}{'worst ms':>10}{'wanted':>10}")
    for name, numbers in rows.items():
        goal = GOALS.get(name)
        print(f"{name:30}{median(numbers):10.1f}{max(numbers):10.1f}{f'<= {goal}' if goal else '':>10}")
    bench.close()
    background.close()
    application.quit()


if __name__ == "__main__":
    main()
