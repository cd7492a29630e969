"""However a scenario is laid out, a change touches what it is about and not one character beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.editing import EditError, duplicated, renamed, taken_back, with_value, without
from simulator.scenario.reading import read_tree
from simulator.scenario.tree import plain

SECTION = "interventions"
ROBOTS = (SECTION, "robots")
HEAD, FOOT = (
    "# A plan\nformat: 1   # keep\nextends: [baseline.yaml, other.yaml]\n",
    "# the end\nrun: {years: 10}  # ten\n",
)


def said(text: str) -> dict:
    return plain(read_tree(text, "").tree)


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        # a blank line below what goes stays
        ("a: 1\nb: 2\n\nc: 3\n", lambda text: without(text, ["b"]), "a: 1\n\nc: 3\n"),
        ("a: 1\r\nb: 2\r\n\r\nc: 3\r\n", lambda text: without(text, ["b"]), "a: 1\r\n\r\nc: 3\r\n"),
        # the last entry leaves the comments around it
        (
            "m:   # ours\n  # first\n  a:\n    n: 1\n# end\n", lambda text: without(text, ["m", "a"]),
            "m: {}   # ours\n  # first\n# end\n",
        ),
        # values put off, in comments further in, go with the entry they stand below, and are copied with it
        (
            "m:\n  a:\n    n: 1\n    # k: 2\n\n  # then\n  b: 1\n", lambda text: without(text, ["m", "a"]),
            "m:\n\n  # then\n  b: 1\n",
        ),
        (
            "m:\n  a:\n    n: 1\n    # k: 2\nz: 1\n", lambda text: duplicated(text, ["m", "a"], "b"),
            "m:\n  a:\n    n: 1\n    # k: 2\n  b:\n    n: 1\n    # k: 2\nz: 1\n",
        ),
        (
            "m:\n  a:\n    n: 1\n    # k: 2\nz: 1\n", lambda text: with_value(text, ["m", "b"], 1),
            "m:\n  a:\n    n: 1\n    # k: 2\n  b: 1\nz: 1\n",
        ),
        # empty brackets and every way of writing nothing take a mapping on lines of its own
        ("m: {}   # none\n", lambda text: with_value(text, ["m", "a", "n"], 1), "m:   # none\n  a:\n    n: 1\n"),
        ("m: NULL\nz: 1\n", lambda text: with_value(text, ["m", "a"], 1), "m:\n  a: 1\nz: 1\n"),
        ("m: null\nz: 1\n", lambda text: with_value(text, ["m", "a"], 1), "m:\n  a: 1\nz: 1\n"),
        # brackets over several lines
        (
            "m: {\n  a: 1,  # one\n  # two\n  b: 2,\n  c: 3\n}\n", lambda text: without(text, ["m", "a"]),
            "m: {\n  # two\n  b: 2,\n  c: 3\n}\n",
        ),
        (
            "m: {\n  a: 1,  # one\n  # two\n  b: 2\n}\n", lambda text: without(text, ["m", "b"]),
            "m: {\n  a: 1  # one\n  # two\n}\n",
        ),
        ("m: {a: 1, b: 2, c: 3}\n", lambda text: without(text, ["m", "b"]), "m: {a: 1, c: 3}\n"),
        # lines that a text in blocks keeps at its end belong to it
        ("t: |+\n  a\n\n\n", lambda text: with_value(text, ["z"], 1), "t: |+\n  a\n\n\nz: 1\n"),
        # what is no number elsewhere, and an anchor that nothing repeats, stand in nobody's way
        ("a: .nan\nb: 1\n", lambda text: with_value(text, ["b"], 2), "a: .nan\nb: 2\n"),
        ("m: &m\n  a: 1\n", lambda text: with_value(text, ["m", "b"], 2), "m: &m\n  a: 1\n  b: 2\n"),
        ("m: &m\n  a: 1\n", lambda text: without(text, ["m", "a"]), "m: {}\n"),
    ],
)  # fmt: skip
def test_that_the_characters_beside_a_change_stay(before, change, after):
    assert change(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nm:\n  x:\n    n: 2\nz: 1\n", "a: 1\nz: 1\n"),
        ("a: 1\nm:   # ours\n  x:\n    n: 2\n", "a: 1\nm: {}   # ours\n"),
        ("a: 1\nm:\n  x:\n    # why\n    n: 2\n", "a: 1\nm:\n  x: {}\n    # why\n"),
        ("a: 1\nm: {x: {n: 2}}\nz: 1\n", "a: 1\nz: 1\n"),
        ("a: 1\nm:\n  x:\n    n: 2\n    k: 1\n", "a: 1\nm:\n  x:\n    k: 1\n"),
        ("m:\n  x:\n    n: 2\n", ""),
    ],
)  # fmt: skip
def test_that_what_is_taken_back_leaves_no_empty_names_behind_but_every_comment(before, after):
    assert taken_back(before, ["m", "x", "n"]) == after


def test_that_a_fault_is_told_with_its_line_and_the_result_of_a_change_is_no_fault_of_the_text():
    with pytest.raises(EditError) as refused:
        renamed("a: 1\nb:\t[\n", ["a"], "c")
    assert refused.value.text().en.startswith("the text has a fault in line ")
    with pytest.raises(EditError) as refused:
        without("a: &x {n: 1}\nb: *x\n", ["a"])
    assert "the way it is written" in refused.value.text().en


@dataclass(frozen=True)
class Layout:
    """A text with the lines of one measure known."""

    before: tuple[str, ...]
    own: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join((*self.before, *self.own, *self.after))


COMMENTS = st.sampled_from(["", "   # å", " #"])
BLANKS = st.sampled_from([(), ("\n",), ("  \n", "\n")])
VALUES = st.sampled_from(["12", "'12'", "1.2e1", "&n 12", "null", "~", ""])
NAMES = {"robots": ["robots", '"robots"', "'robots'"], "åtgärd": ["åtgärd", '"åtgärd"']}


@st.composite
def layouts(draw) -> Layout:
    step = draw(st.sampled_from([2, 3, 4, 8]))
    one, two = " " * step, " " * 2 * step
    colon = draw(st.sampled_from([":", " :"]))

    def notes(indent: str) -> tuple[str, ...]:
        return draw(st.sampled_from([(), (f"{indent}# note: 1\n",), ("\n", f"{indent}# note\n", "\n")]))

    def measure(name: str) -> tuple[str, ...]:
        written = draw(st.sampled_from(NAMES[name]))
        if draw(st.booleans()):
            return (f"{one}{written}{colon} {{kind: robot_lift, capacity: 12}}{draw(COMMENTS)}\n",)
        return (
            f"{one}{written}{colon}{draw(COMMENTS)}\n", *notes(two),
            f"{two}kind{colon} robot_lift{draw(COMMENTS)}\n", *notes(two),
            f"{two}capacity{colon} {draw(VALUES)}{draw(COMMENTS)}\n",
            *draw(st.sampled_from([(), (f"{two}# ramp: 4\n",), ("\n", f"{two}# ramp: 4\n")])),
        )  # fmt: skip

    head = (HEAD, f"{SECTION}{colon}{draw(COMMENTS)}\n", *notes(one))
    others = measure("åtgärd") if draw(st.booleans()) else ()
    first = draw(st.booleans())
    between = (*draw(BLANKS), *notes(one)) if others else ()
    parts = (
        head if first else (*head, *others, *between), measure("robots"),
        (*between, *others, *draw(BLANKS), FOOT) if first else (*draw(BLANKS), FOOT),
    )  # fmt: skip
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return Layout(*(tuple(line.replace("\n", end) for line in part) for part in parts))


CHANGES = {
    "set": lambda text: with_value(text, (*ROBOTS, "capacity"), 20),
    "add a value": lambda text: with_value(text, (*ROBOTS, "start"), "2027Q1"),
    "add values": lambda text: with_value(text, (*ROBOTS, "target", "counties"), ["dalarna"]),
    "take back": lambda text: taken_back(text, (*ROBOTS, "capacity")),
    "rename": lambda text: renamed(text, ROBOTS, "arms"),
}


@given(layouts(), st.sampled_from(list(CHANGES)))
def test_that_a_change_of_a_measure_touches_its_own_lines_only(layout, change):
    text = layout.text
    after = CHANGES[change](text)
    assert after.startswith("".join(layout.before))
    assert after.endswith("".join(layout.after))
    own = after[len("".join(layout.before)) : len(after) - len("".join(layout.after))]
    assert [line for line in own.splitlines() if line.lstrip().startswith("#")] == [
        line for line in "".join(layout.own).splitlines() if line.lstrip().startswith("#")
    ]


@given(layouts())
def test_that_a_measure_is_removed_copied_and_added_by_whole_lines(layout):
    text, own = layout.text, "".join(layout.own)
    copy = duplicated(text, ROBOTS, "arms")
    assert said(copy)[SECTION]["arms"] == said(copy)[SECTION]["robots"]
    assert without(copy, (SECTION, "arms")) == text
    gone = without(text, ROBOTS)
    if len(said(text)[SECTION]) > 1:
        assert gone == "".join((*layout.before, *layout.after))
    else:
        assert gone.replace(f"{SECTION} :", f"{SECTION}:").replace(f"{SECTION}: {{}}", f"{SECTION}:") == "".join(
            (*layout.before, *layout.after)
        ).replace(f"{SECTION} :", f"{SECTION}:")
    new = with_value(with_value(text, (SECTION, "new", "kind"), "robot_lift"), (SECTION, "new", "start"), "2027Q1")
    assert without(new, (SECTION, "new")) == text
    assert own in new


@pytest.mark.parametrize(("end", "last"), [("\n", ""), ("\n", "end"), ("\r\n", ""), ("\r\n", "end")])
def test_that_what_is_added_at_the_end_of_a_file_begins_a_line_of_its_own(end, last):
    text = f"a: 1{end}m:{end}  x: 1" + (end if last else "")
    begun = text if last else text + end
    assert with_value(text, ["m", "y"], 2) == f"{begun}  y: 2{end}"
    assert with_value(text, ["z"], 2) == f"{begun}z: 2{end}"
    assert duplicated(text, ["m", "x"], "y").startswith(f"{begun}  y: 1")
