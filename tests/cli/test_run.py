"""The verb run: table, folder, languages, refusals, interrupts; the model is a stand-in, the scenario is real."""

import json
import sys
from types import ModuleType, SimpleNamespace

import pytest

from simulator.agents.columns import Population
from simulator.cli import main
from simulator.delivery.ledger import Ledger
from tests.indicators.sample import recorded

STEPS: list[int] = []


class StandIn:
    """A model with a fixed result."""

    def __init__(self, scenario, rng=None, **overrides):
        self.settings = scenario
        self._left = 3
        run = recorded(quarters=6)
        self._results = run.recorder.results()
        self.ledger = Ledger(("uptake",), 3, 60)
        self.ledger.add("paid", 0, 5, [1.5, 0, 0])
        self.region = SimpleNamespace(
            county_names=("Dalarna", "Gävleborg", "Värmland"),
            synthetic=[SimpleNamespace(file="firm_counts.csv", source="synthetic prior")],
        )
        log = SimpleNamespace(entries=[(0, "founded", run.firms.slot[:2], run.firms.cash[:2])])
        self.world = SimpleNamespace(firms=run.firms, events=log)

    @property
    def running(self):
        return self._left > 0

    def step(self):
        self._left -= 1
        STEPS.append(1)

    def results(self):
        return self._results


@pytest.fixture(autouse=True)
def stand_in(monkeypatch, tmp_path):
    module = ModuleType("simulator.model")
    module.TransitionModel = StandIn
    monkeypatch.setitem(sys.modules, "simulator.model", module)
    monkeypatch.chdir(tmp_path)
    STEPS.clear()
    return StandIn


def test_that_run_prints_a_table_and_writes_a_numbered_folder(tmp_path, capsys):
    assert main(["run", "baseline", "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    for words in ("Employment", "FTE", "Digital level 2 or higher", "not a forecast", "synthetic", "results"):
        assert words in out
    assert not err
    folder = tmp_path / "results" / "baseline-001"
    about = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert about["scenario_digest"]
    assert about["versions"]["numpy"]
    assert about["luck_digest"]
    assert about["synthetic"] == ["firm_counts.csv: synthetic prior"]
    assert about["notice"][1]["sv"].startswith("Gäller under")
    assert "2040Q4" in (folder / "scenario.yaml").read_text("utf-8") or (folder / "scenario.yaml").stat().st_size > 500


def test_that_swedish_speaks_swedish_with_decimal_commas(capsys):
    assert main(["run", "baseline", "--lang", "sv"]) == 0
    out = capsys.readouterr().out
    for words in ("Sysselsättning", "indikator", "ändring", "ingen prognos", "syntetiska", "frö"):
        assert words in out
    rows = [line for line in out.splitlines() if "Digital nivå 2 eller högre" in line]
    assert all("," in row and "." not in row for row in rows)
    employment = next(line for line in out.splitlines() if line.strip().startswith("Sysselsättning "))
    assert "\u00a0" in employment


def test_that_columns_line_up(capsys):
    main(["run", "baseline", "--lang", "en"])
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert len({len(line) for line in lines}) == 1
    assert len(lines) > 50


def test_that_shortcuts_reach_the_scenario_and_the_manifest(tmp_path):
    assert main(["run", "baseline", "--seed", "9", "--years", "2", "--out", "here", "--lang", "en"]) == 0
    about = json.loads((tmp_path / "here" / "manifest.json").read_text("utf-8"))
    assert about["seed"] == 9
    text = (tmp_path / "here" / "scenario.yaml").read_text("utf-8")
    assert "years: 2" in text
    assert "seed: 9" in text


def test_that_events_and_firms_come_on_request(tmp_path):
    assert main(["run", "baseline", "--events", "--firms", "--out", "here", "--lang", "en"]) == 0
    events = (tmp_path / "here" / "events.csv").read_text("utf-8").splitlines()
    assert events[1].startswith("2026Q1,founded,0,")
    assert (tmp_path / "here" / "firms.csv.gz").exists()
    assert main(["run", "baseline", "--out", "plain", "--lang", "en"]) == 0
    assert not (tmp_path / "plain" / "events.csv").exists()


def test_that_the_ledger_is_written_by_measure_county_and_year(tmp_path):
    assert main(["run", "baseline", "--out", "here", "--lang", "en"]) == 0
    header, row = (line.split(",") for line in (tmp_path / "here" / "ledger.csv").read_text("utf-8").splitlines())
    assert row[:3] == ["uptake", "dalarna", "2027Q1"]
    assert dict(zip(header, row, strict=True))["paid_kSEK"] == "1.5"


def test_that_quiet_prints_the_folder_only(capsys):
    assert main(["run", "baseline", "--quiet", "--out", "here", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "here\n"


@pytest.mark.parametrize(("language", "words"), [("en", "other files"), ("sv", "annat än resultat")])
def test_that_a_foreign_folder_is_refused_before_the_run(tmp_path, capsys, language, words):
    (tmp_path / "letter.txt").write_text("mine")
    assert main(["run", "baseline", "--out", ".", "--lang", language]) == 1
    out, err = capsys.readouterr()
    assert words in err
    assert not out
    assert not STEPS
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_that_a_file_in_the_way_gives_one_message(tmp_path, capsys):
    (tmp_path / "file").write_text("mine")
    assert main(["run", "baseline", "--out", "file/deeper", "--lang", "en"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_that_an_interrupt_ends_with_130_and_leaves_nothing(tmp_path, capsys, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(StandIn, "step", interrupt)
    assert main(["run", "baseline", "--lang", "en"]) == 130
    assert list(tmp_path.iterdir()) == []
    assert "Interrupted" in capsys.readouterr().err


def test_that_a_missing_scenario_is_one_problem(capsys):
    assert main(["run", "nowhere.yaml", "--lang", "en"]) == 1
    assert "nowhere.yaml" in capsys.readouterr().err


def test_that_a_wrong_seed_is_explained(capsys):
    assert main(["run", "baseline", "--seed", "many", "--lang", "en"]) == 1
    assert "seed" in capsys.readouterr().err


def test_that_every_column_of_a_population_can_be_written():
    from simulator.cli.run import _firms

    model = StandIn(None)
    assert isinstance(model.world.firms, Population)
    columns = _firms(model)
    assert {len(values) for values in columns.values()} == {model.world.firms.size}
    assert "staff_4" in columns
