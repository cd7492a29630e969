"""Who waits when there are fewer cores than work: whatever computes gives way to the window, which must answer."""

from __future__ import annotations

import os
import sys
from multiprocessing.context import SpawnProcess

FOR_THE_SCREEN, IN_THE_BACKGROUND = 5, 10
"""Steps of niceness below the window: for what somebody waits for, and for what takes its time."""
_LOWEST = 19


def give_way(process: SpawnProcess, steps: int) -> None:
    """Let a process that has just been started have what the window leaves, and all that it starts in turn, too.

    Where a core is free this changes nothing. Windows knows classes instead of steps: the process is put below the
    normal one.
    """
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        ctypes.windll.kernel32.SetPriorityClass(process.sentinel, below_normal)
    elif process.pid is not None:
        niceness = min(os.getpriority(os.PRIO_PROCESS, 0) + steps, _LOWEST)
        os.setpriority(os.PRIO_PROCESS, process.pid, niceness)
