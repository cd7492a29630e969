"""Tables of explicit cases: how they are written, and what can be wrong with them."""

import pytest

TABLE = "scenario: mix.yaml\ntable: points.csv\nbaseline: none\n"
WANTED = [
    {"drivers.exchange_rate": 10.5, "interventions.robots.capacity": 3, "switches.peer_effects": True},
    {"drivers.exchange_rate": 11, "switches.peer_effects": False},
]
HEAD = ("drivers.exchange_rate", "interventions.robots.capacity", "switches.peer_effects")


@pytest.mark.parametrize(
    "table",
    [
        "drivers.exchange_rate,interventions.robots.capacity,switches.peer_effects\n10.5,3,true\n11,,false\n",
        "drivers.exchange_rate;interventions.robots.capacity;switches.peer_effects\r\n10,5;3,0;true\r\n11;;false\r\n",
        "drivers.exchange_rate\tinterventions.robots.capacity\tswitches.peer_effects\n10.5\t3\ttrue\n11\t\tfalse",
        "\ufeffdrivers.exchange_rate , interventions.robots.capacity, switches.peer_effects\n"
        " 1.05e1 ,3.0,true\n\n11,,false\n,,\n",
        '"drivers.exchange_rate";"interventions.robots.capacity";"switches.peer_effects"\n'
        '"10,5";"3";"true"\n"11";"";"false"\n',
    ],
    ids=["commas", "semicolons", "tabs", "untidy", "quoted"],
)  # fmt: skip
def test_that_a_table_is_read_however_it_was_saved(planned, table):
    plan = planned(TABLE, table.encode())
    assert [dict(case.overrides) for case in plan.cases] == WANTED
    assert [case.name for case in plan.cases] == ["mix/0001", "mix/0002"]
    assert sorted(factor.path for factor in plan.factors) == sorted(HEAD)
    assert plan.factors[0].spread == {"table": "points.csv"}


def test_that_cases_may_be_named_and_their_values_be_words_and_points_of_a_path(planned):
    plan = planned(
        TABLE,
        "case,population,interventions.robots.start,drivers.carbon_price.2030\n"
        "low one,projected,2026Q2,90\nhigh,constant,2027Q1,180\n",
    )
    assert [case.name for case in plan.cases] == ["mix/low one", "mix/high"]
    scenario = plan.scenario(1)
    assert scenario.population == "constant"
    assert scenario.drivers.carbon_price.values[1] == 180
    assert scenario.measures[1].start == 4


def test_that_a_table_is_combined_with_scenarios_and_levels_and_has_baselines(planned):
    plan = planned(
        "scenarios: [mix.yaml]\ntable: points.csv\nfactors:\n  governance.mapping: [0, 1]\n",
        "case,drivers.exchange_rate\na,10\nb,12\n",
    )
    assert [case.name for case in plan.cases] == [
        "mix/a-1", "mix/a-2", "mix/b-1", "mix/b-2", "mix/a-1/baseline", "mix/b-1/baseline",
    ]  # fmt: skip
    assert [case.against for case in plan.cases] == [4, 4, 5, 5, None, None]


@pytest.mark.parametrize(
    ("table", "problems"),
    [
        ("", ["points.csv:1:1: the table is empty; a line of dotted paths"]),
        ("drivers.exchange_rate\n", ["points.csv:1:1: the table has no cases"]),
        (
            "drivers.exchange_rat\n10\n",
            ["points.csv:1:1: drivers.exchange_rat: no value drivers.exchange_rat; did you mean drivers.exchange_"],
        ),
        (
            "case,drivers.exchange_rate\na,50\nb,2\n",
            [
                "points.csv:2:3: drivers.exchange_rate: 50 is too large; a number from 5 to 20 SEK per euro",
                "points.csv:3:3: drivers.exchange_rate: 2 is too small; a number from 5 to 20 SEK per euro",
            ],
        ),
        (
            "case,drivers.exchange_rate\na,ten\n",
            ['points.csv:2:3: drivers.exchange_rate: "ten" does not fit; a number from 5 to 20 SEK per euro'],
        ),
        (
            "drivers.exchange_rate,drivers.exchange_rate\n9,9\n",
            ["points.csv:1:23: drivers.exchange_rate: drivers.exchange_rate stands twice"],
        ),
        ("case,drivers.exchange_rate\na,9\na,10\n", ["points.csv:3:1: case: a stands twice; first in line 2"]),
        (
            "case,drivers.exchange_rate\na/b,9\n",
            ["points.csv:2:1: case: a/b cannot be a name; letters, digits, spaces, . - _"],
        ),
        ("drivers.exchange_rate\n9,10\n", ["points.csv:2:1: 2 cells in this line; 1 as in the first line"]),
        (
            'case,drivers.exchange_rate\na,9"\n',
            [
                "points.csv:2:3: a stray quotation mark",
                'points.csv:2:3: drivers.exchange_rate: "9"" does not fit; a number from 5 to 20 SEK per euro',
            ],
        ),
        ("run.seed\n9\n", ["points.csv:1:1: run.seed: seeds are not a factor; use replications or seeds"]),
        ("population\nmany\n", ['points.csv:2:1: population: "many" is not known here; one of projected, constant']),
        (
            "interventions.robots.start\n2026-04\n",
            ["points.csv:2:1: interventions.robots.start: not a quarter; write 2026Q2"],
        ),
        (
            "drivers.immigration.2030\n1\n",
            ["points.csv:2:1: drivers.immigration.2030Q1: immigration is one number here, not a path"],
        ),
        (b"drivers.exchange_rate\n\xff9\n", ["points.csv:2:1: a byte that is not UTF-8; plain text in UTF-8"]),
    ],
)
def test_that_every_fault_of_a_table_is_told_at_its_line_and_column(told, table, problems):
    found = told(TABLE, table)
    assert len(found) == len(problems), found
    for said, wanted in zip(found, problems, strict=True):
        assert said.startswith(wanted), found


def test_that_cells_which_contradict_each_other_are_told_at_their_line(told):
    head = "case,interventions.robots.eu_share,interventions.robots.state_share\n"
    found = told(TABLE, f"{head}a,0.8,0.1\nb,0.6,0.5\nc,0.1,0.9\nd,0.7,0.6\n")
    assert [said.partition(": ")[0] for said in found] == ["points.csv:3:3", "points.csv:5:3"]
    assert all("is above 1" in said for said in found)


def test_that_a_table_excludes_drawn_values_and_doubled_factors(told):
    table = "drivers.exchange_rate\n9\n"
    (found,) = told(f"{TABLE}factors:\n  drivers.immigration: declared\n", table)
    assert "values are drawn too; choose one; levels are combined with a table" in found
    (found,) = told(f"{TABLE}factors:\n  drivers.exchange_rate: [9, 10]\n", table)
    assert found.startswith("my.yaml:7:3: factors.drivers.exchange_rate: drivers.exchange_rate varies in the table too")
