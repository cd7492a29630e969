"""Whatever happens to runs, workers, disk or the one who waits: what is on disk is right, and the rest can follow."""

import math
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import pytest

from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.execution.execute import ExecutionError, Watch, execute
from simulator.ensemble.plan import Stop
from simulator.ensemble.storage.disk import StoreError
from simulator.ensemble.workers.work import DIED, RAISED, TIMED_OUT, assignment, run_chunk
from simulator.quantity import Text
from tests.ensemble import works
from tests.ensemble.works import ODD, ONCE, plan

posix = pytest.mark.skipif(os.name != "posix", reason="signals")


@pytest.fixture(scope="module")
def undisturbed():
    return [run.digest for run in run_chunk(assignment(plan(), range(len(plan()))))]


def digests(folder):
    assert [run.number for run in folder.told()] == list(range(len(folder.plan)))
    return [run.digest for run in folder.told()]


@pytest.fixture
def folder(tmp_path):
    return BatchFolder.create(tmp_path / "batch", plan())


@pytest.fixture
def here():
    """Work in a thread of this process: where it is done does not matter."""
    with ThreadPoolExecutor(1) as pool:
        yield {"executor": pool, "jobs": 1}


def chunk_files(folder):
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in (folder.path / "chunks").iterdir()}


def kept(before, after):
    return all(after[name] == file for name, file in before.items())


def failures(folder):
    return {run.number: (run.failure.kind, run.attempt) for run in folder.told() if run.failure}


@pytest.mark.parametrize("jobs", [1, 3])
def test_that_a_batch_gives_the_runs_of_its_plan_whatever_the_number_of_lanes(folder, undisturbed, jobs):
    ended = execute(folder, jobs=jobs)
    assert (ended.complete, ended.stopped, ended.code) == (True, False, 0)
    assert (ended.progress.done, ended.progress.failed) == (12, 0)
    assert digests(folder) == undisturbed
    assert (folder.path / "runs.csv").exists()


def test_that_a_finished_batch_is_left_alone(folder, here):
    execute(folder, **here)
    before = chunk_files(folder)
    assert execute(folder, **here, work=works.of_another_program).complete
    assert chunk_files(folder) == before


def test_that_a_run_that_raises_is_recorded_and_can_be_retried_alone(folder, undisturbed, here):
    ended = execute(folder, **here, work=works.one_raises)
    assert ended.complete
    assert ended.progress.failed == 1
    assert failures(folder) == {ODD: (RAISED, 1)}
    before = chunk_files(folder)
    again = execute(folder, **here, again=True)
    assert (again.progress.done, again.progress.total, again.progress.failed) == (1, 1, 0)
    after = chunk_files(folder)
    assert [name for name in before if after.get(name) != before[name]] == ["000001.json", "000001.nc"] or (
        "000001-1.nc" in after
    )
    assert digests(folder) == undisturbed
    assert next(run.attempt for run in folder.told() if run.number == ODD) == 2


@posix
def test_that_a_worker_that_dies_costs_nothing_but_a_second_try(folder, undisturbed, tmp_path, monkeypatch):
    monkeypatch.setenv(ONCE, str(tmp_path / "once"))
    assert execute(folder, jobs=2, work=works.one_dies_once).complete
    assert failures(folder) == {}
    assert digests(folder) == undisturbed
    assert {run.number for run in folder.told() if run.attempt == 2} == {3, 4, 5}


@posix
@pytest.mark.slow
@pytest.mark.parametrize("work", [works.one_dies, works.one_crashes])
def test_that_a_run_that_ends_its_worker_twice_is_recorded_and_nobody_elses_loss(folder, undisturbed, work):
    ended = execute(folder, jobs=2, work=work)
    assert ended.complete
    assert failures(folder) == {ODD: (DIED, 2)}
    assert execute(folder, jobs=1, again=True).progress.failed == 0
    assert digests(folder) == undisturbed


@pytest.mark.slow
def test_that_a_run_that_hangs_is_ended_and_says_where_it_was(folder, undisturbed):
    ended = execute(folder, jobs=2, timeout=3, work=works.one_hangs)
    assert ended.complete
    assert failures(folder) == {ODD: (TIMED_OUT, 2)}
    failure = next(run.failure for run in folder.told() if run.failure)
    assert failure.error == "longer than 3 s"
    assert "in hang" in failure.traceback
    assert execute(folder, jobs=1, again=True).progress.failed == 0
    assert digests(folder) == undisturbed


def test_that_a_disk_that_fills_up_stops_the_batch_and_loses_nothing(folder, undisturbed, monkeypatch, here):
    real = folder.write_chunk

    def write(chunk, runs):
        if chunk == 2:
            raise StoreError(Text("the disk is full", "disken är full"))
        real(chunk, runs)

    monkeypatch.setattr(folder, "write_chunk", write)
    with pytest.raises(StoreError):
        execute(folder, **here)
    monkeypatch.undo()
    before = chunk_files(folder)
    assert folder.done() == {0, 1}
    assert execute(folder, **here).complete
    assert kept(before, chunk_files(folder))
    assert digests(folder) == undisturbed


