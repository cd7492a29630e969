"""The model as a Mesa user meets it: batch runs, the data collector, agents, plain steps."""

from __future__ import annotations

import gc
import pickle
import sys
import weakref

import mesa
import numpy as np
import pytest
from whole_model import TEACHING, all_kinds, assert_same, build, ran

from simulator.agents.views import AnchorEmployer, Firm
from simulator.model import HEADLINES, TransitionModel
from simulator.scenario import ScenarioError, load

SHORT = {**TEACHING, "run.years": 2}
SCENARIOS = ["scenarios/baseline.yaml", "scenarios/constant.yaml"]


def batch(number_processes: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = mesa.batch_run(
        TransitionModel,
        parameters={"scenario": SCENARIOS, "rng": [1, 2, 3], "run.years": [2], "run.scale": [0.2]},
        number_processes=number_processes,
        data_collection_period=1,
        display_progress=False,
    )
    return found


def by_run(rows: list[dict[str, object]]) -> dict[tuple[object, object], list[tuple[object, ...]]]:
    """Headlines of each quarter by scenario and luck; Mesa 3.3 numbers steps from 0, Mesa 3.5 from 1."""
    found: dict[tuple[object, object], list[tuple[object, ...]]] = {}
    for row in sorted(rows, key=lambda row: row["Step"]):
        found.setdefault((row["scenario"], row["rng"]), []).append(tuple(row[name] for name in HEADLINES))
    return found


@pytest.fixture(scope="module")
def rows() -> list[dict[str, object]]:
    return batch(1)


def test_that_a_batch_runs_every_combination_to_its_end(rows):
    found = by_run(rows)
    assert set(found) == {(name, seed) for name in SCENARIOS for seed in (1, 2, 3)}
    assert {len(quarters) for quarters in found.values()} == {8}
    assert len({quarter for quarters in found.values() for quarter in quarters}) > 40


def test_that_a_batch_gives_what_single_runs_give(rows):
    for (scenario, seed), quarters in by_run(rows).items():
        model = ran(scenario, seed, **{"run.years": 2, "run.scale": 0.2})
        frame = model.datacollector.get_model_vars_dataframe()
        np.testing.assert_allclose(frame.to_numpy(float), quarters, rtol=1e-12)


def test_that_two_processes_give_the_same_batch(rows):
    assert by_run(batch(2)) == by_run(rows)


def test_that_a_batch_in_its_shortest_form_works():
    found = mesa.batch_run(
        TransitionModel,
        parameters={"scenario": SCENARIOS[:1], "rng": [1, 2, 3], "run.years": [0.25]},
        display_progress=False,
    )
    assert len(found) == 3


def test_that_the_data_collector_has_a_row_for_each_quarter():
    model = build(**SHORT)
    model.step()
    model.step()
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame.columns) == list(HEADLINES)
    assert len(frame) == model.steps == 2
    assert frame["firms"].iloc[-1] == model.world.firms.size


def test_that_the_data_collector_agrees_with_the_indicators():
    model = ran(**SHORT)
    frame, results = model.datacollector.get_model_vars_dataframe(), model.results()
    np.testing.assert_allclose(frame["employment"], results["employment"].of()[1:], rtol=1e-5)
    np.testing.assert_allclose(frame["firms"], results["firms"].of()[1:])
    np.testing.assert_allclose(frame["advanced_digital"], results["advanced_digital"].of()[1:], rtol=1e-5)


def test_that_stepping_and_running_are_the_same():
    stepped = build(**SHORT)
    while stepped.running:
        stepped.step()
    assert_same(stepped, ran(**SHORT))


def test_that_mesas_own_run_stops_at_the_end():
    model = build(**SHORT)
    model.run_model()
    assert not model.running
    assert model.steps == 8


def test_that_a_step_past_the_end_says_so_and_changes_nothing():
    model = ran(**SHORT)
    digest = model.results().digest()
    with pytest.raises(RuntimeError, match=r"ended after 8 quarters.*run\.years"):
        model.step()
    assert model.results().digest() == digest


