"""What has happened: the replay of the robot lift (V25) and the back-cast from 2018 (B1-B5)."""

from __future__ import annotations

from functools import partial
from math import inf

import numpy as np

from simulator.delivery.ledger import SPENT
from simulator.quantity import Grade, Text
from simulator.validation.digital_patterns import adopters
from simulator.validation.panel import Evidence, NotAvailableError
from simulator.validation.pattern import Measure, Part, Pattern, Use

SHARE = 0.085
"""The region's share of the national programme, by manufacturing employment (Model text 3.2 N1)."""


def _counts(run: Evidence) -> tuple[float, float, float]:
    """Firms contacted, awarded a pre-study, and awarded a cheque, over the run."""
    contacted, awarded, helped = run.support.sum(axis=0).tolist()
    if not contacted:
        raise NotAvailableError(Text("nobody was contacted", "ingen kontaktades"))
    return contacted, awarded, helped


def pre_studies(run: Evidence) -> float:
    """Firms with a pre-study, carried to the nation by the region's share. Source: Model text 8.1 V25; ROB."""
    return _counts(run)[1] / SHARE


def checks(run: Evidence) -> float:
    """Firms with a cheque, carried to the nation by the region's share. Source: Model text 8.1 V25; ROB."""
    return _counts(run)[2] / SHARE


def pre_study_share(run: Evidence) -> float:
    """Firms with a pre-study, share of the contacted; %. Source: Model text 8.1 V25; ROB."""
    contacted, awarded, _ = _counts(run)
    return 100 * awarded / contacted


def check_share(run: Evidence) -> float:
    """Firms with a cheque, share of those with a pre-study; %. Source: Model text 8.1 V25; ROB."""
    _, awarded, helped = _counts(run)
    return 100 * helped / awarded if awarded else float("nan")


def cost(run: Evidence) -> float:
    """Public outlay on the programme, coordination apart, carried to the nation by the region's share; MSEK.

    Source: Model text 8.1 V25; ROB2.
    """
    _counts(run)
    spent = (run.ledger[name].sum() for name in SPENT if name != "coordination")
    return float(sum(spent) / 1000 / SHARE)


def basic_share(calendar: float, run: Evidence) -> float:
    """Firms of 10-249 employees at digital level 1 or above at the end of a year; %. Source: DII."""
    return float(100 * adopters(run, 1, 10.0, inf)[run.of_year(calendar)])


def employment_trend(county: int, run: Evidence) -> float:
    """Growth of manufacturing employment of a county, firms and anchor employers, end of 2018 to end of 2025; %/yr.

    Source: Model text 8.1 V25 (back-cast).
    """
    ends = []
    for calendar in (2018, 2025):
        row = run.of_year(calendar)
        own = (run.lasting["county"] == county) & run.lasting["manufacturing"]
        firms = float(np.nansum(run.firms["employment"][row, own], dtype=np.float64))
        facts = run.anchor_facts
        mine = (facts["county"] == county) & facts["manufacturing"]
        ends.append(firms + float(run.anchors[row, mine].sum(dtype=np.float64)))
    return float(100 * np.log(ends[1] / ends[0]) / 7)


def exporters_then(calendar: float, run: Evidence) -> float:
    """Share of all firms that export at the end of a year; %. Source: RK."""
    row = run.of_year(calendar)
    alive = run.alive(row)
    return float(100 * (run.firms["exporting"][row, alive] == 1).mean())


def openings_then(first: float, last: float, run: Evidence) -> float:
    """Open posts per 100 employed, mean from the end of a year to that of another; %. Source: SCBV."""
    rows = slice(run.of_year(first), run.of_year(last) + 1)
    stock, employed = (run.labour[name][rows].sum(axis=(1, 2)) for name in ("vacancy_stock", "employed"))
    return float(100 * (stock / employed).mean())


def failures_then(calendar: float, run: Evidence) -> float:
    """Posts not filled within their quarter, a calendar year; %. Source: SN."""
    last = run.of_year(calendar)
    rows = slice(last - 3, last + 1)
    return float(100 * (1 - run.labour["matches"][rows].sum() / run.labour["vacancies"][rows].sum()))


def _replay(
    name: str, en: str, sv: str, unit: str, target: float, spread: float, measure: Measure, use: Use | None = None
) -> Part:
    return Part(name=name, text=Text(en, sv), unit=unit, low=target - spread, high=target + spread,
                decimals=1 if unit == "%" else 0, arm="replay", measure=measure, use=use)  # fmt: skip


def _back(
    code: str,
    title: Text,
    explanation: Text,
    target: Text,
    window: Text,
    source: str,
    grade: Grade,
    part: Part,
    fitted: str = "",
) -> Pattern:
    """A pattern of the back-cast; one that shares its target with a C pattern (`fitted`) is no held-out one."""
    use, words = Use.HELD_OUT, explanation
    if fitted:
        use = Use.INPUT
        words = Text(
            f"{words.en} Not counted: {fitted} is calibrated to the same number.",
            f"{words.sv} Räknas inte: {fitted} är kalibrerat mot samma tal.",
        )
    return Pattern(code=code, title=title, explanation=words, target=target, window=window, use=use, sources=(source,),
                   grade=grade, parts=(part,))  # fmt: skip


