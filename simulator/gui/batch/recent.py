"""Folders of results that were open lately."""

from __future__ import annotations

from pathlib import Path

from simulator.gui.preferences import MOST_RECENT, Preferences

_NAME = "batch_recent"


def recent_folders(preferences: Preferences) -> list[Path]:
    """Those that are still there, the latest first."""
    return [Path(line) for line in preferences.text(_NAME).splitlines() if Path(line).is_dir()]


def note_folder(preferences: Preferences, folder: Path) -> None:
    """Put a folder first."""
    kept = [folder, *(other for other in recent_folders(preferences) if other != folder)]
    preferences.keep(_NAME, "\n".join(map(str, kept[:MOST_RECENT])))
