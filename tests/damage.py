"""Texts with a few words cut, added or replaced, for tests that nothing breaks a reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

WORD = re.compile(r"[\w.\-]+|\{[^{}]*\}|\[[^\[\]]*\]")


@st.composite
def damaged(draw: st.DrawFn, wholes: Sequence[str], spice: Sequence[str]) -> str:
    """One of the texts, damaged; `spice` is what is added and put in place of words."""
    text = draw(st.sampled_from(wholes))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(("cut", "add", "replace"))):
            case "cut":
                text = text[:start] + text[start + draw(st.integers(1, 12)) :]
            case "add":
                text = text[:start] + draw(st.sampled_from(spice)) + text[start:]
            case _:
                words = [found.span() for found in WORD.finditer(text)] or [(0, len(text))]
                first, last = draw(st.sampled_from(words))
                text = text[:first] + draw(st.sampled_from(spice)) + text[last:]
    return text
