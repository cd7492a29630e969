"""What is wrong with a scenario: every problem with its place in the text, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from simulator.quantity import SpokenError, Text, in_lines

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a value was written. Line and column count from 1; 0 means that there is no text, as with `--set`."""

    file: str
    line: int = 0
    column: int = 0
    variant: str = ""

    def said(self) -> str:
        """Return `file:line:column`, or the file alone."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, or (as a warning) worth a thought."""

    place: Place
    path: str
    message: Text
    allowed: Text = NOTHING

    @property
    def file(self) -> str:
        """File, or `--set`."""
        return self.place.file

    @property
    def line(self) -> int:
        """Line from 1, 0 where there is none."""
        return self.place.line

    @property
    def column(self) -> int:
        """Column from 1, 0 where there is none."""
        return self.place.column

    def said(self, language: str) -> str:
        """Return `file:line:column: path: what is wrong; what is allowed`."""
        parts = [self.place.said(), self.path] if self.path else [self.place.said()]
        wrong, allowed = self.message.said(language), self.allowed.said(language)
        return ": ".join([*parts, f"{wrong}; {allowed}" if allowed else wrong])

    def text(self) -> Text:
        """Return the line in both languages."""
        return Text(self.said("en"), self.said("sv"))


class ScenarioError(SpokenError):
    """A scenario cannot be used; `problems` holds every reason, in the order of the text."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(in_lines(each.text() for each in self.problems))


def choices(known: Iterable[str], most: int = 12) -> Text:
    """Name what may be chosen from, not more than `most` of it."""
    names = list(known)
    listed = ", ".join(names[:most])
    if not listed:
        return NOTHING
    if len(names) > most:
        return Text(f"one of {listed} and {len(names) - most} more", f"något av {listed} och {len(names) - most} till")
    return Text(f"one of {listed}", f"något av {listed}")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was probably meant to be."""
    names = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return names[found[0]] if found else None


def instead(word: str, known: Iterable[str], most: int = 12) -> Text:
    """Say what to write instead of `word`: the near miss, else the choices."""
    names = list(known)
    near = nearest(word, names)
    return Text(f"did you mean {near}?", f"menade du {near}?") if near else choices(names, most)
