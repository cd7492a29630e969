"""From work done and awards in force to lever values, each quarter (Model text 3.0, 3.0b)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Whole, rows_where
from simulator.delivery.award_log import AwardLog
from simulator.delivery.bookkeeping import Books
from simulator.delivery.meeting import Meeting
from simulator.delivery.pairs import Quarter
from simulator.delivery.running import FROM_RESERVATION, STEERING, AwardEffect, Running
from simulator.interventions.lever_table import LEVERS, Level
from simulator.interventions.levers import LeverValues, tempered

_SAID = ("awareness", "contact_awareness")
"""What awards say, and contacts without award."""


def steer(levers: LeverValues, measures: Sequence[Running], remnant: float) -> None:
    """Set what acts on coordination and money itself, with the work done up to the quarter before."""
    for running in measures:
        for name in running.wide:
            if name in STEERING:
                levers.add_region(running.key, name, running.region_value(name, remnant, ahead=True))


def put_wide(levers: LeverValues, running: Running, remnant: float) -> None:
    """Set what a measure's work does in counties and in the region."""
    if not len(running.history):
        return
    for name in running.wide:
        neutral = LEVERS[name].neutral
        if LEVERS[name].level is not Level.REGION:
            values = running.wide_values(name, remnant).astype(np.float32)
            if (values != neutral).any():
                levers.add_county(running.key, name, values)
        elif name not in STEERING:
            value = running.region_value(name, remnant)
            if value != neutral:
                levers.add_region(running.key, name, value)


def put_aimed(levers: LeverValues, running: Running, now: Quarter, remnant: float) -> None:
    """Set what a service does in the firms that it is aimed at, as strongly as it works in their county."""
    if not running.aimed or not len(running.history):
        return
    at_work = running.open(now.number)
    values = {name: running.aimed_values(name, remnant, at_work) for name in running.aimed}
    moved = {name: each for name, each in values.items() if (each != np.float32(LEVERS[name].neutral)).any()}
    if moved:
        rows = np.flatnonzero(now.admitted(running)).astype(np.int32)
        county = now.county[rows]
        for name, each in moved.items():
            for domain in running.measure.kind.domains_of(name):
                levers.add_firms(running.key, name, domain, rows, each[county])
    running.peak = np.maximum(running.peak, running.intensity(remnant))


def put_told(levers: LeverValues, meeting: Meeting, size: int) -> None:
    """Set awareness that contacts and awards of this quarter bring, to one of `size` firms or another."""
    won = np.zeros(len(meeting) * size, bool)
    won[meeting.awarded.measure * size + meeting.awarded.row] = True
    contacted = meeting.contacted
    only_told = contacted.where(~won[contacted.measure * size + contacted.row])
    for name, pairs in zip(_SAID, (meeting.awarded, only_told), strict=True):
        parts = pairs.parts(len(meeting))
        for place, running in enumerate(meeting.terms.running):
            if name in running.measure.settings:
                rows = pairs.row[parts[place]]
                chance = np.full(len(rows), running.effect(name) * meeting.quality[place], np.float32)
                for domain in running.measure.kind.domains_of(name):
                    levers.add_firms(running.key, name, domain, rows, chance)


def put_awards(levers: LeverValues, effects: Sequence[Sequence[AwardEffect]], books: Books) -> None:
    """Set what awards do: of each measure the newest one in force counts for each firm; effects by measure."""
    for running, awards, rows, age in books.in_force():
        _put(levers, running, effects[running.index], books.log, awards, rows, age)


def _put(
    levers: LeverValues, running: Running, effects: Sequence[AwardEffect], log: AwardLog, awards: Rows, rows: Whole,
    age: Whole,
) -> None:  # fmt: skip
    """Set one measure's levers in the firms (awards,) at `rows`, `age` quarters after their first effect."""
    quality = log.quality.take(awards)
    weaker = bool((quality != 1).any())
    chosen: dict[int, Rows] = {}
    for lever, domains, values, moved in effects:
        if lever in FROM_RESERVATION:
            now = _reserved(lever, log, awards, values.take(age))
            which = rows_where(now != np.float32(LEVERS[lever].neutral))
            now = now[which]
        else:
            if id(moved) not in chosen:
                chosen[id(moved)] = rows_where(moved.take(age))
            which = chosen[id(moved)]
            now = values.take(age.take(which))
            if weaker:
                now = np.asarray(tempered(LEVERS[lever], now, quality[which]), np.float32)
        for domain in domains:
            levers.add_firms(running.key, lever, domain, rows.take(which), now)


def _reserved(lever: str, log: AwardLog, awards: Rows, values: Floats) -> Floats:
    """Value of a lever that lasts as long as the award holds money."""
    if lever == "subsidy_cap":
        return log.subsidy[awards].astype(np.float32)
    held: Flags = (log.grant if lever == "research_grant" else log.subsidy)[awards] > 0
    return values * held
