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
    "source": TEXT,
    "year": Column(number=True, low=1900, high=2100, whole=True),
    "confidence": Column(choices=tuple(CONFIDENCE)),
}
SCHEMAS: Mapping[str, Schema] = {
    "counties.csv": Schema(
        {
            "code": TEXT,
            "name": TEXT,
            "manufacturing_employees": COUNT,
            "population_trend_pct": Column(number=True, figure=True, low=-5, high=5),
        },
        ("code",),
    ),
    "municipalities.csv": Schema(
        {
            "code": TEXT,
            "name": TEXT,
            "county_code": TEXT,
            "zone": TEXT._replace(inferred=True),
            "seat": TEXT,
            "lon": Column(number=True, figure=True, low=-180, high=180),
            "lat": Column(number=True, figure=True, low=-90, high=90),
            "area_km2": AMOUNT,
            "population_2021": COUNT._replace(low=1, blank=True),
            "population_2023": COUNT._replace(low=1),
            "population_2024": COUNT._replace(low=1, blank=True),
            "manufacturing_share_pct": Column(number=True, figure=True, low=0, high=100, blank=True),
            "manufacturing_employees": COUNT,
            "firms_for_half_of_private_payroll": COUNT._replace(blank=True),
        },
        ("code",),
    ),
    "industries.csv": Schema(
        {
            "code": TEXT,
            "sni": TEXT,
            "name_en": TEXT,
            "name_sv": TEXT,
            "kind": Column(choices=("manufacturing", SERVICES)),
            "value_added_per_worker": AMOUNT._replace(low=1),
            "value_added_share": SHARE._replace(low=0.01),
            "energy_intensity": AMOUNT,
            "carbon_intensity": AMOUNT,
            **dict.fromkeys(COMPETENCE_CODES, SHARE),
            "export_offset": Column(number=True, figure=True, low=-10, high=10),
            "labour_share": SHARE,
        },
        ("code",),
    ),
    "anchors.csv": Schema(
        {
            "name": TEXT,
            "municipality_code": TEXT,
            "industry": REMARK,
            "sni": TEXT,
            "employees": COUNT,
            "role": Column(choices=tuple(ROLES)),
            "reason_en": REMARK,
            "reason_sv": REMARK,
            **_PROVENANCE,
        },
        ("name",),
    ),
    "firm_counts.csv": Schema(
        {"county_code": TEXT, "sector": TEXT, "size_class": Column(choices=PRIOR_CLASSES), "firms": AMOUNT},
        ("county_code", "sector", "size_class"),
    ),
    "sectors.csv": Schema({"sector": TEXT, "industry": TEXT, "share": SHARE}, ("sector", "industry")),
    "constants.csv": Schema(
        {
            "name": TEXT,
            "value": AMOUNT,
            "unit": TEXT,
            "low": AMOUNT,
            "high": AMOUNT,
            "en": TEXT,
            "sv": TEXT,
            **_PROVENANCE,
        },
        ("name",),
    ),
    "industry_workplaces_check.csv": Schema(
        {"municipality_code": TEXT, "workplaces": COUNT}, ("municipality_code",), optional=True
    ),
    "sources.csv": Schema(
        {"file": TEXT, "columns": TEXT, "where": REMARK, **_PROVENANCE, "note_en": REMARK, "note_sv": REMARK},
        ("file", "columns", "where"),
    ),
}
DESCRIPTION, OUTLINES = "region.json", "outlines.geojson"
