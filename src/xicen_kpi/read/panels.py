"""Tables printed side by side: panels of one table are put below one another, different tables are taken apart."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from xicen_kpi.read.grid import Grid
from xicen_kpi.read.headers import normal_name
from xicen_kpi.read.kinds import is_empty, is_letter_row, kind_of
from xicen_kpi.read.layout import Layout, find_layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.read.grid import Merge, Rows

_SAMPLE = 100


def side_by_side(grid: Grid, layout: Layout) -> list[Grid]:
    """The grids that a sheet with tables side by side amounts to; the grid itself where there is but one table."""
    starts = _repeated_names(layout.names)
    if len(starts) > 1:
        return [_stacked(grid, layout, starts)]
    cuts = _gaps(grid, layout)
    if not cuts:
        return [grid]
    edges = [0, *cuts, max(len(layout.names), *(len(row) for row in grid.rows[:_SAMPLE]))]
    return [_cut_out(grid, left, right) for left, right in pairwise(edges)]


def _repeated_names(names: Sequence[str]) -> list[int]:
    """Columns where the same run of at least two names begins again; one column if nothing is repeated."""
    own = [(place, normal_name(name)) for place, name in enumerate(names) if name]
    texts = [name for _, name in own]
    for length in range(2, len(texts) // 2 + 1):
        runs = [texts[i : i + length] for i in range(0, len(texts), length)]
        if len(set(runs[0])) == length and all(run == runs[0] for run in runs):
            return [own[i][0] for i in range(0, len(own), length)]
    return [own[0][0]] if own else [0]


def _stacked(grid: Grid, layout: Layout, starts: list[int]) -> Grid:
    """The panels one below the other, each cell under the first panel's column of its name."""
    first = [place for place in range(starts[0], starts[1]) if layout.names[place]]
    rows: Rows = [[] if place in layout.header else row for place, row in enumerate(grid.rows[: layout.body.start])]
    rows[layout.header.start] = [layout.names[place] for place in first]
    numbers = [grid.number(place) for place in range(layout.body.start)]
    for start, stop in zip(starts, [*starts[1:], len(layout.names)], strict=True):
        own = [place for place in range(start, stop) if layout.names[place]]
        for place in layout.body:
            cells = [grid.rows[place][j] if j < len(grid.rows[place]) else "" for j in own]
            if not all(map(is_empty, cells)) and not is_letter_row(cells):
                rows.append(cells)
                numbers.append(grid.number(place))
    return Grid(rows, grid.sheet, (), grid.before, tuple(numbers))


def _gaps(grid: Grid, layout: Layout) -> list[int]:
    """First columns of further tables: behind a column that is empty throughout, with a text label of their own."""
    if not layout.header:
        return []
    rows = grid.rows[layout.header.start : layout.header.start + _SAMPLE]
    width = len(layout.names)
    empty = [all(place >= len(row) or is_empty(row[place]) for row in rows) for place in range(width)]
    cuts = [place for place in range(2, width - 1) if empty[place - 1] and not empty[place] and not empty[place + 1]]
    return [
        place
        for place in cuts
        if (_is_label(grid, layout, place) if layout.names[place] else _stands_lower(grid, layout, place))
    ]


def _stands_lower(grid: Grid, layout: Layout, place: int) -> bool:
    """Whether the columns from one on are a table whose header is not in the rows of the first one's."""
    own = find_layout(_cut_out(grid, place, max(map(len, grid.rows))), 0)
    if own is None or not own.header or own.header.start in layout.header:
        return False
    return sum(map(bool, own.names)) > 1 and len(own.body) > 1


def _is_label(grid: Grid, layout: Layout, place: int) -> bool:
    """Whether a column is made of different texts, as the first column of a table is."""
    body = grid.rows[layout.body.start : layout.body.start + _SAMPLE]
    cells = [row[place] for row in body if place < len(row) and not is_empty(row[place])]
    texts = [cell for cell in cells if kind_of(cell) == "t"]
    return bool(cells) and len(texts) >= 0.6 * len(cells) and len(set(texts)) > 0.5 * len(texts)


def _cut_out(grid: Grid, left: int, right: int) -> Grid:
    merged: list[Merge] = [
        ((top, max(first, left) - left), (bottom, min(last, right - 1) - left))
        for (top, first), (bottom, last) in grid.merged
        if first < right and last >= left
    ]
    return Grid([row[left:right] for row in grid.rows], grid.sheet, tuple(merged), grid.before, grid.numbers)
