import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.agents.columns import Population, column, place_of
from simulator.agents.firms import Firms


class Herd(Population):
    key: np.ndarray = column("i4", "count", (0, 1e9), "Key", "Nyckel")
    weight: np.ndarray = column("f4", "1", (0, 1e9), "Weight", "Vikt")
    parts: np.ndarray = column("f4", "1", (0, 1e9), "Parts", "Delar", 3)
    marked: np.ndarray = column("?", "yes/no", (0, 1), "Marked", "Märkt")


def herd(size: int) -> Herd:
    animals = Herd(size)
    animals.key = np.arange(size)
    animals.weight = 10 * animals.key
    animals.parts = animals.key + np.arange(3)[:, None] / 10
    animals.marked = animals.key % 2 == 0
    return animals


def consistent(animals: Herd) -> bool:
    expected = herd(int(animals.key.max(initial=0)) + 1)
    rows = animals.key
    return all(np.array_equal(getattr(animals, name), getattr(expected, name)[..., rows]) for name in Herd.columns)


@given(st.integers(1, 60), st.data())
def test_that_dropping_rows_keeps_every_column_of_the_others_together(size, data):
    animals = herd(size)
    gone = sorted(data.draw(st.sets(st.integers(0, size - 1))))
    moved = animals.drop(np.array(gone, int))
    assert sorted(animals.key) == [key for key in range(size) if key not in gone]
    assert consistent(animals)
    unmoved = np.setdiff1d(np.arange(animals.size), moved)
    assert (animals.key[unmoved] == unmoved).all()


def test_that_appended_rows_are_zero_even_where_rows_were_dropped():
    animals = herd(5)
    animals.drop(np.array([0, 4]))
    span = animals.append(40)
    assert animals.size == 43
    assert not any(getattr(animals, name)[..., span].any() for name in Herd.columns)
    assert consistent_start(animals, 3)


def consistent_start(animals: Herd, size: int) -> bool:
    return bool((animals.weight[:size] == 10 * animals.key[:size]).all())


def test_that_assigning_to_a_column_copies_and_a_typo_is_refused():
    animals, other = herd(3), np.ones(3, np.float32)
    animals.weight = other
    other[:] = 7
    assert (animals.weight == 1).all()
    with pytest.raises(AttributeError, match="no column 'wieght'"):
        animals.wieght = other


def test_that_a_copy_and_a_taken_row_live_their_own_lives():
    animals = herd(4)
    twin = animals.copy()
    twin.weight += 1
    assert (animals.weight == 10 * animals.key).all()
    span = animals.append(2)
    animals.take(span, twin, np.array([1, 3]))
    assert animals.key[span].tolist() == [1, 3]
    assert animals.weight[span].tolist() == [11, 31]


def test_that_a_firm_takes_less_than_600_bytes():
    assert Firms().bytes_per_row() <= 600


@given(st.integers(0, 20), st.data())
def test_that_rows_are_found_in_a_list_and_nobody_is_nowhere(size, data):
    rows = data.draw(st.lists(st.integers(0, max(size - 1, 0)), unique=True, max_size=size))
    place = place_of(np.array(rows, int), size)
    assert place.take([-1]) == -1
    assert [rows.index(row) if row in rows else -1 for row in range(size)] == place[:size].tolist()
