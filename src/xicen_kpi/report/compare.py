"""Two drops side by side: which figures moved, why, and which enterprises are behind it.

A figure goes from the old drop to the new one in steps: the plan's change, then the same period in the new files, then
the later period. Within a step each enterprise has its part; parts add up to steps and steps to the change, exactly: a
quotient N/D is moved by enterprise i by (ΔN_i − (N/D)·ΔD_i) / D′, with the values before the step and D′ after it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.analysis.identity import require_identity
from xicen_kpi.analysis.observation import Observation
from xicen_kpi.checks.held import HeldDrop
from xicen_kpi.checks.material import gather
from xicen_kpi.plan.units import factor, scale_between
from xicen_kpi.read.drop import open_drop
from xicen_kpi.report.assessment import Asked, assess
from xicen_kpi.report.compare_amounts import WHOLE, Seen, Side, Taken, asks
from xicen_kpi.report.compare_model import (
    FORMAT_VERSION,
    Cause,
    CauseEffect,
    Comparison,
    EnterpriseEffect,
    IndicatorChange,
    Standing,
)
from xicen_kpi.report.compare_rest import (
    by_small_revision,
    changed_files,
    changed_states,
    files_of,
    in_newer_unit,
    other_unit,
    promises_of,
    standing_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.model import Indicator, Plan
    from xicen_kpi.plan.period import Month
    from xicen_kpi.read.drop import Drop
    from xicen_kpi.report.case import Case
    from xicen_kpi.report.model import Report

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Given:
    """A drop and the plan it is read by.

    Attributes:
        name: What the user calls it.
        plan: The plan.
        sha256: Of the plan file.
        drop: The folder of exports.
    """

    name: str
    plan: Plan
    sha256: str
    drop: Drop


@dataclass(frozen=True)
class _State:
    """A drop, assessed and ready to be asked."""

    report: Report
    cases: Mapping[str, Case]
    taken: Taken
    names: Mapping[str, str]
    findings: tuple[Finding, ...]
    drop: Drop
    months: tuple[int, ...]

    def standing(self, name: str, unit: str) -> Standing | None:
        """How an indicator stands, in a unit."""
        found = next((one for one in self.report.indicators if one.id == name), None)
        return None if found is None else in_newer_unit(standing_of(found), scale_between(found.unit, unit))


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what reading the new drop had to say."""

    comparison: Comparison
    findings: tuple[Finding, ...]


def compare_drops(old: Given, new: Given, asked: Asked) -> Compared:
    """What changed between two drops.

    Args:
        old: The older drop.
        new: The newer drop.
        asked: Month (None: each its own), audience and language.

    Raises:
        DataError: None of the data of a drop could be read.
    """
    before, after = _state(old, asked), _state(new, asked)
    plan_changed = old.sha256 != new.sha256
    between = _retaken(before, new.plan) if plan_changed else before.taken
    changes = tuple(
        _change(name, new.plan.indicators.get(name) or old.plan.indicators[name], before, between, after, asked)
        for name in dict.fromkeys((*before.cases, *after.cases))
    )
    comparison = Comparison(
        format_version=FORMAT_VERSION,
        kind="drops",
        audience=asked.audience,
        language=asked.lang,
        old=old.name,
        new=new.name,
        old_as_of=before.report.as_of,
        new_as_of=after.report.as_of,
        plan_changed=plan_changed,
        rounding=after.report.rounding,
        files=changed_files(*(files_of(one.report) for one in (before, after))),
        indicators=changes,
        commitments=changed_states(*(promises_of(one.report) for one in (before, after))),
        unknown=(),
    )
    return Compared(comparison, after.findings)


def _state(given: Given, asked: Asked) -> _State:
    material = gather(given.plan, given.drop, asked.as_of)
    held = material.held
    # What a comparison asks beside the report is answered in the same reading.
    assessment = assess(given.plan, held, asked._replace(more=asks(given.plan)), sha256=given.sha256)
    months = tuple(sorted({month for whole in material.wholes.values() for month in whole.held}))
    taken = Taken(given.plan, assessment.observer.answers)
    findings = (*material.findings, *assessment.findings)
    return _State(assessment.report, assessment.cases, taken, material.names, findings, held, months)


