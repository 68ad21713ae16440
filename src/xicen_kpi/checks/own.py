"""Rules of the user's own, as targets.yaml declares them: comparisons, never code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.effects import linked_rows
from xicen_kpi.checks.model import Outcome, RuleResult, Suspicion
from xicen_kpi.checks.suspicions import each, stake
from xicen_kpi.engine.question import Rows
from xicen_kpi.errors import Location
from xicen_kpi.plan.source import CellType
from xicen_kpi.plan.units import factor, same_kind
from xicen_kpi.words.checks_bilingual import Both
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table
    from xicen_kpi.plan.checks import OwnRule

_ADVICE = Both("核对该行后改正，或写明原因加入豁免", "check the row and correct it, or waive it with a reason")
_EXACT = 1e-9
_SIGNS = {"at_least": "≥", "at_most": "≤", "equals": "="}


def refused(material: Material, name: str, rule: OwnRule) -> RuleResult | None:
    """Why a rule cannot be computed; None where it can. A name that does not exist is never passed over."""
    source = material.plan.sources.get(rule.source)
    where = Location(field=f"checks.rules.{name}")
    if source is None:
        wrong = finding("own-rule-invalid", where, rule=name, name=rule.source, known=list(material.plan.sources))
        return RuleResult(name, Outcome.NOT_COMPUTED, (wrong,), "own_rule_invalid")
    numbers = [key for key, column in source.columns.items() if column.type is CellType.NUMBER]
    linked = material.plan.sources[source.link].columns if source.link in material.plan.sources else {}
    asked = [(one, numbers) for one in rule.columns]
    asked += [(one, [*source.columns, *linked]) for one in rule.where.columns]
    for one, known in asked:
        if one not in known:
            wrong = finding("own-rule-invalid", where, rule=name, name=one, known=known)
            return RuleResult(name, Outcome.NOT_COMPUTED, (wrong,), "own_rule_invalid")
    table = material.tables.get(rule.source)
    if table is None or not table.whole.size or not all(table.has(one) for one in rule.columns):
        return RuleResult(name, Outcome.NOT_COMPUTED, (), "needs.own")
    return None


def broken_rows(material: Material, name: str, rule: OwnRule) -> Doubts:
    """Rows that a rule of the user's own does not allow."""
    table = material.tables[rule.source]
    own = table.amounts(rule.column)
    counts = linked_rows(table, material.registers).counting(Rows.of(rule.where))
    for comparison, bound in rule.bounds.items():
        other = _side(table, rule, bound)
        room = rule.tolerance * np.abs(other) + _EXACT * np.maximum(np.abs(own), np.abs(other))
        bad = np.flatnonzero(counts & _wrong(comparison, own, other, room))
        shown = table.header(bound) if isinstance(bound, str) else f"{bound:,.10g}"
        demand = f"{_SIGNS[comparison]} {shown}" + (f" × {rule.times:g}" if rule.times != 1 else "")
        yield from each(
            table,
            name,
            bad,
            (other - own)[bad],
            partial(_told, table, name, rule, (own, other), demand),
        )


def _told(
    table: Table,
    name: str,
    rule: OwnRule,
    sides: tuple[NDArray[np.float64], NDArray[np.float64]],
    demand: str,
    row: int,
) -> Suspicion:
    hint, own, other = rule.hint, float(sides[0][row]), float(sides[1][row])
    found = finding(
        f"own-rule-{rule.severity.value}",
        table.where(row, rule.column),
        **table.who(row),
        rule=name,
        text=Both(rule.message.zh, rule.message.en),
        advice=_ADVICE if hint is None else Both(hint.zh, hint.en),
        column=table.header(rule.column),
        value=own,
        other=other,
        demand=demand,
        unit=table.unit(rule.column),
    )
    return Suspicion(found, (stake(table, rule.column, np.array([row]), np.array([other - own])),))


def _side(table: Table, rule: OwnRule, bound: float | str) -> NDArray[np.float64]:
    """The other side of a comparison, in the unit of the column."""
    if not isinstance(bound, str):
        return np.full(len(table.frame), float(bound) * rule.times)
    unit, other = table.unit(rule.column), table.unit(bound)
    scale = factor(other, unit) if same_kind(other, unit) else 1.0
    return table.amounts(bound) * scale * rule.times


def _wrong(
    comparison: str, own: NDArray[np.float64], other: NDArray[np.float64], room: NDArray[np.float64]
) -> NDArray[np.bool_]:
    if comparison == "at_least":
        return own < other - room
    if comparison == "at_most":
        return own > other + room
    return np.abs(own - other) > room
