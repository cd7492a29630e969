"""Couplings that a scenario may cut, for lessons, limit tests and the search for causes (Model text 4.11)."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.quantity import flag


@dataclass(frozen=True, kw_only=True)
class Switches:
    """Each coupling is on unless said otherwise; the last ones, extensions, are off by default."""

    market_coupling: bool = flag(
        True,
        "Firms compete for a shared market",
        "Företagen delar en gemensam marknad",
        help_en="Off: home demand follows each firm's own weight; chain weights and rivals are those of the start; "
        "testbeds have room for all.",
        help_sv="Av: hemmaefterfrågan följer företagets egen vikt; kedjans vikter och konkurrenterna är startlägets; "
        "testbäddarna har plats för alla.",
    )
    labour_coupling: bool = flag(
        True,
        "Firms compete for scarce people",
        "Företagen konkurrerar om knapp kompetens",
        help_en="Off: every vacancy is filled, wages stay, nobody is drawn from the labour pool.",
        help_sv="Av: varje vakans tillsätts, lönerna ligger still, ingen tas ur arbetskraften.",
    )
    peer_effects: bool = flag(
        True,
        "Firms learn from each other",
        "Företagen lär av varandra",
        help_en="Off: exposure to adopters and exporters stays at the industry mean of the start.",
        help_sv="Av: påverkan från andra företag ligger kvar på branschens medelvärde vid start.",
    )
    supply_chain: bool = flag(
        True,
        "Supply chains of anchor employers",
        "Leverantörskedjor till de stora arbetsgivarna",
        help_en="Off: chain demand is folded into home demand at the start; no customer requirements.",
        help_sv="Av: kedjans efterfrågan läggs i hemmamarknaden från start; inga kundkrav.",
    )
    finance_constraint: bool = flag(
        True,
        "Projects need cash or credit",
        "Projekt kräver kassa eller kredit",
        help_en="Off: every project can be paid and no firm fails for lack of liquidity.",
        help_sv="Av: varje projekt kan betalas och inget företag går omkull av likviditetsbrist.",
    )
    skill_constraint: bool = flag(
        True,
        "Projects need technical staff",
        "Projekt kräver teknisk kompetens",
        help_en="Off: no project is postponed for lack of skills.",
        help_sv="Av: inget projekt skjuts upp av kompetensbrist.",
    )
    attention: bool = flag(
        True,
        "Management attention is limited",
        "Ledningens tid är begränsad",
        help_en="Off: no limit on projects that run at the same time.",
        help_sv="Av: ingen gräns för projekt som pågår samtidigt.",
    )
    governance: bool = flag(
        True,
        "Coordination shapes reach and burden",
        "Samordningen styr räckvidd och börda",
        help_en="Off: contacts are spread evenly and all coordination channels stand at their best.",
        help_sv="Av: kontakter sprids jämnt och samordningens kanaler står på sitt bästa.",
    )
    firm_turnover: bool = flag(
        True,
        "Firms close and start",
        "Företag läggs ned och startas",
        help_en="Off: no exit, no entry, no closure at succession.",
        help_sv="Av: inga nedläggningar, inga nystarter, ingen stängning vid ägarskifte.",
    )
    diffusion: bool = flag(
        True,
        "New practices spread",
        "Nya arbetssätt sprids",
        help_en="Off: no firm becomes aware by itself or through others.",
        help_sv="Av: inget företag uppmärksammar något av sig självt eller genom andra.",
    )
    announcement: bool = flag(
        False,
        "Firms wait for announced support",
        "Företag väntar in aviserat stöd",
        help_en="On: a scheme that is announced but not yet open delays adoption among those it is meant for.",
        help_sv="På: ett aviserat men ännu inte öppnat stöd fördröjer införandet hos dem det riktas till.",
    )
    rewiring: bool = flag(
        False,
        "Firms change whom they know",
        "Företagen byter kontakter",
        help_en="On: a small part of the ties between firms goes to other firms each year.",
        help_sv="På: en liten del av kontakterna mellan företag byts ut varje år.",
    )
    market_choice: bool = flag(
        False,
        "Exporters win and lose single markets",
        "Exportörer vinner och förlorar enskilda marknader",
        help_en="On: the global stage takes several markets; off: the number of markets follows from the stage.",
        help_sv="På: det globala stadiet kräver flera marknader; av: antalet marknader följer av stadiet.",
    )
    symbiosis: bool = flag(
        False,
        "Firms use each other's residuals",
        "Företag använder varandras restflöden",
        help_en="On: firms within reach whose residuals fit agree on symbiosis, by themselves and through brokers.",
        help_sv="På: företag inom räckhåll vars restflöden passar enas om symbios, på egen hand och genom förmedling.",
    )
