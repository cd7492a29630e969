"""Options of the whole test suite; every run in the tests checks that people, staff and money are conserved.

Tests of the window need Qt's libraries. Where those are missing they are left out, which is said at the end; with
REQUIRE_DISPLAY_TESTS=1 that is an error.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from simulator import observation

try:
    import PySide6.QtWidgets  # noqa: F401
except ImportError as failure:
    NO_QT: str | None = str(failure)
else:
    NO_QT = None

WINDOW = tuple(Path(__file__).parent / folder for folder in ("tests/gui", "simulator/gui"))
collect_ignore_glob = ["**/conftest.py"]  # they hold no examples to run, and two of one name would clash
settings.register_profile("unhurried", deadline=None)  # time is never asserted
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """Let tests interrupt what they start: shells begin background jobs, and all below them, deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the stored series of tests/golden anew")
    if NO_QT is not None:
        if os.environ.get("REQUIRE_DISPLAY_TESTS") == "1":
            raise pytest.UsageError(f"tests of the window cannot run: {NO_QT}")
        pluginmanager.unregister(name="pytest-qt")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return True if NO_QT is not None and collection_path in WINDOW else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if NO_QT is not None:
        terminalreporter.write_line(f"LEFT OUT: tests of the window; Qt cannot be loaded ({NO_QT})", yellow=True)


@pytest.fixture(autouse=True, scope="session")
def conservation():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(observation, "CHECKING", True)
        yield
