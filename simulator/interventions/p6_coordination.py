"""Priority 6, coordination and governance: one entry per measure (Model text 3.1)."""

from simulator.interventions.declaration import Form, Given, declare
from simulator.interventions.target import Target
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="map_coordinate",
        code="P6.1",
        priority=6,
        title=Text("Map, collect and coordinate initiatives", "Kartlägga, samla och samordna initiativ"),
        help=Text(
            "Somebody keeps account of who offers what to whom: actors reach more firms between them, send firms to "
            "the right door, ask for less paper. Capacity is the part of the work that is staffed.",
            "Någon håller reda på vem som erbjuder vad till vem: aktörerna når tillsammans fler företag, hänvisar "
            "rätt och kräver mindre papper. Kapaciteten är den andel av arbetet som bemannas.",
        ),
        evidence=Text(
            "The National Audit Office saw earlier coordination stumble as actors guarded their turf; firms could "
            "not tell who offered what. The size of the effect is judgement: show a sweep.",
            "Riksrevisionen såg tidigare samordning falla på att aktörer vaktade sina revir; företagen visste inte "
            "vem som erbjöd vad. Effektens storlek är en bedömning: redovisa resultat för flera nivåer.",
        ),
        moves=(("reach", 1), ("duplication", -1), ("admin_share", -1)),
        form=Form.SYSTEM,
        settings={
            "mapping": Given(0.4),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(1500),
            "lag": Given(2),
            "duration": Given(1),
            "half_life": Given(12),
        },
    ),
    declare(
        name="data_analysis",
        code="P6.2",
        priority=6,
        title=Text("Complementary data, analyses and advice", "Kompletterande data, analyser och rekommendationer"),
        help=Text(
            "Actors share figures about the firms and what support has done: offers go to those who need them rather "
            "than to those easiest to reach, and pilots can be followed up. Capacity is the part of the work that is "
            "staffed.",
            "Aktörerna delar uppgifter om företagen och om vad stöden har gett: erbjudanden går till dem som behöver "
            "snarare än till dem som är lättast att nå, och piloter kan följas upp. Kapaciteten är den andel av "
            "arbetet som bemannas.",
        ),
        evidence=Text(
            "That support often goes to firms that had it before is well known; how much better data changes that has "
            "not been measured. Judgement.",
            "Att stöd ofta går till företag som redan haft det är välkänt; hur mycket bättre data ändrar det är inte "
            "mätt. Bedömning.",
        ),
        moves=(("targeting", 1), ("reach", 1)),
        form=Form.SYSTEM,
        settings={
            "targeting_gain": Given(0.15),
            "shared_data": Given(0.2),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(1000),
            "lag": Given(2),
            "duration": Given(1),
            "half_life": Given(8),
        },
    ),
    declare(
        name="entrepreneurial_discovery",
        code="P6.3",
        priority=6,
        title=Text("Structures for entrepreneurial discovery", "Strukturer för entreprenöriella upptäckter"),
        help=Text(
            "Firms, universities and authorities meet regularly to find out what is worth betting on: goals become "
            "common, and each year a fifth of the money moves to what gives most for it. Capacity is the part of the "
            "work that is staffed.",
            "Företag, lärosäten och myndigheter möts regelbundet för att ta reda på vad som är värt att satsa på: "
            "målen blir gemensamma, och varje år flyttas en femtedel av pengarna till det som ger mest för dem. "
            "Kapaciteten är den andel av arbetet som bemannas.",
        ),
        evidence=Text(
            "The idea is the core of smart specialisation (Foray); what it does to results has hardly been measured. "
            "Judgement.",
            "Tanken är kärnan i smart specialisering (Foray); vad den gör med resultaten är knappast mätt. Bedömning.",
        ),
        sources=("foray2014",),
        moves=(("reach", 1), ("admin_share", -1)),
        form=Form.SYSTEM,
        settings={
            "joint_targets": Given(0.3),
            "reallocation": Given(0.2),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(1200),
            "lag": Given(4),
            "duration": Given(1),
            "half_life": Given(12),
        },
    ),
    declare(
        name="scale_pilots",
        code="P6.4",
        priority=6,
        title=Text("Scale up pilots and investments", "Växla upp pilotinitiativ och investeringar"),
        help=Text(
            "The best three pilots grow by half once they have been followed up for six quarters, if data are shared; "
            "outside money adds 50 öre to each krona. What grows loses some of its quality. Capacity is the part of "
            "the work that is staffed.",
            "De tre bästa piloterna växer med hälften när de har följts upp i sex kvartal, om data delas; externa "
            "medfinansiärer lägger 50 öre till varje krona. Det som växer tappar något i kvalitet. Kapaciteten är den "
            "andel av arbetet som bemannas.",
        ),
        evidence=Text(
            "Programmes tend to lose effect when they are scaled up (the voltage effect); the loss of 15 % and the "
            "outside money are judgement.",
            "Program tenderar att tappa effekt när de växlas upp (på engelska voltage effect); förlusten på 15 % och "
            "den externa medfinansieringen är bedömningar.",
        ),
        sources=("list2019",),
        moves=(("ever_supported", 1),),
        form=Form.SYSTEM,
        settings={
            "pilot_scaling": Given(0.5),
            "external_cofinance": Given(0.5),
            "best": Given(3, uncertain=(1, 5)),
            "scalings": Given(1, uncertain=(1, 2)),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(800),
            "lag": Given(6),
            "duration": Given(1),
            "half_life": Given(0),
        },
    ),
    declare(
        name="open_innovation",
        code="P6.5",
        priority=6,
        title=Text("Open innovation platforms", "Öppna innovationsplattformar"),
        help=Text(
            "Firms that can make use of knowledge meet others from far away around open problems: two more contacts, "
            "more learnt from others, now and then a link to a university.",
            "Företag som kan ta till sig kunskap möter andra på långt håll kring öppna problem: två kontakter till, "
            "mer lärdom av andra, då och då en länk till ett lärosäte.",
        ),
        evidence=Text(
            "No estimate for platforms of this kind was found. Sizes are judgement and may be nothing.",
            "Ingen skattning för plattformar av detta slag har hittats. Storlekarna är bedömningar och kan vara noll.",
        ),
        moves=(("university_link_count", 1), ("innovating_firms", 1)),
        form=Form.AWARD,
        domains=("research",),
        target=Target(absorptive_capacity=(0.25, 1), employees=(0, 249)),
        settings={
            "extra_ties": Given(2),
            "university_link": Given(0.1),
            "peer_knowledge_factor": Given(1.2),
            "capacity": Given(20),
            "unit_cost": Given(10),
            "fixed_cost": Given(3000),
            "lag": Given(2),
            "duration": Given(8),
            "half_life": Given(8),
        },
    ),
)
