"""An indicator's formula as a sentence, made from its declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.indicators.catalogue import INDICATORS
from simulator.indicators.catalogue.barriers import WORDS as BARRIERS
from simulator.indicators.declare import (
    POPULATIONS,
    Gap,
    Growth,
    Indicator,
    Inequality,
    Quantile,
    Ratio,
    Separation,
    Term,
)
from simulator.indicators.grid import WORDS
from simulator.indicators.observe import EVENTS, PUBLIC, REGION, STATES, STEPS
from simulator.quantity import Text
from simulator.wording import plain

_COUNT = Text("number of firms", "antal företag")
_HELD = tuple(Text(f"“{text.en}”", f"”{text.sv}”") for text in BARRIERS.values())
_KILO = 1000
_ANY = 2
"""Levels of a state that a firm is in or not."""

STATE_WORDS: Mapping[str, tuple[Text, tuple[Text, ...]]] = {
    "digital": (Text("at digital level", "på digital nivå"), ()),
    "green": (Text("at green level", "på grön nivå"), ()),
    "circular": (Text("at circular level", "på cirkulär nivå"), ()),
    "stage": (Text("at export stage", "i exportstadium"), ()),
    "export_survivor": (Text(
        "that have exported for exactly 16 quarters", "som har exporterat i precis 16 kvartal"), ()),
    "barrier": (Text("for which the next digital step is marked", "för vilka nästa digitala steg är märkt"), _HELD),
    "green_barrier": (Text("for which the next green step is marked", "för vilka nästa gröna steg är märkt"), _HELD),
    "circular_barrier": (Text(
        "for which the next circular step is marked", "för vilka nästa cirkulära steg är märkt"), _HELD),
    "export_barrier": (Text("for which exporting is marked", "för vilka export är märkt"), _HELD),
    "succession_due": (Text(
        "whose owner is 60 or older and has not begun to prepare a handover",
        "vars ägare är 60 år eller äldre och inte börjat förbereda ett skifte"), ()),
    "idle": (Text("that are", "som är"), (
        Text("younger than five years", "yngre än fem år"),
        Text("five years or older with a step in the last five", "fem år eller äldre med ett steg de senaste fem"),
        Text("five years or older without any step in the last five", "fem år eller äldre utan steg de senaste fem"))),
    "contact": (Text("that measures have contacted", "som insatser har kontaktat"), (
        Text("never", "aldrig"), Text("more than a year ago", "för mer än ett år sedan"),
        Text("in the last year", "under det senaste året"))),
    "supported": (Text("that have ever been supported", "som någon gång fått stöd"), ()),
    "university": (Text("with a link to a university", "med en länk till en högskola"), ()),
    "multinational": (Text("with a link to a multinational", "med en länk till ett multinationellt företag"), ()),
    "cluster": (Text("in a cluster", "i ett kluster"), ()),
    "hard_to_reach": (Text("that are", "som är"), (
        Text("easier to reach", "lättare att nå"),
        Text("rural with fewer than 10 employees, never supported",
             "på landsbygden med färre än 10 anställda, aldrig stödda"),
        Text("rural with fewer than 10 employees, supported at some time",
             "på landsbygden med färre än 10 anställda, någon gång stödda"))),
    "research": (Text("that do R&D", "som bedriver FoU"), ()),
    "testbed": (Text("that use a testbed", "som använder en testbädd"), ()),
    "innovating": (Text("with a new product in the last three years", "med en ny produkt de senaste tre åren"), ()),
    "absorptive": (Text("with an absorptive capacity of", "med absorptionsförmåga"), ()),
    "dependence": (Text(
        "whose largest customer's share of sales is", "vars största kunds andel av omsättningen är"), ()),
}  # fmt: skip
"""How firms in a state are described, and words for its levels where they are no numbers."""

SUMS: Mapping[str, Mapping[str, Text]] = {
    "amount": {
        "employment": Text("employment, FTE", "sysselsättning, heltid"),
        "absorptive": Text("absorptive capacity", "absorptionsförmåga"),
        "effective_digital": Text("digital level times realised gain", "digital nivå gånger uppnådd nytta"),
        "value_added": Text("value added, kSEK", "förädlingsvärde, tkr"),
        "sales": Text("sales, kSEK", "omsättning, tkr"),
        "energy_used": Text("energy used, MWh", "energianvändning, MWh"),
        "energy_saved": Text("energy saved, MWh", "sparad energi, MWh"),
        "emissions": Text("emissions, tonnes of CO2", "utsläpp, ton koldioxid"),
        "material_saved": Text("material cost saved, kSEK", "sparad materialkostnad, tkr"),
        "rd_spending": Text("spending on R&D, kSEK", "utgifter för FoU, tkr"),
        "wage_bill": Text("labour cost, kSEK", "arbetskraftskostnad, tkr"),
        "value_lost": Text("value added lost to empty posts, kSEK", "förädlingsvärde förlorat på tomma platser, tkr"),
        "exporter_sales": Text("sales of exporters, kSEK", "exportörers omsättning, tkr"),
        "export_markets": Text("number of export markets", "antal exportmarknader"),
        "export_sales": Text("export sales, kSEK", "exportförsäljning, tkr"),
        "value_exported": Text("value added in exports, kSEK", "förädlingsvärde i export, tkr"),
    },
    "labour": {
        "employed": Text("employed people", "sysselsatta"),
        "women": Text("employed women", "sysselsatta kvinnor"),
        "young": Text("employed people aged 16-24", "sysselsatta 16-24 år"),
        "foreign_born": Text("employed people born abroad", "sysselsatta födda utomlands"),
        "vacancies": Text("posts to be filled", "platser att tillsätta"),
        "matches": Text("filled posts", "tillsatta platser"),
        "matches_aligned": Text("posts filled if people and posts were in the same place and class",
                                "tillsatta platser om människor och platser fanns på samma håll och i samma klass"),
        "vacancy_stock": Text("vacant posts", "lediga platser"),
        "trainees": Text("people trained at work", "personer i kompetensutveckling"),
        "new_supply": Text("newcomers to the labour pool", "nytillkomna i arbetskraften"),
        "retirements": Text("people retiring", "pensioneringar"),
        "youth_migration": Text("net migration of people aged 16-39", "nettoflyttning i åldern 16-39"),
    },
    "public": PUBLIC,
    "regional": {
        **REGION,
        "digital_within": Text("Theil index of digital levels within municipalities",
                               "Theilindex för digitala nivåer inom kommuner"),
        "digital_between": Text("Theil index of digital levels between municipalities",
                                "Theilindex för digitala nivåer mellan kommuner"),
        "productivity_within": Text("Theil index of productivity within municipalities",
                                    "Theilindex för produktivitet inom kommuner"),
        "productivity_between": Text("Theil index of productivity between municipalities",
                                     "Theilindex för produktivitet mellan kommuner"),
        "rd_top_percent": Text("share of R&D spending by the top percent of performers",
                               "den översta procentens andel av FoU-utgifterna"),
        "rd_top_ten": Text("share of R&D spending by the top ten", "de tio störstas andel av FoU-utgifterna"),
        "rd_gini": Text("Gini coefficient of R&D spending", "Ginikoefficient för FoU-utgifter"),
    },
}  # fmt: skip
"""What is summed, by source of a term."""


def formula_text(indicator: Indicator) -> Text:
    """How an indicator is worked out, in words.

    >>> formula_text(INDICATORS["exporter_count"]).en
    'Number of firms at export stage 1, 2 or 3. Counted: firms with 2-249 employees.'
    """
    formula = indicator.formula
    match formula:
        case Ratio():
            said = _ratio(formula)
        case Quantile():
            share = _number(formula.share * 100)
            scale = _scaled(formula.scale)
            said = Text(
                f"the value below which {share.en} % of the firms {STATE_WORDS[formula.state][0].en} … lie{scale.en}",
                f"värdet under vilket {share.sv} % av företagen {STATE_WORDS[formula.state][0].sv} … ligger{scale.sv}",
            )
        case Gap():
            said = _gap(formula)
        case Growth():
            of = INDICATORS[formula.of].text
            said = Text(
                f"change of “{of.en}” over four quarters, percent", f"ändring av ”{of.sv}” på fyra kvartal, procent"
            )
        case Inequality():
            what, over = _event(formula.event), _over(formula.window)
            said = Text(
                f"Gini coefficient across municipalities of the amounts of “{what.en}” per firm{over.en}",
                f"Ginikoefficient över kommuner för beloppen av ”{what.sv}” per företag{over.sv}",
            )
        case Separation():
            said = Text(
                "chance that a firm with an award has more need than an eligible firm without"
                f"{_over(formula.window).en} (area under the ROC curve; 0.5 is luck)",
                "chansen att ett företag med stöd har större behov än ett behörigt utan"
                f"{_over(formula.window).sv} (ytan under ROC-kurvan; 0,5 är slump)",
            )
    who = POPULATIONS[indicator.population][0]
    counted = Text(f" Counted: {who.en}.", f" Räknade: {who.sv}.") if indicator.family == "firms" else Text("", "")
    return Text(f"{_capital(said.en)}.{counted.en}", f"{_capital(said.sv)}.{counted.sv}")


def _capital(words: str) -> str:
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def _ratio(formula: Ratio) -> Text:
    parts = [_sum(formula.top)]
    if formula.under:
        under = _sum(formula.under)
        parts.append(Text(f", divided by {under.en}", f", delat med {under.sv}"))
        if formula.lag:
            lag = f" {formula.lag} "
            parts.append(Text(f"{lag}quarters earlier", f"{lag}kvartal tidigare"))
    parts.append(_scaled(formula.scale))
    parts.append(_over(formula.window))
    if formula.then is not None and formula.after is not None:
        parts.append(Text(f"; then {formula.after.en}", f"; sedan {formula.after.sv}"))
    known = max(formula.since, formula.least or 0)
    if known:
        parts.append(Text(f"; known from quarter {known} on", f"; känt från kvartal {known}"))
    return _joined(parts)


def _over(window: int) -> Text:
    if window == 1:
        return Text("", "")
    return Text(f", over the last {window} quarters", f", över de senaste {window} kvartalen")


def _scaled(scale: float) -> Text:
    if scale == 1:
        return Text("", "")
    if scale < 1 and (1 / scale) % 10 == 0 and scale * _KILO <= 1:
        by = _number(1 / scale)
        return Text(f", divided by {by.en}", f", delat med {by.sv}")
    if scale < 1:
        return _joined([_scaled(scale * _KILO), _scaled(1 / _KILO)])
    by = _number(scale)
    return Text(f", times {by.en}", f", gånger {by.sv}")


def _gap(formula: Gap) -> Text:
    of = INDICATORS[formula.of].text
    high, low = (WORDS.get(key, Text(key, key)) for key in (formula.high, formula.low))
    tail = Text(" in percent of the latter", " i procent av det senare") if formula.relative else Text("", "")
    return Text(
        f"“{of.en}” for {high.en} minus that for {low.en}{tail.en}",
        f"”{of.sv}” för {high.sv} minus det för {low.sv}{tail.sv}",
    )


def _sum(terms: Sequence[Term]) -> Text:
    said = [_term(term) for term in terms]
    return Text(" + ".join(one.en for one in said), " + ".join(one.sv for one in said))


def _term(term: Term) -> Text:
    match term.source:
        case "state":
            return _state(term.name, term.levels)
        case "event":
            what = _event(term.name)
            return Text(f"number of firms with the event “{what.en}”", f"antal företag med händelsen ”{what.sv}”")
        case "weight":
            what, unit = _event(term.name), _weight(term.name)
            return Text(f"{unit.en} of the events “{what.en}”", f"{unit.sv} i händelserna ”{what.sv}”")
    found = SUMS[term.source][term.name]
    return Text(_small(found.en), _small(found.sv))


def _small(words: str) -> str:
    """Without a capital at the start, unless the word is a name or an abbreviation."""
    return (
        words[:1].lower() + words[1:] if not words[:2].isupper() and not words.startswith(("Theil", "Gini")) else words
    )


def _event(name: str) -> Text:
    text = EVENTS[name]
    return Text(_small(text.en.partition(";")[0]), _small(text.sv.partition(";")[0]))


def _weight(name: str) -> Text:
    text = EVENTS[name]
    return Text(text.en.partition("; weight ")[2], text.sv.partition("; vikt ")[2])


def _state(name: str, levels: tuple[int, ...]) -> Text:
    state = STATES[name]
    words, names = STATE_WORDS[name]
    if len(levels) == state.levels:
        return _COUNT
    if state.levels == _ANY and levels == (1,):
        return _joined([_COUNT, Text(f" {words.en}", f" {words.sv}")])
    which = _levels(state.levels, levels, names)
    return _joined([_COUNT, Text(f" {words.en} {which.en}", f" {words.sv} {which.sv}")])


def _levels(count: int, levels: tuple[int, ...], names: tuple[Text, ...]) -> Text:
    if count >= STEPS:  # steps of a number in 0..1
        first, last = (level - (count - STEPS) for level in (levels[0], levels[-1]))
        low, high = (_number(100 * end / STEPS) for end in (first, last + 1))
        return Text(f"{low.en} to {high.en} %", f"{low.sv} till {high.sv} %")
    said = [names[level] if names else Text(str(level), str(level)) for level in levels]
    return Text(_listed([one.en for one in said], "or"), _listed([one.sv for one in said], "eller"))


def _listed(parts: Sequence[str], last: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def _number(value: float) -> Text:
    return Text(plain(round(value, 6), "en"), plain(round(value, 6), "sv"))


def _joined(parts: Sequence[Text]) -> Text:
    return Text("".join(part.en for part in parts), "".join(part.sv for part in parts))
