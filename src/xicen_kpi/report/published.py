"""What the public knows already: figures of earlier public reports, as they were recorded.

A figure that was published and now differs tells, beside the new one, what a late reporter or a correction amounts to,
and nothing here knows how many enterprises that is: the records hold no enterprise. So the new one is withheld.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.analysis.comparison import same
from xicen_kpi.plan.period import Month
from xicen_kpi.report.behind import look_behind
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.report.case import Case
    from xicen_kpi.report.history import Snapshot

Published = dict[str, set[float]]
"""The figures that were published of one indicator, by month."""


def once_published(plan: Plan, snapshots: Iterable[Snapshot]) -> dict[str, Published]:
    """What was recorded for the public, by indicator, in the units that the plan has now."""
    found: dict[str, Published] = {}
    for snapshot in snapshots:
        for name, recorded in snapshot.indicators.items():
            if snapshot.audience != "public" or name not in plan.indicators:
                continue
            one = recorded.in_unit(plan.indicators[name].unit)
            if one is not None and one.value is not None and one.period is not None:
                found.setdefault(name, {}).setdefault(one.period, set()).add(one.value)
    return found


def revised(case: Case, before: Published) -> set[str]:
    """Months of which another figure was published than the data give now."""
    return {
        month
        for month, values in before.items()
        if (now := case.value_at(Month.parse(month))) is not None and not all(same(now, value) for value in values)
    }


def revisions_withheld(plan: Plan, cases: Mapping[str, Case], before: Mapping[str, Published]) -> Iterator[Finding]:
    """A finding for each figure that is withheld because another was published of the same month."""
    for name, case in cases.items():
        month = str(case.month)
        allowed = name in plan.settings.disclosure.allow
        if not allowed and month in revised(case, before.get(name, {})) and look_behind(case) is not None:
            yield finding("published-otherwise", None, indicator=name, month=month)
