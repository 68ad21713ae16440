"""OpenDocument spreadsheets are one more workbook: sheets, days, merged cells, and what is said to be repeated."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from xicen_kpi.read import read_export

if TYPE_CHECKING:
    from pathlib import Path

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
HIDDEN = (
    '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def cell(value: object, more: str = "") -> str:
    kind, own = ("string", "") if isinstance(value, str) else ("float", f'office:value="{value}"')
    return f'<table:table-cell office:value-type="{kind}" {own} {more}><text:p>{value}</text:p></table:table-cell>'


def day(text: str) -> str:
    return (
        f'<table:table-cell office:value-type="date" office:date-value="{text}"><text:p>x</text:p></table:table-cell>'
    )


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def sheet(name: str, *rows: str, more: str = "") -> str:
    return f'<table:table table:name="{name}" {more}>{"".join(rows)}</table:table>'


def ods(path: Path, *sheets: str, kind: str = KIND, manifest: str = "", before: str = "") -> Path:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {SPACES}>'
        f"<office:automatic-styles>{HIDDEN}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind, zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return path


def slugs(path: Path) -> list[str]:
    return [one.slug for table in read_export(path) for one in table.findings]


LINES = (
    row(cell("企业"), cell("日期"), cell("产值（千元）")),
    row(cell("甲厂"), day("2026-10-01"), cell(1.5)),
    row(cell("乙厂"), day("2026-10-31"), cell(2)),
)


def test_a_sheet_is_read_like_any_other_and_a_hidden_one_is_said(tmp_path: Path) -> None:
    blank = row(
        '<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1048570"'
    )
    path = ods(tmp_path / "表.ods", sheet("一", *LINES, blank), sheet("藏", *LINES, more='table:style-name="off"'))
    (table,) = read_export(path)
    assert (table.provenance.kind, table.provenance.sheet) == ("ods", "一")
    assert table.provenance.columns == ("企业", "日期", "产值（千元）")
    assert table.data["产值（千元）"].tolist() == [1.5, 2]
    assert table.data["日期"].dt.strftime("%m-%d").tolist() == ["10-01", "10-31"]
    assert [one.slug for one in table.findings] == ["sheets-hidden"]


def test_merged_cells_of_a_header_are_filled(tmp_path: Path) -> None:
    covered = "<table:covered-table-cell/>"
    head = row(
        cell("企业", 'table:number-rows-spanned="2"'), cell("营业收入", 'table:number-columns-spanned="2"'), covered
    )
    lower = row(covered, cell("本年"), cell("上年"))
    body = [row(cell(f"第{n}厂"), cell(n), cell(n + 10)) for n in range(3)]
    (table,) = read_export(ods(tmp_path / "a.ods", sheet("一", head, lower, *body)))
    assert table.provenance.columns == ("企业", "营业收入;本年", "营业收入;上年")


def test_rows_and_cells_that_are_repeated_stand_there_as_often(tmp_path: Path) -> None:
    twice = row(cell("丙厂"), cell(3, 'table:number-columns-repeated="2"'), more='table:number-rows-repeated="2"')
    path = ods(tmp_path / "a.ods", sheet("一", row(cell("企业"), cell("产值"), cell("收入")), LINES[1], twice))
    assert read_export(path)[0].data["收入"].tolist() == [1.5, 3, 3]


@pytest.mark.parametrize(
    "many",
    [
        row(cell(1, 'table:number-columns-repeated="1000"'), more='table:number-rows-repeated="1000000"'),
        row(
            '<table:table-cell table:number-columns-repeated="16000"/>',
            cell(1),
            more='table:number-rows-repeated="2000"',
        ),
    ],
)
def test_a_few_bytes_that_are_a_billion_cells_are_refused(many: str, tmp_path: Path) -> None:
    assert slugs(ods(tmp_path / "a.ods", sheet("一", *LINES, many))) == ["file-too-many-cells"]


def test_what_is_no_spreadsheet_or_cannot_be_opened_is_said(tmp_path: Path) -> None:
    assert slugs(ods(tmp_path / "a.odt", kind="application/vnd.oasis.opendocument.text")) == ["file-foreign"]
    assert slugs(ods(tmp_path / "b.ods", sheet("一", *LINES), manifest="<encryption-data/>")) == ["file-password"]
    assert slugs(ods(tmp_path / "c.ods", "<table:table>")) == ["file-broken"]
    entity = '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    assert slugs(ods(tmp_path / "d.ods", sheet("一", *LINES), before=entity)) == ["file-broken"]
    assert set(slugs(ods(tmp_path / "e.ods"))) <= {"file-empty", "file-no-table"}
