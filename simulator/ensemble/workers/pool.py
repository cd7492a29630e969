"""Many runs side by side, in processes of their own; results come in the order of the tasks, however many work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from simulator.ensemble.workers.lanes import Lanes, cores

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


def run_many(work: Callable[[Task], Outcome], tasks: Sequence[Task], jobs: int | None = None) -> Iterator[Outcome]:
    """Yield `work(task)` for each task, in their order.

    work  a function of a module: processes import it by name
    jobs  processes at once; None one per core, 1 stays in this process

    Whatever a task raises is raised here; the other tasks are then dropped.
    """
    count = min(len(tasks), jobs or cores())
    if count <= 1:
        yield from map(work, tasks)
        return
    lanes = Lanes(count)
    try:
        yield from lanes.map(work, tasks)
    except BaseException:
        lanes.kill()
        raise
    lanes.shutdown()
