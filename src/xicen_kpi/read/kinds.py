"""What a cell is by what stands in it: the evidence from which headers, data and footers are told apart."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from xicen_kpi.read.dates import read_day, read_span
from xicen_kpi.read.headers import half_width
from xicen_kpi.read.numbers import missing_kind, read_amount
from xicen_kpi.read.patterns import Pattern
from xicen_kpi.read.unit_names import named_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

BLANK, NUMBER, DATE, MARK, TEXT = "b", "n", "d", "m", "t"
"""Empty; a number, also one written as text; a day or a period; a mark of absence such as —; any other text."""

_LONG = 40
"""No number and no date is longer."""
_SERIAL = Pattern(r"\s*\d{5}(?:\.\d*)?\s*")
_DAY = Pattern(r"\d\D\d{1,2}\D\d{1,2}日?\s*\Z|日\s*\Z")
_NO_UNIT = frozenset({"没有单位", "无单位", "无", "无量纲"})
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LABELLED = Pattern(r"[\u4e00-\u9fff()]{2,}\s*[:：]")
_LETTERS = Pattern(r"[甲乙丙丁戊己庚辛壬癸A-Za-z]|栏次|行次|\(?\d{1,3}\)?(?:=.*)?")


def kind_of(cell: object) -> str:
    """BLANK, NUMBER, DATE, MARK or TEXT."""
    if cell is None or cell == "":
        return BLANK
    if isinstance(cell, str):
        return _kind_of_text(cell) if len(cell) <= _LONG else (TEXT if cell.strip() else BLANK)
    if isinstance(cell, date):
        return DATE
    return NUMBER if isinstance(cell, int | float) and not isinstance(cell, bool) else TEXT


def is_empty(cell: object) -> bool:
    """Whether a cell holds nothing, or white space of any kind."""
    return cell is None or cell == "" or (isinstance(cell, str) and not cell.strip())


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
    return sum(not is_empty(cell) for cell in row)


def unit_text(cell: object) -> str | None:
    """The unit that a cell of its own names."""
    return named_unit(half_width(cell)) if isinstance(cell, str) and len(cell) <= _LONG else None


def is_unit_row(row: Sequence[object]) -> bool:
    """Whether most cells of a row are units: 指标 | 亿元 | % | 亿元."""
    texts = [cell for cell in row if kind_of(cell) not in {BLANK, MARK}]
    units = sum(unit_text(cell) is not None for cell in texts)
    none = sum(str(cell).strip() in _NO_UNIT for cell in texts)
    return units >= 1 and units + none >= 0.6 * (len(texts) - 1)


def numbers_columns(row: Sequence[object], below: Sequence[object]) -> bool:
    """Whether a row only numbers the columns; one above another such row does not: 甲 | 1 above 乙 | 2 are data."""
    return is_letter_row(row) and not is_letter_row(below)


def is_letter_row(row: Sequence[object]) -> bool:
    """Whether a row only numbers the columns: 甲 | 乙 | 丙 | 1 | 2 | 3, or A | B | C=A+B."""
    texts = [half_width(_as_text(cell)) for cell in row if kind_of(cell) != BLANK]
    if len(texts) > 2 and "".join(text.split("=")[0] for text in texts).upper() == _ALPHABET[: len(texts)]:
        return True
    if len(texts) < 2 or not all(_LETTERS.fullmatch(text) for text in texts):
        return False
    numbers = [int(re.sub(r"\D.*", "", text.lstrip("("))) for text in texts if text.lstrip("(")[:1].isdigit()]
    return bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in {0, 1, 2}


def is_box_row(row: Sequence[object], *, after_boxes: bool) -> bool:
    """Whether a row holds a code in boxes of one character each, as forms do: 统一社会信用代码： | 9 | 1 | 3."""
    texts = [half_width(_as_text(cell)) for cell in row if not is_empty(cell)]
    label = texts[:1] if row and not is_empty(row[0]) else []
    boxes = texts[len(label) :]
    if len(boxes) < 3 or not all(len(box) == 1 and box.isalnum() for box in boxes):
        return False
    return "代码" in label[0] if label else after_boxes


def reads_like_title(row: Sequence[object]) -> bool:
    """Whether most cells are labels such as 制表：甲, or dates and units beside one.

    指标名称 | 中国:CPI | 中国:PPI is a header: all cells but the first are labelled, and none is missing.
    """
    cells = [cell for cell in row if not is_empty(cell)]
    labelled = sum(_LABELLED.match(str(cell)) is not None for cell in cells)
    if 1 < labelled == len(cells) - 1 == filled(row[1 : len(cells)]) and not _LABELLED.match(str(cells[0])):
        return False
    others = sum(kind_of(cell) == DATE or unit_text(cell) is not None for cell in cells) if labelled else 0
    return (labelled + others) * 2 > len(cells)


def period_cells(row: Sequence[object]) -> dict[int, int]:
    """Columns whose cell names a year, quarter or month, not a day, and its last month as an ordinal."""
    found: dict[int, int] = {}
    for place, cell in enumerate(row):
        if isinstance(cell, float | int) or (
            isinstance(cell, str) and 0 < len(cell) <= _LONG and not _DAY.search(cell)
        ):
            span = None if isinstance(cell, bool) or _is_serial(cell) else read_span(cell)
            if span is not None:
                found[place] = span.end.ordinal
    return found


def _is_serial(cell: object) -> bool:
    """Five digits may be a day number of Excel, but hardly a heading."""
    if isinstance(cell, str):
        return _SERIAL.fullmatch(cell) is not None
    return isinstance(cell, float | int) and 10_000 <= cell < 100_000


def _as_text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)[:_LONG]
