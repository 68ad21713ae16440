"""The report as plain text: whole, aligned, never cut, the same bytes every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from xicen_kpi.render.commitments import commitment_lines, counted
from xicen_kpi.render.scoreboard import Row, rows
from xicen_kpi.words.labels import label, month_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.report.model import FindingReport, Report
    from xicen_kpi.words.labels import Lang

_MOST_FINDINGS = 20
_COLUMNS = ("indicator", "value", "target", "completion", "pace", "gap", "change", "projection", "status")
_LEFT = ("indicator", "status")


def report_text(report: Report, lang: Lang, *, with_commitments: bool = False) -> str:
    """The whole report as lines of plain text, if wanted with every commitment."""
    return "\n".join([*_heading(report, lang), *_body(report, lang, with_commitments=with_commitments)]) + "\n"


def heading(report: Report, lang: Lang) -> str:
    """Title, document, date and mark of confidentiality in a line."""
    parts = [report.plan.document, label("as_of", lang, month=month_name(report.as_of, lang))]
    if report.audience == "internal":
        parts.append(label("internal", lang))
    return " · ".join(parts)


def _heading(report: Report, lang: Lang) -> Iterator[str]:
    yield report.plan.title
    yield heading(report, lang)


def _body(report: Report, lang: Lang, *, with_commitments: bool) -> Iterator[str]:
    for headline, key in ((True, "head.headline"), (False, "head.others")):
        own = rows(report, lang, headline=headline)
        if own:
            yield ""
            yield f"[{label(key, lang)}]"
            yield from table_lines(own, lang)
    yield ""
    yield from commitment_counts(report, lang)
    if with_commitments:
        yield from (*commitment_lines(report, lang), "")
    yield from findings(report, lang)
    yield ""
    yield from footnotes(report, lang)


def table_lines(own: Sequence[Row], lang: Lang) -> Iterator[str]:
    """Aligned columns, a remark below each row."""
    heads = [label(f"head.{name}", lang) for name in _COLUMNS]
    cells = [[_cell(one, name) for name in _COLUMNS] for one in own]
    widths = [max(cell_len(line[place]) for line in (heads, *cells)) for place in range(len(_COLUMNS))]
    yield _line(heads, widths)
    for one, line in zip(own, cells, strict=True):
        yield _line(line, widths)
        if one.remarks:
            yield f"    {one.remarks}"


def _cell(one: Row, name: str) -> str:
    return one.name if name == "indicator" else str(getattr(one, name))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell + " " * (width - cell_len(cell)) if name in _LEFT else " " * (width - cell_len(cell)) + cell
        for cell, width, name in zip(cells, widths, _COLUMNS, strict=True)
    ]
    return "  ".join(padded).rstrip()


def commitment_counts(report: Report, lang: Lang) -> Iterator[str]:
    """How many commitments are in which state."""
    if report.commitments:
        states = counted(report.commitments, lang)
        yield label("commitments.count", lang, count=len(report.commitments), states=states)


def place(found: FindingReport) -> str:
    """Where a finding is: file:row:field, as an editor or a spreadsheet counts."""
    where = found.where
    parts = [where.file or ""]
    if where.sheet:
        parts[0] += f"!{where.sheet}"
    parts += [str(part) for part in (where.row or where.line, where.column or where.field) if part is not None]
    return ":".join(part for part in parts if part)


def findings(report: Report, lang: Lang) -> Iterator[str]:
    """The findings, worst first, capped, with how many are left out."""
    yield from rules_held(report, lang)
    counts = {name: report.summary.findings.get(name, 0) for name in ("error", "warning", "note")}
    if not report.findings:
        return
    yield label("findings.count", lang, count=len(report.findings), **counts)
    for one in report.findings[:_MOST_FINDINGS]:
        where = place(one)
        lead = f"{where}: " if where else ""
        yield f"  {lead}{label(f'severity.{one.severity}', lang)}: {one.message} [{one.slug}]"
        yield f"    {label('hint', lang)}{one.hint}"
    if len(report.findings) > _MOST_FINDINGS:
        yield f"  {label('findings.more', lang, count=len(report.findings) - _MOST_FINDINGS)}"


def rules_held(report: Report, lang: Lang) -> Iterator[str]:
    """How many rules the data passed, where they were checked."""
    outcomes = report.summary.rules
    if outcomes:
        yield label("rules.count", lang, total=sum(outcomes.values()), **outcomes)


def footnotes(report: Report, lang: Lang) -> Iterator[str]:
    """Where the figures come from, and how states are cut."""
    files = report.generated_from
    yield label(
        "sources.rows",
        lang,
        read=f"{sum(one.rows_read for one in files):,}",
        used=f"{sum(one.rows_used for one in files):,}",
        aside=f"{sum(sum(one.set_aside.values()) for one in files):,}",
    )
    yield label("legend.cuts", lang, **{name: f"{cut:.2f}" for name, cut in report.cuts.items()})
    yield label("page", lang)
