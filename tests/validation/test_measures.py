"""Measures of patterns on made-up panels whose answer is known."""

from functools import partial

import numpy as np
import pytest

from simulator.delivery.ledger import SPENT
from simulator.validation import (
    digital_patterns,
    export_patterns,
    firm_patterns,
    history_patterns,
    labour_patterns,
    research_patterns,
    weak_ends,
)
from simulator.validation.catalogue import PATTERNS
from simulator.validation.panel import NotAvailableError
from tests.validation.evidence import made

SLOTS = 6000


def luck(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def flat(values: np.ndarray, quarters: int = 40) -> np.ndarray:
    return np.tile(np.asarray(values, float), (quarters + 1, 1))


def growing(noise: np.ndarray, start: np.ndarray, by_size: float = 0.0, quarters: int = 20) -> np.ndarray:
    """Employment that grows by noise (quarters, slots) and, per year, by `by_size` times ln size."""
    path = [np.log(start)]
    for step in noise[:quarters]:
        path.append(path[-1] + step + by_size / 4 * path[-1])
    return np.exp(np.array(path))


# firms


@pytest.mark.parametrize("slope", [0.0, -0.08])
def test_that_growth_by_size_is_found_and_gibrat_passes(slope):
    start = np.exp(luck().normal(4, 0.8, SLOTS))
    noise = luck(2).normal(0, 0.02, (20, SLOTS))
    run = made({"employment": growing(noise, start, slope)})
    assert firm_patterns.gibrat_slope(run) == pytest.approx(4 * np.log1p(slope / 4), abs=0.004)


def test_that_the_shape_of_yearly_growth_is_found():
    steps = luck().laplace(0, 0.1, (6, SLOTS))
    sales = np.repeat(np.exp(np.cumsum(steps, axis=0)), 4, axis=0)[: 4 * 5 + 1]
    sales = np.vstack([sales[:1], sales])[:21]
    run = made({"employment": flat(np.full(SLOTS, 40), 20), "sales": sales})
    assert firm_patterns.growth_shape(run) == pytest.approx(1.0, abs=0.08)


def test_that_entry_and_exit_are_counted_by_year():
    employment = flat(np.full(1000, 10), 16)
    employment[7:, :50] = np.nan
    employment[:7, 50:110] = np.nan
    employment[3:5, 110:160] = np.nan  # away before the window's first year ends: no matter
    employment[3:5, 110:160] = 10
    run = made({"employment": employment})
    assert firm_patterns.exit_rate(run) == pytest.approx(100 * 50 / (940 + 950 + 950), rel=0.01)
    assert firm_patterns.entry_rate(run) == pytest.approx(100 / 3 * 60 / 940)


def test_that_exit_that_falls_with_age_only_shows_in_the_slope_on_age():
    size, age = np.exp(luck().normal(2, 1, 40_000)), luck(2).uniform(0, 200, 40_000)
    ends = luck(3).random((4, 40_000)) < 0.3 - 0.05 * np.log1p(age / 4)
    employment = flat(size, 16)
    for year, closed in enumerate(ends):
        employment[4 * year + 2 :, closed] = np.nan
    run = made({"employment": employment, "age": np.where(np.isnan(employment), np.nan, age)})
    assert firm_patterns.exit_slope(1, run) == pytest.approx(-0.05, abs=0.01)
    assert firm_patterns.exit_slope(0, run) == pytest.approx(0, abs=0.01)


def test_that_the_size_distribution_counts_anchor_employers():
    run = made({"employment": flat(np.full(85, 10.0), 16)}, anchors=np.full((17, 15), 300.0))
    assert firm_patterns.share_below(50.0, run) == pytest.approx(85)


# digital


def test_that_adopters_gain_is_found_behind_size_and_growth():
    slots, quarters, event = 8000, 40, 12
    size = np.exp(luck().normal(3, 1, slots))
    drift = luck(2).normal(0, 0.005, slots)
    adopts = luck(3).random(slots) < 1 / (1 + np.exp(-(np.log(size) - 3) - 200 * drift))
    level = np.where(adopts & (np.arange(quarters + 1)[:, None] >= event), 2.0, 1.0)
    after = np.clip(np.arange(quarters + 1) - event, 0, 12)[:, None] / 12
    sales = size * np.exp(drift * np.arange(quarters + 1)[:, None] + np.log(1.2) * adopts * after)
    run = made({"employment": flat(size), "sales": sales, "digital_level": level})
    assert digital_patterns.adoption_effect(run) == pytest.approx(20, abs=2.5)


def test_that_few_adopters_are_no_evidence():
    run = made(
        {"employment": flat(np.full(50, 10)), "sales": flat(np.full(50, 1.0)), "digital_level": flat(np.ones(50))}
    )
    with pytest.raises(NotAvailableError, match="adopters"):
        digital_patterns.adoption_effect(run)


def test_that_the_size_gradient_compares_large_and_small():
    employment = flat(np.repeat([5.0, 20.0, 100.0], 100), 16)
    level = flat(np.repeat([1.0, 0.0, 1.0, 0.0, 1.0], [40, 60, 50, 50, 100]), 16)
    run = made({"employment": employment, "digital_level": level})
    assert digital_patterns.size_gap(run) == pytest.approx(60)
    assert digital_patterns.share_at(1, 10.0, np.inf, run) == pytest.approx(75)


def test_that_successes_are_counted_in_the_window_only():
    projects = np.zeros((21, 2))
    projects[2], projects[10] = (100, 0), (3, 1)
    assert digital_patterns.success_rate(made({"employment": flat(np.ones(3), 20)}, projects=projects)) == 75


# export


def test_that_the_exporter_premium_controls_size_and_industry():
    size = np.exp(luck().normal(2.5, 1, SLOTS))
    industry = luck(2).integers(0, 9, SLOTS).astype(np.int16)
    exporting = luck(3).random(SLOTS) < 1 / (1 + np.exp(-(np.log(size) - 3) - 0.3 * industry))
    per_head = 0.1 * exporting + 0.2 * np.log(size) + 0.1 * industry + luck(4).normal(0, 0.2, SLOTS)
    run = made({"employment": flat(size, 20), "exporting": flat(exporting, 20),
                "value_added": flat(size * np.exp(per_head), 20)}, {"industry": industry})  # fmt: skip
    assert export_patterns.exporter_premium(run) == pytest.approx(100 * np.expm1(0.1), abs=2)


def test_that_starters_are_better_before_and_learn_nothing_after():
    quarters = 40
    starts = luck().random(SLOTS) < 0.3
    year = luck(2).integers(2, 6, SLOTS)
    exporting = (np.arange(quarters + 1)[:, None] >= 4 * year + 2) & starts
    value = np.exp(0.15 * starts + luck(3).normal(0, 0.05, (quarters + 1, SLOTS)))
    run = made({"employment": flat(np.ones(SLOTS)), "exporting": exporting.astype(float), "value_added": value})
    assert export_patterns.entry_premium(run) == pytest.approx(100 * np.expm1(0.15), abs=1)
    assert export_patterns.learning(run) == pytest.approx(0, abs=0.01)


def test_that_learning_shows_when_there_is_some():
    years = np.arange(41)[:, None] / 4
    exporting = flat(np.arange(SLOTS) % 3 == 0) * (years >= 2.5)
    value = np.exp(0.05 * np.maximum(years - 2.5, 0) * (np.arange(SLOTS) % 3 == 0))
    noise = np.exp(luck().normal(0, 0.02, (41, SLOTS)))
    run = made({"employment": flat(np.ones(SLOTS)), "exporting": exporting, "value_added": value * noise})
    assert export_patterns.learning(run) > 0.08


def test_that_a_closed_exporter_no_longer_exports():
    exporting = flat(np.ones(100), 16)
    employment = flat(np.full(100, 10), 16)
    exporting[6:, :8] = 0
    employment[6:, 8:16] = exporting[6:, 8:16] = np.nan
    run = made({"employment": employment, "exporting": exporting}, {"rural": np.r_[np.ones(50), np.zeros(50)]})
    assert export_patterns.persistence(run) == pytest.approx(100 * (84 + 84 + 84) / (100 + 84 + 84))
    assert export_patterns.periphery(run) < 0


def test_that_anchor_exports_are_half_of_their_sales():
    run = made({"employment": flat(np.ones(2), 16), "export_sales": flat(np.full(2, 200.0), 16)},
               anchors=np.full((17, 1), 1.0))  # fmt: skip
    assert export_patterns.large_share(run) == pytest.approx(50)


# labour


def test_that_the_wage_curve_is_found_within_zones():
    quarters, zones = 60, 6
    rate = np.exp(luck().normal(-2.5, 0.3, (quarters // 4 + 1, zones))).repeat(4, axis=0)[: quarters + 1]
    rate = np.vstack([rate[:1], rate])[: quarters + 1]
    wage = np.exp(-0.1 * np.log(rate) + np.arange(zones))
    share = np.repeat(rate[:, :, None], 5, axis=2)
    labour = {"searching": share, "employed": 1 - share, "wages": np.repeat(wage[:, :, None], 5, axis=2)}
    run = made({"employment": flat(np.ones(2), quarters)}, labour=labour)
    assert labour_patterns.wage_curve(run) == pytest.approx(-0.1, abs=0.001)


def test_that_the_beveridge_slope_compares_with_the_run_without_shock():
    fall = np.zeros(41)
    fall[9:30] = np.linspace(-0.3, 0.1, 21)
    trend = np.linspace(0, 1, 41)

    def run(shock: np.ndarray, pair=None):
        seekers = np.exp(-6 + trend - shock / 1.2)[:, None, None] * np.ones((1, 2, 5))
        stock = np.exp(-4 + trend + shock)[:, None, None] * np.ones((1, 2, 5))
        return made({"employment": flat(np.ones(2))}, labour={"searching": seekers, "vacancy_stock": stock}, pair=pair)

    assert labour_patterns.beveridge_slope(run(fall, run(0 * fall))) == pytest.approx(-1.2, abs=0.02)
    with pytest.raises(NotAvailableError):
        labour_patterns.beveridge_slope(run(fall))


def test_that_unfilled_posts_are_failed_attempts():
    labour = {"vacancies": np.full((17, 2, 5), 10.0), "matches": np.full((17, 2, 5), 8.0)}
    run = made({"employment": flat(np.ones(2), 16)}, labour=labour)
    assert labour_patterns.failed_recruitment(run) == pytest.approx(20)


# research, vouchers, audits, history


def test_that_additional_research_is_counted_per_krona_of_support():
    without = made({"employment": flat(np.full(100, 10), 20), "rd_spending": flat(np.full(100, 5.0), 20)})
    held = np.zeros((21, 100))
    held[5:16, :40] = np.linspace(100, 0, 11)[:, None]
    spent = flat(np.full(100, 5.0), 20)
    spent[6:16, :40] += 9
    books = {"research_grants": np.full((1, 1), 4000.0)}
    run = made({"employment": flat(np.full(100, 10), 20), "rd_spending": spent, "grant_held": held}, ledger=books,
               pair=without)  # fmt: skip
    assert research_patterns.additionality(run) == pytest.approx(0.9)


def test_that_grants_are_shared_out_by_what_each_award_holds_and_not_by_their_number():
    size = np.where(np.arange(100) < 50, 10, 100)
    held = np.zeros((21, 100))
    held[5, 40:50], held[5, 50:60] = 100, 300  # ten small firms and ten large ones, three times as much to each
    spent = flat(np.full(100, 5.0), 20)
    spent[6, 40:50] += 100
    spent[6, 50:60] += 180
    run = made({"employment": flat(size, 20), "rd_spending": spent, "grant_held": held},
               ledger={"research_grants": np.full((1, 1), 4000.0)},
               pair=made({"employment": flat(size, 20), "rd_spending": flat(np.full(100, 5.0), 20)}))  # fmt: skip
    assert research_patterns.additionality(run) == pytest.approx(0.7)
    assert research_patterns.small_lead(run) == pytest.approx(1 - 0.6)


def test_that_a_model_without_research_gives_no_number():
    run = made({"employment": flat(np.ones(3), 20)}, pair=made({"employment": flat(np.ones(3), 20)}))
    for measure in (research_patterns.research_level, research_patterns.additionality):
        with pytest.raises(NotAvailableError, match="R&D"):
            measure(run)


def test_that_voucher_users_who_would_link_anyway_are_not_additional():
    awards, link, without = (np.zeros((33, 100)) for _ in range(3))
    awards[6:, :50] = link[7:, :45] = 1
    without[9:, :5] = 1
    base = {"employment": flat(np.ones(100), 32), "sales": flat(np.ones(100), 32)}
    pair = made({**base, "university_link": without})
    run = made({**base, "university_link": link, "awards": awards}, pair=pair)
    assert research_patterns.voucher_additionality(run) == pytest.approx(0.8)
    assert research_patterns.voucher_sales(run) == pytest.approx(0)


def test_that_audited_firms_are_followed_for_two_years():
    awards, level = np.zeros((33, 100)), np.zeros((33, 100))
    awards[6:, :40] = 1
    level[10:, :20] = 1
    level[20:, 20:30] = 1
    level[5:, 30:40] = 1  # energy management before the audit: nothing is left to take
    run = made({"employment": flat(np.ones(100), 32), "awards": awards, "green_level": level})
    assert research_patterns.audit_uptake(run) == pytest.approx(100 * 20 / 30)


def test_that_the_replay_is_carried_to_the_nation():
    support = np.zeros((17, 3))
    support[3] = (200, 40, 17)
    books = dict.fromkeys(SPENT, np.zeros((1, 1))) | {"unit_cost": np.full((1, 1), 8500.0)}
    run = made({"employment": flat(np.ones(2), 16)}, support=support, ledger=books)
    assert history_patterns.pre_studies(run) == pytest.approx(40 / 0.085)
    assert history_patterns.pre_study_share(run) == pytest.approx(20)
    assert history_patterns.check_share(run) == pytest.approx(42.5)
    assert history_patterns.cost(run) == pytest.approx(100)


def test_that_the_trend_of_a_county_is_its_own():
    quarters = np.arange(33)[:, None]
    employment = np.exp(-0.01 * quarters / 4) * np.array([[100.0, 100.0]]) * np.exp([[0.0, 0.3]] * quarters / 4)
    run = made({"employment": employment}, {"county": np.array([0, 1])}, first=2018.0)
    assert history_patterns.employment_trend(0, run) == pytest.approx(-1, abs=0.01)


def test_that_the_effect_of_a_package_is_paired():
    level = flat(np.zeros(10), 8)
    with_it = level.copy()
    with_it[5:, :3] = 2
    pair = made({"employment": flat(np.ones(10), 8), "digital_level": level})
    run = made({"employment": flat(np.ones(10), 8), "digital_level": with_it}, pair=pair)
    assert weak_ends._effect(weak_ends._advanced, run) == 3


def test_that_a_short_run_is_told_and_never_measured():
    run = made({"employment": flat(np.ones(3), 8)})
    for pattern in PATTERNS.values():
        for part in pattern.parts:
            with pytest.raises(NotAvailableError):
                partial(part.measure, run)()


def test_that_research_of_firms_and_anchor_employers_is_counted_without_the_trend():
    trend = np.linspace(1, 1.2, 21)
    spent = flat(np.full(100, 100.0), 20) * trend[:, None]
    research = np.tile(np.r_[np.full(10, 9000.0), np.full(5, 0.0)], (21, 1))
    run = made({"employment": flat(np.ones(100), 20), "rd_spending": spent}, research=research, trend=trend)
    assert research_patterns.research_level(run) == pytest.approx(4 * 100.0)
    assert research_patterns.research_concentration(run) == pytest.approx(90)
