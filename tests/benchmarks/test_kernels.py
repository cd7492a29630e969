import numpy as np
import pytest

from benchmarks import kernel_c, kernel_columns, kernel_columns_rules, kernel_mesa, kernel_numbers, kernel_objects
from benchmarks.agreement import differences

FIRMS, QUARTERS, SEEDS = 300, 12, 6
needs_compiler = pytest.mark.skipif(kernel_c.compiler() is None, reason="NO C COMPILER: the C kernel is not tested")


def people(firms: np.ndarray, unemployed: np.ndarray, outside: np.ndarray) -> float:
    return float(firms.sum(dtype=float) + unemployed.sum() + outside.sum())


@pytest.fixture(scope="module")
def population() -> kernel_numbers.Population:
    return kernel_numbers.first_population(FIRMS)


@pytest.mark.parametrize("version", [kernel_objects.Kernel, pytest.param(kernel_c.Kernel, marks=needs_compiler)])
def test_that_another_version_agrees_with_the_columns_within_chance(version: type) -> None:
    found = differences({"columns": kernel_columns.Kernel, "other": version}, FIRMS, QUARTERS, SEEDS)
    assert [difference for difference in found if not difference.agrees] == []


def test_that_agreement_notices_a_changed_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = kernel_columns_rules.chance
    monkeypatch.setattr(kernel_columns_rules, "chance", lambda hazard: plain(hazard * np.float32(2)))
    found = differences({"columns": kernel_columns.Kernel, "other": kernel_objects.Kernel}, FIRMS, QUARTERS, SEEDS)
    assert {difference.indicator for difference in found if not difference.agrees} >= {"closed"}


def test_that_mesa_agents_and_plain_objects_give_the_same_numbers(population: kernel_numbers.Population) -> None:
    agents = kernel_mesa.Kernel(population, 5).run(4)
    objects = kernel_objects.Kernel(population, 5).run(4)
    np.testing.assert_array_equal(agents, objects)


@pytest.mark.parametrize(
    "version", [kernel_columns.Kernel, kernel_objects.Kernel, pytest.param(kernel_c.Kernel, marks=needs_compiler)]
)
def test_that_the_same_seed_gives_the_same_numbers_and_another_does_not(
    version: type, population: kernel_numbers.Population
) -> None:
    first, again, other = (version(population, seed).run(4) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_that_the_columns_keep_every_person(population: kernel_numbers.Population) -> None:
    kernel = kernel_columns.Kernel(population, 1)
    before = people(population["staff"], population["unemployed"], population["outside"])
    kernel.run(QUARTERS)
    after = people(kernel.firms.staff, kernel.markets.unemployed, kernel.markets.outside)
    assert after == pytest.approx(before, rel=1e-6)


def test_that_the_ledger_of_the_employed_follows_the_firms(population: kernel_numbers.Population) -> None:
    kernel = kernel_columns.Kernel(population, 1)
    kernel.run(QUARTERS)
    counted = kernel_columns_rules.by_market(kernel.firms, kernel.firms.staff)
    np.testing.assert_allclose(kernel.markets.employed, counted, rtol=1e-4, atol=1e-3)


def test_that_the_objects_keep_every_person(population: kernel_numbers.Population) -> None:
    kernel = kernel_objects.Kernel(population, 1)
    kernel.run(QUARTERS)
    held = sum(sum(market.unemployed) + sum(market.outside) for market in kernel.markets)
    before = people(population["staff"], population["unemployed"], population["outside"])
    assert held + sum(firm.size for firm in kernel.firms) == pytest.approx(before, rel=1e-6)


def test_that_state_columns_stay_single_precision(population: kernel_numbers.Population) -> None:
    kernel = kernel_columns.Kernel(population, 1)
    kernel.run(2)
    doubles = {name for name, column in vars(kernel.firms).items() if getattr(column, "dtype", None) == np.float64}
    assert doubles == {"unemployed", "outside"}


def test_that_awareness_never_exceeds_the_ceiling_that_skips_draws() -> None:
    highest = np.array(kernel_numbers.INNOVATORS) + np.array(kernel_numbers.IMITATORS)
    assert kernel_columns_rules.chance(highest.max()) < kernel_numbers.AWARENESS_CEILING


def test_that_the_extreme_draws_give_finite_and_opposite_shocks() -> None:
    lowest, highest = kernel_columns_rules.laplace(np.array([0, 1 - 2**-24], np.float32))
    assert -20 < lowest < -10
    assert 10 < highest < 20
    assert kernel_columns_rules.laplace(np.array([0.5], np.float32))[0] == pytest.approx(0, abs=1e-6)


def test_that_agreement_rejects_what_is_not_a_number() -> None:
    class Broken(kernel_columns.Kernel):
        def run(self, quarters: int) -> np.ndarray:
            return super().run(quarters) * np.nan

    found = differences({"columns": kernel_columns.Kernel, "other": Broken}, 50, 2, 2)
    assert not any(difference.agrees for difference in found)
