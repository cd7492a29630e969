from dataclasses import replace

import numpy as np
import pytest
from labour_world import StubLevers

from simulator.agents.firms import ENGINEERS, GREEN, OPERATORS, TECHNICIANS
from simulator.agents.people import EARLY, EMPLOYED, LATE, SEARCHING, YOUNG
from simulator.economy.drivers import Drivers, outlook
from simulator.economy.labour_rules import LabourMarket
from simulator.economy.labour_start import Pool, initial_labour, initial_people
from simulator.economy.people import PeopleRules, choosing_industry, newcomers, out_migration, people_quarter
from simulator.region.facts import available_regions, load_region

REGION = load_region("norra-mellansverige")
ZONES = len(REGION.zone_names)


class Town:
    def __init__(self, rules=None, drivers=None, constant=False, levers=None):
        staff = np.outer(np.linspace(300, 3000, ZONES), [0.55, 0.2, 0.17, 0.04, 0.04])
        self.people = initial_people(staff, Pool(), LabourMarket())
        self.labour = initial_labour(self.people, REGION.zone_minutes, REGION.rural, LabourMarket())
        self.rules, self.constant = rules or PeopleRules(), constant
        self.outlook = outlook(drivers or Drivers(), 2026.0, 80)
        self.levers = StubLevers(levers or {})
        self.quarter = 0

    def step(self):
        flows = people_quarter(
            self.people, self.labour, self.quarter, self.outlook[self.quarter], self.levers, REGION, self.rules,
            constant=self.constant, scale=0.3,
        )  # fmt: skip
        self.quarter += 1
        return flows

    def run(self, quarters):
        return [self.step() for _ in range(quarters)]


@pytest.mark.parametrize(
    "levers",
    [
        {},
        {
            "places_vocational": np.array([40.0, 0.0, 10.0], np.float32),
            "places_higher": 60.0,
            "skilled_inflow": np.full(ZONES, 0.02, np.float32),
            "recognition_lag": -2.0,
            "youth_outmigration_factor": 0.9,
        },
    ],
)
def test_that_everybody_who_appears_or_leaves_is_accounted_for(levers):
    town = Town(levers=levers)
    for _ in range(48):
        before = town.people.total()
        flows = town.step()
        assert town.people.total() == pytest.approx(before + flows.entered - flows.left, rel=1e-10)
        assert town.people.cells.min() >= 0


def test_that_employed_people_of_a_zone_and_class_stay_with_their_employers():
    town = Town()
    before = town.people.employed()
    town.run(20)
    assert town.people.employed() == pytest.approx(before, rel=1e-9)


def test_that_a_constant_population_without_policy_does_not_move():
    town = Town(constant=True)
    before = town.people.cells.copy()
    flows = town.run(8)
    assert (town.people.cells == before).all()
    assert sum(flow.entered + flow.left for flow in flows) == 0
    assert not town.people.queues


def test_that_added_places_work_in_a_constant_population_too():
    town = Town(constant=True, levers={"places_commissioned": 40.0})
    town.run(8)
    assert town.people.cells[:, TECHNICIANS, ..., SEARCHING].sum() > town.labour.jobs.sum() * 0.2 * 0.08


def test_that_without_movers_the_pool_shrinks_as_it_ages():
    steady, ageing = Town(), Town(PeopleRules(replacement=0.0))
    steady.run(40)
    ageing.run(40)
    assert ageing.people.cells.sum() < 0.97 * steady.people.cells.sum()


def test_that_the_start_balances_what_each_group_gains_and_loses_in_a_year():
    still = Drivers(population_shift=0.0)
    town = Town(drivers=still)
    town.step()
    labour = town.labour
    assert labour.movers is not None
    assert labour.movers.shape == (ZONES, 5, 16)
    assert labour.finding_hazard.shape == (ZONES, 5, 16)
    retired = 4 * 0.021 * town.people.cells[:, :, LATE, ..., EMPLOYED].sum()
    assert abs(labour.movers.sum()) < retired * 2


