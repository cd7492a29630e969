"""Text files read and written whole: whatever happens, a file is as before or complete."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from simulator.quantity import SpokenError, Text
from simulator.refusals import reason
from simulator.scenario import ScenarioError
from simulator.scenario.reading import MOST_BYTES, decoded

_MODE = 0o644
_NOT_READ, _NOT_WRITTEN = Text("cannot be read", "kan inte läsas"), Text("cannot be written", "kan inte skrivas")


class SaveError(SpokenError):
    """A file cannot be read or written; nothing has changed."""


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """A file of at most so many bytes as text, line ends and byte order mark as they are; SaveError if it is none."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe or device might never end
            raise SaveError(Text(f"{path}: not an ordinary file", f"{path}: ingen vanlig fil"))
        with path.open("rb") as file:
            content = file.read(most + 1)
        decoded(content, path.name, most)
        return content.decode("utf-8")
    except OSError as failure:
        raise SaveError(_told(path, _NOT_READ, reason(failure))) from failure
    except ScenarioError as failure:
        raise SaveError(failure.text()) from failure


def write_text(path: Path, text: str) -> None:
    """Write a text file in place of the one that may be there; SaveError, and that one is as it was."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file in place of the one that may be there; SaveError, and that one is as it was.

    What is replaced is the file that a link leads to, never one that is write-protected: the folder would allow it.
    """
    part: Path | None = None
    path = Path(os.path.realpath(path))
    try:
        if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
            protected = Text("the file is write-protected", "filen är skrivskyddad")
            raise SaveError(_told(path, _NOT_WRITTEN, protected))
        with tempfile.NamedTemporaryFile(
            "wb", dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False
        ) as file:
            part = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(path.stat().st_mode if path.exists() else _MODE)
        part.replace(path)
    except OSError as failure:
        if part is not None:
            part.unlink(missing_ok=True)
        raise SaveError(_told(path, _NOT_WRITTEN, reason(failure))) from failure


def _told(path: Path, what: Text, why: Text) -> Text:
    return Text(f"{path}: {what.en}: {why.en}", f"{path}: {what.sv}: {why.sv}")
