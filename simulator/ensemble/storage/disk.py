"""Files that are there whole or not at all, and that notice when they have been changed."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from simulator.quantity import SpokenError, Text
from simulator.refusals import reason

PART = ".part"
_SIGNATURE = "fingerprint"
_PATIENCE = 40
"""Tries, a twentieth of a second apart, where another program may keep a file open for a moment (Windows)."""


class StoreError(SpokenError):
    """A result folder cannot be used or written."""


def cannot_write(path: Path, failure: OSError) -> StoreError:
    """A refusal to write."""
    why = reason(failure)
    return StoreError(Text(f"{path}: cannot write results: {why.en}", f"{path}: kan inte skriva resultat: {why.sv}"))


def cannot_read(path: Path, failure: OSError) -> StoreError:
    """A refusal to read."""
    why = reason(failure)
    return StoreError(Text(f"{path}: cannot read results: {why.en}", f"{path}: kan inte läsa resultat: {why.sv}"))


def damaged(path: Path) -> StoreError:
    """A file is not what was written."""
    return StoreError(
        Text(f"{path}: cut off or changed after it was written", f"{path}: avhuggen eller ändrad efter att den skrevs")
    )


def write_whole(path: Path, data: bytes, tag: str) -> None:
    """Put bytes in a file in one step; as `fill_whole`."""
    fill_whole(path, lambda part: part.write_bytes(data), tag)


def fill_whole(path: Path, fill: Callable[[Path], object], tag: str) -> None:
    """Fill a file in one step: whoever looks sees the old file or the new one, even after a crash.

    tag  tells the temporary file from those of others who write beside
    """
    part = path.with_name(f".{path.name}.{tag}{PART}")
    try:
        fill(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)


def put_in_place(part: Path, path: Path) -> None:
    """Rename a complete file, replacing what has that name."""
    for left in reversed(range(_PATIENCE)):
        try:
            part.replace(path)
            break
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(0.05)
    if os.name == "posix":  # the new name itself must survive a power failure
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def fingerprint(data: bytes) -> str:
    """Fingerprint of bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def signed(about: Mapping[str, Any], indent: int | None = None) -> bytes:
    """JSON with a fingerprint of itself."""
    said = {**about, _SIGNATURE: _signature(about)}
    return (json.dumps(said, ensure_ascii=False, indent=indent) + "\n").encode()


def read_signed(path: Path) -> dict[str, Any]:
    """Read what `signed` made; StoreError if it has changed since."""
    about = read_json(path)
    if about.pop(_SIGNATURE, None) != _signature(about):
        raise damaged(path)
    return about


def read_json(path: Path) -> dict[str, Any]:
    """Read a mapping; StoreError if it is something else."""
    try:
        about = json.loads(path.read_bytes())
    except OSError as failure:
        raise cannot_read(path, failure) from failure
    except ValueError as failure:
        raise damaged(path) from failure
    if not isinstance(about, dict):
        raise damaged(path)
    return about


def _signature(about: Mapping[str, Any]) -> str:
    return fingerprint(json.dumps(about, sort_keys=True).encode())
