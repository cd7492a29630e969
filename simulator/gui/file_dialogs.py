"""Asking for files and folders in the window's language.

The system's own dialogs speak the system's language, whatever the window speaks: they are used where both are the same.
Else Qt's dialog is shown with Qt's translations. It follows a change of language even while it is open.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog, QWidget

from simulator.gui.desk import Desk
from simulator.quantity import Text

CSV = Text("Tables (*.csv)", "Tabeller (*.csv)")
_SIZE = (720, 460)
_ENDING = re.compile(r"\*\.(\w+)")


class FileDialog(QFileDialog):
    """A dialog that speaks the window's language."""

    def __init__(self, desk: Desk, parent: QWidget, title: Text, start: Path, kinds: Text | None = None) -> None:
        super().__init__(parent)
        self.setOption(QFileDialog.Option.DontUseNativeDialog, not system_speaks(desk.language.code))
        desk.style_sheets.add(self)
        self.resize(*_SIZE)
        folder = start if start.is_dir() else start.parent
        self.setDirectory(str(folder))
        if folder != start:
            self.selectFile(start.name)
        desk.language.words(self, lambda said: self.setWindowTitle(said.replace("&", "").rstrip("…")), title)
        if kinds is not None:
            desk.language.words(self, self.setNameFilter, kinds)

    def ask(self) -> Path | None:
        """Show the dialog until a choice is made; None where none is."""
        chosen = self.selectedFiles() if self.exec() else []
        self.deleteLater()
        return Path(chosen[0]) if chosen else None


def system_speaks(code: str) -> bool:
    """Whether the system's own dialogs are in a language."""
    languages = QLocale.system().uiLanguages()
    return bool(languages) and languages[0].replace("_", "-").split("-")[0].lower() == code


def ask_open(desk: Desk, parent: QWidget, title: Text, start: Path, kinds: Text) -> Path | None:
    """Ask for a file that is there."""
    dialog = FileDialog(desk, parent, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog.ask()


def ask_save(desk: Desk, parent: QWidget, title: Text, start: Path, kinds: Text, ending: str) -> Path | None:
    """Ask where to write; a name without ending gets `ending`, or that of the kind of files chosen.

    It gets it before somebody is asked about replacing a file.
    """
    dialog = FileDialog(desk, parent, title, start, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix((_ENDING.findall(kind) or [ending])[0]))
    return dialog.ask()


def ask_folder(desk: Desk, parent: QWidget, title: Text, start: Path) -> Path | None:
    """Ask for a folder."""
    dialog = FileDialog(desk, parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog.ask()
