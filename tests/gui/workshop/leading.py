"""What the leader of a workshop does, all by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

PLAN = """\
format: 1
extends: baseline.yaml
run: {scale: 0.05, years: 2}   # small
governance: {mapping: 0.4, joint_targets: 0.4, shared_data: 0.4, cross_county: 0.4}
interventions:
  robots:
    kind: robot_lift
    capacity: 12   # per quarter
"""
CAPACITY = "interventions.robots.capacity"
WAIT = 60_000
KEY = Qt.Key


def press(stage, *keys):
    for key in keys:
        QTest.keyClick(stage.focusWidget() or stage, key)


def ready(qtbot, stage):
    qtbot.waitUntil(lambda: stage.session.ready and stage.desk.live.bands.enough, timeout=WAIT)


def predict(stage, *numbers):
    press(stage, KEY.Key_F)
    for field, number in zip(stage.prediction.numbers.values(), numbers, strict=False):
        field.setFocus()
        QTest.keyClicks(field, number)
    QTest.keyClick(field, KEY.Key_Return)


def keep(qtbot, stage, name=""):
    ready(qtbot, stage)
    press(stage, KEY.Key_P)
    if name:
        stage.naming.name.setText(name)
    QTest.keyClick(stage.naming.name, KEY.Key_Return)
