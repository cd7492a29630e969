"""The guided tour of one scenario: which part of the window is shown, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.quantity import Text

SCENARIO = "coordinated"


@dataclass(frozen=True)
class Step:
    """One stop: a page by the name of its class, a widget on it by attribute or object name (none: all of the page)."""

    page: str
    widget: str
    title: Text
    text: Text


STEPS: tuple[Step, ...] = (
    Step(
        "StartPage", "pages",
        Text("The pages", "Sidorna"),
        Text(
            "Each page shows the same scenario in its own way. Switch here, or with Ctrl and a figure. This tour uses "
            "a copy of “Coordinated strategy”: nothing you do can harm the original.",
            "Varje sida visar samma scenario på sitt sätt. Byt här, eller med Ctrl och en siffra. Rundturen använder "
            "en kopia av ”Samordnad strategi”: inget du gör skadar originalet.",
        ),
    ),
    Step(
        "MeasuresPage", "catalogue",
        Text("Choose a measure", "Välj en insats"),
        Text(
            "All measures by the six priorities. Search by any word in Swedish or English; Enter takes one into the "
            "scenario.",
            "Alla insatser efter de sex prioriteringarna. Sök på vilket ord som helst, på svenska eller engelska; "
            "retur tar med insatsen i scenariot.",
        ),
    ),
    Step(
        "MeasuresPage", "list",
        Text("The mix so far", "Mixen så här långt"),
        Text(
            "The measures of this scenario. The box switches one on and off; nothing that you set is lost by that.",
            "Scenariots insatser. Rutan slår på och av en insats; inget som är inställt går förlorat.",
        ),
    ),
    Step(
        "MeasuresPage", "form",
        Text("Set a measure", "Ställ in en insats"),
        Text(
            "When it works, how much, for whom. Stop at a value to read what it means, what is allowed and on which "
            "source it stands.",
            "När den pågår, hur mycket, för vem. Stanna vid ett värde för att läsa vad det betyder, vad som är "
            "tillåtet och vilken källa det vilar på.",
        ),
    ),
    Step(
        "MeasuresPage", "planning",
        Text("Time and money", "Tid och pengar"),
        Text(
            "Drag a bar or its ends to move a measure in time. Below, what the plan costs each year against the "
            "budget: in this scenario more than it allows.",
            "Dra en stapel eller dess ändar för att flytta en insats i tiden. Under: vad planen kostar varje år mot "
            "budgeten – i det här scenariot mer än den medger.",
        ),
    ),
    Step(
        "TextPage", "pane",
        Text("The scenario is a text", "Scenariot är en text"),
        Text(
            "All that you do in the window is written here, and you may write yourself. Undo takes back one step of "
            "either kind.",
            "Allt du gör i fönstret skrivs här, och du kan skriva själv. Ångra tar tillbaka ett steg av båda slagen.",
        ),
    ),
    Step(
        "TextPage", "faults",
        Text("Faults and warnings", "Fel och varningar"),
        Text(
            "What cannot be run, or is worth a thought, stands here. Click a line to go to its place. In this scenario "
            "the plan costs more than the budget allows.",
            "Det som inte kan köras, eller är värt en tanke, står här. Klicka på en rad för att gå till stället. I det "
            "här scenariot kostar planen mer än budgeten medger.",
        ),
    ),
    Step(
        "DifferencesPage", "table",
        Text("What differs from the baseline", "Vad som skiljer från basfallet"),
        Text(
            "Everything that this scenario changes, beside what holds in the baseline: the list to show when somebody "
            "asks what you assumed.",
            "Allt som scenariot ändrar, bredvid det som gäller i basfallet: listan att visa när någon frågar vad ni "
            "har antagit.",
        ),
    ),
    Step(
        "ExplorePage", "panel",
        Text("Move a slider", "Flytta ett reglage"),
        Text(
            "Each move runs the whole region again. Search for any number of the model to have it as a slider, too.",
            "Varje flytt kör om hela regionen. Sök efter vilket tal som helst i modellen för att få det som reglage.",
        ),
    ),
    Step(
        "ExplorePage", "chart",
        Text("The answer, and how sure it is", "Svaret, och hur säkert det är"),
        Text(
            "The line is the difference that the policy makes, the band its spread over repeated runs on equal luck. "
            "Where the band includes zero, no difference can be told.",
            "Linjen är skillnaden som politiken gör, bandet dess spridning över upprepade körningar med lika tur. Där "
            "bandet rymmer noll går ingen skillnad att se.",
        ),
    ),
    Step(
        "ExplorePage", "mark",
        Text("How many runs stand behind", "Hur många körningar som ligger bakom"),
        Text(
            "The first curve is one pair of runs; more arrive while you look and the band becomes honest. Below five "
            "pairs nothing is said of a difference.",
            "Den första kurvan är ett par körningar; fler kommer medan du tittar och bandet blir ärligt. Under fem "
            "par sägs inget om en skillnad.",
        ),
    ),
    Step(
        "ExplorePage", "moment",
        Text("Step through time", "Stega genom tiden"),
        Text(
            "The quarter whose value stands in words above the chart. Arrow keys go one quarter.",
            "Kvartalet vars värde står i ord ovanför diagrammet. Piltangenterna går ett kvartal.",
        ),
    ),
    Step(
        "ResultsPage", "chooser",
        Text("What is looked at", "Vad man tittar på"),
        Text(
            "Choose among all indicators, by topic or by a word. Beside it: the part of the region, and difference "
            "or level.",
            "Välj bland alla indikatorer, efter ämne eller med ett ord. Bredvid: del av regionen, och skillnad eller "
            "nivå.",
        ),
    ),
    Step(
        "ResultsPage", "tabs",
        Text("Results to show others", "Resultat att visa andra"),
        Text(
            "Over time, map, groups, bottlenecks, money, targets, table: all of the same runs.",
            "Över tid, karta, grupper, flaskhalsar, pengar, mål, tabell: allt från samma körningar.",
        ),
    ),
    Step(
        "ResultsPage", "explain",
        Text("What a number means", "Vad ett tal betyder"),
        Text(
            "Definition, unit, formula and source of the indicator, and how the chart is to be read.",
            "Indikatorns definition, enhet, formel och källa, och hur diagrammet ska läsas.",
        ),
    ),
    Step(
        "ResultsPage", "export",
        Text("Take it with you", "Ta med det"),
        Text(
            "Each chart as picture or table, with the scenario's name and fingerprint in it.",
            "Varje diagram som bild eller tabell, med scenariots namn och fingeravtryck i.",
        ),
    ),
    Step(
        "ResultsPage", "kept",
        Text("Keep and compare", "Behåll och jämför"),
        Text(
            "Keep up to six results under names of your own, change the scenario, and compare them side by side.",
            "Behåll upp till sex resultat under egna namn, ändra scenariot och jämför dem sida vid sida.",
        ),
    ),
    Step(
        "InspectPage", "",
        Text("Down to the single firm", "Ned till det enskilda företaget"),
        Text(
            "All firms at any quarter, and the biography of one. The firms are synthetic: none of them exists.",
            "Alla företag vid valfritt kvartal, och ett företags biografi. Företagen är syntetiska: inget finns.",
        ),
    ),
    Step(
        "StartPage", "cards",
        Text("Your turn", "Din tur"),
        Text(
            "Here you find three things to try. F1 starts this tour again.",
            "Här finns tre saker att prova. F1 startar rundturen igen.",
        ),
    ),
)  # fmt: skip
