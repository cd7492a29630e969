"""Colours of the text."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument

from simulator.gui.editor.highlighter import Highlighter


def coloured(text, desk):
    """Parts of the last line by colour."""
    document = QTextDocument()
    document.setPlainText(text)
    kept = Highlighter(document, desk.theme)
    block = document.lastBlock()
    line = block.text().encode("utf-16-le")
    parts = [
        (
            line[2 * each.start : 2 * (each.start + each.length)].decode("utf-16-le"),
            each.format.foreground().color().name(),
        )
        for each in block.layout().formats()
    ]
    kept.setDocument(None)
    return parts


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("run: {years: 5}", "years", "accent"),
        ("run: {years: 5}", "5", 1),
        ("start: 2027Q1", "2027Q1", 1),
        ("budget: 60 # MSEK", "# MSEK", "muted"),
        ("title: 'it''s'", "'it''s'", 2),
        ('a: "x # y"', '"x # y"', 2),
        ("on: true", "true", 3),
        ("t: |\n  any: text", "  any: text", 2),
        ("😀: 5", "5", 1),
    ],
)
def test_that_each_part_of_a_line_has_its_colour(desk, text, words, kind):
    colours = desk.theme.colours
    colour = colours.series[kind] if isinstance(kind, int) else getattr(colours, kind)
    assert (words, colour) in coloured(text, desk)


def test_that_an_apostrophe_within_words_begins_no_quotation(desk):
    assert all("own" not in words for words, _ in coloured("en: Each priority's own outcome", desk))


def test_that_colours_follow_the_theme(desk):
    desk.theme.choose("dark")
    assert ("run", desk.theme.colours.accent) in coloured("run: 5", desk)
