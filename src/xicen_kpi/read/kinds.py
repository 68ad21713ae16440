"""What a cell is by what stands in it: the evidence from which headers, data and footers are told apart."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from xicen_kpi.plan.units import normal_unit
from xicen_kpi.read.dates import read_day, read_span
from xicen_kpi.read.headers import half_width
from xicen_kpi.read.numbers import missing_kind, read_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

BLANK, NUMBER, DATE, MARK, TEXT = "b", "n", "d", "m", "t"
"""Empty; a number, also one written as text; a day or a period; a mark of absence such as —; any other text."""

_LONG = 40
"""No number and no date is longer."""
_LETTERS = re.compile(r"[甲乙丙丁戊己庚辛壬癸A-Za-z]|栏次|行次|\(?\d{1,3}\)?(?:=.*)?")
_UNIT_TEXT = re.compile(r"\(?(?:计量)?(?:单位:?)?([^()]{1,12})\)?\Z")
_MORE_UNITS = re.compile(
    r"(?:[千万亿百十]*(?:元|美元|股|人|人次|人年|吨|千克|公斤|立方米|平方米|平方公里|公顷|亩|千瓦时|千瓦|公里|米|只|台|套|辆|件|部|户|次|个|家|项|篇|册|所|张|份|升|箱|头|吨标准煤|国际元|港元|欧元|日元)"
    r"(?:/[\w]{1,6})?|%|‰|百分点|倍|指数|天|小时|月|年|岁|[kKMG]?Wh?|KWH|MWH|GWH|℃|上年(?:同期|同月)?=100)\Z"
)


def kind_of(cell: object) -> str:
    """BLANK, NUMBER, DATE, MARK or TEXT."""
    if cell is None or cell == "":
        return BLANK
    if isinstance(cell, str):
        return _kind_of_text(cell) if len(cell) <= _LONG else (TEXT if cell.strip() else BLANK)
    if isinstance(cell, date):
        return DATE
    return NUMBER if isinstance(cell, int | float) and not isinstance(cell, bool) else TEXT


@lru_cache(maxsize=50_000)
def _kind_of_text(cell: str) -> str:
    if not cell.strip():
        return BLANK
    if missing_kind(cell) is not None:
        return MARK
    if read_amount(cell) is not None:
        return NUMBER
    return DATE if read_span(cell) is not None or read_day(cell) is not None else TEXT


def filled(row: Sequence[object]) -> int:
    """How many cells of a row hold anything."""
    return sum(kind_of(cell) != BLANK for cell in row)


def unit_text(cell: object) -> str | None:
    """The unit that a cell of its own names, known to the tables of units or not: (千元), 单位：辆, 亿千瓦时."""
    if not isinstance(cell, str):
        return None
    found = _UNIT_TEXT.match(half_width(cell[:_LONG]))
    if found is None:
        return None
    known = normal_unit(found[1])
    return known or (found[1] if _MORE_UNITS.match(found[1]) else None)


def is_unit_row(row: Sequence[object]) -> bool:
    """Whether most cells of a row are units: 指标 | 亿元 | % | 亿元."""
    texts = [cell for cell in row if kind_of(cell) not in {BLANK, MARK}]
    units = sum(unit_text(cell) is not None for cell in texts)
    return units >= 1 and units >= 0.6 * (len(texts) - 1)


def is_letter_row(row: Sequence[object]) -> bool:
    """Whether a row only numbers the columns: 甲 | 乙 | 丙 | 1 | 2 | 3."""
    texts = [half_width(_as_text(cell)) for cell in row if kind_of(cell) != BLANK]
    if len(texts) < 2 or not all(_LETTERS.fullmatch(text) for text in texts):
        return False
    numbers = [int(re.sub(r"\D.*", "", text.lstrip("("))) for text in texts if text.lstrip("(")[:1].isdigit()]
    return bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in {0, 1, 2}


def period_cells(row: Sequence[object]) -> dict[int, int]:
    """Columns whose cell names a year, quarter or month, and its last month as an ordinal."""
    found: dict[int, int] = {}
    for place, cell in enumerate(row):
        if isinstance(cell, float | int | date) or (isinstance(cell, str) and 0 < len(cell) <= _LONG):
            span = None if isinstance(cell, bool) or _is_serial(cell) else read_span(cell)
            if span is not None:
                found[place] = span.end.ordinal
    return found


def _is_serial(cell: object) -> bool:
    """Five digits may be a day number of Excel, but hardly a heading."""
    return isinstance(cell, float | int) and 10_000 <= cell < 100_000


def _as_text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)[:_LONG]
