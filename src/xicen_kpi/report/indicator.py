"""One indicator's section of the report, put together from its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.analysis import required
from xicen_kpi.analysis.comparison import difference
from xicen_kpi.analysis.observation import NotObserved, Observation
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.plan.model import Kind
from xicen_kpi.plan.period import Month, Span
from xicen_kpi.plan.values import Text
from xicen_kpi.report.behind import look_behind
from xicen_kpi.report.case import Reasons
from xicen_kpi.report.comparison import compared
from xicen_kpi.report.drivers import drivers_of, group_contributions
from xicen_kpi.report.model import (
    BaselineSection,
    CiteSection,
    ConfirmedSection,
    IndicatorReport,
    LastFullYear,
    Period,
    StepSection,
    TargetSection,
)
from xicen_kpi.report.outlook import outlook_of
from xicen_kpi.report.series import series_of
from xicen_kpi.report.timeline import judged_at
from xicen_kpi.report.uncertainty import too_few, uncertainty_of

if TYPE_CHECKING:
    from xicen_kpi.plan.values import Lang
    from xicen_kpi.report.case import Case


def indicator_report(case: Case, lang: Lang) -> IndicatorReport:
    """The section of one indicator: every key, null where there is nothing, with the reason.

    The source of the baseline is told in the language given.
    """
    reasons = Reasons()
    seen = case.seen if isinstance(case.seen, Observation) else None
    change = compared(case, reasons)
    back = look_behind(case)
    unknown = uncertainty_of(case, back, reasons)
    ahead = outlook_of(case, reasons, too_few(unknown.coverage))
    gap, completion = _gap(case, reasons, ahead.verdict.reason)
    indicator = case.indicator
    return IndicatorReport(
        id=case.id,
        commitments=indicator.commitments,
        name=indicator.name,
        headline=indicator.headline,
        audience=indicator.audience.value,
        kind=case.kind.value,
        unit=indicator.unit,
        decimals=indicator.decimals,
        period=None if seen is None else Period(start=str(seen.period.start), end=str(seen.period.end)),
        value=case.value,
        label=None if seen is None else seen.label,
        proxy=seen is not None and seen.proxy,
        reason=case.seen.reason if isinstance(case.seen, NotObserved) else None,
        lacks=_lacks(case),
        provisional=seen is not None and (seen.proxy or bool(back and back.missing)),
        baseline=_baseline(case, lang, reasons),
        target=_target(case, reasons),
        gap=gap,
        completion=completion,
        progress=ahead.progress,
        elapsed=ahead.elapsed,
        pace_gap_pp=ahead.pace,
        required=ahead.required,
        previous=change.previous,
        growth=change.growth,
        change_pp=change.change_pp,
        projection=ahead.projection,
        bounds=unknown.bounds,
        status=ahead.verdict.status.value,
        status_reason=_status_reason(case, ahead.verdict.reason),
        flags=tuple(flag.value for flag in ahead.verdict.flags),
        distance_to_cut=reasons.take("distance_to_cut", ahead.verdict.distance_to_cut, ahead.verdict.reason.value),
        robust=unknown.robust,
        coverage=unknown.coverage,
        nowcast=unknown.nowcast,
        drivers=drivers_of(case, back, reasons),
        contributions=group_contributions(case, back, reasons),
        confirmed=_confirmed(case, reasons),
        last_full_year=_last_full_year(case, reasons, ahead.verdict.reason),
        series=series_of(case),
        history=(),
        suppressed=False,
        reasons=dict(sorted(reasons.given.items())),
        trail=_trail(seen),
        cite=CiteSection(section=indicator.cite.section, quote=indicator.cite.quote),
        scope=indicator.scope,
        assumptions=indicator.assumptions,
        notes=_notes(case),
    )


def _lacks(case: Case) -> Text | None:
    if not isinstance(case.seen, NotObserved) or case.seen.reason not in ("source_missing", "column_missing"):
        return None
    source = case.plan.sources[case.seen.detail["source"]]
    column = source.columns.get(case.seen.detail.get("column", ""))
    if column is None:
        return source.title
    header = column.header[0]
    return Text(zh=f"{source.title.zh}“{header}”", en=f"“{header}” of {source.title.en}")


def _status_reason(case: Case, reason: Reason) -> str:
    if isinstance(case.seen, NotObserved):
        return case.seen.reason
    return "no_target" if case.indicator.target is None else reason.value


def _gap(case: Case, reasons: Reasons, why: Reason) -> tuple[float | None, float | None]:
    """Gap and completion; a part of a year before the target's is not set against the target."""
    goal = None if case.indicator.target is None else case.indicator.target.value
    if case.value is None or goal is None:
        reason = "no_value" if case.value is None else "no_target_value"
        return reasons.take("gap", None, reason), reasons.take("completion", None, reason)
    if case.kind is Kind.FLOW and case.over_plan:
        return reasons.take("gap", None, "not_computed_yet"), reasons.take("completion", None, "not_computed_yet")
    if case.yearly and not case.in_target_year and case.month.month != 12:
        return reasons.take("gap", None, why.value), reasons.take("completion", None, why.value)
    missing = required.gap(case.value, goal, case.direction)
    return missing, reasons.take("completion", required.completion(case.value, goal))


