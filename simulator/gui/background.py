"""Threads in the background do not disturb the window's own.

Python collects cycles in whichever thread happens to allocate. A background thread that reads a text or a worker's
answer would then destroy widgets and timers, which Qt allows their own thread only: the program would end. And Python
lets a busy thread work for 5 ms before another gets a turn, several times in each repaint.

Qt, in turn, hands the filling of larger areas out to threads of its own and waits for them, some hundred times in each
repaint of a page. That gains next to nothing where cores are free, and where they are not the window waits its turn
with every piece.
"""

from __future__ import annotations

import gc
import os
import sys

from PySide6.QtCore import QObject, QTimer

INTERVAL = 500
OLDEST = 600
"""Of so many times that rubbish is looked at, the oldest is looked at once."""
TURN = 0.00005
"""Seconds that a busy thread works before another gets a turn: the window's own asks for one at each call of Qt."""
_NO_PAINTING_THREADS = "QT_NO_GUI_THREADPOOL"


class QuietBackground(QObject):
    """Collects rubbish when it is time and lets threads take short turns, until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        os.environ[_NO_PAINTING_THREADS] = "1"  # Qt looks at it when it first fills an area
        self._rounds = 0
        self._usual_turn = sys.getswitchinterval()
        sys.setswitchinterval(TURN)
        gc.collect()
        gc.freeze()  # what has been imported stays, and need not be looked at again
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Look at what is young; now and then at all."""
        self._rounds += 1
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] > limits[0]:
            gc.collect(2 if self._rounds % OLDEST == 0 else 1 if self._rounds % 4 == 0 else 0)

    def settle(self) -> None:
        """What there is now stays for long and need not be looked at again: to look at all pages takes some 130 ms."""
        gc.freeze()

    def close(self) -> None:
        """Let Python do it again as it is used to."""
        self._timer.stop()
        gc.unfreeze()
        gc.collect()  # else what is left is collected inside Qt, which may hold a lock that it wants again
        gc.enable()
        sys.setswitchinterval(self._usual_turn)
