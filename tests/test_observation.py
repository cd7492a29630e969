"""What a quarter leaves for the indicators follows the rules and measures of that quarter."""

from __future__ import annotations

from simulator.model import TransitionModel


def test_that_hires_without_mismatch_use_the_matching_of_the_quarter():
    model = TransitionModel("baseline", rng=1, **{"run.years": 1, "run.scale": 0.1})
    model.step()
    plain = model._observer._of_labour()["matches_aligned"].sum()
    model.world.levers.add_region("measure", "matching_gain", 0.5)
    assert model._observer._of_labour()["matches_aligned"].sum() > 1.01 * plain
