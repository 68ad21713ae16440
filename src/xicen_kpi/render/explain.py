"""The trail of one figure as a colleague's note, within 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.render.explain_formula import formula
from xicen_kpi.render.explain_lists import errors, files, lists
from xicen_kpi.render.numbers import (
    ABSENT,
    Rule,
    amount,
    amount_beside,
    fixed,
    hundredfold,
    is_flat,
    percent,
    signed,
)
from xicen_kpi.render.remarks import flag_remarks, months_left, target_text, why_absent
from xicen_kpi.render.wrap import wrapped
from xicen_kpi.words.explain import explain_word as word
from xicen_kpi.words.industries import division_name
from xicen_kpi.words.labels import label, measured, month_name, period_name, period_text
from xicen_kpi.words.reasons import reason
from xicen_kpi.words.remarks import remark
from xicen_kpi.words.summary import summary_word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xicen_kpi.report.explanation import Explanation
    from xicen_kpi.report.model import Contribution, IndicatorReport
    from xicen_kpi.words.labels import Lang

WIDTH = 80
_GROUPS = 3
"""How many groups a line of contributions names."""


def explain_text(found: Explanation, lang: Lang, rule: Rule, *, with_errors: bool = False) -> str:
    """The whole note."""
    one = found.indicator
    lines = [f"{one.name.say(lang)}  {one.id}  [{label('internal', lang)}]"]
    for key, section in {
        "says": _says(one, lang),
        "standing": _standing(one, lang, rule),
        "formula": formula(found, lang, rule),
        "moved": _moved(found, lang, rule),
        "unknown": _unknown(one, lang, rule),
        "closes": _closes(one, lang, rule),
        "assumptions": (text.say(lang) for text in one.assumptions),
        "decisions": _decisions(found, lang),
    }.items():
        body = [line for text in section for line in wrapped(text, WIDTH, "    ", "  ")]
        if body:
            lines += ["", word(key, lang), *body]
    lines += [*lists(found, lang, rule, WIDTH), *files(found, lang, WIDTH)]
    if with_errors:
        lines += errors(found, lang, rule)
    return "\n".join(lines) + "\n"


def _says(one: IndicatorReport, lang: Lang) -> Iterator[str]:
    marks = ("；", "、") if lang == "zh" else ("; ", ", ")
    ids = marks[0] + marks[1].join(one.commitments) if one.commitments else ""
    yield word("quote", lang, quote=one.cite.quote, section=one.cite.section, ids=ids)
    if one.scope is not None:
        yield word("scope", lang, scope=one.scope.say(lang))


# -- value and target


def _shown(value: float | None, one: IndicatorReport, lang: Lang, rule: Rule) -> str:
    """An amount of the indicator with its unit."""
    return ABSENT if value is None else measured(amount(value, one.decimals, rule), one.unit, lang)


def _standing(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    status = label(f"status.{'no_target' if one.status_reason == 'no_target' else one.status}", lang)
    if one.value is None or one.period is None:
        yield word("value.absent", lang, status=status, reason=why_absent(one, lang))
        return
    unmet = one.gap is not None and one.gap > 0
    shown = amount_beside(one.value, one.target.value if unmet else None, one.decimals, rule)
    yield word(
        "value",
        lang,
        period=period_name(one.period.start, one.period.end, lang),
        value=measured(shown, one.unit, lang),
        marks=_marks(one, lang),
        status=status,
        reason=reason(one.status_reason, lang),
    )
    if one.confirmed is not None:
        computed = _shown(one.confirmed.computed, one, lang, rule)
        difference = measured(signed(one.confirmed.difference, one.decimals, rule), one.unit, lang)
        yield word("confirmed", lang, computed=computed, difference=difference)
    if one.proxy and one.label is not None:
        yield remark("proxy", lang, label=one.label.say(lang))
    yield from _target(one, lang, rule)
    yield from flag_remarks(one, lang, rule)
    yield from _pace(one, lang, rule)
    yield from _projection(one, lang, rule)


def _marks(one: IndicatorReport, lang: Lang) -> str:
    if one.confirmed is not None:
        return word("mark.confirmed", lang)
    return word("mark.provisional", lang) if one.provisional else ""


def _target(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.target.due is not None:
        due, text = month_name(one.target.due, lang), target_text(one, lang)
        if one.target.value is None:
            yield word("target.direction", lang, target=text, due=due)
        else:
            completion = percent(one.completion, rule, met=one.gap is not None and one.gap <= 0)
            text = measured(text, one.unit, lang)
            yield word("target", lang, target=text, due=due, completion=completion, gap=_gap(one, lang, rule))
    base = one.baseline
    if base.value is not None:
        period = period_text(base.period, lang) if base.period else ABSENT
        yield word("baseline", lang, period=period, value=_shown(base.value, one, lang, rule), source=base.source)


def _gap(one: IndicatorReport, lang: Lang, rule: Rule) -> str:
    """A gap of shares is in percentage points, never in per cent."""
    if one.gap is None or one.gap <= 0:
        return word("gap.none", lang) if one.gap is not None else ABSENT
    if one.unit == "%":
        return summary_word("change.points", lang, value=amount(one.gap, one.decimals, rule))
    return _shown(one.gap, one, lang, rule)


def _pace(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    text = _against(one.elapsed.linear, one.pace_gap_pp.linear, "pace", lang, rule)
    text += _against(one.elapsed.seasonal, one.pace_gap_pp.seasonal, "pace.seasonal", lang, rule)
    if text:
        yield text


def _against(due: float | None, gap: float | None, key: str, lang: Lang, rule: Rule) -> str:
    if due is None or gap is None:
        return ""
    way = "level" if is_flat(gap, 1, rule) else "ahead" if gap > 0 else "behind"
    said = word(f"pace.{way}", lang, value=fixed(abs(gap), 1, rule))
    return word(key, lang, due=percent(due, rule), gap=said)


def _projection(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    ahead = one.projection
    if ahead.value is None:
        return
    value, method = _shown(ahead.value, one, lang, rule), word(f"method.{ahead.method}", lang)
    if ahead.low is None or ahead.high is None:
        yield word("projection.point", lang, value=value, method=method)
    else:
        low, high = amount(ahead.low, one.decimals, rule), amount(ahead.high, one.decimals, rule)
        yield word("projection", lang, value=value, low=low, high=high, method=method)


# -- why it moved


def _moved(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    one, why = found.indicator, found.indicator.drivers
    yield from _on_last_year(one, lang, rule)
    if why.numerator_pp is not None:
        numerator, denominator = signed(why.numerator_pp, 2, rule), signed(why.denominator_pp, 2, rule)
        yield word("sides", lang, numerator=numerator, denominator=denominator)
        yield word("mix", lang, within=signed(why.within_pp, 2, rule), between=signed(why.between_pp, 2, rule))
    yield from _presence(one, lang, rule)
    if found.without_largest is not None:
        value, effect = _shown(found.without_largest, one, lang, rule), signed(found.largest_effect_pp, 1, rule)
        yield word("largest", lang, value=value, effect=effect)
    yield from _by_group(one, lang, rule)


def _on_last_year(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    before = one.previous
    if before.value is not None and before.basis == "same_units":
        yield word("same_units", lang, value=_shown(before.value, one, lang, rule), change=_change(one, lang, rule))
    if before.final is not None:
        text = word("last_final", lang, value=_shown(before.final, one, lang, rule))
        if before.final_growth is not None:
            growth = _growth("nominal", hundredfold(before.final_growth), lang, rule)
            text += word("last_final.growth", lang, growth=growth)
        yield text


def _change(one: IndicatorReport, lang: Lang, rule: Rule) -> str:
    if one.change_pp is not None:
        return _growth("points", one.change_pp, lang, rule, decimals=2)
    return ABSENT if one.growth is None else _growth("growth", hundredfold(one.growth), lang, rule)


def _growth(kind: str, value: float | Decimal, lang: Lang, rule: Rule, *, decimals: int = 1) -> str:
    """Up, down or level, in words."""
    if is_flat(value, decimals, rule):
        return summary_word("nominal.flat" if kind == "nominal" else "growth.flat", lang)
    way = "up" if value > 0 else "down"
    return summary_word(f"{kind}.{way}", lang, value=fixed(value, decimals, rule).lstrip("−"))


def _presence(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    """Who came and who left; silent where nobody did."""
    why = one.drivers
    came, left = why.entrants or 0.0, why.exits or 0.0
    if why.continuing is not None and (came or left):
        shown = (measured(signed(value, one.decimals, rule), one.unit, lang) for value in (why.continuing, came, -left))
        yield word("presence", lang, **dict(zip(("continuing", "entrants", "exits"), shown, strict=True)))
    effects = {"entered": why.entered_pp, "left": why.left_pp, "restated": why.restated_pp}
    if any(value is not None and not is_flat(value, 2, rule) for value in effects.values()):
        yield word("comparable", lang, **{name: signed(value, 2, rule) for name, value in effects.items()})


def _by_group(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    tie = "，" if lang == "zh" else ", "
    for dimension in ("town", "industry"):
        own = [item for item in one.contributions if item.dimension == dimension and item.change_pp]
        own.sort(key=lambda item: -abs(item.change_pp or 0.0))
        items = [f"{_group(item, lang)} {signed(item.change_pp, 2, rule)}" for item in own[:_GROUPS]]
        if items:
            yield word(f"dimension.{dimension}", lang, items=tie.join(items))


def _group(item: Contribution, lang: Lang) -> str:
    if not item.group:
        return word("group.none", lang)
    return division_name(item.group, lang) if item.dimension == "industry" else item.group


# -- what is not known, and what would close the gap


def _unknown(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    seen = one.coverage
    if seen.expected is not None:
        full = seen.expected == seen.reported
        share = percent(seen.by_value, rule, met=full)
        key = "coverage.full" if full else "coverage"
        yield word(key, lang, expected=seen.expected, reported=seen.reported, by_value=share)
    if one.nowcast is not None:
        yield word("nowcast", lang, value=_shown(one.nowcast, one, lang, rule))
    if one.bounds.low is not None and one.bounds.why is not None:
        why = ("、" if lang == "zh" else ", ").join(word(f"bounds.{part}", lang) for part in one.bounds.why.split("+"))
        low, high = amount(one.bounds.low, one.decimals, rule), _shown(one.bounds.high, one, lang, rule)
        yield word("bounds", lang, low=low, high=high, why=why)
    if one.robust is not None:
        yield word("robust.yes" if one.robust else "robust.no", lang)


def _closes(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.gap is not None and one.gap <= 0:
        yield word("close.nothing", lang)
    elif one.kind == "flow" and one.required.per_month is not None:
        months, per_month = months_left(one), _shown(one.required.per_month, one, lang, rule)
        text = word("close.flow" if months > 1 else "close.flow.last", lang, months=months, per_month=per_month)
        if one.required.growth is not None:
            growth = _growth("nominal", hundredfold(one.required.growth), lang, rule)
            text += word("close.flow.growth", lang, growth=growth)
        yield text
    elif one.required.numerator:
        extra = measured(amount(one.required.numerator, 2, rule), one.required.numerator_unit or "1", lang)
        yield word("close.ratio", lang, extra=extra)
    elif one.required.count:
        yield word("close.count", lang, count=measured(str(one.required.count), one.unit, lang))
    elif one.target.comparison is not None and one.target.value is None:
        yield reason("direction_only", lang)
    elif one.target.due is not None:
        yield word("close.unknown", lang)


def _decisions(found: Explanation, lang: Lang) -> Iterator[str]:
    for one in found.decisions:
        text = word("decision", lang, question=one.question.say(lang), taken=one.taken.say(lang))
        if one.otherwise is not None:
            text += word("decision.otherwise", lang, otherwise=one.otherwise.say(lang))
        yield text
