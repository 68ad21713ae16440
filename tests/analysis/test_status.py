"""States: the vectors, every transition at its cut, every edge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.progress import Level
from xicen_kpi.analysis.projection import BandBasis, Projection, project_flow
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.status import (
    Flow,
    before_its_time,
    direction_status,
    flow_status,
    level_status,
    maintain_status,
    range_status,
    ratio_status,
    stale,
)
from xicen_kpi.analysis.verdict import Cuts, Flag, Scale, Status, Verdict
from xicen_kpi.analysis.year_end import Method

if TYPE_CHECKING:
    from xicen_kpi.analysis.comparison import Direction

FOLDER = Path(__file__).parents[1] / "vectors"
FLOWS = json.loads((FOLDER / "own_flow_pace_projection.json").read_text("utf-8"))["vectors"]
LEVELS = json.loads((FOLDER / "own_level_progress.json").read_text("utf-8"))["vectors"]
FLOW_STATES = [vector for vector in FLOWS if "status" in vector["expected"]]


def month(year: int, number: int) -> int:
    return year * 12 + number - 1


def projected(value: float) -> Projection:
    return Projection(value, None, None, Method.MEAN, BandBasis.NONE, ("F",))


def level(value: float, base: float | None, target: float, gone: float = 12.0, direction: Direction = 1) -> Level:
    """A level after so many of 24 months."""
    return Level(value, gone, target, 24.0, None if base is None else (0.0, base), direction)


@pytest.mark.parametrize("vector", FLOW_STATES, ids=lambda vector: vector["id"])
def test_flow_vectors(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    history = list(inputs.get("history", {}).values())
    flow = Flow(inputs["ytd"], inputs["target"], inputs.get("direction", 1), closed=inputs["month"] >= 12)
    given_value = inputs.get("projected")
    future = projected(given_value) if given_value else project_flow(inputs["ytd"], inputs["month"], history)
    assert flow_status(flow, future).status == vector["expected"]["status"]


def test_all_flow_vectors_with_a_state_are_read() -> None:
    assert len(FLOW_STATES) == 5 + 3 + 2 + 1


@pytest.mark.parametrize("vector", LEVELS, ids=lambda vector: vector["id"])
def test_level_vectors(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    found = level_status(
        Level(
            inputs["current"],
            inputs["time"],
            inputs["target"],
            inputs["target_time"],
            (inputs["base_time"], inputs["base"]),
            inputs["direction"],
        )
    )
    assert found.status == vector["expected"]["status"]


# --- flows: rho at each cut, for a floor and, mirrored, for a ceiling ---

FLOW_CUTS = [
    (1.05, "on_track", "on_track", True),
    (1.00, "on_track", "at_risk", False),
    (0.95, "at_risk", "off_track", False),
]


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize(("cut", "at", "below", "ahead"), FLOW_CUTS)
@pytest.mark.parametrize("noise", [0.0, 1e-12, -1e-12])
def test_a_flow_at_a_cut_is_on_its_better_side(
    cut: float, at: str, below: str, ahead: bool, noise: float, direction: Direction
) -> None:
    target = 170.0
    flow = Flow(100.0, target, direction)

    def verdict(rho: float) -> Verdict:
        return flow_status(flow, projected(target * (1 + direction * (rho - 1))))

    on_the_cut, under_it, over_it = verdict(cut + noise), verdict(cut - 1e-6), verdict(cut + 1e-6)
    assert (on_the_cut.status, under_it.status, over_it.status) == (at, below, at)
    assert (Flag.AHEAD in on_the_cut.flags, Flag.AHEAD in under_it.flags) == (ahead, False)


@pytest.mark.parametrize(
    ("value", "status", "distance"),
    [(167.0, "at_risk", 167 / 170 - 1), (163.0, "at_risk", 163 / 170 - 0.95), (140.0, "off_track", 140 / 170 - 0.95),
     (175.0, "on_track", 175 / 170 - 1)],
)  # fmt: skip
def test_the_distance_of_a_flow_is_to_its_nearest_cut(value: float, status: str, distance: float) -> None:
    found = flow_status(Flow(137.2, 170.0), projected(value))
    assert found.status == status
    assert found.score == pytest.approx(value / 170)
    assert found.distance_to_cut == pytest.approx(distance)
    assert found.scale is Scale.PROJECTED_SHARE


def test_a_flow_says_why() -> None:
    assert flow_status(Flow(137.2, 170.0), projected(171.0)).reason is Reason.PROJECTION_REACHES
    assert flow_status(Flow(137.2, 170.0), projected(167.0)).reason is Reason.PROJECTION_SHORT
    assert flow_status(Flow(137.2, 170.0), Reason.INSUFFICIENT_HISTORY) == Verdict(
        Status.NOT_ASSESSABLE, Reason.INSUFFICIENT_HISTORY
    )
    assert flow_status(Flow(0.0, 170.0), Reason.NOT_STARTED).reason is Reason.NOT_STARTED


@pytest.mark.parametrize("noise", [0.0, 1e-12, -1e-12])
def test_a_floor_is_achieved_as_soon_as_it_is_reached(noise: float) -> None:
    found = flow_status(Flow(170.0 + noise, 170.0), projected(200.0))
    assert (found.status, found.reason, found.scale) == ("achieved", "target_met", "actual_share")
    assert found.distance_to_cut == pytest.approx(0, abs=1e-12)
    assert flow_status(Flow(170.0 - 1e-6, 170.0), projected(200.0)).status == "on_track"


@pytest.mark.parametrize("noise", [0.0, 1e-12, -1e-12])
def test_a_ceiling_is_missed_as_soon_as_it_is_exceeded(noise: float) -> None:
    assert flow_status(Flow(100.0 + noise, 100.0, -1), projected(100.0)).status == "on_track"
    found = flow_status(Flow(100.0 + 1e-6, 100.0, -1), projected(100.0))
    assert (found.status, found.reason) == ("missed", "ceiling_exceeded")


@pytest.mark.parametrize("direction", [1, -1])
def test_at_the_end_of_the_window_the_value_decides(direction: Direction) -> None:
    met = flow_status(Flow(100.0 + direction, 100.0, direction, closed=True), projected(1.0))
    assert (met.status, met.reason) == ("achieved", "target_met")
    assert met.distance_to_cut == pytest.approx(0.01)
    missed = flow_status(Flow(100.0 - direction, 100.0, direction, closed=True), projected(1000.0))
    assert (missed.status, missed.reason) == ("missed", "deadline_past")
    assert missed.distance_to_cut == pytest.approx(-0.01)


def test_a_zero_target() -> None:
    assert flow_status(Flow(1.0, 0.0), projected(2.0)).status == "achieved"
    assert flow_status(Flow(-1.0, 0.0), projected(2.0)).reason is Reason.TARGET_IS_ZERO
    assert flow_status(Flow(0.0, 0.0, -1), projected(0.0)).reason is Reason.TARGET_IS_ZERO
    over = flow_status(Flow(1.0, 0.0, -1), projected(2.0))
    assert (over.status, over.score, over.distance_to_cut) == ("missed", None, None)


def test_a_negative_target_is_cut_the_right_way_round() -> None:
    # A loss of at most 10: a projected loss of 8 is better, one of 12 worse.
    assert flow_status(Flow(-20.0, -10.0), projected(-8.0)).status == "on_track"
    assert flow_status(Flow(-20.0, -10.0), projected(-12.0)).status == "off_track"


def test_warnings_of_a_flow() -> None:
    flow = Flow(130.0, 170.0, last_year=132.9, previous_month=131.0)
    found = flow_status(flow, projected(180.0))
    assert found.flags == (Flag.AHEAD, Flag.BELOW_LAST_YEAR, Flag.CUMULATIVE_FELL)
    assert flow_status(flow._replace(last_year=130.0, previous_month=130.0), projected(171.0)).flags == ()
    unknown = flow_status(flow, Reason.INSUFFICIENT_HISTORY)
    assert unknown.flags == (Flag.BELOW_LAST_YEAR, Flag.CUMULATIVE_FELL)


# --- levels: R at each cut ---


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize(
    ("cut", "at", "below"),
    [(0.95, "on_track", "at_risk"), (0.60, "at_risk", "off_track"), (0.0, "off_track", "deteriorating")],
)
@pytest.mark.parametrize("noise", [0.0, 1e-12, -1e-12])
def test_a_level_at_a_cut_is_on_its_better_side(
    cut: float, at: str, below: str, noise: float, direction: Direction
) -> None:
    def verdict(rate: float) -> Verdict:
        value = 50.0 + direction * 10.0 * 0.5 * rate  # 10 are wanted, half the time is gone
        return level_status(level(value, 50.0, 50.0 + direction * 10.0, direction=direction))

    assert [verdict(rate).status for rate in (cut + noise, cut + 1e-6, cut - 1e-6)] == [at, at, below]


@pytest.mark.parametrize("noise", [0.0, 1e-12, -1e-12])
def test_a_level_is_achieved_when_it_reaches_its_target(noise: float) -> None:
    assert level_status(level(60.0 + noise, 50.0, 60.0)).status == "achieved"
    assert level_status(level(60.0 - 1e-6, 50.0, 60.0)).status == "on_track"


@pytest.mark.parametrize(
    ("value", "status", "reason", "distance"),
    [
        (55.5, "on_track", "progress_on_pace", 5.5 / 5 - 0.95),
        (54.0, "at_risk", "progress_behind_pace", 4 / 5 - 0.95),
        (52.0, "off_track", "progress_behind_pace", 2 / 5 - 0.60),
        (50.5, "off_track", "progress_behind_pace", 0.5 / 5),
        (50.0, "off_track", "no_change", 0.0),
        (49.0, "deteriorating", "below_baseline", -1 / 5),
    ],
)
def test_a_level_says_why_and_how_close(value: float, status: str, reason: str, distance: float) -> None:
    found = level_status(level(value, 50.0, 60.0))
    assert (found.status, found.reason, found.scale) == (status, reason, "change_rate")
    assert found.score == pytest.approx((value - 50) / 10 / 0.5)
    assert found.distance_to_cut == pytest.approx(distance)


def test_the_deadline_of_a_level() -> None:
    assert level_status(level(60.0, 50.0, 60.0, gone=24.0)).status == "achieved"
    missed = level_status(level(59.4, 50.0, 60.0, gone=24.0))
    assert (missed.status, missed.reason) == ("missed", "deadline_past")
    assert missed.distance_to_cut == pytest.approx(59.4 / 60 - 1)
    assert level_status(level(59.4, 50.0, 60.0, gone=30.0)).status == "missed"


def test_a_level_without_a_usable_baseline() -> None:
    assert level_status(level(55.0, None, 60.0)) == Verdict(Status.NOT_ASSESSABLE, Reason.NO_BASELINE)
    assert level_status(level(61.0, None, 60.0)).status == "achieved"
    assert level_status(level(55.0, None, 60.0, gone=24.0)).status == "missed"
    one_point = level_status(level(55.0, 55.0, 60.0, gone=0.0))
    assert (one_point.status, one_point.reason) == ("not_assessable", "insufficient_history")


def test_a_level_whose_baseline_met_the_target() -> None:
    kept = level_status(level(26.0, 25.0, 22.0))
    assert (kept.status, kept.flags) == ("achieved", (Flag.BASE_MEETS_TARGET,))
    falling = level_status(level(23.0, 25.0, 22.0))
    assert (falling.status, falling.flags) == ("achieved", (Flag.BASE_MEETS_TARGET, Flag.ADVERSE_TREND))
    lost = level_status(level(21.0, 25.0, 22.0))
    assert (lost.status, lost.reason, lost.flags) == ("lapsed", "was_met_at_baseline", (Flag.BASE_MEETS_TARGET,))
    assert lost.distance_to_cut == pytest.approx(21 / 22 - 1)
    assert level_status(level(21.0, 25.0, 22.0, gone=24.0)).status == "missed"


@pytest.mark.parametrize("noise", [0.0, 1e-12, -1e-12])
def test_a_level_is_lapsed_from_just_below_its_target(noise: float) -> None:
    assert level_status(level(22.0 + noise, 25.0, 22.0)).status == "achieved"
    assert level_status(level(22.0 - 1e-6, 25.0, 22.0)).status == "lapsed"


def test_an_adverse_slope_is_a_warning_and_can_be_given() -> None:
    assert level_status(level(61.0, 50.0, 60.0), slope=-0.5).flags == (Flag.ADVERSE_TREND,)
    assert level_status(level(61.0, 50.0, 60.0), slope=0.5).flags == ()
    assert level_status(level(61.0, 50.0, 60.0)).flags == ()
    assert level_status(level(55.0, 50.0, 60.0), slope=-0.5).flags == ()  # not achieved: the state says it
    assert level_status(level(0.3, 0.5, 0.4, direction=-1), slope=0.1).flags == (Flag.ADVERSE_TREND,)


def test_milestones_before_any_change_is_due() -> None:
    waiting = Level(5.0, 6, 100.0, 24, (0, 0.0), milestones=((12, 0.0),))
    assert level_status(waiting) == Verdict(Status.ON_TRACK, Reason.PROGRESS_ON_PACE)
    assert level_status(waiting._replace(value=0.0)).status == "on_track"
    assert level_status(waiting._replace(value=-1.0)).reason is Reason.BELOW_BASELINE


# --- ratios may fall again ---


def test_a_ratio_that_meets_is_on_track_until_its_date() -> None:
    found = ratio_status(level(51.0, 48.9, 50.0, gone=22.0))
    assert (found.status, found.reason) == ("on_track", "meets_now")
    assert found.distance_to_cut == pytest.approx(51 / 50 - 1)
    assert ratio_status(level(51.0, 48.9, 50.0, gone=24.0)).status == "achieved"
    assert ratio_status(level(49.0, 48.9, 50.0, gone=24.0)).status == "missed"


def test_research_intensity_met_its_target_before_the_plan_began() -> None:
    found = ratio_status(level(9.7, 12.9, 9.0, gone=22.0))
    assert (found.status, found.reason) == ("on_track", "meets_now")
    assert found.flags == (Flag.BASE_MEETS_TARGET, Flag.ADVERSE_TREND)
    assert found.distance_to_cut == pytest.approx(9.7 / 9 - 1)
    assert ratio_status(level(8.9, 12.9, 9.0, gone=22.0)).status == "lapsed"


@pytest.mark.parametrize("noise", [0.0, 1e-12, -1e-12])
def test_a_ratio_lapses_just_below_its_target(noise: float) -> None:
    assert ratio_status(level(9.0 + noise, 12.9, 9.0)).status == "on_track"
    assert ratio_status(level(9.0 - 1e-6, 12.9, 9.0)).status == "lapsed"


def test_a_ratio_that_does_not_meet_is_a_level() -> None:
    for value in (49.9, 49.0, 48.9, 48.1):
        assert ratio_status(level(value, 48.9, 50.0)) == level_status(level(value, 48.9, 50.0))
    assert ratio_status(level(48.1, 48.9, 50.0, gone=22.0)).status == "deteriorating"


def test_the_headline_counts() -> None:
    assert level_status(level(3.0, 0.0, 2.0, gone=22.0)).status == "achieved"
    assert level_status(level(19.0, 0.0, 20.0, gone=22.0)).status == "on_track"  # 0.95 / (22/24) = 1.04
    assert level_status(level(5.0, 0.0, 10.0, gone=22.0)).status == "off_track"  # 0.50 / (22/24) = 0.55


# --- maintain, directions, ranges ---


def test_what_is_to_be_kept() -> None:
    kept = maintain_status(level(50.0, 50.0, 50.0))
    assert (kept.status, kept.flags) == ("achieved", (Flag.BASE_MEETS_TARGET,))
    assert maintain_status(level(50.0, 50.0, 50.0), slope=-1.0).flags == (Flag.BASE_MEETS_TARGET, Flag.ADVERSE_TREND)
    ratio = maintain_status(level(50.0, 50.0, 50.0), may_fall=True)
    assert (ratio.status, ratio.reason) == ("on_track", "meets_now")
    lost = maintain_status(level(49.0, None, 50.0))
    assert (lost.status, lost.reason) == ("lapsed", "was_met_at_baseline")
    assert maintain_status(level(49.0, 50.0, 50.0, gone=24.0)).status == "missed"
    assert maintain_status(level(50.0, 50.0, 50.0, gone=24.0), may_fall=True).status == "achieved"


@pytest.mark.parametrize("direction", [1, -1])
def test_a_direction_without_a_number(direction: Direction) -> None:
    def verdict(change: float, closed: bool = False) -> Verdict:
        return direction_status(100.0 + direction * change, 100.0, direction=direction, closed=closed)

    assert (verdict(1).status, verdict(1).reason) == ("on_track", "meets_now")
    assert (verdict(0).status, verdict(0).reason) == ("off_track", "no_change")
    assert (verdict(1e-12).status, verdict(-1e-12).status) == ("off_track", "off_track")
    assert (verdict(-1).status, verdict(-1).reason) == ("deteriorating", "below_baseline")
    assert [verdict(change, closed=True).status for change in (1, 0, -1)] == ["achieved", "missed", "missed"]
    assert direction_status(100.0, None).reason is Reason.NO_BASELINE


def test_a_range_is_as_good_as_its_weaker_bound() -> None:
    def verdict(value: float, base: float = 50.0, gone: float = 12.0) -> Verdict:
        lower = level(value, base, 60.0, gone)
        return range_status(lower, lower._replace(target=70.0, direction=-1))

    assert verdict(65.0).status == "on_track"
    assert verdict(65.0, gone=24.0).status == "achieved"
    assert verdict(54.0).status == "at_risk"
    assert verdict(71.0).status == "lapsed"  # the upper bound held at the baseline and is now passed
    assert verdict(71.0, gone=24.0).status == "missed"


# --- before there is anything to assess ---


@pytest.mark.parametrize(
    ("as_of", "reason"),
    [
        ((2024, 12), "plan_not_begun"),
        ((2025, 6), "target_year_not_begun"),
        ((2025, 12), "target_year_not_begun"),
        ((2026, 1), "january_exempt"),
        ((2026, 2), None),
        ((2027, 1), "january_exempt"),
    ],
)
def test_before_its_time(as_of: tuple[int, int], reason: str | None) -> None:
    found = before_its_time(month(*as_of), month(2025, 1), month(2026, 1), january_exempt=True)
    assert found == reason


def test_a_source_with_january_is_assessed_in_january() -> None:
    assert before_its_time(month(2026, 1), month(2025, 1), month(2026, 1), january_exempt=False) is None


def test_stale_data() -> None:
    assert stale(month(2026, 4), month(2026, 10), 6) is None
    assert stale(month(2026, 3), month(2026, 10), 6) is Reason.STALE


def test_cuts_can_be_moved() -> None:
    strict = Cuts(flow_on_track=1.02, flow_at_risk=1.0, level_on_track=1.0, level_at_risk=0.8)
    assert flow_status(Flow(100.0, 170.0), projected(171.0), strict).status == "at_risk"
    assert level_status(level(54.9, 50.0, 60.0), cuts=strict).status == "at_risk"
    assert ratio_status(level(53.0, 50.0, 60.0), cuts=strict).status == "off_track"


amounts = st.floats(1.0, 1e6)


def at_a_cut(verdict: Verdict) -> bool:
    """Whether rounding may decide: only there may two ways of computing one state differ."""
    return verdict.distance_to_cut is not None and abs(verdict.distance_to_cut) < 1e-6


@given(amounts, amounts, amounts, st.floats(0.001, 1000), st.sampled_from([1, -1]))
def test_the_state_of_a_flow_does_not_depend_on_the_unit(
    value: float, future: float, target: float, factor: float, direction: Direction
) -> None:
    plain = flow_status(Flow(value, target, direction), projected(future))
    scaled = flow_status(Flow(value * factor, target * factor, direction), projected(future * factor))
    assert plain.status == scaled.status or at_a_cut(plain)


@given(amounts, st.floats(0.5, 2.0))
def test_floor_and_ceiling_mirror_each_other(target: float, rho: float) -> None:
    floor = flow_status(Flow(0.0, target), projected(target * rho))
    ceiling = flow_status(Flow(0.0, target, -1), projected(target * (2 - rho)))
    assert floor.score == pytest.approx(ceiling.score)
    assert floor.status == ceiling.status or at_a_cut(floor)
