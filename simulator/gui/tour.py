"""The guided tour: marks over the real widgets, with a bubble of words beside each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QPushButton, QTabWidget, QVBoxLayout, QWidget

from simulator.gui.desk import Desk
from simulator.gui.files import Files
from simulator.gui.page import Page
from simulator.gui.pages import PAGES
from simulator.gui.tour_steps import SCENARIO, STEPS, Step
from simulator.quantity import Text
from simulator.scenario.files import SHIPPED

_NEXT, _BACK, _END = Text("&Next", "&Nästa"), Text("&Back", "Till&baka"), Text("&End the tour", "&Avsluta rundturen")
_DONE = Text("&Done", "&Klar")
_COUNT = Text("{at} of {all}", "{at} av {all}")
_WIDTH, _GAP, _EDGE = 360, 14, 12
_VEIL = 150
"""How dark all but the marked widget is, of 255."""


class Tour(QObject):
    """Leads through the steps whose pages the window has."""

    def __init__(self, desk: Desk, window: QMainWindow, show: Callable[[str], Page | None]) -> None:
        super().__init__(window)
        self._desk, self._window, self._show = desk, window, show
        self.overlay: Overlay | None = None
        names = {page.__name__ for page in PAGES}
        self.steps = [step for step in STEPS if step.page in names]
        self.at = 0

    def start(self, files: Files) -> None:
        """Open the scenario of the tour as a copy and begin."""
        self.end()
        if files.open(SHIPPED / f"{SCENARIO}.yaml"):
            self.overlay = Overlay(self._desk, self._window, self.go, self.end)
            self.at = 0
            self.go(0)

    def go(self, step: int) -> None:
        """Go so many steps on; past the last one the tour ends."""
        self.at = max(0, self.at + step)
        if self.overlay is None:
            return
        if self.at >= len(self.steps):
            self.end()
            return
        here = self.steps[self.at]
        page = self._show(here.page)
        self.overlay.mark(self._target(here, page), here, self.at, len(self.steps))

    def _target(self, step: Step, page: Page | None) -> QWidget:
        if not step.widget or page is None:
            return page or self._window
        within = getattr(page, step.widget, None)
        named = within if isinstance(within, QWidget) else self._window.findChild(QWidget, step.widget)
        if not isinstance(named, QWidget):
            return page
        _reveal(named)
        return named

    def end(self) -> None:
        """Leave the tour."""
        if self.overlay is not None:
            self.overlay.leave()
            self.overlay = None


def _reveal(widget: QWidget) -> None:
    """Turn to the tabs that a widget lies on."""
    inner, outer = widget, widget.parentWidget()
    while outer is not None:
        above = outer.parentWidget()
        if isinstance(above, QTabWidget) and above.indexOf(inner) >= 0:
            above.setCurrentWidget(inner)
        inner, outer = outer, above


class Overlay(QWidget):
    """Darkens the window but for one widget."""

    def __init__(self, desk: Desk, window: QWidget, go: Callable[[int], None], end: Callable[[], None]) -> None:
        super().__init__(window)
        self._desk, self._window, self._go, self._end = desk, window, go, end
        self._target: QWidget = window
        self._step: Step | None = None
        self._at = self._all = 0
        self.bubble = QFrame(self)
        self.bubble.setObjectName("bubble")
        self.bubble.setFixedWidth(_WIDTH)
        self.title, self.text, self.count = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("title")
        self.count.setObjectName("muted")
        self.after, self.before, self.stop = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self.after.clicked.connect(lambda: go(1))
        self.before.clicked.connect(lambda: go(-1))
        self.stop.clicked.connect(end)
        window.installEventFilter(self)
        desk.style_sheets.add(self)
        desk.language.follow(self, self._say)
        desk.theme.follow(self, self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(window.size())
        self.show()
        self.raise_()

    def _lay_out(self) -> None:
        self.title.setWordWrap(True)
        self.text.setWordWrap(True)
        self.after.setObjectName("chief")
        layout = QVBoxLayout(self.bubble)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addWidget(self.count)
        buttons = QHBoxLayout()
        buttons.addWidget(self.stop)
        buttons.addStretch(1)
        buttons.addWidget(self.before)
        buttons.addWidget(self.after)
        layout.addLayout(buttons)

    def mark(self, target: QWidget, step: Step, at: int, every: int) -> None:
        """Point at a widget and say what it is for."""
        self._target, self._step, self._at, self._all = target, step, at, every
        self.before.setEnabled(at > 0)
        self._say()
        self.raise_()
        self.after.setFocus()

    def _say(self) -> None:
        if self._step is None:
            return
        said = self._desk.language.said
        self.title.setText(said(self._step.title))
        self.text.setText(said(self._step.text))
        self.count.setText(said(_COUNT).format(at=self._at + 1, all=self._all))
        self.after.setText(said(_DONE if self._at + 1 == self._all else _NEXT))
        self.before.setText(said(_BACK))
        self.stop.setText(said(_END))
        self.bubble.setAccessibleName(said(self._step.title))
        self.bubble.setAccessibleDescription(said(self._step.text))
        self._place()

    def _place(self) -> None:
        layout = self.bubble.layout()
        assert layout is not None
        self.bubble.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))
        self.bubble.move(place_of(self._hole(), self.bubble.size(), self.size()))
        self.update()

    def _hole(self) -> QRect:
        corner = self._target.mapTo(self._window, QPoint(0, 0))
        return QRect(corner, self._target.size()).adjusted(-4, -4, 4, 4).intersected(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the veil and the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil, hole = QPainterPath(), QPainterPath()
        veil.addRect(QRectF(self.rect()))
        hole.addRoundedRect(QRectF(self._hole()), 8, 8)
        shade = QColor(0, 0, 0, _VEIL)
        painter.fillPath(veil.subtracted(hole), shade)
        painter.setPen(QPen(QColor(self._desk.theme.colours.accent), 3))
        painter.drawPath(hole)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows walk, Escape ends."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._end()
        elif key in steps:
            self._go(steps[key])

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 (Qt's name)
        """Keep Tab among the bubble's buttons: the window behind is under a veil."""
        buttons = [button for button in (self.stop, self.before, self.after) if button.isEnabled()]
        focused = self.focusWidget()
        at = next((place for place, button in enumerate(buttons) if button is focused), -1)
        buttons[(at + (1 if forward else -1)) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Cover the window whatever its size."""
        if watched is self._window and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.resize(self._window.size())
            self._place()
        return False

    def leave(self) -> None:
        """Let the window be as it was."""
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()


def place_of(hole: QRect, size: QSize, room: QSize) -> QPoint:
    """Where a bubble goes: right, left, below or above of what it tells about, else inside its lower right corner."""
    width, height = size.width(), size.height()
    high = min(max(_EDGE, hole.top()), room.height() - height - _EDGE)
    wide = min(max(_EDGE, hole.left()), room.width() - width - _EDGE)
    places = (
        (hole.right() + _GAP, high), (hole.left() - _GAP - width, high),
        (wide, hole.bottom() + _GAP), (wide, hole.top() - _GAP - height),
    )  # fmt: skip
    for left, top in places:
        if _EDGE <= left <= room.width() - width - _EDGE and _EDGE <= top <= room.height() - height - _EDGE:
            return QPoint(left, top)
    return QPoint(
        min(hole.right() - width - _GAP, room.width() - width - _EDGE),
        min(hole.bottom() - height - _GAP, room.height() - height - _EDGE),
    )
