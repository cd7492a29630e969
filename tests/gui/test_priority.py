"""What computes gives way to the window."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time

import pytest

from simulator.gui.batch.batch_process import BatchProcess
from simulator.gui.batch.messages import Look
from simulator.gui.live.worker_process import WorkerProcess
from simulator.gui.priority import FOR_THE_SCREEN, IN_THE_BACKGROUND, give_way

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes of priority, not steps")
LOWEST = 19


def niceness(pid=0):
    return os.getpriority(os.PRIO_PROCESS, pid)


def below(steps):
    return min(niceness() + steps, LOWEST)


def of_its_own(outbox):
    """What a process that a worker starts is given."""
    outbox.put(niceness())


def of_one_started(outbox):
    time.sleep(0.2)
    started = multiprocessing.get_context("spawn").Process(target=of_its_own, args=(outbox,))
    started.start()
    started.join()


def test_that_a_worker_of_the_screen_gives_way_to_the_window(qapp):
    worker = WorkerProcess()
    try:
        assert niceness(worker.pid) == below(FOR_THE_SCREEN)
    finally:
        worker.dismiss(at_once=True)


def test_that_a_batch_gives_way_to_the_window_and_to_workers_of_the_screen(qapp, tmp_path):
    batch = BatchProcess()
    batch.ask(Look(tmp_path))
    try:
        assert batch.pid is not None
        assert niceness(batch.pid) == below(IN_THE_BACKGROUND) >= below(FOR_THE_SCREEN)
    finally:
        batch.close_down()


def test_that_what_gives_way_lets_what_it_starts_give_way_too():
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=of_one_started, args=(answers,))
    process.start()
    give_way(process, IN_THE_BACKGROUND)
    assert answers.get(timeout=30) == below(IN_THE_BACKGROUND)
    process.join()
    answers.close()


def test_that_the_window_itself_keeps_its_priority(qapp):
    before = niceness()
    worker = WorkerProcess()
    worker.dismiss(at_once=True)
    assert niceness() == before


def test_that_qt_paints_in_the_windows_own_thread(background):
    assert os.environ["QT_NO_GUI_THREADPOOL"]
