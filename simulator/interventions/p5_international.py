"""Priority 5, internationalisation of small and medium-sized firms: one entry per measure (Model text 3.1)."""

from simulator.interventions.declaration import Form, Given, declare
from simulator.interventions.target import Target
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="international_scaling",
        code="P5.1",
        priority=5,
        title=Text(
            "Scale strategic innovation work internationally", "Skala upp strategiskt innovationsarbete internationellt"
        ),
        help=Text(
            "Firms in the region's clusters join innovation projects with partners in other countries, of Interreg's "
            "kind: each gets one more contact far away and starts to export somewhat sooner; what the projects find "
            "out becomes public knowledge in the region.",
            "Företag i regionens kluster går med i innovationsprojekt med partner i andra länder, av Interregs slag: "
            "vart och ett får ytterligare en långväga kontakt och börjar exportera något tidigare; det som projekten "
            "kommer fram till blir gemensam kunskap i regionen.",
        ),
        evidence=Text(
            "Projects of this kind are evaluated by their activities, hardly ever against a comparison group. All "
            "sizes are judgement and may be nothing.",
            "Projekt av detta slag utvärderas efter sina aktiviteter, nästan aldrig mot en jämförelsegrupp. Alla "
            "storlekar är bedömningar och kan vara noll.",
        ),
        moves=(("exporter_count", 1), ("absorptive_capacity", 1)),
        form=Form.AWARD,
        domains=("export",),
        target=Target(cluster_member=True, employees=(0, 249)),
        settings={
            "extra_ties": Given(1),
            "public_knowledge": Given(2),
            "export_entry_gain": Given(0.1),
            "capacity": Given(10),
            "unit_cost": Given(50),
            "fixed_cost": Given(3000),
            "lag": Given(4),
            "duration": Given(8),
            "half_life": Given(8),
        },
    ),
    declare(
        name="market_testbeds",
        code="P5.2",
        priority=5,
        title=Text("Market competence and testbeds abroad", "Marknadsföra kompetens och testbäddar internationellt"),
        help=Text(
            "The region presents its skills and testbeds to firms and people abroad: foreign users pay for more "
            "testbed slots, a few more multinationals buy here, somewhat more skilled people move in. Capacity is "
            "the part of the work that is staffed.",
            "Regionen visar upp sin kompetens och sina testbäddar för företag och människor i andra länder: utländska "
            "användare betalar fler testbäddsplatser, några fler multinationella företag köper här, något fler "
            "kvalificerade flyttar in. Kapaciteten är den andel av arbetet som bemannas.",
        ),
        evidence=Text(
            "Across countries, industries that investment promotion targets received about twice the foreign "
            "investment (from memory), mostly in poorer countries; a region's own marketing is not evaluated. Sizes "
            "are judgement.",
            "I jämförelser mellan länder fick branscher som investeringsfrämjandet riktade sig till ungefär dubbelt "
            "så stora utländska investeringar (ur minnet), mest i fattigare länder; en regions egen marknadsföring är "
            "inte utvärderad. Storlekarna är bedömningar.",
        ),
        sources=("harding2011",),
        moves=(("multinational_link_count", 1), ("testbed_users", 1)),
        form=Form.SYSTEM,
        settings={
            "testbed_slots": Given(5),
            "multinational_links": Given(2),
            "skilled_inflow": Given(0.01),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(2500),
            "lag": Given(4),
            "duration": Given(1),
            "half_life": Given(4),
            "transfer": Given(1),
        },
    ),
    declare(
        name="cross_county_strengths",
        code="P5.3",
        priority=5,
        title=Text("Smart specialisation across county borders", "Styrkeområden över länsgränserna"),
        help=Text(
            "The three regions work their smart specialisations together: testbeds, training and clusters of one "
            "county open for firms of the others, and cluster firms get one contact each across the border. Capacity "
            "is the part of the work that is staffed.",
            "De tre regionerna driver sin smarta specialisering tillsammans: testbäddar, utbildning och kluster i ett "
            "län öppnas för företag i de andra, och klusterföretagen får var sin kontakt över gränsen. Kapaciteten är "
            "den andel av arbetet som bemannas.",
        ),
        evidence=Text(
            "No estimate of what cross-border work adds was found; the borders are real, the size of the gain is "
            "judgement.",
            "Ingen skattning av vad arbete över gränserna tillför har hittats; gränserna finns, nyttans storlek är en "
            "bedömning.",
        ),
        moves=(("reach", 1), ("duplication", -1)),
        form=Form.SYSTEM,
        aimed=True,
        target=Target(cluster_member=True),
        settings={
            "cross_county": Given(0.4),
            "extra_ties": Given(1),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(1500),
            "lag": Given(4),
            "duration": Given(1),
            "half_life": Given(12),
        },
    ),
    declare(
        name="cluster_support",
        code="P5.4",
        priority=5,
        title=Text("Clusters and SMEs in international networks", "Kluster och internationella nätverk"),
        help=Text(
            "Cluster organisations take in more small firms: most of those that are offered a place become members, "
            "hear of new technology, meet customers abroad, innovate more often.",
            "Klusterorganisationer tar in fler små företag: de flesta som erbjuds plats blir medlemmar, hör talas om "
            "ny teknik, möter kunder i andra länder och förnyar sig oftare.",
        ),
        evidence=Text(
            "In Bavaria cluster support raised the share of innovators by 4.6-5.7 percentage points while R&D fell by "
            "19 %. Reviews of cluster policy are mixed to positive. About 700 firms were in the region's clusters "
            "around 2010.",
            "I Bayern höjde klusterstöd andelen innovatörer med 4,6-5,7 procentenheter medan FoU sjönk med 19 %. "
            "Översikter av klusterpolitik är blandade till positiva. Omkring 700 företag fanns i regionens kluster "
            "kring 2010.",
        ),
        sources=("FHK", "WISE", "SLIM"),
        moves=(("cluster_member_count", 1), ("innovating_firms", 1), ("exporter_count", 1)),
        form=Form.AWARD,
        domains=("export", "digital", "green"),
        target=Target(employees=(0, 249)),
        settings={
            "cluster_membership": Given(0.8),
            "awareness": Given(0.3),
            "export_entry_gain": Given(0.25),
            # about 5 of the some 35 in a hundred firms that innovate in a year
            "innovation_factor": Given(1.15, "derived:FHK", uncertain=(1.0, 1.22)),
            "capacity": Given(30),
            "unit_cost": Given(25),
            "fixed_cost": Given(6000),
            "lag": Given(2),
            "duration": Given(8),
            "half_life": Given(8),
            "transfer": Given(1),
        },
    ),
    declare(
        name="multinational_links",
        code="P5.5",
        priority=5,
        title=Text("Multinational firms for stronger links", "Multinationella företag för starkare länkar"),
        help=Text(
            "Manufacturers that have started to digitalise are prepared as suppliers to multinational firms: some get "
            "the contract, learn more from others, dare more and enter the European market directly.",
            "Tillverkare som har börjat digitalisera förbereds som leverantörer till multinationella företag: några "
            "får kontraktet, lär mer av andra, vågar mer och går direkt ut på den europeiska marknaden.",
        ),
        evidence=Text(
            "Local suppliers of multinationals became more productive in Lithuania; in Costa Rica the first contract "
            "meant 26 % more employees and 4-9 % more productivity after four years (from memory). We let three "
            "tenths of the effects hold here.",
            "Lokala leverantörer till multinationella företag blev mer produktiva i Litauen; i Costa Rica betydde det "
            "första kontraktet 26 % fler anställda och 4-9 % högre produktivitet efter fyra år (ur minnet). Vi låter "
            "tre tiondelar av effekterna gälla här.",
        ),
        sources=("javorcik2004", "alfaro2022"),
        moves=(("multinational_link_count", 1), ("exporter_count", 1)),
        form=Form.AWARD,
        domains=("export", "digital", "green"),
        target=Target(manufacturing=True, digital_level=(1, 3), employees=(0, 249), multinational_link=False),
        settings={
            "multinational_links": Given(20),
            "direct_stage_two": Given(0.3),
            "uncertainty_factor": Given(0.95),
            "peer_knowledge_factor": Given(1.5),
            "capacity": Given(5),
            "unit_cost": Given(80),
            "fixed_cost": Given(2000),
            "lag": Given(4),
            "duration": Given(8),
            "half_life": Given(12),
            "transfer": Given(0.3, "memory:javorcik2004,alfaro2022", uncertain=(0, 1)),
        },
    ),
)
