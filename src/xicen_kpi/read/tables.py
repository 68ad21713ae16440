"""The tables of a grid: found, split where several stand in one sheet, their columns typed and named."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from xicen_kpi.errors import Finding, Location
from xicen_kpi.plan.units import factor, normal_unit, same_kind
from xicen_kpi.read.body import Body, read_body
from xicen_kpi.read.cell_formats import contradicts
from xicen_kpi.read.context import Context, read_context
from xicen_kpi.read.day_numbers import AS_DAY, DayNumber, numbered, with_dated_header
from xicen_kpi.read.evidence import MIXED, TypedColumn, mixed_column, type_column
from xicen_kpi.read.headers import read_header
from xicen_kpi.read.kinds import is_empty, unit_text
from xicen_kpi.read.layout import Layout, find_layout
from xicen_kpi.read.numbers import whole_unit
from xicen_kpi.read.panels import side_by_side
from xicen_kpi.read.patterns import Pattern
from xicen_kpi.read.periods import doubtful_months
from xicen_kpi.read.table import ROW, Provenance, Table, UnitRead
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.read.columns import Fault
    from xicen_kpi.read.grid import Grid
    from xicen_kpi.read.loaded import Loaded

_MOST = 20
_TASTE = 1_000
"""Rows that are looked at for cells of white space alone."""
_LEAD = 3
"""Lines such as 企业总数 | 12, without a header of their own, that belong to the title of the table below them."""
_ALL_MONEY = 1e16
"""More 元 than any table of enterprises holds: the whole country produces 1.4e14 a year."""
_NO_AMOUNT = Pattern(
    r"年份?|年度|月份?|日期?|天数?|时间|序号|排名|名次|编号|行次|列\d+|year|month|day|no\.?|id", re.IGNORECASE
)
"""Names of number columns that no unit from outside the column applies to."""
_UNIT_COLUMN = Pattern(r"(计量|金额)?单位|unit", re.IGNORECASE)


class Found(NamedTuple):
    """A table's place in a grid and what became of its rows; `used` are the data rows."""

    grid: Grid
    layout: Layout
    body: Body
    used: Sequence[int]


def find_tables(grid: Grid) -> Iterator[Found]:
    """The tables that stand in a grid, one below the other or side by side."""
    start, grid = 0, with_dated_header(_without_white_space(grid))
    lead: int | None = None
    while start < len(grid.rows):
        layout = find_layout(grid, start)
        if layout is None:
            return
        apart = side_by_side(grid, layout) if start == 0 else [grid]
        if apart[0] is not grid:
            for piece in apart:
                yield from find_tables(piece)
            return
        body = read_body(grid, layout)
        used: Sequence[int] = range(layout.body.start, body.end)
        if body.reasons:
            used = [place for place in used if place not in body.reasons]
        start = max(body.end, layout.body.start, start + 1)
        if not layout.header and len(used) <= _LEAD and _has_header(grid, start):
            lead = layout.start if lead is None else lead
            continue
        yield Found(grid, layout if lead is None else layout._replace(start=lead), body, used)
        lead = None


def _has_header(grid: Grid, start: int) -> bool:
    layout = find_layout(grid, start)
    return layout is not None and bool(layout.header) and len(layout.body) > _LEAD


def _without_white_space(grid: Grid) -> Grid:
    """The grid with cells of white space alone emptied, as web pages and padded texts have them."""
    if not any(cell.__class__ is str and cell and not cell.strip() for row in grid.rows[:_TASTE] for cell in row):
        return grid
    rows = [["" if cell.__class__ is str and not cell.strip() else cell for cell in row] for row in grid.rows]
    return replace(grid, rows=rows)


