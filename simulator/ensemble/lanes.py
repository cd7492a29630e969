"""Processes that work side by side, each in a lane of its own, so that one that dies takes nobody with it.

A lane is a pool of one process that is started by spawn and kept warm. It has one task at a time. When its process
dies, the task raises `WorkerLostError`, the lane gets a new process, and the other lanes do not notice. Nothing else
in the program starts processes.
"""

from __future__ import annotations

import sys
from typing import IO, Any

_words: IO[Any] | None = None


def last_words() -> IO[Any]:
    """Where this process notes what its parent should know if it dies."""
    assert sys.__stderr__ is not None
    return _words or sys.__stderr__
