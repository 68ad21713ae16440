"""Months, quarters, years and days in the spellings of cells, titles and file names."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from xicen_kpi.plan.period import Month, Span
from xicen_kpi.read.dates import find_snapshot, find_span, read_day, read_span


def span(first: str, last: str) -> Span:
    return Span(Month.parse(first), Month.parse(last))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2025年6月", span("2025-06", "2025-06")),
        ("2025年06月份", span("2025-06", "2025-06")),
        ("2025-06", span("2025-06", "2025-06")),
        ("2025/6", span("2025-06", "2025-06")),
        ("2025.6", span("2025-06", "2025-06")),
        ("202506", span("2025-06", "2025-06")),
        ("２０２５年６月", span("2025-06", "2025-06")),
        (" 2025 年 6 月 ", span("2025-06", "2025-06")),
        ("2025-06-30", span("2025-06", "2025-06")),
        ("20250630", span("2025-06", "2025-06")),
        ("2025年6月30日", span("2025-06", "2025-06")),
        (202506, span("2025-06", "2025-06")),
        (202506.0, span("2025-06", "2025-06")),
        (45809, span("2025-06", "2025-06")),
        ("45809", span("2025-06", "2025-06")),
        (date(2025, 6, 30), span("2025-06", "2025-06")),
        (datetime(2025, 6, 30), span("2025-06", "2025-06")),  # noqa: DTZ001 -- as a spreadsheet stores it
        ("2025年", span("2025-01", "2025-12")),
        ("2025", span("2025-01", "2025-12")),
        (2025.0, span("2025-01", "2025-12")),
        ("2025年度", span("2025-01", "2025-12")),
        ("2025FY", span("2025-01", "2025-12")),
        ("2018年年报", span("2018-01", "2018-12")),
        ("2025年1—6月", span("2025-01", "2025-06")),
        ("2025年1-10月", span("2025-01", "2025-10")),
        ("2025年1至6月", span("2025-01", "2025-06")),
        ("2019年第四季度", span("2019-10", "2019-12")),
        ("2019年3季度", span("2019-07", "2019-09")),
        ("2019Q4", span("2019-10", "2019-12")),
        ("2023H1", span("2023-01", "2023-06")),
        ("2023年上半年", span("2023-01", "2023-06")),
        ("2019年三季报", span("2019-01", "2019-09")),
        ("2019年一季报", span("2019-01", "2019-03")),
        ("2019年前三季度", span("2019-01", "2019-09")),
        ("2019年中报", span("2019-01", "2019-06")),
    ],
)
def test_a_cell_that_names_a_period(cell: object, expected: Span) -> None:
    assert read_span(cell) == expected


@pytest.mark.parametrize(
    "cell",
    ["", None, "某月", "2025年13月", "2025-00", 3, 12345678, "1—6月", "二月", "2025-2026", True, float("nan"), "12"],
)
def test_a_cell_that_names_none(cell: object) -> None:
    assert read_span(cell) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("B204-1_2026年10月", span("2026-10", "2026-10")),
        ("B203_202610", span("2026-10", "2026-10")),
        ("GQ-002_2025", span("2025-01", "2025-12")),
        ("园区工业月报（2026 年 1—10 月）", span("2026-01", "2026-10")),
        ("企业研究开发活动及相关情况（107-2表）2025年", span("2025-01", "2025-12")),
        ("20 26 年 10 月", span("2026-10", "2026-10")),
        ("国统字(2024)85号 2025年", span("2025-01", "2025-12")),
        ("青府发〔2025〕40号 2026年9月", span("2026-09", "2026-09")),
        ("有效期至：2027年1月  2026年10月", span("2026-10", "2026-10")),
        ("2026年10月 报出日期：2026年11月6日", span("2026-10", "2026-10")),
        ("主要指标（2025年1-3季度）", span("2025-01", "2025-09")),
        ("2025年一至二季度", span("2025-01", "2025-06")),
        ("2025年第二至第三季度", span("2025-04", "2025-09")),
        ("起止日期： 2025-01-01至2025-10-31", span("2025-01", "2025-10")),
        ("会计期间：2024年10月1日—2025年9月30日", span("2024-10", "2025-09")),
        ("明细_20250101-20251031", span("2025-01", "2025-10")),
        ("明细_202501-202510", span("2025-01", "2025-10")),
    ],
)
def test_the_period_a_title_or_a_file_name_speaks_of(text: str, expected: Span) -> None:
    assert find_span(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "表号：B204-1",
        "GB/T 4754-2017",
        "国统字(2024)85号",
        "截至日期：2026年10月31日",
        "1990-2021",
        "时间：2016-",
        "310118104",
        "报出日期：2026年11月6日",
    ],
)
def test_what_is_no_period_of_a_table(text: str) -> None:
    assert find_span(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至日期：2026年10月31日", date(2026, 10, 31)),
        ("数据截至2026-10-31", date(2026, 10, 31)),
        ("（截至到2026年1月13日）", date(2026, 1, 13)),
        ("截止日期: 2026.9", date(2026, 9, 30)),
        ("截至目前", None),
        ("截至2026年13月1日", None),
    ],
)
def test_the_day_up_to_which_a_list_is_complete(text: str, expected: date | None) -> None:
    assert find_snapshot(text) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2025-06-30", date(2025, 6, 30)),
        ("2025/6/3", date(2025, 6, 3)),
        ("2025.6.3", date(2025, 6, 3)),
        ("20250630", date(2025, 6, 30)),
        ("2025年6月30日", date(2025, 6, 30)),
        ("2025-06-30 00:00:00", date(2025, 6, 30)),
        ("2025年6月", date(2025, 6, 30)),
        (45838, date(2025, 6, 30)),
        (45838.75, date(2025, 6, 30)),
        (datetime(2025, 6, 30, 12), date(2025, 6, 30)),  # noqa: DTZ001
        ("9999-12-31", date(9999, 12, 31)),
        ("2025-02-30", None),
        ("2025", None),
        ("长期", None),
        (5, None),
    ],
)
def test_a_cell_that_names_a_day(cell: object, expected: date | None) -> None:
    assert read_day(cell) == expected
