"""Levels between baseline and target."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xicen_kpi.analysis.progress import Level, level_progress, planned_value
from xicen_kpi.analysis.projection import project_level
from xicen_kpi.analysis.reasons import Reason, known

if TYPE_CHECKING:
    from xicen_kpi.analysis.comparison import Direction

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/own_level_progress.json").read_text("utf-8"))["vectors"]


def level_of(inputs: dict[str, Any]) -> Level:
    return Level(
        inputs["current"],
        inputs["time"],
        inputs["target"],
        inputs["target_time"],
        (inputs["base_time"], inputs["base"]),
        inputs["direction"],
    )


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_vectors(vector: dict[str, Any]) -> None:
    level, expected = level_of(vector["inputs"]), vector["expected"]
    found = level_progress(level)
    assert found.gap == pytest.approx(expected["gap"], rel=1e-9, abs=1e-9)
    assert level.meets_target is expected["achieved"]
    assert level.base_meets_target is expected["base_meets_target"]
    assert level.closed is expected["period_over"]
    values = {
        "progress": found.progress, "tau": found.elapsed, "R": found.rate,
        "projected": found.projected, "rel_miss": found.relative_miss,
    }  # fmt: skip
    for name, value in values.items():
        if expected[name] is None:
            assert isinstance(value, Reason), name
        else:
            assert value == pytest.approx(expected[name], rel=1e-9, abs=1e-9), name


def test_all_vectors_are_read() -> None:
    assert len(VECTORS) == 16


def test_the_reasons_for_having_no_progress() -> None:
    nothing = Level(18.0, 2025.0, 22.0, 2027.0)
    assert level_progress(nothing).progress is Reason.NO_BASELINE
    assert level_progress(Level(18.0, 2024.0, 22.0, 2027.0, (2024.0, 17.0))).rate is Reason.INSUFFICIENT_HISTORY
    assert level_progress(Level(9.7, 2026.8, 9.0, 2027.0, (2025.0, 12.9))).progress is Reason.BASE_MEETS_TARGET
    assert level_progress(Level(9.7, 2026.8, 9.0, 2027.0, (2025.0, 9.0))).progress is Reason.TARGET_EQUALS_BASELINE
    assert level_progress(Level(22.5, 2026.0, 22.0, 2027.0, (2024.0, 18.0))).relative_miss is Reason.TARGET_MET


def test_a_milestone_bends_the_path() -> None:
    # 0 at month 0, 20 at month 12, 100 at month 24: a tenth is planned by month 6.
    level = Level(10.0, 6, 100.0, 24, (0, 0.0), milestones=((12, 20.0),))
    assert planned_value(level) == 10
    assert level_progress(level).elapsed == pytest.approx(0.10)
    assert level_progress(level).rate == pytest.approx(1.0)
    later = Level(60.0, 18, 100.0, 24, (0, 0.0), milestones=((12, 20.0),))
    assert planned_value(later) == 20 + (100 - 20) / 2


def test_milestones_before_the_baseline_or_after_the_due_date_are_passed_over() -> None:
    plain = Level(10.0, 6, 100.0, 24, (0, 0.0))
    odd = Level(10.0, 6, 100.0, 24, (0, 0.0), milestones=((36, 500.0), (-12, 90.0)))
    assert level_progress(odd) == level_progress(plain)


def test_nothing_planned_yet_has_no_rate() -> None:
    level = Level(5.0, 6, 100.0, 24, (0, 0.0), milestones=((12, 0.0),))
    assert level_progress(level).elapsed == 0
    assert level_progress(level).rate is Reason.NO_TIME_ELAPSED


def test_a_baseline_after_the_due_date_gives_the_whole_target_as_due() -> None:
    level = Level(10.0, 30, 20.0, 12, (24, 5.0))
    assert planned_value(level) == 20
    assert planned_value(Level(10.0, 30, 20.0, 12)) is Reason.NO_BASELINE


values = st.floats(-1e3, 1e3)


@given(values, values, values, st.floats(0.01, 0.99), st.floats(0.1, 100), st.sampled_from([1, -1]))
def test_the_rate_is_the_projected_share_of_the_change(
    base: float, value: float, target: float, gone: float, length: float, direction: Direction
) -> None:
    """R = P / tau = (projected - base) / (target - base), as long as the path is straight."""
    assume(direction * (target - base) > 1e-2)
    found = level_progress(Level(value, gone * length, target, length, (0.0, base), direction))
    expected = (known(found.projected) - base) / (target - base)
    assert found.rate == pytest.approx(expected, rel=1e-6, abs=1e-6)
    slope = known(project_level([(0.0, base), (gone * length, value)], length))
    assert found.projected == pytest.approx(slope.value, rel=1e-9, abs=1e-6)


@given(values, values, values, st.floats(0.01, 0.99), st.floats(0.01, 100), st.floats(-100, 100))
def test_progress_does_not_depend_on_unit_or_zero(
    base: float, value: float, target: float, gone: float, factor: float, shift: float
) -> None:
    assume(target - base > 1e-2)

    def moved(number: float) -> float:
        return number * factor + shift

    plain = level_progress(Level(value, gone, target, 1.0, (0.0, base)))
    other = level_progress(Level(moved(value), gone, moved(target), 1.0, (0.0, moved(base))))
    assume(moved(target) - moved(base) > 1e-3)
    assert other.progress == pytest.approx(plain.progress, rel=1e-5, abs=1e-5)
    assert other.rate == pytest.approx(plain.rate, rel=1e-5, abs=1e-5)
