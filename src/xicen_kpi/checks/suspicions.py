"""From rows that look wrong to suspicions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.model import Ranked, Stake, Suspicion
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from xicen_kpi.checks.table import Table


def suspect(
    table: Table,
    slug: str,
    row: int,
    column: str | None = None,
    /,
    *,
    change: float | None = None,
    **parameters: object,
) -> Suspicion:
    """One row that looks wrong.

    Args:
        table: Its table.
        slug: The rule.
        row: Its position.
        column: The cell's column.
        change: What the cell would change by; None where it is not about an amount.
        **parameters: Values that the sentence names.
    """
    found = finding(slug, table.where(row, column), **table.who(row), **parameters)
    if change is None or column is None:
        return Suspicion(found)
    return Suspicion(found, (stake(table, column, np.array([row]), np.array([change])),))


def stake(
    table: Table, column: str, rows: NDArray[np.int64], change: NDArray[np.float64], period: int | None = None
) -> Stake:
    """What some amounts of a column would change by."""
    return Stake(table, column, rows, change, period)


def each(
    table: Table,
    slug: str,
    rows: NDArray[np.int64],
    size: NDArray[np.float64],
    tell: Callable[[int], Suspicion],
    ties: NDArray[np.int64] | None = None,
) -> Iterator[Ranked]:
    """A suspicion for each row, the largest first; beyond a limit only how many more.

    Args:
        table: Their table.
        slug: The rule.
        rows: Positions of the rows.
        size: How large each is, in any one unit.
        tell: Makes the suspicion of a row.
        ties: Which of several of one size comes first, the one with the least; the first in the files unless given.
    """
    yield Ranked(table, slug, rows, size, table.positions[rows] if ties is None else ties, tell)


def reported(name: str, table: Table) -> dict[str, object]:
    """The column's header and unit, for a sentence."""
    return {"column": table.header(name), "unit": table.unit(name)}
