"""What to know before a figure is passed on: who has not reported, proxies, definitions, dates, what is withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.render.numbers import percent, signed
from xicen_kpi.render.standing import ended, with_unit
from xicen_kpi.words.labels import month_name
from xicen_kpi.words.summary import summary_word as word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xicen_kpi.render.numbers import Rule
    from xicen_kpi.report.model import IndicatorReport, Report
    from xicen_kpi.words.labels import Lang


def caveat_texts(report: Report, shown: Sequence[IndicatorReport], lang: Lang, *, full: bool) -> Iterator[str]:
    """The caveats, one paragraph each; the short brief has those without which a figure misleads."""
    rule = report.rounding
    yield from _not_reported(shown, lang, rule)
    for one in shown:
        yield from _about(one, report, lang)
    if full:
        if any(one.growth is not None or one.change_pp is not None for one in shown):
            yield word("data.comparable", lang)
        for one in shown:
            if one.scope is not None:
                yield word("data.scope", lang, name=one.name.say(lang), scope=one.scope.say(lang).rstrip("。."))
        yield from _dates(report, lang)
        counts = {name: report.summary.findings.get(name, 0) for name in ("error", "warning")}
        if any(counts.values()):
            yield word("data.findings", lang, **counts)
    if any(one.suppressed or "suppressed" in one.reasons.values() for one in shown):
        yield word("data.withheld", lang)
    yield word("data.page", lang)


def _not_reported(shown: Iterable[IndicatorReport], lang: Lang, rule: Rule) -> Iterator[str]:
    missing = [text for one in shown if (text := _missing(one, lang, rule))]
    if lang == "zh" and missing:
        yield ended("；".join(missing), lang) + word("data.preliminary", lang)
    elif missing:
        yield from (ended(text, lang) for text in missing)
        yield word("data.preliminary", lang)


def _missing(one: IndicatorReport, lang: Lang, rule: Rule) -> str:
    seen = one.coverage
    if seen.expected is None or seen.reported is None or seen.expected <= seen.reported:
        return ""
    away = seen.expected - seen.reported
    text = word(
        "data.missing", lang, name=one.name.say(lang), expected=seen.expected, reported=seen.reported, missing=away
    )
    if seen.by_value is not None:
        text += word("data.missing.share", lang, share=percent(1 - seen.by_value, rule))
    if one.nowcast is not None:
        text += word("data.nowcast", lang, value=with_unit(one.nowcast, one, lang, rule))
    return text


def _about(one: IndicatorReport, report: Report, lang: Lang) -> Iterator[str]:
    name = one.name.say(lang)
    if one.proxy and one.label is not None:
        key = "data.proxy" if "definition_differs" in one.notes else "data.proxy.plain"
        yield word(key, lang, name=name, label=one.label.say(lang))
    if "data_behind" in one.notes and one.period is not None:
        yield word("data.behind", lang, name=name, month=month_name(one.period.end, lang))
    if one.confirmed is not None:
        difference = signed(one.confirmed.difference, one.decimals, report.rounding, unit=one.unit)
        yield word("data.confirmed", lang, name=name, difference=difference)


def _dates(report: Report, lang: Lang) -> Iterator[str]:
    """Up to when the data go, and which source stays behind."""
    latest: dict[str, tuple[str, str]] = {}
    for file in report.generated_from:
        if file.latest_period is not None:
            latest[file.source] = max((file.latest_period[:7], file.title.say(lang)), latest.get(file.source, ("", "")))
    behind = sorted((date, title) for date, title in latest.values() if date < report.as_of)
    items = [word("data.asof.behind", lang, title=title, date=month_name(date, lang)) for date, title in behind]
    yield word("data.asof", lang, month=month_name(report.as_of, lang), items="".join(items))
