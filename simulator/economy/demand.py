"""Productivity, home markets and supply chains (Model text 4.2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

from simulator.agents.columns import Flags, Floats, Small, Whole, single
from simulator.agents.world import SupplyChain
from simulator.quantity import number, vector

Series = NDArray[np.float64]
_POINTS = 4097


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Parameters of productivity's side effects, of home markets and of supply chains."""

    own_change_elasticity: float = number(
        2.0,
        "1",
        (0, 10),
        "Demand response to own productivity change",
        "Efterfrågans svar på egen produktivitetsändring",
        basis="derived:KMS",
        uncertain=(1, 4),
    )
    reference_speed: float = number(
        0.15,
        "1/q",
        (0.001, 1),
        "How fast customers notice",
        "Hur snabbt kunderna märker förändringen",
        basis="judgement",
        uncertain=(0.08, 0.3),
    )
    selection: float = number(
        0.003,
        "1/q",
        (0, 0.1),
        "Growth of the more productive",
        "De produktivas tillväxt",
        basis="judgement",
        uncertain=(0, 0.006),
    )
    novelty: float = number(
        0.02,
        "1/q",
        (0, 0.5),
        "Growth from new products",
        "Tillväxt av nya produkter",
        basis="judgement",
        uncertain=(0, 0.04),
    )
    noise: tuple[float, ...] = vector(
        (0.15, -0.15),
        ("scale", "size_exponent"),
        "1",
        ((0, 0.5), (-1, 0)),
        "Demand shock, scale and fall with size",
        "Efterfrågestörning, skala och fall med storlek",
        basis="derived:BS",
        uncertain=((0.10, -0.2), (0.20, -0.10)),
    )
    size_reversion: tuple[float, ...] = vector(
        (0.003, 2.0),
        ("speed", "log_size"),
        "1",
        ((0, 0.1), (0, 6)),
        "Slower growth of larger firms",
        "Större företags lägre tillväxt",
        basis="judgement",
        spread=(0.5, 1.5),
        help_en="Keeps the size distribution stationary.",
        help_sv="Håller storleksfördelningen stationär.",
    )
    youth: tuple[float, ...] = vector(
        (0.015, 20.0),
        ("growth", "quarters"),
        "1",
        ((0, 0.2), (0, 200)),
        "Faster growth of young firms",
        "Unga företags högre tillväxt",
        basis="judgement",
        spread=(0.5, 1.5),
    )
    armington: float = number(
        1.0,
        "1",
        (0, 5),
        "Market response to the region's productivity",
        "Marknadens svar på regionens produktivitet",
        basis="judgement",
        uncertain=(0, 2),
        help_en="0: a fixed market, productivity only displaces.",
        help_sv="0: fast marknad, produktivitet bara tränger undan.",
    )
    chain_share: float = number(
        0.35,
        "1",
        (0, 1),
        "Share of a supplier's non-export demand from anchor employers",
        "Andel av en leverantörs icke-export som går till storföretag",
        basis="judgement",
        uncertain=(0.2, 0.5),
    )
    leakage: float = number(
        0.30,
        "1",
        (0, 1),
        "Lost chain orders that leave the region",
        "Förlorade kedjeorder som lämnar regionen",
        basis="judgement",
        uncertain=(0.15, 0.45),
    )
    requirement_loss: float = number(
        0.03,
        "1/q",
        (0, 1),
        "Orders lost below the customers' requirement",
        "Order som tappas under kundernas krav",
        basis="judgement",
        uncertain=(0.01, 0.06),
    )
    public_share: float = number(
        0.15, "1", (0, 1), "Public buyers' share of home demand", "Offentliga köpares andel av hemmaefterfrågan",
        basis="judgement", uncertain=(0.05, 0.3),
    )  # fmt: skip
    tendered_share: float = number(
        0.02, "1", (0, 0.4), "Public demand tendered on innovation at the start",
        "Offentlig efterfrågan som upphandlas på innovation vid start", basis="judgement", uncertain=(0, 0.05),
        help_en="Part of the firms' demand of the start; what measures add is shared out anew by merit.",
        help_sv="Ingår i företagens efterfrågan vid start; det som insatser lägger till fördelas om efter merit.",
    )  # fmt: skip
    compliance_cost: float = number(
        0.003,
        "1",
        (0, 0.1),
        "Cost of answering customers' requirements, share of chain sales",
        "Kostnad för att besvara kundkrav, andel av försäljning till kedjan",
        basis="judgement",
        uncertain=(0, 0.01),
        help_en="From the first requirement date on: data and CO2 figures have to be gathered and kept.",
        help_sv="Från första kravdatumet: data och CO2-uppgifter ska samlas in och hållas aktuella.",
    )
    digital_relief: float = number(
        0.5,
        "1",
        (0, 1),
        "Part of that cost that digital level 2 saves",
        "Del av den kostnaden som digital nivå 2 sparar",
        basis="judgement",
        uncertain=(0.3, 0.7),
    )
    shortage_loss: float = number(
        0.15,
        "1",
        (0, 2),
        "Productivity lost to unfilled jobs",
        "Produktivitet som går förlorad vid vakanser",
        basis="judgement",
        uncertain=(0, 0.3),
    )
    green_gain: tuple[float, ...] = vector(
        (0.005, 0.01),
        ("green", "digital_and_green"),
        "log",
        (0, 0.2),
        "Productivity gain of green level 2",
        "Produktivitetsvinst av grön nivå 2",
        basis="judgement",
        spread=(0, 2),
    )
    smoothing: float = number(
        0.7,
        "1",
        (0, 1),
        "Weight of this quarter in expected demand",
        "Kvartalets vikt i väntad efterfrågan",
        basis="judgement",
        uncertain=(0.5, 0.9),
    )


