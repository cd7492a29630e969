"""What a planner should think about before running: measures without effect, plans above the budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from simulator.indicators import INDICATORS
from simulator.interventions.declaration import Form, Measure
from simulator.quantity import Text
from simulator.region.facts import Region
from simulator.scenario.moments import quarter_index, quarter_text
from simulator.scenario.places import place_codes
from simulator.scenario.problems import NOTHING, Problem
from simulator.scenario.tree import Branch, Leaf, Steps, find, place_of

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario

_KSEK = 1000
_NAME_IT = Text("name that county too, or leave counties out", "ange även det länet, eller utelämna counties")


def cautions(scenario: Scenario, region: Region) -> Iterator[Problem]:
    """Yield warnings about a sound scenario in its region."""
    yield from _outside(scenario)
    yield from _in_other_counties(scenario, region)
    yield from _without_industry(scenario)
    yield from _percentages(scenario)
    yield from _no_pilots(scenario)
    yield from _awards_nothing(scenario)
    yield from _written_in_vain(scenario)
    carried = tuple(measure for measure in scenario.measures if not measure.national)
    yield from _over_budget(scenario, ("budget",), carried, scenario.budget.per_year, scenario.budget.total)
    for measure in scenario.measures:
        steps = ("interventions", measure.name, "budget")
        yield from _over_budget(scenario, steps, (measure,), measure.budget_per_year, measure.budget_total)


def _outside(scenario: Scenario) -> Iterator[Problem]:
    """Yield what lies before or after the run, which may have been shortened for a trial."""
    run = scenario.run
    first, last = quarter_text(run.first), quarter_text(run.first + run.quarters - 1)
    span = Text(f"the run goes from {first} to {last}", f"körningen går från {first} till {last}")
    for measure in scenario.measures:
        if measure.end < 0 or measure.start >= run.quarters:
            none = Text("lies outside the run and has no effect", "ligger utanför körningen och har ingen verkan")
            yield _caution(scenario, ("interventions", measure.name), none, span)
    for closure in scenario.closures:
        if not 0 <= closure.quarter < run.quarters:
            none = Text("lies outside the run and has no effect", "ligger utanför körningen och har ingen verkan")
            yield _caution(scenario, ("closures", closure.name, "quarter"), none, span)
    for goal in scenario.targets:
        if not 0 <= goal.by < run.quarters:
            by = quarter_text(run.first + goal.by)
            unjudged = Text(f"{by} is not in the run, nothing is judged", f"{by} ligger inte i körningen, inget bedöms")
            yield _caution(scenario, ("targets", goal.indicator, "by"), unjudged, span)


def _in_other_counties(scenario: Scenario, region: Region) -> Iterator[Problem]:
    """Yield municipalities and counties with figures of their own that the counties of the same target leave out."""
    codes = place_codes(region)["counties"]
    county = {code: region.county_codes[at] for code, at in zip(region.codes, region.county, strict=True)}
    names = dict(zip((*region.codes, *region.county_codes), (*region.names, *region.county_names), strict=True))
    for measure in scenario.measures:
        counties = measure.target.counties
        for at, place in enumerate(measure.target.municipalities or ()):
            if counties is not None and county[place] not in counties:
                lies = names[county[place]]
                yield _caution(
                    scenario,
                    ("interventions", measure.name, "target", "municipalities", at),
                    Text(
                        f"{names[place]} lies in {lies}, which counties leaves out: no firm there is reached",
                        f"{names[place]} ligger i {lies}, som counties utelämnar: inget företag där nås",
                    ),
                    _NAME_IT,
                )
        for setting, place in _by_county(scenario, measure):
            if counties is not None and codes[place] not in counties:
                title = names[codes[place]]
                yield _caution(
                    scenario,
                    ("interventions", measure.name, setting, place),
                    Text(f"{title} is a county that counties leaves out", f"{title} är ett län som counties utelämnar"),
                    _NAME_IT,
                )


def _by_county(scenario: Scenario, measure: Measure) -> Iterator[tuple[str, str]]:
    """Yield settings written by county, each with every county as it is written."""
    for setting, value in measure.settings.items():
        given = find(scenario.source, ("interventions", measure.name, setting))
        if isinstance(value, Mapping) and isinstance(given, Branch):
            yield from ((setting, place) for place in given.entries)


def _without_industry(scenario: Scenario) -> Iterator[Problem]:
    """Yield measures whose industries the region does not have."""
    for measure in scenario.measures:
        if measure.target.industries == ():
            yield _caution(
                scenario,
                ("interventions", measure.name),
                Text(
                    "none of the industries that it is for is in the region: no firm is reached",
                    "ingen av branscherna som insatsen är till för finns i regionen: inget företag nås",
                ),
                Text("name the region's own in target.industries", "ange regionens egna i target.industries"),
            )


def _no_pilots(scenario: Scenario) -> Iterator[Problem]:
    """Yield measures to be scaled up that the scenario does not have, or that hand nothing out to firms."""
    known = {measure.name for measure in scenario.measures}
    pilots = {measure.name for measure in scenario.measures if measure.kind.form is not Form.SYSTEM}
    able = Text(f"one of {', '.join(sorted(pilots))}", f"någon av {', '.join(sorted(pilots))}") if pilots else NOTHING
    for measure in scenario.measures:
        for at, name in enumerate(measure.target.measures or ()):
            if name not in pilots:
                said = Text(
                    f"{name} hands nothing out to firms and cannot be scaled up",
                    f"{name} delar inte ut något till företag och kan inte växlas upp",
                )
                missing = Text(
                    f"there is no measure '{name}' to scale up", f"det finns ingen insats '{name}' att växla upp"
                )
                steps = ("interventions", measure.name, "target", "measures", at)
                yield _caution(scenario, steps, said if name in known else missing, able)


def _awards_nothing(scenario: Scenario) -> Iterator[Problem]:
    """Yield measures that meet no firm, or whose every award is above what the aid rule allows."""
    most = scenario.parameters["delivery"].de_minimis
    for measure in scenario.measures:
        if measure.idle or measure.kind.form is Form.SYSTEM:
            continue
        steps = ("interventions", measure.name)
        if _total(measure, "contacts") == 0:
            none = Text("contacts nobody, so nobody is awarded", "kontaktar ingen, så ingen beviljas något")
            yield _caution(scenario, (*steps, "contacts"), none)
        aid = measure.number("unit_cost") + _given(measure, "subsidy_cap", 0) + _grant(measure)
        if measure.kind.form is Form.AWARD and aid > most:
            above = Text(
                f"an award counts as {aid:g} kSEK of aid, so nobody is awarded",
                f"ett beviljande räknas som {aid:g} tkr stöd, så ingen beviljas något",
            )
            allowed = Text(
                f"at most {most:g}, parameters.delivery.de_minimis", f"högst {most:g}, parameters.delivery.de_minimis"
            )
            yield _caution(scenario, steps, above, allowed)


def _written_in_vain(scenario: Scenario) -> Iterator[Problem]:
    """Yield ends of what happens once, and budgets of what costs nothing that a budget limits."""
    for measure in scenario.measures:
        steps = ("interventions", measure.name)
        end = find(scenario.source, (*steps, "end"))
        if measure.kind.once and isinstance(end, Leaf) and isinstance(end.value, str):
            only = scenario.run.first + measure.end
            if quarter_index(end.value) != only:
                when = quarter_text(only)
                once = Text(f"it happens once, in {when}", f"den äger rum en gång, {when}")
                yield _caution(scenario, (*steps, "end"), once, Text("leave end out", "utelämna end"))
        limited = measure.budget_per_year is not None or measure.budget_total is not None
        if limited and not measure.idle and planned_cost(measure, int(measure.number("ramp"))) == 0:
            free = Text("it costs nothing that a budget limits", "den kostar inget som en budget begränsar")
            yield _caution(
                scenario,
                (*steps, "budget"),
                free,
                Text(
                    "tax forgone and losses on guarantees are outside every budget",
                    "utebliven skatt och förluster på garantier ligger utanför varje budget",
                ),
            )


def _percentages(scenario: Scenario) -> Iterator[Problem]:
    """Yield targets in percent that look like shares."""
    for goal in scenario.targets:
        level = goal.at_most if goal.at_least is None else goal.at_least
        if INDICATORS[goal.indicator].unit == "%" and level is not None and 0 < level < 1:
            yield _caution(
                scenario,
                ("targets", goal.indicator),
                Text(f"a target of {level:g} percent", f"ett mål på {level:g} procent"),
                Text(f"{level * 100:g} % is written {level * 100:g}", f"{level * 100:g} % skrivs {level * 100:g}"),
            )


def planned_cost(measure: Measure, quarters_open: int) -> float:
    """Cost of one quarter at planned capacity, MSEK: firms, contacts, the highest subsidies, fixed cost.

    Source: Model text 3.0; SPEC.
    """
    if measure.idle:
        return 0.0
    ramp = measure.number("ramp")
    share = min(1.0, (quarters_open + 1) / ramp) if ramp > 0 else 1.0
    turn = 1.0 if measure.kind.once else 0.25
    work = _service(measure, turn) if measure.kind.form is Form.SYSTEM else _awards(measure, turn)
    return (measure.fixed_cost * turn + share * work) / _KSEK


def _awards(measure: Measure, turn: float) -> float:
    money = (_given(measure, "subsidy_cap", 0) + _grant(measure)) * _given(measure, "subsidised_share", 1)
    awards = _total(measure, "capacity") * (_given(measure, "unit_cost", 0) + money)
    return awards + _education(measure, turn) + _total(measure, "contacts") * _given(measure, "contact_cost", 0)


def _grant(measure: Measure) -> float:
    return _given(measure, "research_grant", 0) * max(1.0, measure.number("duration")) / 4


def _service(measure: Measure, turn: float) -> float:
    return _given(measure, "unit_cost", 0) * _total(measure, "capacity") * turn + _education(measure, turn)


def _education(measure: Measure, turn: float) -> float:
    """Cost of a quarter's education places, each for as many years as it takes."""
    cost = 0.0
    declared = measure.kind.settings["capacity"].default
    for name in measure.settings:
        kind = name.removeprefix("unit_cost_")
        if kind != name and isinstance(declared, int | float) and declared > 0:
            places = _given(measure, f"places_{kind}", 0) * turn * _total(measure, "capacity") / declared
            cost += _given(measure, name, 0) * (_given(measure, f"years_{kind}", 1) or 1) * places
    return cost


