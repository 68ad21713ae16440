"""The brief as a document to edit: plain official layout (公文), the scoreboard as a table, page numbers."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xicen_kpi.render.brief import brief_of, headline
from xicen_kpi.render.scoreboard import row
from xicen_kpi.render.summary import heading
from xicen_kpi.words.labels import label
from xicen_kpi.words.page import page_word as word

if TYPE_CHECKING:
    from xicen_kpi.render.brief import Section
    from xicen_kpi.report.model import Report
    from xicen_kpi.words.labels import Lang

FONTS = {"title": "方正小标宋简体", "head": "黑体", "body": "仿宋_GB2312", "latin": "Times New Roman"}
"""Fonts of official documents (GB/T 9704-2012); where one is missing, the office program takes the nearest it has."""
_SIZES = {"title": 22, "head": 16, "body": 16, "table": 9, "small": 12}
"""Points: 二号 title, 三号 body, 小五号 table."""
_COLUMNS = ("indicator", "value", "target", "completion", "pace", "gap", "change", "status")
_WIDTHS = {"zh": (39, 20, 13, 17, 15, 14, 22, 16), "en": (34, 25, 13, 20, 17, 12, 13, 22)}
"""Of the table's columns, millimetres: no number is broken over two lines."""
_CELL_MARGIN = "45"
"""Beside the text of a cell, twentieths of a point."""


def brief_docx(report: Report, lang: Lang) -> bytes:
    """The brief as a Word document; the same bytes for the same data.

    Args:
        report: The finished report.
        lang: Language.

    Raises:
        ModuleNotFoundError: python-docx, of the optional extra `report`, is not installed.
    """
    import docx

    brief = brief_of(report, lang)
    document = docx.Document()
    _page(document, report, lang)
    _styles(document, lang)
    _text(document, brief.title, "title", align="centre")
    _text(document, f"{brief.dateline}{brief.mark}", "small", align="centre")
    _text(document, brief.opening, "body", lang=lang)
    for number, section in enumerate(brief.sections):
        _section(document, section, number, lang)
        if number == 0:
            _table(document, report, lang)
    year, month = map(int, report.as_of.split("-"))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = brief.title, "", ""
    properties.created = properties.modified = datetime(year, month, 1)  # noqa: DTZ001 -- a property without a zone
    data = io.BytesIO()
    document.save(data)
    return _same_bytes(data.getvalue())


def _page(document: Any, report: Report, lang: Lang) -> None:  # noqa: ANN401 -- python-docx has no types
    """A4 with the margins of official documents, page numbers below, the mark of internal papers above."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(footer)
    if report.audience == "internal":
        header = section.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        header.add_run(label("internal", lang))


def _page_number(paragraph: Any) -> None:  # noqa: ANN401 -- python-docx has no types
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("— ")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind is None:
            field = OxmlElement("w:instrText")
            field.set(qn("xml:space"), "preserve")
            field.text = text
        else:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
        run._r.append(field)  # noqa: SLF001 -- python-docx offers fields only as XML
    paragraph.add_run(" —")


def _styles(document: Any, lang: Lang) -> None:  # noqa: ANN401 -- python-docx has no types
    """Font and spacing of running text: fixed lines of 28 points, as official documents have."""
    from docx.shared import Pt

    normal = document.styles["Normal"]
    _font(normal, "body")
    if lang == "en":
        normal.font.size = Pt(_SIZES["small"])
    form = normal.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(0 if lang == "zh" else 4)
    form.line_spacing = Pt(28) if lang == "zh" else 1.25


def _font(style: Any, kind: str) -> None:  # noqa: ANN401 -- python-docx has no types
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name = FONTS["latin"]
    style.font.size = Pt(_SIZES[kind])
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), FONTS.get(kind, FONTS["body"]))


def _text(document: Any, text: str, kind: str, *, align: str = "left", lang: Lang = "en") -> Any:  # noqa: ANN401 -- no types
    """A paragraph; running Chinese text is indented by two characters."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    _font_of_run(run, kind)
    if align == "centre":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if kind == "title":
        paragraph.paragraph_format.line_spacing = Pt(34)
        paragraph.paragraph_format.space_after = Pt(6)
    if lang == "zh":
        paragraph.paragraph_format.first_line_indent = Pt(2 * _SIZES[kind])
    return paragraph


def _font_of_run(run: Any, kind: str) -> None:  # noqa: ANN401 -- python-docx has no types
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.name = FONTS["latin"]
    if kind != "body":  # running text has the size of its style
        run.font.size = Pt(_SIZES[kind])
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONTS.get(kind, FONTS["body"]))  # noqa: SLF001 -- only as XML


def _section(document: Any, section: Section, number: int, lang: Lang) -> None:  # noqa: ANN401 -- no types
    from docx.shared import Pt, RGBColor

    head = document.add_heading(level=1)
    head.paragraph_format.space_before = head.paragraph_format.space_after = Pt(0)
    head.paragraph_format.first_line_indent = Pt(2 * _SIZES["head"]) if lang == "zh" else Pt(0)
    run = head.add_run(heading(section, number, lang) if lang == "zh" else section.heading)
    _font_of_run(run, "head")
    run.font.color.rgb = RGBColor(0, 0, 0)
    for place, text in enumerate(section.paragraphs, start=1):
        _text(document, f"{place}. {text}" if section.numbered else text, "body", lang=lang)


def _table(document: Any, report: Report, lang: Lang) -> None:  # noqa: ANN401 -- python-docx has no types
    """The headline targets as a table whose heading is repeated on each page and whose rows are never parted."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    shown = [row(one, lang, report.rounding) for one in headline(report)]
    table = document.add_table(rows=1, cols=len(_COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    _narrow_margins(table)
    for place, name in enumerate(_COLUMNS):
        _cell(table.rows[0].cells[place], label(f"head.{name}", lang), WD_ALIGN_PARAGRAPH.CENTER, lang, head=True)
    for one in shown:
        cells = table.add_row().cells
        for place, name in enumerate(_COLUMNS):
            text = one.name if name == "indicator" else str(getattr(one, name))
            side = WD_ALIGN_PARAGRAPH.LEFT if name == "indicator" else WD_ALIGN_PARAGRAPH.CENTER
            _cell(cells[place], text, side, lang)
    for line in table.rows:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 -- python-docx offers it only as XML
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- likewise
    for place, width in enumerate(_WIDTHS[lang]):
        table.columns[place].width = Mm(width)
        for line in table.rows:
            line.cells[place].width = Mm(width)
    note = document.add_paragraph()
    _font_of_run(note.add_run(word("method.rounding", lang)), "table")


def _narrow_margins(table: Any) -> None:  # noqa: ANN401 -- python-docx has no types
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), _CELL_MARGIN)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tblPr.append(margins)  # noqa: SLF001 -- python-docx offers it only as XML


def _cell(cell: Any, text: str, align: Any, lang: Lang, *, head: bool = False) -> None:  # noqa: ANN401 -- python-docx has no types
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = 1.1
    run = paragraph.add_run(text)
    _font_of_run(run, "head" if head else "table")
    run.font.size = Pt(_SIZES["table"] if lang == "zh" else _SIZES["table"] - 1)


def _same_bytes(data: bytes) -> bytes:
    """The package with one date for all its parts, in place of the moment it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
