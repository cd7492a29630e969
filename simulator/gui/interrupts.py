"""Ctrl-C in the terminal: Qt waits in its own code, where Python cannot notice a signal, so a socket wakes it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_SOME = 64


class Interrupts(QObject):
    """Calls `act` on Ctrl-C, from now until it is closed."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)  # back in Python, which now calls the handler
        self._handler = signal.signal(signal.SIGINT, lambda *_: act())
        self._descriptor = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)

    def _drain(self) -> None:
        self._here.recv(_SOME)

    def close(self) -> None:
        """Leave Ctrl-C to whom it belonged before."""
        signal.set_wakeup_fd(self._descriptor)
        signal.signal(signal.SIGINT, self._handler)
        self._notifier.setEnabled(False)
        self._here.close()
        self._there.close()
