"""A chart as a picture or a table in a file or on the clipboard, with what it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from simulator.gui.charts.chart import Chart
from simulator.gui.charts.drawing import smaller, write_lines
from simulator.gui.charts.reading import data_text
from simulator.gui.charts.words import CONDITION, runs_text, title_of
from simulator.gui.language import Language
from simulator.gui.live.session import Pinned
from simulator.gui.saving import write_bytes
from simulator.gui.spreadsheet import BETWEEN_CELLS, encoded, exact, lines, separator
from simulator.quantity import UNITS, Text

_FAMILY = re.compile('font-family="([^"]*)"')
_SHARP = 2.0
_MARGIN = 10
_FOOT = 58
_DIGITS = 10
_INDICATOR, _UNIT = Text("indicator", "indikator"), Text("unit of levels", "enhet för nivåer")
_MADE = Text("Written {}", "Skriven {}")
_NAMES = (Text("scenario", "scenario"), Text("digest", "fingeravtryck"), Text("runs", "körningar"),
          Text("written", "skriven"), Text("data", "data"), Text("holds", "gäller"))  # fmt: skip


class Form(StrEnum):
    """What a chart can be written as, by the ending of the file."""

    PNG = "png"
    SVG = "svg"
    CSV = "csv"


def standing(result: Pinned, language: Language) -> list[tuple[str, str]]:
    """What a chart is of: scenario, digest, runs, date, data, condition; names and words."""
    today = date.today().isoformat()  # noqa: DTZ011 (the user's own day)
    words = (
        result.name, result.digest, language.said(runs_text(result.bands)), today,
        language.said(data_text(result.scenario)), language.said(CONDITION),
    )  # fmt: skip
    return [(language.said(name), said) for name, said in zip(_NAMES, words, strict=True)]


def foot(result: Pinned, language: Language) -> str:
    """The same in two lines below a picture."""
    (_, name), (word, digest), (_, runs), (_, day), (_, data), (_, holds) = standing(result, language)
    made = language.said(_MADE).format(day)
    return f"{name} · {word} {digest} · {runs}\n{made} · {data} · {holds}"


def _below(chart: Chart) -> str:
    """What stands below a chart: what it is of, and where what is drawn beside results is from."""
    assert chart.result is not None
    source = chart.source()
    return foot(chart.result, chart.desk.language) + (f"\n{source}" if source else "")


def export(chart: Chart, form: Form, path: Path) -> None:
    """Write a chart to a file; SaveError, and a file that was there is as before."""
    make = {Form.PNG: png, Form.SVG: svg, Form.CSV: table}[form]
    write_bytes(path, make(chart))


def copy_picture(chart: Chart) -> None:
    """Put the picture on the clipboard."""
    QGuiApplication.clipboard().setImage(image(chart))


def copy_table(chart: Chart) -> None:
    """Put the numbers on the clipboard, as spreadsheets take them."""
    QGuiApplication.clipboard().setText(_written(chart, BETWEEN_CELLS))  # data of our own would outlive Python at exit


def image(chart: Chart) -> QImage:
    """The chart as seen, twice as sharp, with its foot."""
    size = _size(chart)
    made = QImage(size * _SHARP, QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(_SHARP)
    painter = QPainter(made)
    _draw(chart, painter, size)
    painter.end()
    return made


def png(chart: Chart) -> bytes:
    """The picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image(chart).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def svg(chart: Chart) -> bytes:
    """The picture as SVG: lines and words stay what they are."""
    size, buffer, generator = _size(chart), QBuffer(), QSvgGenerator()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setResolution(chart.logicalDpiX())  # letters of the size for which room was made
    if chart.result is not None:
        generator.setTitle(chart.result.name)
        generator.setDescription(_below(chart))
    painter = QPainter(generator)
    _draw(chart, painter, size)
    painter.end()
    return _with_families(bytes(buffer.data().data()).decode("utf-8")).encode("utf-8")


def _with_families(drawn: str) -> str:
    """Fonts by the name that this machine found for Qt's own names, and what other machines may take instead."""
    return _FAMILY.sub(lambda found: f'font-family="{QFontInfo(QFont(found[1])).family()}, sans-serif"', drawn)


def table(chart: Chart) -> bytes:
    """The numbers as CSV that spreadsheets of the language open."""
    return encoded(_written(chart, separator(chart.desk.language.code)))


def _written(chart: Chart, parted: str) -> str:
    language = chart.desk.language
    rows: list[Sequence[str]] = []
    if chart.result is not None:
        rows += [*standing(chart.result, language), *_shown(chart), []]
    for row in chart.rows():
        rows.append([one if isinstance(one, str) else exact(one, language.code, _DIGITS) for one in row])
    return lines(rows, parted)


def _shown(chart: Chart) -> list[tuple[str, str]]:
    """What a chart of one indicator shows: its name and its unit, names and words."""
    said, indicator = chart.desk.language.said, chart.declared
    if not chart.OF_ONE or indicator is None:
        return []
    return [(said(_INDICATOR), said(title_of(indicator))), (said(_UNIT), said(UNITS[indicator.unit]))]


def _size(chart: Chart) -> QSize:
    return QSize(chart.width() + 2 * _MARGIN, chart.height() + 2 * _MARGIN + _FOOT)


def _draw(chart: Chart, painter: QPainter, size: QSize) -> None:
    colours = chart.desk.theme.colours
    painter.fillRect(0, 0, size.width(), size.height(), QColor(colours.ground))
    painter.setFont(chart.font())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    chart.render(painter, QPoint(_MARGIN, _MARGIN), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.restore()
    if chart.result is not None:
        painter.setFont(smaller(chart.font(), 0.9))
        area = QRectF(_MARGIN, chart.height() + 1.5 * _MARGIN, size.width() - 2 * _MARGIN, _FOOT)
        write_lines(painter, area, _below(chart), colours.muted)
