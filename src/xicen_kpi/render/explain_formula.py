"""The formula of a figure, line by line, with its numbers in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.plan.units import factor, same_kind
from xicen_kpi.render.numbers import amount
from xicen_kpi.words.explain import explain_word as word
from xicen_kpi.words.labels import measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.render.numbers import Rule
    from xicen_kpi.report.explanation import Explanation
    from xicen_kpi.report.formula import Condition, Part
    from xicen_kpi.words.labels import Lang


def formula(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    """Each part with what was asked and answered, then what they come to."""
    for part in found.parts:
        yield _part(part, lang, rule)
    one = found.indicator
    value = one.value if one.confirmed is None else one.confirmed.computed
    if not found.parts or value is None:
        return
    decimals = one.decimals + 1 if _is_money(one.unit) or one.unit == "%" else 0
    result = measured(amount(value, decimals, rule), one.unit, lang)
    if one.kind == "ratio":
        of, to = (_side(found, role, lang, rule) for role in ("of", "to"))
        yield f"= {of} ÷ {to} = {result}"
    elif len(found.parts) > 1 or found.parts[0].unit != one.unit:
        total = sum(part.value for part in found.parts)
        yield f"= {measured(amount(total, 0, rule), found.parts[0].unit, lang)} = {result}"


def _side(found: Explanation, role: str, lang: Lang, rule: Rule) -> str:
    own = [part for part in found.parts if part.role == role]
    value, unit = sum(part.value for part in own), own[0].unit if own else "1"
    if not _is_money(unit):
        return measured(amount(value, 0, rule), unit, lang)
    return measured(amount(value * factor(unit, "亿元"), 2, rule), "亿元", lang)


def _is_money(unit: str) -> bool:
    return same_kind(unit, "亿元")


def _part(part: Part, lang: Lang, rule: Rule) -> str:
    role, value = word(f"role.{part.role}", lang), measured(amount(part.value, 0, rule), part.unit, lang)
    if part.ask == "less":
        return word("part.less", lang, role=role, rows=part.rows, value=value)
    tie = "，" if lang == "zh" else ", "
    where = tie.join(_condition(one, lang) for one in part.where)
    rows = word("rows", lang, rows=part.rows)
    if part.missing:
        rows += word("rows.missing", lang, missing=part.missing)
    return word(
        "part",
        lang,
        role=role,
        what=word(f"ask.{part.ask}", lang, source=part.source.say(lang), column=part.column),
        where=word("part.where", lang, where=where) if where else "",
        value=value,
        rows=rows,
    )


def _condition(one: Condition, lang: Lang) -> str:
    alternative = one.kind.startswith("or_")
    text = word(f"where.{one.kind.removeprefix('or_')}", lang, field=one.field, value=one.value.say(lang))
    return word("where.or", lang, text=text) if alternative else text
