"""Report and check from one reading: the figures with what the rules have to say of the rows they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.checks.held import HeldDrop
from xicen_kpi.checks.material import DATED, gather
from xicen_kpi.checks.run import check_gathered
from xicen_kpi.errors import DataError
from xicen_kpi.report.assessment import NO_FILE, assess
from xicen_kpi.report.questions import all_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.analysis.observe import Observer
    from xicen_kpi.checks.model import CheckReport
    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.period import Month
    from xicen_kpi.read.drop import Drop
    from xicen_kpi.report.assessment import Asked, Assessment


def assess_checked(
    plan: Plan, drop: Drop, asked: Asked, *, sha256: str, findings: Sequence[Finding] = (), jobs: int = 1
) -> Assessment:
    """The same as `assess`, with the findings of `check` for the month that is reported on.

    Args:
        plan: What is declared.
        drop: The folder of exports.
        asked: Month, audience and language.
        sha256: Of the plan file.
        findings: What loading the plan had to say.
        jobs: How many processes look at the rows.

    Raises:
        DataError: None of the data could be read.
    """
    gathered = gather(plan, drop, asked.as_of, jobs=jobs)
    asked_of = list(all_questions(plan))
    # What enterprises are called stands in every row of a form, and is asked of the list alone.
    texts = {
        name: frozenset(column for one in asked_of if one.source == name for column in one.columns)
        for name in gathered.wholes
        if plan.sources[name].frequency in DATED
    }
    held = HeldDrop.of(drop, gathered.wholes, texts)

    def check(observer: Observer, month: Month) -> CheckReport:
        gathered.observer = observer
        gathered.as_of = month.ordinal
        gathered.let_go()
        found = check_gathered(gathered)
        gathered.wholes.clear()  # the figures rest on answers from here on, and need the room
        gathered.let_go()
        return found

    try:
        return assess(plan, held, asked._replace(check=check), sha256=sha256, findings=findings)
    except DataError as error:  # what reading said is not known to what is held
        told = any(one.slug in NO_FILE for one in gathered.findings)
        raise DataError([*gathered.findings, *(() if told else error.findings)]) from error
