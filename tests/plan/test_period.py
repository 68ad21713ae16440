"""Months and spans of months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.plan.period import Month, Span

MONTHS = st.builds(Month, st.integers(1900, 2199), st.integers(1, 12))


@given(MONTHS, st.integers(-1200, 1200))
def test_months_count_as_time_does(month: Month, months: int) -> None:
    ordinal = month.ordinal + months
    if Month(1900, 1).ordinal <= ordinal <= Month(2199, 12).ordinal:
        later = month.plus(months)
        assert later.ordinal - month.ordinal == months
        assert (later > month) == (months > 0)


@given(MONTHS)
def test_a_month_is_read_as_it_is_written(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Span.parse(str(month)) == Span(month, month)
    assert Month.of_date(month.last_day) == month


def test_a_year_is_twelve_months() -> None:
    year = Span.parse(2024)
    assert (year.start, year.end, year.months, str(year)) == (Month(2024, 1), Month(2024, 12), 12, "2024")


def test_a_cumulative_figure_covers_the_year_to_its_month() -> None:
    span = Span.year_to(Month(2026, 10))
    assert (str(span), span.months) == ("2026-01/2026-10", 10)
    assert span.holds(Month(2026, 1))
    assert not span.holds(Month(2025, 12))


def test_ends_of_months_and_years() -> None:
    february = Month(2024, 2)
    assert february.last_day == date(2024, 2, 29)
    assert (february.year_start, february.year_end) == (Month(2024, 1), Month(2024, 12))


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "1899-12", "2026", "2026/10", "2026-1-1", ""])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)
