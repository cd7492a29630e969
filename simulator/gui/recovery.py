"""Work that is not saved survives the end of the program: each session keeps a copy, the next one offers it.

A session has a folder with a lock and, while there is something to save, a copy of the text. A folder whose lock
nobody holds belongs to a session that ended without saying goodbye. A copy goes only when its text is saved or when
somebody says so.
"""

from __future__ import annotations

import json
import os
import shutil
import time
import uuid
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from simulator.gui.document import Document
from simulator.gui.saving import SaveError, write_text
from simulator.gui.work_thread import WorkThread
from simulator.quantity import Text
from simulator.refusals import reason

PAUSE = 1000
"""Milliseconds after a change until there is a copy of it."""
_LOCK, _COPY = "lock", "copy.json"


@dataclass(frozen=True)
class Copy:
    """Work that a session left behind; its lock is held as long as this exists.

    on_disk  what the file held when the work on it began
    when     seconds since 1970
    """

    folder: Path
    text: str
    name: str
    path: Path | None
    on_disk: str | None
    when: float
    lock: QLockFile

    def discard(self) -> None:
        """Remove it for good."""
        self.lock.unlock()
        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self) -> None:
        """Let it be for another time."""
        self.lock.unlock()


def _written(path: Path, text: str) -> Text | None:
    """Write a text; what has gone wrong."""
    try:
        write_text(path, text)
    except SaveError as failure:
        return failure.text()
    return None


class RecoverySession(QObject):
    """Copies of the document while it is worked on; `failed` tells once, with a Text, that none can be made."""

    failed = Signal(object)

    def __init__(self, document: Document, folder: Path) -> None:
        super().__init__()
        self._document = document
        self._all = folder / "recovery"
        self.folder = self._all / uuid.uuid4().hex
        self._told = False
        self._writing = WorkThread(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        self._writing.done.connect(self._tell)
        self._lock = _lock(self.folder)
        try:
            self.folder.mkdir(parents=True)
        except OSError as failure:
            self._start_failure: Text | None = reason(failure)
        else:
            self._start_failure = None
            self._lock.tryLock(0)
        document.changed.connect(self._soon)
        document.moved.connect(self._soon)

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Copy what is not saved; remove the copy when all is."""
        if self._start_failure is not None:
            self._tell(self._start_failure)
        elif self._document.dirty:
            self._writing.add(partial(_written, self.folder / _COPY, self._content()))
        else:
            self._writing.wait()
            self._remove()

    def _remove(self) -> None:
        try:
            (self.folder / _COPY).unlink(missing_ok=True)
        except OSError as failure:  # it would be offered another time: harmless, but not as promised
            self._tell(reason(failure))

    def keep_at_once(self) -> bool:
        """Copy now; whether there is a copy."""
        self.keep()
        self._writing.wait()
        return (self.folder / _COPY).is_file()

    def _content(self) -> str:
        document = self._document
        path = None if document.path is None else str(document.path.resolve())
        said = {"text": document.content, "name": document.name, "path": path, "on_disk": document.on_disk}
        return json.dumps({**said, "when": time.time()}, ensure_ascii=False)

    def _tell(self, failure: Text | None) -> None:
        if failure is not None and not self._told:
            self._told = True
            self.failed.emit(
                Text(
                    f"No copy of unsaved work can be kept ({failure.en}): save often.",
                    f"Ingen kopia av osparat arbete kan behållas ({failure.sv}): spara ofta.",
                )
            )

    def left_behind(self) -> list[Copy]:
        """Copies of sessions that ended without saving, the latest first; nobody else is offered them meanwhile."""
        folders = [] if not self._all.is_dir() else sorted(self._all.iterdir())
        found = [_taken(folder) for folder in folders if folder != self.folder and (folder / _LOCK).exists()]
        found += [_taken(folder) for folder in folders if (folder / _COPY).exists() and not (folder / _LOCK).exists()]
        return sorted((copy for copy in found if copy is not None), key=lambda copy: -copy.when)

    def close(self) -> None:
        """End in good order: what is not saved now, nobody wants to keep."""
        self._timer.stop()
        self._writing.wait()
        self._document.changed.disconnect(self._soon)
        self._document.moved.disconnect(self._soon)
        self._lock.unlock()
        shutil.rmtree(self.folder, ignore_errors=True)


def _lock(folder: Path) -> QLockFile:
    made = QLockFile(os.fspath(folder / _LOCK))
    made.setStaleLockTime(0)  # only the end of its process makes a lock void, not its age
    return made


def _taken(folder: Path) -> Copy | None:
    """The copy in a folder of a session that has ended. What cannot be read stays where it is."""
    lock = _lock(folder)
    if not lock.tryLock(0):
        return None
    if not (folder / _COPY).exists():
        lock.unlock()
        shutil.rmtree(folder, ignore_errors=True)
        return None
    try:
        said = json.loads((folder / _COPY).read_text(encoding="utf-8"))
        path, on_disk = said["path"], said["on_disk"]
        return Copy(
            folder, str(said["text"]), str(said["name"]), None if path is None else Path(path),
            None if on_disk is None else str(on_disk), float(said["when"]), lock,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        lock.unlock()
        return None
