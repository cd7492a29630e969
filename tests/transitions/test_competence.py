from types import SimpleNamespace

import numpy as np
import pytest

from simulator.agents.firms import ENGINEERS, GREEN, INTERNATIONAL, OPERATORS, TECHNICIANS, Anchors, Firms
from simulator.agents.switches import Switches
from simulator.agents.world import Courses
from simulator.economy.labour_rules import LabourMarket
from simulator.economy.labour_start import Pool, initial_labour, initial_people
from simulator.economy.matching import sums_by
from simulator.transitions.attraction import attractiveness
from simulator.transitions.competence import (
    Training,
    desired_shares,
    green_trainees,
    initial_trainees,
    level_shift,
    train,
    training_slots,
    upgrades,
)

RULES = Training()


def floats(*values):
    return np.array(values, np.float32)


def test_that_desired_shares_sum_to_one_and_follow_level_and_export():
    base = np.tile(floats(0.66, 0.17, 0.09, 0.03, 0.05)[:, None], (1, 4))
    shares = desired_shares(base, np.array([1, 2, 3, 1], np.int8), np.array([False, False, False, True]), RULES)
    assert shares.dtype == np.float32
    assert shares.sum(axis=0) == pytest.approx(1)
    assert shares[OPERATORS, 0] > shares[OPERATORS, 1] > shares[OPERATORS, 2]
    assert shares[TECHNICIANS, 1] / shares[OPERATORS, 1] == pytest.approx(0.20 / 0.62)
    assert shares[INTERNATIONAL, 3] > shares[INTERNATIONAL, 0]


def test_that_no_class_disappears_from_desired_staff():
    shares = desired_shares(
        floats(0.03, 0.9, 0.05, 0.0, 0.02)[:, None], np.array([3], np.int8), np.array([False]), RULES
    )
    assert (shares > 0.0018).all()


def test_that_level_shifts_add_up():
    shift = level_shift(RULES)
    assert shift[:2].tolist() == np.zeros((2, 5)).tolist()
    assert shift[3] == pytest.approx([-0.09, 0.05, 0.04, 0, 0])
    assert shift.sum(axis=1) == pytest.approx(0)


def test_that_supported_training_carries_deadweight_by_size():
    employment, capacity = floats(5, 20, 100), floats(0, 0, 0)
    plain = training_slots(employment, capacity, 0.0, RULES)
    helped = training_slots(employment, capacity, floats(0.01, 0.01, 0.01), RULES)
    assert plain == pytest.approx(0.005 * employment)
    assert helped / plain - 1 == pytest.approx([0.75, 0.6, 0.4])
    assert helped == pytest.approx(training_slots(employment, capacity, 0.01, RULES))


def test_that_training_closes_the_largest_gap_and_no_more():
    staff = floats(60, 15, 10, 5, 10)[:, None]
    desired = floats(55, 18, 12, 5, 10)[:, None]
    old, new, people = upgrades(staff, desired, floats(1.0))
    assert (old[0], new[0], people[0]) == (OPERATORS, TECHNICIANS, 1.0)
    assert upgrades(staff, desired, floats(50.0))[2][0] == pytest.approx(3.0)
    assert upgrades(staff, staff, floats(50.0))[2][0] == pytest.approx(0, abs=1e-5)


def test_that_engineers_come_from_technicians_and_specialists_from_those_to_spare():
    staff = floats(50, 20, 10, 10, 10)[:, None]
    old, new, _ = upgrades(staff, floats(50, 18, 15, 9, 8)[:, None], floats(1.0))
    assert (old[0], new[0]) == (TECHNICIANS, ENGINEERS)
    old, new, _ = upgrades(staff, floats(51, 14, 10, 10, 15)[:, None], floats(1.0))
    assert (old[0], new[0]) == (TECHNICIANS, INTERNATIONAL)


def test_that_a_firm_without_staff_trains_nobody():
    nobody = np.zeros((5, 1), np.float32)
    assert upgrades(nobody, nobody, floats(1.0))[2][0] == 0


