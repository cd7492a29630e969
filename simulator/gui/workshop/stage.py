"""The stage of a workshop: a screen of its own with chosen sliders and charts in letters to be read across a room."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from simulator.gui.charts.words import CONDITION
from simulator.gui.desk import Desk
from simulator.gui.elided_label import ElidedLabel
from simulator.gui.live.state import state_text
from simulator.gui.passing_message import PassingMessage
from simulator.gui.style import sheet
from simulator.gui.theme import Colours
from simulator.gui.workshop.comparison import Comparison
from simulator.gui.workshop.key_bar import KEYS, KeyBar
from simulator.gui.workshop.prompts import NamePanel, PredictionPanel
from simulator.gui.workshop.record_file import RecordFile
from simulator.gui.workshop.session import WorkshopSession
from simulator.gui.workshop.stage_card import StageCard
from simulator.gui.workshop.stage_slider import StageSlider
from simulator.quantity import Text

_TITLE = Text("Workshop", "Workshop")
_INTERVAL = Text(
    "Line: median; band and interval: the middle 90 % of the runs.",
    "Linje: median; band och intervall: de mittersta 90 % av körningarna.",
)
_LINES = 36
"""How many lines of letters are as high as the screen: letters of 3 cm on a picture 1.1 m high."""
_SMALLEST = 13
_CROWDED = {1: 1.0, 2: 0.9}
_MOST_CROWDED = 0.78
_KEYS_SIZE, _NOTICE_SIZE, _COMPARED = 0.72, 0.68, 0.8


class Stage(QWidget):
    """A window for a workshop under way.

    left  everybody has left it
    """

    left = Signal()

    def __init__(self, desk: Desk, record_file: RecordFile, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setObjectName("stage")
        self.desk = desk
        self.session = WorkshopSession(desk, record_file, self)
        session = self.session
        self.group, self.scenario, self.state = ElidedLabel(), ElidedLabel(), QLabel()
        self.message, self.notice = PassingMessage(desk, _loud), QLabel()
        self.sliders = [
            StageSlider(desk, handle, number, session.starts[key])
            for number, (key, handle) in enumerate(session.handles.items(), 1)
        ]
        self._chosen = next(iter(self.sliders), None)
        self.cards = [StageCard(desk, session, name) for name in session.charts]
        self.prediction, self.naming = PredictionPanel(desk, session.charts), NamePanel(desk)
        self.comparison = Comparison(desk, session)
        self.stack, self.charts = QStackedWidget(), QWidget()
        self.keys = KeyBar(desk, self._handlers())
        self._letters, self._over = 0, False
        self._lay_out()
        self._connect()
        desk.language.words(self, self.setWindowTitle, _TITLE)
        desk.language.follow(self, self._retranslate)
        desk.theme.follow(self, self._restyle)
        self.refresh()

    def _lay_out(self) -> None:
        self.group.setObjectName("title")
        for label in (self.scenario, self.notice):
            label.setObjectName("muted")
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = QHBoxLayout()
        top.addWidget(self.group)
        top.addWidget(self.scenario, 1)
        top.addWidget(self.state)
        grid = QGridLayout(self.charts)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, card in enumerate(self.cards):
            across = 1 if len(self.cards) < 3 else 2
            grid.addWidget(card, place // across, place % across)
        for part in (self.charts, self.prediction, self.naming, self.comparison):
            self.stack.addWidget(part)
        self.panel = self._slider_panel()
        middle = QHBoxLayout()
        middle.addWidget(self.panel, 3)
        middle.addWidget(self.stack, 7)
        self.notice.setWordWrap(True)
        self.notice.setObjectName("notice")
        self.message.setObjectName("message")
        self.message.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.addLayout(top)
        column.addLayout(middle, 1)
        for part in (self.keys, self.message, self.notice):
            column.addWidget(part)

    def _slider_panel(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(5)
        for slider in self.sliders:
            column.addWidget(slider)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        return area

    def _connect(self) -> None:
        session = self.session
        session.changed.connect(self.refresh)
        session.told.connect(self.message.tell)
        self.desk.live.told.connect(self.message.tell)
        session.record_file.told.connect(self.message.tell)
        self.prediction.noted.connect(self._noted)
        self.naming.named.connect(self._named)
        for panel in (self.prediction, self.naming):
            panel.cancelled.connect(self.back)
        for slider in self.sliders:
            slider.moved.connect(session.move)
            slider.focused.connect(lambda slider=slider: self._choose(slider))

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        session = self.session
        return {
            "predict": self._predict, "reveal": session.reveal, "reset": session.reset, "undo": session.undo,
            "keep": self._keep, "switch_mode": session.switch_mode, "compare": self._compare,
            "next_group": session.next_group, "take": session.take, "full_screen": self._fill_or_not,
            "leave": self.leave,
        }  # fmt: skip

    # -- what is shown -------------------------------------------------------------------------------------------
    @property
    def asking(self) -> bool:
        """Whether letters are words now, not keys."""
        return self.stack.currentWidget() in (self.prediction, self.naming)

    def refresh(self) -> None:
        """Show how things stand."""
        positions = self.session.positions
        for slider in self.sliders:
            slider.setEnabled(slider.handle.key in positions)
            if slider.isEnabled():
                slider.show_value(positions[slider.handle.key])
        for card in self.cards:
            card.refresh()
        if self.stack.currentWidget() is self.comparison:
            self.comparison.refresh()
        said = self.desk.language.said
        self.group.setText(self.session.group_name)
        self.scenario.setText(self.desk.live.name)
        self.state.setText(said(state_text(self.desk.live)))

    def show_part(self, part: QWidget) -> None:
        """Show the charts, or what is asked, or the comparison, which takes the sliders' room, too."""
        self.stack.setCurrentWidget(part)
        self.panel.setVisible(part is not self.comparison)
        for deed, button in self.keys.buttons.items():
            button.setEnabled(deed == "leave" or not self.asking)

    def back(self) -> None:
        """To sliders and charts."""
        chosen = self._chosen  # what is hidden hands the keyboard to whatever comes next
        self.show_part(self.charts)
        (self if chosen is None else chosen.slider).setFocus()
        self.refresh()

    def _choose(self, slider: StageSlider) -> None:
        self._chosen = slider
        self.panel.ensureWidgetVisible(slider, 0)

    # -- what is done --------------------------------------------------------------------------------------------
    def _predict(self) -> None:
        if self.session.may_predict():
            self.show_part(self.prediction)
            self.prediction.ask(self.session.group_name)

    def _noted(self, values: Mapping[str, float]) -> None:
        self.session.predict(values)
        self.back()

    def _keep(self) -> None:
        if self.session.may_keep():
            self.show_part(self.naming)
            self.naming.ask(self.session.free_name)

    def _named(self, name: str) -> None:
        if self.session.keep(name):
            self.back()

    def _compare(self) -> None:
        if self.stack.currentWidget() is self.comparison:
            self.back()
        else:
            self.show_part(self.comparison)
            self.comparison.open()

    def _fill_or_not(self) -> None:
        """Leave full screen, or go back to it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def leave(self) -> None:
        """Back to the charts; from there, back to the window. All that was said is kept."""
        if self.stack.currentWidget() is self.charts:
            self.close()
        else:
            self.back()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Do what the key stands for; while something is asked, only Esc is a key."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if self.asking or not plain:
            super().keyPressEvent(event)
            return
        deed = next((key.deed for key in KEYS if key.key == event.key()), "")
        number = event.key() - int(Qt.Key.Key_1)
        if deed:
            self._handlers()[deed]()
        elif 0 <= number < len(self.sliders):
            self.back()
            self.sliders[number].slider.setFocus()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """What is said stands in the place of the notice, so that nothing else moves."""
        if watched is self.message and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.notice.setVisible(event.type() == QEvent.Type.Hide)
        return super().eventFilter(watched, event)

    # -- looks ---------------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Letters grow with the screen."""
        super().resizeEvent(event)
        letters = max(_SMALLEST, self.height() // _LINES)
        if letters != self._letters:
            self._letters = letters
            self._restyle()

    def _restyle(self) -> None:
        if not self._letters:
            return
        size = self._letters
        colours = self.desk.theme.colours
        ordinary = sheet(colours, self.desk.font_size.points)
        self.setStyleSheet(ordinary + stage_sheet(colours, size, self.logicalDpiY()))
        small = round(size * _CROWDED.get(len(self.cards), _MOST_CROWDED))
        font = QFont(self.font())
        font.setPixelSize(round(small * 0.85))
        for card in self.cards:
            card.setStyleSheet(
                f"QLabel {{ font-size: {small}px; }} QLabel#title {{ font-size: {round(1.2 * small)}px; }}"
            )
            card.set_letters(font)
        self.comparison.setStyleSheet(f"* {{ font-size: {round(size * _COMPARED)}px; }}")
        font.setPixelSize(round(size * _COMPARED))
        self.comparison.set_letters(font)

    def _retranslate(self) -> None:
        said = self.desk.language.said
        self.notice.setText(f"{said(_INTERVAL)} {said(CONDITION)}")
        self.refresh()

    # -- the end -------------------------------------------------------------------------------------------------
    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """End the workshop; the scenario is what it was, and all that was said is kept."""
        if not self._over:
            self._over = True
            self.desk.live.told.disconnect(self.message.tell)
            self.session.record_file.told.disconnect(self.message.tell)
            self.session.end()
            self.left.emit()
        event.accept()


def _loud(colours: Colours) -> str:
    return f"color: {colours.accent}; font-weight: 600"


def stage_sheet(colours: Colours, pixels: int, dots: int) -> str:
    """The window's style sheet in letters of so many pixels, with sliders and keys to match."""
    groove, knob = max(4, pixels // 4), max(12, round(pixels * 0.9))
    return f"""{sheet(colours, pixels * 72 / dots)}
QWidget#stage {{ background: {colours.ground}; }}
QFrame#card, QStackedWidget, QScrollArea {{ border: none; }}
QLabel#title {{ min-height: {round(1.6 * pixels)}px; }}
QLabel#notice {{ font-size: {round(pixels * _NOTICE_SIZE)}px; color: {colours.muted}; }}
QLabel#message {{ font-size: {round(pixels * _KEYS_SIZE)}px; }}
QLabel#key, QPushButton#key {{ font-size: {round(pixels * _KEYS_SIZE)}px; text-align: left; padding: 3px 8px;
    background: {colours.raised}; border: 1px solid {colours.line}; border-radius: 5px; color: {colours.text}; }}
QPushButton#key:hover {{ border-color: {colours.accent}; }}
QPushButton#key:disabled {{ color: {colours.muted}; }}
QSlider::groove:horizontal {{ height: {groove}px; background: {colours.line}; border-radius: {groove // 2}px; }}
QSlider::sub-page:horizontal {{ background: {colours.accent}; border-radius: {groove // 2}px; }}
QSlider::handle:horizontal {{ width: {knob}px; height: {knob}px; margin: {-(knob - groove) // 2}px 0;
    background: {colours.text}; border-radius: {knob // 2}px; }}
QSlider:horizontal {{ min-height: {knob + 6}px; }}
"""
