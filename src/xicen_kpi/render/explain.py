"""The trail of one figure as a colleague's note, within 80 columns; or as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.plan.units import factor, same_kind
from xicen_kpi.render.numbers import ABSENT, Rule, amount, percent, signed
from xicen_kpi.render.remarks import months_left, target_text
from xicen_kpi.render.wrap import padded, wrapped
from xicen_kpi.words.explain import explain_word as word
from xicen_kpi.words.labels import label, month_name, period_name, unit_name
from xicen_kpi.words.reasons import reason
from xicen_kpi.words.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xicen_kpi.report.explanation import Condition, Enterprise, Explanation, Part
    from xicen_kpi.words.labels import Lang

WIDTH = 80
_GROUPS = 3
"""How many groups a line of contributions names."""


def explain_text(found: Explanation, lang: Lang, rule: Rule, *, with_errors: bool = False) -> str:
    """The whole note."""
    lines: list[str] = []
    sections: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("says", lambda: _says(found, lang)),
        ("standing", lambda: _standing(found, lang, rule)),
        ("formula", lambda: _formula(found, lang, rule)),
        ("moved", lambda: _moved(found, lang, rule)),
        ("unknown", lambda: _unknown(found, lang, rule)),
        ("closes", lambda: _closes(found, lang, rule)),
        ("assumptions", lambda: (one.say(lang) for one in found.indicator.assumptions)),
        ("decisions", lambda: _decisions(found, lang)),
    ]
    one = found.indicator
    lines.append(f"{one.name.say(lang)}  {one.id}  [{label('internal', lang)}]")
    for key, section in sections:
        body = [line for text in section() for line in wrapped(text, WIDTH, "    ", "  ")]
        if body:
            lines += ["", word(key, lang), *body]
    lines += _lists(found, lang, rule)
    lines += _files(found, lang)
    if with_errors:
        lines += _errors(found, lang, rule)
    return "\n".join(lines) + "\n"


def _says(found: Explanation, lang: Lang) -> Iterator[str]:
    one = found.indicator
    yield f"“{one.cite.quote}”（{one.cite.section}{'；' if one.commitments else ''}{'、'.join(one.commitments)}）"
    if one.scope is not None:
        yield f"{word('scope', lang)}: {one.scope.say(lang)}"


def _standing(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    one = found.indicator
    if one.value is None or one.period is None:
        yield f"{label(f'status.{one.status}', lang)}: {reason(one.reason or one.status_reason, lang)}"
        return
    yield word(
        "value",
        lang,
        period=period_name(one.period.start, one.period.end, lang),
        value=amount(one.value, one.decimals, rule),
        unit=unit_name(one.unit, lang),
        status=label(f"status.{one.status}", lang),
        reason=reason(one.status_reason, lang),
    )
    if one.proxy and one.label is not None:
        yield remark("proxy", lang, label=one.label.say(lang))
    if one.target.due is not None:
        yield word(
            "target",
            lang,
            target=target_text(one, lang),
            unit=unit_name(one.unit, lang),
            due=month_name(one.target.due, lang),
            completion=percent(one.completion, rule, met=one.gap is not None and one.gap <= 0),
            gap=_gap(found, lang, rule),
        )
    if one.baseline.value is not None:
        value = amount(one.baseline.value, one.decimals, rule)
        period, source = one.baseline.period, one.baseline.source
        yield word("baseline", lang, period=period, value=value, unit=unit_name(one.unit, lang), source=source)
    yield from _pace(found, lang, rule)


def _gap(found: Explanation, lang: Lang, rule: Rule) -> str:
    """A gap of shares is in percentage points, never in per cent."""
    one = found.indicator
    if one.gap is None or one.gap <= 0:
        return word("gap.none", lang) if one.gap is not None else ABSENT
    unit = label("pp", lang) if one.unit == "%" else (one.unit if lang == "zh" else f" {unit_name(one.unit, lang)}")
    return f"{amount(one.gap, one.decimals, rule)}{unit}"


def _pace(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    one = found.indicator
    if one.elapsed.linear is not None:
        yield word(
            "pace",
            lang,
            linear=percent(one.elapsed.linear, rule),
            gap=signed(one.pace_gap_pp.linear, rule=rule),
            seasonal=percent(one.elapsed.seasonal, rule),
            season_gap=signed(one.pace_gap_pp.seasonal, rule=rule),
        )
    ahead = one.projection
    if ahead.value is not None:
        value, method = amount(ahead.value, one.decimals, rule), word(f"method.{ahead.method}", lang)
        if ahead.low is None or ahead.high is None:
            yield word("projection.point", lang, value=value, unit=unit_name(one.unit, lang), method=method)
        else:
            low, high = amount(ahead.low, one.decimals, rule), amount(ahead.high, one.decimals, rule)
            yield word("projection", lang, value=value, unit=unit_name(one.unit, lang), low=low, high=high, method=method)


# -- the formula with its numbers


def _formula(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    one = found.indicator
    for part in found.parts:
        yield _part(part, lang, rule)
    sides = [sum(part.value for part in found.parts if part.role == role) for role in ("of", "to")]
    if one.kind == "ratio" and all(sides) and one.value is not None:
        unit = found.parts[0].unit
        told = "亿元" if same_kind(unit, "亿元") else unit
        of, to = (amount(side * factor(unit, told), 2, rule) for side in sides)
        shown = unit_name(told, lang)
        yield f"= {of} {shown} ÷ {to} {shown} = {amount(one.value, one.decimals + 2, rule)}{one.unit}"
    elif found.parts and one.value is not None and same_kind(found.parts[0].unit, one.unit):
        total = sum(part.value for part in found.parts)
        unit = found.parts[0].unit
        yield f"= {amount(total, 0, rule)} {unit_name(unit, lang)} = {amount(one.value, one.decimals + 2, rule)} {unit_name(one.unit, lang)}"


def _part(part: Part, lang: Lang, rule: Rule) -> str:
    tie = "，" if lang == "zh" else ", "
    where = tie.join(_condition(one, lang) for one in part.where)
    what = f"{part.source.say(lang)}{f'·{part.column}' if part.column else ''}"
    rows = word("rows", lang, rows=part.rows)
    if part.missing:
        rows += word("rows.missing", lang, missing=part.missing)
    value = f"{amount(part.value, 0, rule)} {unit_name(part.unit, lang)}"
    return f"{word(f'role.{part.role}', lang)} Σ {what}{f'（{where}）' if where else ''} = {value}（{rows}）"


def _condition(one: Condition, lang: Lang) -> str:
    if one.kind.startswith("or_"):
        return word("where.or", lang, text=word(f"where.{one.kind[3:]}", lang, field=one.field, value=one.value))
    return word(f"where.{one.kind}", lang, field=one.field, value=one.value)


# -- why it moved, what is not known, what would close the gap


def _moved(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    one = found.indicator
    yield from _on_last_year(found, lang, rule)
    why = one.drivers
    if why.numerator_pp is not None:
        numerator, denominator = signed(why.numerator_pp, 2, rule), signed(why.denominator_pp, 2, rule)
        yield word("sides", lang, numerator=numerator, denominator=denominator)
        yield word("mix", lang, within=signed(why.within_pp, 2, rule), between=signed(why.between_pp, 2, rule))
    if why.continuing is not None:
        yield word(
            "presence",
            lang,
            continuing=signed(why.continuing, one.decimals, rule),
            entrants=signed(why.entrants, one.decimals, rule),
            exits=amount(why.exits, one.decimals, rule),
            unit=unit_name(one.unit, lang),
        )
    if why.entered_pp is not None:
        yield word(
            "comparable",
            lang,
            entered=signed(why.entered_pp, 2, rule),
            left=signed(why.left_pp, 2, rule),
            restated=signed(why.restated_pp, 2, rule),
        )
    if found.without_largest is not None:
        value = amount(found.without_largest, one.decimals, rule)
        yield word("largest", lang, value=value, unit=unit_name(one.unit, lang), effect=signed(found.largest_effect_pp, 1, rule))
    yield from _by_group(found, lang, rule)


def _on_last_year(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    one = found.indicator
    before = one.previous
    if before.value is not None and before.basis == "same_units":
        growth = signed(None if one.growth is None else 100 * one.growth, rule=rule, unit="%")
        if one.change_pp is not None:
            growth = word("change_pp", lang, change=signed(one.change_pp, 2, rule))
        value = amount(before.value, one.decimals, rule)
        yield word("same_units", lang, value=value, unit=unit_name(one.unit, lang), growth=growth)
    if before.final is not None:
        growth = signed(None if before.final_growth is None else 100 * before.final_growth, rule=rule, unit="%")
        value = amount(before.final, one.decimals, rule)
        key = "last_final" if before.final_growth is not None else "last_final.ratio"
        yield word(key, lang, value=value, unit=unit_name(one.unit, lang), growth=growth)


def _by_group(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    for dimension in ("town", "industry"):
        own = [one for one in found.indicator.contributions if one.dimension == dimension and one.change_pp]
        own.sort(key=lambda one: -abs(one.change_pp or 0.0))
        items = [
            word(
                "group.item",
                lang,
                group=one.group or word("group.none", lang),
                change=signed(one.change_pp, 2, rule),
            )
            for one in own[:_GROUPS]
        ]
        if items:
            yield word(f"dimension.{dimension}", lang, items="，".join(items) if lang == "zh" else ", ".join(items))


def _unknown(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    one = found.indicator
    seen = one.coverage
    if seen.expected is not None:
        by_value = percent(seen.by_value, rule, met=seen.expected == seen.reported)
        yield word("coverage", lang, expected=seen.expected, reported=seen.reported, by_value=by_value)
    if one.nowcast is not None:
        yield word("nowcast", lang, value=amount(one.nowcast, one.decimals, rule), unit=unit_name(one.unit, lang))
    if one.bounds.low is not None and one.bounds.why is not None:
        why = ("、" if lang == "zh" else ", ").join(word(f"bounds.{part}", lang) for part in one.bounds.why.split("+"))
        low, high = amount(one.bounds.low, one.decimals, rule), amount(one.bounds.high, one.decimals, rule)
        yield word("bounds", lang, low=low, high=high, unit=unit_name(one.unit, lang), why=why)
    if one.robust is not None:
        yield word("robust.yes" if one.robust else "robust.no", lang)


def _closes(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    one = found.indicator
    if one.gap is not None and one.gap <= 0:
        yield word("close.nothing", lang)
    elif one.kind == "flow" and one.required.per_month is not None:
        yield word(
            "close.flow",
            lang,
            months=months_left(one),
            per_month=amount(one.required.per_month, one.decimals, rule),
            unit=unit_name(one.unit, lang),
            growth=signed(None if one.required.growth is None else 100 * one.required.growth, rule=rule, unit="%"),
        )
    elif one.required.numerator:
        extra = amount(one.required.numerator, 2, rule)
        yield word("close.ratio", lang, extra=extra, unit=unit_name(one.required.numerator_unit or "", lang))
    elif one.required.count:
        yield word("close.count", lang, count=one.required.count, unit=unit_name(one.unit, lang))
    elif one.target.due is not None:
        yield word("close.unknown", lang)


def _decisions(found: Explanation, lang: Lang) -> Iterator[str]:
    for one in found.decisions:
        text = word("decision", lang, question=one.question.say(lang), taken=one.taken.say(lang))
        if one.otherwise is not None:
            text += word("decision.otherwise", lang, otherwise=one.otherwise.say(lang))
        yield text


# -- enterprises and files


def _lists(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    unit = unit_name(found.amounts_unit, lang)
    if found.contributors:
        yield from ("", word("contributors", lang, count=len(found.contributors), unit=unit))
        for one in found.contributors:
            share = percent(one.share, rule)
            pull = word("pull", lang, value=signed(one.pull_pp, 2, rule)) if one.pull_pp is not None else ""
            yield f"  {_who(one)} {amount(one.value, 2, rule):>8} {share:>6}  {pull}".rstrip()
    if found.missing:
        yield from ("", word("missing", lang, unit=unit))
        for one in found.missing:
            yield f"  {_who(one)} {word('last_year', lang, value=amount(one.previous, 2, rule))}  {one.town}".rstrip()
    if found.shortfalls:
        yield from ("", word("shortfalls", lang, unit=unit))
        for short in found.shortfalls:
            text = word(
                "shortfall",
                lang,
                wanted=amount(short.wanted, 2, rule),
                projected=amount(short.projected, 2, rule),
                amount=amount(short.amount, 2, rule),
            )
            yield f"  {short.code} {padded(short.name, 26)} {text}"


def _who(one: Enterprise) -> str:
    return f"{one.code} {padded(one.name or ABSENT, 30)}"


def _files(found: Explanation, lang: Lang) -> Iterator[str]:
    if not found.files:
        return
    yield from ("", word("files", lang))
    for file in found.files:
        aside = "、".join(f"{label(f'aside.{why}', lang)} {n}" for why, n in file.set_aside.items())
        origins = [word(f"unit_from.{one}", lang) for one in (file.unit_from or "").split("、") if one]
        text = word(
            "file",
            lang,
            file=file.file,
            unit=file.unit or ABSENT,
            unit_from="、".join(origins) or ABSENT,
            read=file.rows_read,
            used=file.rows_used,
            aside=word("file.aside", lang, aside=aside) if aside else "",
            sha=file.sha256[:12],
        )
        yield from wrapped(text, WIDTH, "    ", "  ")


def _errors(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    yield from ("", word("errors", lang))
    if not found.errors:
        yield f"  {word('errors.none', lang)}"
        return
    heads = word("errors.head", lang).split("|")
    yield "  " + "  ".join(padded(head, 12) for head in heads).rstrip()
    for one in found.errors:
        cells = [str(one.month), *(percent(value, rule) for value in (one.ours, one.linear, one.full_yoy))]
        yield "  " + "  ".join(padded(cell, 12) for cell in cells).rstrip()
