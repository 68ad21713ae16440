"""What a check has found, one line a finding, grouped by rule; capped, and saying what is left out and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.checks.model import Outcome
from xicen_kpi.render.findings_lines import Reader, by_severity, grouped
from xicen_kpi.words.checks_labels import check_label
from xicen_kpi.words.checks_titles import title
from xicen_kpi.words.labels import label, month_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.checks.model import CheckReport
    from xicen_kpi.errors import Finding
    from xicen_kpi.words.labels import Lang


def check_text(report: CheckReport, lang: Lang, *, public: bool = False, most: int = 20) -> str:
    """All findings as lines of plain text.

    Args:
        report: What the check has found.
        lang: Language.
        public: No name, no code, no value.
        most: Findings of one rule that are listed; 0 for all.
    """
    return "\n".join([*_head(report, lang, public=public), *_list(Reader(report, lang, public), most)]) + "\n"


def _head(report: CheckReport, lang: Lang, *, public: bool) -> Iterator[str]:
    parts = [check_label("check.title", lang), label("as_of", lang, month=month_name(report.as_of, lang))]
    yield " · ".join(parts if public else [*parts, label("internal", lang)])
    yield label("rules.count", lang, total=len(report.results), **report.outcomes)
    if report.findings:
        yield check_label("check.findings", lang, total=len(report.findings), **by_severity(report))
    else:
        yield check_label("check.clean", lang)
    if report.waived:
        yield check_label("check.waived", lang, count=len(report.waived))
    if report.known:
        yield check_label("check.known", lang, count=report.known)


def _list(reader: Reader, most: int) -> Iterator[str]:
    lang = reader.lang
    for slug, findings in grouped(reader.report).items():
        severity = label(f"severity.{findings[0].severity.value}", lang)
        yield ""
        yield check_label(
            "check.group", lang, severity=severity, title=reader.title(findings[0]), slug=slug, count=len(findings)
        )
        shown = findings[: most or len(findings)]
        yield from (f"  {line(reader, found)}" for found in shown)
        if len(shown) < len(findings):
            yield f"  {check_label('check.more', lang, count=len(findings) - len(shown))}"
    without = [result for result in reader.report.results if result.outcome is Outcome.NOT_COMPUTED]
    if without and reader.report.sheets:  # where nothing was read, that says it all
        yield ""
        yield check_label("check.not_computed", lang)
        by_reason: dict[str, list[str]] = {}
        for one in without:
            by_reason.setdefault(one.reason or "", []).append(f"{title(one.rule, lang)} ({one.rule})")
        mark = "、" if lang == "zh" else "; "
        yield from (f"  {check_label(why, lang)}: {mark.join(rules)}" for why, rules in by_reason.items())


def line(reader: Reader, found: Finding) -> str:
    """文件:行:列名 企业 规则: 值（影响） → 怎么改."""
    what = reader.title(found)
    if not reader.public:
        what = f"{what}: {reader.sentence(found)}"
    effect = reader.effect(found)
    if effect:
        what = f"{what}（{effect}）" if reader.lang == "zh" else f"{what} ({effect})"
    lead = " ".join(part for part in (reader.place(found), reader.enterprise(found), what) if part)
    advice = reader.hint(found)
    return f"{lead} → {advice}" if advice else lead
