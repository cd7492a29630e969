"""Watches the document's file: others may change it or take it away."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from simulator.gui.document import Document
from simulator.gui.saving import SaveError, read_text

CALM = 200
"""Milliseconds for a program to finish what it writes."""


class FileWatch(QObject):
    """Compares the file with what it held when the document was read or saved.

    changed  it holds something else: its text     gone  it is no longer there     same  all is well
    """

    changed = Signal(str)
    gone = Signal()
    same = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._watcher = QFileSystemWatcher(self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self.look)
        self._watcher.fileChanged.connect(self._calm.start)
        self._watcher.directoryChanged.connect(self._calm.start)
        document.moved.connect(self._follow)
        self._follow()

    def now(self) -> str | None:
        """What the file holds; None when it cannot be read."""
        path = self._document.path
        try:
            return None if path is None else read_text(path)
        except SaveError:
            return None

    def look(self) -> None:
        """Tell whether the file is still what it was."""
        if self._document.path is None:
            return
        self._follow()
        found = self.now()
        if found is None:
            self.gone.emit()
        elif found == self._document.on_disk:
            self.same.emit()
        else:
            self.changed.emit(found)

    def _follow(self) -> None:
        """Watch the file, and its folder: a file that is replaced is another one."""
        path = self._document.path
        wanted = [] if path is None else [str(each) for each in (path, path.parent) if each.exists()]
        watched = [*self._watcher.files(), *self._watcher.directories()]
        old, new = [each for each in watched if each not in wanted], [each for each in wanted if each not in watched]
        if old:
            self._watcher.removePaths(old)
        if new:
            self._watcher.addPaths(new)

    def close(self) -> None:
        """Watch no longer."""
        self._calm.stop()
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
