"""Every intervention in whole runs of the teaching region: its window, target, strength, limits, order, documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from whole_model import APART, TEACHING, assert_same, build, columns_by_slot, ran, switched_off, watch

from simulator.cli.docs import pages
from simulator.cli.glossary import found
from simulator.delivery.funnel import admitted
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import Form, Kind
from simulator.interventions.lever_table import LEVERS, Level, Timing
from simulator.model import TransitionModel
from simulator.quarter import Run
from simulator.scenario.editors import editor_schema

START, END = 2, 5
WINDOW = {"start": "2026Q3", "end": "2027Q2"}
SOON_OVER = {"lag": 1, "duration": 2, "half_life": 1}
YEARS = 4
OVERRIDES = {**TEACHING, "run.years": YEARS}
UNCOUPLED = {**OVERRIDES, **switched_off(*APART), "parameters.testbeds.visit_rate": 0}
"""Nobody shares a market, people, an example, a door or the places of a testbed."""
ONE_DOOR = OVERRIDES | switched_off("governance")
"""As if one actor did everything well: contacts reach everybody."""
RECEIPTS = ("awards", "kinds_received")
"""What a firm keeps of an award that does nothing."""
STOPPING = (
    "offered",
    "eligible",
    "contacted",
    "referred",
    "applied",
    "awarded",
    "fixed_cost",
    "contact_cost",
    "reserved",
)
COORDINATION = {"mapping", "joint_targets", "shared_data", "targeting_gain", "reallocation", "pilot_scaling",
                "external_cofinance"}  # fmt: skip
"""Levers that act on other measures only."""

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
WITH_FIRMS = [kind for kind in KINDS.values() if kind.form is not Form.SYSTEM]
TOUCHING = [kind for kind in KINDS.values() if any(LEVERS[name].level is Level.FIRM for name in kind.levers)]
FOREIGN = [kind for kind in KINDS.values() if "transfer" in kind.settings]


class State(NamedTuple):
    """All there is of firms, anchors and people; firms by slot."""

    firms: dict[str, np.ndarray]
    anchors: dict[str, np.ndarray]
    people: np.ndarray


def state_of(model: TransitionModel) -> State:
    anchors = model.world.anchors
    return State(
        columns_by_slot(model.world.firms),
        {name: getattr(anchors, name).copy() for name in anchors.columns},
        model.world.people.cells.copy(),
    )


def assert_state(model: TransitionModel, expected: State, but: tuple[str, ...] = ()) -> None:
    found = state_of(model)
    np.testing.assert_array_equal(found.firms["slot"], expected.firms["slot"])
    for name, values in expected.firms.items():
        if name not in but:
            np.testing.assert_array_equal(found.firms[name], values, name)
    for name, values in expected.anchors.items():
        np.testing.assert_array_equal(found.anchors[name], values, name)
    np.testing.assert_array_equal(found.people, expected.people)


WORLDS = {"": OVERRIDES, "uncoupled": UNCOUPLED, "one door": ONE_DOOR}


@cache
def baseline(world: str = "") -> tuple[State, ...]:
    """State before the first and after each quarter, without measures."""
    model = build(**WORLDS[world])
    states = [state_of(model)]
    while model.running:
        model.step()
        states.append(state_of(model))
    return tuple(states)


@cache
def whole_baseline() -> TransitionModel:
    return ran(**OVERRIDES)


def with_measure(kind: Kind, overrides: dict[str, object] = OVERRIDES, **settings: object) -> TransitionModel:
    return build(**overrides, **{"interventions": {"mine": {"kind": kind.name, **WINDOW, **settings}}})


def neutral(kind: Kind, *timings: Timing) -> dict[str, float]:
    """Settings that leave its levers, or those of some timings, where they are without policy."""
    return {name: LEVERS[name].neutral for name in kind.levers if not timings or LEVERS[name].timing in timings}


def last(kind: Kind) -> int:
    """The last quarter in which it is at work."""
    return START if kind.once else END


# WINDOW


@every_kind
def test_that_nothing_happens_before_a_measure_starts(kind):
    model = with_measure(kind)
    for quarter in range(START):
        assert_state(model, baseline()[quarter])
        model.step()
    assert_state(model, baseline()[START])
    assert model.ledger.committed() == 0


def strengths(run: Run, kind: Kind) -> dict[tuple[str, str], dict[int, float]]:
    """Distance of each lever from neutral in this quarter, by slot of a firm or by place."""
    measured = {}
    for name in kind.levers:
        level = LEVERS[name].level
        for domain in LEVERS[name].domains:
            of_firms = level is Level.FIRM
            values = run.world.levers.firm(name, domain) if of_firms else getattr(run.world.levers, level.value)(name)
            places = run.world.firms.slot.tolist() if of_firms else range(np.size(values))
            distance = np.abs(np.broadcast_to(values, len(places)) - LEVERS[name].neutral)
            measured[name, domain] = dict(zip(places, distance.tolist(), strict=True))
    return measured


@every_kind
def test_that_nothing_but_fading_follows_the_end_of_a_measure(monkeypatch, kind):
    model = with_measure(kind, **SOON_OVER)
    seen: list[dict[tuple[str, str], dict[int, float]]] = []
    watch(monkeypatch, "offer_measures", lambda run: seen.append(strengths(run, kind)))
    books = []
    while model.running:
        model.step()
        books.append([model.ledger.columns[name].sum() for name in STOPPING])
    assert books[last(kind)] == books[-1]
    if set(kind.levers) != {"pilot_scaling"}:  # there is no pilot
        assert any(value > 0 for quarter in seen for places in quarter.values() for value in places.values())
    settled = last(kind) + SOON_OVER["lag"]
    for before, after in pairwise(seen[settled:]):
        for lever, places in after.items():
            if kind.form is Form.SYSTEM:  # a firm may grow into the target while the effect fades
                assert max(places.values()) <= max(before[lever].values()) + 1e-6, lever
            else:
                assert all(value <= before[lever].get(place, 0.0) + 1e-6 for place, value in places.items()), lever
    assert all(value == 0 for places in seen[-1].values() for value in places.values())
    assert model.ledger.outstanding() == pytest.approx(0, abs=1e-6)


# TARGET


@pytest.mark.parametrize("kind", TOUCHING, ids=lambda kind: kind.name)
def test_that_with_couplings_off_only_targeted_firms_change(monkeypatch, kind):
    """What acts on the surroundings, not on firms, is left out: everybody shares those."""
    wide = {name: LEVERS[name].neutral for name in kind.levers if LEVERS[name].level is not Level.FIRM}
    model, plainly = with_measure(kind, UNCOUPLED, **wide, target={"counties": ["F"]}), baseline("uncoupled")
    meant: set[int] = set()

    def note(run) -> None:
        firms = run.world.firms
        (running,) = run.delivery.running
        # what a service has done fades for firms that come later, too
        if running.open(run.world.quarter) or (kind.form is Form.SYSTEM and run.world.quarter > START):
            mask = admitted(firms, running.measure.target, running.places, running.branches)
            meant.update(firms.slot[mask].tolist())

    watch(monkeypatch, "see_others", note)
    for plain in plainly:
        found = columns_by_slot(model.world.firms)
        everybody = np.union1d(plain.firms["slot"], found["slot"])
        others = everybody[~np.isin(everybody, sorted(meant))]
        here, there = (np.isin(columns["slot"], others) for columns in (found, plain.firms))
        for name in found:
            np.testing.assert_array_equal(found[name][here], plain.firms[name][there], name)
        if model.running:
            model.step()
    assert meant
    assert len(others) > 100


@pytest.mark.parametrize("kind", WITH_FIRMS, ids=lambda kind: kind.name)
def test_that_a_measure_for_firms_finds_some_and_no_other(monkeypatch, kind):
    model = with_measure(kind, capacity=30, contacts=200)
    awarded = 0

    def note(run) -> None:
        nonlocal awarded
        (running,) = run.delivery.running
        firms = run.world.firms
        mask = admitted(firms, running.measure.target, running.places, running.branches)
        for offer in run.delivery.offers:
            awarded += len(offer.awarded)
            assert mask[offer.rows].all()
            assert np.isin(offer.contacted, offer.rows).all()
            assert np.isin(offer.awarded, offer.applied).all()

    watch(monkeypatch, "offer_measures", note)
    model.run()
    assert awarded > 0


@pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS.values() if kind.form is Form.SYSTEM and set(kind.levers) <= COORDINATION],
    ids=lambda kind: kind.name,
)
def test_that_coordination_of_nothing_changes_nothing(kind):
    model = with_measure(kind)
    model.run()
    assert_state(model, baseline()[-1])


# STRENGTH


@every_kind
def test_that_a_measure_without_capacity_is_the_baseline(kind):
    model = with_measure(kind, capacity=0)
    model.run()
    assert_same(model, whole_baseline())
    assert model.ledger.committed() == 0


@every_kind
def test_that_a_measure_with_neutral_levers_changes_no_firm(kind):
    model = with_measure(kind, **neutral(kind))
    model.run()
    assert_state(model, baseline()[-1], RECEIPTS)


@pytest.mark.parametrize("kind", FOREIGN, ids=lambda kind: kind.name)
def test_that_foreign_evidence_that_does_not_hold_here_has_no_effect(kind):
    links = {"multinational_links": 0} if "multinational_links" in kind.levers else {}  # work done, not its effect
    model = with_measure(kind, **neutral(kind, Timing.MOMENT, Timing.SUPPORT), **links, transfer=0)
    model.run()
    assert_state(model, baseline()[-1], RECEIPTS)


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if not set(kind.levers) <= COORDINATION], ids=lambda kind: kind.name
)
def test_that_a_measure_at_work_changes_the_region(kind):
    """Otherwise the tests above could not fail."""
    world, much = ("", {}) if kind.form is Form.SYSTEM else ("one door", {"capacity": 100, "contacts": 1000})
    wholly = {"transfer": 1} if kind in FOREIGN else {}
    model = with_measure(kind, WORLDS[world], **much, **wholly)
    model.run()
    with pytest.raises(AssertionError):
        assert_state(model, baseline(world)[-1], RECEIPTS)


# LIMITS


@every_kind
@pytest.mark.parametrize(
    "limits",
    [
        pytest.param({"per_year": 0.6}, marks=pytest.mark.slow, id="yearly"),
        pytest.param({"total": 0.5}, marks=pytest.mark.slow, id="in all"),
        pytest.param({"per_year": 4, "total": 1.5}, id="both"),
    ],
)
def test_that_a_measure_stays_inside_its_budget_and_the_books_balance(kind, limits):
    model = with_measure(kind, budget=limits)
    while model.running:
        model.step()
        model._run.delivery.balance()
        quarters = max(0, min(model.world.quarter, last(kind) + 1) - START)
        released = [limits["per_year"] * quarters / 4] if "per_year" in limits else []
        most = 1000 * min(*released, limits.get("total", np.inf), np.inf)
        assert model.ledger.committed(0) <= most * (1 + 1e-9) + 1e-6


@pytest.mark.slow
@every_kind
def test_that_a_measure_stays_inside_the_budget_of_the_package(kind):
    model = build(**OVERRIDES, **{"budget.per_year": 2, "interventions": {"mine": {"kind": kind.name, **WINDOW}}})
    while model.running:
        model.step()
        model._run.delivery.balance()
        released = 1000 * 2 * model.world.quarter / 4
        assert model.ledger.carried() <= released * (1 + 1e-9) + 1e-6


@pytest.mark.parametrize("kind", WITH_FIRMS, ids=lambda kind: kind.name)
def test_that_a_measure_hands_out_no_more_than_its_capacity(monkeypatch, kind):
    capacity = 8.5
    model = with_measure(kind, capacity=capacity, contacts=400)
    taken, most = [0.0], [0.0]

    def note(run) -> None:
        for offer in run.delivery.offers:
            assert offer.capacity.sum() <= capacity * (1 + 1e-9)
            taken.append(offer.taken.sum())
            most.append(np.floor(offer.capacity.sum() + 1))
            assert sum(taken) <= sum(most) * (1 + 1e-9)
            assert len(np.unique(offer.awarded)) == len(offer.awarded)

    watch(monkeypatch, "offer_measures", note)
    model.run()
    assert model.ledger.columns["contacted"].sum() > 0


# ORDER


def orders() -> Iterator[list[str]]:
    names = sorted(KINDS)
    yield names
    yield names[::-1]
    yield [names[place] for place in np.random.default_rng(1).permutation(len(names))]


@pytest.mark.parametrize("money", [None, 30], ids=["without limit", "little money"])
def test_that_the_order_of_measures_in_a_scenario_changes_no_bit(money):
    package = {} if money is None else {"budget.per_year": money}
    models = [
        ran(**OVERRIDES, **package, interventions={f"my_{name}": {"kind": name, **WINDOW} for name in names})
        for names in orders()
    ]
    books = [np.array(list(model.ledger.columns.values())) for model in models]
    for model, book in zip(models[1:], books[1:], strict=True):
        assert_same(model, models[0])
        np.testing.assert_array_equal(book, books[0])
    assert books[0].sum() > 0


# DOCUMENTS


@cache
def catalogue_page() -> str:
    return pages()["interventions.md"]


@every_kind
def test_that_a_measure_is_documented_and_explained_in_both_languages(kind):
    page = catalogue_page()
    entries = [entry for entry in found(kind.name) if entry.section == "measures"]
    assert len(entries) == 1
    for text in (kind.title, kind.help, kind.evidence):
        assert text.en != text.sv
        assert all(words in page for words in text)
    assert kind.code in page
    assert all(f"`{name}`" in page or name in page for name in kind.settings)


@cache
def schema_of_kinds() -> dict[str, dict]:
    return {
        part["properties"]["kind"]["const"]: part["properties"]
        for part in editor_schema()["$defs"].values()
        if "const" in part.get("properties", {}).get("kind", {})
    }


@every_kind
def test_that_a_measure_is_in_the_schema_with_its_settings_and_target(kind):
    fields = schema_of_kinds()[kind.name]
    assert set(kind.settings) <= set(fields)
    assert {"start", "end", "budget", "selection", "target"} <= set(fields)
    assert json.dumps(fields)
