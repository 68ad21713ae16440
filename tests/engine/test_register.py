"""The enterprise list: who is a member when, and with what share in which group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from chunks import chunk_of
from small_plans import FIRMS
from tables import CODES

from xicen_kpi.engine.question import GroupRule
from xicen_kpi.engine.register import Register, tag_shares
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import Group, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

LIST = Source.model_validate(FIRMS)
GROUPS = {
    "chips": Group.model_validate({"name": "集成电路", "basis": "x", "whole": ["3973", "6520"], "part": ["6513"]}),
    "robots": Group.model_validate({"name": "人工智能", "basis": "x", "whole": ["3961"], "part": ["6513"]}),
    "matter": Group.model_validate(
        {"name": "高性能复合材料", "basis": "x", "tags": ["高端复合材料"], "whole": ["3586"]}
    ),
}


def register(text: str, **changes: Any) -> Register:
    source = Source.model_validate({**FIRMS, **changes})
    return Register(source, chunk_of(source, text).frame, GROUPS)


def rows(found: Register, codes: Sequence[str], months: Sequence[str]) -> list[int]:
    ordinals = np.array([Month.parse(month).ordinal for month in months], dtype=np.int64)
    return [int(row) for row in found.rows_of(pd.Series([CODES.get(code, code) for code in codes]), ordinals)]


# -- membership


DATED = """
    uscc | joined     | left
    A    | 2025-03-10 | 2026-06-30
    B    | 2025-03-31 | 2026-06-29
    C    |            |
    D    | 2025-03-01 | 2025-03-31
    E    | 2025-03-01 | 2025-03-30
