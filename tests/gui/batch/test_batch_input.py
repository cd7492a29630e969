"""A planner fills in nonsense, opens broken designs, chooses places that will not do: it is said there."""

from __future__ import annotations

import errno
import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from simulator.cli import main
from simulator.ensemble.batches.folder import BatchFolder
from simulator.ensemble.storage.disk import StoreError
from simulator.gui.batch.messages import Ask, Source, Work
from simulator.gui.batch.planning import draft_of, prepared
from simulator.gui.batch.planning import planned as plan_told
from simulator.gui.batch.work_box import usual_jobs
from tests.gui.batch.conftest import LONG, PLAN, WRITING, planned, settled

NUMBERS = ("many", "2,5", "2.5", "-3", "1e6", "99999999999999999999", "0x10", "½", "1 2a", "1,000,00")
VARIED = PLAN + "variants:\n  small: {interventions.robots.capacity: 1}\n  none: {interventions.robots.capacity: 0}\n"
UNCERTAIN = PLAN + "uncertainty:\n  interventions.robots.capacity: {choice: [1, 2, 8]}\n"


@pytest.mark.parametrize("name", ["replications", "seed", "samples", "jobs", "seconds", "part", "cluster", "folder"])
def test_that_nonsense_in_a_field_is_told_below_it_in_both_languages(in_work, desk, qtbot, name, capfd):
    order = in_work.form
    order.work.more.setChecked(True)
    order.wishes.samples.setEnabled(True)
    line = {
        **{one: getattr(order.wishes, one) for one in ("replications", "seed", "samples")},
        **{one: getattr(order.work, one) for one in ("jobs", "seconds", "part", "cluster")},
        "folder": order.folder,
    }[name]
    wrong = {
        "part": ("2", "0/3", "4/3", "1,5/2", "halva"), "cluster": ("hej", "tcp://", "a b://c:1", "8786"),
        "folder": ("~nobody-of-this-name/x", "a\tb", "bad\x00name"),
    }  # fmt: skip
    field = next(one for one in (*order.wishes.fields, *order.work.fields, order._where) if one._inner is line)
    before = line.text()
    for language in ("en", "sv"):
        desk.language.switch(language)
        for text in wrong.get(name, NUMBERS):
            line.clear()
            if text.isprintable():
                QTest.keyClicks(line, text)
            else:
                line.setText(text)
                line.textEdited.emit(text)
            assert field.wrong.isVisible(), (language, text)
            assert field.name.said(language) in order.plan.refusal.text()
            assert not order.start.isEnabled()
    line.setText(before)
    line.textEdited.emit(before)
    planned(in_work, qtbot)
    assert not field.wrong.isVisible()
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [("sv", "1 000", 1000), ("en", "1,000", 1000), ("sv", "  7 ", 7), ("en", "", None), ("sv", "1\u00a0200", 1200)],
)
def test_that_numbers_are_read_as_they_are_written_here(in_work, desk, language, text, number):
    desk.language.switch(language)
    in_work.form.wishes.replications.setText(text)
    assert in_work.form.wishes.wishes.replications == number
    assert in_work.form.fault is None


def test_that_arrows_move_a_number_from_what_is_written_in_the_file(in_work):
    line = in_work.form.wishes.replications
    for key, number in ((Qt.Key.Key_Up, 4), (Qt.Key.Key_Up, 5), *[(Qt.Key.Key_Down, at) for at in (4, 3, 2, 1, 1)]):
        QTest.keyClick(line, key)
        assert line.number == number


def test_that_a_huge_plan_is_told_to_be_too_large_before_it_begins(in_work, qtbot):
    in_work.form.wishes.replications.setText("1000000")
    in_work.form.wishes.by.setCurrentIndex(in_work.form.wishes.by.findData("municipality"))
    in_work.form.wishes.by.chosen.emit("municipality")
    told = in_work.form.plan
    qtbot.waitUntil(lambda: told.estimate is not None and not told.estimate.possible, timeout=LONG)
    assert "the disk has" in told.expected.text()
    assert not in_work.form.start.isEnabled()


