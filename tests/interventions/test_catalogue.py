"""Every intervention, walked: words, sources, ranges, readers."""

import ast
import math
import re
from pathlib import Path

import pytest

import simulator
from simulator.governance import COMPONENTS
from simulator.indicators import INDICATORS
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import FUNDING, PRIORITIES, SELECTIONS, Form, Given, Measure, declare
from simulator.interventions.lever_table import LEVERS
from simulator.interventions.streams import stream_keys
from simulator.interventions.target import Target
from simulator.quantity import Grade, Text
from simulator.scenario.cautions import planned_cost

THIRTY = {f"P{priority}.{step}" for priority in PRIORITIES for step in range(1, 6)}
SOURCE = Path(simulator.__file__).parent
ASKING = {"firm", "zone", "county", "region", "number"}
"""Methods by which submodels and delivery ask for a lever."""
kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())


def whole(kind, **more) -> Measure:
    return kind.measure(**{"name": "mine", "start": 0, "end": 19} | more)


def asked_for(path: Path) -> tuple[set[str], set[str]]:
    """Names of levers that a file asks for in so many words, and those that it may ask for by a variable."""
    tree = ast.parse(path.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    first = [call.args[0] for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in ASKING]
    plain = {arg.value for arg in first if isinstance(arg, ast.Constant)}
    if len(plain) == len(first):
        return plain, set()
    return plain, {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)} & set(LEVERS)


def test_that_every_step_of_the_strategy_is_a_measure():
    assert {kind.code for kind in KINDS.values()} >= THIRTY


def test_that_every_lever_has_a_reader():
    files = [path for path in SOURCE.rglob("*.py") if "interventions" not in path.parts]
    # the components of governance are levers by name; who is told is asked by `told`
    read = {*COMPONENTS, "awareness", "contact_awareness"}
    for path in files:
        read |= set().union(*asked_for(path))
    assert set(COMPONENTS) <= set(LEVERS)
    assert sorted(set(LEVERS) - read) == []


def test_that_nobody_asks_for_a_lever_that_is_not_there():
    levers = re.compile(r"levers\.(?:firm|zone|county|region)\(\s*\"(\w+)\"")
    asked = {name for path in SOURCE.rglob("*.py") for name in levers.findall(path.read_text("utf-8"))}
    assert len(asked) > 20
    assert asked <= set(LEVERS)


@kinds
def test_that_an_intervention_speaks_both_languages(kind):
    for text in (kind.title, kind.help, kind.evidence, *(setting.text for setting in kind.settings.values())):
        assert text.en.strip()
        assert text.sv.strip()
    assert kind.help.en != kind.help.sv
    assert kind.evidence.en != kind.evidence.sv


@kinds
def test_that_every_number_has_a_range_and_a_foundation(kind):
    for name, quantity in kind.settings.items():
        assert quantity.uncertain is not None, name
        assert quantity.sources or quantity.grade is Grade.JUDGEMENT
        if name in LEVERS:
            assert LEVERS[name].allowed[0] <= quantity.allowed[0] <= quantity.allowed[1] <= LEVERS[name].allowed[1]


@kinds
def test_that_judged_effects_may_turn_out_to_be_nothing(kind):
    for name in kind.levers:
        if LEVERS[name].unit in ("kSEK", "places/yr"):  # decided by those who pay, no effect to be judged
            continue
        low, high = kind.settings[name].uncertain
        assert low <= LEVERS[name].neutral <= high


@kinds
def test_that_an_intervention_is_complete(kind):
    assert kind.priority in PRIORITIES
    assert kind.selection in SELECTIONS
    assert kind.levers
    assert {"capacity", "fixed_cost", "lag", "duration", "half_life", "ramp"} <= set(kind.settings)
    assert kind.domains or kind.form is Form.SYSTEM
    assert kind.aimed or not (kind.domains and kind.form is Form.SYSTEM)
    assert all(kind.domains_of(name) for name in kind.levers)


@kinds
def test_that_no_two_pay_more_than_the_whole_even_when_both_are_uncertain(kind):
    assert math.fsum(kind.settings[share].uncertain[1] for share in FUNDING) <= 1 + 1e-12
    with pytest.raises(ValueError, match="eu_share and state_share together above 1"):
        whole(kind, settings={"eu_share": 0.6, "state_share": 0.5})


@kinds
def test_that_what_is_known_abroad_may_not_hold_here(kind):
    if "transfer" in kind.settings:
        assert kind.settings["transfer"].uncertain == (0, 1)


@kinds
def test_that_an_intervention_names_its_own_indicators(kind):
    assert kind.moves
    assert {name for name, _ in kind.moves} <= set(INDICATORS)


@kinds
def test_that_a_measure_starts_from_the_numbers_of_its_kind(kind):
    measure = whole(kind)
    assert {name: quantity.default for name, quantity in kind.settings.items()} == dict(measure.settings)
    assert not measure.idle
    assert whole(kind, settings={"capacity": 0}).idle