"""


@pytest.mark.parametrize(
    ("month", "members"),
    [
        ("2025-02", "C"),
        # entering on any day of a month makes a member of that month
        ("2025-03", "ABCD"),
        ("2025-04", "ABC"),
        ("2026-05", "ABC"),
        # who leaves on the last day was there at its end, who leaves the day before was not
        ("2026-06", "AC"),
        ("2026-07", "C"),
        ("2199-12", "C"),
    ],
)
def test_members_of_a_month(month: str, members: str) -> None:
    assert register(DATED).members(Month.parse(month).ordinal) == {CODES[one] for one in members}


def test_the_last_day_of_february_in_leap_years() -> None:
    found = register(
        """
        uscc | joined | left
        A    |        | 2024-02-29
        B    |        | 2024-02-28
        C    |        | 2025-02-28
        """
    )
    assert found.members(Month(2024, 2).ordinal) == {CODES["A"], CODES["C"]}
    assert found.members(Month(2025, 2).ordinal) == {CODES["C"]}


def test_a_code_listed_twice_is_found_in_the_span_that_holds() -> None:
    found = register(
        """
        uscc | kind | joined     | left
        A    | 工业 | 2024-01-01 | 2025-12-31
        B    | 工业 | 2024-01-01 |
        A    | 服务 | 2026-01-01 | 2026-08-31
        A    | 批发 | 2026-10-01 |
        """
    )
    months = ["2023-12", "2025-12", "2026-01", "2026-08", "2026-09", "2026-10"]
    assert rows(found, ["A"] * 6, months) == [-1, 0, 2, 2, -1, 3]
    assert rows(found, ["B", "A", "C", "B"], ["2026-01"] * 4) == [1, 2, -1, 1]


def test_spans_that_overlap_go_to_the_upper_row() -> None:
    found = register(
        """
        uscc | joined     | left
        A    | 2025-06-01 |
        A    | 2024-01-01 |
        """
    )
    assert rows(found, ["A", "A"], ["2025-05", "2025-06"]) == [1, 0]


def test_an_unknown_or_missing_code_is_no_member() -> None:
    found = register("uscc | joined | left\nA | |\n | |")
    assert found.rows_of(pd.Series([None, "nobody", CODES["A"]]), np.full(3, 24_000)).tolist() == [-1, -1, 0]


def test_an_empty_list_has_no_members() -> None:
    found = register("uscc | joined | left\nA | |")
    empty = Register(LIST, found.frame.iloc[:0], GROUPS)
    assert empty.members(24_300) == frozenset()
    assert rows(empty, ["A"], ["2025-01"]) == [-1]


def test_a_list_without_dates_holds_always() -> None:
    found = register("uscc | joined | left\nA | 2026-01-01 | 2026-02-01", valid=None)
    assert found.members(Month(1999, 1).ordinal) == {CODES["A"]}


# -- shares in groups


@pytest.mark.parametrize(
    ("cell", "shares"),
    [
        ("集成电路", {"集成电路": 1.0}),
        ("集成电路;人工智能", {"集成电路": 1.0, "人工智能": 1.0}),
        ("集成电路(60%);人工智能(40%)", {"集成电路": 0.6, "人工智能": 0.4}),
        ("集成电路（６０％）；人工智能", {"集成电路": 0.6, "人工智能": 1.0}),
        ("集成电路、人工智能/生物医药", {"集成电路": 1.0, "人工智能": 1.0, "生物医药": 1.0}),
        (" 集成电路 ( 12.5 % ) ; ", {"集成电路": 0.125}),
        ("集成电路(60)", {"集成电路": 0.6}),
        ("集成电路(0.6)", {"集成电路": 0.6}),
        ("集成电路(0.6%)", {"集成电路": 0.006}),
        ("", {}),
        (None, {}),
        (float("nan"), {}),
    ],
)
def test_tags_with_shares(cell: object, shares: dict[str, float]) -> None:
    assert tag_shares(cell) == pytest.approx(shares)


def shares_of(tags: str, industry: str, groups: tuple[str, ...], rule: GroupRule) -> float:
    found = register(f"uscc | tags | industry\nA | {tags} | {industry}")
    return float(found.weights(groups, rule)[0])


LOWER, MIDDLE, UPPER = GroupRule.LOWER, GroupRule.MIDDLE, GroupRule.UPPER


@pytest.mark.parametrize(
    ("tags", "industry", "lower", "middle", "upper"),
    [
        # no tag: the class decides, whole classes alone in the middle
        ("", "3973", 1.0, 1.0, 1.0),
        ("", "6513", 0.0, 0.0, 1.0),
        ("", "2710", 0.0, 0.0, 0.0),
        ("", "", 0.0, 0.0, 0.0),
        # the letter of the section before the class
        ("", "C3973", 1.0, 1.0, 1.0),
        # a tag of the group
        ("集成电路", "2710", 0.0, 1.0, 1.0),
        ("集成电路(60%)", "2710", 0.0, 0.6, 0.6),
        ("集成电路(60%)", "6513", 0.0, 0.6, 1.0),
        ("集成电路(60%)", "3973", 0.6, 0.6, 1.0),
        # a tag of another group: tags alone place the firm, whatever its class
        ("生物医药", "3973", 0.0, 0.0, 1.0),
        ("生物医药", "6513", 0.0, 0.0, 1.0),
    ],
)
def test_the_three_readings_of_a_group(tags: str, industry: str, lower: float, middle: float, upper: float) -> None:
    found = [shares_of(tags, industry, ("chips",), rule) for rule in (LOWER, MIDDLE, UPPER)]
    assert found == pytest.approx([lower, middle, upper])


def test_several_groups_count_together_and_at_most_once() -> None:
    both = ("chips", "robots")
    assert shares_of("集成电路(60%);人工智能(30%)", "2710", both, MIDDLE) == pytest.approx(0.6 + 0.3)
    assert shares_of("集成电路;人工智能", "2710", both, MIDDLE) == 1.0
    assert shares_of("集成电路(70%);人工智能(70%)", "2710", both, MIDDLE) == 1.0
    assert shares_of("集成电路(150%)", "2710", ("chips",), MIDDLE) == 1.0
    assert shares_of("", "3961", both, MIDDLE) == 1.0


def test_every_spelling_of_a_tag_names_the_group_once() -> None:
    assert shares_of("高端复合材料", "", ("matter",), MIDDLE) == 1.0
    assert shares_of("高性能复合材料(30%);高端复合材料(20%)", "", ("matter",), MIDDLE) == pytest.approx(0.3)


def test_a_list_without_tags_goes_by_code() -> None:
    columns = {name: one for name, one in FIRMS["columns"].items() if name != "tags"}
    found = register("uscc | industry\nA | 3973\nB | 2710", columns=columns)
    assert found.weights(("chips",), MIDDLE).tolist() == [1.0, 0.0]
    columns.pop("industry")
    bare = register("uscc | kind\nA | 工业", columns=columns)
    assert bare.weights(("chips",), UPPER).tolist() == [0.0]
