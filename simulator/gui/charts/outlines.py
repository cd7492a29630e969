"""Outlines of the municipalities, fitted into an area."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from simulator.region.facts import Region
from simulator.region.schemas import OUTLINES


@lru_cache(maxsize=4)
def outlines(region: Region) -> tuple[QPainterPath, ...]:
    """Paths of the municipalities, north up, degrees east shortened to the length they have in the region's middle."""
    middle = math.cos(math.radians(float(np.mean(region.lat))))
    made = []
    for rings in region.outlines:
        path = QPainterPath()
        for ring in rings:
            path.addPolygon(QPolygonF([QPointF(lon * middle, -lat) for lon, lat in ring.tolist()]))
            path.closeSubpath()
        made.append(path)
    return tuple(made)


def fitted(paths: tuple[QPainterPath, ...], area: QRectF) -> tuple[QPainterPath, ...]:
    """The paths as large as the area allows, in its middle."""
    bounds = QRectF()
    for path in paths:
        bounds = bounds.united(path.boundingRect())
    if bounds.isEmpty():
        return paths
    scale = min(area.width() / bounds.width(), area.height() / bounds.height())
    shift = area.center() - bounds.center() * scale
    moved = QTransform(scale, 0, 0, scale, shift.x(), shift.y())
    return tuple(moved.map(path) for path in paths)


def source_of(region: Region) -> str:
    """Where the outlines are from, as the region's folder says."""
    return "; ".join(source.source for source in region.sources if source.file == OUTLINES)
