"""The profile of a run: every block of the quarter is timed, and all measures are really at work."""

from benchmarks import blocks
from simulator import quarter
from simulator.interventions.catalogue import KINDS
from simulator.model import TransitionModel

SMALL = {"region.name": "undervisning", "run.years": 1}


def test_that_every_block_of_a_quarter_is_timed_and_put_back():
    plain = {name: getattr(quarter, name) for name in blocks.blocks()}
    assert next(iter(plain)) == "read_drivers"
    assert {"offer_measures", "decide", "work", "match_residuals"} <= plain.keys()
    spent = blocks.seconds_by_block(SMALL, 1)
    assert spent.keys() == {*plain, "observe", "rest"}
    assert all(seconds > 0 for seconds in spent.values())
    assert {name: getattr(quarter, name) for name in plain} == plain


def test_that_all_measures_are_at_work_in_every_quarter_but_single_occasions():
    model = TransitionModel("baseline", rng=1, **blocks.every_measure(1), **SMALL)
    running = model.state.delivery.running
    assert {each.measure.kind.name for each in running} == KINDS.keys()
    assert all(each.open(t) for each in running for t in range(1 if each.measure.kind.once else 4))


def test_that_the_table_has_a_line_for_each_block_and_a_column_for_each_case(monkeypatch):
    monkeypatch.setattr(blocks, "cases", lambda years: {"one": SMALL, "other": SMALL})
    head, rule, *lines = blocks.table(1, 1).splitlines()
    assert head.endswith("| one | other |")
    assert [line.split("`")[1] for line in lines] == [*blocks.blocks(), "observe", "rest"]
    assert all(line.count("|") == rule.count("|") for line in lines)
    shares = [float(line.replace("*", "").split("|")[3].strip().rstrip("% ")) for line in lines]
    assert 90 < sum(shares) < 110
