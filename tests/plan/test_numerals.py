"""Numbers in Chinese running text."""

from __future__ import annotations

import pytest

from xicen_kpi.plan.numerals import Amount, chinese_number, numbers_in
from xicen_kpi.plan.promises import promised


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十", 20),
        ("二十五", 25),
        ("一百七十", 170),
        ("六百", 600),
        ("一千零五", 1005),
        ("两", 2),
        ("二〇二六", 2026),
        ("一万二千", 12_000),
        ("三亿", 300_000_000),
        ("一亿二千万", 120_000_000),
        ("一万亿", 10**12),
    ],
)
def test_chinese_numerals(text: str, value: float) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize("text", ["", "万", "亿"])
def test_a_power_alone_is_no_number(text: str) -> None:
    assert chinese_number(text) is None


@pytest.mark.parametrize(
    ("quote", "value", "unit"),
    [
        ("不少于2个", 2, "个"),
        ("新增企业 20家", 20, "家"),
        ("总产值达１７０亿元", 170, "亿元"),
        ("达到50%", 50, "%"),
        ("达到百分之五十", 50, "%"),
        ("达到九点五", 9.5, "%"),
        ("上线十项服务", 10, "项"),
        ("达1,200亿元", 1200, "亿元"),
        ("投入5000万元", 0.5, "亿元"),
        ("达到157.3亿元", 157.3, "亿元"),
    ],
)
def test_a_number_is_found_however_it_is_written(quote: str, value: float, unit: str) -> None:
    assert promised(quote, value, unit)


@pytest.mark.parametrize(
    ("quote", "value", "unit"),
    [("达到50%", 5, "%"), ("总产值达170亿元", 17, "亿元"), ("不断提高", 1, "%"), ("达157.3亿元", 157, "亿元")],
)
def test_a_part_of_a_number_is_not_the_number(quote: str, value: float, unit: str) -> None:
    assert not promised(quote, value, unit)


def test_the_unit_behind_a_number_is_kept() -> None:
    assert numbers_in("完成1.5万元和三家") == [Amount(1.5, "万元"), Amount(3.0, "家")]
