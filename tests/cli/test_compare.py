"""`compare`: results and scenarios against the first, in words and as a table."""

from __future__ import annotations

import csv

import pytest

from simulator.api import batch
from simulator.cli import main

TINY = ["--set", "run.years=1", "--set", "run.scale=0.05", "--jobs", "1"]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    home = tmp_path_factory.mktemp("results")
    settings = {"run.years": 1, "run.scale": 0.05}
    for name in ("digital-push", "coordinated"):
        batch(name, home / name, settings, replications=3, jobs=1)
    return home


def test_that_scenarios_are_compared_with_the_first(capsys, tmp_path):
    table = tmp_path / "differences.csv"
    assert main(["compare", "baseline", "digital-push", "coordinated", "--replications", "2", *TINY,
                 "--csv", str(table), "--lang", "en"]) == 0  # fmt: skip
    said = capsys.readouterr().out
    assert "digital-push against baseline: the last year, 2 pairs" in said
    assert "coordinated against baseline" in said
    assert "no detectable difference" in said
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert {row["case"] for row in rows} == {"digital-push", "coordinated"}
    outlay = next(row for row in rows if row["indicator"] == "public_outlay")
    assert outlay["detectable"] == "yes"
    assert float(outlay["low_90"]) <= float(outlay["difference"]) <= float(outlay["high_90"])
    assert outlay["unit"] == "MSEK/yr"


def test_that_one_result_is_compared_with_its_own_baseline_in_swedish(capsys, folders, tmp_path):
    table = tmp_path / "skillnader.csv"
    assert main(["compare", str(folders / "digital-push"), "--indicators", "firms,public_outlay", "--lang", "sv",
                 "--csv", str(table), "--decimal-comma"]) == 0  # fmt: skip
    said = capsys.readouterr().out
    assert "digital-push mot digital-push/baseline: sista året, 3 par" in said
    assert "mnkr/år" in said
    assert table.read_text(encoding="utf-8").count(";") > 100


def test_that_a_scenario_runs_on_the_seeds_of_the_result_it_is_compared_with(capsys, folders):
    assert main(["compare", str(folders / "digital-push"), "coordinated", *TINY, "--lang", "en"]) == 0
    assert "coordinated against digital-push: the last year, 3 pairs" in capsys.readouterr().out


def test_that_results_are_compared_whole(capsys, folders):
    assert main(["compare", *(str(folders / name) for name in ("coordinated", "digital-push")), "--all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such"], "no such file"),
        (["baseline", "--replications", "0"], "from 1 to"),
        (["baseline", *TINY, "--replications", "1"], "no case has a baseline"),
        (["designs/coordination"], "run it with batch"),
        (["baseline", "digital-push", "--all", "--indicators", "firms"], "not both"),
        (["baseline", "digital-push", *TINY, "--replications", "1", "--indicators", "firm"], "no indicator firm"),
    ],
)
def test_that_wrong_words_are_told_and_nothing_is_traced(capsys, words, said):
    assert main(["compare", *words, "--lang", "en"]) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err
