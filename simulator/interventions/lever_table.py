"""The table of levers: the only way policy acts on the model, one entry each (Model text 3.0b).

A lever has one neutral value and one combining rule; values of all measures in force are combined by that rule,
so their order cannot matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from simulator.quantity import UNITS, Text

TRANSITIONS = ("digital", "green", "circular")
ANYWHERE = ("",)
FLOWS = ("places/yr", "count/yr", "count/q")
COUNTED = (*FLOWS, "slots/q")
"""Units of levers whose value is the whole region's: value and range are at the scale of the run."""


class Rule(StrEnum):
    """How values of several measures become one; COMPOUND multiplies 1 + x."""

    COMPLEMENT = "complement"
    SUM = "sum"
    PRODUCT = "product"
    COMPOUND = "compound"
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
_COMPLEMENT, _SUM, _PRODUCT, _COMPOUND, _MAX = Rule.COMPLEMENT, Rule.SUM, Rule.PRODUCT, Rule.COMPOUND, Rule.MAX

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
    Lever(name="collateral_gain", code="F_coll", text=Text("Collateral weight in loans for projects, added",
          "Höjt säkerhetsvärde vid lån till projekt"),
          unit="1", neutral=0.0, allowed=(0.0, 0.4), rule=_SUM, enters="4.2"),
    Lever(name="spread_factor", code="F_spread",
          text=Text("Bank's margin on guaranteed loans, factor", "Bankens marginal på garanterade lån, faktor"),
          unit="1", neutral=1.0, allowed=(0.3, 1.0), rule=_PRODUCT, enters="4.2"),
    Lever(name="extra_ties", code="N_e", text=Text("Extra ties to other firms", "Extra kontakter med andra företag"),
          unit="count", neutral=0.0, allowed=(0.0, 4.0), rule=_SUM, enters="4.4a"),
    Lever(name="peer_knowledge_factor", code="k_peer", text=Text("Knowledge from peers, factor",
          "Kunskap från andra företag, faktor"),
          unit="1", neutral=1.0, allowed=(1.0, 2.0), rule=_PRODUCT, enters="4.3"),
    Lever(name="cluster_membership", code="clus", text=Text("Chance to join a cluster", "Chans att gå med i kluster"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_COMPLEMENT, enters="4.3, 4.4a", timing=Timing.ONCE),
    Lever(name="university_link", code="H_uni", text=Text("Chance of a university link", "Chans till högskolelänk"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_COMPLEMENT, enters="4.3", timing=Timing.ONCE),
    Lever(name="research_grant", code="R", text=Text("R&D grant per firm and year", "FoU-bidrag per företag och år"),
          unit="kSEK/yr", neutral=0.0, allowed=(0.0, 2000.0), rule=_SUM, enters="4.3", timing=Timing.SUPPORT),
    Lever(name="research_cost_relief", code="RT", text=Text("Cut in the cost of R&D, share",
          "Sänkt kostnad för FoU, andel"),
          unit="1", neutral=0.0, allowed=(0.0, 0.3), rule=_COMPLEMENT, enters="4.3", timing=Timing.SUPPORT),
    Lever(name="public_knowledge", code="H_pub", text=Text("Public knowledge per firm and quarter",
          "Offentlig kunskap per företag och kvartal"),
          unit="kSEK/q", neutral=0.0, allowed=(0.0, 50.0), rule=_SUM, enters="4.3", level=Level.REGION),
    Lever(name="spin_offs", code="spin", text=Text("Spin-offs, added", "Fler avknoppningar"),
          unit="count/yr", neutral=0.0, allowed=(0.0, 20.0), rule=_SUM, enters="4.2", level=Level.REGION),
    Lever(name="testbed_slots", code="T", text=Text("Testbed slots, added", "Fler testbäddsplatser"),
          unit="slots/q", neutral=0.0, allowed=(0.0, 200.0), rule=_SUM, enters="4.3, 4.5", level=Level.COUNTY,
          timing=Timing.SUPPORT),
    Lever(name="bio_testbed_slots", code="T_bio", text=Text("Slots in bioeconomy testbeds, added",
          "Fler platser i bioekonomins testbäddar"),
          unit="slots/q", neutral=0.0, allowed=(0.0, 200.0), rule=_SUM, enters="4.3, 4.5", level=Level.COUNTY,
          timing=Timing.SUPPORT),
    Lever(name="innovation_factor", code="inn", text=Text("Chance to innovate, factor", "Chans att förnya, faktor"),
          unit="1", neutral=1.0, allowed=(1.0, 1.5), rule=_PRODUCT, enters="4.3"),
    Lever(name="new_product_gain", code="ns", text=Text("Sales from new products, added once",
          "Omsättning från nya produkter, tillägg en gång"),
          unit="1", neutral=0.0, allowed=(0.0, 0.1), rule=_SUM, enters="4.3", timing=Timing.ONCE),
    Lever(name="home_demand_gain", code="B_s", text=Text("Home demand of the firms it is for, relative",
          "Hemmaefterfrågan hos dem insatsen är till för, relativt"),
          unit="1", neutral=0.0, allowed=(-0.1, 0.2), rule=_COMPOUND, enters="4.2"),
    Lever(name="tendered_innovation", code="B_ten", text=Text("Public demand tendered on innovation, share added",
          "Offentlig efterfrågan upphandlad på innovation, tillagd andel"),
          unit="1", neutral=0.0, allowed=(0.0, 0.3), rule=_SUM, enters="4.2", level=Level.REGION),
    Lever(name="tendered_green", code="B_ten", text=Text("Public demand tendered on green merits, share added",
          "Offentlig efterfrågan upphandlad på gröna meriter, tillagd andel"),
          unit="1", neutral=0.0, allowed=(0.0, 0.3), rule=_SUM, enters="4.2", level=Level.REGION),
    Lever(name="procurement_merit", code="ppi", text=Text("Merit of winners in innovation tenders",
          "Merit hos vinnare i innovationsupphandling"),
          unit="1", neutral=0.0, allowed=_SHARE, rule=_MAX, enters="4.2, 4.3"),
    Lever(name="requirement_lead", code="B_req", text=Text("Customers' requirements announced ahead",
          "Kundkrav som aviseras i förväg"),
          unit="q", neutral=0.0, allowed=(0.0, 8.0), rule=_MAX, enters="4.2"),
    Lever(name="leakage_change", code="lam_out", text=Text("Lost chain orders that leave the region, change",
          "Förlorade kedjeorder som lämnar regionen, ändring"),
          unit="1", neutral=0.0, allowed=(-0.2, 0.0), rule=_SUM, enters="4.2", level=Level.REGION),
    Lever(name="multinational_links", code="I_mne", text=Text("New links to multinationals",
          "Nya länkar till multinationella företag"),
          unit="count/yr", neutral=0.0, allowed=(0.0, 100.0), rule=_SUM, enters="4.6", level=Level.REGION),
    Lever(name="audit_factor", code="V", text=Text("Green measures adopted after an audit, factor",
          "Gröna åtgärder efter energikartläggning, faktor"),
          unit="1", neutral=1.0, allowed=(1.0, 2.0), rule=_PRODUCT, enters="4.5"),
    Lever(name="price_volatility_factor", code="pe_vol", text=Text("Electricity price volatility, factor",
          "Elprisets svängningar, faktor"),
          unit="1", neutral=1.0, allowed=(0.5, 1.0), rule=_PRODUCT, enters="4.5", level=Level.REGION),
    Lever(name="grid_wait", code="grid", text=Text("Wait for a grid connection, change",
          "Väntan på nätanslutning, ändring"),
          unit="q", neutral=0.0, allowed=(-8.0, 0.0), rule=_SUM, enters="4.5", level=Level.REGION),
    Lever(name="symbiosis_matches", code="Y_match", text=Text("Symbiosis matches brokered",
          "Förmedlade symbioskontakter"),
          unit="count/q", neutral=0.0, allowed=(0.0, 20.0), rule=_SUM, enters="4.5", level=Level.REGION),
    Lever(name="green_training_slots", code="E_grn", text=Text("Green training slots as a share of staff per quarter",
          "Gröna utbildningsplatser, andel av personalen per kvartal"),
          unit="1/q", neutral=0.0, allowed=(0.0, 0.05), rule=_SUM, enters="4.7", timing=Timing.SUPPORT),
    Lever(name="reallocation", code="D_alloc", text=Text("Yearly reallocation to what works best, share",
          "Årlig omfördelning till det som fungerar bäst, andel"),
          unit="1", neutral=0.0, allowed=(0.0, 0.5), rule=_MAX, enters="3.0, 4.8", level=Level.REGION),
    Lever(name="pilot_scaling", code="Z", text=Text("Yearly growth of pilots that are scaled up",
          "Årlig tillväxt för piloter som växlas upp"),
          unit="1", neutral=0.0, allowed=(0.0, 0.5), rule=_COMPOUND, enters="4.8", level=Level.REGION),
    Lever(name="external_cofinance", code="Z_co", text=Text("External money per krona of the package",
          "Externa pengar per krona i paketet"),
          unit="1", neutral=0.0, allowed=(0.0, 2.0), rule=_SUM, enters="3.0, 4.8", level=Level.REGION),
)  # fmt: skip

LEVERS: Mapping[str, Lever] = MappingProxyType({lever.name: lever for lever in _TABLE})
