"""Rules between sources: one enterprise's figure in two forms."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.model import Rule, Suspicion
from xicen_kpi.checks.suspicions import each, reported, suspect
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.units import factor, same_kind
from xicen_kpi.words.checks_bilingual import Both

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table

APART = 0.10
"""How far two forms' figures of one enterprise may differ, as a share of the monthly form's."""

SURVEY = (0.5, 2.0)
"""研发费用 (331) over 研究开发费用合计 (107-2, 7): both measure R&D, by different definitions."""

_SHARED = ("output", "revenue", "goods_sales", "rnd")


@dataclass(frozen=True, slots=True)
class Pair:
    """The same thing in two tables, at a month that both hold.

    Attributes:
        one: The table that is complained of.
        column: Its column.
        other: The table it is compared with.
        other_column: Its column.
        month: Month ordinal.
    """

    one: Table
    column: str
    other: Table
    other_column: str
    month: int

    def amounts(self) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Rows of the first table whose enterprise is in both, its amounts, and the other's in the same unit."""
        rows, places = self.one.at(self.month), self.other.at(self.month)
        by_code = dict(zip(self.other.codes[places].tolist(), places.tolist(), strict=True))
        by_code.pop(None, None)
        pairs = [(row, by_code[code]) for row in rows.tolist() if (code := self.one.codes[row]) in by_code]
        own = np.array([row for row, _ in pairs], dtype=np.int64)
        its = np.array([place for _, place in pairs], dtype=np.int64)
        scale = factor(self.other.unit(self.other_column), self.one.unit(self.column))
        return own, self.one.amounts(self.column)[own], self.other.amounts(self.other_column)[its] * scale


def _pair(one: Table, other: Table, items: tuple[str, str], as_of: int) -> Pair | None:
    column, other_column = one.item(items[0]), other.item(items[1])
    if column is None or other_column is None or not same_kind(one.unit(column), other.unit(other_column)):
        return None
    common = [month for month in one.held if month in other.held and month <= as_of]
    return Pair(one, column, other, other_column, common[-1]) if common else None


def shared(material: Material) -> list[Pair]:
    """One item in two forms: annual against December's cumulative, monthly against monthly."""
    pairs = [(annual, monthly) for annual in material.annual for monthly in material.monthly]
    pairs += [(later, first) for first, later in combinations(material.monthly, 2) if not _same_files(first, later)]
    found = [_pair(one, other, (item, item), material.as_of) for one, other in pairs for item in _SHARED]
    return [pair for pair in found if pair is not None]


def _same_files(one: Table, other: Table) -> bool:
    return bool({part.trail.path for part in one.parts} & {part.trail.path for part in other.parts})


def surveys(material: Material) -> list[Pair]:
    """107-2 against December's cumulative 研发费用."""
    found = [
        _pair(annual, monthly, ("rnd_total", "rnd"), material.as_of)
        for annual in material.annual
        for monthly in material.monthly
    ]
    return [pair for pair in found if pair is not None]


def figures_apart(material: Material, pair: Pair) -> Doubts:  # noqa: ARG001 -- the form of a check
    """Two forms give one enterprise figures that differ by more than a tenth."""
    rows, own, other = pair.amounts()
    with np.errstate(invalid="ignore"):
        off = np.abs(own - other) > APART * np.abs(other)
    yield from _tell("figures-apart", pair, rows[off], own[off], other[off])


def survey_differs(material: Material, pair: Pair) -> Doubts:  # noqa: ARG001 -- the form of a check
    """研发费用 (331) outside half to twice 107-2's total."""
    rows, own, other = pair.amounts()
    low, high = SURVEY
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = other / own
        off = (own > 0) & (other > 0) & ((ratio < low) | (ratio > high))
    yield from _tell("rnd-survey-differs", pair, rows[off], own[off], other[off])


def _tell(
    slug: str, pair: Pair, rows: NDArray[np.int64], own: NDArray[np.float64], other: NDArray[np.float64]
) -> Doubts:
    table = pair.one
    values = dict(zip(rows.tolist(), zip(own.tolist(), other.tolist(), strict=True), strict=True))
    title = pair.other.source.title

    def tell(row: int) -> Suspicion:
        mine, its = values[row]
        return suspect(
            table,
            slug,
            row,
            pair.column,
            change=its - mine,
            value=mine,
            other=its,
            ratio=mine / its if its else float("inf"),
            form=Both(title.zh, title.en),
            other_column=pair.other.header(pair.other_column),
            month=str(Month.of_ordinal(pair.month)),
            **reported(pair.column, table),
        )

    yield from each(table, slug, rows, own - other, tell)


RULES = (
    Rule("figures-apart", shared, figures_apart, "two_forms"),
    Rule("rnd-survey-differs", surveys, survey_differs, "survey"),
)