def test_that_the_last_seed_may_not_be_beyond_what_a_seed_can_be(in_work, qtbot):
    in_work.form.wishes.seed.setText("4294967295")
    told = in_work.form.plan
    qtbot.waitUntil(lambda: bool(told.problems), timeout=LONG)
    assert "the last seed would be" in told.faults.item(0).text()


def test_that_first_seed_variant_and_part_give_the_runs_of_the_command_line(in_work, desk, qtbot, tmp_path):
    order = in_work.form
    desk.document.rewrite(VARIED, WRITING)
    planned(in_work, qtbot)
    assert [order.wishes.variant.itemText(at) for at in range(3)] == ["none: the scenario itself", "small", "none"]
    order.wishes.variant.setCurrentIndex(1)
    order.wishes.variant.chosen.emit("small")
    order.wishes.seed.setText("41")
    order.folder.setText("mine")
    order.folder.textEdited.emit("mine")
    order.work.jobs.setText("1")
    order.work.part.setText("1/2")
    planned(in_work, qtbot)
    assert "seeds (41 to 43)" in order.plan.lines.text()
    folder = tmp_path / "results" / "mine"
    assert order.planned.folder == folder
    order.start.click()
    qtbot.waitUntil(lambda: not in_work.running, timeout=LONG)
    assert "Part 1/2 is done." in in_work.progress.counts.text()
    assert len(BatchFolder.open(folder).told()) == 3
    order.work.part.setText("2/2")
    planned(in_work, qtbot)
    assert "3 of 6 runs are in the folder already" in order.plan.lines.text()
    order.start.click()
    settled(in_work, qtbot)
    (tmp_path / "scenario.yaml").write_text(VARIED)
    asked = ["--variant", "small", "--seed", "41", "--jobs", "1", "--progress", "none"]
    assert main(["batch", str(tmp_path / "scenario.yaml"), "--out", str(tmp_path / "other"), *asked]) == 0
    assert BatchFolder.open(tmp_path / "other").digest == BatchFolder.open(folder).digest


def test_that_a_variant_that_is_gone_is_told_and_another_can_be_chosen(in_work, desk, qtbot):
    order = in_work.form
    desk.document.rewrite(VARIED, WRITING)
    planned(in_work, qtbot)
    order.wishes.variant.setCurrentIndex(1)
    order.wishes.variant.chosen.emit("small")
    planned(in_work, qtbot)
    desk.document.rewrite(PLAN, WRITING)
    qtbot.waitUntil(lambda: bool(order.plan.problems), timeout=LONG)
    assert "no variant small" in order.plan.faults.item(0).text()
    order.wishes.variant.setCurrentIndex(0)
    order.wishes.variant.chosen.emit("")
    planned(in_work, qtbot)
    assert not order.wishes.variant.isVisible()


def test_that_draws_that_do_not_balance_are_warned_of_for_the_scenario_in_work_too(in_work, desk, qtbot):
    desk.document.rewrite(UNCERTAIN, WRITING)
    planned(in_work, qtbot)
    in_work.form.wishes.samples.setText("5")
    planned(in_work, qtbot)
    assert any("samples" in problem.said("en") for problem in in_work.form.plan.problems)
    in_work.form.wishes.samples.setText("")
    desk.document.rewrite(PLAN, WRITING)
    planned(in_work, qtbot)
    assert not in_work.form.wishes.samples.isEnabled()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\xff\xfe", ""),
        (b"format: 1\nkind: design\nscenario: gone.yaml\nfactors: {run.seed: [1]}\n", "gone.yaml"),
        (b"format: 1\nkind: design\n", "scenario"),
        (b"format: 1\nkind: design\nscenario: baseline.yaml\nfactors: {run.seed: [1,\n", "design.yaml:"),
        (b"format: 1\nkind: design\nscenario: baseline.yaml\nreplications: 2,5\n", "replications"),
        (
            b"format: 1\nkind: design\nscenario: baseline.yaml\nfactors: {governance.mapping: {uniform: [0]}}\n",
            "uniform",
        ),
    ],
)
def test_that_a_design_that_cannot_be_read_is_told_with_its_place(page, qtbot, tmp_path, content, said, capfd):
    (tmp_path / "design.yaml").write_bytes(content)
    page.shown()
    page.open_file(tmp_path / "design.yaml")
    told = page.form.plan
    qtbot.waitUntil(lambda: bool(told.problems), timeout=LONG)
    assert any("design.yaml" in told.faults.item(row).text() for row in range(told.faults.count()))
    assert any(said in told.faults.item(row).text() for row in range(told.faults.count()))
    assert not page.form.start.isEnabled()
    assert "Traceback" not in "".join(capfd.readouterr())