def test_that_wages_digital_firms_and_training_attract():
    wages, employed = np.array([[1.0] * 5, [1.1] * 5]), np.ones((2, 5))
    drawn = attractiveness(wages, employed, np.array([0.0, 0.2]), np.array([0.0, 0.1]), 0.0, RULES)
    assert drawn[1] - drawn[0] == pytest.approx(0.5 * 0.1 / 1.05 + 0.15 * 0.2 + 0.5 * 0.1)
    assert attractiveness(wages, employed, np.zeros(2), np.zeros(2), 0.03, RULES)[0] > 1


class Levers:
    def __init__(self, **values):
        self.values = values

    def firm(self, name, domain=""):
        return self.values.get(name, 0.0)


def workplace(levers=None, coupled=True):
    firms, draw = Firms(60), np.random.default_rng(2)
    firms.zone = np.arange(60) % 3
    firms.slot = np.arange(60)
    firms.staff = draw.dirichlet([12, 4, 2, 1, 1], 60).T * draw.uniform(2, 200, 60)
    firms.employment = firms.staff.sum(axis=0)
    firms.absorptive_capacity = 0.3
    firms.management = 0.35
    firms.trainees = initial_trainees(firms.employment, firms.absorptive_capacity, RULES)
    people = initial_people(sums_by(firms.zone.astype(np.intp), firms.staff, 3), Pool(), LabourMarket())
    labour = initial_labour(people, np.full((3, 3), 40.0), np.array([False]), LabourMarket())
    world = SimpleNamespace(
        firms=firms,
        anchors=Anchors(0),
        people=people,
        levers=levers or Levers(),
        switches=Switches(labour_coupling=coupled),
        quarter=0,
        green_courses=Courses(),
        row_of=np.arange(60),
    )
    desired = firms.employment * floats(0.55, 0.22, 0.13, 0.05, 0.05)[:, None]
    return world, labour, desired


def test_that_training_keeps_every_firm_and_person_and_moves_classes_alike():
    world, labour, desired = workplace()
    people, employment = world.people.total(), world.firms.employment.copy()
    commuters = labour.commuters.sum()
    for world.quarter in range(10):
        flows = train(world, labour, desired, RULES)
    assert flows.moved.sum() > 0
    assert world.people.total() == pytest.approx(people, rel=1e-12)
    assert world.firms.staff.sum(axis=0) == pytest.approx(employment, rel=1e-5)
    assert world.people.employed() == pytest.approx(
        sums_by(world.firms.zone.astype(np.intp), world.firms.staff, 3), rel=1e-5
    )
    assert labour.commuters.sum() == pytest.approx(commuters)
    assert world.people.cells.min() >= 0


def test_that_added_slots_take_effect_after_a_year():
    plain, helped = workplace(), workplace(Levers(training_slots=0.05, training_compensation=0.5))
    moved = []
    for world, labour, desired in (plain, helped):
        moved.append([])
        for world.quarter in range(6):
            flows = train(world, labour, desired, RULES)
            moved[-1].append(flows.moved.sum())
    assert moved[1][:4] == pytest.approx(moved[0][:4])
    assert moved[1][4] > 1.2 * moved[0][4]
    assert flows.compensated == pytest.approx(0.5 * flows.lost)
    assert helped[0].firms.management.mean() > plain[0].firms.management.mean()
    assert helped[1].training_share.mean() > plain[1].training_share.mean()


def test_that_a_cut_coupling_leaves_people_alone():
    world, labour, desired = workplace(coupled=False)
    cells = world.people.cells.copy()
    train(world, labour, desired, RULES)
    assert (world.people.cells == cells).all()


def test_that_attractive_employers_draw_the_young_of_their_zone():
    gain = np.zeros(60, np.float32)
    gain[::3] = 0.03
    world, labour, desired = workplace(Levers(attractiveness_gain=gain))
    train(world, labour, desired, RULES)
    assert labour.attractiveness[0] - labour.attractiveness[1:].mean() == pytest.approx(0.03, abs=2e-3)


