"""What is measured between runs, not in one: codes, names and definitions for the catalogue of indicators."""

from __future__ import annotations

from typing import NamedTuple

from simulator.quantity import Text


class Paired(NamedTuple):
    """A quantity of paired runs; `unit` as in a table."""

    code: str
    unit: Text
    text: Text
    help: Text


PAIRED: tuple[Paired, ...] = (
    Paired("all", Text("as the indicator", "som indikatorn"), Text("Paired effect", "Parvis effekt"), Text(
        "Policy minus baseline on equal luck, mean over runs with a 90 % t interval; no detectable difference when the "
        "interval includes zero. In the last year and over the whole run.",
        "Politik minus basfall med samma slump, medel över körningar med 90 % t-intervall; ingen påvisbar skillnad när "
        "intervallet innehåller noll. Sista året och under hela körningen.")),
    Paired("I3.4", Text("SEK/SEK", "kr/kr"), Text("Additionality of R&D support", "FoU-stödets additionalitet"), Text(
        "Additional R&D of firms, grants included, per krona of public money of measures for research; 1 is neutral.",
        "Företagens ytterligare FoU, med bidrag, per offentlig krona i insatser för forskning; 1 är neutralt.")),
    Paired("I4.5", Text("SEK/t", "kr/t"), Text("Public cost per tonne of CO2", "Offentlig kostnad per ton CO2"), Text(
        "Additional public money per tonne avoided, both discounted by 3.5 % a year.",
        "Ytterligare offentliga medel per undviket ton, båda diskonterade med 3,5 % per år.")),
    Paired("I6.6", Text("SEK/SEK", "kr/kr"), Text("Return to coordination", "Samordningens avkastning"), Text(
        "Additional value added per additional krona of coordination, as overall coordination goes from 0 to 1.",
        "Ytterligare förädlingsvärde per ytterligare samordningskrona, när samordningen går från 0 till 1.")),
    Paired("I7.4", Text("as the outcome", "som utfallet"), Text("Synergy", "Synergi"), Text(
        "Effect of all measures together less the sum of the effects of each alone; and what is lost without each.",
        "Effekten av alla insatser tillsammans minus summan av var och en för sig; och vad som förloras utan var och "
        "en.")),
    Paired("I7.5", Text("kSEK", "tkr"), Text("Cost per additional outcome", "Kostnad per ytterligare utfall"), Text(
        "Additional public money per additional outcome, in the last year or summed over the run; Fieller's interval "
        "of paired means; unknown when the additional outcome cannot be told from zero.",
        "Ytterligare offentliga medel per ytterligare utfall, sista året eller summerat över körningen; Fiellers "
        "intervall för parvisa medel; okänd när det ytterligare utfallet inte kan skiljas från noll.")),
    Paired("I7.6", Text("%", "%"), Text("Deadweight", "Dödvikt"), Text(
        "Share of supported firms that rose whose pair without support reaches the same state.",
        "Andel av de stödda företag som steg vars par utan stöd når samma läge.")),
    Paired("I7.6", Text("%", "%"), Text("Displacement", "Undanträngning"), Text(
        "Sales that firms without award lose, per krona that awarded firms gain; also job-years by municipality, "
        "industry and size.",
        "Omsättning som företag utan stöd förlorar, per krona som stödda företag vinner; även jobbår per kommun, "
        "bransch och storlek.")),
    Paired("I7.7", Text("q", "kvartal"), Text("Time to target", "Tid till mål"), Text(
        "First quarter from which the target holds for four in a row; Kaplan-Meier over runs, those that never get "
        "there censored.",
        "Första kvartal från vilket målet hålls fyra i rad; Kaplan-Meier över körningar, de som aldrig når dit "
        "censurerade.")),
    Paired("I7.8", Text("1", "1"), Text("Chance of reaching a target", "Sannolikhet att nå ett mål"), Text(
        "Share of runs in which the target holds at its date, with Wilson interval; and what each scenario misses "
        "against the best one of each run.",
        "Andel körningar där målet hålls vid sitt datum, med Wilsonintervall; och vad varje scenario missar mot varje "
        "körnings bästa.")),
)  # fmt: skip
