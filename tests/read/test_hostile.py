"""Files that are broken, or made to harm: a finding each, in little time and memory, and never a traceback."""

from __future__ import annotations

import io
import struct
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from exports.plans import A, stream_of
from exports.writers import Sheet, write_text, write_xls, write_xlsx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xicen_kpi.read import read_export

PACKAGE = "[Content_Types].xml"
BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 2**20


def slugs(path: Path) -> list[str]:
    return [found.slug for table in read_export(path) for found in table.findings]


def doctored(path: Path, part: str, content: bytes) -> Path:
    """A sound workbook with one part put in the place of another."""
    sound = write_xlsx(path, Sheet([["名称", "数额"], ["甲厂", 1], ["乙厂", 2]])).read_bytes()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return path


def sheet_xml(cells: str, dimension: str = "A1") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<worksheet xmlns="{space}"><dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'.encode()
    )


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="9999"><c r="A9999"><v>1</v></c></row>',
    ],
)
def test_a_cell_that_lies_far_off_is_found_before_the_sheet_is_laid_out(tmp_path: Path, cells: str) -> None:
    path = doctored(tmp_path / "a.xlsx", SHEET, sheet_xml(cells))
    tracemalloc.start()
    assert slugs(path) == ["file-too-many-cells"]
    assert tracemalloc.get_traced_memory()[1] < 50 * MEGABYTE
    tracemalloc.stop()


