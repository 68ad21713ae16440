"""Rounding, once and on the decimal digits; what is not met is not 100 %, what is not nothing is not 0."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import indicator, previous

from xicen_kpi.render.numbers import (
    ABSENT,
    amount,
    amount_beside,
    as_declared,
    fixed,
    is_flat,
    less,
    percent,
    rounded,
    signed,
)
from xicen_kpi.render.scoreboard import row
from xicen_kpi.render.standing import standing_text

if TYPE_CHECKING:
    from pathlib import Path

finite = st.floats(allow_nan=False, allow_infinity=False)
places = st.integers(0, 6)
rules = st.sampled_from(["half_up", "gbt8170"])


def test_the_published_examples_of_gbt_8170(vectors: Path) -> None:
    examples = json.loads((vectors / "gbt8170.json").read_text(encoding="utf-8"))["vectors"]
    assert len(examples) == 19
    for one in examples:
        found = rounded(one["inputs"]["value"], one["inputs"]["interval"], "gbt8170")
        assert found == Decimal(one["expected"]["rounded"]), one["id"]


@pytest.mark.parametrize(
    ("value", "decimals", "half_up", "gbt8170"),
    [
        (0.285, 2, "0.29", "0.28"),
        (0.275, 2, "0.28", "0.28"),
        (2.5, 0, "3", "2"),
        (3.5, 0, "4", "4"),
        (-2.5, 0, "−3", "−2"),
        (1.005, 2, "1.01", "1.00"),
        (8.53459, 2, "8.53", "8.53"),
        (15.4546, 0, "15", "15"),
        (2.50001, 0, "3", "3"),
        (1234567.891, 1, "1,234,567.9", "1,234,567.9"),
        (0, 1, "0.0", "0.0"),
        (-0.0, 1, "0.0", "0.0"),
        (-0.04, 1, "0.0", "0.0"),
        (999.95, 1, "1,000.0", "1,000.0"),
    ],
)
def test_both_ways_of_rounding(value: float, decimals: int, half_up: str, gbt8170: str) -> None:
    assert fixed(value, decimals) == half_up
    assert fixed(value, decimals, "gbt8170") == gbt8170


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (137.2, 1, "137.2"),
        (0.04, 1, "0.04"),
        (0.0004, 1, "0.0004"),
        (-0.04, 1, "−0.04"),
        (0.05, 1, "0.1"),
        (0.0, 1, "0.0"),
        (0, 0, "0"),
        (0.4, 0, "0.4"),
        (0.6, 0, "1"),
        (None, 1, ABSENT),
        (1e-13, 1, "0.0"),
        (1e30, 0, "1," + ",".join(["000"] * 10)),
    ],
)
def test_an_amount_that_is_not_zero_does_not_print_as_zero(value: float | None, decimals: int, shown: str) -> None:
    assert amount(value, decimals) == shown


@pytest.mark.parametrize(
    ("fraction", "met", "shown"),
    [
        (0.807, False, "80.7%"),
        (0.9996, False, "99.9%"),
        (0.99999999, False, "99.9%"),
        (0.9994, False, "99.9%"),
        (0.9996, True, "100.0%"),
        (1.0, True, "100.0%"),
        (1.0, False, "100.0%"),
        # a ceiling is exceeded by a little
        (1.0003, False, "100.1%"),
        (1.0003, True, "100.0%"),
        (1.5, True, "150.0%"),
        # a half on the decimal digits, not on the binary ones below them: 100 * 0.5685 is 56.849999999999994
        (0.5685, False, "56.9%"),
        (0.0, False, "0.0%"),
        (-0.25, False, "−25.0%"),
        (None, False, ABSENT),
    ],
)
def test_a_target_that_is_not_met_does_not_print_as_100(fraction: float | None, met: bool, shown: str) -> None:
    assert percent(fraction, met=met) == shown


def test_a_half_on_the_decimal_digits_goes_up_wherever_a_growth_is_printed() -> None:
    # in binary 100 * 0.5685 is 56.849999999999994, and 0.85 less 0.8 is 0.04999999999999993
    one = indicator(value=156.85, growth=0.5685, previous=previous(100.0, final=100.0, final_growth=0.5685))
    assert row(one, "zh", "half_up").change == "+56.9%"
    assert "增长56.9%" in standing_text(one, "zh", "half_up", "2026", full=True)
    assert fixed(less(0.85, 0.8), 1) == "0.1"
    assert fixed(0.85 - 0.8, 1) == "0.0"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (5.2, "%", "+5.2%"),
        (-2.63, "", "−2.6"),
        (0.0, "%", "0.0%"),
        (0.04, "%", "0.0%"),
        (-0.04, "%", "0.0%"),
        (-0.05, "", "−0.1"),
        (1234.5, "", "+1,234.5"),
        (None, "%", ABSENT),
    ],
)
def test_a_change_has_a_sign_unless_it_is_none(value: float | None, unit: str, shown: str) -> None:
    assert signed(value, unit=unit) == shown
    if value is not None:
        assert is_flat(value) == shown.startswith("0.0")


@pytest.mark.parametrize(
    ("value", "shown"), [(170.0, "170"), (9.5, "9.5"), (1200.0, "1,200"), (-3.0, "−3"), (None, ABSENT)]
)
def test_a_number_of_the_plan_is_shown_as_it_was_written(value: float | None, shown: str) -> None:
    assert as_declared(value) == shown


# -- for every number


@given(value=finite, decimals=places, rule=rules)
@settings(max_examples=300, deadline=None)
def test_rounding_is_off_by_at_most_half_a_step_and_forgets_the_sign(value: float, decimals: int, rule: str) -> None:
    step = Decimal(1).scaleb(-decimals)
    found = rounded(value, f"1e-{decimals}", rule)  # type: ignore[arg-type]
    assert abs(found - Decimal(str(value))) <= step / 2
    assert rounded(-value, f"1e-{decimals}", rule) == -found  # type: ignore[arg-type]


@given(value=finite, decimals=places)
@settings(max_examples=300, deadline=None)
def test_no_number_prints_with_a_hyphen_or_as_minus_nothing(value: float, decimals: int) -> None:
    for text in (fixed(value, decimals), amount(value, decimals), signed(value, decimals)):
        assert "-" not in text
        assert not (text.startswith("−") and not text.strip("−0.,"))


@given(value=st.floats(1e-10, 1e12), decimals=places)
@settings(max_examples=300, deadline=None)
def test_nothing_above_a_ten_billionth_prints_as_zero(value: float, decimals: int) -> None:
    assert amount(value, decimals).strip("0.,")
    assert amount(-value, decimals).strip("−0.,")


@given(fraction=st.floats(0, 3), rule=rules)
@settings(max_examples=300, deadline=None)
def test_only_what_is_met_prints_as_100(fraction: float, rule: str) -> None:
    met = fraction == 1
    assert (percent(fraction, rule, met=met) == "100.0%") == met  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "target", "text"),
    [
        (8.96, 9.0, "8.96"),  # one decimal would print 9.0, the target itself
        (8.9996, 9.0, "8.9996"),
        (8.9, 9.0, "8.9"),
        (49.97, 50.0, "49.97"),
        (9.0, 9.0, "9.0"),
        (8.96, None, "9.0"),
    ],
)
def test_what_is_not_met_never_looks_met(value: float, target: float | None, text: str) -> None:
    assert amount_beside(value, target, 1) == text
