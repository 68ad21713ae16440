"""The sample files as bare tables, to be written again in any shape that a spreadsheet program could give them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from tables import csv_bytes, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tables import Cell

Row = list["Cell"]

PLAIN = re.compile(r"-?\d+(\.\d+)?")
"""Digits as a spreadsheet program would take them for a number without asking."""


@dataclass(frozen=True)
class RawFile:
    """A file taken apart: rows above the header, header, data, and what follows the data.

    Header cells are filled across and down where they were merged, so that columns can change places.
    """

    name: str
    above: list[Row]
    header: list[Row]
    body: list[Row]
    below: list[Row]

    @property
    def rows(self) -> list[Row]:
        return [*self.above, *self.header, *self.body, *self.below]

    @property
    def is_text(self) -> bool:
        return self.name.endswith(".csv")

    def numbers(self) -> set[int]:
        """Places of the columns that hold amounts: numbers, but no running number, code or month."""
        no_amounts = ("序号", "代码", "报告期", "行业大类")
        names = [" ".join(str(row[i] or "") for row in self.header) for i in range(len(self.header[0]))]
        return {
            i
            for i, name in enumerate(names)
            if not any(word in name for word in no_amounts)
            and any(cell not in (None, "") for cell in self.column(i))
            and all(is_number(cell) for cell in self.column(i))
        }

    def column(self, place: int) -> list[Cell]:
        return [row[place] for row in self.body]

    def mapped(self, change: Callable[[Cell], Cell], places: set[int]) -> RawFile:
        """Every cell of some columns changed, in the data and in what follows them."""

        def changed(rows: list[Row]) -> list[Row]:
            return [
                [change(cell) if i in places and cell is not None else cell for i, cell in enumerate(row)]
                for row in rows
            ]

        return replace(self, body=changed(self.body), below=changed(self.below))


def is_number(cell: Cell) -> bool:
    """A number, digits in any dress, or nothing."""
    if isinstance(cell, str):
        plain = unicodedata.normalize("NFKC", cell).replace(",", "")
        return not plain or PLAIN.fullmatch(plain) is not None
    return cell is None or isinstance(cell, int | float)


def read_raw(path: Path) -> RawFile:
    """A sample file as it stands; its header is the row that names the key column, and the one below it if merged."""
    rows = _csv_rows(path) if path.suffix == ".csv" else _xlsx_rows(path)
    names = {"统一社会信用代码", "sid", "平台名称", "服务名称", "编号"}
    first = next(i for i, row in enumerate(rows) if names & {str(cell) for cell in row})
    two = rows[first][0] == rows[first + 1][0]
    start = first + 1 + two
    end = next(
        (i for i in range(start, len(rows)) if str(rows[i][0]).startswith(("合计", "单位负责人", "注"))), len(rows)
    )
    return RawFile(path.name, rows[:first], rows[first:start], rows[start:end], rows[end:])


def _csv_rows(path: Path) -> list[Row]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return [list(row) for row in csv.reader(io.StringIO(text))]


def _xlsx_rows(path: Path) -> list[Row]:
    sheet = load_workbook(path).worksheets[0]
    merged = [area.bounds for area in sheet.merged_cells.ranges if area.bounds[1] > 1]
    rows: list[Row] = [[_day(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    for left, top, right, bottom in merged:
        for i in range(top - 1, bottom):
            for j in range(left - 1, right):
                rows[i][j] = rows[top - 1][left - 1]
    return rows


def _day(cell: object) -> Cell:
    if isinstance(cell, datetime):
        return cell.date()
    assert cell is None or isinstance(cell, str | int | float)
    return cell


def as_text(cell: Cell) -> str:
    """A cell as it stands in a text file."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def write_csv(file: RawFile, folder: Path, encoding: str, delimiter: str = ",") -> None:
    """Writes it as text; UTF-16 with its byte order mark."""
    width = max(map(len, file.rows))
    rows: Sequence[Sequence[Cell]] = [
        [as_text(cell) for cell in [*row, *[None] * (width - len(row))]] for row in file.rows
    ]
    (folder / f"{file.name.rpartition('.')[0]}.csv").write_bytes(csv_bytes(rows, encoding, delimiter))


def write_xlsx(file: RawFile, folder: Path, *, empty_sheet: bool = False) -> None:
    """Writes it as a workbook; digits of a text file become numbers, except codes and months."""
    numbers = file.numbers() if file.is_text else set()
    plain = file.mapped(lambda cell: float(cell) if isinstance(cell, str) and PLAIN.fullmatch(cell) else cell, numbers)
    xlsx(folder / f"{file.name.rpartition('.')[0]}.xlsx", plain.rows, empty_sheet=empty_sheet)


def write_as_before(file: RawFile, folder: Path) -> None:
    """Writes it as the kind of file that it was."""
    if file.is_text:
        write_csv(file, folder, "utf-8-sig")
    else:
        write_xlsx(file, folder)