def build_table(loaded: Loaded, found: Found) -> Table:
    """Types and names the columns of a table that was found."""
    grid, layout, used = found.grid, found.layout, found.used
    names = column_names(found)
    cells = dict(_cells(found, names))
    columns = {name: type_column(own, name) for name, own in cells.items()}
    _rows_of_text(columns, cells)
    above = [grid.rows[place] for place in layout.title]
    before = grid.before if layout.start == 0 or not above else ()
    context = read_context(above, grid.sheet, loaded.name, before)
    trail = _provenance(loaded, found, context, tuple(names.values()))
    row_units = _row_units(found, names)
    for place, name in names.items():
        if columns[name].values.dtype.kind == "f":
            unit = _unit_of(layout.names[place], layout.units[place], columns[name], row_units, context)
            if unit:
                trail.units[name] = unit
    frame = pd.DataFrame(
        {name: column.values for name, column in columns.items()},
        index=pd.Index(
            [grid.number(row) for row in used] if grid.numbers else np.asarray(used, np.int64) + 1, name=ROW
        ),
    )
    missing = {
        name: {grid.number(used[place]): kind for place, kind in column.missing.items()}
        for name, column in columns.items()
        if column.missing
    }
    return Table(
        trail,
        [*_findings(loaded, found, columns), *_about_formats(loaded, found, names, trail)],
        lambda: iter([frame]),
        marks={grid.number(place): mark for place, mark in found.body.marks.items()},
        levels={grid.number(place): level for place, level in found.body.levels.items()},
        row_units={grid.number(place): unit for place, unit in row_units.items()},
        missing=missing,
    )


def _rows_of_text(columns: dict[str, TypedColumn], cells: dict[str, list[Any]]) -> None:
    """Where some columns mix numbers and texts, as statements do on their first and last lines, others keep theirs."""
    mixed = [name for name, column in columns.items() if any(fault.slug == MIXED for fault in column.faults)]
    for name, column in columns.items():
        if len(mixed) > 1 and name not in mixed and len(column.faults) > 1 and column.values.dtype.kind == "f":
            columns[name] = mixed_column(cells[name], column.faults[0])


def _cells(found: Found, names: dict[int, str]) -> Iterator[tuple[str, list[Any]]]:
    """The cells of the data rows, column by column; a text merged over several rows stands in each of them."""
    used = found.used
    rows = [found.grid.rows[place] for place in used]
    narrowest = min(map(len, rows), default=0)
    spread = found.grid.spread(found.layout.body.start, found.body.end) if found.grid.merged else {}
    for place, name in names.items():
        if place < narrowest:
            cells = [row[place] for row in rows]
        else:
            cells = [row[place] if place < len(row) else "" for row in rows]
        if place in spread:
            cells = [cell or spread[place].get(p, cell) for p, cell in zip(used, cells, strict=True)]
        yield name, cells


def column_names(found: Found) -> dict[int, str]:
    """Column of the sheet to its name: as written, 列4 where nothing is, 名称 (2) the second time.

    Columns without name and cells at the right end are left out.
    """
    layout, rows = found.layout, found.grid.rows
    width = len(layout.names)
    while width > 1 and not layout.names[width - 1] and all(_is_empty(rows[p], width - 1) for p in found.used):
        width -= 1
    seen: Counter[str] = Counter()
    names: dict[int, str] = {}
    for place in range(width):
        name = layout.names[place] or f"列{place + 1}"
        seen[name] += 1
        names[place] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return names


def _is_empty(row: list[Any], place: int) -> bool:
    return place >= len(row) or is_empty(row[place])


def _unit_of(
    text: str, below: str | None, column: TypedColumn, row_units: dict[int, str], context: Context
) -> UnitRead | None:
    """The unit of a column: header, row, own cells, 单位 cell, title, sheet, file name, in that order."""
    own = read_header(text).unit or below
    if own:
        return UnitRead(own, "header")
    if _NO_AMOUNT.fullmatch(text or "列0"):
        return None
    if row_units:
        return UnitRead("、".join(dict.fromkeys(row_units.values())), "row")
    if column.unit:
        return UnitRead(column.unit, "value")
    if not context.units:
        return None
    place = context.units[0][1]
    return UnitRead("、".join(unit for unit, where in context.units if where == place), place)


def _row_units(found: Found, names: dict[int, str]) -> dict[int, str]:
    """Units that each row has for itself: in a column 计量单位, or behind its label as in 产量(万吨)."""
    rows, used = found.grid.rows, found.used
    for place, name in names.items():
        if _UNIT_COLUMN.fullmatch(name):
            own = {p: unit for p in used if place < len(rows[p]) and (unit := unit_text(rows[p][place]))}
            if own:
                return own
    labels = {p: rows[p][0] for p in used[:2000] if rows[p] and isinstance(rows[p][0], str)}
    found_units = {p: unit for p, label in labels.items() if (unit := read_header(label[:80]).unit)}
    return found_units if len(found_units) * 2 > len(used) else {}


