"""Priority 1, innovation capacity of small and medium-sized firms: one entry per measure (Model text 3.1)."""

from simulator.interventions.declaration import Form, Given, declare
from simulator.interventions.target import Target
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="knowledge_platforms",
        code="P1.1",
        priority=1,
        title=Text(
            "Knowledge platforms for firms, research and civil society",
            "Plattformar för kunskapsspridning mellan företag, forskning och civilsamhälle",
        ),
        help=Text(
            "Firms take a seat in groups that meet regularly, with researchers and associations at the table. A seat "
            "brings a contact in another group, makes others' example weigh more, lets some hear of the next digital "
            "or green step, and now and then leads to a link with a university. A seat is held for a year; "
            "invitations cost less than visits and open fewer eyes.",
            "Företag får en plats i grupper som träffas regelbundet, med forskare och föreningar vid bordet. Platsen "
            "ger en kontakt i en annan grupp, gör andras exempel mer tungt vägande, gör att några får upp ögonen för "
            "nästa digitala eller gröna steg och leder ibland till en länk till en högskola. En plats gäller ett år; "
            "en inbjudan kostar mindre än ett besök men väcker färre.",
        ),
        evidence=Text(
            "Chinese managers drawn by lot to monthly meetings in groups of ten had 8.1 % higher revenue a year later, "
            "and more partners. Nobody knows what holds in Sweden: three tenths of the effect are assumed to.",
            "Kinesiska företagsledare som lottades till månatliga möten i grupper om tio hade 8,1 % högre omsättning "
            "ett år senare och fler samarbeten. Vad som gäller i Sverige vet ingen: tre tiondelar av effekten antas "
            "göra det.",
        ),
        sources=("CS",),
        moves=(("advanced_digital_firms", 1), ("absorptive_capacity", 0)),
        form=Form.AWARD,
        domains=("digital", "green"),
        target=Target(employees=(0, 249)),
        settings={
            "awareness": Given(0.35),
            "contact_awareness": Given(0.05, uncertain=(0, 0.1)),
            "peer_weight": Given(1.25),
            "extra_ties": Given(1),
            "university_link": Given(0.05),
            # 240 seats, each held for a year at 6 kSEK a quarter
            "capacity": Given(60),
            "unit_cost": Given(24),
            "contact_cost": Given(2, uncertain=(1, 5)),
            "fixed_cost": Given(3000),
            "lag": Given(1),
            "duration": Given(4),
            "half_life": Given(6),
            "transfer": Given(0.3, uncertain=(0, 1)),
        },
    ),
    declare(
        name="industry_challenges",
        code="P1.2",
        priority=1,
        title=Text("Industry's needs as a driver of innovation", "Industrins omställningsbehov som drivkraft"),
        help=Text(
            "A large customer tells its suppliers a year ahead what it will ask of them, and a call pays for the "
            "development work of those that answer. They see the digital or green step, judge it with less "
            "uncertainty, and get a grant for research and development.",
            "En stor kund berättar ett år i förväg för sina leverantörer vad som kommer att krävas, och en utlysning "
            "betalar utvecklingsarbetet hos dem som svarar. De ser det digitala eller gröna steget, bedömer det med "
            "mindre osäkerhet och får bidrag till forskning och utveckling.",
        ),
        evidence=Text(
            "That demand pulls innovation is well argued (from memory); what a call to suppliers adds has not been "
            "measured against a comparison group. All sizes are judgement and may be nothing.",
            "Att efterfrågan driver innovation är väl underbyggt (ur minnet); vad en utlysning till leverantörer "
            "tillför har inte mätts mot en jämförelsegrupp. Alla storlekar är bedömningar och kan vara noll.",
        ),
        sources=("edler2007",),
        moves=(("business_rd", 1), ("innovating_firms", 1)),
        form=Form.AWARD,
        domains=("digital", "green"),
        target=Target(supplier=True, employees=(0, 249)),
        settings={
            "awareness": Given(0.5),
            "contact_awareness": Given(0.2, uncertain=(0, 0.4)),
            "uncertainty_factor": Given(0.9),
            "requirement_lead": Given(4),
            "research_grant": Given(150),
            "capacity": Given(20),
            # running the call; the grant comes on top
            "unit_cost": Given(15),
            "fixed_cost": Given(2000),
            "lag": Given(2),
            "duration": Given(4),
            "half_life": Given(8),
        },
    ),
    declare(
        name="circular_business",
        code="P1.3",
        priority=1,
        title=Text(
            "Business models and technology for a circular economy", "Affärsmodeller och teknik för cirkulär ekonomi"
        ),
        help=Text(
            "Advice and a check for the next circular step, such as taking products back or using what is left over: "
            "the firm sees the step, pays half of it, succeeds more often and sells a little more that is new.",
            "Rådgivning och en check till nästa cirkulära steg, som att ta tillbaka produkter eller använda det som "
            "blir över: företaget ser steget, betalar hälften, lyckas oftare och säljer lite mer som är nytt.",
        ),
        evidence=Text(
            "Green checks of this size existed, in Dalarna too: 50,000-250,000 SEK for at most half of the cost. "
            "Their effect was not evaluated; the sizes are judgement.",
            "Gröna checkar i den storleken har funnits, även i Dalarna: 50 000-250 000 kronor till högst halva "
            "kostnaden. Effekten utvärderades inte; storlekarna är bedömningar.",
        ),
        sources=("CHK",),
        moves=(("circular_firm_count", 1),),
        form=Form.AWARD,
        domains=("circular",),
        target=Target(circular_level=(0, 1), employees=(0, 249)),
        settings={
            "awareness": Given(0.5),
            "contact_awareness": Given(0.2, uncertain=(0, 0.4)),
            "subsidy_share": Given(0.5, "sourced:CHK", uncertain=(0, 0.5)),
            "subsidy_cap": Given(250, "sourced:CHK", uncertain=(50, 250)),
            "success_gain": Given(0.1),
            "new_product_gain": Given(0.01),
            "capacity": Given(15),
            "unit_cost": Given(220),
            "fixed_cost": Given(1500),
            "lag": Given(2),
            "duration": Given(4),
            "half_life": Given(8),
        },
    ),
    declare(
        name="digital_uptake",
        code="P1.4",
        priority=1,
        title=Text("More SMEs use digitalisation", "Fler SMF använder digitaliseringen"),
        help=Text(
            "Advice and a grant for the next digital step: the firm sees the step, judges it with less uncertainty, "
            "pays half of it and succeeds more often.",
            "Rådgivning och bidrag till nästa digitala steg: företaget ser steget, bedömer det med mindre osäkerhet, "
            "betalar hälften och lyckas oftare.",
        ),
        evidence=Text(
            "After the robot lift 80 % had invested or would within a year, by their own account. Our prior for what "
            "would not have happened anyway: 5 to 20 percentage points in two years (judgement).",
            "Efter Robotlyftet hade 80 % investerat eller skulle göra det inom ett år, enligt egen uppgift. Vår "
            "bedömning av vad som inte hade skett ändå: 5 till 20 procentenheter på två år.",
        ),
        sources=("ROB",),
        moves=(("advanced_digital_firms", 1), ("basic_digital", 1)),
        form=Form.AWARD,
        domains=("digital",),
        target=Target(digital_level=(0, 2), employees=(0, 249)),
        settings={
            "awareness": Given(0.6),
            "contact_awareness": Given(0.2, uncertain=(0, 0.4)),
            "subsidy_share": Given(0.5),
            "subsidy_cap": Given(150, uncertain=(50, 250)),
            "uncertainty_factor": Given(0.85),
            "success_gain": Given(0.08),
            "capacity": Given(25),
            "unit_cost": Given(90),
            "fixed_cost": Given(2000),
            "lag": Given(1),
            "duration": Given(4),
            "half_life": Given(6),
        },
    ),
    declare(
        name="strategic_development",
        code="P1.5",
        priority=1,
        title=Text("Resources for strategic development", "Resurser för strategisk utveckling"),
        help=Text(
            "Firms with five or more employees work through their strategy with a consultant: they become better at "
            "managing change, older owners more willing to invest, and digital and green projects succeed more often.",
            "Företag med minst fem anställda går igenom sin strategi med en konsult: de blir bättre på att leda "
            "förändring, äldre ägare mer villiga att investera, och digitala och gröna projekt lyckas oftare.",
        ),
        evidence=Text(
            "Consulting raised the productivity of firms in trials by lot in India and Mexico (from memory). Clients "
            "of Almi grew by 48 % in four years, similar firms by 35 %: matched, not proof of cause. In the weakest "
            "case nothing of it is additional.",
            "Rådgivning höjde företags produktivitet i lottade försök i Indien och Mexiko (ur minnet). Almis kunder "
            "växte med 48 % på fyra år, liknande företag med 35 %: en matchad jämförelse, inget bevis för orsak. I "
            "sämsta fall är inget av det en följd av stödet.",
        ),
        sources=("bloom2013", "bruhn2018", "ALMI"),
        moves=(("effective_digitalisation", 1), ("productivity", 0)),
        form=Form.AWARD,
        domains=("digital", "green"),
        target=Target(employees=(5, 249)),
        settings={
            "management_gain": Given(0.15),
            "owner_openness": Given(0.1),
            "success_gain": Given(0.05),
            "capacity": Given(25),
            "unit_cost": Given(120),
            "fixed_cost": Given(2000),
            "lag": Given(1),
            "duration": Given(4),
            "half_life": Given(12),
            "transfer": Given(1),
        },
    ),
)
