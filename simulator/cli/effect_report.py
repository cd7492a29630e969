"""What a comparison says to a planner: differences with intervals in words, prices, deadweight, losers, synergy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, log10
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.analysis.arms import other_surroundings
from simulator.analysis.comparison import Comparison
from simulator.analysis.fates import TRANSITIONS
from simulator.analysis.pairs import NEGLIGIBLE, Effect
from simulator.analysis.worth import OUTCOMES
from simulator.ensemble.statistics import Estimate, Quotient, regret
from simulator.indicators import INDICATORS
from simulator.indicators.declare import SIZES, TOPICS
from simulator.indicators.results import quarter_labels
from simulator.quantity import Text
from simulator.region.facts import load_region
from simulator.wording import UNKNOWN, aligned, unit_symbol, written

if TYPE_CHECKING:
    from simulator.scenario import Scenario

EMPTY = Text(
    "No measures, and coordination as it is without: nothing to compare. Name a scenario with measures, or one to "
    "compare with (--against).",
    "Inga insatser, och samordning som den är utan: inget att jämföra. Ange ett scenario med insatser, eller ett att "
    "jämföra med (--against).",
)
ASSUMED = Text("assumed, not an effect", "antaget, ingen verkan")
NOTHING = Text("no detectable difference", "ingen påvisbar skillnad")
_SILENT = Text(
    f"No detectable difference, or below {NEGLIGIBLE:.2%} of the level",
    f"Ingen påvisbar skillnad, eller under {NEGLIGIBLE:.2%} av nivån".replace(".", ",").replace("%", " %"),
)
_HEADINGS = (
    Text("indicator", "indikator"), Text("unit", "enhet"), Text("without", "utan"), Text("difference", "skillnad"),
    Text("90 % interval", "90 % intervall"), Text("over the run", "hela tiden"), Text("", ""),
)  # fmt: skip
WORDS = {
    (1, 1): Text("better", "bättre"), (1, -1): Text("worse", "sämre"), (-1, -1): Text("better", "bättre"),
    (-1, 1): Text("worse", "sämre"), (0, 1): Text("more", "mer"), (0, -1): Text("less", "mindre"),
}  # fmt: skip
_LUCK = Text(
    "Differences on equal luck, conditional on the scenario's assumptions; not a forecast. Of indicators that policy "
    "does not touch, one in ten would still seem to differ.",
    "Skillnader med samma slump, under scenariots antaganden; ingen prognos. Av indikatorer som politiken inte rör "
    "skulle en av tio ändå se ut att skilja sig.",
)


_CAPPED = Text(
    "Under a common budget a measure alone may use what others would have taken: less than the sum is partly money.",
    "Under gemensam budget får en ensam insats använda vad de andra hade tagit: mindre än summan är delvis pengar.",
)


def named(scenario: Scenario, language: str) -> str:
    """Title of a scenario and its variant."""
    title = scenario.title.said(language) if scenario.title else Path(scenario.name).stem
    return f"{title} ({scenario.variant})" if scenario.variant else title


def span(low: float, high: float, decimals: int, language: str, sign: bool = True) -> str:
    """An interval in words.

    >>> span(-1.25, 3, 1, "sv")
    '-1,2 till +3,0'
    """
    ends = (written(end, decimals, language, sign=sign) for end in (low, high))
    return Text(" to ", " till ").said(language).join(ends)


def report(found: Comparison, language: str) -> Iterator[str]:
    """Lines about one scenario."""
    plan = found.plan
    other = Text("the same scenario without measures", "samma scenario utan insatser")
    against = other.said(language) if plan.own else named(plan.baseline, language)
    yield named(plan.policy, language)
    if plan.empty:
        yield EMPTY.said(language)
        return
    yield Text(f"{found.runs} paired runs against {against}", f"{found.runs} parvisa körningar mot {against}").said(
        language
    )
    others = ", ".join(other_surroundings(plan.policy, plan.baseline))
    if others:
        yield Text(
            f"The two differ in {others} too: the differences and costs are not those of policy alone.",
            f"De två skiljer sig även i {others}: skillnader och kostnader är inte politikens ensamma.",
        ).said(language)
    yield from _effects(found, language)
    for heading, lines in (
        (Text("Cost per additional outcome", "Kostnad per ytterligare utfall"), _prices(found, language)),
        (Text("Public money", "Offentliga medel"), _money(found, language)),
        (Text("Would have happened anyway", "Hade hänt ändå"), _anyway(found, language)),
        (Text("Who loses", "Vem förlorar"), _losers(found, language)),
        (Text("Targets", "Mål"), _targets(found, language)),
        (Text("Together and alone", "Tillsammans och var för sig"), _synergies(found, language)),
        (Text("Return to coordination", "Samordningens avkastning"), _coordination(found, language)),
    ):
        written_out = list(lines)
        if written_out:
            yield ""
            yield heading.said(language)
            yield from (f"  {line}" for line in written_out)
    yield ""
    yield _LUCK.said(language)


def shown_places(value: float, decimals: int, more: int = 3) -> int:
    """Decimals that show two digits of a small difference, at most `more` above the usual ones.

    >>> shown_places(12.3, 1), shown_places(0.0042, 1), shown_places(0.0, 1)
    (1, 4, 1)
    """
    if not abs(value) > 0:
        return decimals
    return min(decimals + more, max(decimals, 1 - floor(log10(abs(value)))))


def _row(effect: Effect, assumed: bool, language: str) -> tuple[str, ...]:
    one = effect.indicator
    chosen = effect.end if effect.end.detectable else effect.whole
    places = shown_places(chosen.mean, one.decimals)
    word = (ASSUMED if assumed else WORDS[one.better, 1 if chosen.mean > 0 else -1]).said(language)
    return (
        f"  {one.text.said(language)}", unit_symbol(one.unit, language), written(effect.level, one.decimals, language),
        written(effect.end.mean, places, language, sign=True), span(effect.end.low, effect.end.high, places, language),
        written(effect.whole.mean, places, language, sign=True), word,
    )  # fmt: skip


def _effects(found: Comparison, language: str) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [tuple(text.said(language) for text in _HEADINGS)]
    headings: dict[int, str] = {}
    silent: list[str] = []
    for topic, text in TOPICS.items():
        own = [one for one in found.effects.values() if one.indicator.topic == topic]
        told = [one for one in own if one.detectable and not one.negligible]
        rest = ", ".join(one.indicator.text.said(language) for one in own if one not in told)
        if told:
            headings[len(rows)] = text.said(language)
        rows += [_row(one, one.indicator.name in found.plan.assumed, language) for one in told]
        silent += [f"  {text.said(language)}: {rest}"] if rest else []
    for at, line in enumerate(aligned(rows, left=(0, 1, 6))):
        if at in headings:
            yield from ("", headings[at])
        yield line
    if silent:
        yield from ("", _SILENT.said(language), *silent)


def _money_of(quotient: Quotient, language: str) -> str:
    """A price in kSEK, or in MSEK from a million on, with its interval."""
    large = abs(quotient.value) >= 1000
    unit = unit_symbol("MSEK" if large else "kSEK", language)
    low, value, high = (part / (1000 if large else 1) for part in (quotient.low, quotient.value, quotient.high))
    places = 1 if abs(value) < 100 else 0
    return f"{written(value, places, language)} {unit} ({span(low, high, places, language, sign=False)})"


def _prices(found: Comparison, language: str) -> Iterator[str]:
    for name, price in found.prices.items():
        places = 1 if abs(price.additional.mean) < 10 else 0
        more = written(price.additional.mean, places, language, sign=True)
        interval = span(price.additional.low, price.additional.high, places, language)
        unit = OUTCOMES[name].unit.said(language)
        if price.assumed:
            yield f"{unit}: {ASSUMED.said(language)}: {more} ({interval})"
        elif price.price.known:
            yield f"{_money_of(price.price, language)} per {unit}: {more} ({interval})"
        elif price.additional.detectable:
            fewer = Text("fewer, so no cost per additional one", "färre, alltså ingen kostnad per ytterligare")
            yield f"{unit}: {fewer.said(language)}: {more} ({interval})"
        else:
            yield f"{unit}: {NOTHING.said(language)}: {more} ({interval})"
    yield Text(
        "Each line sets the whole cost of the package against one outcome; do not add them.",
        "Varje rad ställer paketets hela kostnad mot ett utfall; summera dem inte.",
    ).said(language)


def _money(found: Comparison, language: str) -> Iterator[str]:
    first = int(found.plan.policy.run.start_text[:4])
    years = " ".join(f"{first + at}: {written(amount, 1, language)}" for at, amount in enumerate(found.years.tolist()))
    total = written(float(found.years.sum()), 0, language)
    yield Text(f"{total} MSEK in all; by year {years}", f"{total} mnkr totalt; per år {years}").said(language)
    if found.research is not None and found.research.known:
        gain = written(found.research.value, 2, language)
        ends = span(found.research.low, found.research.high, 2, language, sign=False)
        yield Text(
            f"{gain} kronor of additional R&D per krona of public R&D money ({ends}); 1 is neutral",
            f"{gain} kronor ytterligare FoU per offentlig FoU-krona ({ends}); 1 är neutralt",
        ).said(language)


def _anyway(found: Comparison, language: str) -> Iterator[str]:
    for name, one in found.anyway.items():
        step = TRANSITIONS[name].said(language)
        supported, rose = (written(value, 0, language) for value in (one.supported, one.rose))
        if not one.rose:
            yield Text(
                f"{step}: none of {supported} supported firms got further",
                f"{step}: inget av {supported} stödda företag kom vidare",
            ).said(language)
            continue
        share = written(100 * one.share, 0, language)
        ends = span(100 * one.low, 100 * one.high, 0, language, sign=False)
        yield Text(
            f"{step}: {rose} of {supported} supported firms got further; {share} % of them ({ends}) would have anyway",
            f"{step}: {rose} av {supported} stödda företag kom vidare; {share} % av dem ({ends}) hade gjort det ändå",
        ).said(language)


def _sure(one: Estimate, decimals: int, language: str) -> str:
    value = f"{written(one.mean, decimals, language, sign=True)} ({span(one.low, one.high, decimals, language)})"
    return value if one.detectable else f"{value}, {NOTHING.said(language)}"


def _losers(found: Comparison, language: str) -> Iterator[str]:
    lost, region = found.losers, load_region(found.plan.policy.region.name)
    if lost.awarded.mean == 0 and lost.others.mean == 0:
        return
    ours, others = (_sure(one, 0, language) for one in (lost.awarded, lost.others))
    yield Text(
        f"sales over the run, MSEK: supported firms {ours}; all others {others}",
        f"omsättning under körningen, mnkr: stödda företag {ours}; alla andra {others}",
    ).said(language)
    if lost.displaced.low > 0:
        share = written(100 * lost.displaced.value, 0, language)
        ends = span(100 * lost.displaced.low, 100 * lost.displaced.high, 0, language, sign=False)
        yield Text(
            f"displacement: others lose {share} % ({ends}) of what supported firms gain",
            f"undanträngning: andra förlorar {share} % ({ends}) av vad stödda företag vinner",
        ).said(language)
    else:
        yield Text("no displacement of others can be detected", "ingen undanträngning av andra kan påvisas").said(
            language
        )
    groups = [
        *zip([Text(f"{size} employees", f"{size} anställda") for size in SIZES], lost.size, strict=True),
        *zip(region.industries.names, lost.industry, strict=True),
    ]
    for text, one in groups:
        if one.detectable and one.mean < 0:
            jobs = _sure(one, 0, language)
            yield Text(
                f"unsupported firms, {text.en}: {jobs} job-years", f"företag utan stöd, {text.sv}: {jobs} jobbår"
            ).said(language)
    names = ", ".join(region.names[code] for code in lost.behind) or UNKNOWN
    luck = written(lost.by_luck, 1, language)
    yield Text(
        f"municipalities with fewer job-years in at least 80 % of the runs: {names} (by luck alone {luck})",
        f"kommuner med färre jobbår i minst 80 % av körningarna: {names} (av ren slump {luck})",
    ).said(language)


def _targets(found: Comparison, language: str) -> Iterator[str]:
    plan = found.plan
    labels = quarter_labels(plan.policy.run.start_text, plan.policy.run.quarters + 1)
    for target in found.targets:
        goal, one = target.goal, INDICATORS[target.goal.indicator]
        if not 0 <= goal.by + 1 < len(labels):
            continue
        limits = [(">=", goal.at_least), ("<=", goal.at_most)]
        limit = " ".join(f"{sign} {written(at, one.decimals, language)}" for sign, at in limits if at is not None)
        (hits, low, high), (before, *_) = target.met
        ends = span(100 * low, 100 * high, 0, language, sign=False)
        median = target.times[0].median
        when = labels[int(median)] if median == median else UNKNOWN
        share, without = (written(100 * count / found.runs, 0, language) for count in (hits, before))
        yield Text(
            f"{one.text.en} {limit} by {labels[goal.by + 1]}: {share} % of the runs ({ends}), without policy "
            f"{without} %; half have held it for four quarters from {when}",
            f"{one.text.sv} {limit} senast {labels[goal.by + 1]}: {share} % av körningarna ({ends}), utan politik "
            f"{without} %; hälften har hållit det fyra kvartal i rad från {when}",
        ).said(language)


def _synergies(found: Comparison, language: str) -> Iterator[str]:
    """For each outcome that the measures change together: the sum of the single ones, and each measure's part."""
    budget = found.plan.policy.budget
    if found.synergies and (budget.per_year, budget.total) != (None, None):
        yield _CAPPED.said(language)
    heads = Text("alone", "ensam"), Text("lost without it", "förloras utan den")
    for name, one in found.synergies.items():
        if not one.whole.detectable:
            yield f"{OUTCOMES[name].unit.said(language)}: {_sure(one.whole, 1, language)}"
            continue
        places = shown_places(one.whole.mean, 0)
        whole, both = _sure(one.whole, places, language), _sure(one.synergy, places, language)
        unit = OUTCOMES[name].unit.said(language)
        yield Text(
            f"{unit}: together {whole}; beyond the sum of the single ones {both}",
            f"{unit}: tillsammans {whole}; utöver summan av de enskilda {both}",
        ).said(language)
        rows = [("", *(head.said(language) for head in heads))]
        for measure, part in one.parts.items():
            rows.append((measure, *(_sure(each, places, language) for each in (part, one.share_of[measure]))))
        yield from (f"  {line}" for line in aligned(rows, left=(0, 1, 2)))


