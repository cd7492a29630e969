"""Patterns of research, vouchers and energy audits, and the scale of the region's economy (V19-V22, V28)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import inf

import numpy as np

from simulator.quantity import Grade, Text
from simulator.validation.panel import Array, Evidence, NotAvailableError
from simulator.validation.pattern import FIRST, LAST, WINDOW, Part, Pattern, Pool, Use

NO_RESEARCH = Text("the model records no R&D spending yet", "modellen för ännu inga FoU-utgifter")
NO_GREEN = Text("no firm took a green step in this run", "inget företag tog ett grönt steg i denna körning")
NO_PRODUCT = Text("the model holds no gross domestic product", "modellen har ingen bruttoregionprodukt")


def _pair(run: Evidence) -> Evidence:
    if run.pair is None:
        raise NotAvailableError(Text("needs the run without the measure", "kräver körningen utan insatsen"))
    return run.pair


def _research(run: Evidence) -> Array:
    """R&D of each firm and anchor employer, productivity trend removed, mean over the window; kSEK/q, (employers,)."""
    run.needs(LAST)
    span = slice(FIRST, LAST + 1)
    firms = np.nan_to_num(run.firms["rd_spending"][span]) / run.trend[span, None]
    if not firms.any():
        raise NotAvailableError(NO_RESEARCH)
    return np.concatenate([firms.mean(axis=0), run.research[span].mean(axis=0)])


def research_level(run: Evidence) -> float:
    """Business R&D of the region a year, firms and anchor employers; MSEK/yr. Source: Model text 8.1 V19; SCBFOU."""
    return float(4 * _research(run).sum(dtype=np.float64) / 1000)


def research_concentration(run: Evidence) -> float:
    """The ten largest employers' share of business R&D; %. Source: Model text 8.1 V19; SCBFOU."""
    spent = np.sort(_research(run).astype(np.float64))[::-1]
    return float(100 * spent[:10].sum() / spent.sum())


def not_simulated(why: Text, run: Evidence) -> float:
    """Say why a pattern is not computed. Source: CONST."""
    raise NotAvailableError(why)


def _awarded(run: Evidence) -> Array:
    """Slots that got an award in the run; flags (slots,)."""
    return np.asarray(np.nan_to_num(run.firms["awards"]).max(axis=0) > 0)


def _of(table: Array, slots: int) -> Array:
    """A table of firms of another run, cut or filled up to the same slots."""
    filled = np.full((len(table), slots), np.nan, table.dtype)
    width = min(slots, table.shape[1])
    filled[:, :width] = table[:, :width]
    return filled


def _granted(run: Evidence) -> Array:
    """R&D grants awarded to each slot over the run, kSEK; (slots,). What is held rises by each award."""
    held = np.nan_to_num(run.firms["grant_held"]).astype(np.float64)
    return np.asarray(np.maximum(np.diff(held, axis=0, prepend=0.0), 0).sum(axis=0))


def _additional(run: Evidence, chosen: Array) -> tuple[float, float]:
    """Additional R&D of the chosen firms over the run, and what of the grants paid is theirs by award; kSEK."""
    pair = _pair(run)
    spent, without = run.firms["rd_spending"], _of(pair.firms["rd_spending"], run.firms["rd_spending"].shape[1])
    if not np.nansum(spent):
        raise NotAvailableError(NO_RESEARCH)
    both = np.isfinite(spent) & np.isfinite(without)
    gain = np.where(both, spent.astype(np.float64) - without, 0.0)[:, chosen].sum()
    granted = _granted(run)
    paid = run.ledger["research_grants"].sum() * granted[chosen].sum() / max(granted.sum(), 1e-9)
    return float(gain), float(paid)


def _per_krona(sums: Sequence[float]) -> float:
    gain, paid = sums
    return gain / paid if paid else float("nan")


def _sums(run: Evidence) -> tuple[float, ...]:
    return _additional(run, _granted(run) > 0)


def _sums_by_size(run: Evidence) -> tuple[float, ...]:
    with np.errstate(invalid="ignore"):
        small = np.nan_to_num(run.firms["employment"][0], nan=0.0) < 50
    granted = _granted(run) > 0
    return *_additional(run, granted & small), *_additional(run, granted & ~small)


def _lead(sums: Sequence[float]) -> float:
    return _per_krona(sums[:2]) - _per_krona(sums[2:])


def _of_run(ratio: float) -> float:
    if ratio != ratio:
        raise NotAvailableError(Text("no grant was paid", "inget bidrag betalades"))
    return ratio


