"""A file as grids of raw cells: what it is by its content, and what was in the way of reading it."""

from __future__ import annotations

import csv
import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from xicen_kpi.errors import Finding, Location
from xicen_kpi.read.encoding import Decoded, decode
from xicen_kpi.read.grid import Grid, Refusal, RefusedError, Rows
from xicen_kpi.read.html import html_grids, looks_like_html
from xicen_kpi.read.loaded import LARGE, Loaded
from xicen_kpi.read.mhtml import archived_pages, looks_like_archive
from xicen_kpi.read.text import find_delimiter, normal_lines, read_records, unwrapped
from xicen_kpi.read.workbook import Workbook, read_workbook
from xicen_kpi.read.xmlsheet import looks_like_xml_sheet, xml_grids
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from xicen_kpi.read.stored import DataFile


_PARQUET = {b"PAR1", b"PARE"}
"""How a Parquet file begins, the second where its columns and footer are encrypted."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"\x09\x00\x04\x00", "Excel 2"),
    (b"\x09\x02\x06\x00", "Excel 3"),
    (b"\x09\x04\x06\x00", "Excel 4"),
    (b"\x09\x08", "Excel 5"),
)
_LARGEST = 4 * 2**30
_OPEN_DOCUMENT = b"opendocument.spreadsheet"
"""Stands uncompressed at the beginning of such a package."""


def load(path: DataFile, name: str) -> Loaded:
    """Reads a file into grids. What goes wrong is a finding of the result, never an exception."""
    loaded = Loaded(name)
    try:
        loaded.size = size = _size(path)
        if _begins(path) in _PARQUET:
            _open_parquet(loaded, path)
        elif size >= LARGE:
            _open_large(loaded, path)
        if loaded.bulk is not None:
            loaded.grids = [loaded.bulk.head]
            return loaded
        data = path.read_bytes()
        loaded.sha256 = hashlib.sha256(data).hexdigest()
        loaded.kind = _kind_of(data)
        if data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
            _load_grids(loaded, data)
    except OSError as error:
        loaded.findings.append(_refused(name, Refusal.NO_FILE, error.strerror or type(error).__name__))
    except RefusedError as error:
        loaded.findings.append(_refused(name, error.refusal, error.detail))
    if not loaded.grids and not loaded.findings:
        loaded.findings.append(finding("file-empty", Location(file=name)))
    return loaded


def _size(path: DataFile) -> int:
    if not path.is_file():
        raise RefusedError(Refusal.NO_FILE)
    size = path.stat().st_size
    if size > _LARGEST:
        raise RefusedError(Refusal.TOO_LARGE)
    return size


def _begins(path: DataFile) -> bytes:
    with path.open("rb") as handle:
        return handle.read(4)


def _open_parquet(loaded: Loaded, path: DataFile) -> None:
    from xicen_kpi.read.parquet import open_parquet

    loaded.kind, loaded.bulk = "parquet", open_parquet(path)


def _open_large(loaded: Loaded, path: DataFile) -> None:
    """A text that is read in pieces; what turns out to be something else is left to be read at once."""
    from xicen_kpi.read.bulk import large_text

    text = large_text(path)
    if text is not None:
        loaded.kind, loaded.bulk = "csv", text
        loaded.encoding, loaded.delimiter = text.encoding, text.delimiter


def _kind_of(data: bytes) -> str:
    """What a file is by its first bytes; its suffix is not asked."""
    if data.startswith(_ZIP):
        return "ods" if _OPEN_DOCUMENT in data[:100] else "xlsx"
    return "xls" if data.startswith(_OLE) else "csv"


def _load_grids(loaded: Loaded, data: bytes) -> None:
    for mark, kind in _FOREIGN:
        if data.startswith(mark):
            raise RefusedError(Refusal.FOREIGN, kind)
    if looks_like_archive(data):
        _load_archive(loaded, data)
    elif loaded.kind == "csv":
        _load_text(loaded, data)
    else:
        _load_workbook(loaded, read_workbook(data))


def _load_workbook(loaded: Loaded, book: Workbook) -> None:
    where = Location(file=loaded.name)
    loaded.grids = book.grids
    if book.hidden:
        loaded.findings.append(finding("sheets-hidden", where, sheets=book.hidden))
    if book.errors:
        loaded.findings.append(finding("formulas-failed", where, cells=book.errors))
    if book.unvalued:
        loaded.findings.append(finding("formulas-without-value", where, cells=book.unvalued))


def _load_text(loaded: Loaded, data: bytes) -> None:
    decoded = decode(data)
    if decoded is None or "\0" in decoded.text:
        raise RefusedError(Refusal.ENCODING)
    loaded.encoding = decoded.encoding
    if not decoded.text.strip(" \t\r\n,;|"):
        return
    _tell_of_encoding(loaded, decoded)
    for kind, is_foreign in _FOREIGN_TEXTS:
        if is_foreign(decoded.text):
            raise RefusedError(Refusal.FOREIGN, kind)
    for kind, is_kind, grids_of in _MARKED_UP:
        if is_kind(decoded.text):
            loaded.kind = kind
            loaded.grids = grids_of(decoded.text)
            return
    text = unwrapped(normal_lines(decoded.text.rstrip("\x1a")))
    loaded.delimiter = find_delimiter(text)
    try:
        rows: Rows = list(read_records(text, loaded.delimiter))
        loaded.grids = [Grid(rows)] if rows else []
    except csv.Error as error:
        raise RefusedError(Refusal.BROKEN, str(error)) from error


def _tell_of_encoding(loaded: Loaded, decoded: Decoded) -> None:
    if decoded.cut:
        loaded.findings.append(finding("file-cut-off", Location(file=loaded.name)))
    if decoded.broken_at is not None:
        where = Location(file=loaded.name)
        loaded.findings.append(finding("encoding-broken", where, encoding=decoded.encoding, at=decoded.broken_at))
    if decoded.doubtful:
        loaded.findings.append(finding("encoding-doubtful", Location(file=loaded.name)))


def _load_archive(loaded: Loaded, data: bytes) -> None:
    loaded.kind = "html"
    for decoded in map(decode, archived_pages(data)):
        if decoded is not None and looks_like_html(decoded.text):
            loaded.encoding = decoded.encoding
            with suppress(RefusedError):  # a frame around the sheets holds no table
                loaded.grids += html_grids(decoded.text)
    if not loaded.grids:
        raise RefusedError(Refusal.FOREIGN, "MHTML")


_MARKED_UP: tuple[tuple[str, Callable[[str], bool], Callable[[str], list[Grid]]], ...] = (
    ("xml", looks_like_xml_sheet, xml_grids),
    ("html", looks_like_html, html_grids),
)


def _is_json(text: str) -> bool:
    """Whether a text is a list or an object of JSON, or a line of one after the other."""
    if not text.lstrip().startswith(("[", "{")):
        return False
    for whole in (text, text.strip().partition("\n")[0]):
        with suppress(ValueError, RecursionError):
            return isinstance(json.loads(whole), list | dict)
    return False


def _is_other_xml(text: str) -> bool:
    return text.lstrip().startswith("<?xml") and not looks_like_xml_sheet(text) and not looks_like_html(text)


_FOREIGN_TEXTS: tuple[tuple[str, Callable[[str], bool]], ...] = (("JSON", _is_json), ("XML", _is_other_xml))


def _refused(name: str, refusal: Refusal, detail: str) -> Finding:
    return finding(refusal.value, Location(file=name), detail=detail[:200])