def test_that_contacts_follow_capacity_unless_given():
    robots = KINDS["robot_lift"]
    assert math.isclose(whole(robots, settings={"capacity": 7.2}).number("contacts"), 36)
    assert whole(robots, settings={"capacity": 7.2, "contacts": 10}).number("contacts") == 10
    by_county = whole(robots, settings={"capacity": {"20": 1.2, "21": 2.4}}).settings["contacts"]
    assert by_county == pytest.approx({"20": 6, "21": 12})


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({"settings": {"magic": 1}}, "'magic' is not a setting of robot_lift"),
        ({"settings": {"subsidy_share": 0.9}}, "'subsidy_share' outside 0.0 to 0.75"),
        ({"settings": {"capacity": -1}}, "'capacity' outside"),
        ({"settings": {"lag": 1.5}}, "'lag' is not a whole number"),
        ({"settings": {"unit_cost": {"20": 1}}}, "'unit_cost' cannot differ between counties"),
        ({"end": -1}, "it ends before it starts"),
        ({"selection": "friends"}, "selection 'friends'"),
    ],
)
def test_that_a_measure_says_what_is_wrong_with_it(more, complaint):
    with pytest.raises(ValueError, match="measure 'mine': ") as error:
        whole(KINDS["robot_lift"], **more)
    assert complaint in str(error.value)


def test_that_a_service_to_the_system_has_no_target_among_firms():
    with pytest.raises(ValueError, match="target 'rural' has no meaning for attract_keep"):
        whole(KINDS["attract_keep"], target=Target(rural=True))
    with pytest.raises(ValueError, match="target 'counties' has no meaning for map_coordinate"):
        whole(KINDS["map_coordinate"], target=Target(counties=("20",)))


def test_that_a_service_may_be_aimed_at_firms():
    target = Target(green_level=(2, 3), rural=True)
    assert whole(KINDS["green_building"], target=target).target == target


def test_that_a_contradictory_entry_is_refused():
    settings = {name: Given(1) for name in ("capacity", "unit_cost", "fixed_cost", "lag", "duration", "half_life")}
    text = Text("English", "svenska")

    def entry(form=Form.AWARD, domains=("digital",), aimed=False, **more):
        return declare(
            name="mine", code="X1", priority=1, title=text, help=text, evidence=text, form=form, domains=domains,
            aimed=aimed, settings=settings | more,
        )  # fmt: skip

    assert entry().domains == ("digital",)
    with pytest.raises(ValueError, match="awards and training have a target already"):
        entry(aimed=True)
    with pytest.raises(ValueError, match="success_gain in none of its domains"):
        entry(domains=("research",), success_gain=Given(0.1))
    with pytest.raises(ValueError, match="together above 1"):
        entry(state_share=Given(1))


def test_that_a_lever_moves_in_the_domains_that_it_shares_with_its_kind():
    programmes = KINDS["research_programmes"]
    assert programmes.domains == ("research", "digital", "green")
    assert programmes.domains_of("uncertainty_factor") == ("digital", "green")
    assert programmes.domains_of("research_grant") == ("",)


def test_that_a_target_that_holds_nobody_is_refused():
    with pytest.raises(ValueError, match="outside 0 to 1"):
        Target(absorptive_capacity=(20, 30))
    with pytest.raises(ValueError, match="holds nobody"):
        Target(employees=(50, 10))
    with pytest.raises(ValueError, match="not whole numbers"):
        Target(digital_level=(0.5, 1))
    with pytest.raises(ValueError, match="barriers"):
        Target(barriers=("laziness",))


def test_that_renaming_a_measure_never_changes_luck():
    first, second = (whole(KINDS["digital_uptake"], name=name) for name in ("apple", "pear"))
    assert stream_keys([second, first]) == ("digital_uptake.1", "digital_uptake.0")
    renamed = whole(KINDS["digital_uptake"], name="zebra", stream="digital_uptake.0")
    assert stream_keys([second, renamed]) == ("digital_uptake.1", "digital_uptake.0")


def test_that_two_measures_cannot_share_a_stream():
    twins = [whole(KINDS["digital_uptake"], name=name, stream="s") for name in ("a", "b")]
    with pytest.raises(ValueError, match="same stream"):
        stream_keys(twins)


def test_that_the_skills_boost_costs_what_the_programme_said():
    measure = whole(KINDS["skills_boost"])
    assert 4 * planned_cost(measure, 0) == pytest.approx(20, abs=0.1)


def test_that_the_package_carries_no_programme_of_the_state():
    named = {kind.code: kind for kind in KINDS.values() if kind.code not in THIRTY}
    assert {code for code, kind in named.items() if whole(kind).national} == {"N1", "N2", "N3", "N15", "N18", "N19"}
