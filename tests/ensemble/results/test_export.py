"""Results in other programs: the numbers, units and words that the result has."""

import csv
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from simulator.ensemble.results import export, export_labelled
from simulator.ensemble.results.export import Choice, write_csv, write_parquet
from simulator.ensemble.results.export_labelled import write_netcdf
from simulator.ensemble.results.result import Result, UnknownError
from simulator.ensemble.storage.disk import StoreError
from tests.ensemble import made


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    path = tmp_path_factory.mktemp("export") / "kö rning åäö"
    made.folder(path, made.plan(by=("county", "size_class")), fail=(4,))
    return Result.load(path)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(export, "_PIECE", 200)


def same_numbers(result, table):
    """Rows of a table against the values of the result."""
    checked = 0
    for (indicator, cell), rows in table.groupby(["indicator", "cell"], observed=True):
        values = result.values(indicator, cell)
        case = rows["case"].map({name: place for place, name in enumerate(result.cases)}).to_numpy(int)
        seed = rows["seed"].map({seed: place for place, seed in enumerate(result.seeds)}).to_numpy(int)
        quarter = rows["quarter"].map({label: place for place, label in enumerate(result.quarters)}).to_numpy(int)
        np.testing.assert_array_equal(rows["value"].to_numpy(float), values[case, seed, quarter])
        assert set(rows["unit"]) == {result.unit(indicator)}
        checked += len(rows)
    assert checked == len(table) > 0


def test_that_a_frame_is_tidy_and_has_every_value(result):
    frame = result.frame()
    assert list(frame) == ["case", "seed", "quarter", "indicator", "cell", "value", "unit"]
    cells = sum(len(result.cells(name)) for name in result.indicators)
    assert len(frame) == 3 * 5 * 5 * cells
    same_numbers(result, frame)
    assert frame["quarter"].cat.ordered


def test_that_a_frame_takes_what_is_asked_for(result):
    frame = result.frame(["leverage"], ["", "county=dalarna"], [result.cases[1]], factors=True)
    assert set(frame["cell"]) == {"region", "county=dalarna"}
    assert set(frame["case"]) == {result.cases[1]}
    assert set(frame["governance.mapping"]) == {0.8}
    with pytest.raises(UnknownError, match="no indicator leverag "):
        result.frame(["leverag"])
    with pytest.raises(StoreError, match="nothing is left"):
        result.frame(cells=["municipality=falun"])


def test_that_differences_go_the_same_ways(result, tmp_path):
    found = result.minus()
    same_numbers(found, found.frame())
    write_netcdf(found, tmp_path / "out.nc")
    write_csv(found, tmp_path / "out.csv", Choice(["leverage"]))
    same_numbers(found, pd.read_csv(tmp_path / "out.csv", dtype={"unit": str}).rename(columns={"difference": "value"}))
    xarray = pytest.importorskip("xarray", reason="XARRAY IS NOT INSTALLED: the promise to its users is not checked")
    with xarray.open_dataset(tmp_path / "out.nc", engine="scipy") as data:
        assert data.attrs["kind"] == "paired differences"
        np.testing.assert_array_equal(data.leverage.values, found.block("leverage", found.cells("leverage")))


@pytest.mark.parametrize("comma", [False, True])
def test_that_pandas_reads_the_table_with_units_words_and_factors(result, tmp_path, comma):
    write_csv(result, tmp_path / "ut åäö.csv", decimal_comma=comma)
    marks = {"sep": ";", "decimal": ","} if comma else {}
    table = pd.read_csv(tmp_path / "ut åäö.csv", dtype={"unit": str}, **marks)
    same_numbers(result, table)
    row = table[(table["indicator"] == "advanced_digital") & (table["cell"] == "county=dalarna,size_class=10-49")].iloc[
        0
    ]
    assert (row["label_sv"], row["county"], row["size_class"]) == (
        result.label("advanced_digital").sv, "dalarna", "10-49",
    )  # fmt: skip
    assert set(table["governance.mapping"].dropna()) == {0.2, 0.8}


def test_that_netcdf_opens_in_xarray_with_axes_units_words_and_time(result, tmp_path):
    xarray = pytest.importorskip("xarray", reason="XARRAY IS NOT INSTALLED: the promise to its users is not checked")
    write_netcdf(result, tmp_path / "out.nc")
    with xarray.open_dataset(tmp_path / "out.nc", engine="scipy") as data:
        assert data.advanced_digital.dims == ("case", "seed", "time", "firms_cell")
        assert str(data.time.values[-1])[:10] == "2026-12-31"
        assert data.case.values.astype(str).tolist() == list(result.cases)
        assert data.seed.values.tolist() == list(result.seeds)
        assert data.attrs["result_digest"] == result.digest
        np.testing.assert_array_equal(data["governance.mapping"].values, [0.2, 0.8, np.nan])
        for name in result.indicators:
            cells = result.cells(name)
            family = result.axes.indicators[name].family
            assert data[f"{family}_key"].values.astype(str).tolist() == list(cells)
            np.testing.assert_array_equal(data[name].values, result.block(name, cells))
            assert (data[name].attrs["units"], data[name].attrs["long_name_sv"]) == (
                result.unit(name),
                result.label(name).sv,
            )
            assert data[name].attrs["definition_sv"]


