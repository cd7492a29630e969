"""The session: what the sliders and the text say is what runs, and it is asked once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from simulator.gui.live.bands import BASELINE, POLICY
from simulator.quantity import Text

PLAN = """\
format: 1
extends: baseline.yaml
run: {scale: 0.05, years: 2}   # small
interventions:
  robots:
    kind: robot_lift
    capacity: 12   # per quarter
"""
CAPACITY = ("interventions", "robots", "capacity")


@pytest.fixture
def session(desk):
    desk.document.start(PLAN)
    desk.document.settle()
    desk.live.set_replications(2)
    return desk.live


@pytest.fixture
def asked(session, monkeypatch):
    """What the runner was asked for."""
    found = []
    ask = session.runner.ask
    monkeypatch.setattr(session.runner, "ask", lambda *given: (found.append(given), ask(*given)))
    return found


def finished(qtbot, session):
    return qtbot.waitSignal(session.runner.finished, timeout=60_000)


def test_that_a_move_runs_at_once_and_is_written_once_it_rests(qtbot, desk, session, asked):
    owner = QObject()
    with finished(qtbot, session):
        session.watch(owner, ["firms"])
    before = session.bands
    with finished(qtbot, session):
        for capacity in (14, 16, 20):
            session.move({CAPACITY: capacity})
    assert desk.document.text == PLAN or desk.document.text == PLAN.replace("12 ", "20 ")
    qtbot.waitUntil(lambda: desk.document.text == PLAN.replace("12 ", "20 "))
    qtbot.waitUntil(lambda: session.scenario is desk.document.scenario)
    assert session.value(CAPACITY) == 20
    assert session.bands is not before
    assert session.bands.enough
    assert session.digest == desk.document.scenario.digest
    assert len(asked) == 4
    assert session.bands.runs[BASELINE][1] is before.runs[BASELINE][1]
    assert session.bands.runs[POLICY][1] is not before.runs[POLICY][1]
    with finished(qtbot, session):
        desk.document.history.undo()
    assert desk.document.text == PLAN
    assert len(asked) == 5


def test_that_no_limit_where_there_is_none_changes_nothing(qtbot, desk, session, asked):
    owner, told = QObject(), []
    session.told.connect(told.append)
    with finished(qtbot, session):
        session.watch(owner, ["firms"])
    digest = session.digest
    session.move({("budget", "per_year"): None})
    assert len(asked) == 1
    with finished(qtbot, session):
        session.move({CAPACITY: 14})
    assert told == []
    assert session.digest != digest
    with finished(qtbot, session):
        session.move({("budget", "per_year"): 1.0})
    with finished(qtbot, session):
        session.move({("budget", "per_year"): None})
    session.settle_at_once()
    assert told == []
    assert desk.document.settle().scenario.budget.per_year is None


def test_that_who_wants_less_is_served_by_what_is_there(qtbot, desk, session, asked):
    table, curve = QObject(), QObject()
    with finished(qtbot, session):
        session.watch(table, ["firms"], ["municipality"])
    wide = session.bands
    session.unwatch(table)
    session.watch(curve, ["advanced_digital"])
    assert len(asked) == 1
    with finished(qtbot, session):
        session.move({CAPACITY: 20})
    assert "municipality=falun" not in session.bands.runs[POLICY][1].cells["firms"]
    assert session.bands.runs[BASELINE][1] is wide.runs[BASELINE][1]
    with finished(qtbot, session):
        session.watch(table, ["firms"], ["municipality"])
    assert "municipality=falun" in session.bands.cells("firms")
    assert session.bands.runs[BASELINE][1] is wide.runs[BASELINE][1]


def test_that_nothing_runs_while_nobody_looks(qtbot, desk, session, asked):
    session.move({CAPACITY: 20})
    desk.settle()
    assert "capacity: 20 " in desk.document.text
    assert asked == []
    owner = QObject()
    with finished(qtbot, session):
        session.watch(owner, ["firms"])
    assert session.digest == desk.document.scenario.digest


def test_that_a_move_that_cannot_be_written_is_told_and_taken_back(qtbot, desk, session):
    owner, said = QObject(), []
    session.told.connect(said.append)
    with finished(qtbot, session):
        session.watch(owner)
    desk.document.rewrite(PLAN + "  broken: [\n", Text("break", "bryt"))
    desk.document.settle()
    assert session.stale
    session.move({CAPACITY: 20})
    qtbot.waitUntil(lambda: bool(said), timeout=60_000)
    assert "fault" in said[-1].en
    assert session.value(CAPACITY) == 12


def test_that_a_move_does_not_follow_into_another_document(qtbot, desk, session):
    session.move({CAPACITY: 20})
    desk.document.start(PLAN.replace("12 ", "15 "))
    desk.document.settle()
    desk.settle()
    assert "capacity: 15 " in desk.document.text
    assert session.value(CAPACITY) == 15


def test_that_results_are_those_of_the_scenario_they_were_run_with(qtbot, desk, session):
    owner = QObject()
    with finished(qtbot, session):
        session.watch(owner, ["firms"])
    before = session.scenario
    session.pause(True)
    desk.document.rewrite(PLAN.replace("12 ", "40 "), Text("more", "mer"))
    desk.document.settle()
    assert session.behind
    assert session.pin("old")
    assert session.pinned[0].scenario is before is session.scenario
    session.move({CAPACITY: 30})
    assert session.pin("old, too")
    assert session.pinned[1].scenario is before
    with finished(qtbot, session):
        session.pause(False)
    assert session.scenario is not before
    assert session.pin("new")
    assert session.pinned[2].digest != session.pinned[0].digest


def test_that_another_scenario_begins_without_the_results_of_the_one_before(qtbot, desk, session):
    owner = QObject()
    with finished(qtbot, session):
        session.watch(owner, ["firms"])
    session.pin("kept")
    desk.document.start("format: [", name="broken.yaml")
    desk.document.settle()
    assert not session.bands.quarters
    assert session.scenario is None
    assert [one.name for one in session.pinned] == ["kept"]
    with finished(qtbot, session):
        desk.document.start(PLAN)
    assert session.bands.enough
