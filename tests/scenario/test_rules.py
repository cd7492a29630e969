"""Rules that join several parts of a scenario."""

import pytest

from simulator.scenario import check

ROBOTS = "interventions: {robots: {kind: robot_lift, %s}}\n"

WRONG = {
    ROBOTS % "start: 2030Q1, end: 2029Q4": "robots.end: ends in 2029Q4, before its start; 2030Q1 or later",
    ROBOTS % "end: 2025Q4": "robots.end: ends in 2025Q4, before its start; 2026Q1 or later",
    ROBOTS % "target: {counties: [dalarn]}":
        "target.counties.0: dalarn is not in the region norra-mellansverige; did you mean dalarna?",
    ROBOTS % "target: {municipalities: [moraa]}": "moraa is not in the region norra-mellansverige; did you mean mora?",
    ROBOTS % "target: {industries: [steel]}": "steel is not in the region norra-mellansverige; one of metal_goods",
    ROBOTS % "capacity: {stockholm: 3}": "capacity.stockholm: stockholm is not in the region norra-mellansverige",
    ROBOTS % "target: {employees: [50, 10]}": "the first number is larger than the second; [lowest, highest]",
    ROBOTS % "capacity: {dalarna: 3, '20': 4}": "capacity.20: dalarna and 20 are the same county",
    "uncertainty: {ensemble.samples: {uniform: [5, 6]}}": "no value ensemble.samples",
    "region: {name: norra-melansverige}": "no region norra-melansverige; did you mean norra-mellansverige?",
    "region: {name: ../../../etc}": "region.name: ../../../etc lies elsewhere; a folder inside",
    ROBOTS % "target: {green_level: [2, 1]}": "the first number is larger than the second; [lowest, highest]",
    "interventions: {r: {kind: research_programmes, eu_share: 0.4}}":
        "r.eu_share: eu_share 0.4 + state_share 1 is above 1; at most 1; the region pays",
    "targets: {emploiment: {at_least: 5}}": "targets.emploiment: no indicator emploiment; did you mean employment?",
    "targets: {employment: {at_least: 5, at_most: 6}}": "say either at_least or at_most",
    "targets: {employment: {by: 2030Q1}}": "say either at_least or at_most",
    "uncertainty: {run.yeers: {uniform: [5, 6]}}": "no value run.yeers; did you mean run.years?",
    "uncertainty: {run.years: {uniform: [6, 5]}}": "the numbers do not rise",
    "uncertainty: {run.years: {uniform: [5, 5]}}": "the numbers do not rise",
    "uncertainty: {run.years: {uniform: [5, 500]}}": "run.years.uniform.1: 500 is outside; a number from 0.25 to 100",
    "uncertainty: {run.years: {triangular: [5, 9, 8]}}": "the numbers do not rise",
    "uncertainty: {run.years: {normal: [5, 0]}}": "a spread must be above 0",
    "uncertainty: {run.years: {lognormal: [0, 1]}}": "a median must be above 0",
    "uncertainty: {run.years: {uniform: [5, 6], choice: [5]}}": "one distribution per value",
    "uncertainty: {run.years: {}}": "one distribution per value; one of uniform, triangular, normal",
    "uncertainty: {run.years: {choice: [5, x]}}": 'run.years.choice.1: "x" does not fit',
    "uncertainty: {switches.diffusion: {uniform: [0, 1]}}":
        "yes or no has no such distribution; choice: [true, false]",
    "uncertainty: {switches.diffusion: {choice: [1]}}": "1 does not fit; true or false",
    "uncertainty: {drivers.carbon_price.2035: {uniform: [5, 6]}}": "drivers.carbon_price has no point 2035",
    "uncertainty: {parameters.digital.gain: {uniform: [0, 1]}}":
        "gain has several parts; one of gain.1, gain.2, gain.3",
    ROBOTS % "capacity: 3" + "uncertainty: {interventions.robot.capacity: {uniform: [1, 2]}}":
        "interventions.robots.capacity?",
    "interventions: {a: {kind: robot_lift, stream: x}, b: {kind: export_start, stream: x}}":
        "b.stream: x is the stream of a too",
    ROBOTS % "capacity: 3" + "uncertainty: {interventions.robots.capacity.dalarna: {uniform: [1, 2]}}":
        "interventions.robots.capacity.dalarna is not set in this scenario",
    "uncertainty: {drivers.carbon_price.2026: {uniform: [5, 6]}, drivers.carbon_price.2026Q1: {uniform: [5, 6]}}\n"
    "drivers: {carbon_price: {2026: 5}}": "drivers.carbon_price.2026Q1: the same value as drivers.carbon_price.2026",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_that_parts_which_do_not_go_together_are_told(text, write, told):
    lines = told(write(text))
    assert any(WRONG[text] in line for line in lines), lines


def test_that_rules_still_run_on_what_is_sound(write, told):
    text = "run: {years: x}\ntargets: {emploiment: {at_least: 5}}\n" + ROBOTS % "target: {counties: [x], rural: 5}"
    assert [line.split(": ")[1] for line in told(write(text))] == [
        "run.years",
        "targets.emploiment",
        "interventions.robots.target.counties.0",
        "interventions.robots.target.rural",
    ]


def test_that_a_window_outside_the_run_is_a_warning(write):
    (warning,) = check(write(ROBOTS % "start: 2060Q1, end: 2061Q1"))
    assert "has no effect; the run goes from 2026Q1 to 2040Q4" in warning.said("en")
    assert "has no effect" in check(write(ROBOTS % "start: 2060Q1"))[0].said("en")
    assert check(write(ROBOTS % "start: 2020Q1, end: 2061Q1")) == ()


def test_that_a_plan_above_the_budget_is_a_warning_with_its_worst_year(write):
    own = "state_share: 0, start: 2027Q1, end: 2028Q4, budget: {per_year: 2}"
    text = "budget: {per_year: 1, total: 5}\n" + ROBOTS % own
    by_path = {warning.path: warning.said("sv") for warning in check(write(text))}
    assert set(by_path) == {"budget.per_year", "budget.total", "interventions.robots.budget.per_year"}
    assert "mnkr år 2027, budgeten är 1; alla kapaciteter krymper" in by_path["budget.per_year"]


def test_that_nothing_is_said_about_a_measure_without_capacity_or_of_the_state(write):
    assert check(write("budget: {per_year: 0}\n" + ROBOTS % "state_share: 0, capacity: 0")) == ()
    assert check(write("budget: {per_year: 0}\n" + ROBOTS % "")) == ()


def test_that_a_share_where_percent_is_meant_is_a_warning(write):
    (warning,) = check(write("targets: {advanced_digital: {at_least: 0.5}}"))
    assert warning.said("en").endswith("targets.advanced_digital: a target of 0.5 percent; 50 % is written 50")


def test_that_a_target_beyond_a_shortened_run_is_a_warning(write):
    (warning,) = check(write("targets: {employment: {at_least: 5, by: 2030Q1}}"), {"run.years": 2})
    assert "employment.by: 2030Q1 is not in the run, nothing is judged; the run goes from 2026Q1 to" in warning.said(
        "en"
    )


def test_that_a_municipality_outside_the_named_counties_is_a_warning(write):
    text = ROBOTS % "target: {counties: [dalarna], municipalities: [mora, gavle]}"
    (warning,) = check(write(text))
    assert warning.said("en").endswith(
        ":2:97: interventions.robots.target.municipalities.1: Gävle lies in Gävleborg, which counties leaves out: "
        "no firm there is reached; name that county too, or leave counties out"
    )
    assert check(write(ROBOTS % "target: {municipalities: [mora, gavle]}")) == ()


IN_VAIN = {
    ROBOTS % "capacity: {dalarna: 3, gavleborg: 2}, target: {counties: [gavleborg]}":
        "robots.capacity.dalarna: Dalarna is a county that counties leaves out; name that county too",
    ROBOTS % "contacts: 0": "robots.contacts: contacts nobody, so nobody is awarded",
    ROBOTS % "unit_cost: 3200": "interventions.robots: an award counts as 3350 kSEK of aid, so nobody is awarded; "
        "at most 3300, parameters.delivery.de_minimis",
    "interventions: {up: {kind: scale_pilots, target: {measures: [up]}}}":
        "up.target.measures.0: up hands nothing out to firms and cannot be scaled up",
    "interventions: {day: {kind: industry_day, start: 2027Q2, end: 2030Q4}}":
        "day.end: it happens once, in 2027Q2; leave end out",
    "interventions: {tax: {kind: rd_tax_relief, budget: {per_year: 5}}}":
        "tax.budget: it costs nothing that a budget limits; tax forgone",
}  # fmt: skip


@pytest.mark.parametrize("text", IN_VAIN)
def test_that_what_is_written_in_vain_is_a_warning_at_its_place(text, write):
    (warning,) = check(write(text))
    assert IN_VAIN[text] in warning.said("en")
    assert warning.place.line == 2
    assert warning.said("sv") != warning.said("en")


def test_that_a_count_is_not_told_twice(write, told):
    links = "interventions: {links: {kind: multinational_links, multinational_links: 101}}"
    (english,), (swedish,) = told(write(links)), told(write(links), language="sv")
    assert english.endswith("101 is too large; a number from 0 to 100 per year")
    assert swedish.endswith("101 är för stort; ett tal från 0 till 100 per år")
