"""Workbooks (.xlsx, .xlsm, .xlsb, .ods, .xls) as grids, refused before they can exhaust time or memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from xicen_kpi.read.grid import Grid, Refusal, RefusedError
from xicen_kpi.read.ole import OleError, OleFault, mended

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST_PART = 2**30
"""Bytes of one unpacked part of a workbook."""
_STEEPEST, _STEEP_FROM = 400, 50 * 2**20
"""A part of more than 50 MB that shrank more than 400 times is a bomb: honest sheets shrink 5 to 30 times."""
_SCANNED = 4 * 2**20
"""Sheets up to this size, and steeper ones, are searched for a cell that lies far off before they are loaded."""
_STEEP = 30
_MOST_CELLS = 20_000_000
"""Cells of the rectangle that a sheet spans; a reader lays it out in memory whether it is filled or not."""

_ROWS = re.compile(rb' r="(\d+)"')
_FAR_ROWS = re.compile(rb' r="[A-Z]{1,3}(\d{4,})"')
_FAR_COLUMNS = re.compile(rb' r="([A-Z]{2,3})\d')
_NEAR_ROWS, _NEAR_COLUMNS = 999, 26
"""What a sheet spans at least, since cells this near are not looked for one by one."""


def workbook_grids(data: bytes) -> list[Grid]:
    """The sheets of a workbook that hold anything, chart sheets left out.

    Raises:
        RefusedError: It is broken, has a password of its own, or would not fit into memory.
    """
    prepared = _legacy(data) if data.startswith(b"\xd0\xcf\x11\xe0") else _checked_package(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(prepared))
        return list(_grids(book))
    except PasswordError as error:
        raise RefusedError(Refusal.PASSWORD) from error
    except (CalamineError, UnicodeDecodeError, ValueError) as error:
        raise RefusedError(Refusal.BROKEN, str(error)) from error


def _grids(book: CalamineWorkbook) -> Iterator[Grid]:
    for about in book.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        if rows:
            yield Grid(rows, about.name, tuple(sheet.merged_cell_ranges or ()))


def _legacy(data: bytes) -> bytes:
    try:
        return mended(data)
    except OleError as error:
        kinds = {OleFault.PASSWORD: Refusal.PASSWORD, OleFault.NO_WORKBOOK: Refusal.NO_TABLE}
        raise RefusedError(kinds.get(error.fault, Refusal.BROKEN)) from error


def _checked_package(data: bytes) -> bytes:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        names = package.namelist()
        if not any(name.startswith(("xl/", "content.xml")) for name in names):
            raise RefusedError(Refusal.NO_TABLE)
        for part in package.infolist():
            _check_part(package, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise RefusedError(Refusal.BROKEN, str(error)) from error
    return data


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > _LARGEST_PART or (ratio > _STEEPEST and part.file_size > _STEEP_FROM):
        raise RefusedError(Refusal.BOMB)
    if not part.filename.endswith(".xml") or not (part.file_size <= _SCANNED or ratio > _STEEP):
        return
    with package.open(part) as stream:
        rows, columns = _span_of(stream) if part.filename.startswith("xl/worksheets/") else _drained(stream)
    if rows * columns > _MOST_CELLS:
        raise RefusedError(Refusal.TOO_MANY_CELLS, f"{rows} x {columns}")


def _drained(stream: Any) -> tuple[int, int]:  # noqa: ANN401 -- zipfile's own stream
    """Reads a part to its end, so that a size that lies or a checksum that is wrong is found here."""
    while stream.read(2**20):
        pass
    return 0, 0


def _span_of(stream: Any) -> tuple[int, int]:  # noqa: ANN401
    """The last row and the last column that any cell of a sheet names, or a little more."""
    last_row, last_column, left = _NEAR_ROWS, _NEAR_COLUMNS, b""
    while block := stream.read(2**20):
        block = left + block
        rows = {*_ROWS.findall(block), *_FAR_ROWS.findall(block)}
        last_row = max(last_row, *map(int, rows), 0)
        last_column = max(last_column, *map(_column_number, set(_FAR_COLUMNS.findall(block))), 0)
        left = block[-50:]
    return last_row, last_column


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
