"""The scoreboard as rows of finished texts: what the terminal table, the plain text and the markdown table show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.render.numbers import ABSENT, Rule, amount, amount_beside, hundredfold, percent, signed
from xicen_kpi.render.remarks import remarks_on, target_text
from xicen_kpi.words.labels import label, measured, period_name

if TYPE_CHECKING:
    from xicen_kpi.report.model import IndicatorReport, Report
    from xicen_kpi.words.labels import Lang


class Row(NamedTuple):
    """One indicator, every cell ready to print.

    Attributes:
        id: Its id.
        name: Its name.
        period: Months that the figure covers.
        value: Value with its unit.
        target: Target as the plan says it.
        completion: 完成率.
        pace: Ahead of or behind 序时进度, in percentage points.
        gap: What is missing; nothing once the target is met.
        change: Growth, or change in percentage points.
        projection: What it will come to.
        status: State in words.
        state: State as a code, for colours.
        done: Completion between 0 and 1 for a bar, None where there is no bar.
        due: Elapsed share of the window, for the mark on the bar.
        remarks: What to know, a line.
    """

    id: str
    name: str
    period: str
    value: str
    target: str
    completion: str
    pace: str
    gap: str
    change: str
    projection: str
    status: str
    state: str
    done: float | None
    due: float | None
    remarks: str


def rows(report: Report, lang: Lang, *, headline: bool) -> list[Row]:
    """The rows of the headline targets, or of the other indicators."""
    rule = report.rounding
    return [row(one, lang, rule) for one in report.indicators if one.headline == headline]


def row(one: IndicatorReport, lang: Lang, rule: Rule) -> Row:
    """One indicator's row."""
    met = one.status == "achieved" or (one.gap is not None and one.gap <= 0)
    last = one.last_full_year
    completion = one.completion if one.completion is not None else (last.completion if last else None)
    gap = one.gap if one.gap is not None else (last.gap if last else None)
    tie = "；" if lang == "zh" else "; "
    return Row(
        id=one.id,
        name=one.name.say(lang),
        period=ABSENT if one.period is None else period_name(one.period.start, one.period.end, lang),
        value=_with_unit(one.value, one, lang, rule),
        target=target_text(one, lang),
        completion=percent(completion, rule, met=met),
        pace=signed(one.pace_gap_pp.linear, rule=rule),
        gap=ABSENT if gap is None or gap <= 0 else amount(gap, one.decimals, rule),
        change=_change(one, lang, rule),
        projection=amount(one.projection.value, one.decimals, rule),
        status=label(f"status.{'no_target' if one.status_reason == 'no_target' else one.status}", lang),
        state=one.status,
        done=completion,
        due=one.elapsed.linear,
        remarks=_sentence(tie.join(remarks_on(one, lang, rule))),
    )


def _with_unit(value: float | None, one: IndicatorReport, lang: Lang, rule: Rule) -> str:
    if value is None:
        return ABSENT
    unmet = one.gap is not None and one.gap > 0
    shown = amount_beside(value, one.target.value if unmet else None, one.decimals, rule)
    return measured(shown, one.unit, lang)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _change(one: IndicatorReport, lang: Lang, rule: Rule) -> str:
    if one.change_pp is not None:
        return signed(one.change_pp, rule=rule, unit=label("pp", lang))
    return signed(None if one.growth is None else hundredfold(one.growth), rule=rule, unit="%")
