"""Single numbers: what is one, with which unit, and what is none."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.read import read_export
from xicen_kpi.read.columns import Scale, number_column
from xicen_kpi.read.numbers import Amount, Missing, missing_kind, read_amount, scale_to

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", Amount(0, None)),
        (".5", Amount(0.5, None)),
        ("-1,234,567.89", Amount(-1234567.89, None)),
        ("（1,234）", Amount(-1234, None)),
        ("９．５％", Amount(9.5, "%")),
        ("3.606亿", Amount(3.606, "亿")),
        ("1,000（万元人民币）", Amount(1000, "万元")),
        ("5个", Amount(5, "个")),
        ("12元", Amount(12, "元")),
        ("￥12.50", Amount(12.5, None)),
        ("\u00a01\u3000", Amount(1, None)),
    ],
)
def test_an_amount(text: str, expected: Amount) -> None:
    assert read_amount(text) == expected


@pytest.mark.parametrize(
    "text", ["", "-", ".", "甲", "57756/0", "1-2", "1,2", "(5", "5)", "-(5)", "--5", "2019年", "1e999", "8:00", "5%%"]
)
def test_no_amount(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (" ", Missing.BLANK),
        ("—", Missing.NONE),
        ("－－", Missing.NONE),
        ("……", Missing.TOO_SMALL),
        ("*", Missing.SUPPRESSED),
        ("null", Missing.NOT_AVAILABLE),
        ("不详", Missing.NOT_AVAILABLE),
        ("#N/A", Missing.NOT_AVAILABLE),
        ("#REF!", Missing.ERROR),
        ("零", None),
    ],
)
def test_marks_of_absence(text: str, kind: Missing | None) -> None:
    assert missing_kind(text) is kind


@pytest.mark.parametrize(
    ("unit", "declared", "times"),
    [
        ("亿", "千元", 1e8 / 1e3),
        ("万元", "千元", 10),
        ("万", "人", 10_000),
        ("%", "%", 1),
        ("%", "1", 0.01),
        ("万", "个", 10_000),
        ("人", "千元", None),
        ("%", "千元", None),
    ],
)
def test_an_amount_with_a_unit_of_its_own_comes_to_the_declared_one(
    unit: str, declared: str, times: float | None
) -> None:
    assert scale_to(unit, declared) == times


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_every_way_to_write_a_number_reads_the_same(number: int, places: int) -> None:
    value = number / 10**places
    plain = f"{value:.{places}f}"
    expected = Amount(float(plain), None)
    wide = plain.translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－"))
    brackets = f"({plain[1:]})" if plain.startswith("-") else plain
    for text in (plain, f"{value:,.{places}f}", wide, f" {plain} ", f"'{plain}", f'="{plain}"', brackets):
        assert read_amount(text) == expected


# -- other countries' ways


def column(*cells: object) -> tuple[list[float | None], list[tuple[int, str]]]:
    values, faults = number_column(list(cells), "千元", Scale())
    return [None if math.isnan(value) else value for value in values.tolist()], [
        (one.place, one.slug) for one in faults
    ]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1234,56", "7,5", "—", "800"), [1234.56, 7.5, None, 800]),
        (("1.234.567,8", "-9,25"), [1234567.8, -9.25]),
        (("", "12,34", 5.0), [None, 12.34, 5]),
        (("１２３４，５６",), [1234.56]),
    ],
)
def test_a_comma_for_decimals_is_read_where_the_column_agrees(cells: tuple[object, ...], values: list[float]) -> None:
    assert column(*cells)[0] == values
    (place,) = (n for n, slug in column(*cells)[1] if slug == "decimal-comma")
    assert "," in str(cells[place]) or "，" in str(cells[place])


@pytest.mark.parametrize(
    "cells",
    [
        ("12,34", "1,234", "5,67"),  # a thousand beside it
        ("12,34", "5.6", "7,89"),  # a point for decimals
        ("12,34", "1234", "5678"),  # more likely a slip
        ("1234,567",),  # neither thousands nor decimals
        ("1,23,456", "7,5"),
    ],
)
def test_a_comma_that_may_be_anything_is_told(cells: tuple[object, ...]) -> None:
    assert {slug for _, slug in column(*cells)[1]} == {"unreadable-cell"}


def test_a_hollow_triangle_is_a_minus_and_said_and_a_full_one_is_told() -> None:
    assert column("△1,234", "△ 5", "6") == ([-1234, -5, 6], [(0, "triangle-minus")])
    assert column("▲1,234", "6") == ([None, 6], [(0, "unreadable-cell")])
    assert column("△", "6")[1] == [(0, "unreadable-cell")]
    assert read_amount("-△5") is read_amount("(△5)") is None


def test_without_a_plan_a_column_that_cannot_be_a_list_of_small_numbers_is_one_of_amounts(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    rows = ["名称;产值;类别;增减", "甲;1234,56;1,2;△3.5", "乙;12,5;3,4;1.5", "丙;800,25;1,3;2"]
    path.write_text("\n".join(rows), encoding="utf-8")
    (table,) = read_export(path)
    assert table.data["产值"].tolist() == [1234.56, 12.5, 800.25]
    assert table.data["类别"].tolist() == ["1,2", "3,4", "1,3"]
    assert table.data["增减"].tolist() == [-3.5, 1.5, 2]
    told = [(one.slug, one.where.row, one.where.field) for one in table.findings]
    assert told == [("decimal-comma", 2, "产值"), ("triangle-minus", 2, "增减")]