def _retaken(state: _State, plan: Plan) -> Taken:
    """The old drop under the new plan."""
    if not isinstance(state.drop, HeldDrop):
        return state.taken
    drop = state.drop
    same = {name: source for name, source in plan.sources.items() if drop.sources.get(name) == source}
    if len(same) == len(plan.sources):
        return Taken.of(plan, drop, state.months)
    # Other columns or files: the old folder is read anew.
    fresh = gather(plan, _opened(drop, plan))
    return Taken.of(plan, fresh.held, state.months)


def _opened(drop: Drop, plan: Plan) -> Drop:
    return open_drop(drop.folder, plan.sources)


def _change(
    name: str, indicator: Indicator, before: _State, between: Taken, after: _State, asked: Asked
) -> IndicatorChange:
    old, new = (one.standing(name, indicator.unit) for one in (before, after))
    change = None
    causes: tuple[CauseEffect, ...] = ()
    if old is not None and new is not None and old.value is not None and new.value is not None:
        change = new.value - old.value
        steps = list(_steps(name, indicator, before, between, after))
        scale = max(abs(old.value), abs(new.value))
        require_identity(f"effects on {name}", [one.effect for one in steps], change, scale)
        if asked.audience == "internal":
            causes = tuple(_by_cause(steps, {**before.names, **after.names}))
    return IndicatorChange(
        id=name,
        name=indicator.name,
        headline=indicator.headline,
        unit=indicator.unit,
        old_unit=other_unit(before.cases[name].indicator.unit if name in before.cases else None, indicator.unit),
        decimals=indicator.decimals,
        old=old,
        new=new,
        change=change,
        causes=causes,
        status_changed=old is not None and new is not None and old.status != new.status,
        by_small_revision=by_small_revision(old, new),
    )


@dataclass(frozen=True, slots=True)
class _Effect:
    """What an enterprise did to a figure in one step."""

    cause: Cause
    code: str
    effect: float


def _steps(name: str, indicator: Indicator, before: _State, between: Taken, after: _State) -> Iterator[_Effect]:
    """From the old value to the new one."""
    first, last = before.cases[name], after.cases[name]
    scale = factor(first.indicator.unit, indicator.unit)
    if not isinstance(first.seen, Observation) or not isinstance(last.seen, Observation):
        yield from _unseen(first, last, scale)
        return
    then, now = first.seen, last.seen
    yield from _confirmed(first, last, scale)
    as_now = first.indicator.model_copy(update={"unit": indicator.unit})
    start = before.taken.at(as_now, then.month, then.basis)
    end = after.taken.at(indicator, now.month, now.basis)
    same = after.taken.at(indicator, then.month, then.basis)
    if start is None or end is None:
        yield _Effect(Cause.UNEXPLAINED, WHOLE, now.value - then.value * scale)
        return
    at = start
    if between is not before.taken:
        renewed = between.at(indicator, then.month, then.basis)
        if renewed is not None:
            yield from _moved(indicator, at, renewed, Cause.PLAN)
            at = renewed
    if same is not None:
        yield from _revised(indicator, at, same, before.taken, then.month)
        at = same
    cause = Cause.BASIS if now.basis != then.basis and now.month == then.month else Cause.NEW_PERIOD
    if now.month != then.month or now.basis != then.basis or same is None:
        yield from _moved(indicator, at, end, cause)


def _confirmed(first: Case, last: Case, scale: float) -> Iterator[_Effect]:
    """How much further the confirmed values are apart than the computed ones."""
    apart = [
        (case.value or 0.0) - case.seen.value if isinstance(case.seen, Observation) else 0.0 for case in (first, last)
    ]
    if abs(apart[1] - apart[0] * scale) > _NOTHING:
        yield _Effect(Cause.CONFIRMED, WHOLE, apart[1] - apart[0] * scale)


def _unseen(first: Case, last: Case, scale: float) -> Iterator[_Effect]:
    """Values that were only confirmed, never computed."""
    if first.value is not None and last.value is not None:
        yield _Effect(Cause.CONFIRMED, WHOLE, last.value - first.value * scale)


