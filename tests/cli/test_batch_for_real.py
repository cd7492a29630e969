"""A batch as a process that is killed, interrupted, starved of disk, sliced: what is done stays, the rest follows."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from simulator.ensemble.batches.folder import BatchFolder

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals")]
ROOT = Path(__file__).parents[2]
RUNS = 60
SMALL = [
    "strategy", "--replications", "30", "--set", "run.scale=0.05", "--set", "run.years=1",
    "--set", "record.by=[county]", "--lang", "en",
]  # fmt: skip


def begin(*words, **details):
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *map(str, words)], cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True, **details,
    )  # fmt: skip


def ended(process, code=0):
    out, err = process.communicate(timeout=300)
    assert process.returncode == code, err
    return out, err


def batch(folder, *words, jobs=2):
    return begin("batch", *SMALL, "--out", folder, "--jobs", jobs, *words)


def resume(folder, *words, jobs=2):
    return ended(begin("resume", folder, "--jobs", jobs, "--lang", "en", *words))


def chunk_files(folder):
    found = {}
    for about in sorted((folder / "chunks").glob("*.json")):
        for path in (about, folder / "chunks" / json.loads(about.read_text())["file"]):
            found[path.name] = (path.stat().st_mtime_ns, path.read_bytes())
    return found


def wait_for_chunks(folder, count, process=None):
    for _ in range(3000):
        if len(list((folder / "chunks").glob("*.json"))) >= count:
            return
        assert process is None or process.poll() is None, process.communicate()
        time.sleep(0.02)
    raise AssertionError("no chunks")


def family(process):
    """The processes that a process has started."""
    children = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(pid) for each in children for pid in each.read_text().split()]


def workers(process):
    return [pid for pid in family(process) if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]


def living(pids):
    found = []
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            continue
        found += [pid] if state != "Z" else []
    return found


def no_orphans(pids):
    for _ in range(400):
        if not living(pids):
            return True
        time.sleep(0.05)
    return False


def digest(folder):
    done = BatchFolder.open(folder)
    done.verify()
    assert len(done.told()) == RUNS
    assert done.failed() == ()
    return done.digest


def undisturbed_parts(folder):
    """Nothing is left beside the chunks that count."""
    names = {path.name for path in (folder / "chunks").iterdir()}
    return names == set(chunk_files(folder))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed") / "batch"
    ended(batch(folder, jobs=1))
    return digest(folder)


def test_that_lanes_do_not_change_the_batch(tmp_path, undisturbed):
    ended(batch(tmp_path / "b", jobs=4))
    assert digest(tmp_path / "b") == undisturbed


def test_that_a_killed_worker_is_replaced_and_nothing_is_lost(tmp_path, undisturbed):
    process = batch(tmp_path / "b")
    pids = set()
    for done in (2, 10, 20):
        wait_for_chunks(tmp_path / "b", done, process)
        found = workers(process)
        pids.update(family(process))
        os.kill(found[0], signal.SIGKILL)
    ended(process)
    assert digest(tmp_path / "b") == undisturbed
    assert no_orphans(pids)


@pytest.mark.parametrize(
    ("number", "times", "code"),
    [("SIGKILL", 1, -signal.SIGKILL), ("SIGTERM", 1, 143), ("SIGINT", 1, 130), ("SIGINT", 2, 130)],
)
def test_that_a_batch_that_is_stopped_leaves_no_process_and_goes_on(tmp_path, undisturbed, number, times, code):
    folder = tmp_path / "b"
    process = batch(folder)
    wait_for_chunks(folder, 5, process)
    pids = family(process)
    assert len(pids) >= 2
    for _ in range(times):
        if number == "SIGKILL":
            process.kill()
        else:
            os.killpg(process.pid, getattr(signal, number))  # as a terminal or a queue does: to all of them
        time.sleep(0.1)
    _, err = ended(process, code)
    assert no_orphans(pids)
    if code > 0:
        assert f"main.py resume {folder}" in err
    before = chunk_files(folder)
    assert 5 <= len(before) / 2 < RUNS
    resume(folder)
    after = chunk_files(folder)
    assert all(after[name] == file for name, file in before.items())
    assert undisturbed_parts(folder)
    assert digest(folder) == undisturbed


def test_that_a_batch_in_five_pieces_is_the_same_batch(tmp_path, undisturbed):
    folder = tmp_path / "b"
    pids = []
    for piece in range(4):
        process = batch(folder) if not piece else begin("resume", folder, "--jobs", 2)
        wait_for_chunks(folder, 10 * (piece + 1), process)
        pids += family(process)
        process.send_signal(signal.SIGINT)
        ended(process, 130)
    before = chunk_files(folder)
    assert len(before) / 2 < RUNS
    resume(folder)
    assert all(chunk_files(folder)[name] == file for name, file in before.items())
    assert digest(folder) == undisturbed
    assert no_orphans(pids)


def test_that_slices_side_by_side_in_one_folder_are_the_same_batch(tmp_path, undisturbed):
    folder = tmp_path / "b"
    parts = [batch(folder, "--slice", f"{part}/2", jobs=1) for part in (1, 2)]
    for part in parts:
        ended(part)
    assert digest(folder) == undisturbed


def test_that_slices_in_two_folders_are_merged_into_the_same_batch(tmp_path, undisturbed):
    folders = [tmp_path / "one", tmp_path / "two"]
    for part, folder in enumerate(folders, 1):
        ended(batch(folder, "--slice", f"{part}/2", jobs=part))
    ended(begin("merge", *folders, "--out", tmp_path / "b"))
    assert digest(tmp_path / "b") == undisturbed


def test_that_two_sessions_on_one_folder_are_refused(tmp_path):
    process = batch(tmp_path / "b")
    wait_for_chunks(tmp_path / "b", 2, process)
    _, err = ended(begin("resume", tmp_path / "b", "--lang", "en"), 1)
    assert "another session" in err
    process.send_signal(signal.SIGTERM)
    ended(process, 143)


@contextmanager
def small_disk(path, kilobytes):
    path.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", path], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", path], check=True)


def test_that_a_full_disk_is_told_and_the_batch_goes_on_when_there_is_room(tmp_path, undisturbed):
    disk = tmp_path / "disk"
    with small_disk(disk, 1500):
        _, err = ended(batch(disk / "b"), 1)
        assert "the results need about" in err
        subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
        process = batch(disk / "b")
        wait_for_chunks(disk / "b", 2, process)
        subprocess.run(["mount", "-o", "remount,size=1500k", disk], check=True)
        _, err = ended(process, 1)
        assert "the disk is full" in err
        assert "main.py resume" in err
        before = chunk_files(disk / "b")
        assert 0 < len(before) / 2 < RUNS
        subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
        resume(disk / "b")
        after = chunk_files(disk / "b")
        assert all(after[name] == file for name, file in before.items())
        assert undisturbed_parts(disk / "b")
        assert digest(disk / "b") == undisturbed


def limit_files():
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # a chunk is larger


def test_that_files_that_cannot_grow_are_told_and_the_batch_goes_on(tmp_path, undisturbed):
    folder = tmp_path / "b"
    process = batch(folder)
    wait_for_chunks(folder, 5, process)
    process.send_signal(signal.SIGINT)
    ended(process, 130)
    before = chunk_files(folder)
    _, err = ended(begin("resume", folder, "--jobs", 2, "--lang", "en", preexec_fn=limit_files), 1)
    assert "cannot write results" in err
    assert chunk_files(folder) == before
    resume(folder)
    assert digest(folder) == undisturbed
