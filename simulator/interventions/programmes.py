"""Named programmes and further instruments: one entry per measure (Model text 3.2)."""

from simulator.interventions.declaration import Form, Given, declare
from simulator.interventions.target import Target
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="digital_lift",
        code="N1",
        priority=1,
        implements="P1.4",
        title=Text("Digital lift for small firms", "Digitaliseringslyftet"),
        help=Text(
            "The national programme at the region's share: coaching and a digitalisation cheque for firms below 50 "
            "employees.",
            "Det nationella programmet i regionens andel: coachning och digitaliseringscheck för företag under 50 "
            "anställda.",
        ),
        evidence=Text(
            "Close to 1,000 firms took part in the country for 78 MSEK in 2016-2019. No evaluation against a "
            "comparison group was found.",
            "Nära 1 000 företag deltog i landet för 78 miljoner kronor 2016-2019. Ingen utvärdering mot en "
            "jämförelsegrupp har hittats.",
        ),
        moves=(("advanced_digital_firms", 1), ("basic_digital", 1)),
        form=Form.AWARD,
        domains=("digital",),
        target=Target(digital_level=(0, 2), employees=(0, 49)),
        settings={
            "awareness": Given(0.6),
            "contact_awareness": Given(0.2, uncertain=(0, 0.4)),
            "subsidy_share": Given(0.5),
            "subsidy_cap": Given(75, uncertain=(40, 110)),
            "uncertainty_factor": Given(0.85),
            "capacity": Given(5, "derived:METRO"),
            "unit_cost": Given(40, "derived:METRO", uncertain=(28, 60)),
            "fixed_cost": Given(0, uncertain=(0, 500)),
            "lag": Given(1),
            "duration": Given(4),
            "half_life": Given(6),
        },
    ),
    declare(
        name="robot_lift",
        code="N3",
        priority=1,
        implements="P1.4",
        title=Text("Robot lift: pre-study, then automation cheque", "Robotlyftet: förstudie, sedan automationscheck"),
        help=Text(
            "Manufacturers at the first digital levels get a pre-study of automation; four in ten go on to a cheque "
            "for half of the project.",
            "Tillverkande företag på de första digitala nivåerna får en förstudie om automation; fyra av tio går "
            "vidare till en check för hälften av projektet.",
        ),
        evidence=Text(
            "2,500 firms were contacted, 511 made a pre-study, 214 got a cheque; 97 % learnt something and 80 % had "
            "invested or would, by their own account. Spanish robot adopters grew output by 20-25 % in four years.",
            "2 500 företag kontaktades, 511 gjorde förstudie, 214 fick check; 97 % lärde sig något och 80 % hade "
            "investerat eller skulle, enligt egen uppgift. Spanska robotanvändare ökade produktionen med 20-25 % på "
            "fyra år.",
        ),
        moves=(("advanced_digital_firms", 1), ("basic_digital", 1)),
        form=Form.AWARD,
        domains=("digital",),
        target=Target(digital_level=(0, 1), manufacturing=True, employees=(0, 249)),
        settings={
            "awareness": Given(1.0, uncertain=(0, 1)),
            "contact_awareness": Given(0.2, uncertain=(0, 0.4)),
            "subsidy_share": Given(0.5),
            "subsidy_cap": Given(150, uncertain=(100, 200)),
            "subsidised_share": Given(0.42, "derived:ROB", uncertain=(0.3, 0.55)),
            "uncertainty_factor": Given(0.8),
            "capacity": Given(3.6, "derived:ROB"),
            "contacts": Given(18, "derived:ROB"),
            "unit_cost": Given(170, "derived:ROB,ROB2", uncertain=(119, 215)),
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(1),
            "duration": Given(4),
            "half_life": Given(6),
        },
    ),
    declare(
        name="ownership_succession",
        code="N10",
        priority=1,
        implements="P1.5",
        title=Text("Ownership succession support", "Stöd till ägarskifte"),
        help=Text(
            "Advice to owners from 57 years: the succession is prepared, fewer firms close at it, more are sold to "
            "somebody outside the family, buyers borrow more easily.",
            "Rådgivning till ägare från 57 år: skiftet förbereds, färre företag läggs ned, fler säljs till någon "
            "utanför familjen, köpare lånar lättare.",
        ),
        evidence=Text(
            "40 % of leaders are 55 or older. German firms invest less before a succession and more after it. What "
            "advice does to that is judgement.",
            "40 % av företagsledarna är 55 år eller äldre. Tyska företag investerar mindre före ett ägarskifte och "
            "mer efter. Vad rådgivning gör åt det är en bedömning.",
        ),
        moves=(("succession_due", -1), ("succession_closures", -1)),
        form=Form.AWARD,
        domains=("succession",),
        target=Target(owner_age=(57, 85)),
        settings={
            "succession_preparation": Given(0.35),
            "closure_factor": Given(0.7),
            "external_transfer_shift": Given(0.15),
            "collateral_gain": Given(0.1),
            "capacity": Given(15),
            "unit_cost": Given(60),
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(1),
            "duration": Given(12),
            "half_life": Given(8),
            "transfer": Given(1),
        },
    ),
    declare(
        name="export_start",
        code="N14",
        priority=5,
        implements="P5.4",
        title=Text("Export start: grant and advice", "Exportstart: bidrag och rådgivning"),
        help=Text(
            "Firms that do not export get advice and a grant towards the cost of the first market.",
            "Företag som inte exporterar får rådgivning och bidrag till kostnaden för den första marknaden.",
        ),
        evidence=Text(
            "Swedish export promotion raised participation and values only for firms below their potential; small "
            "Danish firms gained three times the cost in value added. Effects come after about two years.",
            "Svenskt exportfrämjande höjde deltagande och värden bara för företag under sin potential; små danska "
            "företag fick tre gånger kostnaden i förädlingsvärde. Effekter kommer efter ungefär två år.",
        ),
        moves=(("exporter_count", 1),),
        form=Form.AWARD,
        domains=("export",),
        target=Target(exporting=False, employees=(5, 249)),
        settings={
            "export_cost_subsidy": Given(0.6),
            "subsidy_cap": Given(180, "derived:SPEC", uncertain=(90, 270)),
            "export_entry_gain": Given(0.4),
            "capacity": Given(12),
            "unit_cost": Given(120),
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(1),
            "duration": Given(6),
            "half_life": Given(0),
            "transfer": Given(1),
        },
    ),
)
