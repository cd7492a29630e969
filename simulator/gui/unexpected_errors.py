"""Faults of the program itself: written down and told, while the window and the work in it stay."""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from simulator.quantity import Text

FILE = "errors.log"
MOST_BYTES = 1_000_000


class UnexpectedErrors(QObject):
    """Takes what nobody caught, from now until it is closed; `told` brings a Text that says where it is written."""

    told = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._path = folder / FILE
        self._before = sys.excepthook
        sys.excepthook = self._take

    def _take(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        lines = "".join(traceback.format_exception(kind, fault, trace))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = not self._path.exists() or self._path.stat().st_size > MOST_BYTES
            with self._path.open("w" if fresh else "a", encoding="utf-8") as file:
                file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{lines}\n")
        except OSError:
            self._before(kind, fault, trace)
        short = f"{kind.__name__}: {fault}"
        self.told.emit(
            Text(
                f"Something went wrong in the program itself ({short}). Your work is still here; save it. "
                f"Details: {self._path}",
                f"Något gick fel i själva programmet ({short}). Ditt arbete är kvar; spara det. Mer: {self._path}",
            )
        )

    def close(self) -> None:
        """Leave faults to Python again."""
        sys.excepthook = self._before
