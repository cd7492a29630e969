"""Priority 2, matching of competence: one entry per measure (Model text 3.1)."""

from simulator.interventions.declaration import NATIONAL, Form, Given, declare
from simulator.interventions.target import Target
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="attract_keep",
        code="P2.1",
        priority=2,
        title=Text(
            "Attract and keep women, youth and foreign-born", "Attrahera och behålla kvinnor, unga och utrikesfödda"
        ),
        help=Text(
            "Work with schools, newcomers and employers: more young women choose industry, fewer young people leave, "
            "foreign skills are recognised sooner, fewer employees quit. The effect grows with the participants: the "
            "given values hold at the given capacity.",
            "Arbete med skolor, nyanlända och arbetsgivare: fler unga kvinnor väljer industrin, färre unga flyttar, "
            "utländsk kompetens erkänns snabbare, färre slutar. Effekten växer med antalet deltagare: värdena gäller "
            "vid angiven kapacitet.",
        ),
        evidence=Text(
            "Few causal estimates. Labour-market programmes work better for women than for men in international "
            "overviews; the sizes here are judgement.",
            "Få skattningar av orsak och verkan. Arbetsmarknadsprogram fungerar bättre för kvinnor än för män i "
            "internationella översikter; storlekarna här är bedömningar.",
        ),
        sources=("CKW",),
        moves=(("youth_migration", 1), ("women_share", 1)),
        form=Form.SYSTEM,
        settings={
            "women_choice_factor": Given(1.25),
            "youth_outmigration_factor": Given(0.95),
            "recognition_lag": Given(-2),
            "quit_factor": Given(0.95),
            "capacity": Given(400, unit="persons/yr"),
            "unit_cost": Given(15),
            "fixed_cost": Given(6000),
            "lag": Given(4),
            "duration": Given(8),
            "half_life": Given(16),
            "transfer": Given(1),
        },
    ),
    declare(
        name="skills_matching",
        code="P2.2",
        priority=2,
        title=Text("Systems that match competence to tasks", "System som matchar kompetens"),
        help=Text(
            "Employers, employment service and education providers share what is needed and what people can do: "
            "vacancies and searchers miss each other less, operators half as much as others, and people take jobs "
            "some minutes further away. Capacity is the part of the work that is staffed.",
            "Arbetsgivare, arbetsförmedling och utbildare delar vad som behövs och vad människor kan: lediga jobb och "
            "sökande missar varandra mer sällan, för operatörer hälften så mycket som för andra, och människor tar "
            "jobb några minuter längre bort. Kapaciteten är den andel av arbetet som bemannas.",
        ),
        evidence=Text(
            "In international overviews help in searching for work acts soon and gains little with time (from memory). "
            "No estimate for matching systems in industry was found: sizes are judgement.",
            "I internationella översikter ger stöd till jobbsökande effekt snabbt men föga mer med tiden (ur minnet). "
            "Ingen skattning för matchningssystem i industrin har hittats: storlekarna är bedömningar.",
        ),
        sources=("CKW",),
        moves=(("recruitment_failure", -1), ("vacancy_duration", -1), ("mismatch", 0)),
        form=Form.SYSTEM,
        settings={
            "matching_gain": Given(0.1),
            "commuting_gain": Given(10),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(4000),
            "lag": Given(4),
            "duration": Given(1),
            "half_life": Given(8),
            "transfer": Given(1),
            "eu_share": Given(0.3, uncertain=(0.2, 0.4)),
            "state_share": Given(0.5, uncertain=(0.3, 0.6)),
        },
    ),
    declare(
        name="strategic_skills",
        code="P2.3",
        priority=2,
        title=Text(
            "Strategic competences such as sustainable production", "Strategiska kompetenser, t.ex. hållbar produktion"
        ),
        help=Text(
            "More places at universities and in higher vocational education for what the transition needs, and places "
            "in short courses on green production for those already employed. Capacity is the part of these places "
            "that opens. The education itself takes its time: three years and one and a half.",
            "Fler platser på högskolan och i yrkeshögskolan för det som omställningen kräver, och platser i korta "
            "kurser om grön produktion för dem som redan är anställda. Kapaciteten är den andel av platserna som "
            "öppnas. Utbildningen tar sin tid: tre år och ett och ett halvt.",
        ),
        evidence=Text(
            "93 % of those who graduate from higher vocational education work within a year. How many stay in the "
            "region is judgement: about two in three from vocational education, two in five from university.",
            "93 % av de yrkeshögskoleutbildade arbetar inom ett år. Hur många som stannar i regionen är en bedömning: "
            "ungefär två av tre från yrkeshögskolan, två av fem från högskolan.",
        ),
        sources=("MYH",),
        moves=(("filled_vacancies", 1), ("vacancy_rate", 0)),
        form=Form.SYSTEM,
        settings={
            "places_higher": Given(40),
            "places_vocational": Given(40),
            "green_training_slots": Given(0.002),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            # with the vocational place-years a mean of 90 kSEK per place-year
            "unit_cost_higher": Given(103, "derived:SPEC,MYH2", uncertain=(72, 155)),
            "years_higher": Given(3, "derived:SPEC", uncertain=(3, 5)),
            "unit_cost_vocational": Given(64.7, "sourced:MYH2", uncertain=(58, 75)),
            "years_vocational": Given(1.5, "derived:SPEC", uncertain=(1.25, 2)),
            "fixed_cost": Given(500),
            "lag": Given(6),
            "duration": Given(8),
            "half_life": Given(0),
            **NATIONAL,
        },
    ),
    declare(
        name="training_at_work",
        code="P2.4",
        priority=2,
        title=Text("Competence development in working hours", "Kompetensutveckling på arbetstid"),
        help=Text(
            "Training paid in part, with compensation for the time lost: people move up a class, quit less and find "
            "the employer more attractive.",
            "Utbildning som betalas till en del, med ersättning för förlorad tid: anställda höjer sin kompetensnivå, "
            "slutar mer sällan och arbetsgivaren blir mer attraktiv.",
        ),
        evidence=Text(
            "Subsidised training in Flemish firms raised labour productivity by 2.1 % and employment by 3.6 % over "
            "four years, in smaller firms only. Part of it would have been bought anyway.",
            "Subventionerad utbildning i flamländska företag höjde arbetsproduktiviteten med 2,1 % och "
            "sysselsättningen med 3,6 % på fyra år, bara i mindre företag. En del hade köpts ändå.",
        ),
        sources=("KP",),
        moves=(("training_participation", 1), ("productivity", 1)),
        form=Form.TRAINEE,
        domains=("training",),
        target=Target(employees=(0, 249)),
        settings={
            # a firm that takes part trains a tenth of its staff, in two quarters
            "training_slots": Given(0.05),
            "training_compensation": Given(0.5),
            "quit_factor": Given(0.9),
            "attractiveness_gain": Given(0.03),
            "capacity": Given(250, unit="slots/q"),
            # a contact is a firm, not a trainee: five to six for each of the some hundred that start training
            "contacts": Given(600, uncertain=(300, 900)),
            # holds the compensation: half of 5 % of a trainee-year's working time is about 14 of the 25 kSEK
            "unit_cost": Given(25),
            "fixed_cost": Given(2000),
            "lag": Given(1),
            "duration": Given(2),
            "half_life": Given(12),
            "transfer": Given(1),
        },
    ),
    declare(
        name="vocational_courses",
        code="P2.5",
        priority=2,
        title=Text("More vocational and commissioned courses", "Fler yrkes- och uppdragsutbildningar"),
        help=Text(
            "More places in higher vocational education and in courses commissioned by firms, in the classes that are "
            "short. Capacity is the part of these places that opens. The education itself takes its time: six "
            "quarters and two.",
            "Fler platser i yrkeshögskolan och i uppdragsutbildning, i de klasser där det är brist. Kapaciteten är "
            "den andel av platserna som öppnas. Utbildningen tar sin tid: sex kvartal och två.",
        ),
        evidence=Text(
            "93 % of those who graduate from higher vocational education work within a year; a place-year costs "
            "64,700 SEK. Not every place is filled, not everybody finishes or stays.",
            "93 % av de yrkeshögskoleutbildade arbetar inom ett år; en årsplats kostar 64 700 kronor. Alla platser "
            "fylls inte, alla går inte klart eller stannar.",
        ),
        sources=("MYH", "MYH2"),
        moves=(("vacancy_rate", -1), ("recruitment_failure", -1)),
        form=Form.SYSTEM,
        settings={
            "places_vocational": Given(120),
            "places_commissioned": Given(200),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "unit_cost_vocational": Given(64.7, "sourced:MYH2", uncertain=(58, 75)),
            "years_vocational": Given(1.5, "derived:SPEC", uncertain=(1.25, 2)),
            "unit_cost_commissioned": Given(20),
            "fixed_cost": Given(1000),
            "lag": Given(0),
            "duration": Given(0),
            "half_life": Given(0),
            "eu_share": Given(0.1, uncertain=(0, 0.2)),
            "state_share": Given(0.7, uncertain=(0.5, 0.8)),
        },
    ),
)
