"""Where one indicator stands, in the sentences of a brief: reached, on last year, against the target, to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.render.numbers import Rule, amount, as_declared, fixed, hundredfold, is_flat, less, percent
from xicen_kpi.render.remarks import months_left, why_absent
from xicen_kpi.words.reasons import reason
from xicen_kpi.words.summary import MONTHS_EN, UNITS_EN
from xicen_kpi.words.summary import summary_word as word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from xicen_kpi.report.model import IndicatorReport, Period
    from xicen_kpi.words.labels import Lang


def standing_text(one: IndicatorReport, lang: Lang, rule: Rule, year: str, *, full: bool) -> str:
    """One or two sentences on an indicator.

    Args:
        one: The indicator's section.
        lang: Language.
        rule: Rounding.
        year: Year of the report, which need not be repeated in Chinese.
        full: With season, projection and baseline.
    """
    if one.suppressed:
        return ended(word("hidden", lang, name=one.name.say(lang)), lang)
    if one.value is None or one.period is None:
        key = "january" if one.reason == "january_exempt" else "no_value"
        why = why_absent(one, lang)
        return ended(word(key, lang, name=one.name.say(lang), why=why), lang)
    first = clauses([_reached(one, one.period, lang, rule, year), *_on_last_year(one, lang, rule)], lang)
    if one.status == "not_assessable":
        return sentences([first, *_unassessed(one, lang, rule)], lang)
    first = clauses([first, *_against_target(one, lang, rule, full=full)], lang)
    to_go = clauses(_to_go(one, lang, rule), lang)
    return sentences([first, to_go, *(_outlook(one, lang, rule) if full else ())], lang)


# -- joining


def clauses(parts: Iterable[str], lang: Lang) -> str:
    """Clauses of one sentence."""
    return ("，" if lang == "zh" else ", ").join(part for part in parts if part)


def ended(text: str, lang: Lang) -> str:
    """A sentence with its full stop and, in English, its capital."""
    return f"{text}。" if lang == "zh" else f"{text[:1].upper()}{text[1:]}."


def sentences(parts: Iterable[str], lang: Lang) -> str:
    """Sentences of one paragraph; in Chinese the first two belong together."""
    given = [part for part in parts if part]
    if lang == "en":
        return " ".join(ended(part, lang) for part in given)
    head = "；".join(given[:2])
    return "".join(ended(part, lang) for part in (head, *given[2:]))


# -- amounts with their units


def with_unit(value: float | Decimal | None, one: IndicatorReport, lang: Lang, rule: Rule) -> str:
    """An amount as a sentence says it: 137.2亿元, 137.2 hundred million yuan, 48.1%, 19."""
    return said(value, one.unit, one.decimals, lang, rule)


def said(value: float | Decimal | None, unit: str, decimals: int, lang: Lang, rule: Rule) -> str:
    """A value of a unit, with the words of the language; the digits are the same in both."""
    if lang == "zh" or unit == "%":
        return f"{amount(value, decimals, rule)}{unit}"
    return f"{amount(value, decimals, rule)} {UNITS_EN.get(unit, unit)}".rstrip()


def target_said(one: IndicatorReport, lang: Lang) -> str:
    """The target as the plan wrote it, with its unit."""
    value = one.target.value
    if lang == "zh" or one.unit == "%":
        return f"{as_declared(value)}{one.unit}"
    return f"{as_declared(value)} {UNITS_EN.get(one.unit, one.unit)}".rstrip()


def months_said(period: Period, lang: Lang, year: str, kind: str) -> str:
    """The months of a figure in a sentence; in Chinese the report's own year is not repeated."""
    (first_year, first), (last_year, last) = period.start.split("-"), period.end.split("-")
    shown = f"{last_year}年" if lang == "zh" and last_year != year else ("" if lang == "zh" else last_year)
    month = str(int(last)) if lang == "zh" else MONTHS_EN[int(last) - 1]
    if first_year != last_year or kind == "count":
        return word("period.since", lang, start=_beginning(first_year, int(first), lang))
    if first == last:
        return word("period.month", lang, year=shown, month=month)
    if (first, last) == ("01", "12"):
        return word("period.year", lang, year=f"{last_year}年" if lang == "zh" else last_year)
    return word("period.to", lang, year=shown, month=month)


def _beginning(year: str, month: int, lang: Lang) -> str:
    if lang == "en":
        return f"{MONTHS_EN[month - 1]} {year}"
    return f"{year}年" if month == 1 else f"{year}年{month}月"


