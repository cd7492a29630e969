import numpy as np
import pytest

from simulator.agents.luck import Luck
from simulator.agents.world import SupplyChain
from simulator.economy import demand
from simulator.economy.demand import Demand

P = Demand()


def test_that_four_quarters_of_noise_are_laplace_and_do_not_grow_demand():
    u = Luck(1).uniforms("noise", 0, 400_000)
    noise = demand.demand_noise(u, np.full(len(u), np.log(2.0), np.float32), P).astype(float)
    year = noise.reshape(4, -1).sum(0)
    scale = 0.15 * 2**-0.15
    assert np.exp(noise).mean() == pytest.approx(1, abs=5e-4)
    assert year.std() == pytest.approx(scale * 2**0.5, rel=0.02)
    assert ((year - year.mean()) ** 4).mean() / year.var() ** 2 - 3 == pytest.approx(3, abs=0.4)


def test_that_larger_firms_have_less_noise():
    u = Luck(2).uniforms("noise", 0, 50_000)
    spread = [demand.demand_noise(u, np.full(len(u), np.log(n), np.float32), P).std() for n in (2, 200)]
    assert spread[1] / spread[0] == pytest.approx(100**-0.15, rel=0.02)


def test_that_a_market_is_divided_in_proportion_and_wholly():
    weight, industry = np.array([1.0, 3.0, 5.0], np.float32), np.array([0, 0, 2])
    shared = demand.share_market(weight, np.array([100.0, 7.0, 50.0]), industry)
    assert shared == pytest.approx([25, 75, 50])


def test_that_the_market_follows_productivity_only_as_far_as_armington_says():
    home, now, start = np.array([100.0]), np.array([0.2]), np.array([0.1])
    assert demand.market_size(home, now, start, 0.0, P) == pytest.approx(100 * np.exp(0.1))
    assert demand.market_size(home, now, start, 0.1, P) == pytest.approx(100)
    assert demand.market_size(home, now, start, 0.0, Demand(armington=0)) == pytest.approx(100)


def test_that_orders_move_to_suppliers_that_meet_the_requirement_and_partly_leave():
    chain = SupplyChain(np.array([0, 0, 1]), np.array([5, 6, 7]), np.array([0.5, 0.5, 1.0], np.float32))
    weight, kept = demand.move_orders(chain, np.array([0, 2, 0]), 1, 2, 0.3, P)
    lost = 0.5 * 0.03
    assert kept == pytest.approx([1 - 0.3 * lost, 1 - 0.03])
    assert weight.sum() == pytest.approx(2)
    assert weight[1] / weight[0] == pytest.approx((0.5 + 0.7 * lost) / (0.5 - lost), rel=1e-5)


def test_that_nothing_moves_when_all_suppliers_meet_the_requirement():
    chain = SupplyChain(np.array([0, 0]), np.array([5, 6]), np.array([0.25, 0.75], np.float32))
    weight, kept = demand.move_orders(chain, np.array([1, 3]), 1, 1, 0.3, P)
    assert weight == pytest.approx([0.25, 0.75])
    assert kept == pytest.approx([1])
