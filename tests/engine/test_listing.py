"""What a list says of each enterprise in a month."""

from __future__ import annotations

import pytest
from chunks import chunk_of
from small_plans import FIRMS
from tables import CODES

from xicen_kpi.engine.listing import Listing, texts_of
from xicen_kpi.engine.register import Register
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import Source

A, B, C, D = (CODES[one] for one in "ABCD")
SOURCE = Source.model_validate(FIRMS)
LIST = """
    uscc | kind | industry | joined     | left
    A    | 工业 | 3973     | 2024-01-01 | 2025-12-31
    B    |      | 3961     | 2024-01-01 |
    A    | 服务 | 6513     | 2026-01-01 |
    C    | 工业 |          | 2025-06-01 | 2025-06-30
         | 工业 | 2710     | 2024-01-01 |
    D    | 工业 | 3973     | 2025-01-01 |
    D    | 服务 | 6513     | 2024-01-01 |
"""


def register() -> Register:
    return Register(SOURCE, chunk_of(SOURCE, LIST).frame, {})


def at(month: str) -> Listing:
    return Listing.of(register(), Month.parse(month).ordinal)


def test_the_members_of_a_month() -> None:
    assert at("2025-06").who == {A, B, C, D}
    assert at("2026-01").who == {A, B, D}
    assert at("2023-12").who == set()


def test_what_stands_in_the_row_that_holds_then() -> None:
    assert at("2025-12").text(A, "kind") == "工业"
    assert at("2026-01").text(A, "kind") == "服务"
    assert at("2025-06").text(D, "kind") == "工业", "of spans that overlap the upper row"
    assert at("2024-12").text(D, "kind") == "服务"


@pytest.mark.parametrize(("code", "column"), [(B, "kind"), (C, "industry"), (A, "town"), ("nobody", "kind")])
def test_nothing_is_said(code: str, column: str) -> None:
    assert at("2025-06").text(code, column) == ""


def test_members_by_what_a_column_says() -> None:
    assert at("2025-06").groups("kind", str) == {A: "工业", B: "", C: "工业", D: "工业"}
    assert at("2026-01").groups("industry", lambda text: text[:2]) == {A: "65", B: "39", D: "39"}
    assert at("2026-01").groups("town", str) == {A: "", B: "", D: ""}


def test_an_empty_list_says_nothing_of_anybody() -> None:
    empty = Register(SOURCE, register().frame.iloc[:0], {})
    found = Listing.of(empty, Month.parse("2026-01").ordinal)
    assert found.who == set()
    assert found.groups("kind", str) == {}


def test_everything_that_a_list_holds() -> None:
    assert texts_of(register(), "kind") == {"工业", "服务"}
    assert texts_of(register(), "uscc") == {A, B, C, D}
    assert texts_of(register(), "town") == frozenset()
