"""The verbs export and merge: streams, files, choices, refusals in both languages."""

import csv
import io

import pytest

from simulator.cli import main
from simulator.ensemble.results.result import Result
from tests.ensemble import made

KEPT = "advanced_digital"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made.folder(tmp_path_factory.mktemp("verbs") / "kö rning", fail=(4,)).path


@pytest.fixture
def said(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*words) -> tuple[int, str, str]:
        code = main([*map(str, words), *([] if "--lang" in words else ["--lang", "en"])])
        return code, *capsys.readouterr()

    return run


def rows(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_that_a_table_goes_to_the_screen_or_a_file(said, folder, tmp_path):
    code, out, err = said("export", folder)
    assert (code, err) == (0, "")
    result = Result.load(folder)
    assert len(rows(out)) == 75 * sum(len(result.cells(name)) for name in result.indicators)
    assert said("export", folder, "--out", "ut å.csv") == (0, "", "")
    assert (tmp_path / "ut å.csv").read_text("utf-8") == out


def test_that_a_choice_is_what_comes_out(said, folder):
    _, out, _ = said("export", folder, "--indicators", f"{KEPT},leverage", "--by", "region", "--case", "strategy/0001")
    found = rows(out)
    assert {(row["indicator"], row["cell"], row["case"]) for row in found} == {
        (name, "region", "strategy/0001") for name in (KEPT, "leverage")
    }
    _, out, _ = said("export", folder, "--by", "county")
    assert {row["cell"].partition("=")[0] for row in rows(out)} == {"county"}
    _, out, _ = said("export", folder, "--cell", "county=dalarna", "--cell", "region", "--decimal-comma")
    found = rows(out, ";")
    assert {row["cell"] for row in found} == {"county=dalarna", "region"}
    assert not [row for row in found if "." in row["value"]]


def test_that_differences_come_out_with_what_is_odd_about_them(said, folder, tmp_path):
    _, out, _ = said("export", folder, "--differences", "--indicators", KEPT, "--by", "region")
    values = Result.load(folder).minus().values(KEPT)
    known = [float(row["difference"]) for row in rows(out) if row["difference"]]
    assert {row["unit"] for row in rows(out)} == {"pp"}
    assert known == [value for value in values.ravel().tolist() if value == value]
    other = made.folder(tmp_path / "other").path
    code, out, err = said("export", folder, "--against", other, "--indicators", KEPT)
    assert (code, err) == (0, "")
    assert {row["case"] for row in rows(out)} == {"strategy/0000", "strategy/0001"}


@pytest.mark.parametrize("form", ["netcdf", "parquet"])
def test_that_other_formats_need_a_file(said, folder, tmp_path, form):
    code, out, err = said("export", folder, "--format", form)
    assert (code, out) == (1, "")
    assert "--out FILE" in err
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="PYARROW IS NOT INSTALLED: Parquet is not checked")
    assert said("export", folder, "--format", form, "--out", f"out.{form}") == (0, "", "")
    assert (tmp_path / f"out.{form}").stat().st_size > 1000


@pytest.mark.parametrize(
    ("words", "english", "swedish"),
    [
        (["--by", "conty"], "did you mean county?", "menade du county?"),
        (["--cell", "county=dalarn"], "did you mean county=dalarna?", "menade du county=dalarna?"),
        (["--by", "county", "--cell", "region"], "not both", "inte båda"),
        (["--indicators", "advanced_digitl"], "did you mean advanced_digital?", "menade du advanced_digital?"),
        (["--case", "strategy/9"], "no case strategy/9", "fall strategy/9 finns inte"),
        (["--by", "zone"], "nothing is left", "inget finns kvar"),
        (["--decimal-comma", "--format", "netcdf", "--out", "x"], "for csv", "för csv"),
        (["--against", "nowhere"], "nowhere: no such folder", "nowhere: mappen finns inte"),
        (["--out", "nowhere/x.csv"], "no such file or folder", "filen eller mappen finns inte"),
    ],
)
def test_that_what_cannot_be_exported_is_explained(said, folder, tmp_path, words, english, swedish):
    for language, expected in (("en", english), ("sv", swedish)):
        code, out, err = said("export", folder, *words, "--lang", language)
        assert (code, out) == (1, "")
        assert expected in err
        assert len(err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_that_a_run_is_exported_too(said, tmp_path):
    said("run", "baseline", "--years", "0.5", "--set", "run.scale=0.02", "--out", "one", "--quiet")
    _, out, _ = said("export", "one", "--indicators", "employment", "--by", "region")
    assert [row["quarter"] for row in rows(out)] == ["2025Q4", "2026Q1", "2026Q2"]
    code, _, err = said("export", "one", "--differences")
    assert code == 1
    assert "baseline of its own" in err


def test_that_merge_says_what_there_is(said, folder, tmp_path):
    parts = [made.folder(tmp_path / str(part), chunks=range(part, part + 1), fail=(4,)).path for part in (0, 1)]
    code, out, err = said("merge", *parts, "--out", "all", "--lang", "sv")
    assert (code, err) == (0, "")
    assert out.startswith("all: 7 körningar klara, 1 misslyckade, 7 saknas; fingeravtryck ")
    _, out, _ = said("merge", folder, "--out", "all")
    assert out.startswith("all: 14 runs done, 1 failed, 0 missing; fingerprint ")
    code, _, err = said("merge", "nowhere", "--out", "all")
    assert (code, err) == (1, "nowhere: no such folder\n")
    assert said("merge", folder)[0] == 2
