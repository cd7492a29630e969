"""Runs that are disturbed: processes killed, a disk that is full, a folder that goes, others in it, an early end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from simulator.api import batch
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.results.result import Result
from simulator.gui.batch.failures import FailureList
from simulator.gui.batch_page import BatchPage
from tests.gui.batch.conftest import LONG, PLAN, WRITING, planned, settled

SLOW = PLAN.replace("scale: 0.02, years: 1", "scale: 0.2, years: 10").replace("replications: 3", "replications: 2")
ENDLESS = PLAN.replace("replications: 3", "replications: 4000")
ODD = 2
"""The run whose process is killed."""


def started(page, desk, qtbot, text, jobs=2):
    """Start what a text says."""
    desk.document.rewrite(text, WRITING)
    page.shown()
    page.form.work.jobs.set_number(jobs)
    planned(page, qtbot)
    folder = page.form.planned.folder
    page.form.start.click()
    return folder


def undisturbed(desk, tmp_path):
    """The same runs, done by themselves."""
    (tmp_path / "scenario.yaml").write_text(desk.document.text)
    return batch(tmp_path / "scenario.yaml", tmp_path / "undisturbed", jobs=1)


def same(one: Result, other: Result) -> None:
    """Bit for bit."""
    assert one.digest == other.digest
    for name in one.indicators:
        assert np.array_equal(one.values(name), other.values(name), equal_nan=True), name
    assert np.array_equal(one.outlay(), other.outlay(), equal_nan=True)


@pytest.fixture
def watched(page, monkeypatch):
    """Have something done whenever it is told what processes are at."""

    def watch(act):
        show = page.progress.show_workers
        monkeypatch.setattr(page.progress, "show_workers", lambda found: (show(found), act(found.workers)))

    return watch


def kill(workers, runs):
    """Kill what works on one of these runs."""
    for one in workers:
        if one.runs[0] in runs and not one.starting:
            os.kill(one.process, signal.SIGKILL)


def test_that_it_is_shown_what_each_process_is_at_and_since_when(page, desk, qtbot, watched):
    seen, rows = [], []
    table = page.progress.workers
    watched(lambda workers: seen.extend(workers))
    watched(lambda _: rows.extend([table.item(row, at).text() for at in range(7)] for row in range(table.rowCount())))
    assert not table.isVisible()
    page.progress.more.setChecked(True)
    started(page, desk, qtbot, SLOW)
    qtbot.waitUntil(lambda: len({one.runs for one in seen if not one.starting}) > 1, timeout=LONG)
    assert table.isVisible()
    settled(page, qtbot)
    assert {one.runs for one in seen} <= {(at, at) for at in range(4)}
    assert len({one.process for one in seen}) == 2
    assert {row[1] for row in rows} == {"scenario", "scenario/baseline"}
    assert {(row[2], row[3]) for row in rows} <= {("0", "1"), ("1", "1"), ("2", "2"), ("3", "2")}
    assert all(row[4] == "1" and len(row[5].split(":")) == 3 and row[6].endswith(" s") for row in rows)
    assert any("(starting)" in row[0] for row in rows)
    assert table.rowCount() == 0
    assert not table.isVisible()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_that_a_process_that_is_killed_once_costs_nothing(page, desk, qtbot, tmp_path, watched):
    killed = []

    def once(workers):
        if not killed and any(one.runs[0] == ODD and not one.starting for one in workers):
            kill(workers, [ODD])
            killed.append(True)

    watched(once)
    folder = started(page, desk, qtbot, SLOW)
    settled(page, qtbot)
    assert killed
    assert "4 runs done, 0 failed" in page.progress.counts.text()
    same(Result.load(folder), undisturbed(desk, tmp_path))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_that_a_run_whose_process_is_killed_again_is_listed_and_retried_to_the_same_bits(
    page, desk, qtbot, tmp_path, watched
):
    victims = [ODD]
    watched(lambda workers: kill(workers, victims))
    folder = started(page, desk, qtbot, SLOW)
    settled(page, qtbot)
    card, charts = page.view.card, page.view.charts
    assert card.standing.failures == 1
    assert "3 runs done, 1 failed" in page.progress.counts.text()
    page.tabs.setCurrentWidget(page.view)
    charts.show_chart(FailureList)
    assert [charts.failures.table.item(0, at).text() for at in (0, 3, 4)] == [str(ODD), "2", "its process died"]
    victims.clear()
    card.retry.click()
    qtbot.waitUntil(lambda: not page.running and card.standing.failures == 0, timeout=LONG)
    same(Result.load(folder), undisturbed(desk, tmp_path))


@pytest.mark.slow
def test_that_a_run_that_takes_too_long_is_listed_and_may_have_more_time(page, desk, qtbot, tmp_path):
    long = PLAN.replace("scale: 0.02, years: 1", "scale: 4, years: 15").replace("replications: 3", "replications: 1")
    page.form.work.seconds.set_number(1)
    folder = started(page, desk, qtbot, long)
    settled(page, qtbot)
    card, charts = page.view.card, page.view.charts
    assert card.standing.failures == 2
    page.tabs.setCurrentWidget(page.view)
    charts.show_chart(FailureList)
    assert charts.failures.table.item(0, 4).text() == "it took too long"
    page.form.work.seconds.setText("rather long")
    card.retry.click()
    assert "Longest time of a run (s): a whole number" in page.view.message.text()
    assert not page.running
    page.form.work.seconds.set_number(0)
    card.retry.click()
    qtbot.waitUntil(lambda: not page.running and card.standing.failures == 0, timeout=LONG)
    same(Result.load(folder), undisturbed(desk, tmp_path))


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own, with room for few results."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a disk is mounted")
def test_that_a_disk_that_fills_up_is_told_and_nothing_is_lost(page, desk, qtbot, tmp_path, small_disk, capfd):
    desk.preferences.keep("batch_home", str(small_disk))
    page.progress.more.setChecked(True)
    text = PLAN.replace("replications: 3", "replications: 60")
    folder = started(page, desk, qtbot, text, jobs=1)
    qtbot.waitUntil(lambda: page.progress.now is not None and page.progress.now.done > 10, timeout=LONG)
    filler = small_disk / "filler"
    fill(filler)
    qtbot.waitUntil(lambda: not page.running, timeout=LONG)
    assert "the disk is full" in page.progress.counts.text()
    assert "What is done is kept: go on with Resume." in page.progress.counts.text()
    desk.language.switch("sv")
    assert "disken är full" in page.progress.counts.text()
    desk.language.switch("en")
    card = page.view.card
    qtbot.waitUntil(lambda: card.standing is not None and not card.standing.at_work, timeout=LONG)
    done = card.standing.done
    assert done > 10
    assert card.standing.missing > 0
    assert card.standing.damage is None
    assert not list(folder.rglob("*.part"))
    page.tabs.setCurrentWidget(page.view)
    card.resume.click()
    qtbot.waitUntil(lambda: not page.running, timeout=LONG)
    assert "the disk is full" in page.progress.counts.text()
    filler.unlink()
    page.view.look()
    qtbot.waitUntil(card.resume.isEnabled, timeout=LONG)
    card.resume.click()
    settled(page, qtbot)
    same(Result.load(folder), undisturbed(desk, tmp_path))
    assert "Traceback" not in "".join(capfd.readouterr())


def fill(file: Path) -> None:
    """Take all room that is left on a disk."""
    with file.open("wb", buffering=0) as out:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    out.write(b"x" * size)
            except OSError:
                continue


@pytest.mark.parametrize("part", ["", "chunks"])
def test_that_a_folder_that_is_removed_while_its_runs_go_on_is_told(page, desk, qtbot, part, capfd):
    folder = started(page, desk, qtbot, ENDLESS)
    qtbot.waitUntil(lambda: page.progress.now is not None and page.progress.now.done > 20, timeout=LONG)
    shutil.rmtree(folder / part, ignore_errors=True)
    if not part:
        qtbot.waitUntil(lambda: not page.running, timeout=LONG)
        assert "no such file or folder" in page.progress.counts.text()
        qtbot.waitUntil(lambda: "no such folder" in page.view.card.counts.text(), timeout=LONG)
        planned(page, qtbot)
        assert page.form.planned.folder == folder
    else:
        page.progress.stop.click()
        qtbot.waitUntil(lambda: not page.running, timeout=LONG)
        qtbot.waitUntil(lambda: page.view.card.standing is not None and page.view.card.standing.missing > 0)
        qtbot.waitUntil(page.view.card.resume.isEnabled, timeout=LONG)
    assert "Traceback" not in "".join(capfd.readouterr())


def test_that_a_folder_somebody_works_in_is_told_before_the_start(in_work, qtbot):
    order = in_work.form
    order.start.click()
    settled(in_work, qtbot)
    folder = in_work.view.folder
    (folder / "chunks" / "000003.json").unlink()
    with BatchFolder.open(folder).session():
        order.choose_folder(folder)
        qtbot.waitUntil(lambda: order.plan.refusal.isVisible(), timeout=LONG)
        assert "another session works here" in order.plan.refusal.text()
        assert not order.start.isEnabled()
    with BatchFolder.open(folder).session((1, 2)):
        order.work.part.setText("2/2")
        planned(in_work, qtbot)
        order.work.part.setText("1/2")
        qtbot.waitUntil(lambda: "slice 1/2" in order.plan.refusal.text(), timeout=LONG)


def test_that_of_two_pages_that_start_the_same_the_second_is_told(page, desk, qtbot):
    other = BatchPage(desk)
    qtbot.addWidget(other, before_close_func=lambda one: one.close_down())
    other.show()
    desk.document.rewrite(ENDLESS, WRITING)
    for one in (page, other):
        one.shown()
        planned(one, qtbot)
    assert page.form.planned.folder == other.form.planned.folder
    page.form.start.click()
    qtbot.waitUntil(lambda: page.progress.now is not None, timeout=LONG)
    page.form.start.click()
    assert not page.form.start.isEnabled()
    other.form.start.click()
    qtbot.waitUntil(lambda: not other.running, timeout=LONG)
    assert "another session works here; wait until it has ended" in other.progress.counts.text()
    assert page.running
    qtbot.waitUntil(lambda: other.form.planned is not None, timeout=LONG)
    assert other.form.planned.folder != page.view.folder


@pytest.mark.parametrize("clicks", [1, 2])
def test_that_a_batch_that_is_cancelled_at_its_last_chunk_tells_the_truth(page, desk, qtbot, watched, clicks):
    asked = []

    def at_last(workers):
        if not asked and any(one.runs[1] == 3 and not one.starting for one in workers):
            asked.extend([page.progress.want_stop() for _ in range(clicks)])

    watched(at_last)
    folder = started(page, desk, qtbot, SLOW, jobs=1)
    qtbot.waitUntil(lambda: not page.running, timeout=LONG)
    assert asked
    complete = len(BatchFolder.open(folder).told()) == 4
    said = page.progress.counts.text()
    assert ("All runs are done." in said) == complete
    assert ("go on with Resume" in said) == (not complete)
    assert complete or clicks == 2
    assert (folder / "runs.csv").exists() == complete
    card = page.view.card
    qtbot.waitUntil(partial(lambda: card.standing is not None and not card.standing.at_work), timeout=LONG)
    assert card.resume.isVisibleTo(page.view) == (not complete)


def test_that_a_batch_cancelled_before_it_has_begun_can_be_resumed(page, desk, qtbot):
    folder = started(page, desk, qtbot, PLAN)
    page.progress.stop.click()
    page.progress.stop.click()
    qtbot.waitUntil(lambda: not page.running, timeout=LONG)
    card = page.view.card
    qtbot.waitUntil(lambda: card.standing is not None and not card.standing.at_work, timeout=LONG)
    assert page.view.folder == folder
    if card.standing.missing:
        card.resume.click()
    settled(page, qtbot)
    assert len(BatchFolder.open(folder).told()) == 6
