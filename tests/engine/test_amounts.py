"""Amounts by enterprise as arrays: the same answers as a plain mapping gives."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.engine.amounts import Amounts, Book, Codes, side_by_side

AMOUNTS = st.dictionaries(st.text(alphabet="ABCDE", min_size=1, max_size=3), st.floats(-1e9, 1e9), max_size=20)


@given(AMOUNTS)
def test_amounts_answer_as_the_mapping_they_are_made_of(given_amounts: dict[str, float]) -> None:
    own = Amounts.of(given_amounts)
    assert own == given_amounts
    assert list(own) == list(given_amounts)
    assert len(own) == len(given_amounts)
    assert own.total == math.fsum(given_amounts.values())
    assert own.highest == max(given_amounts.values(), default=None)
    assert own.size == max(map(abs, given_amounts.values()), default=0.0)
    assert "nowhere" not in own


@given(AMOUNTS, AMOUNTS)
def test_two_amounts_beside_one_book(one: dict[str, float], other: dict[str, float]) -> None:
    first, second = side_by_side(one, other)
    assert first.book is second.book
    assert (first, second) == (one, other)
    both, either = one.keys() & other.keys(), one.keys() | other.keys()
    assert first.who & second.who == both
    assert first.who | second.who == either
    assert first.who - second.who == one.keys() - other.keys()
    assert first.among(second.who) == {code: one[code] for code in both}
    assert first.filled(second.who) == {code: one.get(code, 0.0) for code in other}
    assert first.minus(second) == {code: one[code] - other[code] for code in both}
    assert first.plus(second) == {
        code: one[code] + other[code] if code in both else one.get(code, other.get(code)) for code in either
    }
    assert first.over(second.positive()) == {code: one[code] / other[code] for code in both if other[code] > 0}


def test_a_book_that_is_there_is_kept_and_shorter_arrays_are_filled_up() -> None:
    book = Book()
    early = Amounts.of({"A": 1.0}, book)
    late = Amounts.of({"B": 2.0}, book)
    assert side_by_side(early, late) == [early, late]
    assert side_by_side(early, late)[0] is early
    assert side_by_side(early, {"C": 3.0}) == [early, {"C": 3.0}]
    assert "C" not in book, "a drop's book is not written into"
    assert len(early.dense) == 1
    assert early.plus(late) == {"A": 1.0, "B": 2.0}
    assert "B" not in early
    assert "B" not in early.who
    assert "B" in late.who


def test_amounts_of_two_drops_cannot_be_set_against_each_other() -> None:
    with pytest.raises(ValueError, match="different books"):
        Amounts.of({"A": 1.0}).minus(Amounts.of({"A": 1.0}))


def test_the_largest_come_first_and_ties_by_code() -> None:
    own = Amounts.of({"C": 5.0, "A": 5.0, "B": 7.0, "D": 1.0})
    assert own.largest(2) == ["B", "A"]
    assert own.largest(9) == ["B", "A", "C", "D"]
    assert own.largest(0) == []


def test_some_of_them_and_all_of_them_times_a_factor() -> None:
    own = Amounts.of({"A": 1.0, "B": 2.0})
    assert own.among(Codes.of({"B", "C"}, own.book)) == {"B": 2.0}
    assert own.times(10.0) == {"A": 10.0, "B": 20.0}
