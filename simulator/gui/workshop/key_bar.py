"""The keys of the stage: one line each, shown as a bar of buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from simulator.gui.desk import Desk
from simulator.quantity import Text

_NO_HELP = Text("", "")
_MOVES = Text(
    "A number chooses a slider; left and right move it far, up and down a little",
    "En siffra väljer reglage; vänster och höger flyttar långt, upp och ner lite",
)


@dataclass(frozen=True)
class StageKey:
    """A key of the stage; `deed` names what it does, "" for what the sliders do themselves."""

    deed: str
    key: Qt.Key | None
    shown: Text
    text: Text
    help: Text = _NO_HELP


KEYS: tuple[StageKey, ...] = (
    StageKey("", None, Text("1–9 ←→ ↑↓", "1–9 ←→ ↑↓"), Text("sliders", "reglage"), _MOVES),
    StageKey("predict", Qt.Key.Key_F, Text("F", "F"), Text("note a prediction", "skriv förutsägelse")),
    StageKey("reveal", Qt.Key.Key_S, Text("S", "S"), Text("show without one", "visa utan")),
    StageKey("reset", Qt.Key.Key_R, Text("R", "R"), Text("reset the sliders", "återställ reglagen")),
    StageKey("undo", Qt.Key.Key_Z, Text("Z", "Z"), Text("undo a move", "ångra en flytt")),
    StageKey("keep", Qt.Key.Key_P, Text("P", "P"), Text("keep the proposal", "spara förslaget")),
    StageKey("switch_mode", Qt.Key.Key_L, Text("L", "L"), Text("difference or level", "skillnad eller nivå")),
    StageKey("compare", Qt.Key.Key_C, Text("C", "C"), Text("compare", "jämför")),
    StageKey("next_group", Qt.Key.Key_N, Text("N", "N"), Text("next group", "nästa grupp")),
    StageKey("take", Qt.Key.Key_T, Text("T", "T"), Text("take into the scenario", "ta in i scenariot")),
    StageKey("full_screen", Qt.Key.Key_F11, Text("F11", "F11"), Text("full screen", "helskärm")),
    StageKey("leave", Qt.Key.Key_Escape, Text("Esc", "Esc"), Text("back, leave", "tillbaka, lämna")),
)
_COLUMNS = 6


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
        self._desk.language.words(part, part.setToolTip, key.help)
        self._desk.language.follow(part, lambda: part.setText(f"{said(key.shown)}   {said(key.text)}"))