def test_that_agents_are_the_live_firms():
    model = ran(**SHORT)
    agents = model.agents
    assert len(agents) == model.world.firms.size == len(model.firms)
    assert {agent.unique_id for agent in agents} == set(model.world.firms.slot.tolist())
    assert all(isinstance(agent, Firm) and isinstance(agent, mesa.Agent) for agent in agents)
    assert all(agent.model is model for agent in agents)


def test_that_agents_can_be_selected_got_aggregated_and_grouped():
    model = ran(**SHORT)
    firms = model.world.firms
    exporters = model.agents.select(lambda firm: firm.exporting)
    assert len(exporters) == firms.exporting.sum()
    assert sum(model.agents.get("employment")) == pytest.approx(firms.employment.sum(dtype=float), rel=1e-6)
    assert model.agents.agg("employment", max) == firms.employment.max()
    sizes = model.agents.groupby("county").count()
    np.testing.assert_array_equal([sizes[county] for county in sorted(sizes)], np.bincount(firms.county))
    means = model.agents.groupby("digital_level").agg("employment", np.mean)
    assert means[0] == pytest.approx(firms.employment[firms.digital_level == 0].mean(), rel=1e-5)
    assert len(model.agents.shuffle()) == len(model.agents)
    levels = model.agents.map(lambda firm: firm.digital_level)
    assert sorted(levels) == sorted(firms.digital_level.tolist())


def test_that_looking_at_agents_does_not_change_the_run():
    looked = build(**SHORT)
    while looked.running:
        looked.agents.shuffle().select(lambda firm: firm.exporting)
        looked.step()
    assert_same(looked, ran(**SHORT))


def test_that_a_firm_shows_its_columns_and_follows_its_row():
    model = build(**SHORT)
    firm = model.firms[17]
    while model.running:
        row = int(np.flatnonzero(model.world.firms.slot == 17)[0])
        assert firm.unique_id == 17
        assert firm.digital_level == model.world.firms.digital_level[row]
        assert isinstance(firm.digital_level, int)
        assert isinstance(firm.exporting, bool)
        np.testing.assert_array_equal(firm.staff, model.world.firms.staff[:, row])
        assert model.firms[17] is firm
        model.step()
        if 17 not in model.world.firms.slot:
            with pytest.raises(KeyError, match="no live Firm 17"):
                _ = firm.digital_level
            break


def test_that_writing_through_a_view_writes_the_column():
    model = build(**SHORT)
    firm = model.firms[17]
    row = int(np.flatnonzero(model.world.firms.slot == 17)[0])
    firm.digital_level = 3
    firm.cash = 1234.5
    assert model.world.firms.digital_level[row] == 3
    assert model.world.firms.cash[row] == np.float32(1234.5)
    model.step()
    assert firm.digital_level == 3


def test_that_what_is_no_column_is_refused():
    model = build(**SHORT)
    with pytest.raises(AttributeError, match="no column 'colour'"):
        _ = model.firms[0].colour
    with pytest.raises(AttributeError, match="no column 'colour'"):
        model.firms[0].colour = "red"
    with pytest.raises(KeyError, match="no live Firm 99999"):
        _ = model.firms[99999]


def test_that_the_frame_has_one_row_per_live_firm_and_all_columns():
    model = ran(**SHORT)
    frame = model.firms.frame()
    firms = model.world.firms
    assert len(frame) == firms.size
    assert frame.index.is_unique
    for name, column in firms.columns.items():
        parts = [name] if column.width == 1 else [f"{name}_{part}" for part in range(column.width)]
        assert set(parts) <= set(frame.columns)
    assert frame["employment"].to_numpy().sum(dtype=float) == pytest.approx(firms.employment.sum(dtype=float))
    frame.iloc[0, frame.columns.get_loc("cash")] = -1
    assert firms.cash[0] != -1


def test_that_anchor_employers_are_agents_too():
    model = ran(**SHORT)
    assert isinstance(model.anchors[0], AnchorEmployer)
    assert len(list(model.anchors)) == model.world.anchors.size
    assert len(model.anchors.frame()) == model.world.anchors.size
    with pytest.raises(KeyError, match="no live AnchorEmployer 999"):
        _ = model.anchors[999]


