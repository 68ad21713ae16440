"""What the rows above the header, the sheet's name and the file's name say of the whole table."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.read.dates import find_snapshot, find_span
from xicen_kpi.read.headers import half_width
from xicen_kpi.read.patterns import Pattern
from xicen_kpi.read.unit_names import named_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xicen_kpi.plan.period import Span

_UNIT = Pattern(r"(?P<before>[\w]*?)(?:计量|金额|数量|货币)?单位:(?P<units>[^;:()]+)")
_BRACKETED = Pattern(r"\(([^()]{1,14})\)")
_LONGEST = 2_000
"""Characters of a line that are looked at; a longer cell is no title."""
_APART = Pattern(r"[、,/和及]")


class Context(NamedTuple):
    """What stands around a table.

    Attributes:
        title: Text of the rows above the header.
        units: Units named outside the header, each with the place where it was read, nearest first.
        period: The period named outside the columns.
        period_from: title, sheet, file_name or folder.
        snapshot: 截至日期.
    """

    title: str
    units: tuple[tuple[str, str], ...]
    period: Span | None
    period_from: str | None
    snapshot: date | None


def row_text(row: Iterable[object]) -> str:
    """The cells of a row that hold anything, side by side."""
    return " ".join(map(_shown, (cell for cell in row if cell is not None and cell != "")))[:_LONGEST]


def read_context(
    above: Sequence[Sequence[object]], sheet: str | None, path: str, before: tuple[str, ...] = ()
) -> Context:
    """What the lines and rows above the header, the sheet's name, the file's name and its folders say."""
    lines = [*before, *(text for text in map(row_text, above) if text)]
    title = "\n".join(lines)
    stem = re.sub(r"\.\w{2,5}$", "", path.rsplit("/", 1)[-1])
    folders = path.rpartition("/")[0]
    units = [found for line in reversed(lines) for found in _units_in(line)]
    units += [(unit, "sheet") for unit, _ in _units_in(f"({sheet or ''})")] + _units_of_name(stem)
    period, period_from = None, None
    for text, place in ((title, "title"), (sheet or "", "sheet"), (stem, "file_name"), (folders, "folder")):
        period = find_span(text) if text else None
        if period:
            period_from = place
            break
    return Context(title, tuple(dict.fromkeys(units)), period, period_from, find_snapshot(title) or find_snapshot(stem))


def _units_in(line: str) -> list[tuple[str, str]]:
    """Units of a line such as 计量单位：千元 or 单位：千元、人、个 (own cell) or 表（单位：人）(title)."""
    half = half_width(line)
    found: list[tuple[str, str]] = []
    for match in _UNIT.finditer(half):
        known = [named_unit(part) for part in _APART.split(match["units"])]
        place = "title" if match["before"] or match.start() > 0 else "cell"
        found += [(unit, place) for unit in known if unit]
    if not found:
        bracketed = [named_unit(match[1]) for match in _BRACKETED.finditer(half)]
        found = [(unit, "title") for unit in bracketed if unit]
    return found


def _units_of_name(name: str) -> list[tuple[str, str]]:
    parts = re.split(r"[()_\-\s;]", half_width(name))
    return [(unit, "file_name") for unit in map(named_unit, parts) if unit and len(unit) > 1]


def _shown(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:_LONGEST].strip()
