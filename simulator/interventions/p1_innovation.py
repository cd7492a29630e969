"""Priority 1, innovation capacity of small and medium-sized firms: one entry per measure (Model text 3.1)."""

from simulator.interventions.declaration import Form, Given, declare
from simulator.interventions.target import Target
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="digital_uptake",
        code="P1.4",
        priority=1,
        title=Text("More SMEs use digitalisation", "Fler SMF använder digitaliseringen"),
        help=Text(
            "Advice and a grant for the next digital step: the firm sees the step, judges it with less uncertainty, "
            "pays half of it and succeeds more often.",
            "Rådgivning och bidrag till nästa digitala steg: företaget ser steget, bedömer det med mindre osäkerhet, "
            "betalar hälften och lyckas oftare.",
        ),
        evidence=Text(
            "After the robot lift 80 % had invested or would within a year, by their own account. Our prior for what "
            "would not have happened anyway: 5 to 20 percentage points in two years (judgement).",
            "Efter Robotlyftet hade 80 % investerat eller skulle göra det inom ett år, enligt egen uppgift. Vår "
            "bedömning av vad som inte hade skett ändå: 5 till 20 procentenheter på två år.",
        ),
        moves=(("advanced_digital_firms", 1), ("basic_digital", 1)),
        form=Form.AWARD,
        domains=("digital",),
        target=Target(digital_level=(0, 2), employees=(0, 249)),
        settings={
            "awareness": Given(0.6),
            "contact_awareness": Given(0.2, uncertain=(0, 0.4)),
            "subsidy_share": Given(0.5),
            "subsidy_cap": Given(150, uncertain=(50, 250)),
            "uncertainty_factor": Given(0.85),
            "success_gain": Given(0.08),
            "capacity": Given(25),
            "unit_cost": Given(90),
            "fixed_cost": Given(2000),
            "lag": Given(1),
            "duration": Given(4),
            "half_life": Given(6),
        },
    ),
)
