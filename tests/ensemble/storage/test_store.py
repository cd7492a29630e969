"""Result folders: complete or absent, readable by others, refusals in both languages."""

import csv
import errno
import gzip
import json
import os
from pathlib import Path

import numpy as np
import pytest
from scipy.io import netcdf_file

from simulator.ensemble.storage import store
from simulator.ensemble.storage.store import StoreError, check_target, summary, write_run
from simulator.indicators.grid import cell_key
from tests.indicators.sample import recorded

MANIFEST = {"seed": 1, "seconds": 0.5, "result_digest": "abc", "title": "Provkörning åäö"}


@pytest.fixture(scope="module")
def results():
    return recorded(quarters=5).recorder.results()


def written(folder: Path | None, results, **details) -> Path:
    return write_run(folder, "format: 1\n", MANIFEST, results, **details)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if ".part" in path.name or ".old" in path.name)


def test_that_a_folder_holds_every_file_and_nothing_else(tmp_path, results):
    folder = written(tmp_path / "out", results, tables={"events": (["quarter"], [["2026Q1"]])}, firms={"slot": [1, 2]})
    assert names_in(folder) == [
        "events.csv", "firms.csv.gz", "manifest.json", "runs.csv", "scenario.yaml", "series.nc", "summary.csv",
    ]  # fmt: skip
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["title"] == "Provkörning åäö"
    assert gzip.decompress((folder / "firms.csv.gz").read_bytes()) == b"slot\n1\n2\n"
    assert names_in(tmp_path) == ["out"]


def read_series(path):
    """Labels of the quarters, and per indicator its cell keys and values."""
    with netcdf_file(path, mmap=False) as file:
        variables = file.variables
        texts = {
            name: tuple(b"".join(row).rstrip(b"\0").decode() for row in variables[name][:])
            for name in variables
            if name == "quarter" or name.endswith("_key")
        }
        series = {
            name: (texts[variable.dimensions[1].replace("_cell", "_key")], np.array(variable[:], np.float64))
            for name, variable in variables.items()
            if variable.dimensions[-1].endswith("_cell")
        }
    return texts["quarter"], series


def test_that_scipy_reads_the_same_numbers(tmp_path, results):
    quarters, series = read_series(written(tmp_path / "out", results) / "series.nc")
    assert quarters == results.quarters
    assert set(series) == set(results.series)
    for name, (cells, values) in series.items():
        assert cells == tuple(map(cell_key, results[name].cells))
        np.testing.assert_array_equal(values, results[name].values)


def test_that_xarray_reads_the_same_numbers_with_dates_and_labels(tmp_path, results):
    xarray = pytest.importorskip("xarray", reason="XARRAY IS NOT INSTALLED: the promise to its users is not checked")
    with xarray.open_dataset(written(tmp_path / "out", results) / "series.nc", engine="scipy") as data:
        assert str(data.time.values[0])[:10] == "2025-12-31"
        assert data.quarter.values.astype(str).tolist() == list(results.quarters)
        assert data.basic_digital.attrs["units"] == "%"
        assert data.basic_digital.attrs["long_name_sv"] == "Digital nivå 1 eller högre"
        assert data.firms_key.values.astype(str).tolist() == [cell_key(cell) for cell in results["firms"].cells]
        np.testing.assert_array_equal(data.employment.values, results["employment"].values)


def test_that_pandas_reads_the_same_ends_from_the_tables(tmp_path, results):
    import pandas as pd

    folder = written(tmp_path / "out", results)
    table = pd.read_csv(folder / "summary.csv").set_index("indicator")
    runs = pd.read_csv(folder / "runs.csv")
    for name, series in results.series.items():
        np.testing.assert_array_equal(table.loc[name, ["start", "end", "change"]].astype(float), series.change())
        np.testing.assert_array_equal(float(runs[name].iloc[0]), series.change()[1])


def test_that_runs_without_a_name_are_numbered_and_never_overwritten(tmp_path, results):
    first = written(None, results, home=tmp_path / "results", name="bas")
    second = written(None, results, home=tmp_path / "results", name="bas")
    assert (first.name, second.name) == ("bas-001", "bas-002")


def test_that_an_earlier_result_is_replaced_as_a_whole(tmp_path, results):
    folder = written(tmp_path / "out", results, firms={"slot": [1]})
    written(folder, results)
    assert not (folder / "firms.csv.gz").exists()
    assert (folder / "series.nc").exists()
    assert not leftovers(tmp_path)


def test_that_a_folder_with_other_files_is_refused_untouched(tmp_path, results):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="other files") as refused:
        written(tmp_path, results)
    assert "annat än resultat" in refused.value.text().sv
    assert names_in(tmp_path) == ["letter.txt"]


@pytest.mark.parametrize("below", ["", "deeper/out"])
def test_that_a_file_in_the_way_is_refused(tmp_path, results, below):
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(StoreError) as refused:
        written(file / below, results)
    assert str(file) in refused.value.text().sv
    assert file.read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write anywhere")
def test_that_a_folder_without_permission_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="permission"):
            check_target(tmp_path / "out")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_that_a_failing_disk_leaves_nothing_and_keeps_the_old_result(tmp_path, results, monkeypatch, code):
    folder = written(tmp_path / "out", results)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(store, "_write_csv", fail)
    with pytest.raises(StoreError, match="cannot write") as refused:
        written(folder, results)
    assert "kan inte skriva" in refused.value.text().sv
    with pytest.raises(StoreError):
        written(tmp_path / "new" / "deep", results)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert names_in(tmp_path) == ["out"]


def test_that_an_interrupt_leaves_nothing(tmp_path, results, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "write_series", interrupt)
    with pytest.raises(KeyboardInterrupt):
        written(tmp_path / "a" / "out", results)
    assert names_in(tmp_path) == []


def test_that_a_crash_between_the_two_renames_restores_the_old_result(tmp_path, results, monkeypatch):
    folder = written(tmp_path / "out", results)
    plain = Path.rename

    def rename(self, target):
        if self.name.endswith(".part"):
            raise OSError(errno.EACCES, "no")
        return plain(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(StoreError):
        written(folder, results)
    assert (folder / "manifest.json").exists()
    assert names_in(tmp_path) == ["out"]


def test_that_the_same_results_give_the_same_bytes(tmp_path, results):
    one, two = (written(tmp_path / name, results, firms={"slot": [1]}) for name in ("one", "two"))
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes(), path.name


def test_that_unknown_values_are_empty_in_tables(tmp_path, results):
    folder = written(tmp_path / "out", results)
    rows = {row["indicator"]: row for row in csv.DictReader((folder / "summary.csv").read_text("utf-8").splitlines())}
    assert rows["idle_firms"]["start"] == rows["idle_firms"]["first_quarter"] == ""
    assert len(summary(results)) == len(results.series)
