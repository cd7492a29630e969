"""One value in a form: name, editor, unit, way back to the default, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton

from simulator.gui.desk import Desk
from simulator.gui.measures.editors import Editor, Factory
from simulator.gui.measures.mix import Mix, Steps
from simulator.gui.theme import Colours
from simulator.quantity import Text

RESET = Text("Take back what is written here", "Ta bort det som är skrivet här")


@dataclass(frozen=True)
class Spec:
    """What a row is about.

    steps  path in the scenario      value   what stands there now, None for nothing
    told   explanation as rich text  default what counts where nothing is written
    unit   key of UNITS
    """

    steps: Steps
    label: Text
    told: Text
    editor: Factory
    value: Callable[[], Any]
    unit: str = "1"
    default: Any = None


class Row(QObject):
    """The widgets of one value; `attended` says that somebody looks at it."""

    attended = Signal(object)

    def __init__(self, desk: Desk, mix: Mix, spec: Spec, grid: QGridLayout, line: int, warns: bool = True) -> None:
        super().__init__(grid.parent())
        self.desk, self.mix, self.spec, self._warns = desk, mix, spec, warns
        self.label, self.unit, self.fault = QLabel(), QLabel(), QLabel()
        self.reset = QToolButton()
        self.editor: Editor = spec.editor()
        words = desk.language.words
        words(self.label, self.label.setText, spec.label)
        self.label.setWordWrap(True)
        desk.language.follow(self.unit, lambda: self.unit.setText(desk.language.unit(spec.unit)))
        tinted(desk, self.unit, lambda colours: colours.muted)
        self._apply(spec)
        self.fault.setWordWrap(True)
        self.fault.hide()
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.label, line, 0)
        grid.addWidget(self.editor, line, 1)
        grid.addWidget(self.unit, line, 2)
        grid.addWidget(self.reset, line, 3, top)
        grid.addWidget(self.fault, line + 1, 0, 1, 4)
        self._told: Text | None = None
        self.editor.entered.connect(self._enter)
        self.editor.unreadable.connect(self._refuse)
        self.editor.given_up.connect(self.refresh)
        desk.language.follow(self.fault, self._say)
        desk.theme.follow(self.fault, self._say)
        self.refresh()

    def _apply(self, spec: Spec) -> None:
        """Names for those who do not see, explanations for those who stop at a widget."""
        words = self.desk.language.words
        self.reset.setText("↺")
        self.reset.setAutoRaise(True)
        words(self.reset, self.reset.setToolTip, RESET)
        words(
            self.reset,
            self.reset.setAccessibleName,
            Text(f"{RESET.en}: {spec.label.en}", f"{RESET.sv}: {spec.label.sv}"),
        )
        self.reset.clicked.connect(lambda: self.mix.reset(spec.steps, spec.label))
        for part in self.editor.parts:
            if not part.accessibleName():
                words(part, part.setAccessibleName, spec.label)
            words(part, part.setAccessibleDescription, spec.told)
            part.installEventFilter(self)
        for widget in (self.label, self.editor, *self.editor.parts):
            words(widget, widget.setToolTip, spec.told)
        self.label.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Notice when the keyboard or the pointer comes here."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.Enter):
            self.attended.emit(self.spec.told)
        return super().eventFilter(watched, event)

    def refresh(self) -> None:
        """Show what the scenario says, and what is wrong with it."""
        problems = list(self.mix.problems(self.spec.steps))
        sound = self.mix.document.check.scenario is not None
        if sound and not self._warns:
            problems = []
        if sound or not problems:
            self.editor.show_value(self.spec.value())
        elif not any(part.hasFocus() for part in self.editor.parts):
            self.editor.show_faulty(self.mix.written(self.spec.steps))
        own = self.mix.is_own(self.spec.steps) or (bool(problems) and not sound)
        self.reset.setEnabled(own)
        font = self.label.font()
        font.setBold(own)
        self.label.setFont(font)
        self._told = problems[0].message if problems else None
        if problems and problems[0].allowed.en:
            message, allowed = problems[0].message, problems[0].allowed
            self._told = Text(f"{message.en}; {allowed.en}", f"{message.sv}; {allowed.sv}")
        self._say()

    def _enter(self, value: Any) -> None:
        self._told = None
        self._say()
        steps = self.spec.steps
        if value is None and self.spec.default is None and self.mix.is_own(steps):
            done = self.mix.reset(steps, self.spec.label)
        else:
            done = self.mix.set(steps, value, self.spec.label, merge=".".join(steps) if self.editor.stepping else "")
        if not done:
            self.refresh()

    def _refuse(self, why: Text) -> None:
        self._told = why
        self._say()

    def _say(self) -> None:
        self.fault.setVisible(self._told is not None)
        if self._told is not None:
            colours = self.desk.theme.colours
            warning = self.mix.document.check.scenario is not None and any(self.mix.problems(self.spec.steps))
            self.fault.setStyleSheet(f"color: {colours.warning if warning else colours.error}")
            mark = "⚠ " if warning else "✖ "
            self.fault.setText(mark + self.desk.language.said(self._told))


def tinted(desk: Desk, label: QLabel, colour: Callable[[Colours], str]) -> None:
    """Give a label one of the theme's colours."""
    desk.theme.follow(label, lambda: label.setStyleSheet(f"color: {colour(desk.theme.colours)}"))
