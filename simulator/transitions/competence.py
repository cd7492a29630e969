"""How firms change their staff: whom they want, whom they train at work, how attractive their zone is (Model 4.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.agents.columns import Flags, Floats, Rows, Small, rows_where, single
from simulator.agents.firms import (
    ENGINEERS,
    GREEN,
    INTERNATIONAL,
    OPERATORS,
    SIZE_CLASSES,
    SIZE_LIMITS,
    TECHNICIANS,
    TRAINING_QUARTERS,
    Firms,
)
from simulator.agents.world import Courses, World
from simulator.economy.labour_market import change_class
from simulator.economy.labour_rules import LabourState
from simulator.economy.matching import Real
from simulator.quantity import number, vector
from simulator.region.schemas import COMPETENCE_CODES
from simulator.transitions.attraction import draw_people

LEAST_SHARE = 0.002


@dataclass(frozen=True, kw_only=True)
class Training:
    """Desired composition, training at work, attractiveness."""

    shift_connected: tuple[float, ...] = vector(
        (-0.04, 0.03, 0.01, 0.0, 0.0),
        COMPETENCE_CODES,
        "1",
        (-0.3, 0.3),
        "Change of composition at digital level 2",
        "Ändrad sammansättning vid digital nivå 2",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    shift_smart: tuple[float, ...] = vector(
        (-0.05, 0.02, 0.03, 0.0, 0.0),
        COMPETENCE_CODES,
        "1",
        (-0.3, 0.3),
        "Further change at digital level 3",
        "Ytterligare ändring vid digital nivå 3",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    international_exporter: float = number(
        0.07,
        "1",
        (0, 0.5),
        "International staff of exporters",
        "Internationell personal hos exportörer",
        basis="judgement",
        uncertain=(0.04, 0.1),
    )
    international_other: float = number(
        0.02,
        "1",
        (0, 0.5),
        "International staff of others",
        "Internationell personal hos övriga",
        basis="judgement",
        uncertain=(0.01, 0.03),
    )
    slots: float = number(
        0.01,
        "1/q",
        (0, 0.1),
        "Training at work without policy",
        "Utbildning på arbetstid utan insatser",
        basis="judgement",
        uncertain=(0.005, 0.02),
        help_en="Share of staff that starts a course each quarter, times the firm's capacity to absorb.",
        help_sv="Andel av personalen som börjar en kurs varje kvartal, gånger företagets absorptionsförmåga.",
    )
    completion: float = number(
        0.85, "1", (0, 1), "Trainees who finish", "Deltagare som går klart", basis="judgement", uncertain=(0.75, 0.95)
    )
    deadweight: tuple[float, ...] = vector(
        (0.25, 0.4, 0.6),
        SIZE_CLASSES,
        "1",
        (0, 1),
        "Supported training that would have taken place anyway",
        "Stödd utbildning som ändå hade ägt rum",
        basis="sourced:KP",
        uncertain=((0.1, 0.2, 0.4), (0.5, 0.6, 0.8)),
    )
    lost_time: float = number(
        0.05,
        "1",
        (0, 1),
        "Working time lost in training",
        "Arbetstid som går åt till utbildning",
        basis="judgement",
        uncertain=(0.03, 0.1),
    )
    productivity_by_training: float = number(
        0.2,
        "log",
        (0, 5),
        "Productivity gained per share of staff that measures train",
        "Produktivitet per andel av personalen som insatser utbildar",
        basis="derived:KP",
        uncertain=(0, 0.4),
        help_en="Firms' usual training holds their productivity where it is; subsidised training of about a tenth of "
        "the staff raised it by 2.1 % in small firms.",
        help_sv="Företagens vanliga utbildning håller produktiviteten där den är; subventionerad utbildning av ungefär "
        "en tiondel av personalen höjde den med 2,1 % i små företag.",
    )
    management_by_training: float = number(
        0.02,
        "1",
        (0, 1),
        "Capability to manage change, per training slot",
        "Förändringsförmåga per utbildningsplats",
        basis="judgement",
        uncertain=(0, 0.05),
        help_en="Added times the share of staff that starts a course.",
        help_sv="Läggs till gånger andelen av personalen som börjar en kurs.",
    )
    attraction: tuple[float, ...] = vector(
        (0.5, 0.15, 0.5),
        ("wages", "digital", "training"),
        "1",
        (0, 5),
        "What makes industry attractive",
        "Vad som gör industrin attraktiv",
        basis="judgement",
        spread=(0.5, 1.5),
    )


@dataclass(slots=True)
class TrainingFlows:
    """One quarter of training at work.

    started  (zones, 5) persons who start, by the class they train for; lost (rows,) FTE of working time lost;
    compensated (rows,) FTE of it that policy pays; moved (zones, 5, 5) persons by old and new class
    """

    started: Real
    lost: Floats
    compensated: Floats
    moved: Real


def level_shift(p: Training) -> Real:
    """Change of composition by digital level since level 1, (4 levels, 5). Source: Model text 4.4, 4.7; SPEC."""
    connected, smart = np.array(p.shift_connected), np.array(p.shift_smart)
    return np.array((np.zeros(5), np.zeros(5), connected, connected + smart))


def desired_shares(composition: Floats, digital_level: Small, exporting: Flags, p: Training) -> Floats:
    """Desired composition of staff: clip(bs + shift_d, .002), international staff set by export, normalised.

    composition bs (5, rows); digital_level, exporting (rows,); returns (5, rows), sums to 1
    Source: Model text 4.7, 4.4, 4.6; SPEC.
    """
    shift = level_shift(p).T.astype(np.float32)
    shares = np.take(shift, digital_level, axis=1, mode="clip")
    shares += composition
    np.maximum(shares, np.float32(LEAST_SHARE), out=shares)
    shares[INTERNATIONAL] = np.where(exporting, np.float32(p.international_exporter), np.float32(p.international_other))
    shares /= shares.sum(axis=0)
    return shares


def training_slots(employment: Floats, absorptive_capacity: Floats, added: float | Floats, p: Training) -> Floats:
    """People who start a course at work: (.01 + E (1 - deadweight)) n sigma(ac) per quarter.

    employment n, absorptive_capacity (rows,); added E number or (rows,); deadweight by size; returns (rows,) FTE
    Source: Model text 4.7; KP.
    """
    share = np.full_like(employment, p.slots)
    if isinstance(added, np.ndarray) or added:
        size = np.digitize(employment, SIZE_LIMITS)
        share += added * (1 - np.array(p.deadweight, np.float32))[size]
    share *= employment
    share /= 1 + np.exp(-absorptive_capacity)
    return share


def initial_trainees(employment: Floats, absorptive_capacity: Floats, p: Training) -> Floats:
    """People in training at the start, (quarters, rows): as many each quarter as start one. Source: Model text 4.7."""
    slots = training_slots(employment, absorptive_capacity, 0.0, p)
    return np.broadcast_to(slots, (TRAINING_QUARTERS, len(slots)))


def upgrades(staff: Floats, desired: Floats, finished: Floats) -> tuple[Rows, Rows, Floats]:
    """Whom trained people were and become: toward the largest gap alpha - n_c/n above operators.

    Technicians come from operators, engineers from technicians, the others from the class with most to spare; never
    more than the gap, nor than half of the class they come from.

    staff, desired (5, rows) FTE; finished (rows,) FTE; returns old class, new class (rows,) and FTE (rows,)
    Source: Model text 4.7; SPEC.
    """
    missing = _missing(staff, desired)
    new = np.full(len(finished), TECHNICIANS)
    gap = missing[TECHNICIANS].copy()
    for klass in (ENGINEERS, GREEN, INTERNATIONAL):
        new = np.where(missing[klass] > gap, klass, new)
        np.maximum(gap, missing[klass], out=gap)
    old = np.where(new <= ENGINEERS, new - 1, _spare(missing))
    return old, new, _trained(staff, old, gap, finished)


def green_upgrades(staff: Floats, desired: Floats, finished: Floats, needed: Floats) -> tuple[Rows, Floats, Floats]:
    """Whom people trained as green specialists were, FTE, and FTE beyond those whom the firm wanted; (rows,) each.

    Never more than are missing to what the firm wants or what its next green step needs.

    staff, desired (5, rows) FTE; finished (rows,) FTE; needed (rows,) share of green specialists
    Source: Model text 3.0b (E_grn), 4.5, 4.7; judgement.
    """
    missing = _missing(staff, desired)
    old, wanted = _spare(missing), np.maximum(missing[GREEN], 0)
    people = _trained(staff, old, np.maximum(wanted, needed * staff.sum(axis=0) - staff[GREEN]), finished)
    return old, people, np.maximum(people - wanted, 0)


def _missing(staff: Floats, desired: Floats) -> Floats:
    """Gap alpha n - n_c of each class; (5, rows) FTE."""
    total = desired.sum(axis=0)
    scale = staff.sum(axis=0)
    scale /= np.where(total > 0, total, np.float32(1))
    missing: Floats = desired * scale
    missing -= staff
    return missing


def _spare(missing: Floats) -> Rows:
    """Operators, technicians or engineers, of whom a firm has most to spare; (rows,)."""
    operators, technicians, engineers = missing[: ENGINEERS + 1]
    least = np.minimum(technicians, operators)
    return np.where(engineers < least, ENGINEERS, np.where(technicians < operators, TECHNICIANS, OPERATORS))


def _trained(staff: Floats, old: Rows, gap: Floats, finished: Floats) -> Floats:
    """People who take up a new class, at most the gap and half of their old class, up to engineers; (rows,) FTE."""
    operators, technicians, engineers = staff[: ENGINEERS + 1]
    limit: Floats = np.where(old == ENGINEERS, engineers, np.where(old == TECHNICIANS, technicians, operators))
    limit *= np.float32(0.5)
    np.minimum(limit, gap, out=limit)
    np.minimum(limit, finished, out=limit)
    return np.maximum(limit, 0, out=limit)


def train(
    world: World, labour: LabourState, desired: Floats, p: Training, specialists: Sequence[float] = (0, 0, 0)
) -> TrainingFlows:
    """People who finish a course take up their new class, others start one; the zone's attractiveness follows.

    desired (5, rows) FTE; specialists (3,) share of green specialists that the step from a green level needs
    Source: Model text 4.7; SPEC.
    """
    firms, levers = world.firms, world.levers
    zones = len(labour.wages)
    zone = firms.zone.astype(np.intp)
    place = world.quarter % TRAINING_QUARTERS
    added = levers.firm("training_slots")
    slots = training_slots(firms.employment, firms.absorptive_capacity, added, p)
    if not isinstance(added, float) or added:
        _gain_productivity(firms, slots, p)
    finished = firms.trainees[place] * np.float32(p.completion)
    firms.trainees[place] = slots
    old, new, people = upgrades(firms.staff, desired, finished)
    moved = _change_class(firms, zone, zones, old, new, people)
    started: Real = np.bincount(zone * 5 + new, slots, zones * 5).astype(np.float64).reshape(zones, 5)
    trainees = firms.trainees.sum(axis=0)
    green = _start_green(world, p)
    if green is not None:
        started[:, GREEN] += np.bincount(zone, green, zones)
        moved += _finish_green(world, desired, zone, zones, p, specialists)
        slots = slots + green
        trainees += green_trainees(world)
    if world.switches.labour_coupling:
        change_class(world.people, labour, moved)
    share = slots / np.maximum(firms.employment, np.float32(1e-6))
    firms.management = np.minimum(firms.management + np.float32(p.management_by_training) * share, np.float32(1))
    if world.switches.labour_coupling:
        draw_people(world, labour, zone, trainees, p)
    lost = trainees * np.float32(p.lost_time)
    compensation = levers.firm("training_compensation")
    return TrainingFlows(started, lost, lost * np.asarray(compensation, np.float32), moved)


def _gain_productivity(firms: Firms, slots: Floats, p: Training) -> None:
    """Raise own productivity by what measures add to the training of a firm: z += 0.2 (slots - usual slots)/n.

    slots  (rows,)  FTE that start.  Source: Model text 4.7; KP.
    """
    usual = training_slots(firms.employment, firms.absorptive_capacity, 0.0, p)
    added = (slots - usual) / np.maximum(firms.employment, np.float32(1))
    firms.idiosyncratic += np.float32(p.productivity_by_training) * added


def _change_class(firms: Firms, zone: Rows, zones: int, old: Rows, new: Rows, people: Floats) -> Real:
    """Let people in firms change class; returns persons by zone, old and new class."""
    staff = firms.staff
    for klass in (OPERATORS, TECHNICIANS, ENGINEERS):
        staff[klass] -= people * (old == klass)
    for klass in (TECHNICIANS, ENGINEERS, GREEN, INTERNATIONAL):
        staff[klass] += people * (new == klass)
    return np.bincount(zone * 25 + old * 5 + new, people, zones * 25).astype(np.float64).reshape(zones, 5, 5)


def _start_green(world: World, p: Training) -> Floats | None:
    """People who start a green course that a measure offers, (rows,) FTE; None while nobody is in one.

    E_grn (1 - deadweight) n sigma(ac): as other training at work, without any of the firms' own. Source: Model text
    3.0b (E_grn), 4.7.
    """
    firms, courses = world.firms, world.green_courses
    added = world.levers.firm("green_training_slots")
    if isinstance(added, float) and added == 0 and not len(courses.slot):
        return None
    plain = training_slots(firms.employment, firms.absorptive_capacity, 0.0, p)
    slots: Floats = training_slots(firms.employment, firms.absorptive_capacity, added, p) - plain
    rows = rows_where(slots > 0)
    world.green_courses = Courses(
        np.concatenate((courses.slot, firms.slot.take(rows))),
        np.concatenate((courses.people, slots.take(rows))),
        np.concatenate((courses.ends, np.full(len(rows), world.quarter + TRAINING_QUARTERS, np.int32))),
    )
    return slots


def _finish_green(
    world: World, desired: Floats, zone: Rows, zones: int, p: Training, specialists: Sequence[float]
) -> Real:
    """Let people who have finished a green course become green specialists; persons by zone, old and new class.

    A firm keeps those whom it trains for its next step: its own composition follows.
    """
    firms, courses = world.firms, world.green_courses
    row = world.row_of.take(courses.slot)
    over = courses.ends <= world.quarter
    ready = rows_where(over & (row >= 0))
    finished = np.bincount(row.take(ready), courses.people.take(ready), firms.size).astype(np.float32)
    finished *= np.float32(p.completion)
    going = rows_where(~over & (row >= 0))
    world.green_courses = Courses(courses.slot.take(going), courses.people.take(going), courses.ends.take(going))
    needed = single((*specialists, 0)).take(firms.green_level)
    old, people, beyond = green_upgrades(firms.staff, desired, finished, needed)
    rows = rows_where(beyond > 0)
    mix, of = firms.composition[:, rows], (old.take(rows), np.arange(len(rows)))
    share = np.minimum(beyond.take(rows) / firms.employment.take(rows), np.maximum(mix[of] - np.float32(0.01), 0))
    mix[of] -= share
    mix[GREEN] += share
    firms.composition[:, rows] = mix
    return _change_class(firms, zone, zones, old, np.full(firms.size, GREEN), people)


def green_trainees(world: World) -> Floats:
    """People in green courses; (rows,) FTE."""
    courses = world.green_courses
    rows = world.row_of.take(courses.slot)
    return np.bincount(rows, courses.people, world.firms.size).astype(np.float32)
