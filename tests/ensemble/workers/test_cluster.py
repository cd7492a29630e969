"""The workers of a Dask cluster do the same runs; one that is killed in the middle is no loss."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.execution.execute import Watch, execute
from simulator.ensemble.workers import cluster as module
from simulator.ensemble.workers.cluster import ClusterError, cluster
from simulator.ensemble.workers.work import TIMED_OUT
from tests.ensemble import works
from tests.ensemble.works import ODD, plan

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("default")  # of a library that is not ours


@pytest.fixture
def address(tmp_path):
    """A scheduler and two workers, processes of their own on loopback."""
    told = tmp_path / "scheduler.json"
    words = [
        ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told), "--no-dashboard"],
        ["dask_worker", "--scheduler-file", str(told), "--nworkers", "2", "--nthreads", "1", "--no-dashboard",
         "--host", "127.0.0.1", "--local-directory", str(tmp_path / "space")],
    ]  # fmt: skip
    root = str(Path(__file__).parents[3])
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{one[0]}", *one[1:]], env={**os.environ, "PYTHONPATH": root},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for one in words
    ]  # fmt: skip
    try:
        with distributed.Client(scheduler_file=str(told), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
            yield client.scheduler.address
    finally:
        for process in reversed(begun):
            process.terminate()
            process.wait()


def undisturbed(tmp_path, of):
    folder = BatchFolder.create(tmp_path / "undisturbed", of)
    execute(folder, jobs=1)
    return folder.digest


@pytest.mark.slow
def test_that_a_cluster_gives_the_same_batch_though_a_worker_is_killed(tmp_path, address):
    many = plan(seeds=20, chunk=2)
    folder = BatchFolder.create(tmp_path / "batch", many)
    with cluster(address) as (executor, count):
        assert count == 2
        with distributed.Client(address) as client:
            pids = list(client.run(os.getpid).values())

        def kill(now):
            if now.done == 8:
                os.kill(pids[0], signal.SIGKILL)

        ended = execute(folder, executor=executor, jobs=count, watch=Watch(kill), work=works.slow)
    assert ended.complete
    assert folder.failed() == ()
    assert folder.digest == undisturbed(tmp_path, many)


@pytest.mark.slow
def test_that_a_run_that_hangs_on_a_cluster_is_recorded_and_the_others_are_done(tmp_path, address):
    folder = BatchFolder.create(tmp_path / "batch", plan())
    with cluster(address) as (executor, count):
        ended = execute(folder, executor=executor, jobs=count, timeout=5, work=works.one_hangs)
        assert ended.complete
        (failed,) = (run for run in folder.told() if run.failure)
        assert (failed.number, failed.failure.kind) == (ODD, TIMED_OUT)
        execute(folder, executor=executor, jobs=count, again=True)
    assert folder.digest == undisturbed(tmp_path, plan())


@pytest.mark.slow
def test_that_the_verb_does_the_runs_on_a_cluster(tmp_path, address, capsys):
    small = ["--set", "run.scale=0.02", "--set", "run.years=0.5", "--replications", "3", "--lang", "en"]
    assert main(["batch", "strategy", *small, "--out", str(tmp_path / "here"), "--jobs", "1"]) == 0
    assert main(["batch", "strategy", *small, "--out", str(tmp_path / "there"), "--scheduler", address]) == 0
    assert "3 pairs of runs" in capsys.readouterr().out
    assert BatchFolder.open(tmp_path / "there").digest == BatchFolder.open(tmp_path / "here").digest


@pytest.mark.slow
def test_that_an_interrupted_batch_leaves_the_cluster_free(tmp_path, address):
    many = plan(seeds=20, chunk=2)
    folder = BatchFolder.create(tmp_path / "batch", many)
    with cluster(address) as (executor, count):

        def interrupt(now):
            if now.done == 8:
                signal.raise_signal(signal.SIGINT)

        ended = execute(folder, executor=executor, jobs=count, watch=Watch(interrupt), work=works.slow)
        assert (ended.complete, ended.code) == (False, 130)
        assert execute(folder, executor=executor, jobs=count).complete
    assert folder.digest == undisturbed(tmp_path, many)


def test_that_a_cluster_that_does_not_answer_is_told():
    with pytest.raises(ClusterError, match="no scheduler answers"), cluster("tcp://127.0.0.1:9", seconds=0.5):
        pass


def test_that_workers_must_be_there_and_have_this_program():
    with pytest.raises(ClusterError, match="no workers"):
        module._check("tcp://here", {})
    with pytest.raises(ClusterError, match="tcp://there does not have this version"):
        module._check("tcp://here", {"tcp://there": ("0.0.0", "0")})
