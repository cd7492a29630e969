"""Whatever a planner does with a scenario, however that is written: all of it is undone to the last byte."""

from __future__ import annotations

import pytest

from simulator.gui.measures.mix import SECTION
from simulator.gui.measures_page import MeasuresPage
from simulator.interventions.catalogue import KINDS
from simulator.quantity import Text

WHAT = Text("change", "ändring")
HEAD = "format: 1\nextends: baseline.yaml\ninterventions:\n"
USUAL = HEAD + "  robots:    # ours\n    kind: robot_lift\n    start: 2027Q1\n    capacity: 12   # per quarter\n"
LIFT = "{kind: robot_lift}"
LAYOUTS = {
    "usual": USUAL,
    "line ends of Windows": USUAL.replace("\n", "\r\n"),
    "no last line end": USUAL.rstrip("\n"),
    "brackets": f"{{format: 1, extends: baseline.yaml, interventions: {{robots: {LIFT}}}}}",
    "JSON": '{"format": 1,\n "extends": "baseline.yaml",\n "interventions": {\n  "a": {"kind": "robot_lift"}\n }\n}\n',
    "anchors": HEAD + "  robots: &r\n    kind: robot_lift\n  twin: *r\n",
    "nothing": HEAD.replace("interventions:", "interventions: ~   # none") + "run:\n",
    "empty brackets": HEAD.replace("interventions:", "interventions: {}   # none") + "\n# end",
    "measures that are null": "format: 1\nextends: coordinated.yaml\ninterventions:\n  robots: {}\n  training:\n",
    "several files": "format: 1\nextends:\n- digital-push.yaml\n- coordinated.yaml\ninterventions: {robots: {}}\n",
    "comments": f"# a\n{HEAD}  # d\n\n  robots: # e\n    # f\n    kind: robot_lift\n    # g\n  # h\n# i\n",
    "texts in blocks": (
        "format: 1\nquestion: |+\n  en: a\n  # b\n\n\nextends: baseline.yaml\ninterventions:\n  robots:\n"
        "    kind: >-\n      robot_lift\ntitle: >\n  long\n\n   longer\n\n\n"
    ),
    "quotes": "'format': 1\n\"extends\": 'baseline.yaml'\n? interventions\n: 'robots': {'kind': \"robot_lift\"}\n",
    "names": HEAD + f"  åtgärd-ö: {LIFT}\n  数: {LIFT}\n",
    "a name twice": HEAD + f"  robots: {LIFT}\n  robots: {LIFT}\n",
    "marks of a document": f"%YAML 1.2\n--- # begin\n{HEAD}  robots: {LIFT}\n...\n# x\n",
    "tabs": HEAD.replace(": 1", ":\t1") + f"  robots: {LIFT}\t# b\n",
}
FAULTY = ("a name twice", "tabs")


def do(mix, turn: int) -> None:
    """One of many things, by turn."""
    name = mix.chosen or "robots"
    capacity = (SECTION, name, "capacity")
    deeds = (
        lambda: mix.add(KINDS["digital_uptake"], f"new-{turn}"), lambda: mix.set(capacity, 3 + turn, WHAT),
        lambda: mix.duplicate(name), lambda: mix.rename(name, f"name-{turn}"), lambda: mix.switch(name, False),
        lambda: mix.reset(capacity, WHAT), lambda: mix.remove(name),
    )  # fmt: skip
    deeds[turn % len(deeds)]()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_that_whatever_is_done_is_undone_to_the_last_byte_and_done_again(desk, qtbot, layout, tmp_path):
    content = ("\ufeff" + LAYOUTS[layout]).encode()
    path = tmp_path / "plan.yaml"
    path.write_bytes(content)
    document = desk.document
    document.open(path)
    document.settle()
    page = MeasuresPage(desk)
    page.shown()
    qtbot.addWidget(page)
    sound = []
    for turn in range(14):
        do(page.mix, turn)
        sound.append(document.settle().scenario is not None)
    assert all(sound) or layout in FAULTY
    final = document.text
    assert document.history.count() >= 6 or layout in FAULTY
    while document.history.canUndo():
        document.history.undo()
    assert document.content.encode() == content
    assert not document.dirty
    while document.history.canRedo():
        document.history.redo()
    assert document.text == final
