"""Slips of the unit: ten, a thousand or ten thousand times what an amount should be, or that part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from xicen_kpi.plan.source import Frequency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from xicen_kpi.checks.table import Part, Table

SLIPS = ((10.0, 7.0, 14.0), (1_000.0, 700.0, 1_400.0), (10_000.0, 7_000.0, 14_000.0))
"""Factor of a slip and the window of ratios in which it is taken for one; the inverse alike."""

_SMALL = 100.0
"""Below so many units of the column on both sides nothing is taken for a slip."""
_FEWEST = 3
_NEVER = 10**9
"""Later than any month."""


def final(table: Table, column: str) -> NDArray[np.float64]:
    """The enterprise's own value of a year before, as last year's file has it."""
    place = table.before(12)
    return np.where(place >= 0, table.amounts(column)[place], np.nan)


def slip(value: NDArray[np.float64], base: NDArray[np.float64]) -> NDArray[np.float64]:
    """The factor by which each value is too large (0.1 and so on: too small); 1 where it is no slip."""
    found = np.ones(len(value))
    large = np.maximum(value, base) >= _SMALL
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where((value > 0) & (base > 0) & large, value / base, 1.0)
    for factor, low, high in SLIPS:
        found[(ratio >= low) & (ratio <= high)] = factor
        found[(ratio >= 1 / high) & (ratio <= 1 / low)] = 1 / factor
    return found


class FileSlip(NamedTuple):
    """A sheet whose total of a month is in another unit: the factor, the total, and what it is compared with."""

    part: Part
    month: int
    factor: float
    total: float
    base: float


def file_slips(table: Table, column: str) -> list[FileSlip]:
    """Sheets whose total of a month is a slip against the same enterprises' last year or month before."""
    return table.once(("file_slips", column), lambda: list(_file_slips(table, column)))


def _file_slips(table: Table, column: str) -> Iterator[FileSlip]:
    value = table.amounts(column)
    bases = [final(table, column)]
    if table.source.frequency is Frequency.MONTHLY:
        bases.append(_month_before(table, value))
    for part in table.parts:
        rows = slice(part.start, part.stop)
        months = table.periods[rows]
        first = int(months[months >= 0].min(initial=_NEVER))
        totals = [_totals(months, value[rows], base[rows]) for base in bases]
        for month in range(first, first + len(totals[0][0])):
            for known, own, its in totals:
                at = [month - first]
                factor = float(slip(own[at], its[at])[0])
                if factor != 1 and known[at][0] >= _FEWEST:
                    yield FileSlip(part, month, factor, float(own[at][0]), float(its[at][0]))
                    break


def _month_before(table: Table, value: NDArray[np.float64]) -> NDArray[np.float64]:
    """The month before, brought to the row's length of year."""
    before = np.where(table.previous >= 0, value[table.previous], np.nan)
    return before / table.months[table.previous] * table.months


def _totals(
    periods: NDArray[np.int64], value: NDArray[np.float64], base: NDArray[np.float64]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """By month from the first on: how many have both a value and a base, and the sums of both."""
    dated = periods >= 0
    if not dated.any():
        return np.zeros(0), np.zeros(0), np.zeros(0)
    first, size = int(periods[dated].min()), int(np.ptp(periods[dated])) + 1
    both = np.isfinite(value) & np.isfinite(base) & dated
    number = periods[both] - first
    sums = (np.bincount(number, weights=amounts[both], minlength=size) for amounts in (value, base))
    own, its = sums
    return np.bincount(number, minlength=size), own, its


def in_slipped_file(table: Table, column: str) -> NDArray[np.bool_]:
    """Rows whose amount is wrong because the whole file's unit is: one finding for the file, none for each row."""
    found = np.zeros(len(table.frame), dtype=np.bool_)
    for one in file_slips(table, column):
        part = one.part
        found[part.start : part.stop] |= table.periods[part.start : part.stop] == one.month
    return found
