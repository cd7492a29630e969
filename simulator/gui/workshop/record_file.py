"""The record of the workshop on the disk, one for each scenario's file, in the program's own folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from simulator.gui.document import Document
from simulator.gui.saving import SaveError, read_text, write_text
from simulator.gui.workshop.record import WorkshopRecord, read, written
from simulator.quantity import SpokenError, Text
from simulator.refusals import reason

MOST_BYTES = 50_000_000
"""A proposal with its curves takes some 20 kB."""
CALM = 400
"""Milliseconds after a change of the preparation until it is written."""
_FOREIGN = Text("another window has written it", "ett annat fönster har skrivit den")


class RecordFile(QObject):
    """Reads the record when told to and when a scenario is begun, and writes it when it has changed.

    loaded  another record is in work
    told    something the user should know (a Text)
    """

    loaded = Signal()
    told = Signal(object)

    def __init__(self, document: Document, folder: Path) -> None:
        super().__init__()
        self._document, self._folder = document, folder / "workshops"
        self.record = WorkshopRecord()
        self._known: str | None = None
        self.path = self._place()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self.save)
        document.started.connect(self.load)
        document.moved.connect(self._follow)

    def _place(self) -> Path:
        place = self._document.place.absolute()
        mark = hashlib.blake2b(str(place).encode(), digest_size=6).hexdigest()
        return self._folder / f"{place.stem}-{mark}.json"

    def load(self) -> None:
        """Take the record of the scenario that is in work."""
        self.finish()
        self.path, self.record, self._known = self._place(), WorkshopRecord(), None
        if self.path.exists():
            try:
                text = read_text(self.path, MOST_BYTES)
                self.record, self._known = read(text), text
            except SpokenError as failure:
                self._put_aside(failure.text())
        self.loaded.emit()

    def _follow(self) -> None:
        """The file has another name: the record goes with it."""
        if self._place() != self.path:
            self.finish()
            self.path, self._known = self._place(), None
            if not self.record.empty:
                self.save()

    def soon(self) -> None:
        """Write before long."""
        self._calm.start()

    def finish(self) -> None:
        """Write what waits to be written."""
        if self._calm.isActive():
            self.save()

    def save(self) -> bool:
        """Write now; whether that was possible."""
        self._calm.stop()
        text = written(self.record)
        if text == self._known:
            return True
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            foreign = self.path.exists() and read_text(self.path, MOST_BYTES) != self._known
            if foreign and not self._put_aside(_FOREIGN):
                return False
            write_text(self.path, text)
        except SaveError as failure:
            self._tell_failure(failure.text())
            return False
        except OSError as failure:
            self._tell_failure(reason(failure))
            return False
        self._known = text
        return True

    def begin_anew(self) -> None:
        """Put the notes aside and keep the preparation."""
        if not (self.save() and self._put_aside(Text("a new workshop begins", "en ny workshop börjar"))):
            return  # what was said is in no file that stays: it must not go
        self._known = None
        self.record = WorkshopRecord(self.record.preparation)
        self.save()
        self.loaded.emit()

    def _put_aside(self, why: Text) -> bool:
        """Give what lies at the place of the record another name; whether that was possible."""
        numbered = (self.path.with_name(f"{self.path.stem}-{number}.json") for number in range(1, 10_000))
        other = next(path for path in numbered if not path.exists())
        try:
            self.path.rename(other)
        except OSError as failure:
            self._tell_failure(reason(failure))
            return False
        self.told.emit(
            Text(
                f"An earlier record of the workshop was kept as {other} ({why.en}).",
                f"En tidigare anteckning om workshopen sparades som {other} ({why.sv}).",
            )
        )
        return True

    def _tell_failure(self, why: Text) -> None:
        self.told.emit(
            Text(
                f"The notes of the workshop cannot be written: {why.en}. Export them before you close the window.",
                f"Workshopens anteckningar kan inte skrivas: {why.sv}. Exportera dem innan du stänger fönstret.",
            )
        )

    def close(self) -> None:
        """Write what waits, and follow no more."""
        self.finish()
        self._document.started.disconnect(self.load)
        self._document.moved.disconnect(self._follow)
