"""In which unit each number column stands: what names it nearest to the column counts, else what the plan declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from xicen_kpi.plan.source import CellType
from xicen_kpi.plan.units import known_units, normal_unit, same_kind
from xicen_kpi.read.cells import Memory, as_array
from xicen_kpi.read.columns import Scale
from xicen_kpi.read.headers import half_width, normal_name
from xicen_kpi.read.numbers import whole_unit
from xicen_kpi.read.table import UnitRead
from xicen_kpi.read.unit_names import named_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def find_units(
    source: Source, located: Located, context: Context, block: Block, stated: Mapping[int, str]
) -> dict[str, ColumnUnit]:
    """The unit of every number column of the plan that the table has.

    In order: what the file states for the column outside of all cells, its header, the row, a 单位 cell, the title, the
    sheet, the file's name, and what the plan declares.

    Args:
        source: The declaration.
        located: The columns of the table.
        context: What stands around it.
        block: Some of its rows.
        stated: Column of the table to the unit that the file's metadata give it.
    """
    rows = _row_units(located, block)
    found: dict[str, ColumnUnit] = {}
    for name, place in located.places.items():
        column = source.columns[name]
        if column.type is CellType.NUMBER and column.unit is not None:
            header, own = located.headers[place], named_unit(half_width(stated.get(place, "")))
            read = UnitRead(own, "metadata") if own else UnitRead(header.unit if header else None, "header")
            found[name] = _unit_of(column.unit, read, rows, context)
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


def _unit_of(declared: str, own: UnitRead, rows: NDArray[Any] | None, context: Context) -> ColumnUnit:
    if own.unit is not None:
        unit = whole_unit(own.unit, declared)
        if not same_kind(unit, declared):
            return ColumnUnit(Scale(), own, clash=own.unit)
        return ColumnUnit(Scale.between(unit, declared), own)
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
