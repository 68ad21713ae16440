"""Rules about one item over the months of a year: 本月, 1—本月, and the month before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.items import Role
from xicen_kpi.checks.model import Rule
from xicen_kpi.checks.slips import in_slipped_file
from xicen_kpi.checks.suspicions import each, reported, suspect
from xicen_kpi.plan.source import Counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table

_ROUNDING = 1e-6
"""Part of an amount that rounding in another unit may cost; and one unit of the column in any case."""


@dataclass(frozen=True, slots=True)
class Cumulative:
    """A cumulative column of a monthly form, and the month's own beside it where there is one."""

    table: Table
    to_date: str
    month: str | None


def cumulative_columns(material: Material) -> list[Cumulative]:
    """Every cumulative number of this year in the monthly forms."""
    found = []
    for table in material.monthly:
        for role, name in table.roles.items():
            if role.to_date and not role.last_year and _is_flow(table, name):
                month = table.roles.get(Role(role.item, to_date=False))
                found.append(Cumulative(table, name, month))
    return found


def with_month(material: Material) -> list[Cumulative]:
    """Those that have the month's own value beside them."""
    return [one for one in cumulative_columns(material) if one.month is not None]


def first_months(material: Material) -> list[Cumulative]:
    """Those of forms without a January, so that February stands for both months."""
    return [one for one in with_month(material) if one.table.source.no_january]


def _is_flow(table: Table, name: str) -> bool:
    return table.source.columns[name].counts is Counts.YEAR_TO_DATE


def growing(material: Material) -> list[Cumulative]:
    """Those that only grow: no profits and other balances."""
    return [one for one in cumulative_columns(material) if not one.table.is_balance(one.to_date)]


def tolerance(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """By how much two amounts may differ through rounding, in their unit."""
    return np.maximum(1.0, _ROUNDING * np.abs(amounts))


def _slipped(one: Cumulative) -> NDArray[np.bool_]:
    """Rows in a file of another unit, or after a row in one."""
    own, previous = in_slipped_file(one.table, one.to_date), one.table.previous
    return own | ((previous >= 0) & own[previous])


def month_exceeds(material: Material, one: Cumulative) -> Doubts:  # noqa: ARG001 -- the form of a check
    """本月 ≤ 1—本月, from the second observation of the year on."""
    table, column = one.table, str(one.month)
    month, total = table.amounts(column), table.amounts(one.to_date)
    later = ~((table.months == 2) & table.source.no_january)
    bad = np.flatnonzero(later & (month > total + tolerance(total)))
    yield from each(
        table,
        "month-exceeds-cumulative",
        bad,
        (month - total)[bad],
        lambda row: suspect(
            table,
            "month-exceeds-cumulative",
            row,
            one.to_date,
            change=month[row] - total[row],
            month=month[row],
            total=total[row],
            **reported(one.to_date, table),
        ),
    )


def first_month_differs(material: Material, one: Cumulative) -> Doubts:  # noqa: ARG001 -- the form
    """In 1—2月 the month's own value is empty or equals the cumulative."""
    table, column = one.table, str(one.month)
    month, total = table.amounts(column), table.amounts(one.to_date)
    bad = np.flatnonzero((table.months == 2) & (np.abs(month - total) > tolerance(total)))
    yield from each(
        table,
        "first-month-differs",
        bad,
        (month - total)[bad],
        lambda row: suspect(
            table,
            "first-month-differs",
            row,
            one.to_date,
            change=month[row] - total[row],
            month=month[row],
            total=total[row],
            **reported(one.to_date, table),
        ),
    )


def cumulative_not_sum(material: Material, one: Cumulative) -> Doubts:  # noqa: ARG001 -- the form
    """上月累计 + 本月 = 本月累计."""
    table = one.table
    month, total = table.amounts(str(one.month)), table.amounts(one.to_date)
    before = np.where(table.previous >= 0, total[table.previous], np.nan)
    off = before + month - total
    # A month above its cumulative, or a file in another unit, is another rule's finding, not two for one slip.
    bad = np.flatnonzero((np.abs(off) > tolerance(total)) & (month <= total + tolerance(total)) & ~_slipped(one))
    yield from each(
        table,
        "cumulative-not-sum",
        bad,
        off[bad],
        lambda row: suspect(
            table,
            "cumulative-not-sum",
            row,
            one.to_date,
            change=off[row],
            before=before[row],
            month=month[row],
            total=total[row],
            difference=-off[row],
            **reported(one.to_date, table),
        ),
    )


def cumulative_falls(material: Material, one: Cumulative) -> Doubts:  # noqa: ARG001 -- the form
    """A cumulative below that of the month before; where 本月 is given, a negative one makes it a legal correction."""
    table = one.table
    total = table.amounts(one.to_date)
    before = np.where(table.previous >= 0, total[table.previous], np.nan)
    given = np.isfinite(table.amounts(one.month)) if one.month else np.zeros(len(total), dtype=np.bool_)
    bad = np.flatnonzero(~given & (before - total > tolerance(before)) & ~_slipped(one))
    yield from each(
        table,
        "cumulative-falls",
        bad,
        (before - total)[bad],
        lambda row: suspect(
            table,
            "cumulative-falls",
            row,
            one.to_date,
            change=before[row] - total[row],
            before=before[row],
            total=total[row],
            **reported(one.to_date, table),
        ),
    )


RULES = (
    Rule("month-exceeds-cumulative", with_month, month_exceeds, "month"),
    Rule("first-month-differs", first_months, first_month_differs, "month"),
    Rule("cumulative-not-sum", with_month, cumulative_not_sum, "month"),
    Rule("cumulative-falls", growing, cumulative_falls, "cumulative"),
)
