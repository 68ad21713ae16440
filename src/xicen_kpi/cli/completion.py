"""Names that the shell completes."""

from __future__ import annotations

from xicen_kpi.cli.surroundings import plan_path
from xicen_kpi.errors import UsageError
from xicen_kpi.plan.yaml_tree import parse


def indicator_ids() -> list[str]:
    """Ids of the indicators of the plan at hand, which need not be valid; none where there is no plan.

    A shell waits for each of its questions: the file is parsed, but not held against the models.
    """
    try:
        tree = parse(plan_path(None).read_text(encoding="utf-8-sig"), "")
    except (UsageError, OSError, UnicodeDecodeError):
        return []
    indicators = tree.data.get("indicators") if isinstance(tree.data, dict) else None
    return [str(name) for name in indicators] if isinstance(indicators, dict) else []