def test_that_a_design_that_is_removed_after_it_was_planned_is_told(page, qtbot, tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN)
    (tmp_path / "design.yaml").write_text("format: 1\nkind: design\nscenario: plan.yaml\nreplications: 2\n")
    page.shown()
    page.open_file(tmp_path / "design.yaml")
    planned(page, qtbot)
    (tmp_path / "design.yaml").unlink()
    page.form.start.click()
    qtbot.waitUntil(lambda: not page.running, timeout=LONG)
    assert "design.yaml" in page.progress.counts.text()
    qtbot.waitUntil(lambda: bool(page.form.plan.problems), timeout=LONG)
    assert not page.form.start.isEnabled()


@pytest.mark.parametrize("place", ["x" * 300, "file.txt", "file.txt/inside", "mine"])
def test_that_a_folder_that_will_not_do_is_told_before_the_start(in_work, qtbot, tmp_path, place, capfd):
    (tmp_path / "results" / "mine").mkdir(parents=True)
    (tmp_path / "results" / "mine" / "letter.txt").write_text("hej")
    (tmp_path / "results" / "file.txt").write_text("hej")
    order = in_work.form
    order.folder.setText(place)
    order.folder.textEdited.emit(place)
    qtbot.waitUntil(lambda: order.plan.refusal.isVisible(), timeout=LONG)
    assert place[:20] in order.plan.refusal.text()
    assert not order.start.isEnabled()
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="an administrator may write anywhere")
def test_that_a_folder_without_permission_is_told_before_the_start(in_work, qtbot, tmp_path):
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed").chmod(0o500)
    order = in_work.form
    order.choose_folder(tmp_path / "closed")
    qtbot.waitUntil(lambda: order.plan.refusal.isVisible(), timeout=LONG)
    assert "no permission here" in order.plan.refusal.text()


def test_that_missing_permission_is_said_by_whoever_plans_and_whoever_begins(tmp_path, monkeypatch):
    (tmp_path / "plan.yaml").write_text(PLAN)
    source = Source(str(tmp_path / "plan.yaml"))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StoreError, match="no permission here"):
        plan_told(draft_of(source), Ask(source, tmp_path, tmp_path / "new", Work(1)))
    monkeypatch.undo()

    def refused(*_, **__):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("pathlib.Path.mkdir", refused)
    with pytest.raises(StoreError, match="no permission here"):
        prepared(source, tmp_path / "new")


def test_that_a_folder_that_may_not_be_listed_can_still_be_chosen(in_work, tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()

    def refused(_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refused)
    in_work.form.choose_folder(tmp_path / "closed")
    assert in_work.form.folder.text() == str(tmp_path / "closed")


def test_that_who_does_the_runs_is_remembered(in_work, desk, qtbot):
    from simulator.gui.batch.work_box import WorkBox

    in_work.form.work.jobs.setText("2")
    in_work.form.work.seconds.setText("0")
    planned(in_work, qtbot)
    in_work.form.start.click()
    settled(in_work, qtbot)
    again = WorkBox(desk)
    qtbot.addWidget(again)
    assert again.work == Work(2, None)
    again.jobs.clear()
    assert again.work.jobs == usual_jobs()
