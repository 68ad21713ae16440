"""Pace, projection, requirement and verdict of one indicator, by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis import required
from xicen_kpi.analysis.observation import NotObserved, Observation
from xicen_kpi.analysis.pace import against_pace, linear_share, seasonal_share, share_of_months
from xicen_kpi.analysis.progress import Level, level_progress
from xicen_kpi.analysis.projection import BandBasis, Projection, project_flow, project_ratio
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.status import (
    Flow,
    before_its_time,
    direction_status,
    flow_status,
    level_status,
    maintain_status,
    ratio_status,
    stale,
)
from xicen_kpi.analysis.verdict import Verdict, not_assessable
from xicen_kpi.analysis.year_end import Method
from xicen_kpi.plan.measure import DoneMeasure
from xicen_kpi.plan.model import Kind
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.units import factor, same_kind
from xicen_kpi.report.case import cuts_of
from xicen_kpi.report.comparison import base_of
from xicen_kpi.report.model import BySchedule, ProjectionSection, RequiredSection

if TYPE_CHECKING:
    from xicen_kpi.plan.model import Target
    from xicen_kpi.report.case import Case, Reasons

NO_PROJECTION = ProjectionSection(value=None, low=None, high=None, method=None, basis=None, flags=())
NOTHING_REQUIRED = RequiredSection(per_month=None, growth=None, numerator=None, numerator_unit=None, count=None)
NO_SCHEDULE = BySchedule(linear=None, seasonal=None)
MONEY = "亿元"
"""Unit in which money that a ratio lacks is told."""


class Outlook(NamedTuple):
    """What the value means for the target."""

    verdict: Verdict
    progress: float | None = None
    elapsed: BySchedule = NO_SCHEDULE
    pace: BySchedule = NO_SCHEDULE
    required: RequiredSection = NOTHING_REQUIRED
    projection: ProjectionSection = NO_PROJECTION


def outlook_of(case: Case, reasons: Reasons, withheld: Reason | None = None) -> Outlook:
    """Assesses one indicator; where it cannot be, the verdict says why and the rest is null.

    Args:
        case: What is known of it.
        reasons: Collects why a number is null.
        withheld: Why no state is given although there is a value: too few have reported.
    """
    target = case.indicator.target
    if isinstance(case.seen, NotObserved):
        return _blank(case.seen.reason, reasons)
    if target is None:
        return _blank("no_target", reasons)
    if withheld is not None:
        return _blank(_early(case, target) or withheld, reasons)
    if case.kind is Kind.FLOW:
        return _flow(case, target, reasons)
    return _level(case, target, reasons)


def _blank(reason: str, reasons: Reasons) -> Outlook:
    for key in ("progress", "elapsed", "pace_gap_pp", "required", "projection", "distance_to_cut"):
        reasons.given.setdefault(key, reason)
    known = Reason(reason) if reason in Reason.__members__.values() else Reason.NO_DATA
    return Outlook(not_assessable(known))


def _early(case: Case, target: Target) -> Reason | None:
    """Why nothing can be said yet, or not any more. Data of the due month are final, however late one asks."""
    limit = case.plan.settings.stale_after + case.months_between_data
    if case.month < target.by and stale(case.month.ordinal, case.as_of.ordinal, limit):
        return Reason.STALE
    plan_start, start = case.plan.plan.period.start, case.window.start
    early = before_its_time(case.month.ordinal, plan_start.ordinal, start.ordinal, january_exempt=False)
    if early is Reason.PLAN_NOT_BEGUN and case.yearly:
        early = Reason.TARGET_YEAR_NOT_BEGUN
    return early


# -- flows


def _flow(case: Case, target: Target, reasons: Reasons) -> Outlook:
    if case.over_plan:
        return _blank("not_computed_yet", reasons)
    early = _early(case, target)
    if early is not None or case.target is None or case.value is None:
        return _blank(early or Reason.NO_BASELINE, reasons)
    month = case.month.month
    past = case.past.years
    seasonal = seasonal_share(past, month)
    paces = {
        "linear": against_pace(case.value, case.target, linear_share(month)),
        "seasonal": against_pace(case.value, case.target, seasonal),
    }
    projection = project_flow(case.value, month, past)
    last_year, _ = base_of(case)
    previous = case.observed_at(case.month.plus(-1))
    running = previous is not None and previous.period.start == case.month.year_start
    flow = Flow(
        case.value,
        case.target,
        direction=case.direction,
        closed=case.closed,
        last_year=last_year,
        previous_month=previous.value if running and previous is not None else None,
    )
    verdict = flow_status(flow, projection, cuts_of(case.plan))
    return Outlook(
        verdict,
        _flow_progress(case, reasons),
        BySchedule(linear=linear_share(month), seasonal=reasons.take("elapsed.seasonal", seasonal)),
        BySchedule(
            **{
                name: reasons.take(f"pace_gap_pp.{name}", one if isinstance(one, Reason) else one.gap_pp)
                for name, one in paces.items()
            }
        ),
        _flow_required(case, target, reasons),
        _projected(projection, reasons),
    )


def _flow_progress(case: Case, reasons: Reasons) -> float | None:
    """Share of the required change since the baseline: only a whole year compares with a whole year."""
    if case.month.month != 12:
        return reasons.take("progress", None, "year_not_over")
    if case.baseline is None or case.target is None or case.value is None or case.baseline == case.target:
        return reasons.take("progress", None, Reason.NO_BASELINE)
    return (case.value - case.baseline) / (case.target - case.baseline)


def _flow_required(case: Case, target: Target, reasons: Reasons) -> RequiredSection:
    value, goal = case.value or 0.0, case.target or 0.0
    left = target.by.ordinal - case.month.ordinal
    per_month = reasons.take("required.per_month", required.required_per_month(value, goal, left))
    past = case.past.years
    wanted = required.required_growth(value, goal, past[-1], case.month.month) if past else Reason.INSUFFICIENT_HISTORY
    grown = reasons.take("required.growth", wanted)
    reasons.given |= {"required.numerator": "only_for_ratios", "required.count": "only_for_counts"}
    return RequiredSection(per_month=per_month, growth=grown, numerator=None, numerator_unit=None, count=None)


# -- levels, ratios and counts


def _level(case: Case, target: Target, reasons: Reasons) -> Outlook:
    early = _early(case, target)
    if early is not None or case.target is None or case.value is None:
        return _blank(early or Reason.NO_BASELINE, reasons)
    level = _as_level(case, case.target, target)
    verdict = _verdict(case, level, target)
    progress = level_progress(level)
    elapsed, pace = _schedule(case, progress.progress, reasons)
    return Outlook(
        verdict,
        reasons.take("progress", progress.progress),
        elapsed,
        pace,
        _level_required(case, case.target, target, reasons),
        _projected(_level_projection(case, progress.projected), reasons),
    )


def _as_level(case: Case, goal: float, target: Target) -> Level:
    baseline = case.indicator.baseline
    base = None if baseline is None else (float(baseline.end.ordinal), float(baseline.value))
    if case.kind is Kind.COUNT:
        made = base is None or isinstance(case.way, DoneMeasure)
        base = (float(case.window.start.ordinal - 1), 0.0 if made or base is None else base[1])
    return Level(
        value=case.value or 0.0,
        time=float(case.month.ordinal),
        target=goal,
        due=float(target.by.ordinal if case.closed or case.month < target.by else case.month.ordinal + 1),
        base=base,
        direction=case.direction,
        milestones=tuple(
            (float(Month.parse(month).ordinal), float(value)) for month, value in target.milestones.items()
        ),
    )


def _verdict(case: Case, level: Level, target: Target) -> Verdict:
    cuts = cuts_of(case.plan)
    may_fall = case.kind is Kind.RATIO
    if target.comparison in ("rise", "fall"):
        return direction_status(level.value, case.baseline, direction=case.direction, closed=case.closed)
    if target.comparison == "maintain":
        return maintain_status(level, may_fall=may_fall)
    return ratio_status(level, cuts=cuts) if may_fall else level_status(level, cuts=cuts)


def _schedule(case: Case, progress: float | Reason, reasons: Reasons) -> tuple[BySchedule, BySchedule]:
    """序时进度 of a count over the plan; a ratio has none."""
    if case.kind is not Kind.COUNT:
        reasons.given |= {"elapsed": "no_pace_for_ratios", "pace_gap_pp": "no_pace_for_ratios"}
        return NO_SCHEDULE, NO_SCHEDULE
    window = case.window
    share = share_of_months(window.start.ordinal, window.end.ordinal, case.month.ordinal)
    reasons.given |= {"elapsed.seasonal": "counts_have_no_season", "pace_gap_pp.seasonal": "counts_have_no_season"}
    gap = progress if isinstance(progress, Reason) else 100 * (progress - share)
    return BySchedule(linear=share, seasonal=None), BySchedule(
        linear=reasons.take("pace_gap_pp.linear", gap), seasonal=None
    )


def _level_required(case: Case, goal: float, target: Target, reasons: Reasons) -> RequiredSection:
    missing = max(required.gap(case.value or 0.0, goal, case.direction), 0.0)
    left = target.by.ordinal - case.month.ordinal
    reasons.given["required.growth"] = "only_for_flows"
    if case.kind is Kind.RATIO:
        reasons.given |= {"required.per_month": "only_for_flows_and_counts", "required.count": "only_for_counts"}
        return _ratio_required(case, goal, reasons)
    reasons.given["required.numerator"] = "only_for_ratios"
    each = reasons.take("required.per_month", missing / left if left > 0 else Reason.NO_TIME_LEFT)
    count = required.required_count(missing) if case.kind is Kind.COUNT else None
    reasons.take("required.count", count, "only_for_counts")
    return RequiredSection(per_month=each, growth=None, numerator=None, numerator_unit=None, count=count)


def _ratio_required(case: Case, goal: float, reasons: Reasons) -> RequiredSection:
    seen = case.seen
    if not isinstance(seen, Observation) or seen.numerator is None or seen.denominator is None:
        reasons.given["required.numerator"] = "no_value"
        return NOTHING_REQUIRED
    unit = seen.numerator_unit or "1"
    told = MONEY if same_kind(unit, MONEY) else unit
    needed = required.required_numerator(goal * factor(case.indicator.unit, "1"), seen.numerator, seen.denominator)
    extra = max(case.direction * needed.extra, 0.0) * factor(unit, told)
    return RequiredSection(per_month=None, growth=None, numerator=extra, numerator_unit=told, count=None)


def _level_projection(case: Case, straight: float | Reason) -> Projection | Reason:
    """Counts and levels go on as since the baseline; a ratio is projected side by side, in its target year only."""
    if case.kind is not Kind.RATIO:
        return (
            straight
            if isinstance(straight, Reason)
            else Projection(straight, None, None, Method.SLOPE, BandBasis.NONE, ("F",))
        )
    seen = case.seen
    if not isinstance(seen, Observation) or seen.numerator is None or seen.denominator is None:
        return Reason.NO_DATA
    if not case.in_target_year:
        return Reason.TARGET_YEAR_NOT_BEGUN
    month = case.month.month
    ratio = project_ratio(
        project_flow(seen.numerator, month, case.past_numerator.years),
        project_flow(seen.denominator, month, case.past_denominator.years),
    )
    return ratio if isinstance(ratio, Reason) else ratio.times(factor("1", case.indicator.unit))


def _projected(projection: Projection | Reason, reasons: Reasons) -> ProjectionSection:
    if isinstance(projection, Reason):
        reasons.given["projection"] = projection.value
        return NO_PROJECTION
    if projection.low is None:
        reasons.given |= {"projection.low": "no_band", "projection.high": "no_band"}
    return ProjectionSection(
        value=projection.value,
        low=projection.low,
        high=projection.high,
        method=str(projection.method),
        basis=str(projection.basis),
        flags=projection.flags,
    )
