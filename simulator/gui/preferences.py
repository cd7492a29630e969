"""What the window remembers between sessions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

ORGANISATION, APPLICATION = "Industriell omställning", "transition-simulator"
MOST_RECENT = 10


class Preferences:
    """Settings of the user, kept by the system; `folder` holds them in a file instead, as in tests."""

    def __init__(self, folder: Path | None = None) -> None:
        if folder is None:
            self._kept = QSettings(ORGANISATION, APPLICATION)
            data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
            self.folder = Path(data) / APPLICATION
        else:
            self._kept = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
            self.folder = folder

    def text(self, name: str, default: str = "") -> str:
        """A remembered word."""
        value = self._kept.value(name, default)
        return value if isinstance(value, str) else default

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A remembered whole number; the default when it makes no sense."""
        try:
            value = int(self.text(name, str(default)))
        except ValueError:
            return default
        return value if low <= value <= high else default

    def keep(self, name: str, value: str | int) -> None:
        """Remember a word or number."""
        self._kept.setValue(name, str(value))

    def shape(self, name: str) -> QByteArray:
        """A remembered shape of a window or splitter; empty when there is none."""
        value = self._kept.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_shape(self, name: str, value: QByteArray) -> None:
        """Remember the shape of a window or splitter."""
        self._kept.setValue(name, value)

    @property
    def recent(self) -> list[Path]:
        """Files opened or saved lately that are still there, the latest first."""
        lines = self.text("recent").splitlines()
        return [Path(line) for line in lines if Path(line).is_file()]

    def note_recent(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        path = path.resolve()
        kept = [path, *(other for other in self.recent if other != path)]
        self.keep("recent", "\n".join(map(str, kept[:MOST_RECENT])))
