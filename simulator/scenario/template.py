"""The scenario that `new` writes."""

from __future__ import annotations

from simulator.quantity import Text
from simulator.scenario.files import SHIPPED
from simulator.scenario.writing import written

_TEXT = Text(
    """\
# yaml-language-server: $schema={schema}
format: 1
extends: baseline.yaml              # everything that is not said here is as in the shipped baseline
title: {{en: {name}, sv: {name}}}

run: {{years: 15, seed: 1}}           # the same seed gives the same numbers

# Each intervention has a name of your own; its kind picks the mechanism.
# All kinds and their numbers: python main.py explain
# Times are quarters; money is in constant 2025 prices, kSEK per firm and MSEK for budgets.
interventions:
  robots:
    kind: robot_lift
    start: 2027Q1
    end: 2030Q4
    capacity: 12                    # awards per quarter
    # target: {{counties: [dalarna, gavleborg], employees: [10, 249], rural: true}}
    # budget: {{per_year: 12, total: 48}}   # MSEK

# drivers:
#   carbon_price: {{2026: 78, 2030: 130, 2035: 200}}    # EUR/t; years or quarters, joined by straight lines

# closures:
#   mill: {{anchor: Ovako Sweden, quarter: 2030Q1}}     # or municipality: hofors, its largest; share: 0.5 for half

# Variants change single values by their path:
# python main.py run {file} --variant twice
variants:
  twice: {{interventions.robots.capacity: 24}}
""",
    """\
# yaml-language-server: $schema={schema}
format: 1
extends: baseline.yaml              # allt som inte sägs här är som i det medföljande basfallet
title: {{en: {name}, sv: {name}}}

run: {{years: 15, seed: 1}}           # samma frö ger samma siffror

# Varje insats har ett namn som du väljer; sorten (kind) bestämmer hur den verkar.
# Alla sorter och deras tal: python main.py explain --lang sv
# Tider är kvartal; pengar är i fasta 2025 års priser, tusen kronor per företag och miljoner kronor i budgetar.
interventions:
  robotar:
    kind: robot_lift
    start: 2027Q1
    end: 2030Q4
    capacity: 12                    # beviljanden per kvartal
    # target: {{counties: [dalarna, gavleborg], employees: [10, 249], rural: true}}
    # budget: {{per_year: 12, total: 48}}   # miljoner kronor

# drivers:
#   carbon_price: {{2026: 78, 2030: 130, 2035: 200}}    # EUR/t; år eller kvartal, förbundna med räta linjer

# closures:
#   bruket: {{anchor: Ovako Sweden, quarter: 2030Q1}}   # eller municipality: hofors, dess största; share: 0.5 för halva

# Varianter ändrar enstaka värden med deras sökväg:
# python main.py run {file} --variant dubbelt
variants:
  dubbelt: {{interventions.robotar.capacity: 24}}
""",
)


def template(name: str) -> Text:
    """Return a commented scenario with this title, in both languages."""
    schema = (SHIPPED / "schema.json").as_uri()
    return Text(*(text.format(schema=schema, name=written(name), file=f"{name}.yaml") for text in _TEXT))
