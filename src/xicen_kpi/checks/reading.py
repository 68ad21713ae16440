"""What reading found wrong, in the terms of a check: which enterprise, which month, what it does to the figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.model import Suspicion
from xicen_kpi.checks.suspicions import stake
from xicen_kpi.checks.table import known_as
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.table import ROW

if TYPE_CHECKING:
    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Stake
    from xicen_kpi.checks.table import Table
    from xicen_kpi.errors import Finding, Location


def seen_while_reading(material: Material) -> list[Suspicion]:
    """The findings of reading, each with its enterprise and month where its row is in a table."""
    return [_known(material, found) for found in material.findings]


def _known(material: Material, found: Finding) -> Suspicion:
    if found.slug == "duplicate-key":
        return Suspicion(replace(found, parameters={**found.parameters, "code": found.parameters.get("key", "")}))
    for table in material.tables.values():
        row = _row(table, found.where)
        if row is not None:
            about = {**table.who(row), **found.parameters}
            return Suspicion(replace(found, parameters=about), _lost(table, row, found))
    return Suspicion(found)


def _row(table: Table, where: Location) -> int | None:
    """Position of a place in a table; None where its row is not there."""
    if where.row is None:
        return None
    for part in table.parts:
        if (part.trail.path, part.trail.sheet) == (where.file, where.sheet) and part.stop > part.start:
            rows = table.frame[ROW].to_numpy()[part.start : part.stop]
            hit = np.flatnonzero(rows == where.row)
            if len(hit):
                return part.start + int(hit[0])
    return None


def _lost(table: Table, row: int, found: Finding) -> tuple[Stake, ...]:
    """A number that could not be read is missing: about as much as the month before, else as last year."""
    column = _column(table, found.where.field)
    if found.slug != "unreadable-cell" or column is None:
        return ()
    before, year = int(table.previous[row]), int(table.before(12)[row])
    for place in (before, year):
        if place >= 0 and np.isfinite(amount := table.amounts(column)[place]):
            return (stake(table, column, np.array([row]), np.array([amount])),)
    return ()


def _column(table: Table, header: str | None) -> str | None:
    if header is None:
        return None
    for name, column in table.source.columns.items():
        if column.type is CellType.NUMBER and any(
            set(known_as(text)) & set(known_as(header)) for text in column.header
        ):
            return name
    return None
