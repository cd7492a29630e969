"""The three gates of every transition: awareness, decision, implementation (Model text 2, steps 3 and 7; 4.4, 4.5).

Digital, green and circular steps pass the same code; a `Track` names the columns, luck and words of one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Small, rows_where, single
from simulator.agents.exposure import Exposure, StartExposure
from simulator.agents.firms import DONE, OPERATORS, TOPS, UNAWARE, UNDECIDED, Firms
from simulator.agents.world import World, lever_of
from simulator.transitions import choice
from simulator.transitions.choice import Adoption

QUARTER = np.float32(0.25)


@dataclass(frozen=True, slots=True)
class Track:
    """One transition: its name is the domain of its levers and the stem of its columns and of the uses of luck.

    top                        highest level
    level, aware, held         columns, (rows,): level reached, who considers the next step, what holds it back
    project, pause             quarters left of the running project and of the pause after a failure
    support                    success gain of the running project
    reached, failed            events of a project that ends
    noticed, started           events of awareness and of a project that starts
    """

    name: str
    top: int
    level: Callable[[Firms], Small]
    aware: Callable[[Firms], Flags]
    held: Callable[[Firms], Small]
    project: Callable[[Firms], Small]
    pause: Callable[[Firms], Small]
    support: Callable[[Firms], Floats]
    reached: str
    failed: str
    noticed: str
    started: str


def _track(name: str, barrier: str, reached: str, failed: str, noticed: str, started: str) -> Track:
    level, project, pause, support = (attrgetter(f"{name}_{kind}") for kind in ("level", "project", "pause", "support"))
    return Track(
        name, TOPS[name], level, attrgetter(f"aware_{name}"), attrgetter(barrier), project, pause, support,
        reached, failed, noticed, started,
    )  # fmt: skip


DIGITAL = _track("digital", "barrier", "reached_level", "project_failed", "became_aware", "project_started")
GREEN, CIRCULAR = (
    _track(name, f"{name}_barrier", f"reached_{name}", f"{name}_failed", f"noticed_{name}", f"{name}_started")
    for name in ("green", "circular")
)
TRACKS = (DIGITAL, GREEN, CIRCULAR)


@dataclass(frozen=True, slots=True)
class Completed:
    """Projects of one transition that ended this quarter: rows whose project worked, and whose failed."""

    winners: Rows
    failed: Rows


def complete_projects(world: World, track: Track, filling: Floats, p: Adoption) -> Completed:
    """Let finished projects succeed or fail.

    filling  (zones,)  share of technicians' vacancies filled last quarter

    Source: Model text 4.4c, 4.5.
    """
    firms = world.firms
    project, pause = track.project(firms), track.pause(firms)
    ending = rows_where(project == 1)
    project -= project > 0
    pause -= pause > 0
    if not len(ending):
        return Completed(ending, ending)
    chance = choice.success_probability(
        firms.absorptive_capacity.take(ending),
        filling.take(firms.zone.take(ending)),
        track.support(firms).take(ending),
        p,
    )
    works = world.draw(f"{track.name}.success", ending) < chance
    winners, losers = ending[works], ending[~works]
    level = track.level(firms).take(ending) + works
    track.level(firms)[ending] = level
    pause[losers] = int(p.pause)
    track.support(firms)[ending] = 0
    track.aware(firms)[ending] = False
    track.held(firms)[ending] = np.where(level == track.top, np.int8(DONE), np.int8(UNAWARE))
    world.note(track.reached, winners, level[works])
    world.note(track.failed, losers, level[~works] + np.int8(1))
    return Completed(winners, losers)


def become_aware(world: World, track: Track, exposure: Exposure | StartExposure, frontier: float, p: Adoption) -> None:
    """Draw who starts to consider the next step, by itself, through others, or told by a measure.

    frontier  1  pull of the technology frontier.  Source: Model text 4.4a, 4.5.
    """
    firms = world.firms
    unaware = _unaware(firms, track)
    chosen = _told_now(world, track, unaware)
    if world.switches.diffusion:
        alone = _aware_alone(world, track, rows_where(unaware), exposure, frontier, p)
        chosen = np.union1d(chosen, alone) if len(chosen) else alone
    _consider(world, track, chosen)


def tell(world: World, track: Track, rows: Rows) -> None:
    """Let the firms in `rows` consider their next step from now on, those that have one and did not know of it."""
    _consider(world, track, rows[_unaware(world.firms, track).take(rows)])


def _unaware(firms: Firms, track: Track) -> Flags:
    """Firms that have a next step, run no project and do not consider it; (rows,)."""
    unaware: Flags = ~track.aware(firms) & (track.level(firms) < track.top) & (track.project(firms) == 0)
    return unaware


def _consider(world: World, track: Track, rows: Rows) -> None:
    firms = world.firms
    track.aware(firms)[rows] = True
    track.held(firms)[rows] = UNDECIDED
    world.note(track.noticed, rows, track.level(firms).take(rows) + np.int8(1))


def _aware_alone(
    world: World, track: Track, rows: Rows, exposure: Exposure | StartExposure, frontier: float, p: Adoption
) -> Rows:
    """Rows that become aware by themselves or through others; only those whose luck allows it look around."""
    firms = world.firms
    draw = world.draw(f"{track.name}.awareness", rows)
    weight = world.levers.firm("peer_weight")
    innovation, imitation = single(p.innovation), single(p.imitation)
    most = np.float32(max(weight, 1.0) if isinstance(weight, float) else weight.take(rows).max(initial=1))
    best = choice.awareness_probability(innovation, imitation, most, frontier)
    level = track.level(firms).take(rows)
    open_to_it = rows_where(draw < best.take(level))
    rows, draw, level = rows.take(open_to_it), draw.take(open_to_it), level.take(open_to_it)
    seen, failed = exposure.adopters(track.name, rows)
    seen *= np.float32(lever_of(weight, rows))
    calm = np.where(failed, np.float32(p.discouragement), np.float32(1))
    chance = choice.awareness_probability(innovation.take(level) * calm, imitation.take(level) * calm, seen, frontier)
    return rows[draw < chance]


def _told_now(world: World, track: Track, unaware: Flags) -> Rows:
    """Rows that become aware because a measure has contacted or supported them."""
    rows, chance = world.levers.told(track.name)
    if not len(rows):
        return rows
    rows, chance = rows[unaware[rows]], chance[unaware[rows]]
    return rows[world.draw(f"{track.name}.told", rows) < chance]


def reviewing(world: World, track: Track, awaited: Flags | None, p: Adoption) -> Rows:
    """Rows of aware firms that decide this quarter: 1 - exp(-2 dt) of them, fewer where a measure is awaited.

    Source: Model text 4.4b, 4.11.
    """
    firms = world.firms
    busy = track.project(firms) | track.pause(firms)
    ready = rows_where(track.aware(firms) & (track.level(firms) < track.top) & (busy == 0))
    rate: float | Floats = p.review_rate
    if awaited is not None:
        rate = p.review_rate * np.where(awaited[ready], np.float32(1 - p.announcement_delay), np.float32(1))
    return ready[world.draw(f"{track.name}.review", ready) < -np.expm1(-rate * QUARTER)]


def taste_luck(world: World, track: Track, rows: Rows) -> Floats:
    """Luck of the region behind a firm's lasting judgement of its next step, not kept but computed again; (rows,)."""
    level = track.level(world.firms).take(rows)
    names = [f"init.{track.name}_taste.{step}" for step in range(track.top)]
    return world.traits.one_of(names, level, 0, world.firms.slot.take(rows))


