"""Real windows without a screen; settings and recovery lie in a folder of the test."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from simulator.gui.background import QuietBackground
from simulator.gui.desk import Desk
from simulator.gui.document import Document
from simulator.gui.language import Language
from simulator.gui.live.bands import Bands
from simulator.gui.live.runner import LiveRunner
from simulator.gui.live.session import LiveSession
from simulator.gui.preferences import Preferences
from simulator.gui.theme import Theme
from simulator.quantity import Text


class LastingRunner(LiveRunner):
    """Workers that outlive the window of one test: to start them takes longer than most tests."""

    def close_down(self):
        self.pause(False)
        self.stop()
        self._question = None
        self.bands, self.digest = Bands((), 0), ""

    def end(self):
        super().close_down()


@pytest.fixture(autouse=True, scope="session")
def background(qapp):
    """Rubbish of all tests is collected where widgets may be destroyed."""
    made = QuietBackground()
    yield
    made.close()


@pytest.fixture(scope="session")
def lasting_runner(qapp):
    made = LastingRunner()
    yield made
    made.end()


@pytest.fixture
def fresh_desk(qapp, tmp_path, monkeypatch):
    """A desk as the program has it, with workers of its own when it is asked for runs."""
    monkeypatch.chdir(tmp_path)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # windows of earlier tests, else dressed anew
    language = Language("en")
    (tmp_path / "settings").mkdir()
    made = Desk(language, Theme("light"), Preferences(tmp_path / "settings"), Document(language))
    yield made
    made.close()


@pytest.fixture
def desk(fresh_desk, lasting_runner):
    """A desk whose workers are those of all tests."""
    fresh_desk.__dict__["live"] = LiveSession(fresh_desk.document, lasting_runner)
    return fresh_desk


@pytest.fixture
def spoken(desk, monkeypatch):
    """All texts that have been said since the window or page was made."""
    texts = set()

    def said(text):
        texts.add(Text(*text))
        return text.said(desk.language.code)

    monkeypatch.setattr(desk.language, "said", said)
    return texts
