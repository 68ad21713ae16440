"""Where a table's title, header and data are, told by what the cells are and not by what they say alone."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.read.joined import joined_names
from xicen_kpi.read.kinds import (
    BLANK,
    DATE,
    MARK,
    NUMBER,
    TEXT,
    filled,
    is_box_row,
    is_empty,
    kind_of,
    numbers_columns,
    period_cells,
    reads_like_title,
)
from xicen_kpi.read.patterns import Pattern
from xicen_kpi.read.subheader import below_header, is_attribute_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.read.grid import Grid, Merge, Rows

_SAMPLE = 80
"""Rows that are looked at closely for a header."""
_TALLEST = 6
_OFTEN = 0.3
"""Share of the sampled data rows in which a column must hold something before it needs a name."""
_SPARSEST = 0.25
"""Share of the fullest row's cells that the first row of data must have."""
_HEADING_WORD = Pattern(
    r"(名称|名|代码|编码|编号|代号|号码|号|日期|时间|地址|单位|类型|类别|年份|月份|指标|项目|地区|城市|备注|说明|金额|数量|公司|企业|name|code|date|id|title|link|type|no\.?)\Z",
    re.IGNORECASE,
)


class Layout(NamedTuple):
    """A table within a sheet; rows and columns from 0.

    Attributes:
        start: First row that belongs to it.
        header: Rows whose texts are the names, empty for a table without a header.
        body: Rows below everything that is header.
        names: One for each column, joined from the header rows; empty where none is written.
        units: For each column the unit from a row of units.
        certain: False where the header was taken for one, or not, on weak evidence.
    """

    start: int
    header: range
    body: range
    names: tuple[str, ...]
    units: tuple[str | None, ...]
    certain: bool = True

    @property
    def title(self) -> range:
        """Rows above the header."""
        return range(self.start, self.header.start if self.header else self.body.start)


class _Profile(NamedTuple):
    """The sampled rows of a sheet from some row on, and what their columns mostly are."""

    places: list[int]
    kinds: list[str]
    columns: str

    @property
    def width(self) -> int:
        return len(self.columns)


def find_layout(grid: Grid, start: int) -> Layout | None:
    """The layout of the first table at or below a row; None if nothing but a line or two of text is left."""
    profile = _profile(grid.rows, start)
    if not profile.places or (profile.width == 1 and len(profile.places) == 1):
        return None
    first = _first_data_row(grid.rows, profile)
    above = [place for place in profile.places if first is None or place < first]
    wanted = _wanted_columns(profile, first)
    best = _best_header(grid, above, wanted, profile.width)
    if best is None:
        return _headerless(grid.rows, profile, first)
    top, height, names = best
    below = below_header(grid.rows, top + height, first, names, wanted)
    certain = not _is_all_text(profile) or _header_by_contrast(grid.rows, profile, top)
    return Layout(start, range(top, top + height), range(below.body, len(grid.rows)), below.names, below.units, certain)


def _headerless(rows: Rows, profile: _Profile, first: int | None) -> Layout:
    fills = [len(kinds) - kinds.count(BLANK) for kinds in profile.kinds]
    full = [place for place, fill in zip(profile.places, fills, strict=True) if fill >= 0.4 * max(fills)]
    data = next((place for place in full if not reads_like_title(rows[place])), full[0])
    body = min(data, len(rows) if first is None else first)
    nothing = (None,) * profile.width
    return Layout(profile.places[0], range(0), range(body, len(rows)), ("",) * profile.width, nothing)


def _profile(rows: Rows, start: int) -> _Profile:
    places: list[int] = []
    boxes = False
    for place in range(start, len(rows)):
        boxes = is_box_row(rows[place], after_boxes=boxes)
        if filled(rows[place]) and not boxes:
            places.append(place)
            if len(places) == _SAMPLE:
                break
    width = max((_right_end(rows[place]) for place in places), default=0)
    kinds = ["".join(kind_of(cell) for cell in rows[place][:width]).ljust(width, BLANK) for place in places]
    telling = [own for place, own in zip(places, kinds, strict=True) if not is_attribute_row(rows[place])] or kinds
    return _Profile(places, kinds, "".join(_column_kind([row[j] for row in telling]) for j in range(width)))


