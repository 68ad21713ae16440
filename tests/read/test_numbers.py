"""Single numbers: what is one, with which unit, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.read.numbers import Amount, Missing, missing_kind, read_amount, scale_to


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
