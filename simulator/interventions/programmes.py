"""Named programmes and further instruments for firms: one entry per measure (Model text 3.2)."""

from simulator.interventions.declaration import NATIONAL, Form, Given, declare
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
            "employees. The state pays.",
            "Det nationella programmet i regionens andel: coachning och digitaliseringscheck för företag under 50 "
            "anställda. Staten betalar.",
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
            **NATIONAL,
            "fixed_cost": Given(0, uncertain=(0, 500)),
            "lag": Given(1),
            "duration": Given(4),
            "half_life": Given(6),
        },
    ),
    declare(
        name="kickstart",
        code="N2",
        priority=1,
        implements="P1.4",
        title=Text("Kickstart digitalisation: meetings in groups", "Kickstart Digitalisering"),
        help=Text(
            "Groups of seven firms of a county meet a few times around their first digital steps: most leave with a "
            "step in mind, and for two years each looks to two others of its group. Part of the national programme: "
            "the state pays.",
            "Grupper om sju företag i ett län träffas några gånger kring sina första digitala steg: de flesta går hem "
            "med ett steg i tankarna, och i två år följer vart och ett vad två andra i gruppen gör. En del av det "
            "nationella programmet: staten betalar.",
        ),
        evidence=Text(
            "Together with coaching it reached close to 1,000 firms in the country. What the firms did differently "
            "afterwards has not been compared with others; sizes are judgement. Meetings in groups raised sales by "
            "8 % in a Chinese trial.",
            "Tillsammans med coachning nådde det nära 1 000 företag i landet. Vad företagen sedan gjorde annorlunda "
            "har inte jämförts med andra; storlekarna är bedömningar. Möten i grupp höjde försäljningen med 8 % i ett "
            "kinesiskt försök.",
        ),
        sources=("SEED-3", "CS"),
        moves=(("basic_digital", 1), ("advanced_digital_firms", 1)),
        form=Form.AWARD,
        domains=("digital",),
        target=Target(digital_level=(0, 2), employees=(0, 249)),
        settings={
            "awareness": Given(0.8),
            "extra_ties": Given(2),
            "group_size": Given(7, uncertain=(6, 8)),
            # two groups of seven in each of three counties
            "capacity": Given(42),
            "unit_cost": Given(35),
            **NATIONAL,
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(1),
            "duration": Given(8),
            "half_life": Given(0),
            "transfer": Given(1),
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
            "for half of the project. A national programme at the region's share: the state pays.",
            "Tillverkande företag på de första digitala nivåerna får en förstudie om automation; fyra av tio går "
            "vidare till en check för hälften av projektet. Ett nationellt program i regionens andel: staten betalar.",
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
            **NATIONAL,
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(1),
            "duration": Given(4),
            "half_life": Given(6),
        },
    ),
    declare(
        name="made_in_sweden",
        code="N4",
        priority=1,
        implements="P1.2, P5.5",
        title=Text("Made in Sweden: production brought home", "Tillverkning i Sverige"),
        help=Text(
            "Buyers and manufacturers are brought together so that production comes back or stays: fewer of the "
            "orders that a chain loses leave the region, and home demand of manufacturers grows by half a percent a "
            "year for five years. Capacity is the part of the work that is staffed.",
            "Inköpare och tillverkare förs samman så att produktion flyttas hem eller stannar: färre av de order som "
            "en kedja förlorar lämnar regionen, och tillverkarnas hemmaefterfrågan växer med en halv procent om året "
            "i fem år. Kapaciteten är den andel av arbetet som bemannas.",
        ),
        evidence=Text(
            "No estimate of what such work brings home was found; firms that move production back do so for cost, "
            "quality and delivery time. Judgement, and may be nothing.",
            "Ingen skattning av vad sådant arbete flyttar hem har hittats; företag som flyttar hem produktion gör det "
            "för kostnad, kvalitet och leveranstid. Bedömning, och kan vara noll.",
        ),
        sources=("SEED-3",),
        moves=(("value_added", 1), ("employment_smes", 1)),
        form=Form.SYSTEM,
        aimed=True,
        target=Target(manufacturing=True),
        settings={
            "leakage_change": Given(-0.05),
            # half a percent a year, reached in the five years of the ramp
            "home_demand_gain": Given(0.025),
            "ramp": Given(20, uncertain=(12, 20)),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(2000),
            "lag": Given(2),
            "duration": Given(1),
            "half_life": Given(8),
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
            "somebody outside the family, buyers borrow more easily for projects.",
            "Rådgivning till ägare från 57 år: skiftet förbereds, färre företag läggs ned, fler säljs till någon "
            "utanför familjen, köpare lånar lättare till projekt.",
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
        name="rural_coaching",
        code="N12",
        priority=1,
        implements="P1.4",
        title=Text("Rural assignment: digital coaching", "Landsbygdsuppdraget med digital coachning"),
        help=Text(
            "Coaches travel to firms in small municipalities: the distance no longer keeps them from applying, and "
            "half of them see the next digital step.",
            "Coacher åker till företag i små kommuner: avståndet hindrar dem inte längre från att söka, och hälften "
            "ser nästa digitala steg.",
        ),
        evidence=Text(
            "The rural assignment ran 13 projects, Almi coached digitally in the countryside; neither was compared "
            "with firms outside. Sizes are judgement.",
            "Landsbygdsuppdraget drev 13 projekt och Almi gav digital coachning på landsbygden; inget av dem har "
            "jämförts med företag utanför. Storlekarna är bedömningar.",
        ),
        sources=("SEED-3",),
        moves=(("basic_digital", 1), ("hard_to_reach_supported", 1)),
        form=Form.AWARD,
        domains=("digital",),
        target=Target(rural=True, digital_level=(0, 2), employees=(0, 249)),
        settings={
            "awareness": Given(0.5),
            "rural_burden_relief": Given(1),
            "capacity": Given(15),
            "unit_cost": Given(70),
            "fixed_cost": Given(6000),
            "lag": Given(1),
            "duration": Given(4),
            "half_life": Given(0),
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
    declare(
        name="erdf_investment",
        code="N17",
        priority=4,
        implements="P1.4, P4.5",
        title=Text(
            "Regional development fund: investment support 2021-2027", "Investeringsstöd ur Regionalfonden 2021-2027"
        ),
        help=Text(
            "Firms that plan a larger digital or green investment get three tenths of it paid, at most two million "
            "kronor. The answer takes a year.",
            "Företag som planerar en större digital eller grön investering får tre tiondelar betalda, högst två "
            "miljoner kronor. Beskedet tar ett år.",
        ),
        evidence=Text(
            "The county boards had business support in the region evaluated in 2012; no effect size could be taken "
            "from it. How much would have been invested anyway is what the model works out.",
            "Länsstyrelserna lät utvärdera företagsstödet i regionen 2012; ingen effektstorlek kunde hämtas därur. "
            "Hur mycket som hade investerats ändå är vad modellen räknar fram.",
        ),
        sources=("NMSEV",),
        moves=(("advanced_digital_firms", 1), ("advanced_green_firms", 1)),
        form=Form.AWARD,
        domains=("digital", "green"),
        target=Target(employees=(0, 249)),
        settings={
            "subsidy_share": Given(0.3),
            "subsidy_cap": Given(2000, uncertain=(1000, 3000)),
            "capacity": Given(8),
            "unit_cost": Given(30),
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(4),
            "duration": Given(8),
            "half_life": Given(0),
        },
    ),
    declare(
        name="loan_guarantee",
        code="N18",
        priority=4,
        implements="P1.4, P4.5",
        title=Text("Guarantee for green and digital loans", "Lånegaranti för gröna och digitala investeringar"),
        help=Text(
            "A public guarantor takes part of the bank's risk: small and medium-sized firms borrow more for projects "
            "on the same security, and pay a lower margin on what they borrow more. Other loans "
            "keep theirs, and loans to cover losses are not guaranteed. The state bears four percent of what is "
            "borrowed more as expected loss. Capacity is the part of the demand for guarantees that is met.",
            "En offentlig garantigivare tar en del av bankens risk: små och medelstora företag lånar mer till projekt "
            "på samma säkerhet, och betalar lägre marginal på det som de lånar mer. "
            "Marginalen på andra lån är oförändrad, och lån för att täcka förluster garanteras inte. Staten bär en "
            "förväntad förlust på fyra procent av den ökade upplåningen. Kapaciteten är den andel av efterfrågan på "
            "garantier som tillgodoses.",
        ),
        evidence=Text(
            "Almi's customers grew more than similar firms, 48 against 35 % in sales over four years, which is not "
            "proof of cause. The size of the guarantee's effect on credit is judgement.",
            "Almis kunder växte mer än liknande företag, 48 mot 35 % i omsättning på fyra år, vilket inte visar "
            "orsak. Storleken på garantins verkan på krediten är en bedömning.",
        ),
        sources=("ALMI",),
        moves=(("advanced_digital_firms", 1), ("advanced_green_firms", 1)),
        form=Form.SYSTEM,
        aimed=True,
        target=Target(employees=(0, 249)),
        settings={
            "collateral_gain": Given(0.2),
            "spread_factor": Given(0.6),
            "expected_loss": Given(0.04, uncertain=(0.02, 0.08)),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            **NATIONAL,
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(1),
            "duration": Given(1),
            "half_life": Given(0),
        },
    ),
)
