"""The window's process and those it has started, as Linux tells of them; elsewhere nothing is known."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")
_TRACKER = "resource_tracker"
"""Python's own helper, which ends with the window's process."""


def memory(pid: int) -> float:
    """Resident memory in MB, 0 where it is not known."""
    try:
        pages = int((_PROC / str(pid) / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def offspring() -> dict[int, str]:
    """All processes that this one has started, and theirs in turn, that still live: their command lines."""
    if not _PROC.is_dir():
        return {}
    parents = {int(path.name): _parent(path) for path in _PROC.iterdir() if path.name.isdigit()}
    found, new = set[int](), {os.getpid()}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new} - found
        found |= new
    commands = {pid: _command(pid) for pid in found}
    return {pid: command for pid, command in commands.items() if command and _TRACKER not in command}


def _parent(path: Path) -> int:
    try:
        return int((path / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return -1


def _command(pid: int) -> str:
    """Empty for one that has ended."""
    try:
        return (_PROC / str(pid) / "cmdline").read_text().replace("\0", " ").strip()
    except OSError:
        return ""
