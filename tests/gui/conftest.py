"""Real windows without a screen; settings and recovery lie in a folder of the test."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from simulator.gui.background import QuietBackground
from simulator.gui.desk import Desk
from simulator.gui.document import Document
from simulator.gui.language import Language
from simulator.gui.preferences import Preferences
from simulator.gui.theme import Theme


@pytest.fixture(autouse=True, scope="session")
def background(qapp):
    """Garbage of all tests is collected where widgets may be destroyed."""
    made = QuietBackground()
    yield
    made.close()


@pytest.fixture
def desk(qapp, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    language = Language("en")
    (tmp_path / "settings").mkdir()
    made = Desk(language, Theme("light"), Preferences(tmp_path / "settings"), Document(language))
    yield made
    made.close()
