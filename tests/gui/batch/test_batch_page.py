"""A researcher plans a batch, runs it beside the window, stops it, goes on, and reads what came out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSpinBox, QTabWidget

from simulator.api import batch
from simulator.ensemble.batches.folder import BatchFolder
from simulator.gui.batch.cases import CasesTable, ChosenCases
from simulator.gui.batch.failures import FailureList
from simulator.gui.batch.plan_form import usual_jobs
from simulator.gui.batch.recent import recent_folders
from simulator.gui.charts.costs import CostChart
from simulator.gui.charts.fan import DIFFERENCE, LEVEL, FanChart
from simulator.gui.charts.result_table import ResultTable
from simulator.gui.shipped import shipped_designs
from tests.ensemble import works
from tests.gui.batch.conftest import LONG, PLAN, WRITING, opened, planned, settled

FAULTY = """\
format: 1
kind: design
scenario: plan.yaml
replications: zero
factors:
  governance.maping: [0, 1]
"""
GRID = """\
format: 1
kind: design
title: {en: How many awards, sv: Hur många stöd}
scenario: plan.yaml
replications: 2
factors:
  interventions.robots.capacity: [2, 8]
  governance.mapping: [0, 1]
"""


def test_that_the_scenario_in_work_is_planned_run_and_shown_as_its_text_is_now(in_work, qtbot, tmp_path):
    order = in_work.form
    assert "6 runs: 2 cases with 3 seeds" in order.plan.lines.text()
    assert "At most about" in order.plan.expected.text()
    assert order.replications.text() == "3 (as written)"
    assert order.jobs.value() == usual_jobs()
    assert order.folder.text() == str(tmp_path / "results" / "scenario-batch-001")
    order.start.click()
    assert in_work.running
    assert not order.start.isEnabled()
    settled(in_work, qtbot)
    shown = in_work.view.charts
    qtbot.waitUntil(lambda: bool(shown.results) and shown.results[0].bands.pairs == 3, timeout=LONG)
    assert "6 runs done, 0 failed, 0 left" in in_work.progress.counts.text()
    (tmp_path / "scenario.yaml").write_text(PLAN)
    in_work.progress.stop.click()
    assert not in_work.progress.isVisible()
    alone = batch(tmp_path / "scenario.yaml", tmp_path / "other", jobs=1)
    assert alone.digest == BatchFolder.open(tmp_path / "results" / "scenario-batch-001").digest
    planned(in_work, qtbot)
    assert order.folder.text().endswith("scenario-batch-002")


def test_that_wishes_are_heeded_and_another_text_is_planned_anew(in_work, desk, qtbot, tmp_path):
    order = in_work.form
    order.replications.setValue(5)
    order.by.setCurrentIndex(order.by.findData("size_class"))
    order.by.chosen.emit("size_class")
    order.folder.setText(str(tmp_path / "mine"))
    order.folder.textEdited.emit("")
    assert not order.start.isEnabled()
    planned(in_work, qtbot)
    assert "10 runs" in order.plan.lines.text()
    assert order.planned.by == ("size_class",)
    assert order.planned.folder == tmp_path / "mine"
    desk.document.rewrite(PLAN.replace("capacity: 4", "capacity: -4"), WRITING)
    qtbot.waitUntil(lambda: bool(order.plan.problems) and order.planned is None, timeout=LONG)
    assert not order.start.isEnabled()
    assert ":5:" in order.plan.faults.item(0).text()
    with qtbot.waitSignal(desk.requests.show_line) as line:
        order.plan.faults.itemActivated.emit(order.plan.faults.item(0))
    assert line.args[0] == 5


def test_that_a_batch_that_is_cancelled_goes_on_to_the_digest_of_an_undisturbed_one(in_work, desk, qtbot, tmp_path):
    order = in_work.form
    desk.document.rewrite(PLAN.replace("replications: 3", "replications: 16"), WRITING)
    order.jobs.setValue(2)
    planned(in_work, qtbot)
    order.start.click()
    qtbot.waitUntil(lambda: in_work.progress.now is not None and in_work.progress.now.done > 1, timeout=LONG)
    in_work.progress.stop.click()
    assert in_work.progress.stop.text() == "S&top at once"
    qtbot.waitUntil(lambda: not in_work.running, timeout=LONG)
    assert "go on with Resume" in in_work.progress.counts.text()
    card = in_work.view.card
    qtbot.waitUntil(lambda: card.standing is not None and not card.standing.at_work, timeout=LONG)
    assert 0 < card.standing.done < 32
    in_work.tabs.setCurrentWidget(in_work.view)
    assert card.resume.isVisible()
    card.resume.click()
    settled(in_work, qtbot)
    assert not card.resume.isVisible()
    folder = tmp_path / "results" / "scenario-batch-001"
    assert len(BatchFolder.open(folder).told()) == 32
    (tmp_path / "scenario.yaml").write_text(desk.document.text)
    assert batch(tmp_path / "scenario.yaml", tmp_path / "other").digest == BatchFolder.open(folder).digest


def test_that_failed_runs_are_listed_with_what_was_said_and_can_be_tried_again(page, folder, qtbot):
    found = folder(work=works.one_raises)
    opened(page, qtbot, found.path)
    card, charts = page.view.card, page.view.charts
    assert "11 of 12 runs done, 1 failed" in card.counts.text()
    charts.show_chart(FailureList)
    row = [charts.failures.table.item(0, column).text() for column in range(6)]
    assert row[:3] == [str(works.ODD), "strategy/baseline", str(found.plan.run(works.ODD).seed)]
    assert row[4] == "the run raised an error"
    assert "Traceback" in charts.failures.details.toPlainText()
    assert card.retry.isVisible()
    card.retry.click()
    settled(page, qtbot)
    qtbot.waitUntil(lambda: card.standing.failures == 0, timeout=LONG)
    assert not card.retry.isVisible()
    assert charts.failures.table.rowCount() == 0
    assert page.view.card.standing.digest == folder("undisturbed").digest


def test_that_a_design_with_faults_says_where_what_and_what_is_allowed(page, desk, qtbot, tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN)
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    page.shown()
    page.open_file(tmp_path / "faulty.yaml")
    plan = page.form.plan
    qtbot.waitUntil(lambda: len(plan.problems) == 2, timeout=LONG)
    said = [plan.faults.item(row).text() for row in range(2)]
    assert said[0].startswith("faulty.yaml:4:15: replications: ")
    assert "a whole number from 1" in said[0]
    assert "governance.mapping?" in said[1]
    assert not page.form.start.isEnabled()
    desk.language.switch("sv")
    assert "ett heltal från 1" in plan.faults.item(0).text()


def test_that_a_design_is_dropped_run_and_compared_case_by_case(page, qtbot, tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN)
    (tmp_path / "grid.yaml").write_text(GRID)
    page.shown()
    drop(page, tmp_path / "grid.yaml")
    planned(page, qtbot)
    assert "How many awards" in page.form.plan.lines.text()
    assert page.form.replications.text() == "2 (as written)"
    assert not page.form.by.isEnabled()
    page.form.start.click()
    settled(page, qtbot)
    charts = page.view.charts
    qtbot.waitUntil(lambda: bool(charts.results) and len(charts.table.model.weights.cases) == 4, timeout=LONG)
    page.tabs.setCurrentWidget(page.view)
    charts.show_chart(CasesTable)
    heads = [charts.table.model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)]
    assert heads[0] == "Case"
    assert len(set(heads)) == 3
    charts.table.view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    charts.table.view.selectAll()
    qtbot.waitUntil(lambda: len(charts.results) == 4, timeout=LONG)
    charts.show_chart(ChosenCases)
    qtbot.waitUntil(lambda: len(charts.chart.rows()) == 5, timeout=LONG)
    charts.show_chart(FanChart)
    charts.table.search.setText("0002")
    charts.choose_cases(["plan/0002"])
    qtbot.waitUntil(lambda: [one.name for one in charts.results] == ["plan/0002"], timeout=LONG)
    assert "plan/0002 (" in charts.mark.text()


def test_that_all_charts_of_a_folder_made_on_the_command_line_have_something_to_say(page, desk, qtbot, tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN)
    batch(tmp_path / "plan.yaml", tmp_path / "found", jobs=1)
    drop(page, tmp_path / "found")
    charts = page.view.charts
    qtbot.waitUntil(lambda: bool(charts.results), timeout=LONG)
    assert recent_folders(desk.preferences) == [tmp_path / "found"]
    for place in range(charts.tabs.count() - 1):
        charts.tabs.setCurrentIndex(place)
        page.grab()
    charts.show_chart(ResultTable)
    qtbot.waitUntil(lambda: len(charts.chart.rows()) > 100, timeout=LONG)
    charts.show_chart(CostChart)
    qtbot.waitUntil(lambda: charts.results[0].bands.spent().size > 0, timeout=LONG)
    assert not charts.chart.prices  # three runs are too few to say
    charts.show_chart(FanChart)
    charts.choose("exporters")
    qtbot.waitUntil(lambda: len(charts.results[0].bands.cells("exporters")) > 1, timeout=LONG)
    charts.choose_cell("county=dalarna")
    assert "Dalarna" in charts.chart.title.text()
    charts.modes[LEVEL].click()
    assert charts.chart.mode == LEVEL
    charts.moment.setValue(1)
    assert charts.quarter.text() == "2026Q1"


def test_that_runs_are_exported_with_the_decimal_comma_of_the_language(page, desk, folder, qtbot, tmp_path):
    desk.language.switch("sv")
    found = folder()
    opened(page, qtbot, found.path)
    assert page.view.bar.comma.isChecked()
    page.view.bar.send(tmp_path / "skillnader.csv", differences=True)
    qtbot.waitUntil(lambda: "Skrivet" in page.view.message.text(), timeout=LONG)
    lines = (tmp_path / "skillnader.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(lines, delimiter=";"))
    assert {row["case"] for row in rows} == {"strategy"}
    assert any("," in row["difference"] for row in rows)
    page.view.bar.send(tmp_path / "gone" / "levels.csv", differences=False)
    qtbot.waitUntil(lambda: "gone" in page.view.message.text() and "Skriver" not in page.view.message.text())
    assert page.view.charts.results


def test_that_a_single_run_is_shown_as_levels(page, qtbot, tmp_path):
    from simulator.cli import main

    (tmp_path / "plan.yaml").write_text(PLAN)
    assert main(["run", str(tmp_path / "plan.yaml"), "--out", str(tmp_path / "one")]) == 0
    opened(page, qtbot, tmp_path / "one")
    assert "A single run" in page.view.card.counts.text()
    assert page.view.charts.modes[LEVEL].isChecked()
    assert not page.view.charts.modes[DIFFERENCE].isEnabled()
    assert not page.view.bar.differences.isEnabled()
    assert not page.view.card.resume.isVisible()


def test_that_new_folders_are_made_where_the_user_wants_them(in_work, qtbot, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("hej")
    in_work.form.choose_folder(tmp_path / "mine")
    planned(in_work, qtbot)
    assert in_work.form.folder.text() == str(tmp_path / "mine" / "scenario-batch-001")
    (tmp_path / "empty").mkdir()
    in_work.form.choose_folder(tmp_path / "empty")
    planned(in_work, qtbot)
    assert in_work.form.planned.folder == tmp_path / "empty"


def test_that_shipped_designs_are_offered_by_their_titles(page, desk):
    listed = page.form.source.list
    said = [listed.itemText(at) for at in range(listed.count())]
    assert said[0] == f"The scenario in work: {desk.document.name}"
    assert "Design: The strategy in 512 futures" in said
    assert len(said) == 1 + len(shipped_designs())


@pytest.mark.parametrize("language", ["en", "sv"])
def test_that_all_can_be_reached_by_keyboard_and_has_a_name(in_work, desk, language):
    desk.language.switch(language)
    for kind in (QPushButton, QComboBox, QSpinBox, QLineEdit, QTabWidget):
        for widget in in_work.findChildren(kind):
            if widget.isVisible() and not widget.objectName().startswith("qt_"):
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus or kind is QTabWidget
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def drop(page, path: Path):
    """Drop a file or folder on the page."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(10, 10), action, data, button, key))
