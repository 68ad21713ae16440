"""The brief (简报) as its paragraphs: what a statistician would write; layout is the renderer's affair."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from xicen_kpi.render.caveats import caveat_texts
from xicen_kpi.render.drivers import what_moved
from xicen_kpi.render.numbers import fixed, hundredfold, percent
from xicen_kpi.render.remarks import months_left
from xicen_kpi.render.standing import clauses, ended, said, standing_text, target_said, with_unit
from xicen_kpi.words.labels import label, month_name
from xicen_kpi.words.reasons import reason
from xicen_kpi.words.summary import summary_word as word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xicen_kpi.report.model import CommitmentReport, IndicatorReport, Report
    from xicen_kpi.words.labels import Lang

Length = Literal["short", "full"]

BEHIND = ("missed", "deteriorating", "lapsed", "off_track", "at_risk")
"""States that a leader must hear of, worst first."""
_STATES = ("achieved", "on_track", "at_risk", "off_track", "deteriorating", "lapsed", "missed", "not_assessable")
_PROGRESS = ("done", "in_progress", "overdue", "not_started", "not_reported", "not_tracked")
_MOST_NAMED = 10
"""How many overdue commitments are named."""
_DUE_SOON = 3
"""Months ahead in which a commitment counts as falling due."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs; `numbered` where they are items of a list."""

    heading: str
    paragraphs: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief, ready to be laid out as mail, page or document."""

    title: str
    dateline: str
    mark: str
    opening: str
    sections: tuple[Section, ...]


def brief_of(report: Report, lang: Lang, length: Length = "full") -> Brief:
    """The brief of a report.

    Args:
        report: The finished report.
        lang: Language.
        length: short: what a notice holds; full: with drivers, risks and caveats.
    """
    shown = headline(report)
    full = length == "full"
    year = report.as_of[:4]
    targets = tuple(standing_text(one, lang, report.rounding, year, full=full) for one in shown)
    sections = [Section(word("head.targets", lang), targets, numbered=True)]
    if full:
        sections += [
            Section(word("head.drivers", lang), tuple(what_moved(shown, lang, report.rounding))),
            Section(word("head.risks", lang), tuple(_risks(shown, report, lang))),
        ]
    sections.append(Section(word("head.commitments", lang), tuple(_commitments(report, lang, full=full))))
    sections.append(Section(word("head.data", lang), tuple(caveat_texts(report, shown, lang, full=full))))
    return Brief(
        word("title", lang, plan=report.plan.title),
        word("dateline", lang, document=report.plan.document, month=month_name(report.as_of, lang)),
        word("mark.internal", lang) if report.audience == "internal" else "",
        _opening(shown, report, lang),
        tuple(one for one in sections if one.paragraphs),
    )


def headline(report: Report) -> tuple[IndicatorReport, ...]:
    """The headline indicators; without any, those that have a target; without any, all."""
    found = [one for one in report.indicators if one.headline]
    with_target = [one for one in report.indicators if one.target.comparison is not None]
    return tuple(found or with_target or report.indicators)


def _opening(shown: Iterable[IndicatorReport], report: Report, lang: Lang) -> str:
    counts = Counter(one.status for one in shown)
    states = [
        word("opening.state", lang, count=counts[state], state=label(f"status.{state}", lang))
        for state in _STATES
        if counts[state]
    ]
    return word(
        "opening",
        lang,
        month=month_name(report.as_of, lang),
        park=word("park", lang),
        count=sum(counts.values()),
        states=("、" if lang == "zh" else ", ").join(states),
    )


# -- at risk


def _risks(shown: Iterable[IndicatorReport], report: Report, lang: Lang) -> Iterator[str]:
    order = {state: place for place, state in enumerate(BEHIND)}
    noted = [one for one in shown if one.status in order or one.robust is False or "adverse_trend" in one.flags]
    for one in sorted(noted, key=lambda one: order.get(one.status, len(order))):
        parts = list(_risk(one, report, lang))
        name, state = one.name.say(lang), label(f"status.{one.status}", lang)
        yield ended(word("risk", lang, name=name, state=state, parts=clauses(parts, lang)), lang)
    if not noted:
        yield word("risk.none", lang)


def _risk(one: IndicatorReport, report: Report, lang: Lang) -> Iterator[str]:
    rule = report.rounding
    if one.status in BEHIND:
        if one.status_reason != "projection_short" or one.projection.value is None:
            yield reason(one.status_reason, lang)
        ahead, target = one.projection.value, one.target.value
        if ahead is not None and target and one.kind == "flow":
            value = with_unit(ahead, one, lang, rule)
            yield word("risk.projected", lang, value=value, share=percent(ahead / target, rule, met=ahead >= target))
        elif ahead is not None and one.kind == "ratio":
            value = with_unit(ahead, one, lang, rule)
            yield word("risk.projected.ratio", lang, value=value, target=target_said(one, lang))
        if one.required.growth is not None:
            yield word("risk.growth", lang, value=fixed(hundredfold(one.required.growth), 1, rule))
        if one.required.count and months_left(one) > 0:
            gap = said(float(one.required.count), one.unit, 0, lang, rule)
            yield word("risk.count", lang, gap=gap, months=months_left(one))
    elif "adverse_trend" in one.flags:
        yield word("risk.adverse", lang)
    if "cumulative_fell" in one.flags:
        yield word("risk.fell", lang)
    if one.robust is False and one.bounds.low is not None and one.bounds.high is not None:
        why = ("、" if lang == "zh" else ", ").join(
            word(f"why.{w}", lang) for w in (one.bounds.why or "").split("+") if w
        )
        low, high = with_unit(one.bounds.low, one, lang, rule), with_unit(one.bounds.high, one, lang, rule)
        yield word("risk.not_robust", lang, low=low, high=high, why=why)


# -- commitments


def _commitments(report: Report, lang: Lang, *, full: bool) -> Iterator[str]:
    counts = report.summary.commitments
    if not counts:
        return
    states = [
        word("opening.state", lang, count=counts[state], state=label(f"state.{state}", lang))
        for state in _PROGRESS
        if counts.get(state)
    ]
    tie = "、" if lang == "zh" else ", "
    text = word("commitments", lang, total=sum(counts.values()), states=tie.join(states))
    parts = [text, *_due(report, lang)] if full else [text]
    parts.append(_overdue([one for one in report.commitments if one.state == "overdue"], lang))
    yield ("" if lang == "zh" else " ").join(parts)


def _due(report: Report, lang: Lang) -> Iterator[str]:
    """Promises with a deliverable that fall due within the next months and are not done."""
    now = _ordinal(report.as_of)
    open_ones = [
        one.due
        for one in report.commitments
        if one.state in ("in_progress", "not_started", "not_reported")
        and one.kind != "directional"
        and now <= _ordinal(one.due) <= now + _DUE_SOON
    ]
    for month, count in sorted(Counter(open_ones).items()):
        yield word("commitments.due", lang, month=month_name(month, lang), count=count)


def _ordinal(month: str) -> int:
    year, number = month.split("-")[:2]
    return int(year) * 12 + int(number)


def _overdue(late: list[CommitmentReport], lang: Lang) -> str:
    if not late:
        return word("commitments.no_overdue", lang)
    items = [
        word(
            "commitments.item",
            lang,
            quote=one.quote,
            id=one.id,
            who=word("commitments.who", lang, name=one.responsible) if one.responsible else "",
        )
        for one in late[:_MOST_NAMED]
    ]
    more = word("commitments.more", lang) if len(late) > _MOST_NAMED else ""
    shown = ("、" if lang == "zh" else ", ").join(items) + (more if lang == "zh" or not more else f" {more}")
    return word("commitments.overdue", lang, count=len(late), items=shown)
