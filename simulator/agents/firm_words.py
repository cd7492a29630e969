"""Firms for readers: which columns tell something about one firm, what they mean, and its life in words."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.agents.firms import Firms
from simulator.indicators.catalogue.barriers import WORDS as BARRIERS
from simulator.quantity import Text

FIRM = Text("Firm", "Företag")
_HELD = Text("What held back {} when the firm last decided.", "Vad som hindrade {} när företaget senast beslöt.")


def _filled(text: Text, en: str, sv: str) -> Text:
    return Text(text.en.format(en), text.sv.format(sv))


EXPLANATIONS: Mapping[str, Text] = {
    "slot": Text("Number of the firm in this run.", "Företagets nummer i denna körning."),
    "county": Text("County of its place of work.", "Länet där arbetsstället ligger."),
    "municipality": Text("Municipality of its place of work.", "Kommunen där arbetsstället ligger."),
    "rural": Text("Whether its municipality counts as small and rural.", "Om kommunen räknas som liten och lantlig."),
    "industry": Text("Group of industries it belongs to.", "Branschgrupp som det hör till."),
    "age": Text("Quarters since it was founded.", "Kvartal sedan det grundades."),
    "employment": Text("People at work, as full-time equivalents.", "Anställda, omräknade till heltid."),
    "sales": Text("Sales of the quarter.", "Omsättning under kvartalet."),
    "value_added": Text("Sales less bought inputs.", "Omsättning minus inköpta insatsvaror och tjänster."),
    "profit": Text("Result before tax, grants included.", "Resultat före skatt, med bidrag."),
    "cash": Text("Money at hand at the end of the quarter.", "Likvida medel i slutet av kvartalet."),
    "debt": Text("Bank debt at the end of the quarter.", "Bankskuld i slutet av kvartalet."),
    "shortage": Text(
        "Share of the labour it wants and has not found.", "Andel av önskad arbetskraft som det inte har funnit."
    ),
    "digital_level": Text("0 none, 1 basic tools, 2 and 3 advanced.", "0 ingen, 1 enkla verktyg, 2 och 3 avancerad."),
    "digital_project": Text("Quarters until a running project ends, 0 without one.",
                            "Kvartal tills ett pågående projekt slutar, 0 utan projekt."),
    "barrier": _filled(_HELD, "the next digital step", "nästa digitala steg"),
    "green_level": Text("0 none, 1 energy managed, 2 electrified or efficient, 3 near fossil-free.",
                        "0 ingen, 1 energiledning, 2 elektrifierad eller effektiv, 3 nära fossilfri."),
    "green_project": Text("Quarters until a running project ends, 0 without one.",
                          "Kvartal tills ett pågående projekt slutar, 0 utan projekt."),
    "green_barrier": _filled(_HELD, "the next green step", "nästa gröna steg"),
    "circular_level": Text("0 none, 1 process changed, 2 business model or a partner's loop.",
                           "0 ingen, 1 ändrad process, 2 affärsmodell eller kretslopp med partner."),
    "circular_project": Text("Quarters until a running project ends, 0 without one.",
                             "Kvartal tills ett pågående projekt slutar, 0 utan projekt."),
    "circular_barrier": _filled(_HELD, "the next circular step", "nästa cirkulära steg"),
    "energy_intensity": Text("Energy per krona of sales before green steps.",
                             "Energi per omsatt krona före gröna steg."),
    "carbon_intensity": Text("Carbon dioxide per krona of sales before green steps.",
                             "Koldioxid per omsatt krona före gröna steg."),
    "exporting": Text("Whether it sells abroad.", "Om det säljer utomlands."),
    "export_stage": Text("0 none, 1 sporadic or Nordic, 2 EU, 3 global.",
                         "0 ingen, 1 tillfällig eller nordisk, 2 EU, 3 global."),
    "export_markets": Text("Markets abroad it sells to.", "Utländska marknader som det säljer på."),
    "export_barrier": _filled(_HELD, "exports", "export"),
    "rd_performer": Text("Whether it does research and development.", "Om det bedriver forskning och utveckling."),
    "rd_spending": Text("Research and development in the quarter, public grants included.",
                        "Forskning och utveckling under kvartalet, med offentliga bidrag."),
    "innovated": Text("Whether a new or better product came out in the quarter.",
                      "Om en ny eller bättre produkt kom ut under kvartalet."),
    "new_product_share": Text("Share of sales that comes from new products.",
                              "Andel av omsättningen som kommer från nya produkter."),
    "absorptive_capacity": Text("Ability to take up knowledge from outside, 0 to 1.",
                                "Förmåga att ta till sig kunskap utifrån, 0 till 1."),
    "management": Text("Ability to lead change, 0 to 1.", "Förmåga att leda förändring, 0 till 1."),
    "owner_age": Text("Age of the owner.", "Ägarens ålder."),
    "succession": Text("0 nothing under way, 1 being prepared, 2 newly handed over.",
                       "0 inget på gång, 1 förbereds, 2 nyligen genomfört."),
    "supplier": Text("Whether it supplies a large employer of the region.",
                     "Om det levererar till ett storföretag i regionen."),
    "cluster_member": Text("Whether it belongs to a cluster.", "Om det är med i ett kluster."),
    "university_link": Text("Whether it works with a university.", "Om det samarbetar med en högskola."),
    "mne_link": Text("Whether it supplies a multinational.", "Om det levererar till ett multinationellt företag."),
    "awards": Text("Times it has been awarded support since the start.", "Gånger det har beviljats stöd sedan start."),
}  # fmt: skip
"""Columns that are shown to those who look at single firms, in that order, and what they mean."""

AFTER_A_QUARTER = frozenset({
    "value_added", "profit", "innovated", "barrier", "green_barrier", "circular_barrier", "export_barrier", "shortage",
})  # fmt: skip
"""Those that say what happened in a quarter: unknown in the initial state."""

CODES: Mapping[str, tuple[Text, ...]] = dict.fromkeys(
    ("barrier", "green_barrier", "circular_barrier", "export_barrier"), tuple(BARRIERS.values())
)
"""Columns that hold codes 0, 1, 2 ..., and the words of these."""

TOLD: Mapping[str, Text] = {
    "reached_level": Text("Digital project done: level {} reached", "Digitalt projekt klart: nivå {} nådd"),
    "project_failed": Text("Digital project towards level {} failed", "Digitalt projekt mot nivå {} misslyckades"),
    "reached_green": Text("Green project done: level {} reached", "Grönt projekt klart: nivå {} nådd"),
    "green_failed": Text("Green project towards level {} failed", "Grönt projekt mot nivå {} misslyckades"),
    "reached_circular": Text("Circular project done: level {} reached", "Cirkulärt projekt klart: nivå {} nådd"),
    "circular_failed": Text("Circular project towards level {} failed",
                            "Cirkulärt projekt mot nivå {} misslyckades"),
    "agreed_symbiosis": Text("Agreed on symbiosis with firm {}", "Kom överens om symbios med företag {}"),
    "export_started": Text("Export started, at stage {}", "Export påbörjad, i stadium {}"),
    "export_rose": Text("Export stage rose to {}", "Exportstadium höjt till {}"),
    "supported": Text("Support awarded, {} kSEK", "Stöd beviljat, {} tkr"),
    "closed_succession": Text("Closed at succession", "Nedlagt vid ägarskifte"),
    "founded": Text("Founded, with {} full-time equivalents", "Grundat, med {} heltidsekvivalenter"),
    "became_aware": Text("Began to consider digital level {}", "Började överväga digital nivå {}"),
    "project_started": Text("Digital project towards level {} started", "Digitalt projekt mot nivå {} startade"),
    "noticed_green": Text("Began to consider green level {}", "Började överväga grön nivå {}"),
    "green_started": Text("Green project towards level {} started", "Grönt projekt mot nivå {} startade"),
    "noticed_circular": Text("Began to consider circular level {}", "Började överväga cirkulär nivå {}"),
    "circular_started": Text("Circular project towards level {} started",
                             "Cirkulärt projekt mot nivå {} startade"),
    "owner_changed": Text("New owner, aged {}", "Ny ägare, {} år"),
    "hired": Text("Grew by {} full-time equivalents", "Växte med {} heltidsekvivalenter"),
}  # fmt: skip
"""Events of `world.EVENTS` that a biography tells in other words, with their value."""

FRACTIONS = frozenset({"hired", "founded"})
"""Events whose value is told with a decimal."""

PARTNERS = frozenset({"agreed_symbiosis"})
"""Events whose value is the number of another firm."""


def label(name: str) -> Text:
    """Words for a column, of which a reader of single firms knows no luck and no networks."""
    return FIRM if name == "slot" else Firms.columns[name].text
