"""The blocks of one quarter, in the order of Model text 2: each reads the state at its start, decides, commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from simulator.agents.columns import Floats, Rows, rows_where
from simulator.agents.exposure import Exposure, StartExposure, look_around
from simulator.agents.firms import ENGINEERS, GREEN, TECHNICIANS, TOPS
from simulator.agents.networks import Networks
from simulator.agents.ties import keep_ties, rewire
from simulator.agents.world import PeerGroups, World
from simulator.delivery.programme import Delivery
from simulator.economy import closures, demand, finance, trading
from simulator.economy.closures import Closure
from simulator.economy.demand import Markets, Series
from simulator.economy.drivers import Drivers, Quarter, requirement_level
from simulator.economy.finance import Accounts
from simulator.economy.labour_market import labour_quarter
from simulator.economy.labour_rules import LabourFlows, LabourMarket, LabourState, later_retirement
from simulator.economy.labour_start import initial_shortage
from simulator.economy.people import PeopleFlows, PeopleRules, people_quarter
from simulator.population.links import join_clusters, keep_links, link_multinationals
from simulator.population.start import Start
from simulator.population.traits import Groups
from simulator.population.turnover import Founding, Turnover, close_firms, found_firms, pass_on, prepare_succession
from simulator.transitions import (
    adoption,
    circular,
    digitalisation,
    exporting,
    gates,
    green,
    innovation,
    internationalisation,
    learning,
    research,
    symbiosis,
    testbeds,
)
from simulator.transitions.adoption import Started
from simulator.transitions.competence import Training, TrainingFlows, desired_shares, train
from simulator.transitions.exporting import ExportFlows, View
from simulator.transitions.gates import TRACKS, Completed
from simulator.transitions.requirements import Announced, announced, levels_ahead
from simulator.transitions.research import ResearchFlows
from simulator.transitions.steps import Setting
from simulator.transitions.symbiosis import linked
from simulator.transitions.testbeds import Visits


@dataclass(frozen=True, slots=True)
class Rules:
    """All parameters of a run by submodel."""

    groups: Groups
    networks: Networks
    labour: LabourMarket
    people: PeopleRules
    training: Training


@dataclass(slots=True)
class Notes:
    """What happened in the quarter that just ran; indicators read it, nothing carries over from it.

    procured    (counties,)  kSEK/q  innovation that public buyers procured
    jobs_ended  FTE  by closures of anchor employers
    """

    now: Quarter
    view: View | None = None
    seen: Exposure | StartExposure | None = None
    announced: Mapping[str, Announced] = field(default_factory=dict)
    completed: Mapping[str, Completed] | None = None
    started: Mapping[str, Started] | None = None
    export: ExportFlows | None = None
    visits: Visits | None = None
    research: ResearchFlows | None = None
    labour: LabourFlows | None = None
    people: PeopleFlows | None = None
    training: TrainingFlows | None = None
    books: Accounts | None = None
    turnover: Turnover | None = None
    procured: Series | None = None
    jobs_ended: float = 0.0


@dataclass(slots=True)
class Run:
    """One run: its world, what it started from, its rules, and the policy side."""

    world: World
    start: Start
    markets: Markets
    labour: LabourState
    delivery: Delivery
    rules: Rules
    drivers: Drivers
    outlook: Sequence[Quarter]
    constant_population: bool
    scale: float
    skill_need: Floats
    notes: Notes
    closures: Sequence[Closure] = ()

    @property
    def now(self) -> Quarter:
        """Drivers of the quarter that runs."""
        return self.notes.now


def read_drivers(run: Run) -> None:
    """Step 1: exogenous drivers."""
    run.notes = Notes(run.outlook[run.world.quarter])


def move_people(run: Run) -> None:
    """Step 2: population, migration, school choice once a year; education queues every quarter."""
    world = run.world
    run.notes.people = people_quarter(
        world.people, run.labour, world.quarter, run.now, world.levers, world.region, run.rules.people,
        constant=run.constant_population, scale=run.scale,
    )  # fmt: skip


def close_anchors(run: Run) -> None:
    """Step 2: closures of anchor employers that the scenario sets for this quarter."""
    run.notes.jobs_ended = closures.close_anchors(run.world, run.labour, run.closures)
    keep_links(run.world)


def finish_projects(run: Run) -> None:
    """Step 3: projects and training that end now; productivity with what is in place."""
    world, p = run.world, run.rules.groups
    firms = world.firms
    filling = run.labour.fill[:, TECHNICIANS].astype(np.float32)
    completed = {track.name: gates.complete_projects(world, track, filling, getattr(p, track.name)) for track in TRACKS}
    run.notes.completed = completed
    firms.effectiveness[completed["digital"].winners] = p.digital.effect_new
    renewed = completed["circular"].winners
    renewed = renewed[firms.circular_level.take(renewed) == 2]
    firms.new_product_share[renewed] += np.float32(p.circular.new_products)
    excess = firms.shortage - initial_shortage(firms.staff, firms.zone, run.labour)
    lost = np.float32(p.demography.family_loss) * (firms.family_transfer & (firms.succession == 2))
    firms.log_productivity = demand.log_productivity(
        run.start.base.take(firms.industry), firms.idiosyncratic,
        firms.effectiveness * digitalisation.level_gain(firms.digital_level, p.digital),
        internationalisation.learning_gain(firms.export_stage, firms.export_age, p.export), excess,
        firms.digital_project > 0, firms.green_level >= 2, firms.digital_level >= 2, p.digital.disruption, lost,
        p.demand,
    )  # fmt: skip
    run.notes.view = View(
        np.log(np.maximum(firms.employment, np.float32(0.5))), trading.relative_productivity(world, run.markets),
        world.region.industries.export_offset.take(firms.industry),
    )  # fmt: skip


def see_others(run: Run) -> None:
    """Step 4: what can be seen of peers, co-suppliers and clusters."""
    world, start = run.world, run.start
    assert run.notes.completed is not None
    if world.switches.peer_effects:
        failed = {name: ended.failed for name, ended in run.notes.completed.items()}
        run.notes.seen = look_around(world, failed, run.rules.groups.digital.exposure_weights)
    else:
        run.notes.seen = StartExposure(world, start.adopters, start.exporters)


def offer_measures(run: Run) -> None:
    """Steps 5 and 6: coordination, budget, contacts, applications, awards, and the levers they move."""
    world, delivery = run.world, run.delivery
    world.levers = delivery.quarter(
        world.quarter, world.firms, world.row_of, world.luck, world.slots, run.now.wage_index
    )
    meeting = delivery.meeting
    if meeting is not None:
        world.note("contacted", meeting.contacted.row)
        world.note("supported", meeting.awarded.row, meeting.aid().astype(np.float32))
    world.groups = PeerGroups(*delivery.groups())
    prepare_succession(world)
    join_clusters(world)
    link_multinationals(world, run.rules.networks, run.rules.groups.population.entrant_order)
    if world.switches.peer_effects:
        keep_ties(world)


def become_aware(run: Run) -> None:
    """Step 7: who starts to consider a next step."""
    assert run.notes.seen is not None
    for track in TRACKS:
        frontier = run.now.technology_frontier if track is gates.DIGITAL else 1.0
        gates.become_aware(run.world, track, run.notes.seen, frontier, getattr(run.rules.groups, track.name))
    run.notes.announced = told = announced(
        run.world, levels_ahead(run.drivers, run.now.calendar), run.rules.groups.demand
    )
    for track in TRACKS:
        if track.name in told:
            gates.tell(run.world, track, told[track.name].rows)


def decide(run: Run) -> None:
    """Step 8: visits to testbeds; projects of all transitions, ranked by value; export with what is left; R&D."""
    world, p, notes = run.world, run.rules.groups, run.notes
    firms, levers = world.firms, world.levers
    due = research.budget_due(world)
    learning.link_universities(world, due, p.population.university, p.innovation)
    notes.visits = testbeds.visit_testbeds(world, run.scale, run.delivery.coordination.cross_county, p.testbeds)
    assert notes.seen is not None
    assert notes.view is not None
    setting = Setting(
        run.now, run.skill_need, _collateral(run), levers.firm("collateral_gain"), notes.seen, linked(world),
        {name: (levers.firm("subsidy_share", name), levers.firm("subsidy_cap", name)) for name in TOPS},
        {name: run.delivery.awaiting(world.quarter, firms, name) for name in TOPS}, notes.announced,
    )  # fmt: skip
    notes.started = adoption.decide_projects(world, setting, p)
    for name, started in notes.started.items():
        _pay(run, name, started)
    notes.export = exporting.change_exporters(world, notes.view, notes.seen, run.now.world_deviation, p.export)
    entrants = notes.export
    paid = run.delivery.project_started(firms, entrants.rows, "export", entrants.cost)
    firms.cash[entrants.rows] -= entrants.cost - paid
    research.decide_research(world, due, p.research)
    notes.research = research.plan_research(world, p.research)
    _book_research(run, notes.research)


def meet_demand(run: Run) -> None:
    """Step 9: home markets, chains and export, normalised to market totals."""
    world, p, now = run.world, run.rules.groups, run.now
    firms = world.firms
    view = run.notes.view
    assert view is not None
    noise = demand.demand_noise(world.draw("demand.shock"), view.log_size, p.demand)
    rivals = trading.Rivals(
        run.drivers.rivals_catch_up / 100 * now.years,
        requirement_level(run.drivers, now.calendar) if world.switches.supply_chain else 0,
        min(max(p.demand.leakage + world.levers.region("leakage_change"), 0.0), 1.0),
    )
    run.notes.procured = trading.sell_at_home(
        world, run.markets, view.relative, noise, view.log_size, now, rivals, p.demand
    )
    trading.fill_order_books(world, run.markets, now, rivals, p.demand)
    goal = internationalisation.export_goal(
        firms.export_stage, firms.demand_home + firms.demand_chain, now.tariff_wedge, p.export
    )
    trading.sell_abroad(world, goal, noise, now.world_growth, p.export.adjustment)


def work(run: Run) -> None:
    """Step 10: desired staff, vacancies, leavers, matching, wages; training."""
    world, p, now = run.world, run.rules, run.now
    firms, anchors = world.firms, world.anchors
    before = firms.employment.copy()
    total = trading.total_demand(world)
    expected = demand.expected_demand(total, firms.demand_before, p.groups.demand)
    firms.demand_before = total
    wanted = expected / (np.exp(firms.log_productivity) * np.float32(now.wage_index))
    desired = wanted * desired_shares(firms.composition, firms.digital_level, firms.exporting, p.training)
    placed = anchors.orders_start * anchors.orders_kept * anchors.open
    books = np.divide(
        anchors.orders, placed, out=np.full(anchors.size, now.world_demand, np.float32), where=placed > 0
    )  # what leaves the region goes to suppliers elsewhere: the employer's own order book is whole
    size = anchors.employment_start * books * anchors.open / np.float32(now.wage_index)
    base = world.region.industries.composition[anchors.industry].T * (1 + run.labour.gap[anchors.zone].T)
    retirement = later_retirement(p.labour.retirement_rate, run.drivers.retirement_drift, now.years)
    run.notes.labour = labour_quarter(
        firms, anchors, world.people, run.labour, desired=desired, desired_anchors=base * size, parameters=p.labour,
        levers=world.levers, switches=world.switches, constant=run.constant_population, retirement_rate=retirement,
    )  # fmt: skip
    grown = rows_where(firms.employment - before >= np.float32(0.5))
    world.note("hired", grown, firms.employment[grown] - before[grown])
    run.notes.training = train(world, run.labour, desired, p.training, p.groups.green.skill_need)


def settle(run: Run) -> None:
    """Step 11: production, sales, cost, profit, tax, cash and credit."""
    assert run.notes.training is not None
    assert run.notes.view is not None
    assert run.notes.research is not None
    rate = trading.input_rate(run.world, run.start.services, inputs_left(run), run.now)
    run.notes.books = trading.settle(
        run.world, run.notes.view.relative, run.labour.wages, run.start.pay, rate,
        (run.notes.training.lost, run.notes.training.compensated), run.notes.research.cost,
        run.delivery.guaranteed(run.world.firms.slot), run.now, run.rules.groups.finance,
    )  # fmt: skip
    run.delivery.repay_guaranteed(run.rules.groups.finance.repayment)


def learn(run: Run) -> None:
    """Step 12: effectiveness, knowledge, absorptive capacity, innovation, productivity shock."""
    world, p = run.world, run.rules.groups
    firms = world.firms
    staff = firms.staff
    management = np.minimum(firms.management + np.float32(world.levers.firm("management_gain")), np.float32(1))
    adoption.learn_effectiveness(world, run.skill_need, management, p.digital)
    skilled = staff[TECHNICIANS] + staff[ENGINEERS]
    skilled += staff[GREEN]
    skilled /= np.maximum(firms.employment, np.float32(0.1))
    known = learning.gain_knowledge(world, run.start.known, p.innovation)
    firms.absorptive_capacity = innovation.absorptive_capacity(known, skilled, management, p.innovation)
    firms.idiosyncratic = innovation.next_idiosyncratic(
        firms.idiosyncratic, world.draw("innovation.shock"), p.innovation
    )
    learning.innovate(world, known, circular.new_products_kept(firms.circular_level, p.circular), p.innovation)


def turn_over(run: Run) -> None:
    """Steps 13 and 14: owners age and hand over; firms end and begin; ties between firms change."""
    world, p = run.world, run.rules
    world.firms.age += 1
    closing, handovers = pass_on(world, p.groups)
    assert run.notes.view is not None
    turnover = close_firms(world, closing, run.notes.view.relative, handovers, run.labour, p.groups)
    founding = Founding(p.groups, p.labour, run.now.wage_index)
    entries = found_firms(world, run.start, run.labour, founding)
    run.notes.turnover = replace(turnover, entries=entries)
    if world.switches.rewiring:
        rewire(world, p.networks.rewiring)


def match_residuals(run: Run) -> None:
    """Step 14: firms that can use each other's residuals find each other, where the switch is on."""
    if run.world.switches.symbiosis:
        symbiosis.match(run.world, run.now.material_price, run.scale, run.rules.groups.symbiosis)