def _moved(indicator: Indicator, start: Seen, end: Seen, cause: Cause) -> Iterator[_Effect]:
    """Everything that differs between two states of a figure, for one reason."""
    if len(start.sides) != len(end.sides):  # of a sum no part belongs to any part of a quotient
        yield _Effect(cause, WHOLE, end.observation.value - start.observation.value)
        return
    codes = _codes(start, end)
    yield from (_Effect(cause, code, effect) for code in codes if (effect := _effect(indicator, start, end, code)))


def _revised(indicator: Indicator, start: Seen, end: Seen, old: Taken, month: Month) -> Iterator[_Effect]:
    """The same period in both drops: who revised, came late, entered, left or was reclassified."""
    if len(start.sides) != len(end.sides):
        yield from _moved(indicator, start, end, Cause.UNEXPLAINED)
        return
    for code in _changed(start, end):
        whole = _effect(indicator, start, end, code)
        cause = _cause(indicator, start, end, old, (code, month))
        if cause is Cause.REVISED:
            # What would have changed at the old weight; the rest is another weight.
            revised = _effect(indicator, start, end, code, as_weighted=True)
            if abs(revised) > _NOTHING:
                yield _Effect(Cause.REVISED, code, revised)
            whole, cause = whole - revised, Cause.RECLASSIFIED
        if abs(whole) > _NOTHING:
            yield _Effect(cause, code, whole)


def _cause(indicator: Indicator, start: Seen, end: Seen, old: Taken, who: tuple[str, Month]) -> Cause:
    code, month = who
    then, now = ([side.raw.get(code) for side in one.sides] for one in (start, end))
    if all(amount is None for amount in then):
        known = code == WHOLE or old.knows(indicator, code, month)
        return Cause.LATE if known else Cause.ENTRANT
    if all(amount is None for amount in now):
        return Cause.EXIT
    same = all(_equal(one, other) for one, other in zip(then, now, strict=True))
    return Cause.RECLASSIFIED if same else Cause.REVISED


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=_NOTHING)


def _effect(indicator: Indicator, start: Seen, end: Seen, code: str, *, as_weighted: bool = False) -> float:
    """What one enterprise moves the figure by, in its unit.

    Args:
        indicator: The figure.
        start: Before.
        end: After.
        code: The enterprise.
        as_weighted: With the weight that it had before, its amounts alone being others.
    """
    above = _difference(start.above, end.above, code, as_weighted=as_weighted)
    if start.below is None or end.below is None:
        return above
    below = _difference(start.below, end.below, code, as_weighted=as_weighted)
    ratio = start.above.total / start.below.total
    return (above - ratio * below) / end.below.total * factor("1", indicator.unit)


def _difference(start: Side, end: Side, code: str, *, as_weighted: bool) -> float:
    then, now = start.counted.get(code, 0.0), end.counted.get(code, 0.0)
    if not as_weighted:
        return now - then
    raw_then, raw_now = start.raw.get(code), end.raw.get(code)
    if not raw_then or raw_now is None:
        return now - then
    return (raw_now - raw_then) * then / raw_then


def _codes(start: Seen, end: Seen) -> list[str]:
    found: set[str] = set()
    for side in (*start.sides, *end.sides):
        found |= side.counted.keys()
    return sorted(found)


def _changed(start: Seen, end: Seen) -> list[str]:
    """Those of whom anything differs, as it counts or as the files have it: a few, where the period is the same."""
    found: set[str] = set()
    for then, now in zip(start.sides, end.sides, strict=True):
        for before, after in ((then.counted, now.counted), (then.raw, now.raw)):
            found.update(code for code, _ in before.items() ^ after.items())
    return sorted(found.intersection(_codes(start, end)))


def _by_cause(steps: Iterable[_Effect], names: Mapping[str, str]) -> Iterator[CauseEffect]:
    gathered: dict[Cause, dict[str, float]] = {}
    for one in steps:
        own = gathered.setdefault(one.cause, {})
        own[one.code] = own.get(one.code, 0.0) + one.effect
    for cause in Cause:
        if cause in gathered:
            order = sorted(gathered[cause].items(), key=lambda pair: (-abs(pair[1]), pair[0]))
            enterprises = tuple(
                EnterpriseEffect(code=code, name=names.get(code), effect=effect)
                for code, effect in order
                if code != WHOLE
            )
            yield CauseEffect(cause=cause, effect=math.fsum(gathered[cause].values()), enterprises=enterprises)
