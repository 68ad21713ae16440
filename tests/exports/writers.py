"""Small writers: xlsx, xls (BIFF8, also encrypted), web pages, XML of 2003 and text."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

import xlsxwriter

from xicen_kpi.read.ole import BUILT_IN_PASSWORD, rc4

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""

MD5, SHA1 = "md5", "sha1"


@dataclass
class Sheet:
    """A sheet to write."""

    rows: Sequence[Sequence[Any]]
    name: str = "表"
    merges: Sequence[Merge] = field(default_factory=list)


def write_xlsx(path: Path, *sheets: Sheet) -> Path:
    """A workbook of today."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for i, row in enumerate(sheet.rows):
                for j, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(i, j, cell, day)
                    elif isinstance(cell, str) and cell:
                        page.write_string(i, j, cell)
                    elif cell != "":
                        page.write(i, j, cell)
            for top, left, bottom, right in sheet.merges:
                page.merge_range(top, left, bottom, right, sheet.rows[top][left])
    return path


def write_text(
    path: Path, rows: Sequence[Sequence[Any]], *, encoding: str = "utf-8", newline: str = "\r\n", delimiter: str = ","
) -> Path:
    """Delimited text; cells with the delimiter, a quotation mark or a line break stand in quotation marks."""
    path.write_bytes(
        "".join(delimiter.join(_quoted(cell, delimiter) for cell in row) + newline for row in rows).encode(encoding)
    )
    return path


def _quoted(cell: object, delimiter: str) -> str:
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in (delimiter, '"', "\n")) else text


def write_html(path: Path, sheet: Sheet, *, before: str = "", after: str = "", encoding: str = "utf-8") -> Path:
    """A web page with one table, under whatever name."""
    covered = {(i, j) for t, x, b, y in sheet.merges for i in range(t, b + 1) for j in range(x, y + 1)}
    spans = {(t, x): (b - t + 1, y - x + 1) for t, x, b, y in sheet.merges}
    lines = []
    for i, row in enumerate(sheet.rows):
        cells = []
        for j, cell in enumerate(row):
            if (i, j) in spans:
                down, across = spans[i, j]
                cells.append(f'<td rowspan="{down}" colspan="{across}">{escape(str(cell))}</td>')
            elif (i, j) not in covered:
                cells.append(f"<td>{escape(str(cell)) or '&nbsp;'}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    page = f"\n\n<!-- excel --><html><body>{before}<table>{''.join(lines)}</table>{after}</body></html>"
    path.write_bytes(page.encode(encoding))
    return path


def write_xml(path: Path, sheet: Sheet) -> Path:
    """A workbook in the XML of 2003."""
    rows = []
    for row in sheet.rows:
        cells = []
        for j, cell in enumerate(row):
            kind = "Number" if isinstance(cell, int | float) else "String"
            if cell != "":
                cells.append(f'<Cell ss:Index="{j + 1}"><Data ss:Type="{kind}">{escape(str(cell))}</Data></Cell>')
        rows.append(f"<Row>{''.join(cells)}</Row>")
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    text = (
        f'<?xml version="1.0"?>\n<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="{sheet.name}"><Table>'
    )
    path.write_text(text + "".join(rows) + "</Table></Worksheet></Workbook>", encoding="utf-8")
    return path


def write_xls(
    path: Path, *sheets: Sheet, codepage: int = 1200, encrypted: str | None = None, password: str = BUILT_IN_PASSWORD
) -> Path:
    """A workbook of 1997 ([MS-XLS]), encrypted if wanted."""
    texts = list(
        dict.fromkeys(cell for sheet in sheets for row in sheet.rows for cell in row if isinstance(cell, str) and cell)
    )
    bodies = [_sheet_stream(sheet, texts) for sheet in sheets]
    filepass, key = _filepass(encrypted, password) if encrypted else (b"", None)
    names = [sheet.name.encode("utf-16-le") for sheet in sheets]
    size = sum(len(part) for part in (_globals_before(codepage, filepass), _sst(texts), _record(0x0A)))
    size += sum(4 + 8 + len(name) for name in names)
    bounds, at = b"", size
    for name, body in zip(names, bodies, strict=True):
        bounds += _record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name) // 2, 1) + name)
        at += len(body)
    stream = _globals_before(codepage, filepass) + bounds + _sst(texts) + _record(0x0A) + b"".join(bodies)
    path.write_bytes(_container(_encrypted(stream, key) if key else stream))
    return path


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _globals_before(codepage: int, filepass: bytes) -> bytes:
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    return start + (_record(0x2F, filepass) if filepass else b"") + _record(0x42, struct.pack("<H", codepage))


