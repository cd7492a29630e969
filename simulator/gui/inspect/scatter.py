"""All firms as points, placed and coloured by what they are; the chosen one has a ring."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from simulator.gui.charts.canvas import Canvas
from simulator.gui.charts.drawing import mixed
from simulator.gui.desk import Desk
from simulator.gui.inspect.columns import FirmColumn
from simulator.gui.inspect.history import FIRM, Array, Frame, Values
from simulator.gui.inspect.points import Points
from simulator.gui.theme import Colours
from simulator.quantity import Text

FIRST = ("employment", "sales", "digital_level")
BINS = 5
NEAR = 14
"""Pixels within which a click means a firm."""
_ACROSS, _UP, _COLOUR = Text("X &axis", "Vågrä&tt"), Text("Y ax&is", "Lo&drätt"), Text("C&olour", "Fär&g")
_LOG = Text("Lo&g scale", "&Log-skala")
_LOG_HELP = Text(
    "Both axes by powers of ten; firms at zero or below are not seen then.",
    "Båda axlarna i tiopotenser; företag på noll eller under syns då inte.",
)
_CLOUD = Text("Firms as points", "Företag som punkter")
_CLOUD_HELP = Text(
    "Click a point to choose its firm; left and right go to the next firm.",
    "Klicka på en punkt för att välja företaget; vänster och höger går till nästa företag.",
)
_REST = Text("filtered out", "bortfiltrerade")
_MARGIN = 0.04
_POINT, _RING, _LOWEST = 6, 14, 90
_PALE, _DEEP = 0.4, 0.7
_LATER = 15
"""Milliseconds after which points follow the table, which is painted meanwhile."""


class Scatter(QWidget):
    """The cloud with its choices.

    picked  the user has chosen a firm: its number
    """

    picked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._columns: tuple[FirmColumn, ...] = ()
        self._frame: Frame | None = None
        self._kept: Array = np.empty(0, bool)
        self._firm = -1
        self._at: tuple[Values, Values] = (np.empty(0), np.empty(0))
        self.across, self.up, self.colour, self.log = QComboBox(), QComboBox(), QComboBox(), QCheckBox()
        self.plot, self.legend = Canvas(desk), QLabel()
        self.points = Points(self.plot.getPlotItem().getViewBox(), _POINT)
        self.ring = pg.ScatterPlotItem(size=_RING, brush=None)
        self.plot.add(self.points, self.ring)
        self.plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for watched in (self.plot, self.plot.viewport()):
            watched.installEventFilter(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LATER)
        self._soon.timeout.connect(self._draw)
        self._lay_out()
        for box in (self.across, self.up, self.colour):
            box.currentIndexChanged.connect(self._draw)
        self.log.toggled.connect(self._draw)
        desk.language.follow(self, self._retranslate)
        desk.theme.follow(self, self._draw)

    def _lay_out(self) -> None:
        self._labels = QLabel(), QLabel(), QLabel()
        choices = QGridLayout()
        choices.setHorizontalSpacing(6)
        for place, (label, box) in enumerate(zip(self._labels, (self.across, self.up, self.colour), strict=True)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            label.setBuddy(box)
            choices.addWidget(label, 0, 2 * place)
            choices.addWidget(box, 0, 2 * place + 1)
            choices.setColumnStretch(2 * place + 1, 1)
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setWordWrap(True)
        self.plot.setMinimumHeight(_LOWEST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(choices)
        layout.addWidget(self.plot, 1)
        below = QHBoxLayout()
        below.addWidget(self.legend, 1)
        below.addWidget(self.log)
        layout.addLayout(below)

    # -- what is shown -------------------------------------------------------------------------------------------
    def offer(self, columns: Sequence[FirmColumn]) -> None:
        """Offer columns as axes and colours; what is chosen stays."""
        self._columns = tuple(column for column in columns if column.numeric)
        said = self._desk.language.said
        for box, first in zip((self.across, self.up, self.colour), FIRST, strict=True):
            chosen = box.currentData() or first
            with QSignalBlocker(box):
                box.clear()
                for column in self._columns:
                    box.addItem(said(column.text), column.name)
                    box.setItemData(box.count() - 1, column.about(self._desk.language), Qt.ItemDataRole.ToolTipRole)
                box.setCurrentIndex(max(0, box.findData(chosen)))
            box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 24)

    def show_firms(self, frame: Frame | None, kept: Array, firm: int) -> None:
        """Show firms as soon as there is time; those that are not `kept` (size,) are pale."""
        self._frame, self._kept, self._firm = frame, kept, firm
        if not self._soon.isActive():
            self._soon.start()

    def mark(self, firm: int) -> None:
        """Put the ring around a firm."""
        self._firm = firm
        row = -1 if self._frame is None or self._soon.isActive() else self._frame.row(firm)
        known = row >= 0 and bool(np.isfinite(self._at[0][row]) and np.isfinite(self._at[1][row]))
        at = ([self._at[0][row]], [self._at[1][row]]) if known else ([], [])
        self.ring.setData(x=at[0], y=at[1], pen=pg.mkPen(self._desk.theme.colours.text, width=2), brush=None)

    def _column(self, box: QComboBox) -> FirmColumn:
        return next(column for column in self._columns if column.name == box.currentData())

    def _draw(self) -> None:
        if self._frame is None or not self._columns:
            self.points.clear()
            self.ring.clear()
            self.legend.setText("")
            return
        across, up = (self._place(box) for box in (self.across, self.up))
        self._at = across, up
        placed, (shades, groups) = np.isfinite(across) & np.isfinite(up), self._colours()
        self.points.show_points(across[placed], up[placed], groups[placed], shades)
        for values, set_range in ((across, self.plot.setXRange), (up, self.plot.setYRange)):
            known = values[np.isfinite(values)]
            low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
            room = _MARGIN * (high - low) or 0.5
            set_range(low - room, high + room, padding=0)
        for side, box in (("bottom", self.across), ("left", self.up)):
            self.plot.getPlotItem().getAxis(side).setLogMode(self.log.isChecked())
            self.plot.getPlotItem().setLabel(side, self._column(box).heading(self._desk.language))
        self.mark(self._firm)

    def _place(self, box: QComboBox) -> Values:
        """Where firms lie on an axis; NaN where they do not."""
        assert self._frame is not None
        values = self._frame.of(self._column(box).name).astype(np.float64)
        if not self.log.isChecked():
            return values
        return np.log10(values, out=np.full(len(values), np.nan), where=values > 0)

    # -- colours -------------------------------------------------------------------------------------------------
    def _colours(self) -> tuple[list[str], Array]:
        """Colours, and which one each firm has; the first is that of firms left out. Writes the legend."""
        assert self._frame is not None
        column, colours, language = self._column(self.colour), self._desk.theme.colours, self._desk.language
        values = self._frame.of(column.name).astype(np.float64)
        kept = values[self._kept & np.isfinite(values)]
        edges, words = bins(kept, column, lambda value: column.said(language, value))
        shades = [shade(colours, at / max(1, len(words) - 1)) for at in range(len(words))]
        places = np.searchsorted(edges, values, side="left")
        out = ~self._kept | ~np.isfinite(values)
        groups = np.where(out, 0, 1 + np.minimum(places, max(0, len(shades) - 1)))
        entries = list(zip(shades, words, strict=True))
        if not self._kept.all():
            entries.append((colours.line, language.said(_REST)))
        dots = [f"<span style='color:{dot}'>●</span>&nbsp;{word}" for dot, word in entries]
        self.legend.setText(f"{column.heading(language)}: " + "&ensp; ".join(dots))
        return [colours.line, *shades], groups

    # -- choosing ------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Choose the firm that is clicked, or the next one by keys."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            if event.button() == Qt.MouseButton.LeftButton:
                self.plot.setFocus()
                self.pick(event.position())
                return True
        elif (
            watched is self.plot
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        ):
            self._step(1 if event.key() == Qt.Key.Key_Right else -1)
            return True
        return super().eventFilter(watched, event)

    def pick(self, place: QPointF) -> None:
        """Choose the kept firm that is nearest to a place of the plot, if one is near."""
        rows = self._seen()
        if self._frame is None or not len(rows):
            return
        box = self.plot.getPlotItem().getViewBox()
        corner = box.mapSceneToView(self.plot.mapToScene(place.toPoint()))
        wide, high = box.viewPixelSize()
        apart = np.hypot((self._at[0][rows] - corner.x()) / wide, (self._at[1][rows] - corner.y()) / high)
        nearest = int(np.argmin(apart))
        if apart[nearest] <= NEAR:
            self._choose(int(rows[nearest]))

    def _step(self, step: int) -> None:
        """Choose the next firm to the right or left."""
        rows = self._seen()
        if self._frame is None or not len(rows):
            return
        rows = rows[np.lexsort((self._at[1][rows], self._at[0][rows]))]
        here = np.flatnonzero(rows == self._frame.row(self._firm))
        place = int(here[0]) + step if len(here) else 0
        self._choose(int(rows[min(max(place, 0), len(rows) - 1)]))

    def _seen(self) -> Array:
        """Rows of kept firms that have a place."""
        if self._soon.isActive():
            self._soon.stop()
            self._draw()
        return np.flatnonzero(self._kept & np.isfinite(self._at[0]) & np.isfinite(self._at[1]))

    def _choose(self, row: int) -> None:
        assert self._frame is not None
        firm = int(self._frame.of(FIRM)[row])
        self.mark(firm)
        self.picked.emit(firm)

    # -- words ---------------------------------------------------------------------------------------------------
    def _retranslate(self) -> None:
        said = self._desk.language.said
        for label, box, text in zip(
            self._labels, (self.across, self.up, self.colour), (_ACROSS, _UP, _COLOUR), strict=True
        ):
            label.setText(said(text))
            box.setAccessibleName(said(text).replace("&", ""))
        self.log.setText(said(_LOG))
        self.log.setToolTip(said(_LOG_HELP))
        self.plot.setAccessibleName(said(_CLOUD))
        self.plot.setAccessibleDescription(said(_CLOUD_HELP))
        self.plot.setToolTip(said(_CLOUD_HELP))
        self._draw()


def shade(colours: Colours, share: float) -> str:
    """One colour, paler for less and deeper for more: read with any colour vision."""
    if share <= 0.5:
        return mixed(mixed(colours.surface, colours.accent, _PALE), colours.accent, 2 * share)
    return mixed(colours.accent, mixed(colours.accent, colours.text, _DEEP), 2 * share - 1)


def bins(values: Values, column: FirmColumn, said: Callable[[float], str]) -> tuple[Values, list[str]]:
    """Upper ends of groups of values, and their words: each value where there are few, else equal shares of firms."""
    distinct = np.unique(values)
    if len(distinct) <= BINS:
        return distinct, [said(value) for value in distinct.tolist()]
    steps = 10.0**-column.decimals
    inner = np.unique(np.round(np.quantile(values, np.arange(1, BINS) / BINS) / steps) * steps)
    inner = inner[inner < distinct[-1]]
    edges = np.append(inner, distinct[-1])
    words = [f"≤&nbsp;{said(edges[0])}"]
    words += [f"{said(low)}–{said(high)}" for low, high in itertools.pairwise(edges[:-1].tolist())]
    return edges, [*words, f"&gt;&nbsp;{said(edges[-2])}"] if len(edges) > 1 else words
