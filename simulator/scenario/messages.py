"""What pydantic finds, said in our own words in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from simulator.quantity import UNITS, Quantity, Text
from simulator.scenario.problems import NOTHING, choices, instead


class Said(NamedTuple):
    """What is wrong, and what is allowed."""

    message: Text
    allowed: Text = NOTHING


class Fault(NamedTuple):
    """One error of pydantic with what helps to explain it.

    name      last name of the path
    given     the value that was given
    context   pydantic's details
    quantity  declaration of the value, where it has one
    known     names that may stand where this one stands
    """

    name: str
    given: object
    context: Mapping[str, Any]
    quantity: Quantity | None
    known: Sequence[str]


def wrong(message: Text, allowed: Text = NOTHING) -> PydanticCustomError:
    """Return an error of our own for a validator to raise."""
    return PydanticCustomError("said", "said", {"said": Said(message, allowed)})


def explained(kind: str, fault: Fault) -> Said:
    """Return the words for a pydantic error type."""
    return EXPLANATIONS.get(kind, _unknown)(fault)


def shown(value: object) -> str:
    """Return a value as it might be written in a scenario, cut short.

    >>> shown(True), shown(None), shown("a" * 60)
    ('true', 'null', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaa..."')
    """
    match value:
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case str():
            return f'"{value[:28]}..."' if len(value) > 30 else f'"{value}"'
        case float() | int():
            return f"{value:.12g}"
        case list() | tuple() | dict():
            return "a list" if not isinstance(value, dict) else "a mapping"
        case _:
            return str(value)[:30]


def allowed_values(quantity: Quantity) -> Text:
    """Say what a quantity may be.

    >>> from simulator.economy.drivers import Drivers
    >>> from simulator.quantity import declared
    >>> allowed_values(declared(Drivers)["tariff_wedge"]).sv
    'ett tal från 0 till 50 procent'

    What is counted is not said twice: "a number from 0 to 20", "a number from 0 to 20 per year".
    """
    if quantity.unit == "yes/no":
        return Text("true or false", "true eller false")
    low, high = (f"{end:.10g}" for end in quantity.allowed)
    named = UNITS[quantity.unit] if quantity.unit != "1" else NOTHING
    unit = Text(named.en.removeprefix("number").strip(), named.sv.removeprefix("antal").strip())
    whole = Text("a whole number", "ett heltal") if quantity.whole else Text("a number", "ett tal")
    return Text(
        f"{whole.en} from {low} to {high} {unit.en}".rstrip(), f"{whole.sv} från {low} till {high} {unit.sv}".rstrip()
    )


def _given(fault: Fault) -> Text:
    value = fault.given
    if value is None:
        return Text("a value is missing", "ett värde saknas")
    if isinstance(value, dict):
        return Text("a mapping stands here", "här står en mappning")
    if isinstance(value, list | tuple):
        return Text("a list stands here", "här står en lista")
    return Text(shown(value), shown(value))


def _not_a(en: str, sv: str) -> Callable[[Fault], Said]:
    def explain(fault: Fault) -> Said:
        given = _given(fault)
        if fault.given is None:
            return Said(given, Text(f"write {en}, or leave the line out", f"skriv {sv}, eller ta bort raden"))
        if isinstance(fault.given, dict | list | tuple):
            return Said(given, Text(en, sv))
        return Said(Text(f"{given.en} does not fit", f"{given.sv} passar inte"), Text(en, sv))

    return explain


def _number(fault: Fault) -> Said:
    """A number is expected; words such as 50 % or 0,5 are answered with what was probably meant."""
    allowed = allowed_values(fault.quantity) if fault.quantity else Text("a number", "ett tal")
    if isinstance(fault.given, str):
        text = fault.given.strip()
        head = text.replace(",", ".").split("%")[0].split()
        if head and _is_number(head[0]) and not _is_number(text):
            return Said(
                Text(f"{shown(text)} is not a number", f"{shown(text)} är inget tal"),
                Text(
                    f"write the number alone, with a decimal point: {allowed.en}",
                    f"skriv bara talet, med decimalpunkt: {allowed.sv}",
                ),
            )
        if _is_number(text):
            return Said(
                Text(f"{shown(text)} is text", f"{shown(text)} är text"),
                Text(f"write it without quotation marks: {allowed.en}", f"skriv det utan citattecken: {allowed.sv}"),
            )
    return (
        _not_a("a number", "ett tal")(fault)._replace(allowed=allowed)
        if fault.given is not None
        else Said(_given(fault), allowed)
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _outside(fault: Fault) -> Said:
    """A number is too small or too large; a percentage for a share is pointed out."""
    limit = fault.context.get("ge", fault.context.get("le", fault.context.get("gt", fault.context.get("lt", ""))))
    least, given = "ge" in fault.context or "gt" in fault.context, shown(fault.given)
    if fault.quantity is None:
        end = f"{limit:g}" if isinstance(limit, float) else limit
        allowed = Text(f"at least {end}", f"minst {end}") if least else Text(f"at most {end}", f"högst {end}")
    else:
        allowed = allowed_values(fault.quantity)
        low, high = fault.quantity.allowed
        if (
            fault.quantity.unit == "1"
            and isinstance(fault.given, int | float)
            and low <= fault.given / 100 <= high <= 1
        ):
            share = f"{fault.given / 100:g}"
            allowed = Text(f"{allowed.en}; {given} % is written {share}", f"{allowed.sv}; {given} % skrivs {share}")
    return Said(
        Text(f"{given} is too small", f"{given} är för litet")
        if least
        else Text(f"{given} is too large", f"{given} är för stort"),
        allowed,
    )


def _unknown_name(fault: Fault) -> Said:
    return Said(
        Text(f"{fault.name} is not known here", f"{fault.name} är okänt här"),
        instead(fault.name, fault.known) if fault.known else Text("nothing may stand here", "inget får stå här"),
    )


def _flag(fault: Fault) -> Said:
    """Yes or no is expected; YAML 1.1 took more words for it than YAML 1.2 does."""
    said = _not_a("true or false", "true eller false")(fault)
    meant = {"yes": "true", "on": "true", "ja": "true", "no": "false", "off": "false", "nej": "false"}
    word = meant.get(str(fault.given).lower())
    return said if word is None else said._replace(allowed=Text(f"write {word}", f"skriv {word}"))


def _choice(fault: Fault) -> Said:
    """One of fixed words is expected."""
    words = [word.strip("'") for word in str(fault.context.get("expected", "")).replace(" or ", ", ").split(", ")]
    given = _given(fault)
    near = instead(fault.given, words) if isinstance(fault.given, str) else choices(words)
    return Said(
        given if fault.given is None else Text(f"{given.en} is not known here", f"{given.sv} är okänt här"), near
    )


def _kind(fault: Fault) -> Said:
    kind = fault.given.get("kind") if isinstance(fault.given, dict) else None
    if kind is None:
        return Said(Text("the kind is missing", "sorten (kind) saknas"), choices(fault.known, 60))
    if isinstance(kind, dict | list):
        return Said(_given(fault._replace(given=kind)), choices(fault.known, 60))
    word = kind if isinstance(kind, str) else shown(kind)
    return Said(Text(f"no kind {word}", f"ingen sort (kind) {word}"), instead(word, fault.known, 60))


def _length(fault: Fault) -> Said:
    limit = fault.context.get("min_length", fault.context.get("max_length", ""))
    if limit == 1 and not fault.given:
        return Said(
            Text("nothing is named", "inget anges"),
            Text("at least one, or leave the line out", "minst en, eller ta bort raden"),
        )
    return Said(Text("a wrong number of values", "fel antal värden"), Text(f"{limit} of them", f"{limit} stycken"))


def _not_whole(fault: Fault) -> Said:
    given = shown(fault.given)
    return Said(Text(f"{given} is not whole", f"{given} är inte helt"), Text("a whole number", "ett heltal"))


def _finite(fault: Fault) -> Said:
    allowed = allowed_values(fault.quantity) if fault.quantity else Text("a finite number", "ett ändligt tal")
    return Said(Text("not a finite number", "inget ändligt tal"), allowed)


def _pattern(fault: Fault) -> Said:
    return Said(
        Text(f"{fault.name} cannot be a name", f"{fault.name} kan inte vara ett namn"),
        Text("a letter, then letters, digits, - and _", "en bokstav, sedan bokstäver, siffror, - och _"),
    )


def _own(fault: Fault) -> Said:
    said: Said = fault.context["said"]
    return said


def _unknown(fault: Fault) -> Said:
    return Said(Text("this value does not fit here", "värdet passar inte här"))


_text = _not_a("text", "text")
_list = _not_a("a list such as [a, b]", "en lista som [a, b]")
_mapping = _not_a("names with values", "namn med värden")

EXPLANATIONS: Mapping[str, Callable[[Fault], Said]] = MappingProxyType(
    {
        "said": _own,
        "missing": lambda fault: Said(Text(f"{fault.name} is missing", f"{fault.name} saknas")),
        "extra_forbidden": _unknown_name,
        "float_type": _number,
        "float_parsing": _number,
        "int_type": _number,
        "int_from_float": _number,
        "int_parsing": _number,
        "finite_number": _finite,
        "multiple_of": _not_whole,
        "bool_type": _flag,
        "bool_parsing": _flag,
        "string_type": _text,
        "list_type": _list,
        "dict_type": _mapping,
        "model_type": _mapping,
        "model_attributes_type": _mapping,
        "literal_error": _choice,
        "greater_than_equal": _outside,
        "less_than_equal": _outside,
        "union_tag_invalid": _kind,
        "union_tag_not_found": _kind,
        "too_short": _length,
        "too_long": _length,
        "string_too_short": lambda fault: Said(Text("the text is empty", "texten är tom")),
        "string_pattern_mismatch": _pattern,
    }
)