def accepted(
    world: World, track: Track, rows: Rows, value: Floats, volatility: Floats | float, ease: Floats | float, p: Adoption
) -> Flags:
    """Whether value per own krona, with the firm's own judgement, beats the hurdle; (rows,).

    ln PI + e >= ln theta;  `ease` multiplies the share of equal firms that accept, at most to 1

    Source: Model text 4.4b, 4.5.
    """
    factor = np.float32(lever_of(world.levers.firm("uncertainty_factor", track.name), rows))
    barrier = np.log(choice.hurdle(volatility * factor, p.discount_rate))
    barrier = barrier - np.where(
        world.firms.succession.take(rows) == 2, np.float32(np.log(p.renewal)), np.float32(0)
    )  # fmt: skip
    luck = taste_luck(world, track, rows)
    with np.errstate(divide="ignore"):  # without any gain the value is nil and its logarithm beneath every hurdle
        own = np.log(value)
    own += choice.taste(luck, p.taste_scale)
    worth: Flags = own >= barrier
    if isinstance(ease, np.ndarray):
        worth |= (ease > 1) & (luck >= 1 - ease * choice.chance_to_accept(value, barrier, p.taste_scale))
    return worth


def start_projects(world: World, track: Track, rows: Rows, duration: Floats, visited: Floats) -> None:
    """Begin the projects decided; duration (steps,) quarters, visited (rows,) success gain of a testbed visit."""
    firms = world.firms
    level = track.level(firms).take(rows)
    track.project(firms)[rows] = duration.astype(np.int8).take(level)
    track.support(firms)[rows] = visited + np.float32(lever_of(world.levers.firm("success_gain", track.name), rows))
    world.note(track.started, rows, level + np.int8(1))


def seek_skills(world: World, rows: Rows, gap: Floats, sought: tuple[tuple[int, float], ...]) -> None:
    """Firms that lack skills want other people: base composition moves from operators to the classes sought.

    gap  (rows,)  share of staff missing;  sought  class and its part of the gap.  Source: Model text 4.4b, 4.5.
    """
    if not len(rows):
        return
    mix = world.firms.composition[:, rows]
    moved = np.minimum(gap, np.maximum(mix[OPERATORS] - np.float32(0.01), 0))
    mix[OPERATORS] -= moved
    for kind, part in sought:
        mix[kind] += np.float32(part) * moved
    world.firms.composition[:, rows] = mix
