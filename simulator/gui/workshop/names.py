"""Names that people give to groups and proposals: short enough to be read, and told apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence

LONGEST_NAME = 32


def tidy(words: str) -> str:
    r"""A name without what cannot be printed: a file with that could not be read again.

    >>> tidy(" Falu\u00a0 grupp\x00\t1 ")
    'Falu grupp 1'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def free(name: str, taken: Collection[str]) -> str:
    """The name, no longer than names may be, numbered when it is taken.

    >>> free("Falun", {"Falun", "Falun (2)"}), free("a" * 40, {"a" * 31 + "…"})
    ('Falun (3)', 'aaaaaaaaaaaaaaaaaaaaaaaaaaa… (2)')
    """
    endings = ("", *(f" ({number})" for number in range(2, len(taken) + 2)))
    numbered = (f"{_shortened(name, LONGEST_NAME - len(ending))}{ending}" for ending in endings)
    return next(one for one in numbered if one not in taken)


def _shortened(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def told_apart(names: Sequence[str]) -> list[str]:
    """Names, those that come again numbered.

    >>> told_apart(["Falun", "Mora", "Falun"])
    ['Falun', 'Mora', 'Falun (2)']
    """
    found: list[str] = []
    for name in names:
        found.append(free(name, found))
    return found
