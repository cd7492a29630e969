"""The verbs validate and calibrate: what is printed and written, and what is refused."""

import csv

import pytest

from simulator.cli import main
from simulator.cli.validate import SEEDS

QUICK = ["--seeds", "2", "--jobs", "1", "--only", "V17,v8", "--set", "region.name=undervisning", "--set", "run.years=5"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Job openings", "per 100 employees", "of 2 patterns hold", "few seeds".capitalize(), "Table: ")),
        ("sv", ("Lediga jobb", "per 100 anställda", "av 2 mönster håller", "få frön".capitalize(), "Tabell: ")),
    ],
)
def test_that_the_table_is_printed_and_written(tmp_path, capsys, language, words):
    assert main(["validate", *QUICK, "--out", str(tmp_path / "made"), "--lang", language]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    for word in words:
        assert word in out
    with (tmp_path / "made" / "validation.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["pattern"] for row in rows] == ["V8", "V8", "V17"]
    assert "*Lediga jobb*" in (tmp_path / "made" / "validation.md").read_text("utf-8")
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == [
        "manifest.json", "validation.csv", "validation.md",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--seeds", "0"], "1 to 1000"),
        (["--seeds", "two"], "1 to 1000"),
        (["--jobs", "-1"], "1 to 256"),
        (["--only", "V99"], "V99: not among V1"),
        (["--only", ","], "not among"),
        (["--scenario", "nowhere.yaml"], "nowhere.yaml"),
        (["--set", "run.year=3"], "run.year"),
    ],
)
def test_that_wrong_input_is_refused_before_any_run(tmp_path, monkeypatch, capsys, words, told):
    monkeypatch.chdir(tmp_path)
    assert main(["validate", "--lang", "en", *words]) == 1
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_that_a_folder_with_other_files_is_refused(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["validate", *QUICK, "--out", str(tmp_path), "--lang", "sv"]) == 1
    assert "innehåller annat" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("words", [["--points", "0"], ["--fresh", "x"], ["--seeds", "-3"]])
def test_that_calibrate_refuses_wrong_numbers(capsys, words):
    assert main(["calibrate", "--lang", "en", *words]) == 1
    assert "whole number" in capsys.readouterr().err


def test_that_calibrate_tells_what_it_found_and_changes_nothing(tmp_path, capsys, monkeypatch):
    from simulator.validation import calibration
    from tests.validation.test_calibration import QUIET, middle

    monkeypatch.setattr(calibration, "point_at", lambda *_: calibration.Point(middle(), QUIET))
    target = tmp_path / "found.yaml"
    assert main(["calibrate", "--points", "2", "--lang", "sv", "--out", str(target)]) == 0
    out = capsys.readouterr().out
    for words in ("Inget har ändrats", "parameters.export.entry.constant", "oförändrad omvärld", "V11 alla företag"):
        assert words in out
    assert target.read_text("utf-8").splitlines()[1] == "parameters:"
    assert [path.name for path in tmp_path.iterdir()] == ["found.yaml"]


def test_that_calibrate_leaves_nothing_behind_when_it_is_interrupted(tmp_path, capsys, monkeypatch):
    from simulator.validation import calibration

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(calibration, "calibrate", interrupted)
    assert main(["calibrate", "--lang", "sv", "--out", str(tmp_path / "min fil.yaml")]) == 130
    assert list(tmp_path.iterdir()) == []
    assert main(["calibrate", "--lang", "sv", "--out", str(tmp_path / "ingen mapp" / "x.yaml")]) == 1
    assert "x.yaml: kan inte skrivas" in capsys.readouterr().err


def test_that_calibrate_fits_and_reports_on_seeds_that_validate_does_not_use(monkeypatch):
    from simulator.validation import calibration

    used = []

    def noted(scenario, seeds, fresh, *_):
        used.append((set(seeds), set(fresh)))
        raise KeyboardInterrupt

    monkeypatch.setattr(calibration, "calibrate", noted)
    assert main(["calibrate", "--lang", "en"]) == 130
    ((fit, fresh),) = used
    assert (len(fit), len(fresh)) == (6, 20)
    assert not fit & fresh
    assert not (fit | fresh) & set(range(1, SEEDS + 1))
