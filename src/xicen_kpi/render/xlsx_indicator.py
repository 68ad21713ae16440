"""One indicator's sheet: what is said of it, its months, its groups, and the rows that its formula adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xicen_kpi.render.drivers import group_name
from xicen_kpi.render.remarks import target_text
from xicen_kpi.render.standing import standing_text
from xicen_kpi.words.labels import label, measured, month_name, unit_name
from xicen_kpi.words.page import page_word as word

if TYPE_CHECKING:
    from xicen_kpi.render.xlsx_styles import Book
    from xicen_kpi.report.model import IndicatorReport
    from xicen_kpi.report.workings import Working

FIRST_ROW = 9
"""Where tables begin, counted from 0."""
GROUPS, LINES = 4, 10
"""First columns of the groups and of the enterprises; months stand in the first two."""


def indicator_sheet(book: Book, one: IndicatorReport, working: Working | None) -> None:
    """Writes the sheet of one indicator."""
    sheet = book.sheet(one.id)
    lang, styles = book.lang, book.styles
    sheet.write_string(0, 0, one.name.say(lang), styles.title)
    sheet.write_string(
        1, 0, standing_text(one, lang, book.report.rounding, book.report.as_of[:4], full=True), styles.plain
    )
    _result(book, sheet, one, working)
    _months(book, sheet, one)
    _groups(book, sheet, one)
    if working is not None:
        _lines(book, sheet, working)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 2, 16)
    sheet.set_column(GROUPS, GROUPS, 36)
    sheet.set_column(GROUPS + 1, GROUPS + 4, 13)
    sheet.set_column(LINES, LINES, 22)
    sheet.set_column(LINES + 1, LINES + 1, 34)
    sheet.set_column(LINES + 2, LINES + 8, 14)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _result(book: Book, sheet: Any, one: IndicatorReport, working: Working | None) -> None:  # noqa: ANN401 -- no types
    """Reported, recomputed from the rows below, and the difference."""
    lang, styles = book.lang, book.styles
    exact = styles.number(one.decimals + 4 if working is not None else one.decimals)
    sheet.write_string(3, 0, word("book.reported", lang), styles.strong)
    book.amount(sheet, 3, 1, one.value, exact, hidden=one.suppressed)
    sheet.write_string(3, 2, unit_name(one.unit, lang), styles.plain)
    sheet.write_string(6, 0, label("head.target", lang), styles.strong)
    sheet.write_string(
        6,
        1,
        measured(target_text(one, lang), one.unit, lang) if one.target.value is not None else target_text(one, lang),
        styles.right,
    )
    if working is None or one.value is None or not working.lines:
        return
    first, last = FIRST_ROW + 2, FIRST_ROW + 1 + len(working.lines)
    of = f"SUM(O{first}:O{last})"
    formula = (
        f"={of}*{working.factor!r}" if working.to_unit is None else f"={of}/SUM(P{first}:P{last})*{working.factor!r}"
    )
    computed = one.confirmed.computed if one.confirmed is not None else one.value
    sheet.write_string(4, 0, word("book.formula", lang), styles.strong)
    sheet.write_formula(4, 1, formula, exact, computed)
    sheet.write_string(4, 2, unit_name(one.unit, lang), styles.plain)
    sheet.write_string(5, 0, word("book.difference", lang), styles.strong)
    sheet.write_formula(5, 1, "=B4-B5", exact, one.value - computed)


def _months(book: Book, sheet: Any, one: IndicatorReport) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    if not one.series:
        return
    styles, name = book.styles, book.name_of(one.id)
    sheet.write_string(FIRST_ROW, 0, word("book.month", book.lang), styles.head)
    sheet.write_string(FIRST_ROW, 1, unit_name(one.unit, book.lang), styles.head_right)
    for line, point in enumerate(one.series, start=FIRST_ROW + 1):
        sheet.write_string(line, 0, month_name(point.period, book.lang), styles.plain)
        book.amount(sheet, line, 1, point.value, styles.number(one.decimals), hidden=True)
    last = FIRST_ROW + len(one.series)
    chart = book.raw.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": one.name.say(book.lang),
            "categories": [name, FIRST_ROW + 1, 0, last, 0],
            "values": [name, FIRST_ROW + 1, 1, last, 1],
            "line": {"color": "#2F6DB3", "width": 2},
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": one.name.say(book.lang), "name_font": {"size": 11}})
    chart.set_size({"width": 620, "height": 260})
    sheet.insert_chart(last + 2, 0, chart)


def _groups(book: Book, sheet: Any, one: IndicatorReport) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    lang, styles = book.lang, book.styles
    line = FIRST_ROW
    for dimension in ("town", "industry"):
        own = [group for group in one.contributions if group.dimension == dimension]
        if not own:
            continue
        heads = (f"groups.{dimension}", "groups.value", "groups.share", "groups.previous", "groups.pull")
        for column, key in enumerate(heads, start=GROUPS):
            sheet.write_string(line, column, word(key, lang), styles.head_right if column > GROUPS else styles.head)
        for group in own:
            line += 1
            hidden = group.value is None
            share = None if group.value is None or not one.value else group.value / one.value
            sheet.write_string(line, GROUPS, group_name(group, lang), styles.plain)
            book.amount(sheet, line, GROUPS + 1, group.value, styles.number(one.decimals), hidden=hidden)
            book.amount(sheet, line, GROUPS + 2, share, styles.percent)
            book.amount(sheet, line, GROUPS + 3, group.previous, styles.number(one.decimals))
            book.change(sheet, line, GROUPS + 4, group.change_pp, "0.00")
        line += 2


def _lines(book: Book, sheet: Any, working: Working) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    """The enterprises: what the formula adds up, what it was, and what each adds to the growth of the whole."""
    lang, styles = book.lang, book.styles
    sheet.write_string(FIRST_ROW - 1, LINES, word("book.note", lang), styles.soft)
    ratio = working.to_unit is not None
    heads = [
        word("book.code", lang),
        word("book.name", lang),
        word("book.town", lang),
        word("book.division", lang),
        f"{word('book.of' if ratio else 'book.amount', lang)} ({unit_name(working.unit, lang)})",
        f"{word('book.to', lang)} ({unit_name(working.to_unit, lang)})" if working.to_unit else "",
        f"{word('book.before', lang)} ({unit_name(working.unit, lang)})",
        "" if ratio else word("book.pull", lang),
    ]
    for column, head in enumerate(heads, start=LINES):
        sheet.write_string(FIRST_ROW, column, head, styles.head_right if column >= LINES + 4 else styles.head)
    first, last = FIRST_ROW + 2, FIRST_ROW + 1 + len(working.lines)
    base = sum(one.before or 0.0 for one in working.lines)
    number = styles.number(0)
    for line, one in enumerate(working.lines, start=FIRST_ROW + 1):
        for column, text in enumerate((one.code, one.name, one.town, one.division), start=LINES):
            sheet.write_string(line, column, text, styles.plain)
        for column, value in enumerate((one.of, one.to, one.before), start=LINES + 4):
            book.amount(sheet, line, column, value, number)
        if not ratio and base > 0:
            pull = 100 * ((one.of or 0.0) - (one.before or 0.0)) / base
            formula = f"=100*(N(O{line + 1})-N(Q{line + 1}))/SUM(Q${first}:Q${last})"
            sheet.write_formula(line, LINES + 7, formula, styles.change("0.00", pull), pull)
    if working.lines:
        sheet.autofilter(FIRST_ROW, LINES, last - 1, LINES + 7)
