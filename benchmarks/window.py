"""Measure the window itself: from a slider's move to the new curve, a chart's refresh, stalls of the event loop.

    QT_QPA_PLATFORM=offscreen python benchmarks/window.py [--scenario NAME] [--moves N] [--soak SECONDS]

Everything is measured inside the real window at the full region, with two runs going on beside it, and a batch for a
part of it. Prints medians and the worst of each; nothing is asserted. With --soak the sliders move without a pause
instead, a worker is killed in the middle, and memory and processes are looked at.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

if TYPE_CHECKING:  # workers read this file, too, and have no window
    from benchmarks.in_window.heart import Heart
    from benchmarks.in_window.scene import Scene

GOALS = {"slider to first new curve": 250, "chart refresh": 20, "a run is left": 200}
STALL = 50
_REFRESHES, _CANCELS = 50, 10


def play(scene: Scene, moves: int, replications: int, jobs: int) -> None:
    """All acts in turn."""
    from benchmarks.in_window.heart import rest
    from simulator.gui.explore_page import ExplorePage

    scene.heart.start()
    scene.make_pages()
    scene.visit_pages("first visit", 0.5)
    scene.show(ExplorePage)
    scene.warm()
    scene.heart.begin("sliders")
    for _ in range(moves):
        scene.move()
        rest(0.5)
    scene.look_at_results("results")
    scene.look_at_firms(3)
    scene.work_beside_batch(replications, jobs)
    scene.heart.stop()
    scene.show(ExplorePage)
    scene.warm()
    for _ in range(_REFRESHES):
        scene.refresh()
    for _ in range(_CANCELS):
        scene.cancel()


def tell_times(scene: Scene) -> None:
    rows = {
        "slider to first new curve": scene.curves, "slider to whole first curve": scene.whole,
        "chart refresh": scene.refreshes, "a run is left": scene.cancels,
    }  # fmt: skip
    print(f"{'':30}{'median ms':>10}{'worst ms':>10}{'wanted':>10}")
    for name, numbers in rows.items():
        goal = GOALS.get(name)
        print(f"{name:30}{median(numbers):10.1f}{max(numbers):10.1f}{f'<= {goal}' if goal else '':>10}")


def tell_stalls(heart: Heart) -> None:
    """The worst of each act: how long, and how much of it was work of the window's own."""
    heads = ("worst ms", "own work", "threads", "most own", f"> {STALL}")
    print(f"\n{'stall of the event loop':38}" + "".join(f"{head:>10}" for head in heads))
    for act in heart.acts:
        beats = heart.of(act)
        worst = max(beats, key=lambda beat: beat.gap)
        most, above = max(beat.work for beat in beats), sum(beat.work > STALL for beat in beats)
        print(f"{act:38}{worst.gap:10.0f}{worst.work:10.0f}{worst.threads:10.0f}{most:10.0f}{above:10}")
    fast, usual, slow = min(heart.yardstick), median(heart.yardstick), max(heart.yardstick)
    print(f"the same piece of work took {fast:.1f} ms at best, {usual:.1f} in the middle, {slow:.1f} at worst")
    print("own work, threads: processor time in the worst stall, of the window's own thread and of its others;")
    print(f"most own: the most work in any stall; > {STALL}: how many of them took more work than that")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", default="strategy", help="shipped scenario (default: the one with 30 measures)")
    parser.add_argument("--moves", type=int, default=20)
    parser.add_argument("--replications", type=int, default=6, help="of the batch that runs for a part of it")
    parser.add_argument("--jobs", type=int, default=2, help="its runs at once")
    parser.add_argument("--soak", type=int, default=0, metavar="SECONDS", help="move sliders for so long instead")
    arguments = parser.parse_args()

    from PySide6.QtWidgets import QApplication

    from benchmarks.in_window.scene import Scene
    from simulator.gui.background import QuietBackground

    application = QApplication([])
    background = QuietBackground()
    scene = Scene(arguments.scenario)
    scene.window.prepared.connect(background.settle)
    if arguments.soak:
        from benchmarks.in_window.soak import soak

        soak(scene, arguments.soak)
    else:
        play(scene, arguments.moves, arguments.replications, arguments.jobs)
        tell_times(scene)
        tell_stalls(scene.heart)
        scene.close()
    background.close()
    application.quit()


if __name__ == "__main__":
    main()
