"""What a header says of its column, beyond what the plan declares."""

from __future__ import annotations

import pytest

from xicen_kpi.checks.items import industrial_class


@pytest.mark.parametrize(
    ("header", "digits"),
    [
        ("集成电路制造(3973);本年-1—本月", "3973"),
        ("集成电路制造（３９７３）；本月；千元", "3973"),
        ("3973;工业总产值;本年-1—本月", "3973"),
        ("烟煤和无烟煤开采洗选(0610)", "0610"),
        ("胶合板制造(2021);本年-1—本月", "2021"),
        ("工业总产值(2025);本年-1—本月", None),
        ("2025;工业总产值", None),
        ("2024年;12月;工业总产值;千元", None),
        ("研发费用(331);本年", None),
        ("行业代码(GB/T4754-2017)", None),
        ("应用软件开发(6513);本年", None),
        ("工业总产值;本年-1—本月", None),
    ],
)
def test_a_column_of_output_by_class_is_known_by_the_number_of_the_class(header: str, digits: str | None) -> None:
    assert industrial_class(header) == digits
