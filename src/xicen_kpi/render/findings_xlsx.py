"""A marked copy of the files: bad cells coloured with a comment, the messages of a row beside it, and the list of all.

Rows and columns stand where they stand in the original, so that F10 is F10. Text stays text: a formula never lives.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from xicen_kpi.errors import UsageError
from xicen_kpi.render.findings_lines import Reader
from xicen_kpi.render.wrap import wrapped
from xicen_kpi.words.checks_labels import check_label
from xicen_kpi.words.findings import finding
from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xicen_kpi.checks.model import CheckReport
    from xicen_kpi.errors import Finding
    from xicen_kpi.words.labels import Lang

Key = tuple[str, str | None]
"""File and sheet."""

MOST_ROWS = 20_000
"""Of a longer sheet only the header and the marked rows are copied, each in its own row."""

_COLOURS = {"error": "FFC7CE", "warning": "FFEB9C", "note": "DDEBF7"}
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_COMMENT = 1000
_WIDE, _LINE, _CHARACTERS = 420, 19, 60
"""Size of a comment in pixels: its width, the height of a line, and how many narrow characters a line holds."""


def findings_workbook(
    report: CheckReport, lang: Lang, cells: Mapping[Key, Sequence[Sequence[object]]], *, public: bool = False
) -> bytes:
    """The workbook as bytes.

    Args:
        report: What the check has found.
        lang: Language.
        cells: Raw rows of each sheet that findings are about, row 1 of the sheet first.
        public: No name, no code, no value: then the list of findings alone.

    Raises:
        UsageError: openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError:
        raise UsageError([finding("extra-missing", None, package="openpyxl")]) from None
    book = openpyxl.Workbook()
    reader = Reader(report, lang, public)
    _list(book.active, reader)
    names = {book.active.title}
    for key, rows in cells.items():
        own = [one for one in report.findings if (one.where.file, one.where.sheet) == key]
        if own and not public:
            _copy(book.create_sheet(_sheet_name(key, names)), reader, key, rows, own)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _list(sheet: Any, reader: Reader) -> None:  # noqa: ANN401 -- openpyxl has no types
    lang = reader.lang
    sheet.title = check_label("sheet.findings", lang)
    heads = ("severity", "rule", "place", "enterprise", "message", "effect", "hint")
    for column, name in enumerate(heads, 1):
        _put(sheet, 1, column, check_label(f"col.{name}", lang))
        sheet.cell(1, column).font = _bold()
    for row, found in enumerate(reader.report.findings, 2):
        texts = (
            label(f"severity.{found.severity.value}", lang),
            reader.title(found),
            reader.place(found),
            reader.enterprise(found),
            reader.sentence(found),
            reader.effect(found),
            reader.hint(found),
        )
        for column, text in enumerate(texts, 1):
            _put(sheet, row, column, text)
        sheet.cell(row, 1).fill = _fill(found.severity.value)
    for letter, width in zip("ABCDEFG", (8, 24, 40, 36, 70, 40, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _copy(
    sheet: Any,  # noqa: ANN401 -- openpyxl has no types
    reader: Reader,
    key: Key,
    rows: Sequence[Sequence[object]],
    findings: Sequence[Finding],
) -> None:
    trail = reader.report.sheets.get(key)
    header = trail.header_rows[1] if trail is not None and trail.header_rows else 1
    by_row: dict[int, list[Finding]] = {}
    for found in findings:
        by_row.setdefault(found.where.row or header, []).append(found)
    whole = len(rows) <= MOST_ROWS
    for number, row in enumerate(rows, 1):
        if whole or number <= header or number in by_row:
            for column, value in enumerate(row, 1):
                _put(sheet, number, column, value)
    last = max((len(row) for row in rows[: header + 100]), default=0) + 1
    _put(sheet, header, last, check_label("col.errors", reader.lang))
    for number, own in by_row.items():
        for found in own:
            column = trail.columns.index(found.where.field) + 1 if trail and found.where.field in trail.columns else 1
            _mark(sheet.cell(number, column), reader, found)
        text = "; ".join(f"{reader.sentence(found)} → {reader.hint(found)}" for found in own)
        _put(sheet, number, last if number != header else last + 1, text)
    sheet.freeze_panes = sheet.cell(header + 1, 1)


def _mark(cell: Any, reader: Reader, found: Finding) -> None:  # noqa: ANN401 -- openpyxl has no types
    from openpyxl.comments import Comment

    said = f"{reader.title(found)}: {reader.sentence(found)} → {reader.hint(found)}"
    if cell.comment is None:  # the worst comes first, and its colour stays
        cell.fill = _fill(found.severity.value)
    before = f"{cell.comment.text}\n" if cell.comment else ""
    text = f"{before}{said}"[:_COMMENT]
    lines = sum(max(1, sum(1 for _ in wrapped(line, _CHARACTERS))) for line in text.split("\n"))
    # As tall as its text, since neither Excel nor LibreOffice grows the box.
    cell.comment = Comment(text, "xicen-kpi", width=_WIDE, height=_LINE * (lines + 1))


def _put(sheet: Any, row: int, column: int, value: object) -> None:  # noqa: ANN401 -- openpyxl has no types
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    if not isinstance(value, str):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_LIVE):
        cell.quotePrefix = True


def _fill(severity: str) -> Any:  # noqa: ANN401 -- openpyxl has no types
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor=_COLOURS[severity])


def _bold() -> Any:  # noqa: ANN401 -- openpyxl has no types
    from openpyxl.styles import Font

    return Font(bold=True)


def _sheet_name(key: Key, taken: set[str]) -> str:
    """A name that a workbook accepts: 31 characters, none of those that it forbids, each once."""
    file, sheet = key
    plain = _NOT_IN_NAMES.sub("_", file.rpartition("/")[2].rpartition(".")[0] + (f" {sheet}" if sheet else ""))[:31]
    name, number = plain, 1
    while name.casefold() in {one.casefold() for one in taken}:
        number += 1
        name = f"{plain[:27]} {number}"
    taken.add(name)
    return name
