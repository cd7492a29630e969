"""Open the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from simulator.gui.background import QuietBackground
from simulator.gui.desk import Desk
from simulator.gui.document import Document
from simulator.gui.language import Language
from simulator.gui.main_window import MainWindow
from simulator.gui.preferences import Preferences
from simulator.gui.theme import Theme


def open_window(file: Path | None, language: str | None) -> int:
    """Show the window until it is closed; returns the exit code."""
    application = QApplication(sys.argv[:1])
    preferences = Preferences()
    spoken = Language(language or preferences.text("language") or None)
    desk = Desk(spoken, Theme(preferences.text("theme", "system")), preferences, Document(spoken))
    window = MainWindow(desk)
    window.show()
    if file is not None:
        window.open(file)
    background = QuietBackground()
    QTimer.singleShot(0, desk.live.runner.warm)
    code = application.exec()
    background.close()
    return code
