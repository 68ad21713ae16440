"""Texts as they come: encodings without a mark or mixed, print-outs, lines in quotation marks, pages and archives."""

from __future__ import annotations

import quopri
from typing import TYPE_CHECKING

import pytest

from xicen_kpi.read import read_export

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.read import Table

LINES = ["地区,产值,税收", *(f"第{n}区,{n}.5,{n}" for n in range(1, 13))]
TEXT = "".join(line + "\r\n" for line in LINES)
PAGE = (
    "<html><body><table>"
    + "".join(f"<tr><td>{line.replace(',', '</td><td>')}</td></tr>" for line in LINES)
    + "</table></body></html>"
)


def read(tmp_path: Path, data: bytes) -> Table:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    return read_export(path)[0]


def is_whole(table: Table) -> bool:
    """Whether all columns and rows of the lines above are there."""
    data = table.data
    return list(data.columns) == ["地区", "产值", "税收"] and (len(data), data["产值"].sum()) == (12, 84)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(tmp_path: Path, encoding: str) -> None:
    table = read(tmp_path, TEXT.encode(encoding))
    assert is_whole(table)
    assert table.provenance.encoding == encoding
    assert table.findings == []


@pytest.mark.parametrize(("main", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_lines_in_another_encoding_are_read_and_said(tmp_path: Path, main: str, other: str) -> None:
    head = TEXT.encode(main)
    table = read(tmp_path, head + "新疆维吾尔自治区,0,0\r\n".encode(other) + "云南省,0,0\r\n".encode(main))
    assert table.data["地区"].tolist()[-2:] == ["新疆维吾尔自治区", "云南省"]
    assert table.provenance.encoding == main
    assert [(found.slug, found.parameters["at"]) for found in table.findings] == [("encoding-broken", len(head))]


def test_a_broken_byte_costs_its_cell_and_is_said(tmp_path: Path) -> None:
    data = TEXT.encode("gb18030")
    at = data.index("第9区".encode("gb18030"))
    table = read(tmp_path, data[:at] + b"\xff" + data[at + 1 :])
    assert is_whole(table)
    assert [found.slug for found in table.findings] == ["encoding-broken"]


@pytest.mark.parametrize("word", ["联通", "浙江", "园区产值", "晓晓公司"])
def test_words_that_look_like_another_encoding_are_left_alone(tmp_path: Path, word: str) -> None:
    table = read(tmp_path, (TEXT + f"{word},0,0\r\n").encode("gb18030"))
    assert table.data["地区"].iloc[-1] == word
    assert table.findings == []


def test_what_fills_up_the_end_of_a_file_is_no_row(tmp_path: Path) -> None:
    assert is_whole(read(tmp_path, TEXT.encode("gb18030") + b"\x1a"))
    padded = read(tmp_path, TEXT.encode() + b"\0" * 512)
    assert is_whole(padded)
    assert [found.slug for found in padded.findings] == ["file-cut-off"]


@pytest.mark.parametrize(
    "text",
    [
        "".join(f'"{line}"\r\n' for line in LINES),
        TEXT.replace(",", "||"),
        TEXT.replace(",", " "),
        "".join("   ".join(cell.ljust(8) for cell in line.split(",")) + "\n" for line in LINES),
        "".join("".join(cell.rjust(12) for cell in line.split(",")) + "\n" for line in LINES),
    ],
)
def test_lines_in_quotation_marks_pairs_of_bars_and_print_outs(tmp_path: Path, text: str) -> None:
    table = read(tmp_path, text.encode())
    assert is_whole(table)
    assert table.findings == []


def test_prose_is_no_print_out(tmp_path: Path) -> None:
    table = read(tmp_path, "第一 批 名单\n甲公司 正常 经营\n乙公司 停业 两年\n丙公司 正常 经营\n".encode())
    assert len(table.data.columns) == 1


def test_a_page_that_begins_with_a_heading(tmp_path: Path) -> None:
    table = read(tmp_path, PAGE.replace("<html><body>", "<h3>表一</h3>").encode())
    assert is_whole(table)
    assert table.provenance.title == "表一"


def test_the_menu_of_a_page_is_no_table(tmp_path: Path) -> None:
    menu = "<table><tr><td>首页</td><td>数据</td></tr></table>"
    path = tmp_path / "a.xls"
    path.write_bytes(PAGE.replace("<body>", f"<body>{menu}").encode("gb18030"))
    (table,) = read_export(path)
    assert is_whole(table)


def test_a_web_archive_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    part = '\n------=_B\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n'
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----=_B"\n' + part
    frame = quopri.encodestring(b"<html><frameset></frameset></html>")
    data = head.encode() + frame + part.encode() + quopri.encodestring(PAGE.encode()) + b"\n------=_B--\n"
    table = read(tmp_path, data)
    assert is_whole(table)
    assert (table.provenance.kind, table.provenance.encoding) == ("html", "utf-8")
