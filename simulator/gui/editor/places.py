"""Where characters lie: in the document's text, in the pane that shows it, in Qt's own count."""

from __future__ import annotations


def shown(text: str) -> str:
    r"""A text as the pane has it: one character for each line break.

    >>> shown("a\r\nb")
    'a\nb'
    """
    return text.replace("\r\n", "\n")


def in_text(text: str, at: int) -> int:
    r"""Place in a text of a place in what the pane shows of it.

    >>> in_text("a\r\nb", 2)
    3
    """
    if "\r\n" not in text:
        return at
    place = 0
    for line in text.split("\r\n"):
        if at <= len(line):
            return place + at
        at, place = at - len(line) - 1, place + len(line) + 2
    return len(text)


def changed_part(old: str, new: str) -> tuple[int, int, str]:
    """The one part in which two texts differ: where it starts and ends in the old one, and what stands there now.

    >>> changed_part("year: 5", "year: 15")
    (6, 6, '1')
    """
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    return first, len(old) - last, new[first : len(new) - last]


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def units(text: str) -> int:
    """Length as Qt counts it: letters outside the usual plane count twice."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def letters(text: str, count: int) -> int:
    """How many letters make so many of Qt's units."""
    seen = 0
    for at, letter in enumerate(text):
        if seen >= count:
            return at
        seen += 1 + (letter > "\uffff")
    return len(text)
