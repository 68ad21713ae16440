"""Names that the shell completes."""

from __future__ import annotations

from xicen_kpi.cli.surroundings import plan_path
from xicen_kpi.errors import XicenKpiError
from xicen_kpi.plan.load import load_plan


def indicator_ids() -> list[str]:
    """Ids of the indicators of the plan at hand; none where there is no valid plan, for completion stays silent."""
    try:
        return list(load_plan(plan_path(None)).plan.indicators)
    except XicenKpiError:
        return []
