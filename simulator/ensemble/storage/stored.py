"""What a result folder says about itself, and whether it is still what was written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from simulator.ensemble.storage.disk import StoreError, cannot_read, damaged, fingerprint, read_json, read_signed
from simulator.ensemble.storage.store import MANIFEST
from simulator.quantity import Text

FORMAT = 1
KIND = "batch"
PLAN = "plan.json"
DESIGN = "design.yaml"
_FILES = re.compile(r"plan\.json|design\.yaml|scenarios/\d+\.yaml")


def read_manifest(path: Path) -> dict[str, Any]:
    """Manifest of a result folder; StoreError says what else the folder is."""
    _look(path)
    about = read_json(path / MANIFEST)
    if about.get("kind") == KIND:
        about = read_signed(path / MANIFEST)
    if not isinstance(about.get("format"), int):
        raise StoreError(Text(f"{path}: no results of this program", f"{path}: inga resultat från detta program"))
    if about["format"] > FORMAT:
        raise StoreError(
            Text(f"{path}: written by a newer version of this program", f"{path}: skriven av en nyare programversion")
        )
    return about


def _look(path: Path) -> None:
    """Refuse what is not a folder with a manifest, and say what it is."""
    try:
        if not path.exists():
            raise StoreError(Text(f"{path}: no such folder", f"{path}: mappen finns inte"))
        if not path.is_dir():
            raise StoreError(Text(f"{path}: is a file, not a folder", f"{path}: är en fil, inte en mapp"))
        if not any(path.iterdir()):
            raise StoreError(Text(f"{path}: the folder is empty", f"{path}: mappen är tom"))
        if not (path / MANIFEST).is_file():
            raise StoreError(
                Text(f"{path}: no results here ({MANIFEST} is missing)",
                     f"{path}: inga resultat här ({MANIFEST} saknas)")
            )  # fmt: skip
    except OSError as failure:
        raise cannot_read(path, failure) from failure


def read_stored(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Manifest and stored plan of a batch folder whose files are those that were written."""
    about = read_manifest(path)
    if about.get("kind") != KIND:
        raise StoreError(Text(f"{path}: holds a single run, not a batch", f"{path}: innehåller en enda körning"))
    for name, print_ in about["files"].items():
        if not _FILES.fullmatch(name):  # a manifest from elsewhere must not lead out of its folder
            raise damaged(path / MANIFEST)
        try:
            if fingerprint((path / name).read_bytes()) != print_:
                raise damaged(path / name)
        except OSError as failure:
            raise cannot_read(path / name, failure) from failure
    return about, read_json(path / PLAN)
