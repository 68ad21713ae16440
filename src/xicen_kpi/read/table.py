"""A table as read, and what is known of it: from which file, sheet and rows, in which units, for which period."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.read.dates import read_span
from xicen_kpi.read.whole import whole_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    import pandas as pd

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.period import Span
    from xicen_kpi.read.numbers import Missing

PERIOD = "period"
"""Name of the column that holds the month as an ordinal, in every chunk that has one."""
ROW = "_row"
"""Name of the rows' own numbers: the index of a table's data, a column of a chunk."""


class UnitRead(NamedTuple):
    """A unit and where it was read: metadata, header, row, cell, title, sheet, file_name, value or declared."""

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


@dataclass(slots=True)
class KeptTable:
    """One table of an export; chunks are added as they come.

    Attributes:
        trail: Its trail.
        absent: Columns of the plan that it has not.
        headers: Column of the plan to the table's own header.
        chunks: Rows of each chunk.
        dated: Whether its rows have a month.
    """

    trail: Provenance
    absent: frozenset[str]
    headers: Mapping[str, str]
    chunks: list[int] = field(default_factory=list)
    dated: bool = False


@dataclass
class Table:
    """One table of a file, its columns typed by the evidence of their cells.

    Attributes:
        provenance: Its trail.
        findings: What is wrong with it, or uncertain.
        frames: Makes the chunks anew.
        marks: Row to total, sub_total, of_which or heading: rows that must not be added to the others.
        levels: Row to the depth of its label's indent; empty where nothing is indented.
        row_units: Row to its own unit, where units differ from row to row.
        missing: Column to row to kind, for marks of absence (— … * NULL) that are not simply blank.
        expected: About how many rows there are, where that is known before they have been read.
    """

    provenance: Provenance
    findings: list[Finding]
    frames: Callable[[], Iterator[pd.DataFrame]]
    marks: Mapping[int, str] = field(default_factory=dict)
    levels: Mapping[int, int] = field(default_factory=dict)
    row_units: Mapping[int, str] = field(default_factory=dict)
    missing: Mapping[str, Mapping[int, Missing]] = field(default_factory=dict)
    expected: int = 0

    def chunks(self) -> Iterator[pd.DataFrame]:
        """The rows in runs; one run is the normal case. The index `_row` numbers rows as a spreadsheet does."""
        return self.frames()

    @cached_property
    def data(self) -> pd.DataFrame:
        """The whole table: header names to columns, rows by their numbers in the file.

        Amounts are float64, days datetime64[ns], everything else text with None or NaN where missing. Rows that are
        totals are part of it; `marks` says which.
        """
        return whole_frame(self.chunks(), self.expected)

    def by_period(self) -> pd.DataFrame:
        """The table with one row for each label and period, where periods stand in the header (2024年, 2023年 …).

        Columns that name no period stay; `period` is the header's text, `start` and `end` its months as ordinals,
        `value` the cell. A table without such columns comes back as it is.
        """
        spans = {name: span for name in self.data.columns if (span := read_span(str(name))) is not None}
        if not spans:
            return self.data
        labels = [name for name in self.data.columns if name not in spans]
        whole = self.data.reset_index(names=ROW)
        long = whole.melt(id_vars=[ROW, *labels], value_vars=list(spans), var_name="period", value_name="value")
        long["start"] = [spans[name].start.ordinal for name in long["period"]]
        long["end"] = [spans[name].end.ordinal for name in long["period"]]
        return long.set_index(ROW)