def test_that_a_data_set_in_memory_is_the_one_on_disk(result, tmp_path):
    xarray = pytest.importorskip("xarray", reason="XARRAY IS NOT INSTALLED: the promise to its users is not checked")
    write_netcdf(result, tmp_path / "out.nc", Choice(["leverage"]))
    made_now = result.to_xarray(["leverage"])
    with xarray.open_dataset(tmp_path / "out.nc", engine="scipy") as data:
        np.testing.assert_array_equal(made_now.leverage.values, data.leverage.values)
        np.testing.assert_array_equal(made_now.time.values, data.time.values)
    assert made_now.leverage.sel(public_cell="county=dalarna", seed=12, case=result.cases[0]).shape == (5,)
    assert made_now.leverage.attrs["units"] == result.unit("leverage")


def test_that_parquet_has_the_same_rows(result, tmp_path):
    pytest.importorskip("pyarrow", reason="PYARROW IS NOT INSTALLED: Parquet is not checked")
    write_parquet(result, tmp_path / "out.parquet")
    table = pd.read_parquet(tmp_path / "out.parquet")
    assert list(table) == list(export.COLUMNS)
    same_numbers(result, table.astype(dict.fromkeys(("case", "quarter", "indicator", "cell", "unit"), object)))
    assert result.label("leverage").sv in set(table["label_sv"])


@pytest.mark.parametrize(
    ("package", "ask", "words"),
    [
        ("pyarrow", lambda result, path: write_parquet(result, path), "transition-simulator[parquet]"),
        ("xarray", lambda result, path: result.to_xarray(), "pip install xarray"),
    ],
)
def test_that_a_missing_package_is_named(result, tmp_path, monkeypatch, package, ask, words):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(StoreError) as refused:
        ask(result, tmp_path / "out")
    assert words in refused.value.text().en
    assert words in refused.value.text().sv
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [write_csv, write_netcdf, write_parquet])
def test_that_a_file_is_there_whole_or_as_it_was(result, tmp_path, monkeypatch, write):
    pytest.importorskip("pyarrow", reason="PYARROW IS NOT INSTALLED: Parquet is not checked")
    target = tmp_path / "out"
    target.write_text("before")

    def stop(*_):
        yield next(plain(*_))
        raise OSError(28, "No space left on device")

    plain = export.pieces
    for module in (export, export_labelled):
        monkeypatch.setattr(module, "pieces", stop)
    with pytest.raises(StoreError, match="the disk is full"):
        write(result, target)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out", "before")]
    with pytest.raises(StoreError, match="no such file or folder"):
        write(result, tmp_path / "nowhere" / "out")


def test_that_an_indicator_too_large_for_netcdf_is_refused(result, tmp_path, monkeypatch):
    monkeypatch.setattr(export_labelled, "_MOST_BYTES", 100)
    with pytest.raises(StoreError, match="too many values") as refused:
        write_netcdf(result, tmp_path / "out.nc")
    assert "för många värden" in refused.value.text().sv
    assert list(tmp_path.iterdir()) == []


def test_that_a_piece_is_all_that_is_held(result, monkeypatch):
    monkeypatch.setattr(export, "_PIECE", 75)
    asked = []
    plain = Result.block

    def block(self, indicator, cells):
        asked.append(len(cells))
        return plain(self, indicator, cells)

    monkeypatch.setattr(Result, "block", block)
    assert sum(1 for _ in export.pieces(result, Choice())) == sum(asked)
    assert set(asked) == {1}


_MEMORY = """
import sys, tracemalloc
from simulator.ensemble.results.result import Result
found = Result.load(sys.argv[1])
found.values("advanced_digital")
tracemalloc.start()
values = found.values("advanced_digital")
print(values.nbytes, tracemalloc.get_traced_memory()[1], len(found.cells("advanced_digital")))
"""


def test_that_reading_one_cell_does_not_hold_the_others(tmp_path):
    plan = made.plan(seeds=40, by=("municipality", "size_class"))
    folder = made.folder(tmp_path / "out", plan).path
    # in an interpreter of its own: here, threads of other tests would be measured with it
    told = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(folder)], stdout=subprocess.PIPE, text=True, check=True, timeout=120
    ).stdout
    held, most, cells = map(int, told.split())
    all_cells = 8 * 120 * 5 * cells
    assert held < all_cells / 50
    assert most < all_cells / 4


def test_that_rows_of_csv_are_plain(result, tmp_path):
    write_csv(result, tmp_path / "out.csv", Choice(["advanced_digital"], cells=lambda cell: cell == "region"))
    first, *rows = csv.reader((tmp_path / "out.csv").read_text("utf-8").splitlines())
    assert first[: len(export.COLUMNS)] == list(export.COLUMNS)
    assert rows[0][:6] == [
        "strategy/0000",
        "11",
        "2025Q4",
        "advanced_digital",
        "region",
        repr(result.values("advanced_digital")[0, 0, 0].item()),
    ]
    assert [row[5] for row in rows if row[0] == "strategy/0001" and row[1] == "12"] == [""] * 5
