"""What a batch will take, said before it is begun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.quantity import Text
from simulator.wording import duration, written

if TYPE_CHECKING:
    from simulator.ensemble.estimate import Estimate
    from simulator.ensemble.plan import Plan


def expectation(plan: Plan, folder: Path, done: int, jobs: int, parts: int) -> Text:
    """Say what the runs that are not done will take; StoreError if the disk has no room for them.

    jobs   runs at once
    parts  sessions that share the runs
    """
    from simulator.ensemble.estimate import check_space, estimated

    expected = estimated(plan, folder, done)
    check_space(expected, folder)
    size, free = (_bytes(expected.size), _bytes(expected.free))
    told = Text(f"{size.en} on disk, {free.en} free", f"{size.sv} på disk, {free.sv} ledigt")
    if expected.seconds is None:
        return Text(f"At most {told.en}.", f"Som mest {told.sv}.")
    time = Text(*(_time(expected, jobs * parts, language) for language in ("en", "sv")))
    return Text(f"At most about {time.en} with {jobs} runs at once, {told.en}.",
                f"Som mest omkring {time.sv} med {jobs} körningar åt gången, {told.sv}.")  # fmt: skip


def _time(expected: Estimate, jobs: int, language: str) -> str:
    return duration((expected.seconds or 0) / max(1, min(jobs, expected.runs)), language)


def _bytes(count: float) -> Text:
    """A number of bytes in the unit that fits.

    >>> _bytes(2_400_000).sv, _bytes(81_680_502_784).en
    ('2,4 MB', '82 GB')
    """
    size, unit = next(
        ((count / size, unit) for size, unit in ((1e9, "GB"), (1e6, "MB")) if count >= size), (count / 1e3, "kB")
    )
    places = 1 if size < 10 else 0
    return Text(*(f"{written(size, places, language)} {unit}" for language in ("en", "sv")))
