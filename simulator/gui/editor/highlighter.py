"""Colours of YAML: names, values, comments."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from simulator.gui.editor.places import units
from simulator.gui.theme import Theme

_TOKENS = re.compile(
    r"""(?P<comment>(?:^|(?<=\s))\#.*)
    |(?P<quoted>(?:^|(?<=[\s{,\[]))(?:"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?))
    |(?P<key>(?:^|(?<=[\s{,\[]))[^\s\#,\[\]{}:"'][^\#,\[\]{}:]*(?=:(?:\s|$)))
    |(?P<number>(?<![\w.-])[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]))
    |(?P<moment>(?<![\w.-])\d{4}Q[1-4](?!\w))
    |(?P<word>(?<![\w.-])(?:true|false|null|~)(?![\w.-]))
    |(?P<mark>[{}\[\],]|:(?=\s|$)|^\s*-(?=\s)|[&*][\w-]+)""",
    re.VERBOSE,
)
_BLOCK = re.compile(r"[:-]\s+[|>][-+\d]*\s*(?:#.*)?$")


class Highlighter(QSyntaxHighlighter):
    """Colours each line as it is laid out; text under `|` or `>` is one value."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._formats: dict[str, QTextCharFormat] = {}
        theme.follow(self, self._colour)

    def _colour(self) -> None:
        colours = self._theme.colours
        series = colours.series
        self._formats = {
            "comment": _format(colours.muted, italic=True),
            "quoted": _format(series[2]),
            "key": _format(colours.accent, bold=True),
            "number": _format(series[1]),
            "moment": _format(series[1]),
            "word": _format(series[3]),
            "mark": _format(colours.muted),
        }
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 (Qt's name)
        """Colour a line. Its state is the indent of the name that a block of text belongs to, plus one."""
        indent = len(text) - len(text.lstrip(" "))
        within = self.previousBlockState()
        if within > 0 and (not text.strip() or indent >= within):
            self.setFormat(0, units(text), self._formats["quoted"])
            self.setCurrentBlockState(within)
            return
        for found in _TOKENS.finditer(text):
            start, end = found.span()
            self.setFormat(units(text[:start]), units(text[start:end]), self._formats[found.lastgroup or "mark"])
        self.setCurrentBlockState(indent + 1 if _BLOCK.search(text) else 0)


def _format(colour: str, bold: bool = False, italic: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    made.setFontItalic(italic)
    if bold:
        made.setFontWeight(QFont.Weight.DemiBold)
    return made
