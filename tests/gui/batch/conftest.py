"""The batch page with a tiny scenario, and folders as the command line leaves them."""

from __future__ import annotations

import pytest

from simulator.api import executor_for
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.execution.execute import execute
from simulator.ensemble.workers.work import run_chunk
from simulator.gui.batch_page import BatchPage
from simulator.quantity import Text
from tests.ensemble import works

PLAN = """\
format: 1
extends: baseline.yaml
run: {scale: 0.02, years: 1}
interventions:
  robots: {kind: robot_lift, start: 2026Q1, capacity: 4}
ensemble: {replications: 3}
record: {by: [county]}
"""
LONG = 60_000
WRITING = Text("a scenario of this test", "ett scenario i detta prov")


@pytest.fixture
def page(desk, qtbot):
    made = BatchPage(desk)
    qtbot.addWidget(made, before_close_func=lambda one: one.close_down())
    made.resize(1080, 640)
    made.show()
    return made


@pytest.fixture
def in_work(page, desk, qtbot):
    """The page with a small scenario in work that is planned and not saved."""
    desk.document.rewrite(PLAN, WRITING)
    page.shown()
    planned(page, qtbot)
    return page


@pytest.fixture
def folder(tmp_path):
    """Make a folder of twelve runs of two cases as `main.py batch` does."""

    def made(name="done", work=run_chunk, of=None):
        found = BatchFolder.create(tmp_path / name, of or works.plan(), ["main.py", "batch"])
        execute(found, jobs=1, executor=executor_for(1, None), work=work)
        return found

    return made


def planned(page, qtbot):
    """Wait until something can be started, and it is known what it takes."""
    qtbot.waitUntil(lambda: page.form.start.isEnabled() and page.form.plan.estimate is not None, timeout=LONG)


def opened(page, qtbot, path):
    """Open a folder and wait until it is drawn."""
    page.open_folder(path)
    qtbot.waitUntil(lambda: bool(page.view.charts.results), timeout=LONG)


def settled(page, qtbot):
    """Wait until nothing runs and the folder says that nothing is missing."""

    def over():
        standing = page.view.card.standing
        return not page.running and standing is not None and standing.settled and not standing.at_work

    qtbot.waitUntil(over, timeout=LONG)
