"""Slips of the unit: ten, a thousand or ten thousand times what an amount should be, or that part of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from xicen_kpi.checks.sharing import shared
from xicen_kpi.checks.table import band_of
from xicen_kpi.engine.exact import sums_in_parts
from xicen_kpi.plan.source import Counts, Frequency
from xicen_kpi.read.table import PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.checks.table import Table
    from xicen_kpi.checks.whole import Whole

SLIPS = ((10.0, 7.0, 14.0), (1_000.0, 700.0, 1_400.0), (10_000.0, 7_000.0, 14_000.0))
"""Factor of a slip and the window of ratios in which it is taken for one; the inverse alike."""

_SMALL = 100.0
"""Below so many units of the column on both sides nothing is taken for a slip."""
_FEWEST = 3


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
    """A sheet whose total of a month is in another unit.

    Attributes:
        sheet: Its number among the source's.
        month: Month ordinal.
        factor: By how much it is too large.
        total: The total of the enterprises that have both.
        base: What it is compared with.
    """

    sheet: int
    month: int
    factor: float
    total: float
    base: float


def file_slips(table: Table, column: str) -> list[FileSlip]:
    """Sheets whose total of a month is a slip against the same enterprises' last year or month before."""
    found = table.whole.once(("file_slips",), lambda: _file_slips(table.whole))
    return found.get(column, [])


def _file_slips(whole: Whole) -> dict[str, list[FileSlip]]:
    """Those of all flows, for which the rows are gone through once."""
    annual = whole.source.frequency is Frequency.ANNUAL
    columns = [
        name
        for role, name in whole.roles.items()
        if role.to_date and not role.last_year and (annual or whole.source.columns[name].counts is Counts.YEAR_TO_DATE)
    ]
    if not columns:
        return {}
    first, *others = shared(whole.codes.bands, whole.codes.jobs, partial(_summed, whole, columns))
    for share in others:
        for name, of_column in share.items():
            for place, compared in of_column.items():
                own = first[name].setdefault(place, [_Sum() for _ in compared])
                for one, other in zip(own, compared, strict=True):
                    one.add(other)
    return {name: list(_slipped(of_column)) for name, of_column in first.items()}


def _summed(whole: Whole, columns: list[str], bands: Sequence[int]) -> dict[str, _Sums]:
    """The sums of some bands by column."""
    sums: dict[str, _Sums] = {name: {} for name in columns}
    for number in bands:
        table = band_of(whole, number, [*columns, PERIOD])
        for name in columns:
            _add(table, name, sums[name])
        del table  # before the next is unpacked
    return sums


def _add(table: Table, column: str, sums: _Sums) -> None:
    """Adds the amounts of some enterprises to those of a sheet's months."""
    value = table.amounts(column)
    bases = [final(table, column)]
    if table.source.frequency is Frequency.MONTHLY:
        bases.append(_month_before(table, value))
    for sheet, part in enumerate(table.parts):
        rows = slice(part.start, part.stop)
        for turn, base in enumerate(bases):
            for month, own in _by_month(table.periods[rows], value[rows], base[rows]):
                sums.setdefault((sheet, month), [_Sum() for _ in bases])[turn].add(own)


@dataclass(slots=True)
class _Sum:
    """What enterprises have together, of those that have both: exact, whichever of them come first."""

    count: int = 0
    parts: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))

    def add(self, other: _Sum) -> None:
        """Takes more of them."""
        self.count += other.count
        for place in (0, 1):
            self.parts[place].extend(other.parts[place])


_Sums: TypeAlias = dict[tuple[int, int], list[_Sum]]
"""By a sheet's number and the month: against last year, and against the month before."""


def _slipped(sums: _Sums) -> Iterator[FileSlip]:
    for (sheet, month), compared in sorted(sums.items(), key=lambda pair: pair[0]):
        for one in compared:
            total, base = (math.fsum(parts) for parts in one.parts)
            factor = float(slip(np.array([total]), np.array([base]))[0])
            if factor != 1 and one.count >= _FEWEST:
                yield FileSlip(sheet, month, factor, total, base)
                break


def _month_before(table: Table, value: NDArray[np.float64]) -> NDArray[np.float64]:
    """The month before, brought to the row's length of year."""
    before = np.where(table.previous >= 0, value[table.previous], np.nan)
    return before / table.months[table.previous] * table.months


def _by_month(
    periods: NDArray[np.int64], value: NDArray[np.float64], base: NDArray[np.float64]
) -> Iterator[tuple[int, _Sum]]:
    """The rows of a month that have both a value and a base."""
    both = np.isfinite(value) & np.isfinite(base) & (periods >= 0)
    if not both.any():
        return
    first = int(periods[both].min())
    number = periods[both] - first
    counts = np.bincount(number)
    own, its = (sums_in_parts(amounts[both], number, len(counts)) for amounts in (value, base))
    for place in np.flatnonzero(counts).tolist():
        parts = ([float(part[place]) for part in own], [float(part[place]) for part in its])
        yield first + place, _Sum(int(counts[place]), parts)


def in_slipped_file(table: Table, column: str) -> NDArray[np.bool_]:
    """Rows whose amount is wrong because the whole file's unit is: one finding for the file, none for each row."""
    found = np.zeros(len(table.frame), dtype=np.bool_)
    for one in file_slips(table, column):
        part = table.parts[one.sheet]
        found[part.start : part.stop] |= table.periods[part.start : part.stop] == one.month
    return found
