"""What a worker tells of the firms is what the model has; the window's memory is bounded."""

from __future__ import annotations

from multiprocessing import Pipe

import numpy as np
import pytest

from simulator.agents.firm_words import AFTER_A_QUARTER, CODES, EXPLANATIONS, FRACTIONS, PARTNERS, TOLD, label
from simulator.agents.firms import Firms
from simulator.agents.world import EVENTS
from simulator.gui.inspect.history import FIRM, History
from simulator.gui.inspect.jobs import FirmsAt, FirmsBegun, FirmsDone
from simulator.gui.inspect.work import MOST_BYTES, FirmsWork, kept_entries
from simulator.gui.live.bands import POLICY
from simulator.gui.live.jobs import Cancel, FirmsJob, Left, packed
from simulator.model import TransitionModel
from simulator.scenario import load

SMALL = {"run.scale": 0.05, "run.years": 3, "record.events": True}


@pytest.fixture(scope="module")
def scenario():
    return load("coordinated", SMALL)


def answers(scenario, *asked):
    """All that a worker says, in this process."""
    ours, theirs = Pipe()
    job = FirmsJob(7, 0, POLICY, scenario.run.seed, packed(scenario, {}), None, "", (), ())
    for message in asked:
        ours.send(message)
    said = []
    work = FirmsWork(job, theirs, theirs)
    work.tell = said.append
    work.do()
    return said


@pytest.fixture(scope="module")
def history(scenario):
    said = answers(scenario)
    begun, done = said[0], said[-1]
    assert isinstance(begun, FirmsBegun)
    assert isinstance(done, FirmsDone)
    frames = [answer.frame for answer in said if isinstance(answer, FirmsAt)]
    return History("plan", begun.digest, 1, begun.labels, begun.entries, begun.where, frames, done.events)


def test_that_every_firm_is_told_as_the_model_has_it(scenario, history):
    model = TransitionModel(scenario)
    assert history.digest == scenario.digest
    assert [frame.entry for frame in history.frames] == list(range(13))
    model.step()
    model.step()
    firms = model.world.firms
    order = np.argsort(firms.slot)
    for name in EXPLANATIONS:
        assert np.array_equal(history.frames[2].of(name), getattr(firms, name)[order]), name
    model.run()
    assert history.frames[-1].size == model.world.firms.size
    lives = [(firm.unique_id, firm.biography()) for firm in model.firms]
    for slot, life in lives:
        told = [(event.entry - 1, event.name, event.value) for event in history.events.of(slot)]
        assert sorted(told) == sorted(life)
        row = history.frames[-1].row(slot)
        assert history.frames[-1].of(FIRM)[row] == slot
    assert history.events.of(10**6) == []


def test_that_support_is_told_with_its_measure(scenario, history):
    measures = {measure.name for measure in scenario.measures}
    events = [event for firm in np.unique(history.events.firm) for event in history.events.of(int(firm))]
    by_measures = [event for event in events if event.name in ("contacted", "supported")]
    assert by_measures
    assert {event.measure for event in by_measures} <= measures
    assert not any(event.measure for event in events if event.name not in ("contacted", "supported"))


def test_that_what_only_a_quarter_tells_is_unknown_at_the_start(history):
    first, second = history.frames[:2]
    for name in AFTER_A_QUARTER:
        assert np.isnan(first.of(name)).all()
        assert not np.isnan(second.of(name).astype(float)).any()
    assert (first.of("sales") > 0).all()


def test_that_one_firm_is_followed_through_time(history):
    last = history.frames[-1]
    newest = int(last.of(FIRM)[-1])
    found = history.over_time(newest, ("employment", "profit"))
    born = np.flatnonzero(~np.isnan(found["employment"]))[0]
    assert born > 0
    assert found["employment"][-1] == last.of("employment")[-1]
    assert history.last_seen(newest)[0] is last
    assert history.last_seen(10**6) is None
    gone = set(history.frames[0].of(FIRM).tolist()) - set(last.of(FIRM).tolist())
    frame, row = history.last_seen(gone.pop())
    assert frame is not last
    assert row >= 0


def test_that_a_cancelled_run_is_left_at_once(scenario):
    said = answers(scenario, Cancel(7))
    assert said == [Left(7)]


def test_that_of_a_large_region_fewer_quarters_are_kept():
    assert kept_entries(60, 4000) == tuple(range(61))
    few = kept_entries(60, 400_000)
    assert few[0] == 0
    assert few[-1] == 60
    row = sum(np.dtype(Firms.columns[name].dtype).itemsize for name in EXPLANATIONS)
    assert (len(few) - 1) * 400_000 * row <= MOST_BYTES * 1.1
    assert kept_entries(3, 10**9) == (0, 3)


def test_that_all_that_is_shown_has_words_in_both_languages():
    for name, explanation in EXPLANATIONS.items():
        assert Firms.columns[name].width == 1
        assert all(explanation)
        assert all(label(name))
    assert AFTER_A_QUARTER | set(CODES) <= set(EXPLANATIONS)
    for name, text in TOLD.items():
        assert text.en.count("{}") == text.sv.count("{}")
        assert name in EVENTS
    assert set(TOLD) >= FRACTIONS | PARTNERS
