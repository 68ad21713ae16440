"""Groups of enterprises as arrays: the same answers as a plain mapping gives."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.engine.amounts import Amounts, Book
from xicen_kpi.engine.groups import Groups

GROUPS = st.dictionaries(st.sampled_from("ABCDEF"), st.sampled_from(["金泽", "练塘", ""]))
AMOUNTS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.floats(-1e9, 1e9))
OTHER = st.sampled_from(["", "—"])


@given(AMOUNTS, GROUPS, OTHER)
def test_amounts_by_group(amounts: dict[str, float], group_of: dict[str, str], other: str) -> None:
    own = Amounts.of(amounts)
    groups = Groups.of(group_of, own.book)
    assert groups == {code: group for code, group in group_of.items() if code in amounts}
    members: dict[str, set[str]] = {}
    for code in amounts:
        members.setdefault(group_of.get(code, other), set()).add(code)
    assert groups.sums(own, other) == {
        group: math.fsum(amounts[code] for code in codes) for group, codes in members.items()
    }
    assert groups.parts(own.who, other) == members


@given(GROUPS, GROUPS)
def test_a_grouping_prevails_over_another(first: dict[str, str], second: dict[str, str]) -> None:
    book = Book()
    Amounts.of(dict.fromkeys(first, 1.0), book)
    early = Groups.of(first, book)
    Amounts.of(dict.fromkeys(second, 1.0), book)
    late = Groups.of(second, book)
    assert early.or_else(late) == {**second, **first}
    assert late.or_else(early) == {**first, **second}


def test_a_book_that_grew_after_the_grouping() -> None:
    book = Book()
    Amounts.of({"A": 1.0}, book)
    groups = Groups.of({"A": "金泽"}, book)
    amounts = Amounts.of({"A": 1.0, "B": 2.0}, book)
    assert groups.sums(amounts, "—") == {"金泽": 1.0, "—": 2.0}
    assert groups.parts(amounts.who, "—") == {"金泽": {"A"}, "—": {"B"}}
