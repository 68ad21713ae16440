"""Header rows joined to one name for each column."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.read.grid import Grid, Merge

_LONGEST_NAME = 300
_BETWEEN_CHINESE = Pattern(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")


def joined_names(grid: Grid, first: int, height: int, width: int | None = None) -> list[str]:
    """One name for each column: the header rows from top to bottom, joined with semicolons, merged cells filled."""
    rows = grid.rows[first : first + height]
    width = width or max(len(row) for row in rows)
    lines = [[name_of(row[j]) if j < len(row) else "" for j in range(width)] for row in rows]
    if not _fill_merged(lines, first, grid.merged) and height > 1:
        _fill_rightwards(lines)
    return [";".join(dict.fromkeys(part for part in column if part)) for column in zip(*lines, strict=True)]


def name_of(cell: object) -> str:
    """A header cell as text: line breaks and blanks within Chinese words removed, other white space once."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        cell = cell.date() if cell.hour == cell.minute == 0 else cell
    if isinstance(cell, date):
        return cell.isoformat()
    text = " ".join(str(cell)[:_LONGEST_NAME].replace("\ufeff", "").split())
    return _BETWEEN_CHINESE.sub("", text) if " " in text else text


def _fill_merged(lines: list[list[str]], first: int, merged: Sequence[Merge]) -> bool:
    """Writes a merged cell's text into all its cells; whether any range lies within these rows."""
    found = False
    width = len(lines[0]) if lines else 0
    for (top, left), (bottom, right) in merged:
        if first <= top < first + len(lines) and left < width and (bottom, right) != (top, left):
            found = True
            for i in range(top - first, min(bottom - first + 1, len(lines))):
                for j in range(left, min(right + 1, width)):
                    lines[i][j] = lines[top - first][left]
    return found


def _fill_rightwards(lines: list[list[str]]) -> None:
    """Without merged ranges (text files), an empty upper cell over a filled lower one belongs to its left neighbour.

    From the bottom up: a group that heads groups reaches as far as they do.
    """
    for lower, upper in pairwise(reversed(lines)):
        for j in range(1, len(upper)):
            if not upper[j] and lower[j] and upper[j - 1] and lower[j - 1]:
                upper[j] = upper[j - 1]
