"""The report as a workbook: scoreboard with native formats and chart, formulas to recompute each figure."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from xicen_kpi.render.brief import brief_of
from xicen_kpi.render.remarks import target_text
from xicen_kpi.render.scoreboard import row
from xicen_kpi.render.text import heading, place
from xicen_kpi.render.xlsx_indicator import indicator_sheet
from xicen_kpi.render.xlsx_styles import Book, Styles, created_on
from xicen_kpi.words.labels import label, month_name, unit_name
from xicen_kpi.words.page import page_word as word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.report.model import IndicatorReport, Report
    from xicen_kpi.report.workings import Working
    from xicen_kpi.words.labels import Lang

_NUMBERS = frozenset({"value", "target", "completion", "pace", "gap", "change", "projection"})
"""Columns of the scoreboard that stand to the right, with their heads."""
_GOOD, _WARN = ("achieved", "on_track"), ("at_risk",)
_BAD = ("off_track", "deteriorating", "lapsed", "missed")


def report_xlsx(report: Report, workings: Mapping[str, Working], lang: Lang) -> bytes:
    """The whole workbook; the same bytes for the same data.

    Args:
        report: The finished report.
        workings: The rows behind each figure, by indicator; empty for the public.
        lang: Language.

    Raises:
        ModuleNotFoundError: xlsxwriter, of the optional extra `report`, is not installed.
    """
    import xlsxwriter

    data = io.BytesIO()
    # What a user wrote stays what it is: a text that begins with = + - @ never becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, options) as raw:
        raw.set_properties({"title": report.plan.title, "created": created_on(report.as_of)})
        raw.set_calc_mode("auto")
        book = Book(raw, Styles.of(raw), report, lang)
        _scoreboard(book)
        for one in report.indicators:
            indicator_sheet(book, one, workings.get(one.id))
        _commitments(book)
        _findings(book)
        _sources(book)
        _method(book)
    return data.getvalue()


# -- scoreboard


def _scoreboard(book: Book) -> None:
    report, lang, styles = book.report, book.lang, book.styles
    sheet = book.sheet(word("scoreboard", lang))
    sheet.write_string(0, 0, report.plan.title, styles.title)
    sheet.write_string(1, 0, heading(report, lang), styles.soft)
    sheet.write_string(2, 0, brief_of(report, lang).opening, styles.plain)
    heads = (
        "indicator",
        "id",
        "period",
        "value",
        "unit",
        "target",
        "completion",
        "pace",
        "gap",
        "change",
        "projection",
        "status",
    )
    for column, name in enumerate(heads):
        text = word("unit", lang) if name == "unit" else label(f"head.{name}", lang)
        sheet.write_string(4, column, text, styles.head_right if name in _NUMBERS else styles.head)
    ordered = sorted(report.indicators, key=lambda one: not one.headline)
    for line, one in enumerate(ordered, start=5):
        _score(book, sheet, line, one)
    last = 4 + len(ordered)
    headline = sum(one.headline for one in ordered)
    _formats(book, sheet, last)
    if headline:
        _completion_chart(book, sheet, headline, last)
    for column, width in enumerate((44, 30, 24, 12, 7, 9, 10, 10, 12, 12, 12, 12)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(5, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _score(book: Book, sheet: Any, line: int, one: IndicatorReport) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    styles, shown = book.styles, row(one, book.lang, book.report.rounding)
    number = styles.number(one.decimals)
    sheet.write_url(line, 0, f"internal:'{book.name_of(one.id)}'!A1", styles.link, shown.name)
    sheet.write_string(line, 1, one.id, styles.soft)
    sheet.write_string(line, 2, shown.period, styles.plain)
    book.amount(sheet, line, 3, one.value, number, hidden=one.suppressed)
    sheet.write_string(line, 4, unit_name(one.unit, book.lang), styles.plain)
    sheet.write_string(line, 5, target_text(one, book.lang), styles.right)
    last = one.last_full_year
    completion = one.completion if one.completion is not None or last is None else last.completion
    book.amount(sheet, line, 6, completion, styles.share(completion))
    book.change(sheet, line, 7, one.pace_gap_pp.linear, "0.0")
    book.amount(sheet, line, 8, None if one.gap is None else max(one.gap, 0.0), number)
    if one.change_pp is not None:
        book.change(sheet, line, 9, one.change_pp, f'0.0"{label("pp", book.lang)}"')
    else:
        book.change(sheet, line, 9, one.growth, "0.0%")
    book.amount(sheet, line, 10, one.projection.value, number)
    sheet.write_string(line, 11, shown.status, styles.state)


def _formats(book: Book, sheet: Any, last: int) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    """Bars on completion, and a colour beside the word of each state."""
    bar = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True, "min_type": "num", "min_value": 0}
    sheet.conditional_format(5, 6, last, 6, {**bar, "max_type": "num", "max_value": 1})
    behind = {"type": "cell", "criteria": "<", "value": 0, "format": book.styles.bad}
    sheet.conditional_format(5, 7, last, 7, behind)
    for states, style in ((_GOOD, book.styles.good), (_WARN, book.styles.warn), (_BAD, book.styles.bad)):
        for state in states:
            same = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{label(f"status.{state}", book.lang)}"',
                "format": style,
            }
            sheet.conditional_format(5, 11, last, 11, same)


def _completion_chart(book: Book, sheet: Any, headline: int, last: int) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    chart = book.raw.add_chart({"type": "bar"})
    name = word("scoreboard", book.lang)
    chart.add_series(
        {
            "name": word("book.completion", book.lang),
            "categories": [name, 5, 0, 4 + headline, 0],
            "values": [name, 5, 6, 4 + headline, 6],
            "data_labels": {"value": True, "num_format": "0.0%"},
            "fill": {"color": "#2F6DB3"},
        }
    )
    chart.set_title({"name": word("book.completion", book.lang), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0%", "min": 0})
    chart.set_legend({"none": True})
    chart.set_size({"width": 900, "height": 60 + 44 * headline})
    sheet.insert_chart(last + 2, 0, chart)


# -- the other sheets


def _commitments(book: Book) -> None:
    if not book.report.commitments:
        return
    lang = book.lang
    internal = book.report.audience == "internal"
    heads = [
        label(f"head.{name}", lang) for name in ("id", "commitment", "task", "due", "state", "progress", "responsible")
    ]
    rows = [
        [
            one.id,
            one.quote,
            one.section,
            month_name(one.due, lang) if len(one.due) == 7 else one.due,
            label(f"state.{one.state}", lang),
            f"{one.done}/{one.total}" if one.done is not None and one.total is not None else "",
            one.responsible or "",
            *([one.evidence or ""] if internal else []),
        ]
        for one in book.report.commitments
    ]
    heads += [label("head.evidence", lang)] if internal else []
    book.table(word("commitments", lang), heads, rows, (8, 60, 34, 11, 11, 9, 20, 36))


def _findings(book: Book) -> None:
    lang = book.lang
    heads = [word("severity", lang), word("where", lang), word("finding", lang), word("fix", lang), "slug"]
    rows = [
        [label(f"severity.{one.severity}", lang), place(one), one.message, one.hint, one.slug]
        for one in book.report.findings
    ]
    book.table(label("head.findings", lang), heads, rows, (9, 40, 70, 60, 24))


def _sources(book: Book) -> None:
    lang = book.lang
    heads = [
        word(key, lang)
        for key in ("file", "sheet", "encoding", "unit", "latest", "rows.read", "rows.used", "rows.aside")
    ]
    rows = [
        [
            one.file,
            one.sheet or "",
            one.encoding or "",
            one.unit or "",
            one.latest_period or "",
            one.rows_read,
            one.rows_used,
            sum(one.set_aside.values()),
            one.title.say(lang),
            one.sha256,
        ]
        for one in book.report.generated_from
    ]
    book.table(
        word("sources", lang),
        [*heads, label("head.notes", lang), "sha256"],
        rows,
        (36, 16, 10, 14, 12, 9, 9, 9, 40, 68),
    )


def _method(book: Book) -> None:
    report, lang = book.report, book.lang
    cuts = {name: f"{cut:.2f}" for name, cut in report.cuts.items()}
    rows = [[word("method", lang), label("legend.cuts", lang, **cuts)]]
    rows += [
        [word("method", lang), word(f"method.{key}", lang)] for key in ("pace", "growth", "projection", "rounding")
    ]
    if report.audience == "public":
        rows.append([word("method", lang), word("method.public", lang)])
    for one in report.indicators:
        name = one.name.say(lang)
        rows.append([f"{name} · {word('quote', lang)}", f"{one.cite.quote}（{one.cite.section}）"])
        rows += [[f"{name} · {word('scope', lang)}", one.scope.say(lang)]] if one.scope else []
        rows += [[f"{name} · {word('assumptions', lang)}", text.say(lang)] for text in one.assumptions]
    sha = report.plan.file_sha256
    rows.append(["xicen-kpi", word("footer", lang, version=report.tool_version, format=report.format_version, sha=sha)])
    book.table(word("method", lang), [word("book.key", lang), word("book.value", lang)], rows, (44, 120))