def additionality(run: Evidence) -> float:
    """Change of firms' R&D, grants included, per krona of grant: 0 full crowding out, 1 neutral.

    Firms with a grant against their own luck without the programme. Source: Model text 8.1 V20; DP, TACR.
    """
    return _of_run(_per_krona(_sums(run)))


def small_lead(run: Evidence) -> float:
    """Additionality of firms below 50 employees less that of the others. Source: Model text 8.1 V20; TACR."""
    return _of_run(_lead(_sums_by_size(run)))


def voucher_additionality(run: Evidence) -> float:
    """Share of vouchers to firms without a university link that make one which there is not without the voucher.

    The rest goes unused or would have been linked anyway: 8 of 10 additional, 1 deadweight, 1 unused in the source.
    Source: Model text 8.1 V21; CPB.
    """
    pair = _pair(run)
    link = run.firms["university_link"]
    without = _of(pair.firms["university_link"], link.shape[1])
    users = _awarded(run) & (link[0] == 0)
    if users.sum() < 20:
        raise NotAvailableError(Text("fewer than 20 users of vouchers", "färre än 20 checkanvändare"))
    linked, anyway = (np.nan_to_num(each[:, users]).max(axis=0) == 1 for each in (link, without))
    return float((linked & ~anyway).mean())


def voucher_sales(run: Evidence) -> float:
    """Effect of a voucher on the log sales of its users a year after the award, paired; log, mean over users.

    Source: Model text 8.1 V21; NESTA.
    """
    pair = _pair(run)
    sales, awards = run.firms["sales"], np.nan_to_num(run.firms["awards"])
    without = _of(pair.firms["sales"], sales.shape[1])
    users = np.flatnonzero(awards.max(axis=0) > 0)
    first = (awards[:, users] > 0).argmax(axis=0) + 4
    inside = first <= run.quarters
    users, first = users[inside], first[inside]
    with np.errstate(invalid="ignore", divide="ignore"):
        effect = np.log(sales[first, users] / without[first, users])
    known = np.isfinite(effect)
    if known.sum() < 20:
        raise NotAvailableError(Text("fewer than 20 users of vouchers", "färre än 20 checkanvändare"))
    return float(effect[known].mean(dtype=np.float64))


def audit_uptake(run: Evidence) -> float:
    """Firms at green level 0 when they get an energy audit that take the first step within two years of it; %.

    Source: Model text 8.1 V22; SEAP.
    """
    level, awards = run.firms["green_level"], np.nan_to_num(run.firms["awards"])
    users = np.flatnonzero(awards.max(axis=0) > 0)
    first = (awards[:, users] > 0).argmax(axis=0)
    inside = (first + 8 <= run.quarters) & (level[first, users] == 0)
    users, first = users[inside], first[inside]
    steps = level[np.minimum(first + 8, run.quarters), users]
    if np.nanmax(level[-1] - level[0], initial=0) <= 0 or np.isfinite(steps).sum() < 20:
        raise NotAvailableError(NO_GREEN)
    return float(100 * (steps[np.isfinite(steps)] >= 1).mean())


