"""The table of firms as text, written or copied away from the window's own thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from simulator.gui.inspect.columns import FirmColumn
from simulator.gui.inspect.history import Array, Frame
from simulator.gui.language import Language
from simulator.gui.saving import SaveError, write_bytes
from simulator.gui.spreadsheet import BETWEEN_CELLS, encoded, lines, separator
from simulator.gui.work_thread import WorkThread
from simulator.quantity import Text

_COPIED = Text("The table is on the clipboard: {} firms.", "Tabellen är på urklipp: {} företag.")
_EXACT = ".7g"
"""Columns are single: seven digits tell all they know."""


@dataclass(frozen=True)
class Sheet:
    """What is to be written: lines about the run, then the rows of the table as sorted."""

    about: Sequence[tuple[str, str]]
    columns: Sequence[FirmColumn]
    frame: Frame
    rows: Array
    language: Language

    def text(self, parted: str) -> str:
        """All of it, numbers with the decimals they have."""
        head = [column.heading(self.language) for column in self.columns]
        rows = zip(*(self._written(column) for column in self.columns), strict=True)
        return lines((*self.about, [], head, *rows), parted)

    def _written(self, column: FirmColumn) -> list[str]:
        values = self.frame.of(column.name)[self.rows].tolist()
        if column.words or column.flag:
            known = {value: column.said(self.language, value) for value in set(values) if value == value}
            return [known.get(value, "") for value in values]
        said = ["" if value != value else f"{value:{_EXACT}}" if isinstance(value, float) else str(value)
                for value in values]  # fmt: skip
        return [one.replace(".", ",") for one in said] if self.language.code == "sv" else said


@dataclass(frozen=True, slots=True)
class _Copied:
    text: str
    rows: int


def _written_to(sheet: Sheet, path: Path) -> Text:
    """Write a table to a file; what came of it."""
    try:
        write_bytes(path, encoded(sheet.text(separator(sheet.language.code))))
    except SaveError as error:
        return error.text()
    return Text(f"Written: {path}", f"Skrivet: {path}")


class Exporter(QObject):
    """Writes tables, one after the other.

    told  what came of it (a Text)
    """

    told = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._writing = WorkThread(self)
        self._writing.done.connect(self._take)

    def write(self, sheet: Sheet, path: Path) -> None:
        """Write to a file, which is as before or complete."""
        self._writing.add(partial(_written_to, sheet, path))

    def copy(self, sheet: Sheet) -> None:
        """Put on the clipboard, as spreadsheets take it."""
        self._writing.add(lambda: _Copied(sheet.text(BETWEEN_CELLS), len(sheet.rows)))

    def _take(self, found: object) -> None:
        if isinstance(found, _Copied):
            QGuiApplication.clipboard().setText(found.text)
            found = Text(*(said.format(found.rows) for said in _COPIED))
        self.told.emit(found)

    def close_down(self) -> None:
        """Wait for what is being written."""
        self._writing.close_down()