# -- reached


def _reached(one: IndicatorReport, period: Period, lang: Lang, rule: Rule, year: str) -> str:
    marks = ("、" if lang == "zh" else ", ").join(_marks(one, lang))
    shown = "" if not marks else (f"（{marks}）" if lang == "zh" else f" ({marks})")
    return word(
        f"{one.kind}.value",
        lang,
        period=months_said(period, lang, year, one.kind),
        name=one.name.say(lang),
        verb=word("verb.flow", lang),
        value=with_unit(one.value, one, lang, rule),
        marks=shown,
    )


def _marks(one: IndicatorReport, lang: Lang) -> Iterator[str]:
    if one.confirmed is not None:
        yield word("mark.confirmed", lang)
    elif one.provisional:
        yield word("mark.provisional", lang)
    if one.kind == "ratio" and one.period is not None and not one.period.end.endswith("-12"):
        yield word("mark.interim", lang)
    if one.proxy:
        yield word("mark.proxy", lang)


# -- against last year


def _on_last_year(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.kind == "count":
        return
    if one.kind == "ratio":
        yield from _points(one, lang, rule)
        return
    if one.growth is None:
        why = one.reasons.get("growth", "no_last_year")
        known = {"base_not_positive": "growth.base", "suppressed": "growth.hidden"}
        yield word(known.get(why, "growth.none"), lang)
        return
    yield moved("growth", hundredfold(one.growth), lang, rule) + _basis(one, lang, rule)


def _points(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.change_pp is None:
        hidden = one.reasons.get("change_pp") == "suppressed"
        yield word("growth.hidden" if hidden else "growth.none", lang)
        return
    change = moved("points", one.change_pp, lang, rule)
    yield change + (word(f"basis.{one.previous.basis}", lang) if one.previous.basis else "")


def moved(what: str, value: float | Decimal, lang: Lang, rule: Rule) -> str:
    """Up, down, or 持平 where the change rounds to nothing; the size without a sign."""
    if is_flat(value, 1, rule):
        return word("growth.flat" if what == "points" else f"{what}.flat", lang)
    return word(f"{what}.{'up' if value > 0 else 'down'}", lang, value=fixed(value, 1, rule).lstrip("−"))


def _basis(one: IndicatorReport, lang: Lang, rule: Rule) -> str:
    """On what base, and the nominal growth where it prints otherwise."""
    before = one.previous
    if before.basis is None:
        return ""
    nominal = before.final_growth
    if before.basis == "same_units" and nominal is not None and one.growth is not None:
        shown = moved("nominal", hundredfold(nominal), lang, rule)
        if shown != moved("nominal", hundredfold(one.growth), lang, rule):
            return word("basis.both", lang, nominal=shown)
    return word(f"basis.{before.basis}", lang)


# -- against the target


def _against_target(one: IndicatorReport, lang: Lang, rule: Rule, *, full: bool) -> Iterator[str]:
    if one.target.value is None or one.completion is None:
        yield from _on_baseline(one, lang, rule)
        return
    if one.kind == "ratio" or one.unit == "%":
        return
    key = "used.ceiling" if one.target.comparison == "at_most" else ("done.year" if one.kind == "flow" else "done.plan")
    met = one.gap is not None and one.gap <= 0
    share = percent(one.completion, rule, met=met)
    yield word(key, lang, target=target_said(one, lang), share=share, year=(one.target.due or "")[:4])
    over = months_left(one) <= 0 or (one.gap is not None and one.gap <= 0)
    if one.pace_gap_pp.linear is not None and not over:
        yield _pace("pace", one.pace_gap_pp.linear, lang, rule)
        if full and one.pace_gap_pp.seasonal is not None:
            yield _pace("pace.season", one.pace_gap_pp.seasonal, lang, rule)


def _pace(key: str, value: float, lang: Lang, rule: Rule) -> str:
    if is_flat(value, 1, rule):
        return word(f"{key}.flat", lang)
    return word(f"{key}.{'ahead' if value > 0 else 'behind'}", lang, value=fixed(abs(value), 1, rule))


def _on_baseline(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    """Where the plan promises a direction only, or nothing: what became of the baseline."""
    base = one.baseline
    if base.value is None or one.value is None or base.period is None:
        return
    change = less(one.value, base.value)
    flat = is_flat(change, one.decimals, rule)
    key = "base.flat" if flat else ("base.above" if change > 0 else "base.below")
    size = with_unit(abs(change), one, lang, rule)
    if one.unit == "%":
        size = word("change.points", lang, value=fixed(abs(change), one.decimals, rule))
    value = with_unit(base.value, one, lang, rule)
    yield word(key, lang, period=_base_period(base.period, lang), value=value, change=size)


def _base_period(period: str, lang: Lang) -> str:
    return f"{period}年" if lang == "zh" and len(period) == 4 else period


# -- what is missing


def _to_go(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.gap is None or one.target.value is None:
        return
    if one.kind == "ratio" or one.unit == "%":
        yield from _ratio_gap(one, one.gap, lang, rule)
    elif one.target.comparison == "at_most":
        key = "ceiling.over" if one.gap > 0 else "ceiling.within"
        size = with_unit(abs(one.gap), one, lang, rule)
        yield word(key, lang, gap=size, surplus=size)
    elif one.gap <= 0:
        yield _surplus(one, -one.gap, lang, rule)
    else:
        yield _missing(one, one.gap, lang, rule)


def _missing(one: IndicatorReport, gap: float, lang: Lang, rule: Rule) -> str:
    left = months_left(one)
    size = with_unit(gap, one, lang, rule)
    if left <= 0:
        return word("gap.missed" if one.status == "missed" else "gap.last", lang, gap=size)
    if left == 1:
        return word("gap.one_month", lang, gap=size)
    if one.kind == "count" or one.required.per_month is None:
        return word("gap.count", lang, gap=size, months=left)
    return word("gap.months", lang, gap=size, months=left, per_month=with_unit(one.required.per_month, one, lang, rule))


def _surplus(one: IndicatorReport, surplus: float, lang: Lang, rule: Rule) -> str:
    left = months_left(one)
    if surplus == 0:
        return word("gap.exact", lang)
    size = with_unit(surplus, one, lang, rule)
    if one.kind == "flow" and left > 0:
        return word("gap.early", lang, months=left, surplus=size)
    return word("gap.surplus", lang, surplus=size)


def _ratio_gap(one: IndicatorReport, gap: float, lang: Lang, rule: Rule) -> Iterator[str]:
    """Shares differ by percentage points; below a ceiling is good, below a floor is not: the sign says which."""
    below = (gap > 0) == (one.target.comparison != "at_most")
    target = target_said(one, lang)
    if gap == 0:
        yield word("ratio.at", lang, target=target)
        return
    yield word("ratio.below" if below else "ratio.above", lang, target=target, gap=amount(abs(gap), one.decimals, rule))
    if gap > 0 and one.required.numerator and one.required.numerator_unit:
        extra = said(one.required.numerator, one.required.numerator_unit, 1, lang, rule)
        yield word("ratio.numerator", lang, extra=extra)


# -- what it will come to


def _outlook(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.kind == "ratio" and one.baseline.value is not None and one.baseline.period is not None:
        if "base_meets_target" in one.flags:
            value = with_unit(one.baseline.value, one, lang, rule)
            yield word("base.met", lang, period=_base_period(one.baseline.period, lang), value=value)
        elif not one.proxy:
            yield from _on_baseline(one, lang, rule)
    ahead = one.projection
    if one.kind in ("flow", "ratio") and ahead.value is not None and ahead.method != "complete":
        value = with_unit(ahead.value, one, lang, rule)
        if ahead.low is None or ahead.high is None:
            yield word("projected", lang, value=value)
        else:
            low, high = with_unit(ahead.low, one, lang, rule), with_unit(ahead.high, one, lang, rule)
            yield word("projected.band", lang, value=value, low=low, high=high)


def _unassessed(one: IndicatorReport, lang: Lang, rule: Rule) -> Iterator[str]:
    if one.status_reason != "target_year_not_begun" or one.target.due is None:
        if one.status_reason != "no_target":
            yield word("unassessed", lang, why=reason(one.status_reason, lang))
        return
    due, last = one.target.due[:4], one.last_full_year
    yield word("early", lang, due=due)
    if last is not None and last.gap is not None:
        value, target = with_unit(last.value, one, lang, rule), target_said(one, lang)
        key = "early.met" if last.gap <= 0 else "early.last"
        gap = with_unit(abs(last.gap), one, lang, rule)
        yield word(key, lang, year=last.period, value=value, due=due, target=target, gap=gap)
