"""Named programmes for skills and research: one entry per measure (Model text 3.2)."""

from simulator.interventions.declaration import NATIONAL, Form, Given, declare
from simulator.interventions.target import Target
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="skills_boost",
        code="N5",
        priority=2,
        implements="P2.3, P2.4, P2.5",
        title=Text("Skills boost for industry", "Kunskapslyft för industrin"),
        help=Text(
            "Firms send 300 employees a year to training, and 60 more places a year open in higher vocational "
            "education; both follow how many firms take part. Twenty million kronor a year in all.",
            "Företag skickar 300 anställda om året på utbildning, och 60 platser till om året öppnas i "
            "yrkeshögskolan; båda följer hur många företag som deltar. Tjugo miljoner kronor om året i allt.",
        ),
        evidence=Text(
            "Subsidised training in Flemish firms raised labour productivity by 2.1 % in four years, in smaller firms "
            "only; 93 % of those who graduate from higher vocational education work within a year. The boost itself "
            "was not evaluated.",
            "Subventionerad utbildning i flamländska företag höjde arbetsproduktiviteten med 2,1 % på fyra år, bara i "
            "mindre företag; 93 % av de yrkeshögskoleutbildade arbetar inom ett år. Kunskapslyftet självt är inte "
            "utvärderat.",
        ),
        sources=("SEED-4", "KP", "MYH"),
        moves=(("training_participation", 1), ("vacancy_rate", -1)),
        form=Form.TRAINEE,
        domains=("training",),
        target=Target(employees=(0, 249)),
        settings={
            "training_slots": Given(0.03),
            "places_vocational": Given(60),
            "capacity": Given(75, unit="slots/q"),
            # a contact is a firm, not a trainee, as in competence development in working hours
            "contacts": Given(320, uncertain=(160, 480)),
            "unit_cost": Given(25),
            "unit_cost_vocational": Given(64.7, "sourced:MYH2", uncertain=(58, 75)),
            "years_vocational": Given(1.5, "derived:SPEC", uncertain=(1.25, 2)),
            # what training, places and contacts leave of twenty million
            "fixed_cost": Given(300, uncertain=(0, 2000)),
            "lag": Given(1),
            "duration": Given(2),
            "half_life": Given(12),
            "transfer": Given(1),
        },
    ),
    declare(
        name="lifelong_learning",
        code="N11",
        priority=2,
        implements="P2.4",
        title=Text("Lifelong learning package", "Paket för livslångt lärande"),
        help=Text(
            "Short courses for employees, a hundred places a year to have skills validated, and faster recognition of "
            "foreign ones: people move up a class, newcomers work sooner, fewer leave. Places and recognition follow "
            "how many firms take part.",
            "Korta kurser för anställda, hundra platser om året för att validera kunskaper och snabbare erkännande av "
            "utländska: anställda höjer sin kompetensnivå, nyanlända börjar arbeta tidigare och färre slutar. Platser "
            "och erkännande följer hur många företag som deltar.",
        ),
        evidence=Text(
            "Flemish firms with subsidised training gained productivity and staff, the smaller ones only. Across "
            "countries labour-market training shows little at first and more after two to three years. Sizes are "
            "judgement.",
            "Flamländska företag med subventionerad utbildning fick högre produktivitet och fler anställda, bara de "
            "mindre. I många länder visar arbetsmarknadsutbildning litet först och mer efter två till tre år. "
            "Storlekarna är bedömningar.",
        ),
        sources=("KP", "CKW"),
        moves=(("training_participation", 1),),
        form=Form.TRAINEE,
        domains=("training",),
        target=Target(employees=(0, 249)),
        settings={
            "training_slots": Given(0.025),
            "places_validation": Given(100),
            "recognition_lag": Given(-1),
            "quit_factor": Given(0.92),
            "capacity": Given(75, unit="slots/q"),
            "contacts": Given(400, uncertain=(200, 600)),
            "unit_cost": Given(18),
            "unit_cost_validation": Given(18),
            "fixed_cost": Given(1000, uncertain=(0, 2000)),
            "lag": Given(1),
            "duration": Given(2),
            "half_life": Given(12),
            "transfer": Given(1),
        },
    ),
    declare(
        name="innovation_voucher",
        code="N13",
        priority=3,
        implements="P3.4",
        title=Text("Innovation voucher", "Innovationscheck"),
        help=Text(
            "A small firm gets 80,000 kronor to buy research from a university or institute: nine of ten use it, and "
            "most of what they buy they would not have bought.",
            "Ett litet företag får 80 000 kronor för att köpa forskning av ett lärosäte eller institut: nio av tio "
            "använder checken, och det mesta som köps hade inte köpts annars.",
        ),
        evidence=Text(
            "Of ten Dutch vouchers drawn by lot eight led to a project that would not have come about, one paid for "
            "one that would, one was not used. Eighteen months on firms did not work more with researchers; in the "
            "long run R&D and jobs rose, productivity did not. The effect of British creative credits was gone after "
            "a year.",
            "Av tio nederländska checkar som lottades ut ledde åtta till ett projekt som inte hade blivit av, en "
            "betalade ett som hade blivit av, en användes inte. Arton månader senare samarbetade företagen inte mer "
            "med forskare; på sikt steg FoU och sysselsättning, men inte produktiviteten. Effekten av brittiska "
            "kreativa checkar var borta efter ett år.",
        ),
        sources=("CPB", "CPB140", "IGL", "NESTA"),
        moves=(("university_link_count", 1), ("business_rd", 1), ("productivity", 0)),
        form=Form.AWARD,
        domains=("research",),
        target=Target(employees=(0, 249)),
        settings={
            "university_link": Given(0.9, "derived:CPB", uncertain=(0, 1)),
            "research_grant": Given(80, "derived:CPB140", uncertain=(0, 120)),
            "subsidised_share": Given(0.9, "derived:CPB", uncertain=(0.8, 1)),
            "capacity": Given(12),
            # the voucher itself is the grant
            "unit_cost": Given(8, uncertain=(4, 15)),
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(2),
            "duration": Given(4),
            "half_life": Given(3, "derived:NESTA", uncertain=(1, 6)),
            "transfer": Given(1),
        },
    ),
    declare(
        name="strategic_programmes",
        code="N15",
        priority=3,
        implements="P3.3",
        title=Text("Strategic innovation programmes", "Strategiska innovationsprogram"),
        help=Text(
            "The region's firms win places in national programmes such as Produktion2030: money for R&D of their own "
            "in three years, and results that others can use. The state pays; it costs the region nothing.",
            "Regionens företag vinner plats i nationella program som Produktion2030: pengar till egen FoU i tre år, "
            "och resultat som andra kan använda. Staten betalar; det kostar regionen ingenting.",
        ),
        evidence=Text(
            "Fifteen programmes of the innovation agency raised employment in smaller firms and outside the large "
            "cities, neither sales nor capital. Sizes here are judgement.",
            "Femton av Vinnovas program höjde sysselsättningen i mindre företag och utanför storstäderna, varken "
            "omsättning eller kapital. Storlekarna här är bedömningar.",
        ),
        sources=("TA19", "SEED-2"),
        moves=(("business_rd", 1),),
        form=Form.AWARD,
        domains=("research",),
        target=Target(rd_performer=True),
        settings={
            "research_grant": Given(200),
            "public_knowledge": Given(3),
            # six national places a year
            "capacity": Given(1.5),
            "unit_cost": Given(20),
            **NATIONAL,
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(2),
            "duration": Given(12),
            "half_life": Given(16),
        },
    ),
    declare(
        name="rd_tax_relief",
        code="N19",
        priority=3,
        implements="P3.3",
        title=Text("Tax relief for R&D", "Skattelättnad för FoU"),
        help=Text(
            "What if the state cut the cost of R&D by a tenth for every firm that performs it? Nobody applies; the "
            "state forgoes the tax, the region pays nothing. Capacity is the part of the relief that is given.",
            "Tänk om staten sänkte kostnaden för FoU med en tiondel för alla företag som bedriver den? Ingen ansöker; "
            "staten avstår från skatten, regionen betalar ingenting. Kapaciteten är den andel av lättnaden som ges.",
        ),
        evidence=Text(
            "Small British firms raised R&D by 2.6 % for each percent that its cost fell, which is at the top of what "
            "is found; we use one for one, between 0.3 and 2.6. Sweden's own relief lowers payroll tax.",
            "Små brittiska företag höjde FoU med 2,6 % för varje procent som kostnaden sjönk, vilket är högst av det "
            "som hittats; vi räknar med ett för ett, mellan 0,3 och 2,6. Sveriges egen lättnad sänker "
            "arbetsgivaravgiften.",
        ),
        sources=("DEIN",),
        moves=(("business_rd", 1),),
        form=Form.SYSTEM,
        aimed=True,
        target=Target(rd_performer=True),
        settings={
            "research_cost_relief": Given(0.1),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            **NATIONAL,
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(1),
            "duration": Given(1),
            "half_life": Given(0),
        },
    ),
)