def _coordination(found: Comparison, language: str) -> Iterator[str]:
    for kappa, one in found.coordination.items():
        level = written(kappa, 2, language)
        gain = NOTHING.said(language)
        if one.known:
            gain = f"{written(one.value, 1, language)} ({span(one.low, one.high, 1, language, sign=False)})"
        yield Text(
            f"coordination {level} against 0: kronor of value added per krona of coordination: {gain}",
            f"samordning {level} mot 0: kronor förädlingsvärde per samordningskrona: {gain}",
        ).said(language)


def regrets(found: Sequence[Comparison], language: str) -> Iterator[str]:
    """Lines on what each scenario misses against the best one on equal luck, by outcome."""
    import numpy as np

    yield ""
    yield Text("Missed against the best scenario of each run", "Missat mot varje körnings bästa scenario").said(
        language
    )
    names = [named(one.plan.policy, language) for one in found]
    rows = [["", *names]]
    for name, outcome in OUTCOMES.items():
        if name in found[0].prices:
            missed = regret(np.array([one.prices[name].runs for one in found]))
            rows.append([outcome.unit.said(language), *(written(value, 1, language) for value in missed.tolist())])
    yield from aligned(rows)


COLUMNS = (
    "scenario", "variant", "against", "what", "name", "unit", "baseline", "mean", "sd", "low", "high", "runs",
    "detectable", "over_run", "over_run_low", "over_run_high", "variance_ratio", "label_en", "label_sv",
)  # fmt: skip


