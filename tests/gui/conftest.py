"""Real windows without a screen; settings and recovery lie in a folder of the test."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from simulator.gui.desk import Desk
from simulator.gui.document import Document
from simulator.gui.language import Language
from simulator.gui.preferences import Preferences
from simulator.gui.theme import Theme


@pytest.fixture
def desk(qapp, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # windows of earlier tests, else dressed anew
    language = Language("en")
    (tmp_path / "settings").mkdir()
    made = Desk(language, Theme("light"), Preferences(tmp_path / "settings"), Document(language))
    yield made
    made.document.close()
