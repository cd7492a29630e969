"""A lane whose process dies concerns one task; no process outlives the one that started it."""

import ctypes
import faulthandler
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from simulator.ensemble.workers.lanes import CannotStartError, Lanes, WorkerLostError, last_words

POSIX = os.name == "posix"
LONG = 600


def number_of_process(_=None):
    return os.getpid()


def die(how):
    os.kill(os.getpid(), how)
    time.sleep(LONG)


def leave(_):
    os._exit(3)


def wait_for_file(path):
    while not Path(path).exists():
        time.sleep(0.02)
    return os.getpid()


def hang_without_python(_):
    """Sleep in C with the interpreter's lock held: no Python code of the process can end this."""
    faulthandler.dump_traceback_later(0.5, exit=True, file=last_words())
    ctypes.PyDLL(None).sleep(LONG)


def sleep(seconds):
    time.sleep(seconds)


def gone(pid, seconds=20):
    """Whether a process ends soon; a zombie has ended."""
    for _ in range(int(seconds / 0.05)):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def lanes():
    made = []

    def of(count):
        made.append(Lanes(count))
        return made[-1]

    yield of
    for one in made:
        pids = one.pids
        one.kill()
        assert all(map(gone, pids))


def test_that_a_lane_keeps_its_process_warm(lanes):
    one = lanes(1)
    assert one.submit(number_of_process).result() == one.submit(number_of_process).result() == one.pids[0]


def test_that_tasks_run_side_by_side(lanes, tmp_path):
    two = lanes(2)
    first = two.submit(wait_for_file, tmp_path / "go")
    assert two.submit(number_of_process).result() in two.pids
    (tmp_path / "go").touch()
    assert first.result() in two.pids


@pytest.mark.skipif(not POSIX, reason="signals")
def test_that_a_killed_process_loses_its_task_and_nobody_elses(lanes, tmp_path):
    two = lanes(2)
    safe = two.submit(wait_for_file, tmp_path / "go")
    lost = two.submit(die, signal.SIGKILL)
    after = two.submit(number_of_process)
    with pytest.raises(WorkerLostError):
        lost.result()
    assert after.result() in two.pids
    (tmp_path / "go").touch()
    assert safe.result() in two.pids
    assert len(set(two.pids)) == 2


def test_that_a_process_that_leaves_is_a_process_lost(lanes):
    one = lanes(1)
    with pytest.raises(WorkerLostError):
        one.submit(leave, 0).result()
    assert one.submit(number_of_process).result() in one.pids


@pytest.mark.skipif(not POSIX, reason="signals")
def test_that_a_process_killed_while_it_had_nothing_to_do_costs_nothing(lanes):
    one = lanes(1)
    first = one.submit(number_of_process).result()
    os.kill(first, signal.SIGKILL)
    assert gone(first)
    time.sleep(0.2)  # until its pool knows
    assert one.submit(number_of_process).result() != first


@pytest.mark.skipif(not POSIX, reason="a library with a sleep")
def test_that_a_task_that_hangs_outside_python_is_ended_and_says_where_it_was(lanes):
    with pytest.raises(WorkerLostError) as lost:
        lanes(1).submit(hang_without_python, 0).result(60)
    assert "Timeout" in lost.value.words
    assert "hang_without_python" in lost.value.words


def test_that_what_a_task_raises_is_raised(lanes):
    one = lanes(1)
    with pytest.raises(ValueError, match="invalid literal"):
        one.submit(int, "x").result()
    assert one.submit(int, "7").result() == 7


def test_that_waiting_tasks_can_be_cancelled_and_running_ones_not(lanes, tmp_path):
    one = lanes(1)
    running, waiting, last = (one.submit(wait_for_file, tmp_path / "go") for _ in range(3))
    assert waiting.cancel()
    assert not running.cancel()
    (tmp_path / "go").touch()
    assert running.result() == last.result()
    with pytest.raises(CancelledError):
        waiting.result()


def test_that_killing_the_lanes_ends_all_work(lanes):
    two = lanes(2)
    begun = [two.submit(sleep, LONG) for _ in range(2)]
    waiting = two.submit(number_of_process)
    pids = two.pids
    assert len(pids) == 2
    two.kill()
    assert all(map(gone, pids))
    assert waiting.cancelled()
    for one in begun:
        with pytest.raises((WorkerLostError, CannotStartError)):
            one.result(10)
    with pytest.raises(RuntimeError, match="closed"):
        two.submit(number_of_process)


def test_that_closing_waits_for_the_work_and_leaves_no_process_and_no_thread():
    threads = threading.active_count()
    with Lanes(2) as two:
        outcomes = [two.submit(pow, 2, power) for power in range(10)]
        pids = two.pids
    assert [one.result() for one in outcomes] == [2**power for power in range(10)]
    assert all(map(gone, pids))
    assert threading.active_count() <= threads


PARENT = """
import sys, time
from tests.ensemble.workers.test_lanes import wait_for_file
from simulator.ensemble.workers.lanes import Lanes
if __name__ == "__main__":
    lanes = Lanes(2)
    work = [lanes.submit(wait_for_file, sys.argv[1]) for _ in range(2)]
    print(*lanes.pids, flush=True)
    time.sleep(600)
"""


def parent(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    root = str(Path(__file__).parents[3])
    begun = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "never")],
        cwd=root, env={**os.environ, "PYTHONPATH": root, "TMPDIR": str(tmp_path)}, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    return begun, [int(word) for word in begun.stdout.readline().split()]


@pytest.mark.skipif(not POSIX, reason="signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_that_no_process_outlives_a_killed_parent(tmp_path, how):
    begun, pids = parent(tmp_path)
    assert len(pids) == 2
    assert not any(gone(pid, 0.2) for pid in pids)
    begun.send_signal(how)
    begun.wait()
    begun.stdout.close()
    assert all(map(gone, pids))


@pytest.mark.skipif(not POSIX, reason="signals")
def test_that_a_terminals_interrupt_does_not_reach_the_processes(tmp_path):
    begun, pids = parent(tmp_path)
    try:
        for pid in pids:
            os.kill(pid, signal.SIGINT)
        assert not any(gone(pid, 1) for pid in pids)
    finally:
        begun.kill()
        begun.wait()
        begun.stdout.close()


def test_that_a_program_that_cannot_be_imported_anew_is_told_apart_from_work_that_dies(tmp_path):
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from simulator.ensemble.workers.lanes import CannotStartError, Lanes\n"
        "try:\n    Lanes(1).submit(int, '7').result()\n"
        "except CannotStartError:\n    print('cannot start')\n"
    )
    root = str(Path(__file__).parents[3])
    said = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": root},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert said.stdout.strip().endswith("cannot start")
