"""The keys of the stage: one line each, shown as a bar of buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from simulator.gui.desk import Desk
from simulator.quantity import Text


@dataclass(frozen=True)
class StageKey:
    """A key of the stage; `deed` names what it does, "" for what the sliders do themselves."""

    deed: str
    key: Qt.Key | None
    shown: Text
    text: Text


KEYS: tuple[StageKey, ...] = (
    StageKey("", None, Text("1–9", "1–9"), Text("choose a slider", "välj reglage")),
    StageKey("", None, Text("← → ↑ ↓", "← → ↑ ↓"), Text("move (↑ ↓ finely)", "flytta (↑ ↓ fint)")),
    StageKey("predict", Qt.Key.Key_F, Text("F", "F"), Text("note a prediction", "skriv förutsägelse")),
    StageKey("reveal", Qt.Key.Key_S, Text("S", "S"), Text("show without one", "visa utan")),
    StageKey("reset", Qt.Key.Key_R, Text("R", "R"), Text("reset the sliders", "återställ reglagen")),
    StageKey("keep", Qt.Key.Key_P, Text("P", "P"), Text("keep the proposal", "spara förslaget")),
    StageKey("compare", Qt.Key.Key_C, Text("C", "C"), Text("compare", "jämför")),
    StageKey("next_group", Qt.Key.Key_N, Text("N", "N"), Text("next group", "nästa grupp")),
    StageKey("take", Qt.Key.Key_T, Text("T", "T"), Text("take into the scenario", "ta in i scenariot")),
    StageKey("leave", Qt.Key.Key_Escape, Text("Esc", "Esc"), Text("back, leave", "tillbaka, lämna")),
)
_COLUMNS = 5


class KeyBar(QFrame):
    """What each key does; a click does the same."""

    def __init__(self, desk: Desk, handlers: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("keys")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        self.buttons: dict[str, QPushButton] = {}
        for place, key in enumerate(KEYS):
            part: QWidget
            if key.deed:
                part = button = self.buttons[key.deed] = QPushButton()
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                button.clicked.connect(lambda _=False, deed=handlers[key.deed]: deed())
            else:
                part = QLabel()
            part.setObjectName("key")
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._name(part, key)
            grid.addWidget(part, place // _COLUMNS, place % _COLUMNS)

    def _name(self, part: QWidget, key: StageKey) -> None:
        assert isinstance(part, QPushButton | QLabel)
        said = self._desk.language.said
        self._desk.language.follow(part, lambda: part.setText(f"{said(key.shown)}   {said(key.text)}"))
