"""Two drops or reports side by side: as plain text, as Markdown, as JSON."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from xicen_kpi import __version__
from xicen_kpi.plan.units import same_kind
from xicen_kpi.plan.values import Text
from xicen_kpi.render.numbers import amount, as_declared
from xicen_kpi.words.checks_labels import check_label
from xicen_kpi.words.labels import label, month_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.report.compare_model import CauseEffect, Comparison, EnterpriseEffect, IndicatorChange, Standing
    from xicen_kpi.words.labels import Lang


def comparison_text(found: Comparison, lang: Lang, most: int = 10) -> str:
    """What changed, as lines of plain text.

    Args:
        found: The comparison.
        lang: Language.
        most: Enterprises listed under one cause; 0 for all.
    """
    lines = [*_head(found, lang)]
    for one in _moved(found):
        lines += ["", _figure(one, lang, found), *(f"  {line}" for line in _standing(one, lang))]
        for cause in one.causes:
            lines.append(
                f"  {check_label(f'compare.{cause.cause.value}', lang)} {_change(one, cause.effect, lang, found)}"
            )
            lines += [f"    {line}" for line in _enterprises(one, cause, lang, found, most)]
    return "\n".join([*lines, "", *_tail(found, lang), *_rest(found, lang, most)]).rstrip("\n") + "\n"


def comparison_markdown(found: Comparison, lang: Lang, most: int = 10) -> str:
    """What changed, as a table and a list of those behind it."""
    lines = list(_head(found, lang))
    lines[0] = f"# {lines[0]}"
    heads = [check_label(f"col.{name}", lang) for name in ("indicator", "old", "new", "change", "cause", "status")]
    rows = []
    for one in _moved(found):
        causes = "；".join(
            f"{check_label(f'compare.{cause.cause.value}', lang)} {_change(one, cause.effect, lang, found)}"
            for cause in one.causes
        )
        change = "" if one.change is None else _change(one, one.change, lang, found)
        status = "；".join(_standing(one, lang))
        cells = (one.name.say(lang), _value(one, one.old, lang, found), _value(one, one.new, lang, found), change)
        rows.append(f"| {' | '.join(map(_escaped, (*cells, causes, status)))} |")
    if rows:
        lines += ["", f"| {' | '.join(heads)} |", "|---|---:|---:|---:|---|---|", *rows]
    for one in _moved(found):
        behind = [(cause, line) for cause in one.causes for line in _enterprises(one, cause, lang, found, most)]
        if behind:
            lines += ["", f"## {_escaped(one.name.say(lang))}", ""]
            lines += [
                f"- {check_label(f'compare.{cause.cause.value}', lang)}: {_escaped(line)}" for cause, line in behind
            ]
    rest = [f"- {line.strip()}" for line in _rest(found, lang, most)]
    return "\n".join([*lines, "", *_tail(found, lang), "", *map(_escaped, rest)]).rstrip("\n") + "\n"


def comparison_json(found: Comparison) -> str:
    """The comparison as one object, indented, ending in a line end."""
    content = {"tool_version": __version__, **dict(_plain(found))}  # type: ignore[call-overload]
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _head(found: Comparison, lang: Lang) -> Iterator[str]:
    title = check_label("compare.title" if found.kind == "drops" else "compare.title_reports", lang)
    yield title if found.audience == "public" else f"{title} · {label('internal', lang)}"
    sides = {"old": found.old, "new": found.new}
    months = {"old_as_of": month_name(found.old_as_of, lang), "new_as_of": month_name(found.new_as_of, lang)}
    yield check_label("compare.sides", lang, **sides, **months)
    if found.plan_changed:
        yield check_label("compare.plan_changed", lang)
    files = found.files
    numbers = {kind: len(getattr(files, kind)) for kind in ("changed", "added", "removed")}
    yield check_label("compare.files" if any(numbers.values()) else "compare.same_files", lang, **numbers)


def _rest(found: Comparison, lang: Lang, most: int) -> Iterator[str]:
    """Files and commitments one by one, and what could not be told."""
    for kind in ("changed", "added", "removed"):
        names = getattr(found.files, kind)
        yield from _listed([f"{check_label(f'compare.file_{kind}', lang)} {name}" for name in names], lang, most)
    if found.commitments:
        yield check_label("compare.commitments", lang, count=len(found.commitments))
        lines = [
            f"{one.id} {one.quote}: {_state(one.old, lang)} → {_state(one.new, lang)}" for one in found.commitments
        ]
        yield from _listed(lines, lang, most)
    yield from (check_label(f"compare.unknown.{one.value}", lang) for one in found.unknown)


def _listed(lines: list[str], lang: Lang, most: int) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[: most or None])
    if most and len(lines) > most:
        yield f"  {check_label('compare.more_lines', lang, count=len(lines) - most)}"


def _state(state: str | None, lang: Lang) -> str:
    return check_label("compare.absent", lang) if state is None else label(f"state.{state}", lang)


def _tail(found: Comparison, lang: Lang) -> Iterator[str]:
    moved = len(_moved(found))
    if not moved:
        yield check_label("compare.none", lang)
    elif moved < len(found.indicators):
        yield check_label("compare.same", lang, count=len(found.indicators) - moved)


def _moved(found: Comparison) -> list[IndicatorChange]:
    """Figures that changed, the headline ones first."""
    return sorted((one for one in found.indicators if one.moved), key=lambda one: not one.headline)


def _figure(one: IndicatorChange, lang: Lang, found: Comparison) -> str:
    old, new = (_value(one, side, lang, found) for side in (one.old, one.new))
    change = check_label("compare.absent", lang) if one.change is None else _change(one, one.change, lang, found)
    return check_label("compare.figure", lang, name=one.name.say(lang), old=old, new=new, change=change)


def _value(one: IndicatorChange, side: Standing | None, lang: Lang, found: Comparison) -> str:
    if side is None or side.value is None:
        return check_label("compare.absent", lang)
    period = "" if side.period is None or one.old is None or one.new is None else _period(one, side, lang)
    return f"{amount(side.value, one.decimals, found.rounding)} {one.unit}{period}"


def _period(one: IndicatorChange, side: Standing, lang: Lang) -> str:
    """The month, where both sides are not of the same."""
    same = one.old is not None and one.new is not None and one.old.period == one.new.period
    return "" if same or side.period is None else f" ({month_name(side.period, lang)})"


def _change(one: IndicatorChange, change: float, lang: Lang, found: Comparison) -> str:
    shown = amount(change, one.decimals, found.rounding)
    unit = ("个百分点" if lang == "zh" else " pp") if one.unit == "%" else f" {one.unit}"
    return f"{'+' if change > 0 else ''}{shown}{unit}"


def _standing(one: IndicatorChange, lang: Lang) -> Iterator[str]:
    """What else differs: target, state, who has reported."""
    old, new = one.old, one.new
    if old is None or new is None:
        return
    if one.old_unit is not None:
        key = "compare.unit" if same_kind(one.old_unit, one.unit) else "compare.unit_of_other_kind"
        yield check_label(key, lang, old=one.old_unit, new=one.unit)
    if one.target_changed:
        goals = {"old": _goal(one, old, lang), "new": _goal(one, new, lang)}
        yield check_label("compare.target", lang, **goals)
    if one.status_changed:
        told = check_label(
            "compare.status", lang, old=label(f"status.{old.status}", lang), new=label(f"status.{new.status}", lang)
        )
        why = "by_target" if one.target_changed else "small" if one.by_small_revision else None
        yield told if why is None else f"{told}（{check_label(f'compare.{why}', lang)}）"
    if (old.reported, old.expected) != (new.reported, new.expected):
        yield check_label("compare.coverage", lang, old=_coverage(old, lang), new=_coverage(new, lang))


def _goal(one: IndicatorChange, side: Standing, lang: Lang) -> str:
    target = side.target
    if target is None or target.comparison is None:
        return check_label("compare.absent", lang)
    due = "" if target.due is None else f" ({month_name(target.due, lang)})"
    if target.value is None:
        return f"{label(f'direction.{target.comparison}', lang)}{due}"
    sign = "≤" if target.comparison == "at_most" else "≥"
    return f"{sign}{as_declared(target.value)} {one.unit}{due}"


def _coverage(side: Standing, lang: Lang) -> str:
    known = side.reported is not None and side.expected is not None
    return f"{side.reported}/{side.expected}" if known else check_label("compare.absent", lang)


def _enterprises(one: IndicatorChange, cause: CauseEffect, lang: Lang, found: Comparison, most: int) -> Iterator[str]:
    shown = cause.enterprises[: most or len(cause.enterprises)]
    yield from (f"{_who(each)} {_change(one, each.effect, lang, found)}" for each in shown)
    if len(shown) < len(cause.enterprises):
        yield check_label("compare.more", lang, count=len(cause.enterprises) - len(shown))


def _who(each: EnterpriseEffect) -> str:
    return f"{each.name}({each.code})" if each.name else each.code


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
