"""Why a figure moved: towns, industries, who came and left, both sides of a ratio. Everything adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_park import park
from small_plans import the_indicator

from xicen_kpi.report.drivers import NO_DRIVERS

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.report.model import IndicatorReport

NOW = (5 + 3.3 + 0.5) * 6
LAST = (4 + 3 + 2 + 1) * 6
STATED = (4 + 3 + 0.4) * 6


def one(folder: Path, name: str, as_of: str = "2026-06") -> IndicatorReport:
    return the_indicator(park(folder, as_of), name)


def changes(found: IndicatorReport, dimension: str) -> dict[str, float | None]:
    return {item.group: item.change_pp for item in found.contributions if item.dimension == dimension}


def test_who_came_and_who_left(tmp_path: Path) -> None:
    why = one(tmp_path, "total").drivers
    assert why.continuing == pytest.approx((5 - 4) * 6 + (3.3 - 3) * 6)
    assert why.entrants == pytest.approx(0.5 * 6), "D"
    assert why.exits == pytest.approx((2 + 1) * 6), "C has not reported, E has left"
    assert why.continuing is not None
    assert why.entrants is not None
    assert why.exits is not None
    assert why.continuing + why.entrants - why.exits == pytest.approx(NOW - LAST)


def test_nominal_less_comparable_growth(tmp_path: Path) -> None:
    """Each unit's part of V (B' - B) / (B B'): D is in B' alone, C and E are in B alone, nothing is restated."""
    found = one(tmp_path, "total")
    why, weight = found.drivers, 100 * NOW / (LAST * STATED)
    assert why.entered_pp == pytest.approx(weight * 0.4 * 6)
    assert why.left_pp == pytest.approx(-weight * (2 + 1) * 6)
    assert why.restated_pp == pytest.approx(0)
    assert found.growth == pytest.approx(NOW / STATED - 1)
    assert found.previous.final_growth == pytest.approx(NOW / LAST - 1)
    parts = (why.entered_pp or 0) + (why.left_pp or 0) + (why.restated_pp or 0)
    assert parts == pytest.approx(100 * ((NOW / LAST - 1) - (NOW / STATED - 1)))


def test_towns_in_points_of_the_growth_of_the_whole(tmp_path: Path) -> None:
    found = one(tmp_path, "total")
    assert changes(found, "town") == pytest.approx(
        {
            "金泽镇": 100 * (5 + 3.3 - 4 - 3) * 6 / LAST,
            "练塘镇": 100 * (0.5 - 2) * 6 / LAST,
            "朱家角镇": 100 * (0 - 1) * 6 / LAST,
        }
    )
    assert sum(filter(None, changes(found, "town").values())) == pytest.approx(100 * (NOW / LAST - 1))


def test_industries_by_division(tmp_path: Path) -> None:
    found = one(tmp_path, "total")
    assert changes(found, "industry") == pytest.approx(
        {
            "39": 100 * (5 - 4) * 6 / LAST,
            "27": 100 * (3.3 - 3 - 2) * 6 / LAST,
            "65": 100 * 0.5 * 6 / LAST,
            "35": 100 * -1 * 6 / LAST,
        }
    )
    values = {item.group: item.value for item in found.contributions if item.dimension == "industry"}
    assert values == pytest.approx({"39": 30, "27": 19.8, "65": 3, "35": 0})
    assert sum(filter(None, values.values())) == pytest.approx(NOW)


def test_the_two_sides_of_a_ratio_add_up_to_its_change(tmp_path: Path) -> None:
    found = one(tmp_path, "share")
    why = found.drivers
    change = 100 * (1.1 / 8.8 - 0.9 / 10)
    assert (why.numerator_pp or 0) + (why.denominator_pp or 0) == pytest.approx(change)
    assert (why.within_pp or 0) + (why.between_pp or 0) == pytest.approx(change)
    assert (why.numerator_pp or 0) > 0, "more research"
    assert (why.denominator_pp or 0) > 0, "less revenue"
    assert why.continuing is None
    assert found.contributions == ()
    assert found.reasons["contributions"] == "not_a_sum_of_enterprises"


def test_without_the_largest_the_drivers_are_without_it_too(tmp_path: Path) -> None:
    """B, D and, last year, C and E: 0.2 of 3.8 a month against 0.1 of 6."""
    found = one(tmp_path, "rest")
    assert found.value == pytest.approx(100 * 0.2 / 3.8)
    why = found.drivers
    assert (why.numerator_pp or 0) + (why.denominator_pp or 0) == pytest.approx(100 * (0.2 / 3.8 - 0.1 / 6))


def test_without_last_year_there_is_nothing_to_explain(tmp_path: Path) -> None:
    found = one(tmp_path, "total", "2024-06")
    assert found.drivers == NO_DRIVERS
    assert found.reasons["drivers"] == "no_last_year"
    assert {item.previous for item in found.contributions} == {None}
    assert {item.change_pp for item in found.contributions} == {None}


def test_a_count_has_no_drivers(tmp_path: Path) -> None:
    found = one(tmp_path, "members")
    assert found.drivers == NO_DRIVERS
    assert found.reasons["drivers"] == "not_from_enterprises"
