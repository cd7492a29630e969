"""Who works on a batch folder: locks of the system, which end with their process, however it ends."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from simulator.ensemble.storage.disk import StoreError, cannot_write
from simulator.quantity import Text

Slice = tuple[int, int]
"""Slice i of n, counted from 1; (1, 1) is everything."""
_LOOK_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)
_DOOR_SECONDS = 600
"""Longer than it takes when all parts of a job array end together and each writes the tables."""


class Locks:
    """The locks of a folder: one for each slice, and a door through which sessions come one by one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "locks"

    @contextmanager
    def door(self) -> Iterator[None]:
        """Let nobody else begin, or write what all share, for a moment."""
        with self._taken("door.lock", _DOOR_SECONDS, Text("another session is beginning", "en annan session börjar")):
            yield

    @contextmanager
    def session(self, slice_: Slice) -> Iterator[None]:
        """Hold a slice; StoreError if somebody works on it, or on slices of another count. Call it behind the door."""
        part, of = slice_
        others = [other for other in self.held() if other == slice_ or other[1] != of]
        if others:
            raise _busy(self._folder.parent, others[0])
        with self._taken(f"slice-{part}-of-{of}.lock", 0, _words(slice_)):
            yield

    def held(self) -> tuple[Slice, ...]:
        """Slices that somebody works on; who may only look at the folder sees none."""
        found = []
        for path in sorted(self._folder.glob("slice-*-of-*.lock")):
            part, _, of = path.stem.removeprefix("slice-").partition("-of-")
            lock = FileLock(path)
            try:
                lock.acquire(timeout=0)
                lock.release()
            except Timeout:
                found.append((int(part), int(of)))
            except OSError as failure:
                if failure.errno not in _LOOK_ONLY:
                    raise cannot_write(path, failure) from failure
        return tuple(found)

    @contextmanager
    def _taken(self, name: str, seconds: float, who: Text) -> Iterator[None]:
        try:
            self._folder.mkdir(exist_ok=True)
            lock = FileLock(self._folder / name)
            lock.acquire(timeout=seconds)
        except Timeout:
            raise _at_work(self._folder.parent, who) from None
        except OSError as failure:
            raise cannot_write(self._folder, failure) from failure
        try:
            yield
        finally:
            lock.release()


def _words(slice_: Slice) -> Text:
    part, of = slice_
    if of == 1:
        return Text("another session works here", "en annan session arbetar här")
    return Text(f"another session works on slice {part}/{of}", f"en annan session arbetar på del {part}/{of}")


def _busy(folder: Path, slice_: Slice) -> StoreError:
    return _at_work(folder, _words(slice_))


def _at_work(folder: Path, who: Text) -> StoreError:
    return StoreError(
        Text(f"{folder}: {who.en}; wait until it has ended", f"{folder}: {who.sv}; vänta tills den är klar")
    )
