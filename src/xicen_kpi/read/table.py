"""What is known of a table besides its cells: from which file, sheet and rows, in which units, for which period."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from xicen_kpi.plan.period import Span


class UnitRead(NamedTuple):
    """A unit and where it was read: header, row, cell, title, sheet, file_name or declared."""

    unit: str | None
    unit_from: str


@dataclass(slots=True)
class Provenance:
    """Where a table came from and what was taken for what. Complete when its last chunk is out.

    Always `rows_read == rows_used + sum(set_aside.values())`.

    Attributes:
        path: Path below the data folder, with forward slashes.
        sha256: Of the file's bytes.
        kind: What the file is by its content: csv, xlsx, xls, html and so on.
        encoding: Of a text file.
        delimiter: Of a text file.
        sheet: Name of the sheet.
        title: Text of the rows above the header.
        header_rows: First and last row of the header, as a spreadsheet numbers them; None without a header.
        data_rows: First and last row below the header that hold anything.
        columns: Header names as read.
        units: By header name, the unit and where it was read.
        period: What the whole table covers, if it says so outside its columns.
        period_from: column, title, sheet, file_name or folder.
        snapshot: 截至日期: the day up to which a list or ledger is complete.
        rows_read: Rows below the header, without the empty ones at the end.
        rows_used: Rows handed on.
        set_aside: Rows not handed on, by reason.
    """

    path: str
    sha256: str
    kind: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    title: str = ""
    header_rows: tuple[int, int] | None = None
    data_rows: tuple[int, int] | None = None
    columns: tuple[str, ...] = ()
    units: dict[str, UnitRead] = field(default_factory=dict)
    period: Span | None = None
    period_from: str | None = None
    snapshot: date | None = None
    rows_read: int = 0
    rows_used: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