def test_that_a_biography_tells_a_firms_life():
    model = ran(**TEACHING, **{"run.years": 8, "record.events": True}, **all_kinds())
    lives = {firm.unique_id: firm.biography() for firm in model.firms}
    assert sum(map(len, lives.values())) > 500
    assert {event for life in lives.values() for _, event, _ in life} >= {
        "became_aware", "project_started", "reached_level", "contacted", "supported", "founded", "export_started",
    }  # fmt: skip
    for slot, life in lives.items():
        quarters = [quarter for quarter, _, _ in life]
        assert quarters == sorted(quarters)
        reached = [value for _, event, value in life if event == "reached_level"]
        assert reached == sorted(reached)
        assert not reached or model.firms[slot].digital_level == reached[-1]
        assert not {event for _, event, _ in life} & {"closed_competition", "closed_succession", "closed_insolvent"}


def test_that_keeping_events_changes_nothing_else():
    plain, noted = ran(**SHORT), ran(**SHORT, **{"record.events": True})
    assert_same(plain, noted)
    with pytest.raises(ValueError, match=r"record\.events"):
        plain.firms[0].biography()


def test_that_an_unknown_override_is_a_scenario_error():
    with pytest.raises(ScenarioError, match=r"run\.yeers"):
        build(**{"run.yeers": 3})
    with pytest.raises(ScenarioError, match=r"run\.years"):
        build(**{"run.years": -1})
    with pytest.raises(ScenarioError, match="no such file"):
        build("no-such-scenario")


def test_that_a_loaded_scenario_may_be_overridden():
    scenario = load("baseline", SHORT)
    one, two = TransitionModel(scenario, rng=1), TransitionModel(scenario, rng=1, **{"run.years": 1})
    assert (one.settings.run.quarters, two.settings.run.quarters) == (8, 4)
    with pytest.raises(ScenarioError, match="nonsense"):
        TransitionModel(scenario, rng=1, nonsense=1)


def test_that_the_seed_of_the_scenario_is_the_default_luck():
    assert_same(TransitionModel("baseline", **SHORT, **{"run.seed": 5}), build(seed=5, **SHORT))
    first, second = (TransitionModel("baseline", rng=rng, **SHORT) for rng in (5, np.int64(5)))
    first.run()
    second.run()
    assert_same(first, second)


def test_that_seed_is_another_name_for_rng():
    assert_same(TransitionModel("baseline", seed=5, **SHORT), build(seed=5, **SHORT))
    with pytest.raises(ValueError, match="rng or seed"):
        TransitionModel("baseline", rng=1, seed=2)


def test_that_a_scenario_survives_the_way_to_another_process():
    scenario = load("coordinated", SHORT)
    assert pickle.loads(pickle.dumps(scenario)).digest == scenario.digest


def test_that_models_are_let_go():
    models = [weakref.ref(ran(seed=seed, **TEACHING, **{"run.years": 0.25})) for seed in range(30)]
    assert list(build(**SHORT).agents)
    gc.collect()
    assert [model for model in models if model() is not None] == []


def test_that_a_model_whose_agents_were_looked_at_is_let_go():
    def looked_at() -> weakref.ref[TransitionModel]:
        model = ran(**TEACHING, **{"run.years": 0.5, "record.events": True})
        assert len(model.agents.select(lambda firm: firm.exporting))
        model.firms.frame()
        return weakref.ref(model)

    models = [looked_at() for _ in range(5)]
    gc.collect()
    assert [model for model in models if model() is not None] == []


@pytest.mark.slow
def test_that_a_thousand_models_in_one_process_do_not_leak():
    resource = pytest.importorskip("resource", reason="memory is measured by a module that Windows does not have")

    def megabytes() -> float:
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return used / (1024**2 if sys.platform == "darwin" else 1024)

    for seed in range(50):  # what is cached once
        ran(seed=seed, **TEACHING, **{"run.years": 0.25})
    gc.collect()
    before = megabytes()
    models = []
    for seed in range(1000):
        model = ran(seed=seed, **TEACHING, **{"run.years": 0.25})
        models.append(weakref.ref(model))
        if seed % 50 == 0:
            assert len(model.agents) > 100
            gc.collect()  # what only waits to be collected is no leak, but raises the peak that is measured
    del model
    gc.collect()
    assert sum(model() is not None for model in models) == 0
    assert sum(isinstance(thing, TransitionModel) for thing in gc.get_objects()) <= 2
    assert megabytes() - before < 40
