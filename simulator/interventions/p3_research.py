"""Priority 3, investment in research and innovation: one entry per measure (Model text 3.1)."""

from simulator.interventions.declaration import NATIONAL, REGIONAL, Form, Given, declare
from simulator.interventions.target import Target
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="research_funding",
        code="P3.1",
        priority=3,
        title=Text(
            "Research funding tied to smart specialisation", "Forskningsanslag kopplade till smart specialisering"
        ),
        help=Text(
            "More money for research at the region's universities in its fields of strength. Each award links a firm "
            "that can use research to a university for five years, with half a person-year of research on its "
            "question; at full capacity all firms gain some public knowledge and a firm is spun off now and then.",
            "Mer pengar till forskning vid regionens högskolor inom styrkeområdena. Varje beviljande länkar ett "
            "företag som kan använda forskning till en högskola i fem år, med en halv årsarbetskraft forskning om "
            "företagets fråga; vid full kapacitet får alla företag del av ny gemensam kunskap och ett och annat "
            "företag knoppas av.",
        ),
        evidence=Text(
            "In a German survey universities and public procurement did equally much for the market success of "
            "innovations. How much a krona of research in this region does for its firms is judgement, and slow.",
            "I en tysk undersökning betydde högskolor och offentlig upphandling lika mycket för innovationers framgång "
            "på marknaden. Vad en forskningskrona i regionen gör för företagen här är en bedömning, och det går "
            "långsamt.",
        ),
        sources=("AS",),
        moves=(("university_link_count", 1), ("innovating_firms", 1)),
        form=Form.AWARD,
        domains=("research",),
        target=Target(
            absorptive_capacity=(0.3, 1),
            employees=(0, 249),
            industries=(
                "metal_goods",
                "machinery",
                "basic_metals",
                "wood",
                "pulp_paper",
                "electronics_electrical",
                "technical_services",
            ),
        ),
        settings={
            "university_link": Given(1),
            "public_knowledge": Given(5),
            # a tenth per 10 MSEK a year, of which full capacity costs 24
            "spin_offs": Given(0.24, "derived:SPEC", uncertain=(0, 0.36)),
            "capacity": Given(10),
            # half a person-year of research at 1,200 kSEK
            "unit_cost": Given(600, "derived:SPEC", uncertain=(420, 900)),
            "fixed_cost": Given(0, uncertain=(0, 1000)),
            "lag": Given(8),
            "duration": Given(20),
            "half_life": Given(20),
            "transfer": Given(1),
            "eu_share": Given(0.1, uncertain=(0, 0.2)),
            "state_share": Given(0.8, uncertain=(0.6, 0.8)),
        },
    ),
    declare(
        name="research_capacity",
        code="P3.2",
        priority=3,
        title=Text("Regional capacity for research and innovation", "Regional kapacitet för forskning och innovation"),
        help=Text(
            "Staff and equipment at the region's institutes and testbeds: more slots each quarter, data shared between "
            "those who support firms, some public knowledge. Capacity is the part that is staffed.",
            "Personal och utrustning vid regionens institut och testbäddar: fler platser varje kvartal, data som delas "
            "mellan dem som stödjer företag, viss gemensam kunskap. Kapaciteten är den andel som bemannas.",
        ),
        evidence=Text(
            "Slots can be counted. What they and the institutes' knowledge do for firms that would not have found "
            "them anyway has not been estimated: judgement.",
            "Platserna går att räkna. Vad de och institutens kunskap gör för företag som inte ändå hade hittat dit har "
            "inte skattats: en bedömning.",
        ),
        moves=(("testbed_users", 1), ("absorptive_capacity", 0)),
        form=Form.SYSTEM,
        settings={
            "testbed_slots": Given(12),
            "shared_data": Given(0.1),
            "public_knowledge": Given(2),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(8000),
            "lag": Given(4),
            "duration": Given(1),
            "half_life": Given(8),
        },
    ),
    declare(
        name="research_programmes",
        code="P3.3",
        priority=3,
        title=Text(
            "Long-term research and innovation programmes", "Långsiktiga satsningar på forskning och innovation"
        ),
        help=Text(
            "Firms that perform research, or could, get a grant of 300,000 SEK a year for three years. They know more "
            "about the digital and green step when they judge it.",
            "Företag som bedriver forskning, eller skulle kunna, får ett bidrag på 300 000 kronor om året i tre år. De "
            "vet mer om det digitala och det gröna steget när de bedömer det.",
        ),
        evidence=Text(
            "Across studies a grant neither crowds out firms' own research nor adds much to it. Fifteen Vinnova "
            "programmes raised employment in smaller firms outside the big cities, not sales or capital.",
            "Sammantaget tränger bidrag varken undan företagens egen forskning eller ökar den mycket. Femton "
            "Vinnovaprogram höjde sysselsättningen i mindre företag utanför storstäderna, inte omsättning eller "
            "kapital.",
        ),
        sources=("DP", "TA19"),
        moves=(("business_rd", 1), ("productivity", 0)),
        form=Form.AWARD,
        domains=("research", "digital", "green"),
        target=Target(research_capable=True, employees=(0, 249)),
        settings={
            "research_grant": Given(300),
            "uncertainty_factor": Given(0.9),
            "capacity": Given(5),
            # judging the application; three years of the grant come on top
            "unit_cost": Given(30),
            "fixed_cost": Given(1000),
            "lag": Given(2),
            "duration": Given(12),
            "half_life": Given(16),
            **NATIONAL,
        },
    ),
    declare(
        name="testbed_links",
        code="P3.4",
        priority=3,
        title=Text(
            "Link testbeds, firms, researchers and scale-up", "Länka testbäddar, företag, forskare och uppskalning"
        ),
        help=Text(
            "Firms that have taken a first digital or green step try the next one in a testbed, with a guide and a "
            "voucher: their projects succeed more often. Testbeds open half as many slots again and take firms from "
            "other counties. Where data are shared, measures for research and innovation that have run for six "
            "quarters grow by a fifth a year, three times.",
            "Företag som tagit ett första digitalt eller grönt steg prövar nästa i en testbädd, med lots och check: "
            "deras projekt lyckas oftare. Testbäddarna öppnar hälften fler platser och tar emot företag från andra "
            "län. Där data delas växlas insatser för forskning och innovation som pågått i sex kvartal upp med en "
            "femtedel om året, tre gånger.",
        ),
        evidence=Text(
            "Of ten Dutch vouchers drawn by lot, eight led to a project that would not have come, one to one that "
            "would, one was unused. Cooperation did not last; in the long run firms had more research and jobs, not "
            "higher productivity.",
            "Av tio lottade nederländska checkar gav åtta ett projekt som annars inte blivit av, en ett som hade "
            "blivit det, en blev oanvänd. Samarbetet bestod inte; på sikt hade företagen mer forskning och fler jobb, "
            "inte högre produktivitet.",
        ),
        sources=("CPB", "CPB140", "IGL"),
        moves=(("testbed_users", 1), ("advanced_digital_firms", 1)),
        form=Form.AWARD,
        pilots=(3,),
        domains=("digital", "green"),
        target=Target(started=True, employees=(0, 249)),
        settings={
            "success_gain": Given(0.08),
            # half of the 36 slots of the region's testbeds
            "testbed_slots": Given(18),
            "cross_county": Given(0.1),
            "pilot_scaling": Given(0.2),
            "scalings": Given(3, uncertain=(1, 5)),
            "capacity": Given(40),
            "unit_cost": Given(60),
            "fixed_cost": Given(5000),
            "lag": Given(2),
            "duration": Given(4),
            "half_life": Given(8),
            "transfer": Given(1),
        },
    ),
    declare(
        name="innovation_procurement",
        code="P3.5",
        priority=3,
        title=Text("Innovation procurement in all sectors", "Innovationsupphandling inom alla sektorer"),
        help=Text(
            "Regions and municipalities ask for solutions instead of the lowest price in part of what they buy. Firms "
            "that win such a tender sell something new and innovate more; public demand moves towards firms that do. "
            "The buyers pay for the people who know how; what they buy they would have bought anyway.",
            "Regioner och kommuner frågar efter lösningar i stället för lägsta pris i en del av det de köper. Företag "
            "som vinner en sådan upphandling säljer något nytt och förnyar sig mer; den offentliga efterfrågan "
            "flyttar mot företag som gör det. Köparna betalar för upphandlarnas kompetens; det de köper hade de köpt "
            "ändå.",
        ),
        evidence=Text(
            "After a German reform firms with innovation tenders sold more new products, mostly small improvements. In "
            "an earlier German study small firms in weak regions gained most; tenders decided on price alone lower "
            "innovation. Nothing comparable was found for Sweden.",
            "Efter en tysk reform sålde företag i innovationsupphandlingar mer nya produkter, mest små förbättringar. "
            "I en tidigare tysk studie vann små företag i svaga regioner mest; upphandling på enbart pris hämmar "
            "innovation. Inget motsvarande har hittats för Sverige.",
        ),
        sources=("CZ", "AS", "KR"),
        moves=(("innovating_firms", 1), ("procured_innovation", 1)),
        form=Form.AWARD,
        domains=("research",),
        target=Target(employees=(0, 249)),
        settings={
            "tendered_innovation": Given(0.04),
            "new_product_gain": Given(0.02),
            "procurement_merit": Given(1),
            "capacity": Given(8),
            "unit_cost": Given(0, uncertain=(0, 50)),
            "fixed_cost": Given(2500),
            "lag": Given(6),
            "duration": Given(8),
            "half_life": Given(8),
            "transfer": Given(1),
            **REGIONAL,
        },
    ),
)
