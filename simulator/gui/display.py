"""Whether a window can be shown here at all; found out before Qt ends the program by itself. Imports no Qt."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from simulator.quantity import SpokenError, Text

HEADLESS = Text(
    "Without a window: python main.py run scenarios/baseline.yaml (all verbs: python main.py --help)",
    "Utan fönster: python main.py run scenarios/baseline.yaml (alla kommandon: python main.py --help)",
)
_PLATFORM = "QT_QPA_PLATFORM"
_LIBRARIES = (
    "libGL.so.1", "libEGL.so.1", "libfontconfig.so.1", "libdbus-1.so.3", "libxkbcommon.so.0", "libxkbcommon-x11.so.0",
    "libxcb.so.1", "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1",
    "libxcb-randr.so.0", "libxcb-render-util.so.0", "libxcb-shape.so.0", "libxcb-xkb.so.1",
)  # fmt: skip
"""What Qt's plugin for X11 and the plotting need of a Linux system."""


class NoDisplayError(SpokenError):
    """No window can be shown, and why."""


def check_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> None:
    """Raise NoDisplayError where Qt or what it needs is missing, or where there is no screen."""
    if find_spec("PySide6") is None:
        raise _refused(
            "PySide6 is not installed (python -m pip install .)",
            "PySide6 är inte installerat (python -m pip install .)",
        )
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as failure:
        missing = ", ".join(_missing() if platform == "linux" else ()) or str(failure)
        raise _refused(f"Qt cannot be loaded: {missing}", f"Qt kan inte laddas: {missing}") from failure
    if platform == "linux":
        _check_linux(environment)


def _check_linux(environment: Mapping[str, str]) -> None:
    chosen = environment.get(_PLATFORM, "").partition(":")[0].partition(";")[0]
    if chosen not in ("", "xcb") or (not chosen and _wayland(environment)):
        return
    if not environment.get("DISPLAY"):
        raise _refused(
            "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY names one)",
            "det finns ingen skärm här (varken DISPLAY eller WAYLAND_DISPLAY anger någon)",
        )
    if (failure := _plugin_failure()) is not None:
        names = ", ".join(_missing()) or failure
        raise _refused(f"these display libraries are missing: {names}", f"dessa skärmbibliotek saknas: {names}")
    if not _answers(environment["DISPLAY"]):
        screen = environment["DISPLAY"]
        raise _refused(f"no screen answers at DISPLAY={screen}", f"ingen skärm svarar på DISPLAY={screen}")


def _refused(english: str, swedish: str) -> NoDisplayError:
    return NoDisplayError(
        Text(
            f"The window cannot be opened: {english}.\n{HEADLESS.en}",
            f"Fönstret kan inte öppnas: {swedish}.\n{HEADLESS.sv}",
        )
    )


def _missing() -> Iterator[str]:
    """Libraries of the system that cannot be loaded."""
    return (name for name in _LIBRARIES if not _loads(name))


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _plugin_failure() -> str | None:
    """Why Qt's own plugin for X11 cannot be loaded; None if it can, or lies where Qt alone finds it."""
    found = find_spec("PySide6")
    folders = [] if found is None else list(found.submodule_search_locations or ())
    plugins = [path for each in folders if (path := Path(each, "Qt", "plugins", "platforms", "libqxcb.so")).is_file()]
    try:
        for path in plugins:
            ctypes.CDLL(str(path))
    except OSError as failure:
        return str(failure)
    return None


def _wayland(environment: Mapping[str, str]) -> bool:
    """Whether a Wayland screen is there."""
    name = environment.get("WAYLAND_DISPLAY", "")
    return bool(name) and Path(environment.get("XDG_RUNTIME_DIR", "/"), name).exists()


def _answers(screen: str) -> bool:
    """Whether an X11 screen lets us in."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(screen.encode(), None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers
