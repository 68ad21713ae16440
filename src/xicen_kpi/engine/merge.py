"""Many rows to few entries: what is left of the rows whose enterprises nobody asks about.

A slice of rows becomes one of months: counts and sums are added, different values kept once each. Sums stay exact: they
are kept in parts that are brought together, and rounded once, when the answer is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.engine.breakdown import Slice, counts, different
from xicen_kpi.engine.exact import sums_in_parts
from xicen_kpi.engine.question import Ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def merged(ask: Ask, slices: Sequence[Slice]) -> list[Slice]:
    """The same answer by month alone, from as few entries as it takes."""
    months = _one([one.months for one in slices])
    cells = None if slices[0].cells is None else _one([one.cells for one in slices if one.cells is not None])
    base = int(months.min())
    count = int(months.max()) - base + 1
    plain = all(one.rows is None for one in slices)
    if ask in {Ask.DISTINCT, Ask.LATEST} and cells is not None:
        if count == 1 and plain and different(cells) == len(cells):
            return list(slices)
        return _different(months, cells, *_counted(slices))
    groups = months - base
    if cells is None:
        own = np.bincount(groups, weights=None if plain else _counted(slices)[0], minlength=count)
        return _entries(base, None, own.astype(np.int64), np.zeros(count, dtype=np.int64))
    there = ~np.isnan(cells)
    whole = bool(there.all())
    amounts, of = (cells, groups) if whole else (cells[there], groups[there])
    if plain:
        rows = _sizes(of, count)
        missing = _sizes(groups, count) - rows
    else:
        rows, missing = (
            np.bincount(groups, weights=each, minlength=count).astype(np.int64) for each in _counted(slices)
        )
    parts = sums_in_parts(amounts, of, count) or [np.zeros(count)]
    found = _entries(base, np.where(rows > 0, parts[0], np.nan), rows, missing)
    nothing = np.zeros(count, dtype=np.int64)
    for part in parts[1:]:
        found += _entries(base, part, nothing, nothing, np.flatnonzero(part))
    return found


def counted_apart(rows: Slice) -> list[Slice]:
    """How many different values rows have month by month, where none of them is in two rows of a month."""
    base = int(rows.months.min())
    own, missing = (np.bincount(rows.months - base, weights=each).astype(np.int64) for each in counts(rows))
    return [one._replace(different=one.rows) for one in _entries(base, None, own, missing)]


def _sizes(groups: NDArray[Any], count: int) -> NDArray[np.int64]:
    """How many entries each month has."""
    return np.array([len(groups)]) if count == 1 else np.bincount(groups, minlength=count)


def _entries(
    base: int,
    cells: NDArray[np.float64] | None,
    rows: NDArray[np.int64],
    missing: NDArray[np.int64],
    at: NDArray[np.int64] | None = None,
) -> list[Slice]:
    """One entry for each month that has any row, or for some months."""
    places = np.flatnonzero(rows + missing) if at is None else at
    if not len(places):
        return []
    months = (places + base).astype(np.int16)
    return [Slice(months, (), None if cells is None else cells[places], rows[places], missing[places])]


def _one(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _different(
    months: NDArray[Any], cells: NDArray[Any], rows: NDArray[np.int64], missing: NDArray[np.int64]
) -> list[Slice]:
    """Each different value of each month once, a missing one too."""
    values, place = np.unique(cells, return_inverse=True)
    own, month = np.unique(months, return_inverse=True)
    pairs, group = np.unique(month * len(values) + place, return_inverse=True)
    sums = [np.bincount(group, weights=each, minlength=len(pairs)).astype(np.int64) for each in (rows, missing)]
    return [Slice(own[pairs // len(values)], (), values[pairs % len(values)], *sums)]


def _counted(slices: Sequence[Slice]) -> list[NDArray[np.int64]]:
    """Rows with and without a value of all entries."""
    return [_one(side) for side in zip(*(counts(one) for one in slices), strict=True)]
