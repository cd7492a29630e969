"""What goes wrong around a batch is said in place, in both languages, and nothing is lost and nothing left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from simulator.ensemble.batches.folder import BatchFolder
from simulator.gui.batch_page import BatchPage
from simulator.gui.main_window import MainWindow
from tests.gui.batch.conftest import LONG, PLAN, WRITING, opened, planned, settled

HAS_PROC = Path("/proc/self/stat").exists()


def test_that_a_folder_that_is_removed_while_shown_is_told_and_another_can_be_opened(page, desk, folder, qtbot):
    first, second = folder("first"), folder("second")
    opened(page, qtbot, first.path)
    shutil.rmtree(first.path)
    card = page.view.card
    qtbot.waitUntil(lambda: "no such folder" in card.counts.text(), timeout=LONG)
    assert "What is drawn was read before" in card.notes.text()
    page.view.charts.moment.setValue(0)
    page.view.charts.choose("employment")
    page.view.look()
    desk.language.switch("sv")
    assert "mappen finns inte" in card.counts.text()
    opened(page, qtbot, second.path)
    qtbot.waitUntil(lambda: card.standing is not None and card.standing.settled, timeout=LONG)


def test_that_a_damaged_chunk_is_told_and_computed_anew(page, folder, qtbot):
    found = folder()
    digest = found.digest
    chunk = found.path / "chunks" / "000001.nc"
    chunk.write_bytes(chunk.read_bytes()[:-40])
    page.open_folder(found.path)
    card = page.view.card
    qtbot.waitUntil(lambda: "cut off or changed" in card.notes.text(), timeout=LONG)
    card.resume.click()
    settled(page, qtbot)
    qtbot.waitUntil(lambda: bool(page.view.charts.results), timeout=LONG)
    assert card.standing.digest == digest


@pytest.mark.parametrize("spoil", ["plan.json", "manifest.json"])
def test_that_a_folder_whose_plan_was_tampered_with_is_refused(page, folder, qtbot, spoil):
    found = folder()
    path = found.path / spoil
    path.write_text(path.read_text().replace("strategy", "tragedys", 1))
    page.open_folder(found.path)
    qtbot.waitUntil(lambda: "cut off or changed" in page.view.card.counts.text(), timeout=LONG)
    assert not page.view.card.resume.isVisible()


def test_that_a_folder_that_holds_something_else_is_refused(page, qtbot, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("hej")
    page.open_folder(tmp_path / "mine")
    qtbot.waitUntil(lambda: "no results here" in page.view.card.counts.text(), timeout=LONG)


def test_that_a_folder_somebody_works_in_cannot_be_resumed_meanwhile(page, folder, qtbot):
    found = folder()
    (found.path / "chunks" / "000003.json").unlink()
    again = BatchFolder.open(found.path)
    with again.session():
        opened(page, qtbot, found.path)
        assert "runs are going on here" in page.view.card.counts.text()
        assert not page.view.card.resume.isEnabled()
    page.view.look()
    qtbot.waitUntil(lambda: page.view.card.resume.isEnabled(), timeout=LONG)


def test_that_a_place_that_cannot_take_results_is_told_before_the_start(in_work, qtbot, tmp_path):
    (tmp_path / "file").write_text("")
    order = in_work.form
    order.folder.setText(str(tmp_path / "file" / "results"))
    order.folder.textEdited.emit("")
    qtbot.waitUntil(lambda: order.plan.refusal.isVisible(), timeout=LONG)
    assert "cannot write results" in order.plan.refusal.text()
    assert not order.start.isEnabled()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("hej")
    order.folder.setText(str(tmp_path / "mine"))
    order.folder.textEdited.emit("")
    qtbot.waitUntil(lambda: "holds other files than results" in order.plan.refusal.text(), timeout=LONG)


def test_that_results_that_cannot_be_written_are_told_where_the_runs_are(in_work, qtbot, tmp_path):
    order = in_work.form
    chosen = Path(order.folder.text())
    chosen.mkdir(parents=True)
    (chosen / "chunks").write_text("no room here")
    order.start.click()
    qtbot.waitUntil(lambda: not in_work.running, timeout=LONG)
    assert "chunks: cannot read results: a part of this path is a file" in in_work.progress.counts.text()
    qtbot.waitUntil(lambda: order.start.isEnabled() or order.plan.refusal.isVisible(), timeout=LONG)


@pytest.mark.skipif(not HAS_PROC, reason="processes are looked up in /proc")
def test_that_no_process_is_left_when_the_window_is_closed_in_the_middle(desk, qtbot, monkeypatch, tmp_path):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    page = window.show_named("BatchPage")
    assert isinstance(page, BatchPage)
    at_work(page, desk, qtbot)
    pids = [page.runner.pid, page.reader.pid, *children(page.runner.pid)]
    assert len(pids) > 3
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    answers = iter(["stay", "leave", "discard"])
    monkeypatch.setattr("simulator.gui.batch_page.ask", lambda *_: next(answers))
    monkeypatch.setattr("simulator.gui.files.ask", lambda *_: next(answers))
    window.close()
    assert window.isVisible()
    assert page.running
    window.close()
    assert not window.isVisible()
    gone(pids)
    left = BatchFolder.open(tmp_path / "results" / "scenario-batch-001")
    assert left.sessions_at_work() == ()
    assert 0 < len(left.told()) < len(left.plan)


@pytest.mark.skipif(not HAS_PROC, reason="processes are looked up in /proc")
def test_that_a_batch_process_that_is_killed_is_told_and_leaves_nothing_behind(page, desk, qtbot):
    at_work(page, desk, qtbot)
    pids = [page.runner.pid, *children(page.runner.pid)]
    os.kill(page.runner.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not page.running, timeout=LONG)
    assert "ended unexpectedly" in page.progress.counts.text()
    gone(pids)
    card = page.view.card
    qtbot.waitUntil(lambda: card.standing is not None and not card.standing.at_work, timeout=LONG)
    assert card.resume.isEnabled()
    victim = page.reader.pid
    os.kill(victim, signal.SIGKILL)
    page.view.look()
    qtbot.waitUntil(lambda: page.reader.pid not in (None, victim) and page.reader.at_work is None, timeout=LONG)
    card.resume.click()
    qtbot.waitUntil(lambda: page.running and page.progress.now is not None, timeout=LONG)


@pytest.mark.skipif(not HAS_PROC, reason="processes are looked up in /proc")
def test_that_processes_end_with_a_window_that_is_killed(tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN.replace("replications: 3", "replications: 2000"))
    code = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from simulator.gui.batch.messages import Begin, Ran, Source
from simulator.gui.batch.batch_process import BatchProcess
if __name__ == "__main__":
    app = QApplication([])
    process = BatchProcess()
    process.answered.connect(lambda _, answer: print(process.pid, flush=True) if isinstance(answer, Ran) else None)
    process.ask(Begin(Source({str(tmp_path / "plan.yaml")!r}), Path({str(tmp_path / "out")!r}), 2))
    app.exec()
"""
    (tmp_path / "window.py").write_text(code)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "window.py")], stdout=subprocess.PIPE, env=environment
    ) as one:
        worker = int(one.stdout.readline())
        pids = [worker, *children(worker)]
        assert len(pids) > 2
        one.kill()
    gone(pids)
    assert BatchFolder.open(tmp_path / "out").told()


def at_work(page, desk, qtbot):
    """Start more runs than will be done."""
    desk.document.rewrite(PLAN.replace("replications: 3", "replications: 2000"), WRITING)
    page.shown()
    page.form.jobs.setValue(2)
    planned(page, qtbot)
    page.form.start.click()
    qtbot.waitUntil(lambda: page.progress.now is not None and page.progress.now.done > 40, timeout=LONG)


def children(pid: int) -> list[int]:
    """Processes that a process has started."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(word) for word in path.read_text().split()]
    return found


def gone(pids: list[int]) -> None:
    """All processes have ended, soon."""
    deadline = time.monotonic() + 20
    while any(running(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in pids if running(pid)] == []


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
