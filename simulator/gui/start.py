"""Open the window."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from simulator.gui.background import QuietBackground
from simulator.gui.desk import Desk
from simulator.gui.document import Document
from simulator.gui.interrupts import Interrupts
from simulator.gui.language import Language
from simulator.gui.main_window import MainWindow
from simulator.gui.preferences import Preferences
from simulator.gui.theme import Theme
from simulator.gui.unexpected_errors import UnexpectedErrors


def open_window(file: Path | None, language: str | None) -> int:
    """Show the window until it is closed; returns the exit code."""
    application = QApplication(sys.argv[:1])
    background = QuietBackground()
    code = _shown(application, background, file, language)  # whatever it made is gone before the application
    background.close()
    return code


def _shown(application: QApplication, background: QuietBackground, file: Path | None, language: str | None) -> int:
    preferences = Preferences()
    spoken = Language(language or preferences.text("language") or None)
    desk = Desk(spoken, Theme(preferences.text("theme", "system")), preferences, Document(spoken))
    window = MainWindow(desk)
    window.prepared.connect(background.settle)
    window.show()
    errors = UnexpectedErrors(preferences.folder)
    errors.told.connect(lambda text: window.banners.tell("error", text, serious=True))
    interrupts = Interrupts(lambda: window.close() and application.quit())
    QTimer.singleShot(0, partial(begin, window, file))
    code = application.exec()
    interrupts.close()
    errors.close()
    return code


def begin(window: MainWindow, file: Path | None) -> None:
    """Offer what was lost, open what was asked for, have workers ready."""
    if not window.isVisible():  # closed meanwhile: nothing more may start
        QApplication.quit()
        return
    window.offer_recovery()
    if file is not None:
        window.open(file)
        window.show_named("TextPage")
    window.desk.live.runner.warm()
    window.prepare()
