"""What is not known: who has not reported, which industry a firm belongs to, and whether that could turn the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_park import files, park
from small_plans import the_indicator

from xicen_kpi.report.model import CoverageSection
from xicen_kpi.report.uncertainty import too_few

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.report.model import IndicatorReport


def one(folder: Path, name: str, as_of: str = "2026-06", **changes: str) -> IndicatorReport:
    return the_indicator(park(folder, as_of, **changes), name)


def test_coverage_by_number_and_by_last_years_value(tmp_path: Path) -> None:
    """A, B, C and D should have; C has not. Of last year's 24 + 18 + 12 the two that have reported made 24 + 18."""
    seen = one(tmp_path, "total").coverage
    assert (seen.expected, seen.reported) == (4, 3)
    assert seen.by_value == pytest.approx((24 + 18) / (24 + 18 + 12))


def test_the_missing_grow_as_the_others_did(tmp_path: Path) -> None:
    """A and B grew from 42 to 49.8; C made 12."""
    found = one(tmp_path, "total")
    assert found.value == pytest.approx(52.8)
    assert found.nowcast == pytest.approx(52.8 + 12 * 49.8 / 42)
    assert found.provisional


def test_between_nothing_and_the_fastest(tmp_path: Path) -> None:
    """C brings nothing, or grows as A did: 30 / 24."""
    bounds = one(tmp_path, "total").bounds
    assert bounds.low == pytest.approx(52.8)
    assert bounds.high == pytest.approx(52.8 + 12 * 30 / 24)
    assert bounds.why == "missing_units"


def test_a_ratio_is_completed_side_by_side(tmp_path: Path) -> None:
    """Research of C was nothing: 6.6; revenue as above. The mean is of sums, not of ratios."""
    found = one(tmp_path, "share")
    revenue = 52.8 + 12 * 49.8 / 42
    assert found.nowcast == pytest.approx(100 * 6.6 / revenue)
    assert found.bounds.low is None
    assert found.reasons["bounds"] == "nothing_unknown"


def test_without_the_largest_the_estimate_is_without_it_too(tmp_path: Path) -> None:
    """B grew from 18 to 19.8; research of B alone."""
    found = one(tmp_path, "rest")
    assert (found.coverage.expected, found.coverage.reported) == (3, 2)
    assert found.nowcast == pytest.approx(100 * (0.2 * 6) / ((3.3 + 0.5) * 6 + 12 * 19.8 / 18))


def test_nobody_is_missing(tmp_path: Path) -> None:
    found = one(tmp_path, "total", "2026-05")
    assert (found.coverage.expected, found.coverage.reported) == (4, 4)
    assert found.nowcast is None
    assert found.reasons["nowcast"] == "nothing_unknown"
    assert found.robust is None
    assert not found.provisional


def test_industries_by_codes_from_narrowest_to_widest(tmp_path: Path) -> None:
    """3973 is wholly inside: A. 6513 is partly inside: D may count."""
    found = one(tmp_path, "chips", "2026-05")
    assert found.value == pytest.approx(5 * 5)
    assert found.bounds.low == pytest.approx(5 * 5)
    assert found.bounds.high == pytest.approx((5 + 0.5) * 5)
    assert found.bounds.why == "group_codes"


def test_an_answer_that_hangs_on_the_codes_is_not_robust(tmp_path: Path) -> None:
    """The target of 63 lies between the projections of 25 and of 27.5 at May."""
    found = one(tmp_path, "chips", "2026-05")
    assert found.robust is False
    assert found.projection.value is not None
    assert found.projection.value < 63


def test_an_answer_that_holds_either_way_is(tmp_path: Path) -> None:
    """Of 150 even 67.8 by June is far too little."""
    assert one(tmp_path, "total").robust is True


def test_both_reasons_stand_side_by_side(tmp_path: Path) -> None:
    """Were C in 3973 too: it is missing and may bring 12 * 30 / 24; by the widest reading D counts, too."""
    listed = files()["名录.csv"].replace("练塘镇   | 2710", "练塘镇   | 3973")
    found = one(tmp_path, "chips", **{"名录.csv": listed})
    assert (found.coverage.expected, found.coverage.reported) == (2, 1)
    assert found.bounds.why == "missing_units+group_codes"
    assert found.bounds.low == pytest.approx(30)
    assert found.bounds.high == pytest.approx(max(30 + 12 * 30 / 24, 30 + 3))


@pytest.mark.parametrize(("by_value", "reason"), [(0.49, "coverage_too_low"), (0.5, None), (None, None)])
def test_half_of_last_year_is_the_least(by_value: float | None, reason: str | None) -> None:
    found = too_few(CoverageSection(expected=4, reported=1, by_value=by_value))
    assert (None if found is None else found.value) == reason


def test_a_count_says_why_there_is_no_coverage(tmp_path: Path) -> None:
    found = one(tmp_path, "members")
    assert found.coverage.expected is None
    assert found.reasons["coverage"] == "not_from_enterprises"
