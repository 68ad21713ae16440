"""The figure beside last year's, and beside the bureau's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_plans import OUTPUT, assessed, form, indicator, plan_of, source, the_indicator, year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from xicen_kpi.report.model import IndicatorReport

    MakeDrop = Callable[[Mapping[str, str]], Path]
    At = Callable[..., IndicatorReport]


@pytest.fixture
def at(make_drop: MakeDrop) -> At:
    def report(rows: str, as_of: str, **changes: Any) -> IndicatorReport:
        plan = plan_of({"it": indicator(**changes)})
        return the_indicator(assessed(plan, make_drop({"产值.csv": rows}), as_of))

    return report


def test_growth_is_on_the_same_units_and_nominal_growth_stands_beside_it(at: At) -> None:
    # A grew from 5 to 6 a month; B, 3 a month last year, has left, so that this year's form does not state it
    rows = form(year_of("A", 2025, 5), year_of("B", 2025, 3), year_of("A", 2026, 6, to=6, last=5))
    one = at(rows, "2026-06")
    assert one.previous.basis == "same_units"
    assert one.previous.value == pytest.approx(30)
    assert one.previous.period == "2025-01/2025-06"
    assert one.growth == pytest.approx(36 / 30 - 1)
    assert one.previous.final == pytest.approx(48)
    assert one.previous.final_growth == pytest.approx(36 / 48 - 1)
    assert "below_last_year" not in one.flags, "the same units grew"


def test_where_the_form_does_not_state_last_year_its_own_final_is_the_base(at: At) -> None:
    one = at(form(year_of("A", 2025, 5), year_of("A", 2026, 6, to=6)), "2026-06")
    assert one.previous.basis == "last_year_final"
    assert one.growth == pytest.approx(36 / 30 - 1)


def test_last_year_stated_but_not_held(at: At) -> None:
    one = at(form(year_of("A", 2026, 6, to=6, last=5)), "2026-06")
    assert one.previous.basis == "same_units"
    assert one.growth == pytest.approx(36 / 30 - 1)
    assert one.previous.final is None
    assert one.previous.final_growth is None


def test_growth_from_nothing_is_not_given(at: At) -> None:
    one = at(form(year_of("A", 2026, 6, to=6, last=0)), "2026-06")
    assert one.growth is None
    assert one.reasons["growth"] == "base_not_positive"


def test_without_last_year_there_is_no_growth(at: At) -> None:
    one = at(form(year_of("A", 2026, 6, to=6)), "2026-06")
    assert one.previous.value is None
    assert one.previous.basis is None
    assert one.previous.period is None
    assert one.growth is None
    assert one.reasons["previous"] == one.reasons["growth"] == "no_last_year"


# -- 核定数


ROWS = form(year_of("A", 2025, 8), year_of("A", 2026, 8.2, to=6))


def test_the_bureaus_figure_prevails_and_the_difference_is_shown(at: At) -> None:
    one = at(ROWS, "2026-06", confirmed={"2026-06": 50})
    assert one.value == 50
    assert one.confirmed is not None
    assert one.confirmed.computed == pytest.approx(49.2)
    assert one.confirmed.difference == pytest.approx(50 - 49.2)
    assert one.gap == pytest.approx(100 - 50)
    assert one.completion == pytest.approx(50 / 100)
    assert one.growth == pytest.approx(50 / 48 - 1)
    assert "confirmed_prevails" in one.notes


def test_a_figure_for_another_month_changes_nothing_here(at: At) -> None:
    one = at(ROWS, "2026-06", confirmed={"2026-05": 50})
    assert one.value == pytest.approx(49.2)
    assert one.confirmed is None
    assert one.reasons["confirmed"] == "none_given"


def test_a_figure_for_a_year_holds_at_its_december(at: At) -> None:
    one = at(ROWS, "2025-12", confirmed={"2025": 97})
    assert one.value == 97
    assert one.last_full_year is not None
    assert one.last_full_year.value == 97
    assert at(ROWS, "2025-11", confirmed={"2025": 97}).value == pytest.approx(88)


def test_a_figure_of_last_year_is_the_nominal_base(at: At) -> None:
    one = at(ROWS, "2026-06", confirmed={"2025-6": 40})
    assert one.previous.final == 40
    assert one.growth == pytest.approx(49.2 / 40 - 1)


def test_a_figure_without_data_is_not_shown_as_if_computed(make_drop: MakeDrop) -> None:
    other = {"other": indicator(measure={"sum": "other.output"}, confirmed={"2026-06": 50}), "it": indicator()}
    plan = plan_of(other, {"output": OUTPUT, "other": source(OUTPUT, files="别的*")})
    one = the_indicator(assessed(plan, make_drop({"产值.csv": ROWS}), "2026-06"), "other")
    assert one.value is None
    assert one.confirmed is None
    assert one.reason == "source_missing"
