"""What a quarter leaves for the indicators, and the checks that nothing was lost in it (Model text 2, step 15)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.agents.columns import Floats
from simulator.delivery.ledger import FUNDERS
from simulator.economy.demand import Series
from simulator.economy.labour_market import matching_elasticity
from simulator.economy.matching import matches
from simulator.indicators import Recorder
from simulator.quarter import Run, inputs_left
from simulator.transitions import green, research

TOLERANCE = 1e-4
CHECKING = False
"""Whether observers check unless told otherwise: costly, so only the tests and whoever looks for a fault ask for it."""


class ConservationError(ArithmeticError):
    """People, staff or money appeared or vanished: a fault of the program, never of the scenario."""


class Observer:
    """Records each quarter of a run and, if `checking`, checks that people, staff and money are conserved."""

    def __init__(self, run: Run, recorder: Recorder, checking: bool | None = None) -> None:
        self.run, self.recorder = run, recorder
        self.checking = CHECKING if checking is None else checking
        self._people = run.world.people.total()
        run.world.count = recorder.event
        recorder.record(run.world.firms, run.world.anchors, run.world.people.cells)

    def observe(self) -> None:
        """Record the quarter that has just run, and check it if asked to."""
        world, delivery = self.run.world, self.run.delivery
        if delivery.meeting is not None:
            self.recorder.needs(delivery.meeting.by_need)
        self.recorder.record(
            world.firms, world.anchors, world.people.cells, self._of_firms(), self._of_labour(), self._of_public(),
            {"symbiosis_links": float(world.symbiosis.shape[1])},
        )  # fmt: skip
        if self.checking:
            self._check()

    def _of_firms(self) -> Mapping[str, Floats]:
        """Per-firm figures that are no columns."""
        firms, chain, anchors = self.run.world.firms, self.run.world.chain, self.run.world.anchors
        rows = self.run.world.row_of[chain.slot]
        largest = np.zeros(firms.size, np.float32)
        np.maximum.at(largest, rows, anchors.orders[chain.anchor] * chain.weight)
        lost = firms.value_added * firms.shortage / np.maximum(1 - firms.shortage, np.float32(0.1))
        return {
            "value_added": firms.value_added,
            "wage_bill": firms.labour_cost,
            "value_lost": np.maximum(lost, 0),
            **self._of_transitions(),
            "rd_anchors": research.anchor_research(
                anchors, self.run.world.region, self.run.scale, self.run.now.wage_index, self.run.rules.groups.research
            ),
            "dependence": np.minimum(largest / np.maximum(firms.sales, np.float32(1e-3)), 1),
        }

    def _of_transitions(self) -> Mapping[str, Floats]:
        """Energy, emissions and material per firm, with what green and circular steps save."""
        firms, left = self.run.world.firms, inputs_left(self.run)
        full = np.float32(1)
        energy = green.footprint(firms.sales, firms.energy_intensity, full)
        material = self.run.world.region.industries.material_intensity * np.float32(self.run.now.material_price)
        return {
            "energy_used": energy * left.energy,
            "energy_saved": energy * (full - left.energy),
            "emissions": green.footprint(firms.sales, firms.carbon_intensity, left.carbon),
            "material_saved": firms.sales * material.take(firms.industry) * (full - left.material),
        }

    def _of_labour(self) -> Mapping[str, Series]:
        notes = self.run.notes
        flows, people, training = notes.labour, notes.people, notes.training
        assert flows is not None
        assert people is not None
        assert training is not None
        elasticity = matching_elasticity(self.run.rules.labour, self.run.world.levers)
        open_jobs = flows.vacancies.sum()
        aligned = flows.vacancies * (flows.searchers.sum() / open_jobs if open_jobs > 0 else 0.0)
        return {
            "vacancies": flows.vacancies,
            "matches": flows.matches,
            "matches_aligned": matches(aligned, flows.vacancies, elasticity),
            "vacancy_stock": flows.vacancy_stock,
            "trainees": training.started,
            "new_supply": people.new_supply,
            "retirements": flows.retirements,
            "youth_migration": people.youth_migration,
        }

    def _of_public(self) -> Mapping[str, Series]:
        """Flows of the quarter by county, from the ledger and public buyers."""
        flow, way = self.run.delivery.ledger.recent(), self.run.delivery.coordination
        duplicates = way.duplicates / way.reach if way.reach > 0 else 0.0
        procured = self.run.notes.procured
        assert procured is not None
        return {
            "outlay": flow["outlay"],
            "administration": flow["administration"],
            **{funder: flow[funder] for funder in FUNDERS},
            "private_cost": flow["private_cost"],
            "contacts": flow["contacted"] * (1 + duplicates),
            "duplicate_contacts": flow["contacted"] * duplicates,
            "application_hours": flow["applied"] * way.hours,
            "procured_innovation": procured,
        }

    def _check(self) -> None:
        """Raise ConservationError or LedgerError if anything was lost. Source: Model text 8.2 T8, T9."""
        world, flows, labour = self.run.world, self.run.notes.people, self.run.notes.labour
        assert flows is not None
        assert labour is not None
        total = world.people.total()
        expected = self._people + flows.entered - flows.left
        if world.switches.labour_coupling and not self.run.constant_population:
            expected -= float(labour.retirements.sum())
        self._people = total
        if abs(total - expected) > TOLERANCE * max(expected, 1.0):
            raise ConservationError(f"quarter {world.quarter}: {total:.3f} people, {expected:.3f} expected")
        if world.switches.labour_coupling:
            self._check_staff()
        self.run.delivery.balance()

    def _check_staff(self) -> None:
        world = self.run.world
        employed = world.people.employed()
        staff = np.zeros_like(employed)
        for employers in (world.firms, world.anchors):
            for place, people in enumerate(employers.staff):
                staff[:, place] += np.bincount(employers.zone, people, len(staff))
        gap = float(np.max(np.abs(employed - staff)))
        if gap > TOLERANCE * max(float(np.max(staff)), 1.0):
            raise ConservationError(f"quarter {world.quarter}: employed and staff differ by {gap:.4f} people")
