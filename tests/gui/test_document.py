"""The document: one truth, one door, everything can be undone, nothing is lost."""

from __future__ import annotations

import os

import pytest

from simulator.gui.saving import SaveError
from simulator.quantity import Text

WHAT = Text("change", "ändring")
ROBOTS = """\
format: 1
extends: baseline.yaml   # shipped
interventions:
  robots:    # ours
    kind: robot_lift
    capacity: 12   # per quarter
"""


def test_that_a_value_is_changed_undone_and_redone(desk, qtbot):
    document = desk.document
    document.start(ROBOTS)
    document.rewrite(document.text.replace("12 ", "20 "), WHAT)
    assert document.text == ROBOTS.replace("12 ", "20 ")
    assert document.dirty
    document.history.undo()
    assert document.text == ROBOTS
    assert not document.dirty
    document.history.redo()
    assert document.settle().scenario.measures[0].settings["capacity"] == 20


def test_that_a_slider_move_is_one_step(desk):
    document = desk.document
    document.start(ROBOTS)
    for capacity in (13, 14, 15):
        document.rewrite(ROBOTS.replace("12 ", f"{capacity} "), WHAT, merge="capacity")
    document.rewrite(document.text + "run: {years: 3}\n", WHAT, merge="years")
    assert document.history.count() == 2
    document.history.undo()
    document.history.undo()
    assert document.text == ROBOTS


def test_that_faults_are_found_in_the_background_and_the_last_good_scenario_stays(desk, qtbot):
    document = desk.document
    document.start(ROBOTS)
    good = document.settle().scenario
    with qtbot.waitSignal(document.checked):
        document.rewrite(ROBOTS.replace("12 ", "-1 "), WHAT)
    assert document.scenario is None
    assert document.check.problems[0].place.line == 6
    assert document.last_scenario is good


def test_that_a_file_keeps_its_bytes_but_for_the_change(desk, tmp_path):
    path = tmp_path / "å plan.yaml"
    content = ("\ufeff" + ROBOTS.replace("\n", "\r\n")).encode()
    path.write_bytes(content)
    document = desk.document
    document.open(path)
    document.rewrite(document.text.replace("12 ", "20 "), WHAT)
    document.save()
    assert path.read_bytes() == content.replace(b"12 ", b"20 ")
    assert not document.dirty


def test_that_a_failed_save_loses_nothing(desk, tmp_path, monkeypatch):
    path = tmp_path / "plan.yaml"
    path.write_text(ROBOTS, encoding="utf-8")
    document = desk.document
    document.open(path)
    document.rewrite(document.text + "run: {years: 3}\n", WHAT)
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(SaveError) as refused:
        document.save()
    assert "disken är full" in refused.value.said("sv")
    assert path.read_text(encoding="utf-8") == ROBOTS
    assert document.dirty
    assert not list(tmp_path.glob(".plan*"))
    with pytest.raises(SaveError):
        document.save(tmp_path / "missing" / "plan.yaml")
    assert document.path == path


@pytest.mark.skipif(os.name == "nt", reason="pipes and links are others on Windows")
def test_that_what_is_no_ordinary_file_is_refused_in_words(desk, tmp_path):
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    reasons = {
        tmp_path / "missing.yaml": "filen eller mappen finns inte", tmp_path: "det är en mapp",
        tmp_path / f"{300 * 'a'}.yaml": "namnet är för långt", loop: "länkarna leder i cirkel",
        pipe: "ingen vanlig fil",
    }  # fmt: skip
    for path, why in reasons.items():
        with pytest.raises(SaveError) as refused:
            desk.document.open(path)
        assert refused.value.said("sv").endswith(why)


@pytest.mark.parametrize("content", [b"\x00\x01", b"\xff\xfea\x00", b"a\xff"])
def test_that_what_is_no_text_is_refused(desk, tmp_path, content):
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    with pytest.raises(SaveError):
        desk.document.open(path)
    with pytest.raises(SaveError):
        desk.document.open(tmp_path)


def test_that_a_faulty_file_does_not_show_what_was_open_before(desk):
    document = desk.document
    document.start(ROBOTS)
    assert document.settle().scenario is not None
    document.start(ROBOTS.replace("12 ", "-1 "))
    document.settle()
    assert document.last_scenario is None


def test_that_a_closed_document_has_let_go_of_its_steps(fresh_desk):
    document = fresh_desk.document
    document.start(ROBOTS)
    document.rewrite(ROBOTS.replace("12 ", "20 "), WHAT)
    document.close()
    assert document.history.count() == 0  # Python would destroy steps and history in any order