PATTERNS = (
    Pattern(
        code="V25",
        title=Text("Replay of the robot lift 2018-2021", "Robotlyftet 2018-2021 i repris"),
        explanation=Text(
            "Contacts as given; who applies and what it costs follow from the model, and so do the pre-studies. Four "
            "in ten of them get a cheque by assumption, so that share is not counted. Counts carried to "
            "the nation by the region's 8.5 %.",
            "Kontakterna är givna; vilka som söker och vad det kostar följer av modellen, liksom förstudierna. Fyra "
            "av tio får check enligt antagande, så den andelen räknas inte. Antalen uppräknade till "
            "riket med regionens 8,5 %.",
        ),
        target=Text("511 pre-studies, 214 cheques (±20 %); funnel 20 and 42 % (±5 and ±8); 110 MSEK (±20 %)",
                    "511 förstudier, 214 checkar (±20 %); tratt 20 och 42 % (±5 och ±8); 110 mnkr (±20 %)"),
        window=Text("2018Q3-2021Q4", "2018Q3-2021Q4"),
        use=Use.HELD_OUT,
        sources=("ROB", "ROB2"),
        grade=Grade.SOURCED,
        parts=(
            _replay("studies", "pre-studies, nation", "förstudier, riket", "firms", 511, 102, pre_studies),
            _replay("checks", "cheques, nation", "checkar, riket", "firms", 214, 43, checks),
            _replay("funnel", "pre-studies of contacted", "förstudier av kontaktade", "%", 20, 5, pre_study_share),
            _replay("onward", "cheques of pre-studies", "checkar av förstudier", "%", 42, 8, check_share,
                    Use.INPUT),
            _replay("cost", "public cost, nation", "offentlig kostnad, riket", "MSEK", 110, 22, cost),
        ),
    ),
    _back("B1", Text("Back-cast: digital basics in 2023", "Återblick: digital grundnivå 2023"),
          Text("Level 1 or above, 10-249 employees.", "Nivå 1 eller högre, 10-249 anställda."),
          Text("80 % in Sweden (±6)", "80 % i Sverige (±6)"), Text("end of 2023", "slutet av 2023"), "DII",
          Grade.SOURCED,
          Part(name="share", text=Text("at least basic", "minst grundnivå"), unit="%", low=74, high=86, decimals=1,
               arm="history", measure=partial(basic_share, 2023)), "V8"),
    _back("B2", Text("Back-cast: manufacturing jobs in Dalarna", "Återblick: industrijobb i Dalarna"),
          Text("Firms and anchor employers; the statistics fell from 22,500 (2010) to 20,000 (2025), read off a chart.",
               "Företag och storföretag; statistiken föll från 22 500 (2010) till 20 000 (2025), avläst i diagram."),
          Text("-0.8 % a year (±0.5)", "-0,8 % per år (±0,5)"), Text("2018-2025", "2018-2025"), "regiondalarna2026",
          Grade.DERIVED,
          Part(name="trend", text=Text("growth a year", "tillväxt per år"), unit="%/yr", low=-1.3, high=-0.3,
               arm="history", measure=partial(employment_trend, 0))),
    _back("B3", Text("Back-cast: exporters in 2018", "Återblick: exportörer 2018"),
          Text("All firms; the start repeats that of 2026, so that this is hardly a test.",
               "Alla företag; starten upprepar 2026 års, så detta är knappast ett prov."),
          Text("16 % (2017, ±7 pp)", "16 % (2017, ±7 procentenheter)"), Text("end of 2018", "slutet av 2018"), "RK",
          Grade.SOURCED,
          Part(name="share", text=Text("export", "exporterar"), unit="%", low=9, high=23, decimals=1, arm="history",
               measure=partial(exporters_then, 2018)), "V11"),
    _back("B4", Text("Back-cast: job openings around 2020Q1", "Återblick: lediga jobb kring 2020Q1"),
          Text("Open posts per 100 employed.", "Lediga platser per 100 sysselsatta."),
          Text("1.0-1.9", "1,0-1,9"), Text("end of 2019 to end of 2020", "slutet av 2019 till slutet av 2020"), "SCBV",
          Grade.SOURCED,
          Part(name="rate", text=Text("open posts per 100", "lediga platser per 100"), unit="%", low=1.0, high=1.9,
               arm="history", measure=partial(openings_then, 2019, 2020)), "V17"),
    _back("B5", Text("Back-cast: failed recruitment in 2019", "Återblick: misslyckad rekrytering 2019"),
          Text("Posts not filled within a quarter.", "Platser som inte tillsätts inom ett kvartal."),
          Text("about 20 % (±5 pp)", "omkring 20 % (±5 procentenheter)"), Text("2019", "2019"), "SN", Grade.SOURCED,
          Part(name="share", text=Text("not filled", "inte tillsatta"), unit="%", low=15, high=25, decimals=1,
               arm="history", measure=partial(failures_then, 2019)), "V18"),
)  # fmt: skip
