"""Runs whose folder nobody asked for: a result that lives as long as somebody holds it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import ParamSpec, TypeVar

from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.execution.execute import NOBODY, Watch, execute
from simulator.ensemble.plan import Plan
from simulator.ensemble.results.result import Result

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class InThisProcess(Executor):
    """Does what it is given at once, here: no processes, and so no run that hangs can be ended."""

    def submit(self, work: Callable[Given, Answer], /, *given: Given.args, **named: Given.kwargs) -> Future[Answer]:
        """Do it now."""
        future: Future[Answer] = Future()
        try:
            future.set_result(work(*given, **named))
        except Exception as error:  # it belongs to whoever asks for the result
            future.set_exception(error)
        return future


def executor_for(jobs: int | None, executor: Executor | None) -> Executor | None:
    """The executor that does the runs: the given one, this process for one job, or None for processes of our own."""
    return InThisProcess() if executor is None and jobs == 1 else executor


def run_plan(plan: Plan, jobs: int | None = None, executor: Executor | None = None, watch: Watch = NOBODY) -> Result:
    """Run a plan to its end and return its result; what is on disk goes when nothing holds the result any more.

    Raises SpokenError as `execute`, and KeyboardInterrupt when somebody has interrupted it.
    """
    folder = Path(tempfile.mkdtemp(prefix="transition-"))
    try:
        result = _run(plan, folder / "runs", jobs, executor, watch)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(result.source, shutil.rmtree, folder, ignore_errors=True)
    return result


def _run(plan: Plan, folder: Path, jobs: int | None, executor: Executor | None, watch: Watch) -> Result:
    batch = BatchFolder.create(folder, plan)
    if execute(batch, jobs=jobs, executor=executor_for(jobs, executor), watch=watch).code:
        raise KeyboardInterrupt
    return Result.load(folder)