PATTERNS = (
    Pattern(
        code="V19",
        title=Text("Business R&D", "Näringslivets FoU"),
        explanation=Text(
            "Firms and anchor employers, productivity trend removed. The level is set at the start and can only drift; "
            "that of anchor employers follows their value added, so the concentration is that of employment.",
            "Företag och storföretag, produktivitetstrenden borträknad. Nivån är satt vid start och kan bara glida; "
            "storföretagens följer deras förädlingsvärde, så koncentrationen är sysselsättningens.",
        ),
        target=Text("3.0-3.5 BSEK a year; ten largest at least 60 %",
                    "3,0-3,5 miljarder kronor per år; de tio största minst 60 %"),
        window=WINDOW,
        use=Use.CALIBRATION,
        sources=("SCBFOU",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="level", text=Text("business R&D", "företags-FoU"), unit="MSEK/yr", low=3000, high=3500,
                 decimals=0, scale=250, measure=research_level),
            Part(name="top", text=Text("ten largest", "de tio största"), unit="%", low=60, high=inf, use=Use.HELD_OUT,
                 decimals=0, measure=research_concentration),
        ),
    ),
    Pattern(
        code="V20",
        title=Text("R&D grants are about neutral", "FoU-bidrag är ungefär neutrala"),
        explanation=Text(
            "Additional R&D of awarded firms, the grant included, per krona of grant, against the same luck without "
            "the programme; sums over all seeds, grants by award. How firms answer to a grant by size is a number of "
            "the model: this shows that nothing else disturbs it.",
            "Ytterligare FoU hos företag med stöd, bidraget inräknat, per bidragskrona, mot samma slump utan "
            "programmet; summor över alla frön, bidrag efter beslut. Hur företag svarar på ett bidrag efter storlek "
            "är ett tal i modellen: detta visar att inget annat stör det.",
        ),
        target=Text("0.6-1.4; more in small firms", "0,6-1,4; mer i små företag"),
        window=Text("eight years, programme in years 2-4", "åtta år, programmet år 2-4"),
        use=Use.HELD_OUT,
        sources=("DP", "TACR"),
        grade=Grade.SOURCED,
        parts=(
            Part(name="ratio", text=Text("R&D per krona of grant", "FoU per bidragskrona"), unit="1", low=0.6,
                 high=1.4, measure=additionality, arm="research", pool=Pool(_sums, _per_krona)),
            Part(name="small", text=Text("below 50 employees less others", "under 50 anställda minus andra"), unit="1",
                 low=0.0, high=inf, measure=small_lead, arm="research", pool=Pool(_sums_by_size, _lead)),
        ),
    ),
    Pattern(
        code="V21",
        title=Text("Innovation vouchers", "Innovationscheckar"),
        explanation=Text(
            "Of vouchers to firms without a university link, the share that makes a link which there is not without "
            "the voucher; effect on sales a year after the award (within 2 % counts as none). The latter is not "
            "counted: nothing in the model lets a voucher act on sales so soon, so that it cannot fail.",
            "Av checkar till företag utan högskolelänk, andelen som ger en länk som inte finns utan checken; effekt "
            "på försäljningen ett år efter beviljandet (inom 2 % räknas som ingen). Det senare räknas inte: inget i "
            "modellen låter en check verka på försäljningen så snart, så det kan inte falla.",
        ),
        target=Text("additionality 0.7-0.9; sales effect gone at 12 months",
                    "additionalitet 0,7-0,9; försäljningseffekten borta efter 12 månader"),
        window=Text("eight years, vouchers in years 2-4", "åtta år, checkar år 2-4"),
        use=Use.HELD_OUT,
        sources=("CPB", "NESTA"),
        grade=Grade.SOURCED,
        parts=(
            Part(name="link", text=Text("additional links", "ytterligare länkar"), unit="1", low=0.7, high=0.9,
                 measure=voucher_additionality, arm="voucher"),
            Part(name="sales", text=Text("sales after a year", "försäljning efter ett år"), unit="log", low=-0.02,
                 high=0.02, decimals=3, measure=voucher_sales, arm="voucher", use=Use.INPUT),
        ),
    ),
    Pattern(
        code="V22",
        title=Text("Energy audits", "Energikartläggningar"),
        explanation=Text(
            "Firms without energy management at the audit that take the first green step within two years of it. The "
            "target counts measures among those that an audit proposes, all firms; a step here is energy management as "
            "a whole, so that fewer are to be expected. The 6 % saved are what the step is set to save.",
            "Företag utan energiledning vid kartläggningen som tar det första gröna steget inom två år. Målet räknar "
            "åtgärder bland dem som en kartläggning föreslår, i alla företag; ett steg här är energiledning som "
            "helhet, så färre är att vänta. De 6 % som sparas är vad steget är satt att spara.",
        ),
        target=Text("53 % of measures carried out (±15); 6 % of energy saved",
                    "53 % av åtgärderna genomförda (±15); 6 % energi sparad"),
        window=Text("eight years, audits in years 2-4", "åtta år, kartläggningar år 2-4"),
        use=Use.INPUT,
        sources=("SEAP",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="uptake", text=Text("first green step taken", "första gröna steget taget"), unit="%", low=38,
                 high=68, decimals=1, measure=audit_uptake, arm="audit"),
        ),
    ),
    Pattern(
        code="V28",
        title=Text("Product per head", "Bruttoregionprodukt per person"),
        explanation=Text("Used for scaling only.", "Används bara för skalning."),
        target=Text("57 % of Stockholm's in 2016", "57 % av Stockholms 2016"),
        window=Text("none", "inget"),
        use=Use.INPUT,
        sources=("OECD",),
        grade=Grade.SOURCED,
        parts=(
            Part(name="gap", text=Text("share of Stockholm's", "andel av Stockholms"), unit="%", low=52, high=62,
                 measure=partial(not_simulated, NO_PRODUCT)),
        ),
    ),
)  # fmt: skip