@posix
@pytest.mark.parametrize(("times", "number", "code"), [(1, "SIGINT", 130), (2, "SIGINT", 130), (1, "SIGTERM", 143)])
def test_that_an_interrupted_batch_goes_on_later(folder, undisturbed, times, number, code, here):
    told = []

    def interrupt(now):
        for _ in range(times if now.done == 3 else 0):
            signal.raise_signal(getattr(signal, number))

    ended = execute(folder, **here, watch=Watch(interrupt, told.append), work=works.slow)
    assert (ended.complete, ended.code) == (False, code)
    finishing = (times, number) == (1, "SIGINT")
    assert folder.done() == ({0, 1} if finishing else {0})
    assert bool(told) == finishing
    before = chunk_files(folder)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert execute(folder, **here).complete
    assert kept(before, chunk_files(folder))
    assert digests(folder) == undisturbed


def test_that_a_batch_resumed_in_pieces_and_slices_is_the_same_batch(folder, undisturbed):
    with ThreadPoolExecutor(1) as pool:

        def stop(now):
            raise KeyboardInterrupt

        for part in ((1, 2), (2, 2)):
            for _ in range(2):
                with pytest.raises(KeyboardInterrupt):
                    execute(folder, executor=pool, jobs=1, part=part, watch=Watch(stop))
    assert folder.done() == {0, 1, 2, 3}
    assert digests(folder) == undisturbed


def test_that_a_slice_does_its_own_chunks_only(folder, here):
    ended = execute(folder, **here, part=(2, 3))
    assert ended.complete
    assert (ended.progress.done, ended.progress.total) == (3, 3)
    assert folder.done() == {1}


@pytest.mark.parametrize("part", [(0, 2), (3, 2)])
def test_that_a_slice_that_is_not_there_is_refused(folder, part, here):
    with pytest.raises(ExecutionError, match="slice"):
        execute(folder, **here, part=part)


def test_that_any_executor_does_and_is_left_open(folder, undisturbed):
    with ThreadPoolExecutor(3) as pool:
        assert execute(folder, executor=pool, jobs=3).complete
        assert pool.submit(int, "7").result() == 7
    assert digests(folder) == undisturbed


@posix
@pytest.mark.slow
def test_that_an_executor_that_breaks_is_told_and_the_batch_can_go_on(folder, undisturbed):
    pool = ProcessPoolExecutor(1, get_context("spawn"))
    with pytest.raises(ExecutionError, match="no more work"):
        execute(folder, executor=pool, jobs=1, work=works.one_dies)
    pool.shutdown()
    assert execute(folder, jobs=1).complete
    assert digests(folder) == undisturbed


def test_that_workers_with_another_program_stop_the_batch(folder, here):
    with pytest.raises(ExecutionError, match="another program"):
        execute(folder, **here, work=works.of_another_program)
    assert not folder.done()


def test_that_chunks_in_work_are_bounded(folder):
    begun, most = [], []
    gate = threading.Semaphore(0)

    class Counting(ThreadPoolExecutor):
        def submit(self, *given):
            begun.append(super().submit(*given))
            most.append(sum(not one.done() for one in begun))
            gate.release()
            return begun[-1]

    many = BatchFolder.create(folder.path.with_name("many"), plan(seeds=10, chunk=1))
    with Counting(1) as pool:
        execute(many, executor=pool, jobs=1)
    assert len(begun) == 20
    assert max(most) <= 2


@pytest.mark.parametrize(("half_width", "done"), [(1e9, 4), (-1.0, 12)])
def test_that_a_rule_stops_the_plan_between_blocks_of_seeds(tmp_path, half_width, done, here):
    stopping = replace(plan(), stop=Stop("employment", half_width, 2))
    folder = BatchFolder.create(tmp_path / "batch", stopping)
    for _ in range(2):  # the second time there is nothing to do
        ended = execute(folder, **here)
        assert ended.complete
        assert ended.stopped == (done < 12)
        assert len(folder.told()) == done


def test_that_a_plan_with_a_rule_cannot_be_sliced(tmp_path, here):
    folder = BatchFolder.create(tmp_path / "batch", replace(plan(), stop=Stop("employment", 1.0, 2)))
    with pytest.raises(ExecutionError, match="sliced"):
        execute(folder, **here, part=(1, 2))


def test_that_progress_is_told_for_every_chunk(folder, here):
    told = []
    execute(folder, **here, watch=Watch(told.append))
    assert [now.done for now in told] == [3, 6, 9, 12]
    assert all(now.total == 12 for now in told)
    assert told[-1].seconds_left == 0
    assert not math.isnan(told[-1].rate)
