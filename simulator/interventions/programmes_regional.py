"""Named programmes that mobilise and coordinate the region: one entry per measure (Model text 3.2)."""

from simulator.interventions.declaration import Form, Given, declare
from simulator.quantity import Text

ENTRIES = (
    declare(
        name="regional_grant",
        code="N6",
        priority=6,
        implements="P6.1, P6.2",
        title=Text("Project grants to regional actors (2016 call)", "Projektbidrag till regionala aktörer (2016)"),
        help=Text(
            "One regional actor in each county gets up to 400,000 kronor once for mapping, pre-studies and action "
            "plans, to be used in six months: a tenth more of the initiatives is mapped by each grant, and offers "
            "find their firms a little better. It fades unless something follows.",
            "En regional aktör i varje län får en gång högst 400 000 kronor till kartläggning, förstudier och "
            "handlingsplaner, att använda på sex månader: varje bidrag gör att en tiondel till av initiativen "
            "kartläggs, och erbjudanden hittar lite bättre till sina företag. Det klingar av om inget följer.",
        ),
        evidence=Text(
            "Amount and purpose are those of the call in 2016. What the grants changed was not measured: judgement.",
            "Belopp och syfte är utlysningens från 2016. Vad bidragen förändrade mättes inte: bedömning.",
        ),
        sources=("SEED-4",),
        moves=(("reach", 1), ("targeting", 1)),
        form=Form.SYSTEM,
        once=True,
        settings={
            "mapping": Given(0.3),
            "targeting_gain": Given(0.05),
            "capacity": Given(3, "derived:SEED-4", unit="count", uncertain=(1, 3)),
            "unit_cost": Given(400, "derived:SEED-4", uncertain=(200, 400)),
            "fixed_cost": Given(0, unit="kSEK", uncertain=(0, 200)),
            "lag": Given(1),
            "duration": Given(2),
            "half_life": Given(4),
        },
    ),
    declare(
        name="regional_call",
        code="N7",
        priority=6,
        implements="P6.4",
        title=Text("Larger regional call (2017)", "Större regional utlysning (2017)"),
        help=Text(
            "Pilots of the first priority that have been followed up grow by a quarter. The call costs nothing of its "
            "own; the growth costs what the pilots cost. Capacity is the part of the call that is used.",
            "Piloter inom den första prioriteringen som har följts upp växer med en fjärdedel. Utlysningen kostar "
            "inget i sig; tillväxten kostar vad piloterna kostar. Kapaciteten är den andel av utlysningen som används.",
        ),
        evidence=Text(
            "The call came in February 2017. How much its pilots grew, and at what loss of quality, is judgement.",
            "Utlysningen kom i februari 2017. Hur mycket dess piloter växte, och till vilken kvalitetsförlust, är en "
            "bedömning.",
        ),
        sources=("SEED-4",),
        moves=(("ever_supported", 1),),
        form=Form.SYSTEM,
        pilots=(1,),
        settings={
            "pilot_scaling": Given(0.25),
            "scalings": Given(1, uncertain=(1, 2)),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(0, uncertain=(0, 500)),
            "lag": Given(6),
            "duration": Given(1),
            "half_life": Given(0),
        },
    ),
    declare(
        name="industry_day",
        code="N8",
        priority=6,
        implements="P1.1, P6.3",
        title=Text("Industry day", "Industridagen"),
        help=Text(
            "One day with room for 300 firms, in the measure's first quarter only: some of those who come, and a few "
            "of those only invited, see a next step, digital, green or circular, and the actors' goals come a little "
            "closer. Most of it is forgotten after a year or two.",
            "En dag med plats för 300 företag, bara i insatsens första kvartal: några av dem som kommer, och ett fåtal "
            "av dem som bara bjuds in, ser ett nästa steg, digitalt, grönt eller cirkulärt, och aktörernas mål närmar "
            "sig varandra lite. Det mesta är glömt efter ett par år.",
        ),
        evidence=Text(
            "650 people took part in 2019. What the day changed in their firms is not known: judgement.",
            "650 personer deltog 2019. Vad dagen förändrade i deras företag är inte känt: bedömning.",
        ),
        sources=("SEED-0",),
        moves=(("ever_supported", 1),),
        form=Form.AWARD,
        once=True,
        domains=("digital", "green", "circular"),
        selection="first_come",
        settings={
            "awareness": Given(0.15),
            # half of the places are taken; with those only invited some 45 firms see a step, 15 % of 300
            "contact_awareness": Given(0.04),
            "joint_targets": Given(0.05),
            "capacity": Given(300, "derived:SEED-0", unit="firms", uncertain=(200, 400)),
            "unit_cost": Given(0, uncertain=(0, 2)),
            "contact_cost": Given(0, uncertain=(0, 1)),
            "fixed_cost": Given(2000, unit="kSEK", uncertain=(1500, 2500)),
            "lag": Given(1),
            "duration": Given(1),
            "half_life": Given(4),
        },
    ),
    declare(
        name="learning_meetings",
        code="N9",
        priority=6,
        implements="P6.3",
        title=Text("Learning meetings", "Smart industri-dagen: lärande möten"),
        help=Text(
            "Those who work with industry's transition meet and learn from each other, some 120 at a time: offers "
            "find their firms a little better, people and jobs as well. Capacity is the part of the meetings that is "
            "held.",
            "De som arbetar med industrins omställning möts och lär av varandra, omkring 120 åt gången: erbjudanden "
            "hittar lite bättre till sina företag, människor och jobb likaså. Kapaciteten är den andel av mötena som "
            "hålls.",
        ),
        evidence=Text(
            "120 people took part in the meeting in 2020. The effects are judgement and may be nothing.",
            "120 personer deltog i mötet 2020. Effekterna är bedömningar och kan vara noll.",
        ),
        sources=("SEED-3",),
        moves=(("targeting", 1), ("vacancy_rate", -1)),
        form=Form.SYSTEM,
        settings={
            "targeting_gain": Given(0.02),
            "matching_gain": Given(0.02),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(300),
            "lag": Given(1),
            "duration": Given(1),
            "half_life": Given(4),
        },
    ),
    declare(
        name="rit_pilot",
        code="N16",
        priority=6,
        implements="P6",
        title=Text("EU pilot: regions in industrial transition", "Smart Industri Norra Mellansverige 2"),
        help=Text(
            "A joint project of the three regions, as in the EU pilot for regions in industrial transition: mapping, "
            "goals, data and work across the borders all improve while the project runs, and not longer. Capacity is "
            "the part of the project that is staffed.",
            "Ett gemensamt projekt för de tre regionerna, som i EU-piloten för regioner i industriell omvandling: "
            "kartläggning, mål, data och arbete över gränserna blir bättre så länge projektet pågår, men inte längre. "
            "Kapaciteten är den andel av projektet som bemannas.",
        ),
        evidence=Text(
            "The project led to the joint strategy of 2019-2020. What coordination is worth is judgement; that "
            "earlier coordination stumbled as actors guarded their turf is documented.",
            "Projektet ledde till den gemensamma strategin 2019-2020. Vad samordning är värd är en bedömning; att "
            "tidigare samordning föll på att aktörer vaktade sina revir är dokumenterat.",
        ),
        sources=("SEED-1", "RIR"),
        moves=(("reach", 1), ("duplication", -1)),
        form=Form.SYSTEM,
        settings={
            "mapping": Given(0.15),
            "joint_targets": Given(0.15),
            "shared_data": Given(0.15),
            "cross_county": Given(0.15),
            "capacity": Given(1, unit="1", allowed=(0, 1)),
            "fixed_cost": Given(4000),
            "lag": Given(1),
            "duration": Given(1),
            "half_life": Given(0),
        },
    ),
)
