"""Priority 6, coordination and governance: one entry per measure (Model text 3.1)."""

from simulator.interventions.declaration import Form, Given, declare
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="map_coordinate",
        code="P6.1",
        priority=6,
        title=Text("Map, collect and coordinate initiatives", "Kartlägga, samla och samordna initiativ"),
        help=Text(
            "Somebody keeps account of who offers what to whom: actors reach more firms between them, send firms to "
            "the right door, ask for less paper. Capacity is the part of the work that is staffed.",
            "Någon håller reda på vem som erbjuder vad till vem: aktörerna når tillsammans fler företag, visar till "
            "rätt dörr och kräver mindre papper. Kapaciteten är den andel av arbetet som bemannas.",
        ),
        evidence=Text(
            "The National Audit Office saw earlier coordination stumble as actors guarded their turf; firms could "
            "not tell who offered what. The size of the effect is judgement: show a sweep.",
            "Riksrevisionen såg tidigare samordning falla på att aktörer vaktade sina revir; företagen visste inte "
            "vem som erbjöd vad. Effektens storlek är en bedömning: visa ett svep.",
        ),
        moves=(("reach", 1), ("duplication", -1), ("admin_share", -1)),
        form=Form.SYSTEM,
        settings={
            "mapping": Given(0.4),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(1500),
            "lag": Given(2),
            "duration": Given(0),
            "half_life": Given(12),
        },
    ),
)