def _provenance(loaded: Loaded, found: Found, context: Context, names: tuple[str, ...]) -> Provenance:
    layout, body, used, number = found.layout, found.body, found.used, found.grid.number
    ends = [number(place) for place in (used if found.grid.numbers else [*used[:1], *used[-1:]])]
    trail = Provenance(
        path=loaded.name,
        sha256=loaded.sha256,
        kind=loaded.kind,
        encoding=loaded.encoding,
        delimiter=loaded.delimiter,
        sheet=found.grid.sheet,
        title=context.title,
        header_rows=(number(layout.header.start), number(layout.header.stop - 1)) if layout.header else None,
        data_rows=(min(ends), max(ends)) if used else None,
        columns=names,
        period=context.period,
        period_from=context.period_from,
        snapshot=context.snapshot,
        rows_read=len(used) + len(body.reasons),
        rows_used=len(used),
    )
    trail.set_aside.update(body.reasons.values())
    return trail


def _about_formats(loaded: Loaded, found: Found, names: dict[int, str], trail: Provenance) -> Iterator[Finding]:
    """Columns whose numbers are shown otherwise than their unit says."""
    for place, name in names.items():
        shown, unit = found.grid.shown.get(place), trail.units.get(name)
        if unit is not None and contradicts(shown, unit.unit):
            where = Location(loaded.name, sheet=found.grid.sheet, field=name)
            yield finding("format-contradicts-unit", where, shown=shown, unit=unit.unit)


def _about_header(loaded: Loaded, found: Found) -> Iterator[Finding]:
    """What is uncertain in a table's header, and months in it that are numbers in the file."""
    header, where = found.layout.header, Location(loaded.name, sheet=found.grid.sheet)
    if not header:
        yield finding("no-header", where)
    elif not found.layout.certain:
        yield finding("header-uncertain", where._replace(row=found.grid.number(header.start)))
    days = [cell for place in header for cell in found.grid.rows[place] if isinstance(cell, DayNumber)]
    if days:
        yield finding(AS_DAY, where._replace(row=found.grid.number(header.stop - 1)), raw=numbered(min(days)))


def _findings(loaded: Loaded, found: Found, columns: dict[str, TypedColumn]) -> list[Finding]:
    """What is uncertain or wrong in a table."""
    sheet, used, number = found.grid.sheet, found.used, found.grid.number
    told = list(_about_header(loaded, found))
    mixed = [name for name, column in columns.items() if any(fault.slug == MIXED for fault in column.faults)]
    if mixed:
        (fault,) = columns[mixed[0]].faults
        where = Location(loaded.name, sheet=sheet, row=number(used[fault.place]), field=mixed[0])
        told.append(finding(MIXED, where, raw=str(fault.raw)[:60], columns=mixed))
    for name, column in columns.items():
        if name in mixed:
            continue
        if (told_unit := _implausible(name, column)) is not None:
            told.append(finding("unit-implausible", Location(loaded.name, sheet=sheet, field=name), **told_unit))
        faults = [fault for fault in column.faults if not _names_a_total(found, fault)]
        for fault in faults[:_MOST]:
            where = Location(loaded.name, sheet=sheet, row=number(used[fault.place]), field=name)
            told.append(finding(fault.slug, where, raw=str(fault.raw)[:60]))
        if len(faults) > _MOST:
            where = Location(loaded.name, sheet=sheet, field=name)
            told.append(finding("more-of-the-same", where, more=len(faults) - _MOST, what=faults[0].slug))
        for place, readings in doubtful_months(column.values).items():
            where = Location(loaded.name, sheet=sheet, row=number(used[place]), field=name)
            slug = "month-doubtful" if len(readings) > 1 else "month-by-neighbours"
            told.append(finding(slug, where, raw=str(column.values[place]), readings=[str(m) for m in readings]))
    return told


def _names_a_total(found: Found, fault: Fault) -> bool:
    """Whether a text stands among numbers because the row is a total: 合计 in the column of running numbers."""
    total = found.used[fault.place] in found.body.marks
    return total and fault.slug == "unreadable-cell" and not any(char.isdigit() for char in str(fault.raw))


def _implausible(name: str, column: TypedColumn) -> dict[str, str] | None:
    """The unit of the header and the largest amount, if together they are more than there is."""
    unit = read_header(name).unit
    money = whole_unit(unit, "元") if unit else ""
    if column.values.dtype.kind != "f" or not same_kind(money, "元") or normal_unit(money) is None:
        return None
    largest = float(np.nanmax(np.abs(column.values), initial=0.0))
    return {"unit": str(unit), "value": f"{largest:g}"} if largest * factor(money, "元") > _ALL_MONEY else None
