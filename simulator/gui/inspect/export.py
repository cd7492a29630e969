"""The table of firms as text, written or copied away from the window's own thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QGuiApplication

from simulator.gui.inspect.columns import FirmColumn
from simulator.gui.inspect.history import Array, Frame
from simulator.gui.language import Language
from simulator.gui.saving import SaveError, write_bytes
from simulator.gui.spreadsheet import BETWEEN_CELLS, encoded, lines, separator
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


class _Writing(QRunnable):
    def __init__(self, exporter: Exporter, sheet: Sheet, path: Path | None) -> None:
        super().__init__()
        self._exporter, self._sheet, self._path = exporter, sheet, path

    def run(self) -> None:
        if self._path is None:
            self._exporter.made.emit(self._sheet.text(BETWEEN_CELLS), len(self._sheet.rows))
            return
        try:
            write_bytes(self._path, encoded(self._sheet.text(separator(self._sheet.language.code))))
        except SaveError as error:
            self._exporter.told.emit(error.text())
            return
        self._exporter.told.emit(Text(f"Written: {self._path}", f"Skrivet: {self._path}"))


class Exporter(QObject):
    """Writes tables, one after the other.

    told  what came of it (a Text)
    """

    told = Signal(object)
    made = Signal(str, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self.made.connect(self._copy)

    def write(self, sheet: Sheet, path: Path) -> None:
        """Write to a file, which is as before or complete."""
        self._pool.start(_Writing(self, sheet, path))

    def copy(self, sheet: Sheet) -> None:
        """Put on the clipboard, as spreadsheets take it."""
        self._pool.start(_Writing(self, sheet, None))

    def _copy(self, text: str, count: int) -> None:
        QGuiApplication.clipboard().setText(text)
        self.told.emit(Text(_COPIED.en.format(count), _COPIED.sv.format(count)))

    def close_down(self) -> None:
        """Wait for what is being written."""
        self._pool.clear()
        self._pool.waitForDone()
