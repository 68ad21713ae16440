"""What reading found wrong, in the terms of a check: which enterprise, which month, what it does to the figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.form import known_as
from xicen_kpi.checks.model import Suspicion
from xicen_kpi.checks.suspicions import stake
from xicen_kpi.checks.table import enterprise_of
from xicen_kpi.plan.source import CellType

if TYPE_CHECKING:
    from xicen_kpi.checks.material import Gathered
    from xicen_kpi.checks.model import Stake
    from xicen_kpi.checks.table import Table
    from xicen_kpi.checks.whole import Whole
    from xicen_kpi.errors import Finding, Location


def seen_while_reading(gathered: Gathered) -> list[Suspicion]:
    """The findings of reading, each with its enterprise and month where its row is in a table."""
    return [_known(gathered, found) for found in gathered.findings]


def _known(gathered: Gathered, found: Finding) -> Suspicion:
    if found.slug == "duplicate-key":
        return Suspicion(replace(found, parameters={**found.parameters, "code": found.parameters.get("key", "")}))
    for whole in gathered.wholes.values():
        stands = _row(whole, found.where)
        if stands is not None:
            table, row = stands
            about = {**table.who(row), **found.parameters}
            return Suspicion(replace(found, parameters=about), _lost(table, row, found))
    return Suspicion(found)


def _row(whole: Whole, where: Location) -> tuple[Table, int] | None:
    """A place in a table with all rows of its enterprise; None where its row is not there."""
    if where.row is None:
        return None
    for part in whole.parts:
        if (part.trail.path, part.trail.sheet) == (where.file, where.sheet):
            stands = whole.store.find(where.row, part.start, part.stop)
            if stands is not None:
                table = enterprise_of(whole, stands[1])
                return table, int(np.searchsorted(table.positions, stands[0]))
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
