"""Which rows count, filter by filter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from chunks import chunk_of

from xicen_kpi.engine.filters import Linked
from xicen_kpi.engine.question import Rows
from xicen_kpi.plan.measure import Where
from xicen_kpi.plan.source import Source

SOURCE = Source.model_validate(
    {
        "title": "台账",
        "files": "*",
        "frequency": "ledger",
        "key": "name",
        "dated": "day",
        "columns": {
            "name": {"header": "名称"},
            "kind": {"header": "类别"},
            "inside": {"header": "是否在园区"},
            "code": {"header": "编号", "type": "code"},
            "staff": {"header": "人数", "type": "number", "unit": "人"},
            "day": {"header": "日期", "type": "date"},
        },
    }
)
ROWS = """
    name | kind   | inside | code | staff | day
    a    | 工业   | 是     | 007  | 10    | 2025-06-30
    b    | 服务业 | 否     | 7    | 20    | 2025-07-01
    c    | 工业   | √      | 07   | 20.5  | 2026-01-01
    d    |        | 无     |      | 0     |
    e    | 批发业 |        | 1    |       | 2024-12-31
"""


def counting(where: dict[str, Any]) -> str:
    """Names of the rows that count, in a row."""
    frame = chunk_of(SOURCE, ROWS).frame
    linked = Linked(frame, np.full(len(frame), -1, dtype=np.int64), None)
    return "".join(frame["name"][linked.counting(Rows.of(Where.model_validate(where)))])


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, "abcde"),
        ({"kind": "工业"}, "ac"),
        ({"kind": ["服务业", "批发业"]}, "be"),
        ({"kind": "没有"}, ""),
        # numbers: bounds are inside
        ({"staff": 20}, "b"),
        ({"staff": {"equals": 20.5}}, "c"),
        ({"staff": [10, 20.5]}, "ac"),
        ({"staff": {"at_least": 20}}, "bc"),
        ({"staff": {"at_most": 10}}, "ad"),
        ({"staff": {"between": [10, 20]}}, "ab"),
        ({"staff": {"at_least": 10, "at_most": 20}}, "ab"),
        # text is compared as text: codes keep their zeros
        ({"code": "007"}, "a"),
        ({"code": "7"}, "b"),
        ({"code": ["7", "07"]}, "bc"),
        # yes and no, in the spellings of ledgers
        ({"inside": True}, "ac"),
        ({"inside": False}, "bd"),
        # days
        ({"day": {"at_least": "2025-07-01"}}, "bc"),
        ({"day": {"at_most": "2025-06-30"}}, "ae"),
        ({"day": {"between": ["2025-01-01", "2025-12-31"]}}, "ab"),
        ({"day": "2026-01-01"}, "c"),
        ({"day": ["2025-06-30", "2026-01-01"]}, "ac"),
        # all conditions must hold; of the alternatives at least one
        ({"kind": "工业", "staff": {"at_least": 20}}, "c"),
        ({"any_of": [{"kind": "服务业"}, {"staff": {"at_most": 0}}]}, "bd"),
        ({"inside": True, "any_of": [{"staff": 10}, {"kind": "服务业"}]}, "a"),
        ({"any_of": [{"any_of": [{"kind": "服务业"}]}, {"kind": "批发业", "staff": {"missing": True}}]}, "be"),
    ],
)
def test_rows_that_count(where: dict[str, Any], expected: str) -> None:
    assert counting(where) == expected


@pytest.mark.parametrize(
    ("column", "empty", "given"),
    [
        ("kind", "d", "abce"),
        ("staff", "e", "abcd"),
        ("day", "d", "abce"),
        ("inside", "e", "abcd"),
        ("code", "d", "abce"),
    ],
)
def test_only_missing_true_finds_an_empty_cell(column: str, empty: str, given: str) -> None:
    assert counting({column: {"missing": True}}) == empty
    assert counting({column: {"missing": False}}) == given


@pytest.mark.parametrize(
    ("column", "condition"),
    [
        ("staff", {"at_least": -1e9}),
        ("staff", {"at_most": 1e9}),
        ("staff", {"between": [-1e9, 1e9]}),
        ("day", {"at_least": "1900-01-01"}),
        ("day", {"at_most": "2199-12-31"}),
        ("kind", {"at_least": ""}),
        ("inside", {"in": [True, False]}),
    ],
)
def test_a_missing_cell_never_matches(column: str, condition: dict[str, Any]) -> None:
    empty = counting({column: {"missing": True}})
    assert set(counting({column: condition})) == set("abcde") - set(empty)


def test_a_missing_cell_that_is_wanted_matches_nothing_else() -> None:
    assert counting({"staff": {"missing": True, "at_least": 0}}) == ""


def test_without_a_list_nobody_is_in_the_park() -> None:
    assert counting({"in_park": True}) == ""
    assert counting({"in_park": False}) == "abcde"


def test_without_a_list_nothing_is_known_of_any_enterprise() -> None:
    assert counting({"of_the_list": {"missing": True}}) == "abcde"
    assert counting({"of_the_list": ["工业", "服务业"]}) == ""