def _right_end(row: Sequence[object]) -> int:
    return next((place + 1 for place in range(len(row) - 1, -1, -1) if not is_empty(row[place])), 0)


def _column_kind(kinds: list[str]) -> str:
    """What a column mostly is; its lower half counts twice, for the upper one may hold titles and headers."""
    counts = Counter(kinds) + Counter(kinds[len(kinds) // 2 :])
    if not counts[NUMBER] + counts[DATE] + counts[TEXT]:
        return BLANK
    if counts[NUMBER] >= counts[TEXT] + counts[DATE]:
        return NUMBER
    return DATE if counts[DATE] >= counts[TEXT] else TEXT


def _first_data_row(rows: Rows, profile: _Profile) -> int | None:
    """The first row whose cells are what their columns are: numbers under numbers, dates under dates."""
    typed = [j for j, kind in enumerate(profile.columns) if kind in {NUMBER, DATE}]
    if not typed:
        return _first_text_row(rows, profile)
    least = 1 if sum(kind != BLANK for kind in profile.columns) == 1 else 2
    fullest = max(len(kinds) - kinds.count(BLANK) for kinds in profile.kinds)
    for place, kinds in zip(profile.places, profile.kinds, strict=True):
        alike = sum(kinds[j] == profile.columns[j] for j in typed)
        other = sum(kinds[j] not in {profile.columns[j], BLANK, MARK} for j in typed)
        fill = len(kinds) - kinds.count(BLANK)
        if (
            not alike
            or (other and other >= alike)
            or reads_like_title(rows[place])
            or fill < max(least, _SPARSEST * fullest)
        ):
            continue
        below = rows[place + 1] if place + 1 < len(rows) else ()
        numbered = place != profile.places[0] and numbers_columns(rows[place], below)
        if not numbered and not _is_period_header(rows, profile, place):
            return place
    return None


def _is_period_header(rows: Rows, profile: _Profile, place: int) -> bool:
    """Whether a row is one of years or months above columns of something else."""
    own = period_cells(rows[place])
    numbers = [j for j, cell in enumerate(rows[place]) if kind_of(cell) in {NUMBER, DATE}]
    if len(own) < 2 or sum(j in own for j in numbers) < 0.8 * len(numbers):
        return False
    ordinals = list(own.values())
    if sorted(set(ordinals)) != sorted(ordinals) or ordinals not in (sorted(ordinals), sorted(ordinals)[::-1]):
        return False
    below = [rows[p] for p in profile.places if p > place]
    alike = sum(len(period_cells([row[j] for j in own if j < len(row)])) for row in below)
    cells = sum(not is_empty(row[j]) for row in below for j in own if j < len(row))
    return cells > 0 and alike < 0.5 * cells


def _first_text_row(rows: Rows, profile: _Profile) -> int | None:
    """In a sheet of text alone, the row after the first full one if that can be a header, else the first full one."""
    fills = [len(kinds) - kinds.count(BLANK) for kinds in profile.kinds]
    typical = max(fills)
    full = [place for place, fill in zip(profile.places, fills, strict=True) if fill >= max(1, 0.6 * typical)]
    for number in range(min(_TALLEST if profile.width == 1 else 1, len(full))):
        if _header_by_contrast(rows, profile, full[number]):
            return full[number + 1] if len(full) > number + 1 else None
    return full[0]


def _header_by_contrast(rows: Rows, profile: _Profile, place: int) -> bool:
    """Whether a row of texts reads like names: short, different, and none of them seen again in its column."""
    texts = [str(cell).strip() for cell in rows[place] if not is_empty(cell)]
    below = [rows[p] for p in profile.places if p > place]
    if len(set(texts)) < len(texts) or max(map(len, texts)) > 60:
        return False
    if len(texts) == 1:
        return bool(_HEADING_WORD.search(texts[0])) and len(texts[0]) <= 12
    if len(period_cells(rows[place])) >= max(2, len(texts) - 1):
        return True
    again = sum(
        any(j < len(row) and row[j] == cell for row in below)
        for j, cell in enumerate(rows[place])
        if not is_empty(cell)
    )
    held = [j for j, kind in enumerate(profile.columns) if kind != BLANK]
    return again == 0 and not is_empty(rows[place][held[0]]) and len(texts) >= 0.6 * len(held)


def _is_all_text(profile: _Profile) -> bool:
    return not {NUMBER, DATE} & set(profile.columns)


def _wanted_columns(profile: _Profile, first: int | None) -> list[int]:
    """Columns that hold something often enough to need a name."""
    data = [k for p, k in zip(profile.places, profile.kinds, strict=True) if first is not None and p >= first]
    if not data:
        return [j for j, kind in enumerate(profile.columns) if kind != BLANK]
    return [j for j in range(profile.width) if sum(k[j] != BLANK for k in data) >= max(1, _OFTEN * len(data))]


def _best_header(grid: Grid, above: list[int], wanted: list[int], width: int) -> tuple[int, int, list[str]] | None:
    """Top, height and names of the fewest rows above the data that give every column a name of its own."""
    found: list[tuple[int, int, list[str]]] = []
    for top in above:
        alone = filled(grid.rows[top]) == 1 and width > 1
        if alone or _cuts_merged(grid.merged, top) or _is_title(grid.rows[top], above, top):
            continue
        for height in range(1, min(_TALLEST, above[-1] - top + 1) + 1):
            if _has_amounts(grid.rows[top + height - 1]):
                break
            names = joined_names(grid, top, height, width)
            if _names_all(names, wanted):
                found.append((top, height, names))
                break
    if found:
        lowest = -1 if width == 1 else 1
        top, height, names = min(found, key=lambda one: (sum(not one[2][j] for j in wanted), one[1], lowest * one[0]))
        return _with_groups_above(grid, top, height, wanted, names)
    return _widest_row(grid, above, wanted, width)


def _cuts_merged(merged: Sequence[Merge], top: int) -> bool:
    return any(first < top <= last for (first, _), (last, _) in merged)


def _has_amounts(row: Sequence[object]) -> bool:
    """Whether half of a row's cells are numbers that name no year or month."""
    numbers = {j for j, cell in enumerate(row) if kind_of(cell) == NUMBER}
    return 2 * len(numbers - period_cells(row).keys()) >= max(filled(row), 1)


def _is_title(row: Sequence[object], above: list[int], place: int) -> bool:
    """Whether a row that is not the last above the data is made of labels such as 表号：, or holds one cell alone."""
    return place != above[-1] and reads_like_title(row)


def _names_all(names: list[str], wanted: list[int]) -> bool:
    """Whether the columns have different names; the leftmost ones may have none, as row labels often do."""
    own = [names[j] for j in wanted]
    written = [name for name in own if name]
    leading = next((i for i, name in enumerate(names) if name), len(names))
    gaps = [j for j in wanted if not names[j] and j > leading]
    return not gaps and len(set(written)) == len(written) and 2 * len(written) >= max(len(own), 1)


def _with_groups_above(
    grid: Grid, top: int, height: int, wanted: list[int], names: list[str]
) -> tuple[int, int, list[str]]:
    """Takes in rows above that head several columns, or that name a column which has no name yet."""
    width = len(names)
    while top > 0 and _heads(grid, top - 1, wanted, names):
        top, height = top - 1, height + 1
        names = joined_names(grid, top, height, width)
    return top, height, names


def _heads(grid: Grid, place: int, wanted: list[int], names: list[str]) -> bool:
    row = grid.rows[place]
    texts = [str(cell) for cell in row if not is_empty(cell)]
    if len(texts) < 2 or any(kind_of(text) == NUMBER for text in texts):
        return False
    if reads_like_title(row):
        return False
    if any(not names[j] and j < len(row) and not is_empty(row[j]) for j in wanted):
        return True
    ranges = [(left, right) for (first, left), (last, right) in grid.merged if first == last == place]
    inner = [left for left, right in ranges if 1 < right - left + 1 < len(names) - 1]
    return any(left > wanted[0] for left in inner) or len(inner) > 1


def _widest_row(grid: Grid, above: list[int], wanted: list[int], width: int) -> tuple[int, int, list[str]] | None:
    """Where no rows name every column: the fullest single row, if it names most of them."""
    best = max(above, key=lambda place: (filled(grid.rows[place]), -place), default=None)
    if best is None:
        return None
    names = joined_names(grid, best, 1, width)
    written = sum(bool(names[j]) for j in wanted)
    return (best, 1, names) if written >= 0.6 * len(wanted) and written else None
