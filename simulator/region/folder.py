"""A region's folder, read: tables, outlines, where every figure is from, and all that is wrong with it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from simulator.quantity import Text
from simulator.region.checks import constant_problems, description_problems, reference_problems
from simulator.region.problems import Problem
from simulator.region.provenance import Figure, Source, provenance
from simulator.region.schemas import DESCRIPTION, OUTLINES, SCHEMAS
from simulator.region.tables import Table, read_table, read_text

Ring = list[tuple[float, float]]


class Folder(NamedTuple):
    """A folder read; `figures` gives the source of each figure by file, column and row."""

    description: dict[str, Any]
    tables: dict[str, Table]
    outlines: dict[str, list[Ring]]
    sources: tuple[Source, ...]
    figures: dict[Figure, Source]
    digest: str
    problems: tuple[Problem, ...]


def read_folder(path: Path, constants: Mapping[str, tuple[float, float]]) -> Folder:
    """Read and check a folder; `constants` are the names that constants.csv must hold, with their limits."""
    problems: list[Problem] = []
    text = read_text(path / DESCRIPTION, problems)
    description = _object(DESCRIPTION, text, problems)
    if text is not None and description is not None:
        problems.extend(description_problems(description, text))
    tables = {name: read_table(path / name, schema, problems) for name, schema in SCHEMAS.items()}
    if tables["constants.csv"].sound:
        problems.extend(constant_problems(tables["constants.csv"], constants))
    problems.extend(reference_problems(tables))
    outlines = _outlines(path / OUTLINES, tables["municipalities.csv"], problems)
    sources, figures = provenance(tables, problems)
    return Folder(description or {}, tables, outlines, sources, figures, _digest(path), tuple(problems))


def _digest(path: Path) -> str:
    """Return a hash of the data files; line ends do not count, they differ between operating systems."""
    state = hashlib.blake2b(digest_size=16)
    for name in sorted([*SCHEMAS, DESCRIPTION, OUTLINES]):
        if (path / name).is_file():
            content = (path / name).read_bytes().replace(b"\r\n", b"\n")
            state.update(f"{name}:{len(content)}:".encode() + content)
    return state.hexdigest()


def _object(file: str, text: str | None, problems: list[Problem]) -> dict[str, Any] | None:
    if text is None:
        return None
    line, column = 1, 1
    try:
        found = json.loads(text, object_pairs_hook=_once)
        what = Text("not an object", "inte ett objekt")
    except json.JSONDecodeError as error:
        found, line, column = None, error.lineno, error.colno
        what = Text(f"not JSON ({error.msg})", f"inte JSON ({error.msg})")
    except (RecursionError, ValueError):
        found = None
        what = Text(
            "nested too deeply, a key twice or a number too long",
            "för djupt nästlad, en nyckel två gånger eller ett för långt tal",
        )
    if isinstance(found, dict):
        return found
    problems.append(Problem(file, line, column, what, Text("a JSON object", "ett JSON-objekt")))
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("key twice")
    return dict(pairs)


def _outlines(path: Path, municipalities: Table, problems: list[Problem]) -> dict[str, list[Ring]]:
    """Read the outer and inner rings of each municipality's outline, (longitude, latitude) in degrees."""
    found = _object(path.name, read_text(path, problems), problems)
    if found is None:
        return {}
    try:
        outlines = {str(part["properties"]["code"]): _rings(part["geometry"]) for part in found["features"]}
    except (KeyError, TypeError, ValueError, IndexError):
        what = Text("not a collection of outlines", "inte en samling konturer")
        allowed = Text("GeoJSON features with a code and a Polygon or MultiPolygon",
                       "GeoJSON-objekt med code och en Polygon eller MultiPolygon")  # fmt: skip
        problems.append(Problem(path.name, 1, 1, what, allowed))
        return {}
    for row in municipalities.rows if municipalities.sound else ():
        code = row.cells["code"]
        if code not in outlines:
            what = Text(f"no outline of '{code}' in {path.name}", f"ingen kontur för '{code}' i {path.name}")
            allowed = Text("one for each municipality", "en för varje kommun")
            problems.append(municipalities.problem(row, "code", what, allowed))
    return outlines


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(geometry["type"])
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    rings = [[(float(point[0]), float(point[1])) for point in ring] for polygon in polygons for ring in polygon]
    if any(len(ring) < 4 or not all(map(math.isfinite, sum(ring, ()))) for ring in rings):
        raise ValueError("ring")
    return rings