def table(found: Sequence[Comparison]) -> list[list[object]]:
    """All effects and prices as rows under `COLUMNS`; empty where unknown."""
    rows: list[list[object]] = [list(COLUMNS)]
    for one in found:
        plan = one.plan
        head = [plan.policy.name, plan.policy.variant or "", plan.baseline.name]
        rows += [[*head, *_effect_row(name, effect)] for name, effect in one.effects.items()]
        rows += [[*head, *_price_row(name, price.price)] for name, price in one.prices.items()]
    return rows


def _effect_row(name: str, effect: Effect) -> list[object]:
    end, whole, one = effect.end, effect.whole, effect.indicator
    numbers = [effect.level, end.mean, end.sd, end.low, end.high]
    later = [whole.mean, whole.low, whole.high, effect.variance]
    return [
        "effect", name, one.unit, *map(_plain, numbers), end.runs, int(end.detectable), *map(_plain, later),
        one.text.en, one.text.sv,
    ]  # fmt: skip


def _price_row(name: str, price: Quotient) -> list[object]:
    unit = OUTCOMES[name].unit
    known = [*map(_plain, (price.value,)), "", *map(_plain, (price.low, price.high)), "", int(price.known)]
    return ["cost", name, "kSEK", "", *known, "", "", "", "", unit.en, unit.sv]


def _plain(value: float) -> str:
    return "" if value != value else repr(float(value))
