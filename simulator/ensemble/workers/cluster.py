"""The workers of a Dask cluster, as an executor. Dask is an extra: nothing else needs it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from simulator.ensemble.workers.work import program
from simulator.quantity import SpokenError, Text


class ClusterError(SpokenError):
    """The cluster cannot be used."""


@contextmanager
def cluster(address: str, seconds: float = 30.0) -> Iterator[tuple[Executor, int]]:
    """Connect to the scheduler at an address and give an executor, and how many runs it can do at once.

    seconds  to wait for the scheduler

    Raises ClusterError without the extra, without a scheduler, without workers, or when one has another program.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            Text("a cluster needs Dask: pip install 'transition-simulator[cluster]'",
                 "ett kluster kräver Dask: pip install 'transition-simulator[cluster]'")
        ) from None  # fmt: skip
    try:
        client = Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError) as failure:
        why = str(failure) or type(failure).__name__
        raise ClusterError(
            Text(f"no scheduler answers at {address}: {why}", f"ingen schemaläggare svarar på {address}: {why}")
        ) from failure
    with client:
        workers = client.run(program, on_error="return")
        _check(address, workers)
        # not pure: a run that is tried again is a task of its own
        yield client.get_executor(pure=False), len(workers)


def _check(address: str, workers: dict[str, object]) -> None:
    if not workers:
        raise ClusterError(Text(f"the cluster at {address} has no workers", f"klustret på {address} har inga arbetare"))
    for worker, found in workers.items():
        if found != program():
            raise ClusterError(
                Text(f"{worker} does not have this version of the program: {found}",
                     f"{worker} har inte denna version av programmet: {found}")
            )  # fmt: skip
