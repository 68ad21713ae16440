"""Tables of a sheet that is no plain list: in panels, further down, below another one, forms of one enterprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.read.context import row_text
from xicen_kpi.read.forms import find_enterprise, widened, with_enterprise
from xicen_kpi.read.grid import Grid
from xicen_kpi.read.locate import locate_header
from xicen_kpi.read.tables import find_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xicen_kpi.read.forms import Enterprise
    from xicen_kpi.read.tables import Found


def pieces_of(grid: Grid, wanted: Mapping[str, str], needed: set[str]) -> Iterator[Grid]:
    """Each table as a grid of its own.

    Args:
        grid: The sheet.
        wanted: Normal header names to the plan's columns.
        needed: Columns without which a row says nothing.
    """
    for found in find_tables(grid):
        title = "\n".join([*found.grid.before, *(row_text(found.grid.rows[place]) for place in found.layout.title)])
        enterprise = find_enterprise(title)
        piece = _cut(found)
        if enterprise is None:
            yield piece
            continue
        wide = widened(found, enterprise)
        if wide is not None:
            yield wide
            continue
        data = {place - found.layout.start for place in found.used}
        yield _named(piece, wanted, needed, data, enterprise)


def _named(piece: Grid, wanted: Mapping[str, str], needed: set[str], data: set[int], enterprise: Enterprise) -> Grid:
    """A list that belongs to one enterprise, such as its research projects, with the enterprise in every row."""
    located = locate_header(piece, wanted)
    if located is None or needed <= set(located.places):
        return piece
    return with_enterprise(piece, located.first, data, enterprise)


def _cut(found: Found) -> Grid:
    """The rows of one table as a grid of their own."""
    grid, first, last = found.grid, found.layout.start, found.body.end
    merged = [
        ((top - first, left), (bottom - first, right))
        for (top, left), (bottom, right) in grid.merged
        if first <= top and bottom < last
    ]
    numbers = tuple(grid.number(place) for place in range(first, last))
    return Grid(grid.rows[first:last], grid.sheet, tuple(merged), grid.before if first == 0 else (), numbers)
