"""Settings of delivery: who applies, what aid rules allow, and the package's budget (Model text 3.0)."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.quantity import number, vector


@dataclass(frozen=True, kw_only=True)
class DeliverySettings:
    """How measures meet firms."""

    application: tuple[float, ...] = vector(
        (-1.9, 1.5, 0.8, -0.004, -0.3, -0.25, 0.4, -1.0),
        ("constant", "need", "absorptive_capacity", "hours", "small", "rural", "new_owner", "old_owner"),
        "log", (-10, 10), "Who applies when contacted, log-odds", "Vem som söker vid kontakt, log-odds",
        basis="judgement", spread=(0.5, 1.5),
        help_en="A small firm with need 0.6 and 53 hours of paper applies with 22 %, the rate of the robot lift.",
        help_sv="Ett litet företag med behov 0,6 och 53 timmars pappersarbete söker med 22 %, som i Robotlyftet.",
    )  # fmt: skip
    small_below: float = number(
        10, "FTE", (0, 250), "Small means below", "Litet betyder under", basis="derived:SPEC", uncertain=(5, 20)
    )
    old_above: float = number(
        66,
        "yr",
        (22, 85),
        "Old owner means above",
        "Äldre ägare betyder över",
        basis="derived:SPEC",
        uncertain=(63, 70),
    )
    de_minimis: float = number(
        3300, "kSEK", (0, 1e6), "Aid allowed per firm (de minimis)", "Tillåtet stöd per företag (de minimis)",
        basis="memory:eu2023minimis", uncertain=(2200, 3600),
        help_en="300,000 euro at 11 SEK over the window.", help_sv="300 000 euro à 11 kronor under perioden.",
    )  # fmt: skip
    de_minimis_window: float = number(
        12, "q", (1, 40), "Window of the aid rule", "Stödregelns period", basis="memory:eu2023minimis",
        uncertain=(12, 12), whole=True,
    )  # fmt: skip
    remnant: float = number(
        0.05, "1", (0.001, 0.5), "Fading effect that is dropped", "Avklingande effekt som faller bort",
        basis="judgement", uncertain=(0.02, 0.1),
    )  # fmt: skip
    announced: float = number(
        4, "q", (0, 20), "Announced before opening", "Aviseras före öppning", basis="judgement", uncertain=(2, 8),
        whole=True,
    )  # fmt: skip
    pilot_age: float = number(
        6, "q", (0, 40), "A pilot may grow after", "En pilot får växa efter", basis="derived:SPEC",
        uncertain=(4, 8), whole=True,
    )  # fmt: skip
    monitored: float = number(
        0.5, "1", (0, 1), "Shared data from which pilots are monitored",
        "Delade data från vilka piloter följs upp", basis="derived:SPEC", uncertain=(0.4, 0.6),
    )  # fmt: skip
    scaling_loss: float = number(
        0.15, "1", (0, 1), "Loss of effect in what scaling up adds", "Förlorad effekt i det som uppväxlingen tillför",
        basis="memory:list2019", uncertain=(0, 0.4),
    )  # fmt: skip
    experience: float = number(
        8, "q", (1, 40), "Awards that a reallocation looks back on", "Beviljanden som en omfördelning ser tillbaka på",
        basis="judgement", uncertain=(4, 12), whole=True,
        help_en="Firms awarded in that many quarters are compared with firms that nobody supported in the domain.",
        help_sv="Företag som beviljats under så många kvartal jämförs med företag utan stöd inom området.",
    )  # fmt: skip
    reallocation_limit: float = number(
        2, "1", (1, 10), "Size that reallocation gives a measure, at most",
        "Storlek som omfördelningen ger en insats, som mest", basis="judgement", uncertain=(1.5, 3),
        help_en="Against its own plan: who runs a measure cannot take on any amount of money.",
        help_sv="I förhållande till dess egen plan: den som driver en insats kan inte ta emot hur mycket pengar som "
        "helst.",
    )  # fmt: skip
    intensity_limit: float = number(
        1.5, "1", (1, 5), "Highest intensity of a service", "Högsta intensitet för en tjänst", basis="judgement",
        uncertain=(1, 2),
        help_en="A service that is larger than its kind's own size works more strongly, up to this factor.",
        help_sv="En tjänst som är större än sin grundstorlek verkar starkare, upp till denna faktor.",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What all measures together may cost; None sets no limit."""

    per_year: float | None = field(
        default=None,
        metadata=number(
            60,
            "MSEK/yr",
            (0, 1e6),
            "Budget per year",
            "Budget per år",
            basis="judgement",
            spread=(0.5, 1.5),
            help_en="Public outlay of all measures, the parts of the EU and the state included. Outside it: national "
            "programmes, of which the state pays more than three quarters; external co-finance; foregone tax.",
            help_sv="Offentliga utgifter för alla insatser, EU:s och statens delar inräknade. Utanför ligger "
            "nationella program, där staten betalar mer än tre fjärdedelar, extern medfinansiering och "
            "utebliven skatt.",
        ).metadata,
    )
    total: float | None = field(
        default=None,
        metadata=number(
            300, "MSEK", (0, 1e7), "Budget in all", "Budget totalt", basis="judgement", spread=(0.5, 1.5)
        ).metadata,
    )
