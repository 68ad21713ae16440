"""One sheet of one file, for one source: the plan's columns typed, every other row set aside with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xicen_kpi.errors import Finding, Location
from xicen_kpi.plan.source import CellType, Frequency
from xicen_kpi.read.column_units import ColumnUnit, find_units
from xicen_kpi.read.columns import Fault, code_column, day_column, month_column, number_column, text_column
from xicen_kpi.read.context import read_context
from xicen_kpi.read.headers import normal_name
from xicen_kpi.read.locate import nearest_header
from xicen_kpi.read.rows import reason_for, trimmed
from xicen_kpi.read.table import Provenance
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.context import Context
    from xicen_kpi.read.files import Loaded
    from xicen_kpi.read.grid import Grid
    from xicen_kpi.read.locate import Located

PERIOD, ROW = "period", "_row"
"""Names of the two columns that every chunk may have besides the plan's: the month as an ordinal, and the row."""

_DATED = frozenset({Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.ANNUAL})
_MOST = 20
"""Findings of one kind in one column of one table; the rest is counted."""


@dataclass(slots=True)
class SheetRead:
    """What came of a sheet.

    Attributes:
        frame: The rows used.
        provenance: Their trail.
        absent: Columns of the plan that the sheet has not.
        findings: What is wrong with it.
    """

    frame: pd.DataFrame
    provenance: Provenance
    absent: frozenset[str]
    findings: list[Finding]


@dataclass(slots=True)
class _Work:
    """A sheet on its way to a frame."""

    source: Source
    loaded: Loaded
    grid: Grid
    located: Located
    context: Context
    body: Sequence[Sequence[object]]
    columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def where(self, name: str | None = None, index: int | None = None) -> Location:
        """The place of a column of the plan, or of one of its cells."""
        place = self.located.places.get(name) if name else None
        header = self.located.headers[place] if place is not None else None
        row = None if index is None else self.grid.number(self.located.body + index)
        return Location(self.loaded.name, sheet=self.grid.sheet, row=row, field=header.text if header else None)

    def cells(self, name: str) -> list[object]:
        """The raw cells of a column of the plan."""
        place = self.located.places[name]
        return [row[place] if place < len(row) else "" for row in self.body]


def read_sheet(source: Source, loaded: Loaded, grid: Grid, located: Located) -> SheetRead:
    """Types the plan's columns, sets aside what is no data, and keeps the trail."""
    context = read_context(grid.rows[: located.first], grid.sheet, loaded.name, grid.before)
    body = grid.rows[located.body : trimmed(grid.rows, located.body)]
    work = _Work(source, loaded, grid, located, context, body)
    units = find_units(source, located, context, body)
    for name in located.places:
        work.columns[name], work.faults[name] = _typed(work, name, units.get(name))
    _look_for_columns(work)
    _set_aside_rows(work)
    period, period_from = _period(work)
    _tell_faults(work)
    frame = _frame(work, period)
    provenance = _provenance(work, units, period_from, used=len(frame))
    return SheetRead(frame, provenance, frozenset(source.columns) - set(located.places), work.findings)


def _typed(work: _Work, name: str, unit: ColumnUnit | None) -> tuple[NDArray[Any], list[Fault]]:
    column, cells = work.source.columns[name], work.cells(name)
    if unit is not None and column.unit is not None:
        if unit.clash is None:
            return number_column(cells, column.unit, unit.scale)
        where = work.where(name)
        work.findings.append(finding("unit-mismatch", where, unit=unit.clash, declared=column.unit))
        return np.full(len(cells), np.nan), []
    if column.type is CellType.MONTH:
        return month_column(cells, whole_year=work.source.frequency is Frequency.ANNUAL)
    if column.type is CellType.DATE:
        return day_column(cells)
    if column.type in {CellType.USCC, CellType.CODE, CellType.INDUSTRY}:
        return code_column(cells, unit_code=column.type is CellType.USCC)
    return text_column(cells), []


def _look_for_columns(work: _Work) -> None:
    """Says which columns of the plan are not there, and which are there twice."""
    headers = [header.text for header in work.located.headers if header]
    for name, column in work.source.columns.items():
        if name in work.located.places or column.optional or column.type is CellType.MONTH:
            continue
        near = nearest_header(column, work.located.headers)
        where = Location(work.loaded.name, sheet=work.grid.sheet, field=column.header[0])
        slug = "column-missing-near" if near else "column-missing"
        work.findings.append(finding(slug, where, wanted=column.header[0], near=near or "", headers=headers))
    for name in work.located.twice:
        work.findings.append(finding("column-twice", work.where(name), wanted=name))


def _set_aside_rows(work: _Work) -> None:
    """Gives a reason to every row that is no data: those without a valid key are looked at, the others are data."""
    keys = [name for name in work.source.key if name in work.columns]
    codes = [name for name in keys if work.source.columns[name].type is CellType.USCC]
    suspects = np.zeros(len(work.body), dtype=np.bool_)
    for name in codes or keys:
        if work.source.columns[name].type is not CellType.MONTH:
            suspects |= pd.isna(work.columns[name])
    if not codes:
        suspects[:] = True
    headers = _header_texts(work)
    faulty = {fault.place: fault for name in keys for fault in work.faults[name]}
    for index in np.flatnonzero(suspects).tolist():
        reason = reason_for(work.body[index], headers)
        if reason is None and any(pd.isna(work.columns[name][index]) for name in codes or keys):
            reason = "invalid_code" if index in faulty else "no_key"
        if reason:
            work.reasons[index] = reason
    lost = [index for index, reason in work.reasons.items() if reason == "no_key"]
    for index in lost[:_MOST]:
        work.findings.append(finding("row-without-key", work.where(keys[0] if keys else None, index)))
    if len(lost) > _MOST:
        work.findings.append(finding("more-of-the-same", work.where(), more=len(lost) - _MOST, what="row-without-key"))


