"""What a check has found as annotations of a GitHub job: one for each rule and file, for ten a step are shown.

Public unless asked otherwise: rule, file and row, no name and no value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.render.findings_lines import Reader, by_severity, grouped
from xicen_kpi.words.checks_labels import check_label
from xicen_kpi.words.checks_titles import title
from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.checks.model import CheckReport
    from xicen_kpi.errors import Finding
    from xicen_kpi.words.labels import Lang

_COMMAND = {"error": "error", "warning": "warning", "note": "notice"}
_ROWS = 10


def check_annotations(report: CheckReport, lang: Lang, *, public: bool = True, folder: str = "") -> str:
    """Workflow commands, the worst first.

    Args:
        report: What the check has found.
        lang: Language.
        public: No name, no code, no value.
        folder: Data folder relative to the repository, put before each file.
    """
    reader = Reader(report, lang, public)
    lines = []
    for findings in grouped(report).values():
        by_file: dict[str | None, list[Finding]] = {}
        for found in findings:
            by_file.setdefault(found.where.file, []).append(found)
        lines += [_annotation(reader, file, own, folder) for file, own in by_file.items()]
    return "".join(f"{line}\n" for line in lines)


def _annotation(reader: Reader, file: str | None, findings: Sequence[Finding], folder: str) -> str:
    first = findings[0]
    properties = {"title": reader.title(first)}
    if file is not None:
        # A workbook has no lines: the annotation stands at its top and names the rows.
        row = first.where.row if first.where.sheet is None else None
        shown = reader.file(file)
        properties = {"file": f"{folder}/{shown}" if folder else shown, "line": str(row or 1), **properties}
    told = "; ".join(part for part in (_rows(reader, findings), reader.hint(first)) if part)
    if not reader.public:
        told = f"{reader.sentence(first)}; {told}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMAND[first.severity.value]} {listed}::{_data(told)}"


def _rows(reader: Reader, findings: Sequence[Finding]) -> str:
    rows = sorted({found.where.row for found in findings if found.where.row is not None})
    if not rows:
        return check_label("check.places", reader.lang, count=len(findings))
    shown = ("、" if reader.lang == "zh" else ", ").join(map(str, rows[:_ROWS]))
    key = "check.rows" if len(rows) <= _ROWS else "check.rows_more"
    return check_label(key, reader.lang, rows=shown, count=len(findings))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(report: CheckReport, lang: Lang, *, public: bool = True) -> str:
    """Markdown for the summary of the job: every rule that found something, and what could not be computed."""
    reader = Reader(report, lang, public)
    heads = [check_label(f"col.{name}", lang) for name in ("severity", "rule", "count")]
    lines = [
        f"### {check_label('check.title', lang)} · {report.as_of}",
        "",
        label("rules.count", lang, total=len(report.results), **report.outcomes),
        check_label("check.findings", lang, total=len(report.findings), **by_severity(report)),
    ]
    groups = grouped(report)
    if groups:
        lines += ["", f"| {' | '.join(heads)} |", "|---|---|---:|"]
    for slug, findings in groups.items():
        severity = label(f"severity.{findings[0].severity.value}", lang)
        lines.append(f"| {severity} | {reader.title(findings[0])} (`{slug}`) | {len(findings)} |")
    without = [one for one in report.results if one.reason]
    if without:
        lines += ["", check_label("check.not_computed", lang)]
        lines += [f"- {title(one.rule, lang)} (`{one.rule}`): {check_label(one.reason or '', lang)}" for one in without]
    return "\n".join(lines) + "\n"
