"""In which unit each number column stands: header, row, 单位 cell, title, sheet, file name, declared, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from xicen_kpi.plan.source import CellType
from xicen_kpi.plan.units import known_units, normal_unit, same_kind
from xicen_kpi.read.cells import Memory, as_array
from xicen_kpi.read.columns import Scale
from xicen_kpi.read.headers import normal_name
from xicen_kpi.read.numbers import whole_unit
from xicen_kpi.read.table import UnitRead

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.blocks import Block
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


def find_units(source: Source, located: Located, context: Context, block: Block) -> dict[str, ColumnUnit]:
    """The unit of every number column of the plan that the table has."""
    rows = _row_units(located, block)
    found: dict[str, ColumnUnit] = {}
    for name, place in located.places.items():
        column = source.columns[name]
        if column.type is CellType.NUMBER and column.unit is not None:
            header = located.headers[place]
            found[name] = _unit_of(column.unit, header.unit if header else None, rows, context)
    return found


def units_by_row(located: Located) -> int | None:
    """The column of the table that names a unit for each row: 计量单位."""
    for place, header in enumerate(located.headers):
        if header and normal_name(header.text) in _UNIT_COLUMNS:
            return place
    return None


def _row_units(located: Located, block: Block) -> NDArray[Any] | None:
    """The unit of each row, from a column of its own; None without such a column."""
    place = units_by_row(located)
    if place is None:
        return None
    cells, memory = block.column(place), Memory()
    memory.learn(cells, lambda cell: normal_unit(cell) if isinstance(cell, str) and cell else None)
    if not any(memory.known.values()):
        return None
    if len(memory.known) == 1:
        return as_array(list(memory.known.values()))
    return memory.recall(cells)


def _unit_of(declared: str, header: str | None, rows: NDArray[Any] | None, context: Context) -> ColumnUnit:
    if header is not None:
        unit = whole_unit(header, declared)
        if not same_kind(unit, declared):
            return ColumnUnit(Scale(), UnitRead(header, "header"), clash=header)
        return ColumnUnit(Scale.between(unit, declared), UnitRead(header, "header"))
    if rows is not None and any(unit and same_kind(unit, declared) for unit in set(rows.tolist())):
        return _unit_by_row(declared, rows)
    for unit, place in context.units:
        if same_kind(unit, declared):
            return ColumnUnit(Scale.between(unit, declared), UnitRead(unit, place))
    return ColumnUnit(Scale(), UnitRead(declared, "declared"))


def _unit_by_row(declared: str, rows: NDArray[Any]) -> ColumnUnit:
    kept = {unit: unit if unit and same_kind(unit, declared) else declared for unit in set(rows.tolist())}
    names = sorted(set(kept.values()), key=known_units().index)
    read = UnitRead("、".join(names), "row")
    scales = {unit: Scale.between(kept[unit], declared) for unit in kept}
    if len(names) == 1:
        return ColumnUnit(Scale.between(names[0], declared), read)
    times = np.array([scales[unit].times for unit in rows], dtype=np.float64)
    over = np.array([scales[unit].over for unit in rows], dtype=np.float64)
    return ColumnUnit(Scale(times, over), read)
