"""Will the target be met: the rules that give each kind of indicator its state.

Every comparison is made on unrounded values. A state that hangs on the last digit is recognised by its distance to
the cut, not by its rounding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.comparison import TOLERANCE, meets, same
from xicen_kpi.analysis.progress import level_progress, planned_value
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.verdict import DEFAULT_CUTS, Cuts, Flag, Scale, Status, Verdict, not_assessable, worst

if TYPE_CHECKING:
    from xicen_kpi.analysis.comparison import Direction
    from xicen_kpi.analysis.pace import MonthNumber
    from xicen_kpi.analysis.progress import Level
    from xicen_kpi.analysis.projection import Projection


class Flow(NamedTuple):
    """A sum over a window (money of a year, newly made units), as far as it has come.

    Attributes:
        value: Value since the window began, unrounded.
        target: Target over the whole window, same unit.
        direction: +1 for a floor, -1 for a ceiling.
        closed: The window is over, the value final.
        last_year: The same units' value to the same month of last year, for the warning ``below_last_year``.
        previous_month: The value a month ago, for the warning ``cumulative_fell`` (a revision or a break).
    """

    value: float
    target: float
    direction: Direction = 1
    closed: bool = False
    last_year: float | None = None
    previous_month: float | None = None

    @property
    def meets_target(self) -> bool:
        """Whether the value so far meets the target of the whole window."""
        return meets(self.value, self.target, self.direction)


def before_its_time(
    as_of: MonthNumber, plan_start: MonthNumber, window_start: MonthNumber, *, january_exempt: bool
) -> Reason | None:
    """Why there can be nothing to assess yet at ``as_of``, or None where there can. Months as year * 12 + month - 1.

    Args:
        as_of: The month asked about.
        plan_start: First month of the plan.
        window_start: First month of the target's window: January of the target year for an annual flow, the plan's
            first month for a count over the plan and for a level.
        january_exempt: The source is a monthly form, which has no January.
    """
    if as_of < plan_start:
        return Reason.PLAN_NOT_BEGUN
    if as_of < window_start:
        return Reason.TARGET_YEAR_NOT_BEGUN
    return Reason.JANUARY_EXEMPT if january_exempt and as_of % 12 == 0 else None


def stale(latest: MonthNumber, as_of: MonthNumber, limit: int) -> Reason | None:
    """``stale`` where the latest data are more than ``limit`` months older than the date asked about."""
    return Reason.STALE if as_of - latest > limit else None


def flow_status(flow: Flow, projection: Projection | Reason, cuts: Cuts = DEFAULT_CUTS) -> Verdict:
    """State of a flow.

    A floor is achieved as soon as it is reached, a ceiling missed as soon as it is exceeded; at the end of the
    window the value decides. Before that rho = 1 + d * (F - T) / |T|, which for a positive floor is F / T, is cut
    at 1.00 (on track) and 0.95 (at risk); 1.05 and more carries the tag *ahead*.

    Args:
        flow: Value, target and window.
        projection: What the value will be at the end of the window, or why that is unknown.
        cuts: Where the states are cut.
    """
    flags = _flow_flags(flow)
    if flow.meets_target and (flow.closed or flow.direction == 1):
        return _decided(Status.ACHIEVED, Reason.TARGET_MET, flow, flags)
    if not flow.meets_target and (flow.closed or flow.direction == -1):
        reason = Reason.DEADLINE_PAST if flow.closed else Reason.CEILING_EXCEEDED
        return _decided(Status.MISSED, reason, flow, flags)
    if isinstance(projection, Reason):
        return Verdict(Status.NOT_ASSESSABLE, projection, flags=flags)
    if flow.target == 0:
        return Verdict(Status.NOT_ASSESSABLE, Reason.TARGET_IS_ZERO, flags=flags)
    return _by_projection(_share(projection.value, flow.target, flow.direction), flags, cuts)


def level_status(
    level: Level, *, may_fall: bool = False, slope: float | None = None, cuts: Cuts = DEFAULT_CUTS
) -> Verdict:
    """State of a stock or of a count at a date.

    Met: achieved. Past its date and not met: missed. Met at the baseline and not now: lapsed. Otherwise
    R = P / tau is cut at 0.95 (on track), 0.60 (at risk) and 0 (off track); below 0 the level is deteriorating.

    Args:
        level: Value, baseline, target and dates.
        may_fall: The value may fall again, so that before the due date it is at most on track (``meets_now``).
        slope: Recent change per time, for the warning ``adverse_trend``; without it the change since the baseline.
        cuts: Where the states are cut.
    """
    flags = _level_flags(level, slope)
    if level.meets_target:
        return _met(level, flags, may_fall=may_fall)
    if level.closed:
        return _decided(Status.MISSED, Reason.DEADLINE_PAST, level, flags)
    if level.base_meets_target:
        reason = Reason.WAS_MET_AT_BASELINE
        return _decided(Status.LAPSED, reason, level, flags)
    return _by_progress(level, flags, cuts)


def ratio_status(level: Level, *, slope: float | None = None, cuts: Cuts = DEFAULT_CUTS) -> Verdict:
    """State of a ratio: a level that may fall again, so on track (``meets_now``) at most before its due date."""
    return level_status(level, may_fall=True, slope=slope, cuts=cuts)


def maintain_status(level: Level, *, may_fall: bool = False, slope: float | None = None) -> Verdict:
    """State of a value that is to be kept: achieved while it meets the target, lapsed once it does not.

    The target is the value to be kept, usually the baseline's. After the due date a value that is not kept is missed.
    Source: the rule for constant targets of Destatis, with an adverse slope as a warning.
    """
    flags = _level_flags(level, slope)
    if level.meets_target:
        return _met(level, flags, may_fall=may_fall)
    missed = (Status.MISSED, Reason.DEADLINE_PAST)
    status, reason = missed if level.closed else (Status.LAPSED, Reason.WAS_MET_AT_BASELINE)
    return _decided(status, reason, level, flags)


def direction_status(value: float, base: float | None, *, direction: Direction = 1, closed: bool = False) -> Verdict:
    """State of a promise without a number: the value is to rise (or fall) against its baseline.

    Better than the baseline: on track (``meets_now``), and achieved once the date is past. Equal: off track
    (``no_change``). Worse: deteriorating (``below_baseline``). After the date, not better is missed.
    """
    if base is None:
        return not_assessable(Reason.NO_BASELINE)
    unchanged = same(value, base)
    if direction * (value - base) > 0 and not unchanged:
        return Verdict(*((Status.ACHIEVED, Reason.TARGET_MET) if closed else (Status.ON_TRACK, Reason.MEETS_NOW)))
    if closed:
        return Verdict(Status.MISSED, Reason.DEADLINE_PAST)
    if unchanged:
        return Verdict(Status.OFF_TRACK, Reason.NO_CHANGE)
    return Verdict(Status.DETERIORATING, Reason.BELOW_BASELINE)


def range_status(lower: Level, upper: Level, *, may_fall: bool = True, cuts: Cuts = DEFAULT_CUTS) -> Verdict:
    """State of a value that is to lie between two bounds: that of the weaker bound.

    Args:
        lower: The value against its lower bound (``direction`` +1).
        upper: The same value against its upper bound (``direction`` -1).
        may_fall: The value may leave the range again before the due date.
        cuts: Where the states are cut.
    """
    return worst(level_status(bound, may_fall=may_fall, cuts=cuts) for bound in (lower, upper))


def _share(value: float, target: float, direction: Direction) -> float:
    return 1 + direction * (value - target) / abs(target)


def _flow_flags(flow: Flow) -> tuple[Flag, ...]:
    raised = {
        Flag.BELOW_LAST_YEAR: flow.last_year is not None and not meets(flow.value, flow.last_year),
        Flag.CUMULATIVE_FELL: flow.previous_month is not None and not meets(flow.value, flow.previous_month),
    }
    return tuple(flag for flag, holds in raised.items() if holds)


def _level_flags(level: Level, slope: float | None) -> tuple[Flag, ...]:
    if slope is None and level.base is not None:
        slope = level.value - level.base[1]
    adverse = slope is not None and level.direction * slope < 0 and level.meets_target
    raised = {Flag.BASE_MEETS_TARGET: level.base_meets_target, Flag.ADVERSE_TREND: adverse}
    return tuple(flag for flag, holds in raised.items() if holds)


def _decided(status: Status, reason: Reason, reached: Flow | Level, flags: tuple[Flag, ...]) -> Verdict:
    if reached.target == 0:
        return Verdict(status, reason, flags=flags)
    score = _share(reached.value, reached.target, reached.direction)
    return Verdict(status, reason, score, Scale.ACTUAL_SHARE, score - 1, flags)


def _met(level: Level, flags: tuple[Flag, ...], *, may_fall: bool) -> Verdict:
    for_now = may_fall and not level.closed
    status, reason = (Status.ON_TRACK, Reason.MEETS_NOW) if for_now else (Status.ACHIEVED, Reason.TARGET_MET)
    return _decided(status, reason, level, flags)


def _by_projection(score: float, flags: tuple[Flag, ...], cuts: Cuts) -> Verdict:
    distance = _distance(score, (cuts.flow_on_track, cuts.flow_at_risk))
    status = _cut(score, cuts.flow_on_track, cuts.flow_at_risk)
    reason = Reason.PROJECTION_REACHES if status is Status.ON_TRACK else Reason.PROJECTION_SHORT
    ahead = (Flag.AHEAD,) if score >= cuts.flow_ahead - TOLERANCE else ()
    return Verdict(status, reason, score, Scale.PROJECTED_SHARE, distance, ahead + flags)


def _by_progress(level: Level, flags: tuple[Flag, ...], cuts: Cuts) -> Verdict:
    rate = level_progress(level).rate
    if rate is Reason.NO_TIME_ELAPSED:
        return _before_any_change_is_due(level, flags)
    if isinstance(rate, Reason):
        return Verdict(Status.NOT_ASSESSABLE, rate, flags=flags)
    distance = _distance(rate, (cuts.level_on_track, cuts.level_at_risk, 0.0))
    status = _cut(rate, cuts.level_on_track, cuts.level_at_risk) if rate >= -TOLERANCE else Status.DETERIORATING
    return Verdict(status, _progress_reason(status, rate), rate, Scale.CHANGE_RATE, distance, flags)


def _before_any_change_is_due(level: Level, flags: tuple[Flag, ...]) -> Verdict:
    planned = planned_value(level)
    if isinstance(planned, Reason) or meets(level.value, planned, level.direction):
        return Verdict(Status.ON_TRACK, Reason.PROGRESS_ON_PACE, flags=flags)
    return Verdict(Status.DETERIORATING, Reason.BELOW_BASELINE, flags=flags)


def _progress_reason(status: Status, rate: float) -> Reason:
    if status is Status.ON_TRACK:
        return Reason.PROGRESS_ON_PACE
    if status is Status.DETERIORATING:
        return Reason.BELOW_BASELINE
    return Reason.NO_CHANGE if abs(rate) <= TOLERANCE else Reason.PROGRESS_BEHIND_PACE


def _cut(score: float, on_track: float, at_risk: float) -> Status:
    if score >= on_track - TOLERANCE:
        return Status.ON_TRACK
    return Status.AT_RISK if score >= at_risk - TOLERANCE else Status.OFF_TRACK


def _distance(score: float, cuts: tuple[float, ...]) -> float:
    return min((score - cut for cut in cuts), key=abs)