def test_that_green_courses_make_green_specialists_and_nothing_else_after_a_year():
    plain, helped = workplace(), workplace(Levers(green_training_slots=0.02))
    flows = []
    for world, labour, desired in (plain, helped):
        flows.append([])
        for world.quarter in range(8):
            desired[GREEN] = 0.3 * world.firms.employment
            flows[-1].append(train(world, labour, desired, RULES))
    for before, after in zip(flows[0][:4], flows[1][:4], strict=True):
        assert (before.moved == after.moved).all()
        assert (after.started - before.started)[:, GREEN].min() > 0
    assert flows[1][5].moved[..., GREEN].sum() > 1.5 * flows[0][5].moved[..., GREEN].sum()
    assert helped[0].firms.staff[GREEN].sum() > 1.2 * plain[0].firms.staff[GREEN].sum()
    assert helped[0].firms.staff.sum(axis=0) == pytest.approx(plain[0].firms.staff.sum(axis=0), rel=1e-5)
    assert flows[1][5].lost.sum() > flows[0][5].lost.sum()
    assert helped[1].training_share.mean() > plain[1].training_share.mean()


def test_that_green_courses_never_train_more_than_are_missing():
    world, labour, desired = workplace(Levers(green_training_slots=0.05))
    before = np.maximum(world.firms.staff[GREEN], desired[GREEN])
    for world.quarter in range(12):
        train(world, labour, desired, RULES)
    assert (world.firms.staff[GREEN] <= before * (1 + 1e-5)).all()


def test_that_green_courses_train_whom_the_next_green_step_needs_and_the_firm_keeps_them():
    world, labour, desired = workplace(Levers(green_training_slots=0.02))
    firms = world.firms
    firms.composition = (desired / desired.sum(axis=0)).astype(np.float32)
    firms.green_level = np.arange(60) % 2
    desired[GREEN] = 0.0
    firms.staff[OPERATORS] += firms.staff[GREEN]
    firms.staff[GREEN] = 0.0
    people = initial_people(sums_by(firms.zone.astype(np.intp), firms.staff, 3), Pool(), LabourMarket())
    world.people.cells[...] = people.cells
    before = firms.composition[GREEN].copy()
    for world.quarter in range(20):
        train(world, labour, desired, RULES, (0.0, 0.03, 0.0))
    share = firms.staff[GREEN] / firms.employment
    assert share[firms.green_level == 0] == pytest.approx(0, abs=1e-6)
    assert share[firms.green_level == 1].max() <= 0.03 + 1e-5
    assert share[firms.green_level == 1].mean() > 0.02
    assert firms.composition.sum(axis=0) == pytest.approx(1, abs=1e-5)
    assert firms.composition[GREEN] - before == pytest.approx(share, abs=1e-4)


def test_that_green_courses_end_with_the_measure_and_with_the_firm():
    world, labour, desired = workplace(Levers(green_training_slots=0.02))
    train(world, labour, desired, RULES)
    assert green_trainees(world).min() > 0
    world.levers = Levers()
    world.row_of[:30] = -1
    for world.quarter in range(1, 5):
        train(world, labour, desired, RULES)
    assert not len(world.green_courses.slot)


def test_that_closed_firms_train_nobody_in_green_courses():
    world, labour, desired = workplace(Levers(green_training_slots=0.02))
    train(world, labour, desired, RULES)
    world.levers = Levers()
    world.row_of[:30] = -1
    world.quarter = 1
    train(world, labour, desired, RULES)
    assert set(world.green_courses.slot.tolist()) == set(range(30, 60))


def test_that_only_training_beyond_the_usual_raises_productivity():
    gained = []
    for levers in (None, Levers(training_slots=0.02)):
        world, labour, desired = workplace(levers)
        firms = world.firms
        usual = training_slots(firms.employment, firms.absorptive_capacity, 0.0, RULES)
        slots = training_slots(firms.employment, firms.absorptive_capacity, 0.02 if levers else 0.0, RULES)
        expected = RULES.productivity_by_training * (slots - usual) / firms.employment
        train(world, labour, desired, RULES)
        np.testing.assert_allclose(firms.idiosyncratic, expected, atol=1e-6)
        gained.append(firms.idiosyncratic.mean())
    assert gained[0] == 0
    assert gained[1] > 0