@dataclass(slots=True)
class Markets:
    """What home markets and rivals were at the start; fixed during a run.

    home_start        (industries,)  kSEK/q  home demand, H_s0
    strength_start    (industries,)  log     sales-weighted productivity, a_s0
    chain_start              log     the same over all firms, a_0
    mean_start        (industries,)  log     employment-weighted productivity of the start
    before            home index of the quarter before
    lift              (slots,)  1  what measures made of each slot's home demand last quarter; empty for nothing
    """

    home_start: Series
    strength_start: Series
    chain_start: float
    mean_start: Floats
    before: float = 1.0
    lift: Floats = field(default_factory=lambda: np.empty(0, np.float32))

    def lift_of(self, slots: Whole) -> Floats:
        """What measures made of the home demand of `slots` last quarter, 1 for firms founded since; (slots,)."""
        wide = np.ones(max(len(self.lift), int(slots.max(initial=0)) + 1), np.float32)
        wide[: len(self.lift)] = self.lift
        return wide.take(slots)


@lru_cache(maxsize=1)
def _gamma_difference_quantiles() -> Floats:
    """Quantiles of G1 - G2 with G ~ Gamma(1/4, 1), at 4,097 equal steps; by integrating the Bessel density."""
    from scipy.special import gamma, kv

    root = np.linspace(0, 6.0, 200_001)[1:]  # x = root^2 removes the singularity at 0
    x = root**2
    scale = 1 / (np.sqrt(np.pi) * gamma(0.25) * 2 ** (-0.25))
    density = scale * x**-0.25 * kv(-0.25, x) * 2 * root
    upper = np.concatenate(([0.0], np.cumsum((density[1:] + density[:-1]) / 2) * (root[1] - root[0])))
    upper += density[0] * root[0]  # the stretch below the first point, where the integrand is flat
    upper *= 0.5 / upper[-1]
    middle = (np.arange(_POINTS // 2 + 1)) / (_POINTS - 1)
    half = np.interp(np.minimum(middle, 0.5 - 0.25 / _POINTS), upper, x)
    half[0] = 0.0
    return np.concatenate((-half[:0:-1], half)).astype(np.float32)


@lru_cache(maxsize=1)
def _gamma_difference_steps() -> Floats:
    """Distance from each of these quantiles to the next; 0 after the last."""
    return np.diff(_gamma_difference_quantiles(), append=_gamma_difference_quantiles()[-1:])


def demand_noise(u: Floats, log_size: Floats, p: Demand) -> Floats:
    """Quarterly log demand shock whose yearly sum is Laplace, free of Jensen growth; (rows,).

    zeta = b (G1 - G2) + 0.25 ln(1 - b^2),  G ~ Gamma(1/4, 1),  b = 0.15 n^-0.15

    u  (rows,)  uniforms;  log_size  (rows,)  log of employment, n

    Source: Model text 4.2; BS.
    """
    place = u * np.float32(_POINTS - 1)
    left = place.astype(np.intp)
    place -= np.floor(place)
    place *= _gamma_difference_steps().take(left)
    shock: Floats = _gamma_difference_quantiles().take(left)
    shock += place
    scale = np.float32(p.noise[1]) * log_size
    np.exp(scale, out=scale)
    scale *= np.float32(p.noise[0])
    shock *= scale
    mean = np.log1p(-scale * scale, out=scale)
    mean *= np.float32(0.25)
    shock += mean
    return shock


def log_productivity(
    base: Floats, idiosyncratic: Floats, digital_gain: Floats, learning: Floats, excess_shortage: Floats,
    project: Flags, green: Flags, digital: Flags, disruption: float, transfer_loss: Floats | float, p: Demand,
) -> Floats:  # fmt: skip
    """Log sales capacity per worker and quarter, productivity trend removed; (rows,).

    lnA = a0_s + z + chi B(d) + b_g [g>=2] + b_dg [d>=2][g>=2] + learning - b_v max(0, short - gap) - b_J [project]

    Source: Model text 4.2; KMS, AL.
    """
    gain, both = single(p.green_gain)
    value = base + idiosyncratic
    value += digital_gain
    value += learning
    value -= np.float32(p.shortage_loss) * np.maximum(excess_shortage, 0)
    value -= np.float32(disruption) * project
    if green.any():
        value += green * (gain + both * digital)
    value -= transfer_loss
    return value


def industry_means(values: Floats, weights: Floats, industry: Small, count: int) -> Series:
    """Weighted mean of `values` in each industry, (industries,); 0 without weight."""
    total = np.bincount(industry, weights, count)
    return np.divide(np.bincount(industry, values * weights, count), total, out=np.zeros(count), where=total > 0)


def home_weight(
    demand: Floats, change: Floats, relative: Floats, new_products: Floats, noise: Floats, log_size: Floats, age: Whole,
    p: Demand,
) -> Floats:  # fmt: skip
    """Weight with which a firm claims its home market; kSEK/q, (rows,).

    w = DH exp(eps_D dlnAref + eta rel + phi newshare + zeta - 0.003 (ln n - 2) + 0.015 [age < 20 q])

    Source: Model text 4.2 (replicator).
    """
    speed, centre = p.size_reversion
    growth = np.float32(p.own_change_elasticity) * change
    growth += np.float32(p.selection) * relative
    growth += np.float32(p.novelty) * new_products
    growth += noise
    growth -= np.float32(speed) * (log_size - np.float32(centre))
    growth += np.float32(p.youth[0]) * (age < ceil(p.youth[1]))
    np.exp(growth, out=growth)
    growth *= demand
    return growth


def market_size(home: Series, strength: Series, start: Series, rivals: float, p: Demand) -> Series:
    """Home market of each industry, M = H exp(eps_M (a - a_0 - g_out t/4)); kSEK/q, (industries,).

    home     (industries,)  H_st;  strength, start  (industries,)  a_s now and at the start;  rivals  g_out t/4

    Source: Model text 4.2 (Armington).
    """
    return home * np.exp(p.armington * (strength - start - rivals))


def share_market(weight: Floats, market: Series, industry: Small) -> Floats:
    """Divide each industry's market in proportion to weights; kSEK/q, (rows,). Source: Model text 4.2."""
    total = np.bincount(industry, weight, len(market))
    factor = np.divide(market, total, out=np.zeros(len(market)), where=total > 0)
    return weight * factor.astype(np.float32).take(industry)


def merit_ratio(weight: Floats, merit: Floats, industry: Small, count: int) -> Floats:
    """A firm's merit over the weighted mean of its industry, 1 where nobody has any; (rows,).

    Tenders of x kSEK won in proportion to weight and merit give a firm x times weight, times this, over all weights.

    weight, merit  (rows,)  claim on the market, and what tenders ask for
    Source: Model text 4.2 (B_ten).
    """
    mean = industry_means(merit, weight, industry, count)
    ratio = np.divide(1, mean, out=np.zeros(count), where=mean > 0).astype(np.float32).take(industry)
    ratio *= merit
    ratio[(mean <= 0).take(industry)] = 1
    return ratio


def move_orders(
    chain: SupplyChain, level: Small, required: int, anchors: int, leakage: float, p: Demand
) -> tuple[Floats, Series]:
    """Shift orders from suppliers below the required level to those that meet it.

    level     (links,)  level of the supplier, the lower of digital and green
    returns   new weights (links,) that sum to 1 per anchor, and the share of orders that stays in the region (anchors,)

    Source: Model text 4.2 (supply chain).
    """
    weight, anchor = chain.weight, chain.anchor
    below = level < required
    lost = weight * below * np.float32(p.requirement_loss)
    lost_total = np.bincount(anchor, lost, anchors)
    able = weight * ~below
    ready = np.bincount(anchor, able, anchors)
    some = ready > 0
    gone: Floats = np.where(some, leakage, 1.0) * lost_total
    gain = np.divide(lost_total - gone, ready, out=np.zeros(anchors), where=some)
    able *= gain.astype(np.float32).take(anchor)
    moved = weight - lost
    moved += able
    return normalised(moved, anchor, anchors), 1 - gone


def compliance_rate(chain: Floats, total: Floats, digital: Flags, p: Demand) -> Floats:
    """Cost of answering customers' requirements per krona of sales: 0.3 % of chain sales, half with d >= 2; (rows,).

    chain, total  (rows,)  kSEK/q  demand from the chain and in all;  digital  (rows,)  at digital level 2 or above

    Source: Model text 4.5 (twin links), 4.10; SPEC.
    """
    rate: Floats = np.float32(p.compliance_cost) * chain
    rate *= 1 - np.float32(p.digital_relief) * digital
    rate /= np.maximum(total, np.float32(1e-6))
    return rate


def normalised(weight: Floats, anchor: Whole, anchors: int) -> Floats:
    """Weights that sum to 1 within each anchor; (links,). Source: Model text 4.2 (supply chain)."""
    total = np.bincount(anchor, weight, anchors)
    return (weight / np.maximum(total, 1e-12).take(anchor)).astype(np.float32)


def expected_demand(now: Floats, before: Floats, p: Demand) -> Floats:
    """Demand that firms staff for: 0.7 now + 0.3 before; kSEK/q, (rows,). Source: Model text 4.7."""
    weight = np.float32(p.smoothing)
    return weight * now + (1 - weight) * before
