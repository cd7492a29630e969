"""A result folder on disk: complete or not there at all.

Files of a single run: scenario.yaml (resolved), manifest.json, series.nc (netCDF 3, opens in xarray), runs.csv,
summary.csv, further tables (ledger.csv, events.csv) and on request firms.csv.gz.
"""

from __future__ import annotations

import csv
import errno
import gzip
import io
import json
import os
import shutil
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from simulator.ensemble.storage.disk import PART, StoreError, cannot_write, fingerprint
from simulator.ensemble.storage.series_file import write_series
from simulator.indicators import Results
from simulator.quantity import Text

MANIFEST = "manifest.json"
Table = tuple[Sequence[str], Iterable[Sequence[object]]]
"""Column names and rows."""
FORMAT = 1


def check_target(folder: Path, own: Container[str] = ()) -> None:
    """Refuse a folder that holds something else, before any time is spent.

    own  what may stand there although nothing says yet whose it is: left by a session that was ended early
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise StoreError(Text(f"{folder}: is a file, not a folder", f"{folder}: är en fil, inte en mapp"))
        names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        if MANIFEST not in names and not all(name in own or name.endswith(PART) for name in names):
            raise StoreError(
                Text(
                    f"{folder}: holds other files than results; choose another folder",
                    f"{folder}: innehåller annat än resultat; välj en annan mapp",
                )
            )
        nearest = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
            raise cannot_write(folder, OSError(errno.EACCES, os.strerror(errno.EACCES)))
    except OSError as failure:
        raise cannot_write(folder, failure) from failure


def write_run(
    folder: Path | None,
    scenario_text: str,
    manifest: Mapping[str, Any],
    results: Results,
    tables: Mapping[str, Table] = MappingProxyType({}),
    firms: Mapping[str, Any] | None = None,
    home: Path = Path("results"),
    name: str = "run",
) -> Path:
    """Write the results of one run and return the folder.

    folder    where; an earlier result there is replaced as a whole. None: a new numbered folder `home/name-001`
    tables    further tables by name, `ledger` becomes ledger.csv; firms column name -> (firms,) array

    Raises StoreError; whatever happens, `folder` is afterwards as before or complete.
    """
    return _written(folder, home, name, lambda part: _fill(part, scenario_text, manifest, results, tables, firms))


def write_report(
    folder: Path | None,
    texts: Mapping[str, str],
    manifest: Mapping[str, Any],
    home: Path = Path("results"),
    name: str = "report",
) -> Path:
    """Write files of text by name, with a manifest, and return the folder; otherwise as `write_run`."""
    return _written(folder, home, name, lambda part: _fill_report(part, texts, manifest))


def _written(folder: Path | None, home: Path, name: str, fill: Callable[[Path], None]) -> Path:
    """Fill a folder beside its place and move it there when it is complete."""
    target = folder if folder is not None else home / f"{name}-001"
    check_target(target)
    made: list[Path] = []
    part = target.parent / f".{target.name}.{os.getpid()}.part"
    try:
        made = _make_parents(target.parent)
        part.mkdir()
        fill(part)
        return _move_new(part, home, name) if folder is None else _replace(part, target)
    except OSError as failure:
        raise cannot_write(target, failure) from failure
    finally:
        shutil.rmtree(part, ignore_errors=True)
        for parent in made:
            if not any(parent.iterdir()):
                parent.rmdir()


def _make_parents(folder: Path) -> list[Path]:
    """Make missing folders and return them, innermost first."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _fill(
    part: Path,
    scenario_text: str,
    manifest: Mapping[str, Any],
    results: Results,
    tables: Mapping[str, Table],
    firms: Mapping[str, Any] | None,
) -> None:
    (part / "scenario.yaml").write_text(scenario_text, encoding="utf-8", newline="\n")
    write_series(part / "series.nc", results, {"title": str(manifest.get("title", ""))})
    _write_csv(part / "summary.csv", SUMMARY, summary(results))
    ends = {name: series.change()[1] for name, series in results.series.items()}
    about = {key: manifest.get(key, "") for key in ("seed", "seconds", "result_digest")}
    row = [1, *about.values(), "done", *map(written, ends.values())]
    _write_csv(part / "runs.csv", ["run", *about, "status", *ends], [row])
    for name, (names, rows) in tables.items():
        _write_csv(part / f"{name}.csv", names, rows)
    if firms is not None:
        _write_firms(part / "firms.csv.gz", firms)
    _fill_report(part, {}, manifest)


def _fill_report(part: Path, texts: Mapping[str, str], manifest: Mapping[str, Any]) -> None:
    for name, text in texts.items():
        (part / name).write_text(text, encoding="utf-8", newline="\n")
    files = {path.name: fingerprint(path.read_bytes()) for path in sorted(part.iterdir())}
    about = json.dumps({"format": FORMAT, **manifest, "files": files}, indent=2, ensure_ascii=False) + "\n"
    (part / MANIFEST).write_text(about, encoding="utf-8", newline="\n")


SUMMARY = (
    "indicator",
    "code",
    "unit",
    "first_quarter",
    "start",
    "last_quarter",
    "end",
    "change",
    "label_en",
    "label_sv",
)


def summary(results: Results) -> list[list[object]]:
    """Rows of `SUMMARY` for the whole region: first and last known value of each indicator and their difference."""
    rows: list[list[object]] = []
    for name, series in results.series.items():
        known = np.flatnonzero(~np.isnan(series.of()))
        first, last = (results.quarters[known[end]] if len(known) else "" for end in (0, -1))
        start, end, change = map(written, series.change())
        text, code = series.text, series.indicator.code
        rows.append([name, code, series.unit, first, start, last, end, change, text.en, text.sv])
    return rows


def written(value: float) -> str:
    """The shortest text that reads back as the same number; empty when unknown."""
    return "" if np.isnan(value) else repr(float(value))


def _write_csv(path: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)


def _write_firms(path: Path, firms: Mapping[str, Any]) -> None:
    """Write firms as compressed CSV whose bytes depend on the firms only."""
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", 6, file, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
    ):
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(firms)
        writer.writerows(zip(*(np.asarray(column).tolist() for column in firms.values()), strict=True))


def _move_new(part: Path, home: Path, name: str) -> Path:
    for number in range(1, 100_000):
        target = home / f"{name}-{number:03d}"
        if target.exists():
            continue
        try:
            return part.rename(target)
        except OSError as failure:
            if failure.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                raise
    raise StoreError(Text(f"{home}: too many results", f"{home}: för många resultat"))


def _replace(part: Path, target: Path) -> Path:
    if not target.exists():
        return part.rename(target)
    old = part.with_suffix(".old")
    target.rename(old)
    try:
        part.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return target
