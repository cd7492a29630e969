"""The levers: the only way policy acts on the model (Model text 3.0b).

A lever has one neutral value and one combining rule; values of all measures in force are combined by that rule,
so their order cannot matter. Submodels read them by name: `levers.firm("success_gain", "digital")`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.quantity import UNITS, Text

Floats = NDArray[np.float32]
Value = float | Floats

TRANSITIONS = ("digital", "green", "circular")
ANYWHERE = ("",)


class Rule(StrEnum):
    """How values of several measures become one."""

    COMPLEMENT = "complement"
    SUM = "sum"
    PRODUCT = "product"
    MAX = "max"


class Level(StrEnum):
    """The finest unit at which a submodel reads a lever."""

    FIRM = "firm"
    ZONE = "zone"
    COUNTY = "county"
    REGION = "region"


class Timing(StrEnum):
    """When an award's value is in force.

    MOMENT   in the quarter of contact or award
    ONCE     in the first quarter after the lag
    SUPPORT  after the lag, as long as the support is paid (duration)
    LASTING  as SUPPORT, then fading to neutral with the half-life
    """

    MOMENT = "moment"
    ONCE = "once"
    SUPPORT = "support"
    LASTING = "lasting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One lever; `code` is its shorthand and `enters` the section of its reader in the model text."""

    name: str
    code: str
    text: Text
    unit: str
    neutral: float
    allowed: tuple[float, float]
    rule: Rule
    enters: str
    level: Level = Level.FIRM
    timing: Timing = Timing.LASTING
    domains: tuple[str, ...] = ANYWHERE

    def __post_init__(self) -> None:
        if self.unit not in UNITS or not self.allowed[0] <= self.neutral <= self.allowed[1]:
            raise ValueError(f"lever '{self.name}': unknown unit or neutral value outside its range")


_SHARE = (0.0, 1.0)
_COMPLEMENT, _SUM, _PRODUCT, _MAX = Rule.COMPLEMENT, Rule.SUM, Rule.PRODUCT, Rule.MAX