def _given(measure: Measure, name: str, default: float) -> float:
    return measure.number(name) if name in measure.settings else default


def _total(measure: Measure, name: str) -> float:
    value = measure.settings.get(name, 0)
    return float(sum(value.values()) if isinstance(value, Mapping) else value)


def _over_budget(
    scenario: Scenario, steps: Steps, measures: tuple[Measure, ...], per_year: float | None, total: float | None
) -> Iterator[Problem]:
    """Yield a caution if the plan of any year, or of the whole run, costs more than its budget."""
    run = scenario.run
    by_year: dict[int, float] = {}
    for quarter in range(run.quarters):
        open_now = (each for each in measures if each.start <= quarter <= each.end)
        cost = sum(planned_cost(each, quarter - each.start) for each in open_now)
        year = (run.first + quarter) // 4
        by_year[year] = by_year.get(year, 0.0) + cost
    dearest = max(by_year, key=lambda year: by_year[year])
    shrink = Text("all capacities will shrink by one factor", "alla kapaciteter krymper med en och samma faktor")
    if per_year is not None and by_year[dearest] > per_year:
        over = _costs(by_year[dearest], per_year, Text(f"in {dearest}", f"år {dearest}"))
        yield _caution(scenario, (*steps, "per_year"), over, shrink)
    if total is not None and sum(by_year.values()) > total:
        over = _costs(sum(by_year.values()), total, Text("in all", "totalt"))
        yield _caution(scenario, (*steps, "total"), over, shrink)


def _costs(plan: float, budget: float, when: Text) -> Text:
    return Text(
        f"the plan costs {plan:.1f} MSEK {when.en}, the budget is {budget:g}",
        f"planen kostar {plan:.1f} mnkr {when.sv}, budgeten är {budget:g}".replace(".", ","),
    )


def _caution(scenario: Scenario, steps: Steps, message: Text, allowed: Text = NOTHING) -> Problem:
    return Problem(place_of(scenario.source, steps), ".".join(map(str, steps)), message, allowed)
