"""Charts as coordinates: a bullet and a trajectory for each indicator, in units of an SVG's view box."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.render.numbers import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xicen_kpi.report.model import IndicatorReport

WIDTH, HEIGHT = 640, 250
"""View box of a trajectory."""
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 14, 28
"""Margins of its axes."""
BULLET_WIDTH = 600
"""View box of a bullet."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis and what it is called; `value` is unrounded."""

    at: float
    value: float


@dataclass(frozen=True, slots=True)
class Bullet:
    """A value beside its target on one scale from zero.

    Attributes:
        bar: Width of the value's bar.
        target: Place of the target.
        schedule: Place where 序时进度 would be.
        low: Left end of the projection's band.
        high: Its right end.
        projected: Place of the projection.
    """

    bar: float
    target: float
    schedule: float | None
    low: float | None
    high: float | None
    projected: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline with its class, and the places of its months."""

    kind: str
    points: str
    dots: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The way of a figure over the months.

    Attributes:
        lines: now, last, schedule, projection.
        first: Where other figures were reported first than stand now.
        band: Polygon of the projection's band; empty where there is none.
        target: Height of the target; None where there is none.
        ticks: Amounts on the vertical axis.
        months: Months on the horizontal axis: month number, year where one begins.
    """

    lines: tuple[Line, ...]
    first: tuple[tuple[float, float], ...]
    band: str
    target: float | None
    ticks: tuple[Mark, ...]
    months: tuple[tuple[float, str, str], ...]


def bullet(one: IndicatorReport) -> Bullet | None:
    """The bullet chart; None where there is no value or no target, or where something is negative."""
    value, target, ahead = one.value, one.target.value, one.projection
    if value is None or not target or min(value, target) < 0:
        return None
    most = 1.05 * max(value, target, ahead.value or 0.0, ahead.high or 0.0)

    def place(amount: float | None) -> float | None:
        return None if amount is None else round(BULLET_WIDTH * max(amount, 0.0) / most, 1)

    due = None if one.elapsed.linear is None else one.elapsed.linear * target
    return Bullet(
        place(value) or 0.0, place(target) or 0.0, place(due), place(ahead.low), place(ahead.high), place(ahead.value)
    )


def trajectory(one: IndicatorReport) -> Trajectory | None:
    """The trajectory; None where fewer than two months are known."""
    known = {_ordinal(point.period): point.value for point in one.series if point.value is not None}
    if one.period is None or len(known) < 2:
        return None
    last = _ordinal(one.period.end)
    first, end = _window(one, min(known), last)
    now = {month: value for month, value in known.items() if first <= month <= last}
    year_before = {month + 12: value for month, value in known.items() if first <= month + 12 <= end}
    told = _first_told(one, known, first, end)
    axes = _axes(one, first, end, [*now.values(), *told.values(), *(year_before.values() if _yearly(one) else ())])
    lines = [axes.line("now", now)]
    if _yearly(one) and len(year_before) > 1:
        lines.insert(0, axes.line("last", year_before))
    goal = one.target.value
    if one.elapsed.linear is not None and goal is not None:
        lines.insert(0, axes.line("schedule", {first - 1: 0.0, end: goal}))
    band, projection = _projection(one, axes, last, end)
    lines += projection
    return Trajectory(
        tuple(line for line in lines if line.points),
        tuple((axes.x(month), axes.y(value)) for month, value in sorted(told.items())),
        band,
        None if goal is None else axes.y(goal),
        tuple(Mark(axes.y(value), value) for value in axes.ticks),
        axes.months,
    )


def _first_told(one: IndicatorReport, known: dict[int, float], first: int, end: int) -> dict[int, float]:
    """Months of the axis for which another figure was reported first than stands now, as they are printed."""
    told = {_ordinal(each.period): each.first for each in one.history if each.period and each.first is not None}
    step = f"1e-{one.decimals}"
    return {
        month: value
        for month, value in told.items()
        if first <= month <= end and month in known and rounded(value, step) != rounded(known[month], step)
    }


def _yearly(one: IndicatorReport) -> bool:
    return one.kind in ("flow", "ratio")


def _window(one: IndicatorReport, first: int, last: int) -> tuple[int, int]:
    """A year for what is counted within one; the plan for a count; for a level all that is known."""
    if _yearly(one):
        start = last - last % 12
        return start, start + 11
    due = last if one.target.due is None else max(last, _ordinal(one.target.due))
    start = _ordinal(one.period.start) if one.kind == "count" and one.period is not None else first
    return start, max(due, start + 1)


@dataclass(frozen=True, slots=True)
class Axes:
    """Both scales of a trajectory."""

    first: int
    end: int
    bottom: float
    top: float
    ticks: tuple[float, ...]

    def x(self, month: int) -> float:
        """Place of a month; the month before the first stands at the left edge."""
        span = self.end - self.first + 1
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (month - self.first + 1) / span, 1)

    def y(self, value: float) -> float:
        """Height of an amount."""
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (self.top - value) / (self.top - self.bottom), 1)

    def line(self, kind: str, values: dict[int, float]) -> Line:
        """A line through months and amounts."""
        places = [(self.x(month), self.y(value)) for month, value in sorted(values.items())]
        text = " ".join(f"{x},{y}" for x, y in places)
        return Line(kind, text, tuple(places) if kind == "now" else ())

    @property
    def months(self) -> tuple[tuple[float, str, str], ...]:
        """Months with a mark: each of a year, every third of a longer span; the year where it begins."""
        step = 1 if self.end - self.first < 12 else 3
        found = []
        for place, month in enumerate(range(self.first, self.end + 1)):
            if (month % 12) % step == (step - 1 if step > 1 else 0) or step == 1:
                year = str(month // 12) if place == 0 or month % 12 < step else ""
                found.append((self.x(month), str(month % 12 + 1), year))
        return tuple(found)


def _axes(one: IndicatorReport, first: int, end: int, values: Iterable[float]) -> Axes:
    ahead = one.projection
    seen = [*values, *(v for v in (one.target.value, ahead.value, ahead.low, ahead.high) if v is not None)]
    low = min(seen) if one.kind in ("ratio", "level") else min(0.0, *seen)
    high = max(seen)
    step = _step((high - low) or abs(high) or 1.0)
    bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step
    if top == bottom:
        top = bottom + step
    count = round((top - bottom) / step)
    return Axes(first, end, bottom, top, tuple(bottom + step * place for place in range(count + 1)))


def _step(span: float) -> float:
    """1, 2 or 5 times a power of ten: about four steps over the span."""
    raw = span / 4
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw)


def _projection(one: IndicatorReport, axes: Axes, last: int, end: int) -> tuple[str, list[Line]]:
    ahead, value = one.projection, one.value
    if ahead.value is None or value is None or ahead.method == "complete" or last >= end:
        return "", []
    due = end if one.target.due is None else min(end, _ordinal(one.target.due))
    line = axes.line("projection", {last: value, due: ahead.value})
    if ahead.low is None or ahead.high is None:
        return "", [line]
    start = f"{axes.x(last)},{axes.y(value)}"
    return f"{start} {axes.x(due)},{axes.y(ahead.high)} {axes.x(due)},{axes.y(ahead.low)}", [line]


def _ordinal(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1