def _sst(texts: list[str]) -> bytes:
    content = b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts)
    return _record(0xFC, struct.pack("<II", len(texts), len(texts)) + content)


def _sheet_stream(sheet: Sheet, texts: list[str]) -> bytes:
    parts = [_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))]
    for i, row in enumerate(sheet.rows):
        for j, cell in enumerate(row):
            if isinstance(cell, str) and cell:
                parts.append(_record(0xFD, struct.pack("<HHHI", i, j, 0, texts.index(cell))))
            elif isinstance(cell, int | float):
                parts.append(_record(0x203, struct.pack("<HHHd", i, j, 0, cell)))
    if sheet.merges:
        ranges = b"".join(struct.pack("<HHHH", t, b, x, y) for t, x, b, y in sheet.merges)
        parts.append(_record(0xE5, struct.pack("<H", len(sheet.merges)) + ranges))
    return b"".join([*parts, _record(0x0A)])


def _filepass(method: str, password: str) -> tuple[bytes, Callable[[int], bytes]]:
    """The record that says how a workbook is encrypted, and the keys of its blocks ([MS-OFFCRYPTO] 2.3.5 and 2.3.6)."""
    salt, verifier = bytes(range(16)), bytes(range(100, 116))
    secret = password.encode("utf-16-le")
    if method == MD5:
        short = hashlib.md5(secret).digest()[:5]  # noqa: S324 -- what the format prescribes
        long = hashlib.md5((short + salt) * 16).digest()[:5]  # noqa: S324

        def key(block: int) -> bytes:
            return hashlib.md5(long + struct.pack("<I", block)).digest()  # noqa: S324

        proof = rc4(key(0), verifier + hashlib.md5(verifier).digest())  # noqa: S324
        return struct.pack("<HHH", 1, 1, 1) + salt + proof, key
    base = hashlib.sha1(salt + secret).digest()  # noqa: S324

    def wide_key(block: int) -> bytes:
        return hashlib.sha1(base + struct.pack("<I", block)).digest()[:16]  # noqa: S324

    proof = rc4(wide_key(0), verifier + hashlib.sha1(verifier).digest())  # noqa: S324
    header = struct.pack("<IIIIIIII", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + "x\0".encode("utf-16-le")
    lead = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header
    return lead + struct.pack("<I", 16) + salt + proof[:16] + struct.pack("<I", 20) + proof[16:], wide_key


def _encrypted(stream: bytes, key: Callable[[int], bytes]) -> bytes:
    whole = bytearray(b"".join(rc4(key(n), stream[n * 1024 : (n + 1) * 1024]) for n in range(len(stream) // 1024 + 1)))
    at = 0
    while at < len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        open_part = 4 + (length if kind in {0x809, 0x2F} else 4 if kind == 0x85 else 0)
        whole[at : at + open_part] = stream[at : at + open_part]
        at += 4 + length
    return bytes(whole)


def _container(stream: bytes) -> bytes:
    """A compound file with one stream ([MS-CFB])."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    tables = -(-(count + 2) // 127)
    fat = [0xFFFFFFFD] * tables + [0xFFFFFFFE] + [tables + 2 + n for n in range(count - 1)] + [0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (tables * 128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *range(tables), *([0xFFFFFFFF] * (109 - tables)))
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0, 1), ("Workbook", 2, tables + 1, len(stream), 0xFFFFFFFF)]
    directory = b"".join(_entry(*entry) for entry in entries).ljust(512, b"\0")
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + stream


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    label = name.encode("utf-16-le") + b"\0\0"
    lead = label.ljust(64, b"\0") + struct.pack("<HBB", len(label), kind, 1)
    return lead + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<IQ", start, size)
