"""Rules about size: amounts that stand in the wrong unit, swings on last year, and last year's value restated.

An enterprise's amount in the wrong unit is seen against its own last year and against the median of its own last twelve
months, a whole file's against the same enterprises' last year or month before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.model import Rule, Suspicion
from xicen_kpi.checks.slips import SLIPS, file_slips, final, in_slipped_file, slip
from xicen_kpi.checks.suspicions import each, reported, stake, suspect
from xicen_kpi.checks.table import months_of
from xicen_kpi.errors import Location
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import Counts, Frequency
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table

SWING, SHARE = 0.5, 0.01
"""A change on last year beyond ±50 %, of more than 1 % of all enterprises' total, is to be confirmed."""

RESTATED = 0.005
"""Last year's value in the file and last year's own final may be half a per cent apart."""

_HISTORY, _ENOUGH = 12, 3
_BLOCK = 100_000


@dataclass(frozen=True, slots=True)
class Amount:
    """A column of this year's amounts, from January to the period."""

    table: Table
    column: str


def flows(material: Material) -> list[Amount]:
    """This year's flows in the forms, balances aside: cumulative in a monthly form, the year's in an annual one."""
    found = []
    for table in material.forms:
        for role, name in table.roles.items():
            counts = table.source.columns[name].counts
            annual = table.source.frequency is Frequency.ANNUAL and counts is not Counts.LEVEL
            if (
                role.to_date
                and not role.last_year
                and not table.is_balance(name)
                and (annual or counts is Counts.YEAR_TO_DATE)
            ):
                found.append(Amount(table, name))
    return found


def last_year(table: Table, column: str) -> NDArray[np.float64]:
    """上年同期 of a column: as the file states it, else the enterprise's own value of a year before."""
    own = final(table, column)
    counterpart = table.source.columns[column].last_year
    if counterpart is None or not table.has(counterpart):
        return own
    stated = table.amounts(counterpart)
    return np.where(np.isfinite(stated), stated, own)


def began_last_year(table: Table) -> NDArray[np.bool_]:
    """Rows whose enterprise came into the form in the course of last year: its last year is not a whole one."""
    if not len(table.frame):
        return np.zeros(0, dtype=np.bool_)
    first = np.full(int(table.ids.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    known = table.ids >= 0
    np.minimum.at(first, table.ids[known], table.periods[known])
    own = np.where(known, first[np.where(known, table.ids, 0)] if len(first) else 0, 0)
    # A form without a January begins in February.
    start = (table.periods // 12 - 1) * 12 + int(table.source.no_january)
    return (own > start) & (own > min(table.held, default=0))


def usual(table: Table, column: str) -> NDArray[np.float64]:
    """Median of the own last twelve months, brought to the row's length of year.

    NaN with fewer than three months, and where no month of them is far enough away for the median to be.
    """
    rate = table.amounts(column) / table.months
    found = np.full(len(rate), np.nan)
    places = _uneven(table, rate)
    for start in range(0, len(places), _BLOCK):
        some = places[start : start + _BLOCK]
        rows = table.in_time[some]
        past = _past(table, rate, some, rows)
        with np.errstate(invalid="ignore"):
            own, nearest = rate[rows], SLIPS[0][1]
            far = (own > nearest * np.fmin.reduce(past)) | (own * nearest < np.fmax.reduce(past))
        found[rows[far]] = _median(past[:, far])
    return found * table.months


def _uneven(table: Table, rate: NDArray[np.float64]) -> NDArray[np.int64]:
    """Places in time of the enterprises that have a slip between their least and their greatest rate at all."""
    ids, sorted_rate = table.ids[table.in_time], rate[table.in_time]
    starts = np.flatnonzero(np.concatenate([[True], ids[1:] != ids[:-1]])) if len(ids) else np.zeros(0, np.int64)
    if not len(starts):
        return starts
    least, greatest = (one.reduceat(sorted_rate, starts) for one in (np.fmin, np.fmax))
    with np.errstate(invalid="ignore"):
        uneven = (greatest > SLIPS[0][1] * least) & (ids[starts] >= 0)
    return np.flatnonzero(np.repeat(uneven, np.diff(starts, append=len(ids))))


def _past(
    table: Table, rate: NDArray[np.float64], places: NDArray[np.int64], rows: NDArray[np.int32]
) -> NDArray[np.float64]:
    """The rates of the twelve rows before each, NaN where they are another enterprise's or too old."""
    past = np.full((_HISTORY, len(rows)), np.nan)
    for back in range(1, _HISTORY + 1):
        place = places - back
        earlier = table.in_time[np.maximum(place, 0)]
        age = table.periods[rows] - table.periods[earlier]
        holds = (place >= 0) & (table.ids[rows] == table.ids[earlier]) & (age > 0) & (age <= _HISTORY)
        past[back - 1, holds] = rate[earlier[holds]]
    return past


def _median(past: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median of each column without its missing values; NaN with too few."""
    ranked = np.sort(past, axis=0)
    known = np.isfinite(ranked).sum(axis=0)
    across = np.arange(ranked.shape[1])
    middle = (ranked[np.maximum(known - 1, 0) // 2, across] + ranked[np.minimum(known // 2, _HISTORY - 1), across]) / 2
    return np.where(known >= _ENOUGH, middle, np.nan)


def unit_slip(material: Material, one: Amount) -> Doubts:  # noqa: ARG001 -- the form of a check
    """An enterprise's amount in another unit."""
    table = one.table
    value, base = table.amounts(one.column), last_year(table, one.column)
    factor = np.where(began_last_year(table), 1.0, slip(value, base))
    if table.source.frequency is Frequency.MONTHLY:
        past = usual(table, one.column)
        by_history = slip(value, past)
        base = np.where(factor == 1, past, base)
        factor = np.where(factor == 1, by_history, factor)
    factor[in_slipped_file(table, one.column)] = 1.0
    bad = np.flatnonzero(factor != 1)
    change = value / factor - value
    yield from each(
        table,
        "unit-slip",
        bad,
        change[bad],
        lambda row: suspect(
            table,
            "unit-slip",
            row,
            one.column,
            change=change[row],
            value=value[row],
            base=base[row],
            factor=_shown_factor(factor[row]),
            **reported(one.column, table),
        ),
    )


def file_unit_slip(material: Material, one: Amount) -> Doubts:  # noqa: ARG001 -- the form of a check
    """A whole file in another unit."""
    for place, month, factor, total, base in file_slips(one.table, one.column):
        table = months_of(one.table.whole, month)
        part, value = table.parts[place], table.amounts(one.column)
        rows = np.arange(part.start, part.stop)
        where = Location(part.trail.path, sheet=part.trail.sheet, field=table.shown_header(part, one.column))
        found = finding(
            "file-unit-slip",
            where,
            period=str(Month.of_ordinal(month)),
            value=total,
            base=base,
            factor=_shown_factor(factor),
            **reported(one.column, table),
        )
        yield Suspicion(found, (stake(table, one.column, rows, value[rows] / factor - value[rows]),))


def _shown_factor(factor: float) -> str:
    return f"{factor:,.0f}" if factor >= 1 else f"1/{1 / factor:,.0f}"


def compared(material: Material) -> list[Amount]:
    """Amounts that have 上年同期 beside them, or that a figure of an annual form is made of."""
    return [
        one
        for one in flows(material)
        if one.table.source.columns[one.column].last_year or one.table.source.frequency is Frequency.ANNUAL
    ]


def swing(material: Material, one: Amount) -> Doubts:
    """A change on last year beyond limits, in the latest period, of more than a hundredth of the total."""
    table = one.table
    now = table.last_held(material.as_of)
    value, base = table.amounts(one.column), last_year(table, one.column)
    total = table.whole.total(one.column, now)
    change = value - base
    far = (np.abs(change) > SWING * np.abs(base)) & (np.abs(change) > SHARE * abs(total)) & (base != 0)
    bad = np.flatnonzero(far & (table.periods == now) & (slip(value, base) == 1))
    yield from each(
        table,
        "swing",
        bad,
        change[bad],
        lambda row: suspect(
            table,
            "swing",
            row,
            one.column,
            change=-change[row],
            value=value[row],
            base=base[row],
            growth=change[row] / abs(base[row]),
            share=abs(change[row]) / abs(total),
            **reported(one.column, table),
        ),
    )


def stated(material: Material) -> list[Amount]:
    """Cumulative amounts with 上年同期 beside them."""
    return [
        one
        for one in flows(material)
        if (name := one.table.source.columns[one.column].last_year) is not None and one.table.has(name)
    ]


def last_year_differs(material: Material, one: Amount) -> Doubts:
    """上年同期 in the file against last year's own final, this year, once for each enterprise."""
    table, counterpart = one.table, str(one.table.source.columns[one.column].last_year)
    said, own = table.amounts(counterpart), final(table, one.column)
    this_year = (table.periods // 12 == material.as_of // 12) & (table.periods <= material.as_of)
    with np.errstate(invalid="ignore"):
        off = this_year & (np.abs(said - own) > np.maximum(RESTATED * np.abs(own), 1.0))
    rows = np.flatnonzero(off)
    rows = rows[np.argsort(-table.periods[rows], kind="stable")]
    ids, first, counts = np.unique(table.ids[rows], return_index=True, return_counts=True)
    bad, months = rows[first], dict(zip(rows[first].tolist(), counts.tolist(), strict=True))
    yield from each(
        table,
        "last-year-differs",
        bad[ids >= 0],
        (said - own)[bad[ids >= 0]],
        lambda row: suspect(
            table,
            "last-year-differs",
            row,
            counterpart,
            change=own[row] - said[row],
            said=said[row],
            own=own[row],
            difference=said[row] - own[row],
            months=months[row],
            **reported(counterpart, table),
        ),
        table.entrance[bad[ids >= 0]],
    )


RULES = (
    Rule("unit-slip", flows, unit_slip, "amounts"),
    Rule("file-unit-slip", flows, file_unit_slip, "amounts", whole=True),
    Rule("swing", compared, swing, "last_year"),
    Rule("last-year-differs", stated, last_year_differs, "last_year"),
)
