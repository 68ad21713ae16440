"""One table of one file, for one source: the plan's columns typed, every other row set aside with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from xicen_kpi.errors import Finding, Location
from xicen_kpi.plan.source import CellType, Frequency
from xicen_kpi.read.blocks import Parse
from xicen_kpi.read.cell_formats import contradicts
from xicen_kpi.read.cells import Memory
from xicen_kpi.read.column_units import ColumnUnit, find_units, units_by_row
from xicen_kpi.read.columns import (
    Fault,
    code_column,
    day_column,
    enterprise_column,
    month_column,
    number_column,
    text_column,
)
from xicen_kpi.read.context import read_context
from xicen_kpi.read.day_numbers import AS_DAY, shown_with_day
from xicen_kpi.read.headers import normal_name
from xicen_kpi.read.locate import nearest_header
from xicen_kpi.read.rows import reason_for
from xicen_kpi.read.table import PERIOD, ROW, Provenance
from xicen_kpi.read.whole import framed
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.blocks import Block
    from xicen_kpi.read.book import CodeBook
    from xicen_kpi.read.grid import Grid
    from xicen_kpi.read.loaded import Loaded
    from xicen_kpi.read.locate import Located

    _Cells: TypeAlias = NDArray[Any] | pd.Categorical

_DATED = frozenset({Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.ANNUAL})
_CODES = frozenset({CellType.USCC, CellType.CODE, CellType.INDUSTRY})
_DAYS = frozenset({CellType.MONTH, CellType.DATE})
_SAMPLE, _FEW = 100, 0.05
"""Rows at the head of a table that say whether a column repeats itself, and the share of different cells if it does."""
_MOST = 20
"""Findings of one kind in one column of one table; the rest is counted."""


@dataclass(slots=True)
class _Work:
    """A block on its way to a frame: typed columns, unreadable cells, rows that are no data, places of enterprises."""

    block: Block
    columns: dict[str, _Cells] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    places: NDArray[np.int64] | None = None


class SheetReader:
    """Reads one table, block by block. Trail and findings are complete after `finish`.

    Attributes:
        absent: Columns of the plan that the table has not.
        trail: Where the rows come from.
        findings: What is wrong.
        lean: Whether enterprises are told by their places alone, and texts that repeat themselves by their values.
    """

    def __init__(
        self, source: Source, loaded: Loaded, grid: Grid, located: Located, book: CodeBook, *, lean: bool = False
    ) -> None:
        self.source, self.loaded, self.grid, self.located, self.book = source, loaded, grid, located, book
        self.lean = lean
        self.context = read_context(grid.rows[: located.first], grid.sheet, loaded.name, grid.before)
        self.absent = frozenset(source.columns) - set(located.places)
        self.findings: list[Finding] = []
        self.trail = self._trail()
        self._memories = {name: Memory() for name in source.columns}
        self._told: Counter[tuple[str, str]] = Counter()
        self._blank_tail = 0
        self._look_for_columns()

    def read(self, block: Block) -> tuple[pd.DataFrame, NDArray[np.int64] | None]:
        """The data rows of a block, and the places of their enterprises in the book where they name any."""
        work = _Work(block)
        units = find_units(self.source, self.located, self.context, block, self.grid.units)
        for name in self.located.places:
            if name == self.source.enterprise:
                cells = block.column(self.located.places[name])
                codes, work.places, work.faults[name] = enterprise_column(cells, self.book, lean=self.lean)
                if codes is not None:
                    work.columns[name] = codes
            else:
                work.columns[name], work.faults[name] = self._typed(work.block, name, units.get(name))
        self._set_aside_rows(work)
        period = self._period(work)
        self._tell_faults(work)
        keep = self._kept(work)
        frame = self._frame(work, period, keep)
        self._count(work, units, used=len(frame))
        return frame, None if work.places is None else work.places[keep]

    def finish(self) -> None:
        """Closes the trail: empty rows at the end were no rows, and findings beyond the limit are counted."""
        if self.loaded.bulk is not None:
            ending = self.loaded.bulk.ending(self.where())
            self.trail.sha256 = ending.sha256
            self.findings += ending.findings
            if ending.lost:
                self.trail.set_aside["unreadable"] += ending.lost
                self.trail.rows_read += ending.lost
        if self._blank_tail:
            self.trail.set_aside["blank"] -= self._blank_tail
            self.trail.set_aside += Counter()
            self.trail.rows_read -= self._blank_tail
            if self.trail.data_rows:
                self.trail.data_rows = (self.trail.data_rows[0], self.trail.data_rows[1] - self._blank_tail)
        for name, memory in self._memories.items():
            dated = self.source.columns[name].type in _DAYS
            if dated and (shown := shown_with_day(memory.known)) is not None:
                self.findings.append(finding(AS_DAY, self.where(name), raw=shown))
        for (name, slug), times in self._told.items():
            if times > _MOST:
                where = self.where(name or None)
                self.findings.append(finding("more-of-the-same", where, more=times - _MOST, what=slug))

    def where(self, name: str | None = None, row: int | None = None) -> Location:
        """The place of a column of the plan, or of one of its cells."""
        place = self.located.places.get(name) if name else None
        header = self.located.headers[place] if place is not None else None
        return Location(self.loaded.name, sheet=self.grid.sheet, row=row, field=header.text if header else None)

    def _tell(self, slug: str, name: str, row: int | None, **parameters: object) -> None:
        self._told[name, slug] += 1
        if self._told[name, slug] <= _MOST:
            self.findings.append(finding(slug, self.where(name or None, row), **parameters))

    def _typed(self, block: Block, name: str, unit: ColumnUnit | None) -> tuple[_Cells, list[Fault]]:
        column, cells = self.source.columns[name], block.column(self.located.places[name])
        if unit is not None and column.unit is not None:
            shown = self.grid.shown.get(self.located.places[name])
            if contradicts(shown, unit.read.unit) and not self._told[name, "format-contradicts-unit"]:
                self._tell("format-contradicts-unit", name, None, shown=shown, unit=unit.read.unit)
            if unit.clash is None:
                return number_column(cells, column.unit, unit.scale)
            if not self._told[name, "unit-mismatch"]:
                self._tell("unit-mismatch", name, None, unit=unit.clash, declared=column.unit)
            return np.full(block.size, np.nan), []
        memory, folded = self._memories[name], self.lean and name not in self.source.key
        if column.type is CellType.MONTH:
            return month_column(cells, memory, whole_year=self.source.frequency is Frequency.ANNUAL)
        if column.type is CellType.DATE:
            return day_column(cells, memory)
        if column.type in _CODES:
            return code_column(cells, memory, unit_code=column.type is CellType.USCC, folded=folded)
        return text_column(cells, memory, folded=folded), []

    def _look_for_columns(self) -> None:
        """Says which columns of the plan are not there, and which are there twice."""
        headers = [header.text for header in self.located.headers if header]
        for name, column in self.source.columns.items():
            if name not in self.absent or column.optional or column.type is CellType.MONTH:
                continue
            near = nearest_header(column, self.located.headers)
            where = Location(self.loaded.name, sheet=self.grid.sheet, field=column.header[0])
            slug = "column-missing-near" if near else "column-missing"
            self.findings.append(finding(slug, where, wanted=column.header[0], near=near or "", headers=headers))
        for name in self.located.twice:
            self.findings.append(finding("column-twice", self.where(name), wanted=name))

    def _set_aside_rows(self, work: _Work) -> None:
        """Gives a reason to every row that is no data: those without a key are looked at, the others are data."""
        keys = [name for name in self.source.key if name in self.located.places]
        keys = [name for name in keys if self.source.columns[name].type is not CellType.MONTH]
        codes = [name for name in keys if self.source.columns[name].type is CellType.USCC]
        uncoded = np.logical_or.reduce([self._missing(work, name) for name in codes]) if codes else None
        suspects = np.ones(work.block.size, dtype=np.bool_) if uncoded is None else uncoded
        faulty, headers = {fault.place for name in keys for fault in work.faults[name]}, self._header_texts()
        for index, row in work.block.rows(np.flatnonzero(suspects).tolist()).items():
            reason = reason_for(row, headers)
            if reason is None and (codes or any(work.columns[name][index] is None for name in keys)):
                reason = "invalid_code" if index in faulty else "no_key"
            if reason:
                work.reasons[index] = reason
            if reason == "no_key":
                self._tell("row-without-key", (codes or keys)[0], work.block.number(index))

    def _missing(self, work: _Work, name: str) -> NDArray[np.bool_]:
        if name == self.source.enterprise and work.places is not None:
            return np.asarray(work.places < 0, dtype=np.bool_)
        cells = work.columns[name]
        if self._memories[name].changes_nothing:
            return np.zeros(len(cells), dtype=np.bool_)
        return np.fromiter((cell is None for cell in cells), dtype=np.bool_, count=len(cells))

    def _header_texts(self) -> frozenset[str]:
        rows = self.grid.rows[self.located.first : self.located.body]
        single = {normal_name(cell) for row in rows for cell in row if isinstance(cell, str) and cell}
        return frozenset(single | {normal_name(header.text) for header in self.located.headers if header})

    def _period(self, work: _Work) -> NDArray[np.int64] | None:
        """The month of every row: its own, else the one that title, sheet, file or folder name; None for lists."""
        own = next((name for name in self.source.columns_by_type.get(CellType.MONTH, []) if name in work.columns), None)
        if own is None and self.source.frequency not in _DATED:
            return None
        outside = self._outside_period()
        if own is None:
            months = np.full(work.block.size, outside, dtype=np.int64)
        else:
            months = np.asarray(work.columns[own])
            faulty = {fault.place for fault in work.faults[own]} | work.reasons.keys()
            blank = [index for index in np.flatnonzero(months < 0).tolist() if index not in faulty]
            if blank and outside >= 0:
                months = months.copy()
                months[blank] = outside
        undated = [index for index in np.flatnonzero(months < 0).tolist() if index not in work.reasons]
        work.reasons |= dict.fromkeys(undated, "no_period")
        if undated:
            self._tell("no-period", own or "", work.block.number(undated[0]) if own else None, rows=len(undated))
        return months

    def _outside_period(self) -> int:
        span = self.context.period
        if span is None:
            return -1
        return (span.end.year_end if self.source.frequency is Frequency.ANNUAL else span.end).ordinal

    def _tell_faults(self, work: _Work) -> None:
        """A finding for each cell that could not be read, in rows that are used or whose code is the trouble."""
        for name, faults in work.faults.items():
            for fault in faults:
                if work.reasons.get(fault.place, "invalid_code") in {"invalid_code", "no_period"}:
                    self._tell(fault.slug, name, work.block.number(fault.place), raw=_shown(fault.raw))

    def _kept(self, work: _Work) -> Any:  # noqa: ANN401 -- numpy takes a slice or a mask
        """The rows that are data."""
        if not work.reasons:
            return slice(None)
        keep = np.ones(work.block.size, dtype=np.bool_)
        keep[list(work.reasons)] = False
        return keep

    def _frame(self, work: _Work, period: NDArray[np.int64] | None, keep: Any) -> pd.DataFrame:  # noqa: ANN401 -- as above
        size = work.block.size
        columns: dict[str, NDArray[Any]] = {}
        for name, column in self.source.columns.items():
            is_lean = name in self.located.places and name not in work.columns
            if (column.type is not CellType.MONTH or period is None) and not is_lean:
                cells = work.columns.get(name)
                columns[name] = (_nothing(column.type, size) if cells is None else cells)[keep]
        if period is not None:
            columns[PERIOD] = period[keep]
        columns[ROW] = work.block.numbers()[keep]
        return framed(columns, pd.RangeIndex(len(columns[ROW])))

    def _count(self, work: _Work, units: Mapping[str, ColumnUnit], *, used: int) -> None:
        size, trail = work.block.size, self.trail
        if not size:
            return
        trail.rows_read += size
        trail.rows_used += used
        trail.set_aside.update(work.reasons.values())
        first, last = work.block.number(0), work.block.number(size - 1)
        trail.data_rows = (trail.data_rows[0] if trail.data_rows else first, last)
        tail = next((n for n in range(size) if work.reasons.get(size - 1 - n) != "blank"), size)
        self._blank_tail = tail + (self._blank_tail if tail == size else 0)
        self.state_units(units)

    def state_units(self, units: Mapping[str, ColumnUnit]) -> None:
        """Notes where each column's unit was read."""
        for name, unit in units.items():
            header = self.located.headers[self.located.places[name]]
            self.trail.units.setdefault(header.text if header else name, unit.read)

    def passed_by(self, rows: int) -> None:
        """Closes the trail of a table that another engine read, every row of which is data."""
        first = self.located.body + 1
        self.trail.rows_read = self.trail.rows_used = rows
        self.trail.data_rows = (first, first + rows - 1) if rows else None
        self.finish()

    def _trail(self) -> Provenance:
        located, loaded, context = self.located, self.loaded, self.context
        own = any(name in located.places for name in self.source.columns_by_type.get(CellType.MONTH, []))
        dated = self.source.frequency in _DATED
        return Provenance(
            path=loaded.name,
            sha256=loaded.sha256,
            kind=loaded.kind,
            encoding=loaded.encoding,
            delimiter=loaded.delimiter,
            sheet=self.grid.sheet,
            title=context.title,
            header_rows=(self.grid.number(located.first), self.grid.number(located.body - 1)),
            columns=tuple(header.text if header else "" for header in located.headers),
            period=None if own or not dated else context.period,
            period_from="column" if own else context.period_from if dated else None,
            snapshot=context.snapshot,
        )


