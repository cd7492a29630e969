"""The municipalities coloured by an indicator: as it stands with the scenario, and what the scenario changes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen

from simulator.gui.charts.chart import Chart, Row
from simulator.gui.charts.drawing import (
    CENTRE,
    LEFT,
    RIGHT,
    ChoiceDrawing,
    bold,
    line_height,
    mixed,
    smaller,
    write,
    write_lines,
)
from simulator.gui.charts.outlines import fitted, outlines, source_of
from simulator.gui.charts.patterns import Pattern, fill_with
from simulator.gui.charts.reading import DIFFERENCE, arms_at, cells_by, dimensions_of, region_of
from simulator.gui.charts.unknown import Why, whys
from simulator.gui.charts.words import FEW_RUNS, NOT_DETECTABLE, UNKNOWN, amount, places, title_of, unit_of, value_text
from simulator.gui.desk import Desk
from simulator.gui.live.bands import POLICY, Band, Bands
from simulator.indicators.declare import Indicator
from simulator.indicators.grid import DIMENSIONS
from simulator.quantity import Text
from simulator.region.facts import Region
from simulator.region.reporting import slug

_NO_MUNICIPALITIES = Text(
    "This indicator is not known by municipality. It is known by {}: see By group.",
    "Indikatorn finns inte per kommun. Den finns per {}: se Efter grupp.",
)
_WHOLE = Text("This indicator is known for the whole region only.", "Indikatorn finns bara för hela regionen.")
_COMING = Text("Results by municipality come with complete runs.", "Resultat per kommun kommer med färdiga körningar.")
_WITH, _CHANGE = (Text("With the scenario", "Med scenariot"), Text("Difference", "Skillnad"))
_HOVER = Text(
    "Point at a municipality, or step through them with the arrow keys; click or press Enter to see it over time.",
    "Peka på en kommun, eller stega mellan dem med piltangenterna; klicka eller tryck retur för att se den över tid.",
)
_COLUMNS = (
    Text("municipality", "kommun"), Text("scenario", "scenariot"), Text("baseline", "basfallet"),
    Text("difference", "skillnad"), Text("from", "från"), Text("to", "till"), Text("runs", "körningar"),
    Text("why the difference is not known", "varför skillnaden inte är känd"),
)  # fmt: skip
_HIGHEST, _LOWEST = Text("Largest differences", "Största skillnader"), Text("Smallest differences", "Minsta skillnader")
_SURE = Text("{}: a detectable difference in {} of {} municipalities", "{}: påvisbar skillnad i {} av {} kommuner")
_SIGNS = {
    Why.FEW: Pattern.LINES, Why.NONE: Pattern.CROSSES, Why.LATER: Pattern.DASHES, Why.APART: Pattern.DASHES,
    Why.UNTOLD: Pattern.DASHES,
}  # fmt: skip
_MAPS = 2
_SIDE = 215.0
_LEAST = QSize(520, 300)
_PALE = 0.12
_LISTED = 5
_END = 60.0


@dataclass
class _Look:
    """What is on one of the two maps; `whys` says of each municipality why it is unknown."""

    values: Band
    whys: list[Why | None]
    low: float
    high: float
    difference: bool

    def sign(self, at: int) -> Pattern | None:
        """What a municipality is filled with beside its colour."""
        reason = self.whys[at]
        if reason is not None:
            return _SIGNS[reason]
        if not self.difference or self.values.detectable[at]:
            return None
        return Pattern.DOTS if self.values.told[at] else Pattern.RINGS


class RegionMap(Chart):
    """Two maps side by side: levels, and differences to the baseline."""

    NAME = Text("Map", "Karta")
    HELP = Text("One indicator by municipality", "En indikator per kommun")

    ABOUT = Text(
        "Left the level with the scenario, right the difference to the baseline, both the run in the middle. Dots: no "
        "detectable difference; rings: too few runs to say. Slanting lines: fewer than five firms, withheld; crosses: "
        "nothing there to measure it on, such as survival where nobody exports.",
        "Till vänster nivån med scenariot, till höger skillnaden mot basfallet, båda körningen i mitten. Prickar: "
        "ingen påvisbar skillnad; ringar: för få körningar för att säga något. Sneda streck: färre än fem företag, "
        "visas inte; kryss: inget där att mäta på, som överlevnad där ingen exporterar.",
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pointed_at: int | None = None
        self._looks: list[_Look] = []
        self._baseline: Band | None = None
        self._paths: tuple[tuple[QPainterPath, ...], ...] = ()
        self.drawing = ChoiceDrawing(desk, self._paint, _LEAST)
        self.drawing.pointed.connect(self._point)
        self.drawing.stepped.connect(self._step)
        self.drawing.clicked.connect(lambda _where: self._take())
        self.drawing.taken.connect(self._take)
        desk.language.words(self.drawing, self.drawing.setAccessibleName, self.NAME)
        desk.language.words(self.drawing, self.drawing.setAccessibleDescription, _HOVER)
        self.column.addWidget(self.drawing, 1)
        desk.language.follow(self, self.say)

    @property
    def region(self) -> Region | None:
        """The region shown."""
        return None if self.result is None else region_of(self.result.scenario)

    def refresh(self) -> None:
        """Read all municipalities at the moment."""
        self._looks, self._baseline = [], None
        region = self.region
        if self.result is not None and region is not None and self.declared is not None:
            bands = self.result.bands
            if cells_by(bands, self.indicator, "municipality") and bands.pairs:
                cells = [(self.indicator, f"municipality={slug(name)}") for name in region.names]
                level, self._baseline, change = arms_at(bands, cells, self.entry)
                self._looks = [
                    _look(values, whys(bands, cells, self.entry, what), what == DIFFERENCE)
                    for values, what in ((level, POLICY), (change, DIFFERENCE))
                ]
        self.drawing.update()
        self.say()

    # -- words ---------------------------------------------------------------------------------------------------
    def say(self) -> None:
        """Title, and what holds in the municipality pointed at."""
        indicator, said, region = self.declared, self.desk.language.said, self.region
        if self.result is None or indicator is None or region is None:
            self.tell_nothing_yet()
            return
        title = f"<b>{said(title_of(indicator))}</b> · {self.quarter}"
        if not self._looks:
            self.tell(title, said(self._nowhere(indicator, self.result.bands)))
        else:
            self.tell(title, self._summary() if self.pointed_at is None else self.told(self.pointed_at))
        self.drawing.setToolTip(said(_HOVER) if self.pointed_at is None else self.readout.text())

    def _nowhere(self, indicator: Indicator, bands: Bands) -> Text:
        """Why there is no map."""
        names = [DIMENSIONS[name] for name in dimensions_of(bands, self.indicator)]
        if not bands.pairs and not indicator.whole:
            return _COMING
        if not names:
            return _WHOLE
        listed = zip(*names, strict=True)
        return Text(*(words.format(", ".join(each)) for words, each in zip(_NO_MUNICIPALITIES, listed, strict=True)))

    def _summary(self) -> str:
        """In how many municipalities something changes."""
        change, said = self._looks[1].values, self.desk.language.said
        if not change.told.any():
            return said(Text(f"{self.quarter}: {FEW_RUNS.en}", f"{self.quarter}: {FEW_RUNS.sv}"))
        return said(_SURE).format(self.quarter, int(change.detectable.sum()), len(change.middle))

    def told(self, municipality: int) -> str:
        """Name, value, baseline and difference of a municipality."""
        language, region, indicator = self.desk.language, self.region, self.declared
        assert region is not None
        assert indicator is not None
        assert self._baseline is not None
        level, change = (look.values for look in self._looks)
        name = f"<b>{region.names[municipality]}</b>"
        values = [float(band.middle[municipality]) for band in (level, self._baseline)]
        reason = self._looks[1].whys[municipality]
        unknown = UNKNOWN if reason is None else reason.value
        if all(map(math.isnan, values)):
            return f"{name}: {language.said(unknown)}"
        with_it, without = (amount(language, indicator, value) for value in values)
        low, middle, high = (float(part[municipality]) for part in (change.low, change.middle, change.high))
        runs = int(change.runs[municipality])
        difference = value_text(language, indicator, low, middle, high, runs, difference=True, unknown=unknown)
        told = Text(
            f"{with_it} with the scenario, {without} without; difference {difference}",
            f"{with_it} med scenariot, {without} utan; skillnad {difference}",
        )
        return f"{name}: {language.said(told)}"

    def source(self) -> str:
        """Where the outlines are from."""
        region = self.region
        return "" if region is None else source_of(region)

    def rows(self) -> list[Row]:
        """Each municipality."""
        region, said = self.region, self.desk.language.said
        if region is None or self._baseline is None:
            return []
        level, change = (look.values for look in self._looks)
        found: list[Row] = [[said(text) for text in _COLUMNS]]
        for at, name in enumerate(region.names):
            parts = (level.middle, self._baseline.middle, change.middle, change.low, change.high, change.runs)
            reason = self._looks[1].whys[at]
            found.append([name, *(float(part[at]) for part in parts), "" if reason is None else said(reason.value)])
        return found

    # -- painting ------------------------------------------------------------------------------------------------
    def _paint(self, painter: QPainter, area: QRectF) -> None:
        region = self.region
        self._paths = ()
        if region is None or not self._looks or self.declared is None:
            return
        line = line_height(painter)
        wide = (area.width() - _SIDE) / _MAPS
        made = []
        for at, (look, words) in enumerate(zip(self._looks, (_WITH, _CHANGE), strict=True)):
            part = QRectF(at * wide, 0, wide, area.height())
            font = painter.font()
            painter.setFont(bold(font))
            unit = self.desk.language.unit(unit_of(self.declared, look.difference))
            head = self.desk.language.said(words) + (f", {unit}" if unit else "")
            write(painter, QRectF(part.left() + 4, 2, wide - 8, line), head, self._text, CENTRE)
            painter.setFont(font)
            paths = fitted(outlines(region), part.adjusted(8, line + 6, -8, -3.4 * line))
            made.append(paths)
            self._municipalities(painter, paths, look)
            self._scale(painter, QRectF(part.left() + 20, area.height() - 3 * line, wide - 40, 2 * line), look)
        self._paths = tuple(made)
        self._aside(painter, QRectF(area.width() - _SIDE + 12, line, _SIDE - 18, area.height() - line), region)

    @property
    def _text(self) -> str:
        return self.desk.theme.colours.text

    def _municipalities(self, painter: QPainter, paths: tuple[QPainterPath, ...], look: _Look) -> None:
        colours = self.desk.theme.colours
        edge = QPen(QColor(mixed(colours.text, colours.surface, 0.45)), 0.8)
        for at, path in enumerate(paths):
            value = float(look.values.middle[at])
            painter.setPen(edge)
            if not math.isnan(value):
                painter.fillPath(path, QColor(self._colour(value, look)))
            sign = look.sign(at)
            if sign is not None:
                fill_with(painter, path, colours.muted if math.isnan(value) else colours.text, sign)
            painter.strokePath(path, edge)
        if self.pointed_at is not None:
            painter.strokePath(paths[self.pointed_at], QPen(QColor(colours.accent), 3))

    def _colour(self, value: float, look: _Look) -> str:
        colours = self.desk.theme.colours
        if not look.difference:
            share = (value - look.low) / ((look.high - look.low) or 1)
            return mixed(colours.middle, colours.high, _PALE + (1 - _PALE) * share)
        most = max(abs(look.low), abs(look.high)) or 1
        return mixed(colours.middle, colours.high if value >= 0 else colours.low, min(1.0, abs(value) / most))

    def _scale(self, painter: QPainter, area: QRectF, look: _Look) -> None:
        """A bar of colours with numbers at its ends, and what zero is."""
        if math.isnan(look.low):
            return
        assert self.declared is not None
        gradient = QLinearGradient(area.topLeft(), area.topRight())
        steps = np.linspace(0, 1, 11)
        for share in steps:
            gradient.setColorAt(float(share), QColor(self._colour(look.low + share * (look.high - look.low), look)))
        bar = QRectF(area.left(), area.top(), area.width(), area.height() * 0.4)
        painter.fillRect(bar, gradient)
        painter.setPen(QPen(QColor(self.desk.theme.colours.line), 1))
        painter.drawRect(bar)
        below = QRectF(area.left(), bar.bottom() + 1, area.width(), area.height() * 0.5)
        language, number = self.desk.language, places(self.declared, look.difference)
        low, high = (language.number(end, number, sign=look.difference) for end in (look.low, look.high))
        write(painter, below, low, self._text, LEFT)
        write(painter, below, high, self._text, RIGHT)
        middle = area.left() - look.low / ((look.high - look.low) or 1) * area.width()
        if look.difference and area.left() + _END < middle < area.right() - _END:
            write(painter, QRectF(middle - 20, below.top(), 40, below.height()), "0", self._text, CENTRE)

    def _aside(self, painter: QPainter, area: QRectF, region: Region) -> None:
        """Signs explained, and where differences are largest and smallest."""
        colours, said, line = self.desk.theme.colours, self.desk.language.said, line_height(painter)
        change, top = self._looks[1].values, self._signs(painter, area)
        order = [
            at for at in np.argsort(-np.nan_to_num(change.middle, nan=-np.inf)) if not math.isnan(change.middle[at])
        ]
        if not np.nan_to_num(change.middle).any():
            return
        lists = ((_HIGHEST, order[:_LISTED]), (_LOWEST, order[_LISTED:][-_LISTED:]))
        for words, chosen in lists:
            if top + (len(chosen) + 2) * line > area.bottom() or not chosen:
                continue
            top += 0.6 * line
            font = painter.font()
            painter.setFont(bold(font))
            write(painter, QRectF(area.left(), top, area.width(), line), said(words), colours.text)
            painter.setFont(smaller(font, 0.95))
            for at in chosen:
                top += line
                assert self.declared is not None
                row = QRectF(area.left(), top, area.width(), line)
                value = amount(self.desk.language, self.declared, float(change.middle[at]), difference=True)
                hue = colours.text if change.detectable[at] else colours.muted
                write(painter, row, value, hue, RIGHT)
                write(painter, row.adjusted(0, 0, -90, 0), region.names[at], hue, LEFT)
            painter.setFont(font)
            top += line

    def _signs(self, painter: QPainter, area: QRectF) -> float:
        """What the signs in the maps mean; returns where the words end."""
        colours, said, line, top = self.desk.theme.colours, self.desk.language.said, line_height(painter), area.top()
        change = self._looks[1].values
        known = ~np.isnan(change.middle)
        unsure = (known & change.told & ~change.detectable).any(), (known & ~change.told).any()
        signs = [
            (why.value, _SIGNS[why], colours.muted) for why in Why if any(why in look.whys for look in self._looks)
        ]
        surely = (NOT_DETECTABLE, Pattern.DOTS, colours.text), (FEW_RUNS, Pattern.RINGS, colours.text)
        signs += [sign for sign, there in zip(surely, unsure, strict=True) if there]
        for words, pattern, hue in signs:
            box = QRectF(area.left(), top + 2, 1.6 * line, line - 3)
            filled = QPainterPath()
            filled.addRect(box)
            fill_with(painter, filled, hue, pattern)
            painter.setPen(QPen(QColor(colours.muted), 1))
            painter.drawRect(box)
            beside = QRectF(box.right() + 6, top, area.right() - box.right() - 6, 3 * line)
            top += max(1.2 * line, write_lines(painter, beside, said(words), colours.text) + 0.2 * line)
        return top

    # -- pointing ------------------------------------------------------------------------------------------------
    def _point(self, where: QPointF) -> None:
        hit = next((at for paths in self._paths for at, path in enumerate(paths) if path.contains(where)), None)
        self.point_at(hit)

    def _step(self, by: int) -> None:
        region = self.region
        if region is not None and self._looks:
            here = -1 if self.pointed_at is None else self.pointed_at
            self.point_at((here + by) % len(region.names))

    def _take(self) -> None:
        """Show the municipality pointed at over time."""
        if self.region is not None and self.pointed_at is not None:
            self.picked.emit(f"municipality={slug(self.region.names[self.pointed_at])}")

    def point_at(self, municipality: int | None) -> None:
        """Mark a municipality and say what holds there."""
        if municipality != self.pointed_at:
            self.pointed_at = municipality
            self.drawing.update()
            self.say()


def _look(values: Band, reasons: list[Why | None], difference: bool) -> _Look:
    known = values.middle[~np.isnan(values.middle)]
    low, high = (float(known.min()), float(known.max())) if known.size else (math.nan, math.nan)
    if difference and known.size:
        low, high = min(low, 0.0), max(high, 0.0)
    return _Look(values, reasons, low, high, difference)
