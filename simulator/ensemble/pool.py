"""Many runs side by side, in processes of their own; results come in the order of the tasks, however many work."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def run_many(work: Callable[[Task], Outcome], tasks: Sequence[Task], jobs: int | None = None) -> Iterator[Outcome]:
    """Yield `work(task)` for each task, in their order.

    work  a function of a module: processes import it by name
    jobs  processes at once; None takes every core, 1 stays in this process

    Whatever a task raises is raised here; the tasks that have not begun are then dropped.
    """
    count = min(len(tasks), jobs or os.cpu_count() or 1)
    if count <= 1:
        yield from map(work, tasks)
        return
    for name in THREADS:  # runs share the cores; threads inside a run would only get in each other's way
        os.environ.setdefault(name, "1")
    pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield from pool.map(work, tasks)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
