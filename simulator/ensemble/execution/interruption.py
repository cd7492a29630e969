"""What somebody who interrupts long work wants: finish what is begun, or drop it at once."""

from __future__ import annotations

import signal
import threading
from enum import IntEnum
from types import FrameType, TracebackType
from typing import Any, Self


class Wish(IntEnum):
    """What is to become of the work."""

    GO_ON = 0
    FINISH = 1
    DROP = 2


class Interruption:
    """Notes Ctrl-C and the request to end while it is open; both are then left to who looks at `wish`.

    The first Ctrl-C asks to finish what is begun, the second to drop it; a request to end (SIGTERM) drops at once.
    Outside the main thread, where signals cannot be caught, only `ask` is ever noted.

    code  exit code that tells the caller what happened: 130 after Ctrl-C, 143 after SIGTERM
    """

    def __init__(self) -> None:
        self.wish = Wish.GO_ON
        self.code = 0
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number, react in ((signal.SIGINT, self._interrupt), (signal.SIGTERM, self._end)):
                self._before[number] = signal.signal(number, react)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def ask(self, wish: Wish) -> None:
        """Want what a signal may want, too; any thread may."""
        self.wish = max(self.wish, wish)
        self.code = self.code or 128 + signal.SIGINT

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self.wish = Wish(min(self.wish + 1, Wish.DROP))
        self.code = self.code or 128 + signal.SIGINT

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.wish = Wish.DROP
        self.code = 128 + signal.SIGTERM
