"""Days as Excel counts them, in cells that have lost their date format: 45658 is 1 January 2025."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from xicen_kpi.read.dates import DAY_0, day_number
from xicen_kpi.read.headers import half_width
from xicen_kpi.read.kinds import NUMBER, is_empty, kind_of
from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xicen_kpi.read.grid import Grid, Rows

AS_DAY = "day-number-read"
"""Slug of what is said of them."""

_SAMPLE = 80
"""Rows in which a header may stand."""
_DATED = Pattern(
    r"(日期|年月|月份|报告期|数据期|所属期|期别|(成立|注册|登记|开业|投产|入园|离园|统计|填报)时间|date|month|period)(\([^)]*\))*\Z",
    re.IGNORECASE,
)


class DayNumber(date):
    """A day of a header that stands as a number in the file."""


def names_days(name: str) -> bool:
    """Whether a column's name says that it holds days or months."""
    return _DATED.search(half_width(name)) is not None


def shown_with_day(cells: Iterable[object]) -> str | None:
    """The earliest day number among some cells beside the day that it is: 45658 = 2025-01-01; None without any."""
    first = min((day for cell in cells if (day := day_number(cell)) is not None), default=None)
    return None if first is None else numbered(first)


def numbered(day: date) -> str:
    """A day with its number before it: 45658 = 2025-01-01."""
    return f"{(day - DAY_0).days} = {day.isoformat()}"


def with_dated_header(grid: Grid) -> Grid:
    """The grid with the numbers of a header row of months as days; the same grid where there is none."""
    places = [place for place in range(min(len(grid.rows), _SAMPLE)) if _heads_months(grid.rows, place)]
    if not places:
        return grid
    rows = list(grid.rows)
    for place in places:
        rows[place] = [_as_day(cell) for cell in rows[place]]
    return replace(grid, rows=rows)


def _as_day(cell: object) -> object:
    day = day_number(cell)
    return cell if day is None else DayNumber(day.year, day.month, day.day)


def _heads_months(rows: Rows, place: int) -> bool:
    """Whether the numbers of a row are first or last days of months, one after the other, above something else."""
    numbers = [j for j, cell in enumerate(rows[place]) if kind_of(cell) == NUMBER]
    days = [day for j in numbers if (day := _edge_of_month(rows[place][j])) is not None]
    if len(days) < 2 or len(days) < len(numbers) or len(numbers) == len(rows[place]):
        return False
    if not all(one < other for one, other in pairwise(days)) and not all(one > other for one, other in pairwise(days)):
        return False
    below = [row[j] for row in rows[place + 1 : place + 1 + _SAMPLE] for j in numbers if j < len(row)]
    return _share_of_days(below) < 0.5


def _edge_of_month(cell: object) -> date | None:
    day = day_number(cell)
    return day if day is not None and (day.day == 1 or (day + timedelta(days=1)).day == 1) else None


def _share_of_days(cells: Sequence[object]) -> float:
    there = [cell for cell in cells if not is_empty(cell)]
    return sum(_edge_of_month(cell) is not None for cell in there) / len(there) if there else 1.0
