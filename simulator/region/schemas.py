"""The files of a region's folder: what each must hold, and what its grades of confidence are."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.quantity import Text
from simulator.region.tables import AMOUNT, COUNT, REMARK, SHARE, TEXT, Column, Schema

PRIOR_CLASSES = ("1-9", "10-49", "50-249")
SERVICES = "services"
ROLES: Mapping[str, bool] = {
    "anchor": True,
    "anchor_group": True,
    "closed": False,
    "not_manufacturing": False,
    "services": False,
}
HUB_KINDS = ("university", "institute", "testbed")
EVERY_INDUSTRY = "all"
COMPETENCE_CODES = ("operators", "technicians", "engineers", "green", "international")

CONFIDENCE: Mapping[str, Text] = {
    "A": Text("read in an official or attributed text", "läst i en officiell eller namngiven källa"),
    "A-derived": Text("arithmetic on figures read in sources", "räknad ur siffror lästa i källor"),
    "B": Text("copy of an official figure at second hand", "återgiven officiell siffra i andra hand"),
    "C": Text("read off a published chart", "avläst i ett publicerat diagram"),
    "D": Text("from memory or approximate, to be verified", "ur minnet eller ungefärlig, ska verifieras"),
    "D-derived": Text("derived from figures that are partly approximate", "härledd ur delvis ungefärliga siffror"),
    "D-synthetic": Text("synthetic prior, not statistics", "syntetiskt antagande, inte statistik"),
    "E": Text("expert judgement", "expertbedömning"),
    "fictional": Text("invented for teaching", "påhittad för undervisning"),
}
SYNTHETIC = ("D-synthetic", "fictional")

_PROVENANCE = {
    "source": TEXT.means("Where the figure is from", "Varifrån uppgiften kommer"),
    "year": Column(number=True, low=1900, high=2100, whole=True).means("Year it holds for", "År den gäller", "yr"),
    "confidence": Column(choices=tuple(CONFIDENCE)).means("How sure it is", "Hur säker den är"),
}
_COUNTY = TEXT.means("Code of the county", "Länets kod")
_PLACE = TEXT.means("Code of the municipality", "Kommunens kod")
SCHEMAS: Mapping[str, Schema] = {
    "counties.csv": Schema(
        {
            "code": TEXT.means("Code", "Kod"),
            "name": TEXT.means("Name", "Namn"),
            "manufacturing_employees": COUNT.means(
                "Employed in manufacturing", "Sysselsatta i tillverkningsindustrin", "FTE"
            ),
            "population_trend_pct": Column(number=True, figure=True, low=-5, high=5).means(
                "Trend of the population", "Befolkningens trend", "%/yr"
            ),
            "business_rd": AMOUNT.means(
                "Firms' spending on R&D, small and large together",
                "Företagens utgifter för FoU, små och stora",
                "MSEK/yr",
            ),
        },
        ("code",),
        Text("one row per county", "en rad per län"),
    ),
    "municipalities.csv": Schema(
        {
            "code": TEXT.means("Code", "Kod"),
            "name": TEXT.means("Name", "Namn"),
            "county_code": _COUNTY,
            "zone": TEXT._replace(inferred=True).means("Labour-market area", "Lokal arbetsmarknad"),
            "seat": TEXT.means("Seat", "Centralort"),
            "lon": Column(number=True, figure=True, low=-180, high=180).means(
                "Longitude of the seat, WGS84, degrees east", "Centralortens longitud, WGS84, grader öst"
            ),
            "lat": Column(number=True, figure=True, low=-90, high=90).means(
                "Latitude of the seat, WGS84, degrees north", "Centralortens latitud, WGS84, grader nord"
            ),
            "area_km2": AMOUNT.means("Land area", "Landareal", "km2"),
            "population_2021": COUNT._replace(low=1, blank=True).means(
                "Population 31 December 2021; empty: the trend follows the county",
                "Folkmängd 31 december 2021; tom: trenden följer länet",
                "persons",
            ),
            "population_2023": COUNT._replace(low=1).means(
                "Population 31 December 2023", "Folkmängd 31 december 2023", "persons"
            ),
            "population_2024": COUNT._replace(low=1, blank=True).means(
                "Population 31 December 2024", "Folkmängd 31 december 2024", "persons"
            ),
            "manufacturing_share_pct": Column(number=True, figure=True, low=0, high=100, blank=True).means(
                "Share of the employed who work in manufacturing", "Andel av de sysselsatta i tillverkning", "%"
            ),
            "manufacturing_employees": COUNT.means(
                "Employed in manufacturing; a county's municipalities add up to the county",
                "Sysselsatta i tillverkning; ett läns kommuner summerar till länet",
                "FTE",
            ),
            "firms_for_half_of_private_payroll": COUNT._replace(blank=True).means(
                "Firms that make up half of the private payroll",
                "Företag som står för halva privata lönesumman",
                "count",
            ),
        },
        ("code",),
        Text("one row per municipality", "en rad per kommun"),
    ),
    "industries.csv": Schema(
        {
            "code": TEXT.means("Code, used in scenarios", "Kod, används i scenarier"),
            "sni": TEXT.means("Codes of the Swedish industry classification", "SNI-koder"),
            "name_en": TEXT.means("Name in English", "Namn på engelska"),
            "name_sv": TEXT.means("Name in Swedish", "Namn på svenska"),
            "kind": Column(choices=("manufacturing", SERVICES)).means("Goods or services", "Varor eller tjänster"),
            "value_added_per_worker": AMOUNT._replace(low=1).means(
                "Value added per worker", "Förädlingsvärde per sysselsatt", "kSEK/FTE/yr"
            ),
            "value_added_share": SHARE._replace(low=0.01).means(
                "Value added as a share of sales", "Förädlingsvärdets andel av omsättningen", "1"
            ),
            "energy_intensity": AMOUNT.means("Energy used per krona of sales", "Energi per omsatt krona", "MWh/MSEK"),
            "carbon_intensity": AMOUNT.means("CO2 per krona of sales", "Koldioxid per omsatt krona", "t/MSEK"),
            "operators": SHARE.means(
                "Operators in staff; the five classes add up to 1",
                "Operatörers andel av personalen; de fem klasserna summerar till 1",
                "1",
            ),
            "technicians": SHARE.means("Technicians in staff", "Teknikers andel", "1"),
            "engineers": SHARE.means("Engineers in staff", "Ingenjörers andel", "1"),
            "green": SHARE.means("Green specialists in staff", "Gröna specialisters andel", "1"),
            "international": SHARE.means("International business in staff", "Internationella affärers andel", "1"),
            "export_offset": Column(number=True, figure=True, low=-10, high=10).means(
                "Chance to export against other industries", "Chans att exportera jämfört med andra branscher", "log"
            ),
            "labour_share": SHARE.means("Labour's share of value added", "Arbetets andel av förädlingsvärdet", "1"),
        },
        ("code",),
        Text("one row per industry, any number of them", "en rad per bransch, hur många som helst"),
    ),
    "anchors.csv": Schema(
        {
            "name": TEXT.means("Name of the employer", "Arbetsgivarens namn"),
            "municipality_code": _PLACE,
            "industry": REMARK.means("Code of the industry, of those that count", "Branschkod, för dem som räknas"),
            "sni": TEXT.means("Codes of the Swedish industry classification", "SNI-koder"),
            "employees": COUNT.means("Employees", "Anställda", "FTE"),
            "role": Column(choices=tuple(ROLES)).means(
                "Only anchor and anchor_group count", "Bara anchor och anchor_group räknas"
            ),
            "reason_en": REMARK.means("Why it is left out, English", "Varför den är utelämnad, engelska"),
            "reason_sv": REMARK.means("Why it is left out, Swedish", "Varför den är utelämnad, svenska"),
            **_PROVENANCE,
        },
        ("name",),
        Text(
            "one row per large employer (250 employees or more); may be empty",
            "en rad per stor arbetsgivare (250 anställda eller fler); får vara tom",
        ),
    ),
    "hubs.csv": Schema(
        {
            "code": TEXT.means("Code", "Kod"),
            "name": TEXT.means("Name", "Namn"),
            "municipality_code": _PLACE,
            "kind": Column(choices=HUB_KINDS).means("Kind", "Slag"),
            "slots": AMOUNT.means(
                "Visits by firms that it has room for", "Företagsbesök som det finns plats för", "slots/q"
            ),
            "industries": TEXT.means(
                "Codes of the industries it serves, blanks between them, or all",
                "Koder för de branscher den är till för, med mellanslag, eller all",
            ),
            **_PROVENANCE,
        },
        ("code",),
        Text(
            "one row per university, institute or testbed that firms can visit; may be empty",
            "en rad per högskola, institut eller testbädd som företag kan besöka; får vara tom",
        ),
    ),
    "firm_counts.csv": Schema(
        {
            "county_code": _COUNTY,
            "sector": TEXT.means(
                "Sector, split into industries by sectors.csv", "Sektor, fördelas på branscher i sectors.csv"
            ),
            "size_class": Column(choices=PRIOR_CLASSES).means("Employees", "Anställda"),
            "firms": AMOUNT.means("Number of firms", "Antal företag", "count"),
        },
        ("county_code", "sector", "size_class"),
        Text(
            "one row per county, sector of manufacturing or repair, and size class",
            "en rad per län, sektor inom tillverkning eller reparation, och storleksklass",
        ),
    ),
    "sectors.csv": Schema(
        {
            "sector": TEXT.means("Sector of firm_counts.csv, or services", "Sektor i firm_counts.csv, eller services"),
            "industry": TEXT.means("Code of the industry", "Branschens kod"),
            "share": SHARE.means(
                "Share of the sector's firms; a sector adds up to 1",
                "Andel av sektorns företag; en sektor summerar till 1",
                "1",
            ),
        },
        ("sector", "industry"),
        Text(
            "how each sector, and services, splits into industries",
            "hur varje sektor, och tjänsterna, fördelas på branscher",
        ),
    ),
    "constants.csv": Schema(
        {
            "name": TEXT.means("Name of the constant", "Konstantens namn"),
            "value": AMOUNT.means("Value", "Värde"),
            "unit": TEXT.means("Unit", "Enhet"),
            "low": AMOUNT.means("Low end of what is plausible", "Lägsta rimliga värde"),
            "high": AMOUNT.means("High end of what is plausible", "Högsta rimliga värde"),
            "en": TEXT.means("Meaning in English", "Betydelse på engelska"),
            "sv": TEXT.means("Meaning in Swedish", "Betydelse på svenska"),
            **_PROVENANCE,
        },
        ("name",),
        Text(
            "shares, means and travel-time constants, one row each",
            "andelar, medelvärden och restidskonstanter, en rad vardera",
        ),
    ),
    "industry_workplaces_check.csv": Schema(
        {
            "municipality_code": _PLACE,
            "workplaces": COUNT.means("Industrial workplaces", "Industriarbetsställen", "count"),
        },
        ("municipality_code",),
        Text(
            "a check only, not used by the model; may be left out",
            "endast kontroll, används inte av modellen; får utelämnas",
        ),
        optional=True,
    ),
    "sources.csv": Schema(
        {
            "file": TEXT.means("File", "Fil"),
            "columns": TEXT.means("Columns, blanks between them", "Kolumner, med mellanslag"),
            "where": REMARK.means(
                "Empty for all rows, or column=value value", "Tom för alla rader, eller kolumn=värde värde"
            ),
            **_PROVENANCE,
            "note_en": REMARK.means("Remark in English", "Anmärkning på engelska"),
            "note_sv": REMARK.means("Remark in Swedish", "Anmärkning på svenska"),
        },
        ("file", "columns", "where"),
        Text(
            "where each figure is from whose row does not say so itself; the first row that fits counts",
            "varifrån varje uppgift kommer vars rad inte själv säger det; första rad som passar gäller",
        ),
    ),
}
DESCRIPTION, OUTLINES = "region.json", "outlines.geojson"
