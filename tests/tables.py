"""Small tables written with pipes, and files made of them: what a test reads is what stands in the file.

A capital letter alone in a cell stands for the code of that enterprise, so that tables stay narrow.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Table = list[list[str]]

CODES = {
    "A": "91310118YL00000129",
    "B": "91310118YL00000204",
    "C": "91310118YL00000391",
    "D": "91310118YL0000047U",
    "E": "91310115YL00004930",
    "F": "91310118YL0000637W",
}
"""Unified social credit codes of made-up enterprises; both check characters are right."""

Cell = str | float | date | None


def table(text: str) -> Table:
    """Rows of cells: one line a row, cells separated by | and without the white space around them."""
    lines = text.strip().splitlines()
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [[CODES.get(cell, cell) for cell in row] for row in cells]


def csv_bytes(rows: Sequence[Sequence[Cell]], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """A CSV file with CRLF, as platforms write them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode(encoding)


def xlsx(path: Path, rows: Sequence[Sequence[Cell]], *, sheet: str = "表", empty_sheet: bool = False) -> None:
    """A workbook: numbers as numbers, dates as dates, everything else as text."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page = book.add_worksheet(sheet)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(i, j, cell, day)
                elif isinstance(cell, int | float):
                    page.write_number(i, j, cell)
                elif cell:
                    page.write_string(i, j, cell)
        if empty_sheet:
            book.add_worksheet("Sheet2")


def write_drop(folder: Path, files: Mapping[str, str]) -> Path:
    """Writes each pipe table under its name, as CSV or as a workbook by the suffix."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if name.endswith(".xlsx"):
            xlsx(folder / name, table(text))
        else:
            (folder / name).write_bytes(csv_bytes(table(text)))
    return folder
