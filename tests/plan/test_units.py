"""Units and exact conversion between them."""

from __future__ import annotations

import pytest

from xicen_kpi.plan.units import factor, known_units, normal_unit, same_kind


@pytest.mark.parametrize(
    ("source", "target", "ratio"),
    [
        ("千元", "亿元", 1 / 100_000),
        ("千元", "万元", 1 / 10),
        ("亿元", "元", 100_000_000),
        ("万元", "千元", 10),
        ("%", "1", 1 / 100),
        ("户", "家", 1),
        ("家", "家", 1),
    ],
)
def test_amounts_are_converted(source: str, target: str, ratio: float) -> None:
    assert factor(source, target) == ratio


def test_there_and_back_is_one() -> None:
    for one in known_units():
        for other in known_units():
            if same_kind(one, other):
                assert factor(one, other) * factor(other, one) == pytest.approx(1)


@pytest.mark.parametrize(("one", "other"), [("千元", "家"), ("人", "人月"), ("%", "亿元"), ("公里", "家")])
def test_unlike_units_are_not_converted(one: str, other: str) -> None:
    assert not same_kind(one, other)
    with pytest.raises(ValueError, match="cannot convert"):
        factor(one, other)


@pytest.mark.parametrize(
    ("text", "unit"), [("％", "%"), (" 千 元 ", "千元"), ("人民币元", "元"), ("亿元", "亿元"), ("光年", None)]
)
def test_a_unit_is_known_however_it_is_written(text: str, unit: str | None) -> None:
    assert normal_unit(text) == unit
