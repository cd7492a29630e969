"""The kernel's rules for one firm, one industry and one zone, shared by the plain-object and the Mesa version.

The rules are in kernel.md.  A firm reads what others did only through passes over all firms, so the
order of the firms within a pass does not matter.
"""

from __future__ import annotations

from math import copysign, exp, log, sqrt
from typing import Any

from benchmarks import kernel_numbers as k

CLASSES = range(k.CLASSES)
NEED = k.industry_tables()["need"].tolist()
NEW_SHARES = k.industry_tables()["shares"].tolist()
SHOCKS = k.shock_table().tolist()
SMALL = 1e-9
TINY = 2**-24
PLAIN = (
    "base", "z", "pay", "energy", "carbon", "material", "services", "value_added", "offset", "knowledge", "management",
    "absorptive", "research", "newshare",
    "effect", "gain", "need", "reference", "home", "export", "demand_before", "short", "cash", "debt", "earnings4",
    "sales4", "owner_age", "rural", "level", "aware", "project", "cooling", "exporter", "stage", "export_age", "away",
    "age", "insolvent",
)  # fmt: skip
LISTS = ("shares", "staff", "taste")
WORKING = (
    "region", "industry", "market", "peers", "adopters", "exporting", "size", "log_size", "log_output", "output",
    "relative", "shock", "weight", "demand", "desired", "appeal", "wanted", "laid_off", "first", "sales",
)  # fmt: skip


def chance(hazard: float) -> float:
    """Probability that an event with this yearly hazard happens within a quarter."""
    return 1 - exp(-k.DT * hazard)


class Industry:
    """Sums over the firms of one industry."""

    __slots__ = ("home", "mean", "mean_start", "number", "share", "staff", "weighted", "weights")

    def __init__(self, number: int) -> None:
        self.number = number
        self.home = self.weighted = self.staff = self.weights = 0.0

    def average(self) -> None:
        self.mean = self.weighted / max(self.staff, SMALL)
        self.weighted = self.staff = 0.0

    def share_out(self, trend: float) -> None:
        market = self.home * trend * exp(k.ARMINGTON * (self.mean - self.mean_start))
        self.share = market / max(self.weights, SMALL)
        self.weights = 0.0


class Market:
    """The labour market of one zone: a list over classes per quantity."""

    __slots__ = (
        "dismissed", "employed", "fill", "hires", "log_wage", "outside", "placed", "poached", "pull", "rate", "rest",
        "tightness", "unemployed", "vacancies", "wage",
    )  # fmt: skip

    def __init__(self, unemployed: list[float], outside: list[float]) -> None:
        self.unemployed, self.outside = unemployed, outside
        self.fill = [k.FIRST_FILL] * k.CLASSES
        self.tightness: list[float] | None = None
        self.clear()
        for name in ("poached", "log_wage", "hires", "rate", "rest", "wage"):
            setattr(self, name, [0.0] * k.CLASSES)

    def clear(self) -> None:
        for name in ("vacancies", "employed", "pull", "dismissed", "placed"):
            setattr(self, name, [0.0] * k.CLASSES)

    def match(self) -> None:
        tightness = []
        for c in CLASSES:
            vacancies, employed, unemployed = self.vacancies[c], self.employed[c], self.unemployed[c]
            searchers = max(unemployed + k.ON_THE_JOB * employed, SMALL)
            fewer, more = min(searchers, vacancies), max(searchers, vacancies)
            hires = fewer / (1 + (fewer / more) ** k.MATCHING[c]) ** (1 / k.MATCHING[c])
            tightness.append(vacancies / searchers)
            self.hires[c] = hires
            self.fill[c] = hires / max(vacancies, SMALL)
            self.poached[c] = k.ON_THE_JOB * hires / searchers
            self.rate[c] = hires / max(self.pull[c], SMALL)
            flow = k.RETURNING * self.outside[c] - k.DISCOURAGED * unemployed
            self.outside[c] += (0.5 * k.QUIT + k.RETIRE) * employed - flow
            self.unemployed[c] += 0.5 * k.QUIT * employed + self.dismissed[c] + flow
            self.unemployed[c] -= hires * (1 - k.ON_THE_JOB * employed / searchers)
        if self.tightness is None:
            self.tightness = tightness
        for c in CLASSES:
            relative = log(min(5.0, max(0.2, tightness[c] / max(self.tightness[c], SMALL))))
            self.log_wage[c] += k.WAGE_SPEED * (k.WAGE_ELASTICITY * relative - self.log_wage[c])
            self.wage[c] = exp(self.log_wage[c]) * k.RELATIVE_PAY[c]

    def spread_rest(self) -> None:
        for c in CLASSES:
            placed = self.placed[c]
            self.rest[c] = (self.hires[c] - placed) / max(self.vacancies[c] - placed, SMALL)
        self.clear()


