"""What the plain-object and the Mesa version share above the firm: set-up, replacement, one row of indicators."""

from __future__ import annotations

from math import exp
from typing import Any

from benchmarks import kernel_firm as rules
from benchmarks import kernel_numbers as k


class RegionRules:
    """Industries, labour markets and counts of the quarter; the firms are held by the subclass."""

    def set_up(self, population: k.Population) -> None:
        self.trend, self.quarter = 1.0, 0
        self.closing: list[Any] = []
        self.industries = [rules.Industry(number) for number in range(k.INDUSTRIES)]
        cells = zip(population["unemployed"].T.tolist(), population["outside"].T.tolist(), strict=True)
        self.markets = [rules.Market(unemployed, outside) for unemployed, outside in cells]
        self.reset_counts()

    def reset_counts(self) -> None:
        self.started = self.succeeded = self.closed = 0
        self.sales = self.exports = 0.0

    def fill_firms(self, population: k.Population, firms: list[Any]) -> None:
        """Give each firm its row of the population as plain Python numbers."""
        for name in rules.PLAIN:
            for firm, value in zip(firms, population[name].tolist(), strict=True):
                setattr(firm, name, value)
        for name in rules.LISTS:
            for firm, values in zip(firms, population[name].T.tolist(), strict=True):
                setattr(firm, name, values)
        places = (population[name].tolist() for name in ("industry", "zone"))
        for firm, industry, zone, peers in zip(firms, *places, population["peers"].T.tolist(), strict=True):
            firm.region, firm.industry, firm.market = self, self.industries[industry], self.markets[zone]
            firm.peers = [firms[peer] for peer in peers]
            firm.wanted, firm.laid_off, firm.first = ([0.0] * k.CLASSES for _ in range(3))
            firm.size = sum(firm.staff)
            firm.industry.home += firm.home
            firm.industry.weighted += firm.size * (firm.base + firm.z + firm.effect * firm.gain)
            firm.industry.staff += firm.size
        for sector in self.industries:
            sector.average()
            sector.mean_start = sector.mean

    def average_industries(self) -> None:
        for industry in self.industries:
            industry.average()

    def share_demand(self) -> None:
        for industry in self.industries:
            industry.share_out(self.trend)

    def match_markets(self) -> None:
        for market in self.markets:
            market.match()

    def spread_rest(self) -> None:
        for market in self.markets:
            market.spread_rest()

    def replace_closed(self) -> None:
        """New firms take the place of closed ones, with staff from the unemployed, at most half of a cell."""
        needed = {id(market): [0.0] * k.CLASSES for market in self.markets}
        for firm in self.closing:
            for c, staff in enumerate(firm.staff):
                firm.market.unemployed[c] += staff
            firm.found()
            for c, staff in enumerate(firm.staff):
                needed[id(firm.market)][c] += staff
        rates = {}
        for market in self.markets:
            wish = needed[id(market)]
            rate = [min(1.0, 0.5 * market.unemployed[c] / max(wish[c], rules.SMALL)) for c in rules.CLASSES]
            for c in rules.CLASSES:
                market.unemployed[c] -= rate[c] * wish[c]
            rates[id(market)] = rate
        for firm in self.closing:
            firm.start_business(rates[id(firm.market)])
        self.closed = len(self.closing)
        self.closing.clear()
        self.quarter += 1
        self.trend = exp(k.GROWTH * self.quarter)

    @property
    def unemployed(self) -> float:
        return sum(sum(market.unemployed) for market in self.markets)

    @property
    def filled(self) -> float:
        return sum(sum(market.fill) for market in self.markets) / (k.ZONES * k.CLASSES)