def test_that_more_young_women_choose_industry_when_policy_says_so():
    attractive, population = np.ones(ZONES), np.full(ZONES, 1e4)
    plain = choosing_industry(population, attractive, 1.0, PeopleRules())
    helped = choosing_industry(population, attractive, 1.25, PeopleRules())
    women = helped.reshape(ZONES, 5, 4, 2, 2)[:, :, YOUNG, 0]
    men = helped.reshape(ZONES, 5, 4, 2, 2)[:, :, YOUNG, 1]
    assert women.sum() == pytest.approx(1.25 * plain.reshape(ZONES, 5, 4, 2, 2)[:, :, YOUNG, 0].sum())
    assert men.sum() == pytest.approx(plain.reshape(ZONES, 5, 4, 2, 2)[:, :, YOUNG, 1].sum())
    assert plain.sum() == pytest.approx(ZONES * 1e4 * 0.011 * (0.05 + 0.185) / 2)


def test_that_school_choice_reaches_the_labour_market_after_three_years():
    plain, helped = Town(), Town(levers={"women_choice_factor": 1.5})
    early = [flow.new_supply.sum() for flow in plain.run(12)], [flow.new_supply.sum() for flow in helped.run(12)]
    assert early[1] == pytest.approx(early[0])
    assert helped.step().new_supply.sum() > 1.02 * plain.step().new_supply.sum()


def test_that_recognition_comes_sooner_with_policy():
    plain, helped = Town(), Town(levers={"recognition_lag": -4.0})
    sums = [sum(flow.new_supply.sum() for flow in town.run(8)) for town in (plain, helped)]
    assert sums[1] > sums[0]


def test_that_newcomers_are_foreign_born_and_of_prime_age():
    town = Town()
    cells = town.people.cells.reshape(ZONES, 5, 16, 3)
    arriving = newcomers(cells, 0.01).reshape(ZONES, 5, 4, 2, 2)
    assert arriving.sum() == pytest.approx(0.01 * cells.sum())
    assert arriving[:, :, EARLY, :, 1].sum() == pytest.approx(arriving.sum())


def test_that_rural_youth_leave_more_and_pull_and_policy_change_it():
    rules = PeopleRules()
    rural = np.array([0.0, 1.0])
    assert out_migration(1.0, rural, 1.0, rules) == pytest.approx([0.06, 0.078])
    assert out_migration(1.4, rural, 0.95, rules) == pytest.approx([0.0798, 0.10374])


def test_that_stronger_urban_pull_empties_the_young():
    calm, pull = Town(drivers=Drivers(urban_pull=0.7)), Town(drivers=Drivers(urban_pull=1.4))
    net = [sum(flow.youth_migration.sum() for flow in town.run(20)) for town in (calm, pull)]
    assert net[1] < net[0]


def test_that_vocational_places_of_a_county_make_technicians_and_green_specialists_there():
    county = np.array([0.0, 60.0, 0.0], np.float32)
    plain, helped = Town(constant=True), Town(constant=True, levers={"places_vocational": county})
    plain.run(16)
    helped.run(16)
    gained = (helped.people.cells - plain.people.cells)[..., SEARCHING].sum(axis=(2, 3, 4))
    assert gained[:, [TECHNICIANS, GREEN]].sum() > 0
    assert gained[:, ENGINEERS].sum() == pytest.approx(0)
    outside = np.setdiff1d(np.arange(ZONES), np.unique(REGION.zone[REGION.county == 1]))
    assert gained[outside] == pytest.approx(0)
    finished = helped.people.cells.sum() + sum(queue.sum() for queue in helped.people.queues.values())
    left = plain.people.cells.sum() - finished
    assert left == pytest.approx(10 * 15 * 0.85 * 0.7 * 0.35, rel=0.05)


def test_that_students_are_never_more_than_suited_people():
    town = Town(constant=True, levers={"places_vocational": 1e6})
    town.run(40)
    assert town.people.cells[:, OPERATORS].min() >= 0


def test_that_every_shipped_region_runs():
    for name in available_regions():
        region = load_region(name)
        zones = len(region.zone_names)
        people = initial_people(np.full((zones, 5), 50.0), Pool(), LabourMarket())
        labour = initial_labour(people, region.zone_minutes, region.rural, LabourMarket())
        for quarter, now in enumerate(outlook(Drivers(), 2026.0, 8)):
            people_quarter(
                people, labour, quarter, now, StubLevers(), region, replace(PeopleRules()), constant=False, scale=0.01
            )
        assert people.cells.min() >= 0