class FirmRules:
    """What one firm does; its model gives `random`, `trend`, `quarter` and takes counts of events."""

    __slots__ = ()
    region: Any

    def headroom(self) -> float:
        limit = k.CREDIT_EARNINGS * max(self.earnings4, 0.0) + k.CREDIT_SALES * self.sales4
        return max(0.0, limit - self.debt)

    def move(self, amount: float, source: int, target: int) -> None:
        shares = self.shares
        moved = min(amount, shares[source] - k.SHARE_FLOOR)
        shares[source] -= moved
        shares[target] += moved

    def finish_project(self) -> None:
        luck = self.region.random.random()
        staff = self.staff
        technical = (staff[k.TECHNICIAN] + staff[k.ENGINEER]) / (self.size * self.need)
        target = 0.55 + 0.3 * min(1.0, technical) + 0.15 * self.management
        self.effect += 0.1 * (target - self.effect)
        if self.cooling:
            self.cooling -= 1
        if not self.project:
            return
        self.project -= 1
        if self.project:
            return
        fill = self.market.fill[k.TECHNICIAN]
        odds = 0.62 + 0.25 * (self.absorptive - 0.3) + 0.15 * (fill - 0.9)
        self.aware = False
        if luck >= min(0.95, max(0.2, odds)):
            self.cooling = k.COOLING
            return
        step = self.level
        self.move(k.SHIFT_TECHNICIAN[step], k.OPERATOR, k.TECHNICIAN)
        self.move(k.SHIFT[step] - k.SHIFT_TECHNICIAN[step], k.OPERATOR, k.ENGINEER)
        self.level = step + 1
        self.effect = 0.5
        self.gain = k.GAIN[step + 1]
        self.need = NEED[self.industry.number][step + 1]
        self.region.succeeded += 1

    def set_productivity(self) -> None:
        log_output = self.base + self.z + self.effect * self.gain
        if self.export_age >= k.LEARNING_QUARTERS:
            log_output += k.EXPORT_GAIN * k.INTENSITY[self.stage]
        normal = 0.0
        for share, gap in zip(self.shares, k.CLASS_GAP, strict=True):
            normal += share * gap
        if self.short > normal:
            log_output -= k.BLOCKED_LOSS * (self.short - normal)
        if self.project:
            log_output -= k.PROJECT_LOSS
        self.log_output = log_output
        self.output = exp(log_output) * self.region.trend
        self.log_size = log(self.size)
        industry = self.industry
        industry.weighted += self.size * log_output
        industry.staff += self.size

    def observe_peers(self) -> None:
        self.relative = self.log_output - self.industry.mean
        adopters = exporting = 0
        level = self.level
        for peer in self.peers:
            if peer.level > level:
                adopters += 1
            if peer.exporter:
                exporting += 1
        self.adopters, self.exporting = adopters, exporting

    def become_aware(self) -> None:
        luck = self.region.random.random()
        level = self.level
        if luck < k.AWARENESS_CEILING and not self.aware and level < 3:
            self.aware = luck < chance(k.INNOVATORS[level] + k.IMITATORS[level] * self.adopters / k.PEERS)

    def decide_digital(self) -> None:
        draw = self.region.random.random
        review, owner, postpone = draw(), draw(), draw()
        level = self.level
        if not self.aware or self.project or self.cooling or level == 3 or review >= k.REVIEW:
            return
        trend, size, age = self.region.trend, self.size, self.owner_age
        cost = (k.COST_FIXED[level] + k.COST_SIZE[level] * size**0.8) * trend
        horizon = k.LIFE[level] if age < 60 else min(k.LIFE[level], max(2.0, 72 - age))
        annuity = (1 - exp(-k.DISCOUNT_LOG * horizon)) / 0.10
        effect = 0.5 + 0.4 * self.absorptive
        value = k.STEP_GAIN[level] * effect * self.value_added * size * trend * annuity / cost
        if log(value) + self.taste[level] < k.LOG_HURDLE:
            return
        if age >= 60 and owner >= 1 / (1 + exp((age - 66) / 2.5)):
            return
        own = max(0.0, self.cash - k.CASH_FLOOR * self.sales4)
        if cost > own + self.headroom():
            return
        gap = NEED[self.industry.number][level + 1] - (self.staff[k.TECHNICIAN] + self.staff[k.ENGINEER]) / size
        if gap > 0:
            self.move(0.7 * gap, k.OPERATOR, k.TECHNICIAN)
            self.move(0.3 * gap, k.OPERATOR, k.ENGINEER)
            if postpone < k.POSTPONE:
                return
        self.project = k.DURATION[level]
        paid = min(own, cost)
        self.cash -= paid
        self.debt += cost - paid
        self.region.started += 1

    def decide_export(self) -> None:
        draw = self.region.random.random
        entry, leave, stage = draw(), draw(), draw()
        if not self.exporter:
            self.consider_entry(entry)
            return
        hazard = exp(k.EXIT_BASE - 0.2 * self.log_size - 0.55 * self.relative)
        if leave < chance(hazard * (1 + k.DT * self.export_age) ** -0.35):
            self.exporter = False
            self.stage = self.export_age = self.away = 0
            self.export = 0.0
            self.move(k.TRADE_SHARE, k.TRADE, k.OPERATOR)
            return
        if self.export_age >= k.STAGE_QUARTERS and self.staff[k.TRADE] >= 0.5 and self.stage < 3:
            self.stage += stage < chance(k.STAGE_RATE * (1 + self.absorptive))
        self.export_age += 1

    def consider_entry(self, luck: float) -> None:
        hazard = k.ENTRY_BASE + self.offset + 0.5 * self.log_size + 0.9 * self.relative + 3 * self.newshare
        hazard += 0.6 * self.exporting / k.PEERS
        if self.level >= 2:
            hazard += 0.25
        if self.staff[k.TRADE] >= 0.5:
            hazard += 0.4
        away = self.away
        if away < k.NEVER:
            self.away = away + 1
        if luck >= chance(exp(hazard)):
            return
        price = k.SUNK_COST * self.region.trend * (k.RETURN_SHARE if away <= k.RETURN_QUARTERS else 1)
        if self.cash < price:
            return
        self.exporter = True
        self.stage, self.export_age = 1, 0
        self.cash -= price
        self.move(k.TRADE_SHARE, k.OPERATOR, k.TRADE)

    def weigh_demand(self) -> None:
        drift = k.REFERENCE_SPEED * (self.log_output - self.reference)
        self.reference += drift
        log_size = self.log_size
        spread = k.DEMAND_SPREAD * exp(k.DEMAND_SIZE * log_size)
        self.shock = spread * SHOCKS[int(self.region.random.random() * k.TABLE)]
        growth = k.DEMAND_SLOPE * drift + k.DEMAND_LEVEL * self.relative + k.DEMAND_NEW * self.newshare + self.shock
        growth += 0.25 * log(1 - spread * spread) - k.REVERSION * (log_size - 2)
        if self.age < k.YOUNG_QUARTERS:
            growth += k.YOUNG_GROWTH
        self.weight = self.home * exp(growth)
        self.industry.weights += self.weight

    def plan_labour(self) -> None:
        intensity = k.INTENSITY[self.stage]
        self.home = home = self.weight * self.industry.share
        export = self.export + k.EXPORT_SPEED * (intensity / (1 - intensity) * home - self.export)
        self.export = export = export * exp(self.shock)
        self.demand = demand = home + export
        self.desired = desired = (0.7 * demand + 0.3 * self.demand_before) / self.output
        self.demand_before = demand
        self.appeal = appeal = exp(k.DRAW_PAY * self.relative + k.DRAW_RURAL * self.rural)
        market, wanted, laid_off = self.market, self.wanted, self.laid_off
        for c, staff in enumerate(self.staff):
            gap = self.shares[c] * desired - staff
            lost = staff * (k.QUIT + k.RETIRE + market.poached[c])
            wish = 0.5 * gap + lost
            wanted[c] = wish if wish > 0 else 0.0
            surplus = -(gap + lost)
            laid_off[c] = 0.4 * surplus if surplus > 0 else 0.0
            market.vacancies[c] += wanted[c]
            market.employed[c] += staff
            market.pull[c] += appeal * wanted[c]
            market.dismissed[c] += laid_off[c]

    def hire_first(self) -> None:
        market, appeal, first = self.market, self.appeal, self.first
        for c, wanted in enumerate(self.wanted):
            hires = appeal * wanted * market.rate[c]
            first[c] = hires = hires if hires < wanted else wanted
            market.placed[c] += hires

    def hire(self) -> None:
        market, staff, first = self.market, self.staff, self.first
        unfilled = 0.0
        for c, wanted in enumerate(self.wanted):
            kept = staff[c] * (1 - k.QUIT - k.RETIRE - market.poached[c]) - self.laid_off[c]
            hires = first[c] + (wanted - first[c]) * market.rest[c]
            staff[c] = kept + hires
            unfilled += wanted - hires
        self.size = sum(staff)
        self.short = min(1.0, unfilled / max(self.desired, 0.01))

    def keep_accounts(self) -> None:
        sales = min(self.demand, self.output * self.size)
        pay = 0.0
        for staff, wage in zip(self.staff, self.market.wage, strict=True):
            pay += staff * wage
        wages = self.region.trend * self.pay * exp(k.RENT * self.relative) * pay
        energy = k.ENERGY_PRICE * self.energy
        carbon = k.CARBON_PRICE * (1 + k.CARBON_RISE * self.region.quarter) * self.carbon
        earnings = sales * (1 - energy - carbon - self.material - self.services) - wages
        upkeep, room = k.MAINTENANCE * sales, self.headroom()
        rate = k.RATE + k.RATE_RURAL * self.rural
        if self.size < 10:
            rate += k.RATE_SMALL
        profit = earnings - upkeep - k.DT * rate * self.debt
        borrowed, repaid, gain = min(0.25 * upkeep, room), k.REPAID * self.debt, max(profit, 0.0)
        self.earnings4 += earnings - k.DT * self.earnings4
        self.sales4 += sales - k.DT * self.sales4
        cash = self.cash + profit - k.TAX * gain + borrowed - repaid
        payout = min(max(cash, 0.0), max(k.PAYOUT * gain, cash - k.CASH_CEILING * self.sales4))
        rescue = min(max(-cash, 0.0), room - borrowed)
        self.cash = cash - max(payout, 0.0) + rescue
        self.debt += borrowed - repaid + rescue
        self.insolvent = self.insolvent + 1 if self.cash < 0 else 0
        self.sales = sales
        self.region.sales += sales
        self.region.exports += self.export

    def innovate(self) -> None:
        draw = self.region.random.random
        centred = 2 * draw() - 1
        self.z = k.MEMORY * self.z - k.SHOCK * copysign(log(max(1 - abs(centred), TINY)), centred)
        self.newshare *= k.NEWSHARE_KEPT
        size, staff = self.size, self.staff
        gained = k.RESEARCH_KEPT * self.research * self.sales + k.INFLOW * self.absorptive * size
        self.knowledge = knowledge = (1 - k.DEPRECIATION) * self.knowledge + gained
        strength = knowledge / (k.FULL_KNOWLEDGE * size)
        skilled = 1 - (staff[k.OPERATOR] + staff[k.TRADE]) / size
        self.absorptive = 1 - exp(-(strength + 0.6 * skilled + 0.3 * self.management))
        if draw() < chance(k.INNOVATION_RATE * sqrt(strength)):
            self.z += k.INNOVATION_GAIN
            self.newshare += k.NEWSHARE_GAIN

    def leave_or_stay(self) -> None:
        closes = self.owner_closes()
        if self.fails() or closes:
            self.region.closing.append(self)

    def owner_closes(self) -> bool:
        draw = self.region.random.random
        handover, closure = draw(), draw()
        self.age += 1
        self.owner_age += k.DT
        if handover >= chance(min(2.0, exp(k.HANDOVER_BASE + k.HANDOVER_SLOPE * (self.owner_age - 67)))):
            return False
        if closure < k.CLOSING * (self.size / 5) ** -0.35:
            return True
        self.owner_age = 30 + 16 * (draw() + draw())
        return False

    def fails(self) -> bool:
        hazard = k.FAILURE * exp(-0.3 * (self.log_size - 2.302585) - 0.5 * self.relative)
        return self.region.random.random() < chance(hazard) or self.insolvent >= 2 or self.size < k.SMALLEST

    def found(self) -> None:
        """A new firm takes the place of this one; its staff is settled by `start_business`."""
        draw = self.region.random.random
        size, luck = 2 + 3 * draw(), draw()
        self.level = (luck >= 0.1) + (luck >= 0.8) + (luck >= 0.98)
        self.shares = list(NEW_SHARES[self.industry.number][self.level])
        self.staff = [share * size for share in self.shares]
        self.z = -0.1 + 0.7348 * (draw() + draw() - 1)
        odds = [min(1 - TINY, max(TINY, draw())) for _ in range(3)]
        self.taste = [k.TASTE * log(odd / (1 - odd)) for odd in odds]
        self.gain = k.GAIN[self.level]
        self.need = NEED[self.industry.number][self.level]
        self.owner_age = 28 + 16 * (draw() + draw())
        self.reference = self.base + self.z + 0.5 * self.gain
        self.management, self.effect, self.newshare, self.research = 0.35, 0.5, 0.05, 0.0
        skilled = 1 - self.shares[k.OPERATOR] - self.shares[k.TRADE]
        self.absorptive = 1 - exp(-(5 / 60 + 0.6 * skilled + 0.105))
        self.short, self.away = k.NORMAL_GAP, k.NEVER
        self.export = self.debt = 0.0
        self.age = self.export_age = self.insolvent = self.project = self.cooling = self.stage = 0
        self.aware = self.exporter = False

    def start_business(self, rate: list[float]) -> None:
        self.staff = [staff * share for staff, share in zip(self.staff, rate, strict=True)]
        self.size = sum(self.staff)
        self.knowledge = k.NEW_KNOWLEDGE * self.size
        sales = exp(self.reference) * self.region.trend * self.size
        self.home = self.demand_before = sales * (1 + k.NORMAL_GAP)
        self.sales4, self.earnings4, self.cash = 4 * sales, 0.6 * sales, 0.24 * sales
