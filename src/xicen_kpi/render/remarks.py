"""What to say beside an indicator: what is missing, what it will come to, and what to know about the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.render.numbers import ABSENT, Rule, amount, as_declared, fixed, less, signed
from xicen_kpi.words.labels import label, measured, month_name, period_text
from xicen_kpi.words.reasons import reason
from xicen_kpi.words.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.report.model import IndicatorReport
    from xicen_kpi.words.labels import Lang

_UNASSESSED = ("not_assessable",)


def remarks_on(one: IndicatorReport, lang: Lang, rule: Rule) -> list[str]:
    """Short remarks in the order in which a reader wants them."""
    return [*_standing(one, lang, rule), *_about_figure(one, lang, rule)]


def _standing(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    """What the value means for the target."""
    if one.value is None:
        yield why_absent(one, lang)
        return
    if one.status_reason == "no_target":
        return
    if one.status in _UNASSESSED:
        yield reason(one.status_reason, lang)
        yield from _early(one, lang, rule)
        return
    by_kind = {"flow": _flow, "ratio": _ratio, "count": _count, "level": _level}
    yield from by_kind[one.kind](one, lang, rule)
    yield from flag_remarks(one, lang, rule)


def _shown(value: float | None, one: IndicatorReport, lang: Lang, rule: Rule) -> str:
    """An amount of the indicator with its unit."""
    return measured(amount(value, one.decimals, rule), one.unit, lang)


def _early(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    last = one.last_full_year
    if last is not None and last.gap is not None and one.target.due is not None:
        yield remark(
            "flow.early" if last.gap > 0 else "flow.early_met",
            lang,
            year=period_text(last.period, lang),
            value=_shown(last.value, one, lang, rule),
            gap=_shown(last.gap, one, lang, rule),
            due=period_text(one.target.due[:4], lang),
        )


def _flow(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.gap is None:
        return
    gap = _shown(abs(one.gap), one, lang, rule)
    if one.gap <= 0:
        yield remark("flow.surplus", lang, surplus=gap)
    elif one.required.per_month is None or months_left(one) < 2:
        yield remark("flow.required_one" if months_left(one) == 1 else "flow.required_last", lang, gap=gap)
    else:
        per_month = _shown(one.required.per_month, one, lang, rule)
        yield remark("flow.required", lang, gap=gap, months=months_left(one), per_month=per_month)
    if one.projection.value is not None and one.projection.method != "complete":
        yield remark("flow.projected", lang, value=_shown(one.projection.value, one, lang, rule))


def _ratio(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.gap is not None and one.gap > 0:
        yield remark("ratio.short", lang, gap=amount(one.gap, one.decimals, rule))
        if one.required.numerator:
            extra = measured(amount(one.required.numerator, 1, rule), one.required.numerator_unit or "1", lang)
            yield remark("ratio.numerator", lang, extra=extra)
    elif one.gap is not None:
        yield remark("ratio.meets", lang, surplus=amount(-one.gap, one.decimals, rule))
    base = one.baseline.value
    if base is None or one.value is None or "base_meets_target" in one.flags:
        return
    change = amount(abs(less(one.value, base)), one.decimals, rule)
    if one.value < base:
        yield remark("ratio.fell", lang, change=change)
    elif one.target.value is None and one.value > base:
        yield remark("ratio.rose", lang, change=change)


def _count(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.required.count:
        yield remark("count.short", lang, count=measured(str(one.required.count), one.unit, lang))
    elif one.gap is not None and one.gap < 0:
        yield remark("count.surplus", lang, surplus=measured(fixed(-one.gap, one.decimals, rule), one.unit, lang))


def _level(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.baseline.value is not None and one.baseline.period is not None:
        period = period_text(one.baseline.period, lang)
        yield remark("level.baseline", lang, period=period, value=_shown(one.baseline.value, one, lang, rule))


def flag_remarks(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    """What to know about the state."""
    for flag in one.flags:
        if flag == "base_meets_target":
            yield remark(flag, lang, value=_shown(one.baseline.value, one, lang, rule))
        elif flag != "adverse_trend" or "base_meets_target" not in one.flags:
            yield remark(flag, lang)


def _about_figure(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    """What to know before the figure is passed on."""
    if one.proxy and one.label is not None:
        yield remark("proxy", lang, label=one.label.say(lang))
    if "data_behind" in one.notes and one.period is not None:
        yield remark("data_behind", lang, month=month_name(one.period.end, lang))
    if one.robust is False and one.bounds.why is not None:
        low, high = (amount(end, one.decimals, rule) for end in (one.bounds.low, one.bounds.high))
        yield remark(f"not_robust.{one.bounds.why.split('+')[-1]}", lang, low=low, high=high)
    missing = (one.coverage.expected or 0) - (one.coverage.reported or 0)
    if missing > 0:
        yield remark("missing_units", lang, count=missing)
    empty = sum(step.missing for step in one.trail)
    if empty:
        yield remark("cells_missing", lang, count=empty)
    if one.confirmed is not None:
        difference = measured(signed(one.confirmed.difference, one.decimals, rule), one.unit, lang)
        yield remark("confirmed", lang, difference=difference)


def why_absent(one: IndicatorReport, lang: Lang) -> str:
    """Why there is no value, and which form or column is missing."""
    why = reason(one.reason or one.status_reason, lang)
    return why if one.lacks is None else f"{why}{'：' if lang == 'zh' else ': '}{one.lacks.say(lang)}"


def months_left(one: IndicatorReport) -> int:
    """Whole months between the figure and its due date."""
    if one.period is None or one.target.due is None:
        return 0
    (year, month), (due_year, due_month) = (map(int, text.split("-")) for text in (one.period.end, one.target.due))
    return (due_year - year) * 12 + due_month - month


def target_text(one: IndicatorReport, lang: Lang) -> str:
    """The target as the plan says it: ≥ 170, ≤ 5, or a direction."""
    if one.target.comparison is None:
        return ABSENT
    if one.target.value is None:
        return label(f"direction.{one.target.comparison}", lang)
    sign = {"at_least": "≥", "at_most": "≤", "maintain": "≥"}[one.target.comparison]
    return f"{sign}{as_declared(one.target.value)}"
