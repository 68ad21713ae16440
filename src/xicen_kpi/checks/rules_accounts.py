"""Rules between the items of one form: parts and wholes, R&D and costs, the identity of the operating profit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.form import known_as
from xicen_kpi.checks.items import industrial_class
from xicen_kpi.checks.model import Rule, Suspicion
from xicen_kpi.checks.rules_months import tolerance
from xicen_kpi.checks.suspicions import each, reported, suspect
from xicen_kpi.checks.within import Items, Whole, having, sum_of, wholes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table

SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "rnd_total",
        (
            "rnd_labour",
            "rnd_direct",
            "rnd_depreciation",
            "rnd_amortisation",
            "rnd_design",
            "rnd_commissioning",
            "rnd_outsourced",
            "rnd_other",
        ),
    ),
    (
        "rnd_outsourced",
        (
            "rnd_outsourced_institutes",
            "rnd_outsourced_universities",
            "rnd_outsourced_enterprises",
            "rnd_outsourced_abroad",
        ),
    ),
)
"""Wholes that are the sum of their parts: 107-2, 7 = 8+…+14+19 and 14 = 15+…+18."""

FUNDING = (
    ("rnd_total", ("rnd_from_own", "rnd_from_government", "rnd_from_banks", "rnd_from_venture", "rnd_from_others")),
)
"""107-2: what was spent was paid for from somewhere."""

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("rnd_staff", ("rnd_staff_management",)),
    ("rnd_staff", ("rnd_staff_women",)),
    ("rnd_staff", ("rnd_staff_full_time",)),
    ("rnd_staff", ("rnd_staff_graduates",)),
    ("rnd_staff", ("rnd_staff_outside",)),
    ("rnd_staff", ("institution_staff",)),
    ("rnd_staff_graduates", ("institution_doctors", "institution_masters")),
    ("institution_staff", ("institution_doctors", "institution_masters")),
    ("rnd_total", ("institution_cost",)),
    ("rnd_assets", ("rnd_equipment",)),
    ("patents", ("patents_invention",)),
    ("patents_held", ("patents_used",)),
    ("new_products", ("new_products_exported",)),
)
"""Items that are no less than the sum of some of theirs (其中): the audit formulas of 107-2."""

_COSTS = ("cost", "selling", "administration", "finance")
_PROFIT = ("revenue", "cost", "taxes", "selling", "administration", "rnd", "finance", "operating_profit")
_LOSSES = ("asset_loss", "credit_loss")
_GAINS = ("other_income", "investment_income", "hedging", "fair_value", "disposal")
_IDENTITY, _IDENTITY_LOOSE = 0.01, 0.10
_RND_SHARE = 0.5
_SALES = (0.6, 1.3)


def _part_rule(slug: str, one: Whole, wrong: Callable[..., NDArray[np.bool_]]) -> Doubts:
    table, parts = one.table, sum_of(one.table, one.parts)
    whole = table.amounts(one.whole)
    bad = np.flatnonzero(wrong(whole, parts))
    yield from each(
        table,
        slug,
        bad,
        (whole - parts)[bad],
        lambda row: suspect(
            table,
            slug,
            row,
            one.whole,
            change=parts[row] - whole[row],
            total=whole[row],
            parts=parts[row],
            names=[table.header(name) for name in one.parts],
            **reported(one.whole, table),
        ),
    )


def sum_rule(slug: str, scope: Callable[[Material], list[Whole]], needs: str) -> Rule:
    """Σ parts = total, but for the rounding of each."""

    def check(material: Material, one: Whole) -> Doubts:  # noqa: ARG001 -- the form of a check
        rounding = 0.5 * len(one.parts)
        yield from _part_rule(
            slug, one, lambda whole, parts: np.abs(whole - parts) > np.maximum(tolerance(whole), rounding)
        )

    return Rule(slug, scope, check, needs)


def classes(material: Material) -> list[Whole]:
    """B204-1: 工业总产值 and its columns by class (小类), where the plan declares all that the files have."""
    found = []
    for table in material.forms:
        of_class = {role: name for role, name in table.roles.items() if _class_of(table, name)}
        for role, name in table.roles.items():
            parts = tuple(part for other, part in of_class.items() if other[1:] == role[1:])
            if role.item == "output" and parts and not _undeclared(table, of_class.values()):
                found.append(Whole(table, name, parts))
    return found


def _class_of(table: Table, name: str) -> bool:
    return any(industrial_class(header) for header in table.source.columns[name].header)


def _undeclared(table: Table, declared: Iterable[str]) -> bool:
    """Whether some file has a class that the plan does not name: then the declared ones are not the whole."""
    known = {
        spelling for name in declared for header in table.source.columns[name].header for spelling in known_as(header)
    }
    headers = {text for part in table.parts for text in part.trail.columns if industrial_class(text)}
    return any(known.isdisjoint(known_as(text)) for text in headers)


def part_exceeds(material: Material, one: Whole) -> Doubts:  # noqa: ARG001 -- the form of a check
    """No 其中 above its item."""
    yield from _part_rule("part-exceeds-whole", one, lambda whole, parts: parts - whole > 1e-9 * np.abs(whole))


def exports_exceed(material: Material, one: Items) -> Doubts:  # noqa: ARG001 -- the form of a check
    """出口交货值 ≤ 工业销售产值."""
    table, exports, sales = one.table, one.amounts("exports"), one.amounts("sales_output")
    bad = np.flatnonzero(exports > sales + tolerance(sales))
    column = one.columns["exports"]
    yield from each(
        table,
        "exports-exceed-sales",
        bad,
        (exports - sales)[bad],
        lambda row: suspect(
            table,
            "exports-exceed-sales",
            row,
            column,
            change=sales[row] - exports[row],
            exports=exports[row],
            sales=sales[row],
            unit=table.unit(column),
        ),
    )


def sales_ratio(material: Material, one: Items) -> Doubts:
    """产销率 between 60 and 130 %, in the latest month."""
    table, sales, output = one.table, one.amounts("sales_output"), one.amounts("output")
    low, high = _SALES
    now = table.periods == table.last_held(material.as_of)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = sales / output
    bad = np.flatnonzero(now & (output > 0) & ((ratio < low) | (ratio > high)))
    column = one.columns["sales_output"]
    yield from each(
        table,
        "sales-output-ratio",
        bad,
        output[bad],
        lambda row: suspect(
            table,
            "sales-output-ratio",
            row,
            column,
            change=output[row] - sales[row],
            sales=sales[row],
            output=output[row],
            ratio=ratio[row],
            unit=table.unit(column),
        ),
    )


def without_electricity(material: Material, one: Items) -> Doubts:
    """Output and no 用电量, in the latest month of a form in which others have some."""
    table, output, used = one.table, one.amounts("output"), np.nan_to_num(one.amounts("electricity"))
    now = table.periods == table.last_held(material.as_of)
    bad = np.flatnonzero(now & (output > 0) & (used == 0))
    column = one.columns["electricity"]
    if not table.whole.any_above_zero(column, table.last_held(material.as_of)):
        bad = bad[:0]

    def tell(row: int) -> Suspicion:
        about = {"output": output[row], "unit": table.unit(one.columns["output"])}
        return suspect(table, "output-without-electricity", row, column, **about)

    yield from each(table, "output-without-electricity", bad, output[bad], tell)


def rnd_exceeds_costs(material: Material, one: Items) -> Doubts:  # noqa: ARG001 -- the form of a check
    """研发费用 no more than 营业成本 and the other expenses: else the columns or their units are mixed up."""
    table, rnd = one.table, one.amounts("rnd")
    columns = [one.columns[item] for item in _COSTS if item in one.columns]
    costs = sum_of(table, columns)
    bad = np.flatnonzero(rnd > costs + tolerance(costs))
    column = one.columns["rnd"]
    yield from each(
        table,
        "rnd-exceeds-costs",
        bad,
        (rnd - costs)[bad],
        lambda row: suspect(
            table,
            "rnd-exceeds-costs",
            row,
            column,
            change=-rnd[row],
            rnd=rnd[row],
            costs=costs[row],
            names=[table.header(name) for name in columns],
            unit=table.unit(column),
        ),
    )


def rnd_share(material: Material, one: Items) -> Doubts:
    """研发费用 above half of 营业收入, in the latest period."""
    table, rnd, revenue = one.table, one.amounts("rnd"), one.amounts("revenue")
    now = table.periods == table.last_held(material.as_of)
    bad = np.flatnonzero(now & (rnd > _RND_SHARE * np.maximum(revenue, 0)) & (rnd > 0) & np.isfinite(revenue))
    column = one.columns["rnd"]
    yield from each(
        table,
        "rnd-share-high",
        bad,
        rnd[bad],
        lambda row: suspect(
            table,
            "rnd-share-high",
            row,
            column,
            change=-rnd[row],
            rnd=rnd[row],
            revenue=revenue[row],
            unit=table.unit(column),
        ),
    )


def profit_identity(material: Material, one: Items) -> Doubts:
    """营业利润 from the items above it, within 1 % of 营业收入; within 10 % where the file leaves out income items.

    营业利润 = 营业收入 − 营业成本 − 税金及附加 − 销售、管理、研发、财务费用 + 其他收益 + 投资收益
    + 净敞口套期收益 + 公允价值变动收益 + 资产处置收益, and 资产减值损失 and 信用减值损失, which some editions
    enter with a minus sign and some without.
    """
    table, revenue, profit = one.table, one.amounts("revenue"), one.amounts("operating_profit")
    spent = sum(np.nan_to_num(one.amounts(item)) for item in _PROFIT[1:-1])
    gained = sum(np.nan_to_num(one.amounts(item)) for item in _GAINS)
    losses = np.abs(sum(np.nan_to_num(one.amounts(item)) for item in _LOSSES))
    expected = revenue - spent + gained
    off = np.minimum(np.abs(profit - expected), np.abs(profit - expected + losses))
    absent = [item for item in (*_GAINS, *_LOSSES) if item not in one.columns]
    limit = (_IDENTITY_LOOSE if absent else _IDENTITY) * np.abs(revenue)
    now = table.periods == table.last_held(material.as_of)
    bad = np.flatnonzero(now & (off > np.maximum(limit, 1.0)))
    column = one.columns["operating_profit"]
    yield from each(
        table,
        "profit-identity",
        bad,
        off[bad],
        lambda row: suspect(
            table,
            "profit-identity",
            row,
            column,
            change=expected[row] - profit[row],
            profit=profit[row],
            expected=expected[row],
            difference=profit[row] - expected[row],
            unit=table.unit(column),
        ),
    )


RULES = (
    sum_rule("parts-not-total", wholes(SUMS), "parts"),
    sum_rule("funding-not-total", wholes(FUNDING), "funding"),
    sum_rule("classes-not-total", classes, "classes"),
    Rule("part-exceeds-whole", wholes(PARTS), part_exceeds, "parts"),
    Rule("exports-exceed-sales", partial(having, needed=("exports", "sales_output")), exports_exceed, "exports"),
    Rule("sales-output-ratio", partial(having, needed=("sales_output", "output")), sales_ratio, "sales_output"),
    Rule(
        "output-without-electricity",
        partial(having, needed=("output", "electricity")),
        without_electricity,
        "electricity",
    ),
    Rule("rnd-exceeds-costs", partial(having, needed=("rnd", "cost"), optional=_COSTS), rnd_exceeds_costs, "rnd_cost"),
    Rule("rnd-share-high", partial(having, needed=("rnd", "revenue")), rnd_share, "rnd_revenue"),
    Rule("profit-identity", partial(having, needed=_PROFIT, optional=(*_GAINS, *_LOSSES)), profit_identity, "profit"),
)