def _baseline(case: Case, lang: Lang, reasons: Reasons) -> BaselineSection:
    base = case.indicator.baseline
    if base is None:
        reasons.given["baseline"] = "no_baseline"
        return BaselineSection(value=None, period=None, source=None)
    return BaselineSection(value=float(base.value), period=str(base.period), source=base.source.say(lang))


def _target(case: Case, reasons: Reasons) -> TargetSection:
    target = case.indicator.target
    if target is None:
        reasons.given["target"] = "no_target"
        return TargetSection(value=None, comparison=None, due=None, over=None)
    value = reasons.take("target.value", target.value, "direction_only")
    return TargetSection(value=value, comparison=target.comparison, due=str(target.by), over=target.over.value)


def _confirmed(case: Case, reasons: Reasons) -> ConfirmedSection | None:
    if case.confirmed is None or not isinstance(case.seen, Observation):
        reasons.given["confirmed"] = "none_given"
        return None
    computed = case.seen.value
    return ConfirmedSection(value=case.confirmed, computed=computed, difference=difference(case.confirmed, computed))


def _last_full_year(case: Case, reasons: Reasons, why: Reason) -> LastFullYear | None:
    """The last whole year against the target, where the running year is not the target's."""
    if why is not Reason.TARGET_YEAR_NOT_BEGUN or case.value is None:
        reasons.given["last_full_year"] = "only_before_the_target_year"
        return None
    year = case.month.year if case.month.month == 12 else case.month.year - 1
    value = case.value_at(Month(year, 12))
    if value is None:
        reasons.given["last_full_year"] = "no_data_for_period"
        return None
    goal = None if case.indicator.target is None else case.indicator.target.value
    if goal is None:
        return LastFullYear(value=value, period=str(Span.parse(year)), gap=None, completion=None)
    done = required.completion(value, goal)
    return LastFullYear(
        value=value,
        period=str(Span.parse(year)),
        gap=required.gap(value, goal, case.direction),
        completion=None if isinstance(done, Reason) else done,
    )


def _trail(seen: Observation | None) -> tuple[StepSection, ...]:
    return tuple(
        StepSection(
            role=step.role,
            source=step.source,
            column=step.column,
            value=step.value,
            unit=step.unit,
            rows=step.rows,
            missing=step.missing,
        )
        for step in (seen.trail if seen else ())
    )


def _notes(case: Case) -> tuple[str, ...]:
    """Codes of remarks: older data than asked for, cells without a value, a proxy beside a baseline of another kind."""
    seen = case.seen
    if not isinstance(seen, Observation):
        return ()
    notes = {
        "data_behind": seen.month < judged_at(case.indicator, case.as_of),
        "cells_missing": any(step.missing for step in seen.trail),
        "proxy": seen.proxy,
        "definition_differs": seen.proxy and case.indicator.baseline is not None,
        "confirmed_prevails": case.confirmed is not None,
    }
    return tuple(note for note, holds in notes.items() if holds)
