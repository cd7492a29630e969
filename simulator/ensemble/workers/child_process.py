"""How a process that was started to work behaves: it leaves Ctrl-C to its parent and ends when its parent is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def share_cores() -> None:
    """Let processes that are started from now on use one core each: threads inside a run would be in others' way."""
    for name in _THREADS:
        os.environ.setdefault(name, "1")


@contextmanager
def no_interrupts() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: a terminal sends it to all, and only the parent decides."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_with_parent(before: Callable[[], object] | None = None) -> None:
    """Make this process end when its parent has ended, however that happened; `before` is done first.

    A parent that is killed cannot end its processes: each watches for itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, args=(before,), daemon=True).start()


def _wait_for_parent(before: Callable[[], object] | None) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    if before is not None:
        before()
    os._exit(1)
