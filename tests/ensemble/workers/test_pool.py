"""Work in processes comes back in order and says what went wrong."""

import pytest

from simulator.ensemble.workers.pool import run_many


def halved(number: int) -> int:
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number // 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_that_outcomes_come_in_the_order_of_the_tasks(jobs):
    assert list(run_many(halved, list(range(0, 40, 2)), jobs)) == list(range(20))


@pytest.mark.parametrize("jobs", [1, 2])
def test_that_a_task_that_fails_says_so(jobs):
    with pytest.raises(ValueError, match="3 is odd"):
        list(run_many(halved, [2, 3, 4], jobs))


def test_that_nothing_to_do_is_no_work():
    assert list(run_many(halved, [])) == []
