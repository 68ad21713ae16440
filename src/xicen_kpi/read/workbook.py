"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) as grids, refused before they can exhaust time or memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from xicen_kpi.read.cell_formats import column_number, shown_as
from xicen_kpi.read.grid import Grid, Refusal, RefusedError
from xicen_kpi.read.ods import CONTENT, spans_of
from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xicen_kpi.read.cell_formats import Shown
    from xicen_kpi.read.grid import Merge

_LARGEST_PART = 2**30
"""Bytes of one unpacked part of a workbook."""
_STEEPEST, _STEEP_FROM = 400, 50 * 2**20
"""A part of more than 50 MB that shrank more than 400 times is a bomb: honest sheets shrink 5 to 30 times."""
_SCANNED = 4 * 2**20
"""Sheets up to this size, and steeper ones, are searched for a cell that lies far off before they are loaded."""
_STEEP = 30
_MOST_CELLS = 20_000_000
"""Cells of the rectangle that a sheet spans; a reader lays it out in memory whether it is filled or not."""

_FAR_ROWS = Pattern(rb' r="[A-Z]{0,3}(\d{4,})"')
_FAR_COLUMNS = Pattern(rb' r="([A-Z]{2,3})\d')
_NEAR_ROWS, _NEAR_COLUMNS = 999, 26
"""What a sheet spans at least, since cells this near are not looked for one by one."""


@dataclass(slots=True)
class Workbook:
    """The sheets of a workbook.

    Attributes:
        grids: Sheets that hold anything; hidden ones only where all are hidden.
        hidden: Names of hidden sheets that were left out.
        errors: Cells with a formula that failed, as far as they were looked for.
        unvalued: Cells with a formula that was never worked out.
        merged: Merged ranges by sheet, where the file was searched for them.
        shown: By sheet and column, how numbers are shown that are something else.
    """

    grids: list[Grid] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    errors: int = 0
    unvalued: int = 0
    merged: Mapping[str, Sequence[Merge]] = field(default_factory=dict)
    shown: Mapping[str, Shown] = field(default_factory=dict)


def read_workbook(data: bytes) -> Workbook:
    """The sheets of a workbook, chart sheets left out.

    Raises:
        RefusedError: It is broken, has a password of its own, or would not fit into memory.
    """
    workbook = Workbook()
    prepared = _legacy(data) if data.startswith(b"\xd0\xcf\x11\xe0") else _checked_package(data, workbook)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(prepared))
        found = list(_grids(book, workbook))
    except PasswordError as error:
        raise RefusedError(Refusal.PASSWORD) from error
    except (CalamineError, UnicodeDecodeError, ValueError) as error:
        raise RefusedError(Refusal.BROKEN, str(error)) from error
    except BaseException as error:
        # A panic of the reader's own language is no Exception; anything else, such as Ctrl-C, goes on its way.
        if type(error).__name__ != "PanicException":
            raise
        raise RefusedError(Refusal.BROKEN, str(error)) from error
    shown = [grid for grid, visible in found if visible]
    workbook.grids = shown or [grid for grid, _ in found]
    workbook.hidden = [str(grid.sheet) for grid, visible in found if shown and not visible]
    return workbook


def _grids(book: CalamineWorkbook, about_it: Workbook) -> Iterator[tuple[Grid, bool]]:
    """The sheets that hold anything, and whether they are visible."""
    for about in book.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        if rows:
            merged = tuple(sheet.merged_cell_ranges or about_it.merged.get(about.name, ()))
            grid = Grid(rows, about.name, merged, shown=about_it.shown.get(about.name, {}))
            yield grid, about.visible is SheetVisibleEnum.Visible


def _legacy(data: bytes) -> bytes:
    from xicen_kpi.read.ole import OleError, OleFault, mended

    try:
        return mended(data)
    except OleError as error:
        kinds = {OleFault.PASSWORD: Refusal.PASSWORD, OleFault.NO_WORKBOOK: Refusal.NO_TABLE}
        raise RefusedError(kinds.get(error.fault, Refusal.BROKEN)) from error


def _checked_package(data: bytes, workbook: Workbook) -> bytes:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        names = package.namelist()
        if CONTENT not in names and not any(name.lower().startswith("xl/") for name in names):
            raise RefusedError(Refusal.FOREIGN, "Word" if "word/document.xml" in names else "ZIP")
        for part in package.infolist():
            _check_part(package, part, workbook)
        workbook.shown = shown_as(package)
        if CONTENT in names:
            workbook.merged = spans_of(package, _MOST_CELLS)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise RefusedError(Refusal.BROKEN, str(error)) from error
    return data


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, workbook: Workbook) -> None:
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > _LARGEST_PART or (ratio > _STEEPEST and part.file_size > _STEEP_FROM):
        raise RefusedError(Refusal.BOMB)
    if not part.filename.endswith(".xml") or not (part.file_size <= _SCANNED or ratio > _STEEP):
        return
    with package.open(part) as stream:  # read to its end: a size that lies or a wrong checksum is found here
        rows, columns = _span_of(stream, workbook)
    if rows * columns > _MOST_CELLS:
        raise RefusedError(Refusal.TOO_MANY_CELLS, f"{rows} x {columns}")


def _span_of(stream: IO[bytes], workbook: Workbook) -> tuple[int, int]:
    """The last row and the last column that any cell of a sheet names, or a little more; failed formulas on the way."""
    last_row, last_column, left = _NEAR_ROWS, _NEAR_COLUMNS, b""
    while block := stream.read(2**20):
        workbook.errors += block.count(b' t="e"')
        if b"</f>" in block:
            workbook.unvalued += block.count(b"</f></c>") + block.count(b"</f><v></v>") + block.count(b"</f><v/>")
        block = left + block
        last_row = max(last_row, *map(int, set(_FAR_ROWS.findall(block))), 0)
        last_column = max(last_column, *map(column_number, set(_FAR_COLUMNS.findall(block))), 0)
        left = block[-50:]
    return last_row, last_column
