"""When measures work: a bar each, whose ends and whole can be dragged or moved by key, a quarter at a time."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.gui.desk import Desk
from simulator.gui.measures.axis import Axis, moved, part_at
from simulator.gui.measures.marks import colour_of, on_top_of
from simulator.gui.measures.mix import SECTION, Mix
from simulator.interventions.declaration import Measure
from simulator.quantity import Text
from simulator.scenario.editing import with_value
from simulator.scenario.moments import quarter_text

ROW, HEAD, MARGIN = 26, 24, 14
LABELS = 0.26
MOST_LABEL = 240
NAME = Text("Timeline of measures", "Tidslinje för insatser")
KEYS = Text(
    "Up and down choose a measure, left and right move it a quarter, with Shift its last quarter, with Alt its first.",
    "Upp och ned väljer insats, vänster och höger flyttar den ett kvartal, med Skift dess sista kvartal, med Alt dess "
    "första.",
)
_numbers = count()


def left_of(width: int) -> int:
    """Where the run begins on drawings of a width."""
    return min(MOST_LABEL, int(width * LABELS))


class Timeline(QWidget):
    """Draws the measures; `previewed` says that a window is being dragged."""

    previewed = Signal()

    def __init__(self, desk: Desk, mix: Mix) -> None:
        super().__init__()
        self.desk, self.mix = desk, mix
        self.windows: dict[str, tuple[int, int]] = {}
        self._drag: tuple[str, str, float, tuple[int, int]] | None = None
        self._merge = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.language.words(self, self.setAccessibleName, NAME)
        mix.refreshed.connect(self.refresh)
        mix.selected.connect(self._chosen)
        desk.language.follow(self, self._chosen)
        desk.theme.follow(self, self.update)

    # -- what is shown -------------------------------------------------------------------------------------------
    def axis(self) -> Axis | None:
        """Where quarters lie."""
        if self.mix.scenario is None:
            return None
        run, left = self.mix.scenario.run, left_of(self.width())
        return Axis(run.first, run.quarters, left, self.width() - left - MARGIN)

    def window_of(self, measure: Measure) -> tuple[int, int]:
        """First and last quarter, as dragged."""
        return self.windows.get(measure.name, (measure.start, measure.end))

    def refresh(self) -> None:
        """Show the measures as they are now."""
        if self._drag is not None and self._drag[0] not in [each.name for each in self.mix.measures]:
            self._let_go()
        if self._drag is None:
            self.windows.clear()
        self.updateGeometry()
        self.setFixedHeight(self.sizeHint().height())
        self._chosen()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As high as there are measures."""
        return QSize(480, HEAD + ROW * max(1, len(self.mix.measures)) + 4)

    def bar(self, measure: Measure) -> QRectF:
        """Where a measure's bar lies."""
        axis, row = self.axis(), [each.name for each in self.mix.measures].index(measure.name)
        assert axis is not None
        start, end = self.window_of(measure)
        left, right = axis.x(max(0, start)), axis.x(min(axis.quarters, end + 1))
        return QRectF(left, HEAD + ROW * row + 3, max(3.0, right - left), ROW - 6)

    def _chosen(self) -> None:
        said, scenario, measure = self.desk.language.said, self.mix.scenario, self.mix.measure
        now = ""
        if scenario is not None and measure is not None:
            start, end = (quarter_text(scenario.run.first + at) for at in self.window_of(measure))
            now = f"{measure.name}: {start}–{end}. "
        self.setAccessibleDescription(now + said(KEYS))
        self.update()

    # -- drawing -------------------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw years, names and bars."""
        axis, colours = self.axis(), self.desk.theme.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.surface))
        if axis is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_years(painter, axis, QColor(colours.line), QColor(colours.muted), self.height())
        for row, measure in enumerate(self.mix.measures):
            self._draw_name(painter, axis, row, measure)
            self._draw_bar(painter, measure)

    def _draw_name(self, painter: QPainter, axis: Axis, row: int, measure: Measure) -> None:
        colours = self.desk.theme.colours
        line = QRectF(0, HEAD + ROW * row, self.width(), ROW)
        if measure.name == self.mix.chosen:
            ground = QColor(colours.accent)
            ground.setAlpha(40)
            painter.fillRect(line, ground)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.accent), 2))
                painter.drawRect(line.adjusted(1, 1, -2, -2))
        painter.setPen(QColor(colours.text if measure.active else colours.muted))
        space = axis.left - 14
        text = painter.fontMetrics().elidedText(
            f"{measure.kind.code} {measure.name}", Qt.TextElideMode.ElideRight, int(space)
        )
        painter.drawText(QRectF(6, line.top(), space, ROW), Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_bar(self, painter: QPainter, measure: Measure) -> None:
        colours, bar = self.desk.theme.colours, self.bar(measure)
        colour = colour_of(colours, measure.kind.priority)
        chosen = measure.name == self.mix.chosen
        painter.setPen(QPen(QColor(colours.text if chosen else colours.surface), 2 if chosen else 1))
        painter.setBrush(QBrush(colour) if not measure.idle else QBrush(colour, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(bar, 3, 3)
        start, end = self.window_of(measure)
        assert self.mix.scenario is not None
        first, last = (quarter_text(self.mix.scenario.run.first + at) for at in (start, end))
        text = first if measure.kind.once else f"{first}–{last}"
        if measure.idle:
            text += f" ({self.desk.language.said(Text('off', 'av'))})"
        wide = painter.fontMetrics().horizontalAdvance(text) + 12
        painter.setPen(on_top_of(colours, colour) if not measure.idle else QColor(colours.text))
        place = bar.adjusted(6, 0, -4, 0)
        if wide > bar.width() or measure.idle:
            painter.setPen(QColor(colours.text))
            right = bar.right() + wide + 4 < self.width()
            place = QRectF(bar.right() + 5 if right else bar.left() - wide - 3, bar.top(), wide, bar.height())
            if measure.idle and wide <= bar.width():
                place = bar.adjusted(6, 2, -4, -2)
                painter.fillRect(
                    QRectF(place.left() - 3, place.top(), wide - 4, place.height()), QColor(colours.surface)
                )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    # -- pointer -------------------------------------------------------------------------------------------------
    def _at(self, place: QPointF) -> tuple[Measure | None, str]:
        row = int((place.y() - HEAD) // ROW)
        if place.y() < HEAD or row >= len(self.mix.measures):
            return None, ""
        measure = self.mix.measures[row]
        bar = self.bar(measure)
        part = part_at(place.x(), bar.left(), bar.right())
        return measure, "both" if part and measure.kind.once else part

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Take hold of a bar, or choose a line."""
        measure, part = self._at(event.position())
        if measure is None:
            return
        self.mix.choose(measure.name)
        if part and event.button() == Qt.MouseButton.LeftButton:
            self._drag = (measure.name, part, event.position().x(), self.window_of(measure))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Show where the bar would go."""
        if self._drag is None:
            _, part = self._at(event.position())
            shapes = {"": Qt.CursorShape.ArrowCursor, "both": Qt.CursorShape.OpenHandCursor}
            self.setCursor(shapes.get(part, Qt.CursorShape.SizeHorCursor))
            return
        axis = self.axis()
        assert axis is not None
        name, part, from_x, window = self._drag
        by = round(axis.quarter(event.position().x()) - axis.quarter(from_x))
        self.windows[name] = moved(window, part, by, axis.quarters)
        self._chosen()
        self.previewed.emit()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Write where the bar is."""
        if self._drag is None:
            return
        name, _, _, window = self._drag
        self._drag = None
        if self.windows.get(name, window) != window:
            self._write(name, window, f"drag {next(_numbers)}")

    def _let_go(self) -> None:
        """Leave the bar that is held where it was."""
        self._drag = None
        self.windows.clear()
        self._chosen()
        self.previewed.emit()

    # -- keys ----------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Choose a measure, or move it; Escape gives a drag up."""
        measure, axis, key = self.mix.measure, self.axis(), event.key()
        rows = [each.name for each in self.mix.measures]
        step = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}.get(key, 0)
        by = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}.get(key, 0)
        if key == Qt.Key.Key_Escape.value and self._drag is not None:
            self._let_go()
        elif step and measure is not None:
            self.mix.choose(rows[min(max(rows.index(measure.name) + step, 0), len(rows) - 1)])
            self._merge = ""
        elif by and measure is not None:
            held, window = event.modifiers(), self.window_of(measure)
            shift, alt = (
                bool(held & each) for each in (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)
            )
            part = "both" if measure.kind.once else "end" if shift else "start" if alt else "both"
            assert axis is not None
            self.windows[measure.name] = moved(window, part, by, axis.quarters)
            self._merge = self._merge or f"keys {next(_numbers)}"
            if self.windows[measure.name] != window:
                self._write(measure.name, window, self._merge)
        else:
            super().keyPressEvent(event)

    def _write(self, name: str, before: tuple[int, int], merge: str) -> None:
        """Write the ends that are not where they were."""
        assert self.mix.scenario is not None
        first = self.mix.scenario.run.first
        now = self.windows[name]
        once = any(each.name == name and each.kind.once for each in self.mix.measures)
        ends = {"start": (before[0], now[0])} | ({} if once else {"end": (before[1], now[1])})

        def edit(text: str) -> str:
            for key, (old, new) in ends.items():
                if old != new:
                    text = with_value(text, (SECTION, name, key), quarter_text(first + new))
            return text

        if not self.mix.change(Text(f"move {name}", f"flytta {name}"), edit, merge):
            self.windows.pop(name, None)
        self._chosen()
        self.previewed.emit()


def draw_years(painter: QPainter, axis: Axis, line: QColor, words: QColor, height: float) -> None:
    """Lines at the turns of years with their numbers above."""
    for year, x in axis.years():
        painter.setPen(QPen(line, 1))
        painter.drawLine(QPointF(x, HEAD - 6), QPointF(x, height))
        painter.setPen(words)
        painter.drawText(QRectF(x + 3, 2, 60, HEAD - 6), Qt.AlignmentFlag.AlignVCenter, str(year))
