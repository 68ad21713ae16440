"""Excel files that come out the same, byte for byte, on every run."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

Cell = str | int | float | date | None
CREATED = datetime(2026, 11, 10)  # noqa: DTZ001  Excel knows no time zones
DATE_FORMAT = "yyyy-mm-dd"


class Sheet:
    """One worksheet, written from top to bottom."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        self.page = book.add_worksheet(name)
        self.bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter"})
        self.dated = book.add_format({"num_format": DATE_FORMAT})
        self.row = 0

    def line(self, cells: Iterable[Cell]) -> None:
        """Write one row; None leaves the cell empty."""
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                self.page.write_datetime(self.row, column, cell, self.dated)
            elif isinstance(cell, str):
                self.page.write_string(self.row, column, cell)
            elif cell is not None:
                self.page.write_number(self.row, column, cell)
        self.row += 1

    def lines(self, rows: Iterable[Iterable[Cell]]) -> None:
        """Write many rows."""
        for cells in rows:
            self.line(cells)

    def title(self, text: str, width: int) -> None:
        """Write a title merged over the width of the table."""
        self.page.merge_range(self.row, 0, self.row, width - 1, text, self.bold)
        self.row += 1

    def two_row_header(self, columns: Sequence[tuple[str, tuple[str, ...]]]) -> int:
        """Write a header of two rows with merged cells, as the platform does.

        Args:
            columns: top cell and the cells below it; none below: the top cell is merged down over both rows.

        Returns:
            The number of columns written.
        """
        at = 0
        for top, below in columns:
            if not below:
                self.page.merge_range(self.row, at, self.row + 1, at, top, self.bold)
            elif len(below) == 1:
                self.page.write_string(self.row, at, top, self.bold)
            else:
                self.page.merge_range(self.row, at, self.row, at + len(below) - 1, top, self.bold)
            for offset, text in enumerate(below):
                self.page.write_string(self.row + 1, at + offset, text, self.bold)
            at += max(1, len(below))
        self.row += 2
        return at


@contextmanager
def workbook(path: Path) -> Iterator[xlsxwriter.Workbook]:
    """An Excel file to write to; its date of creation is fixed."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "样例数据", "comments": "全部为虚构", "created": CREATED})
    yield book
    book.close()