_TABLE = (
    Lever(name="awareness", code="aware",
          text=Text("Awareness of awarded firms", "Uppmärksamhet hos beviljade företag"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_COMPLEMENT, enters="4.4a", timing=Timing.MOMENT,
          domains=TRANSITIONS),
    Lever(name="contact_awareness", code="aware_contact",
          text=Text("Awareness of contacted firms", "Uppmärksamhet hos kontaktade företag"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_COMPLEMENT, enters="4.4a", timing=Timing.MOMENT,
          domains=TRANSITIONS),
    Lever(name="subsidy_share", code="G", text=Text("Subsidised share of project cost", "Stödandel av projektkostnad"),
          unit="1", neutral=0.0, allowed=(0.0, 0.75), rule=_COMPLEMENT, enters="4.4b", timing=Timing.SUPPORT,
          domains=TRANSITIONS),
    Lever(name="subsidy_cap", code="cap", text=Text("Highest subsidy per award", "Högsta stöd per beviljande"),
          unit="kSEK", neutral=0.0, allowed=(0.0, 20000.0), rule=_SUM, enters="4.4b", timing=Timing.SUPPORT,
          domains=(*TRANSITIONS, "export")),
    Lever(name="success_gain", code="S", text=Text("Success probability, added", "Tillskott till framgångschans"),
          unit="1", neutral=0.0, allowed=(0.0, 0.3), rule=_SUM, enters="4.4c", domains=TRANSITIONS),
    Lever(name="uncertainty_factor", code="U", text=Text("Uncertainty before investing, factor",
          "Osäkerhet inför investering, faktor"),
          unit="1", neutral=1.0, allowed=(0.5, 1.0), rule=_PRODUCT, enters="4.4b", domains=TRANSITIONS),
    Lever(name="management_gain", code="M", text=Text("Capability to manage change, added",
          "Tillskott till förändringsförmåga"),
          unit="1", neutral=0.0, allowed=(0.0, 0.5), rule=_SUM, enters="4.3, 4.4c"),
    Lever(name="owner_openness", code="psi", text=Text("Older owners' readiness to invest, added",
          "Tillskott till äldre ägares investeringsvilja"),
          unit="1", neutral=0.0, allowed=(0.0, 0.5), rule=_SUM, enters="4.2"),
    Lever(name="peer_weight", code="N_w",
          text=Text("Weight of peers' example, factor", "Vikt av andras exempel, faktor"),
          unit="1", neutral=1.0, allowed=(1.0, 2.0), rule=_PRODUCT, enters="4.4a"),
    Lever(name="training_slots", code="E", text=Text("Training slots as a share of staff per quarter, added",
          "Fler utbildningsplatser, andel av personalen per kvartal"),
          unit="1/q", neutral=0.0, allowed=(0.0, 0.05), rule=_SUM, enters="4.7", timing=Timing.SUPPORT),
    Lever(name="training_compensation", code="Ecomp", text=Text("Compensated share of working time lost",
          "Ersatt andel av förlorad arbetstid"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_COMPLEMENT, enters="4.7", timing=Timing.SUPPORT),
    Lever(name="places_vocational", code="P", text=Text("Higher vocational places, added", "Fler yrkeshögskoleplatser"),
          unit="places/yr", neutral=0.0, allowed=(0.0, 1000.0), rule=_SUM, enters="4.7", level=Level.COUNTY,
          timing=Timing.SUPPORT),
    Lever(name="places_higher", code="P", text=Text("University places, added", "Fler högskoleplatser"),
          unit="places/yr", neutral=0.0, allowed=(0.0, 1000.0), rule=_SUM, enters="4.7", level=Level.COUNTY,
          timing=Timing.SUPPORT),
    Lever(name="places_commissioned", code="P", text=Text("Commissioned course places, added",
          "Fler platser i uppdragsutbildning"),
          unit="places/yr", neutral=0.0, allowed=(0.0, 1000.0), rule=_SUM, enters="4.7", level=Level.COUNTY,
          timing=Timing.SUPPORT),
    Lever(name="places_validation", code="P", text=Text("Validation places, added", "Fler valideringsplatser"),
          unit="places/yr", neutral=0.0, allowed=(0.0, 1000.0), rule=_SUM, enters="4.7", level=Level.COUNTY,
          timing=Timing.SUPPORT),
    Lever(name="recognition_lag", code="Lag", text=Text("Time until foreign skills are recognised, added",
          "Tid till erkänd utländsk kompetens, tillägg"),
          unit="q", neutral=0.0, allowed=(-8.0, 0.0), rule=_SUM, enters="4.7, 4.9", level=Level.COUNTY),
    Lever(name="women_choice_factor", code="A_w", text=Text("Young women who choose industry, factor",
          "Unga kvinnor som väljer industrin, faktor"),
          unit="1", neutral=1.0, allowed=(0.5, 2.0), rule=_PRODUCT, enters="4.7, 4.9", level=Level.ZONE),
    Lever(name="youth_outmigration_factor", code="A_y", text=Text("Out-migration of the young, factor",
          "Ungas utflyttning, faktor"),
          unit="1", neutral=1.0, allowed=(0.5, 1.0), rule=_PRODUCT, enters="4.7, 4.9", level=Level.ZONE),
    Lever(name="skilled_inflow", code="A_in", text=Text("Inflow of skilled people, share of the class",
          "Inflyttning av kvalificerade, andel av klassen"),
          unit="1", neutral=0.0, allowed=(0.0, 0.1), rule=_SUM, enters="4.7, 4.9", level=Level.ZONE),
    Lever(name="attractiveness_gain", code="A_attr", text=Text("Attractiveness of the employer, added",
          "Tillskott till attraktionskraft"),
          unit="1", neutral=0.0, allowed=(0.0, 0.3), rule=_SUM, enters="4.7"),
    Lever(name="matching_gain", code="J",
          text=Text("Matching elasticity, added", "Tillskott till matchningens elasticitet"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_SUM, enters="4.7", level=Level.ZONE),
    Lever(name="commuting_gain", code="J_min", text=Text("Commuting reach, added", "Längre pendlingsräckvidd"),
          unit="minutes", neutral=0.0, allowed=(0.0, 30.0), rule=_SUM, enters="4.7", level=Level.ZONE),
    Lever(name="quit_factor", code="Q", text=Text("Quit rate, factor", "Uppsägningar, faktor"),
          unit="1", neutral=1.0, allowed=(0.5, 1.0), rule=_PRODUCT, enters="4.7"),
    Lever(name="export_entry_gain", code="dx", text=Text("Chance to start exporting, log-hazard added",
          "Chans att börja exportera, tillägg i log-hasard"),
          unit="log", neutral=0.0, allowed=_SHARE, rule=_SUM, enters="4.6"),
    Lever(name="export_cost_subsidy", code="X_sub", text=Text("Subsidised share of export entry cost",
          "Stödandel av kostnaden att börja exportera"),
          unit="1", neutral=0.0, allowed=(0.0, 0.9), rule=_COMPLEMENT, enters="4.6", timing=Timing.SUPPORT),
    Lever(name="direct_stage_two", code="I_s2", text=Text("Chance to enter the European stage directly",
          "Chans att gå direkt till EU-stadiet"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_COMPLEMENT, enters="4.6"),
    Lever(name="mapping", code="K_m", text=Text("Mapping of initiatives, target added", "Kartläggning, höjt mål"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_MAX, enters="4.8", level=Level.REGION),
    Lever(name="joint_targets", code="K_t", text=Text("Joint targets, target added", "Gemensamma mål, höjt mål"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_MAX, enters="4.8", level=Level.REGION),
    Lever(name="shared_data", code="K_s", text=Text("Shared data, target added", "Delade data, höjt mål"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_MAX, enters="4.8", level=Level.REGION),
    Lever(name="cross_county", code="K_v", text=Text("Work across county borders, target added",
          "Arbete över länsgränser, höjt mål"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_MAX, enters="4.8", level=Level.REGION),
    Lever(name="targeting_gain", code="D_tp", text=Text("Targeting precision, added", "Tillskott till träffsäkerhet"),
          unit="1", neutral=0.0, allowed=(0.0, 0.4), rule=_SUM, enters="4.8", level=Level.REGION),
    Lever(name="rural_burden_relief", code="burden", text=Text("Distance burden of rural firms removed",
          "Borttagen avståndsbörda för landsbygdsföretag"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_COMPLEMENT, enters="3.0"),
    Lever(name="succession_preparation", code="W_prep", text=Text("Chance that a succession is prepared",
          "Chans att ägarskiftet förbereds"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_COMPLEMENT, enters="4.2", timing=Timing.ONCE),
    Lever(name="closure_factor", code="W_close", text=Text("Closure at succession, factor",
          "Nedläggning vid ägarskifte, faktor"),
          unit="1", neutral=1.0, allowed=(0.3, 1.0), rule=_PRODUCT, enters="4.2"),
    Lever(name="external_transfer_shift", code="W_ext", text=Text("Successions moved from family to external",
          "Ägarskiften som går till externa i stället för familj"),
          unit="1", neutral=0.0, allowed=(0.0, 0.5), rule=_SUM, enters="4.2"),
    Lever(name="collateral_gain", code="F_coll", text=Text("Collateral weight, added", "Höjt säkerhetsvärde"),
          unit="1", neutral=0.0, allowed=(0.0, 0.4), rule=_SUM, enters="4.2"),
    Lever(name="spread_factor", code="F_spread",
          text=Text("Bank's interest margin, factor", "Bankens marginal, faktor"),
          unit="1", neutral=1.0, allowed=(0.3, 1.0), rule=_PRODUCT, enters="4.2"),
)  # fmt: skip

LEVERS: Mapping[str, Lever] = MappingProxyType({lever.name: lever for lever in _TABLE})


def combine(rule: Rule, one: Any, other: Any) -> Any:
    """Combine two values of a lever; numbers or arrays that fit together.

    complement 1-(1-x)(1-y); sum; product; max. Commutative and associative. Source: Model text 3.0b; SPEC.

    >>> combine(Rule.COMPLEMENT, 0.5, 0.5)
    0.75
    """
    if rule is Rule.COMPLEMENT:
        return 1 - (1 - one) * (1 - other)
    if rule is Rule.SUM:
        return one + other
    return one * other if rule is Rule.PRODUCT else np.maximum(one, other)


def clipped(lever: Lever, value: Value) -> Value:
    """Keep a combined value inside the lever's range; a number stays a Python float. Source: Model text 3.0b; SPEC."""
    low, high = lever.allowed
    return min(max(value, low), high) if isinstance(value, float) else np.minimum(np.maximum(value, low), high)


def tempered(lever: Lever, value: Value, strength: Value) -> Value:
    """Move a value towards neutral: neutral + strength*(value - neutral), inside the lever's range.

    Used for transfer of foreign evidence, for fading after the support and for measures at part of their size.
    Source: Model text 3.0; SPEC.

    >>> tempered(LEVERS["uncertainty_factor"], 0.8, 0.5)
    0.9
    """
    moved: Any = lever.neutral + strength * (value - lever.neutral)
    return clipped(lever, moved)


def subsidy(share: Value | np.floating[Any], cap: Value | np.floating[Any], cost: Value) -> Any:
    """Public part of a project's cost: min(share*cost, cap), kSEK. Source: Model text 3.0, 4.4b; SPEC."""
    return np.minimum(share * cost, cap)


class LeverValues:
    """Lever values of one quarter, combined when asked for; a lever nobody moves is its neutral Python float.

    Values are combined in the order of their measures' keys, so that the order of measures changes no bit.

    firm_county  (firms,)  county of each row
    zone_county  (zones,)  county of each zone
    """

    def __init__(self, firm_county: NDArray[Any], zone_county: NDArray[Any]) -> None:
        self._firm_county, self._zone_county = firm_county, zone_county
        self._firms: dict[tuple[str, str], list[tuple[str, NDArray[Any], Floats]]] = {}
        self._counties: dict[str, list[tuple[str, Floats]]] = {}
        self._region: dict[str, list[tuple[str, float]]] = {}
        self._known: dict[tuple[str, str, str], Value] = {}

    def add_firms(self, key: str, name: str, domain: str, rows: NDArray[Any], values: Floats) -> None:
        """Let measure `key` set `name` to `values` (rows,) in firm `rows`, each row at most once."""
        if domain not in LEVERS[name].domains:
            raise ValueError(f"lever '{name}' has no domain '{domain}'")
        self._known.clear()
        if len(rows):
            self._firms.setdefault((name, domain), []).append((key, rows, values))

    def add_county(self, key: str, name: str, values: Floats) -> None:
        """Let measure `key` set `name` to `values` (counties,)."""
        self._known.clear()
        self._counties.setdefault(name, []).append((key, values))

    def add_region(self, key: str, name: str, value: float) -> None:
        """Let measure `key` set `name` to `value` in the whole region."""
        self._known.clear()
        self._region.setdefault(name, []).append((key, value))

    def firm(self, name: str, domain: str = "") -> Value:
        """Value per firm row: a Python float as long as all firms share the neutral or regional value."""
        at = ("firm", name, domain)
        if at not in self._known:
            self._known[at] = self._of_firms(LEVERS[name], domain)
        return self._known[at]

    def _of_firms(self, lever: Lever, domain: str) -> Value:
        if domain not in lever.domains:
            raise ValueError(f"lever '{lever.name}' has no domain '{domain}'")
        parts = self._firms.get((lever.name, domain), ())
        if not (parts or lever.name in self._counties or lever.name in self._region):
            return lever.neutral
        wide = self._wide(lever)
        if not isinstance(wide, float):
            wide = wide[self._firm_county]
        elif parts:
            wide = np.full(len(self._firm_county), wide, np.float32)
        for _, rows, values in sorted(parts, key=_key):
            wide[rows] = combine(lever.rule, wide[rows], values)  # type: ignore[index]
        return clipped(lever, wide)

    def told(self, domain: str) -> tuple[NDArray[np.intp], Floats]:
        """Firms that measures contacted or awarded this quarter, and the chance that this makes each aware."""
        contacted, awarded = self.firm("contact_awareness", domain), self.firm("awareness", domain)
        chance = np.asarray(combine(Rule.COMPLEMENT, contacted, awarded), np.float32)
        rows = np.flatnonzero(chance) if chance.ndim else np.empty(0, np.intp)
        return rows, chance[rows] if chance.ndim else np.empty(0, np.float32)

    def zone(self, name: str) -> Value:
        """Value per labour-market zone: float or (zones,)."""
        wide = self.county(name)
        return wide if isinstance(wide, float) else wide[self._zone_county]

    def county(self, name: str) -> Value:
        """Value per county: float or (counties,)."""
        at = ("county", name, "")
        if at not in self._known:
            self._known[at] = clipped(LEVERS[name], self._wide(LEVERS[name]))
        return self._known[at]

    def region(self, name: str) -> float:
        """Value set for the whole region."""
        lever, parts = LEVERS[name], self._region.get(name)
        return float(clipped(lever, _combined(lever, parts))) if parts else lever.neutral

    def _wide(self, lever: Lever) -> Value:
        whole = _combined(lever, self._region.get(lever.name, ()))
        parts = self._counties.get(lever.name)
        return combine(lever.rule, whole, _combined(lever, parts)) if parts else whole  # type: ignore[no-any-return]


def _key(part: tuple[Any, ...]) -> str:
    return part[0]  # type: ignore[no-any-return]


def _combined(lever: Lever, parts: Sequence[tuple[str, Any]]) -> Any:
    value: Any = lever.neutral
    if not parts:
        return value
    for _, other in sorted(parts, key=_key):
        value = combine(lever.rule, value, other)
    return value
