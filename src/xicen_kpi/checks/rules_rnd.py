"""Rules of the research survey (107-2): staff and pay, equipment and institutions, money and results."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.checks.model import Rule, Suspicion
from xicen_kpi.checks.suspicions import each, suspect
from xicen_kpi.checks.within import having

if TYPE_CHECKING:
    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.within import Items


def staff_and_labour(material: Material, one: Items) -> Doubts:  # noqa: ARG001 -- the form of a check
    """107-2: 1 > 0 if and only if 8 > 0: researchers are paid, and pay has a receiver."""
    table, staff, labour = one.table, np.nan_to_num(one.amounts("rnd_staff")), np.nan_to_num(one.amounts("rnd_labour"))
    bad = np.flatnonzero((staff > 0) != (labour > 0))
    column = one.columns["rnd_labour"]

    def tell(row: int) -> Suspicion:
        about = {"staff": staff[row], "labour": labour[row], "unit": table.unit(column)}
        return suspect(table, "rnd-staff-and-pay", row, column, change=-labour[row], **about)

    yield from each(table, "rnd-staff-and-pay", bad, labour[bad], tell)


def equipment_without_institution(material: Material, one: Items) -> Doubts:  # noqa: ARG001 -- the form
    """107-2: 27 > 0 ⇒ 22 > 0: equipment of research institutions, and no institution."""
    table, equipment = one.table, np.nan_to_num(one.amounts("institution_equipment"))
    bad = np.flatnonzero((equipment > 0) & ~(one.amounts("institutions") > 0))
    column = one.columns["institutions"]

    def tell(row: int) -> Suspicion:
        about = {"equipment": equipment[row], "unit": table.unit(one.columns["institution_equipment"])}
        # One institution at least would be added, where there is equipment for it.
        return suspect(table, "equipment-without-institution", row, column, change=1.0, **about)

    yield from each(table, "equipment-without-institution", bad, equipment[bad], tell)


def without_results(material: Material, one: Items) -> Doubts:  # noqa: ARG001 -- the form of a check
    """107-2: money for research, and neither a patent applied for nor a paper."""
    table, spent = one.table, np.nan_to_num(one.amounts("rnd_total"))
    results = np.nan_to_num(one.amounts("patents")) + np.nan_to_num(one.amounts("papers"))
    bad = np.flatnonzero((spent > 0) & (results == 0))
    column = one.columns["patents"]

    def tell(row: int) -> Suspicion:
        unit = table.unit(one.columns["rnd_total"])
        return suspect(table, "rnd-without-results", row, column, spent=spent[row], unit=unit)

    yield from each(table, "rnd-without-results", bad, spent[bad], tell)


RULES = (
    Rule("rnd-staff-and-pay", partial(having, needed=("rnd_staff", "rnd_labour")), staff_and_labour, "rnd_staff"),
    Rule(
        "equipment-without-institution",
        partial(having, needed=("institution_equipment", "institutions")),
        equipment_without_institution,
        "institutions",
    ),
    Rule("rnd-without-results", partial(having, needed=("rnd_total", "patents", "papers")), without_results, "results"),
)