def places_wanted(source: Source, located: Located, head: Sequence[Sequence[Any]]) -> dict[int, Parse]:
    """Columns of a table that the plan asks for or that name units, and what the parser is to make of them.

    Args:
        source: The plan's columns.
        located: Where they stand.
        head: First rows below the header, which show what repeats itself.
    """
    kinds = {CellType.NUMBER: Parse.NUMBER, CellType.MONTH: Parse.REPEATED, CellType.USCC: Parse.TEXT}
    places = {
        place: kinds.get(source.columns[name].type) or (Parse.REPEATED if _repeats(head, place) else Parse.TEXT)
        for name, place in located.places.items()
    }
    if source.enterprise is not None and source.enterprise in located.places:
        places[located.places[source.enterprise]] = Parse.CODE
    unit = units_by_row(located)
    return places if unit is None else {unit: Parse.REPEATED, **places}


def _repeats(head: Sequence[Sequence[Any]], place: int) -> bool:
    """Whether a column has few different cells."""
    different = {row[place] for row in head if place < len(row)}
    return len(head) >= _SAMPLE and len(different) < _FEW * len(head)


def _nothing(kind: CellType, rows: int) -> NDArray[Any]:
    """A column of missing cells."""
    if kind is CellType.NUMBER:
        return np.full(rows, np.nan)
    if kind is CellType.DATE:
        return np.full(rows, np.datetime64("NaT", "ns"))
    return np.full(rows, None, dtype=object)


def _shown(raw: object) -> str:
    text = str(raw)
    return text if len(text) <= 60 else text[:60] + "…"
