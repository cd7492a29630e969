"""Sentences on kinds and numbers, as rich text in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from html import escape
from unicodedata import combining, normalize

from simulator.indicators import INDICATORS
from simulator.interventions.catalogue import KINDS
from simulator.interventions.declaration import FUNDING, PRIORITIES, Form, Kind
from simulator.interventions.lever_table import LEVERS
from simulator.interventions.words import DIRECTION_TEXTS, DOMAIN_TEXTS, FORM_TEXTS
from simulator.quantity import GRADES, UNITS, Quantity, Text
from simulator.references import full
from simulator.scenario.cautions import planned_cost
from simulator.wording import plain

LANGUAGES = ("en", "sv")
_LIKENESS = 0.8
"""How much a word must be like another to be taken for it: a slip or two in a word of usual length."""


def of_quantity(quantity: Quantity) -> Text:
    """All that is declared about a number: meaning, unit, range, default, evidence, source."""
    return Text(*(_of_quantity(quantity, language) for language in LANGUAGES))


def _of_quantity(quantity: Quantity, language: str) -> str:
    def said(text: Text) -> str:
        return escape(text.said(language))

    parts = [f"<b>{said(quantity.text)}</b> ({said(UNITS[quantity.unit])})."]
    if quantity.help != quantity.text:
        parts.append(said(quantity.help))
    if quantity.unit != "yes/no":
        low, high = (plain(end, language) for end in quantity.allowed)
        default, to = plain(quantity.default, language), Text("to", "till").said(language)
        parts.append(said(Text(f"Default {default}, allowed {low} {to} {high}.",
                               f"Standard {default}, tillåtet {low} {to} {high}.")))  # fmt: skip
        grade = said(GRADES[quantity.grade])
        if quantity.uncertain is not None:
            least, most = (plain(end, language) for end in quantity.uncertain)
            grade += said(Text(f"; plausible {least} {to} {most}", f"; rimligt {least} {to} {most}"))
        parts.append(f"{said(Text('Evidence', 'Underlag'))}: {grade}.")
    if quantity.sources:
        parts.append(f"{said(Text('Source', 'Källa'))}: {escape('; '.join(map(full, quantity.sources)))}.")
    return " ".join(parts)


def joined(parts: Iterable[Text], mark: str) -> Text:
    """Texts side by side in both languages."""
    return Text(*(mark.join(said) for said in zip(*parts, strict=True)))


def of_kind(kind: Kind) -> Text:
    """What a kind is and what is known of it."""
    about = joined((DOMAIN_TEXTS[each] for each in kind.domains), ", ") if kind.domains else Text("", "")
    facts = [
        (Text("Priority", "Prioritering"), PRIORITIES[kind.priority]),
        (Text("Hands out", "Ger"), FORM_TEXTS[kind.form]),
        *([(Text("About", "Gäller"), about)] if kind.domains else []),
        (Text("Cost at full capacity", "Kostnad vid full kapacitet"), full_cost(kind)),
        (Text("Who pays", "Vem betalar"), _payers(kind)),
        (Text("Acts on", "Påverkar"), joined((LEVERS[name].text for name in kind.levers), "; ")),
        (Text("What is known", "Vad som är känt"), kind.evidence),
        (Text("Should move", "Bör påverka"), joined((_move(*each) for each in kind.moves), "; ")),
    ]  # fmt: skip
    if kind.sources:
        facts.append((Text("Sources", "Källor"), Text(*["; ".join(map(full, kind.sources))] * 2)))
    lines = [Text(*(f"<b>{escape(a)}:</b> {escape(b)}" for a, b in zip(*fact, strict=True))) for fact in facts]
    first = Text(*map(escape, kind.help))
    return joined([first, *lines], "<br>")


def _move(name: str, direction: int) -> Text:
    text, way = INDICATORS[name].text, DIRECTION_TEXTS[direction]
    return Text(f"{text.en} ({way.en})", f"{text.sv} ({way.sv})")


def _payers(kind: Kind) -> Text:
    eu, state = (float(kind.settings[share].default) for share in FUNDING)  # type: ignore[arg-type]
    shares = (
        (Text("EU", "EU"), eu),
        (Text("the state", "staten"), state),
        (Text("the region", "regionen"), 1 - eu - state),
    )
    parts = [(who, round(100 * share)) for who, share in shares if share > 0.005]
    return joined((Text(f"{who.en} {share} %", f"{who.sv} {share} %") for who, share in parts), ", ")


def full_cost(kind: Kind) -> Text:
    """What a measure of a kind costs at its own capacity."""
    quarters = 1 if kind.once else 4
    measure = kind.measure(name=kind.name, start=0, end=quarters - 1, settings={"ramp": 0})
    cost = round(sum(planned_cost(measure, quarter) for quarter in range(quarters)), 1)
    when = Text("once", "en gång") if kind.once else Text("a year", "om året")
    return Text(f"{plain(cost, 'en')} MSEK {when.en}", f"{plain(cost, 'sv')} mnkr {when.sv}")


@cache
def _searched() -> Mapping[str, str]:
    """All words by which each kind is found, in both languages."""
    return {kind.name: folded("\n".join(_words_about(kind))) for kind in KINDS.values()}


@cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(sorted({word for text in _searched().values() for word in re.findall(r"[^\W\d_]{4,}", text)}))


def folded(text: str) -> str:
    """A text in small letters without dots, rings and accents.

    >>> folded("FÖRETAG på nätet, idé")
    'foretag pa natet, ide'
    """
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))


def _words_about(kind: Kind) -> Iterator[str]:
    yield from (kind.code, kind.name, kind.name.replace("_", " "), kind.implements, *kind.title, *kind.help)
    yield from PRIORITIES[kind.priority]
    for name in kind.levers:
        yield from (name, *LEVERS[name].text)
    for name in kind.domains:
        yield from (name, *DOMAIN_TEXTS[name])


def found(asked: str) -> list[str]:
    """Names of the kinds that have all words which are asked for; a word that none has counts as the nearest one."""
    searched = _searched()
    words = [_meant(word, searched.values()) for word in folded(asked).split()]
    return [name for name, text in searched.items() if all(word in text for word in words)]


def _meant(word: str, texts: Iterable[str]) -> str:
    if any(word in text for text in texts):
        return word
    return next(iter(get_close_matches(word, _vocabulary(), n=1, cutoff=_LIKENESS)), word)


def is_service(kind: Kind) -> bool:
    """Whether nobody applies."""
    return kind.form is Form.SYSTEM
