"""One indicator by county, size or another dimension: a small picture for each cell, all on one scale."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea

from simulator.gui.charts.chart import Chart, Row
from simulator.gui.charts.drawing import (
    LEFT,
    RIGHT,
    ChoiceDrawing,
    Frame,
    bold,
    line_height,
    room_for,
    round_ticks,
    smaller,
    write,
)
from simulator.gui.charts.fan import DIFFERENCE, LEVEL, years_of
from simulator.gui.charts.options import Options
from simulator.gui.charts.reading import cells_by, dimensions_of, geography_of, over_time
from simulator.gui.charts.unknown import why
from simulator.gui.charts.words import (
    BASELINE_WORD,
    DIFFERENCE_WORD,
    FEW_RUNS,
    NOT_DETECTABLE,
    SCENARIO,
    amount,
    cell_text,
    dimension_text,
    title_of,
    unit_words,
)
from simulator.gui.desk import Desk
from simulator.gui.live.bands import BASELINE, POLICY, Band
from simulator.quantity import Text

_BY = Text("By", "Efter")
_CHOOSE = Text(
    "Click a picture to see its group alone; or choose it with the arrow keys and press Enter.",
    "Klicka på en bild för att se gruppen ensam; eller välj den med piltangenterna och tryck retur.",
)
_NONE = Text("This indicator is known for the whole region only.", "Indikatorn finns bara för hela regionen.")
_PANEL, _GAP = QSize(170, 112), 14.0
_AXIS = 46.0
_TICKS = 3
_ONE_ROW = 4
_MOST_ROOM = 1.9
_LEVELS = Text("— the scenario  - - its baseline", "— scenariot  - - dess basfall")
_CELL, _QUARTER = Text("cell", "grupp"), Text("quarter", "kvartal")
HIDDEN = ("municipality",)
"""Dimensions with too many parts for small pictures: the map shows them."""


class BreakdownChart(Chart):
    """Small multiples. `by` is the dimension; what an indicator is not broken down by is not offered."""

    NAME = Text("By group", "Efter grupp")
    HELP = Text("One indicator by county, size, industry", "En indikator efter län, storlek, bransch")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.by, self.mode = "county", DIFFERENCE
        self._cells: tuple[str, ...] = ()
        self._shown: list[tuple[Band, ...]] = []
        self._places: list[QRectF] = []
        self.options = Options(desk, dimension_text)
        self.options.chosen.connect(self.set_by)
        row = QHBoxLayout()
        self._label = QLabel()
        desk.language.words(self._label, self._label.setText, _BY)
        desk.language.words(self.options, self.options.setAccessibleName, _BY)
        row.addWidget(self._label)
        row.addWidget(self.options)
        row.addStretch(1)
        self.column.insertLayout(1, row)
        self.pointed_at = -1
        self.drawing = ChoiceDrawing(desk, self._paint, _PANEL)
        self.drawing.clicked.connect(self._clicked)
        self.drawing.stepped.connect(self._step)
        self.drawing.taken.connect(self._take)
        self.view = QScrollArea()
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setWidgetResizable(True)
        self.view.setFrameShape(QScrollArea.Shape.NoFrame)
        for setter, text in ((self.drawing.setAccessibleName, self.NAME), (self.drawing.setToolTip, _CHOOSE)):
            desk.language.words(self.drawing, setter, text)
        self.view.setWidget(self.drawing)
        self.column.addWidget(self.view, 1)
        desk.language.follow(self, self.say)

    def set_by(self, dimension: str) -> None:
        """Break down by another dimension."""
        self.by = dimension
        self.refresh()

    def set_mode(self, mode: str) -> None:
        """Show differences to the baseline, or levels of both."""
        self.mode = mode
        self.refresh()

    def refresh(self) -> None:
        """Read the cells and draw them."""
        if self.result is None or self.declared is None:
            self._cells, self._shown = (), []
        else:
            bands = self.result.bands
            known = tuple(name for name in dimensions_of(bands, self.indicator) if name not in HIDDEN)
            self.options.offer(known, self.by)
            by = self.by if self.by in known else next(iter(known), "")
            self._read(cells_by(bands, self.indicator, by))
        self._fit_height()
        self.drawing.update()
        self.say()

    def _read(self, cells: tuple[str, ...]) -> None:
        """Read what is known; a cell that the indicator does not cover is left out."""
        assert self.result is not None
        places = [(self.indicator, cell) for cell in cells]
        arms = (DIFFERENCE,) if self.mode == DIFFERENCE else (POLICY, BASELINE)
        read = zip(*(over_time(self.result.bands, places, arm) for arm in arms), strict=True) if cells else ()
        known = [(cell, bands) for cell, bands in zip(cells, read, strict=True) if bands[0].runs.any()]
        if (cells_now := tuple(cell for cell, _ in known)) != self._cells:
            self._cells, self.pointed_at = cells_now, -1
        self._shown = [bands for _, bands in known]

    def set_moment(self, entry: int) -> None:
        """Move the line."""
        self.moment = entry
        self.drawing.update()
        self.say()

    def say(self) -> None:
        """Title, and how many groups differ."""
        indicator, said = self.declared, self.desk.language.said
        if self.result is None or indicator is None:
            self.tell_nothing_yet()
            return
        what = said(DIFFERENCE_WORD) if self.mode == DIFFERENCE else said(_LEVELS)
        if not self._cells:
            self.tell(f"<b>{said(title_of(indicator))}</b> · {what}", said(_NONE))
            return
        unit = unit_words(self.desk.language, indicator, self.mode == DIFFERENCE)
        sure = sum(bool(bands[0].detectable[self.entry]) for bands in self._shown)
        count, quarter = len(self._cells), self.quarter
        told = Text(f"{quarter}: a detectable difference in {sure} of {count} groups",
                    f"{quarter}: påvisbar skillnad i {sure} av {count} grupper")  # fmt: skip
        if not any(bands[0].told[self.entry] for bands in self._shown):
            told = Text(f"{quarter}: {FEW_RUNS.en}", f"{quarter}: {FEW_RUNS.sv}")
        readout = said(told) if self.mode == DIFFERENCE else quarter
        self.tell(f"<b>{said(title_of(indicator))}</b> · {what} · {unit}", readout)

    def rows(self) -> list[Row]:
        """Each cell and quarter."""
        if self.result is None:
            return []
        said, where = self.desk.language.said, geography_of(self.result.scenario)
        names = ("",) if self.mode == DIFFERENCE else tuple(f" {said(arm)}" for arm in (SCENARIO, BASELINE_WORD))
        ends = [f"{end}{name}" for name in names for end in ("p05", "p50", "p95", "n")]
        found: list[Row] = [[said(_CELL), said(_QUARTER), *ends]]
        for cell, bands in zip(self._cells, self._shown, strict=True):
            for at, quarter in enumerate(self.result.bands.quarters):
                values = [float(part[at]) for one in bands for part in (one.low, one.middle, one.high, one.runs)]
                found.append([said(cell_text(cell, where)), quarter, *values])
        return found

    # -- painting ------------------------------------------------------------------------------------------------
    def _grid(self, width: float, height: float) -> tuple[int, int]:
        """Columns and rows: as square as the room allows."""
        count = max(1, len(self._cells))
        most = max(1, int((width - _AXIS) // _PANEL.width()))
        shape = math.ceil(math.sqrt(count * (width / _MOST_ROOM) / max(height, 1)))
        columns = count if count <= min(most, _ONE_ROW) else max(1, min(count, most, shape))
        return columns, math.ceil(count / columns)

    def _fit_height(self) -> None:
        view = self.view.viewport().size()
        _, rows = self._grid(view.width(), view.height())
        self.drawing.setMinimumHeight(rows * _PANEL.height())

    def _paint(self, painter: QPainter, area: QRectF) -> None:
        self._places = []
        if not self._shown or self.result is None or self.declared is None:
            return
        columns, rows = self._grid(area.width(), area.height())
        ends = [part for bands in self._shown for band in bands for part in (band.low, band.high)]
        up = room_for(ends, self.mode == DIFFERENCE, 10.0**-self.declared.decimals)
        years = years_of(self.result.bands.quarters)
        wide, high = (area.width() - _AXIS) / columns, area.height() / rows
        for at, bands in enumerate(self._shown):
            row, column = divmod(at, columns)
            panel = QRectF(_AXIS + column * wide, row * high, wide - _GAP, high - _GAP / 2)
            self._places.append(panel)
            last = at + columns >= len(self._shown)
            self._panel(painter, panel, at, Frame(self._inside(painter, panel), (years[0], years[-1]), up), bands)
            self._scales(painter, panel, up, column == 0, last)

    def _inside(self, painter: QPainter, panel: QRectF) -> QRectF:
        line = line_height(painter)
        return panel.adjusted(0, 2.1 * line, 0, -1.2 * line)

    def _panel(self, painter: QPainter, panel: QRectF, at: int, frame: Frame, bands: tuple[Band, ...]) -> None:
        colours, language = self.desk.theme.colours, self.desk.language
        assert self.declared is not None
        assert self.result is not None
        where = geography_of(self.result.scenario)
        line, font = line_height(painter), painter.font()
        painter.setFont(bold(font))
        name = language.said(cell_text(self._cells[at], where))
        write(painter, QRectF(panel.left(), panel.top(), panel.width(), line), name, colours.text, LEFT)
        painter.setFont(smaller(font))
        second = QRectF(panel.left(), panel.top() + line, panel.width(), line)
        write(
            painter,
            second,
            self._value(self._cells[at], bands),
            colours.text if self._sure(bands[0]) else colours.muted,
            LEFT,
        )
        painter.setFont(font)
        years = years_of(self.result.bands.quarters)
        marked = at == self.pointed_at and self.drawing.hasFocus()
        painter.setPen(QPen(QColor(colours.accent), 2) if marked else QPen(QColor(colours.line), 1))
        painter.drawRect(frame.area)
        if self.mode == DIFFERENCE:
            painter.setPen(QPen(QColor(colours.text), 1))
            zero = frame.y(0)
            painter.drawLine(QPointF(frame.area.left(), zero), QPointF(frame.area.right(), zero))
        hues = (colours.series[0], colours.muted)
        styles = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
        for band, hue, style in zip(bands, hues, styles, strict=False):
            if band.runs.max(initial=0) > 1:
                frame.ribbon(painter, years, band, hue)
            painter.setPen(QPen(QColor(hue), 1.8, style))
            painter.drawPath(frame.path(years, band.middle))
        painter.setPen(QPen(QColor(colours.accent), 1, Qt.PenStyle.DotLine))
        x = frame.x(years[self.entry])
        painter.drawLine(QPointF(x, frame.area.top()), QPointF(x, frame.area.bottom()))

    def _sure(self, band: Band) -> bool:
        return self.mode == LEVEL or bool(band.detectable[self.entry])

    def _value(self, cell: str, bands: tuple[Band, ...]) -> str:
        assert self.declared is not None
        assert self.result is not None
        language, band = self.desk.language, bands[0]
        middle = float(band.middle[self.entry])
        if math.isnan(middle):
            what = DIFFERENCE if self.mode == DIFFERENCE else POLICY
            return language.said(why(self.result.bands, self.indicator, cell, self.entry, what))
        if not self._sure(band) and band.told[self.entry]:
            return language.said(NOT_DETECTABLE)
        if self.mode == LEVEL:
            return " · ".join(amount(language, self.declared, float(one.middle[self.entry])) for one in bands)
        return amount(language, self.declared, middle, difference=True)

    def _scales(self, painter: QPainter, panel: QRectF, up: tuple[float, float], left: bool, below: bool) -> None:
        """Numbers left of the first column and years under the last row."""
        assert self.result is not None
        colours, font, inside = self.desk.theme.colours, painter.font(), self._inside(painter, panel)
        painter.setFont(smaller(font))
        line = line_height(painter)
        if left:
            ticks, decimals = round_ticks(*up, _TICKS)
            frame = Frame(inside, (0, 1), up)
            for tick in ticks:
                place = QRectF(0, frame.y(tick) - line / 2, _AXIS - 6, line)
                sign = self.mode == DIFFERENCE
                write(painter, place, self.desk.language.number(tick, decimals, sign), colours.muted, RIGHT)
        if below:
            years = years_of(self.result.bands.quarters)
            place = QRectF(inside.left(), inside.bottom() + 1, inside.width(), line)
            write(painter, place, f"{years[0]:.0f}", colours.muted, LEFT)
            write(painter, place, f"{years[-1]:.0f}", colours.muted, RIGHT)
        painter.setFont(font)

    # -- choosing ------------------------------------------------------------------------------------------------
    def _clicked(self, where: QPointF) -> None:
        """Show the cell that was clicked alone."""
        for cell, place in zip(self._cells, self._places, strict=False):
            if place.contains(where):
                self.picked.emit(cell)

    def _step(self, by: int) -> None:
        """Mark another cell, and say what holds there."""
        if self._cells and self.result is not None:
            self.pointed_at = (self.pointed_at + by) % len(self._cells)
            cell, bands = self._cells[self.pointed_at], self._shown[self.pointed_at]
            name = self.desk.language.said(cell_text(cell, geography_of(self.result.scenario)))
            self.drawing.setAccessibleDescription(f"{name}: {self._value(cell, bands)}")
            place = self._places[self.pointed_at].center().toPoint() if self._places else QPoint()
            self.view.ensureVisible(place.x(), place.y(), _PANEL.width(), _PANEL.height())
            self.drawing.update()

    def _take(self) -> None:
        """Show the cell that is marked alone."""
        if 0 <= self.pointed_at < len(self._cells):
            self.picked.emit(self._cells[self.pointed_at])
