"""The verbs that run batches: what they say in both languages, what they leave, what they refuse."""

import io
import json
import math
from functools import partial

import pytest

from simulator.cli import main
from simulator.cli.batch_progress import line_of, watching
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.execution import execute as executing
from simulator.ensemble.execution.execute import execute
from simulator.ensemble.execution.progress import Progress
from simulator.quantity import Text
from tests.ensemble import works
from tests.ensemble.works import plan

SMALL = ["--set", "run.scale=0.02", "--set", "run.years=0.5"]


@pytest.fixture(autouse=True)
def somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def said(capsys, *words, code=0):
    assert main([*words, "--lang", "en"] if "--lang" not in words else list(words)) == code
    return capsys.readouterr()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("4 runs: 2 cases with 2 seeds (7 to 8) each", "strategy, compared with strategy/baseline", "on disk",
                "2 pairs of runs on equal luck", "90 % interval", "no detectable difference", "Results: results",
                "python main.py export")),
        ("sv", ("4 körningar: 2 fall med 2 frön (7 till 8) vardera", "strategy, jämförs med strategy/baseline",
                "på disk", "2 par av körningar med samma slump", "90 % intervall", "ingen påvisbar skillnad",
                "Resultat: results", "Gå vidare")),
    ],
)  # fmt: skip
def test_that_a_batch_says_what_it_runs_and_what_it_shows(language, words, capsys):
    out, err = said(
        capsys, "batch", "strategy", *SMALL, "--replications", "2", "--seed", "7", "--jobs", "1", "--lang", language
    )
    for word in words:
        assert word in out
    assert "strategy-batch-001" in out
    assert "warning" in err or "varning" in err
    assert "nan" not in out


def test_that_a_plan_is_shown_without_a_run(capsys, tmp_path):
    out, _ = said(capsys, "batch", "strategy", *SMALL, "--replications", "3", "--plan-only")
    assert "6 runs" in out
    assert list(tmp_path.iterdir()) == []


def test_that_a_batch_goes_on_where_it_is_and_a_different_one_is_refused(capsys, tmp_path):
    words = ["batch", "strategy", *SMALL, "--jobs", "1", "--out", "b"]
    said(capsys, *words, "--replications", "2")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "b" / "chunks").iterdir()}
    said(capsys, *words, "--replications", "2", "--resume")
    said(capsys, "resume", "b")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "b" / "chunks").iterdir()} == before
    _, err = said(capsys, *words, "--replications", "3", code=1)
    assert "another batch" in err


def test_that_progress_can_be_read_by_programs(capsys):
    _, err = said(
        capsys, "batch", "baseline", *SMALL, "--replications", "2", "--jobs", "1", "--progress", "json", "--out", "b"
    )
    events = [json.loads(line) for line in err.splitlines()]
    assert [event["done"] for event in events if event["event"] == "progress"] == [1, 2]
    assert set(events[0]) == {"event", "done", "total", "failed", "rate", "seconds_left"}
    assert events[-1] == {"event": "end", "done": 2, "total": 2, "failed": 0, "complete": True, "code": 0}


def test_that_a_slice_leaves_the_rest_to_others(capsys):
    words = ["batch", "baseline", *SMALL, "--replications", "3", "--jobs", "1", "--out", "b"]
    _, err = said(capsys, *words, "--slice", "2/2")
    assert "Slice 2/2 is done; the folder has 1/3 runs." in err
    out, _ = said(capsys, "status", "b")
    assert "1 of 3 runs are done, 0 failed, 2 missing" in out
    assert "python main.py resume b" in out
    out, _ = said(capsys, *words, "--slice", "1/2")
    assert "Results: b" in out
    out, _ = said(capsys, "status", "b")
    assert "Complete; fingerprint" in out


def failing(tmp_path):
    folder = BatchFolder.create(tmp_path / "b", plan())
    execute(folder, jobs=1, work=works.one_raises)


def test_that_failed_runs_are_told_and_tried_again(capsys, tmp_path):
    failing(tmp_path)
    out, _ = said(capsys, "status", "b")
    assert "11 of 12 runs are done, 1 failed, 0 missing" in out
    assert "run 5, strategy/baseline, seed 13: the run raised an error" in out
    assert "python main.py retry b" in out
    out, _ = said(capsys, "status", "b", "--lang", "sv")
    assert "körning 5, strategy/baseline, frö 13: körningen gav ett fel" in out
    said(capsys, "retry", "b", "--jobs", "1")
    assert BatchFolder.open(tmp_path / "b").failed() == ()
    _, err = said(capsys, "retry", "b")
    assert "No run has failed." in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["batch", "strategy", "--slice", "3/2"], "write 2/5"),
        (["batch", "strategy", "--slice", "half"], "write 2/5"),
        (["batch", "strategy", "--jobs", "0"], "--jobs 0: a whole number"),
        (["batch", "strategy", "--replications", "many"], "--replications many: a whole number"),
        (["batch", "strategy", "--resume"], "name it with --out"),
        (["batch", "strategi"], "strategy"),
        (["resume", "nowhere"], "no such folder"),
        (["retry", "nowhere"], "no such folder"),
        (["status", "."], "the folder is empty"),
    ],
)
def test_that_what_cannot_be_done_is_told(words, message, capsys):
    _, err = said(capsys, *words, code=1)
    assert message in err


def test_that_a_batch_whose_runs_all_fail_does_not_end_well(capsys, monkeypatch):
    monkeypatch.setattr(executing, "execute", partial(execute, work=works.all_raise))
    _, err = said(capsys, "batch", "baseline", *SMALL, "--replications", "7", "--jobs", "1", "--out", "b", code=1)
    assert "7 runs failed:" in err
    assert "and 2 more" in err
    assert "python main.py retry b" in err


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_that_a_bar_is_shown_at_a_terminal_only():
    screen, file = Terminal(), io.StringIO()
    for stream in (screen, file):
        with watching(None, "en", stream) as watch:
            watch.progress(Progress(3, 12, 1, 0.5, 18.0))
            watch.tell(Text("Going on.", "Fortsätter."))
    assert "3/12 runs, 1 failed, 0.5 per second, 18 s left" in screen.getvalue()
    assert file.getvalue() == "Going on.\n"


def test_that_a_bar_speaks_swedish_and_is_silent_about_what_it_does_not_know():
    line = line_of(Progress(0, 12, 0, math.nan, math.nan), "sv")
    assert line.endswith("] 0/12 körningar")
