"""Rows between a header and its data: units, column numbers, attributes, and the same names in another language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.read.joined import name_of
from xicen_kpi.read.kinds import TEXT, is_empty, is_unit_row, kind_of, numbers_columns, unit_text
from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.read.grid import Rows

_ATTRIBUTES = Pattern(
    r"(计量|金额)?单位|频度|频率|地区|国家|区域|指标(代码|编码|id)?|代码|数据类型|来源|数据来源|更新时间|时间区间|起止时间|栏次|行次|序号|unit|frequency|region|source",
    re.IGNORECASE,
)
_NO_NAME = Pattern(r"频度|频率|指标(代码|编码|id)|数据类型|(数据)?来源|更新时间|时间区间|起止时间", re.IGNORECASE)
"""Attributes of the columns that no first column of a table is called by."""
_FULL = 0.8
"""Share of the columns that a second row of names must name, and name differently."""


class Below(NamedTuple):
    """What stands between a header and its data.

    Attributes:
        body: The first row after it.
        units: For each column the unit from a row of units.
        names: The columns' names, with those of further rows of names.
    """

    body: int
    units: tuple[str | None, ...]
    names: tuple[str, ...]


def below_header(rows: Rows, place: int, first: int | None, names: Sequence[str], wanted: Sequence[int]) -> Below:
    """Passes over the rows below a header that are no data.

    Args:
        rows: The sheet.
        place: The first row below the header.
        first: The first row that is data beyond doubt; None if there is none.
        names: Names from the header.
        wanted: Columns that need a name.
    """
    own, body = list(names), place
    known: list[str | None] = [None] * len(names)
    stop = len(rows) if first is None else first
    while place < len(rows):
        row, first_text = rows[place], _first_text(rows[place])
        if numbers_columns(row, rows[place + 1] if place + 1 < len(rows) else ()):
            body = place + 1
        elif place < stop and is_unit_row(row):
            known = [unit_text(row[j]) if j < len(row) else None for j in range(len(own))]
            body = place + 1
        elif place < stop and place == body and not _NO_NAME.fullmatch(first_text) and _names_again(row, own, wanted):
            own = [_joined(name, row[j] if j < len(row) else "") for j, name in enumerate(own)]
            body = place + 1
        elif place < stop and _ATTRIBUTES.fullmatch(first_text):
            body = place + 1
        else:
            break
        place += 1
    return Below(body, tuple(known), tuple(own))


def _names_again(row: Sequence[object], names: Sequence[str], wanted: Sequence[int]) -> bool:
    """Whether a row of different texts names every column once more: Stkcd above 证券代码.

    Of two columns only, names in another script are enough: a row of two texts may as well be data.
    """
    texts = [str(row[j]).strip() for j in wanted if j < len(row) and kind_of(row[j]) == TEXT]
    if len(wanted) <= 2 and "".join(texts).isascii() == "".join(names).isascii():
        return False
    return len(wanted) > 1 and len(set(texts)) >= _FULL * len(wanted)


def _joined(name: str, cell: object) -> str:
    other = name_of(cell)
    return ";".join(dict.fromkeys(part for part in (name, other) if part))


def is_attribute_row(row: Sequence[object]) -> bool:
    """Whether a row says of the columns what they are, as its first text tells: 频率 | 月 | 月."""
    return _ATTRIBUTES.fullmatch(_first_text(row)) is not None


def _first_text(row: Sequence[object]) -> str:
    return next((str(cell).strip() for cell in row if not is_empty(cell)), "")
