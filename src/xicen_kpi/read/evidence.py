"""What a column is by its cells: amounts, codes, days or text. Nothing is made a number that may be a code."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.read.cells import Memory, as_array
from xicen_kpi.read.codes import CodeFault, code_text
from xicen_kpi.read.columns import Fault, day_column, plain_numbers, triangles
from xicen_kpi.read.dates import day_number, read_day
from xicen_kpi.read.day_numbers import AS_DAY, names_days, shown_with_day
from xicen_kpi.read.headers import half_width
from xicen_kpi.read.kinds import BLANK, MARK, NUMBER, kind_of
from xicen_kpi.read.numbers import MAGNITUDES, Amount, Missing, missing_kind, read_amount, with_points
from xicen_kpi.read.patterns import Pattern
from xicen_kpi.read.periods import are_dotted_months

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SAMPLE = 200
_CODE_NAME = Pattern(
    r"(代码|编码|代号|编号|号码|证号|证书号|文号|邮编|邮政编码|电话|手机|传真|账号|帐号|身份证|\bid|code|sid|symbol|ticker|zip)(\([^)]*\))*\Z",
    re.IGNORECASE,
)
MIXED = "column-mixed"
_JUNK = 0.15
"""Share of cells that are no numbers up to which a column is still one of numbers, each such cell being said."""
_LONG_BEFORE_COMMA = Pattern(r"\d{4},|\.\d{3},")
_LONGEST_EXACT = 15
"""Digits that a number keeps."""


@dataclass(slots=True)
class TypedColumn:
    """A column of one type.

    Attributes:
        values: float64 for amounts, datetime64[ns] for days, else text (None where missing) or cells as they stand.
        unit: The unit that stands with every amount in its cell, or % where amounts are percentages.
        faults: Cells that are not what the column is.
        missing: Place to kind, of marks of absence that are not simply blank.
    """

    values: NDArray[Any]
    unit: str | None = None
    faults: list[Fault] = field(default_factory=list)
    missing: dict[int, Missing] = field(default_factory=dict)


def mixed_column(cells: Sequence[object], fault: Fault) -> TypedColumn:
    """Numbers and texts as they stand, and the first of the texts."""
    column = _texts(cells)
    column.faults.append(Fault(fault.place, MIXED, fault.raw))
    return column


def is_code_name(name: str) -> bool:
    """Whether a column's name says that its numbers are codes."""
    return _CODE_NAME.search(half_width(name)) is not None


def type_column(cells: Sequence[object], name: str) -> TypedColumn:
    """Types a column by the evidence of its cells; its name only decides whether whole numbers are codes."""
    kinds = set(map(type, cells)) - {type(None)}
    coded = is_code_name(name)
    if kinds <= {float, int, str} and names_days(name) and (days := _numbered_days(cells)) is not None:
        return days
    if kinds <= {float, int} and kinds:
        return _codes(cells) if coded else TypedColumn(_floats(cells))
    if not kinds or all(cell is None or cell == "" for cell in cells):
        return TypedColumn(np.full(len(cells), np.nan))
    if any(issubclass(kind, date) for kind in kinds):
        return _days(cells)
    if kinds <= {float, int, str} and not coded:
        amounts = _amounts(cells) or _pointed_amounts(cells)
        if amounts is not None:
            return amounts
    return _codes(cells) if coded else _texts(cells)


def _floats(cells: Sequence[object]) -> NDArray[np.float64]:
    return np.array([np.nan if cell is None else cell for cell in cells] if None in cells else cells, dtype=np.float64)


def _codes(cells: Sequence[object]) -> TypedColumn:
    memory = {cell: cell.isoformat() if isinstance(cell, date) else code_text(cell) for cell in set(cells)}
    values: list[object] = [memory[cell] for cell in cells]
    faults: list[Fault] = []
    if any(isinstance(code, CodeFault) for code in memory.values()):
        for place, code in enumerate(values):
            if isinstance(code, CodeFault):
                faults.append(Fault(place, code.value, cells[place]))
                values[place] = None
    return TypedColumn(as_array(values), faults=faults)


def _days(cells: Sequence[object]) -> TypedColumn:
    if all(kind_of(cell) in {BLANK, MARK} or read_day(cell) is not None for cell in cells):
        values, faults = day_column(cells, Memory())
        return TypedColumn(values, faults=faults)
    return _texts([cell.isoformat() if isinstance(cell, date) else cell for cell in cells])


