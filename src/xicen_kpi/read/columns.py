"""Raw cells of one column to one typed array: fast where every cell is what it should be, cell by cell where not."""

from __future__ import annotations

import math
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from xicen_kpi.plan.units import factor
from xicen_kpi.read.book import FAULTY, NO_CODE
from xicen_kpi.read.cells import Cells, Memory, Repeated, Short, unfolded
from xicen_kpi.read.codes import CodeFault, code_text, uscc_text
from xicen_kpi.read.dates import read_day, read_span
from xicen_kpi.read.numbers import TRIANGLE, Missing, missing_kind, read_amount, scale_to, with_points
from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.read.book import CodeBook

_OPEN_ENDED = frozenset({"长期", "至今", "永久", "无固定期限", "无"})
_LAST_YEAR = 2261
"""datetime64[ns] ends in 2262; a later day, such as 9999-12-31, means no end."""

_LONGEST_MARK = 5
"""Characters up to which a text may be a mark of absence."""
_THOUSANDS = Pattern(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


class Fault(NamedTuple):
    """A cell that could not be read as its type: which one, which message, what stands there."""

    place: int
    slug: str
    raw: object


class Scale(NamedTuple):
    """From the file's unit to the declared one; divided where that is exact and multiplying is not."""

    times: float | NDArray[np.float64] = 1.0
    over: float | NDArray[np.float64] = 1.0

    @classmethod
    def between(cls, source: str, target: str) -> Scale:
        """The scale from one unit to another of the same kind."""
        forth = factor(source, target)
        return cls(times=forth) if forth >= 1 else cls(over=factor(target, source))

    def at(self, place: int, value: float) -> float:
        """One number brought to the declared unit."""
        times = self.times if isinstance(self.times, float) else self.times[place]
        over = self.over if isinstance(self.over, float) else self.over[place]
        return float(_tidy(np.array([value * times / over]))[0])

    @property
    def is_one(self) -> bool:
        """Whether nothing changes."""
        return bool(np.all(self.times == 1.0) and np.all(self.over == 1.0))


def number_column(cells: Cells, declared: str, scale: Scale) -> tuple[NDArray[np.float64], list[Fault]]:
    """Numbers in the declared unit, NaN where there is none, and the cells that are no numbers or were doubtful."""
    values, faults = _numbers(cells, declared, scale)
    if faults and (pointed := with_points(unfolded(cells))) is not None:
        values, faults = _numbers(pointed[0], declared, scale)
        faults.append(Fault(pointed[1], "decimal-comma", cells[pointed[1]]))
    return values, faults


def _numbers(cells: Cells, declared: str, scale: Scale) -> tuple[NDArray[np.float64], list[Fault]]:
    values, odd = plain_numbers(cells)
    if not scale.is_one:
        values = _tidy(values * scale.times / scale.over)
    faults = triangles(cells, odd)
    memory = Memory()
    for place in odd:
        cell = cells[place]
        if cell not in memory.known:
            memory.known[cell] = _own_amount(cell, declared)
        found = memory.known[cell]
        if found is None:
            faults.append(Fault(place, "unreadable-cell", cell))
        else:
            values[place] = found[0] if found[1] else scale.at(place, found[0])
    return values, faults


def triangles(cells: Cells, odd: Sequence[int]) -> list[Fault]:
    """The first cell that writes its minus as a triangle, to be said once."""
    first = next((place for place in odd if TRIANGLE in (text := str(cells[place])) and read_amount(text)), None)
    return [] if first is None else [Fault(first, "triangle-minus", cells[first])]


def plain_numbers(cells: Cells) -> tuple[NDArray[np.float64], list[int]]:
    """The numbers, and the places of cells that hold something else than a number or nothing."""
    if isinstance(cells, np.ndarray) and cells.dtype.kind == "f":
        return cells, []
    listed = unfolded(cells)
    kinds = set(map(type, listed))
    if kinds <= {float, int}:
        return np.array(listed, dtype=np.float64), []
    clean = _all_clean(listed) if kinds <= {float, int, str} else None
    if clean is not None:
        return clean, []
    values = np.full(len(listed), np.nan)
    odd: list[int] = []
    for index, cell in enumerate(listed):
        if cell.__class__ is float or cell.__class__ is int:
            values[index] = cell
        elif cell != "" and cell is not None:
            number = _quick(cell)
            if number is None:
                odd.append(index)
            else:
                values[index] = number
    return values, odd


def _all_clean(cells: Sequence[Any]) -> NDArray[np.float64] | None:
    """The numbers of a column in which every cell is one, or empty; float() would also take nan, inf and 1_000."""
    try:
        values = np.array([math.nan if cell == "" else float(cell) for cell in cells])
    except ValueError:
        return None
    if np.isfinite(values).sum() + cells.count("") < len(cells):
        return None
    return None if any(cell.__class__ is str and "_" in cell for cell in cells) else values


def _quick(cell: object) -> float | None:
    """The number of a text with no other ornament than commas; float() alone would also take nan, inf and 1_000."""
    if not isinstance(cell, str) or not cell.isascii() or "_" in cell:
        return None
    text = cell.strip()
    if not text[-1:].isdigit():
        return None
    if "," in text:
        text = text.replace(",", "") if _THOUSANDS.fullmatch(text) else "?"
    try:
        return float(text)
    except ValueError:
        return None


def _own_amount(cell: object, declared: str) -> tuple[float, bool] | None:
    """The cell's number and whether it stands in the declared unit already (3.606亿); NaN for a mark of absence."""
    if not isinstance(cell, str):
        return None
    found = read_amount(cell)
    if found is None:
        return (float("nan"), True) if missing_kind(cell) else None
    if found.unit is None:
        return found.value, False
    times = scale_to(found.unit, declared)
    return None if times is None else (found.value * times, True)


def _tidy(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The nearest numbers of 15 digits, which is what a spreadsheet keeps: 0.07 x 100 is 7, not 7.000000000000001."""
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = 15 - np.ceil(np.log10(np.abs(values)))
    digits = np.where(np.isfinite(digits), np.clip(digits, 0, 22), 0)
    power = 10.0**digits
    tidy: NDArray[np.float64] = np.where(digits > 0, np.rint(values * power) / power, values)
    return tidy


def month_column(cells: Cells, memory: Memory, *, whole_year: bool) -> tuple[NDArray[np.int64], list[Fault]]:
    """Months as ordinals, a year as its December, -1 where there is none. A span of months counts to its last."""

    def ordinal(cell: object) -> int | None:
        span = read_span(cell)
        if span is None:
            return -1 if _is_missing(cell) else None
        return (span.end.year_end if whole_year else span.end).ordinal

    return _mapped(cells, ordinal, memory, "int64", -1)


def day_column(cells: Cells, memory: Memory) -> tuple[NDArray[Any], list[Fault]]:
    """Days as datetime64[ns], NaT where there is none."""
    nothing = np.datetime64("NaT", "ns")

    def day(cell: object) -> np.datetime64 | None:
        found = read_day(cell)
        if isinstance(found, date):
            return np.datetime64(found, "ns") if found.year <= _LAST_YEAR else nothing
        return nothing if _is_missing(cell) or str(cell).strip() in _OPEN_ENDED else None

    return _mapped(cells, day, memory, "datetime64[ns]", nothing)


def code_column(
    cells: Cells, memory: Memory, *, unit_code: bool, folded: bool = False
) -> tuple[NDArray[Any] | pd.Categorical, list[Fault]]:
    """Codes as text, None where there is none; a code that a spreadsheet has rounded is a fault, not a value.

    Args:
        cells: The raw cells.
        memory: What cells of the column have been read as.
        unit_code: Whether the codes are of enterprises.
        folded: Whether cells that come by their few different values are handed on by them.
    """
    memory.learn(cells, uscc_text if unit_code else code_text)
    if memory.changes_nothing and isinstance(cells, np.ndarray):
        return cells, []
    has_faults = any(isinstance(code, CodeFault) for code in memory.known.values())
    if folded and isinstance(cells, Repeated) and not has_faults:
        return _folded(cells, memory), []
    codes = memory.recall(cells)
    faults: list[Fault] = []
    if has_faults:
        faults = [Fault(n, code.value, cells[n]) for n, code in enumerate(codes) if type(code) is CodeFault]
        codes[[fault.place for fault in faults]] = None
    return codes, faults


def enterprise_column(
    cells: Cells, book: CodeBook, *, lean: bool = False
) -> tuple[NDArray[Any] | None, NDArray[np.int64], list[Fault]]:
    """Codes of enterprises as text, None where there is none, with their places in the book (below 0: none).

    Args:
        cells: The raw cells.
        book: Where codes have their places.
        lean: Whether the places do.
    """
    if isinstance(cells, Short):
        places = book.places_of(cells)
    elif isinstance(cells, Repeated):
        own = np.unique(cells.codes)
        by_code = np.full(len(cells.values), NO_CODE, dtype=np.int64)
        by_code[own] = book.places([cells.values[code] for code in own.tolist()], len(own))
        places = by_code[cells.codes]
    else:
        cells = cells if isinstance(cells, np.ndarray) else unfolded(cells)
        places = book.places(cells, len(cells))
        if isinstance(cells, np.ndarray) and not book.respelt:
            return cells, places, []
    faulty = np.flatnonzero(places == FAULTY).tolist()
    faults = [Fault(n, book.faults[cells[n]].value, cells[n]) for n in faulty]
    return None if lean else book.texts(places), places, faults


def text_column(cells: Cells, memory: Memory, *, folded: bool = False) -> NDArray[Any] | pd.Categorical:
    """Texts in NFKC without blanks around them, None where there is none.

    Args:
        cells: The raw cells.
        memory: What cells of the column have been read as.
        folded: Whether cells that come by their few different values are handed on by them.
    """
    if isinstance(cells, np.ndarray) and memory.changes_nothing and _all_plain(cells.tolist()):
        return cells
    memory.learn(cells, _text)
    return _folded(cells, memory) if folded and isinstance(cells, Repeated) else memory.recalled(cells)


def _folded(cells: Repeated, memory: Memory) -> pd.Categorical:
    read = [memory.known[value] for value in cells.values[:-1]]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(text for text in read if text is not None))}
    by_code = np.array([*(-1 if text is None else numbers[text] for text in read), -1], dtype=np.int32)
    return pd.Categorical.from_codes(by_code[cells.codes], categories=pd.Index(list(numbers), dtype=object))


def _all_plain(cells: list[Any]) -> bool:
    """Whether every cell reads as itself for being a text in NFKC without blanks around it, too long for a mark."""
    if set(map(type, cells)) != {str} or min(map(len, cells)) <= _LONGEST_MARK:
        return False
    whole = "".join(cells)
    if whole.split() != [whole]:  # there are blanks; at an end of a cell?
        ends = "".join([cell[0] + cell[-1] for cell in cells])
        if ends.split() != [ends]:
            return False
    return unicodedata.is_normalized("NFKC", "\n".join(cells))


def _text(cell: object) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    if not unicodedata.is_normalized("NFKC", text):  # asking costs a tenth of doing it
        text = unicodedata.normalize("NFKC", text).strip()
    if len(text) <= _LONGEST_MARK and (
        not text or missing_kind(text) is Missing.NONE or text.casefold() in {"null", "nan", "#n/a"}
    ):
        return None
    return text


def _is_missing(cell: object) -> bool:
    return cell is None or cell != cell or (isinstance(cell, str) and missing_kind(cell) is not None)  # noqa: PLR0124 -- NaN


def _mapped(
    cells: Cells, read: Callable[[Any], Any], memory: Memory, dtype: str, nothing: object
) -> tuple[NDArray[Any], list[Fault]]:
    memory.learn(cells, read)
    if not memory.has_none:
        return memory.recall(cells, dtype), []
    found = memory.recall(cells)
    faults = [Fault(place, "unreadable-cell", cells[place]) for place, value in enumerate(found) if value is None]
    found[[fault.place for fault in faults]] = nothing
    return found.astype(dtype), faults
