"""A worker's run that tells of every firm in every quarter."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.agents.firm_words import AFTER_A_QUARTER, EXPLANATIONS
from simulator.agents.firms import CLASS_TEXTS, Firms
from simulator.agents.world import EVENTS
from simulator.gui.inspect.history import Array, Events, Frame
from simulator.gui.inspect.jobs import FirmsAt, FirmsBegun, FirmsDone
from simulator.gui.live.worker import Task, unpacked
from simulator.indicators.results import quarter_labels
from simulator.region.reporting import reporting_geography
from simulator.region.schemas import COMPETENCE_CODES
from simulator.scenario.settings import Record

if TYPE_CHECKING:
    from simulator.model import TransitionModel

MOST_BYTES = 200_000_000
"""Most memory that all frames of a run may take; of a larger region fewer quarters are kept."""
_GROWTH = 1.3
"""Firms at the end for each at the start, when room is made."""
_OF_MEASURES = ("contacted", "supported")


class FirmsWork(Task):
    """One run, frame by frame."""

    def run(self) -> None:
        """Run to the end, telling of the firms at each entry that is kept."""
        from simulator.model import TransitionModel

        scenario = unpacked(self.job.policy)
        self.look_up()
        model = TransitionModel(replace(scenario, record=Record(events=True)), rng=self.job.seed)
        labels = quarter_labels(scenario.run.start_text, scenario.run.quarters + 1)
        entries = kept_entries(scenario.run.quarters, model.world.firms.size)
        where = reporting_geography(model.region, COMPETENCE_CODES, CLASS_TEXTS)
        self.tell(FirmsBegun(self.job.number, scenario.digest, labels, entries, where))
        self.tell(FirmsAt(self.job.number, frame_of(model)))
        measures = _Measures()
        while model.running:
            self.look_up()
            model.step()
            measures.note(model)
            if model.steps in entries:
                self.tell(FirmsAt(self.job.number, frame_of(model)))
        self.tell(FirmsDone(self.job.number, events_of(model, measures)))


def kept_entries(quarters: int, firms: int) -> tuple[int, ...]:
    """Entries of a run that are kept: all, or every so many and the last."""
    row = sum(np.dtype(Firms.columns[name].dtype).itemsize for name in EXPLANATIONS)
    stride = max(1, math.ceil(row * firms * _GROWTH * (quarters + 1) / MOST_BYTES))
    return tuple(sorted({*range(0, quarters + 1, stride), quarters}))


def frame_of(model: TransitionModel) -> Frame:
    """The firms as they are now."""
    firms = model.world.firms
    order = np.argsort(firms.slot)
    known = [name for name in EXPLANATIONS if model.steps or name not in AFTER_A_QUARTER]
    return Frame(model.steps, {name: getattr(firms, name)[order] for name in known})


class _Measures:
    """Which measure met whom: the log of events does not say."""

    def __init__(self) -> None:
        self._done = 0
        self.of_entry: dict[int, Array] = {}

    def note(self, model: TransitionModel) -> None:
        """Remember it for the events of the quarter that has just run."""
        log, meeting = model.world.events, model.state.delivery.meeting
        assert log is not None
        for place in range(self._done, len(log.entries)):
            event = log.entries[place][1]
            if meeting is not None and event in _OF_MEASURES:
                pairs = meeting.contacted if event == "contacted" else meeting.awarded
                self.of_entry[place] = np.asarray(meeting.terms.index)[pairs.measure].astype(np.int32)
        self._done = len(log.entries)


def events_of(model: TransitionModel, measures: _Measures) -> Events:
    """All that happened, by firm."""
    log = model.world.events
    assert log is not None
    names = tuple(EVENTS)
    code = {name: place for place, name in enumerate(names)}
    none = np.empty(0, np.int32)
    firm, entry, what, value, measure = [none], [none], [none], [np.empty(0, np.float32)], [none]
    for place, (quarter, event, slots, numbers) in enumerate(log.entries):
        firm.append(slots)
        entry.append(np.full(len(slots), quarter + 1, np.int32))
        what.append(np.full(len(slots), code[event], np.int32))
        value.append(numbers)
        measure.append(measures.of_entry.get(place, np.full(len(slots), -1, np.int32)))
    firms = np.concatenate(firm)
    order = np.argsort(firms, kind="stable")
    met, codes, values, by = (np.concatenate(each)[order] for each in (entry, what, value, measure))
    return Events(firms[order], met, codes, values, by, names, tuple(model.ledger.names))