def _numbered_days(cells: Sequence[object]) -> TypedColumn | None:
    """Days from a column that holds their numbers in Excel and nothing else."""
    shown = shown_with_day(cells)
    if shown is None or not all(kind_of(cell) in {BLANK, MARK} or day_number(cell) is not None for cell in cells):
        return None
    values, _ = day_column(cells, Memory())
    return TypedColumn(values, faults=[Fault(0, AS_DAY, shown)])


def _texts(cells: Sequence[object]) -> TypedColumn:
    values = [(cell.strip() or None) if cell.__class__ is str else cell for cell in cells]
    return TypedColumn(as_array(values))


def _amounts(cells: Sequence[object]) -> TypedColumn | None:
    """The column as amounts, if nearly all its cells are; None if they are text or may be codes."""
    if not _sample_is_numeric(cells) or _may_be_codes(cells) or are_dotted_months(cells):
        return None
    values, odd = plain_numbers(cells)
    column = TypedColumn(values)
    found: dict[int, Amount] = {}
    for place in odd:
        text = str(cells[place])
        amount = read_amount(text)
        kind = None if amount else missing_kind(text)
        if amount is not None:
            found[place] = amount
        elif kind is not None:
            column.missing |= {place: kind} if kind is not Missing.BLANK else {}
        else:
            column.faults.append(Fault(place, "unreadable-cell", cells[place]))
    plain = int(np.isfinite(values).sum())
    numbers = plain + len(found)
    if len(column.faults) > max(2, _JUNK * numbers) or len(column.faults) * 3 > numbers:
        return mixed_column(cells, column.faults[0]) if len(column.faults) < numbers else _texts(cells)
    _with_units(column, found, plain, cells)
    column.faults += triangles(cells, odd)
    return column


def _pointed_amounts(cells: Sequence[object]) -> TypedColumn | None:
    """Amounts with a comma for decimals; a list of small numbers such as 1,2 is text."""
    pointed = with_points(cells)
    if pointed is None or not any(_LONG_BEFORE_COMMA.search(str(cell)) for cell in cells):
        return None
    column = _amounts(pointed[0])
    if column is not None:
        column.faults.append(Fault(pointed[1], "decimal-comma", cells[pointed[1]]))
    return column


def _sample_is_numeric(cells: Sequence[object]) -> bool:
    step = max(1, len(cells) // _SAMPLE)
    kinds = [kind_of(cell) for cell in cells[::step]]
    numbers, blanks = kinds.count(NUMBER), kinds.count(BLANK) + kinds.count(MARK)
    if not numbers and step > 1:
        return False
    return numbers > 0 and numbers >= 0.5 * (len(kinds) - blanks)


def _may_be_codes(cells: Sequence[Any]) -> bool:
    """Whether a text among the cells would lose something as a number: leading zeros, or more than fifteen digits."""
    return any(
        (cell[:1] == "0" and cell[1:2].isdigit()) or (len(cell) > _LONGEST_EXACT and cell.strip().isdigit())
        for cell in cells
        if cell.__class__ is str
    )


def _with_units(column: TypedColumn, found: dict[int, Amount], plain: int, cells: Sequence[object]) -> None:
    """Brings amounts with units of their own to one unit: their common one, or plain numbers where they differ."""
    units = {amount.unit for amount in found.values()} - {None}
    if units == {"%"}:
        column.unit = "%"
        _with_percentages(column, found, cells)
        return
    one = units.pop() if len(units) == 1 and not plain and len({a.unit for a in found.values()}) == 1 else None
    column.unit = one if one and one not in MAGNITUDES else None
    for place, amount in found.items():
        column.values[place] = amount.value if amount.unit is None or column.unit else amount.value * _size(amount.unit)


def _with_percentages(column: TypedColumn, found: dict[int, Amount], cells: Sequence[object]) -> None:
    """Percentages as such; a bare number among them is a fraction that a spreadsheet only shows as a percentage."""
    marked = sum(amount.unit == "%" for amount in found.values())
    for place, value in enumerate(column.values.tolist()):
        if np.isfinite(value) and marked * 2 > np.isfinite(column.values).sum():
            column.faults.append(Fault(place, "percent-mixed", cells[place]))
            if not isinstance(cells[place], str):
                column.values[place] = value * 100
    for place, amount in found.items():
        column.values[place] = amount.value
        if amount.unit is None:
            column.faults.append(Fault(place, "percent-mixed", cells[place]))


def _size(unit: str) -> float:
    """How many of the basic unit a unit in a cell is: 万 and 万元 are ten thousand."""
    bare = unicodedata.normalize("NFKC", unit).removesuffix("元")
    return MAGNITUDES.get(bare, 1.0)
