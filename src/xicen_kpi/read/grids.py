"""Files as grids of raw cells: what a file is, by its content, and its sheets."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook

from xicen_kpi.errors import Finding, Location
from xicen_kpi.read.text import decode, find_delimiter, normal_lines, read_records
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Rows = list[list[Any]]
Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, rows and columns from 0."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = ((b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"))


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, row 1 of the sheet first."""

    rows: Rows
    sheet: str | None = None
    merged: Sequence[Merge] = ()


@dataclass(slots=True)
class Loaded:
    """A file as grids.

    Attributes:
        name: Path as shown to the user.
        kind: What it is by content.
        sha256: Of its bytes.
        grids: Sheets that hold anything.
        encoding: Of a text file.
        delimiter: Of a text file.
        findings: Why it could not be read, or not wholly.
    """

    name: str
    kind: str
    sha256: str
    grids: list[Grid] = field(default_factory=list)
    encoding: str | None = None
    delimiter: str | None = None
    findings: list[Finding] = field(default_factory=list)


def load(path: Path, name: str) -> Loaded:
    """Reads a file into grids. What goes wrong is a finding of the result, never an exception."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return Loaded(name, "unknown", "", findings=[_unreadable(name, error.strerror or type(error).__name__)])
    loaded = Loaded(name, kind_of(data), hashlib.sha256(data).hexdigest())
    if not data.strip():
        loaded.findings.append(finding("file-empty", Location(file=name)))
    elif loaded.kind in {"xlsx", "xls"}:
        _load_workbook(loaded, data)
    elif loaded.kind == "csv":
        _load_text(loaded, data)
    else:
        loaded.findings.append(_unreadable(name, loaded.kind))
    if not loaded.grids and not loaded.findings:
        loaded.findings.append(finding("file-empty", Location(file=name)))
    return loaded


def kind_of(data: bytes) -> str:
    """What a file is by its first bytes; its suffix is not asked."""
    if data.startswith(_ZIP):
        return "xlsx"
    if data.startswith(_OLE):
        return "xls"
    for mark, kind in _FOREIGN:
        if data.startswith(mark):
            return kind
    return "csv"


def _load_workbook(loaded: Loaded, data: bytes) -> None:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet_name in book.sheet_names:
            sheet = book.get_sheet_by_name(sheet_name)
            rows = sheet.to_python(skip_empty_area=False)
            if rows:
                loaded.grids.append(Grid(rows, sheet_name, sheet.merged_cell_ranges or ()))
    except CalamineError as error:
        loaded.findings.append(_unreadable(loaded.name, str(error)))


def _load_text(loaded: Loaded, data: bytes) -> None:
    decoded = decode(data)
    if decoded is None or "\x00" in decoded.text:
        loaded.findings.append(_unreadable(loaded.name, "neither UTF-8 nor GB18030"))
        return
    text = normal_lines(decoded.text)
    loaded.encoding, loaded.delimiter = decoded.encoding, find_delimiter(text)
    try:
        loaded.grids.append(Grid(read_records(text, loaded.delimiter)))
    except csv.Error as error:
        loaded.findings.append(_unreadable(loaded.name, str(error)))


def _unreadable(name: str, reason: str) -> Finding:
    return finding("file-unreadable", Location(file=name), reason=reason)
