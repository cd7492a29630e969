"""Sliders that never rest, in the real window at the full region; memory, a killed worker, what is left at the end."""

from __future__ import annotations

import os
import signal
import time
from statistics import median

from benchmarks.in_window.heart import rest, wait
from benchmarks.in_window.processes import memory, offspring
from benchmarks.in_window.scene import Scene
from simulator.gui.explore_page import ExplorePage
from simulator.gui.live.runner import SPARE, WORKERS

_PAUSE = 0.12
"""Seconds between two places of a slider."""
_LET_GO = 7
"""Every so many places the hand lets go, and the document is read anew."""
_PATIENCE = 60.0


def soak(scene: Scene, seconds: int) -> None:
    """Move sliders for so long, tell what came of it, close the window."""
    told: list[str] = []
    scene.live.told.connect(lambda text: told.append(text.en))
    scene.heart.start()
    scene.make_pages()
    scene.show(ExplorePage)
    scene.warm()
    scene.heart.begin("sliders that never rest")
    window, workers, moves = _move_on(scene, seconds, kill=True)
    scene.heart.begin("calm")
    answered = wait(lambda: scene.live.bands.enough and not scene.live.running, _PATIENCE)
    print(f"{moves} places of sliders in {seconds} s; the last question was answered in full: {answered}")
    print(f"one worker was killed; replaced: {len(scene.live.runner.pids) == WORKERS + SPARE}; told: {told}")
    for name, sizes in (("window", window), ("workers", workers)):
        start, end = _start_and_end(sizes)
        print(f"memory of the {name}: {start:.0f} MB at first, {end:.0f} MB at last, ratio {end / max(start, 1):.3f}")
    scene.close()
    wait(lambda: not offspring(), 5)
    print(f"processes left after closing: {list(offspring().values())}")


def _move_on(scene: Scene, seconds: int, kill: bool) -> tuple[list[float], list[float], int]:
    """Memory of the window and of its workers once a second (MB), and how many places sliders were moved by."""
    window: list[float] = []
    workers: list[float] = []
    began = sampled = time.monotonic()
    moves = 0
    while (now := time.monotonic()) - began < seconds:
        row = scene.push()
        moves += 1
        if moves % _LET_GO == 0:
            row.released.emit()
        if kill and now - began > seconds / 2:
            os.kill(scene.live.runner.pids[0], signal.SIGTERM)
            kill = False
        if now - sampled >= 1:
            sampled = now
            window.append(memory(os.getpid()))
            workers.append(sum(map(memory, scene.live.runner.pids)))
        rest(_PAUSE)
    return window, workers, moves


def _start_and_end(sizes: list[float]) -> tuple[float, float]:
    """Medians of the second and of the last sixth: at first everything grows to its usual size."""
    part = max(1, len(sizes) // 6)
    return median(sizes[part : 2 * part] or [0.0]), median(sizes[-part:] or [0.0])
