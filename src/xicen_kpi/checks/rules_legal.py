"""视同法人: a branch that reports as if it were a legal person, and the parent whose figures must leave it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.items import text_column
from xicen_kpi.checks.model import Rule, Suspicion
from xicen_kpi.checks.suspicions import each, reported, suspect
from xicen_kpi.checks.table import columns_of, months_of
from xicen_kpi.plan.source import Frequency
from xicen_kpi.plan.units import factor, same_kind
from xicen_kpi.words.checks_bilingual import Both

if TYPE_CHECKING:
    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table

_ITEMS = ("output", "revenue", "goods_sales", "rnd_total")
"""Items of which a branch's part may stand in its parent's figure as well."""

_YES = frozenset({"是", "1", "y", "yes", "true", "√"})


@dataclass(frozen=True, slots=True)
class Branches:
    """A form with branches, and one of the same item in which their parents may report; often it is the same form.

    Attributes:
        table: The form with the branches.
        column: Its amount.
        other: The form with the parents.
        other_column: Its amount.
        month: Month ordinal, the latest that both hold.
        parents: Parent's code by branch's.
    """

    table: Table
    column: str
    other: Table
    other_column: str
    month: int
    parents: dict[str, str]


def branches(material: Material) -> list[Branches]:
    """Forms in which a branch and its parent may both report an item, where a list says which are branches."""
    listed = _parents(material)
    if listed is None:
        return []
    found = []
    for item in _ITEMS:
        forms = [(table, name) for table in material.forms if (name := table.item(item)) is not None]
        for table, column in forms:
            for other, name in forms:
                common = [month for month in table.held if month in other.held and month <= material.as_of]
                alike = table.source.frequency is other.source.frequency and same_kind(
                    table.unit(column), other.unit(name)
                )
                if common and alike:
                    found.append(Branches(table, column, other, name, common[-1], listed))
    return found


def _parents(material: Material) -> dict[str, str] | None:
    """Parent's code by branch's, of every list that tells; None where none does."""
    found: dict[str, str] | None = None
    for table in material.tables.values():
        flag, parent = (text_column(table.source, kind) for kind in ("legal_person", "parent"))
        if table.source.frequency is not Frequency.LIST or flag is None or parent is None:
            continue
        if table.has(flag) and table.has(parent):
            rows = columns_of(table.whole, flag, parent)
            cells = zip(rows.codes, rows.frame[flag], rows.frame[parent], strict=True)
            said = {code: of for code, yes, of in cells if str(yes).strip().casefold() in _YES and isinstance(of, str)}
            found = {**(found or {}), **{code: of for code, of in said.items() if code is not None and code != of}}
    return found


def branch_and_parent(material: Material, one: Branches) -> Doubts:
    """Both report, and the parent's amount is large enough to hold the branch's."""
    table, other = months_of(one.table.whole, one.month), months_of(one.other.whole, one.month)
    places = {code: row for row, code in enumerate(other.codes.tolist())}
    amounts, its = table.amounts(one.column), other.amounts(one.other_column)
    its = its * factor(one.other.unit(one.other_column), table.unit(one.column))
    of = {row: places.get(one.parents.get(code)) for row, code in enumerate(table.codes.tolist())}
    rows = [row for row, place in of.items() if place is not None and its[place] >= amounts[row] > 0]
    bad = np.array(rows, dtype=np.int64)
    title = one.other.source.title

    def tell(row: int) -> Suspicion:
        parent = one.parents[table.codes[row]]
        return suspect(
            table,
            "branch-and-parent",
            row,
            one.column,
            change=-amounts[row],
            parent=parent,
            parent_name=material.gathered.names.get(parent, ""),
            form=Both(title.zh, title.en),
            value=amounts[row],
            other=its[of[row]],
            **reported(one.column, table),
        )

    yield from each(table, "branch-and-parent", bad, amounts[bad], tell)


RULES = (Rule("branch-and-parent", branches, branch_and_parent, "parents", whole=True),)