def inputs_left(run: Run) -> trading.Inputs:
    """What green and circular levels leave of inputs, and whether customers' requirements cost anything yet."""
    firms, p = run.world.firms, run.rules.groups
    required = run.world.switches.supply_chain and requirement_level(run.drivers, run.now.calendar) > 0
    return trading.Inputs(
        circular.material_left(firms.circular_level, p.circular),
        green.energy_left(firms.green_level, firms.digital_level, p.green),
        green.carbon_left(firms.green_level, p.green),
        p.demand if required else None,
    )


def _collateral(run: Run) -> Floats | float:
    return run.rules.groups.finance.collateral + run.world.levers.firm("collateral_gain")


def _pay(run: Run, name: str, started: Started) -> None:
    """Firms pay their part of a transition's new projects, measures theirs."""
    firms, p = run.world.firms, run.rules.groups.finance
    rows = started.rows
    own = started.cost - run.delivery.project_started(firms, rows, name, started.cost)
    if run.world.switches.finance_constraint:
        before = firms.debt[rows]
        firms.cash[rows], firms.debt[rows] = finance.pay_for_projects(
            firms.cash[rows], before, own, firms.sales_year[rows], p
        )
        _book_guarantees(run, name, rows, before)
    else:
        firms.cash[rows] -= own


def _book_research(run: Run, flows: ResearchFlows) -> None:
    """Measures pay the grants for R&D and book the tax forgone; what no award holds any more the firm pays itself."""
    firms = run.world.firms
    rows, grants = research.grants_in_force(flows)
    flows.cost[rows] += grants - run.delivery.pay_grants(firms, rows, grants)
    run.delivery.forgo_tax(firms, *research.reliefs_in_force(flows))


def _book_guarantees(run: Run, name: str, rows: Rows, before: Floats) -> None:
    """Book expected losses on loans (rows,) that guarantees made possible; `before` is the debt before them."""
    firms, p = run.world.firms, run.rules.groups
    if not isinstance(run.world.levers.firm("collateral_gain"), float):
        machines = (firms.green_level[rows] > 0) & (name == "green")
        own = np.where(machines, np.float32(p.green.collateral), np.float32(p.finance.collateral))
        limit = finance.credit_limit(firms.ebitda_year[rows], firms.sales_year[rows], own, p.finance)
        limit += np.float32(run.delivery.guaranteed(firms.slot[rows]))
        run.delivery.guarantee(firms, rows, finance.guaranteed_part(before, firms.debt[rows] - before, limit))
