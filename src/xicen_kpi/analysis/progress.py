"""How far a level (stock, ratio, dated count) has come from its baseline on the way to its target.

Linear, not compound: the share of the required change works with a zero or negative baseline, a zero target and a
change of sign, where compound growth has no answer.
Source: the rate R of Statistics Canada and Eurostat with linear instead of compound change.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from xicen_kpi.analysis.comparison import Direction, meets, same
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.required import gap

Point = tuple[float, float]
"""(time, value). Times are in one unit throughout: years with decimals, or months."""


class Level(NamedTuple):
    """One level indicator, at the time it was last observed.

    Attributes:
        value: Latest observation, unrounded.
        time: When that was.
        target: Target value.
        due: When the target is due, same unit as ``time``.
        base: (time, value) of the baseline, or None where there is none.
        direction: +1 for "at least", -1 for "at most".
        milestones: (time, planned value) between baseline and target; others are passed over.
    """

    value: float
    time: float
    target: float
    due: float
    base: Point | None = None
    direction: Direction = 1
    milestones: tuple[Point, ...] = ()

    @property
    def meets_target(self) -> bool:
        """Whether the latest value meets the target."""
        return meets(self.value, self.target, self.direction)

    @property
    def base_meets_target(self) -> bool:
        """Whether the baseline met the target already, so that the direction of the target should be checked."""
        return self.base is not None and meets(self.base[1], self.target, self.direction)

    @property
    def closed(self) -> bool:
        """Whether the latest value is from the due date or after it."""
        return self.time >= self.due


class LevelProgress(NamedTuple):
    """Where a level stands between baseline and target.

    Attributes:
        gap: d * (target - value), positive while something is missing.
        progress: P = (value - base) / (target - base), a fraction, or why there is none.
        elapsed: tau, the share of the change that was planned by now: the time gone, or the milestones' path.
        rate: R = P / tau. With a straight path it is also the share of the required change that the trend since
            the baseline delivers by the due date.
        projected: value + slope since baseline * time left.
        relative_miss: max(0, d * (target - projected)) / |target - value| (Destatis), or why there is none.
    """

    gap: float
    progress: float | Reason
    elapsed: float | Reason
    rate: float | Reason
    projected: float | Reason
    relative_miss: float | Reason


def level_progress(level: Level) -> LevelProgress:
    """Progress of a level since its baseline.

    Without a baseline, with only one point in time, or with a baseline that met the target already there is a gap
    and no progress; the reason stands in its place.
    """
    missing = gap(level.value, level.target, level.direction)
    base = _usable_base(level)
    if isinstance(base, Reason):
        return LevelProgress(missing, base, base, base, base, base)
    base_time, base_value = base
    progress = (level.value - base_value) / (level.target - base_value)
    elapsed = (_planned(level, base) - base_value) / (level.target - base_value)
    rate = progress / elapsed if elapsed > 0 else Reason.NO_TIME_ELAPSED
    slope = (level.value - base_value) / (level.time - base_time)
    projected = level.value + slope * max(level.due - level.time, 0.0)
    return LevelProgress(missing, progress, elapsed, rate, projected, _relative_miss(level, projected))


def planned_value(level: Level) -> float | Reason:
    """What the straight path from the baseline through the milestones to the target asks for at this time."""
    base = _usable_base(level)
    return base if isinstance(base, Reason) else _planned(level, base)


def _usable_base(level: Level) -> Point | Reason:
    if level.base is None:
        return Reason.NO_BASELINE
    if level.base_meets_target:
        same_value = same(level.base[1], level.target)
        return Reason.TARGET_EQUALS_BASELINE if same_value else Reason.BASE_MEETS_TARGET
    if level.time <= level.base[0]:
        return Reason.INSUFFICIENT_HISTORY
    return level.base


def _planned(level: Level, base: Point) -> float:
    between = sorted(point for point in level.milestones if base[0] < point[0] < level.due)
    path = [base, *between, (level.due, level.target)]
    for (start, first), (end, last) in pairwise(path):
        if level.time <= end:
            return first + (last - first) * (level.time - start) / (end - start)
    return level.target


def _relative_miss(level: Level, projected: float) -> float | Reason:
    if level.meets_target:
        return Reason.TARGET_MET
    return max(0.0, level.direction * (level.target - projected)) / abs(level.target - level.value)
