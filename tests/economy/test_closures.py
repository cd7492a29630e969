"""Closures of anchor employers in the run: orders and jobs end, people stay."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import TEACHING, assert_same, build, ran, switched_off, watch

from simulator.region.facts import load_region
from simulator.transitions.research import anchor_research


def closing(share: float = 1.0, quarter: str = "2027Q1", **more: object) -> dict[str, object]:
    given = {"anchor": "Fiktiva Stålverket", "quarter": quarter, "share": share}
    return {**TEACHING, "run.years": 3, "closures": {"mill": given}, **more}


def test_that_a_closure_that_never_comes_or_closes_nothing_changes_nothing():
    plain = ran(**TEACHING, **{"run.years": 3})
    assert_same(plain, ran(**closing(quarter="2040Q1")))
    assert_same(plain, ran(**closing(share=0.0)))


@pytest.mark.parametrize("coupled", [True, False])
def test_that_orders_and_jobs_end_in_its_quarter_and_stay_away(coupled):
    model = build(**closing(**({} if coupled else switched_off("labour_coupling"))))
    anchors, row = model.world.anchors, model.settings.closures[0].anchor
    for _ in range(4):
        model.step()
    assert anchors.staff[:, row].sum() > 300
    assert anchors.orders[row] > 0
    assert model._run.notes.jobs_ended == 0
    before = anchors.staff[:, row].sum()
    model.step()
    assert model._run.notes.jobs_ended == pytest.approx(before, rel=1e-6)
    while True:
        assert anchors.staff[:, row].sum() == 0
        assert anchors.vacancies[:, row].sum() == 0
        assert anchors.orders[row] == 0
        if not model.running:
            break
        model.step()


def test_that_people_who_lose_their_jobs_look_for_work_and_nobody_is_lost(monkeypatch):
    from simulator import quarter

    model = build(**closing())
    for _ in range(4):
        model.step()
    run = model._run
    world, row = model.world, model.settings.closures[0].anchor
    people, employed = world.people.total(), world.people.employed().sum()
    searching = world.people.cells[..., 1].sum()
    staff = world.anchors.staff[:, row].sum(dtype=float)
    quarter.read_drivers(run)
    quarter.close_anchors(run)
    assert world.people.total() == pytest.approx(people, rel=1e-9)
    assert world.people.employed().sum() == pytest.approx(employed - staff, rel=1e-6)
    assert world.people.cells[..., 1].sum() == pytest.approx(searching + staff, rel=1e-6)
    assert run.labour.commuters.sum() == pytest.approx(world.people.employed().sum(), rel=1e-6)


def test_that_a_part_of_the_jobs_is_a_part_of_jobs_and_orders():
    whole, part = build(**closing(quarter="2040Q1")), build(**closing(share=0.25))
    row = part.settings.closures[0].anchor
    for _ in range(5):
        whole.step()
        part.step()
    for name in ("employment", "orders"):
        ratio = getattr(part.world.anchors, name)[row] / getattr(whole.world.anchors, name)[row]
        assert ratio == pytest.approx(0.75, abs=0.02), name
    others = np.arange(part.world.anchors.size) != row
    assert part.world.anchors.orders[others] == pytest.approx(whole.world.anchors.orders[others], rel=0.01)


def test_that_research_of_an_employer_ends_with_its_jobs_and_goes_to_no_other():
    research = []
    for share in (0.0, 0.6):
        model = ran(**closing(share=share, quarter="2026Q3", **{"run.years": 1}))
        run = model._run
        spent = anchor_research(
            run.world.anchors, model.region, run.scale, run.now.wage_index, run.rules.groups.research
        )
        research.append((spent, run.world.anchors.employment))
    (kept, staff), (left, fewer) = research
    np.testing.assert_allclose(left / kept, fewer / staff, rtol=1e-5)
    assert left.sum() < kept.sum() - 0.5 * kept[model.settings.closures[0].anchor]


def test_that_two_parts_of_one_employer_come_one_after_the_other():
    given = {"anchor": "Fiktiva Stålverket", "share": 0.5}
    both = {"one": {**given, "quarter": "2026Q2"}, "two": {**given, "quarter": "2026Q3"}}
    model = ran(**{**TEACHING, "run.years": 1, "closures": both})
    plain = ran(**TEACHING, **{"run.years": 1})
    row = model.settings.closures[0].anchor
    assert model.world.anchors.employment[row] / plain.world.anchors.employment[row] == pytest.approx(0.25, abs=0.02)


def test_that_the_loss_of_a_large_employer_is_felt_around_it():
    kept, closed = ran(**TEACHING, **{"run.years": 3}), ran(**closing())
    assert closed.world.firms.demand_chain.sum() < kept.world.firms.demand_chain.sum()
    jobs = [model.world.people.employed().sum() for model in (kept, closed)]
    assert jobs[1] < jobs[0] - 100


def supplying(world) -> np.ndarray:
    """Whether each live firm has a link to an anchor employer."""
    linked = np.zeros(world.slots, bool)
    linked[world.chain.slot] = True
    return linked[world.firms.slot]


def test_that_a_closed_employer_has_no_suppliers_and_gets_no_new_ones(monkeypatch):
    told = []
    watch(
        monkeypatch, "close_anchors", lambda run: told.append((supplying(run.world), run.world.firms.demand_chain > 0))
    )
    model = build(**closing(quarter="2026Q3"))
    world, row = model.world, model.settings.closures[0].anchor
    before = supplying(world).sum()
    cohorts = [model._run.start.nursery.cohort(quarter) for quarter in range(2, 12)]
    assert any((cohort.anchor == row).any() for cohort in cohorts)
    for quarter in range(12):
        model.step()
        if quarter >= 2:
            assert (world.chain.anchor != row).all()
        for flags in (world.firms.supplier, world.firms.mne_link):
            assert (flags == supplying(world)).all()
    assert (told[2][0] == told[2][1]).all()  # nobody counts on orders that end this quarter
    assert 0 < told[2][0].sum() < before


@pytest.mark.parametrize("chained", [True, False])
def test_that_without_employers_in_operation_nobody_starts_as_a_supplier(chained):
    names = load_region("undervisning").anchors.names
    closures = {f"end{row}": {"anchor": name, "quarter": "2026Q1"} for row, name in enumerate(names)}
    more = {} if chained else switched_off("supply_chain")
    model = ran(**TEACHING, **{"run.years": 2, "closures": closures}, **more)
    firms, first = model.world.firms, model._run.start.firms.size
    entered = firms.slot >= first
    assert entered.any()
    assert not firms.mne_link[entered].any()
    assert not firms.supplier[entered].any()
    assert not len(model.world.chain.slot)
    assert firms.supplier.any() != chained