def test_a_billion_cells_that_are_only_declared_do_no_harm(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="B2"><v>4</v></c></row>'
    path = doctored(tmp_path / "a.xlsx", SHEET, sheet_xml(cells, dimension="A1:XFD1048576"))
    (table,) = read_export(path)
    assert table.data.shape == (2, 2)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(PACKAGE, "<Types/>")
        with package.open("xl/sharedStrings.xml", "w") as part:
            for _ in range(120):
                part.write(b" " * MEGABYTE)
    assert slugs(path) == ["file-bomb"]


def test_a_package_that_lies_about_its_sizes(tmp_path: Path) -> None:
    path = doctored(tmp_path / "a.xlsx", "docProps/core.xml", b" " * 3 * MEGABYTE)
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", 3 * MEGABYTE)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 1000)
    path.write_bytes(data)
    assert slugs(path) == ["file-broken"]


@pytest.mark.parametrize("part", [PACKAGE, BOOK, SHEET])
@pytest.mark.parametrize("content", [b"", b"<", b"\0\0\0", b"<a>" * 1000])
def test_a_workbook_with_a_broken_part(tmp_path: Path, part: str, content: bytes) -> None:
    assert set(slugs(doctored(tmp_path / "a.xlsx", part, content))) <= {"file-broken", "file-empty", "file-no-table"}


def test_entities_are_not_expanded_and_nothing_outside_is_fetched(tmp_path: Path) -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{lol}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    path = tmp_path / "a.xls"
    path.write_text(f'{text}<Workbook xmlns="{space}"><Worksheet>&l11;&f;</Worksheet></Workbook>', encoding="utf-8")
    assert slugs(path) == ["file-broken"]
    book = doctored(tmp_path / "b.xlsx", SHEET, f"{text}<worksheet>&l11;</worksheet>".encode())
    assert set(slugs(book)) <= {"file-broken", "file-empty"}


def test_a_cell_of_ten_megabytes(tmp_path: Path) -> None:
    path = write_text(
        tmp_path / "a.csv", [["名称", "说明", "数额"], ["甲厂", "长" * (10 * MEGABYTE // 3), "1"], ["乙厂", "短", "2"]]
    )
    (table,) = read_export(path)
    assert table.data["数额"].tolist() == [1, 2]
    book = write_xlsx(tmp_path / "b.xlsx", Sheet([["名称", "数额"], ["甲厂", 1], ["x" * 32_000, 2]]))
    assert read_export(book)[0].data["数额"].tolist() == [1, 2]


def test_a_web_page_with_a_cell_that_spans_a_million_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    cells = '<td rowspan="999999" colspan="999999">x</td>' * 20
    path.write_text(f"<html><table><tr>{cells}</tr></table></html>", encoding="utf-8")
    assert slugs(path) == ["file-too-many-cells"]


def test_tables_within_tables_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<html>" + "<table><tr><td>" * 20_000, encoding="utf-8")
    assert set(slugs(path)) <= {"file-no-table", "file-empty"}


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv"])
def test_every_truncation_is_a_finding_or_a_shorter_table(tmp_path: Path, name: str) -> None:
    rows: list[list[object]] = [["名称", "数额"], *[[f"企业{n}", n] for n in range(50)]]
    write = {"a.xlsx": lambda p: write_xlsx(p, Sheet(rows)), "a.xls": lambda p: write_xls(p, Sheet(rows))}
    path = write.get(name, lambda p: write_text(p, rows))(tmp_path / name)
    data = path.read_bytes()
    for share in range(1, 20):
        path.write_bytes(data[: len(data) * share // 20])
        tables = read_export(path)
        assert tables[0].findings or len(tables[0].data) <= 50


@pytest.mark.parametrize("content", [b"", b"\n\n\n", b"\xef\xbb\xbf", b"\0" * 5000, b",,,\n,,,\n"])
def test_an_empty_file_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert slugs(path) in (["file-empty"], ["file-encoding"])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"MIME-Version: 1.0\n\n", "MHTML"),
        (b"{\\rtf1 ", "RTF"),
        (b'[{"a": 1}, {"a": 2}]', "JSON"),
        (b'{"a": 1}\n{"a": 2}\n', "JSON"),
        (b'<?xml version="1.0"?>\n<office>\n', "XML"),
    ],
)
def test_what_is_no_table_at_all_is_named(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content if kind == "JSON" else content + b"x" * 100)
    (found,) = read_export(path)[0].findings
    assert (found.slug, found.parameters["detail"]) == ("file-foreign", kind)


def test_an_archive_of_tables_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.csv", "a,b\n1,2\n")
    (found,) = read_export(path)[0].findings
    assert (found.slug, found.parameters["detail"]) == ("file-foreign", "ZIP")


def test_a_folder_called_like_a_file_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    assert slugs(tmp_path / "a.csv") == ["file-no-file"]
    assert slugs(tmp_path / "b.csv") == ["file-no-file"]


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such devices")
def test_a_device_is_not_read() -> None:
    assert slugs(Path("/dev/zero")) == ["file-no-file"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=400),
    lead=st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><table>", b"\xff\xfe", b"a,b\n1,2\n"]
    ),
)
def test_no_bytes_end_in_a_traceback(tmp_path: Path, data: bytes, lead: bytes) -> None:
    path = tmp_path / "T.csv"
    path.write_bytes(lead + data)
    for table in read_export(path):
        assert len(table.data) == table.provenance.rows_used
        assert table.provenance.rows_read == table.provenance.rows_used + sum(table.provenance.set_aside.values())
    list(stream_of(tmp_path).chunks())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 20_000), value=st.integers(0, 255), name=st.sampled_from(["a.xlsx", "a.xls"]))
def test_no_flipped_byte_ends_in_a_traceback(tmp_path: Path, place: int, value: int, name: str) -> None:
    path = tmp_path / name
    sheet = Sheet([["统一社会信用代码", "数额"], [A, 1]])
    data = bytearray((write_xlsx(path, sheet) if name == "a.xlsx" else write_xls(path, sheet)).read_bytes())
    data[place % len(data)] = value
    path.write_bytes(data)
    read_export(path)


class PanicException(BaseException):
    """As the spreadsheet reader raises it: not an Exception."""


def test_a_panic_of_the_reader_is_a_broken_file(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(_: object) -> None:
        raise PanicException("range start index 7864441 out of range for slice of length 4096")

    monkeypatch.setattr("xicen_kpi.read.workbook.CalamineWorkbook.from_filelike", panic, raising=True)
    tables = read_export(sample_data / "B203_2026年.xlsx")
    assert [found.slug for table in tables for found in table.findings] == ["file-broken"]


@pytest.mark.parametrize("content", [b"a single line of text", b"[" * 100_000, b'"' * 10_000, b"\xff\xfea\0a\0"])
def test_a_text_without_a_table_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert slugs(path) == ["file-no-table"]
