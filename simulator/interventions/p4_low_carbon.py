"""Priority 4, low-carbon and circular industry: one entry per measure (Model text 3.1)."""

from simulator.interventions.declaration import NATIONAL, REGIONAL, Form, Given, declare
from simulator.interventions.target import Target
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="clean_energy",
        code="P4.1",
        priority=4,
        title=Text(
            "Focused measures: fuels, renewable electricity, smart grids",
            "Fokuserade åtgärder: bränslen, förnybar el, smarta elnät",
        ),
        help=Text(
            "Firms that emit more than most and manage their energy already get a large grant to electrify or change "
            "fuel. Contracts and local production make the price of electricity swing less for all, and connection to "
            "the grid comes half a year sooner.",
            "Företag som släpper ut mer än de flesta och redan har ordning på sin energianvändning får ett stort "
            "bidrag för att elektrifiera eller byta bränsle. Avtal och lokal produktion gör att elpriset svänger "
            "mindre för alla, och nätanslutningen kommer ett halvår tidigare.",
        ),
        evidence=Text(
            "The national climate grants pay about two fifths of an investment (from memory). How much they advance "
            "what carbon prices would bring anyway, and what a region can do about price swings and grids, is "
            "judgement.",
            "De nationella klimatbidragen (Klimatklivet) betalar ungefär två femtedelar av en investering (ur minnet). "
            "Hur mycket de tidigarelägger det som koldioxidpriset ändå hade lett till, och vad en region kan göra åt "
            "prissvängningar och elnät, är en bedömning.",
        ),
        sources=("sfs2015_517",),
        moves=(("advanced_green_firms", 1), ("emissions", -1)),
        form=Form.AWARD,
        domains=("green",),
        target=Target(carbon_above_median=True, green_level=(1, 1), employees=(0, 249)),
        settings={
            "subsidy_share": Given(0.4, "memory:sfs2015_517", uncertain=(0, 0.5)),
            "subsidy_cap": Given(1000, uncertain=(500, 1500)),
            "price_volatility_factor": Given(0.85),
            "grid_wait": Given(-2),
            "capacity": Given(8),
            "unit_cost": Given(400),
            "fixed_cost": Given(3000),
            "lag": Given(4),
            "duration": Given(8),
            "half_life": Given(12),
            **NATIONAL,
        },
    ),
    declare(
        name="public_private",
        code="P4.2",
        priority=4,
        title=Text(
            "Public-private partnerships and capacity to procure",
            "Offentlig-privata partnerskap och förmåga att upphandla",
        ),
        help=Text(
            "Municipalities and regions learn to buy green and to set targets together with firms: part of public "
            "demand goes to firms on their green merits. Capacity is the part of the work that is staffed.",
            "Kommuner och regioner lär sig köpa grönt och sätta mål tillsammans med företag: en del av den offentliga "
            "efterfrågan går till företag efter deras gröna meriter. Kapaciteten är den andel av arbetet som bemannas.",
        ),
        evidence=Text(
            "As for innovation procurement: German studies find more new products among suppliers, small steps mostly. "
            "No such study of green tenders by Swedish municipalities was found.",
            "Som för innovationsupphandling: tyska studier finner fler nya produkter hos leverantörer, mest små steg. "
            "Ingen sådan studie av svenska kommuners gröna upphandling har hittats.",
        ),
        sources=("CZ", "AS", "KR"),
        moves=(("advanced_green_firms", 1), ("procured_innovation", 0)),
        form=Form.SYSTEM,
        settings={
            "tendered_green": Given(0.03),
            "joint_targets": Given(0.1),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(2000),
            "lag": Given(4),
            "duration": Given(1),
            "half_life": Given(8),
            "transfer": Given(1),
            **REGIONAL,
        },
    ),
    declare(
        name="bio_testbeds",
        code="P4.3",
        priority=4,
        title=Text("Testbeds for the circular bioeconomy", "Testbäddar för cirkulär bioekonomi"),
        help=Text(
            "Firms in wood, paper, food and chemicals use a network of testbeds for what forest and fields give: more "
            "slots, green and circular projects that succeed more often, and one contact each in another of these "
            "industries, whose residues may be somebody's raw material.",
            "Företag inom trä, papper, livsmedel och kemi använder ett nätverk av testbäddar för det som skog och åker "
            "ger: fler platser, gröna och cirkulära projekt som lyckas oftare, och var sin kontakt i en annan av dessa "
            "branscher, vars restprodukter kan vara någons råvara.",
        ),
        evidence=Text(
            "Nordic cases of industrial symbiosis are described, not evaluated. All sizes are judgement and may be "
            "nothing.",
            "Nordiska fall av industriell symbios är beskrivna, inte utvärderade. Alla storlekar är bedömningar och "
            "kan vara noll.",
        ),
        sources=("IVL",),
        moves=(("circular_firm_count", 1), ("testbed_users", 1)),
        form=Form.AWARD,
        domains=("green", "circular"),
        target=Target(industries=("wood", "pulp_paper", "food", "chemicals_minerals"), employees=(0, 249)),
        settings={
            "bio_testbed_slots": Given(10),
            "success_gain": Given(0.1),
            "extra_ties": Given(1),
            # one award for each slot
            "capacity": Given(10),
            "unit_cost": Given(80),
            "fixed_cost": Given(6000),
            "lag": Given(4),
            "duration": Given(8),
            "half_life": Given(8),
        },
    ),
    declare(
        name="green_building",
        code="P4.4",
        priority=4,
        title=Text("Sustainable building", "Hållbara byggnader"),
        help=Text(
            "Builders and public owners ask for sustainable buildings: makers of wood, metal and mineral products that "
            "have taken a first green step sell a little more, some of it new. Capacity is the part of the work that "
            "is staffed.",
            "Byggherrar och offentliga ägare efterfrågar hållbara byggnader: tillverkare av trä-, metall- och "
            "mineralprodukter som tagit ett första grönt steg säljer lite mer, en del av det nytt. Kapaciteten är den "
            "andel av arbetet som bemannas.",
        ),
        evidence=Text(
            "No estimate of what such a programme does for sales was found. What these firms sell more, others in the "
            "region may sell less; the sizes are judgement and may be nothing.",
            "Ingen skattning av vad ett sådant program gör för försäljningen har hittats. Det som dessa företag säljer "
            "mer av kan andra i regionen sälja mindre av; storlekarna är bedömningar och kan vara noll.",
        ),
        moves=(("advanced_green_firms", 0), ("value_added", 0)),
        form=Form.SYSTEM,
        aimed=True,
        target=Target(industries=("wood", "metal_goods", "chemicals_minerals"), green_level=(1, 3)),
        settings={
            "home_demand_gain": Given(0.015),
            "new_product_gain": Given(0.01),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(2500),
            "lag": Given(6),
            "duration": Given(16),
            "half_life": Given(8),
        },
    ),
    declare(
        name="low_carbon_production",
        code="P4.5",
        priority=4,
        title=Text("Low-carbon and circular production", "Koldioxidsnål och cirkulär produktion"),
        help=Text(
            "An energy audit, a network of firms that compare notes, and a small grant: the firm sees its next green "
            "step, carries out more of what the audit proposes and pays less for it.",
            "En energikartläggning, ett nätverk av företag som jämför sig med varandra och ett mindre bidrag: "
            "företaget ser sitt nästa gröna steg, genomför mer av det som kartläggningen föreslår och betalar mindre "
            "för det.",
        ),
        evidence=Text(
            "In the Swedish audit programme 53 % of proposed measures were carried out and firms saved 6 % of their "
            "energy, for about 700 euro of public money per measure. Networks may double what is carried out.",
            "I det svenska programmet för energikartläggning genomfördes 53 % av föreslagna åtgärder och företagen "
            "sparade 6 % av sin energi, för ungefär 700 euro offentliga pengar per åtgärd. Nätverk kan fördubbla det "
            "som genomförs.",
        ),
        sources=("SEAP", "EEN", "IEA"),
        moves=(("basic_green_firms", 1), ("energy_saved", 1)),
        form=Form.AWARD,
        domains=("green",),
        target=Target(green_level=(0, 2), employees=(0, 249)),
        settings={
            "awareness": Given(1.0, uncertain=(0, 1)),
            "contact_awareness": Given(0.2, uncertain=(0, 0.4)),
            "audit_factor": Given(1.5, "derived:EEN,SEAP", uncertain=(1, 2)),
            "subsidy_share": Given(0.3),
            "subsidy_cap": Given(200, uncertain=(100, 300)),
            "capacity": Given(25),
            # twice the highest state support for an audit, which paid half
            "unit_cost": Given(60, "derived:IEA", uncertain=(42, 90)),
            "fixed_cost": Given(2500),
            "lag": Given(2),
            "duration": Given(8),
            "half_life": Given(12),
        },
    ),
)
