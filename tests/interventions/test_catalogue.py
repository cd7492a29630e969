"""Every intervention, walked: words, sources, ranges, readers."""

import math

import pytest

from simulator.indicators import INDICATORS
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import PRIORITIES, SELECTIONS, Form, Measure, stream_keys
from simulator.interventions.lever_table import LEVERS, TRANSITIONS
from simulator.interventions.target import Target
from simulator.quantity import Grade

FIRST_NINE = {
    "digital_uptake", "attract_keep", "training_at_work", "vocational_courses", "map_coordinate", "digital_lift",
    "robot_lift", "ownership_succession", "export_start",
}  # fmt: skip
READERS = {
    "digitalisation": {"awareness", "contact_awareness", "subsidy_share", "subsidy_cap", "success_gain",
                       "uncertainty_factor", "management_gain", "peer_weight", "owner_openness"},
    "export": {"export_entry_gain", "export_cost_subsidy", "direct_stage_two"},
    "labour": {"training_slots", "training_compensation", "attractiveness_gain", "matching_gain", "commuting_gain",
               "quit_factor", "places_vocational", "places_higher", "places_commissioned", "places_validation"},
    "people": {"recognition_lag", "women_choice_factor", "youth_outmigration_factor", "skilled_inflow"},
    "governance": {"mapping", "joint_targets", "shared_data", "cross_county", "targeting_gain"},
    "delivery": {"rural_burden_relief"},
    "demography and finance": {"succession_preparation", "closure_factor", "external_transfer_shift",
                               "collateral_gain", "spread_factor"},
}  # fmt: skip
kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())


def whole(kind, **more) -> Measure:
    return kind.measure(**{"name": "mine", "start": 0, "end": 19} | more)


def test_that_the_nine_measures_of_the_first_slice_are_there():
    assert set(KINDS) >= FIRST_NINE


def test_that_every_lever_has_a_reader_and_every_reader_a_lever():
    assert set().union(*READERS.values()) == set(LEVERS)


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
    for name in set(kind.levers) - {"subsidy_cap", "places_vocational", "places_commissioned"}:
        low, high = kind.settings[name].uncertain
        assert low <= LEVERS[name].neutral <= high


@kinds
def test_that_an_intervention_is_complete(kind):
    assert kind.priority in PRIORITIES
    assert kind.selection in SELECTIONS
    assert kind.levers
    assert {"capacity", "fixed_cost", "lag", "duration", "half_life", "ramp"} <= set(kind.settings)
    assert (kind.form is Form.SYSTEM) == (not kind.domains)
    if "awareness" in kind.settings:
        assert set(kind.domains) <= set(TRANSITIONS)


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


def test_that_a_target_that_holds_nobody_is_refused():
    with pytest.raises(ValueError, match="holds nobody"):
        Target(employees=(50, 10))
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
