"""Sentences on kinds and numbers, as rich text in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from simulator.indicators import INDICATORS
from simulator.interventions.declaration import FUNDING, PRIORITIES, Form, Kind
from simulator.interventions.lever_table import LEVERS
from simulator.interventions.words import DIRECTION_TEXTS, DOMAIN_TEXTS, FORM_TEXTS
from simulator.quantity import GRADES, UNITS, Quantity, Text
from simulator.references import full
from simulator.scenario.cautions import planned_cost
from simulator.wording import plain

LANGUAGES = ("en", "sv")


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


def searched(kind: Kind) -> str:
    """All words by which a kind is found, in both languages."""
    of_levers = [word for name in kind.levers for word in (name, *LEVERS[name].text)]
    domains = [word for name in kind.domains for word in (name, *DOMAIN_TEXTS[name])]
    words = [
        kind.code,
        kind.name,
        kind.name.replace("_", " "),
        kind.implements,
        *kind.title,
        *kind.help,
        *of_levers,
        *domains,
    ]
    return "\n".join([*words, *PRIORITIES[kind.priority]]).casefold()


def found(kind: Kind, asked: str) -> bool:
    """Whether all words that were asked for stand in a kind's."""
    return all(word in searched(kind) for word in asked.casefold().split())


def is_service(kind: Kind) -> bool:
    """Whether nobody applies."""
    return kind.form is Form.SYSTEM