def _header_texts(work: _Work) -> frozenset[str]:
    rows = work.grid.rows[work.located.first : work.located.body]
    single = {normal_name(cell) for row in rows for cell in row if isinstance(cell, str) and cell}
    return frozenset(single | {normal_name(header.text) for header in work.located.headers if header})


def _period(work: _Work) -> tuple[NDArray[np.int64] | None, str | None]:
    """The month of every row: its own, else the one that title, sheet, file or folder name; None for lists."""
    own = [name for name in work.source.columns_by_type.get(CellType.MONTH, []) if name in work.columns]
    if not own and work.source.frequency not in _DATED:
        return None, None
    span = work.context.period
    whole = work.source.frequency is Frequency.ANNUAL
    outside = -1 if span is None else (span.end.year_end if whole else span.end).ordinal
    if own:
        months = work.columns[own[0]]
        faulty = {fault.place for fault in work.faults[own[0]]}
        missing = [i for i in np.flatnonzero(months < 0).tolist() if i not in work.reasons]
        if missing and outside >= 0:
            months = months.copy()
            months[[i for i in missing if i not in faulty]] = outside
        place: str | None = "column"
    else:
        months = np.full(len(work.body), outside, dtype=np.int64)
        place = work.context.period_from
    _set_aside_undated(work, months, own[0] if own else None)
    return months, place


def _set_aside_undated(work: _Work, months: NDArray[np.int64], own: str | None) -> None:
    undated = [index for index in np.flatnonzero(months < 0).tolist() if index not in work.reasons]
    work.reasons |= dict.fromkeys(undated, "no_period")
    if undated:
        where = work.where(own, undated[0] if own else None)
        work.findings.append(finding("no-period", where, rows=len(undated)))


def _tell_faults(work: _Work) -> None:
    """A finding for each cell that could not be read, in rows that are used or whose code is the trouble."""
    for name, faults in work.faults.items():
        open_faults = [f for f in faults if work.reasons.get(f.place, "invalid_code") in {"invalid_code", "no_period"}]
        for fault in open_faults[:_MOST]:
            where = work.where(name, fault.place)
            work.findings.append(finding(fault.slug, where, raw=_shown(fault.raw)))
        if len(open_faults) > _MOST:
            more = len(open_faults) - _MOST
            work.findings.append(finding("more-of-the-same", work.where(name), more=more, what=open_faults[0].slug))


def _frame(work: _Work, period: NDArray[np.int64] | None) -> pd.DataFrame:
    keep = np.ones(len(work.body), dtype=np.bool_)
    keep[list(work.reasons)] = False
    columns: dict[str, NDArray[Any]] = {}
    for name, column in work.source.columns.items():
        if column.type is CellType.MONTH and period is not None:
            continue
        cells = work.columns.get(name)
        columns[name] = _nothing(column.type, int(keep.sum())) if cells is None else cells[keep]
    if period is not None:
        columns[PERIOD] = period[keep]
    places = np.flatnonzero(keep) + work.located.body
    columns[ROW] = places + 1 if work.grid.numbers is None else np.array(work.grid.numbers, dtype=np.int64)[places]
    return pd.DataFrame(columns)


def _nothing(kind: CellType, rows: int) -> NDArray[Any]:
    """A column of missing cells."""
    if kind is CellType.NUMBER:
        return np.full(rows, np.nan)
    if kind is CellType.DATE:
        return np.full(rows, np.datetime64("NaT", "ns"))
    return np.full(rows, None, dtype=object)


def _provenance(work: _Work, units: Mapping[str, ColumnUnit], period_from: str | None, *, used: int) -> Provenance:
    located, loaded = work.located, work.loaded
    first, last = located.body, located.body + len(work.body) - 1
    trail = Provenance(
        path=loaded.name,
        sha256=loaded.sha256,
        kind=loaded.kind,
        encoding=loaded.encoding,
        delimiter=loaded.delimiter,
        sheet=work.grid.sheet,
        title=work.context.title,
        header_rows=(work.grid.number(located.first), work.grid.number(located.body - 1)),
        data_rows=(work.grid.number(first), work.grid.number(last)) if work.body else None,
        columns=tuple(header.text if header else "" for header in located.headers),
        period=work.context.period if period_from != "column" else None,
        period_from=period_from,
        snapshot=work.context.snapshot,
        rows_read=len(work.body),
        rows_used=used,
    )
    for name, unit in units.items():
        header = located.headers[located.places[name]]
        trail.units[header.text if header else name] = unit.read
    trail.set_aside.update(work.reasons.values())
    return trail


def _shown(raw: object) -> str:
    text = str(raw)
    return text if len(text) <= 60 else text[:60] + "…"
