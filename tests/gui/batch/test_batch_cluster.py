"""A researcher has the runs done by a cluster."""

from __future__ import annotations

import pytest

pytest.importorskip("distributed")

from simulator.ensemble.results.result import Result
from tests.ensemble.workers.test_cluster import address  # noqa: F401 (a fixture)
from tests.gui.batch.conftest import LONG, PLAN, WRITING, planned, settled
from tests.gui.batch.test_batch_disturbed import same, undisturbed

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]  # of a library that is not ours


def test_that_runs_may_be_done_by_a_cluster_and_one_that_does_not_answer_is_told(page, desk, qtbot, tmp_path, address):  # noqa: F811
    order = page.form
    desk.document.rewrite(PLAN, WRITING)
    page.shown()
    order.work.more.setChecked(True)
    order.work.cluster.setText("tcp://127.0.0.1:9")
    planned(page, qtbot)
    folder = order.planned.folder
    order.start.click()
    qtbot.waitUntil(lambda: not page.running, timeout=2 * LONG)
    assert "no scheduler answers at tcp://127.0.0.1:9" in page.progress.counts.text()
    order.work.cluster.setText(address)
    order.choose_folder(folder)
    planned(page, qtbot)
    order.start.click()
    settled(page, qtbot)
    same(Result.load(folder), undisturbed(desk, tmp_path))
