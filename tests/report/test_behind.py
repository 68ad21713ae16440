"""What is behind a figure: who reported now, a month ago and a year ago, and who should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_park import A, B, C, D, E, park

from xicen_kpi.report.behind import Behind, look_behind

if TYPE_CHECKING:
    from pathlib import Path


def behind(folder: Path, name: str, as_of: str = "2026-06") -> Behind | None:
    return look_behind(park(folder, as_of).cases[name])


@pytest.fixture
def total(tmp_path: Path) -> Behind:
    found = behind(tmp_path, "total")
    assert found is not None
    return found


def test_a_sum_now_a_month_ago_and_a_year_ago(total: Behind) -> None:
    assert total.of.now.amounts == pytest.approx({A: 5 * 6, B: 3.3 * 6, D: 0.5 * 6})
    assert total.of.month_ago is not None
    assert total.of.month_ago.amounts == pytest.approx({A: 5 * 5, B: 3.3 * 5, C: 2 * 5, D: 0.5 * 5})
    assert total.of.before is not None
    assert total.of.before.amounts == pytest.approx({A: 4 * 6, B: 3 * 6, C: 2 * 6, E: 1 * 6})
    assert total.of.stated is not None
    assert total.of.stated.amounts == pytest.approx({A: 4 * 6, B: 3 * 6, D: 0.4 * 6})


def test_who_should_have_reported(total: Behind) -> None:
    assert total.to is None
    assert total.frame is total.of
    assert total.members == {A, B, C, D}
    assert total.expected == {A, B, C, D}, "C reported in May; E has left"
    assert total.missing == {C}


def test_who_they_are_now_and_a_year_ago(total: Behind) -> None:
    assert {code: one.name for code, one in total.profiles.items()} == {
        A: "甲公司", B: "乙公司", C: "丙公司", D: "丁公司", E: "戊公司",
    }  # fmt: skip
    assert total.profiles[E].town == "朱家角镇"
    assert total.profiles[D].division == "65"


def test_february_looks_back_to_december(tmp_path: Path) -> None:
    """There is no January: the month before February is December."""
    found = behind(tmp_path, "total", "2026-02")
    assert found is not None
    assert found.of.month_ago is not None
    assert found.of.month_ago.amounts == pytest.approx({A: 48, B: 36, C: 24, E: 12})
    assert found.missing == {E}, "a member until March that reported in December"


def test_a_ratio_has_two_sides_and_the_denominator_is_the_frame(tmp_path: Path) -> None:
    found = behind(tmp_path, "share")
    assert found is not None
    assert found.to is not None
    assert found.of.now.total == pytest.approx((0.9 + 0.2) * 6)
    assert found.to.now.total == pytest.approx((5 + 3.3 + 0.5) * 6)
    assert found.frame is found.to


def test_without_the_largest_it_is_out_of_both_sides_in_every_period(tmp_path: Path) -> None:
    """A has the largest revenue in every period."""
    found = behind(tmp_path, "rest")
    assert found is not None
    assert found.to is not None
    for side in (found.of, found.to):
        for shares in (side.now, side.before, side.month_ago):
            assert shares is not None
            assert A not in shares.amounts
    assert found.to.now.total == pytest.approx((3.3 + 0.5) * 6)
    assert found.expected == {B, C, D}


def test_nothing_is_behind_a_count_or_a_figure_that_is_not_there(tmp_path: Path) -> None:
    assert behind(tmp_path, "members") is None
    assert behind(tmp_path, "total", "2026-01") is None, "no January"
