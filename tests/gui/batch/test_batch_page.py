"""A researcher plans a batch, runs it beside the window, stops it, goes on, and reads what came out."""

from __future__ import annotations

import pytest

from simulator.api import batch
from simulator.ensemble.folder import BatchFolder
from simulator.gui.batch.cases import CasesTable
from simulator.gui.batch.charts_panel import CHARTS
from simulator.gui.batch_page import BatchPage

PLAN = """\
format: 1
extends: baseline.yaml
run: {scale: 0.03, years: 1}
region: {name: undervisning}
interventions:
  robots: {kind: robot_lift, start: 2026Q1, capacity: 4}
ensemble: {replications: 3}
record: {by: [county]}
"""
LONG = 60_000


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
    desk.document.rewrite(PLAN, desk.document.last_step)
    page.shown()
    qtbot.waitUntil(lambda: page.order.start.isEnabled() and page.order.plan._expected is not None, timeout=LONG)
    return page


def done(page):
    return not page.running and page.view.card.standing is not None and page.view.card.standing.settled


def drawn(page):
    return bool(page.view.charts.results)


def test_that_the_scenario_in_work_is_planned_run_and_shown_as_it_is_now(in_work, desk, qtbot, tmp_path):
    order = in_work.order
    assert "6 runs: 2 cases with 3 seeds" in order.plan.lines.text()
    assert "At most about" in order.plan.expected.text()
    assert order.replications.text() == "3 (as written)"
    assert order.folder.text() == str(tmp_path / "results" / "scenario-batch-001")
    order.start.click()
    assert in_work.running
    assert not order.start.isEnabled()
    qtbot.waitUntil(lambda: done(in_work) and drawn(in_work), timeout=LONG)
    assert "6 runs done, 0 failed, 0 left" in in_work.progress.counts.text()
    (tmp_path / "scenario.yaml").write_text(PLAN)
    found = batch(tmp_path / "scenario.yaml", tmp_path / "other", jobs=1)
    assert found.digest == BatchFolder.open(tmp_path / "results" / "scenario-batch-001").digest
