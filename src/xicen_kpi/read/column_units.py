"""In which unit each number column stands: header, row, 单位 cell, title, sheet, file name, declared, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xicen_kpi.plan.source import CellType
from xicen_kpi.plan.units import normal_unit, same_kind
from xicen_kpi.read.columns import Scale
from xicen_kpi.read.headers import normal_name
from xicen_kpi.read.numbers import whole_unit
from xicen_kpi.read.table import UnitRead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.context import Context
    from xicen_kpi.read.locate import Located

_UNIT_COLUMNS = frozenset({"计量单位", "单位", "金额单位", "unit"})


class ColumnUnit(NamedTuple):
    """How a column's numbers come to the declared unit.

    Attributes:
        scale: From the file's unit to the declared one.
        read: The file's unit and where it was read.
        clash: A unit in the header that measures something else than the declared one.
    """

    scale: Scale
    read: UnitRead
    clash: str | None = None


def find_units(
    source: Source, located: Located, context: Context, body: Sequence[Sequence[object]]
) -> dict[str, ColumnUnit]:
    """The unit of every number column of the plan that the table has."""
    rows = _units_by_row(located, body)
    found: dict[str, ColumnUnit] = {}
    for name, place in located.places.items():
        column = source.columns[name]
        if column.type is CellType.NUMBER and column.unit is not None:
            header = located.headers[place]
            found[name] = _unit_of(column.unit, header.unit if header else None, rows, context)
    return found


def _unit_of(declared: str, header: str | None, rows: list[str | None] | None, context: Context) -> ColumnUnit:
    if header is not None:
        unit = whole_unit(header, declared)
        if not same_kind(unit, declared):
            return ColumnUnit(Scale(), UnitRead(header, "header"), clash=header)
        return ColumnUnit(Scale.between(unit, declared), UnitRead(header, "header"))
    if rows is not None and any(unit is not None and same_kind(unit, declared) for unit in rows):
        return _unit_by_row(declared, rows)
    for unit, place in context.units:
        if same_kind(unit, declared):
            return ColumnUnit(Scale.between(unit, declared), UnitRead(unit, place))
    return ColumnUnit(Scale(), UnitRead(declared, "declared"))


def _unit_by_row(declared: str, rows: list[str | None]) -> ColumnUnit:
    usable = [unit if unit is not None and same_kind(unit, declared) else declared for unit in rows]
    names = tuple(dict.fromkeys(usable))
    scales = {unit: Scale.between(unit, declared) for unit in names}
    read = UnitRead("、".join(names), "row")
    if len(names) == 1:
        return ColumnUnit(scales[names[0]], read)
    times = np.array([scales[unit].times for unit in usable], dtype=np.float64)
    over = np.array([scales[unit].over for unit in usable], dtype=np.float64)
    return ColumnUnit(Scale(times, over), read)


def _units_by_row(located: Located, body: Sequence[Sequence[object]]) -> list[str | None] | None:
    """The unit each row names in a column of its own; None without such a column."""
    for place, header in enumerate(located.headers):
        if header and normal_name(header.text) in _UNIT_COLUMNS:
            memory: dict[object, str | None] = {}
            cells = [row[place] if place < len(row) else "" for row in body]
            for cell in set(cells):
                memory[cell] = normal_unit(cell) if isinstance(cell, str) and cell else None
            if any(memory.values()):
                return [memory[cell] for cell in cells]
    return None
