"""The session: what the sliders and the text say is what runs, and it is asked once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from simulator.gui.live.bands import BASELINE, POLICY

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
