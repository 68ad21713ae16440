"""The report in Markdown, for a wiki or an issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.render.commitments import by_section, counted, progress_text
from xicen_kpi.render.scoreboard import Row, rows
from xicen_kpi.render.text import footnotes, heading, place, rules_held
from xicen_kpi.words.labels import label, month_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.report.model import Report
    from xicen_kpi.words.labels import Lang

_COLUMNS = ("indicator", "period", "value", "target", "completion", "pace", "gap", "change", "projection", "status")
_LEFT = ("indicator", "period", "status")


def report_markdown(report: Report, lang: Lang, *, with_commitments: bool = False) -> str:
    """The whole report as Markdown."""
    return "\n".join(_lines(report, lang, with_commitments=with_commitments)) + "\n"


def _lines(report: Report, lang: Lang, *, with_commitments: bool) -> Iterator[str]:
    yield f"# {_plain(report.plan.title)}"
    yield ""
    yield _plain(heading(report, lang))
    for headline, key in ((True, "head.headline"), (False, "head.others")):
        own = rows(report, lang, headline=headline)
        if own:
            yield from ("", f"## {label(key, lang)}", "")
            yield from _table(own, lang)
    if report.commitments:
        yield from ("", f"## {label('head.commitments', lang)}", "", counted(report.commitments, lang))
    if with_commitments:
        yield from _commitments(report, lang)
    yield from _findings(report, lang)
    yield ""
    for line in footnotes(report, lang):
        yield f"- {_plain(line)}"


def _table(own: Sequence[Row], lang: Lang) -> Iterator[str]:
    yield f"| {' | '.join(label(f'head.{name}', lang) for name in _COLUMNS)} | {label('head.notes', lang)} |"
    yield f"|{'|'.join('---' if name in _LEFT else '--:' for name in _COLUMNS)}|---|"
    for one in own:
        cells = [one.name if name == "indicator" else str(getattr(one, name)) for name in _COLUMNS]
        yield f"| {' | '.join(_plain(cell) for cell in (*cells, one.remarks))} |"


def _commitments(report: Report, lang: Lang) -> Iterator[str]:
    for section, own in by_section(report):
        yield from ("", f"### {_plain(section)}", "", counted(own, lang), "")
        heads = ("id", "commitment", "state", "progress", "due", "evidence")
        yield f"| {' | '.join(label(f'head.{name}', lang) for name in heads)} |"
        yield f"|{'---|' * len(heads)}"
        for one in own:
            cells = (
                one.id,
                one.quote,
                label(f"state.{one.state}", lang),
                progress_text(one, lang),
                month_name(one.due, lang),
                one.evidence or "",
            )
            yield f"| {' | '.join(_plain(cell) for cell in cells)} |"


def _findings(report: Report, lang: Lang) -> Iterator[str]:
    rules = list(rules_held(report, lang))
    if not report.findings and not rules:
        return
    yield from ("", f"## {label('head.findings', lang)}", "")
    yield from (line for rule in rules for line in (rule, ""))
    for one in report.findings:
        where = place(one)
        lead = f"`{_plain(where)}` " if where else ""
        yield f"- {lead}{label(f'severity.{one.severity}', lang)}: {_plain(one.message)} [{one.slug}]"
        yield f"  - {label('hint', lang)}{_plain(one.hint)}"


def _plain(text: str) -> str:
    """Text that cannot break out of its cell or line."""
    for mark in ("\\", "|", "<", ">", "*", "_", "`"):
        text = text.replace(mark, f"\\{mark}") if mark not in ("<", ">") else text
    return text.replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")
