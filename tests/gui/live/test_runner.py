"""The runner: the newest question wins, workers come and go, nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from simulator.gui.live import runner as runner_module
from simulator.gui.live import worker_process as worker_module
from simulator.gui.live.bands import BASELINE, POLICY
from simulator.gui.live.runner import SPARE, WORKERS, LiveRunner
from simulator.gui.live.worker_process import MOST_LOSSES, SILENCE
from simulator.model import TransitionModel
from simulator.scenario import load, revised

SMALL = {"run.scale": 0.05, "run.years": 2}
LONG = {"run.scale": 0.3, "run.years": 60}
LONGEST_WAIT = 60_000


@pytest.fixture(scope="module")
def scenario():
    return load("digital-push", SMALL)


@pytest.fixture(scope="module")
def long(scenario):
    return revised(scenario, LONG)


@pytest.fixture(scope="module")
def workers(qapp):
    made = LiveRunner()
    yield made
    pids = made.pids
    made.close_down()
    assert not any(running(pid) for pid in pids)


@pytest.fixture
def runner(workers):
    """One set of workers for all tests: they outlive whatever happens to them."""
    workers.pause(False)
    yield workers
    workers.stop()


@pytest.fixture
def said(runner):
    """What the user is told."""
    found = []
    runner.told.connect(found.append)
    yield found
    runner.told.disconnect(found.append)


def finished(qtbot, runner):
    return qtbot.waitSignal(runner.finished, timeout=LONGEST_WAIT)


def busy(runner):
    return [worker for worker in runner._workers if worker.at_work]


def test_that_bands_are_those_of_the_model_itself(qtbot, runner, scenario):
    with finished(qtbot, runner):
        runner.ask(scenario, None, 2, by=("municipality", "industry"))
    assert runner.bands.enough
    assert runner.digest == scenario.digest
    model = TransitionModel(scenario, rng=scenario.run.seed + 1)
    model.run()
    results = model.results(("municipality",))
    run = runner.bands.runs[POLICY][scenario.run.seed + 1]
    assert np.array_equal(run.of("firms", "region"), results["firms"].of().astype(np.float32), equal_nan=True)
    place = run.of("advanced_digital", "municipality=falun")
    truth = results["advanced_digital"].of(municipality="falun").astype(np.float32)
    assert np.array_equal(place, truth, equal_nan=True)
    cells = runner.bands.cells("firms")
    assert {"region", "county=dalarna"} <= set(cells)
    assert any(cell.startswith("industry=") for cell in cells)
    assert not any("," in cell for cell in cells)
    assert len(set(cells)) == len(cells)
    assert sorted(run.measures) == sorted(measure.name for measure in scenario.measures)
    assert run.outlay.shape == (len(run.measures) + 1, 2)


def test_that_the_baseline_is_run_again_only_when_the_surroundings_move(qtbot, runner, scenario):
    with finished(qtbot, runner):
        runner.ask(scenario, None, 2)
    first = runner.bands.runs
    name = f"interventions.{scenario.measures[0].name}.capacity"
    with finished(qtbot, runner):
        runner.ask(scenario, None, 2, overrides={name: 1, "governance.mapping": 0.9})
    second = runner.bands.runs
    assert all(second[BASELINE][seed] is first[BASELINE][seed] for seed in (1, 2))
    assert second[POLICY][1] is not first[POLICY][1]
    with finished(qtbot, runner):
        runner.ask(scenario, None, 2, overrides={"drivers.world_demand_growth": 4})
    third = runner.bands.runs
    assert not any(third[BASELINE][seed] is first[BASELINE][seed] for seed in (1, 2))
    with finished(qtbot, runner):
        runner.ask(revised(scenario, {"drivers.world_demand_growth": 4}), None, 2)
    assert runner.bands.runs[BASELINE][1] is third[BASELINE][1]


def test_that_another_scenario_may_be_the_baseline(qtbot, runner, scenario, said):
    with finished(qtbot, runner):
        runner.ask(scenario, scenario, 1)
    change = runner.bands.difference("firms").middle
    assert np.nanmax(np.abs(change)) == 0
    with finished(qtbot, runner):
        runner.ask(scenario, revised(scenario, {"run.scale": 0.04}), 1)
    assert "same" in said[0].en
    assert not runner.running


def test_that_curves_come_while_the_first_runs_go_on(qtbot, runner, long):
    before = runner.bands
    runner.ask(long, None, 3, shown=("firms",))
    qtbot.waitUntil(lambda: runner.bands is not before, timeout=LONGEST_WAIT)
    run = runner.bands.runs[POLICY][long.run.seed]
    assert not run.complete
    assert 4 < run.entries < long.run.quarters
    assert set(run.values) == {"firms"}
    entries = run.entries
    qtbot.waitUntil(lambda: runner.bands.runs[POLICY][long.run.seed].entries > entries, timeout=LONGEST_WAIT)
    assert runner.bands.difference("firms").runs[4] == 1
    assert np.isnan(runner.bands.difference("firms").middle[-1])


def test_that_the_newest_question_wins_and_a_worker_leaves_its_run_at_once(qtbot, runner, long, scenario):
    runner.ask(long, None, 5)
    qtbot.waitUntil(lambda: len(busy(runner)) == WORKERS, timeout=LONGEST_WAIT)
    left = busy(runner)
    jobs = [worker.job for worker in left]
    asked = time.monotonic()
    with finished(qtbot, runner):
        for value in (0.5, 0.6, 0.7):
            runner.ask(scenario, None, 1, overrides={"governance.mapping": value})
    qtbot.waitUntil(lambda: all(worker.job not in jobs for worker in left), timeout=LONGEST_WAIT)
    assert time.monotonic() - asked < SILENCE * 10
    assert runner.digest == revised(scenario, {"governance.mapping": 0.7}).digest
    assert runner.bands.wanted == 1


def test_that_what_is_wrong_with_a_value_is_said_in_both_languages(qtbot, runner, scenario, said):
    with finished(qtbot, runner):
        runner.ask(scenario, None, 2, overrides={"governance.mapping": 7})
    assert len(said) == 1
    assert said[0].en.startswith("governance.mapping: 7 is too large")
    assert said[0].en != said[0].sv
    assert not runner.running
    with finished(qtbot, runner):
        runner.ask(scenario, None, 1)
    assert runner.bands.enough


def test_that_a_killed_worker_is_replaced_and_the_user_told(qtbot, runner, long):
    runner.ask(revised(long, {"run.years": 10}), None, 1)
    qtbot.waitUntil(lambda: len(busy(runner)) == WORKERS, timeout=LONGEST_WAIT)
    victim = busy(runner)[0].pid
    with qtbot.waitSignal(runner.told, timeout=LONGEST_WAIT):
        os.kill(victim, signal.SIGTERM)
    assert victim not in runner.pids
    assert len(runner.pids) == WORKERS + SPARE
    with finished(qtbot, runner):
        pass
    assert runner.bands.enough


@pytest.mark.skipif(sys.platform == "win32", reason="processes cannot be stopped there")
def test_that_a_silent_worker_is_ended_and_the_spare_answers_meanwhile(
    qtbot, runner, long, scenario, said, monkeypatch
):
    monkeypatch.setattr(worker_module, "SILENCE", 0.5)
    runner.ask(long, None, 5)
    qtbot.waitUntil(lambda: len(busy(runner)) == WORKERS, timeout=LONGEST_WAIT)
    qtbot.waitUntil(lambda: all(worker.ready for worker in runner._workers), timeout=LONGEST_WAIT)
    silent = busy(runner)[0].pid
    os.kill(silent, signal.SIGSTOP)
    with finished(qtbot, runner):
        runner.ask(scenario, None, 1)
    qtbot.waitUntil(lambda: bool(said), timeout=LONGEST_WAIT)
    assert "did not answer" in said[0].en
    assert silent not in runner.pids
    assert not running(silent)
    assert runner.bands.enough


def test_that_workers_that_die_all_the_time_are_not_started_for_ever(qtbot, runner, long, scenario, said):
    runner.ask(long, None, 1)
    with finished(qtbot, runner):
        for count in range(MOST_LOSSES + 1):
            os.kill(runner.pids[0], signal.SIGTERM)
            qtbot.waitUntil(lambda count=count: len(said) > count, timeout=LONGEST_WAIT)
    assert "No worker process" in said[-1].en
    with finished(qtbot, runner):
        runner.ask(scenario, None, 1)
    assert runner.bands.enough


def test_that_a_process_that_cannot_be_started_is_told(qtbot, scenario, said, monkeypatch):
    def refuse():
        raise OSError("no memory")

    monkeypatch.setattr(runner_module, "WorkerProcess", refuse)
    lonely = LiveRunner()
    lonely.told.connect(said.append)
    with finished(qtbot, lonely):
        lonely.ask(scenario, None, 1)
    assert "No worker process" in said[-1].en
    assert not lonely.running
    lonely.close_down()


def test_that_a_pause_holds_what_is_asked_until_it_ends(qtbot, runner, scenario):
    runner.pause(True)
    runner.ask(scenario, None, 1)
    qtbot.waitUntil(lambda: any(worker.ready for worker in runner._workers), timeout=LONGEST_WAIT)
    assert not busy(runner)
    assert runner.running
    with finished(qtbot, runner):
        runner.pause(False)
    assert runner.bands.enough


def test_that_workers_end_when_the_window_is_killed(tmp_path):
    code = (
        "from PySide6.QtCore import QCoreApplication\n"
        "from simulator.gui.live.runner import LiveRunner\n"
        "if __name__ == '__main__':\n"
        "    app = QCoreApplication([]); runner = LiveRunner(); runner.warm()\n"
        "    print(*runner.pids, flush=True); app.exec()\n"
    )
    script = tmp_path / "window.py"
    script.write_text(code, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    ) as window:
        pids = [int(pid) for pid in window.stdout.readline().split()]
        assert len(pids) == WORKERS + SPARE
        window.kill()
    deadline = time.monotonic() + 20
    while any(running(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(running(pid) for pid in pids)


def running(pid: int) -> bool:
    """Whether a process exists and is not merely waited for; unknown, so False, where there is no /proc."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
