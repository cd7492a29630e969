"""How far a batch has come, on stderr: a bar at a terminal, lines of JSON for programs, otherwise silence."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from simulator.ensemble.execution.execute import Watch
from simulator.ensemble.execution.progress import Progress
from simulator.quantity import Text
from simulator.wording import duration, written

_WIDTH = 24


@contextmanager
def watching(kind: str | None, language: str, stream: IO[str] | None = None) -> Iterator[Watch]:
    """What tells of the runs: a bar, lines of JSON, or no progress; None is a bar at a terminal and none elsewhere."""
    out = stream or sys.stderr
    if kind == "json":
        yield Watch(
            lambda now: event(out, "progress", **_counts(now)),
            lambda text: event(out, "notice", text=text.said(language)),
        )
    elif kind == "bar" or (kind is None and out.isatty()):
        bar = _Bar(out, language)
        try:
            yield Watch(bar.show, bar.tell)
        finally:
            bar.end()
    else:
        yield Watch(tell=lambda text: print(text.said(language), file=out))


def event(out: IO[str], name: str, **details: Any) -> None:
    """Write one event as a line of JSON."""
    print(json.dumps({"event": name, **details}, ensure_ascii=False), file=out, flush=True)


def _counts(now: Progress) -> dict[str, float | int | None]:
    known = {"rate": now.rate, "seconds_left": now.seconds_left}
    rounded = {name: None if math.isnan(value) else round(value, 3) for name, value in known.items()}
    return {"done": now.done, "total": now.total, "failed": now.failed, **rounded}


class _Bar:
    """One line that is written over."""

    def __init__(self, out: IO[str], language: str) -> None:
        self._out, self._language, self._long = out, language, 0

    def show(self, now: Progress) -> None:
        """Write the line anew."""
        line = line_of(now, self._language)
        print(f"\r{line.ljust(self._long)}", end="", file=self._out, flush=True)
        self._long = len(line)

    def tell(self, text: Text) -> None:
        """Write a message under the line as it stands."""
        self.end()
        print(text.said(self._language), file=self._out, flush=True)

    def end(self) -> None:
        """Leave the line as it stands."""
        if self._long:
            print(file=self._out, flush=True)
        self._long = 0


def line_of(now: Progress, language: str) -> str:
    """The line of a bar.

    >>> line_of(Progress(3, 12, 1, 0.5, 18.0), "en")
    '[######------------------] 3/12 runs, 1 failed, 0.5 per second, 18 s left'
    """
    filled = _WIDTH * now.done // max(now.total, 1)
    parts = [Text(f"{now.done}/{now.total} runs", f"{now.done}/{now.total} körningar")]
    if now.failed:
        parts.append(Text(f"{now.failed} failed", f"{now.failed} misslyckade"))
    if now.rate > 0:
        rate = written(now.rate, 0 if now.rate >= 10 else 1, language)
        parts.append(Text(f"{rate} per second", f"{rate} per sekund"))
        if now.done < now.total:
            left = duration(now.seconds_left, language)
            parts.append(Text(f"{left} left", f"{left} kvar"))
    return f"[{'#' * filled}{'-' * (_WIDTH - filled)}] " + ", ".join(part.said(language) for part in parts)
