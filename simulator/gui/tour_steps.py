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
        "MeasuresPage", "",
        Text("Build a mix of measures", "Bygg en mix av insatser"),
        Text(
            "Choose measures from the catalogue, set when they run and how much they may cost, and see their yearly "
            "cost against the budget.",
            "Välj insatser ur katalogen, bestäm när de pågår och vad de får kosta, och se årskostnaden mot budgeten.",
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
        "ResultsPage", "",
        Text("Results to show others", "Resultat att visa andra"),
        Text(
            "Map, barriers, costs and targets for the same runs. Each chart explains its indicator and can be saved as "
            "picture or table.",
            "Karta, hinder, kostnader och mål för samma körningar. Varje diagram förklarar sin indikator och kan "
            "sparas som bild eller tabell.",
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
        "StartPage", "",
        Text("Your turn", "Din tur"),
        Text(
            "Here you find three things to try. F1 starts this tour again.",
            "Här finns tre saker att prova. F1 startar rundturen igen.",
        ),
    ),
)  # fmt: skip
