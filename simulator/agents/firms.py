"""Columns of firms and anchor employers, and the words for their parts (Model text 1.1, 1.2)."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.agents.columns import Bits, Flags, Floats, Population, Small, Whole, column
from simulator.interventions.target import BARRIERS
from simulator.quantity import Text
from simulator.region.schemas import COMPETENCE_CODES

CLASS_TEXTS = (
    Text("operators", "operatörer"),
    Text("technicians and automation", "tekniker och automation"),
    Text("engineers and digital", "ingenjörer och digitalt"),
    Text("green and circular specialists", "gröna och cirkulära specialister"),
    Text("international business", "internationella affärer"),
)
OPERATORS, TECHNICIANS, ENGINEERS, GREEN, INTERNATIONAL = range(len(COMPETENCE_CODES))
SIZE_CLASSES = ("2-9", "10-49", "50-249")
SIZE_LIMITS = (10.0, 50.0)
PEERS = 10
TOPS: Mapping[str, int] = {"digital": 3, "green": 3, "circular": 2}
"""The transitions that run in steps, and the highest level of each; `<name>_level`, `aware_<name>` ... are columns."""
TRAINING_QUARTERS = 4
"""Length of training at work."""
UNAWARE, UNDECIDED, UNPROFITABLE, OWNER, NO_FINANCE, NO_SKILLS, NO_ATTENTION, RUNNING, DONE = range(len(BARRIERS))
NEVER = 99
"""`quarters_since_export` of a firm that has never exported."""


class Firms(Population):
    """Small and medium-sized firms, one compact row each."""

    slot: Whole = column("i4", "count", (0, 2e9), "Slot, keys luck and networks", "Plats, nyckel för slump och nätverk")
    municipality: Whole = column("i8", "count", (0, 127), "Municipality", "Kommun")
    county: Whole = column("i8", "count", (0, 127), "County", "Län")
    zone: Whole = column("i8", "count", (0, 127), "Labour-market zone", "Arbetsmarknadsområde")
    industry: Whole = column("i8", "count", (0, 127), "Industry", "Bransch")
    rural: Flags = column("?", "yes/no", (0, 1), "In a small municipality", "I en liten kommun")
    age: Whole = column("i4", "q", (0, 2000), "Age", "Ålder")

    employment: Floats = column("f4", "FTE", (0, 2000), "Employment", "Sysselsatta")
    staff: Floats = column("f4", "FTE", (0, 2000), "Staff by competence class", "Personal per kompetensklass", 5)
    composition: Floats = column("f4", "1", (0, 1), "Own base composition", "Egen grundsammansättning", 5)
    vacancies: Floats = column("f4", "FTE", (0, 2000), "Vacancies by class", "Vakanser per klass", 5)
    trainees: Floats = column(
        "f4", "FTE", (0, 2000), "In training, by quarter of entry", "I utbildning, per startkvartal", TRAINING_QUARTERS
    )
    shortage: Floats = column("f4", "1", (0, 1), "Unfilled share of desired labour", "Saknad andel av önskad personal")

    idiosyncratic: Floats = column("f4", "log", (-3, 3), "Own log productivity", "Egen log-produktivitet")
    log_productivity: Floats = column(
        "f4", "log", (-5, 12), "Log sales capacity per worker", "Log kapacitet per anställd"
    )
    log_reference: Floats = column("f4", "log", (-5, 12), "Reference of customers", "Kundernas referens")
    digital_level: Small = column("i1", "count", (0, 3), "Digital level", "Digital nivå")
    effectiveness: Floats = column("f4", "1", (0, 1), "Realised share of the digital gain", "Uppnådd del av nyttan")
    aware_digital: Flags = column("?", "yes/no", (0, 1), "Considers the next digital step", "Överväger nästa steg")
    digital_project: Small = column(
        "i1", "q", (0, 24), "Digital project, quarters left", "Digitalt projekt, kvartal kvar"
    )
    digital_pause: Small = column("i1", "q", (0, 24), "Pause after a failure", "Paus efter misslyckande")
    digital_support: Floats = column(
        "f4", "1", (0, 1), "Success gain of the project", "Projektets höjda framgångschans"
    )

    green_project: Small = column("i1", "q", (0, 24), "Green project, quarters left", "Grönt projekt, kvartal kvar")
    green_level: Small = column("i1", "count", (0, 3), "Green level", "Grön nivå")
    aware_green: Flags = column("?", "yes/no", (0, 1), "Considers the next green step", "Överväger nästa gröna steg")
    green_pause: Small = column(
        "i1", "q", (0, 24), "Pause after a failed green project", "Paus efter grönt misslyckande"
    )
    green_support: Floats = column(
        "f4", "1", (0, 1), "Success gain of the green project", "Det gröna projektets höjda framgångschans"
    )
    circular_level: Small = column("i1", "count", (0, 2), "Circular level", "Cirkulär nivå")
    aware_circular: Flags = column(
        "?", "yes/no", (0, 1), "Considers the next circular step", "Överväger nästa cirkulära steg"
    )
    circular_project: Small = column(
        "i1", "q", (0, 24), "Circular project, quarters left", "Cirkulärt projekt, kvartal kvar"
    )
    circular_pause: Small = column(
        "i1", "q", (0, 24), "Pause after a failed circular project", "Paus efter cirkulärt misslyckande"
    )
    circular_support: Floats = column(
        "f4", "1", (0, 1), "Success gain of the circular project", "Det cirkulära projektets höjda framgångschans"
    )
    energy_intensity: Floats = column("f4", "MWh/MSEK", (0, 5000), "Energy intensity", "Energiintensitet")
    carbon_intensity: Floats = column("f4", "t/MSEK", (0, 5000), "Carbon intensity", "Koldioxidintensitet")

    exporting: Flags = column("?", "yes/no", (0, 1), "Exports", "Exporterar")
    export_age: Whole = column("i4", "q", (0, 2000), "Quarters as exporter", "Kvartal som exportör")
    export_stage: Small = column("i1", "count", (0, 3), "Export stage", "Exportstadium")
    export_markets: Small = column("i1", "count", (0, 100), "Export markets", "Exportmarknader")
    quarters_since_export: Whole = column("i4", "q", (0, 2000), "Quarters since last export", "Kvartal sedan export")

    knowledge: Floats = column("f4", "kSEK", (0, 1e8), "Stock of knowledge", "Kunskapsstock")
    rd_performer: Flags = column("?", "yes/no", (0, 1), "Performs R&D", "Bedriver FoU")
    rd_in_costs: Flags = column("?", "yes/no", (0, 1), "Costs hold its R&D", "Kostnaderna rymmer företagets FoU")
    absorptive_capacity: Floats = column("f4", "1", (0, 1), "Absorptive capacity", "Absorptionsförmåga")
    management: Floats = column("f4", "1", (0, 1), "Capability to manage change", "Förändringsförmåga")
    rd_intensity: Floats = column("f4", "1", (0, 1), "R&D per krona of sales, if any", "FoU per omsatt krona, om någon")
    rd_spending: Floats = column("f4", "kSEK/q", (0, 1e9), "R&D, public grants included", "FoU, med offentliga bidrag")
    innovated: Flags = column("?", "yes/no", (0, 1), "Innovated this quarter", "Förnyade sig detta kvartal")
    testbed_quarters: Small = column(
        "i1", "q", (0, 24), "Quarters left of a testbed visit", "Kvartal kvar av ett testbäddsbesök"
    )
    new_product_share: Floats = column("f4", "1", (0, 1), "Sales from new products", "Omsättning från nya produkter")

    demand_home: Floats = column("f4", "kSEK/q", (0, 1e9), "Home demand", "Hemmaefterfrågan")
    demand_chain: Floats = column("f4", "kSEK/q", (0, 1e9), "Chain demand", "Efterfrågan från kedjan")
    demand_export: Floats = column("f4", "kSEK/q", (0, 1e9), "Export demand", "Exportefterfrågan")
    demand_before: Floats = column(
        "f4", "kSEK/q", (0, 1e9), "Demand one quarter ago", "Efterfrågan för ett kvartal sedan"
    )
    sales: Floats = column("f4", "kSEK/q", (0, 1e9), "Sales", "Omsättning")
    value_added: Floats = column("f4", "kSEK/q", (-1e9, 1e9), "Value added", "Förädlingsvärde")
    labour_cost: Floats = column("f4", "kSEK/q", (0, 1e9), "Labour cost", "Arbetskraftskostnad")
    profit: Floats = column("f4", "kSEK/q", (-1e9, 1e9), "Profit before tax", "Resultat före skatt")
    ebitda_year: Floats = column("f4", "kSEK", (-1e9, 1e9), "EBITDA of four quarters", "EBITDA för fyra kvartal")
    sales_year: Floats = column("f4", "kSEK", (0, 1e9), "Sales of four quarters", "Omsättning för fyra kvartal")
    cash: Floats = column("f4", "kSEK", (-1e9, 1e9), "Cash", "Kassa")
    debt: Floats = column("f4", "kSEK", (0, 1e9), "Bank debt", "Bankskuld")
    insolvent_quarters: Small = column("i1", "q", (0, 120), "Quarters without liquidity", "Kvartal utan likviditet")

    owner_age: Floats = column("f4", "yr", (22, 85), "Owner's age", "Ägarens ålder")
    succession: Small = column("i1", "count", (0, 2), "Succession state", "Ägarskifte")
    renewal: Small = column("i1", "q", (0, 120), "Quarters left of renewal", "Kvartal kvar av förnyelse")
    family_transfer: Flags = column("?", "yes/no", (0, 1), "Handed over in the family", "Generationsskifte i familjen")

    supplier: Flags = column("?", "yes/no", (0, 1), "Supplies an anchor employer", "Levererar till storföretag")
    cluster_member: Flags = column("?", "yes/no", (0, 1), "Cluster member", "Klustermedlem")
    university_link: Flags = column("?", "yes/no", (0, 1), "University link", "Högskolelänk")
    mne_link: Flags = column("?", "yes/no", (0, 1), "Supplies a multinational", "Levererar till multinationellt")
    peers: Whole = column(
        "i4", "count", (-1, 2e9), "Slots of peers, -1 for none", "Kontakters platser, -1 för ingen", PEERS
    )

    awards: Small = column("i1", "count", (0, 120), "Awards received", "Beviljade stöd")
    kinds_received: Bits = column(
        "u8", "count", (0, 2.0**64), "Measures ever received, as bits", "Insatser som nått företaget"
    )
    barrier: Small = column("i1", "count", (0, 8), "What holds the digital step back", "Vad som hindrar det digitala")
    green_barrier: Small = column(
        "i1", "count", (0, 8), "What holds the green step back", "Vad som hindrar det gröna steget"
    )
    circular_barrier: Small = column(
        "i1", "count", (0, 8), "What holds the circular step back", "Vad som hindrar det cirkulära steget"
    )
    export_barrier: Small = column("i1", "count", (0, 8), "What holds exports back", "Vad som hindrar exporten")


class Anchors(Population):
    """Large employers: outside the firms, inside the labour market."""

    zone: Whole = column("i8", "count", (0, 127), "Labour-market zone", "Arbetsmarknadsområde")
    municipality: Whole = column("i8", "count", (0, 127), "Municipality", "Kommun")
    industry: Whole = column("i8", "count", (0, 127), "Industry", "Bransch")
    employment: Floats = column("f4", "FTE", (0, 1e6), "Employment", "Sysselsatta")
    employment_start: Floats = column("f4", "FTE", (0, 1e6), "Employment at the start", "Sysselsatta vid start")
    staff: Floats = column("f4", "FTE", (0, 1e6), "Staff by competence class", "Personal per kompetensklass", 5)
    vacancies: Floats = column("f4", "FTE", (0, 1e6), "Vacancies by class", "Vakanser per klass", 5)
    orders: Floats = column("f4", "kSEK/q", (0, 1e9), "Orders to suppliers", "Order till leverantörer")
    orders_start: Floats = column("f4", "kSEK/q", (0, 1e9), "Orders at the start", "Order vid start")
    orders_kept: Floats = column(
        "f4", "1", (0, 1), "Orders not lost to other regions", "Order som inte lämnat regionen"
    )
    open: Floats = column("f4", "1", (0, 1), "Part in operation", "Del i drift")
