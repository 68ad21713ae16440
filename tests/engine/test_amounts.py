"""Amounts by enterprise as arrays: the same answers as a plain mapping gives."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.engine.amounts import Amounts, Book, side_by_side

AMOUNTS = st.dictionaries(st.text(alphabet="ABCDE", min_size=1, max_size=3), st.floats(-1e9, 1e9), max_size=20)


@given(AMOUNTS)
def test_amounts_answer_as_the_mapping_they_are_made_of(given_amounts: dict[str, float]) -> None:
    own = Amounts.of(given_amounts)
    assert own == given_amounts
    assert list(own) == list(given_amounts)
    assert len(own) == len(given_amounts)
    assert own.total == math.fsum(given_amounts.values())
    assert "nowhere" not in own


@given(AMOUNTS, AMOUNTS)
def test_two_amounts_over_one_book(one: dict[str, float], other: dict[str, float]) -> None:
    book, (first, second) = side_by_side(one, other)
    assert sorted(book.codes) == sorted(one.keys() | other.keys())
    assert len(first) == len(second) == len(book)
    for code, place in book.items():
        assert first[place] == one[code] if code in one else np.isnan(first[place])
        assert second[place] == other[code] if code in other else np.isnan(second[place])


def test_a_shared_book_is_kept_and_shorter_arrays_are_filled_up() -> None:
    book = Book()
    early = Amounts.of({"A": 1.0}, book)
    late = Amounts.of({"B": 2.0}, book)
    shared, (first, second) = side_by_side(early, late)
    assert shared is book
    assert first.tolist()[0] == 1.0
    assert np.isnan(first[1])
    assert second[1] == 2.0
    assert "B" not in early


def test_the_largest_come_first_and_ties_by_code() -> None:
    own = Amounts.of({"C": 5.0, "A": 5.0, "B": 7.0, "D": 1.0})
    assert own.largest(2) == ["B", "A"]
    assert own.largest(9) == ["B", "A", "C", "D"]
    assert own.largest(0) == []


def test_some_of_them_and_all_of_them_times_a_factor() -> None:
    own = Amounts.of({"A": 1.0, "B": 2.0})
    assert own.among(own.dense > 1) == {"B": 2.0}
    assert own.times(10.0) == {"A": 10.0, "B": 20.0}
